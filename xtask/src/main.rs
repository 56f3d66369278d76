//! The project's own commands. `cargo xtask` lists them.
//!
//! They do all the set-up on a fresh Debian machine that has git and a Rust toolchain; on other
//! systems they say what is missing. Nothing here is part of the product.

mod bench;
mod conformance;
mod contexts;
mod demo;
mod differential;
mod mutate;
mod page;
mod run;
mod setup;
mod shell;
mod sizes;
mod test;
mod w3c_suites;
mod web;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run          set up, build and open the app (without a display: the demo)
cargo xtask test         set up and run every test, the real window included
cargo xtask demo         the whole story in the terminal, against the demo issuer
cargo xtask web          build the employer's page and the window's pages into ui/dist
cargo xtask page [--check]
                         build the employer's page to be hosted, and as one file, into target/page with its hash;
                         --check builds it in another folder too and compares every byte
cargo xtask conformance [FOLDER] [--suites FOLDER]
                         run the published test suites and write docs/conformance.md
cargo xtask mutate [COUNT [RUN]]   alter genuine documents in every way; none may be accepted
cargo xtask differential [COUNT [RUN]]   generated credentials, judged by us and by the npm verifiers
cargo xtask bench [FILE...]
                         verification speed beside the npm peer and the bare signature check, of the worst cases
                         and of the files given
cargo xtask sizes [FOLDER] [--write FILE]
                         how large badges become in links and QR codes, beside DEFLATE and CBOR
cargo xtask contexts [--check]     write the built-in contexts from their pinned packages
cargo xtask screenshots  take the README's pictures in the real window";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest: Vec<&str> = arguments.iter().skip(1).map(String::as_str).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("run") => run::run(&rest),
        Some("test") => test::test(),
        Some("demo") => demo::demo(),
        Some("web") => setup::for_building().and_then(|tools| web::build(&tools)),
        Some("page") => page::page(&rest),
        Some("conformance") => conformance::conformance(&rest),
        Some("mutate") => mutate::mutate(&rest),
        Some("differential") => differential::differential(&rest),
        Some("bench") => bench::bench(&rest),
        Some("sizes") => sizes::sizes(&rest),
        Some("contexts") => contexts::contexts(&rest),
        Some("screenshots") => test::screenshots(),
        _ => {
            println!("{USAGE}");
            return if arguments.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\ncargo xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
