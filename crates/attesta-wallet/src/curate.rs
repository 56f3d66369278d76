//! Bundles: what the learner puts together to show somebody.

use std::collections::BTreeMap;

use attesta_store::{BundleContent, BundleMember, BundleRecord, CredentialRecord};
use attesta_verify::{Check, CheckKind, Outcome, SkipReason, VerificationReport};
use attesta_view::{PresentationView, PresentedCredentialView};

use crate::command::{ById, CreateBundle, EditBundle, Nothing};
use crate::error::WalletError;
use crate::picture::PictureSize;
use crate::record::Reader;
use crate::view::BundleView;
use crate::wallet::Wallet;

impl Wallet {
    /// All bundles, the newest first.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn list_bundles(&self) -> Result<Vec<BundleView>, WalletError> {
        self.store().bundles().list()?.into_iter().map(|bundle| self.bundle_view(bundle)).collect()
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
    /// [`WalletError::BundleTitleMissing`], [`WalletError::BundleEmpty`], [`WalletError::NotFound`] for a record that
    /// is not there, and those of the disk.
    pub fn create_bundle(&self, request: &CreateBundle) -> Result<BundleView, WalletError> {
        let content = BundleContent {
            title: titled(&request.title)?,
            note: request.note.as_deref().and_then(noted),
            members: chosen(&request.credentials)?,
            ..BundleContent::default()
        };
        let bundle = self.store().bundles().create(&self.new_id()?, &content, self.now())?;
        self.bundle_view(bundle)
    }

    /// Changes what is named of a bundle and leaves the rest.
    ///
    /// # Errors
    /// As [`Wallet::create_bundle`], and [`WalletError::BundleNotFound`]; nothing is changed then.
    pub fn edit_bundle(&self, request: &EditBundle) -> Result<BundleView, WalletError> {
        let now = self.now();
        self.store().transaction(|within| {
            let bundles = within.bundles();
            let not_found = || WalletError::BundleNotFound { id: request.id.clone() };
            let bundle = bundles.get(&request.id)?.ok_or_else(not_found)?;
            let before = bundle.content;
            let content = BundleContent {
                title: request.title.as_deref().map_or(Ok(before.title), titled)?,
                note: request.note.as_deref().map_or(before.note, noted),
                members: request.credentials.as_deref().map_or(Ok(before.members), chosen)?,
                ..BundleContent::default()
            };
            Ok::<_, WalletError>(bundles.save(&request.id, &content, now)?)
        })?;
        self.show_bundle(&ById { id: request.id.clone() })
    }

    /// Removes a bundle. Its credentials and what was shared of it stay.
    ///
    /// # Errors
    /// [`WalletError::BundleNotFound`], and those of the disk.
    pub fn delete_bundle(&self, request: &ById) -> Result<Nothing, WalletError> {
        self.store().bundles().delete(&request.id)?;
        Ok(Nothing {})
    }

    /// What a reader will see of a bundle, from the last reports; nobody is asked and nothing is shared.
    ///
    /// # Errors
    /// [`WalletError::BundleNotFound`], [`WalletError::BundleEmpty`], and those of the disk.
    pub fn preview_bundle(&self, request: &ById) -> Result<PresentationView, WalletError> {
        let bundle = self.bundle(&request.id)?;
        let records = self.members(&bundle)?;
        let presentation = self.sign_bundle(&bundle, &records, None)?;
        let report = self.holders_report(&presentation)?;
        let mut reader = Reader::default();
        let mut presented = Vec::with_capacity(records.len());
        for record in &records {
            let found = reader.read(record)?;
            let view = self.credential_view(&found, &record.received, PictureSize::Whole);
            let last = self.store().reports().latest(&record.id)?.ok_or(WalletError::WalletDamaged)?;
            let report = without_learner(last.report);
            presented.push(PresentedCredentialView::checked(view, &found.credential, &report, self.language()));
        }
        Ok(PresentationView::assemble(&presentation, &report, presented, self.language()))
    }

    pub(crate) fn bundle(&self, id: &str) -> Result<BundleRecord, WalletError> {
        self.store().bundles().get(id)?.ok_or_else(|| WalletError::BundleNotFound { id: id.to_owned() })
    }

    /// The records of a bundle, in its order.
    pub(crate) fn members(&self, bundle: &BundleRecord) -> Result<Vec<CredentialRecord>, WalletError> {
        bundle.content.credentials().map(|id| self.record(id)).collect()
    }

    fn bundle_view(&self, bundle: BundleRecord) -> Result<BundleView, WalletError> {
        let credentials = self.rows(&self.members(&bundle)?)?;
        Ok(BundleView {
            id: bundle.id,
            title: bundle.content.title,
            note: bundle.content.note,
            audience: None,
            credentials,
            notes: BTreeMap::new(),
            withheld: BTreeMap::new(),
            hidden_parts: Vec::new(),
            version: bundle.version,
            created_at: bundle.created_at.to_string(),
            updated_at: bundle.updated_at.to_string(),
        })
    }
}

/// The report as somebody reads it who does not know the learner's addresses.
pub(crate) fn without_learner(report: VerificationReport) -> VerificationReport {
    let unknown = |check: Check| match (&check.kind, &check.outcome) {
        (CheckKind::Recipient, Outcome::Pass(_) | Outcome::Fail(_) | Outcome::Inconclusive(_)) => {
            Check { outcome: Outcome::Skipped { because: SkipReason::NoIdentitiesKnown }, ..check }
        }
        _ => check,
    };
    VerificationReport { checks: report.checks.into_iter().map(unknown).collect(), ..report }
}

fn titled(title: &str) -> Result<String, WalletError> {
    match title.trim() {
        "" => Err(WalletError::BundleTitleMissing),
        title => Ok(title.to_owned()),
    }
}

fn noted(note: &str) -> Option<String> {
    let note = note.trim();
    (!note.is_empty()).then(|| note.to_owned())
}

fn chosen(credentials: &[String]) -> Result<Vec<BundleMember>, WalletError> {
    let mut chosen: Vec<BundleMember> = Vec::with_capacity(credentials.len());
    for id in credentials {
        if !chosen.iter().any(|member| member.credential == *id) {
            chosen.push(BundleMember { credential: id.clone(), ..BundleMember::default() });
        }
    }
    if chosen.is_empty() { Err(WalletError::BundleEmpty) } else { Ok(chosen) }
}
