//! Public keys as JSON Web Keys: [RFC 7517](https://www.rfc-editor.org/rfc/rfc7517),
//! [RFC 7518 section 6](https://www.rfc-editor.org/rfc/rfc7518#section-6),
//! [RFC 8037 section 2](https://www.rfc-editor.org/rfc/rfc8037#section-2).

use attesta_jsonld::Value;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::public_key::{KeyError, PublicKey, SignatureAlgorithm};

/// A public key, and what its owner wants it used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonWebKey {
    /// The key.
    pub key: PublicKey,
    /// The only algorithm to be used with it, where it names one.
    pub algorithm: Option<SignatureAlgorithm>,
}

/// The members of secret keys, RFC 7518 sections 6.2.2, 6.3.2 and 6.4.
const SECRET: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

impl JsonWebKey {
    /// Reads a JWK with which signatures may be checked.
    ///
    /// # Errors
    /// [`KeyError`] when it is not a public key, publishes its secret, or is for something else.
    pub fn read(jwk: &Value<'_>) -> Result<Self, KeyError> {
        let jwk = jwk.as_object().ok_or(KeyError::Malformed)?;
        // A document that publishes its secret key proves nothing.
        if SECRET.iter().any(|member| jwk.get(member).is_some()) {
            return Err(KeyError::Malformed);
        }
        let text = |member: &str| match jwk.get(member) {
            None => Ok(None),
            Some(value) => value.as_str().map(Some).ok_or(KeyError::Malformed),
        };
        let bytes = |member: &str| {
            let text = text(member)?.ok_or(KeyError::Malformed)?;
            URL_SAFE_NO_PAD.decode(text).map_err(|_| KeyError::Malformed)
        };
        // SEC 1 section 2.3.4: an uncompressed point. Each half is as long as the curve's numbers, zeros and all.
        let point = |length: usize| {
            let (x, y) = (bytes("x")?, bytes("y")?);
            if x.len() != length || y.len() != length {
                return Err(KeyError::Malformed);
            }
            Ok([vec![4], x, y].concat())
        };
        let kind = text("kty")?.ok_or(KeyError::Malformed)?;
        let key = match (kind, text("crv")?) {
            ("OKP", Some("Ed25519")) => {
                PublicKey::from_ed25519(bytes("x")?.as_slice().try_into().map_err(|_| KeyError::Malformed)?)?
            }
            ("EC", Some("P-256")) => PublicKey::from_p256(&point(32)?)?,
            ("EC", Some("P-384")) => PublicKey::from_p384(&point(48)?)?,
            ("RSA", _) => PublicKey::from_rsa(&bytes("n")?, &bytes("e")?)?,
            ("OKP" | "EC", None) => return Err(KeyError::Malformed),
            (kind, curve) => return Err(KeyError::Unsupported { kind: crate::did::shorten(curve.unwrap_or(kind)) }),
        };
        if text("use")?.is_some_and(|purpose| purpose != "sig") {
            return Err(KeyError::NotForSignatures);
        }
        if let Some(operations) = jwk.get("key_ops") {
            let Value::Array(operations) = operations else { return Err(KeyError::Malformed) };
            if !operations.iter().any(|operation| operation.as_str() == Some("verify")) {
                return Err(KeyError::NotForSignatures);
            }
        }
        let algorithm = match text("alg")? {
            None => None,
            Some(alg) => match SignatureAlgorithm::of(alg) {
                Some(algorithm) if algorithm.key_kind() == key.kind() => Some(algorithm),
                _ => return Err(KeyError::NotForSignatures),
            },
        };
        Ok(JsonWebKey { key, algorithm })
    }

    /// Its thumbprint as a URI, [RFC 9278](https://www.rfc-editor.org/rfc/rfc9278): the name of a key that goes by none.
    pub fn thumbprint(key: &PublicKey) -> String {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let curve = |name: &str, point: &[u8]| {
            let (x, y) = point[1..].split_at(point.len() / 2);
            format!(r#"{{"crv":"{name}","kty":"EC","x":"{}","y":"{}"}}"#, text(x), text(y))
        };
        // RFC 7638 section 3: the members that make the key, in the order of their names.
        let members = match key {
            PublicKey::Ed25519(key) => {
                format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, text(key.as_bytes()))
            }
            PublicKey::P256(key) => curve("P-256", key.to_sec1_point(false).as_bytes()),
            PublicKey::P384(key) => curve("P-384", key.to_sec1_point(false).as_bytes()),
            PublicKey::Rsa(key) => {
                let (modulus, exponent) = key.components();
                format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, text(&exponent), text(&modulus))
            }
        };
        format!("urn:ietf:params:oauth:jwk-thumbprint:sha-256:{}", text(&Sha256::digest(members)))
    }

    /// Whether signatures of this algorithm may be checked with it.
    pub fn allows(&self, algorithm: SignatureAlgorithm) -> bool {
        self.algorithm.is_none_or(|only| only == algorithm) && algorithm.key_kind() == self.key.kind()
    }
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::Document;

    use super::*;

    const X: &str = "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik";

    fn read(jwk: &str) -> Result<JsonWebKey, KeyError> {
        JsonWebKey::read(Document::parse(jwk.as_bytes().to_vec()).unwrap().root())
    }

    #[track_caller]
    fn check(more: &str, expected: Result<Option<SignatureAlgorithm>, KeyError>) {
        let found = read(&format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{X}"{more}}}"#));
        assert_eq!(found.map(|jwk| jwk.algorithm), expected, "{more}");
    }

    #[test]
    fn what_the_owner_says_of_a_key_holds() {
        check("", Ok(None));
        check(r#","use":"sig","key_ops":["verify"],"alg":"EdDSA","kid":"1""#, Ok(Some(SignatureAlgorithm::EdDsa)));
        check(r#","alg":"Ed25519""#, Ok(Some(SignatureAlgorithm::EdDsa)));
        for other in [r#","use":"enc""#, r#","key_ops":["sign"]"#, r#","alg":"ES256""#, r#","alg":"ECDH-ES""#] {
            check(other, Err(KeyError::NotForSignatures));
        }
        for odd in [r#","use":7"#, r#","key_ops":"verify""#, r#","alg":null"#] {
            check(odd, Err(KeyError::Malformed));
        }
    }

    #[test]
    fn the_thumbprint_is_that_of_rfc_7638() {
        let n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
        let key = read(&format!(r#"{{"kty":"RSA","n":"{n}","e":"AQAB","alg":"RS256","kid":"2011-04-29"}}"#)).unwrap();
        let expected = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
        assert_eq!(JsonWebKey::thumbprint(&key.key), expected);
    }

    #[test]
    fn a_key_that_publishes_its_secret_is_refused() {
        for member in SECRET {
            check(&format!(r#","{member}":"{X}""#), Err(KeyError::Malformed));
        }
    }

    #[test]
    fn keys_are_read_to_the_letter() {
        let malformed = [
            r#"{"crv":"Ed25519"}"#.to_owned(),
            r#"{"kty":"OKP"}"#.to_owned(),
            "7".to_owned(),
            format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{X}="}}"#),
            format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, &X[1..]),
            format!(r#"{{"kty":"EC","crv":"P-256","x":"{X}","y":"{X}"}}"#),
            format!(r#"{{"kty":"EC","crv":"P-256","x":"{X}"}}"#),
            r#"{"kty":"RSA","n":"","e":"AQAB"}"#.to_owned(),
        ];
        for jwk in malformed {
            assert_eq!(read(&jwk), Err(KeyError::Malformed), "{jwk}");
        }
        let kind = |kind: &str| Err(KeyError::Unsupported { kind: kind.to_owned() });
        assert_eq!(read(r#"{"kty":"oct"}"#), kind("oct"));
        assert_eq!(read(r#"{"kty":"EC","crv":"secp256k1"}"#), kind("secp256k1"));
        assert_eq!(read(r#"{"kty":"OKP","crv":"Ed448"}"#), kind("Ed448"));
        let short = format!(r#"{{"kty":"RSA","n":"{}","e":"AQAB"}}"#, URL_SAFE_NO_PAD.encode([0xff; 128]));
        assert_eq!(read(&short), Err(KeyError::Weak { kind: "RSA-1024".to_owned() }));
        let padded = [vec![0], vec![0xff; 256]].concat();
        let padded = format!(r#"{{"kty":"RSA","n":"{}","e":"AQAB"}}"#, URL_SAFE_NO_PAD.encode(padded));
        assert_eq!(read(&padded), Err(KeyError::Malformed));
    }
}
