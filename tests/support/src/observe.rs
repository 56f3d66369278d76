//! Runs a case and says where what came out is not what the case states.

use attesta_credential::{VerifiableCredential, read};
use attesta_verify::{Outcome, Resources, SkipReason, Turn, Verdict, VerificationReport, judge, verify};
use serde_json::Value;
use thiserror::Error;

use crate::case::Case;

/// More turns than any credential within the limits can take.
const TURNS: usize = 64;

/// What came out of a case.
#[derive(Debug)]
pub enum Observed {
    /// Nothing was read; the code of the error.
    Rejected(&'static str),
    /// One report for each credential in the input.
    Reports(Vec<VerificationReport>),
}

/// A case that could not be brought to its end.
#[derive(Debug, Error)]
pub enum Stuck {
    /// An address was asked that the case says must not be.
    #[error("asks {0}, which this case does not foresee")]
    UnforeseenRequest(String),
    /// The same address was asked again although it had been answered.
    #[error("asks {0} although it was answered")]
    AskedTwice(String),
    /// It goes on asking.
    #[error("does not come to an end")]
    Endless,
}

/// Runs the case to its end.
///
/// # Errors
/// [`Stuck`] where it asks for what it may not, or without end.
pub fn observe(case: &Case) -> Result<Observed, Stuck> {
    let found = match read(&case.input) {
        Ok(found) => found,
        Err(error) => return Ok(Observed::Rejected(error.code())),
    };
    let reports = found.iter().map(|found| report(case, &found.credential)).collect::<Result<_, _>>()?;
    Ok(Observed::Reports(reports))
}

fn report(case: &Case, credential: &VerifiableCredential) -> Result<VerificationReport, Stuck> {
    let policy = case.policy();
    let mut resources = Resources::new();
    for _ in 0..TURNS {
        let needed = match verify(credential, &resources, &policy, case.statement.now) {
            Turn::Done(report) => return Ok(*report),
            Turn::Need(needed) => needed,
        };
        for request in needed {
            if resources.answer(&request.url).is_some() {
                return Err(Stuck::AskedTwice(request.url));
            }
            let Some(answer) = case.answer(&request.url) else {
                return Err(Stuck::UnforeseenRequest(request.url));
            };
            resources.record(request.url, answer);
        }
    }
    Err(Stuck::Endless)
}

/// Where what came out differs from what the case states; empty where it does not.
pub fn disagreements(case: &Case) -> Vec<String> {
    let expect = &case.statement.expect;
    let mut found = Vec::new();
    let mut compare = |what: &str, expected: &str, got: &str| {
        if expected != got {
            found.push(format!("{}: {what} is {got}, not {expected}", case.name));
        }
    };
    match observe(case) {
        Err(stuck) => compare("the run", "complete", &stuck.to_string()),
        Ok(Observed::Rejected(code)) => {
            compare("the verdict", &expect.verdict, Verdict::Rejected.as_str());
            if !expect.error.iter().any(|right| right == code) {
                compare("the error", &expect.error.join(" or "), code);
            }
        }
        Ok(Observed::Reports(reports)) => {
            let verdicts: Vec<Verdict> = reports.iter().map(judge).collect();
            let worst = verdicts.iter().min().copied().unwrap_or(Verdict::Rejected);
            compare("the verdict", &expect.verdict, worst.as_str());
            if !expect.each.is_empty() {
                let each: Vec<&str> = verdicts.iter().map(|verdict| verdict.as_str()).collect();
                compare("the list of verdicts", &expect.each.join(", "), &each.join(", "));
            }
            for (check, outcomes) in &expect.checks {
                let got: Vec<String> = reports.iter().flat_map(|report| outcomes_of(report, check)).collect();
                compare(check, &outcomes.join(", "), &got.join(", "));
            }
            for (pointer, verdict) in &expect.nested {
                let got = reports.first().and_then(|report| verdict_inside(report, pointer));
                compare(pointer, verdict, got.map_or("absent", Verdict::as_str));
            }
            for outcome in &expect.somewhere {
                let all: Vec<String> = reports.iter().flat_map(all_outcomes).collect();
                if !all.contains(outcome) {
                    compare("some check", outcome, &all.join(", "));
                }
            }
        }
    }
    found
}

/// The verdict of the credential that a pointer leads to, through as many as it takes.
fn verdict_inside(report: &VerificationReport, pointer: &str) -> Option<Verdict> {
    report.nested.iter().find_map(|nested| match pointer.strip_prefix(&nested.path)? {
        "" => Some(judge(&nested.report)),
        deeper => verdict_inside(&nested.report, deeper),
    })
}

fn outcomes_of(report: &VerificationReport, check: &str) -> Vec<String> {
    report.outcomes(|kind| kind.name() == check).map(text_of).collect()
}

fn all_outcomes(report: &VerificationReport) -> Vec<String> {
    report.checks.iter().map(|check| text_of(&check.outcome)).collect()
}

/// An outcome as the cases write it: `pass conforms`, `fail expired`, `absent`, `skipped proof_failed`.
fn text_of(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Pass(fact) => format!("pass {}", fact.code.as_str()),
        Outcome::Fail(problem) => format!("fail {}", problem.code.as_str()),
        Outcome::Inconclusive(problem) => format!("inconclusive {}", problem.code.as_str()),
        Outcome::Absent => "absent".to_owned(),
        Outcome::Skipped { because } => format!("skipped {}", reason(*because)),
    }
}

fn reason(because: SkipReason) -> String {
    match serde_json::to_value(because) {
        Ok(Value::String(text)) => text,
        other => panic!("a reason is written as a string, not as {other:?}"),
    }
}
