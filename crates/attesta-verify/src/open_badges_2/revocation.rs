//! What an issuer says of revocation: at the badge itself, or in the list that its profile names.

use attesta_jsonld::Value;
use jiff::Timestamp;

use super::address::{Address, same};
use super::copy::{Copy, look_up, not_had, over_limit, parse};
use super::linked::{Linked, id_of};
use crate::did::shorten;
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::Outcome;
use crate::resources::{FetchFailure, Resource, ResourceKind};

const LIST: &str = "/badge/issuer/revocationList";

/// Asks the [list](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#RevocationList) of the
/// issuer about a signed assertion; absent where the profile names none.
pub(super) fn by_list(inquiry: &mut Inquiry<'_>, assertion: &Value<'_>, linked: &Linked) -> Result<Outcome, Pending> {
    let Some(list) = linked.issuer.document.root().get("revocationList").filter(|list| !matches!(list, Value::Null))
    else {
        return Ok(Outcome::Absent);
    };
    let Some(address) = id_of(list).and_then(|list| Address::read(list, inquiry.policy.loopback)) else {
        let params = [("member", "revocationList".to_owned())];
        return Ok(Outcome::Inconclusive(Problem::new(ProblemCode::StatusEntryMalformed, params).at(LIST)));
    };
    let malformed = || Outcome::Inconclusive(Problem::new(ProblemCode::StatusListMalformed, []).at(LIST));
    Ok(match look_up(inquiry, &address, ResourceKind::RevocationList)? {
        Copy::Current(resource, _) => match look_for(assertion, resource) {
            None => malformed(),
            Some(Entry::Listed { reason }) => Outcome::Fail(revoked(&address, resource.fetched_at, reason)),
            Some(Entry::NotListed) => clear(&address, resource.fetched_at),
        },
        // What was revoked does not become better by the issuer going offline.
        Copy::Old { resource, failure, .. } => match look_for(assertion, resource) {
            Some(Entry::Listed { reason }) => Outcome::Fail(revoked(&address, resource.fetched_at, reason)),
            Some(Entry::NotListed) => last_known(&address, resource.fetched_at, failure),
            None => Outcome::Inconclusive(not_had(ProblemCode::StatusUnreachable, &address, failure).at(LIST)),
        },
        Copy::Missing(failure) => {
            Outcome::Inconclusive(not_had(ProblemCode::StatusUnreachable, &address, &failure).at(LIST))
        }
        Copy::OverLimit => Outcome::Inconclusive(over_limit()),
    })
}

enum Entry {
    Listed { reason: Option<String> },
    NotListed,
}

/// Looks for an assertion in a list; `None` for what is no list.
fn look_for(assertion: &Value<'_>, list: &Resource) -> Option<Entry> {
    let document = parse(&list.bytes)?;
    let root = document.root();
    let text = |of: &Value<'_>, member: &str| of.get(member).and_then(Value::as_str).map(str::to_owned);
    let (id, uid) = (text(assertion, "id"), text(assertion, "uid"));
    let is_it = |name: &str| id.as_deref().is_some_and(|id| same(id, name)) || uid.as_deref() == Some(name);
    let Some(entries) = root.get("revokedAssertions") else {
        // 1.x: an object of reasons by `uid`.
        let object = root.as_object().filter(|object| !object.contains_key("type") && !object.contains_key("id"))?;
        let listed = object.iter().find(|(name, _)| is_it(name));
        return Some(match listed {
            Some((_, reason)) => Entry::Listed { reason: reason.as_str().map(str::to_owned) },
            None => Entry::NotListed,
        });
    };
    let entries = entries.as_array()?;
    let names_it = |entry: &&Value<'_>| {
        let names = [id_of(entry), entry.get("uid").and_then(Value::as_str)];
        names.into_iter().flatten().any(is_it)
    };
    Some(match entries.iter().find(names_it) {
        Some(entry) => Entry::Listed { reason: text(entry, "revocationReason") },
        None => Entry::NotListed,
    })
}

/// It is revoked, with the issuer's reason where it gives one.
pub(super) fn revoked(address: &Address, as_of: Timestamp, reason: Option<String>) -> Problem {
    let mut problem = Problem::new(ProblemCode::Revoked, [("host", address.host()), ("as_of", as_of.to_string())]);
    if let Some(reason) = reason.filter(|reason| !reason.trim().is_empty()) {
        problem.params.insert("reason".to_owned(), shorten(reason.trim()));
    }
    problem
}

/// It is not revoked, by an answer of this time.
pub(super) fn clear(address: &Address, as_of: Timestamp) -> Outcome {
    let params = [("purpose", "revocation".to_owned()), ("host", address.host()), ("as_of", as_of.to_string())];
    Outcome::Pass(Fact::new(FactCode::StatusClear, params))
}

/// It was not revoked at this time, and nothing newer could be had.
pub(super) fn last_known(address: &Address, as_of: Timestamp, failure: &FetchFailure) -> Outcome {
    let mut problem = not_had(ProblemCode::StatusUnreachable, address, failure);
    problem.params.insert("last_known".to_owned(), "clear".to_owned());
    problem.params.insert("as_of".to_owned(), as_of.to_string());
    Outcome::Inconclusive(problem)
}
