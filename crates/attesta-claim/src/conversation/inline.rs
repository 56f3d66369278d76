//! A document that stands in its link: nobody is asked.

use attesta_verify::FetchFailureKind;

use crate::claim::{Holder, Next};
use crate::conversation::{Conversation, Turn};
use crate::error::ClaimError;
use crate::exchange::ClaimAnswer;
use crate::link::InlineDocument;
use crate::notification::{Claimed, ClaimedDocument};

pub(crate) struct Inline {
    document: InlineDocument,
}

impl Inline {
    pub(crate) fn new(document: &InlineDocument) -> Inline {
        Inline { document: document.clone() }
    }
}

impl Conversation for Inline {
    fn next(&mut self, _holder: Holder<'_>) -> Result<Turn, ClaimError> {
        let InlineDocument { bytes, media_type } = self.document.clone();
        let document = ClaimedDocument { bytes, media_type, url: String::new() };
        Ok(Turn::Next(Next::Done(Claimed { documents: vec![document], ..Claimed::default() })))
    }

    fn answered(&mut self, _answer: Result<ClaimAnswer, FetchFailureKind>) {}
}
