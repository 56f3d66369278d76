//! The exceptions that `exceptions.json` names and explains.

use std::path::Path;

use serde::Deserialize;

use crate::suite::{Unreadable, json};

/// Cases that are known to differ, each with its reason.
#[derive(Debug)]
pub(crate) struct Exceptions(Vec<Exception>);

/// Some cases of one suite that differ for one reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exception {
    pub(crate) suite: String,
    pub(crate) cases: Vec<String>,
    pub(crate) reason: String,
}

impl Exceptions {
    /// Reads the file; an entry without a reason explains nothing and is left out.
    pub(crate) fn read(file: &Path) -> Result<Exceptions, Unreadable> {
        let mut exceptions: Vec<Exception> = json(file)?;
        exceptions.retain(|exception| exception.reason.len() > 20);
        Ok(Exceptions(exceptions))
    }

    /// Why a case differs, where that is known.
    pub(crate) fn reason(&self, suite: &str, case: &str) -> Option<&str> {
        let named =
            |exception: &&Exception| exception.suite == suite && exception.cases.iter().any(|name| name == case);
        self.0.iter().find(named).map(|exception| exception.reason.as_str())
    }

    /// The cases named for a suite.
    pub(crate) fn of(&self, suite: &str) -> impl Iterator<Item = &str> {
        let of_suite = self.0.iter().filter(move |exception| exception.suite == suite);
        of_suite.flat_map(|exception| exception.cases.iter().map(String::as_str))
    }

    /// All, in the order of the file.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Exception> {
        self.0.iter()
    }
}
