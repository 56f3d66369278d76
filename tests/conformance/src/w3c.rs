//! The W3C suites that speak HTTP: what mocha wrote of each of three runs, ours and those of two servers that don't look.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use crate::exceptions::Exceptions;
use crate::report::Report;
use crate::suite::{Suite, Unreadable, cut, json};

/// The suites, as their specifications are called. The adapter knows them by the same names.
const SUITES: [&str; 4] = ["vc-di-eddsa", "vc-di-ecdsa", "vc-data-model-2.0", "vc-bitstring-status-list"];

/// How a suite is called in the exceptions.
fn title(name: &str) -> &'static str {
    match name {
        "vc-di-eddsa" => "W3C vc-di-eddsa",
        "vc-di-ecdsa" => "W3C vc-di-ecdsa",
        "vc-data-model-2.0" => "W3C vc-data-model-2.0",
        _ => "W3C vc-bitstring-status-list",
    }
}

/// What the runner wrote beside the results of a suite.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Note {
    /// It was run, as it stood at this commit.
    Ran(String),
    /// It was not run, and why.
    NotRun(String),
}

/// What mocha's JSON reporter writes, as far as it is read.
#[derive(Deserialize)]
struct Mocha {
    /// Every test that ended, in order.
    tests: Vec<Test>,
    /// Those that failed, and set-ups that did.
    failures: Vec<Test>,
}

#[derive(Deserialize)]
struct Test {
    #[serde(rename = "fullTitle")]
    title: String,
    /// How fast it passed; none where it failed or the suite skipped it.
    speed: Option<String>,
    err: Failure,
}

#[derive(Deserialize, PartialEq, Eq)]
struct Failure {
    message: Option<String>,
}

/// How one test ended.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Ended {
    Passed,
    Skipped,
    Failed(String),
}

/// One suite's three runs, test by test.
#[derive(Debug)]
struct Runs {
    /// The tests that one run or another came to, but for those that the suite itself skipped in ours.
    tests: BTreeSet<String>,
    ours: BTreeMap<String, Ended>,
    accept_all: BTreeMap<String, Ended>,
    reject_all: BTreeMap<String, Ended>,
}

impl Runs {
    fn of(ours: &Mocha, accept_all: &Mocha, reject_all: &Mocha) -> Runs {
        let [mut ours, accept_all, reject_all] = [ours, accept_all, reject_all].map(by_test);
        let mut tests = BTreeSet::new();
        for run in [&ours, &accept_all, &reject_all] {
            tests.extend(run.keys().filter(|test| !is_hook(test)).cloned());
        }
        tests.retain(|test| ours.get(test) != Some(&Ended::Skipped));
        // A set-up that fails takes its tests with it. It counts as one of ours by its own name too, lest the tests that
        // no run came to go unseen.
        tests.extend(ours.keys().filter(|test| is_hook(test)).cloned());
        for test in &tests {
            ours.entry(test.clone()).or_insert_with(|| Ended::Failed("its set-up failed".to_owned()));
        }
        Runs { tests, ours, accept_all, reject_all }
    }

    /// How many tests a run passes.
    fn passed(&self, run: &BTreeMap<String, Ended>) -> usize {
        self.tests.iter().filter(|test| run.get(*test) == Some(&Ended::Passed)).count()
    }

    /// The tests that neither answering always yes nor answering always no passes.
    fn discriminating(&self) -> impl Iterator<Item = &String> {
        let passes = |run: &BTreeMap<String, Ended>, test: &String| run.get(test) == Some(&Ended::Passed);
        self.tests.iter().filter(move |test| !passes(&self.accept_all, test) && !passes(&self.reject_all, test))
    }

    /// Our run as a suite like the others.
    fn suite(&self, name: &'static str) -> Suite {
        let mut suite = Suite::new(name);
        for test in &self.tests {
            let outcome = match self.ours.get(test) {
                Some(Ended::Failed(message)) => Err(cut(message)),
                Some(Ended::Passed | Ended::Skipped) => Ok(()),
                None => Err("was not run".to_owned()),
            };
            suite.case(test.clone(), outcome);
        }
        suite
    }
}

fn is_hook(test: &str) -> bool {
    test.contains("\" hook ") || test.ends_with("\" hook")
}

/// The outcome of each test by its name, without the implementation's; a name that occurs again is numbered.
fn by_test(mocha: &Mocha) -> BTreeMap<String, Ended> {
    let mut ended = BTreeMap::new();
    let set_ups = mocha.failures.iter().filter(|test| is_hook(&test.title));
    for test in mocha.tests.iter().chain(set_ups) {
        let failed = mocha.failures.iter().any(|failed| failed.title == test.title && failed.err == test.err);
        let how = match (failed, &test.speed) {
            (true, _) => Ended::Failed(test.err.message.clone().unwrap_or_else(|| "failed without a word".to_owned())),
            (false, Some(_)) => Ended::Passed,
            (false, None) => Ended::Skipped,
        };
        let name = test.title.replacen(" Attesta ", ": ", 1).replacen(" Attesta: ", ", ", 1);
        let again = (2..).map(|count| format!("{name} ({count})"));
        let free = std::iter::once(name.clone()).chain(again).find(|name| !ended.contains_key(name));
        ended.insert(free.unwrap_or(name), how);
    }
    ended
}

/// Adds the table, from the folder of results.
pub(crate) fn tell(folder: Option<&Path>, exceptions: &Exceptions, report: &mut Report) {
    report.table(&[
        "suite",
        "at",
        "tests#",
        "passed#",
        "accept-all passes#",
        "reject-all passes#",
        "discriminating#",
        "of those passed#",
        "explained#",
        "unexplained#",
    ]);
    for name in SUITES {
        let found = match folder {
            Some(folder) => read(folder, name),
            None => Ok(Err("the suite could not be had".to_owned())),
        };
        match found {
            Ok(Ok((commit, runs))) => {
                let tally = runs.suite(title(name)).tally(exceptions);
                let discriminating: Vec<&String> = runs.discriminating().collect();
                let of_those = discriminating.iter().filter(|test| runs.ours.get(**test) == Some(&Ended::Passed));
                let numbers = [
                    tally.total,
                    tally.passed,
                    runs.passed(&runs.accept_all),
                    runs.passed(&runs.reject_all),
                    discriminating.len(),
                    of_those.count(),
                    tally.explained,
                    tally.unexplained.len(),
                ];
                let mut cells = vec![name.to_owned(), format!("`{commit}`")];
                cells.extend(numbers.map(|number| number.to_string()));
                report.row(&cells);
                report.note(&tally);
            }
            Ok(Err(why)) => {
                let mut cells = vec![name.to_owned(), format!("not run: {why}")];
                cells.resize(10, String::new());
                report.row(&cells);
                report.missing(format!("{}: {why}", title(name)));
            }
            Err(error) => report.unexplained(error.to_string()),
        }
    }
}

/// The runs of a suite with its commit, or why there are none.
fn read(folder: &Path, name: &str) -> Result<Result<(String, Runs), String>, Unreadable> {
    match json(&folder.join(format!("{name}.json")))? {
        Note::NotRun(why) => Ok(Err(why)),
        Note::Ran(commit) => {
            let run = |behaviour: &str| json::<Mocha>(&folder.join(format!("{name}.{behaviour}.json")));
            Ok(Ok((commit, Runs::of(&run("attesta")?, &run("accept-all")?, &run("reject-all")?))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mocha(passes: &[&str], failures: &[&str], pending: &[&str]) -> Mocha {
        let tests = |titles: &[&str], speed: Option<&str>, message: Option<&str>| -> Vec<Test> {
            let test = |title: &&str| Test {
                title: (*title).to_owned(),
                speed: speed.map(str::to_owned),
                err: Failure { message: message.map(str::to_owned) },
            };
            titles.iter().map(test).collect()
        };
        let failures = |hooks: bool| {
            let chosen: Vec<&str> = failures.iter().copied().filter(|title| hooks || !is_hook(title)).collect();
            tests(&chosen, None, Some("failed"))
        };
        let mut all = tests(passes, Some("fast"), None);
        all.extend(failures(false));
        all.extend(tests(pending, None, None));
        Mocha { tests: all, failures: failures(true) }
    }

    #[test]
    fn only_what_neither_baseline_passes_discriminates() {
        let ours = mocha(&["A Attesta one", "A Attesta two", "A Attesta three"], &[], &[]);
        let yes = mocha(&["A Attesta one"], &["A Attesta two", "A Attesta three"], &[]);
        let no = mocha(&["A Attesta two"], &["A Attesta one", "A Attesta three"], &[]);
        let runs = Runs::of(&ours, &yes, &no);
        assert_eq!(runs.discriminating().collect::<Vec<_>>(), ["A: three"]);
        assert_eq!([runs.passed(&runs.ours), runs.passed(&runs.accept_all)], [3, 1]);
    }

    #[test]
    fn a_set_up_that_fails_fails_every_test_behind_it() {
        let ours = mocha(&[], &["A Attesta \"before all\" hook for \"one\""], &[]);
        let yes = mocha(&["A Attesta one"], &[], &[]);
        let runs = Runs::of(&ours, &yes, &mocha(&[], &[], &[]));
        assert_eq!(runs.passed(&runs.ours), 0);
        assert_eq!(runs.tests.len(), 2, "the test and the set-up that failed it: {:?}", runs.tests);
    }

    #[test]
    fn a_test_that_the_suite_skips_is_none_and_equal_names_are_told_apart() {
        let ours = mocha(&["A Attesta one", "A Attesta one"], &[], &["A Attesta two"]);
        let yes = mocha(&[], &["A Attesta two"], &[]);
        let runs = Runs::of(&ours, &yes, &mocha(&[], &[], &[]));
        assert_eq!(runs.tests.iter().collect::<Vec<_>>(), ["A: one", "A: one (2)"]);
    }
}
