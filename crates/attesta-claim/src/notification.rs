//! What a claim ends with: documents, and what the issuer is told of them.

use std::fmt;

use crate::error::ClaimError;
use crate::exchange::ClaimRequest;

/// A document that an issuer handed over, exactly as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct ClaimedDocument {
    /// Its bytes: a credential, a presentation that carries some, a token, or a picture.
    pub bytes: Vec<u8>,
    /// Its Content-Type, where one was said.
    pub media_type: Option<String>,
    /// The address that gave it.
    pub url: String,
}

impl fmt::Debug for ClaimedDocument {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ClaimedDocument({} bytes)", self.bytes.len())
    }
}

/// What a claim ended with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claimed {
    /// What was handed over; never empty unless `then` is set.
    pub documents: Vec<ClaimedDocument>,
    /// What the issuer wants to be told once the learner has decided.
    pub notification: Option<Notification>,
    /// A page that the issuer wants to be opened next; only shown, never followed.
    pub then: Option<String>,
    /// Why something else that was promised did not come, where some came and some did not.
    pub missing: Option<ClaimError>,
}

/// What the issuer wants to be told, [OpenID for Verifiable Credential Issuance 1.0 section 11](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#name-notification-endpoint).
/// Whether it arrives changes nothing for the learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// The learner kept the credential.
    pub accepted: ClaimRequest,
    /// The learner declined it.
    pub declined: ClaimRequest,
    /// It could not be read or kept.
    pub failed: ClaimRequest,
}
