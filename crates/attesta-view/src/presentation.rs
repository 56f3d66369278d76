//! What an employer sees of a shared bundle.

use attesta_credential::VerifiablePresentation;
use attesta_jsonld::Value;
use attesta_verify::{Check, CheckKind, Outcome, Verdict, VerificationReport, judge};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::credential::{CredentialView, Language};
use crate::report::ReportView;
use crate::text::pick;

/// A bundle as its receiver sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PresentationView {
    /// The holder's DID.
    pub holder: Option<String>,
    /// The bundle's title.
    pub title: Option<String>,
    /// The learner's note (plain text).
    pub note: Option<String>,
    /// The earner's name, where every credential that states one states the same.
    pub earner: Option<String>,
    /// When the share stops counting, RFC 3339.
    pub valid_until: Option<String>,
    /// When the holder signed it, RFC 3339.
    pub created: Option<String>,
    /// The report on the holder's own signature.
    pub report: ReportView,
    /// The worst verdict of all, the presentation's own included.
    pub verdict: String,
    /// Each credential with its own report, in the learner's order.
    pub credentials: Vec<PresentedCredentialView>,
}

/// One credential of a presentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PresentedCredentialView {
    /// What it says; absent where it can't be read.
    pub credential: Option<CredentialView>,
    /// What was found out; absent where it can't be read.
    pub report: Option<ReportView>,
    /// Why it can't be read.
    pub error: Option<String>,
    /// Its own verdict.
    pub verdict: String,
}

impl PresentationView {
    /// A presentation with the report on the holder's signature and its credentials, each already described.
    pub fn assemble(
        presentation: &VerifiablePresentation,
        report: &VerificationReport,
        credentials: Vec<PresentedCredentialView>,
        language: Language,
    ) -> PresentationView {
        let proofs = presentation.proofs();
        let of_proof = |member: &str| proofs.iter().find_map(|proof| proof.value.get(member).and_then(Value::as_str));
        let created = of_proof("created").map(str::to_owned);
        let expires = of_proof("expires").map(str::to_owned);
        PresentationView {
            holder: presentation.holder().map(str::to_owned),
            title: pick(&presentation.name(), language).map(|text| text.text),
            note: pick(&presentation.description(), language).map(|text| text.text),
            earner: common_earner(&credentials),
            valid_until: presentation.valid_until().map(|until| until.to_string()).or(expires),
            created,
            verdict: worst(judge(report), &credentials).as_str().to_owned(),
            report: ReportView::from_report(report),
            credentials,
        }
    }

    /// Credentials that nobody presents, from their own file: there is no holder's signature to report on, so the
    /// report holds nothing but absent checks and the credentials alone decide the verdict.
    pub fn of_credentials(credentials: Vec<PresentedCredentialView>, checked_at: Timestamp) -> PresentationView {
        let kinds = [
            CheckKind::Conformance,
            CheckKind::Proof,
            CheckKind::Issuer,
            CheckKind::Validity,
            CheckKind::Status { purpose: None },
            CheckKind::Recipient,
            CheckKind::Endorsements,
            CheckKind::Recognition,
        ];
        let report = VerificationReport {
            credential: String::new(),
            checked_at,
            checks: kinds.map(|kind| Check { kind, outcome: Outcome::Absent }).into(),
            resources: Vec::new(),
            contexts: Vec::new(),
            nested: Vec::new(),
        };
        PresentationView {
            holder: None,
            title: None,
            note: None,
            earner: common_earner(&credentials),
            valid_until: None,
            created: None,
            report: ReportView::from_report(&report),
            verdict: worst(Verdict::Valid, &credentials).as_str().to_owned(),
            credentials,
        }
    }
}

/// The worst verdict of all. A presentation without a credential shows nothing that could count.
fn worst(own: Verdict, credentials: &[PresentedCredentialView]) -> Verdict {
    let read = |name: &str| Verdict::ALL.into_iter().find(|verdict| verdict.as_str() == name);
    let verdicts = credentials.iter().map(|presented| read(&presented.verdict).unwrap_or(Verdict::Rejected));
    verdicts.min().unwrap_or(Verdict::Rejected).min(own)
}

/// The earner's name, where every credential that states one states the same.
fn common_earner(credentials: &[PresentedCredentialView]) -> Option<String> {
    let mut names = credentials.iter().filter_map(|presented| presented.credential.as_ref()?.earner.as_ref());
    let first = names.next()?;
    names.all(|name| name == first).then(|| first.clone())
}

impl PresentedCredentialView {
    /// A credential that was read and checked.
    pub fn checked(credential: CredentialView, report: &VerificationReport) -> PresentedCredentialView {
        PresentedCredentialView {
            credential: Some(credential),
            report: Some(ReportView::from_report(report)),
            error: None,
            verdict: judge(report).as_str().to_owned(),
        }
    }

    /// An entry that can't be read as a credential, with the error's code.
    pub fn unreadable(code: impl Into<String>) -> PresentedCredentialView {
        PresentedCredentialView {
            credential: None,
            report: None,
            error: Some(code.into()),
            verdict: Verdict::Rejected.as_str().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn presented(verdict: &str) -> PresentedCredentialView {
        PresentedCredentialView { verdict: verdict.to_owned(), ..PresentedCredentialView::unreadable("not_json") }
    }

    #[track_caller]
    fn check(own: Verdict, verdicts: &[&str], expected: Verdict) {
        let credentials: Vec<_> = verdicts.iter().map(|verdict| presented(verdict)).collect();
        assert_eq!(worst(own, &credentials), expected);
    }

    #[test]
    fn a_presentation_is_as_good_as_the_worst_in_it() {
        check(Verdict::Valid, &["valid", "valid"], Verdict::Valid);
        check(Verdict::Valid, &["valid", "revoked", "expired"], Verdict::Revoked);
        check(Verdict::Expired, &["valid"], Verdict::Expired);
        check(Verdict::Valid, &["valid", "splendid"], Verdict::Rejected);
        check(Verdict::Valid, &[], Verdict::Rejected);
    }

    #[test]
    fn credentials_without_a_presentation_decide_alone() {
        let view = PresentationView::of_credentials(vec![presented("valid")], Timestamp::UNIX_EPOCH);
        assert_eq!(view.verdict, "valid");
        assert_eq!(view.report.verdict, "unverifiable", "nobody signed this as a presentation");
        assert_eq!(view.report.checks.len(), 8);
    }
}
