//! What does the issuer say of it now?
//!
//! [Bitstring Status List 1.0](https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm), "Validate", and what
//! went before it; [1EdTech Revocation List](https://www.imsglobal.org/spec/vcrl/v1p0/).

mod bits;
pub(crate) mod entry;
pub(crate) mod list;
mod revocation;
pub(crate) mod revocation_list;

use attesta_credential::{CredentialStatus, VerifiableCredential};
use jiff::Timestamp;

use crate::inquiry::{Inquiry, Lookup, MOST_RESOURCES, Pending};
use crate::problem::{Params, Problem, ProblemCode};
use crate::report::{Check, CheckKind, Outcome, SkipReason};
use crate::resources::{Answer, FetchFailure, ResourceKind};

/// One check per status entry; one in all where there is none. Nothing is asked unless `asking` allows it.
pub(crate) fn check(
    inquiry: &mut Inquiry<'_>,
    credential: &VerifiableCredential,
    asking: Result<(), SkipReason>,
) -> Result<Vec<Check>, Pending> {
    let kind = |status: &CredentialStatus| CheckKind::Status { purpose: status.purpose.clone() };
    let statuses = credential.statuses();
    if statuses.is_empty() {
        return Ok(vec![Check { kind: CheckKind::Status { purpose: None }, outcome: Outcome::Absent }]);
    }
    if let Err(because) = asking {
        let skipped = |status| Check { kind: kind(status), outcome: Outcome::Skipped { because } };
        return Ok(statuses.iter().map(skipped).collect());
    }
    let mut pending = false;
    let mut checks = Vec::with_capacity(statuses.len());
    for status in statuses {
        let outcome = match status.has_type(CredentialStatus::REVOCATION_LIST_1EDTECH) {
            true => revocation::check(inquiry, credential, status),
            false => bits::check(inquiry, credential, status),
        };
        match outcome {
            Ok(outcome) => checks.push(Check { kind: kind(status), outcome: at(outcome, &status.pointer) }),
            Err(Pending) => pending = true,
        }
    }
    if pending { Err(Pending) } else { Ok(checks) }
}

fn at(outcome: Outcome, pointer: &str) -> Outcome {
    let place = |problem: Problem| match problem.pointer {
        Some(_) => problem,
        None => problem.at(pointer),
    };
    match outcome {
        Outcome::Fail(problem) => Outcome::Fail(place(problem)),
        Outcome::Inconclusive(problem) => Outcome::Inconclusive(place(problem)),
        other => other,
    }
}

/// Who was asked, and as of when their answer is.
#[derive(Debug, Clone)]
struct Asked<'e> {
    host: &'e str,
    as_of: Timestamp,
}

impl Asked<'_> {
    /// Adds `host` and `as_of`.
    fn date(&self, params: &mut Params) {
        params.insert("host".to_owned(), self.host.to_owned());
        params.insert("as_of".to_owned(), self.as_of.to_string());
    }

    /// Nothing is known, for this reason.
    fn unknown(&self, mut problem: Problem) -> Outcome {
        self.date(&mut problem.params);
        Outcome::Inconclusive(problem)
    }
}

/// The list's answer, or what comes of having none.
fn ask<'r>(
    inquiry: &mut Inquiry<'r>,
    url: &str,
    host: &str,
    kind: ResourceKind,
) -> Result<Result<&'r Answer, Outcome>, Pending> {
    match inquiry.ask(url, kind) {
        Lookup::Pending => Err(Pending),
        Lookup::OverLimit => {
            let params = [("limit", MOST_RESOURCES.to_string())];
            Ok(Err(Outcome::Inconclusive(Problem::new(ProblemCode::TooManyResources, params))))
        }
        Lookup::Answered(Answer::Failed(failure)) => Ok(Err(Outcome::Inconclusive(unreachable(host, failure)))),
        Lookup::Answered(answer) => Ok(Ok(answer)),
    }
}

fn unreachable(host: &str, failure: &FetchFailure) -> Problem {
    let mut problem = Problem::new(ProblemCode::StatusUnreachable, [("host", host.to_owned())]);
    failure.describe(&mut problem.params);
    problem
}

/// An older copy said so, and there is no newer one.
fn last_known(host: &str, failure: &FetchFailure, said: String, as_of: Timestamp) -> Problem {
    let mut problem = unreachable(host, failure);
    problem.params.insert("last_known".to_owned(), said);
    problem.params.insert("as_of".to_owned(), as_of.to_string());
    problem
}
