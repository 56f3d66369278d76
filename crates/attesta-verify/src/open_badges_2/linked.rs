//! From an assertion to its badge class and on to the issuer's profile.

use attesta_jsonld::{Document, Value};

use super::address::Address;
use super::copy::{Held, hold};
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Problem, ProblemCode};
use crate::report::Outcome;

/// What an assertion leads to.
pub(super) struct Linked {
    /// The badge class and where it stood; none where the assertion embeds it.
    pub(super) badge: Option<(Address, Document)>,
    /// Where the issuer's profile stands.
    pub(super) issuer_address: Address,
    /// The profile as it stood there.
    pub(super) issuer: Held,
}

impl Linked {
    /// The badge class: the document, or what the assertion embeds.
    pub(super) fn badge_of<'v>(&'v self, assertion: &'v Value<'v>) -> Option<&'v Value<'v>> {
        match &self.badge {
            Some((_, document)) => Some(document.root()),
            None => assertion.get("badge"),
        }
    }

    /// The issuer's own documents.
    pub(super) fn documents(&self) -> Vec<&Value<'_>> {
        let badge = self.badge.as_ref().map(|(_, document)| document.root());
        badge.into_iter().chain([self.issuer.document.root()]).collect()
    }
}

/// The identifier of something written as a string or as an object with an `id`.
pub(super) fn id_of<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    match value {
        Value::String(text) => Some(text),
        _ => value.get("id").and_then(Value::as_str),
    }
}

/// Follows `badge` and its `issuer`. `Ok(Err(_))` says which of the two there is none of.
pub(super) fn follow(inquiry: &mut Inquiry<'_>, assertion: &Value<'_>) -> Result<Result<Linked, Outcome>, Pending> {
    let loopback = inquiry.policy.loopback;
    let nowhere = |pointer: &str| Outcome::Inconclusive(Problem::new(ProblemCode::IssuerNotHosted, []).at(pointer));
    let badge = match assertion.get("badge") {
        Some(Value::String(id)) => {
            let Some(address) = Address::read(id, loopback) else { return Ok(Err(nowhere("/badge"))) };
            match hold(inquiry, &address, "/badge")? {
                Ok(held) => Some((address, held.document)),
                Err(outcome) => return Ok(Err(outcome)),
            }
        }
        _ => None,
    };
    let written = match &badge {
        Some((_, document)) => document.root().get("issuer"),
        None => assertion.get("badge").and_then(|badge| badge.get("issuer")),
    };
    let address = written.and_then(id_of).and_then(|id| Address::read(id, loopback));
    let Some(issuer_address) = address else { return Ok(Err(nowhere("/badge/issuer"))) };
    Ok(match hold(inquiry, &issuer_address, "/badge/issuer")? {
        Ok(issuer) => Ok(Linked { badge, issuer_address, issuer }),
        Err(outcome) => Err(outcome),
    })
}
