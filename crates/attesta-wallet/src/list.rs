//! Listing, searching, showing and removing what is in the wallet. None of it makes a request.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use attesta_credential::Found;
use attesta_store::{CredentialRecord, StoredReport};
use attesta_verify::{Verdict, judge};
use attesta_view::{CredentialView, Language, NestedView, ReportView, TextView};

use crate::command::{ById, ListCredentials, Nothing, RawCredential};
use crate::error::WalletError;
use crate::offer::letter_view;
use crate::picture::{PictureSize, picture_of};
use crate::record::{Reader, read, whole};
use crate::view::{BundleReference, CredentialDetailView, CredentialListView, ReportSummaryView};
use crate::wallet::Wallet;

/// Most skills and keywords on one row.
const ROW_SKILLS: usize = 4;

impl Wallet {
    /// The current credentials, newest first; with a search, those that it finds.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn list_credentials(&self, request: &ListCredentials) -> Result<Vec<CredentialListView>, WalletError> {
        let mut records = self.store().credentials().list()?;
        let search = request.search.trim();
        if !search.is_empty() {
            let found: BTreeSet<String> = self.store().credentials().search(search)?.into_iter().collect();
            records.retain(|record| found.contains(&record.id));
        }
        self.rows(&records)
    }

    /// The identifiers of all current records, newest first.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn credential_ids(&self) -> Result<Vec<String>, WalletError> {
        Ok(self.store().credentials().list()?.into_iter().map(|record| record.id).collect())
    }

    /// Everything about one record, the last report and the earlier ones.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], and those of the disk.
    pub fn show_credential(&self, request: &ById) -> Result<CredentialDetailView, WalletError> {
        let record = self.record(&request.id)?;
        let found = read(&record)?;
        let mut history = self.store().reports().history(&record.id)?.into_iter();
        let last = history.next().ok_or(WalletError::WalletDamaged)?;
        let bundles = self.store().bundles().holding(&record.id)?;
        let carried = self.store().carriers().get(&record.id)?.unwrap_or_default();
        let summary = |stored: StoredReport| ReportSummaryView {
            checked_at: stored.checked_at.to_string(),
            verdict: judge(&stored.report).as_str().to_owned(),
        };
        Ok(CredentialDetailView {
            received_at: record.received_at.to_string(),
            origin: record.origin.kind.name().to_owned(),
            origin_name: record.origin.name.clone(),
            origin_within: carried.within,
            letter: carried.letter.as_ref().map(letter_view),
            links: self.kept_links(&record.id)?,
            credential: self.credential_view(&found, &record.received, PictureSize::Whole),
            report: ReportView::from_report(&last.report),
            nested: NestedView::of(&found.credential, &last.report, self.language()),
            history: history.map(summary).collect(),
            bundles: bundles
                .into_iter()
                .map(|bundle| BundleReference { id: bundle.id, title: bundle.content.title })
                .collect(),
            id: record.id,
        })
    }

    /// The credential's document exactly as it was received.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], and those of the disk.
    pub fn raw_credential(&self, request: &ById) -> Result<RawCredential, WalletError> {
        let found = read(&self.record(&request.id)?)?;
        let json = String::from_utf8(found.credential.bytes().to_vec()).map_err(|_| WalletError::WalletDamaged)?;
        Ok(RawCredential { json })
    }

    /// Removes a record with its reports and its places in bundles, and the older versions behind it. What was
    /// shared stays shared.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], and those of the disk; nothing is removed then.
    pub fn remove_credential(&self, request: &ById) -> Result<Nothing, WalletError> {
        self.store().transaction(|within| {
            let credentials = within.credentials();
            let mut removing = vec![request.id.clone()];
            while let Some(id) = removing.pop() {
                removing.extend(credentials.earlier_versions(&id)?.into_iter().map(|record| record.id));
                credentials.remove(&id)?;
            }
            Ok::<_, WalletError>(Nothing {})
        })
    }

    pub(crate) fn record(&self, id: &str) -> Result<CredentialRecord, WalletError> {
        self.store().credentials().get(id)?.ok_or_else(|| WalletError::NotFound { id: id.to_owned() })
    }

    /// The rows of records, in their order.
    pub(crate) fn rows(&self, records: &[CredentialRecord]) -> Result<Vec<CredentialListView>, WalletError> {
        let language = self.language();
        let reports = self.store().reports().latest_of_all()?;
        let mut reader = Reader::default();
        records.iter().map(|record| Ok(self.row(record, &reader.read(record)?, &reports, language))).collect()
    }

    fn row(
        &self,
        record: &CredentialRecord,
        found: &Found,
        reports: &BTreeMap<String, StoredReport>,
        language: Language,
    ) -> CredentialListView {
        let report = reports.get(&record.id);
        let found = self.whole(found);
        let found = found.as_ref();
        let view = CredentialView::from_found(found, language);
        let named = view.skills.iter().map(|skill| skill.name.text.clone());
        let skills: Vec<String> = named.chain(view.tags.iter().cloned()).take(ROW_SKILLS).collect();
        let unnamed = || TextView {
            text: view.issuer.host.clone().unwrap_or_else(|| view.issuer.id.clone()),
            language: None,
            direction: None,
        };
        CredentialListView {
            id: record.id.clone(),
            title: view.title.clone(),
            issuer: view.issuer.name.clone().unwrap_or_else(unnamed),
            skills,
            image: self
                .picture(&view.digest, PictureSize::Row, || picture_of(found, &record.received, PictureSize::Row)),
            // A report that this version can't read says nothing good.
            verdict: report.map_or(Verdict::Unverifiable, |stored| judge(&stored.report)).as_str().to_owned(),
            valid_until: view.valid_until.clone(),
            valid_from: view.valid_from.clone(),
            awarded: view.awarded.clone().or_else(|| view.valid_from.clone()),
            checked_at: report.map_or(record.received_at, |stored| stored.checked_at).to_string(),
            received_at: record.received_at.to_string(),
        }
    }

    /// What was found, with the documents that it only names filled in from the copies in the wallet. Where one can't be
    /// read, it is shown without.
    pub(crate) fn whole<'f>(&self, found: &'f Found) -> Cow<'f, Found> {
        whole(found, &|url| Some(self.store().resources().get(url).ok()??.bytes))
    }

    /// What a credential says, with its picture.
    pub(crate) fn credential_view(&self, found: &Found, received: &[u8], size: PictureSize) -> CredentialView {
        let found = self.whole(found);
        let view = CredentialView::from_found(&found, self.language());
        let image = self.picture(&view.digest, size, || picture_of(&found, received, size));
        CredentialView { image, ..view }
    }
}
