//! What is written down of an altered document that was accepted, or of a rewritten one that was not: a folder in the
//! form of `tests/vectors`, so that it becomes a case as it is.

use std::path::{Path, PathBuf};
use std::{fs, io};

use attesta_test_support::case::{Canned, Expectation};

use crate::seed::Seed;

/// What is to be written down.
pub struct Record<'f> {
    /// The document that it was made from.
    pub seed: &'f Seed,
    /// The folder's name.
    pub name: String,
    /// What was done.
    pub story: String,
    /// The received bytes, where they were changed.
    pub received: Option<&'f [u8]>,
    /// An address's answer, where that was changed.
    pub answer: Option<(&'f str, &'f [u8])>,
    /// The verdict that is right.
    pub right: &'static str,
}

impl Record<'_> {
    /// Writes the folder into another one and says where.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn write(&self, into: &Path) -> io::Result<PathBuf> {
        let mut case = self.seed.case.clone();
        case.name.clone_from(&self.name);
        case.statement.story.clone_from(&self.story);
        case.statement.expect = Expectation { verdict: self.right.to_owned(), ..Expectation::default() };
        if let Some(received) = self.received {
            case.input = received.to_vec();
        }
        if let Some((url, bytes)) = self.answer {
            case.resources.insert(url.to_owned(), Canned::Fresh(bytes.to_vec()));
        }
        let folder = into.join(&self.name);
        for (path, bytes) in case.files() {
            let file = folder.join(path);
            fs::create_dir_all(file.parent().unwrap_or(&folder))?;
            fs::write(file, bytes)?;
        }
        Ok(folder)
    }
}
