//! The hash functions that RDFC-1.0 may run with.

use sha2::{Digest, Sha256, Sha384};

/// The hash function inside the algorithm; the cryptosuite decides which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HashAlgorithm {
    /// SHA-256, the default of RDFC-1.0.
    #[default]
    Sha256,
    /// SHA-384, which the cryptosuites over P-384 use.
    Sha384,
}

/// A digest; it sorts as its hexadecimal text does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hash {
    bytes: [u8; 48],
    length: u8,
}

impl HashAlgorithm {
    pub(super) fn digest(self, text: &str) -> Hash {
        let mut hash = Hash { bytes: [0; 48], length: 0 };
        match self {
            HashAlgorithm::Sha256 => hash.fill(&Sha256::digest(text)),
            HashAlgorithm::Sha384 => hash.fill(&Sha384::digest(text)),
        }
        hash
    }
}

impl Hash {
    fn fill(&mut self, digest: &[u8]) {
        self.bytes[..digest.len()].copy_from_slice(digest);
        self.length = digest.len() as u8;
    }

    /// Appends the digest in lower-case hexadecimal.
    pub(super) fn write_hex(&self, out: &mut String) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        for byte in &self.bytes[..usize::from(self.length)] {
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
}
