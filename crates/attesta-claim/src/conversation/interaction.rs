//! Interaction URLs: which protocols an issuer speaks, and the conversation in one of them,
//! [VCALM, Initiating Interactions](https://w3c.github.io/vcalm/#initiating-interactions).

pub(super) mod protocols;
#[cfg(test)]
mod tests;

use attesta_jsonld::Document;
use attesta_verify::FetchFailureKind;
use url::Url;

use self::protocols::{Way, chosen};
use super::refusal::{Sent, host_of, success};
use crate::claim::{Holder, Next};
use crate::conversation::{Conversation, Turn};
use crate::error::ClaimError;
use crate::exchange::{ClaimAnswer, ClaimRequest, Method};

/// One interaction URL.
pub(crate) struct Interaction {
    url: Url,
    /// The hosts that sent us here, as the learner saw them.
    announced_by: Vec<String>,
    answer: Option<Result<ClaimAnswer, FetchFailureKind>>,
}

/// The most interactions that may lead from one to another.
const DEPTH: usize = 2;

impl Interaction {
    pub(crate) fn new(url: &Url) -> Interaction {
        Interaction { url: url.clone(), announced_by: Vec::new(), answer: None }
    }

    fn heard(&self, answer: Result<ClaimAnswer, FetchFailureKind>) -> Result<Turn, ClaimError> {
        let host = host_of(&self.url);
        let answer = success(answer, &host, Sent::Question)?;
        let not_understood = |what| ClaimError::NotUnderstood { host: host.clone(), what };
        // A host that only sent us on said nothing itself: by a redirect that leads anywhere, anybody could speak in its
        // name and have a proof made for it.
        let spoke = Url::parse(&answer.final_url).map_or_else(|_| host.clone(), |url| host_of(&url));
        let document = Document::parse(answer.bytes).map_err(|_| not_understood("the answer is not strict JSON"))?;
        let protocols =
            document.root().get("protocols").ok_or_else(|| not_understood("the answer names no protocols"))?;
        let mut announced_by = self.announced_by.clone();
        announced_by.push(spoke);
        match chosen(protocols, &host)? {
            Way::Interaction(_) if announced_by.len() >= DEPTH => Err(ClaimError::TooManyRounds { host }),
            way => way.follow(announced_by).map(Turn::HandOver),
        }
    }
}

impl Way {
    /// The conversation in this protocol. The hosts that led here are trusted with the proof as far as the exchange
    /// itself is: an interaction lies with the issuer, and it says who holds the exchange in its name.
    pub(super) fn follow(self, announced_by: Vec<String>) -> Result<Box<dyn Conversation + Send>, ClaimError> {
        match self {
            Way::Exchange(url) => Ok(super::exchange::at(&url, announced_by)),
            Way::Offer(json) => super::offer::by_value(&json),
            Way::OfferAt(url) => Ok(super::offer::by_reference(&url)),
            Way::Interaction(url) => Ok(Box::new(Interaction { url, announced_by, answer: None })),
        }
    }
}

impl Conversation for Interaction {
    fn next(&mut self, _holder: Holder<'_>) -> Result<Turn, ClaimError> {
        match &self.answer {
            Some(answer) => self.heard(answer.clone()),
            None => Ok(Turn::Next(Next::Ask(ClaimRequest {
                method: Method::Get,
                url: self.url.to_string(),
                accept: "application/json",
                bearer: None,
                body: None,
            }))),
        }
    }

    fn answered(&mut self, answer: Result<ClaimAnswer, FetchFailureKind>) {
        self.answer = Some(answer);
    }
}
