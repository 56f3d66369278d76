//! `cargo xtask conformance`: the published test suites, and the table of what came of them.

use std::path::PathBuf;

use crate::shell::{Done, Failure, cargo, root, run, step, target};
use crate::w3c_suites;

/// Runs every suite that can be had and writes the table where all of them could.
pub(crate) fn conformance(arguments: &[&str]) -> Done {
    let mut vectors = root().join("../shared/vectors");
    let mut suites = std::env::var_os("ATTESTA_SUITES").map_or_else(|| target().join("suites"), PathBuf::from);
    let mut given = arguments.iter();
    while let Some(argument) = given.next() {
        match (*argument, given.as_slice().first()) {
            ("--suites", Some(folder)) => {
                suites = folder.into();
                given.next();
            }
            (flag, _) if flag.starts_with("--") => {
                return Err(Failure::new(format!("{flag}: the arguments are [FOLDER] [--suites FOLDER]")));
            }
            (folder, _) => vectors = folder.into(),
        }
    }
    let results = w3c_suites::run_all(&suites, &vectors)?;
    step("Running the published files and writing the table");
    run(cargo().args(["run", "--quiet", "--locked", "-p", "attesta-conformance", "--"]).arg(vectors).arg(results))
}
