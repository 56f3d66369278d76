//! Public keys as multibase text: [Multikey, CID 1.0 section 2.2.2](https://www.w3.org/TR/cid-1.0/#Multikey), which
//! is also what follows `did:key:`.

use thiserror::Error;

use crate::base58;

/// The longest text that is decoded: twice what an RSA-8192 key takes. Base58 costs quadratic time.
const LONGEST_TEXT: usize = 3_000;

/// The kinds of public key that are recognised; Ed25519 is the one that signatures are checked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// Ed25519, 32 bytes.
    Ed25519,
    /// X25519, for key agreement, 32 bytes.
    X25519,
    /// secp256k1, compressed.
    Secp256k1,
    /// BLS12-381 in G1.
    Bls12381G1,
    /// BLS12-381 in G2.
    Bls12381G2,
    /// BLS12-381 in G1 and G2, one after the other.
    Bls12381G1G2,
    /// NIST P-256, compressed.
    P256,
    /// NIST P-384, compressed.
    P384,
    /// NIST P-521, compressed.
    P521,
    /// An RSA public key in DER.
    Rsa,
}

/// A public key and its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multikey {
    kind: KeyKind,
    bytes: Vec<u8>,
}

/// Why a text is not a public key that is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MultikeyError {
    /// It does not begin with `z`, the multibase letter of base58btc.
    #[error("not multibase base58btc")]
    NotBase58Btc,
    /// Longer than any key.
    #[error("longer than any key")]
    TooLong,
    /// Its multicodec prefix is not one of a public key that is recognised.
    #[error("not a key type that is recognised")]
    UnknownKeyType,
    /// The key has not the length of its kind.
    #[error("the key has the wrong length")]
    WrongLength,
}

/// The kind, its multicodec prefix as a varint, and the key's length (0: any).
const KINDS: [(KeyKind, [u8; 2], usize); 10] = [
    (KeyKind::Ed25519, [0xed, 0x01], 32),
    (KeyKind::X25519, [0xec, 0x01], 32),
    (KeyKind::Secp256k1, [0xe7, 0x01], 33),
    (KeyKind::Bls12381G1, [0xea, 0x01], 48),
    (KeyKind::Bls12381G2, [0xeb, 0x01], 96),
    (KeyKind::Bls12381G1G2, [0xee, 0x01], 144),
    (KeyKind::P256, [0x80, 0x24], 33),
    (KeyKind::P384, [0x81, 0x24], 49),
    (KeyKind::P521, [0x82, 0x24], 67),
    (KeyKind::Rsa, [0x85, 0x24], 0),
];

impl Multikey {
    /// The key of an Ed25519 key pair.
    pub fn ed25519(bytes: [u8; 32]) -> Self {
        Multikey { kind: KeyKind::Ed25519, bytes: bytes.to_vec() }
    }

    /// A key of this kind from its bytes.
    pub(crate) fn new(kind: KeyKind, bytes: Vec<u8>) -> Self {
        Multikey { kind, bytes }
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// [`MultikeyError`] when it is not base58btc, or not a public key of a kind that is recognised.
    pub fn decode(text: &str) -> Result<Self, MultikeyError> {
        let decoded = decode_base58btc(text)?;
        let (prefix, bytes) = decoded.split_first_chunk::<2>().ok_or(MultikeyError::UnknownKeyType)?;
        let known = KINDS.iter().find(|(_, codec, _)| codec == prefix);
        let (kind, _, length) = known.ok_or(MultikeyError::UnknownKeyType)?;
        if bytes.is_empty() || (*length != 0 && bytes.len() != *length) {
            return Err(MultikeyError::WrongLength);
        }
        Ok(Multikey { kind: *kind, bytes: bytes.to_vec() })
    }

    /// The text form: `z` and base58btc of prefix and key.
    pub fn encode(&self) -> String {
        let prefix = KINDS.iter().find(|(kind, ..)| *kind == self.kind).map_or([0; 2], |(_, codec, _)| *codec);
        let mut bytes = prefix.to_vec();
        bytes.extend_from_slice(&self.bytes);
        format!("z{}", bs58::encode(bytes).into_string())
    }

    /// What kind of key it is.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The key itself, without prefix.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The 32 bytes of an Ed25519 key, if it is one.
    pub fn as_ed25519(&self) -> Option<[u8; 32]> {
        (self.kind == KeyKind::Ed25519).then(|| self.bytes.as_slice().try_into().ok())?
    }
}

impl KeyKind {
    /// The name for messages.
    pub fn as_str(self) -> &'static str {
        match self {
            KeyKind::Ed25519 => "Ed25519",
            KeyKind::X25519 => "X25519",
            KeyKind::Secp256k1 => "secp256k1",
            KeyKind::Bls12381G1 => "BLS12-381 G1",
            KeyKind::Bls12381G2 => "BLS12-381 G2",
            KeyKind::Bls12381G1G2 => "BLS12-381",
            KeyKind::P256 => "P-256",
            KeyKind::P384 => "P-384",
            KeyKind::P521 => "P-521",
            KeyKind::Rsa => "RSA",
        }
    }
}

/// Decodes multibase `z` text, of a key or of a signature.
pub(crate) fn decode_base58btc(text: &str) -> Result<Vec<u8>, MultikeyError> {
    let digits = text.strip_prefix('z').ok_or(MultikeyError::NotBase58Btc)?;
    if digits.len() > LONGEST_TEXT {
        return Err(MultikeyError::TooLong);
    }
    base58::decode(digits).ok_or(MultikeyError::NotBase58Btc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<KeyKind, MultikeyError>) {
        let read = Multikey::decode(text);
        assert_eq!(read.as_ref().map(Multikey::kind).map_err(|error| *error), expected);
        if let Ok(key) = read {
            assert_eq!(key.encode(), text);
        }
    }

    #[test]
    fn keys_are_read_and_written_alike() {
        check("z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", Ok(KeyKind::Ed25519));
        check("z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F", Ok(KeyKind::X25519));
        check("zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv", Ok(KeyKind::P256));
        check("zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", Ok(KeyKind::Secp256k1));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        check("", Err(MultikeyError::NotBase58Btc));
        check("u7QGj", Err(MultikeyError::NotBase58Btc));
        check("z0OIl", Err(MultikeyError::NotBase58Btc));
        check("z", Err(MultikeyError::UnknownKeyType));
        check("z6Mk", Err(MultikeyError::UnknownKeyType));
        check(&format!("z{}", "2".repeat(LONGEST_TEXT + 1)), Err(MultikeyError::TooLong));
        let short = Multikey { kind: KeyKind::Ed25519, bytes: vec![7; 31] }.encode();
        check(&short, Err(MultikeyError::WrongLength));
        let long = Multikey { kind: KeyKind::Ed25519, bytes: vec![7; 33] }.encode();
        check(&long, Err(MultikeyError::WrongLength));
    }
}
