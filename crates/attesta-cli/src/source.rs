//! Reads what a SOURCE on the command line stands for.

use std::fs::File;
use std::io::{Read, stdin};
use std::path::Path;

use attesta_wallet::WalletError;

/// More than this is never read; the wallet refuses it by its own limit, one byte below.
const MOST_BYTES: u64 = (64 << 20) + 1;

/// What a source holds.
pub(crate) enum Source {
    /// A link or another text.
    Text(String),
    /// A file's or the standard input's bytes.
    Bytes(Vec<u8>),
    /// A folder.
    Folder,
}

/// The source of an argument: `-` is the standard input, an address or a message is itself, everything else is a file
/// or folder.
pub(crate) fn read(argument: &str) -> Result<Source, WalletError> {
    if argument == "-" {
        return Ok(Source::Bytes(bounded(stdin().lock()).map_err(|_| unreadable(argument))?));
    }
    let path = Path::new(argument);
    if !path.exists() && (is_address(argument) || argument.trim_start().starts_with('{')) {
        return Ok(Source::Text(argument.to_owned()));
    }
    if path.is_dir() {
        return Ok(Source::Folder);
    }
    Ok(Source::Bytes(File::open(path).and_then(bounded).map_err(|_| unreadable(argument))?))
}

/// Whether an argument is an address rather than a file's name.
pub(crate) fn is_address(argument: &str) -> bool {
    let Some((scheme, _)) = argument.trim_start_matches(['<', '"', ' ']).split_once(':') else { return false };
    // One letter before a colon is a drive.
    scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn bounded(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(argument: &str) -> WalletError {
    WalletError::FileUnreadable { name: argument.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_a_file() {
        #[track_caller]
        fn check(argument: &str, expected: bool) {
            assert_eq!(is_address(argument), expected, "{argument}");
        }
        check("https://college.example/1", true);
        check("HTTP://127.0.0.1:4000/", true);
        check("attesta:share#1uabc", true);
        check("<https://college.example/1>", true);
        check("dccrequest://request?challenge=1&vc_request_url=https://college.example/", true);
        check("openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fcollege.example%2F1", true);
        check("badge.json", false);
        check("./a folder/badge:1.json", false);
        check("C:\\badges\\badge.json", false);
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let error = read("/nowhere/badge.json").err().unwrap();
        assert_eq!(error, WalletError::FileUnreadable { name: "/nowhere/badge.json".to_owned() });
    }
}
