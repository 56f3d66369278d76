//! Credential request links of the Digital Credentials Consortium, direct and in two steps,
//! [DCC credential request](https://github.com/digitalcredentials/docs/blob/main/request/credential_request.md).
//!
//! They are exchanges in which the presentation stands alone in the body. With a challenge in the link the first message
//! is the proof already; without one the issuer is asked for it first. Nothing but `Ed25519Signature2020` is read by the
//! issuers that send these links, and no domain is checked unless they name one.

#[cfg(test)]
mod tests;

use attesta_verify::{Cryptosuite, FetchFailureKind};

use super::exchange::{Content, Envelope, Exchange};
use super::refusal::host_of;
use crate::claim::Holder;
use crate::conversation::{Conversation, Turn};
use crate::error::ClaimError;
use crate::exchange::ClaimAnswer;
use crate::link::RequestLink;
use crate::presentation::{Authentication, is_signable};

pub(crate) struct Request(Result<Exchange, ClaimError>);

impl Request {
    pub(crate) fn new(request: &RequestLink) -> Request {
        Request(begin(request))
    }
}

fn begin(request: &RequestLink) -> Result<Exchange, ClaimError> {
    match request.auth_type.as_deref() {
        // The reference wallet takes an absent one for `code` and then refuses; issuers that leave it out mean `bearer`.
        None | Some("" | "bearer") => {}
        Some("code") => return Err(ClaimError::Unsupported { what: "a credential request with sign-in" }),
        Some(_) => return Err(ClaimError::Unsupported { what: "this kind of credential request" }),
    }
    let endpoint = request.endpoint.clone();
    let content = match request.challenge.as_deref().filter(|challenge| !challenge.is_empty()) {
        Some(challenge) if is_signable(challenge) => {
            let challenge = challenge.to_owned();
            let suite = Cryptosuite::Ed25519Signature2020;
            Content::Proof(Authentication { challenge, domain: None, suite }, endpoint.clone())
        }
        Some(_) => {
            let what = "the challenge is none that can be signed";
            return Err(ClaimError::NotUnderstood { host: host_of(&endpoint), what });
        }
        None => Content::Nothing,
    };
    Ok(Exchange::new(endpoint, Vec::new(), Envelope::Bare, content))
}

impl Conversation for Request {
    fn next(&mut self, holder: Holder<'_>) -> Result<Turn, ClaimError> {
        self.0.as_mut().map_err(|error| error.clone())?.next(holder)
    }

    fn answered(&mut self, answer: Result<ClaimAnswer, FetchFailureKind>) {
        if let Ok(exchange) = &mut self.0 {
            exchange.answered(answer);
        }
    }
}
