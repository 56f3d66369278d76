//! The holder's key, which is also the holder's identifier: a `did:key`.

use std::fmt;

use ed25519_dalek::SigningKey;

/// An Ed25519 key pair whose public half is its [`did:key`](https://w3c-ccg.github.io/did-key-spec/).
/// The secret is overwritten when the key is dropped and never printed.
#[derive(Clone)]
pub struct HolderKey {
    signing_key: SigningKey,
    multikey: String,
}

impl HolderKey {
    /// The key that grows from a seed of 32 random bytes; the same seed gives the same key.
    pub fn from_seed(seed: &[u8; 32]) -> HolderKey {
        let signing_key = SigningKey::from_bytes(seed);
        let multikey = multikey(&signing_key);
        HolderKey { signing_key, multikey }
    }

    /// The holder's DID.
    pub fn did(&self) -> String {
        format!("did:key:{}", self.multikey)
    }

    /// The DID URL of the only verification method in the DID's document.
    pub fn verification_method(&self) -> String {
        format!("did:key:{0}#{0}", self.multikey)
    }

    /// The key pair, for [`sign_document`](crate::sign_document).
    pub fn signing_key(&self) -> &SigningKey {
        &self.signing_key
    }
}

impl fmt::Debug for HolderKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "HolderKey({})", self.did())
    }
}

/// The public key as [Multikey](https://www.w3.org/TR/cid-1.0/#Multikey) text: `z6Mk…`.
fn multikey(key: &SigningKey) -> String {
    const ED25519_PUB: [u8; 2] = [0xed, 0x01];
    let bytes = [&ED25519_PUB[..], key.verifying_key().as_bytes()].concat();
    format!("z{}", bs58::encode(bytes).into_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_did_that_its_public_key_spells() {
        // Test vector 1 of RFC 8032 section 7.1.
        let seed = [
            0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49,
            0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
        ];
        let key = HolderKey::from_seed(&seed);
        let did = "did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw";
        assert_eq!(key.did(), did);
        assert_eq!(key.verification_method(), format!("{did}#{}", &did["did:key:".len()..]));
    }

    #[test]
    fn a_printed_key_shows_its_did_and_no_secret() {
        let key = HolderKey::from_seed(&[0xA7; 32]);
        let printed = format!("{key:?} {key:#?}").to_lowercase();
        assert!(printed.contains(&key.did().to_lowercase()));
        assert!(!printed.contains("a7a7") && !printed.contains("167, 167"), "{printed}");
    }
}
