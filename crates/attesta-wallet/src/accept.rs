//! The learner's decisions on what was gathered, carried out wholly or not at all.

use std::collections::BTreeSet;

use attesta_verify::judge;
use attesta_view::title;

use crate::command::{Accept, AcceptItem};
use crate::error::WalletError;
use crate::keep::{Kept, carry_out};
use crate::offer::{Finding, Offer, Staged};
use crate::settings;
use crate::view::{AcceptedView, ImportOutcome, ImportResultView};
use crate::wallet::{Wallet, lock};

impl Wallet {
    /// Keeps, replaces or declines what was gathered: all of it in one step, or nothing. A kept credential is replaced
    /// by another only where the learner says so, and then stays behind it.
    ///
    /// # Errors
    /// [`WalletError::OfferGone`], [`WalletError::Cancelled`], and those of the disk; the wallet is then as it was, and
    /// what was staged still is.
    pub fn accept(&self, request: &Accept) -> Result<AcceptedView, WalletError> {
        let running = self.stoppable();
        let offer = self.offers().get(&request.id)?;
        let mut offer = lock(&offer);
        self.accept_in(&mut offer, &request.decisions, || !running.cancel.is_cancelled())
    }

    pub(crate) fn accept_in(
        &self,
        offer: &mut Offer,
        decisions: &[AcceptItem],
        still_wanted: impl Fn() -> bool,
    ) -> Result<AcceptedView, WalletError> {
        let mut decided: BTreeSet<&str> = BTreeSet::new();
        let mut steps: Vec<(&AcceptItem, Option<&Staged>)> = Vec::with_capacity(decisions.len());
        for decision in decisions {
            let staged = offer.staged.iter().find(|staged| staged.id == decision.staged);
            steps.push((decision, staged.filter(|staged| decided.insert(staged.id.as_str()))));
        }
        let (kept, placed) = self.store().transaction(|within| {
            let mut placed = offer.placed.clone();
            let mut kept: Vec<Option<Kept>> = Vec::with_capacity(steps.len());
            for (decision, staged) in &steps {
                let Some(staged) = staged else {
                    kept.push(None);
                    continue;
                };
                let done = carry_out(self, within, staged, decision.decision, &placed)?;
                placed.extend(done.id.clone().map(|id| (staged.id.clone(), id)));
                kept.push(Some(done));
            }
            if still_wanted() { Ok((kept, placed)) } else { Err(WalletError::Cancelled) }
        })?;
        let results = steps.iter().zip(&kept).map(|((decision, staged), kept)| match (staged, kept) {
            (Some(staged), Some(kept)) => self.result(offer, staged, kept),
            _ => failed(&decision.staged, &WalletError::NotFound { id: decision.staged.clone() }),
        });
        let results: Vec<ImportResultView> = results.collect();
        let here = |kept: &Kept| kept.outcome != ImportOutcome::Declined;
        let of_kept = || {
            steps.iter().zip(&kept).filter_map(|((_, staged), kept)| kept.as_ref().filter(|it| here(it)).and(*staged))
        };
        let unknown_addresses = self.unknown_addresses(of_kept())?;
        let kept_items: BTreeSet<String> = of_kept().map(|staged| staged.item.clone()).collect();
        let decided: BTreeSet<String> = decided.into_iter().map(str::to_owned).collect();
        offer.placed = placed;
        offer.staged.retain(|staged| !decided.contains(&staged.id));
        self.tell_decided(offer, &kept_items);
        Ok(AcceptedView { results, unknown_addresses })
    }

    fn result(&self, offer: &Offer, staged: &Staged, kept: &Kept) -> ImportResultView {
        let item = offer.items.iter().find(|item| item.id == staged.item);
        ImportResultView {
            source: item.map(|item| item.source()).unwrap_or_default(),
            outcome: kept.outcome,
            id: kept.id.clone(),
            name: Some(title(&staged.found.credential, self.language()).text),
            verdict: Some(judge(&staged.report).as_str().to_owned()),
            error: None,
        }
    }

    /// The addresses that the mails came to and that the learner has not named as their own, each once.
    fn unknown_addresses<'s>(&self, kept: impl Iterator<Item = &'s Staged>) -> Result<Vec<String>, WalletError> {
        let known = settings::emails(self)?;
        let mut unknown: Vec<String> = Vec::new();
        for address in kept.filter_map(|staged| staged.received.carried.letter.as_ref()).flat_map(|letter| &letter.to) {
            let is = |other: &String| other.trim().eq_ignore_ascii_case(address.trim());
            if !known.iter().any(is) && !unknown.iter().any(is) {
                unknown.push(address.clone());
            }
        }
        Ok(unknown)
    }

    /// Tells issuers what became of what they handed over: that it was kept as soon as it was, that it was not once
    /// nothing of it waits any more.
    fn tell_decided(&self, offer: &mut Offer, kept_items: &BTreeSet<String>) {
        let mut notices = Vec::new();
        let waiting: BTreeSet<&str> = offer.staged.iter().map(|staged| staged.item.as_str()).collect();
        for item in &mut offer.items {
            let Some(notice) = &mut item.notice else { continue };
            notice.kept |= kept_items.contains(&item.id);
            let any = item.findings.iter().any(|finding| matches!(finding, Finding::Staged(_)));
            if notice.kept {
                notices.extend(item.notice.take().map(|notice| notice.notification.accepted));
            } else if any && !waiting.contains(item.id.as_str()) {
                notices.extend(item.notice.take().map(|notice| notice.notification.declined));
            }
        }
        self.tell_issuers(notices);
    }
}

/// The result for something that was not imported.
pub(crate) fn failed(source: &str, error: &WalletError) -> ImportResultView {
    ImportResultView {
        source: source.to_owned(),
        outcome: ImportOutcome::Failed,
        id: None,
        name: None,
        verdict: crate::gather::verdict_of(error),
        error: Some(error.view()),
    }
}
