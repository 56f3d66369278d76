//! `cargo xtask bench`: the same Open Badge verified by us, by the npm peer and by the bare signature check.

use crate::setup;
use crate::shell::{Done, cargo, root, run, step};

/// Measures all three in one run and prints the ratios.
pub(crate) fn bench() -> Done {
    let tools = setup::with_node()?;
    tools.npm_packages("tests/peers")?;
    step("Building the benchmark");
    run(cargo().args(["build", "--release", "--locked", "-p", "attesta-bench"]))?;
    step("Measuring");
    let mut bench =
        tools.node(crate::shell::target().join("release/attesta-bench").to_str().unwrap_or("attesta-bench"));
    run(bench.arg(root().join("tests/peers/bench.mjs")))
}
