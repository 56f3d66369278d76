//! The compact serialization of a JSON Web Signature.

use std::fmt;

use attesta_jsonld::{Document, Limits, ParseError, Value};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use thiserror::Error;

use crate::limits::INPUT_BYTES;

/// The longest header in bytes of its base64url: certificate chains make real ones a few KiB long.
const LONGEST_HEADER: usize = 64 << 10;

/// A compact JWS taken apart: header, payload and signature. Nothing about it is verified.
#[derive(Clone)]
pub struct CompactJws {
    token: String,
    header: Document,
    payload: Document,
    signing_input_end: usize,
    signature: Vec<u8>,
}

/// Why a text is not a compact JWS with JSON in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JwsError {
    /// Not three parts of base64url without padding.
    #[error("not three parts of base64url")]
    Form,
    /// The header is not a JSON object.
    #[error("the header is not a JSON object")]
    Header,
    /// The payload is not JSON that is read.
    #[error("the payload is not JSON: {0}")]
    Payload(ParseError),
}

impl CompactJws {
    /// Takes a token apart; white space around it is ignored.
    ///
    /// # Errors
    /// [`JwsError`] when it is not a compact JWS whose header and payload are JSON.
    pub fn parse(text: &str) -> Result<Self, JwsError> {
        let token = text.trim();
        let mut parts = token.split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(JwsError::Form);
        };
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| JwsError::Form);
        let limits = Limits { bytes: INPUT_BYTES, ..Limits::default() };
        if header.len() > LONGEST_HEADER {
            return Err(JwsError::Header);
        }
        let read = Document::parse_within(decode(header)?, limits).map_err(|_| JwsError::Header)?;
        read.root().as_object().ok_or(JwsError::Header)?;
        Ok(CompactJws {
            header: read,
            payload: Document::parse_within(decode(payload)?, limits).map_err(JwsError::Payload)?,
            signing_input_end: header.len() + 1 + payload.len(),
            signature: decode(signature)?,
            token: token.to_owned(),
        })
    }

    /// The token without white space around it.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The protected header, an object.
    pub fn header(&self) -> &Value<'_> {
        self.header.root()
    }

    /// The payload as it was signed.
    pub fn payload(&self) -> &Document {
        &self.payload
    }

    /// A member of the header, where it is a string.
    pub fn header_text(&self, member: &str) -> Option<&str> {
        self.header().get(member).and_then(Value::as_str)
    }

    /// What the signature is made over: `header.payload` as written.
    pub fn signing_input(&self) -> &[u8] {
        &self.token.as_bytes()[..self.signing_input_end]
    }

    /// The signature.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }
}

impl fmt::Debug for CompactJws {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Contents never reach a log line.
        write!(out, "CompactJws({} bytes)", self.token.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(header: &str, payload: &str) -> String {
        format!("{}.{}.c2ln", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload))
    }

    #[test]
    fn a_token_is_taken_apart_and_its_signed_part_kept_as_written() {
        let text = token(r#"{"alg":"ES256"}"#, r#"{"a": 1}"#);
        let jws = CompactJws::parse(&format!(" {text}\n")).unwrap();
        assert_eq!(jws.token(), text);
        assert_eq!(jws.header_text("alg"), Some("ES256"));
        assert_eq!(jws.payload().bytes(), br#"{"a": 1}"#);
        assert_eq!(jws.signing_input(), text.rsplit_once('.').unwrap().0.as_bytes());
        assert_eq!(jws.signature(), b"sig");
    }

    #[track_caller]
    fn check(text: &str, expected: JwsError) {
        assert_eq!(CompactJws::parse(text).unwrap_err(), expected);
    }

    #[test]
    fn what_is_no_token_is_told_apart() {
        check("", JwsError::Form);
        check("a.b", JwsError::Form);
        check("e30.e30.e30.e30", JwsError::Form);
        check("e30=.e30.", JwsError::Form);
        check(&token("7", "{}"), JwsError::Header);
        check(&token(&format!(r#"{{"a":"{}"}}"#, "a".repeat(LONGEST_HEADER)), "{}"), JwsError::Header);
        check(&token(r#"{"alg":"a","alg":"b"}"#, "{}"), JwsError::Header);
        assert!(matches!(CompactJws::parse(&token("{}", "{")), Err(JwsError::Payload(_))));
    }
}
