//! One visit to the employer's page, without the browser.

use std::collections::{BTreeMap, BTreeSet};

use attesta_credential::{Found, Unread, VerifiablePresentation, read_each};
use attesta_share::{OpenError, Received, read_presentation};
use attesta_verify::{
    Answer, FetchFailure, FetchFailureKind, LoopbackAccess, Policy, PresentationTurn, Resource, ResourceRequest,
    Resources, Turn, VerificationReport, assembled, verify, verify_presentation,
};
use attesta_view::{CredentialView, Language, PresentationView, PresentedCredentialView, read_params};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use crate::wire::{ErrorView, PageAnswer, TurnView};

/// The largest answer that is taken, in bytes: the limit that every fetched resource has.
const ANSWER_BYTES: usize = 8 * 1024 * 1024;

/// The most resources that one visit asks the page to fetch. A bundle rests on a few; without a bound, a link made to
/// do harm could have every visitor's browser call on hundreds of hosts.
const MOST_REQUESTS: usize = 64;

/// What a visitor opened, and the answers so far.
pub struct Session {
    opened: Result<Opened, ErrorView>,
    resources: Resources,
    awaited: BTreeSet<String>,
    requests: usize,
    policy: Policy,
    language: Language,
}

/// What was in the link or file.
struct Opened {
    presentation: Option<VerifiablePresentation>,
    /// Each credential, or why it can't be read.
    credentials: Vec<Result<Found, Unread>>,
}

impl Session {
    /// Opens a link's text or a file's bytes; what is wrong with it is told by the first [`Session::turn`].
    pub fn open(received: &[u8], language: &str, allow_loopback: bool) -> Session {
        let loopback = if allow_loopback { LoopbackAccess::Allowed } else { LoopbackAccess::Refused };
        Session {
            opened: open(received),
            resources: Resources::new(),
            awaited: BTreeSet::new(),
            requests: 0,
            // An employer is not the learner, so nothing is compared with anybody's identities.
            policy: Policy { loopback, ..Policy::default() },
            language: if language.starts_with("fr") { Language::Fr } else { Language::En },
        }
    }

    /// One turn: answers in, needs or findings out, both as JSON; see [`crate::Session::turn`].
    pub fn turn(&mut self, now: &str, answers: &str) -> String {
        let turn = self.take(now, answers).unwrap_or_else(TurnView::Error);
        serde_json::to_string(&turn).expect("view types have string keys and no fallible parts")
    }

    fn take(&mut self, now: &str, answers: &str) -> Result<TurnView, ErrorView> {
        let now: Timestamp = now.parse().map_err(|_| fault("now"))?;
        let answers: Vec<PageAnswer> = serde_json::from_str(answers).map_err(|_| fault("answers"))?;
        self.record(answers, now);
        loop {
            let opened = self.opened.as_ref().map_err(Clone::clone)?;
            let mut needs = match self.check(opened, now) {
                Ok(view) => return Ok(TurnView::Done(Box::new(view))),
                Err(needs) => needs,
            };
            let room = MOST_REQUESTS - self.requests;
            for refused in needs.split_off(room.min(needs.len())) {
                self.resources.record(refused.url, failed(FetchFailureKind::Unreachable, now));
            }
            // What was asked for or refused has an answer by the next check, so this can't go on for ever.
            if !needs.is_empty() {
                self.requests += needs.len();
                self.awaited = needs.iter().map(|need| need.url.clone()).collect();
                return Ok(TurnView::Need(needs));
            }
        }
    }

    /// Records what the page brought, and a failure for what it was asked for and did not bring.
    fn record(&mut self, answers: Vec<PageAnswer>, now: Timestamp) {
        for answer in answers {
            // An answer to a question that was not asked could replace one that a finding already rests on.
            if self.awaited.remove(&answer.url) {
                let url = answer.url.clone();
                self.resources.record(url, read_answer(answer, now));
            }
        }
        for url in std::mem::take(&mut self.awaited) {
            self.resources.record(url, failed(FetchFailureKind::Unreachable, now));
        }
    }

    /// Everything that can be told from the answers so far, or what is still needed, in the order of its addresses.
    fn check(&self, opened: &Opened, now: Timestamp) -> Result<PresentationView, Vec<ResourceRequest>> {
        let mut needs = BTreeSet::new();
        let mut holder = None;
        if let Some(presentation) = &opened.presentation {
            match verify_presentation(presentation, &self.resources, &self.policy, now) {
                PresentationTurn::Need(requests) => needs.extend(requests),
                PresentationTurn::Done(report) => holder = Some((presentation, report)),
            }
        }
        let mut presented = Vec::with_capacity(opened.credentials.len());
        for entry in &opened.credentials {
            match entry {
                Err(unread) => presented.push(PresentedCredentialView::unreadable(&unread.error)),
                Ok(found) => match verify(&found.credential, &self.resources, &self.policy, now) {
                    Turn::Need(requests) => needs.extend(requests),
                    Turn::Done(report) => presented.push(self.describe(found, &report)),
                },
            }
        }
        if !needs.is_empty() {
            return Err(needs.into_iter().collect());
        }
        Ok(match holder {
            Some((presentation, report)) => PresentationView::assemble(presentation, &report, presented, self.language),
            None => PresentationView::of_credentials(presented, now),
        })
    }

    fn describe(&self, found: &Found, report: &VerificationReport) -> PresentedCredentialView {
        let copies = |url: &str| Some(self.resources.answer(url)?.resource()?.bytes.clone());
        let whole = assembled(&found.credential, &copies);
        let view = CredentialView {
            container: found.container.as_str().to_owned(),
            ..CredentialView::from_credential(&whole, self.language)
        };
        PresentedCredentialView::checked(view, &found.credential, report, self.language)
    }
}

fn open(received: &[u8]) -> Result<Opened, ErrorView> {
    let empty = received.iter().all(|byte| byte.is_ascii_whitespace() || *byte == b'#');
    if empty {
        return Err(ErrorView { code: "share_link_empty", params: BTreeMap::new() });
    }
    let (presentation, entries) = match read_presentation(received).map_err(|error| open_error(&error))? {
        Received::Presentation(presentation) => {
            let entries = read_each(presentation.bytes()).map_err(|error| open_error(&error.into()))?;
            (Some(presentation), entries)
        }
        Received::Credentials(entries) => (None, entries),
        Received::Sealed(_) => return Err(ErrorView { code: "passphrase_needed", params: BTreeMap::new() }),
    };
    Ok(Opened { presentation, credentials: entries })
}

fn open_error(error: &OpenError) -> ErrorView {
    let params = match error {
        OpenError::Read(error) => read_params(error),
        OpenError::Link(error) => error.params().into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    };
    ErrorView { code: error.code(), params }
}

/// The page broke the agreement on what crosses the border.
fn fault(what: &str) -> ErrorView {
    ErrorView { code: "internal", params: BTreeMap::from([("what".to_owned(), what.to_owned())]) }
}

fn read_answer(answer: PageAnswer, now: Timestamp) -> Answer {
    if !answer.ok {
        return failed(answer.failure_kind(), now);
    }
    match STANDARD.decode(&answer.base64) {
        Ok(bytes) if bytes.len() > ANSWER_BYTES => failed(FetchFailureKind::TooLarge, now),
        Ok(bytes) => Answer::Fresh(Resource { bytes, media_type: answer.media_type, fetched_at: now }),
        Err(_) => failed(FetchFailureKind::Unreachable, now),
    }
}

fn failed(kind: FetchFailureKind, at: Timestamp) -> Answer {
    Answer::Failed(FetchFailure { kind, at })
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
