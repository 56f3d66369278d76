//! Any address: asked, and what comes is looked at; a page is searched for what it links to.

use attesta_verify::FetchFailureKind;
use url::Url;

use crate::claim::{Holder, Next};
use crate::conversation::{Conversation, Turn};
use crate::error::ClaimError;
use crate::exchange::ClaimAnswer;
use crate::notification::Claimed;

pub(crate) struct Web;

impl Web {
    pub(crate) fn at(_url: &Url) -> Web {
        Web
    }

    pub(crate) fn share_page(_page: &Url, _data: &[Url]) -> Web {
        Web
    }
}

impl Conversation for Web {
    fn next(&mut self, _holder: Holder<'_>) -> Result<Turn, ClaimError> {
        Ok(Turn::Next(Next::Done(Claimed::default())))
    }

    fn answered(&mut self, _answer: Result<ClaimAnswer, FetchFailureKind>) {}
}
