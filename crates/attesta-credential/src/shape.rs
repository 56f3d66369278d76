//! What kind of thing a JSON value is, told by its first look.

use std::fmt::Display;

use attesta_jsonld::Value;

use crate::credential::{VC1_CONTEXT, VC2_CONTEXT, strings};
use crate::error::UnsupportedFormat;
use crate::open_badges_2::assertion_model;

/// What a JSON value appears to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Credential,
    Presentation,
    /// Text that is a compact JWS; what it carries is not looked at.
    Jws,
    /// Text that is a selective-disclosure JWT; what it carries is not looked at.
    SdJwt,
    /// JSON around a token of a credential.
    EnvelopedCredential,
    /// JSON around a token of a presentation.
    EnvelopedPresentation,
    Unsupported(UnsupportedFormat),
    Other,
}

/// Tells credentials from presentations and from forms that are not read.
pub(crate) fn of(value: &Value<'_>) -> Shape {
    let is = |name: &str| strings(value.get("type")).any(|written| written == name);
    let first_context = value.get("@context").and_then(|context| context.one_or_many().first());
    match value {
        Value::Object(_) if is("EnvelopedVerifiableCredential") => Shape::EnvelopedCredential,
        Value::Object(_) if is("EnvelopedVerifiablePresentation") => Shape::EnvelopedPresentation,
        Value::Object(_) if is("VerifiablePresentation") => Shape::Presentation,
        Value::Object(_) if is("VerifiableCredential") => Shape::Credential,
        Value::Object(_) if assertion_model(value).is_some() => Shape::Credential,
        Value::Object(_) if matches!(first_context.and_then(Value::as_str), Some(VC1_CONTEXT | VC2_CONTEXT)) => {
            match value.get("verifiableCredential") {
                Some(_) => Shape::Presentation,
                None => Shape::Credential,
            }
        }
        Value::Object(_) => json_token(value).map_or(Shape::Other, Shape::Unsupported),
        Value::String(text) => token(text).unwrap_or(Shape::Other),
        _ => Shape::Other,
    }
}

/// Recognises the JSON serializations of tokens, RFC 7515 section 7.2 and RFC 9901 section 8.
fn json_token(value: &Value<'_>) -> Option<UnsupportedFormat> {
    let has = |of: &Value<'_>, member: &str| of.get(member).is_some();
    if !has(value, "payload") || !(has(value, "signature") || has(value, "signatures")) {
        return None;
    }
    let signatures = value.get("signatures").map(Value::one_or_many).unwrap_or_default();
    let disclosures = |of: &Value<'_>| of.get("header").is_some_and(|header| has(header, "disclosures"));
    let sd_jwt = disclosures(value) || signatures.iter().any(disclosures);
    Some(if sd_jwt { UnsupportedFormat::SdJwt } else { UnsupportedFormat::Jwt })
}

/// Recognises a compact JWS, or a selective-disclosure JWT, by its form alone; an encrypted token is named.
pub(crate) fn token(text: &str) -> Option<Shape> {
    // A JOSE header is a JSON object, and `{"` is `eyJ` in base64url.
    let text = text.trim();
    if !text.starts_with("eyJ") {
        return None;
    }
    let mut disclosures = text.split('~');
    let parts: Vec<&str> = disclosures.next()?.split('.').collect();
    let base64url = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if !parts.iter().all(base64url) {
        return None;
    }
    match (parts.as_slice(), disclosures.next()) {
        ([_, payload, _], None) if !payload.is_empty() => Some(Shape::Jws),
        ([_, payload, _], Some(_)) if !payload.is_empty() => Some(Shape::SdJwt),
        ([_, _, _, _, _], None) => Some(Shape::Unsupported(UnsupportedFormat::Jwt)),
        _ => None,
    }
}

/// The identifier of something that may be written as a string or as an object with an `id`.
pub(crate) fn id_of<'a>(value: &'a Value<'_>) -> Option<&'a str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(object) => object.get("id").and_then(Value::as_str),
        _ => None,
    }
}

/// The items of an array with their pointers, or a single value with its own.
pub(crate) fn items<'a>(value: Option<&'a Value<'a>>, at: impl Display) -> Items<'a> {
    match value {
        // Most members that may be there are not: then there is nothing to write down.
        None => Items { rest: [].iter().enumerate(), at: String::new(), kind: ItemsKind::One },
        Some(Value::Array(items)) => {
            Items { rest: items.iter().enumerate(), at: at.to_string(), kind: ItemsKind::OfArray }
        }
        Some(one) => {
            let rest = std::slice::from_ref(one).iter().enumerate();
            Items { rest, at: at.to_string(), kind: ItemsKind::One }
        }
    }
}

/// What [`items`] gives.
pub(crate) struct Items<'a> {
    rest: std::iter::Enumerate<std::slice::Iter<'a, Value<'a>>>,
    at: String,
    kind: ItemsKind,
}

enum ItemsKind {
    One,
    OfArray,
}

impl<'a> Iterator for Items<'a> {
    type Item = (&'a Value<'a>, String);

    fn next(&mut self) -> Option<Self::Item> {
        let (index, item) = self.rest.next()?;
        let pointer = match self.kind {
            ItemsKind::One => std::mem::take(&mut self.at),
            ItemsKind::OfArray => format!("{}/{index}", self.at),
        };
        Some((item, pointer))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rest.size_hint()
    }
}

/// Whether the text is an absolute URL in the sense of the data models: a scheme and something after it, no spaces.
pub(crate) fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut letters = scheme.bytes();
    let scheme_fits = letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    scheme_fits && !rest.is_empty() && if text.is_ascii() { rest.bytes().all(is_url_byte) } else { is_iri(rest) }
}

fn is_url_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`')
}

fn is_iri(rest: &str) -> bool {
    rest.chars().all(|letter| match u8::try_from(letter) {
        Ok(byte) if byte.is_ascii() => is_url_byte(byte),
        _ => !letter.is_whitespace() && !letter.is_control(),
    })
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::Document;

    use super::*;

    #[track_caller]
    fn check(json: &str, expected: Shape) {
        let document = Document::parse(json.as_bytes().to_vec()).unwrap();
        assert_eq!(of(document.root()), expected);
    }

    #[test]
    fn a_credential_is_told_by_its_type_or_its_first_context() {
        check(r#"{"type":["VerifiableCredential","OpenBadgeCredential"]}"#, Shape::Credential);
        check(r#"{"type":"VerifiableCredential"}"#, Shape::Credential);
        check(r#"{"@context":["https://www.w3.org/ns/credentials/v2"]}"#, Shape::Credential);
        check(r#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion"}"#, Shape::Credential);
        check(r#"{"type":"VerifiablePresentation","verifiableCredential":[]}"#, Shape::Presentation);
        check(r#"{"@context":"https://schema.org"}"#, Shape::Other);
        check("[]", Shape::Other);
    }

    #[test]
    fn other_forms_are_named() {
        let envelope = r#"{"type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,eyJ"}"#;
        check(envelope, Shape::EnvelopedCredential);
        check(&envelope.replace("Credential", "Presentation"), Shape::EnvelopedPresentation);
        check(r#""eyJhbGciOiJFZERTQSJ9.e30.c2ln""#, Shape::Jws);
        check(r#""eyJhbGciOiJFZERTQSJ9.e30.c2ln~WyJ4Il0~""#, Shape::SdJwt);
        let encrypted = r#""eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d""#;
        check(encrypted, Shape::Unsupported(UnsupportedFormat::Jwt));
        check(r#"{"payload":"e30","signatures":[{}]}"#, Shape::Unsupported(UnsupportedFormat::Jwt));
        let disclosed = r#"{"payload":"e30","signature":"a","header":{"disclosures":[]}}"#;
        check(disclosed, Shape::Unsupported(UnsupportedFormat::SdJwt));
    }

    #[test]
    fn urls_need_a_scheme_and_blank_nodes_are_none() {
        for url in ["https://a.example/1", "urn:uuid:1", "did:key:z6Mk", "mailto:a@b.example", "https://é.example/ç"]
        {
            assert!(is_url(url), "{url}");
        }
        for text in
            ["", "_:b0", "issuer", "https:", "https://a b", "1a:x", "https://a\"b", "https://é b", "https://é\u{7f}"]
        {
            assert!(!is_url(text), "{text}");
        }
    }
}
