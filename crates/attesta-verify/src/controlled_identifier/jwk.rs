//! Ed25519 keys as JSON Web Keys: [RFC 8037 section 2](https://www.rfc-editor.org/rfc/rfc8037#section-2).

use attesta_jsonld::Value;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::RetrieveError;

/// The key of an `OKP` JWK on `Ed25519`.
pub(super) fn ed25519(jwk: &Value<'_>) -> Result<[u8; 32], RetrieveError> {
    let member = |name: &str| jwk.get(name).and_then(Value::as_str);
    let kind = member("kty").ok_or(RetrieveError::MalformedMethod)?;
    // A document that publishes its secret key proves nothing.
    if jwk.get("d").is_some() {
        return Err(RetrieveError::MalformedMethod);
    }
    match (kind, member("crv")) {
        ("OKP", Some("Ed25519")) => {
            let bytes = URL_SAFE_NO_PAD.decode(member("x").ok_or(RetrieveError::MalformedMethod)?);
            bytes.ok().and_then(|bytes| bytes.try_into().ok()).ok_or(RetrieveError::MalformedMethod)
        }
        (kind, curve) => {
            Err(RetrieveError::UnsupportedKeyType { key_type: crate::did::shorten(curve.unwrap_or(kind)) })
        }
    }
}
