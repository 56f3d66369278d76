//! [did:key](https://w3c-ccg.github.io/did-key-spec/): the identifier is the key.

use super::Lookup;
use crate::controlled_identifier::JsonWebKey;
use crate::multikey::{Multikey, MultikeyError};
use crate::public_key::{KeyError, PublicKey};

/// The DID of an Ed25519 public key.
pub fn from_ed25519(key: [u8; 32]) -> String {
    format!("did:key:{}", Multikey::ed25519(key).encode())
}

/// The verification method of an Ed25519 public key's DID, as proofs name it.
pub fn verification_method(key: [u8; 32]) -> String {
    let text = Multikey::ed25519(key).encode();
    format!("did:key:{text}#{text}")
}

/// The key that a `did:key` is.
///
/// # Errors
/// [`MultikeyError`] when what follows `did:key:` is not a key that is recognised.
pub fn decode(did: &str) -> Result<Multikey, MultikeyError> {
    Multikey::decode(did.strip_prefix("did:key:").ok_or(MultikeyError::NotBase58Btc)?)
}

/// Looks for a method in the document that follows from the DID.
pub(crate) fn look_up(did: &str, method: &str) -> Lookup {
    let malformed = Lookup::Unusable(KeyError::Malformed);
    let Some(text) = did.strip_prefix("did:key:") else { return malformed };
    let Ok(key) = Multikey::decode(text) else { return malformed };
    match method.split_once('#') {
        Some((of, fragment)) if of == did && fragment == text => {}
        _ => return Lookup::NotListed,
    }
    PublicKey::from_multikey(&key).map_or_else(Lookup::Unusable, |key| Lookup::Key(JsonWebKey { key, algorithm: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DID: &str = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";

    #[track_caller]
    fn check(method: &str, expected: &Lookup) {
        assert_eq!(&look_up(method.split('#').next().unwrap(), method), expected);
    }

    #[test]
    fn the_identifier_is_the_key() {
        let key = decode(DID).unwrap().as_ed25519().unwrap();
        assert_eq!(from_ed25519(key), DID);
        let found = JsonWebKey { key: PublicKey::from_ed25519(&key).unwrap(), algorithm: None };
        check(&verification_method(key), &Lookup::Key(found));
    }

    #[test]
    fn another_fragment_is_not_listed() {
        let other = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi";
        check(&format!("{DID}#{other}"), &Lookup::NotListed);
        check(&format!("{DID}#key-1"), &Lookup::NotListed);
    }

    #[test]
    fn keys_of_other_kinds_are_named() {
        let koblitz = "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme";
        let unsupported = KeyError::Unsupported { kind: "secp256k1".to_owned() };
        check(&format!("did:key:{koblitz}#{koblitz}"), &Lookup::Unusable(unsupported));
        check("did:key:z6Mk#z6Mk", &Lookup::Unusable(KeyError::Malformed));
    }
}
