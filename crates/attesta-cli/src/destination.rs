//! Where what is made is written.

use std::path::{Path, PathBuf};

use attesta_wallet::{ShareContent, WalletError};

use crate::outcome::CommandError;

/// A name that nothing goes by yet: a file that the learner did not name never takes another's place.
pub(crate) fn unused(folder: &Path, name: &str) -> PathBuf {
    let plain = folder.join(name);
    if !plain.exists() {
        return plain;
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, extension)) => (stem, format!(".{extension}")),
        None => (name, String::new()),
    };
    let mut numbered = (2..10_000).map(|number| folder.join(format!("{stem}-{number}{ending}")));
    numbered.find(|path| !path.exists()).unwrap_or(plain)
}

/// Writes where the learner said: into the file, else into the folder, else here, and answers with the full path.
pub(crate) fn write(out: Option<&Path>, content: &ShareContent) -> Result<String, CommandError> {
    match out {
        None => write_file(&unused(Path::new("."), &content.name), &content.bytes),
        Some(folder) if folder.is_dir() => write_file(&unused(folder, &content.name), &content.bytes),
        Some(file) => write_file(file, &content.bytes),
    }
}

/// Writes files together into a new folder of this name, or into one that is there and empty.
pub(crate) fn write_folder(folder: &Path, contents: &[ShareContent]) -> Result<Vec<String>, CommandError> {
    let refused = |error: std::io::Error| WalletError::Disk { what: format!("{}: {error}", folder.display()) };
    std::fs::create_dir_all(folder).map_err(refused)?;
    contents.iter().map(|content| write_file(&unused(folder, &content.name), &content.bytes)).collect()
}

/// Writes one file and answers with its full path.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<String, CommandError> {
    let refused = |error: std::io::Error| WalletError::Disk { what: format!("{}: {error}", path.display()) };
    std::fs::write(path, bytes).map_err(refused)?;
    let full = std::fs::canonicalize(path).map_err(refused)?;
    Ok(full.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_was_not_given_takes_nobodys_place() {
        let folder = std::env::temp_dir().join(format!("attesta-destination-{}", std::process::id()));
        let content = |bytes: &[u8]| ShareContent { name: "care.pdf".to_owned(), bytes: bytes.to_vec() };
        let written = write_folder(&folder, &[content(b"1"), content(b"2")]).unwrap();
        let names: Vec<_> = written.iter().map(|path| Path::new(path).file_name().unwrap().to_owned()).collect();
        assert_eq!(names, ["care.pdf", "care-2.pdf"]);
        assert!(write(Some(&folder), &content(b"3")).unwrap().ends_with("care-3.pdf"));
        let named = folder.join("mine.pdf");
        for bytes in [b"4", b"5"] {
            write(Some(&named), &content(bytes)).unwrap();
            assert_eq!(std::fs::read(&named).unwrap(), bytes);
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
