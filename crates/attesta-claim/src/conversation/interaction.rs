//! Interaction URLs: which protocols an issuer speaks, and the conversation in one of them.

use attesta_verify::FetchFailureKind;
use url::Url;

use crate::claim::{Holder, Next};
use crate::conversation::{Conversation, Turn};
use crate::error::ClaimError;
use crate::exchange::ClaimAnswer;
use crate::notification::Claimed;

pub(crate) struct Interaction;

impl Interaction {
    pub(crate) fn new(_url: &Url) -> Interaction {
        Interaction
    }
}

impl Conversation for Interaction {
    fn next(&mut self, _holder: Holder<'_>) -> Result<Turn, ClaimError> {
        Ok(Turn::Next(Next::Done(Claimed::default())))
    }

    fn answered(&mut self, _answer: Result<ClaimAnswer, FetchFailureKind>) {}
}
