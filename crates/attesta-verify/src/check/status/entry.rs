//! A `BitstringStatusListEntry`, read strictly.

use attesta_credential::CredentialStatus;

use crate::did::{askable_host, shorten};
use crate::policy::LoopbackAccess;
use crate::problem::{Problem, ProblemCode};

/// The widest entry whose messages can be counted: 2^16 of them.
const WIDEST_WITH_MESSAGES: u32 = 16;

/// An entry in the form it must have.
#[derive(Debug)]
pub(super) struct Entry<'c> {
    pub(super) purpose: Purpose,
    pub(super) written_purpose: &'c str,
    pub(super) index: u64,
    pub(super) size: u32,
    pub(super) list: &'c str,
    pub(super) host: String,
    messages: &'c [(Option<String>, Option<String>)],
}

/// What an entry is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Revocation,
    Suspension,
    Refresh,
    Message,
    Other,
}

impl Entry<'_> {
    /// The words for a value, where the entry has some.
    pub(super) fn message(&self, value: u32) -> Option<String> {
        let status = format!("{value:#x}");
        let of_value = |(written, _): &&(Option<String>, Option<String>)| {
            written.as_ref().is_some_and(|written| written.eq_ignore_ascii_case(&status))
        };
        let (_, message) = self.messages.iter().find(of_value)?;
        message.as_deref().map(shorten)
    }
}

/// Reads an entry; a `MALFORMED_VALUE_ERROR` names the member.
pub(super) fn parse(status: &CredentialStatus, loopback: LoopbackAccess) -> Result<Entry<'_>, Problem> {
    let malformed = |member: &str| {
        let problem = Problem::new(ProblemCode::StatusEntryMalformed, [("member", member.to_owned())]);
        problem.at(format!("{}/{member}", status.pointer))
    };
    if !status.types.iter().any(|kind| kind == "BitstringStatusListEntry") {
        let kind = status.types.first().map(String::as_str).unwrap_or_default();
        let problem = Problem::new(ProblemCode::UnsupportedStatus, [("type", shorten(kind))]);
        return Err(problem.at(status.pointer.clone()));
    }
    let written_purpose = status.purpose.as_deref().ok_or_else(|| malformed("statusPurpose"))?;
    let purpose = match written_purpose {
        "revocation" => Purpose::Revocation,
        "suspension" => Purpose::Suspension,
        "refresh" => Purpose::Refresh,
        "message" => Purpose::Message,
        "" => return Err(malformed("statusPurpose")),
        _ => Purpose::Other,
    };
    let digits = status.index.as_deref().filter(|index| !index.is_empty() && index.bytes().all(|b| b.is_ascii_digit()));
    let digits = digits.ok_or_else(|| malformed("statusListIndex"))?;
    // An index beyond 64 bits is in no list.
    let index = digits.parse().unwrap_or(u64::MAX);
    let list = status.list.as_deref().ok_or_else(|| malformed("statusListCredential"))?;
    let host = askable_host(list, loopback).ok_or_else(|| malformed("statusListCredential"))?;
    if status.id.as_deref() == Some(list) {
        return Err(malformed("id"));
    }
    let size = match status.size.as_deref() {
        None => 1,
        Some(size) => size.parse().ok().filter(|size| *size > 0).ok_or_else(|| malformed("statusSize"))?,
    };
    let messages = status.messages.as_slice();
    if size > 1 && (size > WIDEST_WITH_MESSAGES || messages.len() != 1 << size) {
        return Err(malformed("statusMessage"));
    }
    Ok(Entry { purpose, written_purpose, index, size, list, host, messages })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> CredentialStatus {
        CredentialStatus {
            pointer: "/credentialStatus".to_owned(),
            types: vec!["BitstringStatusListEntry".to_owned()],
            purpose: Some("revocation".to_owned()),
            index: Some("94567".to_owned()),
            list: Some("https://uni.example/lists/1".to_owned()),
            ..CredentialStatus::default()
        }
    }

    #[track_caller]
    fn check(change: impl Fn(&mut CredentialStatus), expected: Result<(u64, u32), &str>) {
        let mut status = entry();
        change(&mut status);
        let read = parse(&status, LoopbackAccess::Refused).map(|entry| (entry.index, entry.size));
        assert_eq!(read.map_err(|problem| problem.pointer.unwrap()), expected.map_err(str::to_owned));
    }

    #[test]
    fn a_well_formed_entry_is_read() {
        check(|_| {}, Ok((94_567, 1)));
        check(|status| status.index = Some("0".to_owned()), Ok((0, 1)));
        check(|status| status.size = Some("1".to_owned()), Ok((94_567, 1)));
        check(|status| status.index = Some("9".repeat(30)), Ok((u64::MAX, 1)));
        let message = (Some("0x0".to_owned()), Some("ok".to_owned()));
        check(
            |status| (status.size, status.messages) = (Some("2".to_owned()), vec![message.clone(); 4]),
            Ok((94_567, 2)),
        );
    }

    #[test]
    fn a_malformed_member_is_named() {
        let none = |member: &str| format!("/credentialStatus/{member}");
        check(|status| status.purpose = None, Err(&none("statusPurpose")));
        for index in [None, Some(""), Some("-1"), Some("+1"), Some("1.0"), Some("0x10"), Some(" 1"), Some("١")] {
            check(|status| status.index = index.map(str::to_owned), Err(&none("statusListIndex")));
        }
        for list in
            [None, Some("lists/1"), Some("http://uni.example/1"), Some("did:web:uni.example"), Some("file:///x")]
        {
            check(|status| status.list = list.map(str::to_owned), Err(&none("statusListCredential")));
        }
        check(|status| status.id.clone_from(&status.list), Err(&none("id")));
        for size in ["0", "-1", "1.5", "\"1\"", "null"] {
            check(|status| status.size = Some(size.to_owned()), Err(&none("statusSize")));
        }
        check(|status| status.size = Some("2".to_owned()), Err(&none("statusMessage")));
        check(|status| status.size = Some("4294967295".to_owned()), Err(&none("statusMessage")));
    }

    #[test]
    fn other_kinds_of_status_are_named() {
        check(|status| status.types = vec!["StatusList2021Entry".to_owned()], Err("/credentialStatus"));
    }

    #[test]
    fn a_message_is_found_by_its_value() {
        let mut status = entry();
        status.size = Some("2".to_owned());
        status.messages =
            ["0x0", "0x1", "0x2", "0X3"].map(|value| (Some(value.to_owned()), Some(format!("means {value}")))).to_vec();
        let entry = parse(&status, LoopbackAccess::Refused).unwrap();
        assert_eq!(entry.message(2).as_deref(), Some("means 0x2"));
        assert_eq!(entry.message(3).as_deref(), Some("means 0X3"));
        assert_eq!(entry.message(4), None);
    }
}
