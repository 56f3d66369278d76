//! What a reader will see of a bundle, while it is being written. Nothing is signed, kept or asked for it.

use attesta_credential::{Container, Found, VerifiableCredential};
use attesta_share::HolderKey;
use attesta_store::{BundleContent, BundleMember, CredentialRecord};
use attesta_verify::{Check, CheckKind, Fact, FactCode, Outcome, SkipReason, VerificationReport, judge};
use attesta_view::{CredentialView, PresentationView, PresentedCredentialView, ReportView};
use jiff::Timestamp;

use crate::command::PreviewBundle;
use crate::curate::standing::report_at;
use crate::curate::{content, disclose};
use crate::error::WalletError;
use crate::picture::{PictureSize, picture_of};
use crate::record::Reader;
use crate::wallet::Wallet;

impl Wallet {
    /// What a reader will see of a bundle as it is being written, from the last reports held against today. It need have
    /// no title and no credential yet.
    ///
    /// # Errors
    /// Those of a text that is too long, [`WalletError::UnknownPart`], [`WalletError::NotDisclosable`],
    /// [`WalletError::NotFound`], and those of the disk.
    pub fn preview_bundle(&self, request: &PreviewBundle) -> Result<PresentationView, WalletError> {
        let draft = content::of_draft(&request.draft)?;
        let mut reader = Reader::default();
        let mut presented = Vec::with_capacity(draft.members.len());
        for member in &draft.members {
            let record = self.record(&member.credential)?;
            let found = reader.read(&record)?;
            presented.push(self.presented_member(member, &record, &found)?);
        }
        let now = self.now();
        // Of one that has no credential yet there is nothing to be said against.
        let empty = presented.is_empty();
        let view = PresentationView::of_credentials(presented, now);
        let report = expected_report(now);
        let verdict = if empty { judge(&report).as_str().to_owned() } else { view.verdict };
        let BundleContent { title, note, audience, hidden_parts, .. } = draft;
        Ok(PresentationView {
            holder: self.store().keys().holder_seed()?.map(|seed| HolderKey::from_seed(&seed.0).did()),
            title: (!title.is_empty()).then_some(title),
            note,
            audience,
            hidden_parts,
            report: ReportView::from_report(&report),
            verdict,
            ..view
        })
    }

    fn presented_member(
        &self,
        member: &BundleMember,
        record: &CredentialRecord,
        found: &Found,
    ) -> Result<PresentedCredentialView, WalletError> {
        let bytes = disclose::shown(member, found)?;
        let derived = bytes != found.credential.bytes();
        let credential = match derived {
            true => VerifiableCredential::from_bytes(bytes)?,
            false => found.credential.clone(),
        };
        // The reader gets the document alone, without the picture or file that it came in.
        let shown = Found { credential, container: Container::Plain, pointer: String::new() };
        let last = self.store().reports().latest(&record.id)?.ok_or(WalletError::WalletDamaged)?;
        let report = report_at(&last.report, &self.whole(found).credential, self.now());
        let report = as_read(report, if derived { Shown::InPart } else { Shown::Whole });
        let whole = self.whole(&shown);
        let view = self.shown_view(&whole);
        let presented = PresentedCredentialView::checked(view, &shown.credential, &report, self.language());
        Ok(PresentedCredentialView { note: member.note.clone(), ..presented })
    }

    /// What a credential says to somebody who has its document alone.
    fn shown_view(&self, whole: &Found) -> CredentialView {
        let view = CredentialView::from_found(whole, self.language());
        // Not the picture that it came in, which is kept under its digest.
        let key = format!("{} as shown", view.digest);
        let image = self.picture(&key, PictureSize::Whole, || picture_of(whole, &[], PictureSize::Whole));
        CredentialView { image, ..view }
    }
}

/// How much of a credential is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// All that was received.
    Whole,
    /// What its holder leaves in, under a proof for that.
    InPart,
}

/// The report as somebody reads it who does not know the learner's addresses and address book.
fn as_read(report: VerificationReport, shown: Shown) -> VerificationReport {
    let read = |check: Check| match (&check.kind, &check.outcome) {
        (CheckKind::Recipient, Outcome::Pass(_) | Outcome::Fail(_) | Outcome::Inconclusive(_)) => {
            Check { outcome: Outcome::Skipped { because: SkipReason::NoIdentitiesKnown }, ..check }
        }
        (CheckKind::Proof, Outcome::Pass(fact))
            if shown == Shown::InPart && fact.code == FactCode::BaseSignatureHolds =>
        {
            let fact = Fact { code: FactCode::SelectionSignatureHolds, params: fact.params.clone() };
            Check { outcome: Outcome::Pass(fact), ..check }
        }
        (CheckKind::Recognition, _) => {
            Check { outcome: Outcome::Skipped { because: SkipReason::NoRegistryAsked }, ..check }
        }
        _ => check,
    };
    VerificationReport { checks: report.checks.into_iter().map(read).collect(), ..report }
}

/// The report on a credential shown whole, as somebody reads it who does not know the learner.
pub(crate) fn without_learner(report: VerificationReport) -> VerificationReport {
    as_read(report, Shown::Whole)
}

/// What a reader will find of the holder's signature, which is made when the bundle is shared.
fn expected_report(now: Timestamp) -> VerificationReport {
    let pass = |code| Outcome::Pass(Fact::new(code, []));
    let checks = [
        (CheckKind::Conformance, pass(FactCode::Conforms)),
        (CheckKind::Proof, pass(FactCode::SignatureHolds)),
        (CheckKind::Issuer, pass(FactCode::IssuerIsKey)),
        (CheckKind::Validity, pass(FactCode::NeverExpires)),
        (CheckKind::Status { purpose: None }, Outcome::Absent),
        (CheckKind::Recipient, Outcome::Absent),
        (CheckKind::Endorsements, Outcome::Absent),
        (CheckKind::Recognition, Outcome::Skipped { because: SkipReason::NoRegistryAsked }),
    ];
    VerificationReport {
        credential: String::new(),
        checked_at: now,
        checks: checks.map(|(kind, outcome)| Check { kind, outcome }).into(),
        resources: Vec::new(),
        contexts: Vec::new(),
        nested: Vec::new(),
    }
}
