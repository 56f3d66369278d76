//! Does the issuer have a newer version of it? [1EdTech Credential
//! Refresh](https://www.imsglobal.org/spec/vccr/v1p0/): asked only once the signature holds, and once: what comes is not
//! refreshed in turn. Whatever comes of it, the credential at hand is judged as it is.

use attesta_credential::{RefreshService, VerifiableCredential, comparable};
use jiff::Timestamp;

use crate::authorship::{Secured, establish};
use crate::check::validity;
use crate::did::{askable_host, shorten};
use crate::inquiry::{Inquiry, Lookup, MOST_RESOURCES, Pending};
use crate::policy::RefreshAccess;
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::{Outcome, SkipReason};
use crate::resources::{Answer, FetchFailure, Resource, ResourceKind};
use crate::verify::Nesting;

/// The type of service that is asked.
const SERVICE: &str = "1EdTechCredentialRefresh";

/// The address at which a newer version of the credential may be had: that of the first service of a kind that is
/// known here.
pub fn refresh_address(credential: &VerifiableCredential) -> Option<String> {
    let mut services = credential.refresh_services().into_iter();
    let known = services.find(|service| service.types.iter().any(|kind| kind == SERVICE))?;
    Some(known.id?.trim().to_owned())
}

/// One outcome where the credential names a service, none where it names none.
pub(crate) fn check(
    inquiry: &mut Inquiry<'_>,
    credential: &VerifiableCredential,
    asking: Result<(), SkipReason>,
    nesting: Nesting,
) -> Result<Option<Outcome>, Pending> {
    let services = credential.refresh_services();
    let Some(first) = services.first() else { return Ok(None) };
    if let Err(because) = asking {
        return Ok(Some(Outcome::Skipped { because }));
    }
    if inquiry.policy.refresh == RefreshAccess::NotAsked || nesting.is_inside() {
        return Ok(Some(Outcome::Skipped { because: SkipReason::RefreshNotAsked }));
    }
    let open = |service: &RefreshService, problem: Problem| {
        Ok(Some(Outcome::Inconclusive(problem.at(service.pointer.clone()))))
    };
    let Some(service) = services.iter().find(|service| service.types.iter().any(|kind| kind == SERVICE)) else {
        let kind = first.types.first().map(String::as_str).unwrap_or_default();
        return open(first, Problem::new(ProblemCode::UnsupportedRefreshService, [("type", shorten(kind))]));
    };
    let url = service.id.as_deref().map(str::trim).unwrap_or_default();
    let Some(host) = askable_host(url, inquiry.policy.loopback) else {
        let (host, failure) = FetchFailure::of_unaskable(url, inquiry.now);
        return open(service, unreachable(host, &failure));
    };
    match inquiry.ask(url, ResourceKind::RefreshedCredential) {
        Lookup::Pending => Err(Pending),
        Lookup::OverLimit => {
            let params = [("limit", MOST_RESOURCES.to_string())];
            open(service, Problem::new(ProblemCode::TooManyResources, params))
        }
        // An older copy is no news.
        Lookup::Answered(Answer::Failed(failure) | Answer::Stale { failure, .. }) => {
            open(service, unreachable(host, failure))
        }
        Lookup::Answered(Answer::Fresh(resource) | Answer::Cached(resource)) => {
            match compare(inquiry, credential, resource)? {
                Ok(code) => {
                    let params = [("host", host), ("as_of", resource.fetched_at.to_string())];
                    Ok(Some(Outcome::Pass(Fact::new(code, params))))
                }
                Err(unusable) => {
                    let params = [("host", host), ("why", unusable.code().to_owned())];
                    open(service, Problem::new(ProblemCode::RefreshNotUsable, params))
                }
            }
        }
    }
}

/// Why what came takes nothing's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unusable {
    NotACredential,
    NotProven,
    OtherCredential,
    OutOfItsDates,
}

impl Unusable {
    fn code(self) -> &'static str {
        match self {
            Unusable::NotACredential => "not_a_credential",
            Unusable::NotProven => "not_proven",
            Unusable::OtherCredential => "other_credential",
            Unusable::OutOfItsDates => "out_of_its_dates",
        }
    }
}

/// Whether what came is a newer version: the same credential, of the same issuer, proven on its own, in force and later.
fn compare(
    inquiry: &mut Inquiry<'_>,
    credential: &VerifiableCredential,
    resource: &Resource,
) -> Result<Result<FactCode, Unusable>, Pending> {
    if resource.bytes == credential.bytes() {
        return Ok(Ok(FactCode::NoNewerVersion));
    }
    let Ok(other) = VerifiableCredential::from_bytes(resource.bytes.clone()) else {
        return Ok(Err(Unusable::NotACredential));
    };
    if !is_same(credential, &other) {
        return Ok(Err(Unusable::OtherCredential));
    }
    if !establish(inquiry, &Secured::credential(&other))?.is_established() {
        return Ok(Err(Unusable::NotProven));
    }
    if !is_later(credential, &other) {
        return Ok(Ok(FactCode::NoNewerVersion));
    }
    Ok(match validity::check(other.valid_from(), other.valid_until(), inquiry.now) {
        Outcome::Pass(_) => Ok(FactCode::NewerVersion),
        _ => Err(Unusable::OutOfItsDates),
    })
}

/// Whether two credentials are the same one by the rule of Open Badges 3.0: issuer and identifier, both compared trimmed
/// and percent-decoded. Two issuers at one host may differ in nothing but what is percent-encoded, so theirs are compared
/// as written.
pub fn is_same(one: &VerifiableCredential, other: &VerifiableCredential) -> bool {
    let same_id = one.id().zip(other.id()).is_some_and(|(one, other)| {
        let one = comparable(one);
        !one.is_empty() && one == comparable(other)
    });
    same_id && !one.issuer_id().is_empty() && one.issuer_id().trim() == other.issuer_id().trim()
}

/// Whether a credential is a later version of another by its dates: none is older and one is newer.
pub fn is_later(than: &VerifiableCredential, version: &VerifiableCredential) -> bool {
    let dates = [(than.valid_from(), version.valid_from()), (than.awarded(), version.awarded())];
    let not_older = |(old, new): &(Option<Timestamp>, Option<Timestamp>)| old.is_none() || new >= old;
    // A date where there was none is not a later one.
    let newer = |(old, new): &(Option<Timestamp>, Option<Timestamp>)| old.is_some() && new > old;
    dates.iter().all(not_older) && dates.iter().any(newer)
}

fn unreachable(host: String, failure: &FetchFailure) -> Problem {
    let mut problem = Problem::new(ProblemCode::RefreshUnreachable, [("host", host)]);
    failure.describe(&mut problem.params);
    problem
}
