//! What an employer sees of a shared bundle.

use std::collections::BTreeMap;

use attesta_credential::{ReadError, VerifiableCredential, VerifiablePresentation};
use attesta_jsonld::Value;
use attesta_verify::{Check, CheckKind, Outcome, ProblemCode, Verdict, VerificationReport, judge};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::credential::{CredentialView, Language};
use crate::nested::NestedView;
use crate::report::ReportView;
use crate::text::pick;
use crate::unread::read_params;

/// A bundle as its receiver sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PresentationView {
    /// The holder's DID.
    pub holder: Option<String>,
    /// The bundle's title.
    pub title: Option<String>,
    /// The learner's note, Markdown.
    pub note: Option<String>,
    /// Whom the learner meant it for.
    pub audience: Option<String>,
    /// The parts that the learner would rather not have in view; they are folded away, never gone.
    pub hidden_parts: Vec<String>,
    /// The earner's name, where every credential that can be read states the same.
    pub earner: Option<String>,
    /// When the share stops counting, RFC 3339: as it says itself, else as its holder's signature says.
    pub valid_until: Option<String>,
    /// When the holder signed it, RFC 3339; absent unless the signature holds.
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
    /// The learner's note on it, plain text.
    pub note: Option<String>,
    /// What it says; absent where it can't be read.
    pub credential: Option<CredentialView>,
    /// What was found out; absent where it can't be read.
    pub report: Option<ReportView>,
    /// The credentials inside it, each with its own report.
    pub nested: Vec<NestedView>,
    /// The code of why it can't be read.
    pub error: Option<String>,
    /// Values for that code's words.
    pub error_params: BTreeMap<String, String>,
    /// Its own verdict.
    pub verdict: String,
}

impl PresentationView {
    /// A presentation with the report on the holder's signature and its entries, each already described, in the order
    /// in which they are read: that of their places. What the holder wrote is shown as it stands; whether the holder
    /// wrote it is what the report says.
    pub fn assemble(
        presentation: &VerifiablePresentation,
        report: &VerificationReport,
        mut credentials: Vec<PresentedCredentialView>,
        language: Language,
    ) -> PresentationView {
        for (credential, place) in credentials.iter_mut().zip(1..) {
            credential.note = presentation.note_at(place).map(str::to_owned);
        }
        // A proof that nobody made can state any date.
        let checks = report.outcomes(|kind| *kind == CheckKind::Proof);
        let held: Vec<_> =
            presentation.proofs().into_iter().zip(checks).filter(|(_, outcome)| signature_holds(outcome)).collect();
        let of_proof = |member: &str| {
            held.iter().find_map(|(proof, _)| proof.value.get(member).and_then(Value::as_str)).map(str::to_owned)
        };
        let (created, expires) = (of_proof("created"), of_proof("expires"));
        PresentationView {
            holder: presentation.holder().map(str::to_owned),
            title: pick(&presentation.name(), language).map(|text| text.text),
            note: pick(&presentation.description(), language).map(|text| text.text),
            audience: presentation.audience().map(str::to_owned),
            hidden_parts: presentation.hidden_parts().into_iter().map(str::to_owned).collect(),
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
            audience: None,
            hidden_parts: Vec::new(),
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

/// Whether a proof's signature holds, if only for a time that is over or has not come. The n-th outcome is that of the
/// n-th proof.
fn signature_holds(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Pass(_) => true,
        Outcome::Fail(problem) => {
            matches!(problem.code, ProblemCode::ProofExpired | ProblemCode::ProofCreatedInFuture)
        }
        Outcome::Inconclusive(_) | Outcome::Absent | Outcome::Skipped { .. } => false,
    }
}

/// The earner's name, where every credential that can be read states the same: one that states none may be anybody's.
fn common_earner(credentials: &[PresentedCredentialView]) -> Option<String> {
    let mut names = credentials
        .iter()
        .filter_map(|presented| presented.credential.as_ref())
        .map(|credential| credential.earner.as_ref());
    let first = names.next()??;
    names.all(|name| name == Some(first)).then(|| first.clone())
}

impl PresentedCredentialView {
    /// A credential that was read and checked.
    pub fn checked(
        view: CredentialView,
        credential: &VerifiableCredential,
        report: &VerificationReport,
        language: Language,
    ) -> PresentedCredentialView {
        PresentedCredentialView {
            note: None,
            credential: Some(view),
            report: Some(ReportView::from_report(report)),
            nested: NestedView::of(credential, report, language),
            error: None,
            error_params: BTreeMap::new(),
            verdict: judge(report).as_str().to_owned(),
        }
    }

    /// An entry that can't be read as a credential, and why.
    pub fn unreadable(error: &ReadError) -> PresentedCredentialView {
        PresentedCredentialView {
            note: None,
            credential: None,
            report: None,
            nested: Vec::new(),
            error: Some(error.code().to_owned()),
            error_params: read_params(error),
            verdict: Verdict::Rejected.as_str().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use attesta_credential::read_each;
    use attesta_verify::{Fact, FactCode, Problem, SkipReason};

    use super::*;

    fn presented(verdict: &str) -> PresentedCredentialView {
        PresentedCredentialView {
            verdict: verdict.to_owned(),
            ..PresentedCredentialView::unreadable(&ReadError::NotUtf8)
        }
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

    fn report(proofs: Vec<Outcome>) -> VerificationReport {
        let check = |kind, outcome| Check { kind, outcome };
        let mut checks = vec![check(CheckKind::Conformance, Outcome::Absent)];
        checks.extend(proofs.into_iter().map(|outcome| check(CheckKind::Proof, outcome)));
        checks.push(check(CheckKind::Issuer, Outcome::Absent));
        VerificationReport {
            credential: String::new(),
            checked_at: Timestamp::UNIX_EPOCH,
            checks,
            resources: Vec::new(),
            contexts: Vec::new(),
            nested: Vec::new(),
        }
    }

    #[track_caller]
    fn check_dates(proofs: Vec<Outcome>, created: Option<&str>, ends: Option<&str>) {
        let json = r#"{
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "proof": [
                {"type": "X", "created": "2020-01-01T00:00:00Z", "expires": "2090-01-01T00:00:00Z"},
                {"type": "X", "created": "2026-01-01T00:00:00Z", "expires": "2026-12-01T00:00:00Z"}
            ]
        }"#;
        let presentation = VerifiablePresentation::from_json(json.as_bytes().to_vec()).unwrap();
        let view = PresentationView::assemble(&presentation, &report(proofs), Vec::new(), Language::En);
        assert_eq!((view.created.as_deref(), view.valid_until.as_deref()), (created, ends));
    }

    #[test]
    fn only_a_proof_that_holds_says_when_it_was_made_and_when_it_ends() {
        let pass = || Outcome::Pass(Fact::new(FactCode::SignatureHolds, []));
        let fail = |code| Outcome::Fail(Problem::new(code, []));
        let skipped = || Outcome::Skipped { because: SkipReason::UnsupportedProofBesideSupported };
        let unknown = || Outcome::Inconclusive(Problem::new(ProblemCode::UnsupportedSuite, []));
        let (old, new) = (Some("2020-01-01T00:00:00Z"), Some("2026-01-01T00:00:00Z"));
        let (late, soon) = (Some("2090-01-01T00:00:00Z"), Some("2026-12-01T00:00:00Z"));
        check_dates(vec![pass(), pass()], old, late);
        check_dates(vec![skipped(), pass()], new, soon);
        check_dates(vec![unknown(), pass()], new, soon);
        check_dates(vec![fail(ProblemCode::SignatureMismatch), fail(ProblemCode::ProofExpired)], new, soon);
        check_dates(vec![fail(ProblemCode::ProofCreatedInFuture), unknown()], old, late);
        check_dates(vec![fail(ProblemCode::SignatureMismatch), unknown()], None, None);
        // Where nothing was checked proof by proof, no proof holds.
        check_dates(vec![unknown()], None, None);
    }

    #[test]
    fn each_note_is_on_what_stands_at_its_place() {
        let json = r#"{
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "attesta:audience": "Atelier Nord",
            "attesta:hidden": ["results", "picture"],
            "attesta:notes": [{"attesta:place": 3, "attesta:text": "third"}, {"attesta:place": 1, "attesta:text": "first"}],
            "attesta:beside": [{"attesta:place": 1, "attesta:text": "{}"}],
            "verifiableCredential": [{}, {}]
        }"#;
        let presentation = VerifiablePresentation::from_json(json.as_bytes().to_vec()).unwrap();
        let entries = vec![presented("valid"); 3];
        let view = PresentationView::assemble(&presentation, &report(Vec::new()), entries, Language::En);
        let notes: Vec<Option<&str>> = view.credentials.iter().map(|entry| entry.note.as_deref()).collect();
        assert_eq!(notes, [Some("first"), None, Some("third")]);
        assert_eq!(view.audience.as_deref(), Some("Atelier Nord"));
        assert_eq!(view.hidden_parts, ["picture", "results"]);
    }

    #[track_caller]
    fn check_earner(names: &[Option<&str>], expected: Option<&str>) {
        let credential = |name: &Option<&str>| {
            let name = name.map(|name| format!(r#""name": "{name}", "#)).unwrap_or_default();
            let json = format!(
                r#"{{"@context": ["https://www.w3.org/ns/credentials/v2",
                    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
                    "type": ["VerifiableCredential", "OpenBadgeCredential"], "issuer": "https://a.example",
                    "credentialSubject": {{{name}"type": ["AchievementSubject"]}}}}"#
            );
            let found = read_each(json.as_bytes()).unwrap().remove(0).unwrap();
            PresentedCredentialView::checked(
                CredentialView::from_found(&found, Language::En),
                &found.credential,
                &report(Vec::new()),
                Language::En,
            )
        };
        let mut credentials: Vec<_> = names.iter().map(credential).collect();
        credentials.push(presented("rejected"));
        assert_eq!(common_earner(&credentials).as_deref(), expected, "{names:?}");
    }

    #[test]
    fn a_bundle_is_somebodys_only_where_every_credential_names_them() {
        check_earner(&[Some("Amélie"), Some("Amélie")], Some("Amélie"));
        check_earner(&[Some("Amélie"), None], None);
        check_earner(&[None, Some("Amélie")], None);
        check_earner(&[Some("Amélie"), Some("Zoé")], None);
        check_earner(&[None], None);
        check_earner(&[], None);
    }

    #[test]
    fn credentials_without_a_presentation_decide_alone() {
        let view = PresentationView::of_credentials(vec![presented("valid")], Timestamp::UNIX_EPOCH);
        assert_eq!(view.verdict, "valid");
        assert_eq!(view.report.verdict, "unverifiable", "nobody signed this as a presentation");
        assert_eq!(view.report.checks.len(), 8);
    }
}
