//! Gets the documents that a badge rests on, and says what an older copy of one is worth.

use attesta_credential::limits::INPUT_BYTES;
use attesta_jsonld::{Document, Limits};
use jiff::{SignedDuration, Timestamp};

use super::address::Address;
use crate::inquiry::{Inquiry, Lookup, MOST_RESOURCES, Pending};
use crate::problem::{Problem, ProblemCode};
use crate::report::Outcome;
use crate::resources::{Answer, FetchFailure, FetchFailureKind, Resource, ResourceKind};

/// The oldest copy that is taken for what the issuer says, as for the documents of other keys.
const OLDEST_COPY: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What is at hand of an address.
pub(super) enum Copy<'r> {
    /// What it answered, or answered a short time ago.
    Current(&'r Resource, Freshness),
    /// What it answered some time ago; it can't be had now.
    Old {
        resource: &'r Resource,
        failure: &'r FetchFailure,
        /// Whether the copy is recent enough to be taken for what the issuer says.
        age: Age,
    },
    /// Nothing.
    Missing(FetchFailure),
    /// It would be one address too many.
    OverLimit,
}

/// Whether a copy was fetched for this verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    Fresh,
    Earlier,
}

/// Whether an older copy still tells who made something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    Recent,
    /// Too old, or its site says that there is no such document any more.
    Outlived,
}

/// Looks an address up.
pub(super) fn look_up<'r>(
    inquiry: &mut Inquiry<'r>,
    address: &Address,
    kind: ResourceKind,
) -> Result<Copy<'r>, Pending> {
    let now = inquiry.now;
    let too_old = |resource: &Resource| now.duration_since(resource.fetched_at) > OLDEST_COPY;
    Ok(match inquiry.ask(address.asked(), kind) {
        Lookup::Pending => return Err(Pending),
        Lookup::OverLimit => Copy::OverLimit,
        Lookup::Answered(Answer::Failed(failure)) => Copy::Missing(failure.clone()),
        Lookup::Answered(Answer::Fresh(resource)) => Copy::Current(resource, Freshness::Fresh),
        // A copy that is taken instead of asking is all that there is.
        Lookup::Answered(Answer::Cached(resource)) if too_old(resource) => {
            Copy::Missing(FetchFailure { kind: FetchFailureKind::Offline, at: now })
        }
        Lookup::Answered(Answer::Cached(resource)) => Copy::Current(resource, Freshness::Earlier),
        Lookup::Answered(Answer::Stale { resource, failure }) => {
            let withdrawn = matches!(failure.kind, FetchFailureKind::Status(404 | 410));
            let age = if withdrawn || too_old(resource) { Age::Outlived } else { Age::Recent };
            Copy::Old { resource, failure, age }
        }
    })
}

/// A document that counts as what its site says.
pub(super) struct Held {
    pub(super) document: Document,
    pub(super) as_of: Timestamp,
    pub(super) freshness: Freshness,
}

/// The bytes of a document that counts, with its age.
pub(super) fn bytes_of<'r>(
    inquiry: &mut Inquiry<'r>,
    address: &Address,
    kind: ResourceKind,
    unreachable: ProblemCode,
) -> Result<Result<(&'r Resource, Freshness), Outcome>, Pending> {
    Ok(match look_up(inquiry, address, kind)? {
        Copy::Current(resource, freshness) => Ok((resource, freshness)),
        Copy::Old { resource, age: Age::Recent, .. } => Ok((resource, Freshness::Earlier)),
        Copy::Old { failure, .. } => Err(Outcome::Inconclusive(not_had(unreachable, address, failure))),
        Copy::Missing(failure) => Err(Outcome::Inconclusive(not_had(unreachable, address, &failure))),
        Copy::OverLimit => Err(Outcome::Inconclusive(over_limit())),
    })
}

/// A badge class or profile that counts; its `id`, where it states one, is of the server that it stands at.
pub(super) fn hold(
    inquiry: &mut Inquiry<'_>,
    address: &Address,
    pointer: &str,
) -> Result<Result<Held, Outcome>, Pending> {
    let loopback = inquiry.policy.loopback;
    let unreachable = ProblemCode::LinkedDocumentUnreachable;
    let (resource, freshness) = match bytes_of(inquiry, address, ResourceKind::HostedBadge, unreachable)? {
        Ok(had) => had,
        Err(outcome) => return Ok(Err(at(outcome, pointer))),
    };
    let malformed = || {
        let problem = Problem::new(ProblemCode::LinkedDocumentMalformed, [("host", address.host())]);
        Outcome::Inconclusive(problem.at(pointer))
    };
    let document = match parse(&resource.bytes) {
        Some(document) if document.root().as_object().is_some() => document,
        _ => return Ok(Err(malformed())),
    };
    let stated = match document.root().get("id") {
        None => None,
        Some(id) => match id.as_str() {
            Some(id) => Some(id),
            None => return Ok(Err(malformed())),
        },
    };
    // Sites give one document several addresses, `.json` and `?v=2_0` among them, so one of their own will do. It is
    // the address asked that counts, never what a document calls itself.
    let of_this_server = match stated.map(|id| (id, Address::read(id, loopback))) {
        None => Ok(()),
        Some((_, Some(other))) if other.same_origin(address) => Ok(()),
        Some((id, other)) => {
            let params = [("expected", crate::did::shorten(address.asked())), ("found", crate::did::shorten(id))];
            let problem = Problem::new(ProblemCode::HostedIdMismatch, params).at(pointer);
            // Another site's identifier is a false one; one that is no web address only proves nothing.
            Err(if other.is_some() { Outcome::Fail(problem) } else { Outcome::Inconclusive(problem) })
        }
    };
    Ok(of_this_server.map(|()| Held { document, as_of: resource.fetched_at, freshness }))
}

/// Reads a document within the limits of everything that is received.
pub(super) fn parse(bytes: &[u8]) -> Option<Document> {
    Document::parse_within(bytes.to_vec(), Limits { bytes: INPUT_BYTES, ..Limits::default() }).ok()
}

/// That something could not be had.
pub(super) fn not_had(code: ProblemCode, address: &Address, failure: &FetchFailure) -> Problem {
    let mut problem = Problem::new(code, [("host", address.host())]);
    failure.describe(&mut problem.params);
    problem
}

pub(super) fn over_limit() -> Problem {
    Problem::new(ProblemCode::TooManyResources, [("limit", MOST_RESOURCES.to_string())])
}

pub(super) fn at(outcome: Outcome, pointer: &str) -> Outcome {
    match outcome {
        Outcome::Fail(problem) => Outcome::Fail(problem.at(pointer)),
        Outcome::Inconclusive(problem) => Outcome::Inconclusive(problem.at(pointer)),
        other => other,
    }
}
