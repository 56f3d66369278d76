//! Importing in one go, for the command line: what a source holds is gathered, and what is suggested is done.

use attesta_net::Cancel;

use crate::accept::failed;
use crate::command::{AcceptItem, PastedText};
use crate::error::WalletError;
use crate::gather::{Failure, tell};
use crate::offer::{Finding, Item, Matter, Offer, code_view};
use crate::view::{
    AcceptedView, CodeQuestionView, ImportOutcome, ImportProgress, ImportResultView, ImportStep, OfferView, Relation,
};
use crate::wallet::{Wallet, lock};

/// Most codes that are tried for one item; issuers allow fewer.
const CODES: usize = 5;

/// What became of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// One for each credential, and for each thing that gave none.
    pub results: Vec<ImportedEntry>,
    /// Pages that issuers want opened next.
    pub then: Vec<String>,
    /// Addresses that the mails came to and that the learner has not named as their own.
    pub unknown_addresses: Vec<String>,
}

/// What became of one credential, or of one thing that gave none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedEntry {
    /// What became of it.
    pub result: ImportResultView,
    /// How it stood to what was kept.
    pub relation: Option<Relation>,
}

impl Wallet {
    /// Imports from a pasted text: what is suggested of what stands in it.
    pub fn import_text(&self, request: &PastedText, progress: &dyn Fn(ImportProgress)) -> Vec<ImportResultView> {
        self.import_in_one_go("-", self.offer_text(request), progress)
    }

    /// Imports a file's bytes: what is suggested of what stands in it.
    pub fn import_bytes(&self, name: &str, bytes: &[u8], progress: &dyn Fn(ImportProgress)) -> Vec<ImportResultView> {
        self.import_in_one_go(name, self.offer_bytes(name, bytes), progress)
    }

    fn import_in_one_go(
        &self,
        source: &str,
        offer: Result<OfferView, WalletError>,
        progress: &dyn Fn(ImportProgress),
    ) -> Vec<ImportResultView> {
        match offer.and_then(|offer| self.import_offer(source, &offer, &mut |_| None, progress)) {
            Ok(report) => report.results.into_iter().map(|entry| entry.result).collect(),
            Err(error) => vec![failed(source, &error)],
        }
    }

    /// Gathers what is suggested of an offer and does what is suggested with it. `source` names the whole, `code` answers
    /// an issuer that wants a code. The offer is forgotten afterwards. Importing the same again changes nothing.
    ///
    /// # Errors
    /// [`WalletError::OfferGone`], [`WalletError::Cancelled`], and those of the disk; nothing is kept then.
    pub fn import_offer(
        &self,
        source: &str,
        offer: &OfferView,
        code: &mut dyn FnMut(&CodeQuestionView) -> Option<String>,
        progress: &dyn Fn(ImportProgress),
    ) -> Result<ImportReport, WalletError> {
        let running = self.stoppable();
        let taken = self.offers().take(&offer.id).ok_or(WalletError::OfferGone)?;
        let mut offer = lock(&taken);
        let chosen: Vec<usize> = (0..offer.items.len()).filter(|at| is_suggested(&offer.items[*at])).collect();
        let failures = self.gather_with_codes(&mut offer, &chosen, code, &running.cancel, progress)?;
        let relations: Vec<(String, Relation)> =
            offer.staged.iter().map(|staged| (staged.id.clone(), staged.relation)).collect();
        let decisions: Vec<AcceptItem> = offer
            .staged
            .iter()
            .map(|staged| AcceptItem { staged: staged.id.clone(), decision: staged.suggested() })
            .collect();
        let accepted = match decisions.is_empty() {
            true => AcceptedView::default(),
            false => self.accept_in(&mut offer, &decisions, || !running.cancel.is_cancelled())?,
        };
        if accepted.results.iter().any(|result| is_stored(result.outcome)) {
            tell(progress, ImportStep::Stored, None);
        }
        let done = |id: &str| {
            let at = decisions.iter().position(|decision| decision.staged == id)?;
            let relation = relations.iter().find(|(of, _)| of == id).map(|(_, relation)| *relation);
            Some(ImportedEntry { result: accepted.results.get(at)?.clone(), relation })
        };
        let mut report = ImportReport { unknown_addresses: accepted.unknown_addresses.clone(), ..Default::default() };
        for (at, item) in offer.items.iter().enumerate() {
            report.results.extend(self.entries(item, chosen.contains(&at), at, &failures, chosen.is_empty(), &done));
            report.then.extend(item.then.clone());
        }
        if report.results.is_empty() {
            report.results.extend(nothing(source, &offer));
        }
        Ok(report)
    }

    /// Gathers, asks for the codes that are wanted, and gathers again. An item whose code is not to be had has failed.
    fn gather_with_codes(
        &self,
        offer: &mut Offer,
        chosen: &[usize],
        code: &mut dyn FnMut(&CodeQuestionView) -> Option<String>,
        cancel: &Cancel,
        progress: &dyn Fn(ImportProgress),
    ) -> Result<Vec<Failure>, WalletError> {
        let first: Vec<(usize, Option<String>)> = chosen.iter().map(|at| (*at, None)).collect();
        let mut failures = self.gather_in(offer, &first, cancel, progress)?;
        for round in 0..=CODES {
            let mut again: Vec<(usize, Option<String>)> = Vec::new();
            for at in chosen {
                let Some((_, question)) = &offer.items[*at].paused else { continue };
                let (host, view) = (question.host.clone(), code_view(question));
                match code(&view).filter(|_| round < CODES) {
                    Some(given) => again.push((*at, Some(given))),
                    None => {
                        offer.items[*at].paused = None;
                        failures.push((
                            *at,
                            match view.refused {
                                true => WalletError::CodeRefused { host },
                                false => WalletError::CodeWanted { host },
                            },
                        ));
                    }
                }
            }
            if again.is_empty() {
                break;
            }
            failures.extend(self.gather_in(offer, &again, cancel, progress)?);
        }
        Ok(failures)
    }

    /// What became of one item.
    fn entries(
        &self,
        item: &Item,
        chosen: bool,
        at: usize,
        failures: &[Failure],
        nothing_else: bool,
        done: &dyn Fn(&str) -> Option<ImportedEntry>,
    ) -> Vec<ImportedEntry> {
        let source = item.source();
        let without = |error: &WalletError| ImportedEntry { result: failed(&source, error), relation: None };
        if !chosen {
            let why = match &item.matter {
                Matter::Link(link) => crate::offer::link_error(link),
                Matter::Document(_) => None,
            };
            // A mail is full of links that were never meant for a wallet; these two kinds are, and can't be followed.
            let told = |error: &WalletError| {
                nothing_else
                    || matches!(error, WalletError::DocumentPage { .. } | WalletError::AsksForCredentials { .. })
            };
            return why.filter(told).iter().map(without).collect();
        }
        let mut entries: Vec<ImportedEntry> =
            failures.iter().filter(|(of, _)| *of == at).map(|(_, error)| without(error)).collect();
        for finding in &item.findings {
            entries.extend(match finding {
                Finding::Unread(error) => Some(without(error)),
                Finding::Staged(id) => done(id),
                Finding::Repeats(id) => done(id).map(|entry| {
                    let outcome = match entry.result.outcome {
                        outcome if is_stored(outcome) => ImportOutcome::Duplicate,
                        outcome => outcome,
                    };
                    ImportedEntry {
                        result: ImportResultView { source: source.clone(), outcome, ..entry.result },
                        ..entry
                    }
                }),
            });
        }
        entries.extend(item.missing.as_ref().map(without));
        match &item.then {
            Some(page) if entries.is_empty() => vec![without(&WalletError::ContinueInBrowser { url: page.clone() })],
            _ => entries,
        }
    }
}

fn is_suggested(item: &Item) -> bool {
    item.likely && item.is_importable()
}

fn is_stored(outcome: ImportOutcome) -> bool {
    matches!(outcome, ImportOutcome::Imported | ImportOutcome::Updated)
}

/// Why a source gave nothing at all.
fn nothing(source: &str, offer: &Offer) -> Vec<ImportedEntry> {
    let without = |name: &str, error: &WalletError| {
        let source = if offer.skipped.len() > 1 { format!("{source}: {name}") } else { source.to_owned() };
        ImportedEntry { result: failed(&source, error), relation: None }
    };
    match offer.items.is_empty() {
        true if offer.skipped.is_empty() => offer.error.iter().map(|error| without(source, error)).collect(),
        true => offer.skipped.iter().map(|(name, error)| without(name, error)).collect(),
        false => vec![ImportedEntry { result: failed(source, &WalletError::NothingSuggested), relation: None }],
    }
}
