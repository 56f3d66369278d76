//! `cargo xtask differential`: generated credentials, judged by us and by the field's own verifiers.

use crate::setup;
use crate::shell::{Done, cargo, root, run, step, target};

/// Runs both sides; the arguments are how many credentials and the number that they follow from.
pub(crate) fn differential(arguments: &[&str]) -> Done {
    let tools = setup::with_node()?;
    tools.npm_packages("tests/peers")?;
    step("Building our side");
    run(cargo().args(["build", "--release", "--locked", "-p", "attesta-differential"]))?;
    step("Asking both sides");
    let program = target().join("release/attesta-differential");
    run(tools.node(&program.to_string_lossy()).arg(root().join("tests/peers/differential.mjs")).args(arguments))
}
