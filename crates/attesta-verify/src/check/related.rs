//! Are the pictures and documents those that the credential pins by a digest? Only what is at hand is compared: fetching
//! them would tell their hosts who looks. Never changes the verdict: what stands in the credential is signed either way.

use attesta_credential::VerifiableCredential;

use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::related::{Comparison, compare_each, pinned};
use crate::report::{Outcome, SkipReason};

/// One outcome where the credential pins anything, none where it pins nothing.
pub(crate) fn check(credential: &VerifiableCredential, spoiled: Option<SkipReason>) -> Option<Outcome> {
    let resources = pinned(credential);
    if resources.is_empty() {
        return None;
    }
    if let Some(because) = spoiled {
        return Some(Outcome::Skipped { because });
    }
    let compared = compare_each(&resources);
    let first = |comparison| compared.iter().position(|found| *found == Some(comparison)).map(|at| &resources[at]);
    let open = compared.iter().filter(|found| found.is_none()).count();
    Some(if let Some(differing) = first(Comparison::Mismatch) {
        Outcome::Fail(Problem::new(ProblemCode::DigestMismatch, []).at(differing.pointer.clone()))
    } else if let Some(unknown) = first(Comparison::Unsupported) {
        Outcome::Inconclusive(Problem::new(ProblemCode::UnsupportedDigest, []).at(unknown.pointer.clone()))
    } else if open > 0 {
        let params = [("count", open.to_string()), ("of", resources.len().to_string())];
        Outcome::Inconclusive(Problem::new(ProblemCode::ResourcesNotCompared, params))
    } else {
        Outcome::Pass(Fact::new(FactCode::ResourcesMatch, [("count", resources.len().to_string())]))
    })
}
