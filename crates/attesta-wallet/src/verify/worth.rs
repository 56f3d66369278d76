//! What a report says about the answers that it rests on.

use attesta_verify::{Answer, CheckKind, FetchFailureKind, Outcome, ProblemCode, VerificationReport};

/// Whether a status could not be told because what came is not the list that it should be.
pub(super) fn is_unusable_list(outcome: &Outcome) -> bool {
    let Outcome::Inconclusive(problem) = outcome else { return false };
    matches!(
        problem.code,
        ProblemCode::StatusListMalformed
            | ProblemCode::StatusListNotProven
            | ProblemCode::StatusListExpired
            | ProblemCode::StatusListForeign
            | ProblemCode::StatusPurposeMismatch
            | ProblemCode::StatusListTooShort
            | ProblemCode::StatusListTooLarge
            | ProblemCode::StatusIndexOutOfRange
    )
}

/// Whether a site says that there is no such thing at the address any more.
pub(super) fn is_gone(answer: &Answer) -> bool {
    match answer {
        Answer::Stale { failure, .. } | Answer::Failed(failure) => failure.kind == FetchFailureKind::Status(410),
        Answer::Fresh(_) | Answer::Cached(_) => false,
    }
}

/// Whether older copies tell of a revocation or suspension where the answers could not be used.
pub(super) fn tells_of_revocation(report: &VerificationReport, with_copies: &VerificationReport) -> bool {
    let statuses = |kind: &CheckKind| matches!(kind, CheckKind::Status { .. });
    let mut both = report.outcomes(statuses).zip(with_copies.outcomes(statuses));
    both.any(|(fresh, copied)| is_unusable_list(fresh) && matches!(copied, Outcome::Fail(_)))
}

/// The hosts whose answers established something about the credential itself.
pub(super) fn proven_hosts(report: &VerificationReport) -> impl Iterator<Item = &str> {
    report
        .checks
        .iter()
        .filter_map(|check| match &check.outcome {
            Outcome::Pass(fact) => fact.params.get("host"),
            Outcome::Fail(problem) => problem.params.get("host"),
            Outcome::Inconclusive(_) | Outcome::Absent | Outcome::Skipped { .. } => None,
        })
        .map(String::as_str)
}

/// Whether an address is at a host, whatever the port.
pub(super) fn is_at(url: &str, host: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| url.host_str() == Some(host))
}

/// Whether every answer a report rests on was what it should be.
pub(super) fn all_answers_good(report: &VerificationReport) -> bool {
    report.checks.iter().all(|check| match (&check.kind, &check.outcome) {
        (CheckKind::Proof | CheckKind::Issuer, outcome) => {
            matches!(outcome, Outcome::Pass(_) | Outcome::Skipped { .. })
        }
        (CheckKind::Status { .. }, Outcome::Fail(problem)) => {
            matches!(problem.code, ProblemCode::Revoked | ProblemCode::Suspended)
        }
        (CheckKind::Status { .. }, Outcome::Inconclusive(_)) => false,
        _ => true,
    })
}
