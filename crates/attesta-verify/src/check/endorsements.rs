//! Do the endorsements in it hold? Each is a credential of its own and gets a report of its own; none of them changes
//! the verdict of the credential that carries it.

use attesta_credential::{AchievementSubject, EmbeddedEndorsement, VerifiableCredential};
use attesta_jsonld::Value;

use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::{NestedReport, Outcome, SkipReason};
use crate::verdict::{Verdict, judge};
use crate::verify::{Nesting, report_on};

/// The most endorsements of one credential that are checked.
const MOST_CHECKED: usize = 16;

/// Checks the endorsements in a credential, where `asking` allows it and it is not one itself.
pub(crate) fn check(
    inquiry: &mut Inquiry<'_>,
    credential: &VerifiableCredential,
    asking: Result<(), SkipReason>,
    nesting: Nesting,
) -> Result<(Outcome, Vec<NestedReport>), Pending> {
    let endorsements = credential.endorsements();
    if endorsements.is_empty() {
        return Ok((Outcome::Absent, Vec::new()));
    }
    if let Err(because) = asking {
        return Ok((Outcome::Skipped { because }, Vec::new()));
    }
    if nesting == Nesting::Inner || endorsements.len() > MOST_CHECKED {
        let params = [("count", endorsements.len().to_string())];
        let problem = Problem::new(ProblemCode::EndorsementsNotChecked, params);
        return Ok((Outcome::Inconclusive(problem), Vec::new()));
    }
    let mut nested = Vec::new();
    let mut misplaced = 0;
    let mut pending = false;
    for endorsement in &endorsements {
        let EmbeddedEndorsement::Json { pointer, bytes } = endorsement else { continue };
        let Ok(endorsement) = VerifiableCredential::from_bytes(bytes.to_vec()) else { continue };
        match report_on(inquiry, &endorsement, Nesting::Inner) {
            Ok(report) => {
                misplaced +=
                    usize::from(judge(&report) == Verdict::Valid && !endorses(&endorsement, credential, pointer));
                nested.push(NestedReport { path: pointer.clone(), report });
            }
            Err(Pending) => pending = true,
        }
    }
    if pending {
        return Err(Pending);
    }
    let hold = nested.iter().filter(|nested| judge(&nested.report) == Verdict::Valid).count() - misplaced;
    let params = [("count", (endorsements.len() - hold).to_string()), ("of", endorsements.len().to_string())];
    let outcome = if hold == endorsements.len() {
        Outcome::Pass(Fact::new(FactCode::EndorsementsHold, [("count", hold.to_string())]))
    } else if misplaced > 0 || nested.iter().any(|nested| judge(&nested.report) == Verdict::Invalid) {
        Outcome::Fail(Problem::new(ProblemCode::EndorsementsDoNotHold, params))
    } else {
        Outcome::Inconclusive(Problem::new(ProblemCode::EndorsementsDoNotHold, params))
    };
    Ok((outcome, nested))
}

/// Whether what stands at `pointer` endorses this credential: the element it stands in, the credential, its issuer, its
/// subject or what was achieved. Praise of something else must not be taken for praise of this. Issuers put an
/// endorsement of themselves at the credential too, as the example in Open Badges 3.0 does.
fn endorses(endorsement: &VerifiableCredential, credential: &VerifiableCredential, pointer: &str) -> bool {
    let element = pointer.rsplit_once("/endorsement").and_then(|(element, _)| credential.root().at(element));
    let element = element.and_then(|element| element.get("id")).and_then(Value::as_str);
    let of_subjects = credential.subjects().iter().flat_map(|subject| {
        let achievement = subject.achievement.as_ref().and_then(|achievement| achievement.id.as_deref());
        [subject.id.as_deref(), achievement]
    });
    let own = [element, credential.id(), Some(credential.issuer().id.as_str())];
    let ids: Vec<&str> = own.into_iter().chain(of_subjects).flatten().filter(|id| !id.is_empty()).collect();
    let about = |subject: &AchievementSubject| subject.id.as_deref().is_some_and(|id| ids.contains(&id));
    endorsement.has_type("EndorsementCredential") && endorsement.subjects().iter().any(about)
}
