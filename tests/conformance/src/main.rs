//! Published test suites, run from a folder.
//!
//! Prints passed and total for each suite. An exception must be named and explained in
//! `docs/conformance.md`; one that is not, and one that passes after all, both fail the run.

mod did_key;
mod exceptions;
mod jcs;
mod rdf_canon;
mod suite;
mod to_rdf;
mod vc_di_eddsa;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use exceptions::Exceptions;
use suite::Suite;

/// Runs one suite from the folder of all.
type Run = fn(&Path) -> Result<Suite, suite::Unreadable>;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: attesta-conformance FOLDER");
        return ExitCode::from(2);
    };
    let document = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/conformance.md"));
    let exceptions = match Exceptions::read(&document) {
        Ok(exceptions) => exceptions,
        Err(error) => {
            eprintln!("{}: {error}", document.display());
            return ExitCode::FAILURE;
        }
    };
    let suites: [Run; 5] = [to_rdf::run, rdf_canon::run, jcs::run, did_key::run, vc_di_eddsa::run];
    let mut table = String::from(
        "| suite | passed | total | explained exceptions | unexplained |\n| --- | ---: | ---: | ---: | ---: |\n",
    );
    let mut notes = Vec::new();
    for run in suites {
        match run(&folder) {
            Ok(suite) => notes.extend(suite.tell(&exceptions, &mut table)),
            Err(error) => notes.push(error.to_string()),
        }
    }
    print!("{table}");
    notes.iter().for_each(|note| println!("{note}"));
    println!("\n{} unexplained", notes.len());
    if !notes.is_empty() {
        return ExitCode::FAILURE;
    }
    match write_results(&document, &table) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", document.display());
            ExitCode::FAILURE
        }
    }
}

/// Puts the table where the document shows the results of the last run that was explained in full.
fn write_results(document: &Path, table: &str) -> std::io::Result<()> {
    const HEAD: &str = "## Results\n\n";
    const NEXT: &str = "\n## Exceptions";
    let text = std::fs::read_to_string(document)?;
    let parts = text.split_once(HEAD).and_then(|(before, rest)| Some((before, rest.split_once(NEXT)?.1)));
    match parts {
        Some((before, after)) => std::fs::write(document, format!("{before}{HEAD}{table}{NEXT}{after}")),
        None => Err(std::io::Error::other("there is no place for the results")),
    }
}
