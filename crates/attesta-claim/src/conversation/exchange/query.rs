//! What a presentation request wants, and whether the wallet may give it,
//! [VCALM, Verifiable Presentation Request](https://w3c.github.io/vcalm/#verifiable-presentation-request).

use attesta_jsonld::Value;
use attesta_verify::Cryptosuite;
use url::Url;

use super::Envelope;
use crate::conversation::refusal::host_of;
use crate::error::ClaimError;
use crate::presentation::{Authentication, is_signable};

/// The suites that the wallet signs with, the one it prefers first.
const SUITES: [Cryptosuite; 3] =
    [Cryptosuite::EddsaRdfc2022, Cryptosuite::Ed25519Signature2020, Cryptosuite::EddsaJcs2022];

/// Where nothing is said: what every server of this family reads, and what the older ones read alone.
const UNSAID: Cryptosuite = Cryptosuite::Ed25519Signature2020;

/// The most queries that are looked at.
const QUERIES: usize = 50;

/// What is to be sent.
pub(super) enum Wanted {
    /// A proof of the wallet's key, and where it goes.
    Proof(Authentication, Url),
    /// Nothing of what is asked is mandatory.
    Nothing,
}

/// What a request wants, held at `address`. `hosts` are those whom a proof may be meant for.
///
/// # Errors
/// [`ClaimError::AsksForCredentials`] where it wants more than a proof of the key, [`ClaimError::Unsupported`] where it
/// wants a proof that the wallet can't make, and [`ClaimError::NotUnderstood`] where following it would be wrong: a
/// proof meant for another host could be used there in the learner's name.
pub(super) fn wanted(
    request: &Value<'_>,
    address: &Url,
    hosts: &[String],
    envelope: Envelope,
) -> Result<Wanted, ClaimError> {
    let host = hosts.first().cloned().unwrap_or_default();
    let not_understood = |what| ClaimError::NotUnderstood { host: host.clone(), what };
    let queries = request.get("query").map(Value::one_or_many).unwrap_or_default();
    if queries.is_empty() || queries.len() > QUERIES {
        return Err(not_understood("the presentation request has no query, or too many"));
    }
    let queries: Vec<Query<'_>> = queries.iter().map(Query::of).collect();
    let group = chosen(&queries).ok_or_else(|| refused(&queries, &host))?;
    let authentications: Vec<&Query<'_>> = group.iter().copied().filter(|query| query.kind == Kind::Proof).collect();
    let required: Vec<&Query<'_>> = authentications.iter().copied().filter(|query| query.required).collect();
    let considered = if required.is_empty() { &authentications[..] } else { &required[..] };
    let Some(suite) = considered.first().and_then(|_| suite(considered)) else {
        return match required.is_empty() {
            true => Ok(Wanted::Nothing),
            false => Err(ClaimError::Unsupported { what: "a proof other than with did:key and Ed25519" }),
        };
    };

    let challenge = request.get("challenge").and_then(Value::as_str);
    let challenge = challenge.ok_or_else(|| not_understood("there is no challenge to sign"))?;
    let endpoint = match endpoint(request) {
        Some(text) => permitted(text, address, hosts)
            .ok_or_else(|| not_understood("the proof is to be sent to an address of another host"))?,
        None => address.clone(),
    };
    let domain = match (request.get("domain"), envelope) {
        (Some(domain), _) => {
            let domain = domain.as_str().filter(|domain| is_signable(domain) && names(domain, hosts));
            Some(domain.ok_or_else(|| not_understood("the proof is meant for another host"))?.to_owned())
        }
        // Servers that name none hold the proof against their own origin, and nobody else can use it.
        (None, Envelope::Message) => Some(address.origin().ascii_serialization()),
        (None, Envelope::Bare) => None,
    };
    if !is_signable(challenge) {
        return Err(not_understood("the challenge is none that can be signed"));
    }
    Ok(Wanted::Proof(Authentication { challenge: challenge.to_owned(), domain, suite }, endpoint))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `DIDAuthentication`
    Proof,
    /// Credentials, or a right to do something in the learner's name.
    Credentials,
    /// A kind that we do not know.
    Unknown,
}

struct Query<'q> {
    value: &'q Value<'q>,
    kind: Kind,
    required: bool,
    group: Option<&'q str>,
}

impl<'q> Query<'q> {
    fn of(value: &'q Value<'q>) -> Query<'q> {
        let kind = match value.get("type").and_then(Value::as_str) {
            Some("DIDAuthentication" | "DIDAuth") => Kind::Proof,
            Some(
                "QueryByExample"
                | "QueryByFrame"
                | "ZcapQuery"
                | "AuthorizationCapabilityQuery"
                | "DigitalCredentialQueryLanguage"
                | "PresentationExchange",
            ) => Kind::Credentials,
            _ => Kind::Unknown,
        };
        let required = !matches!(value.get("required"), Some(Value::Bool(false)));
        Query { value, kind, required, group: value.get("group").and_then(Value::as_str) }
    }
}

/// The queries that are answered: those of the first group that asks for nothing but a proof. Groups are alternatives.
/// Queries without a group are read as one, although the specification calls them alternatives too: servers that
/// send a proof and an example without groups want both.
fn chosen<'a, 'q>(queries: &'a [Query<'q>]) -> Option<Vec<&'a Query<'q>>> {
    let mut groups: Vec<Option<&str>> = Vec::new();
    for query in queries {
        if !groups.contains(&query.group) {
            groups.push(query.group);
        }
    }
    groups.into_iter().find_map(|group| {
        let members: Vec<&Query<'_>> = queries.iter().filter(|query| query.group == group).collect();
        members.iter().all(|query| query.kind == Kind::Proof || !query.required).then_some(members)
    })
}

fn refused(queries: &[Query<'_>], host: &str) -> ClaimError {
    match queries.iter().any(|query| query.required && query.kind == Kind::Credentials) {
        true => ClaimError::AsksForCredentials { host: host.to_owned() },
        false => ClaimError::Unsupported { what: "this kind of presentation request" },
    }
}

/// The suite that all of the queries accept together with a `did:key`.
fn suite(queries: &[&Query<'_>]) -> Option<Cryptosuite> {
    if !queries.iter().all(|query| accepts_did_key(query.value)) {
        return None;
    }
    let said: Vec<Vec<&str>> = queries.iter().filter_map(|query| suites_named(query.value)).collect();
    match said.is_empty() {
        true => Some(UNSAID),
        false => SUITES.into_iter().find(|suite| said.iter().all(|names| names.iter().any(|name| is(*suite, name)))),
    }
}

fn accepts_did_key(query: &Value<'_>) -> bool {
    let methods = names_in(query.get("acceptedMethods"), &["method"]);
    methods.is_empty() || methods.contains(&"key") || methods.contains(&"did:key")
}

/// The suites that a query names, under the names that the member has had.
fn suites_named<'q>(query: &'q Value<'q>) -> Option<Vec<&'q str>> {
    const MEMBERS: [&str; 4] = ["acceptedCryptosuites", "acceptedProofTypes", "proofTypes", "proofType"];
    let names = MEMBERS.iter().flat_map(|member| names_in(query.get(member), &["cryptosuite", "proofType", "type"]));
    let names: Vec<&str> = names.collect();
    (!names.is_empty()).then_some(names)
}

fn names_in<'q>(list: Option<&'q Value<'q>>, members: &[&str]) -> Vec<&'q str> {
    let items = list.map(Value::one_or_many).unwrap_or_default();
    let name = |item: &'q Value<'q>| item.as_str().or_else(|| members.iter().find_map(|name| item.get(name)?.as_str()));
    items.iter().filter_map(name).collect()
}

fn is(suite: Cryptosuite, name: &str) -> bool {
    name == suite.as_str() || (suite == Cryptosuite::Ed25519Signature2020 && name == "ed25519-2020")
}

/// The address in `interact` that takes the answer without a person in between, where there is one.
fn endpoint<'q>(request: &'q Value<'q>) -> Option<&'q str> {
    const BY_PERSON: [&str; 2] = ["CredentialHandlerService", "MediatedPresentationService2021"];
    let services = request.get("interact")?.get("service").map(Value::one_or_many).unwrap_or_default();
    let unattended = services
        .iter()
        .filter(|service| !service.get("type").and_then(Value::as_str).is_some_and(|kind| BY_PERSON.contains(&kind)));
    unattended.filter_map(|service| service.get("serviceEndpoint")?.as_str()).next()
}

/// The endpoint if it lies with the exchange or with a host that sent us there.
fn permitted(endpoint: &str, address: &Url, hosts: &[String]) -> Option<Url> {
    let url = address.join(endpoint).ok()?;
    (url.scheme() == address.scheme() && hosts.contains(&host_of(&url))).then_some(url)
}

/// Whether a domain, written as an origin, an address or a bare name, is that of one of the hosts. A port counts only
/// where the domain has one.
fn names(domain: &str, hosts: &[String]) -> bool {
    let url = match domain.contains("://") {
        true => Url::parse(domain).ok().filter(|url| matches!(url.scheme(), "https" | "http")),
        false => Url::parse(&format!("https://{domain}")).ok().filter(|url| matches!(url.path(), "" | "/")),
    };
    let plain = |url: &Url| url.username().is_empty() && url.password().is_none();
    let Some(url) = url.filter(plain) else { return false };
    let Some(name) = url.host_str() else { return false };
    hosts.iter().any(|host| match url.port() {
        Some(_) => *host == host_of(&url),
        None => {
            host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(&**host, |(name, _)| name)
                == name
        }
    })
}

/// The endpoint that a request names, for a request that came without an address of its own.
pub(super) fn named_endpoint(request: &Value<'_>) -> Option<Url> {
    Url::parse(endpoint(request)?).ok().filter(|url| matches!(url.scheme(), "https" | "http"))
}
