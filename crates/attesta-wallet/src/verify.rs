//! Drives the verifying core: it says what it needs, and this gets it, from the web or from an earlier copy.

mod copies;
mod worth;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use attesta_credential::{Found, VerifiableCredential, VerifiablePresentation};
use attesta_net::{Accept, Budget, FetchRequest};
use attesta_verify::{
    Answer, CheckKind, FetchFailure, FetchFailureKind, MOST_ADDRESSES, Policy, PresentationTurn, ProvenLists, Resource,
    ResourceKind, ResourceOrigin, ResourceRequest, Resources, Turn, VerificationReport, verify_sharing,
};
use jiff::Timestamp;

use crate::error::WalletError;
use crate::parallel::on_all_cores;
use crate::record::whole;
use crate::wallet::Wallet;

use copies::{answer_of_copy, may_come_from};
use worth::{all_answers_good, is_at, is_gone, is_unusable_list, proven_hosts, tells_of_revocation};

/// The time for a whole import, fetches and checks together: as long as somebody keeps waiting for one thing.
pub(crate) const IMPORT_TIME: Duration = Duration::from_secs(30);
/// The time for asking about every credential again: hosts are asked side by side, and each ends after ten seconds.
pub(crate) const REFRESH_TIME: Duration = Duration::from_secs(120);

/// Most bytes of answers that a run holds at a time; beyond it nothing more is asked until there is room again. Real
/// lists take some ten KiB, so that only answers made to be large lead here.
const HELD_BYTES: usize = 256 << 20;
/// Bytes of answers above which a run forgets them between two steps and asks again where needed.
const ROOM_BYTES: usize = 64 << 20;
/// Addresses asked in one go, so that what they answer is counted before more are asked.
const ASKED_AT_ONCE: usize = 32;

/// When earlier copies are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Copies {
    /// Whenever an address can't be asked now: the learner's own view.
    WhenUnreachable,
    /// Only where the caller works offline: a reader wants to know what is so now.
    WhenOffline,
    /// Alone: nobody is asked, and what the wallet knows has to do.
    Alone,
}

/// One run over one or several credentials: every address is asked once, and all share the answer; every list is proven
/// once, and all share what it says.
pub(crate) struct Run<'w> {
    wallet: &'w Wallet,
    copies: Copies,
    budget: Budget,
    answers: Resources,
    lists: ProvenLists,
    /// Bytes of the answers at hand.
    held: usize,
    /// Addresses whose answers are no copies to fall back on: another version of a credential, and whatever could not be
    /// used where an older copy tells of a revocation.
    not_kept: BTreeSet<String>,
    /// Hosted badges whose sites answered that they are gone.
    withdrawn: BTreeSet<String>,
    now: Timestamp,
    /// Is told each host before it is asked.
    telling: Option<&'w dyn Fn(&str)>,
}

/// What the core says to the answers so far.
enum Step {
    Need(Vec<ResourceRequest>),
    Done(Box<VerificationReport>),
}

impl<'w> Run<'w> {
    pub(crate) fn new(wallet: &'w Wallet, copies: Copies, budget: Budget) -> Self {
        let (answers, lists, not_kept) = (Resources::new(), ProvenLists::new(), BTreeSet::new());
        let (withdrawn, now) = (BTreeSet::new(), wallet.now());
        Run { wallet, copies, budget, answers, lists, held: 0, not_kept, withdrawn, now, telling: None }
    }

    /// The same run as of another time.
    pub(crate) fn dated(self, now: Timestamp) -> Self {
        Run { now, ..self }
    }

    /// The same run, which tells each host before it asks there.
    pub(crate) fn telling(self, telling: &'w dyn Fn(&str)) -> Self {
        Run { telling: Some(telling), ..self }
    }

    /// Goes on within another budget.
    pub(crate) fn within(&mut self, budget: Budget) {
        self.budget = budget;
    }

    /// The report of each credential, in order.
    pub(crate) fn verify(
        &mut self,
        credentials: &[&VerifiableCredential],
        policy: &Policy,
    ) -> Result<Vec<VerificationReport>, WalletError> {
        let now = self.now;
        let turn = |credential: &VerifiableCredential, answers: &Resources, lists: &ProvenLists| match verify_sharing(
            credential, answers, policy, now, lists,
        ) {
            Turn::Need(requests) => Step::Need(requests),
            Turn::Done(report) => Step::Done(report),
        };
        let mut reports =
            self.drive(credentials.len(), None, |index, answers, lists| turn(credentials[index], answers, lists))?;
        for (credential, report) in credentials.iter().zip(&mut reports) {
            let older = self.older_lists(credential, report)?;
            if older.is_empty() {
                continue;
            }
            let mut instead = self.answers.only(report.resources.iter().map(|used| used.url.as_str()));
            older.iter().for_each(|(url, answer)| instead.record(url.clone(), answer.clone()));
            let again = self.drive(1, Some(instead), |_, answers, lists| turn(credential, answers, lists))?.pop();
            if let Some(again) = again.filter(|again| tells_of_revocation(report, again)) {
                self.not_kept.extend(older.into_keys());
                *report = again;
            }
        }
        Ok(reports)
    }

    /// The last good copies of the lists whose answers could not be used: what was revoked does not become better by
    /// the issuer putting something else at the list's address.
    fn older_lists(
        &self,
        credential: &VerifiableCredential,
        report: &VerificationReport,
    ) -> Result<BTreeMap<String, Answer>, WalletError> {
        let mut older = BTreeMap::new();
        if self.copies == Copies::WhenOffline {
            return Ok(older);
        }
        let outcomes = report.outcomes(|kind| matches!(kind, CheckKind::Status { .. }));
        for (status, outcome) in credential.statuses().iter().zip(outcomes) {
            let Some(url) = status.address().map(str::trim).filter(|_| is_unusable_list(outcome)) else { continue };
            let fresh = matches!(self.answers.answer(url), Some(Answer::Fresh(_)));
            if let Some(resource) = self.wallet.store().resources().get(url)?.filter(|_| fresh) {
                let failure = FetchFailure { kind: FetchFailureKind::Unreachable, at: self.now };
                older.insert(url.to_owned(), Answer::Stale { resource, failure });
            }
        }
        Ok(older)
    }

    /// What was found, with the documents that it only names filled in from this run's answers, else from the wallet.
    pub(crate) fn whole<'f>(&self, found: &'f Found) -> Cow<'f, Found> {
        whole(found, &|url| match self.answers.answer(url).and_then(Answer::resource) {
            Some(resource) => Some(resource.bytes.clone()),
            None => Some(self.wallet.store().resources().get(url).ok()??.bytes),
        })
    }

    /// The addresses whose sites say that a badge is no more. A copy of it must not speak for the issuer any longer.
    pub(crate) fn withdrawn(&self) -> Vec<&str> {
        self.withdrawn.iter().map(String::as_str).collect()
    }

    /// The report on a holder's own signature.
    pub(crate) fn verify_presentation(
        &mut self,
        presentation: &VerifiablePresentation,
        policy: &Policy,
    ) -> Result<VerificationReport, WalletError> {
        let now = self.now;
        let mut reports = self.drive(1, None, |_, answers, _| {
            match attesta_verify::verify_presentation(presentation, answers, policy, now) {
                PresentationTurn::Need(requests) => Step::Need(requests),
                PresentationTurn::Done(report) => Step::Done(report),
            }
        })?;
        reports.pop().ok_or(WalletError::Internal { what: "a presentation without a report" })
    }

    /// What an address answered in this run.
    pub(crate) fn answered(&self, url: &str) -> Option<&Resource> {
        match self.answers.answer(url)? {
            Answer::Fresh(resource) | Answer::Cached(resource) => Some(resource),
            Answer::Stale { .. } | Answer::Failed(_) => None,
        }
    }

    /// The fresh answers that were good enough to fall back on later: those on which a report of this run rests
    /// with success. A page of nonsense must not take the place of the last good copy.
    pub(crate) fn worth_keeping(&self, reports: &[VerificationReport]) -> Vec<(&str, &Resource)> {
        let mut good: BTreeSet<&str> = BTreeSet::new();
        for report in reports.iter().filter(|report| all_answers_good(report)) {
            let fresh = report.resources.iter().filter(|used| used.from == ResourceOrigin::Network);
            let urls = fresh.map(|used| used.url.as_str()).filter(|url| !self.not_kept.contains(*url));
            match report.nested.iter().all(|nested| all_answers_good(&nested.report)) {
                true => good.extend(urls),
                // An endorser's trouble is not the issuer's: what the issuer's own hosts answered is good.
                false => good.extend(urls.filter(|url| proven_hosts(report).any(|host| is_at(url, host)))),
            }
        }
        let fresh = self.answers.iter().filter_map(|(url, answer)| match answer {
            Answer::Fresh(resource) => Some((url, resource)),
            Answer::Cached(_) | Answer::Stale { .. } | Answer::Failed(_) => None,
        });
        fresh.filter(|(url, _)| good.contains(url)).collect()
    }

    /// Forgets the answers so far where they take much memory; what is needed again is asked again.
    pub(crate) fn make_room(&mut self) {
        if self.held > ROOM_BYTES {
            (self.answers, self.lists, self.held) = (Resources::new(), ProvenLists::new(), 0);
        }
    }

    /// Turns every subject until each has its report, on all cores. The subjects go in step, so that what several need
    /// is fetched once and what they need at the same time is fetched side by side. `instead` goes in the place of this
    /// run's answers.
    fn drive(
        &mut self,
        subjects: usize,
        mut instead: Option<Resources>,
        turn: impl Fn(usize, &Resources, &ProvenLists) -> Step + Sync,
    ) -> Result<Vec<VerificationReport>, WalletError> {
        let mut reports: Vec<Option<VerificationReport>> = vec![None; subjects];
        let mut asked = vec![0_usize; subjects];
        loop {
            let open: Vec<usize> = (0..subjects).filter(|index| reports[*index].is_none()).collect();
            let (answers, lists) = (instead.as_ref().unwrap_or(&self.answers), &self.lists);
            let steps = on_all_cores(open.len(), self.budget.cancel(), |number| turn(open[number], answers, lists));
            let mut needs: BTreeSet<ResourceRequest> = BTreeSet::new();
            for (index, step) in open.into_iter().zip(steps.ok_or(WalletError::Cancelled)?) {
                match step {
                    Step::Done(report) => reports[index] = Some(*report),
                    Step::Need(requests) => {
                        // The core never asks for one address twice, and ends at the same bound; this keeps a fault
                        // there from turning into endless work here.
                        asked[index] += requests.len();
                        let again = requests.iter().any(|request| answers.answer(&request.url).is_some());
                        if requests.is_empty() || again || asked[index] > MOST_ADDRESSES {
                            return Err(WalletError::Internal {
                                what: "nothing new was asked for and nothing is done",
                            });
                        }
                        needs.extend(requests);
                    }
                }
            }
            if reports.iter().all(Option::is_some) {
                return Ok(reports.into_iter().flatten().collect());
            }
            self.answer(&needs)?;
            if let Some(instead) = &mut instead {
                for request in needs {
                    let answer = self.answers.answer(&request.url).cloned();
                    let answer = answer.ok_or(WalletError::Internal { what: "a request without an answer" })?;
                    instead.record(request.url, answer);
                }
            }
        }
    }

    /// Finds an answer for each request that has none yet in this run.
    fn answer(&mut self, requests: &BTreeSet<ResourceRequest>) -> Result<(), WalletError> {
        let mut urls = BTreeSet::new();
        let missing: Vec<&ResourceRequest> = requests
            .iter()
            .filter(|request| self.answers.answer(&request.url).is_none() && urls.insert(request.url.as_str()))
            .collect();
        for some in missing.chunks(ASKED_AT_ONCE) {
            let fetched: Vec<_> = match self.held <= HELD_BYTES {
                true if self.copies == Copies::Alone => some.iter().map(|_| Err(FetchFailureKind::Offline)).collect(),
                true => {
                    self.tell_hosts(some);
                    let fetch =
                        |request: &&ResourceRequest| FetchRequest::new(request.url.clone(), Accept::from(request.kind));
                    let fetches: Vec<FetchRequest> = some.iter().map(fetch).collect();
                    self.wallet.fetch().fetch(&fetches, &self.budget)
                }
                false => some.iter().map(|_| Err(FetchFailureKind::TooLarge)).collect(),
            };
            if self.budget.cancel().is_cancelled() {
                return Err(WalletError::Cancelled);
            }
            for (request, fetched) in some.iter().zip(fetched) {
                let failed = |kind| self.without_fetch(request, FetchFailure { kind, at: self.now });
                let answer = match fetched {
                    Ok(fetched) if !may_come_from(request, &fetched.final_url) => {
                        failed(FetchFailureKind::RedirectedElsewhere)?
                    }
                    Ok(fetched) => Answer::Fresh(Resource {
                        bytes: fetched.bytes,
                        media_type: fetched.media_type,
                        fetched_at: self.now,
                    }),
                    Err(kind) => failed(kind)?,
                };
                if request.kind == ResourceKind::HostedBadge && is_gone(&answer) {
                    self.withdrawn.insert(request.url.clone());
                }
                self.held += answer.resource().map_or(0, |resource| resource.bytes.len());
                if request.kind == ResourceKind::RefreshedCredential {
                    self.not_kept.insert(request.url.clone());
                }
                self.answers.record(request.url.clone(), answer);
            }
        }
        Ok(())
    }

    fn tell_hosts(&self, requests: &[&ResourceRequest]) {
        let Some(telling) = self.telling else { return };
        let hosts: BTreeSet<String> =
            requests.iter().filter_map(|request| attesta_view::host_of(&request.url)).collect();
        hosts.iter().for_each(|host| telling(host));
    }

    /// The answer where an address can't be asked now.
    fn without_fetch(&self, request: &ResourceRequest, failure: FetchFailure) -> Result<Answer, WalletError> {
        if self.copies == Copies::WhenOffline && failure.kind != FetchFailureKind::Offline {
            return Ok(Answer::Failed(failure));
        }
        Ok(match self.wallet.store().resources().get(&request.url)? {
            Some(resource) => answer_of_copy(request, resource, failure, self.now),
            None => Answer::Failed(failure),
        })
    }
}
