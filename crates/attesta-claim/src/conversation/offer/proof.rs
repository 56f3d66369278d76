//! The proof that the wallet holds its key, [OpenID4VCI 1.0 appendix F.1](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#appendix-F.1).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer as _;
use serde_json::{Map, Value, json};

use super::endpoint::Identifier;
use crate::claim::Holder;

/// How the proof names the key, and so what the credential is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyForm {
    /// By the wallet's own `did:key`.
    DidKey,
    /// By a `did:jwk` of the same key.
    DidJwk,
    /// As a bare JSON Web Key.
    Jwk,
}

/// A proof as one configuration wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ProofForm {
    /// `EdDSA`, or `Ed25519` where the issuer knows the newer name only.
    pub(super) algorithm: &'static str,
    /// How the key is named.
    pub(super) key: KeyForm,
}

impl ProofForm {
    /// What an issuer gets that wants a proof and does not say which.
    pub(super) const USUAL: ProofForm = ProofForm { algorithm: "EdDSA", key: KeyForm::DidKey };

    /// The signed proof. It names no `iss`, since the token was granted without a client identifier.
    pub(super) fn sign(self, holder: Holder<'_>, issuer: &Identifier, nonce: Option<&str>) -> String {
        let mut header = json!({"typ": "openid4vci-proof+jwt", "alg": self.algorithm});
        match self.key {
            KeyForm::DidKey => header["kid"] = holder.key.verification_method().into(),
            KeyForm::DidJwk => header["kid"] = format!("did:jwk:{}#0", encoded(&jwk(holder))).into(),
            KeyForm::Jwk => header["jwk"] = jwk(holder),
        }
        let mut claims = Map::new();
        claims.insert("aud".into(), issuer.text().into());
        claims.insert("iat".into(), holder.now.as_second().into());
        claims.extend(nonce.map(|nonce| ("nonce".to_owned(), nonce.into())));
        let signed = format!("{}.{}", encoded(&header), encoded(&Value::Object(claims)));
        let signature = holder.key.signing_key().sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }
}

/// The public key, [RFC 8037 section 2](https://www.rfc-editor.org/rfc/rfc8037#section-2).
fn jwk(holder: Holder<'_>) -> Value {
    let x = URL_SAFE_NO_PAD.encode(holder.key.signing_key().verifying_key().as_bytes());
    json!({"kty": "OKP", "crv": "Ed25519", "x": x})
}

fn encoded(json: &Value) -> String {
    URL_SAFE_NO_PAD.encode(json.to_string())
}

#[cfg(test)]
mod tests {
    use attesta_share::HolderKey;
    use ed25519_dalek::Verifier as _;

    use super::*;

    #[track_caller]
    fn check(form: ProofForm, nonce: Option<&str>, expected_header: Value, expected_claims: Value) {
        let key = HolderKey::from_seed(&[7; 32]);
        let holder = Holder { key: &key, now: "2026-11-22T10:00:00Z".parse().unwrap() };
        let issuer = Identifier::parse("https://issuer.example/a").unwrap();
        let token = form.sign(holder, &issuer, nonce);
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let part = |text: &str| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap();
        let (header, claims) = signed.split_once('.').unwrap();
        assert_eq!((part(header), part(claims)), (expected_header, expected_claims));
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap().as_slice().try_into().unwrap();
        key.signing_key().verifying_key().verify(signed.as_bytes(), &signature).unwrap();
    }

    #[test]
    fn a_proof_names_the_key_the_issuer_and_the_nonce_and_is_signed_by_the_key() {
        let key = HolderKey::from_seed(&[7; 32]);
        let x = URL_SAFE_NO_PAD.encode(key.signing_key().verifying_key().as_bytes());
        let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": x});
        let claims = json!({"aud": "https://issuer.example/a", "iat": 1_795_341_600, "nonce": "n"});
        check(
            ProofForm::USUAL,
            Some("n"),
            json!({"typ": "openid4vci-proof+jwt", "alg": "EdDSA", "kid": key.verification_method()}),
            claims.clone(),
        );
        check(
            ProofForm { algorithm: "Ed25519", key: KeyForm::Jwk },
            Some("n"),
            json!({"typ": "openid4vci-proof+jwt", "alg": "Ed25519", "jwk": jwk}),
            claims,
        );
        let kid = format!("did:jwk:{}#0", URL_SAFE_NO_PAD.encode(jwk.to_string()));
        check(
            ProofForm { algorithm: "EdDSA", key: KeyForm::DidJwk },
            None,
            json!({"typ": "openid4vci-proof+jwt", "alg": "EdDSA", "kid": kid}),
            json!({"aud": "https://issuer.example/a", "iat": 1_795_341_600}),
        );
    }
}
