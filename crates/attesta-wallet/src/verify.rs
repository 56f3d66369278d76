//! Drives the verifying core: it says what it needs, and this gets it, from the web or from an earlier copy.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use attesta_credential::{VerifiableCredential, VerifiablePresentation};
use attesta_net::{Accept, Budget, FetchRequest};
use attesta_verify::{
    Answer, CheckKind, FetchFailure, FetchFailureKind, Outcome, Policy, PresentationTurn, ProblemCode, Resource,
    ResourceKind, ResourceOrigin, ResourceRequest, Resources, Turn, VerificationReport,
};
use jiff::{SignedDuration, Timestamp};

use crate::error::WalletError;
use crate::wallet::Wallet;

/// How long a key document's copy still counts while the learner works offline: keys change rarely, and a month
/// bounds how long a withdrawn one goes unnoticed.
const KEY_COPY_COUNTS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a copy of what hardly ever changes still counts: schemas, registries, pinned documents.
const REFERENCE_COPY_COUNTS: SignedDuration = SignedDuration::from_hours(30 * 24);
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
    /// Addresses whose answer could not be used where an older copy tells of a revocation.
    doubted: BTreeSet<String>,
    now: Timestamp,
}

/// What the core says to the answers so far.
enum Step {
    Need(Vec<ResourceRequest>),
    Done(Box<VerificationReport>),
}

impl<'w> Run<'w> {
    pub(crate) fn new(wallet: &'w Wallet, copies: Copies, budget: Budget) -> Self {
        Run { wallet, copies, budget, answers: BTreeMap::new(), doubted: BTreeSet::new(), now: wallet.now() }
    }

    /// The report of each credential, in order.
    pub(crate) fn verify(
        &mut self,
        credentials: &[&VerifiableCredential],
        policy: &Policy,
    ) -> Result<Vec<VerificationReport>, WalletError> {
        let now = self.now;
        let turn = |credential: &VerifiableCredential, resources: &Resources| match attesta_verify::verify(
            credential, resources, policy, now,
        ) {
            Turn::Need(requests) => Step::Need(requests),
            Turn::Done(report) => Step::Done(report),
        };
        let mut reports =
            self.drive(credentials.len(), &BTreeMap::new(), |index, resources| turn(credentials[index], resources))?;
        for (credential, report) in credentials.iter().zip(&mut reports) {
            let older = self.older_lists(credential, report)?;
            if older.is_empty() {
                continue;
            }
            let again = self.drive(1, &older, |_, resources| turn(credential, resources))?.pop();
            if let Some(again) = again.filter(|again| tells_of_revocation(report, again)) {
                self.doubted.extend(older.into_keys());
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
            let Some(url) = status.list.as_deref().filter(|_| is_unusable_list(outcome)) else { continue };
            let fresh = matches!(self.answers.get(url), Some(Answer::Fresh(_)));
            if let Some(resource) = self.wallet.store().resources().get(url)?.filter(|_| fresh) {
                let failure = FetchFailure { kind: FetchFailureKind::Unreachable, at: self.now };
                older.insert(url.to_owned(), Answer::Stale { resource, failure });
            }
        }
        Ok(older)
    }

    /// The report on a holder's own signature.
    pub(crate) fn verify_presentation(
        &mut self,
        presentation: &VerifiablePresentation,
        policy: &Policy,
    ) -> Result<VerificationReport, WalletError> {
        let now = self.now;
        let mut reports =
            self.drive(1, &BTreeMap::new(), |_, resources| {
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
            let fresh = report.resources.iter().filter(|used| used.from == ResourceOrigin::Network);
            let urls = fresh.map(|used| used.url.as_str()).filter(|url| !self.doubted.contains(*url));
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
    /// once and what they need at the same time is fetched side by side. `instead` goes before this run's answers.
    fn drive(
        &mut self,
        subjects: usize,
        instead: &BTreeMap<String, Answer>,
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
                if let Some(answer) = instead.get(&request.url).or_else(|| self.answers.get(&request.url)) {
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
            ResourceKind::ControlledIdentifierDocument | ResourceKind::JsonWebKey => KEY_COPY_COUNTS,
            ResourceKind::StatusListCredential
            | ResourceKind::RevocationList
            | ResourceKind::RefreshedCredential
            | ResourceKind::HostedBadge => LIST_COPY_COUNTS,
            ResourceKind::JsonSchema | ResourceKind::IssuerRegistry | ResourceKind::RelatedResource => {
                REFERENCE_COPY_COUNTS
            }
        };
        // A copy from the future has an age that nobody knows.
        let age = self.now.duration_since(resource.fetched_at);
        let recent = age <= counts && age >= SignedDuration::ZERO;
        Ok(if offline && recent { Answer::Cached(resource) } else { Answer::Stale { resource, failure } })
    }
}

/// Whether an answer may come from where a redirect led. A key document proves something only by the host it stands
/// at, so an issuer's site that redirects anywhere would let anybody be that issuer; a list is signed itself.
fn may_come_from(request: &ResourceRequest, final_url: &str) -> bool {
    match request.kind {
        // Signed themselves, or pinned by a digest that is.
        ResourceKind::StatusListCredential | ResourceKind::RefreshedCredential | ResourceKind::RelatedResource => true,
        ResourceKind::JsonSchema => true,
        ResourceKind::ControlledIdentifierDocument
        | ResourceKind::JsonWebKey
        | ResourceKind::RevocationList
        | ResourceKind::HostedBadge
        | ResourceKind::IssuerRegistry => is_same_site(&request.url, final_url),
    }
}

/// Whether two addresses have the same host and port, but for a leading `www.`: sites add or drop it all the time, and
/// who holds a name holds that one too.
fn is_same_site(asked: &str, answered: &str) -> bool {
    let (Ok(asked), Ok(answered)) = (url::Url::parse(asked), url::Url::parse(answered)) else { return false };
    let (Some(one), Some(other)) = (asked.host_str(), answered.host_str()) else { return false };
    let hosts_fit = one == other || one.strip_prefix("www.") == Some(other) || other.strip_prefix("www.") == Some(one);
    hosts_fit && asked.port_or_known_default() == answered.port_or_known_default()
}

/// Whether a status could not be told because what came is not the list that it should be.
fn is_unusable_list(outcome: &Outcome) -> bool {
    let Outcome::Inconclusive(problem) = outcome else { return false };
    matches!(
        problem.code,
        ProblemCode::StatusListMalformed
            | ProblemCode::StatusListNotProven
            | ProblemCode::StatusListExpired
            | ProblemCode::StatusListForeign
            | ProblemCode::StatusPurposeMismatch
            | ProblemCode::StatusListTooShort
            | ProblemCode::StatusListTooLarge
            | ProblemCode::StatusIndexOutOfRange
    )
}

/// Whether older copies tell of a revocation or suspension where the answers could not be used.
fn tells_of_revocation(report: &VerificationReport, with_copies: &VerificationReport) -> bool {
    let statuses = |kind: &CheckKind| matches!(kind, CheckKind::Status { .. });
    let mut both = report.outcomes(statuses).zip(with_copies.outcomes(statuses));
    both.any(|(fresh, copied)| is_unusable_list(fresh) && matches!(copied, Outcome::Fail(_)))
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
