//! How a credential is secured, told by its form alone.

use crate::jose::CompactJws;

/// What keeps a credential from being altered, if it holds.
#[derive(Debug, Clone)]
pub enum Securing {
    /// [Data Integrity](https://www.w3.org/TR/vc-data-integrity/) proofs within the JSON, or none at all.
    Embedded,
    /// A compact JSON Web Signature around it.
    Jws(Box<CompactJws>),
}

impl Securing {
    /// The token around the credential, where there is one.
    pub fn jws(&self) -> Option<&CompactJws> {
        match self {
            Securing::Embedded => None,
            Securing::Jws(jws) => Some(jws),
        }
    }
}
