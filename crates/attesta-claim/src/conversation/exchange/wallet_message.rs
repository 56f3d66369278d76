//! The messages that a link or a text carries to a wallet: an invitation, an offer or a request.

use attesta_jsonld::Value;
use url::Url;

use super::message::{self, Message};
use super::query::named_endpoint;
use super::{Content, Envelope, Exchange, Step};
use crate::conversation::Conversation;
use crate::conversation::interaction::protocols::chosen;
use crate::error::ClaimError;
use crate::notification::ClaimedDocument;

/// The conversation that a wallet message asks for: that of the protocol it names, the answer to the request that it
/// holds, or none at all where it holds the credentials. The origin that it states is its own word and counts nothing.
///
/// # Errors
/// [`ClaimError`] where it can't be followed.
pub(crate) fn of_message(json: &str) -> Result<Box<dyn Conversation + Send>, ClaimError> {
    // Nobody was asked, so there is no host whose answer it could be.
    let unsupported = |what| ClaimError::Unsupported { what };
    let unknown = || unsupported("this wallet message");
    let document = message::parse(json.trim().as_bytes()).ok_or_else(unknown)?;
    let root = document.root();
    if let Some(protocols) = root.get("protocols") {
        return match chosen(protocols, "") {
            Err(ClaimError::NotUnderstood { .. }) => Err(unknown()),
            way => way?.follow(Vec::new()),
        };
    }
    if let Value::Object(object) = root {
        let message = Message::of(&document, object);
        if !message.documents.is_empty() {
            return Ok(Box::new(given(message)));
        }
    }
    // The member of an exchange's message, or the request alone, as it is handed to a browser.
    let request = root.get("verifiablePresentationRequest").unwrap_or(root);
    if request.get("query").is_some() {
        let address =
            named_endpoint(request).ok_or_else(|| unsupported("a presentation request without an address"))?;
        let mut exchange = Exchange::new(address, Vec::new(), Envelope::Message, Content::Nothing);
        exchange.step = Step::Send(exchange.content_for(request)?);
        return Ok(Box::new(exchange));
    }
    Err(match root.get("issueRequest") {
        Some(_) => unsupported("a request to sign a credential"),
        None => unknown(),
    })
}

/// An exchange that is over before anything was asked.
fn given(message: Message) -> Exchange {
    let nowhere = Url::parse("about:blank").expect("a fixed address");
    let mut exchange = Exchange::new(nowhere, Vec::new(), Envelope::Message, Content::Nothing);
    let document = |bytes| ClaimedDocument { bytes, media_type: None, url: String::new() };
    exchange.documents = message.documents.into_iter().map(document).collect();
    exchange.then = message.then;
    exchange.step = Step::Over(Ok(()));
    exchange
}
