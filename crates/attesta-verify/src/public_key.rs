//! Public keys and the signatures that are checked with them.

mod der;
mod ed25519;
mod encoded;
mod rsa;
#[cfg(test)]
mod tests;

use p256::ecdsa::signature::Verifier;
use thiserror::Error;

use crate::multikey::{KeyKind, Multikey};

use rsa::Hash;
pub use rsa::RsaPublicKey;

/// A public key that signatures can be checked with, already found to be a point of its curve, or a modulus of a length
/// that protects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// Ed25519, [RFC 8032](https://www.rfc-editor.org/rfc/rfc8032).
    Ed25519(ed25519_dalek::VerifyingKey),
    /// NIST P-256.
    P256(p256::ecdsa::VerifyingKey),
    /// NIST P-384.
    P384(p384::ecdsa::VerifyingKey),
    /// RSA, [RFC 8017](https://www.rfc-editor.org/rfc/rfc8017).
    Rsa(RsaPublicKey),
}

/// What a signature is made with: key, hash and encoding together, by the names of
/// [RFC 7518](https://www.rfc-editor.org/rfc/rfc7518#section-3.1) and [RFC 8037](https://www.rfc-editor.org/rfc/rfc8037).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignatureAlgorithm {
    /// Ed25519 over the message itself.
    EdDsa,
    /// ECDSA on P-256 over SHA-256, the signature as `r` and `s` of 32 bytes each.
    Es256,
    /// ECDSA on P-384 over SHA-384, the signature as `r` and `s` of 48 bytes each.
    Es384,
    /// RSASSA-PKCS1-v1_5 over SHA-256.
    Rs256,
    /// RSASSA-PKCS1-v1_5 over SHA-384.
    Rs384,
    /// RSASSA-PKCS1-v1_5 over SHA-512.
    Rs512,
    /// RSASSA-PSS over SHA-256, with a salt of 32 bytes.
    Ps256,
    /// RSASSA-PSS over SHA-384, with a salt of 48 bytes.
    Ps384,
    /// RSASSA-PSS over SHA-512, with a salt of 64 bytes.
    Ps512,
}

/// Why text or bytes are not a key that signatures can be checked with.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Not a point of its curve, or not in the form of its kind.
    #[error("not a public key of its kind")]
    Malformed,
    /// A kind of key that signatures are not checked with.
    #[error("a key of kind {kind}")]
    Unsupported {
        /// The kind, for messages.
        kind: String,
    },
    /// So short that others can find the secret key to it.
    #[error("a key of kind {kind}, which is too short")]
    Weak {
        /// The kind with its length, for messages.
        kind: String,
    },
    /// Its owner says that signatures are not to be checked with it.
    #[error("a key that is not for checking signatures")]
    NotForSignatures,
}

/// A signature that does not hold: over other bytes, by another key, of another algorithm or not a signature at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the signature does not hold")]
pub struct SignatureError;

impl PublicKey {
    /// The key that a multikey text names.
    ///
    /// # Errors
    /// [`KeyError`] when it is not a key that signatures can be checked with.
    pub fn from_multikey(multikey: &Multikey) -> Result<Self, KeyError> {
        let bytes = multikey.bytes();
        match multikey.kind() {
            KeyKind::Ed25519 => bytes.try_into().map_err(|_| KeyError::Malformed).and_then(PublicKey::from_ed25519),
            KeyKind::P256 => PublicKey::from_p256(bytes),
            KeyKind::P384 => PublicKey::from_p384(bytes),
            KeyKind::Rsa => encoded::pkcs1(bytes).map(PublicKey::Rsa),
            other => Err(KeyError::Unsupported { kind: other.as_str().to_owned() }),
        }
    }

    /// The key of 32 bytes of Ed25519.
    ///
    /// # Errors
    /// [`KeyError::Malformed`] when they are not a point of the curve.
    pub fn from_ed25519(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        ed25519::decode(bytes).map(PublicKey::Ed25519).map_err(|_| KeyError::Malformed)
    }

    /// The key of a point on P-256, compressed or not: SEC 1 section 2.3.4.
    ///
    /// # Errors
    /// [`KeyError::Malformed`] when the bytes are not a point of the curve.
    pub fn from_p256(point: &[u8]) -> Result<Self, KeyError> {
        p256::ecdsa::VerifyingKey::from_sec1_bytes(point).map(PublicKey::P256).map_err(|_| KeyError::Malformed)
    }

    /// The key of a point on P-384, compressed or not: SEC 1 section 2.3.4.
    ///
    /// # Errors
    /// [`KeyError::Malformed`] when the bytes are not a point of the curve.
    pub fn from_p384(point: &[u8]) -> Result<Self, KeyError> {
        p384::ecdsa::VerifyingKey::from_sec1_bytes(point).map(PublicKey::P384).map_err(|_| KeyError::Malformed)
    }

    /// The RSA key of a modulus and an exponent, big-endian numbers without leading zeros.
    ///
    /// # Errors
    /// [`KeyError`] when they are no RSA key, or one that is too short or too long.
    pub fn from_rsa(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        RsaPublicKey::new(modulus, exponent).map(PublicKey::Rsa)
    }

    /// The key in a `SubjectPublicKeyInfo`, [RFC 5280 section 4.1](https://www.rfc-editor.org/rfc/rfc5280#section-4.1).
    ///
    /// # Errors
    /// [`KeyError`] when it is not a key that signatures can be checked with.
    pub fn from_spki(der: &[u8]) -> Result<Self, KeyError> {
        encoded::spki(der)
    }

    /// The key in one PEM block, `PUBLIC KEY` or `RSA PUBLIC KEY`, such as the `publicKeyPem` of Open Badges 2.0.
    ///
    /// # Errors
    /// [`KeyError`] when it is not a key that signatures can be checked with.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        encoded::pem(text)
    }

    /// What kind of key it is.
    pub fn kind(&self) -> KeyKind {
        match self {
            PublicKey::Ed25519(_) => KeyKind::Ed25519,
            PublicKey::P256(_) => KeyKind::P256,
            PublicKey::P384(_) => KeyKind::P384,
            PublicKey::Rsa(_) => KeyKind::Rsa,
        }
    }

    /// Checks a signature over `message`. The algorithm is the caller's choice, never the signature's: a key of another
    /// kind holds for nothing.
    ///
    /// # Errors
    /// [`SignatureError`] when it does not hold.
    pub fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureError> {
        let refused = |_| SignatureError;
        match (self, algorithm) {
            (PublicKey::Ed25519(key), SignatureAlgorithm::EdDsa) => {
                let signature = ed25519_dalek::Signature::from_slice(signature).map_err(|_| SignatureError)?;
                ed25519::verify_strict(key, message, &signature).map_err(|_| SignatureError)
            }
            (PublicKey::P256(key), SignatureAlgorithm::Es256) => {
                let signature = p256::ecdsa::Signature::from_slice(signature).map_err(refused)?;
                key.verify(message, &signature).map_err(refused)
            }
            (PublicKey::P384(key), SignatureAlgorithm::Es384) => {
                let signature = p384::ecdsa::Signature::from_slice(signature).map_err(refused)?;
                key.verify(message, &signature).map_err(refused)
            }
            (PublicKey::Rsa(key), SignatureAlgorithm::Rs256) => key.verify_pkcs1(Hash::Sha256, message, signature),
            (PublicKey::Rsa(key), SignatureAlgorithm::Rs384) => key.verify_pkcs1(Hash::Sha384, message, signature),
            (PublicKey::Rsa(key), SignatureAlgorithm::Rs512) => key.verify_pkcs1(Hash::Sha512, message, signature),
            (PublicKey::Rsa(key), SignatureAlgorithm::Ps256) => key.verify_pss(Hash::Sha256, message, signature),
            (PublicKey::Rsa(key), SignatureAlgorithm::Ps384) => key.verify_pss(Hash::Sha384, message, signature),
            (PublicKey::Rsa(key), SignatureAlgorithm::Ps512) => key.verify_pss(Hash::Sha512, message, signature),
            _ => Err(SignatureError),
        }
    }
}

impl SignatureAlgorithm {
    /// Every algorithm, by its name.
    pub const ALL: [SignatureAlgorithm; 9] = [
        SignatureAlgorithm::EdDsa,
        SignatureAlgorithm::Es256,
        SignatureAlgorithm::Es384,
        SignatureAlgorithm::Rs256,
        SignatureAlgorithm::Rs384,
        SignatureAlgorithm::Rs512,
        SignatureAlgorithm::Ps256,
        SignatureAlgorithm::Ps384,
        SignatureAlgorithm::Ps512,
    ];

    /// The algorithm of this `alg`; none for those that are not checked: `none`, shared secrets and other curves.
    pub fn of(alg: &str) -> Option<Self> {
        // RFC 9864 names EdDSA on Ed25519 by its curve.
        let name = if alg == "Ed25519" { "EdDSA" } else { alg };
        SignatureAlgorithm::ALL.into_iter().find(|algorithm| algorithm.as_str() == name)
    }

    /// Its `alg`.
    pub fn as_str(self) -> &'static str {
        match self {
            SignatureAlgorithm::EdDsa => "EdDSA",
            SignatureAlgorithm::Es256 => "ES256",
            SignatureAlgorithm::Es384 => "ES384",
            SignatureAlgorithm::Rs256 => "RS256",
            SignatureAlgorithm::Rs384 => "RS384",
            SignatureAlgorithm::Rs512 => "RS512",
            SignatureAlgorithm::Ps256 => "PS256",
            SignatureAlgorithm::Ps384 => "PS384",
            SignatureAlgorithm::Ps512 => "PS512",
        }
    }

    /// The kind of key that its signatures are made with.
    pub fn key_kind(self) -> KeyKind {
        match self {
            SignatureAlgorithm::EdDsa => KeyKind::Ed25519,
            SignatureAlgorithm::Es256 => KeyKind::P256,
            SignatureAlgorithm::Es384 => KeyKind::P384,
            SignatureAlgorithm::Rs256
            | SignatureAlgorithm::Rs384
            | SignatureAlgorithm::Rs512
            | SignatureAlgorithm::Ps256
            | SignatureAlgorithm::Ps384
            | SignatureAlgorithm::Ps512 => KeyKind::Rsa,
        }
    }
}
