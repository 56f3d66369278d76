//! What a suite found, and how it is told.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::exceptions::Exceptions;

/// The results of one suite.
#[derive(Debug)]
pub(crate) struct Suite {
    name: &'static str,
    cases: Vec<(String, Result<(), String>)>,
}

/// A suite's numbers, once its exceptions are known.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) total: usize,
    pub(crate) explained: usize,
    /// A line for each thing that nobody explains.
    pub(crate) unexplained: Vec<String>,
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

    pub(crate) fn name(&self) -> &'static str {
        self.name
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

    /// Counts, and finds what needs a look: a difference without a reason, a case that passes although it is called an
    /// exception, and an exception that names no case.
    pub(crate) fn tally(&self, exceptions: &Exceptions) -> Tally {
        let mut tally = Tally { total: self.cases.len(), ..Tally::default() };
        for (case, outcome) in &self.cases {
            match (outcome, exceptions.reason(self.name, case)) {
                (Ok(()), None) => tally.passed += 1,
                (Err(_), Some(_)) => tally.explained += 1,
                (Err(difference), None) => tally.unexplained.push(format!("{} {case}: {difference}", self.name)),
                (Ok(()), Some(_)) => {
                    tally.passed += 1;
                    tally.unexplained.push(format!("{} {case}: passes, but is called an exception", self.name));
                }
            }
        }
        for stale in exceptions.of(self.name).filter(|name| !self.cases.iter().any(|(case, _)| case == name)) {
            tally
                .unexplained
                .push(format!("{} {stale}: is called an exception, but the suite has no such case", self.name));
        }
        tally
    }
}

/// A text in one line, cut to what a table can carry.
pub(crate) fn cut(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn exceptions(json: &str) -> Exceptions {
        let folder = attesta_test_support::program::TemporaryFolder::new("exceptions");
        let file = folder.path().join("exceptions.json");
        std::fs::write(&file, json).unwrap();
        Exceptions::read(&file).unwrap()
    }

    #[track_caller]
    fn check(exception: &str, outcome: Result<(), String>, explained: usize, unexplained: usize) {
        let mut suite = Suite::new("S");
        suite.case("one", outcome);
        let tally = suite.tally(&exceptions(exception));
        assert_eq!((tally.explained, tally.unexplained.len()), (explained, unexplained), "{tally:?}");
    }

    #[test]
    fn a_difference_needs_a_reason_and_a_reason_a_difference() {
        let named = |case: &str, reason: &str| format!(r#"[{{"suite":"S","cases":["{case}"],"reason":"{reason}"}}]"#);
        let reason = "it differs because of a thing that is said here";
        let differs = || Err("differs".to_owned());
        check("[]", Ok(()), 0, 0);
        check("[]", differs(), 0, 1);
        check(&named("one", reason), differs(), 1, 0);
        check(&named("one", "because"), differs(), 0, 1);
        check(&named("one", reason), Ok(()), 0, 1);
        check(&named("two", reason), Ok(()), 0, 1);
    }
}
