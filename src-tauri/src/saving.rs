//! Saving a file where the learner says, in the system's own dialog.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use attesta_wallet::command::SavedFile;
use attesta_wallet::words::Words;
use attesta_wallet::{Wallet, WalletError};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;

use crate::window;

/// The folder that a file was saved in last while the program runs.
#[derive(Debug, Default)]
pub(crate) struct SavingFolder(Mutex<Option<PathBuf>>);

impl SavingFolder {
    /// The folder to offer: the last one where it is still there, otherwise the learner's documents.
    fn offered(&self, documents: Option<PathBuf>) -> Option<PathBuf> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        [last, documents].into_iter().flatten().find(|folder| folder.is_dir())
    }

    fn saved(&self, path: &Path) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = path.parent().map(Path::to_owned);
    }
}

/// Lets the learner choose where, and writes there; a path of none says that the learner changed their mind.
pub(crate) fn save(
    app: &AppHandle,
    name: &str,
    write: impl FnOnce(&Path) -> io::Result<()>,
) -> Result<SavedFile, WalletError> {
    let folder = app.state::<SavingFolder>();
    let words = Words::of(app.state::<Arc<Wallet>>().language());
    let mut dialog = app.dialog().file().set_title(words.plain("dialog.save")).set_file_name(name);
    if let Some(offered) = folder.offered(app.path().document_dir().ok()) {
        dialog = dialog.set_directory(offered);
    }
    if let Some(window) = window::main(app) {
        dialog = dialog.set_parent(&window);
    }
    let Some(path) = dialog.blocking_save_file().and_then(|chosen| chosen.into_path().ok()) else {
        return Ok(SavedFile { path: None });
    };
    write(&path).map_err(|error| WalletError::Disk { what: error.to_string() })?;
    folder.saved(&path);
    Ok(SavedFile { path: Some(path.display().to_string()) })
}

/// Writes a file that nobody but its owner reads, even where one with wider rights is there already.
pub(crate) fn write_for_owner(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        let mut file = options.mode(0o600).open(path)?;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        file.write_all(bytes)
    }
    #[cfg(not(unix))]
    {
        options.open(path)?.write_all(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_the_last_file_is_offered_and_the_documents_before_and_where_it_is_gone() {
        let documents = std::env::temp_dir();
        let other = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = SavingFolder::default();
        assert_eq!(folder.offered(Some(documents.clone())), Some(documents.clone()));
        folder.saved(&other.join("bundle.pdf"));
        assert_eq!(folder.offered(Some(documents.clone())), Some(other.to_owned()));
        folder.saved(&other.join("no such folder/bundle.pdf"));
        assert_eq!(folder.offered(Some(documents.clone())), Some(documents));
        assert_eq!(folder.offered(None), None);
        assert_eq!(folder.offered(Some(other.join("no such folder"))), None);
    }
}
