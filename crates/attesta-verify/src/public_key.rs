//! Public keys and the signatures that are checked with them.

use p256::ecdsa::signature::Verifier;
use thiserror::Error;

use crate::multikey::{KeyKind, Multikey};

/// A public key that signatures can be checked with, already found to be a point of its curve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// Ed25519, [RFC 8032](https://www.rfc-editor.org/rfc/rfc8032).
    Ed25519(ed25519_dalek::VerifyingKey),
    /// NIST P-256.
    P256(p256::ecdsa::VerifyingKey),
    /// NIST P-384.
    P384(p384::ecdsa::VerifyingKey),
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
        let read = match multikey.kind() {
            KeyKind::Ed25519 => {
                return bytes.try_into().map_err(|_| KeyError::Malformed).and_then(PublicKey::from_ed25519);
            }
            KeyKind::P256 => p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes).map(PublicKey::P256),
            KeyKind::P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(bytes).map(PublicKey::P384),
            other => return Err(KeyError::Unsupported { kind: other.as_str().to_owned() }),
        };
        read.map_err(|_| KeyError::Malformed)
    }

    /// The key of 32 bytes of Ed25519.
    ///
    /// # Errors
    /// [`KeyError::Malformed`] when they are not a point of the curve.
    pub fn from_ed25519(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        ed25519_dalek::VerifyingKey::from_bytes(bytes).map(PublicKey::Ed25519).map_err(|_| KeyError::Malformed)
    }

    /// What kind of key it is.
    pub fn kind(&self) -> KeyKind {
        match self {
            PublicKey::Ed25519(_) => KeyKind::Ed25519,
            PublicKey::P256(_) => KeyKind::P256,
            PublicKey::P384(_) => KeyKind::P384,
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
                key.verify_strict(message, &signature).map_err(|_| SignatureError)
            }
            (PublicKey::P256(key), SignatureAlgorithm::Es256) => {
                let signature = p256::ecdsa::Signature::from_slice(signature).map_err(refused)?;
                key.verify(message, &signature).map_err(refused)
            }
            (PublicKey::P384(key), SignatureAlgorithm::Es384) => {
                let signature = p384::ecdsa::Signature::from_slice(signature).map_err(refused)?;
                key.verify(message, &signature).map_err(refused)
            }
            _ => Err(SignatureError),
        }
    }
}
