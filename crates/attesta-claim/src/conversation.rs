//! The conversations, one file per protocol. A link that only names another way hands over to that one.

mod exchange;
mod inline;
mod interaction;
mod offer;
mod refusal;
mod request;
#[cfg(test)]
mod scripted;
mod web;

use attesta_verify::FetchFailureKind;

use crate::claim::{Holder, Next};
use crate::error::ClaimError;
use crate::exchange::ClaimAnswer;
use crate::link::{Link, LinkKind};

/// What a conversation wants: something done, or another conversation in its place.
#[allow(clippy::large_enum_variant, reason = "one is made per step of a claim, and none is kept")]
pub(crate) enum Turn {
    /// Something done.
    Next(Next),
    /// Another conversation takes over.
    HandOver(Box<dyn Conversation + Send>),
}

/// One protocol's side of a conversation.
pub(crate) trait Conversation {
    /// What it wants next; asked again after each answer, code or wait.
    fn next(&mut self, holder: Holder<'_>) -> Result<Turn, ClaimError>;

    /// The answer to what it wanted asked.
    fn answered(&mut self, answer: Result<ClaimAnswer, FetchFailureKind>);

    /// The learner's code. Only some protocols want one.
    fn code(&mut self, code: &str) {
        let _ = code;
    }
}

/// The conversation that belongs to a link.
pub(crate) fn about(link: &Link) -> Result<Box<dyn Conversation + Send>, ClaimError> {
    match &link.kind {
        LinkKind::Request(request) => Ok(Box::new(request::Request::new(request))),
        LinkKind::Interaction(url) => Ok(Box::new(interaction::Interaction::new(url))),
        LinkKind::Message(json) => exchange::of_message(json),
        LinkKind::Offer(json) => offer::by_value(json),
        LinkKind::OfferAt(url) => Ok(offer::by_reference(url)),
        LinkKind::SharePage { page, data, .. } => Ok(Box::new(web::Web::share_page(page, data))),
        LinkKind::Web(url) => Ok(Box::new(web::Web::at(url))),
        LinkKind::Inline(document) => Ok(Box::new(inline::Inline::new(document))),
        LinkKind::AsksForCredentials { host } => {
            Err(ClaimError::AsksForCredentials { host: host.clone().unwrap_or_default() })
        }
        LinkKind::DocumentPage { .. } => Err(ClaimError::Unsupported { what: "a page without data" }),
        LinkKind::Share => Err(ClaimError::Unsupported { what: "a shared bundle" }),
        LinkKind::Refused(_) => Err(ClaimError::Unsupported { what: "this address" }),
    }
}
