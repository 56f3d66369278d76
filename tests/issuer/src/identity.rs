//! The schools' identifiers, keys and DID documents ([did:web](https://w3c-ccg.github.io/did-method-web/)).

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};

use crate::catalogue::School;

/// A school as this server runs it: its DID on this port, and its key.
pub(crate) struct Identity {
    pub(crate) did: String,
    pub(crate) key: SigningKey,
}

impl Identity {
    /// The identity of a school, its key derived from the server's seed.
    pub(crate) fn new(school: School, port: u16, seed: &[u8; 32]) -> Identity {
        let did = format!("did:web:localhost%3A{port}{}", school.path().replace('/', ":"));
        let mut own_seed = *seed;
        // Each school signs with a key of its own; the first byte keeps the two apart.
        own_seed[0] ^= school as u8;
        Identity { did, key: SigningKey::from_bytes(&own_seed) }
    }

    /// The URL of the one verification method.
    pub(crate) fn verification_method(&self) -> String {
        format!("{}#key-1", self.did)
    }

    /// The DID document with the key as a Multikey.
    pub(crate) fn document(&self) -> Value {
        let method = self.verification_method();
        json!({
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            "id": self.did,
            "verificationMethod": [{
                "id": method,
                "type": "Multikey",
                "controller": self.did,
                "publicKeyMultibase": multikey(&self.key),
            }],
            "assertionMethod": [method],
        })
    }
}

/// The public key as an Ed25519 [Multikey](https://www.w3.org/TR/cid-1.0/#Multikey).
fn multikey(key: &SigningKey) -> String {
    let bytes = [&[0xed, 0x01], key.verifying_key().as_bytes().as_slice()].concat();
    format!("z{}", bs58::encode(bytes).into_string())
}
