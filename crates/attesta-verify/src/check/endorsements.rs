//! Do the endorsements in it hold? Each is a credential of its own and gets a report of its own; none of them changes
//! the verdict of the credential that carries it.

use attesta_credential::{AchievementSubject, VerifiableCredential};
use attesta_jsonld::Value;

use crate::check::nested::{Nested, verify_each};
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::{Endorsed, NestedReport, NestedRole, Outcome, SkipReason};
use crate::verdict::{Verdict, judge};
use crate::verify::Nesting;

/// The most endorsements of one credential that are checked.
const MOST_CHECKED: usize = 16;

/// Checks the endorsements in a credential, where `asking` allows it.
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
    let all = endorsements.len();
    let not_checked = || {
        let problem = Problem::new(ProblemCode::EndorsementsNotChecked, [("count", all.to_string())]);
        Ok((Outcome::Inconclusive(problem), Vec::new()))
    };
    // Who endorses an endorser leads away from the badge.
    if credential.has_type("EndorsementCredential") || all > MOST_CHECKED {
        return not_checked();
    }
    let found = verify_each(inquiry, &endorsements, nesting, |endorsement, one| NestedRole::Endorsement {
        of: endorsed(endorsement, credential, &one.pointer),
    })?;
    if found.iter().all(|one| matches!(one, Nested::NotChecked)) {
        return not_checked();
    }
    let nested: Vec<NestedReport> = found
        .into_iter()
        .filter_map(|one| if let Nested::Report(report) = one { Some(report) } else { None })
        .collect();
    let valid = |nested: &&NestedReport| judge(&nested.report) == Verdict::Valid;
    let misplaced = |nested: &&NestedReport| nested.role == NestedRole::Endorsement { of: Endorsed::SomethingElse };
    let hold = nested.iter().filter(valid).filter(|nested| !misplaced(nested)).count();
    let params = [("count", (all - hold).to_string()), ("of", all.to_string())];
    let forged = nested.iter().any(|nested| judge(&nested.report) == Verdict::Invalid);
    let outcome = if hold == all {
        Outcome::Pass(Fact::new(FactCode::EndorsementsHold, [("count", hold.to_string())]))
    } else if forged || nested.iter().filter(valid).any(|nested| misplaced(&nested)) {
        Outcome::Fail(Problem::new(ProblemCode::EndorsementsDoNotHold, params))
    } else {
        Outcome::Inconclusive(Problem::new(ProblemCode::EndorsementsDoNotHold, params))
    };
    Ok((outcome, nested))
}

/// What an endorsement that stands at `pointer` endorses of this credential: the element that it stands in, else the
/// credential, its issuer, its subject or what was achieved. Praise of something else must not be taken for praise of
/// this. Issuers put an endorsement of themselves at the credential too, as the example in Open Badges 3.0 does.
fn endorsed(endorsement: &VerifiableCredential, credential: &VerifiableCredential, pointer: &str) -> Endorsed {
    let about = |id: &str| {
        let is = |subject: &AchievementSubject| subject.id.as_deref() == Some(id);
        !id.is_empty() && endorsement.subjects().iter().any(is)
    };
    if !endorsement.has_type("EndorsementCredential") {
        return Endorsed::SomethingElse;
    }
    let (element, _) = pointer.rsplit_once("/endorsement").unwrap_or_default();
    let own = credential.root().at(element).and_then(|element| element.get("id")).and_then(Value::as_str);
    if own.is_some_and(about) {
        return match element {
            "" => Endorsed::Credential,
            "/issuer" => Endorsed::Issuer,
            _ => Endorsed::Achievement,
        };
    }
    let subjects = credential.subjects();
    let achieved = |subject: &AchievementSubject| subject.achievement.as_ref()?.id.clone();
    if credential.id().is_some_and(about) {
        Endorsed::Credential
    } else if about(&credential.issuer().id) {
        Endorsed::Issuer
    } else if subjects.iter().filter_map(achieved).any(|id| about(&id)) {
        Endorsed::Achievement
    } else if subjects.iter().any(|subject| subject.id.as_deref().is_some_and(about)) {
        Endorsed::Subject
    } else {
        Endorsed::SomethingElse
    }
}
