//! Signatures of the suites before `proofValue`: a JSON Web Signature without its payload,
//! [RFC 7797](https://www.rfc-editor.org/rfc/rfc7797), whose payload are bytes as they are.

use attesta_jsonld::{Document, Value};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The header of every signature made by Ed25519Signature2018 here; others write its members in another order.
pub const ED25519_HEADER: &str = "eyJhbGciOiJFZERTQSIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19";

/// The longest text that is read: far above a header of three members and a signature.
const LONGEST_TEXT: usize = 1_000;

/// A signature over the header and a payload that stands elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DetachedJws {
    /// The header as it was signed, encoded.
    header: String,
    pub(crate) signature: Vec<u8>,
}

impl DetachedJws {
    /// Reads `header..signature`, where the header names `algorithm` and an unencoded payload, and nothing else that
    /// would have to be understood.
    pub(crate) fn read(text: &str, algorithm: &str) -> Option<Self> {
        if text.len() > LONGEST_TEXT {
            return None;
        }
        let (header, signature) = text.split_once("..")?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let members = Document::parse(URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
        let members = members.root();
        let is_named = members.get("alg").and_then(Value::as_str) == Some(algorithm);
        let is_unencoded = members.get("b64") == Some(&Value::Bool(false));
        let critical = members.get("crit").and_then(Value::as_array)?;
        let is_understood = matches!(critical, [only] if only.as_str() == Some("b64"));
        (is_named && is_unencoded && is_understood).then(|| DetachedJws { header: header.to_owned(), signature })
    }

    /// What is signed over a payload.
    pub(crate) fn signing_input(&self, payload: &[u8]) -> Vec<u8> {
        with_header(&self.header, payload)
    }
}

/// An encoded header, a full stop and the payload: [RFC 7797 section 3](https://www.rfc-editor.org/rfc/rfc7797#section-3).
pub(super) fn with_header(header: &str, payload: &[u8]) -> Vec<u8> {
    [header.as_bytes(), b".", payload].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, read: bool) {
        let text = format!("{}..{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode([7; 64]));
        let found = DetachedJws::read(&text, "EdDSA");
        assert_eq!(found.is_some(), read, "{header}");
        if let Some(found) = found {
            assert_eq!(found.signature, [7; 64]);
            let header = URL_SAFE_NO_PAD.encode(header);
            assert_eq!(found.signing_input(&[0, 255]), [header.as_bytes(), b".\x00\xff"].concat());
        }
    }

    #[test]
    fn the_members_of_the_header_come_in_any_order() {
        check(r#"{"alg":"EdDSA","b64":false,"crit":["b64"]}"#, true);
        check(r#"{"alg":"EdDSA","crit":["b64"],"b64":false}"#, true);
        assert!(DetachedJws::read(&format!("{ED25519_HEADER}..AAAA"), "EdDSA").is_some());
    }

    #[test]
    fn another_algorithm_or_payload_is_refused() {
        check(r#"{"alg":"none","b64":false,"crit":["b64"]}"#, false);
        check(r#"{"alg":"HS256","b64":false,"crit":["b64"]}"#, false);
        check(r#"{"alg":"EdDSA","b64":true,"crit":["b64"]}"#, false);
        check(r#"{"alg":"EdDSA","crit":["b64"]}"#, false);
        check(r#"{"alg":"EdDSA","b64":false}"#, false);
        check(r#"{"alg":"EdDSA","b64":false,"crit":["b64","exp"]}"#, false);
        check(r#"{"alg":"EdDSA","alg":"none","b64":false,"crit":["b64"]}"#, false);
        check("EdDSA", false);
    }

    #[test]
    fn a_signature_that_brings_its_payload_is_refused() {
        assert_eq!(DetachedJws::read(&format!("{ED25519_HEADER}.AAAA.AAAA"), "EdDSA"), None);
        assert_eq!(DetachedJws::read(&format!("{ED25519_HEADER}..AAAA="), "EdDSA"), None);
        assert_eq!(DetachedJws::read(&format!("{ED25519_HEADER}..{}", "A".repeat(1_000)), "EdDSA"), None);
    }
}
