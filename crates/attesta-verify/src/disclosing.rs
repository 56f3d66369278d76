//! What a holder may leave out of a credential, where its issuer's proof allows that, and the credential without it.
//!
//! An SD-JWT ([RFC 9901 section 7.2](https://www.rfc-editor.org/rfc/rfc9901#section-7.2)) offers what came as a
//! disclosure. A base proof of [ecdsa-sd-2023](https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023) offers everything that
//! is not mandatory; whoever is shown a credential gets a derived proof, never the base proof. Whatever the issuer
//! allows, a holder is not offered to leave out who issued a credential, when it counts, what it asks its reader to look
//! up, and what its data model demands: without those it would be taken for more than it is, or for nothing.

mod claims;
mod sd_jwt;
mod statements;

use attesta_credential::{Nonconformity, VerifiableCredential};
use thiserror::Error;

/// What can be left out of a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosable {
    /// How its issuer's proof allows that.
    pub by: DisclosedBy,
    /// Each claim that can be left out, in the order of the document.
    pub claims: Vec<Claim>,
}

/// How an issuer's proof lets a holder show a part of what was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisclosedBy {
    /// It does not: the credential is shown whole or not at all. So is one of which a part was shown already, with a
    /// proof for just that part.
    None,
    /// An SD-JWT: each claim is a disclosure of its own.
    SdJwt,
    /// A base proof of `ecdsa-sd-2023`: each statement is signed on its own.
    EcdsaSd2023,
}

impl DisclosedBy {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            DisclosedBy::None => "none",
            DisclosedBy::SdJwt => "sd_jwt",
            DisclosedBy::EcdsaSd2023 => "ecdsa_sd_2023",
        }
    }
}

/// Something that can be left out.
#[derive(Clone, PartialEq, Eq)]
pub struct Claim {
    /// JSON pointer of it in the credential with everything shown.
    pub key: String,
    /// The names of the members on the way to it; elements of arrays have none.
    pub path: Vec<String>,
    /// Its value as text for people, shortened.
    pub value: String,
}

impl std::fmt::Debug for Claim {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Credential contents never reach a log line.
        write!(out, "Claim({:?})", self.key)
    }
}

/// Why a credential can't be shown without something.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WithholdError {
    /// Its proof covers it whole, or is itself for a part only.
    #[error("it is shown whole or not at all")]
    NotDisclosable,
    /// There is no claim there that can be left out.
    #[error("nothing that can be left out stands at {pointer:?}")]
    NotOffered {
        /// The pointer.
        pointer: String,
    },
    /// Without it, what is left is no credential of its data model.
    #[error("it can't be left out, because of what is missing then at {pointer:?}")]
    Needed {
        /// JSON pointer of what is missing or malformed then.
        pointer: String,
    },
    /// No proof for a part can be made from the issuer's.
    #[error("no proof can be derived")]
    NotDerivable,
}

/// What can be left out of a credential. Nothing of it is verified here.
pub fn disclosable(credential: &VerifiableCredential) -> Disclosable {
    let (by, claims) = match offer(credential) {
        Offer::None => (DisclosedBy::None, Vec::new()),
        Offer::SdJwt(claims) => (DisclosedBy::SdJwt, claims),
        Offer::Statements(statements) => (DisclosedBy::EcdsaSd2023, statements.offered()),
    };
    Disclosable { by, claims }
}

/// The bytes of the credential without the claims that these pointers lead to, and without all that stands in them.
/// What is left verifies as the whole does. A holder's signature over an SD-JWT does not fit any more and is left out.
///
/// # Errors
/// [`WithholdError`]; where nothing is to be left out, [`to_present`] tells what to hand over.
pub fn show_without(credential: &VerifiableCredential, withheld: &[&str]) -> Result<Vec<u8>, WithholdError> {
    let offer = offer(credential);
    let offered = match &offer {
        Offer::None => return Err(WithholdError::NotDisclosable),
        Offer::SdJwt(claims) => claims.clone(),
        Offer::Statements(statements) => statements.offered(),
    };
    let is_offered = |pointer: &&str| offered.iter().any(|claim| claims::covers(pointer, &claim.key));
    if let Some(pointer) = withheld.iter().find(|pointer| !is_offered(pointer)) {
        return Err(WithholdError::NotOffered { pointer: (*pointer).to_owned() });
    }
    // A pointer to an object that holds more than what is offered leaves the rest of it where it is.
    let left_out = |key: &str| {
        let named = withheld.iter().any(|pointer| claims::covers(pointer, key));
        named && offered.iter().any(|claim| claims::covers(&claim.key, key))
    };
    let shown = match &offer {
        Offer::None => return Err(WithholdError::NotDisclosable),
        Offer::SdJwt(_) => sd_jwt::shown(credential, left_out).ok_or(WithholdError::NotDisclosable)?,
        Offer::Statements(statements) => statements.shown(left_out).ok_or(WithholdError::NotDerivable)?,
    };
    let read = VerifiableCredential::from_bytes(shown).map_err(|_| WithholdError::NotDerivable)?;
    let before: &[Nonconformity] = credential.nonconformities();
    match read.nonconformities().iter().find(|found| !before.contains(found)) {
        Some(found) => Err(WithholdError::Needed { pointer: found.pointer.clone() }),
        None => Ok(read.bytes().to_vec()),
    }
}

/// The bytes to hand over of a credential. A base proof of ecdsa-sd-2023 is its holder's own and lets whoever has it
/// derive what they like: in its place stands a proof derived for all that is shown. Every other credential is handed
/// over to the byte, unless something of it is left out.
///
/// # Errors
/// [`WithholdError`] where something can't be left out. Where nothing is, and no proof can be derived, the credential is
/// handed over as it is: it says no more than what is shown.
pub fn to_present(credential: &VerifiableCredential, withheld: &[&str]) -> Result<Vec<u8>, WithholdError> {
    if !withheld.is_empty() {
        return show_without(credential, withheld);
    }
    let derived = match offer(credential) {
        Offer::Statements(statements) => statements.whole(),
        Offer::None | Offer::SdJwt(_) => None,
    };
    Ok(derived.unwrap_or_else(|| credential.bytes().to_vec()))
}

/// What a credential's proof offers.
enum Offer<'c> {
    None,
    SdJwt(Vec<Claim>),
    Statements(statements::Statements<'c>),
}

fn offer(credential: &VerifiableCredential) -> Offer<'_> {
    match credential.securing().sd_jwt() {
        Some(sd_jwt) => sd_jwt::offered(credential, sd_jwt).map_or(Offer::None, Offer::SdJwt),
        None => statements::Statements::of(credential).map_or(Offer::None, Offer::Statements),
    }
}
