//! What the issuer's web site says of one credential in its [1EdTech Revocation
//! List](https://www.imsglobal.org/spec/vcrl/v1p0/). The list is unsigned: its address stands in the signed credential,
//! so it is the issuer's word that this site is to be asked, and the site's word what it answers.

use attesta_credential::{CredentialStatus, VerifiableCredential, comparable};

use super::revocation_list::{RevocationList, Standing};
use super::{Asked, ask, last_known, unreachable};
use crate::did::{askable_host, shorten};
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::Outcome;
use crate::resources::{Answer, FetchFailure, Resource, ResourceKind};
use crate::status::proven::{ListForm, ProvenLists, Reading};

/// The outcome of one entry.
pub(super) fn check(
    inquiry: &mut Inquiry<'_>,
    credential: &VerifiableCredential,
    status: &CredentialStatus,
) -> Result<Outcome, Pending> {
    let malformed = |pointer: String| {
        let problem = Problem::new(ProblemCode::StatusEntryMalformed, [("member", "id".to_owned())]);
        Ok(Outcome::Inconclusive(problem.at(pointer)))
    };
    let of_entry = || malformed(format!("{}/id", status.pointer));
    let Some(url) = status.id.as_deref().map(str::trim) else { return of_entry() };
    let Some(host) = askable_host(url, inquiry.policy.loopback) else { return of_entry() };
    // A list of identifiers says nothing of a credential that has none.
    let Some(id) = credential.id().filter(|id| !id.trim().is_empty()) else { return malformed("/id".to_owned()) };
    let answer = match ask(inquiry, url, &host, ResourceKind::RevocationList)? {
        Err(outcome) => return Ok(outcome),
        Ok(answer) => answer,
    };
    let mut look = |resource: &Resource| -> Result<Result<Standing, Problem>, Pending> {
        let none = ProvenLists::new();
        let reading = inquiry.lists.unwrap_or(&none).reading(inquiry, ListForm::Revocations, url, |inquiry| {
            inquiry.ask(url, ResourceKind::RevocationList);
            Ok(Reading::Revocations(RevocationList::read(url, &resource.bytes)))
        })?;
        Ok(match &*reading {
            Reading::Revocations(list) => {
                list.as_ref().map_err(Clone::clone).and_then(|list| look_up(list, id, credential))
            }
            Reading::Bits(_) => Err(Problem::new(ProblemCode::StatusListMalformed, [])),
        })
    };
    Ok(match answer {
        Answer::Failed(failure) => Outcome::Inconclusive(unreachable(&host, failure)),
        Answer::Fresh(resource) | Answer::Cached(resource) => {
            let asked = Asked { host: &host, as_of: resource.fetched_at };
            match look(resource)? {
                Err(problem) => asked.unknown(problem),
                Ok(standing) => current(standing, &asked),
            }
        }
        Answer::Stale { resource, failure } => {
            let asked = Asked { host: &host, as_of: resource.fetched_at };
            older(look(resource)?.ok(), &asked, failure)
        }
    })
}

/// A revocation counts whoever keeps the list; the absence of one only where nobody else's list stands there.
fn look_up(list: &RevocationList, id: &str, credential: &VerifiableCredential) -> Result<Standing, Problem> {
    let foreign = list.issuer.as_deref().filter(|issuer| comparable(issuer) != comparable(credential.issuer_id()));
    match (list.standing(id), foreign) {
        (Standing::Clear, Some(issuer)) => {
            let params = [("issuer", shorten(credential.issuer_id())), ("list_issuer", shorten(issuer))];
            Err(Problem::new(ProblemCode::StatusListForeign, params))
        }
        (standing, _) => Ok(standing),
    }
}

fn current(standing: Standing, asked: &Asked<'_>) -> Outcome {
    match standing {
        Standing::Revoked { reason } => Outcome::Fail(revoked(reason, asked)),
        Standing::Clear => {
            let mut fact = Fact::new(FactCode::NotListedAsRevoked, []);
            asked.date(&mut fact.params);
            Outcome::Pass(fact)
        }
        Standing::Unreadable => asked.unknown(Problem::new(ProblemCode::StatusListMalformed, [])),
    }
}

fn revoked(reason: Option<String>, asked: &Asked<'_>) -> Problem {
    let mut problem = Problem::new(ProblemCode::Revoked, []);
    problem.params.extend(reason.map(|reason| ("reason".to_owned(), reason)));
    asked.date(&mut problem.params);
    problem
}

/// What was revoked does not become better by the site going silent, and what was clear may have changed.
fn older(standing: Option<Standing>, asked: &Asked<'_>, failure: &FetchFailure) -> Outcome {
    match standing {
        Some(Standing::Revoked { reason }) => Outcome::Fail(revoked(reason, asked)),
        Some(Standing::Clear) => {
            Outcome::Inconclusive(last_known(asked.host, failure, "clear".to_owned(), asked.as_of))
        }
        Some(Standing::Unreadable) | None => Outcome::Inconclusive(unreachable(asked.host, failure)),
    }
}
