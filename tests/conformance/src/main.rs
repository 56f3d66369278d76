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

use std::path::PathBuf;
use std::process::ExitCode;

use exceptions::Exceptions;
use suite::Suite;

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
    let suites: [fn(&std::path::Path) -> Result<Suite, suite::Unreadable>; 5] =
        [to_rdf::run, rdf_canon::run, jcs::run, did_key::run, vc_di_eddsa::run];
    let mut unexplained = 0;
    println!("| suite | passed | total | explained exceptions | unexplained |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for run in suites {
        match run(&folder) {
            Ok(suite) => unexplained += suite.print(&exceptions),
            Err(error) => {
                println!("{error}");
                unexplained += 1;
            }
        }
    }
    println!("\n{unexplained} unexplained");
    if unexplained == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
