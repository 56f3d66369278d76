//! What a suite found, and how it is told.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::exceptions::Exceptions;

/// The results of one suite.
pub(crate) struct Suite {
    name: &'static str,
    cases: Vec<(String, Result<(), String>)>,
}

/// A suite whose files can't be read has not passed.
#[derive(Debug, Error)]
pub(crate) enum Unreadable {
    #[error("{path} can't be read: {error}")]
    File { path: PathBuf, error: std::io::Error },
    #[error("{path} is not the JSON it should be: {error}")]
    Json { path: PathBuf, error: serde_json::Error },
}

impl Suite {
    pub(crate) fn new(name: &'static str) -> Self {
        Suite { name, cases: Vec::new() }
    }

    /// Records one case; an error says how it differed.
    pub(crate) fn case(&mut self, name: impl Into<String>, outcome: Result<(), String>) {
        self.cases.push((name.into(), outcome));
    }

    /// Records whether two texts are equal.
    pub(crate) fn equal(&mut self, name: impl Into<String>, found: &str, expected: &str) {
        let outcome =
            if found == expected { Ok(()) } else { Err(format!("found {}, expected {}", cut(found), cut(expected))) };
        self.case(name, outcome);
    }

    /// Adds the suite's row to the table; yields a line for each thing that needs a look.
    pub(crate) fn tell(&self, exceptions: &Exceptions, table: &mut String) -> Vec<String> {
        let passed = self.cases.iter().filter(|(_, outcome)| outcome.is_ok()).count();
        let mut explained = 0;
        let mut notes = Vec::new();
        for (case, outcome) in &self.cases {
            match (outcome, exceptions.explains(self.name, case)) {
                (Err(_), true) => explained += 1,
                (Err(difference), false) => notes.push(format!("  {} {case}: {difference}", self.name)),
                (Ok(()), true) => {
                    notes
                        .push(format!("  {} {case}: passes, but docs/conformance.md calls it an exception", self.name));
                }
                (Ok(()), false) => {}
            }
        }
        for stale in exceptions.of(self.name).filter(|name| !self.cases.iter().any(|(case, _)| case == name)) {
            notes.push(format!("  {} {stale}: docs/conformance.md names it, the suite does not", self.name));
        }
        let (name, total, open) = (self.name, self.cases.len(), notes.len());
        table.push_str(&format!("| {name} | {passed} | {total} | {explained} | {open} |\n"));
        notes
    }
}

fn cut(text: &str) -> String {
    let text = text.replace('\n', "\\n");
    text.char_indices().nth(300).map_or(text.clone(), |(end, _)| format!("{}…", &text[..end]))
}

/// A file's text.
pub(crate) fn text(path: &Path) -> Result<String, Unreadable> {
    std::fs::read_to_string(path).map_err(|error| Unreadable::File { path: path.to_owned(), error })
}

/// A file's bytes.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Unreadable> {
    std::fs::read(path).map_err(|error| Unreadable::File { path: path.to_owned(), error })
}

/// A file's JSON.
pub(crate) fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Unreadable> {
    serde_json::from_slice(&bytes(path)?).map_err(|error| Unreadable::Json { path: path.to_owned(), error })
}
