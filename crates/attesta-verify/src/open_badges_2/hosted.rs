//! A hosted badge: the copy at its own address is the issuer's word, and what was received must agree with it.

use attesta_credential::{DataModel, VerifiableCredential, assertion_model};
use attesta_jsonld::Value;
use jiff::Timestamp;

use super::Finding;
use super::address::Address;
use super::agreement::first_difference;
use super::copy::{Age, Copy, Freshness, look_up, not_had, over_limit, parse};
use super::linked::{Linked, follow};
use super::revocation::{clear, last_known, revoked};
use super::scope;
use crate::did::shorten;
use crate::inquiry::{Inquiry, Pending};
use crate::policy::LoopbackAccess;
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::Outcome;
use crate::resources::{FetchFailure, FetchFailureKind, Resource, ResourceKind};

/// A hosted copy that counts.
struct Hosted<'r> {
    resource: &'r Resource,
    freshness: Freshness,
    /// Why there is no newer one.
    failure: Option<&'r FetchFailure>,
}

/// Finds the hosted copy, holds the received one against it, and asks whether its place is the issuer's.
pub(super) fn establish(
    inquiry: &mut Inquiry<'_>,
    received: &VerifiableCredential,
    addresses: &[String],
) -> Result<Finding, Pending> {
    let loopback = inquiry.policy.loopback;
    let unproven = |problem| Ok(Finding::unproven(Outcome::Inconclusive(problem)));
    let Some(address) = addresses.iter().find_map(|text| Address::read(text, loopback)) else {
        return unproven(Problem::new(ProblemCode::HostedAddressMissing, []).at("/id"));
    };
    let unreachable = |failure: &FetchFailure| not_had(ProblemCode::HostedCopyUnreachable, &address, failure);
    let copy = match look_up(inquiry, &address, ResourceKind::HostedBadge)? {
        Copy::Current(resource, freshness) => Hosted { resource, freshness, failure: None },
        Copy::Old { failure, .. } if is_gone(failure) => {
            return withdrawn(inquiry, received, &address, failure.at, None);
        }
        Copy::Old { resource, failure, age: Age::Recent } => {
            Hosted { resource, freshness: Freshness::Earlier, failure: Some(failure) }
        }
        Copy::Old { failure, .. } => return unproven(unreachable(failure)),
        Copy::Missing(failure) if is_gone(&failure) => {
            return withdrawn(inquiry, received, &address, failure.at, None);
        }
        Copy::Missing(failure) => return unproven(unreachable(&failure)),
        Copy::OverLimit => return unproven(over_limit()),
    };
    let malformed = || Problem::new(ProblemCode::HostedCopyMalformed, [("host", address.host())]);
    let Some(document) = parse(&copy.resource.bytes).filter(|document| document.root().as_object().is_some()) else {
        return unproven(malformed());
    };
    if let Some(found) = other_identifier(document.root(), &address, loopback) {
        let params = [("expected", shorten(address.asked())), ("found", shorten(&found))];
        return Ok(Finding::refuted(Problem::new(ProblemCode::HostedIdMismatch, params).at("/id")));
    }
    let is_revoked = matches!(document.root().get("revoked"), Some(Value::Bool(true)));
    if is_revoked && document.root().get("badge").is_none() {
        // Many issuers strip a revoked assertion down to saying so.
        let reason = reason_of(document.root());
        return withdrawn(inquiry, received, &address, copy.resource.fetched_at, reason);
    }
    let hosted = match VerifiableCredential::from_json(copy.resource.bytes.clone()) {
        Ok(hosted) if hosted.data_model().is_assertion() && hosted.nonconformities().is_empty() => hosted,
        _ => return unproven(malformed()),
    };
    let linked = match follow(inquiry, hosted.root())? {
        Ok(linked) => linked,
        Err(Outcome::Fail(problem)) => return Ok(Finding::refuted(problem)),
        Err(outcome) => return Ok(Finding::unproven(outcome)),
    };
    if let Some(pointer) = first_difference(received, &hosted, &linked) {
        let problem = Problem::new(ProblemCode::HostedCopyDiffers, [("host", address.host())]).at(pointer);
        // An earlier copy can't know of changes since.
        return Ok(match (copy.freshness, linked.issuer.freshness) {
            (Freshness::Fresh, Freshness::Fresh) => Finding::refuted(problem),
            _ => Finding::unproven(Outcome::Inconclusive(problem)),
        });
    }
    let as_of = copy.resource.fetched_at;
    let params = [("host", address.host()), ("as_of", as_of.to_string())];
    let status = match (is_revoked, copy.failure) {
        (true, _) => Outcome::Fail(revoked(&address, as_of, reason_of(hosted.root()))),
        (false, None) => clear(&address, as_of),
        (false, Some(failure)) => last_known(&address, as_of, failure),
    };
    let finding = Finding {
        proof: Outcome::Pass(Fact::new(FactCode::HostedCopyAgrees, params)),
        issuer: issuer(&linked, &address, loopback),
        status,
        from: hosted.valid_from(),
        until: hosted.valid_until(),
        endorsements: 0,
        extensions: 0,
    };
    Ok(finding.noting(&linked.documents()))
}

/// The issuer's site says that the badge is no more: in this version's terms it is revoked. Whether that site speaks for
/// the issuer is asked as for any other.
fn withdrawn(
    inquiry: &mut Inquiry<'_>,
    received: &VerifiableCredential,
    address: &Address,
    as_of: Timestamp,
    reason: Option<String>,
) -> Result<Finding, Pending> {
    let issuer = match follow(inquiry, received.root())? {
        Ok(linked) => issuer(&linked, address, inquiry.policy.loopback),
        Err(outcome) => outcome,
    };
    let gone = Problem::new(ProblemCode::HostedCopyGone, [("host", address.host())]);
    Ok(Finding {
        issuer,
        status: Outcome::Fail(revoked(address, as_of, reason)),
        ..Finding::unproven(Outcome::Inconclusive(gone))
    })
}

/// Whether the place is one at which the issuer's profile says that its badges stand.
fn issuer(linked: &Linked, address: &Address, loopback: LoopbackAccess) -> Outcome {
    let issuer = linked.issuer_address.asked();
    if scope::contains(linked, address, loopback) {
        let params = [
            ("issuer", shorten(issuer)),
            ("host", linked.issuer_address.host()),
            ("as_of", linked.issuer.as_of.to_string()),
        ];
        return Outcome::Pass(Fact::new(FactCode::HostedByIssuer, params));
    }
    let params = [("address", shorten(address.asked())), ("issuer", shorten(issuer))];
    let problem = Problem::new(ProblemCode::OutsideIssuerScope, params).at("/id");
    match linked.issuer.freshness {
        Freshness::Fresh => Outcome::Fail(problem),
        Freshness::Earlier => Outcome::Inconclusive(problem),
    }
}

/// What a document calls itself, where that is not its address. 1.x names the address in `verify` and may have no `id`.
fn other_identifier(root: &Value<'_>, address: &Address, loopback: LoopbackAccess) -> Option<String> {
    let id = root.get("id");
    let url = ["verify", "verification"].iter().find_map(|member| root.get(member)?.get("url"));
    let first_version = assertion_model(root) == Some(DataModel::OpenBadges1);
    let named: Vec<&str> = match first_version {
        true => [url, id].into_iter().flatten().filter_map(Value::as_str).collect(),
        false => vec![id.and_then(Value::as_str).unwrap_or_default()],
    };
    let own = named.iter().any(|name| address.is(name, loopback));
    (!own && !named.is_empty()).then(|| named[0].to_owned())
}

fn reason_of(root: &Value<'_>) -> Option<String> {
    root.get("revocationReason").and_then(Value::as_str).map(str::to_owned)
}

fn is_gone(failure: &FetchFailure) -> bool {
    failure.kind == FetchFailureKind::Status(410)
}
