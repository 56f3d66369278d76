//! The credentials among the pieces that a container carries.

use crate::container::{Carried, Piece};
use crate::error::ReadError;
use crate::limits::CREDENTIALS;
use crate::read::{Found, Unread};

type Entries = Vec<Result<Found, Unread>>;

/// Reads each piece with `read`. Attached files that are no credential are passed over; anything else that can't be
/// read is reported, and an address counts only when there is no credential.
///
/// # Errors
/// [`ReadError`] of the piece at the format's own place for a credential when there is nothing else,
/// [`ReadError::OnlyALink`] when there are only addresses, and [`ReadError::PdfWithoutCredential`] when no attached
/// file is one.
pub(crate) fn gather(
    pieces: Vec<Piece>,
    read: impl Fn(Vec<u8>) -> Result<Entries, ReadError>,
) -> Result<Entries, ReadError> {
    let mut entries = Entries::new();
    let mut refused = None;
    let mut link = None;
    for Piece { at, carried } in pieces {
        match carried {
            Carried::Link(url) => link = link.or(Some(url)),
            Carried::Credential(bytes) => match read(bytes) {
                Ok(read) => entries.extend(read.into_iter().map(|entry| placed(entry, &at))),
                Err(error) if at.is_empty() => refused = Some(error),
                Err(ReadError::NotJson(_) | ReadError::NotACredential { .. } | ReadError::Truncated) => {}
                Err(error) => entries.push(Err(Unread { pointer: at, error })),
            },
        }
        if entries.len() > CREDENTIALS {
            return Err(ReadError::TooMany { limit: CREDENTIALS });
        }
    }
    match (entries.is_empty(), refused, link) {
        (false, Some(error), _) => {
            entries.insert(0, Err(Unread { pointer: String::new(), error }));
            Ok(entries)
        }
        (false, None, _) => Ok(entries),
        (true, Some(error), _) => Err(error),
        (true, None, Some(url)) => Err(ReadError::OnlyALink { url }),
        (true, None, None) => Err(ReadError::PdfWithoutCredential),
    }
}

/// Pointers tell the entries of one file apart, so those of an attached file begin with its place.
fn placed(entry: Result<Found, Unread>, at: &str) -> Result<Found, Unread> {
    match entry {
        Ok(found) => Ok(Found { pointer: format!("{at}{}", found.pointer), ..found }),
        Err(unread) => Err(Unread { pointer: format!("{at}{}", unread.pointer), ..unread }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::Container;
    use crate::read::read_json;

    const ONE: &str = r#"{"type":["VerifiableCredential"]}"#;

    fn piece(at: &str, carried: &str) -> Piece {
        let carried = match carried.strip_prefix("link ") {
            Some(url) => Carried::Link(url.to_owned()),
            None => Carried::Credential(carried.as_bytes().to_vec()),
        };
        Piece { at: at.to_owned(), carried }
    }

    #[track_caller]
    fn check(pieces: &[(&str, &str)], expected: Result<&[(&str, &str)], &str>) {
        let pieces = pieces.iter().map(|(at, carried)| piece(at, carried)).collect();
        let gathered = gather(pieces, |bytes| read_json(bytes, Container::Pdf));
        let told = gathered.as_ref().map_err(ReadError::code).map(|entries| {
            let told = entries.iter().map(|entry| match entry {
                Ok(found) => (found.pointer.as_str(), "read"),
                Err(unread) => (unread.pointer.as_str(), unread.error.code()),
            });
            told.collect::<Vec<_>>()
        });
        assert_eq!(told, expected.map(<[(&str, &str)]>::to_vec));
    }

    #[test]
    fn each_attached_credential_has_a_place_of_its_own() {
        let list = format!("[{ONE},{ONE}]");
        check(&[("/0", ONE), ("/3", &list)], Ok(&[("/0", "read"), ("/3/0", "read"), ("/3/1", "read")]));
        check(&[("", ONE), ("/0", ONE)], Ok(&[("", "read"), ("/0", "read")]));
    }

    #[test]
    fn attached_files_that_are_no_credential_are_passed_over() {
        check(&[("/0", "{}"), ("/1", "[not json"), ("/2", ONE)], Ok(&[("/2", "read")]));
        check(&[("/0", "{}"), ("/1", "{\"a\":")], Err("pdf_without_credential"));
    }

    #[test]
    fn an_attached_file_that_may_be_a_credential_is_reported() {
        let twice = r#"{"type":"VerifiableCredential","type":"x"}"#;
        check(&[("/0", twice), ("/1", ONE)], Ok(&[("/0", "duplicate_key"), ("/1", "read")]));
        check(&[("", "{}"), ("/1", ONE)], Ok(&[("", "not_a_credential"), ("/1", "read")]));
    }

    #[test]
    fn an_address_counts_only_where_no_credential_is() {
        check(&[("", "link https://badges.example/1")], Err("only_a_link"));
        check(&[("", "link https://badges.example/1"), ("/0", ONE)], Ok(&[("/0", "read")]));
        check(&[("", "{}")], Err("not_a_credential"));
    }

    #[test]
    fn more_credentials_than_are_read_are_refused() {
        let list = format!("[{}{ONE}]", format!("{ONE},").repeat(CREDENTIALS - 1));
        check(&[("/0", &list), ("/1", ONE)], Err("too_many"));
    }
}
