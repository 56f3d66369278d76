//! Reads files and folders by their paths, with limits on how many and how much.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::error::WalletError;
use crate::offer::{Discovery, Standing};

/// Most files that are read in one go.
const FILES: usize = 1_000;
/// Most bytes that are read in one go.
const BYTES: usize = 64 << 20;
/// Most folders within folders.
const DEPTH: usize = 16;
/// Most entries of folders that are looked at, so that a folder of a million others ends as well.
const ENTRIES: usize = 20_000;

struct Reading<'d> {
    discovery: &'d mut Discovery,
    files: usize,
    bytes: usize,
    entries: usize,
    stopped: bool,
}

/// Reads what these paths lead to.
pub(crate) fn read_paths(paths: &[String], discovery: &mut Discovery) {
    let mut reading = Reading { discovery, files: 0, bytes: 0, entries: 0, stopped: false };
    for given in paths {
        let path = Path::new(given);
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => reading.folder(given, path, &[name_of(path)]),
            // A pipe or device has no end.
            Ok(metadata) if metadata.is_file() => reading.file(given, path, &[], Standing::Given),
            _ => reading.discovery.skip(&name_of(path), WalletError::FileUnreadable { name: given.clone() }),
        }
    }
}

impl Reading<'_> {
    fn folder(&mut self, given: &str, path: &Path, folders: &[String]) {
        let unreadable = || WalletError::FileUnreadable { name: given.to_owned() };
        if folders.len() > DEPTH {
            return self.stop(given, WalletError::Unpack(attesta_carrier::UnpackError::TooDeep { limit: DEPTH }));
        }
        let Ok(entries) = fs::read_dir(path) else { return self.discovery.skip(&name_of(path), unreadable()) };
        let mut inside: Vec<PathBuf> = Vec::new();
        for entry in entries.flatten() {
            self.entries += 1;
            if self.entries > ENTRIES {
                return self.stop(given, WalletError::TooManyItems { limit: ENTRIES });
            }
            inside.push(entry.path());
        }
        // In the order in which people see them, whatever the disk's is.
        inside.sort();
        for path in inside {
            if self.stopped {
                return;
            }
            let given = path.display().to_string();
            // Of the entry itself: a link to elsewhere is none of what the learner gave.
            match fs::symlink_metadata(&path) {
                Ok(metadata) if metadata.is_dir() => {
                    let folders: Vec<String> = folders.iter().cloned().chain([name_of(&path)]).collect();
                    self.folder(&given, &path, &folders);
                }
                Ok(metadata) if metadata.is_file() => self.file(&given, &path, folders, Standing::Among),
                _ => {}
            }
        }
    }

    fn file(&mut self, given: &str, path: &Path, folders: &[String], standing: Standing) {
        if self.stopped {
            return;
        }
        if self.files == FILES {
            return self.stop(given, WalletError::TooManyItems { limit: FILES });
        }
        self.files += 1;
        let name = name_of(path);
        let room = BYTES - self.bytes;
        match bounded(path, room) {
            Ok(Some(bytes)) => {
                self.bytes += bytes.len();
                self.discovery.file(given, &name, folders, &bytes, standing);
            }
            Ok(None) => {
                let limit = BYTES as u64;
                self.stop(given, WalletError::Unpack(attesta_carrier::UnpackError::TooLarge { limit }));
            }
            Err(_) => self.discovery.skip(&name, WalletError::FileUnreadable { name: given.to_owned() }),
        }
    }

    fn stop(&mut self, given: &str, error: WalletError) {
        self.stopped = true;
        self.discovery.skip(given, error);
    }
}

/// A file's bytes; none where there are more than there is room for.
fn bounded(path: &Path, room: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(room as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= room).then_some(bytes))
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
