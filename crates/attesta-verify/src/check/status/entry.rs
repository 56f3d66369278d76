//! One entry of a list of bits, read strictly: `BitstringStatusListEntry`, and the `StatusList2021Entry` and
//! `RevocationList2020Status` before it.

use attesta_credential::CredentialStatus;

use crate::did::{askable_host, shorten};
use crate::policy::LoopbackAccess;
use crate::problem::{Problem, ProblemCode};
use crate::status::bitstring::ListEncoding;

/// The widest entry whose messages can be counted: 2^16 of them.
const WIDEST_WITH_MESSAGES: u32 = 16;

/// An entry in the form it must have.
#[derive(Debug)]
pub(super) struct Entry<'c> {
    pub(super) encoding: ListEncoding,
    pub(super) purpose: Purpose,
    pub(super) written_purpose: &'c str,
    pub(super) index: u64,
    pub(super) size: u32,
    pub(super) list: &'c str,
    pub(super) host: String,
    status: &'c CredentialStatus,
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
        let of_value =
            |(written, _): &&(Option<String>, Option<String>)| written.as_deref().and_then(hexadecimal) == Some(value);
        let (_, message) = self.status.messages.iter().find(of_value)?;
        message.as_deref().map(shorten)
    }

    /// Where to read on about what the status means.
    pub(super) fn reference(&self) -> Option<String> {
        self.status.references.first()?.as_deref().map(shorten)
    }
}

/// Reads an entry; a `MALFORMED_VALUE_ERROR` names the member.
pub(super) fn parse(status: &CredentialStatus, loopback: LoopbackAccess) -> Result<Entry<'_>, Problem> {
    let malformed = |member: &str| {
        let problem = Problem::new(ProblemCode::StatusEntryMalformed, [("member", member.to_owned())]);
        problem.at(format!("{}/{member}", status.pointer))
    };
    let encoding = encoding_of(status).ok_or_else(|| {
        let kind = status.types.first().map(String::as_str).unwrap_or_default();
        let problem = Problem::new(ProblemCode::UnsupportedStatus, [("type", shorten(kind))]);
        problem.at(status.pointer.clone())
    })?;
    let (index_member, list_member) = match encoding {
        ListEncoding::RevocationList2020 => ("revocationListIndex", "revocationListCredential"),
        ListEncoding::Bitstring | ListEncoding::StatusList2021 => ("statusListIndex", "statusListCredential"),
    };
    let written_purpose = match encoding {
        ListEncoding::RevocationList2020 => "revocation",
        _ => status.purpose.as_deref().ok_or_else(|| malformed("statusPurpose"))?,
    };
    let purpose = match written_purpose {
        "revocation" => Purpose::Revocation,
        "suspension" => Purpose::Suspension,
        "refresh" => Purpose::Refresh,
        "message" => Purpose::Message,
        "" => return Err(malformed("statusPurpose")),
        _ => Purpose::Other,
    };
    let digits = status.index.as_deref().filter(|index| !index.is_empty() && index.bytes().all(|b| b.is_ascii_digit()));
    let digits = digits.ok_or_else(|| malformed(index_member))?;
    // An index beyond 64 bits is in no list.
    let index = digits.parse().unwrap_or(u64::MAX);
    let list = status.list.as_deref().ok_or_else(|| malformed(list_member))?;
    let host = askable_host(list, loopback).ok_or_else(|| malformed(list_member))?;
    if status.id.as_deref() == Some(list) {
        return Err(malformed("id"));
    }
    let size = match status.size.as_deref() {
        None => 1,
        Some(size) => size.parse().ok().filter(|size| *size > 0).ok_or_else(|| malformed("statusSize"))?,
    };
    if !messages_fit(status, size) {
        return Err(malformed("statusMessage"));
    }
    if !status.references.iter().flatten().all(|reference| url::Url::parse(reference).is_ok())
        || status.references.contains(&None)
    {
        return Err(malformed("statusReference"));
    }
    Ok(Entry { encoding, purpose, written_purpose, index, size, list, host, status })
}

/// How the list of an entry is written; none for a kind of status that is no list of bits.
fn encoding_of(status: &CredentialStatus) -> Option<ListEncoding> {
    [
        ("BitstringStatusListEntry", ListEncoding::Bitstring),
        ("StatusList2021Entry", ListEncoding::StatusList2021),
        (CredentialStatus::REVOCATION_LIST_2020, ListEncoding::RevocationList2020),
    ]
    .into_iter()
    .find_map(|(name, encoding)| status.has_type(name).then_some(encoding))
}

/// Whether there is a message for each value, where there are any or must be: as many as values, each with both members.
fn messages_fit(status: &CredentialStatus, size: u32) -> bool {
    let Some(count) = status.message_count else { return size == 1 };
    let worded = |(status, message): &(Option<String>, Option<String>)| {
        status.as_deref().is_some_and(|status| hexadecimal(status).is_some()) && message.is_some()
    };
    size <= WIDEST_WITH_MESSAGES
        && count == 1 << size
        && status.messages.len() == count
        && status.messages.iter().all(worded)
}

/// A value written as `0x` and hexadecimal digits.
fn hexadecimal(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))?;
    let plain = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| plain)
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

    /// Gives the entry a size and so many messages.
    fn say(status: &mut CredentialStatus, size: &str, count: usize) {
        let message = |value| (Some(format!("{value:#x}")), Some(format!("means {value}")));
        status.size = Some(size.to_owned());
        status.messages = (0..count).map(message).collect();
        status.message_count = Some(count);
    }

    #[test]
    fn a_well_formed_entry_is_read() {
        check(|_| {}, Ok((94_567, 1)));
        check(|status| status.index = Some("0".to_owned()), Ok((0, 1)));
        check(|status| status.size = Some("1".to_owned()), Ok((94_567, 1)));
        check(|status| status.index = Some("9".repeat(30)), Ok((u64::MAX, 1)));
        check(|status| say(status, "2", 4), Ok((94_567, 2)));
        check(|status| say(status, "3", 8), Ok((94_567, 3)));
        check(|status| say(status, "1", 2), Ok((94_567, 1)));
        check(|status| status.references = vec![Some("https://uni.example/words".to_owned())], Ok((94_567, 1)));
        check(|status| status.types = vec!["StatusList2021Entry".to_owned()], Ok((94_567, 1)));
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
        for (size, count) in [("1", 1), ("1", 4), ("2", 3), ("2", 5), ("5", 31), ("4294967295", 2)] {
            check(|status| say(status, size, count), Err(&none("statusMessage")));
        }
        let spoil: [&dyn Fn(&mut CredentialStatus); 4] = [
            &|status| status.messages[1].0 = Some("1".to_owned()),
            &|status| status.messages[1].0 = None,
            &|status| status.messages[1].1 = None,
            &|status| status.message_count = Some(5),
        ];
        for spoil in spoil {
            let spoiled = |status: &mut CredentialStatus| {
                say(status, "2", 4);
                spoil(status);
            };
            check(spoiled, Err(&none("statusMessage")));
        }
        for reference in [None, Some("not a link".to_owned())] {
            check(|status| status.references = vec![reference.clone()], Err(&none("statusReference")));
        }
    }

    #[test]
    fn the_entry_of_2020_has_names_of_its_own_and_one_purpose() {
        let older = |status: &mut CredentialStatus| {
            (status.types, status.purpose) = (vec!["RevocationList2020Status".to_owned()], None);
        };
        check(older, Ok((94_567, 1)));
        let without_index = |status: &mut CredentialStatus| {
            older(status);
            status.index = None;
        };
        check(without_index, Err("/credentialStatus/revocationListIndex"));
    }

    #[test]
    fn other_kinds_of_status_are_named() {
        check(|status| status.types = vec!["CredentialStatusList2017".to_owned()], Err("/credentialStatus"));
    }

    #[test]
    fn a_message_is_found_by_its_value() {
        let mut status = entry();
        say(&mut status, "2", 4);
        status.messages[3].0 = Some("0X03".to_owned());
        let entry = parse(&status, LoopbackAccess::Refused).unwrap();
        assert_eq!(entry.message(2).as_deref(), Some("means 2"));
        assert_eq!(entry.message(3).as_deref(), Some("means 3"));
        assert_eq!(entry.message(4), None);
    }
}
