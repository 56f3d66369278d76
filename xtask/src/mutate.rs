//! `cargo xtask mutate`: genuine documents altered in every way, none of which may be accepted.

use crate::shell::{Done, cargo, run, step};

/// Runs the campaign; the arguments are how many alterations and the number that they follow from.
pub(crate) fn mutate(arguments: &[&str]) -> Done {
    step("Altering genuine documents");
    run(cargo().args(["run", "--quiet", "--release", "--locked", "-p", "attesta-mutation", "--"]).args(arguments))
}
