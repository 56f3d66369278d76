//! The exceptions that `docs/conformance.md` names and explains, read from its table.

use std::collections::BTreeSet;
use std::path::Path;

/// Cases that are known to differ, each with its reason in the document.
pub(crate) struct Exceptions(BTreeSet<(String, String)>);

impl Exceptions {
    /// Reads the rows `| suite | case | reason |`; a row without a reason explains nothing.
    pub(crate) fn read(document: &Path) -> std::io::Result<Exceptions> {
        let text = std::fs::read_to_string(document)?;
        let rows = text.lines().filter_map(|line| {
            let cells: Vec<&str> = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
            match cells.as_slice() {
                [suite, cases, reason] if reason.len() > 20 => Some((*suite, *cases)),
                _ => None,
            }
        });
        let named = rows.flat_map(|(suite, cases)| {
            cases.split(',').map(move |case| (suite.to_owned(), case.trim().trim_matches('`').to_owned()))
        });
        Ok(Exceptions(named.collect()))
    }

    pub(crate) fn explains(&self, suite: &str, case: &str) -> bool {
        self.0.contains(&(suite.to_owned(), case.to_owned()))
    }

    /// The cases named for a suite.
    pub(crate) fn of(&self, suite: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(name, _)| name == suite).map(|(_, case)| case.as_str())
    }
}
