//! Bundles: what the learner puts together to show somebody.

mod content;
mod disclose;
pub(crate) mod preview;
mod review;
pub(crate) mod standing;
mod suggest;
mod versions;

use std::collections::BTreeMap;

use attesta_store::{BundleContent, BundleRecord, CredentialRecord, Transaction};

use crate::command::{ById, CreateBundle, EditBundle, Nothing};
use crate::error::WalletError;
use crate::record::read;
use crate::view::BundleView;
use crate::wallet::Wallet;

#[cfg(test)]
pub(crate) use review::CONCERNS;

impl Wallet {
    /// All bundles, the newest first.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn list_bundles(&self) -> Result<Vec<BundleView>, WalletError> {
        let bundles = self.store().bundles().list()?;
        bundles.into_iter().map(|bundle| self.bundle_view(self.up_to_date(bundle)?)).collect()
    }

    /// One bundle.
    ///
    /// # Errors
    /// [`WalletError::BundleNotFound`], and those of the disk.
    pub fn show_bundle(&self, request: &ById) -> Result<BundleView, WalletError> {
        self.bundle_view(self.bundle(&request.id)?)
    }

    /// Makes a bundle. A record named twice is taken once.
    ///
    /// # Errors
    /// [`WalletError::BundleTitleMissing`], [`WalletError::BundleEmpty`], [`WalletError::BundleTextTooLong`],
    /// [`WalletError::BundleTooLarge`], [`WalletError::UnknownPart`], [`WalletError::NotDisclosable`] where something is
    /// to be left out that can't be, [`WalletError::NotFound`] for a record that is not there, and those of the disk.
    pub fn create_bundle(&self, request: &CreateBundle) -> Result<BundleView, WalletError> {
        let content = content::of_new(request)?;
        let (id, now) = (self.new_id()?, self.now());
        let made = self.store().transaction(|within| {
            check_members(within, &content)?;
            Ok::<_, WalletError>(within.bundles().create(&id, &content, now)?)
        })?;
        self.bundle_view(made)
    }

    /// Changes what is named of a bundle and leaves the rest. What changes nothing is no new version.
    ///
    /// # Errors
    /// As [`Wallet::create_bundle`], and [`WalletError::BundleNotFound`]; nothing is changed then.
    pub fn edit_bundle(&self, request: &EditBundle) -> Result<BundleView, WalletError> {
        let now = self.now();
        let saved = self.store().transaction(|within| {
            let bundles = within.bundles();
            let not_found = || WalletError::BundleNotFound { id: request.id.clone() };
            let before = bundles.get(&request.id)?.ok_or_else(not_found)?;
            let before = without_stale(before.content, |id| Ok(within.credentials().get(id)?))?;
            let content = content::changed(before, request)?;
            check_members(within, &content)?;
            Ok::<_, WalletError>(bundles.save(&request.id, &content, now)?)
        })?;
        self.bundle_view(saved)
    }

    /// Removes a bundle with its versions. Its credentials and what was shared of it stay.
    ///
    /// # Errors
    /// [`WalletError::BundleNotFound`], and those of the disk.
    pub fn delete_bundle(&self, request: &ById) -> Result<Nothing, WalletError> {
        self.store().bundles().delete(&request.id)?;
        Ok(Nothing {})
    }

    /// A bundle as it is now.
    pub(crate) fn bundle(&self, id: &str) -> Result<BundleRecord, WalletError> {
        let bundle = self.store().bundles().get(id)?;
        self.up_to_date(bundle.ok_or_else(|| WalletError::BundleNotFound { id: id.to_owned() })?)
    }

    /// The records of a bundle, in its order.
    pub(crate) fn members(&self, bundle: &BundleRecord) -> Result<Vec<CredentialRecord>, WalletError> {
        bundle.content.credentials().map(|id| self.record(id)).collect()
    }

    fn up_to_date(&self, bundle: BundleRecord) -> Result<BundleRecord, WalletError> {
        let content = without_stale(bundle.content, |id| Ok(self.store().credentials().get(id)?))?;
        Ok(BundleRecord { content, ..bundle })
    }

    fn bundle_view(&self, bundle: BundleRecord) -> Result<BundleView, WalletError> {
        let credentials = self.rows(&self.members(&bundle)?)?;
        let (mut notes, mut withheld) = (BTreeMap::new(), BTreeMap::new());
        for member in bundle.content.members {
            if !member.withheld.is_empty() {
                withheld.insert(member.credential.clone(), member.withheld);
            }
            notes.extend(member.note.map(|note| (member.credential, note)));
        }
        Ok(BundleView {
            id: bundle.id,
            title: bundle.content.title,
            note: bundle.content.note,
            audience: bundle.content.audience,
            credentials,
            notes,
            withheld,
            hidden_parts: bundle.content.hidden_parts,
            version: bundle.version,
            left_out: 0,
            created_at: bundle.created_at.to_string(),
            updated_at: bundle.updated_at.to_string(),
        })
    }
}

/// What was withheld of a version that a newer one replaced is dropped where the newer one does not have it.
fn without_stale(
    mut content: BundleContent,
    record: impl Fn(&str) -> Result<Option<CredentialRecord>, WalletError>,
) -> Result<BundleContent, WalletError> {
    for member in content.members.iter_mut().filter(|member| !member.withheld.is_empty()) {
        if let Some(record) = record(&member.credential)? {
            let withheld = std::mem::take(&mut member.withheld);
            member.withheld = disclose::still_there(withheld, &read(&record)?.credential);
        }
    }
    Ok(content)
}

/// Refuses what is not in the wallet, and what can't be left out of what is.
fn check_members(within: &Transaction<'_>, content: &BundleContent) -> Result<(), WalletError> {
    for member in content.members.iter().filter(|member| !member.withheld.is_empty()) {
        let not_found = || WalletError::NotFound { id: member.credential.clone() };
        let record = within.credentials().get(&member.credential)?.ok_or_else(not_found)?;
        disclose::check(member, &record)?;
    }
    Ok(())
}
