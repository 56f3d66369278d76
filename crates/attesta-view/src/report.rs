//! A verification report, ready to be shown: codes and values, no words.

use std::collections::BTreeMap;

use attesta_verify::{
    Check, CheckKind, FetchFailureKind, Outcome, ResourceOrigin, ResourceUse, SkipReason, VerificationReport, judge,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::host::host_of;
use crate::lines::lines;

/// A report with its verdict and the time it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportView {
    /// `valid`, `status_unknown`, `not_yet_valid`, `expired`, `suspended`, `revoked`, `unverifiable`, `invalid`, `rejected`.
    pub verdict: String,
    /// When the checks were made, RFC 3339.
    pub checked_at: String,
    /// The hosts that were asked for this report.
    pub asked: Vec<String>,
    /// Intact? who signed? still good? about me? In this order, always four.
    pub lines: Vec<LineView>,
    /// Every check in its order.
    pub checks: Vec<CheckView>,
    /// What the report rests on.
    pub resources: Vec<ResourceUseView>,
    /// Context editions under which a linked-data proof was checked.
    pub contexts: Vec<String>,
}

/// One of the four plain questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// Is it intact?
    Intact,
    /// Who signed it, and how is that proven?
    Signer,
    /// Is it still good, as of when?
    Current,
    /// Is it about me?
    About,
}

/// The answer to a plain question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// Established.
    Yes,
    /// Established that it is not so.
    No,
    /// Could not be established.
    Unknown,
    /// Out of its dates or on hold: the fact is known and the credential does not count now.
    Care,
}

/// One plain question with its answer; `code` and `params` lead to the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineView {
    /// Which question.
    pub line: Line,
    /// The answer.
    pub state: LineState,
    /// Code of the sentence: that of the check that decided, or `still_good`, `still_good_by_site`,
    /// `good_without_status`, `status_last_known`, `revoked_because` where several add up.
    pub code: String,
    /// Values for the sentence.
    pub params: BTreeMap<String, String>,
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    /// Established.
    Pass,
    /// Established that it is not so.
    Fail,
    /// Could not be established.
    Inconclusive,
    /// Nothing to check.
    Absent,
    /// Not asked.
    Skipped,
}

/// One check with the code that leads to its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CheckView {
    /// `conformance`, `proof`, `issuer`, `validity`, `status`, `refresh`, `schema`, `recipient`, `endorsements`, `recognition`.
    pub check: String,
    /// The status purpose, for a status check.
    pub purpose: Option<String>,
    /// How it came out.
    pub outcome: CheckOutcome,
    /// The fact's or problem's code; `absent.<check>` or `skipped.<reason>` otherwise.
    pub code: String,
    /// Values for the words.
    pub params: BTreeMap<String, String>,
    /// Where in the credential, as a JSON pointer.
    pub pointer: Option<String>,
}

/// One resource the report rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ResourceUseView {
    /// Its address.
    pub url: String,
    /// `network`, `cache` or `failed`.
    pub from: String,
    /// When it was fetched, RFC 3339.
    pub fetched_at: Option<String>,
    /// The failure's code, where there is no fresh copy.
    pub failure: Option<String>,
}

impl ReportView {
    /// What a report says, with the verdict it adds up to.
    pub fn from_report(report: &VerificationReport) -> ReportView {
        let mut asked: Vec<String> = Vec::new();
        for used in report.resources.iter().filter(|used| was_asked(used)) {
            if let Some(host) = host_of(&used.url).filter(|host| !asked.contains(host)) {
                asked.push(host);
            }
        }
        ReportView {
            verdict: judge(report).as_str().to_owned(),
            checked_at: report.checked_at.to_string(),
            asked,
            lines: lines(report),
            checks: report.checks.iter().map(CheckView::from_check).collect(),
            resources: report.resources.iter().map(ResourceUseView::from_use).collect(),
            contexts: report.contexts.clone(),
        }
    }
}

/// Whether the host was contacted for this report: an answer from the network, or a failure after trying.
fn was_asked(used: &ResourceUse) -> bool {
    match (used.from, used.failure) {
        (ResourceOrigin::Network, _) => true,
        (ResourceOrigin::Cache | ResourceOrigin::Failed, failure) => !matches!(
            failure,
            None | Some(
                FetchFailureKind::Offline
                    | FetchFailureKind::Cancelled
                    | FetchFailureKind::AddressRefused
                    | FetchFailureKind::NotHttps
                    | FetchFailureKind::BadUrl
            )
        ),
    }
}

impl CheckView {
    fn from_check(check: &Check) -> CheckView {
        let purpose = match &check.kind {
            CheckKind::Status { purpose } => purpose.clone(),
            _ => None,
        };
        let (outcome, pointer) = match &check.outcome {
            Outcome::Pass(_) => (CheckOutcome::Pass, None),
            Outcome::Fail(problem) => (CheckOutcome::Fail, problem.pointer.clone()),
            Outcome::Inconclusive(problem) => (CheckOutcome::Inconclusive, problem.pointer.clone()),
            Outcome::Absent => (CheckOutcome::Absent, None),
            Outcome::Skipped { .. } => (CheckOutcome::Skipped, None),
        };
        CheckView {
            check: check.kind.name().to_owned(),
            purpose,
            outcome,
            code: check_code(&check.kind, &check.outcome),
            params: outcome_params(&check.outcome),
            pointer,
        }
    }
}

impl CheckOutcome {
    /// The name that stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            CheckOutcome::Pass => "pass",
            CheckOutcome::Fail => "fail",
            CheckOutcome::Inconclusive => "inconclusive",
            CheckOutcome::Absent => "absent",
            CheckOutcome::Skipped => "skipped",
        }
    }
}

impl ResourceUseView {
    fn from_use(used: &ResourceUse) -> ResourceUseView {
        let from = match used.from {
            ResourceOrigin::Network => "network",
            ResourceOrigin::Cache => "cache",
            ResourceOrigin::Failed => "failed",
        };
        ResourceUseView {
            url: used.url.clone(),
            from: from.to_owned(),
            fetched_at: used.fetched_at.map(|time| time.to_string()),
            failure: used.failure.map(|failure| failure.as_str().to_owned()),
        }
    }
}

/// The code that leads to a check's words: the fact's or problem's own, else `absent.<check>` or `skipped.<reason>`.
pub(crate) fn check_code(kind: &CheckKind, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Pass(fact) => fact.code.as_str().to_owned(),
        Outcome::Fail(problem) | Outcome::Inconclusive(problem) => problem.code.as_str().to_owned(),
        Outcome::Absent => format!("absent.{}", kind.name()),
        Outcome::Skipped { because } => format!("skipped.{}", skip_code(*because)),
    }
}

pub(crate) fn outcome_params(outcome: &Outcome) -> BTreeMap<String, String> {
    match outcome {
        Outcome::Pass(fact) => fact.params.clone(),
        Outcome::Fail(problem) | Outcome::Inconclusive(problem) => problem.params.clone(),
        Outcome::Absent | Outcome::Skipped { .. } => BTreeMap::new(),
    }
}

/// The stable code of a reason to skip a check.
pub fn skip_code(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::ConformanceFailed => "conformance_failed",
        SkipReason::ProofFailed => "proof_failed",
        SkipReason::ProofNotEstablished => "proof_not_established",
        SkipReason::UnsupportedProofBesideSupported => "unsupported_proof_beside_supported",
        SkipReason::ProofInsideToken => "proof_inside_token",
        SkipReason::RefreshNotAsked => "refresh_not_asked",
        SkipReason::SchemasNotAsked => "schemas_not_asked",
        SkipReason::ExtensionsNotValidated => "extensions_not_validated",
        SkipReason::NoRegistryAsked => "no_registry_asked",
        SkipReason::NoIdentitiesKnown => "no_identities_known",
    }
}
