//! Generated credentials, judged by us and by the field's own verifiers. Every difference must be explained.
//!
//! `attesta-differential SCRIPT [COUNT [RUN]]`: SCRIPT is `tests/peers/differential.mjs`; `node` must be on the path.

mod class;
mod generate;
mod ours;
mod peculiar;
mod peer;
mod run;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize, default: u64| arguments.get(place).map_or(Some(default), |text| text.parse().ok());
    let (Some(script), Some(count), Some(run)) = (arguments.first(), number(1, 5_000), number(2, 1)) else {
        eprintln!("usage: attesta-differential SCRIPT [COUNT [RUN]]");
        return ExitCode::from(2);
    };
    match run::run(&PathBuf::from(script), count, run) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
