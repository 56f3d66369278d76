//! `cargo xtask contexts`: writes the built-in JSON-LD contexts from their pinned npm packages.

use crate::setup;
use crate::shell::{Done, root, run, step};

/// Writes each context file, or with `--check` compares it with what is committed.
pub(crate) fn contexts(arguments: &[&str]) -> Done {
    let tools = setup::with_node()?;
    step("Reading the contexts from their packages");
    run(tools.node("node").arg(root().join("xtask/contexts.mjs")).args(arguments))
}
