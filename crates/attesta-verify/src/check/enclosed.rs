//! Do the credentials hold that a record collects? [CLR 2.0](https://www.imsglobal.org/spec/clr/v2p0)

use attesta_credential::VerifiableCredential;

use crate::check::nested::{Nested, verify_each};
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::{NestedReport, NestedRole, Outcome};
use crate::verdict::{Verdict, judge};
use crate::verify::Nesting;

/// What came of the credentials inside a record.
pub(crate) struct Inside {
    /// None where it collects none.
    pub(crate) outcome: Option<Outcome>,
    pub(crate) reports: Vec<NestedReport>,
}

/// Verifies the credentials in the subjects of a record. They stand on their own proofs, so they are verified whether or
/// not the record around them holds.
pub(crate) fn check(
    inquiry: &mut Inquiry<'_>,
    credential: &VerifiableCredential,
    nesting: Nesting,
) -> Result<Inside, Pending> {
    let enclosed = credential.enclosed();
    if enclosed.is_empty() {
        return Ok(Inside { outcome: None, reports: Vec::new() });
    }
    let found = verify_each(inquiry, &enclosed, nesting, |_, _| NestedRole::Enclosed)?;
    let all = found.len();
    let reports: Vec<NestedReport> = found
        .into_iter()
        .filter_map(|one| if let Nested::Report(report) = one { Some(report) } else { None })
        .collect();
    let verdicts: Vec<Verdict> = reports.iter().map(|nested| judge(&nested.report)).collect();
    let hold = verdicts.iter().filter(|verdict| **verdict == Verdict::Valid).count();
    let params = [("count", (all - hold).to_string()), ("of", all.to_string())];
    let outcome = if hold == all {
        Outcome::Pass(Fact::new(FactCode::EnclosedHold, [("count", hold.to_string())]))
    } else if verdicts.contains(&Verdict::Invalid) {
        Outcome::Fail(Problem::new(ProblemCode::EnclosedDoNotHold, params))
    } else {
        Outcome::Inconclusive(Problem::new(ProblemCode::EnclosedDoNotHold, params))
    };
    Ok(Inside { outcome: Some(outcome), reports })
}
