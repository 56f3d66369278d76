//! `cargo xtask conformance`: the published test suites, from a folder.

use crate::shell::{Done, Failure, cargo, root, run, step};

/// Runs every suite that the folder holds and prints passed and total for each.
pub(crate) fn conformance(arguments: &[&str]) -> Done {
    let folder = arguments.first().map_or_else(|| root().join("../shared/vectors"), |folder| folder.into());
    if !folder.is_dir() {
        return Err(Failure::new(format!(
            "{} is not there. Give the folder that holds the published suites; docs/conformance.md says where they come from.",
            folder.display()
        )));
    }
    step("Running the published test suites");
    run(cargo().args(["run", "--quiet", "--release", "--locked", "-p", "attesta-conformance", "--"]).arg(folder))
}
