//! Registries of issuers, and what they say.
//!
//! The forms are those of the [Digital Credentials Consortium](https://digitalcredentials.mit.edu): a list of registries,
//! a plain list of issuers by DID, and an [OpenID Federation](https://openid.net/specs/openid-federation-1_0.html) trust
//! anchor that makes signed statements.

pub(crate) mod federation;
pub(crate) mod listing;

/// A registry that the reader chose to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registry {
    /// The name that the reader knows it by.
    pub name: String,
    /// What stands at its address.
    pub kind: RegistryKind,
    /// Its address: https.
    pub url: String,
}

/// What stands at a registry's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegistryKind {
    /// A list of registries, each of which is asked.
    Registries,
    /// A list of issuers by DID. Unsigned: the site says so.
    Issuers,
    /// The entity configuration of an OpenID Federation trust anchor, in a signed token.
    Federation,
}

impl RegistryKind {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            RegistryKind::Registries => "registries",
            RegistryKind::Issuers => "issuers",
            RegistryKind::Federation => "federation",
        }
    }

    /// The kind of this name.
    pub fn of(name: &str) -> Option<Self> {
        [RegistryKind::Registries, RegistryKind::Issuers, RegistryKind::Federation]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}
