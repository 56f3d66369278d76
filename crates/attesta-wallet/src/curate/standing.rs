//! What an earlier report comes to now.

use attesta_credential::VerifiableCredential;
use attesta_jsonld::Value;
use attesta_verify::{
    Check, CheckKind, Fact, FactCode, Outcome, Problem, ProblemCode, Verdict, VerificationReport, judge,
};
use jiff::Timestamp;

/// What the last report of a credential comes to at the time `now`, without asking anybody.
pub(crate) fn verdict_at(report: &VerificationReport, credential: &VerifiableCredential, now: Timestamp) -> Verdict {
    judge(&report_at(report, credential, now))
}

/// The last report with its dates held against `now`: what has run out since is over, and what has begun since counts.
/// Whatever else was found stays as it was found.
pub(crate) fn report_at(
    report: &VerificationReport,
    credential: &VerifiableCredential,
    now: Timestamp,
) -> VerificationReport {
    let proofs = credential.proofs();
    let mut ends = proofs.iter().map(|proof| expires(proof.value));
    let again = |check: &Check| {
        let outcome = match check.kind {
            CheckKind::Validity => validity_at(&check.outcome, credential, now),
            CheckKind::Proof => proof_at(&check.outcome, ends.next().flatten(), now),
            _ => check.outcome.clone(),
        };
        Check { kind: check.kind.clone(), outcome }
    };
    VerificationReport { checks: report.checks.iter().map(again).collect(), ..report.clone() }
}

/// When a credential ceases to count: at its own end or, where that is sooner, at that of a proof of it.
pub(crate) fn ends(credential: &VerifiableCredential) -> Option<Timestamp> {
    let of_proofs = credential.proofs().into_iter().filter_map(|proof| expires(proof.value));
    of_proofs.chain(credential.valid_until()).min()
}

fn expires(proof: &Value<'_>) -> Option<Timestamp> {
    proof.get("expires")?.as_str()?.parse().ok()
}

fn validity_at(outcome: &Outcome, credential: &VerifiableCredential, now: Timestamp) -> Outcome {
    let (from, until) = (credential.valid_from(), credential.valid_until());
    let begun = from.is_none_or(|from| from <= now);
    match (outcome, until) {
        (Outcome::Pass(_), Some(until)) if until < now => {
            Outcome::Fail(Problem::new(ProblemCode::Expired, [("until", until.to_string())]))
        }
        (Outcome::Fail(problem), Some(until)) if problem.code == ProblemCode::NotYetValid && until < now => {
            Outcome::Fail(Problem::new(ProblemCode::Expired, [("until", until.to_string())]))
        }
        (Outcome::Fail(problem), until) if problem.code == ProblemCode::NotYetValid && begun => {
            let code = if until.is_some() { FactCode::WithinValidity } else { FactCode::NeverExpires };
            let mut fact = Fact::new(code, []);
            for (name, time) in [("from", from), ("until", until)] {
                fact.params.extend(time.map(|time| (name.to_owned(), time.to_string())));
            }
            Outcome::Pass(fact)
        }
        _ => outcome.clone(),
    }
}

fn proof_at(outcome: &Outcome, expires: Option<Timestamp>, now: Timestamp) -> Outcome {
    match (outcome, expires) {
        (Outcome::Pass(_), Some(end)) if end < now => {
            Outcome::Fail(Problem::new(ProblemCode::ProofExpired, [("expires", end.to_string())]))
        }
        _ => outcome.clone(),
    }
}
