//! `attesta export`: the wallet as a file for another wallet.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use attesta_wallet::WalletError;
use serde_json::json;

use crate::context::Context;
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome};
use crate::page::Page;

pub(crate) fn run(context: &Context, file: &Path) -> Result<Outcome, CommandError> {
    let backup = context.wallet.wallet_backup()?;
    let path = if file.is_dir() { file.join(&backup.name) } else { file.to_owned() };
    let refused = |error: std::io::Error| WalletError::Disk { what: format!("{}: {error}", path.display()) };
    write(&path, &backup.bytes).map_err(refused)?;
    let path = std::fs::canonicalize(&path).map_err(refused)?.display().to_string();
    let mut page = Page::new();
    page.line(&format!("{} {path}", context.label(Label::Written)));
    let mut advice = Page::new();
    advice.line(context.label(Label::HoldsKey));
    Ok(Outcome { complaint: advice.into_text(), ..Outcome::new(json!({ "file": path }), page, Exit::Done) })
}

/// Writes a file that its owner alone can read, since it holds a key: a new one that takes the place of what is there.
/// What is there may be open in another program, or be a link that somebody laid to another file.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = path.file_name().ok_or(std::io::ErrorKind::InvalidInput)?.to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| std::fs::rename(&part, path));
    if written.is_err() {
        // What is left of it holds a part of the key; the first error is the one to tell.
        let _ = std::fs::remove_file(&part);
    }
    written
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn the_file_is_the_owners_alone_and_follows_no_link() {
        let folder = std::env::temp_dir().join(format!("attesta-export-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (file, other) = (folder.join("backup.json"), folder.join("other.txt"));
        fs::write(&other, "mine").unwrap();
        symlink(&other, &file).unwrap();
        for bytes in ["first", "second"] {
            write(&file, bytes.as_bytes()).unwrap();
            let found = fs::symlink_metadata(&file).unwrap();
            assert!(found.is_file());
            assert_eq!(found.permissions().mode() & 0o777, 0o600);
            assert_eq!(fs::read_to_string(&file).unwrap(), bytes);
            assert_eq!(fs::read_to_string(&other).unwrap(), "mine");
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "nothing is left beside it");
        fs::remove_dir_all(&folder).unwrap();
    }
}
