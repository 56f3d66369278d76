//! VC-API exchanges: rounds of messages until the issuer has handed over or wants nothing more.

use attesta_verify::FetchFailureKind;
use url::Url;

use crate::claim::{Holder, Next};
use crate::conversation::{Conversation, Turn};
use crate::error::ClaimError;
use crate::exchange::ClaimAnswer;
use crate::notification::Claimed;

pub(crate) struct Exchange;

/// The conversation that a wallet message asks for.
pub(crate) fn of_message(_json: &str) -> Result<Box<dyn Conversation + Send>, ClaimError> {
    Ok(Box::new(Exchange))
}

/// An exchange at its address.
pub(crate) fn at(_url: &Url) -> Box<dyn Conversation + Send> {
    Box::new(Exchange)
}

impl Conversation for Exchange {
    fn next(&mut self, _holder: Holder<'_>) -> Result<Turn, ClaimError> {
        Ok(Turn::Next(Next::Done(Claimed::default())))
    }

    fn answered(&mut self, _answer: Result<ClaimAnswer, FetchFailureKind>) {}
}
