//! A passphrase comes from a file or the standard input: what stands on the line can be seen by every program that runs.

use std::fs::File;
use std::io::{BufRead, BufReader, stdin};
use std::path::Path;

use attesta_wallet::WalletError;

/// More than this is no passphrase.
const MOST_BYTES: u64 = 4 * 1024;

/// The first line of a file, or of the standard input where it is named `-`.
pub(crate) fn read(file: &Path) -> Result<String, WalletError> {
    let line = match file.as_os_str() == "-" {
        true => first_line(stdin().lock()),
        false => File::open(file).and_then(|file| first_line(BufReader::new(file))),
    };
    let line = line.map_err(|_| WalletError::FileUnreadable { name: file.display().to_string() })?;
    String::from_utf8(line).map_err(|_| WalletError::PassphraseMalformed)
}

fn first_line(reader: impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut line = Vec::new();
    reader.take(MOST_BYTES).read_until(b'\n', &mut line)?;
    while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        line.pop();
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_alone_counts() {
        #[track_caller]
        fn check(content: &[u8], expected: &[u8]) {
            assert_eq!(first_line(content).unwrap(), expected);
        }
        check(b"correct horse battery\nsecond line\n", b"correct horse battery");
        check(b"correct horse battery\r\n", b"correct horse battery");
        check("d\u{e9}j\u{e0} vu".as_bytes(), "d\u{e9}j\u{e0} vu".as_bytes());
        check(b" spaces stay ", b" spaces stay ");
        check(b"", b"");
        assert_eq!(first_line([b'x'; 10_000].as_slice()).unwrap().len() as u64, MOST_BYTES);
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let error = read(Path::new("/nowhere/passphrase.txt")).unwrap_err();
        assert_eq!(error, WalletError::FileUnreadable { name: "/nowhere/passphrase.txt".to_owned() });
    }
}
