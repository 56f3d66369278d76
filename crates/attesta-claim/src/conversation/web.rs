//! Any address: asked, and what comes is looked at; a page is searched for what it links to.

mod body;
mod failure;

use std::collections::VecDeque;

use attesta_verify::FetchFailureKind;
use url::Url;

use crate::claim::{Holder, Next};
use crate::conversation::web::body::Body;
use crate::conversation::web::failure::{of_refused, of_status, telling};
use crate::conversation::{self, Conversation, Turn};
use crate::error::ClaimError;
use crate::exchange::{ClaimAnswer, ClaimRequest, Method};
use crate::link::{Link, LinkKind, check, classify, host_of, loopback_of};
use crate::notification::{Claimed, ClaimedDocument};
use crate::page::{self, Page, is_claim};

/// What an address is asked for that may be a page: a credential, else a baked picture, else the page.
const PAGE: &str = "application/vc+ld+json, application/vc, application/vc+jwt, application/vp+ld+json, application/vp, \
                    application/ld+json;q=0.95, application/json;q=0.9, image/png;q=0.8, image/svg+xml;q=0.8, \
                    text/html;q=0.5, application/xhtml+xml;q=0.5, */*;q=0.1";
/// What an address of data is asked for. Some platforms give their page to all who would take one.
const DATA: &str = "application/ld+json, application/vc+ld+json, application/vc, application/vc+jwt, \
                    application/json;q=0.9, image/png;q=0.8, image/svg+xml;q=0.8, */*;q=0.1";
/// Most requests that one link may lead to.
const REQUESTS: usize = 10;
/// How often an address that stands in place of a credential is followed, one after the other.
const FOLLOWED: u8 = 2;

/// An address to be asked.
#[derive(Clone)]
struct Step {
    url: Url,
    accept: &'static str,
    searched: Searched,
    /// How many addresses were followed to come here.
    followed: u8,
}

/// Whether a page that comes is searched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Searched {
    /// It is what the learner was given.
    Yes,
    /// It was found on another one, or stands where data was looked for.
    No,
}

/// The conversation with whoever is behind an address.
pub(crate) struct Web {
    steps: VecDeque<Step>,
    asking: Option<Step>,
    answer: Option<Result<ClaimAnswer, FetchFailureKind>>,
    asked: Vec<Url>,
    failure: Option<ClaimError>,
    /// The host of what the learner was given.
    given: String,
}

impl Web {
    /// At any address.
    pub(crate) fn at(url: &Url) -> Web {
        Web::of([Step { url: url.clone(), accept: PAGE, searched: Searched::Yes, followed: 0 }])
    }

    /// At a platform's page: where its data lies first, then the page itself.
    pub(crate) fn share_page(page: &Url, data: &[Url]) -> Web {
        let page = Step { url: page.clone(), accept: PAGE, searched: Searched::Yes, followed: 0 };
        Web::of(data.iter().map(step_of_data).chain([page]))
    }

    fn of(steps: impl IntoIterator<Item = Step>) -> Web {
        let steps: VecDeque<Step> = steps.into_iter().collect();
        // A platform's page stands behind its data.
        let given = steps.back().map(|step| host_of(&step.url)).unwrap_or_default();
        Web { steps, asking: None, answer: None, asked: Vec::new(), failure: None, given }
    }

    fn failed(&mut self, failure: ClaimError) {
        self.failure = Some(telling(self.failure.take(), failure));
    }

    /// What an answer leads to; none where the next address is to be asked.
    fn judge(
        &mut self,
        step: &Step,
        answer: Result<ClaimAnswer, FetchFailureKind>,
    ) -> Result<Option<Turn>, ClaimError> {
        let host = host_of(&step.url);
        let answer = match answer {
            Ok(answer) => answer,
            // These say nothing about this address alone.
            Err(failure @ (FetchFailureKind::Cancelled | FetchFailureKind::Offline)) => {
                return Err(ClaimError::Fetch { host, failure });
            }
            Err(failure) => {
                self.failed(ClaimError::Fetch { host, failure });
                return Ok(None);
            }
        };
        if !answer.is_success() {
            self.failed(match (answer.status, step.searched) {
                // That nothing lies where data was looked for says nothing of the claim.
                (404, Searched::No) => ClaimError::NoCredentialOnPage { host: self.given.clone() },
                _ => of_status(host, &answer),
            });
            return Ok(None);
        }
        let at = Url::parse(&answer.final_url).unwrap_or_else(|_| step.url.clone());
        if page::is_page(&answer.bytes, answer.media_type.as_deref()) {
            return self.page(step, &at, &answer);
        }
        match body::read(&answer.bytes) {
            Body::Documents(documents) => Ok(Some(done(documents, answer.media_type, &at))),
            Body::Claim(kind) => hand_over(&Link { text: String::new(), kind }).map(Some),
            Body::Address(url) if step.followed < FOLLOWED => {
                if let Ok(url) = at.join(&url) {
                    let url = secured(url);
                    self.steps.push_front(Step { followed: step.followed + 1, ..step_of_data(&url) });
                }
                Ok(None)
            }
            Body::Address(_) => {
                self.failed(ClaimError::NotUnderstood { host, what: "addresses without end" });
                Ok(None)
            }
            Body::Unreadable(error) => {
                self.failed(ClaimError::Unreadable { host, error });
                Ok(None)
            }
        }
    }

    fn page(&mut self, step: &Step, at: &Url, answer: &ClaimAnswer) -> Result<Option<Turn>, ClaimError> {
        let host = host_of(at);
        if step.searched == Searched::No {
            self.failed(ClaimError::NoCredentialOnPage { host });
            return Ok(None);
        }
        let Page { documents, claims, refresh, candidates, asks_for_password } =
            page::read(&answer.bytes, answer.media_type.as_deref(), at);
        if !documents.is_empty() {
            return Ok(Some(done(documents, Some("application/ld+json".to_owned()), at)));
        }
        // A short link may have led to what is known.
        let landed = (*at != step.url).then(|| classify(at.as_str(), loopback_of(at)));
        if let Some(link) = landed.iter().chain(&claims).find(|link| is_claim(&link.kind)) {
            return hand_over(link).map(Some);
        }
        self.failed(match asks_for_password {
            true => ClaimError::SignInNeeded { host },
            false => ClaimError::NoCredentialOnPage { host },
        });
        let mut found: Vec<Step> = Vec::new();
        if let Some(Link { kind: LinkKind::SharePage { data, .. }, .. }) = &landed {
            found.extend(data.iter().map(step_of_data));
        }
        if let Some(url) = refresh.filter(|_| step.followed < FOLLOWED) {
            found.push(Step { url, accept: PAGE, searched: Searched::Yes, followed: step.followed + 1 });
        }
        found.extend(candidates.iter().map(|url| Step { accept: PAGE, ..step_of_data(url) }));
        found.truncate(page::CANDIDATES);
        for found in found.into_iter().rev() {
            self.steps.push_front(found);
        }
        Ok(None)
    }

    /// The next address that may be asked and was not.
    fn step(&mut self) -> Option<Step> {
        while let Some(step) = self.steps.pop_front() {
            if self.asked.len() >= REQUESTS {
                return None;
            }
            let mut url = step.url.clone();
            url.set_fragment(None);
            if self.asked.contains(&url) {
                continue;
            }
            // What the learner gave was looked at when it was recognised; what a page names was not.
            let found = self.asked.last().map_or(attesta_verify::LoopbackAccess::Allowed, loopback_of);
            if let Err(refused) = check(&url, found) {
                self.failed(of_refused(host_of(&url), refused));
                continue;
            }
            self.asked.push(url.clone());
            return Some(Step { url, ..step });
        }
        None
    }
}

impl Conversation for Web {
    fn next(&mut self, _holder: Holder<'_>) -> Result<Turn, ClaimError> {
        if let Some((step, answer)) = self.asking.clone().zip(self.answer.take()) {
            self.asking = None;
            if let Some(turn) = self.judge(&step, answer)? {
                return Ok(turn);
            }
        }
        // Asked again without an answer, it wants the same.
        let step = match self.asking.take() {
            Some(step) => step,
            None => match self.step() {
                Some(step) => step,
                None => return Err(self.failure.take().unwrap_or(ClaimError::Unsupported { what: "this address" })),
            },
        };
        let request = ClaimRequest {
            method: Method::Get,
            url: step.url.to_string(),
            accept: step.accept,
            bearer: None,
            body: None,
        };
        self.asking = Some(step);
        Ok(Turn::Next(Next::Ask(request)))
    }

    fn answered(&mut self, answer: Result<ClaimAnswer, FetchFailureKind>) {
        self.answer = Some(answer);
    }
}

/// The same address by https. Badges that were baked with a plain one are older than the habit, and their servers have
/// moved on.
fn secured(mut url: Url) -> Url {
    if url.scheme() == "http" && check(&url, attesta_verify::LoopbackAccess::Allowed).is_err() {
        // It fails for no address with a host, and then leaves it as it was, to be refused.
        let _ = url.set_scheme("https");
    }
    url
}

fn step_of_data(url: &Url) -> Step {
    Step { url: url.clone(), accept: DATA, searched: Searched::No, followed: 0 }
}

fn hand_over(link: &Link) -> Result<Turn, ClaimError> {
    conversation::about(link).map(Turn::HandOver)
}

fn done(documents: Vec<Vec<u8>>, media_type: Option<String>, at: &Url) -> Turn {
    let documents = documents
        .into_iter()
        .map(|bytes| ClaimedDocument { bytes, media_type: media_type.clone(), url: at.to_string() })
        .collect();
    Turn::Next(Next::Done(Claimed { documents, ..Claimed::default() }))
}

#[cfg(test)]
#[path = "web/tests.rs"]
mod tests;

#[cfg(test)]
#[path = "web/shapes.rs"]
mod shapes;
