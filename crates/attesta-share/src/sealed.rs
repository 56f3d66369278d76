//! A presentation that opens with a passphrase: compressed, then encrypted.
//!
//! [Argon2id](https://www.rfc-editor.org/rfc/rfc9106) makes the key, XChaCha20-Poly1305
//! ([draft-irtf-cfrg-xchacha](https://datatracker.ietf.org/doc/html/draft-irtf-cfrg-xchacha-03)) seals.

use std::fmt;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::encoding::{PayloadEncoding, Secrecy};
use crate::passphrase::{Passphrase, PassphraseError};
use crate::payload::{FormatVersion, PayloadError, header, sealed_text};

const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;

/// How many random bytes a sealing takes: the salt, then the nonce.
pub const SEAL_RANDOM_BYTES: usize = SALT_BYTES + NONCE_BYTES;

/// Memory, in KiB: what a browser's page and a telephone can spare. Fixed by the format and never read from a link,
/// so that no link can ask for more.
const MEMORY_KIB: u32 = 64 * 1024;

/// How many times the memory is gone through.
const PASSES: u32 = 3;

/// One after the other: WebAssembly has no threads by default.
const LANES: u32 = 1;

/// A presentation that opens with a passphrase.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedPayload {
    version: FormatVersion,
    /// Salt, nonce, ciphertext and tag.
    body: Vec<u8>,
}

/// Why a sealed presentation does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UnsealError {
    /// No passphrase was given.
    #[error("a passphrase is needed")]
    PassphraseNeeded,
    /// It is another passphrase, or somebody has forged the whole; damage on the way was ruled out before.
    #[error("the passphrase does not open this")]
    WrongPassphrase,
    /// What was sealed is not a compressed presentation.
    #[error("what was sealed is cut or altered")]
    Damaged,
    /// What was sealed expands beyond the limit.
    #[error("the presentation expands to more than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// This machine lacks the memory that making the key takes.
    #[error("there is not enough memory: {bytes} bytes are needed")]
    OutOfMemory {
        /// How much is needed, in bytes.
        bytes: usize,
    },
}

impl UnsealError {
    /// A stable code that leads to the words for people.
    pub fn code(self) -> &'static str {
        match self {
            UnsealError::PassphraseNeeded => "passphrase_needed",
            UnsealError::WrongPassphrase => "passphrase_wrong",
            UnsealError::Damaged => "share_link_damaged",
            UnsealError::TooLarge { .. } => "too_large",
            UnsealError::OutOfMemory { .. } => "out_of_memory",
        }
    }
}

impl SealedPayload {
    /// Seals a presentation. `randomness` must be new for each sealing: 16 bytes of salt, then 24 of nonce.
    ///
    /// Takes about as long as opening it: some tenths of a second and 64 MiB.
    pub fn seal(presentation: &[u8], passphrase: &Passphrase, randomness: &[u8; SEAL_RANDOM_BYTES]) -> SealedPayload {
        let (version, compressed) = FormatVersion::compress(presentation);
        let key = derive(passphrase, &randomness[..SALT_BYTES], blocks());
        let sealed = cipher(&key)
            .encrypt(
                &nonce(&randomness[SALT_BYTES..]),
                Payload { msg: &compressed, aad: &header(version, Secrecy::Sealed) },
            )
            .expect("XChaCha20-Poly1305 takes far longer messages than memory holds");
        SealedPayload { version, body: [&randomness[..], &sealed].concat() }
    }

    /// Reads what stands behind the checksum; `None` where it is too short to be sealed.
    pub(crate) fn from_body(version: FormatVersion, body: &[u8]) -> Option<SealedPayload> {
        (body.len() >= SEAL_RANDOM_BYTES + TAG_BYTES).then(|| SealedPayload { version, body: body.to_vec() })
    }

    /// What stands behind the `#` of a link.
    pub fn to_text(&self, encoding: PayloadEncoding) -> String {
        sealed_text(self.version, &self.body, encoding)
    }

    /// The presentation, to the byte.
    ///
    /// # Errors
    /// [`UnsealError`]; nothing of it is given out unless all of it is genuine.
    pub fn unseal(&self, passphrase: &str) -> Result<Vec<u8>, UnsealError> {
        let passphrase = Passphrase::typed(passphrase).map_err(|error| match error {
            PassphraseError::Empty => UnsealError::PassphraseNeeded,
            _ => UnsealError::WrongPassphrase,
        })?;
        let (salt, rest) = self.body.split_at(SALT_BYTES);
        let (nonce_bytes, sealed) = rest.split_at(NONCE_BYTES);
        let mut memory = Vec::new();
        memory
            .try_reserve_exact(params().block_count())
            .map_err(|_| UnsealError::OutOfMemory { bytes: MEMORY_KIB as usize * 1024 })?;
        memory.resize(params().block_count(), Block::default());
        let key = derive(&passphrase, salt, memory);
        let compressed = cipher(&key)
            .decrypt(&nonce(nonce_bytes), Payload { msg: sealed, aad: &header(self.version, Secrecy::Sealed) })
            .map_err(|_| UnsealError::WrongPassphrase)?;
        self.version.expand(&compressed).map_err(|error| match error {
            PayloadError::Damaged => UnsealError::Damaged,
            PayloadError::TooLarge { limit } => UnsealError::TooLarge { limit },
        })
    }
}

fn params() -> Params {
    Params::new(MEMORY_KIB, PASSES, LANES, Some(32)).expect("the parameters are within RFC 9106's bounds")
}

fn blocks() -> Vec<Block> {
    vec![Block::default(); params().block_count()]
}

fn derive(passphrase: &Passphrase, salt: &[u8], mut memory: Vec<Block>) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params())
        .hash_password_into_with_memory(passphrase.as_bytes(), salt, key.as_mut_slice(), &mut memory)
        .expect("salt, passphrase and memory have the lengths that the parameters ask for");
    key
}

fn cipher(key: &Zeroizing<[u8; 32]>) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(**key).into())
}

fn nonce(bytes: &[u8]) -> XNonce {
    let bytes: [u8; NONCE_BYTES] = bytes.try_into().expect("the nonce was cut out at its length");
    bytes.into()
}

impl fmt::Debug for SealedPayload {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SealedPayload({} bytes)", self.body.len())
    }
}

#[cfg(test)]
#[path = "sealed_tests.rs"]
mod tests;
