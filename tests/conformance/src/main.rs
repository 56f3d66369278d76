//! The conformance table: published test suites and what came of each, written to `docs/conformance.md`.
//!
//! A difference must be named and explained in `exceptions.json`. One that is not, and one that passes after all, both
//! fail the run. A suite that can't be had is named as not run and fails nothing, but then the document stays as it is.

mod did_key;
mod exceptions;
mod jcs;
mod one_edtech;
mod probes;
mod rdf_canon;
mod report;
mod suite;
mod to_rdf;
mod vc_di_ecdsa;
mod vc_di_eddsa;
mod w3c;
mod words;
mod wycheproof;
mod wycheproof_jose;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use exceptions::Exceptions;
use report::Report;
use suite::{Suite, Unreadable};

/// A suite of files: its name, its folder among all, and what runs it from the folder of all.
type Files = (&'static str, &'static str, fn(&Path) -> Result<Suite, Unreadable>);

const FILES: &[Files] = &[
    ("JSON-LD toRdf", "json-ld-toRdf", to_rdf::run),
    ("RDFC-1.0", "rdf-canon", rdf_canon::run),
    ("JCS", "jcs", jcs::run),
    ("did:key", "did-key", did_key::run),
    ("vc-di-eddsa", "vc-di-eddsa", vc_di_eddsa::run),
    ("vc-di-ecdsa", "vc-di-ecdsa", vc_di_ecdsa::run),
    ("Wycheproof signatures", "wycheproof", wycheproof::run),
    ("Wycheproof JOSE", "wycheproof", wycheproof_jose::run),
];

/// Why a suite of files was not run.
const NOT_AT_HAND: &str = "the files are not at hand";

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let (vectors, results) = match arguments.as_slice() {
        [vectors] => (vectors, None),
        [vectors, results] => (vectors, Some(results.as_path())),
        _ => {
            eprintln!("usage: attesta-conformance VECTORS [RESULTS]");
            return ExitCode::from(2);
        }
    };
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let exceptions = match Exceptions::read(&own.join("exceptions.json")) {
        Ok(exceptions) => exceptions,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let report = run(vectors, results, &exceptions);
    println!("{}\n{}", report.text(), report.open_ends());
    if !report.is_explained() {
        return ExitCode::FAILURE;
    }
    let document = own.join("../../docs/conformance.md");
    if !report.is_whole() {
        println!("Not everything could be had, so docs/conformance.md stays as it is.");
        return ExitCode::SUCCESS;
    }
    match std::fs::write(&document, report.text()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", document.display());
            ExitCode::FAILURE
        }
    }
}

/// Everything, in the order of the document.
fn run(vectors: &Path, results: Option<&Path>, exceptions: &Exceptions) -> Report {
    let mut report = Report::default();
    report.section("Conformance", words::INTRODUCTION);
    report.section("Files", words::FILES);
    files(vectors, exceptions, &mut report);
    report.section("W3C suites over HTTP", words::W3C);
    w3c::tell(results, exceptions, &mut report);
    report.section("1EdTech's test credentials", words::ONE_EDTECH);
    if vectors.join("1edtech").is_dir() {
        match one_edtech::tell(vectors, exceptions, &mut report) {
            Ok(suite) => report.note(&suite.tally(exceptions)),
            Err(error) => report.unexplained(error.to_string()),
        }
    } else {
        report.paragraph(&format!("Not run: {NOT_AT_HAND}."));
        report.missing(format!("1EdTech fixtures: {NOT_AT_HAND}"));
    }
    report.section("1EdTech's validator, probe by probe", words::PROBES);
    probes::tell(&mut report);
    report.section("Exceptions", words::EXCEPTIONS);
    report.exceptions(exceptions);
    report
}

fn files(vectors: &Path, exceptions: &Exceptions, report: &mut Report) {
    report.table(&["suite", "passed#", "total#", "explained exceptions#", "unexplained#"]);
    for &(name, folder, run) in FILES {
        if !vectors.join(folder).is_dir() {
            report.row(&[name, &format!("not run: {NOT_AT_HAND}"), "", "", ""].map(str::to_owned));
            report.missing(format!("{name}: {NOT_AT_HAND}"));
            continue;
        }
        match run(vectors) {
            Ok(suite) => {
                let tally = suite.tally(exceptions);
                let numbers = [tally.passed, tally.total, tally.explained, tally.unexplained.len()];
                let mut cells = vec![name.to_owned()];
                cells.extend(numbers.map(|number| number.to_string()));
                report.row(&cells);
                report.note(&tally);
            }
            Err(error) => report.unexplained(error.to_string()),
        }
    }
}
