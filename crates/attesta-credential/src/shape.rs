//! What kind of thing a JSON value is, told by its first look.

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
    Unsupported(UnsupportedFormat),
    Other,
}

/// Tells credentials from presentations and from forms that are not read.
pub(crate) fn of(value: &Value<'_>) -> Shape {
    let is = |name: &str| strings(value.get("type")).any(|written| written == name);
    let first_context = value.get("@context").and_then(|context| context.one_or_many().first());
    match value {
        Value::Object(_) if is("EnvelopedVerifiableCredential") || is("EnvelopedVerifiablePresentation") => {
            let id = value.get("id").and_then(Value::as_str).unwrap_or_default();
            Shape::Unsupported(if id.contains("sd-jwt") { UnsupportedFormat::SdJwt } else { UnsupportedFormat::Jwt })
        }
        Value::Object(_) if is("VerifiablePresentation") => Shape::Presentation,
        Value::Object(_) if is("VerifiableCredential") => Shape::Credential,
        Value::Object(_) if assertion_model(value).is_some() => Shape::Credential,
        Value::Object(_) if matches!(first_context.and_then(Value::as_str), Some(VC1_CONTEXT | VC2_CONTEXT)) => {
            match value.get("verifiableCredential") {
                Some(_) => Shape::Presentation,
                None => Shape::Credential,
            }
        }
        Value::String(text) => compact_jws(text).unwrap_or(Shape::Other),
        _ => Shape::Other,
    }
}

/// Recognises a compact JWS, or a selective-disclosure JWT, by its form alone.
pub(crate) fn compact_jws(text: &str) -> Option<Shape> {
    // A JOSE header is a JSON object, and `{"` is `eyJ` in base64url.
    let text = text.trim();
    if !text.starts_with("eyJ") {
        return None;
    }
    let mut disclosures = text.split('~');
    let jws = disclosures.next()?;
    let parts: Vec<&str> = jws.split('.').collect();
    let base64url = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if parts.len() != 3 || parts[1].is_empty() || !parts.iter().all(base64url) {
        return None;
    }
    Some(if disclosures.next().is_some() { Shape::Unsupported(UnsupportedFormat::SdJwt) } else { Shape::Jws })
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
pub(crate) fn items<'a>(
    value: Option<&'a Value<'a>>,
    at: &str,
) -> impl Iterator<Item = (&'a Value<'a>, String)> + use<'a> {
    let in_array = matches!(value, Some(Value::Array(_)));
    let at = at.to_owned();
    value
        .map(Value::one_or_many)
        .unwrap_or_default()
        .iter()
        .enumerate()
        .map(move |(index, item)| (item, if in_array { format!("{at}/{index}") } else { at.clone() }))
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
        let jwt = Shape::Unsupported(UnsupportedFormat::Jwt);
        check(r#"{"type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,eyJ"}"#, jwt);
        check(r#""eyJhbGciOiJFZERTQSJ9.e30.c2ln""#, Shape::Jws);
        check(r#""eyJhbGciOiJFZERTQSJ9.e30.c2ln~WyJ4Il0~""#, Shape::Unsupported(UnsupportedFormat::SdJwt));
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
