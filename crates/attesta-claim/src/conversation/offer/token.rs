//! The token for the offer's code and the learner's, [OpenID4VCI 1.0 section 6](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#section-6).

use attesta_jsonld::Value;

use super::credential_offer::{CodeParameter, question};
use super::discovery::Terms;
use super::reading::{object, text, texts};
use super::refusal::{Refusal, not_understood};
use super::{Progress, Received};
use crate::claim::{CodeInput, CodeQuestion, Next};
use crate::error::ClaimError;
use crate::exchange::{ClaimAnswer, Secret};

/// Most codes of the learner that are tried. An issuer locks the offer after a few.
const MOST_CODES: u8 = 3;

/// What a server says where the learner's code is wrong or lacking.
const OF_THE_CODE: &[&str] = &["tx_code", "user_pin", "pin", "transaction code", "transaction_code"];
/// What it says where the offer is over.
const OF_THE_OFFER: &[&str] = &["expired", "already", "used", "pre authorized_code", "pre authorized code"];

/// What an authorization server grants.
pub(super) struct Granted {
    /// The token, which goes to the issuer's own endpoints and nowhere else.
    pub(super) token: Secret,
    /// A nonce, which drafts before 14 send with the token.
    pub(super) c_nonce: Option<String>,
    /// The names of the credentials that are ready, by configuration.
    identifiers: Vec<(String, Vec<String>)>,
}

/// Asking for the token.
pub(super) struct Authorization {
    terms: Terms,
    code: Option<Secret>,
    tried: u8,
    refused: bool,
}

impl Authorization {
    pub(super) fn new(terms: Terms) -> Authorization {
        Authorization { terms, code: None, tried: 0, refused: false }
    }

    /// The learner's code. Spaces around it, and within a code of digits, are of its writing and not of the code.
    pub(super) fn code(&mut self, code: &str) {
        let digits = self.terms.offer.grant.question.as_ref().is_some_and(|asked| asked.input == CodeInput::Numeric);
        let code: String = if digits { code.split_whitespace().collect() } else { code.trim().to_owned() };
        self.code = (!code.is_empty()).then_some(Secret(code));
    }

    /// What is to be done next, given the answer to what was asked before; or the token.
    pub(super) fn next(
        mut self,
        answer: Option<Received>,
    ) -> Result<Progress<Authorization, (Terms, Granted)>, ClaimError> {
        if let Some(answer) = answer {
            let answer = answer.from(&self.terms.token_endpoint)?;
            if answer.is_success() {
                let granted = self.granted(&answer)?;
                return Ok(Progress::Ready((self.terms, granted)));
            }
            self.refused(Refusal::of(&answer, &self.terms.token_endpoint)?)?;
        }
        match (&self.terms.offer.grant.question, &self.code) {
            (Some(question), None) => {
                let question = CodeQuestion { refused: self.refused, ..question.clone() };
                Ok(Progress::Want(self, Next::Code(question)))
            }
            _ => {
                let request = self.terms.token_endpoint.post_form(&self.form());
                self.tried += u8::from(self.code.is_some());
                Ok(Progress::ask(self, request))
            }
        }
    }

    fn form(&self) -> Vec<(&str, &str)> {
        let grant = &self.terms.offer.grant;
        let mut form = vec![
            ("grant_type", "urn:ietf:params:oauth:grant-type:pre-authorized_code"),
            ("pre-authorized_code", grant.code.0.as_str()),
        ];
        if let Some(Secret(code)) = &self.code {
            if grant.parameter != CodeParameter::UserPin {
                form.push(("tx_code", code));
            }
            if grant.parameter != CodeParameter::TxCode {
                form.push(("user_pin", code));
            }
        }
        form
    }

    /// What a refusal means: the learner's code is asked for again, or it is over.
    fn refused(&mut self, refusal: Refusal) -> Result<(), ClaimError> {
        let host = self.terms.token_endpoint.host();
        let speaks_of_code = refusal.speaks_of(OF_THE_CODE);
        let sent = self.code.take().is_some();
        match refusal.error.as_str() {
            // The final text has one error for a wrong code and for an offer that is over; only words tell them apart.
            "invalid_grant" if sent && !speaks_of_code && refusal.speaks_of(OF_THE_OFFER) => {
                Err(ClaimError::Expired { host })
            }
            "invalid_tx_code" | "invalid_grant" if sent => self.ask_again(refusal),
            "invalid_request" if sent && speaks_of_code => self.ask_again(refusal),
            // The offer did not say that a code is wanted, but one is.
            "invalid_request" | "invalid_grant" | "invalid_tx_code"
                if speaks_of_code && self.terms.offer.grant.question.is_none() =>
            {
                self.terms.offer.grant.question = Some(question(None, &self.terms.issuer.issuer));
                Ok(())
            }
            "invalid_grant" | "expired_token" => Err(ClaimError::Expired { host }),
            "authorization_pending" | "slow_down" => Err(ClaimError::NotReady { host, seconds: refusal.interval }),
            "invalid_client"
            | "unauthorized_client"
            | "invalid_client_attestation"
            | "use_attestation_challenge"
            | "use_fresh_attestation" => Err(ClaimError::Unsupported { what: "registration of the wallet" }),
            "invalid_dpop_proof" | "use_dpop_nonce" => Err(ClaimError::Unsupported { what: "DPoP" }),
            _ => Err(refusal.into_error(&self.terms.token_endpoint)),
        }
    }

    fn ask_again(&mut self, refusal: Refusal) -> Result<(), ClaimError> {
        self.refused = true;
        if self.tried < MOST_CODES { Ok(()) } else { Err(refusal.into_error(&self.terms.token_endpoint)) }
    }

    fn granted(&self, answer: &ClaimAnswer) -> Result<Granted, ClaimError> {
        let wrong = |what| not_understood(&self.terms.token_endpoint, what);
        let document = object(&answer.bytes).ok_or_else(|| wrong("the token response is not a JSON object"))?;
        let root = document.root();
        if text(root, "token_type").is_some_and(|kind| kind.eq_ignore_ascii_case("dpop")) {
            return Err(ClaimError::Unsupported { what: "DPoP" });
        }
        let token = text(root, "access_token").filter(|token| token.bytes().all(|byte| byte.is_ascii_graphic()));
        Ok(Granted {
            token: Secret(token.ok_or_else(|| wrong("the token response has no access_token"))?.to_owned()),
            c_nonce: text(root, "c_nonce").map(str::to_owned),
            identifiers: identifiers(root),
        })
    }
}

impl Granted {
    /// The names under which the credentials of a configuration are ready; none if they go by the configuration's.
    pub(super) fn identifiers_of(&self, configuration: Option<&str>) -> &[String] {
        let named = self.identifiers.iter().find(|(id, _)| Some(id.as_str()) == configuration);
        named.map_or(&[], |(_, identifiers)| identifiers)
    }
}

fn identifiers(root: &Value<'_>) -> Vec<(String, Vec<String>)> {
    let details = root.get("authorization_details").map(Value::one_or_many).unwrap_or_default();
    let named = details.iter().filter(|detail| text(detail, "type") == Some("openid_credential"));
    named
        .filter_map(|detail| {
            let identifiers = texts(detail, "credential_identifiers").into_iter().map(str::to_owned).collect();
            Some((text(detail, "credential_configuration_id")?.to_owned(), identifiers))
        })
        .collect()
}
