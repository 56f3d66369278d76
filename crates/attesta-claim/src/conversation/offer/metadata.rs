//! What an issuer and its authorization server publish of themselves.

use attesta_jsonld::Value;

use super::configuration::Configuration;
use super::credential_offer::{CredentialOffer, Offered};
use super::endpoint::{Endpoint, Identifier};
use super::reading::{is_set, object, text, texts};
use super::refusal::not_understood;
use crate::error::ClaimError;

/// Credential Issuer Metadata,
/// [OpenID4VCI 1.0 section 12.2](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#section-12.2).
#[derive(Debug, Clone)]
pub(super) struct IssuerMetadata {
    /// Who it is.
    pub(super) issuer: Identifier,
    /// Who grants tokens, likeliest first; the issuer itself where it names nobody.
    pub(super) authorization_servers: Vec<Identifier>,
    /// Where old issuers take token requests, who publish no metadata for it.
    pub(super) token_endpoint: Option<Endpoint>,
    /// Where credentials are asked for.
    pub(super) credential_endpoint: Endpoint,
    /// Where a nonce is to be had, if proofs need one.
    pub(super) nonce_endpoint: Option<Endpoint>,
    /// Where deferred credentials are asked for.
    pub(super) deferred_credential_endpoint: Option<Endpoint>,
    /// Where the issuer is told what became of them.
    pub(super) notification_endpoint: Option<Endpoint>,
    /// Whether it wrote its configurations as drafts up to 11 do.
    pub(super) writes_drafts: bool,
    configurations: Vec<Configuration>,
    encryption: Option<&'static str>,
}

impl IssuerMetadata {
    /// Reads what was found at a place of this issuer. A signature on it is not looked at: it comes from the issuer's
    /// own host under TLS.
    ///
    /// # Errors
    /// [`ClaimError::NotUnderstood`] if it is not this issuer's metadata or lacks what every issuer has.
    pub(super) fn read(bytes: &[u8], issuer: &Identifier, place: &Endpoint) -> Result<IssuerMetadata, ClaimError> {
        let wrong = |what| not_understood(place, what);
        let document = object(bytes).ok_or_else(|| wrong("the issuer metadata is not a JSON object"))?;
        let root = document.root();
        if text(root, "credential_issuer") != Some(issuer.text()) {
            return Err(wrong("the metadata is that of another issuer"));
        }
        let endpoint = |key| text(root, key).and_then(|text| issuer.endpoint(text));
        let credential_endpoint = endpoint("credential_endpoint");
        if root.get("nonce_endpoint").is_some() && endpoint("nonce_endpoint").is_none() {
            return Err(wrong("nonce_endpoint is not an https address"));
        }
        let configurations = configurations(root);
        Ok(IssuerMetadata {
            issuer: issuer.clone(),
            authorization_servers: authorization_servers(root, issuer),
            token_endpoint: endpoint("token_endpoint"),
            credential_endpoint: credential_endpoint
                .ok_or_else(|| wrong("credential_endpoint is missing or not an https address"))?,
            nonce_endpoint: endpoint("nonce_endpoint"),
            deferred_credential_endpoint: endpoint("deferred_credential_endpoint"),
            notification_endpoint: endpoint("notification_endpoint"),
            writes_drafts: configurations.is_none(),
            configurations: configurations.unwrap_or_else(|| drafts(root)),
            encryption: encryption(root),
        })
    }

    /// The configurations of what is offered, and why the first of the others can't be had.
    ///
    /// # Errors
    /// [`ClaimError`] if nothing of it can be had.
    pub(super) fn wanted(
        &self,
        offer: &CredentialOffer,
        place: &Endpoint,
    ) -> Result<(Vec<Configuration>, Option<ClaimError>), ClaimError> {
        if let Some(what) = self.encryption {
            return Err(ClaimError::Unsupported { what });
        }
        let (mut wanted, mut refused) = (Vec::new(), None);
        for offered in &offer.offered {
            let configuration = match offered {
                Offered::Configuration(id) => self.configurations.iter().find(|known| known.id.as_ref() == Some(id)),
                Offered::Described(configuration) => Some(&**configuration),
            };
            let found = configuration.ok_or_else(|| not_understood(place, "what is offered is not in the metadata"));
            match found.and_then(|configuration| configuration.takeable().map(|()| configuration.clone())) {
                Ok(configuration) => wanted.push(configuration),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        match refused {
            Some(error) if wanted.is_empty() => Err(error),
            refused => Ok((wanted, refused)),
        }
    }
}

fn configurations(root: &Value<'_>) -> Option<Vec<Configuration>> {
    let described = root.get("credential_configurations_supported")?.as_object()?;
    Some(described.iter().map(|(id, value)| Configuration::read(Some(id), value)).collect())
}

/// As drafts up to 11 write them: a list whose items carry their names, or before that a map.
fn drafts(root: &Value<'_>) -> Vec<Configuration> {
    match root.get("credentials_supported") {
        Some(Value::Array(items)) => items.iter().map(|item| Configuration::read(text(item, "id"), item)).collect(),
        Some(Value::Object(items)) => items.iter().map(|(id, item)| Configuration::read(Some(id), item)).collect(),
        _ => Vec::new(),
    }
}

fn authorization_servers(root: &Value<'_>, issuer: &Identifier) -> Vec<Identifier> {
    // Draft 11 names one server, in a member of its own.
    let named = texts(root, "authorization_servers").into_iter().chain(text(root, "authorization_server"));
    let servers: Vec<Identifier> = named.filter_map(|server| issuer.names(server)).collect();
    if servers.is_empty() { vec![issuer.clone()] } else { servers }
}

/// What of encryption is required; we have none beside that of the connection.
fn encryption(root: &Value<'_>) -> Option<&'static str> {
    let required = |key: &str| root.get(key).is_some_and(|value| is_set(value, "encryption_required"));
    if required("credential_response_encryption") || is_set(root, "require_credential_response_encryption") {
        return Some("encryption of the credential response");
    }
    required("credential_request_encryption").then_some("encryption of the credential request")
}

/// What an authorization server publishes, [RFC 8414](https://www.rfc-editor.org/rfc/rfc8414).
#[derive(Debug)]
pub(super) struct ServerMetadata {
    /// Where tokens are asked for.
    pub(super) token_endpoint: Endpoint,
    /// Whether it says that it grants tokens for a pre-authorized code.
    pub(super) names_the_grant: bool,
}

impl ServerMetadata {
    /// Reads what was found at a place of this server.
    ///
    /// # Errors
    /// [`ClaimError::NotUnderstood`] if it is not this server's metadata or names no token endpoint.
    pub(super) fn read(bytes: &[u8], server: &Identifier, place: &Endpoint) -> Result<ServerMetadata, ClaimError> {
        let wrong = |what| not_understood(place, what);
        let document = object(bytes).ok_or_else(|| wrong("the authorization server metadata is not a JSON object"))?;
        let root = document.root();
        if text(root, "issuer") != Some(server.text()) {
            return Err(wrong("the metadata is that of another authorization server"));
        }
        let token_endpoint = text(root, "token_endpoint").and_then(|text| server.endpoint(text));
        Ok(ServerMetadata {
            token_endpoint: token_endpoint.ok_or_else(|| wrong("token_endpoint is missing or not an https address"))?,
            names_the_grant: texts(root, "grant_types_supported")
                .contains(&"urn:ietf:params:oauth:grant-type:pre-authorized_code"),
        })
    }
}
