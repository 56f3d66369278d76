//! OpenID for Verifiable Credential Issuance: from an offer to the credentials.

use attesta_verify::FetchFailureKind;
use url::Url;

use crate::claim::{Holder, Next};
use crate::conversation::{Conversation, Turn};
use crate::error::ClaimError;
use crate::exchange::ClaimAnswer;
use crate::notification::Claimed;

pub(crate) struct Offer;

/// An offer that stands in the link.
pub(crate) fn by_value(_json: &str) -> Result<Box<dyn Conversation + Send>, ClaimError> {
    Ok(Box::new(Offer))
}

/// An offer that lies at an address.
pub(crate) fn by_reference(_url: &Url) -> Box<dyn Conversation + Send> {
    Box::new(Offer)
}

impl Conversation for Offer {
    fn next(&mut self, _holder: Holder<'_>) -> Result<Turn, ClaimError> {
        Ok(Turn::Next(Next::Done(Claimed::default())))
    }

    fn answered(&mut self, _answer: Result<ClaimAnswer, FetchFailureKind>) {}
}
