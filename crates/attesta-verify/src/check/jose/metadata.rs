//! The keys of an issuer of SD-JWT VCs that is named by its web address:
//! [draft-ietf-oauth-sd-jwt-vc section 4](https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc#section-4),
//! "JWT VC Issuer Metadata".

use attesta_jsonld::{Document, Limits, Value};
use url::Url;

use super::key::{Origin, TokenKey, of_key_set};
use crate::check::key_document::{self, KeyDocument};
use crate::check::proof::{Signer, SignerPlace};
use crate::controlled_identifier::LARGEST_DOCUMENT;
use crate::did::{askable_host, shorten};
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Problem, ProblemCode};
use crate::report::Outcome;
use crate::resources::ResourceKind;

/// Where an issuer's metadata stands: between its host and its path.
fn address_of(issuer: &Url) -> String {
    let path = issuer.path().trim_end_matches('/');
    let mut address = issuer.clone();
    address.set_path(&format!("/.well-known/jwt-vc-issuer{path}"));
    address.set_query(None);
    address.set_fragment(None);
    address.into()
}

/// The keys that the issuer's metadata list, by reference or by value.
pub(super) fn keys(
    inquiry: &mut Inquiry<'_>,
    issuer: &str,
    kid: Option<&str>,
) -> Result<Result<Vec<TokenKey>, Outcome>, Pending> {
    let unnamed = || Ok(Err(Outcome::Inconclusive(Problem::new(ProblemCode::KeyNotNamed, []))));
    let (Ok(url), Some(host)) = (Url::parse(issuer), askable_host(issuer, inquiry.policy.loopback)) else {
        return unnamed();
    };
    let document = match key_document::ask(inquiry, &address_of(&url), &host, ResourceKind::JsonWebKey)? {
        Ok(document) => document,
        Err(outcome) => return Ok(Err(outcome)),
    };
    let Some(metadata) = parse(&document) else { return Ok(Err(key_document::malformed(&host))) };
    let found = metadata.root().get("issuer").and_then(Value::as_str).unwrap_or_default();
    if found != issuer {
        let params = [("expected", shorten(issuer)), ("found", shorten(found))];
        return Ok(Err(Outcome::Fail(Problem::new(ProblemCode::KeyDocumentMismatch, params))));
    }
    let place = SignerPlace::Web { host: host.clone(), as_of: document.resource.fetched_at };
    let origin = Origin::Controlled(Signer { controller: issuer.to_owned(), place });
    let listed = |set: &Value<'_>| match set.get("keys") {
        Some(_) => of_key_set(set, kid.unwrap_or(issuer), kid, &host, &origin),
        None => Err(key_document::malformed(&host)),
    };
    if let Some(set) = metadata.root().get("jwks") {
        return Ok(listed(set));
    }
    let elsewhere = metadata.root().get("jwks_uri").and_then(Value::as_str);
    let asked = elsewhere.and_then(|url| Some((url, askable_host(url, inquiry.policy.loopback)?)));
    let Some((url, elsewhere)) = asked else { return Ok(Err(key_document::malformed(&host))) };
    Ok(key_document::ask(inquiry, url, &elsewhere, ResourceKind::JsonWebKey)?.and_then(|document| {
        let set = parse(&document).ok_or_else(|| key_document::malformed(&elsewhere))?;
        listed(set.root())
    }))
}

fn parse(document: &KeyDocument<'_>) -> Option<Document> {
    let limits = Limits { bytes: LARGEST_DOCUMENT, ..Limits::default() };
    Document::parse_within(document.resource.bytes.clone(), limits).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(issuer: &str, expected: &str) {
        assert_eq!(address_of(&Url::parse(issuer).unwrap()), expected);
    }

    #[test]
    fn metadata_stand_between_host_and_path() {
        check("https://uni.example", "https://uni.example/.well-known/jwt-vc-issuer");
        check("https://uni.example/", "https://uni.example/.well-known/jwt-vc-issuer");
        check("https://uni.example/tenant/1234", "https://uni.example/.well-known/jwt-vc-issuer/tenant/1234");
        check("https://uni.example/a/?b#c", "https://uni.example/.well-known/jwt-vc-issuer/a");
    }
}
