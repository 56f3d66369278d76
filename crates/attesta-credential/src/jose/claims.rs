//! The credential or presentation that a token's payload states.

use attesta_jsonld::{Document, Limits, Object, ParseError, Value};
use jiff::Timestamp;

use super::sd_jwt_vc;
use crate::limits::INPUT_BYTES;
use crate::shape::{self, Shape};

/// What a payload holds.
pub(crate) enum Claimed {
    /// A credential.
    Credential(Document),
    /// A presentation.
    Presentation(Document),
    /// Something else, told by its shape.
    Other(Shape),
}

/// What is in a payload: the payload itself, or in VCDM 1.1 its `vc` or `vp` claim, the first of them completed from
/// the registered claims.
pub(crate) fn claimed_in(payload: &Document) -> Result<Claimed, ParseError> {
    let root = payload.root();
    if let Some(claim @ Value::Object(object)) = root.get("vc") {
        return match shape::of(claim) {
            Shape::Credential => complete(payload, object, root).map(Claimed::Credential),
            other => Ok(Claimed::Other(other)),
        };
    }
    if let Some(claim @ Value::Object(object)) = root.get("vp") {
        return match shape::of(claim) {
            Shape::Presentation => source(payload, object).map(Claimed::Presentation),
            other => Ok(Claimed::Other(other)),
        };
    }
    Ok(match shape::of(root) {
        Shape::Credential => Claimed::Credential(payload.clone()),
        Shape::Presentation => Claimed::Presentation(payload.clone()),
        _ if sd_jwt_vc::is_one(root) => Claimed::Credential(payload.clone()),
        other => Claimed::Other(other),
    })
}

/// A part of the payload with its exact bytes.
fn source(payload: &Document, part: &Object<'_>) -> Result<Document, ParseError> {
    parse(payload.source_of(part).to_vec())
}

fn parse(json: Vec<u8>) -> Result<Document, ParseError> {
    Document::parse_within(json, Limits { bytes: INPUT_BYTES, ..Limits::default() })
}

/// VCDM 1.1 section 6.3.1: what the registered claims say need not be repeated in `vc`. Where both say it, `vc` is
/// shown and the verification compares the two.
fn complete(payload: &Document, vc: &Object<'_>, claims: &Value<'_>) -> Result<Document, ParseError> {
    let text =
        |claim: &str| claims.get(claim).and_then(Value::as_str).map(|text| Value::String(text.to_owned().into()));
    let time = |claim: &str| {
        let read = numeric_date(claims.get(claim)?)?;
        Some(Value::String(read.to_string().into()))
    };
    let additions =
        [("id", text("jti")), ("issuer", text("iss")), ("issuanceDate", time("nbf")), ("expirationDate", time("exp"))];
    let mut complete = vc.clone();
    let mut added = false;
    for (member, value) in additions {
        // A credential of VCDM 2.0 in a `vc` claim has its own names for dates.
        let written = |name: &str| vc.get(name).is_some();
        let written = match member {
            "issuanceDate" => written(member) || written("validFrom"),
            "expirationDate" => written(member) || written("validUntil"),
            member => written(member),
        };
        if let (false, Some(value)) = (written, value) {
            complete = complete.with(member, value);
            added = true;
        }
    }
    if let (Some(Value::Object(subject)), Some(id)) = (vc.get("credentialSubject"), text("sub"))
        && subject.get("id").is_none()
    {
        complete = complete.with("credentialSubject", Value::Object(subject.with("id", id)));
        added = true;
    }
    if added { parse(Value::Object(complete).to_string().into_bytes()) } else { source(payload, vc) }
}

/// A NumericDate, [RFC 7519 section 2](https://www.rfc-editor.org/rfc/rfc7519#section-2), without its fraction.
pub(crate) fn numeric_date(value: &Value<'_>) -> Option<Timestamp> {
    let Value::Number(seconds) = value else { return None };
    let seconds = seconds.as_f64().floor();
    // Far beyond any date, and still exact as a whole number.
    (seconds.abs() < 1e14).then(|| Timestamp::from_second(seconds as i64).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(payload: &str, expected: &str) {
        let payload = Document::parse(payload.as_bytes().to_vec()).unwrap();
        let shown = match claimed_in(&payload).unwrap() {
            Claimed::Credential(document) => format!("credential {}", String::from_utf8_lossy(document.bytes())),
            Claimed::Presentation(document) => format!("presentation {}", String::from_utf8_lossy(document.bytes())),
            Claimed::Other(shape) => format!("{shape:?}"),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn registered_claims_complete_a_vc_claim() {
        check(
            r#"{"iss":"did:x:1","jti":"urn:1","nbf":1704067200,"exp":1735689600.7,"sub":"did:x:2",
                "vc":{"type":"VerifiableCredential","credentialSubject":{"name":"Amy"}}}"#,
            r#"credential {"type":"VerifiableCredential","credentialSubject":{"name":"Amy","id":"did:x:2"},"id":"urn:1","issuer":"did:x:1","issuanceDate":"2024-01-01T00:00:00Z","expirationDate":"2025-01-01T00:00:00Z"}"#,
        );
    }

    #[test]
    fn what_the_vc_claim_states_itself_is_shown_byte_for_byte() {
        let vc = r#"{"type": "VerifiableCredential","issuer":{"id":"did:x:1","name":"Uni"}, "id":"urn:own"}"#;
        check(&format!(r#"{{"iss":"did:x:1","jti":"urn:1","vc":{vc}}}"#), &format!("credential {vc}"));
        let dated = r#"{"type":"VerifiableCredential","validFrom":"2024-01-01T00:00:00Z"}"#;
        check(&format!(r#"{{"nbf":1704067200,"vc":{dated}}}"#), &format!("credential {dated}"));
    }

    #[test]
    fn a_payload_that_is_a_credential_stands_as_it_is() {
        let json = r#"{"type":"VerifiableCredential","iss":"did:x:1","issuer":"did:x:1"}"#;
        check(json, &format!("credential {json}"));
        let claims = r#"{"vct":"https://uni.example/degree","iss":"https://uni.example"}"#;
        check(claims, &format!("credential {claims}"));
    }

    #[test]
    fn a_presentation_keeps_its_exact_bytes() {
        let vp = r#"{"type": "VerifiablePresentation", "verifiableCredential":[]}"#;
        check(vp, &format!("presentation {vp}"));
        check(&format!(r#"{{"iss":"did:x:1","vp":{vp}}}"#), &format!("presentation {vp}"));
    }

    #[test]
    fn anything_else_is_told_by_its_shape() {
        check("{}", "Other");
        check(r#"{"vc":{"type":"VerifiablePresentation"}}"#, "Presentation");
        check(r#"{"vp":{"type":"VerifiableCredential"}}"#, "Credential");
        check(r#"{"vc":"eyJ"}"#, "Other");
    }

    #[test]
    fn dates_beyond_any_calendar_are_none() {
        let date = |json: &str| numeric_date(Document::parse(json.as_bytes().to_vec()).unwrap().root());
        assert_eq!(date("1704067200.9").map(|date| date.to_string()).as_deref(), Some("2024-01-01T00:00:00Z"));
        for other in ["1e300", "-1e300", "1e13", "\"1704067200\"", "null"] {
            assert_eq!(date(other), None, "{other}");
        }
    }
}
