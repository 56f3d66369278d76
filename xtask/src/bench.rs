//! `cargo xtask bench`: the same Open Badge verified by us, by the npm peer and by the bare signature check; then a whole
//! wallet asked about again.

use std::process::Command;

use crate::setup;
use crate::shell::{Done, cargo, root, run, step};

/// Measures and prints the ratios and rates, the worst cases and the files given.
pub(crate) fn bench(files: &[&str]) -> Done {
    let tools = setup::with_node()?;
    tools.npm_packages("tests/peers")?;
    step("Building the benchmark");
    run(cargo().args(["build", "--release", "--locked", "-p", "attesta-bench"]))?;
    step("Measuring");
    let mut bench =
        tools.node(crate::shell::target().join("release/attesta-bench").to_str().unwrap_or("attesta-bench"));
    run(bench.arg(root().join("tests/peers/bench.mjs")).args(files))?;
    step("Measuring a wallet asked about again");
    run(&mut Command::new(crate::shell::target().join("release/refresh")))
}
