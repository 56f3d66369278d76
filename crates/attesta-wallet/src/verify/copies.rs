//! Which answers count: from where they may come, and how long a copy of them lasts.

use attesta_verify::{Answer, FetchFailure, FetchFailureKind, Resource, ResourceKind, ResourceRequest};
use jiff::{SignedDuration, Timestamp};

/// How long a key document's copy still counts while the learner works offline: keys change rarely, and a month
/// bounds how long a withdrawn one goes unnoticed.
const KEY_COPY_COUNTS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a copy of what hardly ever changes still counts: schemas, registries, pinned documents.
const REFERENCE_COPY_COUNTS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a status list's copy still counts while the learner works offline: issuers renew lists about daily.
const LIST_COPY_COUNTS: SignedDuration = SignedDuration::from_hours(24);

/// What an earlier copy is worth where the address can't be asked now.
pub(super) fn answer_of_copy(
    request: &ResourceRequest,
    resource: Resource,
    failure: FetchFailure,
    now: Timestamp,
) -> Answer {
    let counts = match request.kind {
        ResourceKind::ControlledIdentifierDocument | ResourceKind::JsonWebKey => KEY_COPY_COUNTS,
        ResourceKind::StatusListCredential
        | ResourceKind::RevocationList
        | ResourceKind::RefreshedCredential
        | ResourceKind::HostedBadge => LIST_COPY_COUNTS,
        ResourceKind::JsonSchema | ResourceKind::IssuerRegistry | ResourceKind::RelatedResource => {
            REFERENCE_COPY_COUNTS
        }
    };
    // A copy from the future has an age that nobody knows.
    let age = now.duration_since(resource.fetched_at);
    let recent = age <= counts && age >= SignedDuration::ZERO;
    match failure.kind == FetchFailureKind::Offline && recent {
        true => Answer::Cached(resource),
        false => Answer::Stale { resource, failure },
    }
}

/// Whether an answer may come from where a redirect led. A key document proves something only by the host it stands
/// at, so an issuer's site that redirects anywhere would let anybody be that issuer; a list is signed itself. The same
/// holds for a hosted badge: its address is all that makes it the issuer's, and many sites redirect to wherever a link
/// tells them. An issuer that moved to another host gives its learners the badge anew.
pub(super) fn may_come_from(request: &ResourceRequest, final_url: &str) -> bool {
    match request.kind {
        // Signed themselves, or pinned by a digest that is.
        ResourceKind::StatusListCredential | ResourceKind::RefreshedCredential | ResourceKind::RelatedResource => true,
        ResourceKind::JsonSchema => true,
        ResourceKind::ControlledIdentifierDocument
        | ResourceKind::JsonWebKey
        | ResourceKind::RevocationList
        | ResourceKind::HostedBadge
        | ResourceKind::IssuerRegistry => is_same_site(&request.url, final_url),
    }
}

/// Whether two addresses have the same host and port, but for a leading `www.`: sites add or drop it all the time, and
/// who holds a name holds that one too.
fn is_same_site(asked: &str, answered: &str) -> bool {
    let (Ok(asked), Ok(answered)) = (url::Url::parse(asked), url::Url::parse(answered)) else { return false };
    let (Some(one), Some(other)) = (asked.host_str(), answered.host_str()) else { return false };
    let hosts_fit = one == other || one.strip_prefix("www.") == Some(other) || other.strip_prefix("www.") == Some(one);
    hosts_fit && asked.port_or_known_default() == answered.port_or_known_default()
}
