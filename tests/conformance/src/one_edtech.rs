//! The test credentials of 1EdTech's public validator, each with what that validator's own tests demand of it.
//!
//! Their issuers are addresses such as `https://example.com/issuers/876543` that answer nobody, with the key in the
//! fragment of the verification method. Here such a key counts when the issuer's page lists it, so each is verified twice: with nothing at those addresses, and with a page there that lists
//! the very key, which shows what is thought of all the rest.

mod intent;
mod served;

use std::path::Path;

use attesta_credential::read;
use attesta_verify::{Outcome, Policy, Resources, Turn, Verdict, VerificationReport, judge, verify};
use jiff::Timestamp;

use crate::exceptions::Exceptions;
use crate::report::Report;
use crate::suite::{Suite, Unreadable, bytes};
use intent::{FIXTURES, Fixture, Intent};
use served::{IssuerPages, Served};

/// The time of every check, so that the table comes out the same each time.
const NOW: &str = "2026-06-15T12:00:00Z";
/// More turns than any credential within the limits can take.
const TURNS: usize = 64;

/// What came of one credential.
struct Finding {
    verdict: Verdict,
    /// The check that decides, with its code, where the verdict is not `valid`.
    because: String,
}

/// Verifies every fixture and adds the table.
pub(crate) fn tell(folder: &Path, exceptions: &Exceptions, report: &mut Report) -> Result<Suite, Unreadable> {
    let folder = folder.join("1edtech");
    let mut suite = Suite::new("1EdTech fixtures");
    report.table(&["credential", "1EdTech's tests", "nothing listed", "key listed", "because", "why it differs"]);
    for fixture in FIXTURES {
        let input = bytes(&folder.join(fixture.file))?;
        let bare = find(&Served::new(&folder, &input, IssuerPages::None), &input);
        let listed = find(&Served::new(&folder, &input, IssuerPages::ListTheirKey), &input);
        let agreed = agrees(fixture, &bare, &listed);
        let reason = match &agreed {
            Ok(()) => "",
            Err(_) => exceptions.reason(suite.name(), fixture.file).unwrap_or_default(),
        };
        report.row(&[
            fixture.file.to_owned(),
            fixture.intent.words().to_owned(),
            bare.verdict.as_str().to_owned(),
            listed.verdict.as_str().to_owned(),
            if listed.verdict == Verdict::Valid { String::new() } else { format!("`{}`", listed.because) },
            reason.to_owned(),
        ]);
        suite.case(fixture.file, agreed);
    }
    Ok(suite)
}

/// Whether the two agree. Where 1EdTech's validator accepts, ours must call the credential valid once its key is listed;
/// where that one refuses, ours must not call it valid either way.
fn agrees(fixture: &Fixture, bare: &Finding, listed: &Finding) -> Result<(), String> {
    let valid = |finding: &Finding| finding.verdict == Verdict::Valid;
    match fixture.intent {
        Intent::Untested => Ok(()),
        Intent::Accepted | Intent::Warned if valid(listed) => Ok(()),
        // A form that is not read at all was not judged.
        Intent::Refused if listed.because == "unsupported_format" => Err("refused, but not read here".to_owned()),
        Intent::Refused if !valid(bare) && !valid(listed) => Ok(()),
        intent => Err(format!("{}, but {} {}", intent.words(), listed.verdict.as_str(), listed.because)),
    }
}

fn find(served: &Served<'_>, input: &[u8]) -> Finding {
    let found = match read(input) {
        Ok(found) => found,
        Err(error) => return Finding { verdict: Verdict::Rejected, because: error.code().to_owned() },
    };
    let reports = found.iter().map(|found| {
        let now: Timestamp = NOW.parse().expect("this is a time");
        let mut resources = Resources::new();
        for _ in 0..TURNS {
            match verify(&found.credential, &resources, &Policy::default(), now) {
                Turn::Done(report) => return *report,
                Turn::Need(needed) => {
                    for request in needed {
                        let answer = served.answer(&request.url, now);
                        resources.record(request.url, answer);
                    }
                }
            }
        }
        unreachable!("every turn asks something new, and no credential may ask more than a few addresses")
    });
    let worst = reports.map(|report| Finding { verdict: judge(&report), because: because(&report) });
    worst
        .min_by_key(|finding| finding.verdict)
        .unwrap_or(Finding { verdict: Verdict::Rejected, because: String::new() })
}

/// The first check that fails, else the first that could not be made, of those that a verdict rests on.
fn because(report: &VerificationReport) -> String {
    let decides = |name: &str| matches!(name, "conformance" | "proof" | "issuer" | "validity" | "status");
    let told = |wanted: fn(&Outcome) -> Option<&'static str>| {
        let mut checks = report.checks.iter().filter(|check| decides(check.kind.name()));
        checks.find_map(|check| Some(format!("{} {}", check.kind.name(), wanted(&check.outcome)?)))
    };
    let failed = |outcome: &Outcome| match outcome {
        Outcome::Fail(problem) => Some(problem.code.as_str()),
        _ => None,
    };
    let open = |outcome: &Outcome| match outcome {
        Outcome::Inconclusive(problem) => Some(problem.code.as_str()),
        _ => None,
    };
    told(failed).or_else(|| told(open)).unwrap_or_default()
}
