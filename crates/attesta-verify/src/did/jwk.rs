//! [did:jwk](https://github.com/quartzjer/did-jwk/blob/main/spec.md): the identifier is the key as a JSON Web Key.

use attesta_jsonld::{Document, Limits};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Lookup;
use crate::controlled_identifier::JsonWebKey;
use crate::public_key::KeyError;

/// The longest JWK in bytes that is read: several times what a key of 8192 bits takes.
const LONGEST_JWK: usize = 8 << 10;

/// The fragment of the only method that the document of such a DID lists.
const FRAGMENT: &str = "0";

/// The key that a `did:jwk` is.
///
/// # Errors
/// [`KeyError`] when what follows `did:jwk:` is not a public key that signatures can be checked with.
pub fn decode(did: &str) -> Result<JsonWebKey, KeyError> {
    let encoded = did.strip_prefix("did:jwk:").ok_or(KeyError::Malformed)?;
    if encoded.len() > LONGEST_JWK {
        return Err(KeyError::Malformed);
    }
    let json = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| KeyError::Malformed)?;
    let document = Document::parse_within(json, Limits { bytes: LONGEST_JWK, ..Limits::default() });
    JsonWebKey::read(document.map_err(|_| KeyError::Malformed)?.root())
}

/// Looks for a method in the document that follows from the DID.
pub(crate) fn look_up(did: &str, method: &str) -> Lookup {
    match method.split_once('#') {
        Some((of, FRAGMENT)) if of == did => decode(did).map_or_else(Lookup::Unusable, Lookup::Key),
        _ => Lookup::NotListed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JWK: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik"}"#;

    fn did(jwk: &str) -> String {
        format!("did:jwk:{}", URL_SAFE_NO_PAD.encode(jwk))
    }

    #[test]
    fn the_identifier_is_the_key_and_its_method_is_named_0() {
        let did = did(JWK);
        let key = decode(&did).unwrap();
        assert_eq!(look_up(&did, &format!("{did}#0")), Lookup::Key(key));
        for fragment in ["#1", "#", "#00", ""] {
            assert_eq!(look_up(&did, &format!("{did}{fragment}")), Lookup::NotListed, "{fragment}");
        }
    }

    #[test]
    fn what_is_no_public_key_is_refused() {
        let secret = JWK.replace('}', r#","d":"O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik"}"#);
        for bad in ["did:jwk:", "did:jwk:e30", "did:jwk:e30=", "did:key:z6Mk", &did(&secret), &did(&" ".repeat(9_000))]
        {
            assert_eq!(decode(bad), Err(KeyError::Malformed), "{bad}");
        }
        let encrypting = JWK.replace('}', r#","use":"enc"}"#);
        assert_eq!(decode(&did(&encrypting)), Err(KeyError::NotForSignatures));
        let kind = "secp256k1".to_owned();
        assert_eq!(decode(&did(r#"{"kty":"EC","crv":"secp256k1"}"#)), Err(KeyError::Unsupported { kind }));
    }
}
