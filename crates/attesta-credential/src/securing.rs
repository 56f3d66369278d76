//! How a credential is secured, told by its form alone.

use crate::jose::{CompactJws, SdJwt};

/// What keeps a credential from being altered, if it holds.
#[derive(Debug, Clone)]
pub enum Securing {
    /// [Data Integrity](https://www.w3.org/TR/vc-data-integrity/) proofs within the JSON, or none at all.
    Embedded,
    /// A compact JSON Web Signature around it.
    Jws(Box<CompactJws>),
    /// A selective-disclosure JWT around it.
    SdJwt(Box<SdJwt>),
}

impl Securing {
    /// The issuer's token around the credential, where there is one.
    pub fn jws(&self) -> Option<&CompactJws> {
        match self {
            Securing::Embedded => None,
            Securing::Jws(jws) => Some(jws),
            Securing::SdJwt(sd_jwt) => Some(sd_jwt.issuer_signed()),
        }
    }

    /// The selective-disclosure JWT around the credential, where there is one.
    pub fn sd_jwt(&self) -> Option<&SdJwt> {
        match self {
            Securing::SdJwt(sd_jwt) => Some(sd_jwt),
            Securing::Embedded | Securing::Jws(_) => None,
        }
    }
}
