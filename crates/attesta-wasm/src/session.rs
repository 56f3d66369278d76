//! One visit to the employer's page, without the browser.

use std::collections::BTreeSet;

use attesta_credential::{Found, Unread, VerifiablePresentation};
use attesta_share::UnsealError;
use attesta_verify::{
    Answer, FetchFailure, FetchFailureKind, LoopbackAccess, Policy, PresentationTurn, ProvenLists, Resource,
    ResourceRequest, Resources, Turn, VerificationReport, assembled, verify_presentation, verify_sharing,
};
use attesta_view::{CredentialView, Language, PresentationView, PresentedCredentialView};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use crate::opened::{Content, Item};
use crate::wire::{ErrorView, FoundView, PageAnswer, ShownView, TurnView, UnreadView, UnsealView};

/// The largest answer that is taken, in bytes: the limit that every fetched resource has.
const ANSWER_BYTES: usize = 8 * 1024 * 1024;

/// The most resources that one visit asks the page to fetch. A bundle rests on a few; without a bound, a link made to
/// do harm could have every visitor's browser call on hundreds of hosts.
const MOST_REQUESTS: usize = 64;

/// The most things that are opened together: more than anybody looks through at once.
const MOST_ITEMS: usize = 64;

/// What a visitor opened, and the answers so far.
pub struct Session {
    items: Vec<Item>,
    resources: Resources,
    awaited: BTreeSet<String>,
    requests: usize,
    policy: Policy,
    language: Language,
}

impl Session {
    /// A visit with nothing opened yet.
    pub fn new(language: &str, allow_loopback: bool) -> Session {
        let loopback = if allow_loopback { LoopbackAccess::Allowed } else { LoopbackAccess::Refused };
        Session {
            items: Vec::new(),
            resources: Resources::new(),
            awaited: BTreeSet::new(),
            requests: 0,
            // An employer is not the learner, so nothing is compared with anybody's identities.
            policy: Policy { loopback, ..Policy::default() },
            language: language_of(language),
        }
    }

    /// Opens a link's text or a file's bytes beside what is open; what is wrong with it is told by
    /// [`Session::turn`].
    pub fn add(&mut self, name: &str, received: &[u8]) {
        let content = match self.items.len() {
            ..MOST_ITEMS => Content::open(received),
            _ => Err(ErrorView::of("too_many_items", [("limit", MOST_ITEMS.to_string())])),
        };
        // One more is kept to say that there were too many.
        if self.items.len() <= MOST_ITEMS {
            self.items.push(Item { name: name.to_owned(), content });
        }
    }

    /// Another language from the next turn on.
    pub fn speak(&mut self, language: &str) {
        self.language = language_of(language);
    }

    /// Tries a passphrase; see [`crate::Session::unseal`].
    pub fn unseal(&mut self, passphrase: &str) -> String {
        let sealed = self.items.iter_mut().find_map(|item| match &item.content {
            Ok(Content::Sealed(sealed)) => Some((sealed.unseal(passphrase), item)),
            _ => None,
        });
        let view = match sealed {
            None => UnsealView::Error(ErrorView::plain("internal")),
            Some((Err(UnsealError::WrongPassphrase | UnsealError::PassphraseNeeded), _)) => UnsealView::Unsealed(false),
            // More memory may be there the next time; what was damaged before it was sealed stays so.
            Some((Err(error @ UnsealError::OutOfMemory { .. }), _)) => {
                UnsealView::Error(ErrorView::plain(error.code()))
            }
            Some((Err(error), item)) => {
                item.content = Err(ErrorView::plain(error.code()));
                UnsealView::Unsealed(true)
            }
            Some((Ok(presentation), item)) => {
                item.content = Content::open_unsealed(presentation);
                UnsealView::Unsealed(true)
            }
        };
        serde_json::to_string(&view).expect("view types have string keys and no fallible parts")
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
        self.nothing_to_check()?;
        loop {
            let mut needs = match self.check(now) {
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

    /// Why there is nothing to check: nothing that opens, or something that is sealed. Nothing of what was opened is
    /// shown, and nobody asked, before every seal is off: who has the link alone learns nothing by it.
    fn nothing_to_check(&self) -> Result<(), ErrorView> {
        let sealed = self.items.iter().find(|item| matches!(item.content, Ok(Content::Sealed(_))));
        if let Some(item) = sealed {
            return Err(ErrorView::of("passphrase_needed", [("name", item.name.clone())]));
        }
        match self.items.as_slice() {
            [] => Err(ErrorView::plain("share_link_empty")),
            [Item { content: Err(error), .. }] => Err(error.clone()),
            _ => Ok(()),
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
    /// Each bundle is shown by itself; credentials that nobody presents stand together, each once.
    fn check(&self, now: Timestamp) -> Result<FoundView, Vec<ResourceRequest>> {
        let lists = ProvenLists::default();
        let mut needs = BTreeSet::new();
        let mut found = FoundView::default();
        let mut loose = Vec::new();
        let mut loose_names = Vec::new();
        let mut seen = BTreeSet::new();
        for Item { name, content } in &self.items {
            match content {
                Err(error) => found.unread.push(UnreadView { name: name.clone(), error: error.clone() }),
                Ok(Content::Sealed(_)) => {}
                Ok(Content::Presentation(presentation, entries)) => {
                    let credentials = self.check_each(entries.iter(), &lists, now, &mut needs);
                    if let Some(presentation) = self.check_holder(presentation, credentials, now, &mut needs) {
                        found.shown.push(ShownView { names: named(name), presentation });
                    }
                }
                Ok(Content::Credentials(entries)) => {
                    // The same file twice, or a credential that came in two of them, is one.
                    let is_new = |found: &Found| seen.insert(found.credential.bytes().to_vec());
                    let first = distinct(entries, is_new);
                    loose.extend(self.check_each(first.into_iter(), &lists, now, &mut needs));
                    loose_names.extend(named(name));
                }
            }
        }
        if !needs.is_empty() {
            return Err(needs.into_iter().collect());
        }
        if !loose.is_empty() {
            let presentation = PresentationView::of_credentials(loose, now);
            found.shown.push(ShownView { names: loose_names, presentation });
        }
        Ok(found)
    }

    fn check_holder(
        &self,
        presentation: &VerifiablePresentation,
        credentials: Vec<PresentedCredentialView>,
        now: Timestamp,
        needs: &mut BTreeSet<ResourceRequest>,
    ) -> Option<PresentationView> {
        match verify_presentation(presentation, &self.resources, &self.policy, now) {
            PresentationTurn::Need(requests) => {
                needs.extend(requests);
                None
            }
            PresentationTurn::Done(report) => {
                Some(PresentationView::assemble(presentation, &report, credentials, self.language))
            }
        }
    }

    /// Each credential that can be told about; what the others need goes to `needs`.
    fn check_each<'a>(
        &self,
        entries: impl Iterator<Item = &'a Result<Found, Unread>>,
        lists: &ProvenLists,
        now: Timestamp,
        needs: &mut BTreeSet<ResourceRequest>,
    ) -> Vec<PresentedCredentialView> {
        let mut presented = Vec::new();
        for entry in entries {
            match entry {
                Err(unread) => presented.push(PresentedCredentialView::unreadable(&unread.error)),
                Ok(found) => match verify_sharing(&found.credential, &self.resources, &self.policy, now, lists) {
                    Turn::Need(requests) => needs.extend(requests),
                    Turn::Done(report) => presented.push(self.describe(found, &report)),
                },
            }
        }
        presented
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

/// The entries whose credential is new, and those that can't be read.
fn distinct(entries: &[Result<Found, Unread>], mut is_new: impl FnMut(&Found) -> bool) -> Vec<&Result<Found, Unread>> {
    entries.iter().filter(|entry| entry.as_ref().map_or(true, &mut is_new)).collect()
}

fn language_of(tag: &str) -> Language {
    if tag.starts_with("fr") { Language::Fr } else { Language::En }
}

fn named(name: &str) -> Vec<String> {
    if name.is_empty() { Vec::new() } else { vec![name.to_owned()] }
}

/// The page broke the agreement on what crosses the border.
fn fault(what: &str) -> ErrorView {
    ErrorView::of("internal", [("what", what.to_owned())])
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
