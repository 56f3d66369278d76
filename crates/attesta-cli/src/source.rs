//! Reads what a SOURCE on the command line stands for.

use std::fs::File;
use std::io::{Read, stdin};
use std::path::Path;

use attesta_wallet::WalletError;

/// More than this is never read; the wallet refuses it by its own limit, one byte below.
const MOST_BYTES: u64 = (8 << 20) + 1;

/// What a source holds.
pub(crate) enum Source {
    /// A link or another text.
    Text(String),
    /// A file's or the standard input's bytes.
    Bytes {
        /// The file's name, or `-`.
        name: String,
        bytes: Vec<u8>,
    },
}

/// The source of an argument: `-` is the standard input, an address is itself, everything else is a file.
pub(crate) fn read(argument: &str) -> Result<Source, WalletError> {
    if argument == "-" {
        let bytes = bounded(stdin().lock()).map_err(|_| unreadable(argument))?;
        return Ok(Source::Bytes { name: "-".to_owned(), bytes });
    }
    let path = Path::new(argument);
    if !path.exists() && is_address(argument) {
        return Ok(Source::Text(argument.to_owned()));
    }
    let bytes = File::open(path).and_then(bounded).map_err(|_| unreadable(argument))?;
    let name = path.file_name().map_or_else(|| argument.to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(Source::Bytes { name, bytes })
}

/// Whether an argument is an address rather than a file's name.
pub(crate) fn is_address(argument: &str) -> bool {
    let Some((scheme, _)) = argument.trim_start_matches(['<', '"', ' ']).split_once(':') else { return false };
    // One letter before a colon is a drive.
    scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

impl Source {
    /// The text of it, where it is a link or message rather than a credential or picture.
    pub(crate) fn as_message(&self) -> Option<&str> {
        match self {
            Source::Text(text) => Some(text),
            Source::Bytes { bytes, .. } => {
                let text = std::str::from_utf8(bytes).ok()?;
                let start = text.trim_start();
                let message = start.len() < 64 * 1024 && !start.starts_with(['{', '[', '%']) && start.contains(':');
                (message && !start.starts_with("<svg") && !start.starts_with("<?xml")).then_some(text)
            }
        }
    }
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
        check("badge.json", false);
        check("./a folder/badge:1.json", false);
        check("C:\\badges\\badge.json", false);
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let error = read("/nowhere/badge.json").err().unwrap();
        assert_eq!(error, WalletError::FileUnreadable { name: "/nowhere/badge.json".to_owned() });
    }

    #[test]
    fn a_message_is_told_from_a_credential() {
        let message =
            |text: &str| Source::Bytes { name: "-".to_owned(), bytes: text.as_bytes().to_vec() }.as_message().is_some();
        assert!(message("https://college.example/1\n"));
        assert!(!message(" {\"a\":\"b\"}"));
        assert!(!message("<svg xmlns:x='y'>"));
    }
}
