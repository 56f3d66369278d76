//! Public keys as JSON Web Keys: [RFC 7517](https://www.rfc-editor.org/rfc/rfc7517),
//! [RFC 7518 section 6](https://www.rfc-editor.org/rfc/rfc7518#section-6),
//! [RFC 8037 section 2](https://www.rfc-editor.org/rfc/rfc8037#section-2).

use attesta_jsonld::Value;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::public_key::{KeyError, PublicKey};

/// The key of a JWK.
pub(crate) fn public_key(jwk: &Value<'_>) -> Result<PublicKey, KeyError> {
    let member = |name: &str| jwk.get(name).and_then(Value::as_str);
    let kind = member("kty").ok_or(KeyError::Malformed)?;
    // A document that publishes its secret key proves nothing.
    if jwk.get("d").is_some() {
        return Err(KeyError::Malformed);
    }
    let bytes = |name: &str| {
        let text = member(name).ok_or(KeyError::Malformed)?;
        URL_SAFE_NO_PAD.decode(text).map_err(|_| KeyError::Malformed)
    };
    // SEC 1 section 2.3.4: an uncompressed point.
    let point = || -> Result<Vec<u8>, KeyError> { Ok([vec![4], bytes("x")?, bytes("y")?].concat()) };
    match (kind, member("crv")) {
        ("OKP", Some("Ed25519")) => {
            let bytes: [u8; 32] = bytes("x")?.try_into().map_err(|_| KeyError::Malformed)?;
            PublicKey::from_ed25519(&bytes)
        }
        ("EC", Some("P-256")) => {
            p256::ecdsa::VerifyingKey::from_sec1_bytes(&point()?).map(PublicKey::P256).map_err(|_| KeyError::Malformed)
        }
        ("EC", Some("P-384")) => {
            p384::ecdsa::VerifyingKey::from_sec1_bytes(&point()?).map(PublicKey::P384).map_err(|_| KeyError::Malformed)
        }
        (kind, curve) => Err(KeyError::Unsupported { kind: crate::did::shorten(curve.unwrap_or(kind)) }),
    }
}
