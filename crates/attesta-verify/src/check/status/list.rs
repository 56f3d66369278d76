//! A status list credential: believed only when its own proof holds.

use attesta_credential::VerifiableCredential;
use attesta_jsonld::Value;

use crate::authorship::{Secured, establish};
use crate::check::validity;
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Problem, ProblemCode};
use crate::report::Outcome;
use crate::status::bitstring::{Bitstring, BitstringError, ListEncoding};

/// A proven list.
#[derive(Debug)]
pub(crate) struct StatusList {
    pub(super) issuer: String,
    /// What it is for; none for a kind of list that does not say.
    pub(super) purposes: Option<Vec<String>>,
    pub(super) bits: Result<Bitstring, BitstringError>,
    /// Set where now is outside its own validity period.
    pub(super) outdated: Option<Problem>,
    /// Milliseconds after which it should be fetched again.
    pub(super) ttl: Option<u64>,
}

impl StatusList {
    /// About how many bytes of memory it takes.
    pub(crate) fn weight(&self) -> usize {
        self.issuer.len() + self.bits.as_ref().map_or(0, Bitstring::weight)
    }
}

/// Reads and verifies a list.
pub(super) fn read(
    inquiry: &mut Inquiry<'_>,
    url: &str,
    bytes: &[u8],
    encoding: ListEncoding,
) -> Result<Result<StatusList, Problem>, Pending> {
    let malformed = || Problem::new(ProblemCode::StatusListMalformed, []);
    let Ok(list) = VerifiableCredential::from_bytes(bytes.to_vec()) else { return Ok(Err(malformed())) };
    // A list that names itself is the one that was asked for.
    let page = url.split_once('#').map_or(url, |(page, _)| page);
    let other = list.id().is_some_and(|id| id != url && id != page);
    let (credential_type, _) = types(encoding);
    if other || !list.has_type(credential_type) || !list.nonconformities().is_empty() {
        return Ok(Err(malformed()));
    }
    if !establish(inquiry, &Secured::credential(&list))?.is_established() {
        return Ok(Err(Problem::new(ProblemCode::StatusListNotProven, [])));
    }
    Ok(contents(&list, encoding, inquiry))
}

/// The types that the list's credential and its subject must have.
fn types(encoding: ListEncoding) -> (&'static str, &'static str) {
    match encoding {
        ListEncoding::Bitstring => ("BitstringStatusListCredential", "BitstringStatusList"),
        ListEncoding::StatusList2021 => ("StatusList2021Credential", "StatusList2021"),
        ListEncoding::RevocationList2020 => ("RevocationList2020Credential", "RevocationList2020"),
    }
}

fn contents(list: &VerifiableCredential, encoding: ListEncoding, inquiry: &Inquiry<'_>) -> Result<StatusList, Problem> {
    let malformed = || Problem::new(ProblemCode::StatusListMalformed, []);
    let subject = match list.root().get("credentialSubject").map(Value::one_or_many) {
        Some([subject]) => subject,
        _ => return Err(malformed()),
    };
    let (_, subject_type) = types(encoding);
    if !strings(subject, "type").is_some_and(|types| types.iter().any(|kind| kind == subject_type)) {
        return Err(malformed());
    }
    let purposes = match encoding {
        ListEncoding::RevocationList2020 => None,
        ListEncoding::Bitstring | ListEncoding::StatusList2021 => {
            let purposes = strings(subject, "statusPurpose").filter(|purposes| !purposes.is_empty());
            Some(purposes.ok_or_else(malformed)?)
        }
    };
    let ttl = match subject.get("ttl") {
        Some(ttl) if encoding == ListEncoding::Bitstring => Some(milliseconds(ttl).ok_or_else(malformed)?),
        _ => None,
    };
    let encoded = subject.get("encodedList").and_then(Value::as_str).ok_or_else(malformed)?;
    let outdated = match validity::check(list.valid_from(), list.valid_until(), inquiry.now) {
        Outcome::Fail(problem) => Some(Problem { code: ProblemCode::StatusListExpired, ..problem }),
        _ => None,
    };
    let (issuer, bits) = (list.issuer_id().to_owned(), Bitstring::decode(encoded, encoding));
    Ok(StatusList { issuer, purposes, bits, outdated, ttl })
}

/// A member's strings; none where it is absent or anything else is among them.
fn strings(of: &Value<'_>, member: &str) -> Option<Vec<String>> {
    of.get(member)?.one_or_many().iter().map(|value| value.as_str().map(str::to_owned)).collect()
}

/// A time to live: a whole number of milliseconds. One beyond 64 bits is as good as none at all.
fn milliseconds(value: &Value<'_>) -> Option<u64> {
    let Value::Number(number) = value else { return None };
    let digits = number.text();
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().unwrap_or(u64::MAX))
}

/// What an error of the bits means for the entry at `index`.
pub(super) fn problem_of(error: BitstringError, index: u64) -> Problem {
    match error {
        BitstringError::Malformed | BitstringError::BadSize => Problem::new(ProblemCode::StatusListMalformed, []),
        BitstringError::TooLarge => Problem::new(ProblemCode::StatusListTooLarge, []),
        BitstringError::TooShort => Problem::new(ProblemCode::StatusListTooShort, []),
        BitstringError::OutOfRange => Problem::new(ProblemCode::StatusIndexOutOfRange, [("index", index.to_string())]),
    }
}
