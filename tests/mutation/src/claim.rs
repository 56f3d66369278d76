//! What is found out about received bytes: each statement in them, and how far it is proven.

use std::collections::BTreeMap;

use attesta_credential::{Found, VerifiableCredential, VerifiablePresentation, read_each};
use attesta_jsonld::Value;
use attesta_share::{Carried, ShareLink, is_share_link};
use attesta_verify::{
    Answer, CheckKind, FetchFailure, FetchFailureKind, Outcome, Policy, PresentationTurn, ProblemCode, Resources, Turn,
    Verdict, VerificationReport, judge, verify, verify_presentation,
};
use attesta_view::{CredentialView, Language};
use jiff::Timestamp;
use serde_json::Value as Shown;

use crate::json::Json;
use crate::statement;

/// More turns than anything within the limits can take.
const TURNS: usize = 64;

/// The time, the rules and what the network answers.
#[derive(Debug, Clone)]
pub struct World {
    /// The time of the check.
    pub now: Timestamp,
    /// The caller's rules.
    pub policy: Policy,
    /// What each address answers; all others are unreachable.
    pub answers: BTreeMap<String, Answer>,
}

/// One document in the received bytes and what was found out about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What it says, its dates and data model as they are read included.
    pub statement: String,
    /// Who is named as having made it.
    pub author: String,
    /// What is shown of it.
    pub shown: String,
    /// What the proofs that hold say of themselves.
    pub proofs: Vec<String>,
    /// The verdict.
    pub verdict: Verdict,
}

/// Whether a verdict says that the named author made exactly this.
pub fn is_authored(verdict: Verdict) -> bool {
    !matches!(verdict, Verdict::Rejected | Verdict::Invalid | Verdict::Unverifiable)
}

/// Everything in the bytes; empty where nothing can be read.
pub fn claims(received: &[u8], world: &World) -> Vec<Claim> {
    let link = std::str::from_utf8(received).ok().filter(|text| !text.starts_with(['{', '[']) && is_share_link(text));
    let content = match link.map(ShareLink::decode) {
        Some(Ok(Carried::Plain(content))) => content,
        Some(_) => return Vec::new(),
        None => received.to_vec(),
    };
    let mut claims = Vec::new();
    for found in read_each(&content).into_iter().flatten().flatten() {
        of_credential(&found, world, &mut claims);
    }
    if let Ok(presentation) = VerifiablePresentation::from_json(content) {
        claims.push(of_presentation(&presentation, world));
    }
    claims
}

fn of_credential(found: &Found, world: &World, claims: &mut Vec<Claim>) {
    let credential = &found.credential;
    let report = report_on(credential, world);
    let verdict = judge(&report);
    for nested in report.nested.iter().filter(|nested| is_authored(judge(&nested.report))) {
        let Some(root) = credential.root().at(&nested.path) else { continue };
        let inner = root.as_object().map(|object| credential.document().source_of(object).to_vec());
        let Some(Ok(inner)) = inner.map(VerifiableCredential::from_json) else { continue };
        claims.push(claim(&inner, &nested.report, judge(&nested.report)));
    }
    claims.push(claim(credential, &report, verdict));
}

fn claim(credential: &VerifiableCredential, report: &VerificationReport, verdict: Verdict) -> Claim {
    let author = credential.issuer_id().to_owned();
    if !is_authored(verdict) {
        // What nobody is said to have signed need not be looked at any closer.
        return Claim { statement: String::new(), author, shown: String::new(), proofs: Vec::new(), verdict };
    }
    let json = Json::of(credential.root());
    let in_order = VerifiableCredential::from_json(statement::in_order(&json).bytes());
    let read = in_order.as_ref().unwrap_or(credential);
    let views = [Language::En, Language::Fr].map(|language| CredentialView::from_credential(read, language));
    let dates = format!("{:?} {:?} {}", views[0].valid_from, views[0].valid_until, views[0].data_model);
    Claim {
        statement: format!("{} {dates}", statement::of_document(&json)),
        author,
        shown: views.map(|view| shown(&view)).join("\n"),
        proofs: holding(report, credential.proofs().into_iter().map(|proof| proof.value)),
        verdict,
    }
}

fn of_presentation(presentation: &VerifiablePresentation, world: &World) -> Claim {
    let report =
        answered(world, |resources| match verify_presentation(presentation, resources, &world.policy, world.now) {
            PresentationTurn::Need(requests) => Err(requests.into_iter().map(|request| request.url).collect()),
            PresentationTurn::Done(report) => Ok(report),
        });
    let verdict = judge(&report);
    let dates = format!("{:?} {:?}", presentation.valid_from(), presentation.valid_until());
    Claim {
        statement: format!("presentation {} {dates}", statement::of_document(&Json::of(presentation.root()))),
        author: presentation.holder().unwrap_or_default().to_owned(),
        shown: String::new(),
        proofs: holding(&report, presentation.proofs().into_iter().map(|proof| proof.value)),
        verdict,
    }
}

/// What the proofs that hold say: each one's own members, or the facts of the report where it has no members of its own.
fn holding<'v>(report: &VerificationReport, proofs: impl Iterator<Item = &'v Value<'v>>) -> Vec<String> {
    let outcomes: Vec<&Outcome> = report.outcomes(|kind| *kind == CheckKind::Proof).collect();
    let proofs: Vec<&Value<'_>> = proofs.collect();
    if proofs.is_empty() {
        let facts = outcomes.into_iter().filter_map(|outcome| match outcome {
            Outcome::Pass(fact) => Some(format!("{} {:?}", fact.code.as_str(), fact.params)),
            _ => None,
        });
        return facts.collect();
    }
    let held = proofs.into_iter().zip(&outcomes).filter(|(_, outcome)| match outcome {
        Outcome::Pass(_) => true,
        // The signature holds, and only its dates are wrong.
        Outcome::Fail(problem) => {
            matches!(problem.code, ProblemCode::ProofExpired | ProblemCode::ProofCreatedInFuture)
        }
        _ => false,
    });
    held.map(|(proof, _)| statement::of_proof(&Json::of(proof))).collect()
}

fn report_on(credential: &VerifiableCredential, world: &World) -> VerificationReport {
    answered(world, |resources| match verify(credential, resources, &world.policy, world.now) {
        Turn::Need(requests) => Err(requests.into_iter().map(|request| request.url).collect()),
        Turn::Done(report) => Ok(report),
    })
}

fn answered(
    world: &World,
    turn: impl Fn(&Resources) -> Result<Box<VerificationReport>, Vec<String>>,
) -> VerificationReport {
    let mut resources = Resources::new();
    for _ in 0..TURNS {
        match turn(&resources) {
            Ok(report) => return *report,
            Err(needed) => needed.into_iter().for_each(|url| {
                let unreachable =
                    || Answer::Failed(FetchFailure { kind: FetchFailureKind::Unreachable, at: world.now });
                let answer = world.answers.get(&url).cloned().unwrap_or_else(unreachable);
                resources.record(url, answer);
            }),
        }
    }
    panic!("a verification goes on asking after {TURNS} turns");
}

/// What is shown, without what only tells how it arrived, in a form that is the same for every way of writing it.
fn shown(view: &CredentialView) -> String {
    let mut view = serde_json::to_value(view).expect("a view is made for being written as JSON");
    if let Shown::Object(members) = &mut view {
        members.retain(|member, _| !matches!(member.as_str(), "digest" | "container" | "securing"));
    }
    normalise("", &mut view);
    view.to_string()
}

fn normalise(key: &str, value: &mut Shown) {
    match value {
        Shown::String(text) if key == "language" => *text = text.to_lowercase(),
        Shown::String(text) if text.parse::<f64>().is_ok() => *text = statement::number(text),
        Shown::Array(items) => {
            items.iter_mut().for_each(|item| normalise(key, item));
            items.sort_by_key(Shown::to_string);
        }
        Shown::Object(members) => members.iter_mut().for_each(|(key, value)| normalise(key, value)),
        _ => {}
    }
}
