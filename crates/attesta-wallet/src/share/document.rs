//! A share as a document: what its reader sees, with what is known of each credential, and the credentials inside.

use attesta_credential::{Found, Unread, VerifiablePresentation, read_each};
use attesta_handout::{CredentialFile, Handout, HandoutError, pdf};
use attesta_net::Budget;
use attesta_store::{ShareMember, ShareRecord};
use attesta_verify::{Verdict, VerificationReport, judge};
use attesta_view::{CredentialView, Language, PresentationView, PresentedCredentialView};

use super::WELL_SCANNED_VERSION;
use super::given::Given;
use crate::curate::preview::without_learner;
use crate::error::WalletError;
use crate::picture::{PictureSize, picture_of};
use crate::verify::{Copies, IMPORT_TIME, Run};
use crate::view::Paper;
use crate::wallet::Wallet;

impl Wallet {
    /// The document. It shows what is known of each credential when it is made: the last report, with its date. Nobody is
    /// asked for it.
    pub(super) fn document(
        &self,
        record: &ShareRecord,
        given: &Given,
        language: Language,
        paper: Option<Paper>,
    ) -> Result<Vec<u8>, WalletError> {
        // Neither what a passphrase protects nor a credential alone has a bundle to be shown as a document.
        let presentation = given.presentation().ok_or(WalletError::ShareFileNotThere { file: "pdf" })?;
        let entries = read_each(presentation.bytes())?;
        let view = self.as_known(record, &presentation, &entries, language)?;
        let found = entries.iter().flatten();
        let files: Vec<(&Found, String)> =
            found.map(|found| (found, CredentialView::from_found(found, language).title.text)).collect();
        let files: Vec<CredentialFile<'_>> =
            files.iter().map(|(found, title)| CredentialFile { title, bytes: found.credential.bytes() }).collect();
        let code = match self.code_of(record, given) {
            Ok((link, code)) if code.version() <= WELL_SCANNED_VERSION => Some((link, code)),
            Ok(_) | Err(WalletError::LinkTooLongForQr { .. }) => None,
            Err(error) => return Err(error),
        };
        let page = self.verifier_url()?;
        Ok(pdf(&Handout {
            presentation: &view,
            bundle: presentation.bytes(),
            files: &files,
            link: code.as_ref().map(|(link, _)| link.as_str()),
            code: code.as_ref().map(|(_, code)| code),
            page: page.as_deref(),
            made_at: self.made_at(record, &view),
            language,
            paper: self.paper_of(paper)?,
        })?)
    }

    /// When what a document shows was found out: the newest of its reports, so that the same findings make the same
    /// document; never before the share itself.
    fn made_at(&self, record: &ShareRecord, view: &PresentationView) -> jiff::Timestamp {
        let checked = view.credentials.iter().filter_map(|presented| presented.report.as_ref());
        let checked = checked.filter_map(|report| report.checked_at.parse().ok());
        checked.fold(record.created_at, jiff::Timestamp::max)
    }

    /// What a reader sees of a share, as far as the wallet knows without asking anybody.
    fn as_known(
        &self,
        record: &ShareRecord,
        presentation: &VerifiablePresentation,
        entries: &[Result<Found, Unread>],
        language: Language,
    ) -> Result<PresentationView, WalletError> {
        let mut run = Run::new(self, Copies::Alone, Budget::new(IMPORT_TIME));
        // The holder's own signature is as good on any day as on the one on which it was made.
        let mut then = Run::new(self, Copies::Alone, Budget::new(IMPORT_TIME)).dated(record.created_at);
        let holders = then.verify_presentation(presentation, &self.readers_policy())?;
        let mut presented = Vec::with_capacity(entries.len());
        for (place, entry) in entries.iter().enumerate() {
            presented.push(match entry {
                Err(unread) => PresentedCredentialView::unreadable(&unread.error),
                Ok(found) => {
                    let report = self.report_known(&mut run, record.members.get(place), found)?;
                    let whole = self.whole(found);
                    let image = picture_of(&whole, &[], PictureSize::Whole);
                    let view = CredentialView { image, ..CredentialView::from_found(&whole, language) };
                    PresentedCredentialView::checked(view, &found.credential, &report, language)
                }
            });
        }
        Ok(PresentationView::assemble(presentation, &holders, presented, language))
    }

    /// The last report on a credential, as somebody reads it who does not know the learner. Where it is about another
    /// form of it, or something has ended since, it is judged anew from what the wallet knows.
    fn report_known(
        &self,
        run: &mut Run<'_>,
        member: Option<&ShareMember>,
        found: &Found,
    ) -> Result<VerificationReport, WalletError> {
        let digest = found.credential.digest();
        let kept = match member.filter(|member| member.digest == digest) {
            Some(member) => self.store().credentials().get(&member.credential)?,
            None => None,
        };
        if let Some(kept) = kept
            && let Some(last) = self.store().reports().latest(&kept.id)?
            && (judge(&last.report) == Verdict::Expired || self.verdict_now(&kept)? != Verdict::Expired)
        {
            return Ok(without_learner(last.report));
        }
        let report = run.verify(&[&found.credential], &self.readers_policy())?.pop();
        report.ok_or(WalletError::Internal { what: "a credential without a report" })
    }
}

impl From<HandoutError> for WalletError {
    fn from(error: HandoutError) -> Self {
        match error {
            HandoutError::TooLarge { .. } => WalletError::TooLarge,
            HandoutError::TooManyPages { limit } => WalletError::TooManyItems { limit },
            HandoutError::NotAccessible { .. } => {
                WalletError::Internal { what: "a document would break the rules of accessible documents" }
            }
            HandoutError::NotWritten => WalletError::Internal { what: "a document could not be written" },
        }
    }
}
