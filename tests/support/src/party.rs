//! Who signs in the test cases: parties with fixed keys, so that every file comes out the same each time.

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};

/// An identifier with one key and the URL under which that key is named.
#[derive(Clone)]
pub struct Party {
    /// The identifier: a DID or an https URL.
    pub id: String,
    /// The URL of its verification method.
    pub method: String,
    /// The key.
    pub key: SigningKey,
}

impl Party {
    /// A party whose identifier is its key.
    pub fn did_key(seed: u8) -> Party {
        let key = SigningKey::from_bytes(&[seed; 32]);
        let multikey = multikey(&key);
        Party { id: format!("did:key:{multikey}"), method: format!("did:key:{multikey}#{multikey}"), key }
    }

    /// A party whose document lists its key as `#key-1`.
    pub fn listed(id: &str, seed: u8) -> Party {
        Party { id: id.to_owned(), method: format!("{id}#key-1"), key: SigningKey::from_bytes(&[seed; 32]) }
    }

    /// The same key under another verification method.
    pub fn with_method(&self, method: &str) -> Party {
        Party { method: method.to_owned(), ..self.clone() }
    }

    /// The same identifier and method, signing with another's key.
    pub fn with_key_of(&self, other: &Party) -> Party {
        Party { key: other.key.clone(), ..self.clone() }
    }

    /// The public key as a Multikey.
    pub fn multikey(&self) -> String {
        multikey(&self.key)
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
                "publicKeyMultibase": self.multikey(),
            }],
            "assertionMethod": [self.method],
        })
    }
}

/// The usual issuer: an institute that goes by its key.
pub fn institute() -> Party {
    Party::did_key(2)
}

/// An issuer on its own web domain; its document stands at [`COLLEGE_DOCUMENT`].
pub fn college() -> Party {
    Party::listed("did:web:college.example", 1)
}

/// Where the college's document stands.
pub const COLLEGE_DOCUMENT: &str = "https://college.example/.well-known/did.json";

/// Somebody else, with a key of their own.
pub fn stranger() -> Party {
    Party::did_key(9)
}

/// The learner that the credentials are about.
pub fn learner() -> Party {
    Party::did_key(5)
}

fn multikey(key: &SigningKey) -> String {
    let bytes = [&[0xed, 0x01], key.verifying_key().as_bytes().as_slice()].concat();
    format!("z{}", bs58::encode(bytes).into_string())
}
