//! Import: from a link, a file or a pasted text to checked credentials in the wallet.
//!
//! Nothing is kept before it was checked, and what is kept is kept at once: an import that fails or is stopped leaves
//! the wallet as it was.

pub(crate) mod claim;
pub(crate) mod keep;
pub(crate) mod page;
pub(crate) mod router;

use std::borrow::Cow;

use attesta_credential::{Found, Unread, read_each};
use attesta_net::Budget;
use attesta_store::{Origin, OriginKind};
use attesta_verify::{Verdict, judge};
use attesta_view::title;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::command::{DroppedFile, PastedText};
use crate::error::WalletError;
use crate::import::router::{Recognised, recognise, trim};
use crate::verify::{Copies, IMPORT_TIME, Run};
use crate::view::{ImportOutcome, ImportProgress, ImportResultView, ImportStep, RecognisedView};
use crate::wallet::Wallet;

/// What came, read as far as it can be read without judging it.
pub(crate) struct Received {
    /// Exactly the bytes that came.
    pub(crate) bytes: Vec<u8>,
    /// The Content-Type as sent, where a server sent one.
    pub(crate) media_type: Option<String>,
    /// Where it came from.
    pub(crate) origin: Origin,
    /// Each credential in it, or why an entry is none.
    pub(crate) entries: Vec<Result<Found, Unread>>,
}

impl Wallet {
    /// What a pasted text is. Makes no request.
    pub fn recognise(&self, request: &PastedText) -> RecognisedView {
        recognise(&request.text, self.loopback()).view()
    }

    /// Imports from a pasted text: a link, or the credential itself. Each credential found gives one result.
    pub fn import_text(&self, request: &PastedText, progress: &dyn Fn(ImportProgress)) -> Vec<ImportResultView> {
        let running = self.stoppable();
        let budget = Budget::new(IMPORT_TIME).with_cancel(running.cancel.clone());
        begin(progress, ImportStep::Read, None);
        let contacting = |host: &str| begin(progress, ImportStep::Contact, Some(host));
        let (source, received) = match recognise(&request.text, self.loopback()) {
            Recognised::Link(link) => (link.to_string(), claim::claim(self, &link, &budget, &contacting)),
            Recognised::Credential { .. } => ("-".to_owned(), pasted(&request.text)),
            Recognised::ShareLink => ("-".to_owned(), Err(WalletError::IsShareLink)),
            Recognised::Nothing(error) => ("-".to_owned(), Err(error)),
        };
        self.import(&source, received, budget, progress)
    }

    /// Imports a dropped file.
    pub fn import_file(&self, request: &DroppedFile, progress: &dyn Fn(ImportProgress)) -> Vec<ImportResultView> {
        match STANDARD.decode(&request.base64) {
            Ok(bytes) => self.import_bytes(&request.name, bytes, progress),
            Err(_) => vec![failed(&request.name, &WalletError::FileUnreadable { name: request.name.clone() })],
        }
    }

    /// Imports a file's bytes.
    pub fn import_bytes(&self, name: &str, bytes: Vec<u8>, progress: &dyn Fn(ImportProgress)) -> Vec<ImportResultView> {
        let running = self.stoppable();
        let budget = Budget::new(IMPORT_TIME).with_cancel(running.cancel.clone());
        begin(progress, ImportStep::Read, None);
        let origin = Origin { kind: OriginKind::File, name: Some(name.to_owned()), url: None };
        self.import(name, read(bytes, origin), budget, progress)
    }

    fn import(
        &self,
        source: &str,
        received: Result<Received, WalletError>,
        budget: Budget,
        progress: &dyn Fn(ImportProgress),
    ) -> Vec<ImportResultView> {
        match received.and_then(|received| self.check_and_keep(source, &received, budget, progress)) {
            Ok(results) => results,
            Err(error) => vec![failed(source, &error)],
        }
    }

    fn check_and_keep(
        &self,
        source: &str,
        received: &Received,
        budget: Budget,
        progress: &dyn Fn(ImportProgress),
    ) -> Result<Vec<ImportResultView>, WalletError> {
        begin(progress, ImportStep::Found, None);
        let mut results: Vec<Option<ImportResultView>> = Vec::with_capacity(received.entries.len());
        let mut new: Vec<(usize, &Found)> = Vec::new();
        for (index, entry) in received.entries.iter().enumerate() {
            results.push(match entry {
                Err(unread) => Some(failed(source, &WalletError::from(unread.error.clone()))),
                Ok(found) => {
                    // What is here already needs no host to be asked again.
                    let known = self.known(source, found)?;
                    if known.is_none() {
                        new.push((index, found));
                    }
                    known
                }
            });
        }
        if !new.is_empty() {
            begin(progress, ImportStep::Check, None);
            let cancel = budget.cancel().clone();
            let mut run = Run::new(self, Copies::WhenUnreachable, budget);
            let credentials: Vec<_> = new.iter().map(|(_, found)| &found.credential).collect();
            let reports = run.verify(&credentials, &self.learners_policy()?)?;
            let answers = run.worth_keeping(&reports);
            let whole: Vec<Cow<'_, Found>> = new.iter().map(|(_, found)| run.whole(found)).collect();
            let checked: Vec<_> = whole.iter().map(AsRef::as_ref).zip(reports.iter().cloned()).collect();
            let rests_on = keep::RestsOn { answers: &answers, withdrawn: &run.withdrawn() };
            let kept = keep::keep(self, received, &checked, &rests_on, || !cancel.is_cancelled())?;
            for (((index, _), found), kept) in new.into_iter().zip(&whole).zip(kept) {
                results[index] = Some(self.result(source, found, kept));
            }
            begin(progress, ImportStep::Stored, None);
        }
        Ok(results.into_iter().flatten().collect())
    }

    /// The result for a credential that is in the wallet already.
    fn known(&self, source: &str, found: &Found) -> Result<Option<ImportResultView>, WalletError> {
        let same = self.store().transaction(|within| keep::find_same(within, &found.credential))?;
        let Some(same) = same else { return Ok(None) };
        let Some(last) = self.store().reports().latest(&same.id)? else { return Ok(None) };
        let verdict = judge(&last.report).as_str().to_owned();
        let kept = keep::Kept { outcome: ImportOutcome::Duplicate, id: same.id, verdict };
        Ok(Some(self.result(source, &self.whole(found), kept)))
    }

    fn result(&self, source: &str, found: &Found, kept: keep::Kept) -> ImportResultView {
        ImportResultView {
            source: source.to_owned(),
            outcome: kept.outcome,
            id: Some(kept.id),
            name: Some(title(&found.credential, self.language()).text),
            verdict: Some(kept.verdict),
            error: None,
        }
    }
}

fn begin(progress: &dyn Fn(ImportProgress), step: ImportStep, host: Option<&str>) {
    progress(ImportProgress { step, host: host.map(str::to_owned) });
}

fn pasted(text: &str) -> Result<Received, WalletError> {
    let origin = Origin { kind: OriginKind::Paste, name: None, url: None };
    read(trim(text).as_bytes().to_vec(), origin)
}

fn read(bytes: Vec<u8>, origin: Origin) -> Result<Received, WalletError> {
    if bytes.is_empty() {
        return Err(WalletError::EmptyInput);
    }
    let entries = read_each(&bytes)?;
    Ok(Received { bytes, media_type: None, origin, entries })
}

fn failed(source: &str, error: &WalletError) -> ImportResultView {
    ImportResultView {
        source: source.to_owned(),
        outcome: ImportOutcome::Failed,
        id: None,
        name: None,
        // What can't be read as a credential is rejected; a host that does not answer says nothing about one.
        verdict: matches!(error, WalletError::Unreadable(_)).then(|| Verdict::Rejected.as_str().to_owned()),
        error: Some(error.view()),
    }
}
