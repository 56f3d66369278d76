//! VC-API exchanges: rounds of messages until the issuer has handed over or wants nothing more,
//! [VCALM, Participate in an Exchange](https://w3c.github.io/vcalm/#participate-in-an-exchange). The credential requests
//! of the Digital Credentials Consortium are exchanges too, with the presentation standing alone in the body.

mod message;
mod query;
#[cfg(test)]
mod tests;
mod wallet_message;

use attesta_jsonld::Value;
use attesta_verify::FetchFailureKind;
use url::Url;

use self::message::Message;
use self::query::{Wanted, wanted};
use super::refusal::{Sent, host_of, success};
use crate::claim::{Holder, Next};
use crate::conversation::{Conversation, Turn};
use crate::error::ClaimError;
use crate::exchange::{ClaimAnswer, ClaimBody, ClaimRequest, Method};
use crate::notification::{Claimed, ClaimedDocument};
use crate::presentation::{Authentication, authenticate};

pub(crate) use self::wallet_message::of_message;

/// The most messages that are sent in one exchange; honest ones need one to three.
const ROUNDS: usize = 10;

/// The most documents that one exchange may hand over; each may itself hold many credentials.
const DOCUMENTS: usize = 100;

const JSON: &str = "application/json";

/// How a presentation is carried to the issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Envelope {
    /// As the body itself, as the Digital Credentials Consortium's issuers read it.
    Bare,
    /// As the member `verifiablePresentation` of a message.
    Message,
}

/// One exchange.
pub(super) struct Exchange {
    /// Where it is held.
    address: Url,
    /// The hosts that may be named in a proof or take it, the exchange's own first; others only if the learner saw them
    /// and they sent us here.
    hosts: Vec<String>,
    envelope: Envelope,
    step: Step,
    rounds: usize,
    /// What the issuer calls the message before; it wants to be told in the next.
    reference: Option<String>,
    documents: Vec<ClaimedDocument>,
    then: Option<String>,
}

enum Step {
    /// Something is to be sent.
    Send(Content),
    /// It was sent and the answer is awaited.
    Awaiting(ClaimRequest, Sent),
    /// The answer of this host.
    Heard(Result<ClaimAnswer, FetchFailureKind>, Sent, String),
    /// Nothing more is asked, whatever happens: a success is never asked for twice.
    Over(Result<(), ClaimError>),
}

/// What is sent.
pub(super) enum Content {
    /// Nothing: the issuer is to begin.
    Nothing,
    /// A proof of the wallet's key.
    Proof(Authentication, Url),
}

/// An exchange at its address. The hosts that it was announced by are those that the learner saw and that delegated to
/// it; a proof may be meant for them.
pub(super) fn at(url: &Url, announced_by: Vec<String>) -> Box<dyn Conversation + Send> {
    Box::new(Exchange::new(url.clone(), announced_by, Envelope::Message, Content::Nothing))
}

impl Exchange {
    pub(super) fn new(address: Url, announced_by: Vec<String>, envelope: Envelope, content: Content) -> Exchange {
        let mut hosts = vec![host_of(&address)];
        hosts.extend(announced_by);
        Exchange {
            address,
            hosts,
            envelope,
            step: Step::Send(content),
            rounds: 0,
            reference: None,
            documents: Vec::new(),
            then: None,
        }
    }

    fn host(&self) -> String {
        self.hosts[0].clone()
    }

    /// The request that carries `content`.
    fn request(&mut self, content: Content, holder: Holder<'_>) -> Result<(ClaimRequest, Sent), ClaimError> {
        if self.rounds == ROUNDS {
            return Err(ClaimError::TooManyRounds { host: self.host() });
        }
        self.rounds += 1;
        let reference = self.reference.take();
        let (url, body, sent) = match content {
            Content::Nothing => (self.address.clone(), self.body(None, reference), Sent::Question),
            Content::Proof(authentication, url) => {
                let presentation = authenticate(&authentication, holder)?;
                (url, self.body(Some(presentation), reference), Sent::Proof)
            }
        };
        let body = Some(ClaimBody { media_type: JSON, bytes: body });
        let request = ClaimRequest { method: Method::Post, url: url.into(), accept: JSON, bearer: None, body };
        Ok((request, sent))
    }

    fn body(&self, presentation: Option<Vec<u8>>, reference: Option<String>) -> Vec<u8> {
        match (self.envelope, presentation) {
            (Envelope::Bare, Some(presentation)) => presentation,
            (_, presentation) => message::write(presentation.as_deref(), reference.as_deref()),
        }
    }

    /// What an answer leads to: another message, or nothing more.
    fn hear(
        &mut self,
        answer: Result<ClaimAnswer, FetchFailureKind>,
        sent: Sent,
        host: String,
    ) -> Result<Step, ClaimError> {
        let answer = success(answer, &host, sent)?;
        let message = Message::read(&answer.bytes).map_err(|what| ClaimError::NotUnderstood { host, what })?;
        for bytes in message.documents {
            let media_type = message.whole.then(|| answer.media_type.clone()).flatten();
            if self.documents.len() < DOCUMENTS {
                self.documents.push(ClaimedDocument { bytes, media_type, url: answer.final_url.clone() });
            }
        }
        self.reference = message.reference;
        if message.then.is_some() {
            self.then = message.then;
            return Ok(Step::Over(Ok(())));
        }
        let Some(request) = message.request else {
            return Ok(Step::Over(Ok(())));
        };
        self.content_for(request.root()).map(Step::Send)
    }

    /// What is sent in answer to a presentation request.
    fn content_for(&self, request: &Value<'_>) -> Result<Content, ClaimError> {
        Ok(match wanted(request, &self.address, &self.hosts, self.envelope)? {
            Wanted::Proof(authentication, url) => Content::Proof(authentication, url),
            Wanted::Nothing => Content::Nothing,
        })
    }

    /// What the exchange ended with: what came before a failure is not lost to it.
    fn outcome(&self, ended: &Result<(), ClaimError>) -> Result<Claimed, ClaimError> {
        if self.documents.is_empty() && self.then.is_none() {
            ended.clone()?;
            return Err(ClaimError::NotUnderstood { host: self.host(), what: "it ended without a credential" });
        }
        Ok(Claimed { documents: self.documents.clone(), then: self.then.clone(), ..Claimed::default() })
    }
}

impl Conversation for Exchange {
    fn next(&mut self, holder: Holder<'_>) -> Result<Turn, ClaimError> {
        loop {
            let step = match std::mem::replace(&mut self.step, Step::Over(Ok(()))) {
                Step::Send(content) => {
                    self.request(content, holder).map(|(request, sent)| Step::Awaiting(request, sent))
                }
                Step::Heard(answer, sent, host) => self.hear(answer, sent, host),
                waiting_or_over => Ok(waiting_or_over),
            };
            self.step = step.unwrap_or_else(|error| Step::Over(Err(error)));
            match &self.step {
                Step::Awaiting(request, _) => return Ok(Turn::Next(Next::Ask(request.clone()))),
                Step::Over(ended) => return Ok(Turn::Next(Next::Done(self.outcome(ended)?))),
                Step::Send(_) | Step::Heard(..) => {}
            }
        }
    }

    fn answered(&mut self, answer: Result<ClaimAnswer, FetchFailureKind>) {
        if let Step::Awaiting(request, sent) = &self.step {
            let host = Url::parse(&request.url).map_or_else(|_| self.host(), |url| host_of(&url));
            self.step = Step::Heard(answer, *sent, host);
        }
    }
}
