//! The versions of a bundle: what it was each time it was saved, and how to go back to one.

use attesta_store::{BundleContent, BundleMember, StoreError, Transaction};

use crate::command::{ById, RestoreBundle};
use crate::curate::{content, disclose};
use crate::error::WalletError;
use crate::record::read;
use crate::view::{BundleVersionView, BundleView};
use crate::wallet::Wallet;
use crate::words::Words;

/// Most newer versions of one credential that are followed; a longer way than this would be a damaged file's.
const NEWER: usize = 1_000;

impl Wallet {
    /// The versions of a bundle, the newest first.
    ///
    /// # Errors
    /// [`WalletError::BundleNotFound`], and those of the disk.
    pub fn bundle_versions(&self, request: &ById) -> Result<Vec<BundleVersionView>, WalletError> {
        let bundle = self.bundle(&request.id)?;
        let shares = self.store().shares().of_versions(&bundle.id)?;
        let versions = self.store().bundles().versions(&bundle.id)?;
        let view = |version: attesta_store::BundleVersion| BundleVersionView {
            version: version.version,
            saved_at: version.saved_at.to_string(),
            title: version.content.title,
            count: u32::try_from(version.content.members.len()).unwrap_or(u32::MAX),
            shares: shares.get(&version.version).copied().unwrap_or_default(),
        };
        Ok(versions.into_iter().map(view).collect())
    }

    /// Makes an earlier version the newest again. Credentials that were replaced since stand there in their newer
    /// version; those that were removed since are left out, and the view says how many.
    ///
    /// # Errors
    /// [`WalletError::BundleNotFound`], [`WalletError::BundleVersionNotFound`], [`WalletError::BundleEmpty`] where none
    /// of its credentials is there any more, and those of the disk; nothing is changed then.
    pub fn restore_bundle(&self, request: &RestoreBundle) -> Result<BundleView, WalletError> {
        let now = self.now();
        let (saved, left_out) = self.store().transaction(|within| {
            let bundles = within.bundles();
            if bundles.get(&request.id)?.is_none() {
                return Err(WalletError::BundleNotFound { id: request.id.clone() });
            }
            let not_found = || WalletError::BundleVersionNotFound { id: request.id.clone(), version: request.version };
            let earlier = bundles.version(&request.id, request.version)?.ok_or_else(not_found)?.content;
            let before = earlier.members.len();
            let mut members: Vec<BundleMember> = Vec::with_capacity(before);
            for member in earlier.members {
                let Some(member) = current(within, member)? else { continue };
                // Two that were apart then may be one now.
                if !members.iter().any(|known| known.credential == member.credential) {
                    members.push(member);
                }
            }
            if members.is_empty() {
                return Err(WalletError::BundleEmpty);
            }
            let left_out = before - members.len();
            let content = BundleContent { members, ..earlier };
            Ok((bundles.save(&request.id, &content, now)?, left_out))
        })?;
        let left_out = u32::try_from(left_out).unwrap_or(u32::MAX);
        Ok(BundleView { left_out, ..self.bundle_view(saved)? })
    }

    /// Makes a bundle like another, to be changed for somebody else.
    ///
    /// # Errors
    /// [`WalletError::BundleNotFound`], [`WalletError::BundleEmpty`] where its credentials were all removed, and those of
    /// the disk.
    pub fn duplicate_bundle(&self, request: &ById) -> Result<BundleView, WalletError> {
        let content = self.bundle(&request.id)?.content;
        if content.members.is_empty() {
            return Err(WalletError::BundleEmpty);
        }
        let words = Words::of(self.language());
        let title = content::copied(&content.title, |title| {
            words.text("bundle.copy_title", &[("title".to_owned(), title.to_owned())].into())
        });
        let copy = BundleContent { title, ..content };
        let made = self.store().bundles().create(&self.new_id()?, &copy, self.now())?;
        self.bundle_view(made)
    }
}

/// A member of an earlier version as it would stand in the bundle now; none where its credential is gone.
fn current(within: &Transaction<'_>, member: BundleMember) -> Result<Option<BundleMember>, WalletError> {
    let credentials = within.credentials();
    let mut id = member.credential;
    for _ in 0..NEWER {
        let Some(record) = credentials.get(&id)? else { return Ok(None) };
        match record.superseded_by {
            Some(newer) => id = newer,
            None => {
                let withheld = disclose::still_there(member.withheld, &read(&record)?.credential);
                return Ok(Some(BundleMember { credential: id, note: member.note, withheld }));
            }
        }
    }
    Err(StoreError::Damaged.into())
}
