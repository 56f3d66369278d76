//! The document that a run writes, and what keeps it from being written.

use std::fmt::Write as _;

use crate::exceptions::Exceptions;
use crate::suite::Tally;

/// The document as it grows.
#[derive(Debug, Default)]
pub(crate) struct Report {
    text: String,
    /// What nobody explains; any of it fails the run.
    unexplained: Vec<String>,
    /// What could not be had; the run does not fail, but its document is not the whole one.
    missing: Vec<String>,
}

impl Report {
    /// A headline with what stands under it.
    pub(crate) fn section(&mut self, title: &str, words: &str) {
        let gap = if self.text.is_empty() { "" } else { "\n" };
        let level = if self.text.is_empty() { "#" } else { "##" };
        write!(self.text, "{gap}{level} {title}\n\n{}\n", words.trim()).expect("writing to a string does not fail");
    }

    /// A paragraph.
    pub(crate) fn paragraph(&mut self, words: &str) {
        writeln!(self.text, "\n{words}").expect("writing to a string does not fail");
    }

    /// Begins a table; columns whose name ends with `#` hold numbers.
    pub(crate) fn table(&mut self, columns: &[&str]) {
        let names: Vec<&str> = columns.iter().map(|name| name.trim_end_matches('#')).collect();
        let rules: Vec<&str> = columns.iter().map(|name| if name.ends_with('#') { "---:" } else { "---" }).collect();
        self.text.push('\n');
        self.line(&names);
        self.line(&rules);
    }

    /// A row of the table.
    pub(crate) fn row(&mut self, cells: &[String]) {
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
        self.line(&cells);
    }

    fn line(&mut self, cells: &[impl AsRef<str>]) {
        let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
        writeln!(self.text, "| {} |", cells.join(" | ")).expect("writing to a string does not fail");
    }

    /// Notes what a suite leaves open.
    pub(crate) fn note(&mut self, tally: &Tally) {
        self.unexplained.extend(tally.unexplained.iter().cloned());
    }

    /// Notes something that nobody explains.
    pub(crate) fn unexplained(&mut self, words: impl Into<String>) {
        self.unexplained.push(words.into());
    }

    /// Notes something that could not be had.
    pub(crate) fn missing(&mut self, words: impl Into<String>) {
        self.missing.push(words.into());
    }

    /// The table of exceptions, each with its reason.
    pub(crate) fn exceptions(&mut self, exceptions: &Exceptions) {
        self.table(&["suite", "case", "reason"]);
        for exception in exceptions.iter() {
            let cases: Vec<String> = exception.cases.iter().map(|case| shown(case)).collect();
            self.row(&[exception.suite.clone(), cases.join(", "), exception.reason.clone()]);
        }
    }

    /// The document's text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether everything could be had.
    pub(crate) fn is_whole(&self) -> bool {
        self.missing.is_empty()
    }

    /// Whether everything is explained.
    pub(crate) fn is_explained(&self) -> bool {
        self.unexplained.is_empty()
    }

    /// What is open, a line for each.
    pub(crate) fn open_ends(&self) -> String {
        let missing = self.missing.iter().map(|words| format!("not run: {words}\n"));
        let unexplained = self.unexplained.iter().map(|words| format!("unexplained: {words}\n"));
        missing.chain(unexplained).collect::<String>() + &format!("{} unexplained\n", self.unexplained.len())
    }
}

/// A case's name as the table shows it: a sentence of a specification is cut where it is long.
pub(crate) fn shown(case: &str) -> String {
    const LONGEST: usize = 160;
    match case.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", case[..end].trim_end()),
        None => case.to_owned(),
    }
}
