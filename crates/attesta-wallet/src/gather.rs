//! Gathering: what was offered is fetched from its issuers, checked, and staged. Nothing is written before the learner
//! accepts it.

mod converse;
mod stage;

use std::cell::Cell;
use std::sync::Arc;

use attesta_net::{Budget, Cancel};
use attesta_verify::Verdict;

use crate::command::{Gather, GatherItem};
use crate::error::WalletError;
use crate::offer::{Finding, Item, Matter, Notice, Offer, Received, code_view};
use crate::verify::{Copies, IMPORT_TIME, Run};
use crate::view::{FailureView, GatheredView, ImportProgress, ImportStep, QuestionView};
use crate::wallet::{Wallet, lock};

pub(crate) use converse::{Talk, as_ask, read_documents};
#[cfg(test)]
pub(crate) use stage::DRAWN_PIXELS;
pub(crate) use stage::{current_of, find_same, is_the_issuers};

/// Most bytes that one offer holds of what issuers handed over, as much as one file may unpack to: one link may bring
/// eight MiB, and a mailbox holds a thousand.
const GATHERED_BYTES: usize = 64 << 20;

/// An item that gave nothing, and why.
pub(crate) type Failure = (usize, WalletError);

impl Wallet {
    /// Gathers items of an offer: each link's issuer is asked, what comes is checked and staged. An issuer that wants a
    /// code is kept waiting for it; gathering the item again with the code goes on where it stopped. An item that fails
    /// takes nothing from the others, and may be gathered again.
    ///
    /// # Errors
    /// [`WalletError::OfferGone`]; [`WalletError::NotFound`] for an item that is not in the offer;
    /// [`WalletError::Cancelled`], and those of the disk. What was handed over until then is not asked for again.
    pub fn gather(&self, request: &Gather, progress: &dyn Fn(ImportProgress)) -> Result<GatheredView, WalletError> {
        let running = self.stoppable();
        let offer = self.offers().get(&request.id)?;
        let mut offer = lock(&offer);
        let chosen = positions(&offer, &request.items)?;
        let failures = self.gather_in(&mut offer, &chosen, &running.cancel, progress);
        self.offers().weigh(&request.id, offer.bytes());
        let failures = failures?;
        Ok(self.gathered_view(&offer, &chosen, &failures))
    }

    /// Gathers items by their position in the offer, each with the code given for it.
    pub(crate) fn gather_in(
        &self,
        offer: &mut Offer,
        chosen: &[(usize, Option<String>)],
        cancel: &Cancel,
        progress: &dyn Fn(ImportProgress),
    ) -> Result<Vec<Failure>, WalletError> {
        tell(progress, ImportStep::Read, None);
        let mut failures: Vec<Failure> = Vec::new();
        let checking = |host: &str| tell(progress, ImportStep::Check, Some(host));
        let time = || Budget::new(IMPORT_TIME).with_cancel(cancel.clone());
        let mut run = Run::new(self, Copies::WhenUnreachable, time()).telling(&checking);
        // What is here already is checked together, so that many files are as quick as one.
        let mut here: Vec<(usize, Arc<Received>)> = Vec::new();
        for (index, _) in chosen {
            let item = &offer.items[*index];
            if let Matter::Document(received) = &item.matter
                && item.findings.is_empty()
            {
                here.push((*index, received.clone()));
            }
        }
        if !here.is_empty() {
            self.stage(offer, &here, &mut run, progress)?;
        }
        for (index, code) in chosen {
            if cancel.is_cancelled() {
                return Err(WalletError::Cancelled);
            }
            let item = &offer.items[*index];
            if !matches!(item.matter, Matter::Link(_)) || !item.findings.is_empty() {
                continue;
            }
            if offer.gathered_bytes() > GATHERED_BYTES {
                let limit = GATHERED_BYTES as u64;
                failures.push((*index, WalletError::Unpack(attesta_carrier::UnpackError::TooLarge { limit })));
                continue;
            }
            let item = &mut offer.items[*index];
            // One link's slowness must not take from the time of the others.
            let budget = time();
            match self.fetch_item(item, code.as_deref(), &budget, progress) {
                Ok(came) => {
                    run.within(budget);
                    let came: Vec<(usize, Arc<Received>)> = came.into_iter().map(|one| (*index, one)).collect();
                    self.stage(offer, &came, &mut run, progress)?;
                    let item = &mut offer.items[*index];
                    if !item.findings.is_empty() {
                        // What is staged holds it from here on.
                        item.came = Some(Vec::new());
                    }
                    self.tell_if_nothing_was_readable(&mut offer.items[*index]);
                }
                Err(WalletError::Cancelled) => return Err(WalletError::Cancelled),
                Err(error) => failures.push((*index, error)),
            }
        }
        Ok(failures)
    }

    /// What a link's issuer hands over; nothing where it waits for a code.
    fn fetch_item(
        &self,
        item: &mut Item,
        code: Option<&str>,
        budget: &Budget,
        progress: &dyn Fn(ImportProgress),
    ) -> Result<Vec<Arc<Received>>, WalletError> {
        if let Some(came) = &item.came {
            return Ok(came.clone());
        }
        match self.converse(item, code, budget, progress)? {
            Talk::Question(claim, question) => {
                item.paused = Some((claim, question));
                Ok(Vec::new())
            }
            Talk::Done(claimed) => {
                item.notice = claimed.notification.map(|notification| Notice { notification, kept: false });
                item.then = claimed.then;
                item.missing = claimed.missing.map(WalletError::from);
                let came = match read_documents(item, claimed.documents) {
                    Ok(came) => came,
                    Err(error) => {
                        self.tell_failed(item);
                        return Err(error);
                    }
                };
                item.came = Some(came.clone());
                Ok(came)
            }
        }
    }

    fn tell_if_nothing_was_readable(&self, item: &mut Item) {
        let unread = |finding: &Finding| matches!(finding, Finding::Unread(_));
        if !item.findings.is_empty() && item.findings.iter().all(unread) {
            self.tell_failed(item);
        }
    }

    fn tell_failed(&self, item: &mut Item) {
        let failed = item.notice.take().map(|notice| notice.notification.failed);
        self.tell_issuers(failed.into_iter().collect());
    }

    fn gathered_view(&self, offer: &Offer, chosen: &[(usize, Option<String>)], failures: &[Failure]) -> GatheredView {
        let mut view = GatheredView { id: offer.id.clone(), ..GatheredView::default() };
        let drawn = Cell::new(0);
        for (index, _) in chosen {
            let item = &offer.items[*index];
            let failed = |error: &WalletError| FailureView {
                item: item.id.clone(),
                label: self.label(item),
                verdict: verdict_of(error),
                error: error.view(),
            };
            view.failures.extend(failures.iter().filter(|(of, _)| of == index).map(|(_, error)| failed(error)));
            for finding in &item.findings {
                match finding {
                    Finding::Unread(error) => view.failures.push(failed(error)),
                    Finding::Staged(id) => {
                        // One that was decided on already is staged no more.
                        let staged = offer.staged.iter().find(|staged| staged.id == *id);
                        view.staged.extend(staged.map(|staged| self.staged_view(offer, staged, &drawn)));
                    }
                    Finding::Repeats(_) => {}
                }
            }
            view.failures.extend(item.missing.as_ref().map(failed));
            if let Some((_, question)) = &item.paused {
                let (item, label) = (item.id.clone(), self.label(item));
                view.questions.push(QuestionView { item, label, question: code_view(question) });
            }
            view.then.extend(item.then.clone().filter(|page| !view.then.contains(page)));
        }
        view
    }
}

/// The positions of items, each once, with the code given for each.
pub(crate) fn positions(offer: &Offer, items: &[GatherItem]) -> Result<Vec<(usize, Option<String>)>, WalletError> {
    let mut chosen: Vec<(usize, Option<String>)> = Vec::with_capacity(items.len());
    for wanted in items {
        let at = offer.items.iter().position(|item| item.id == wanted.item);
        let at = at.ok_or_else(|| WalletError::NotFound { id: wanted.item.clone() })?;
        if !chosen.iter().any(|(known, _)| *known == at) {
            let code = wanted.code.as_deref().map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned);
            chosen.push((at, code));
        }
    }
    Ok(chosen)
}

/// What can't be read as a credential is rejected; a host that does not answer says nothing about one.
pub(crate) fn verdict_of(error: &WalletError) -> Option<String> {
    matches!(error, WalletError::Unreadable(_)).then(|| Verdict::Rejected.as_str().to_owned())
}

pub(crate) fn tell(progress: &dyn Fn(ImportProgress), step: ImportStep, host: Option<&str>) {
    progress(ImportProgress { step, host: host.map(str::to_owned) });
}
