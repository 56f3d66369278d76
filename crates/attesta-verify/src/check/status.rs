//! What does the issuer's status list say?
//!
//! [Bitstring Status List 1.0](https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm), "Validate".

mod entry;
mod list;

use std::collections::BTreeMap;

use attesta_credential::{CredentialStatus, VerifiableCredential};
use jiff::Timestamp;

use crate::inquiry::{Inquiry, Lookup, MOST_RESOURCES, Pending};
use crate::problem::{Fact, FactCode, Params, Problem, ProblemCode};
use crate::report::{Check, CheckKind, Outcome, SkipReason};
use crate::resources::{Answer, FetchFailure, Resource, ResourceKind};

use entry::{Entry, Purpose};
use list::StatusList;

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
    let mut lists = Lists { credential, read: BTreeMap::new() };
    let mut pending = false;
    let mut checks = Vec::with_capacity(statuses.len());
    for status in statuses {
        let outcome = match entry::parse(status, inquiry.policy.loopback) {
            Err(problem) => Outcome::Inconclusive(problem),
            Ok(entry) => match one(inquiry, &mut lists, &entry) {
                Ok(outcome) => outcome,
                Err(Pending) => {
                    pending = true;
                    continue;
                }
            },
        };
        checks.push(Check { kind: kind(status), outcome: at(outcome, &status.pointer) });
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

/// The lists read so far; several entries often share one.
struct Lists<'c> {
    credential: &'c VerifiableCredential,
    read: BTreeMap<String, Result<StatusList, Problem>>,
}

impl Lists<'_> {
    fn read(
        &mut self,
        inquiry: &mut Inquiry<'_>,
        url: &str,
        resource: &Resource,
    ) -> Result<&Result<StatusList, Problem>, Pending> {
        if !self.read.contains_key(url) {
            let list = list::read(inquiry, url, &resource.bytes, self.credential)?;
            self.read.insert(url.to_owned(), list);
        }
        Ok(&self.read[url])
    }
}

fn one(inquiry: &mut Inquiry<'_>, lists: &mut Lists<'_>, entry: &Entry<'_>) -> Result<Outcome, Pending> {
    match inquiry.ask(entry.list, ResourceKind::StatusListCredential) {
        Lookup::Pending => Err(Pending),
        Lookup::OverLimit => {
            let params = [("limit", MOST_RESOURCES.to_string())];
            Ok(Outcome::Inconclusive(Problem::new(ProblemCode::TooManyResources, params)))
        }
        Lookup::Answered(Answer::Failed(failure)) => Ok(Outcome::Inconclusive(unreachable(entry, failure))),
        Lookup::Answered(Answer::Fresh(resource) | Answer::Cached(resource)) => {
            let list = lists.read(inquiry, entry.list, resource)?;
            Ok(match list.as_ref().map_err(Clone::clone).and_then(|list| look_up(list, entry)) {
                Err(problem) => Outcome::Inconclusive(problem),
                Ok(found) => current(entry, &found, resource.fetched_at),
            })
        }
        Lookup::Answered(Answer::Stale { resource, failure }) => {
            let list = lists.read(inquiry, entry.list, resource)?;
            let found = list.as_ref().map_err(Clone::clone).and_then(|list| look_up(list, entry));
            Ok(last_known(entry, found.ok().as_ref(), resource.fetched_at, failure))
        }
    }
}

/// The value of an entry and whether its list is within its own validity period.
struct Found {
    value: u32,
    outdated: Option<Problem>,
}

fn look_up(list: &StatusList, entry: &Entry<'_>) -> Result<Found, Problem> {
    if !list.purposes.iter().any(|purpose| purpose == entry.written_purpose) {
        let params = [("purpose", entry.written_purpose.to_owned())];
        return Err(Problem::new(ProblemCode::StatusPurposeMismatch, params));
    }
    let value = list.bits.value(entry.index, entry.size).map_err(|error| list::problem_of(error, entry.index))?;
    Ok(Found { value, outdated: list.outdated.clone() })
}

/// What an up-to-date copy of the list says.
fn current(entry: &Entry<'_>, found: &Found, as_of: Timestamp) -> Outcome {
    if let Some(spoiled) = spoiled(entry, found, as_of) {
        return Outcome::Fail(spoiled);
    }
    if let Some(outdated) = &found.outdated {
        return Outcome::Inconclusive(outdated.clone());
    }
    if found.value == 0 {
        let mut fact = Fact::new(FactCode::StatusClear, [("purpose", entry.written_purpose.to_owned())]);
        dated(&mut fact.params, entry, as_of);
        return Outcome::Pass(fact);
    }
    match entry.purpose {
        Purpose::Refresh | Purpose::Message => {
            let params = [("purpose", entry.written_purpose.to_owned()), ("value", format!("{:#x}", found.value))];
            let mut fact = Fact::new(FactCode::StatusNotice, params);
            if let Some(message) = entry.message(found.value) {
                fact.params.insert("message".to_owned(), message);
            }
            dated(&mut fact.params, entry, as_of);
            Outcome::Pass(fact)
        }
        // A purpose that we don't know is set: it may mean anything.
        Purpose::Revocation | Purpose::Suspension | Purpose::Other => {
            let params = [("type", entry.written_purpose.to_owned())];
            Outcome::Inconclusive(Problem::new(ProblemCode::UnsupportedStatus, params))
        }
    }
}

/// Whether the list revokes or suspends. Revocation is final, so an outdated list proves it as well as any.
fn spoiled(entry: &Entry<'_>, found: &Found, as_of: Timestamp) -> Option<Problem> {
    let code = match entry.purpose {
        Purpose::Revocation if found.value != 0 => ProblemCode::Revoked,
        Purpose::Suspension if found.value != 0 && found.outdated.is_none() => ProblemCode::Suspended,
        _ => return None,
    };
    let mut problem = Problem::new(code, []);
    dated(&mut problem.params, entry, as_of);
    Some(problem)
}

/// What an older copy proves while there is no newer one: what was revoked or suspended does not become better by
/// the issuer going offline, and what was clear may have changed.
fn last_known(entry: &Entry<'_>, found: Option<&Found>, as_of: Timestamp, failure: &FetchFailure) -> Outcome {
    let regardless_of_age = |found: &Found| spoiled(entry, &Found { value: found.value, outdated: None }, as_of);
    if let Some(problem) = found.and_then(regardless_of_age) {
        return Outcome::Fail(problem);
    }
    let mut problem = unreachable(entry, failure);
    if let Some(found) = found {
        let last_known = if found.value == 0 { "clear".to_owned() } else { format!("{:#x}", found.value) };
        problem.params.insert("last_known".to_owned(), last_known);
        problem.params.insert("as_of".to_owned(), as_of.to_string());
    }
    Outcome::Inconclusive(problem)
}

fn unreachable(entry: &Entry<'_>, failure: &FetchFailure) -> Problem {
    let mut problem = Problem::new(ProblemCode::StatusUnreachable, [("host", entry.host.clone())]);
    failure.describe(&mut problem.params);
    problem
}

fn dated(params: &mut Params, entry: &Entry<'_>, as_of: Timestamp) {
    params.insert("host".to_owned(), entry.host.clone());
    params.insert("as_of".to_owned(), as_of.to_string());
}
