//! Parties with a key on a NIST curve.

use attesta_jsonld::HashAlgorithm;
use p256::ecdsa::signature::Signer;
use serde_json::{Value, json};

use crate::party::Party;
use crate::signing::Signs;

/// An identifier with one key on a NIST curve.
#[derive(Clone)]
pub struct EcdsaParty {
    /// The identifier: a DID or an https URL.
    pub id: String,
    /// The URL of its verification method.
    pub method: String,
    /// The key.
    pub key: EcdsaKey,
}

/// A key on one of the curves. Signatures are deterministic (RFC 6979), so every file comes out the same each time.
#[derive(Clone)]
pub enum EcdsaKey {
    /// On P-256.
    P256(p256::ecdsa::SigningKey),
    /// On P-384.
    P384(p384::ecdsa::SigningKey),
}

impl EcdsaKey {
    /// The key on P-256 with this byte, which may not be 0, in every place.
    pub fn p256(seed: u8) -> EcdsaKey {
        EcdsaKey::P256(p256::ecdsa::SigningKey::from_slice(&[seed; 32]).expect("it is less than the group's order"))
    }

    /// The key on P-384 with this byte, which may not be 0, in every place.
    pub fn p384(seed: u8) -> EcdsaKey {
        EcdsaKey::P384(p384::ecdsa::SigningKey::from_slice(&[seed; 48]).expect("it is less than the group's order"))
    }

    /// The public key, as a multikey has it: two bytes of prefix and the compressed point.
    pub fn public_bytes(&self) -> Vec<u8> {
        match self {
            EcdsaKey::P256(key) => [&[0x80, 0x24], key.verifying_key().to_sec1_point(true).as_bytes()].concat(),
            EcdsaKey::P384(key) => [&[0x81, 0x24], key.verifying_key().to_sec1_point(true).as_bytes()].concat(),
        }
    }

    /// The public key as a multikey.
    pub fn multikey(&self) -> String {
        format!("z{}", bs58::encode(self.public_bytes()).into_string())
    }

    /// The signature: `r` and `s`, one after the other.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            EcdsaKey::P256(key) => Signer::<p256::ecdsa::Signature>::sign(key, message).to_bytes().to_vec(),
            EcdsaKey::P384(key) => Signer::<p384::ecdsa::Signature>::sign(key, message).to_bytes().to_vec(),
        }
    }
}

impl EcdsaParty {
    /// A party whose identifier is its key.
    pub fn did_key(key: EcdsaKey) -> EcdsaParty {
        let multikey = key.multikey();
        EcdsaParty { id: format!("did:key:{multikey}"), method: format!("did:key:{multikey}#{multikey}"), key }
    }

    /// The document as this party issues it.
    pub fn issues(&self, document: fn(&Party) -> Value) -> Value {
        document(&Party { id: self.id.clone(), method: self.method.clone(), ..Party::did_key(1) })
    }

    /// The controlled identifier document that lists the key for assertions.
    pub fn document(&self) -> Value {
        json!({
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            "id": self.id,
            "verificationMethod": [{
                "id": self.method,
                "type": "Multikey",
                "controller": self.id,
                "publicKeyMultibase": self.key.multikey(),
            }],
            "assertionMethod": [self.method],
        })
    }
}

impl Signs for EcdsaParty {
    fn method(&self) -> &str {
        &self.method
    }

    fn hash(&self) -> HashAlgorithm {
        match self.key {
            EcdsaKey::P256(_) => HashAlgorithm::Sha256,
            EcdsaKey::P384(_) => HashAlgorithm::Sha384,
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.key.sign(message)
    }
}
