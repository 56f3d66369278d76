//! Credential request links of the Digital Credentials Consortium, direct and in two steps.

use crate::link::RequestLink;
use attesta_verify::FetchFailureKind;

use crate::claim::{Holder, Next};
use crate::conversation::{Conversation, Turn};
use crate::error::ClaimError;
use crate::exchange::ClaimAnswer;
use crate::notification::Claimed;

pub(crate) struct Request;

impl Request {
    pub(crate) fn new(_request: &RequestLink) -> Request {
        Request
    }
}

impl Conversation for Request {
    fn next(&mut self, _holder: Holder<'_>) -> Result<Turn, ClaimError> {
        Ok(Turn::Next(Next::Done(Claimed::default())))
    }

    fn answered(&mut self, _answer: Result<ClaimAnswer, FetchFailureKind>) {}
}
