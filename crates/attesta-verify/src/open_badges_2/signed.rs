//! A signed badge: a JSON Web Signature by a key that the issuer's profile lists.

use attesta_credential::{CompactJws, DataModel, assertion_model};
use attesta_jsonld::Value;
use jiff::Timestamp;

use super::Finding;
use super::address::{Address, same};
use super::copy::{Freshness, bytes_of, parse};
use super::linked::{Linked, follow, id_of};
use super::revocation::{by_list, revoked};
use crate::did::shorten;
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::public_key::{KeyError, PublicKey, SignatureAlgorithm};
use crate::report::Outcome;
use crate::resources::ResourceKind;

/// The most keys of one issuer that are tried where the badge does not name its own.
const MOST_KEYS: usize = 4;

const KEY: &str = "/verification/creator";

/// A key as the issuer's profile names it.
struct Listed<'v> {
    name: &'v str,
    /// The entry of the profile; none for the key of a 1.x badge, which stands at the issuer's server alone.
    entry: Option<&'v Value<'v>>,
}

/// Finds the issuer and its key, and checks the signature.
pub(super) fn establish(
    inquiry: &mut Inquiry<'_>,
    assertion: &Value<'_>,
    jws: &CompactJws,
    key: Option<&str>,
) -> Result<Finding, Pending> {
    let unproven = |outcome| Ok(Finding::unproven(outcome));
    let written = jws.header_text("alg").unwrap_or_default();
    let unsupported =
        |suite: &str| Outcome::Inconclusive(Problem::new(ProblemCode::UnsupportedSuite, [("suite", shorten(suite))]));
    // RFC 7515 section 4.1.11: what it calls critical must be understood, and nothing of the kind is.
    if jws.header().get("crit").is_some() {
        return unproven(unsupported("crit"));
    }
    let Some(algorithm) = SignatureAlgorithm::of(written) else { return unproven(unsupported(written)) };
    let linked = match follow(inquiry, assertion)? {
        Ok(linked) => linked,
        Err(Outcome::Fail(problem)) => return Ok(Finding::refuted(problem)),
        Err(outcome) => return unproven(outcome),
    };
    let listed = match listed(&linked, assertion, key, inquiry) {
        Ok(listed) => listed,
        Err(Outcome::Fail(problem)) => return Ok(Finding::refuted(problem)),
        Err(outcome) => return unproven(outcome),
    };
    let mut pending = false;
    let mut troubles: Vec<Outcome> = Vec::new();
    let mut signed_with: Option<(&str, Timestamp)> = None;
    for one in &listed {
        match obtain(inquiry, &linked, one) {
            Err(Pending) => pending = true,
            Ok(Err(outcome)) => troubles.push(outcome),
            Ok(Ok((public_key, as_of))) => match public_key.verify(algorithm, jws.signing_input(), jws.signature()) {
                Ok(()) => signed_with = signed_with.or(Some((one.name, as_of))),
                Err(_) => {
                    let params = [("method", shorten(one.name))];
                    troubles.push(Outcome::Fail(Problem::new(ProblemCode::SignatureMismatch, params)));
                }
            },
        }
    }
    let Some((name, as_of)) = signed_with else {
        if pending {
            return Err(Pending);
        }
        // Whether a key that could not be had would fit, nobody knows.
        let open = troubles.iter().position(|outcome| matches!(outcome, Outcome::Inconclusive(_)));
        return match troubles.into_iter().nth(open.unwrap_or(0)) {
            Some(Outcome::Fail(problem)) => Ok(Finding::refuted(problem)),
            Some(outcome) => unproven(outcome),
            None => unproven(unsupported(written)),
        };
    };
    let status = match assertion.get("revoked") {
        Some(Value::Bool(true)) => {
            let reason = assertion.get("revocationReason").and_then(Value::as_str).map(str::to_owned);
            Outcome::Fail(revoked(&linked.issuer_address, as_of, reason))
        }
        _ => by_list(inquiry, assertion, &linked)?,
    };
    let issuer = [
        ("issuer", shorten(linked.issuer_address.asked())),
        ("host", linked.issuer_address.host()),
        ("as_of", as_of.to_string()),
    ];
    let proof = [("suite", algorithm.as_str().to_owned()), ("method", shorten(name))];
    let finding = Finding {
        proof: Outcome::Pass(Fact::new(FactCode::SignatureHolds, proof)),
        issuer: Outcome::Pass(Fact::new(FactCode::SignedByListedKey, issuer)),
        status,
        from: None,
        until: None,
        endorsements: 0,
        extensions: 0,
    };
    Ok(finding.noting(&linked.documents()))
}

/// The keys that may have signed it: the one that it names, if the profile lists that, else all that the profile lists.
fn listed<'v>(
    linked: &'v Linked,
    assertion: &Value<'_>,
    key: Option<&'v str>,
    inquiry: &Inquiry<'_>,
) -> Result<Vec<Listed<'v>>, Outcome> {
    let entries = linked.issuer.document.root().get("publicKey").map(Value::one_or_many).unwrap_or_default();
    let all = entries.iter().filter(|entry| entry.as_object().is_some() || entry.as_str().is_some());
    let mut all = all.map(|entry| Listed { name: id_of(entry).unwrap_or_default(), entry: Some(entry) });
    let found: Vec<Listed<'v>> = match key {
        None => all.take(MOST_KEYS).collect(),
        Some(key) => match all.find(|listed| same(listed.name, key)) {
            Some(listed) => vec![listed],
            // 1.x has no list of keys: the key stands at its own address, which must be the issuer's server.
            None if assertion_model(assertion) == Some(DataModel::OpenBadges1) => {
                let address = Address::read(key, inquiry.policy.loopback);
                let own = address.is_some_and(|address| address.same_origin(&linked.issuer_address));
                own.then_some(Listed { name: key, entry: None }).into_iter().collect()
            }
            None => Vec::new(),
        },
    };
    if !found.is_empty() {
        return Ok(found);
    }
    let problem = Problem::new(ProblemCode::KeyNotListed, [("method", shorten(key.unwrap_or_default()))]).at(KEY);
    Err(match linked.issuer.freshness {
        Freshness::Fresh => Outcome::Fail(problem),
        // An earlier copy does not list a key that was added since.
        Freshness::Earlier => Outcome::Inconclusive(problem),
    })
}

/// A key and the time as of which it is known.
fn obtain(
    inquiry: &mut Inquiry<'_>,
    linked: &Linked,
    listed: &Listed<'_>,
) -> Result<Result<(PublicKey, Timestamp), Outcome>, Pending> {
    let malformed =
        |host: String| Outcome::Inconclusive(Problem::new(ProblemCode::MalformedKeyDocument, [("host", host)]).at(KEY));
    let issuer_host = linked.issuer_address.host();
    if let Some(embedded) = listed.entry.filter(|entry| entry.get("publicKeyPem").is_some()) {
        let pem = embedded.get("publicKeyPem").and_then(Value::as_str);
        let owned = embedded.get("owner").is_none() || owner_is(embedded, linked);
        return Ok(match (owned, pem) {
            (false, _) => Err(other_owner(embedded)),
            (true, None) => Err(malformed(issuer_host)),
            (true, Some(pem)) => key_of(pem, issuer_host).map(|key| (key, linked.issuer.as_of)),
        });
    }
    let Some(address) = Address::read(listed.name, inquiry.policy.loopback) else {
        let params = [("method", shorten(listed.name))];
        let problem = Problem::new(ProblemCode::MalformedVerificationMethod, params).at(KEY);
        return Ok(Err(Outcome::Inconclusive(problem)));
    };
    let (resource, _) = match bytes_of(inquiry, &address, ResourceKind::JsonWebKey, ProblemCode::KeyUnreachable)? {
        Ok(had) => had,
        Err(outcome) => return Ok(Err(super::copy::at(outcome, KEY))),
    };
    let as_of = resource.fetched_at.min(linked.issuer.as_of);
    let known = |key: Result<PublicKey, Outcome>| key.map(|key| (key, as_of));
    let text = std::str::from_utf8(&resource.bytes).unwrap_or_default().trim();
    // 1.x published the bare key, which says nothing of its owner but where it stands.
    if text.starts_with("-----BEGIN") {
        return Ok(match address.same_origin(&linked.issuer_address) {
            true => known(key_of(text, address.host())),
            false => Err(malformed(address.host())),
        });
    }
    let Some(document) = parse(&resource.bytes) else { return Ok(Err(malformed(address.host()))) };
    let root = document.root();
    let own_id = root
        .get("id")
        .and_then(Value::as_str)
        .is_none_or(|id| Address::read(id, inquiry.policy.loopback).is_some_and(|other| other.same_origin(&address)));
    if !own_id {
        let found = root.get("id").and_then(Value::as_str).unwrap_or_default();
        let params = [("expected", shorten(address.asked())), ("found", shorten(found))];
        return Ok(Err(Outcome::Fail(Problem::new(ProblemCode::KeyDocumentMismatch, params).at(KEY))));
    }
    if root.get("owner").is_none() {
        return Ok(Err(malformed(address.host())));
    }
    if !owner_is(root, linked) {
        return Ok(Err(other_owner(root)));
    }
    Ok(match root.get("publicKeyPem").and_then(Value::as_str) {
        None => Err(malformed(address.host())),
        Some(pem) => known(key_of(pem, address.host())),
    })
}

/// Whether a key names the issuer as its owner: by the address of its profile, or by what that calls itself.
fn owner_is(key: &Value<'_>, linked: &Linked) -> bool {
    let Some(owner) = key.get("owner").and_then(id_of) else { return false };
    let own_id = linked.issuer.document.root().get("id").and_then(Value::as_str);
    same(owner, linked.issuer_address.asked()) || own_id.is_some_and(|id| same(owner, id))
}

fn other_owner(key: &Value<'_>) -> Outcome {
    let owner = key.get("owner").and_then(id_of).unwrap_or_default();
    Outcome::Fail(Problem::new(ProblemCode::KeyControllerMismatch, [("controller", shorten(owner))]).at(KEY))
}

fn key_of(pem: &str, host: String) -> Result<PublicKey, Outcome> {
    PublicKey::from_pem(pem).map_err(|error| {
        let problem = match error {
            KeyError::Malformed => Problem::new(ProblemCode::MalformedKeyDocument, [("host", host)]),
            other => Problem::new(ProblemCode::UnsupportedKeyType, [("key_type", other.to_string())]),
        };
        Outcome::Inconclusive(problem.at(KEY))
    })
}
