//! Credential Requests and what they are answered with,
//! [OpenID4VCI 1.0 section 8](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#section-8).

use attesta_jsonld::{Document, Value};
use serde_json::{Map, json};

use super::configuration::Configuration;
use super::endpoint::Endpoint;
use super::legacy::Shape;
use super::reading::{count, object, text};
use super::refusal::not_understood;
use crate::error::ClaimError;
use crate::exchange::{ClaimAnswer, Secret};
use crate::notification::ClaimedDocument;

/// Most credentials in one answer. An answer is at most 8 MiB, which holds a great many empty ones.
const MOST_CREDENTIALS: usize = 64;

/// One credential to be asked for.
#[derive(Debug)]
pub(super) struct Wanted {
    /// What the issuer says of it.
    pub(super) configuration: Configuration,
    /// The name under which it is ready, where the issuer gave one.
    pub(super) identifier: Option<String>,
}

impl Wanted {
    /// The request's body.
    pub(super) fn request(&self, shape: Shape, proof: Option<String>) -> serde_json::Value {
        let id = self.configuration.id.as_deref();
        match (shape, &self.identifier, id) {
            (Shape::Final, Some(identifier), _) => with_proofs("credential_identifier", identifier, proof),
            (Shape::Final, None, Some(id)) => with_proofs("credential_configuration_id", id, proof),
            (_, identifier, _) => self.configuration.description.request(identifier.as_deref(), proof),
        }
    }
}

fn with_proofs(key: &str, name: &str, proof: Option<String>) -> serde_json::Value {
    let mut body = Map::from_iter([(key.to_owned(), name.into())]);
    body.extend(proof.map(|jwt| ("proofs".to_owned(), json!({"jwt": [jwt]}))));
    body.into()
}

/// What a credential endpoint, or the deferred one, answers.
pub(super) enum Issued {
    /// Credentials, exactly as they stand in the answer.
    Credentials(Vec<ClaimedDocument>),
    /// A promise of them.
    Deferred {
        /// The name of the promise.
        ticket: Ticket,
        /// How long to wait before asking, in seconds.
        interval: Option<u64>,
    },
}

/// What a promised credential is asked for with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ticket {
    /// `transaction_id`, under the token.
    Transaction(Secret),
    /// `acceptance_token` of draft 11, which takes the token's place.
    Acceptance(Secret),
}

/// An answer, read.
pub(super) struct CredentialResponse {
    /// What was issued.
    pub(super) issued: Issued,
    /// What the issuer wants to be told under.
    pub(super) notification_id: Option<String>,
    /// The nonce for the next request, which drafts before 14 send along.
    pub(super) c_nonce: Option<String>,
}

impl CredentialResponse {
    /// Reads a successful answer.
    ///
    /// # Errors
    /// [`ClaimError::NotUnderstood`] if it holds neither credentials nor a promise of them;
    /// [`ClaimError::Unsupported`] if it is encrypted.
    pub(super) fn read(answer: &ClaimAnswer, from: &Endpoint) -> Result<CredentialResponse, ClaimError> {
        let media_type = answer.media_type.as_deref().unwrap_or_default().trim_start().to_ascii_lowercase();
        if media_type.starts_with("application/jwt") {
            return Err(ClaimError::Unsupported { what: "encryption of the credential response" });
        }
        let wrong = |what| not_understood(from, what);
        let document = object(&answer.bytes).ok_or_else(|| wrong("the credential response is not a JSON object"))?;
        let root = document.root();
        let documents = credentials(&document, from).ok_or_else(|| wrong("the credential response can't be read"))?;
        let issued = if documents.is_empty() {
            let ticket = text(root, "transaction_id").map(|id| Ticket::Transaction(Secret(id.to_owned())));
            let ticket = ticket.or_else(|| acceptance(root));
            let ticket = ticket.ok_or_else(|| wrong("the credential response holds no credential"))?;
            let interval = count(root, "interval").or(answer.retry_after.map(|pause| pause.as_secs()));
            Issued::Deferred { ticket, interval }
        } else {
            Issued::Credentials(documents)
        };
        Ok(CredentialResponse {
            issued,
            notification_id: text(root, "notification_id").map(str::to_owned),
            c_nonce: text(root, "c_nonce").map(str::to_owned),
        })
    }
}

fn acceptance(root: &Value<'_>) -> Option<Ticket> {
    let token = text(root, "acceptance_token").filter(|token| token.bytes().all(|byte| byte.is_ascii_graphic()))?;
    Some(Ticket::Acceptance(Secret(token.to_owned())))
}

/// The credentials of an answer: `credentials` of objects that hold one each, as draft 14 had it the credentials
/// themselves, or before that a single `credential`. None if one of them can't be a credential, or there are too many.
fn credentials(document: &Document, from: &Endpoint) -> Option<Vec<ClaimedDocument>> {
    let root = document.root();
    let several = match root.get("credentials") {
        None | Some(Value::Null) => &[],
        Some(value) => value.as_array()?,
    };
    if several.len() > MOST_CREDENTIALS {
        return None;
    }
    let wrapped = several.iter().map(|item| item.get("credential").unwrap_or(item));
    // Some issuers send the first one twice, for wallets old and new.
    let single = root.get("credential").filter(|single| several.is_empty() && **single != Value::Null);
    wrapped.chain(single).map(|value| claimed(document, value, from)).collect()
}

/// The credential's bytes: those of the object as it stands there, or those that the string spells.
fn claimed(document: &Document, value: &Value<'_>, from: &Endpoint) -> Option<ClaimedDocument> {
    let bytes = match value {
        Value::Object(object) => document.source_of(object).to_vec(),
        Value::String(text) if !text.trim().is_empty() => text.trim().as_bytes().to_vec(),
        _ => return None,
    };
    Some(ClaimedDocument { bytes, media_type: None, url: from.url().to_owned() })
}
