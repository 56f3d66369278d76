//! Drives the verifying core: it says what it needs, and this gets it, from the web or from an earlier copy.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use attesta_credential::{VerifiableCredential, VerifiablePresentation};
use attesta_net::{Accept, Budget, FetchRequest};
use attesta_verify::{
    Answer, CheckKind, FetchFailure, FetchFailureKind, Outcome, Policy, PresentationTurn, ProblemCode, Resource,
    ResourceKind, ResourceRequest, Resources, Turn, VerificationReport,
};
use jiff::{SignedDuration, Timestamp};

use crate::error::WalletError;
use crate::wallet::Wallet;

/// How long a key document's copy still counts while the learner works offline: keys change rarely, and a month
/// bounds how long a withdrawn one goes unnoticed.
const KEY_COPY_COUNTS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a status list's copy still counts while the learner works offline: issuers renew lists about daily.
const LIST_COPY_COUNTS: SignedDuration = SignedDuration::from_hours(24);
/// Most resources that one credential may ask for; the core itself stops there too.
const RESOURCES: usize = 16;

/// The time for a whole import, fetches and checks together: as long as somebody keeps waiting for one thing.
pub(crate) const IMPORT_TIME: Duration = Duration::from_secs(30);
/// The time for asking about every credential again: hosts are asked side by side, and each ends after ten seconds.
pub(crate) const REFRESH_TIME: Duration = Duration::from_secs(120);

/// When earlier copies are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Copies {
    /// Whenever an address can't be asked now: the learner's own view.
    WhenUnreachable,
    /// Only where the caller works offline: a reader wants to know what is so now.
    WhenOffline,
}

/// One run over one or several credentials: every address is asked once, and all share the answer.
pub(crate) struct Run<'w> {
    wallet: &'w Wallet,
    copies: Copies,
    budget: Budget,
    answers: BTreeMap<String, Answer>,
    now: Timestamp,
}

/// What the core says to the answers so far.
enum Step {
    Need(Vec<ResourceRequest>),
    Done(Box<VerificationReport>),
}

impl<'w> Run<'w> {
    pub(crate) fn new(wallet: &'w Wallet, copies: Copies, budget: Budget) -> Self {
        Run { wallet, copies, budget, answers: BTreeMap::new(), now: wallet.now() }
    }

    /// The report of each credential, in order.
    pub(crate) fn verify(
        &mut self,
        credentials: &[&VerifiableCredential],
        policy: &Policy,
    ) -> Result<Vec<VerificationReport>, WalletError> {
        let now = self.now;
        self.drive(credentials.len(), |index, resources| {
            match attesta_verify::verify(credentials[index], resources, policy, now) {
                Turn::Need(requests) => Step::Need(requests),
                Turn::Done(report) => Step::Done(report),
            }
        })
    }

    /// The report on a holder's own signature.
    pub(crate) fn verify_presentation(
        &mut self,
        presentation: &VerifiablePresentation,
        policy: &Policy,
    ) -> Result<VerificationReport, WalletError> {
        let now = self.now;
        let mut reports = self.drive(1, |_, resources| {
            match attesta_verify::verify_presentation(presentation, resources, policy, now) {
                PresentationTurn::Need(requests) => Step::Need(requests),
                PresentationTurn::Done(report) => Step::Done(report),
            }
        })?;
        reports.pop().ok_or(WalletError::Internal { what: "a presentation without a report" })
    }

    /// The fresh answers that were good enough to fall back on later: those on which a report of this run rests
    /// with success. A page of nonsense must not take the place of the last good copy.
    pub(crate) fn worth_keeping(&self, reports: &[VerificationReport]) -> Vec<(&str, &Resource)> {
        let mut good: BTreeSet<&str> = BTreeSet::new();
        for report in reports.iter().filter(|report| all_answers_good(report)) {
            let urls = report.resources.iter().map(|used| used.url.as_str());
            match report.nested.iter().all(|nested| all_answers_good(&nested.report)) {
                true => good.extend(urls),
                // An endorser's trouble is not the issuer's: what the issuer's own hosts answered is good.
                false => good.extend(urls.filter(|url| proven_hosts(report).any(|host| is_at(url, host)))),
            }
        }
        let fresh = self.answers.iter().filter_map(|(url, answer)| match answer {
            Answer::Fresh(resource) => Some((url.as_str(), resource)),
            Answer::Cached(_) | Answer::Stale { .. } | Answer::Failed(_) => None,
        });
        fresh.filter(|(url, _)| good.contains(url)).collect()
    }

    /// Turns every subject until each has its report. The subjects go in step, so that what several need is fetched
    /// once and what they need at the same time is fetched side by side.
    fn drive(
        &mut self,
        subjects: usize,
        turn: impl Fn(usize, &Resources) -> Step,
    ) -> Result<Vec<VerificationReport>, WalletError> {
        let mut known = vec![Resources::new(); subjects];
        let mut reports: Vec<Option<VerificationReport>> = vec![None; subjects];
        let mut asked = vec![0_usize; subjects];
        loop {
            let mut needs: Vec<(usize, ResourceRequest)> = Vec::new();
            for index in (0..subjects).filter(|index| reports[*index].is_none()).collect::<Vec<_>>() {
                match turn(index, &known[index]) {
                    Step::Done(report) => reports[index] = Some(*report),
                    Step::Need(mut requests) => {
                        requests.sort();
                        requests.dedup_by(|one, other| one.url == other.url);
                        needs.extend(requests.into_iter().map(|request| (index, request)));
                    }
                }
            }
            if reports.iter().all(Option::is_some) {
                return Ok(reports.into_iter().flatten().collect());
            }
            if needs.is_empty() {
                return Err(WalletError::Internal { what: "nothing was asked for and nothing is done" });
            }
            self.answer(needs.iter().map(|(_, request)| request))?;
            for (index, request) in needs {
                // The core never asks for one address twice, and ends at the same bound; this keeps a fault there
                // from turning into endless work here.
                asked[index] += 1;
                if asked[index] > RESOURCES * 2 || known[index].answer(&request.url).is_some() {
                    return Err(WalletError::Internal { what: "the same resource was asked for again" });
                }
                if let Some(answer) = self.answers.get(&request.url) {
                    known[index].record(request.url, answer.clone());
                }
            }
        }
    }

    /// Finds an answer for each request that has none yet in this run.
    fn answer<'r>(&mut self, requests: impl Iterator<Item = &'r ResourceRequest>) -> Result<(), WalletError> {
        let missing: BTreeSet<&ResourceRequest> =
            requests.filter(|request| !self.answers.contains_key(&request.url)).collect();
        let missing: Vec<&ResourceRequest> = missing.into_iter().collect();
        if missing.is_empty() {
            return Ok(());
        }
        let fetches: Vec<FetchRequest> =
            missing.iter().map(|request| FetchRequest::new(request.url.clone(), Accept::from(request.kind))).collect();
        let fetched = self.wallet.fetch().fetch(&fetches, &self.budget);
        if self.budget.cancel().is_cancelled() {
            return Err(WalletError::Cancelled);
        }
        for (request, fetched) in missing.iter().zip(fetched) {
            let answer = match fetched {
                Ok(fetched) => Answer::Fresh(Resource {
                    bytes: fetched.bytes,
                    media_type: fetched.media_type,
                    fetched_at: self.now,
                }),
                Err(kind) => self.without_fetch(request, FetchFailure { kind, at: self.now })?,
            };
            self.answers.insert(request.url.clone(), answer);
        }
        Ok(())
    }

    /// The answer where an address can't be asked now.
    fn without_fetch(&self, request: &ResourceRequest, failure: FetchFailure) -> Result<Answer, WalletError> {
        let offline = failure.kind == FetchFailureKind::Offline;
        if self.copies == Copies::WhenOffline && !offline {
            return Ok(Answer::Failed(failure));
        }
        let Some(resource) = self.wallet.store().resources().get(&request.url)? else {
            return Ok(Answer::Failed(failure));
        };
        let counts = match request.kind {
            ResourceKind::ControlledIdentifierDocument => KEY_COPY_COUNTS,
            ResourceKind::StatusListCredential => LIST_COPY_COUNTS,
        };
        // A copy from the future has an age that nobody knows.
        let age = self.now.duration_since(resource.fetched_at);
        let recent = age <= counts && age >= SignedDuration::ZERO;
        Ok(if offline && recent { Answer::Cached(resource) } else { Answer::Stale { resource, failure } })
    }
}

/// The hosts whose answers established something about the credential itself.
fn proven_hosts(report: &VerificationReport) -> impl Iterator<Item = &str> {
    report
        .checks
        .iter()
        .filter_map(|check| match &check.outcome {
            Outcome::Pass(fact) => fact.params.get("host"),
            Outcome::Fail(problem) => problem.params.get("host"),
            Outcome::Inconclusive(_) | Outcome::Absent | Outcome::Skipped { .. } => None,
        })
        .map(String::as_str)
}

/// Whether an address is at a host, whatever the port.
fn is_at(url: &str, host: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| url.host_str() == Some(host))
}

/// Whether every answer a report rests on was what it should be.
fn all_answers_good(report: &VerificationReport) -> bool {
    report.checks.iter().all(|check| match (&check.kind, &check.outcome) {
        (CheckKind::Proof | CheckKind::Issuer, outcome) => {
            matches!(outcome, Outcome::Pass(_) | Outcome::Skipped { .. })
        }
        (CheckKind::Status { .. }, Outcome::Fail(problem)) => {
            matches!(problem.code, ProblemCode::Revoked | ProblemCode::Suspended)
        }
        (CheckKind::Status { .. }, Outcome::Inconclusive(_)) => false,
        _ => true,
    })
}
