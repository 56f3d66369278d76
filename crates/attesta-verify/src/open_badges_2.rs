//! The verification of an [Open Badges 2.0](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html)
//! assertion, and of those of 1.x where they give what that takes.
//!
//! Such a badge is either hosted, so that the copy at its own address is the issuer's word, or signed with a key that
//! the issuer's profile lists. Either way the profile must stand at its own address, and the host of that address is
//! all that is proven about the issuer. The received assertion serves to find the hosted copy and is then held against
//! it: what it states beyond that copy is not the issuer's.

mod address;
mod agreement;
mod assembled;
mod copy;
mod hosted;
mod linked;
mod revocation;
mod scope;
mod signed;
#[cfg(test)]
mod tests;

use attesta_credential::{BadgeVerification, VerifiableCredential};
use attesta_jsonld::Value;
use jiff::Timestamp;

use crate::check::{conformance, recipient, recognition, validity};
use crate::did::shorten;
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::{Check, CheckKind, Outcome, SkipReason, VerificationReport};

pub use assembled::assembled;

/// What was found out about an assertion's authorship and standing.
struct Finding {
    proof: Outcome,
    issuer: Outcome,
    /// What is known of its revocation.
    status: Outcome,
    /// Where the issuer's copy states a beginning of its own.
    from: Option<Timestamp>,
    /// Where the issuer's copy states an end of its own.
    until: Option<Timestamp>,
    /// Endorsements that the issuer's documents name beside those in the assertion.
    endorsements: usize,
    /// Extensions that the issuer's documents carry beside those in the assertion.
    extensions: usize,
}

impl Finding {
    /// Nothing could be found out, for this reason.
    fn unproven(proof: Outcome) -> Self {
        Finding {
            proof,
            issuer: Outcome::Skipped { because: SkipReason::ProofNotEstablished },
            status: Outcome::Skipped { because: SkipReason::ProofNotEstablished },
            from: None,
            until: None,
            endorsements: 0,
            extensions: 0,
        }
    }

    /// It is not the issuer's, so nothing else about it is worth knowing.
    fn refuted(proof: Problem) -> Self {
        let skipped = || Outcome::Skipped { because: SkipReason::ProofFailed };
        Finding { issuer: skipped(), status: skipped(), ..Finding::unproven(Outcome::Fail(proof)) }
    }

    /// Notes what the issuer's own documents carry.
    fn noting(mut self, documents: &[&Value<'_>]) -> Self {
        for document in documents {
            self.endorsements += document.get("endorsement").map_or(0, |all| all.one_or_many().len());
            self.extensions += extensions(document);
        }
        self
    }
}

/// Every check of one assertion, in the order of the report.
pub(crate) fn report_on(
    inquiry: &mut Inquiry<'_>,
    credential: &VerifiableCredential,
) -> Result<VerificationReport, Pending> {
    let departure = credential.nonconformities().first();
    let finding = match departure {
        Some(_) => {
            let skipped = || Outcome::Skipped { because: SkipReason::ConformanceFailed };
            Finding { issuer: skipped(), status: skipped(), ..Finding::unproven(skipped()) }
        }
        None => establish(inquiry, credential)?,
    };
    let spoiled = match (&finding.proof, departure) {
        (_, Some(_)) => Some(SkipReason::ConformanceFailed),
        (Outcome::Fail(_), None) => Some(SkipReason::ProofFailed),
        _ => None,
    };
    let unless_spoiled = |outcome: &dyn Fn() -> Outcome| match spoiled {
        Some(because) => Outcome::Skipped { because },
        None => outcome(),
    };
    let until = [credential.valid_until(), finding.until].into_iter().flatten().min();
    let from = credential.valid_from().max(finding.from);
    let validity = unless_spoiled(&|| validity::check(from, until, inquiry.now));
    let recipient = unless_spoiled(&|| recipient::check(credential, &inquiry.policy.learner));
    let endorsements = unless_spoiled(&|| endorsements(credential.endorsements().len() + finding.endorsements));
    let extensions = extensions_of(credential.root()) + finding.extensions;
    let conformance = match departure {
        Some(departure) => Outcome::Fail(conformance::problem_of(departure)),
        None => Outcome::Pass(Fact::new(FactCode::Conforms, [])),
    };
    let purpose = match &finding.status {
        Outcome::Absent => None,
        _ => Some("revocation".to_owned()),
    };
    // Which issuer it is stands in what was found, since the assertion itself may only name the badge.
    let established = match (&finding.proof, &finding.issuer) {
        (Outcome::Pass(_), Outcome::Pass(fact)) => Ok(fact.params.get("issuer").cloned().unwrap_or_default()),
        _ => Err(spoiled.unwrap_or(SkipReason::ProofNotEstablished)),
    };
    let issuer = established.clone().unwrap_or_default();
    let name = assembled(credential, &|url| inquiry.had(url)).issuer().name.clone();
    let recognition = recognition::check(inquiry, &issuer, &name, established.map(drop))?;
    let check = |kind, outcome| Check { kind, outcome };
    let mut checks = vec![
        check(CheckKind::Conformance, conformance),
        check(CheckKind::Proof, finding.proof),
        check(CheckKind::Issuer, finding.issuer),
        check(CheckKind::Validity, validity),
        check(CheckKind::Status { purpose }, finding.status),
    ];
    let unchecked = || Outcome::Skipped { because: SkipReason::ExtensionsNotValidated };
    checks.extend((0..extensions).map(|_| check(CheckKind::Schema, unchecked())));
    checks.push(check(CheckKind::Recipient, recipient));
    checks.push(check(CheckKind::Endorsements, endorsements));
    checks.push(check(CheckKind::Recognition, recognition));
    Ok(VerificationReport {
        credential: credential.digest().to_owned(),
        checked_at: inquiry.now,
        checks,
        resources: Vec::new(),
        contexts: Vec::new(),
        nested: Vec::new(),
    })
}

fn establish(inquiry: &mut Inquiry<'_>, credential: &VerifiableCredential) -> Result<Finding, Pending> {
    let root = credential.root();
    match (BadgeVerification::of(root), credential.securing().jws()) {
        // A token around a hosted badge adds nothing: its issuer's word is the hosted copy.
        (BadgeVerification::Hosted { addresses }, _) => hosted::establish(inquiry, credential, &addresses),
        (BadgeVerification::Signed { key }, Some(jws)) => signed::establish(inquiry, root, jws, key.as_deref()),
        (BadgeVerification::Unstated, Some(jws)) => signed::establish(inquiry, root, jws, None),
        (BadgeVerification::Signed { .. }, None) => {
            Ok(Finding::unproven(Outcome::Inconclusive(Problem::new(ProblemCode::NoProof, []))))
        }
        (BadgeVerification::Other { kind }, _) => {
            let problem = Problem::new(ProblemCode::UnsupportedSuite, [("suite", shorten(&kind))]);
            Ok(Finding::unproven(Outcome::Inconclusive(problem.at("/verification/type"))))
        }
        (BadgeVerification::Unstated, None) => {
            Ok(Finding::unproven(Outcome::Inconclusive(Problem::new(ProblemCode::HostedAddressMissing, []))))
        }
    }
}

/// Endorsements of this version are assertions of their own at addresses of their own; they are told of, not checked.
fn endorsements(count: usize) -> Outcome {
    match count {
        0 => Outcome::Absent,
        _ => Outcome::Inconclusive(Problem::new(ProblemCode::EndorsementsNotChecked, [("count", count.to_string())])),
    }
}

/// The extensions of an assertion and of the badge class and profile embedded in it.
fn extensions_of(assertion: &Value<'_>) -> usize {
    let badge = assertion.get("badge");
    let issuer = badge.and_then(|badge| badge.get("issuer"));
    [Some(assertion), badge, issuer].into_iter().flatten().map(extensions).sum()
}

/// Members of `extensions:`, and objects that call themselves an `Extension`.
fn extensions(of: &Value<'_>) -> usize {
    let Some(object) = of.as_object() else { return 0 };
    let is_extension = |value: &Value<'_>| {
        let types = value.get("type").map(Value::one_or_many).unwrap_or_default();
        types.iter().any(|name| name.as_str() == Some("Extension"))
    };
    object.iter().filter(|(key, value)| key.starts_with("extensions:") || is_extension(value)).count()
}
