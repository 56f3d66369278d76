//! Documents that list keys, as their sites publish them now or did not long ago.

use jiff::{SignedDuration, Timestamp};

use crate::inquiry::{Inquiry, Lookup, MOST_RESOURCES, Pending};
use crate::problem::{Problem, ProblemCode};
use crate::report::Outcome;
use crate::resources::{Answer, FetchFailure, FetchFailureKind, Resource, ResourceKind};

/// The oldest copy of a key document that is taken for what the issuer says: an issuer that revokes a stolen key must
/// not wait longer than this for every reader to know, and a site is hardly ever down for as long.
const OLDEST_COPY: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A document that may be gone by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KeyDocument<'r> {
    pub(crate) resource: &'r Resource,
    pub(crate) freshness: Freshness,
}

/// Whether the document is as it stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Freshness {
    Fresh,
    /// A key that was added since is not in it yet.
    Earlier,
}

/// Asks for a document of `host`. `Ok(Err(_))` is one that can't be had, or is too old to go by.
pub(crate) fn ask<'r>(
    inquiry: &mut Inquiry<'r>,
    url: &str,
    host: &str,
    kind: ResourceKind,
) -> Result<Result<KeyDocument<'r>, Outcome>, Pending> {
    let unreachable = |failure: &FetchFailure| Ok(Err(Outcome::Inconclusive(unreachable(host, failure))));
    match inquiry.ask(url, kind) {
        Lookup::Pending => Err(Pending),
        Lookup::OverLimit => {
            let params = [("limit", MOST_RESOURCES.to_string())];
            Ok(Err(Outcome::Inconclusive(Problem::new(ProblemCode::TooManyResources, params))))
        }
        Lookup::Answered(Answer::Fresh(resource)) => Ok(Ok(KeyDocument { resource, freshness: Freshness::Fresh })),
        // A copy that is taken instead of asking is all that there is.
        Lookup::Answered(Answer::Cached(resource)) if is_too_old(resource, inquiry.now) => {
            unreachable(&FetchFailure { kind: FetchFailureKind::Offline, at: inquiry.now })
        }
        Lookup::Answered(Answer::Stale { resource, failure })
            if is_withdrawn(failure) || is_too_old(resource, inquiry.now) =>
        {
            unreachable(failure)
        }
        Lookup::Answered(Answer::Cached(resource) | Answer::Stale { resource, .. }) => {
            Ok(Ok(KeyDocument { resource, freshness: Freshness::Earlier }))
        }
        Lookup::Answered(Answer::Failed(failure)) => unreachable(failure),
    }
}

/// Whether the site says that there is no such document any more: what it published before is not its word now.
fn is_withdrawn(failure: &FetchFailure) -> bool {
    matches!(failure.kind, FetchFailureKind::Status(404 | 410))
}

fn is_too_old(copy: &Resource, now: Timestamp) -> bool {
    now.duration_since(copy.fetched_at) > OLDEST_COPY
}

fn unreachable(host: &str, failure: &FetchFailure) -> Problem {
    let mut problem = Problem::new(ProblemCode::KeyUnreachable, [("host", host.to_owned())]);
    failure.describe(&mut problem.params);
    problem
}

/// What came from the host is no document that lists keys.
pub(crate) fn malformed(host: &str) -> Outcome {
    Outcome::Inconclusive(Problem::new(ProblemCode::MalformedKeyDocument, [("host", host.to_owned())]))
}
