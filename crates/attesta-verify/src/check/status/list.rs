//! A status list credential: believed only when its own proof holds and the same issuer signed it.

use attesta_credential::VerifiableCredential;
use attesta_jsonld::Value;

use crate::authorship::{Secured, establish};
use crate::check::validity;
use crate::did::shorten;
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Problem, ProblemCode};
use crate::report::Outcome;
use crate::status::bitstring::{Bitstring, BitstringError};

/// A proven list.
pub(super) struct StatusList {
    pub(super) purposes: Vec<String>,
    pub(super) bits: Bitstring,
    /// Set where now is outside its own validity period.
    pub(super) outdated: Option<Problem>,
}

/// Reads and verifies the list for the status of `credential`.
pub(super) fn read(
    inquiry: &mut Inquiry<'_>,
    url: &str,
    bytes: &[u8],
    credential: &VerifiableCredential,
) -> Result<Result<StatusList, Problem>, Pending> {
    let malformed = || Problem::new(ProblemCode::StatusListMalformed, []);
    let Ok(list) = VerifiableCredential::from_bytes(bytes.to_vec()) else { return Ok(Err(malformed())) };
    // A list that names itself is the one that was asked for.
    let other = list.id().is_some_and(|id| id != url);
    if other || !list.has_type("BitstringStatusListCredential") || !list.nonconformities().is_empty() {
        return Ok(Err(malformed()));
    }
    if !establish(inquiry, &Secured::credential(&list))?.is_established() {
        return Ok(Err(Problem::new(ProblemCode::StatusListNotProven, [])));
    }
    if list.issuer_id() != credential.issuer_id() {
        let params = [("issuer", shorten(credential.issuer_id())), ("list_issuer", shorten(list.issuer_id()))];
        return Ok(Err(Problem::new(ProblemCode::StatusListForeign, params)));
    }
    Ok(contents(&list, inquiry))
}

fn contents(list: &VerifiableCredential, inquiry: &Inquiry<'_>) -> Result<StatusList, Problem> {
    let malformed = || Problem::new(ProblemCode::StatusListMalformed, []);
    let subject = match list.root().get("credentialSubject").map(Value::one_or_many) {
        Some([subject]) => subject,
        _ => return Err(malformed()),
    };
    let strings = |member: &str| -> Vec<String> {
        let values = subject.get(member).map(Value::one_or_many).unwrap_or_default();
        values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    if !strings("type").iter().any(|kind| kind == "BitstringStatusList") {
        return Err(malformed());
    }
    let encoded = subject.get("encodedList").and_then(Value::as_str).ok_or_else(malformed)?;
    let bits = Bitstring::decode(encoded).map_err(|error| problem_of(error, 0))?;
    let outdated = match validity::check(list.valid_from(), list.valid_until(), inquiry.now) {
        Outcome::Fail(problem) => Some(Problem { code: ProblemCode::StatusListExpired, ..problem }),
        _ => None,
    };
    Ok(StatusList { purposes: strings("statusPurpose"), bits, outdated })
}

/// What an error of the bitstring means for the entry at `index`.
pub(super) fn problem_of(error: BitstringError, index: u64) -> Problem {
    match error {
        BitstringError::Malformed | BitstringError::BadSize => Problem::new(ProblemCode::StatusListMalformed, []),
        BitstringError::TooLarge => Problem::new(ProblemCode::StatusListTooLarge, []),
        BitstringError::TooShort => Problem::new(ProblemCode::StatusListTooShort, []),
        BitstringError::OutOfRange => Problem::new(ProblemCode::StatusIndexOutOfRange, [("index", index.to_string())]),
    }
}
