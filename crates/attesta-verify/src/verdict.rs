//! The verdict that a report adds up to. Derived each time, never stored alone.

use serde::{Deserialize, Serialize};

use crate::problem::ProblemCode;
use crate::report::{CheckKind, Outcome, VerificationReport};

/// One word for a whole report, from worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Not a credential, unreadable, or over a limit; nothing is kept, so no report leads here.
    Rejected,
    /// Altered or forged.
    Invalid,
    /// Nothing found wrong, but authorship can't be established.
    Unverifiable,
    /// The issuer revoked it.
    Revoked,
    /// The issuer suspended it.
    Suspended,
    /// Its validity period, or its proof's, is over.
    Expired,
    /// Its validity period has not begun.
    NotYetValid,
    /// Genuine and within its dates, but a status could not be determined.
    StatusUnknown,
    /// Genuine and current.
    Valid,
}

/// What a report adds up to: the worst that its checks establish. A check that is missing counts as not established.
pub fn judge(report: &VerificationReport) -> Verdict {
    let mut verdict = Verdict::Valid;
    for check in &report.checks {
        verdict = verdict.min(spoiled_by(&check.kind, &check.outcome));
    }
    let passes = |of: fn(&CheckKind) -> bool| report.outcomes(of).any(|outcome| matches!(outcome, Outcome::Pass(_)));
    // A proof that has expired, or says that it was made in the future, holds all the same: only its dates are wrong.
    let misdated = report
        .outcomes(|kind| matches!(kind, CheckKind::Proof))
        .any(|outcome| matches!(outcome, Outcome::Fail(problem) if is_about_time(problem.code)));
    // A hosted badge that its issuer's own site withdrew: there is nothing left to compare, and the answer is known.
    let withdrawn = report.outcomes(|kind| matches!(kind, CheckKind::Proof)).any(is_withdrawn);
    let authored = passes(|kind| matches!(kind, CheckKind::Conformance))
        && (misdated || withdrawn || passes(|kind| matches!(kind, CheckKind::Proof)))
        && passes(|kind| matches!(kind, CheckKind::Issuer));
    let dated = passes(|kind| matches!(kind, CheckKind::Validity));
    let status_asked = report.outcomes(|kind| matches!(kind, CheckKind::Status { .. })).next().is_some();
    match (authored, dated && status_asked) {
        (false, _) => verdict.min(Verdict::Unverifiable),
        (true, false) => verdict.min(Verdict::StatusUnknown),
        (true, true) => verdict,
    }
}

fn is_withdrawn(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Inconclusive(problem) if problem.code == ProblemCode::HostedCopyGone)
}

fn is_about_time(code: ProblemCode) -> bool {
    matches!(code, ProblemCode::ProofExpired | ProblemCode::ProofCreatedInFuture)
}

fn spoiled_by(kind: &CheckKind, outcome: &Outcome) -> Verdict {
    match (kind, outcome) {
        (
            CheckKind::Refresh
            | CheckKind::Schema
            | CheckKind::Related
            | CheckKind::Recipient
            | CheckKind::Enclosed
            | CheckKind::Endorsements
            | CheckKind::Recognition,
            _,
        ) => Verdict::Valid,
        (_, Outcome::Pass(_) | Outcome::Absent) => Verdict::Valid,
        // A skipped check never makes a report better: the passes that `judge` demands are then missing,
        // except beside a proof that was checked, and for a status that was not asked.
        (CheckKind::Status { .. }, Outcome::Skipped { .. }) => Verdict::StatusUnknown,
        (_, Outcome::Skipped { .. }) => Verdict::Valid,
        (_, Outcome::Fail(problem)) => match problem.code {
            ProblemCode::Revoked => Verdict::Revoked,
            ProblemCode::Suspended => Verdict::Suspended,
            ProblemCode::Expired | ProblemCode::ProofExpired => Verdict::Expired,
            ProblemCode::NotYetValid | ProblemCode::ProofCreatedInFuture => Verdict::NotYetValid,
            _ => Verdict::Invalid,
        },
        (CheckKind::Proof, outcome @ Outcome::Inconclusive(_)) if is_withdrawn(outcome) => Verdict::Revoked,
        (CheckKind::Status { .. }, Outcome::Inconclusive(_)) => Verdict::StatusUnknown,
        (_, Outcome::Inconclusive(_)) => Verdict::Unverifiable,
    }
}

impl Verdict {
    /// Every verdict, worst first.
    pub const ALL: [Verdict; 9] = [
        Verdict::Rejected,
        Verdict::Invalid,
        Verdict::Unverifiable,
        Verdict::Revoked,
        Verdict::Suspended,
        Verdict::Expired,
        Verdict::NotYetValid,
        Verdict::StatusUnknown,
        Verdict::Valid,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Rejected => "rejected",
            Verdict::Invalid => "invalid",
            Verdict::Unverifiable => "unverifiable",
            Verdict::Revoked => "revoked",
            Verdict::Suspended => "suspended",
            Verdict::Expired => "expired",
            Verdict::NotYetValid => "not_yet_valid",
            Verdict::StatusUnknown => "status_unknown",
            Verdict::Valid => "valid",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Fact, FactCode, Problem};
    use crate::report::{Check, SkipReason};

    fn pass() -> Outcome {
        Outcome::Pass(Fact::new(FactCode::Conforms, []))
    }

    fn fail(code: ProblemCode) -> Outcome {
        Outcome::Fail(Problem::new(code, []))
    }

    fn open(code: ProblemCode) -> Outcome {
        Outcome::Inconclusive(Problem::new(code, []))
    }

    fn status() -> CheckKind {
        CheckKind::Status { purpose: Some("revocation".to_owned()) }
    }

    /// A report in which everything holds but for these checks, each in place of the one of its kind.
    #[track_caller]
    fn check(changes: &[(CheckKind, Outcome)], expected: Verdict) {
        let mut checks: Vec<Check> =
            [CheckKind::Conformance, CheckKind::Proof, CheckKind::Issuer, CheckKind::Validity, status()]
                .into_iter()
                .map(|kind| Check { kind, outcome: pass() })
                .collect();
        for (kind, outcome) in changes {
            checks.retain(|check| check.kind.name() != kind.name());
            checks.push(Check { kind: kind.clone(), outcome: outcome.clone() });
        }
        let report = VerificationReport {
            credential: String::new(),
            checked_at: jiff::Timestamp::UNIX_EPOCH,
            checks,
            resources: Vec::new(),
            contexts: Vec::new(),
            nested: Vec::new(),
        };
        assert_eq!(judge(&report), expected, "{changes:?}");
    }

    #[test]
    fn everything_established_is_valid() {
        check(&[], Verdict::Valid);
        check(&[(status(), Outcome::Absent)], Verdict::Valid);
        check(&[(CheckKind::Recipient, open(ProblemCode::RecipientNotMatched))], Verdict::Valid);
        check(&[(CheckKind::Refresh, open(ProblemCode::RefreshUnreachable))], Verdict::Valid);
        check(&[(CheckKind::Endorsements, fail(ProblemCode::EndorsementsDoNotHold))], Verdict::Valid);
    }

    #[test]
    fn an_empty_report_establishes_nothing() {
        let report = VerificationReport {
            credential: String::new(),
            checked_at: jiff::Timestamp::UNIX_EPOCH,
            checks: Vec::new(),
            resources: Vec::new(),
            contexts: Vec::new(),
            nested: Vec::new(),
        };
        assert_eq!(judge(&report), Verdict::Unverifiable);
    }

    #[test]
    fn a_check_that_was_not_made_never_makes_it_better() {
        let skipped = || Outcome::Skipped { because: SkipReason::ProofNotEstablished };
        for kind in [CheckKind::Conformance, CheckKind::Proof, CheckKind::Issuer] {
            check(&[(kind.clone(), skipped())], Verdict::Unverifiable);
            check(&[(kind, Outcome::Absent)], Verdict::Unverifiable);
        }
        check(&[(CheckKind::Validity, skipped())], Verdict::StatusUnknown);
        check(&[(status(), skipped())], Verdict::StatusUnknown);
    }

    #[test]
    fn the_worst_finding_decides() {
        check(&[(status(), fail(ProblemCode::Revoked))], Verdict::Revoked);
        check(&[(status(), fail(ProblemCode::Suspended))], Verdict::Suspended);
        check(&[(status(), open(ProblemCode::StatusUnreachable))], Verdict::StatusUnknown);
        check(&[(CheckKind::Validity, fail(ProblemCode::Expired))], Verdict::Expired);
        let both = [(CheckKind::Validity, fail(ProblemCode::Expired)), (status(), fail(ProblemCode::Revoked))];
        check(&both, Verdict::Revoked);
        let forged = [(CheckKind::Proof, fail(ProblemCode::SignatureMismatch)), (status(), fail(ProblemCode::Revoked))];
        check(&forged, Verdict::Invalid);
        check(&[(CheckKind::Proof, open(ProblemCode::NoProof))], Verdict::Unverifiable);
    }

    #[test]
    fn a_proof_that_is_out_of_date_still_tells_who_signed() {
        check(&[(CheckKind::Proof, fail(ProblemCode::ProofExpired))], Verdict::Expired);
        check(&[(CheckKind::Proof, fail(ProblemCode::ProofCreatedInFuture))], Verdict::NotYetValid);
        let untied = [
            (CheckKind::Proof, fail(ProblemCode::ProofExpired)),
            (CheckKind::Issuer, open(ProblemCode::SignerNotTiedToIssuer)),
        ];
        check(&untied, Verdict::Unverifiable);
    }

    #[test]
    fn verdicts_are_ordered_from_worst_to_best() {
        assert!(Verdict::ALL.is_sorted());
        assert_eq!(Verdict::ALL.map(Verdict::as_str).len(), 9);
    }
}
