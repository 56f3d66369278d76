//! Tokens within JSON: [VCDM 2.0 section 4.13](https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials)
//! puts them into a `data:` URL, [RFC 2397](https://www.rfc-editor.org/rfc/rfc2397).

use attesta_jsonld::Value;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use super::TokenProfile;
use crate::credential::{VC2_CONTEXT, strings};
use crate::error::{ReadError, UnsupportedFormat};
use crate::securing::Securing;

/// What an envelope says that it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Enveloped {
    Credential,
    Presentation,
}

/// The token in the `data:` URL that is an envelope's `id`. Nothing else of the envelope is signed, so nothing else of
/// it is read.
pub(crate) fn enveloped_token(envelope: &Value<'_>, of: Enveloped) -> Result<String, ReadError> {
    // VCDM 2.0 demands a context that defines what an envelope is.
    if !strings(envelope.get("@context")).any(|context| context == VC2_CONTEXT) {
        return Err(ReadError::NotACredential { pointer: "/@context".to_owned() });
    }
    let malformed = || ReadError::NotACredential { pointer: "/id".to_owned() };
    let url = envelope.get("id").and_then(Value::as_str).ok_or_else(malformed)?;
    let (scheme, rest) = url.split_at_checked(5).ok_or_else(malformed)?;
    if !scheme.eq_ignore_ascii_case("data:") {
        return Err(malformed());
    }
    let (kind, data) = rest.split_once(',').ok_or_else(malformed)?;
    let mut parameters = kind.split(';');
    let media_type = parameters.next().unwrap_or_default().trim().to_ascii_lowercase();
    if !is_token_type(&media_type, of) {
        return Err(ReadError::UnsupportedFormat { what: UnsupportedFormat::Jwt });
    }
    let data = percent_decoded(data).ok_or_else(malformed)?;
    let is_base64 = parameters.next_back().is_some_and(|last| last.trim().eq_ignore_ascii_case("base64"));
    let data = match is_base64 {
        false => data,
        true => STANDARD.decode(&data).or_else(|_| STANDARD_NO_PAD.decode(&data)).map_err(|_| malformed())?,
    };
    String::from_utf8(data).map_err(|_| malformed())
}

/// An envelope around a token of a credential. The media type says by which text the token is to be read.
pub(crate) fn enveloped(token: &str, securing: &Securing) -> String {
    let profile = securing.jws().and_then(TokenProfile::of);
    let media_type = match (securing.sd_jwt(), profile) {
        (Some(_), Some(TokenProfile::SdJwtVc)) => "dc+sd-jwt",
        (Some(_), _) => "vc+sd-jwt",
        (None, Some(TokenProfile::VcJoseCose)) => "vc+jwt",
        (None, _) => "jwt",
    };
    // A token's letters need no escapes, in a URL or in JSON.
    format!(
        r#"{{"@context":"{VC2_CONTEXT}","id":"data:application/{media_type},{token}","type":"EnvelopedVerifiableCredential"}}"#
    )
}

/// The media types of compact tokens, under their names in VC-JOSE-COSE and before it.
fn is_token_type(media_type: &str, of: Enveloped) -> bool {
    let Some(subtype) = media_type.strip_prefix("application/") else { return false };
    let Some((what, form)) = subtype.split_once(['+', '-']) else { return subtype == "jwt" };
    let what_fits = match of {
        Enveloped::Credential => matches!(what, "vc" | "dc"),
        Enveloped::Presentation => what == "vp",
    };
    what_fits && matches!(form, "jwt" | "sd-jwt" | "ld+json+jwt" | "ld+json+sd-jwt" | "ld+jwt" | "ld+json+sd+jwt")
}

/// The bytes of a URL's data part. Nothing is decoded twice.
fn percent_decoded(text: &str) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                let (high, low) = (digit()?, digit()?);
                u8::try_from(high << 4 | low).ok()?
            }
            byte => byte,
        });
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::Document;

    use super::*;

    #[track_caller]
    fn check(id: &str, expected: Result<&str, &str>) {
        let read = read_envelope(&format!(r#""@context":["{VC2_CONTEXT}"],"id":"{id}""#));
        assert_eq!(read.as_deref().map_err(|error| error.code()), expected, "{id}");
    }

    fn read_envelope(members: &str) -> Result<String, ReadError> {
        let json = format!(r#"{{"type":"EnvelopedVerifiableCredential",{members}}}"#);
        enveloped_token(Document::parse(json.into_bytes()).unwrap().root(), Enveloped::Credential)
    }

    #[test]
    fn an_envelope_states_the_context_that_defines_it() {
        let id = r#""id":"data:application/vc+jwt,a.b.c""#;
        assert!(read_envelope(&format!(r#"{id},"@context":"{VC2_CONTEXT}""#)).is_ok());
        let error = ReadError::NotACredential { pointer: "/@context".to_owned() };
        for context in ["", r#","@context":[]"#, r#","@context":"https://evil.example/v2""#, r#","@context":7"#] {
            assert_eq!(read_envelope(&format!("{id}{context}")), Err(error.clone()), "{context}");
        }
    }

    #[test]
    fn a_token_is_taken_out_of_its_envelope() {
        check("data:application/vc+jwt,a.b.c", Ok("a.b.c"));
        check("DATA:application/VC+JWT;charset=utf-8,a.b.c", Ok("a.b.c"));
        check("data:application/vc+jwt,a%2Eb.c%7E", Ok("a.b.c~"));
        check("data:application/vc+ld+json+jwt,a.b.c", Ok("a.b.c"));
        check("data:application/dc+sd-jwt,a.b.c~d~", Ok("a.b.c~d~"));
        check("data:application/vc+jwt;base64,YS5iLmM=", Ok("a.b.c"));
        check("data:application/vc+jwt;base64,YS5iLmM%3D", Ok("a.b.c"));
        check("data:application/vc+jwt;base64,YS5iLmM", Ok("a.b.c"));
    }

    #[test]
    fn other_envelopes_are_named_and_broken_ones_refused() {
        check("data:application/vc+cose;base64,0oRP", Err("unsupported_format"));
        check("data:application/vp+jwt,a.b.c", Err("unsupported_format"));
        check("data:text/plain,a.b.c", Err("unsupported_format"));
        for broken in [
            "",
            "https://uni.example/1",
            "data:application/vc+jwt",
            "data:application/vc+jwt,%4",
            "data:application/vc+jwt,%ff",
            "data:application/vc+jwt;base64,!",
        ] {
            check(broken, Err("not_a_credential"));
        }
    }
}
