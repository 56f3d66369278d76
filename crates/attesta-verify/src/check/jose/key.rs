//! The keys that a token may have been signed with, and where each was found.

use attesta_credential::TokenProfile;
use attesta_jsonld::{Document, Limits, Value};
use jiff::Timestamp;
use url::Url;

use super::header::{Header, malformed};
use super::metadata;
use crate::authorship::Secured;
use crate::check::key_document::{self, KeyDocument};
use crate::check::proof::key::{ResolvedKey, from_document, from_identifier, unusable};
use crate::check::proof::{Signer, SignerPlace, key};
use crate::controlled_identifier::{JsonWebKey, LARGEST_DOCUMENT, Relationship, RetrieveError, retrieve_all};
use crate::did::{self, Place, askable_host, shorten};
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Problem, ProblemCode};
use crate::report::Outcome;
use crate::resources::ResourceKind;

/// The most keys of a set that are tried where none is named: a bound on the work.
const MOST_KEYS: usize = 16;

/// A key, and where it was found.
#[derive(Debug, Clone)]
pub(super) struct TokenKey {
    pub(super) key: JsonWebKey,
    /// What the token, or the document, calls it.
    pub(super) name: String,
    pub(super) ends: Option<Timestamp>,
    pub(super) origin: Origin,
}

/// What is known of whose key it is.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// It follows from an identifier, or its document lists it.
    Controlled(Signer),
    /// A web address answers it.
    Hosted {
        /// The address.
        url: Url,
        /// When it did.
        as_of: Timestamp,
    },
    /// The token carries it.
    Embedded,
}

/// Finds the keys. `Ok(Err(_))` is a token whose key can't be found.
pub(super) fn find(
    inquiry: &mut Inquiry<'_>,
    secured: &Secured<'_>,
    header: &Header<'_>,
    profile: TokenProfile,
) -> Result<Result<Vec<TokenKey>, Outcome>, Pending> {
    let embedded = match header.jwk.map(JsonWebKey::read).transpose() {
        Ok(embedded) => embedded,
        Err(error) => return Ok(Err(unusable(error, || malformed("jwk")))),
    };
    let found = match (header.kid, &embedded) {
        (Some(kid), _) if kid.starts_with("did:") => by_did(inquiry, secured, kid)?,
        (Some(kid), _) if kid.starts_with("https:") || kid.starts_with("http:") => hosted(inquiry, secured, kid)?,
        (kid, Some(key)) => {
            let name = kid.map_or_else(|| JsonWebKey::thumbprint(&key.key), str::to_owned);
            let (key, ends, origin) = (key.clone(), None, Origin::Embedded);
            return Ok(Ok(vec![TokenKey { key, name, ends, origin }]));
        }
        (kid, None) if secured.author.starts_with("did:") => by_name(inquiry, secured, kid)?,
        (kid, None) if profile == TokenProfile::SdJwtVc => metadata::keys(inquiry, secured.author, kid)?,
        (_, None) => Err(Outcome::Inconclusive(Problem::new(ProblemCode::KeyNotNamed, []))),
    };
    // A token that names one key and carries another leaves open which of them is meant.
    Ok(match embedded {
        None => found,
        Some(embedded) => found.and_then(|mut keys| {
            keys.retain(|named| named.key.key == embedded.key);
            if keys.is_empty() { Err(malformed("jwk")) } else { Ok(keys) }
        }),
    })
}

/// The key of a DID URL; of a DID alone, all that its document lists.
fn by_did(
    inquiry: &mut Inquiry<'_>,
    secured: &Secured<'_>,
    kid: &str,
) -> Result<Result<Vec<TokenKey>, Outcome>, Pending> {
    if !kid.contains('#') {
        return all_of(inquiry, kid, secured.purposes);
    }
    first_for(secured.purposes, |purpose| key::find(inquiry, kid, purpose))
        .map(|found| found.map(|resolved| vec![controlled(kid.to_owned(), resolved)]))
}

/// Finds a key under the first of these purposes that it is listed for.
fn first_for(
    purposes: &[Relationship],
    mut find: impl FnMut(Relationship) -> Result<Result<ResolvedKey, Outcome>, Pending>,
) -> Result<Result<ResolvedKey, Outcome>, Pending> {
    let mut found = Err(Outcome::Inconclusive(Problem::new(ProblemCode::KeyNotNamed, [])));
    for purpose in purposes {
        found = find(*purpose)?;
        let for_another = |outcome: &Outcome| match outcome {
            Outcome::Fail(problem) | Outcome::Inconclusive(problem) => {
                problem.code == ProblemCode::KeyNotForThisPurpose
            }
            _ => false,
        };
        if !found.as_ref().is_err_and(for_another) {
            break;
        }
    }
    Ok(found)
}

fn controlled(name: String, resolved: ResolvedKey) -> TokenKey {
    let ResolvedKey { key, algorithm, signer, ends } = resolved;
    TokenKey { key: JsonWebKey { key, algorithm }, name, ends, origin: Origin::Controlled(signer) }
}

/// The key of the author's own document that goes by a name which is no address; of all of them where none is named.
fn by_name(
    inquiry: &mut Inquiry<'_>,
    secured: &Secured<'_>,
    kid: Option<&str>,
) -> Result<Result<Vec<TokenKey>, Outcome>, Pending> {
    let listed = match listed(inquiry, secured.author, secured.purposes)? {
        Ok(listed) => listed,
        Err(outcome) => return Ok(Err(outcome)),
    };
    // Where the identifier is the key there is no other, whatever its name.
    let single = listed.iter().all(|(_, key)| is_identifier(key));
    let fits = |names: &Names, kid: &str| {
        let kid = kid.strip_prefix('#').unwrap_or(kid);
        names.fragment == kid || names.key_id.as_deref() == Some(kid)
    };
    let keys: Vec<TokenKey> = listed
        .into_iter()
        .filter(|(names, _)| single || kid.is_none_or(|kid| fits(names, kid)))
        .map(|(_, key)| key)
        .collect();
    if keys.is_empty() {
        let params = [("method", shorten(kid.unwrap_or(secured.author)))];
        return Ok(Err(Outcome::Inconclusive(Problem::new(ProblemCode::KeyNotListed, params))));
    }
    Ok(Ok(keys))
}

fn is_identifier(key: &TokenKey) -> bool {
    matches!(&key.origin, Origin::Controlled(Signer { place: SignerPlace::Identifier, .. }))
}

/// What a key goes by in its document.
struct Names {
    fragment: String,
    key_id: Option<String>,
}

/// Every key that the document of an identifier lists for one of these purposes.
pub(super) fn all_of(
    inquiry: &mut Inquiry<'_>,
    identifier: &str,
    purposes: &[Relationship],
) -> Result<Result<Vec<TokenKey>, Outcome>, Pending> {
    Ok(listed(inquiry, identifier, purposes)?.map(|listed| listed.into_iter().map(|(_, key)| key).collect()))
}

fn listed(
    inquiry: &mut Inquiry<'_>,
    identifier: &str,
    purposes: &[Relationship],
) -> Result<Result<Vec<(Names, TokenKey)>, Outcome>, Pending> {
    // A did:key names its only method by the key, a did:jwk by 0; to the web any fragment is the same document.
    let fragment = identifier.strip_prefix("did:key:").unwrap_or("0");
    let method = format!("{identifier}#{fragment}");
    let address = match did::locate(&method, inquiry.policy.loopback) {
        Ok(address) => address,
        Err(outcome) => return Ok(Err(outcome)),
    };
    let Place::Web { url, host } = &address.place else {
        let names = Names { fragment: fragment.to_owned(), key_id: None };
        return Ok(from_identifier(&address).map(|key| vec![(names, controlled(method.clone(), key))]));
    };
    let document = match key_document::ask(inquiry, url, host, ResourceKind::ControlledIdentifierDocument)? {
        Ok(document) => document,
        Err(outcome) => return Ok(Err(outcome)),
    };
    Ok(in_document(&document, identifier, host, purposes))
}

fn in_document(
    document: &KeyDocument<'_>,
    identifier: &str,
    host: &str,
    purposes: &[Relationship],
) -> Result<Vec<(Names, TokenKey)>, Outcome> {
    let mut keys: Vec<(Names, TokenKey)> = Vec::new();
    for purpose in purposes {
        let listed = retrieve_all(&document.resource.bytes, identifier, *purpose).map_err(|error| match error {
            RetrieveError::OtherIdentifier { found } => {
                let params = [("expected", shorten(identifier)), ("found", found)];
                Outcome::Fail(Problem::new(ProblemCode::KeyDocumentMismatch, params))
            }
            _ => key_document::malformed(host),
        })?;
        for found in listed {
            if keys.iter().any(|(_, known)| known.name == found.id) {
                continue;
            }
            let place = SignerPlace::Web { host: host.to_owned(), as_of: document.resource.fetched_at };
            let origin = Origin::Controlled(Signer { controller: identifier.to_owned(), place });
            let fragment = found.id.split_once('#').map_or("", |(_, fragment)| fragment).to_owned();
            let names = Names { fragment, key_id: found.key_id };
            let (key, ends) = (found.method.key, found.method.ends);
            keys.push((names, TokenKey { key, name: found.id, ends, origin }));
        }
    }
    Ok(keys)
}

/// What stands at a web address: a key, a set of them, or with a fragment a document that lists it.
fn hosted(
    inquiry: &mut Inquiry<'_>,
    secured: &Secured<'_>,
    kid: &str,
) -> Result<Result<Vec<TokenKey>, Outcome>, Pending> {
    let (address, fragment) = kid.split_once('#').map_or((kid, None), |(address, fragment)| (address, Some(fragment)));
    let parsed = Url::parse(address).ok().filter(|_| kid.bytes().all(|byte| byte.is_ascii_graphic()));
    let (Some(url), Some(host)) = (parsed, askable_host(address, inquiry.policy.loopback)) else {
        let params = [("method", shorten(kid))];
        return Ok(Err(Outcome::Inconclusive(Problem::new(ProblemCode::UnsupportedDidMethod, params))));
    };
    let kind = match fragment {
        None => ResourceKind::JsonWebKey,
        Some(_) => ResourceKind::ControlledIdentifierDocument,
    };
    let document = match key_document::ask(inquiry, address, &host, kind)? {
        Ok(document) => document,
        Err(outcome) => return Ok(Err(outcome)),
    };
    let limits = Limits { bytes: LARGEST_DOCUMENT, ..Limits::default() };
    let Ok(read) = Document::parse_within(document.resource.bytes.clone(), limits) else {
        return Ok(Err(key_document::malformed(&host)));
    };
    let root = read.root();
    if root.get("kty").is_some() || root.get("keys").is_some() {
        let origin = Origin::Hosted { url, as_of: document.resource.fetched_at };
        return Ok(of_key_set(root, kid, fragment, &host, &origin));
    }
    if fragment.is_none() {
        let keys = in_document(&document, address, &host, secured.purposes);
        return Ok(keys.map(|keys| keys.into_iter().map(|(_, key)| key).collect()));
    }
    let located = match did::locate(kid, inquiry.policy.loopback) {
        Ok(located) => located,
        Err(outcome) => return Ok(Err(outcome)),
    };
    let found = first_for(secured.purposes, |purpose| Ok(from_document(&located, &host, document, purpose)))?;
    Ok(found.map(|resolved| vec![controlled(kid.to_owned(), resolved)]))
}

/// The keys of a JWK, or of a set of them: those that go by the name, else all of them where only the set is named.
pub(super) fn of_key_set(
    root: &Value<'_>,
    kid: &str,
    fragment: Option<&str>,
    host: &str,
    origin: &Origin,
) -> Result<Vec<TokenKey>, Outcome> {
    let entries: Vec<&Value<'_>> = match root.get("keys") {
        Some(Value::Array(keys)) => keys.iter().collect(),
        Some(_) => return Err(key_document::malformed(host)),
        None => vec![root],
    };
    let named = |jwk: &&&Value<'_>| {
        jwk.get("kid").and_then(Value::as_str).is_some_and(|name| name == kid || Some(name) == fragment)
    };
    let mut chosen: Vec<&Value<'_>> = entries.iter().filter(named).copied().collect();
    if chosen.is_empty() && (fragment.is_none() || root.get("keys").is_none()) {
        chosen = entries;
    }
    let mut keys = Vec::new();
    let mut flaw = None;
    for jwk in chosen.into_iter().take(MOST_KEYS) {
        match JsonWebKey::read(jwk) {
            Ok(key) => keys.push(TokenKey { key, name: kid.to_owned(), ends: None, origin: origin.clone() }),
            Err(error) => flaw = flaw.or(Some(error)),
        }
    }
    match (keys.is_empty(), flaw) {
        (false, _) => Ok(keys),
        (true, Some(error)) => Err(unusable(error, || key_document::malformed(host))),
        (true, None) => Err(Outcome::Inconclusive(Problem::new(ProblemCode::KeyNotListed, [("method", shorten(kid))]))),
    }
}
