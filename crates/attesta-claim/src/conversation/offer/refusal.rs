//! The error answers of the token, nonce, credential and deferred credential endpoints.

use attesta_verify::FetchFailureKind;

use super::endpoint::Endpoint;
use super::reading::{count, object, plain, text};
use crate::error::ClaimError;
use crate::exchange::ClaimAnswer;

/// An error answer, [RFC 6749 section 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2) and
/// [OpenID4VCI 1.0 section 8.3.1](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#section-8.3.1).
pub(super) struct Refusal {
    /// Its code.
    pub(super) error: String,
    /// The issuer's own words.
    description: Option<String>,
    /// A fresh nonce, which drafts before 14 send with the error.
    pub(super) c_nonce: Option<String>,
    /// How long to wait in seconds, with `issuance_pending` and `authorization_pending`.
    pub(super) interval: Option<u64>,
}

impl Refusal {
    /// The refusal that an answer is.
    ///
    /// # Errors
    /// [`ClaimError::Fetch`] with the status, if it does not say why.
    pub(super) fn of(answer: &ClaimAnswer, from: &Endpoint) -> Result<Refusal, ClaimError> {
        let read = || {
            let document = object(&answer.bytes)?;
            let root = document.root();
            Some(Refusal {
                error: text(root, "error")?.to_owned(),
                description: text(root, "error_description").and_then(plain),
                c_nonce: text(root, "c_nonce").map(str::to_owned),
                interval: count(root, "interval").or(answer.retry_after.map(|pause| pause.as_secs())),
            })
        };
        read().ok_or_else(|| status(answer, from))
    }

    /// What the issuer says of it: its words, else its code.
    pub(super) fn said(&self) -> Option<String> {
        self.description.clone().or_else(|| plain(&self.error))
    }

    /// Whether one of these phrases stands in its words: lower case, each non-letter a space.
    pub(super) fn speaks_of(&self, phrases: &[&str]) -> bool {
        let word = |c: char| if c.is_alphanumeric() || c == '_' { c.to_ascii_lowercase() } else { ' ' };
        let description: String = self.description.as_deref().unwrap_or_default().chars().map(word).collect();
        let description = format!(" {} ", description.split_whitespace().collect::<Vec<_>>().join(" "));
        phrases.iter().any(|phrase| description.contains(&format!(" {phrase} ")))
    }

    /// What it means from a credential endpoint.
    pub(super) fn meaning(&self, endpoint: &Endpoint) -> ClaimError {
        let host = endpoint.host();
        match self.error.as_str() {
            "invalid_proof" | "invalid_or_missing_proof" | "missing_proof" | "invalid_nonce" => {
                ClaimError::ProofRefused { host, said: self.said() }
            }
            "invalid_transaction_id" | "invalid_token" | "expired_token" => ClaimError::Expired { host },
            "invalid_encryption_parameters" => {
                ClaimError::Unsupported { what: "encryption of the credential response" }
            }
            "invalid_dpop_proof" | "use_dpop_nonce" => ClaimError::Unsupported { what: "DPoP" },
            _ => ClaimError::Refused { host, said: self.said() },
        }
    }

    /// The error for a refusal with no meaning of its own.
    pub(super) fn into_error(self, from: &Endpoint) -> ClaimError {
        ClaimError::Refused { host: from.host(), said: self.said() }
    }
}

/// The error for an answer that says nothing but its status.
pub(super) fn status(answer: &ClaimAnswer, from: &Endpoint) -> ClaimError {
    ClaimError::Fetch { host: from.host(), failure: FetchFailureKind::Status(answer.status) }
}

/// The error for an answer that does not follow the protocol.
pub(super) fn not_understood(from: &Endpoint, what: &'static str) -> ClaimError {
    ClaimError::NotUnderstood { host: from.host(), what }
}
