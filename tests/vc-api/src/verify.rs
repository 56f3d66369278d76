//! Verifying, as the wallet does it: read, verify, fetch what is asked for, judge.

use std::time::Duration;

use attesta_credential::{VerifiableCredential, VerifiablePresentation, read, read_each};
use attesta_net::{Accept, Budget, Fetch, FetchRequest};
use attesta_verify::{
    Answer, Check, CheckKind, FetchFailure, FetchFailureKind, LoopbackAccess, Outcome, Policy, PresentationTurn,
    Resource, ResourceRequest, Resources, Turn, Verdict, VerificationReport, judge,
};
use jiff::Timestamp;

use crate::answer::Server;

/// The time for the fetches of one verification.
const FETCH_TIME: Duration = Duration::from_secs(10);
/// More turns than any credential within the limits can take.
const TURNS: usize = 64;

/// What a verification came to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Verification {
    /// The verdict of each credential, that of the presentation first where there is one.
    pub(crate) verdicts: Vec<&'static str>,
    /// Why it is not verified; empty where it is.
    pub(crate) errors: Vec<String>,
}

impl Verification {
    pub(crate) fn passed() -> Verification {
        Verification { verdicts: Vec::new(), errors: Vec::new() }
    }

    pub(crate) fn refused(error: &str) -> Verification {
        Verification { verdicts: vec![Verdict::Rejected.as_str()], errors: vec![error.to_owned()] }
    }

    fn of(report: &VerificationReport) -> Verification {
        let verdict = judge(report);
        let errors = if verdict == Verdict::Valid { Vec::new() } else { problems(report) };
        Verification { verdicts: vec![verdict.as_str()], errors }
    }
}

/// Verifies one credential. Only the verdict `valid` counts as verified.
pub(crate) fn credential(server: &Server, bytes: &[u8], now: Timestamp) -> Verification {
    match read(bytes).as_deref() {
        Err(error) => Verification::refused(error.code()),
        Ok([found]) => Verification::of(&report(server, &found.credential, now)),
        // A presentation of several is not a credential.
        Ok(_) => Verification::refused("not_a_credential"),
    }
}

/// Verifies a presentation and every credential in it.
pub(crate) fn presentation(server: &Server, bytes: &[u8], now: Timestamp) -> Verification {
    let presentation = match VerifiablePresentation::from_bytes(bytes.to_vec()) {
        Ok(presentation) => presentation,
        Err(error) => return Verification::refused(error.code()),
    };
    let report = drive(server, now, |resources, policy| {
        match attesta_verify::verify_presentation(&presentation, resources, policy, now) {
            PresentationTurn::Need(needed) => Err(needed),
            PresentationTurn::Done(report) => Ok(report),
        }
    });
    let mut verification = match presentation.holder() {
        Some(_) => Verification::of(&report),
        None => of_nobodys(&report),
    };
    if presentation.root().get("verifiableCredential").is_none() {
        return verification;
    }
    let entries = match read_each(bytes) {
        Ok(entries) => entries,
        Err(error) => return Verification::refused(error.code()),
    };
    for entry in entries {
        let held = match entry {
            Ok(found) => Verification::of(&self::report(server, &found.credential, now)),
            Err(unread) => Verification::refused(unread.error.code()),
        };
        verification.verdicts.extend(held.verdicts);
        verification.errors.extend(held.errors);
    }
    verification
}

/// A presentation need not name its holder. The product then says that nobody is shown to have handed it over; what a
/// suite asks is whether its form, its proof and its dates hold.
fn of_nobodys(report: &VerificationReport) -> Verification {
    let holds = |check: &Check| match check.kind {
        CheckKind::Conformance | CheckKind::Proof | CheckKind::Validity => matches!(check.outcome, Outcome::Pass(_)),
        _ => true,
    };
    let errors = if report.checks.iter().all(holds) { Vec::new() } else { problems(report) };
    Verification { verdicts: vec![judge(report).as_str()], errors }
}

/// The report on a credential.
pub(crate) fn report(server: &Server, credential: &VerifiableCredential, now: Timestamp) -> VerificationReport {
    drive(server, now, |resources, policy| match attesta_verify::verify(credential, resources, policy, now) {
        Turn::Need(needed) => Err(needed),
        Turn::Done(report) => Ok(report),
    })
}

/// Fetches what is needed until there is a report.
fn drive(
    server: &Server,
    now: Timestamp,
    turn: impl Fn(&Resources, &Policy) -> Result<Box<VerificationReport>, Vec<ResourceRequest>>,
) -> VerificationReport {
    let policy = Policy { loopback: LoopbackAccess::Allowed, ..Policy::default() };
    let budget = Budget::new(FETCH_TIME);
    let mut resources = Resources::new();
    for _ in 0..TURNS {
        let needed = match turn(&resources, &policy) {
            Ok(report) => return *report,
            Err(needed) => needed,
        };
        let requests: Vec<FetchRequest> =
            needed.iter().map(|request| FetchRequest::new(&request.url, Accept::from(request.kind))).collect();
        for (request, fetched) in needed.into_iter().zip(server.fetcher().fetch(&requests, &budget)) {
            let answer = match fetched {
                // Which redirects count is the wallet's business; no suite redirects, so here none do.
                Ok(fetched) if fetched.final_url != request.url => {
                    Answer::Failed(FetchFailure { kind: FetchFailureKind::RedirectedElsewhere, at: now })
                }
                Ok(fetched) => {
                    Answer::Fresh(Resource { bytes: fetched.bytes, media_type: fetched.media_type, fetched_at: now })
                }
                Err(kind) => Answer::Failed(FetchFailure { kind, at: now }),
            };
            resources.record(request.url, answer);
        }
    }
    unreachable!("every turn asks something new, and no credential may ask more than a few addresses")
}

/// The codes of what a report finds wrong or could not find out.
fn problems(report: &VerificationReport) -> Vec<String> {
    let codes = report.checks.iter().filter_map(|check| match &check.outcome {
        Outcome::Fail(problem) | Outcome::Inconclusive(problem) => {
            let pointer = problem.pointer.as_deref().unwrap_or_default();
            Some(format!("{} {} {pointer}", check.kind.name(), problem.code.as_str()).trim_end().to_owned())
        }
        Outcome::Pass(_) | Outcome::Absent | Outcome::Skipped { .. } => None,
    });
    let codes: Vec<String> = codes.collect();
    if codes.is_empty() { vec![judge(report).as_str().to_owned()] } else { codes }
}
