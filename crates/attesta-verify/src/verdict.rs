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
    let authored = passes(|kind| matches!(kind, CheckKind::Conformance))
        && (misdated || passes(|kind| matches!(kind, CheckKind::Proof)))
        && passes(|kind| matches!(kind, CheckKind::Issuer));
    let dated = passes(|kind| matches!(kind, CheckKind::Validity));
    let status_asked = report.outcomes(|kind| matches!(kind, CheckKind::Status { .. })).next().is_some();
    match (authored, dated && status_asked) {
        (false, _) => verdict.min(Verdict::Unverifiable),
        (true, false) => verdict.min(Verdict::StatusUnknown),
        (true, true) => verdict,
    }
}

fn is_about_time(code: ProblemCode) -> bool {
    matches!(code, ProblemCode::ProofExpired | ProblemCode::ProofCreatedInFuture)
}

fn spoiled_by(kind: &CheckKind, outcome: &Outcome) -> Verdict {
    match (kind, outcome) {
        (CheckKind::Recipient | CheckKind::Endorsements | CheckKind::Recognition, _) => Verdict::Valid,
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
