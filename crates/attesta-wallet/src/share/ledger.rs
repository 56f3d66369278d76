//! What was given out, what has become of it since, and taking it back where that can be done.

use attesta_share::{COMFORTABLE_CHARS, QrCode};
use attesta_store::{CredentialRecord, ShareMember, ShareRecord};
use attesta_verify::Verdict;

use crate::command::ById;
use crate::curate::standing::verdict_at;
use crate::error::WalletError;
use crate::record::read;
use crate::share::WELL_SCANNED_VERSION;
use crate::view::{ConcernView, ShareForm, ShareView, Stopping};
use crate::wallet::Wallet;

impl Wallet {
    /// What was given out, the newest first, each with what has become of its credentials since. Nobody is asked.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn list_shares(&self) -> Result<Vec<ShareView>, WalletError> {
        self.store().shares().list()?.iter().map(|record| self.share_view(record)).collect()
    }

    /// Asks the host of a published copy to forget it. Where it does not say that it has, the share stays as it was and
    /// can be stopped again.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], [`WalletError::ShareNotStoppable`] for what is whole in itself,
    /// [`WalletError::ShareStopped`], [`WalletError::PublisherRefused`], [`WalletError::PublisherUnreachable`], and those
    /// of the disk.
    pub fn stop_share(&self, request: &ById) -> Result<ShareView, WalletError> {
        let record = self.share(&request.id)?;
        match (&record.hosted, record.stopped_at) {
            (None, _) => return Err(WalletError::ShareNotStoppable),
            (Some(_), Some(_)) => return Err(WalletError::ShareStopped),
            (Some(copy), None) => self.withdraw(copy, &record.payload)?,
        }
        self.store().shares().stopped(&record.id, self.now())?;
        self.share_view(&self.share(&record.id)?)
    }

    pub(super) fn share(&self, id: &str) -> Result<ShareRecord, WalletError> {
        self.store().shares().get(id)?.ok_or_else(|| WalletError::NotFound { id: id.to_owned() })
    }

    pub(super) fn share_view(&self, record: &ShareRecord) -> Result<ShareView, WalletError> {
        let form = ShareForm::of(&record.form);
        let link = record.link.as_deref();
        let code = match form {
            // A code that was made once can be made again.
            ShareForm::Qr | ShareForm::Hosted => link.map(QrCode::for_link).transpose()?,
            _ => None,
        };
        let stopping = match (&record.hosted, record.stopped_at) {
            (None, _) => Stopping::Impossible,
            (Some(_), None) => Stopping::Possible,
            (Some(_), Some(_)) => Stopping::Stopped,
        };
        Ok(ShareView {
            id: record.id.clone(),
            bundle: record.bundle_id.clone(),
            version: record.version.unwrap_or(1),
            title: record.title.clone(),
            recipient: record.recipient.clone(),
            count: super::given::count(record),
            form,
            sealed: record.sealed,
            bare: record.bare,
            created_at: record.created_at.to_string(),
            expires_at: record.expires_at.map(|end| end.to_string()),
            link: record.link.clone(),
            opens_in_browser: link.is_some_and(|link| link.starts_with("http")),
            long_link: link.is_some_and(|link| link.len() > COMFORTABLE_CHARS),
            qr_svg: code.as_ref().map(QrCode::to_svg),
            qr_version: code.as_ref().map(QrCode::version),
            qr_dense: code.as_ref().is_some_and(|code| code.version() > WELL_SCANNED_VERSION),
            stopping,
            stopped_at: record.stopped_at.map(|at| at.to_string()),
            // What nobody can see any more concerns nobody.
            concerns: if record.stopped_at.is_some() { Vec::new() } else { self.since_shared(&record.members)? },
            files: Vec::new(),
        })
    }

    /// What has become of shared credentials since they were given out.
    fn since_shared(&self, members: &[ShareMember]) -> Result<Vec<ConcernView>, WalletError> {
        let mut concerns = Vec::new();
        for member in members {
            let Some(record) = self.store().credentials().get(&member.credential)? else {
                concerns.push(concern(None, member, REMOVED));
                continue;
            };
            let now = self.verdict_now(&record)?;
            if now.as_str() != member.verdict_then && is_loss(now) {
                concerns.push(concern(Some(record.id), member, now.as_str()));
            }
        }
        Ok(concerns)
    }

    /// What the last report of a record comes to now: what has ended since it was made has ended.
    pub(super) fn verdict_now(&self, record: &CredentialRecord) -> Result<Verdict, WalletError> {
        let Some(last) = self.store().reports().latest(&record.id)? else { return Ok(Verdict::Unverifiable) };
        Ok(verdict_at(&last.report, &read(record)?.credential, self.now()))
    }
}

/// The code of a record that is no longer in the wallet, so that nothing is known of it any more.
const REMOVED: &str = "removed";

/// Whether a verdict says that something was lost rather than that it could not be found out.
fn is_loss(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Rejected | Verdict::Invalid | Verdict::Revoked | Verdict::Suspended | Verdict::Expired)
}

fn concern(credential: Option<String>, member: &ShareMember, code: &str) -> ConcernView {
    ConcernView { credential, title: member.title.clone(), code: code.to_owned(), params: Default::default() }
}
