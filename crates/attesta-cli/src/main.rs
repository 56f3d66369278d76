//! `attesta`: the wallet in a terminal, for scripts and for people.
//!
//! With `--json` the standard output carries exactly one JSON object; its form is a contract. Questions and advice go
//! to the standard error.

mod arguments;
mod command;
mod context;
mod contract;
mod destination;
mod labels;
mod outcome;
mod page;
mod passphrase;
mod source;
mod template;

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser;

use crate::arguments::Arguments;
use crate::outcome::Outcome;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let json = arguments.global.json;
    let language = context::spoken(&arguments.global);
    // Whatever goes wrong inside, a script gets its one JSON object and a code that says whose fault it is.
    let outcome = catch_unwind(AssertUnwindSafe(|| command::run(arguments)))
        .unwrap_or_else(|_| Err(attesta_wallet::WalletError::Internal { what: "a panic" }.into()));
    let outcome = outcome.unwrap_or_else(|error| Outcome::failed(&error, language));
    print(&outcome, json);
    ExitCode::from(outcome.exit.code())
}

/// A reader that has gone away, as `| head` does, is no error.
fn print(outcome: &Outcome, json: bool) {
    let mut out = std::io::stdout().lock();
    let _ = if json { writeln!(out, "{}", outcome.json) } else { out.write_all(outcome.text.as_bytes()) };
    let _ = out.flush();
    if !json {
        let _ = std::io::stderr().write_all(outcome.complaint.as_bytes());
    }
}
