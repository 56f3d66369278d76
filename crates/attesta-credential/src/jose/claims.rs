//! The credential that a token's payload states.

use attesta_jsonld::{Document, Limits, Object, ParseError, Value};
use jiff::Timestamp;

use crate::limits::INPUT_BYTES;
use crate::shape::{self, Shape};

/// What a payload holds.
pub(crate) enum Claimed {
    /// A credential.
    Credential(Document),
    /// Something else, told by its shape.
    Other(Shape),
}

/// The credential in a payload: the payload itself, or in VCDM 1.1 its `vc` claim completed from the registered claims.
pub(crate) fn credential_in(payload: &Document) -> Result<Claimed, ParseError> {
    let root = payload.root();
    if let Some(claim @ Value::Object(object)) = root.get("vc") {
        return match shape::of(claim) {
            Shape::Credential => complete(object, root).map(Claimed::Credential),
            other => Ok(Claimed::Other(other)),
        };
    }
    Ok(match shape::of(root) {
        Shape::Credential => Claimed::Credential(payload.clone()),
        other => Claimed::Other(other),
    })
}

/// VCDM 1.1 section 6.3.1: what the registered claims say need not be repeated in `vc`. Where both say it, `vc` is
/// shown and the verification compares the two.
fn complete(vc: &Object<'_>, claims: &Value<'_>) -> Result<Document, ParseError> {
    let text =
        |claim: &str| claims.get(claim).and_then(Value::as_str).map(|text| Value::String(text.to_owned().into()));
    let time = |claim: &str| {
        let Some(Value::Number(seconds)) = claims.get(claim) else { return None };
        let read = Timestamp::from_second(seconds.as_f64() as i64).ok()?;
        Some(Value::String(read.to_string().into()))
    };
    let additions =
        [("id", text("jti")), ("issuer", text("iss")), ("issuanceDate", time("nbf")), ("expirationDate", time("exp"))];
    let mut complete = vc.clone();
    for (member, value) in additions {
        if let (None, Some(value)) = (vc.get(member), value) {
            complete = complete.with(member, value);
        }
    }
    if let (Some(Value::Object(subject)), Some(id)) = (vc.get("credentialSubject"), text("sub"))
        && subject.get("id").is_none()
    {
        complete = complete.with("credentialSubject", Value::Object(subject.with("id", id)));
    }
    let json = Value::Object(complete).to_string();
    Document::parse_within(json.into_bytes(), Limits { bytes: INPUT_BYTES, ..Limits::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(payload: &str, expected: &str) {
        let payload = Document::parse(payload.as_bytes().to_vec()).unwrap();
        match credential_in(&payload).unwrap() {
            Claimed::Credential(document) => assert_eq!(document.root().to_string(), expected),
            Claimed::Other(shape) => panic!("{shape:?}"),
        }
    }

    #[test]
    fn registered_claims_complete_a_vc_claim() {
        check(
            r#"{"iss":"did:x:1","jti":"urn:1","nbf":1704067200,"exp":1735689600,"sub":"did:x:2",
                "vc":{"type":"VerifiableCredential","credentialSubject":{"name":"Amy"}}}"#,
            r#"{"type":"VerifiableCredential","credentialSubject":{"name":"Amy","id":"did:x:2"},"id":"urn:1","issuer":"did:x:1","issuanceDate":"2024-01-01T00:00:00Z","expirationDate":"2025-01-01T00:00:00Z"}"#,
        );
    }

    #[test]
    fn what_the_vc_claim_states_itself_is_shown() {
        let vc = r#"{"type":"VerifiableCredential","issuer":{"id":"did:x:1","name":"Uni"},"id":"urn:own"}"#;
        check(&format!(r#"{{"iss":"did:x:1","jti":"urn:1","vc":{vc}}}"#), vc);
    }

    #[test]
    fn a_payload_that_is_a_credential_stands_as_it_is() {
        let json = r#"{"type":"VerifiableCredential","iss":"did:x:1","issuer":"did:x:1"}"#;
        check(json, json);
    }
}
