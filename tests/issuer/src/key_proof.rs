//! The proof of a wallet's key in a credential request,
//! [OpenID for Verifiable Credential Issuance 1.0 appendix F.1](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#name-jwt-proof-type).

use attesta_verify::did::key;
use attesta_verify::public_key::{PublicKey, SignatureAlgorithm};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// How far the wallet's clock may be from ours.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// Why a proof is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyProofError {
    /// It is not a proof of a key for this issuer.
    Proof(&'static str),
    /// It has no nonce, or one that is not open.
    Nonce,
}

/// A proof that holds: whose key, and the nonce that it used up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyProof {
    pub(crate) holder: String,
    pub(crate) nonce: String,
}

/// Checks all but that the nonce is open, which the caller knows.
pub(crate) fn check(token: &str, audience: &str, now: Timestamp) -> Result<KeyProof, KeyProofError> {
    use KeyProofError::Proof;
    let mut parts = token.split('.');
    let (Some(head), Some(claims), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Proof("the proof is no compact token"));
    };
    let signed = &token[..head.len() + 1 + claims.len()];
    let head = json(head).ok_or(Proof("the proof's header can't be read"))?;
    let claims = json(claims).ok_or(Proof("the proof's claims can't be read"))?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Proof("the proof's signature can't be read"))?;
    if head["typ"] != "openid4vci-proof+jwt" {
        return Err(Proof("the proof's typ is not openid4vci-proof+jwt"));
    }
    if head["alg"].as_str().and_then(SignatureAlgorithm::of) != Some(SignatureAlgorithm::EdDsa) {
        return Err(Proof("the proof's alg is not EdDSA"));
    }
    let bytes = key_of(&head).ok_or(Proof("the proof names no did:key and no Ed25519 jwk, or both"))?;
    let public = PublicKey::from_ed25519(&bytes).map_err(|_| Proof("the proof's key is none"))?;
    if public.verify(SignatureAlgorithm::EdDsa, signed.as_bytes(), &signature).is_err() {
        return Err(Proof("the proof's signature does not hold"));
    }
    if claims["aud"] != audience {
        return Err(Proof("the proof is meant for somebody else"));
    }
    if claims.get("iss").is_some() {
        return Err(Proof("an anonymous wallet names itself in iss"));
    }
    let made = claims["iat"].as_i64().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let made = made.ok_or(Proof("the proof does not say when it was made"))?;
    if now.duration_since(made).abs() > CLOCK_TOLERANCE {
        return Err(Proof("the proof was not made just now"));
    }
    let nonce = claims["nonce"].as_str().ok_or(KeyProofError::Nonce)?.to_owned();
    Ok(KeyProof { holder: key::from_ed25519(bytes), nonce })
}

fn json(part: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok().filter(Value::is_object)
}

/// The key that a header names: by `kid` or `jwk`, never both.
fn key_of(head: &Value) -> Option<[u8; 32]> {
    match (head.get("kid"), head.get("jwk")) {
        (Some(kid), None) => {
            let (did, fragment) = kid.as_str()?.split_once('#')?;
            let key = key::decode(did).ok()?;
            (key.encode() == fragment).then(|| key.as_ed25519())?
        }
        (None, Some(jwk)) => {
            if jwk["kty"] != "OKP" || jwk["crv"] != "Ed25519" || jwk.get("d").is_some() {
                return None;
            }
            URL_SAFE_NO_PAD.decode(jwk["x"].as_str()?).ok()?.try_into().ok()
        }
        _ => None,
    }
}
