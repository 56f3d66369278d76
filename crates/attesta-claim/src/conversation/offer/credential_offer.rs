//! The Credential Offer object, [OpenID4VCI 1.0 section 4.1.1](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#section-4.1.1).

use attesta_jsonld::Value;

use super::configuration::Configuration;
use super::endpoint::Identifier;
use super::reading::{count, is_set, object, plain, text};
use crate::claim::{CodeInput, CodeQuestion};
use crate::error::ClaimError;
use crate::exchange::Secret;

/// The grant by a code that stands in the offer.
const PRE_AUTHORIZED: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// Most credentials that one offer may name. More than a claim can ask for in any case.
const MOST_OFFERED: usize = 64;

/// An offer that can be taken with what stands in it.
#[derive(Debug)]
pub(super) struct CredentialOffer {
    /// Who offers.
    pub(super) issuer: Identifier,
    /// What is offered; never empty.
    pub(super) offered: Vec<Offered>,
    /// How it is taken.
    pub(super) grant: PreAuthorizedGrant,
}

/// One thing that is offered.
#[derive(Debug)]
pub(super) enum Offered {
    /// A configuration that the issuer's metadata describes.
    Configuration(String),
    /// One that the offer itself describes, as drafts up to 11 do.
    Described(Box<Configuration>),
}

/// The grant by a pre-authorized code.
#[derive(Debug)]
pub(super) struct PreAuthorizedGrant {
    /// The code, which works once and soon ends.
    pub(super) code: Secret,
    /// The question for the learner's part of it, where there is one.
    pub(super) question: Option<CodeQuestion>,
    /// How the learner's part is sent.
    pub(super) parameter: CodeParameter,
    /// Which of several authorization servers to ask.
    pub(super) authorization_server: Option<String>,
}

/// The form parameter that carries the learner's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodeParameter {
    /// `tx_code`.
    TxCode,
    /// `user_pin`, as drafts up to 12 call it; their issuers may refuse the other.
    UserPin,
    /// Both, where an offer speaks of both.
    Both,
}

impl CredentialOffer {
    /// Reads an offer. Members that are not known are passed over.
    ///
    /// # Errors
    /// [`ClaimError::NotUnderstood`] if it is no offer, naming `host` where the offer does not say whose it is;
    /// [`ClaimError::Unsupported`] if it can't be taken with a code alone.
    pub(super) fn read(json: &[u8], host: &str) -> Result<CredentialOffer, ClaimError> {
        let not_understood = |host: &str, what| ClaimError::NotUnderstood { host: host.to_owned(), what };
        let document = object(json).ok_or_else(|| not_understood(host, "the credential offer is not a JSON object"))?;
        let root = document.root();
        let issuer = text(root, "credential_issuer").and_then(Identifier::parse);
        let issuer = issuer.ok_or_else(|| not_understood(host, "credential_issuer is not an issuer identifier"))?;
        let offered = offered(root).ok_or_else(|| not_understood(&issuer.host(), "the offer names no credential"))?;
        let grant = root.get("grants").and_then(|grants| grants.get(PRE_AUTHORIZED));
        let Some(grant) = grant.and_then(|grant| PreAuthorizedGrant::read(grant, &issuer)) else {
            return Err(ClaimError::Unsupported { what: "the authorization code flow" });
        };
        Ok(CredentialOffer { issuer, offered, grant })
    }
}

/// What is offered, each once; `credentials` is how drafts up to 11 call it.
fn offered(root: &Value<'_>) -> Option<Vec<Offered>> {
    let items = root.get("credential_configuration_ids").or_else(|| root.get("credentials"))?.as_array()?;
    let mut ids = Vec::new();
    let mut offered = Vec::new();
    for item in items.iter().take(MOST_OFFERED) {
        match item {
            Value::String(id) if !ids.contains(id) => {
                ids.push(id.clone());
                offered.push(Offered::Configuration(id.to_string()));
            }
            Value::Object(_) => offered.push(Offered::Described(Box::new(Configuration::read(None, item)))),
            _ => {}
        }
    }
    (!offered.is_empty()).then_some(offered)
}

impl PreAuthorizedGrant {
    fn read(grant: &Value<'_>, issuer: &Identifier) -> Option<PreAuthorizedGrant> {
        let user_pin = is_set(grant, "user_pin_required");
        let tx_code = grant.get("tx_code").filter(|tx_code| tx_code.as_object().is_some());
        let question = (user_pin || tx_code.is_some()).then(|| question(tx_code, issuer));
        Some(PreAuthorizedGrant {
            code: Secret(text(grant, "pre-authorized_code")?.to_owned()),
            question,
            parameter: match (user_pin, tx_code) {
                (false, _) => CodeParameter::TxCode,
                (true, None) => CodeParameter::UserPin,
                (true, Some(_)) => CodeParameter::Both,
            },
            authorization_server: text(grant, "authorization_server").map(str::to_owned),
        })
    }
}

/// The question for the learner's code; an empty `tx_code` asks all the same.
pub(super) fn question(tx_code: Option<&Value<'_>>, issuer: &Identifier) -> CodeQuestion {
    let said = |key| tx_code.and_then(|tx_code| text(tx_code, key));
    CodeQuestion {
        host: issuer.host(),
        // `user_pin` was digits too; where nothing is known, a text field takes digits as well.
        input: match (tx_code, said("input_mode")) {
            (Some(_), None | Some("numeric")) => CodeInput::Numeric,
            _ => CodeInput::Text,
        },
        length: tx_code.and_then(|tx_code| count(tx_code, "length")).and_then(|length| u32::try_from(length).ok()),
        description: said("description").and_then(plain),
        refused: false,
    }
}
