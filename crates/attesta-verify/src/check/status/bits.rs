//! What one entry says by its place in a list of bits.

use std::sync::Arc;

use attesta_credential::{CredentialStatus, VerifiableCredential};

use super::entry::{self, Entry, Purpose};
use super::list::{self, StatusList};
use super::{Asked, ask, last_known, unreachable};
use crate::did::shorten;
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::Outcome;
use crate::resources::{Answer, FetchFailure, FetchFailureKind, Resource, ResourceKind};
use crate::status::proven::{ListForm, ProvenLists, Reading};

/// The outcome of one entry, in the order of the specification's algorithm: the entry, the list's retrieval, its proofs,
/// its purpose, its expansion, its length, the range and the value.
pub(super) fn check(
    inquiry: &mut Inquiry<'_>,
    credential: &VerifiableCredential,
    status: &CredentialStatus,
) -> Result<Outcome, Pending> {
    let entry = match entry::parse(status, inquiry.policy.loopback) {
        Err(problem) => return Ok(Outcome::Inconclusive(problem)),
        Ok(entry) => entry,
    };
    let answer = match ask(inquiry, entry.list, &entry.host, ResourceKind::StatusListCredential)? {
        Err(outcome) => return Ok(outcome),
        Ok(answer) => answer,
    };
    let now = inquiry.now;
    let look = |inquiry: &mut Inquiry<'_>, resource: &Resource| -> Result<Result<Found, Problem>, Pending> {
        let reading = read(inquiry, &entry, resource)?;
        let list = match &*reading {
            Reading::Bits(list) => list.as_ref().map_err(Clone::clone),
            Reading::Revocations(_) => Err(Problem::new(ProblemCode::StatusListMalformed, [])),
        };
        Ok(list.and_then(|list| look_up(list, &entry, credential)))
    };
    Ok(match answer {
        Answer::Failed(failure) => Outcome::Inconclusive(unreachable(&entry.host, failure)),
        Answer::Fresh(resource) => current(&entry, look(inquiry, resource)?, resource),
        Answer::Cached(resource) => {
            let found = look(inquiry, resource)?;
            let ttl = found.as_ref().ok().and_then(|found| found.ttl);
            // An age that can't be told is no age that a copy may have.
            let age = u64::try_from(now.duration_since(resource.fetched_at).as_millis()).unwrap_or(u64::MAX);
            match ttl.is_some_and(|ttl| age > ttl) {
                true => {
                    let failure = FetchFailure { kind: FetchFailureKind::Offline, at: now };
                    older(&entry, found.ok().as_ref(), resource, &failure)
                }
                false => current(&entry, found, resource),
            }
        }
        Answer::Stale { resource, failure } => {
            let found = look(inquiry, resource)?;
            older(&entry, found.ok().as_ref(), resource, failure)
        }
    })
}

fn read(inquiry: &mut Inquiry<'_>, entry: &Entry<'_>, resource: &Resource) -> Result<Arc<Reading>, Pending> {
    let none = ProvenLists::new();
    let lists = inquiry.lists.unwrap_or(&none);
    lists.reading(inquiry, ListForm::Bits(entry.encoding), entry.list, |inquiry| {
        inquiry.ask(entry.list, ResourceKind::StatusListCredential);
        Ok(Reading::Bits(list::read(inquiry, entry.list, &resource.bytes, entry.encoding)?))
    })
}

/// The value of an entry and what bounds its use.
struct Found {
    value: u32,
    /// Set where now is outside the list's own validity period.
    outdated: Option<Problem>,
    /// Milliseconds after which a copy of the list should not count.
    ttl: Option<u64>,
}

fn look_up(list: &StatusList, entry: &Entry<'_>, credential: &VerifiableCredential) -> Result<Found, Problem> {
    // The specification lets another issuer keep the list, for a verifier that trusts both; nothing here says that the
    // credential's issuer chose that other one, so neither its yes nor its no is taken for the issuer's.
    if list.issuer != credential.issuer_id() {
        let params = [("issuer", shorten(credential.issuer_id())), ("list_issuer", shorten(&list.issuer))];
        return Err(Problem::new(ProblemCode::StatusListForeign, params));
    }
    if list.purposes.as_ref().is_some_and(|purposes| !purposes.iter().any(|purpose| purpose == entry.written_purpose)) {
        let params = [("purpose", shorten(entry.written_purpose))];
        return Err(Problem::new(ProblemCode::StatusPurposeMismatch, params));
    }
    let bits = list.bits.as_ref().map_err(|error| list::problem_of(*error, entry.index))?;
    let value = bits.value(entry.index, entry.size).map_err(|error| list::problem_of(error, entry.index))?;
    Ok(Found { value, outdated: list.outdated.clone(), ttl: list.ttl })
}

/// What an up-to-date copy of the list says.
fn current(entry: &Entry<'_>, found: Result<Found, Problem>, resource: &Resource) -> Outcome {
    let asked = Asked { host: &entry.host, as_of: resource.fetched_at };
    let found = match found {
        Err(problem) => return asked.unknown(problem),
        Ok(found) => found,
    };
    if let Some(spoiled) = spoiled(entry, &found, &asked) {
        return Outcome::Fail(spoiled);
    }
    if let Some(outdated) = found.outdated {
        return asked.unknown(outdated);
    }
    let purpose = [("purpose", shorten(entry.written_purpose))];
    if found.value == 0 {
        // A message may have words for 0 as well, but it is the value that says nothing against the credential.
        let mut fact = Fact::new(FactCode::StatusClear, purpose);
        asked.date(&mut fact.params);
        return Outcome::Pass(fact);
    }
    match entry.purpose {
        Purpose::Refresh | Purpose::Message => {
            let mut fact = Fact::new(FactCode::StatusNotice, purpose);
            fact.params.insert("value".to_owned(), format!("{:#x}", found.value));
            for (name, value) in [("message", entry.message(found.value)), ("reference", entry.reference())] {
                fact.params.extend(value.map(|value| (name.to_owned(), value)));
            }
            asked.date(&mut fact.params);
            Outcome::Pass(fact)
        }
        // A purpose that we don't know is set: it may mean anything.
        Purpose::Revocation | Purpose::Suspension | Purpose::Other => {
            let params = [("type", shorten(entry.written_purpose))];
            asked.unknown(Problem::new(ProblemCode::UnsupportedStatus, params))
        }
    }
}

/// Whether the list revokes or suspends. Revocation is final, so an outdated list proves it as well as any.
fn spoiled(entry: &Entry<'_>, found: &Found, asked: &Asked<'_>) -> Option<Problem> {
    let code = match entry.purpose {
        Purpose::Revocation if found.value != 0 => ProblemCode::Revoked,
        Purpose::Suspension if found.value != 0 && found.outdated.is_none() => ProblemCode::Suspended,
        _ => return None,
    };
    let mut problem = Problem::new(code, []);
    asked.date(&mut problem.params);
    Some(problem)
}

/// What an older copy proves while there is no newer one: what was revoked or suspended does not become better by
/// the issuer going offline, and what was clear may have changed.
fn older(entry: &Entry<'_>, found: Option<&Found>, resource: &Resource, failure: &FetchFailure) -> Outcome {
    let asked = Asked { host: &entry.host, as_of: resource.fetched_at };
    let regardless_of_age = |found: &Found| {
        let found = Found { value: found.value, outdated: None, ttl: None };
        spoiled(entry, &found, &asked)
    };
    if let Some(problem) = found.and_then(regardless_of_age) {
        return Outcome::Fail(problem);
    }
    Outcome::Inconclusive(match found {
        None => unreachable(&entry.host, failure),
        Some(found) => {
            let said = if found.value == 0 { "clear".to_owned() } else { format!("{:#x}", found.value) };
            last_known(&entry.host, failure, said, resource.fetched_at)
        }
    })
}
