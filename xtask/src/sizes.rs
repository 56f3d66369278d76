//! `cargo xtask sizes`: how large badges become in links and QR codes, beside DEFLATE and CBOR.

use std::process::Command;

use crate::shell::{Done, cargo, run, step, target};

/// Measures badges in the shapes of the field, or those in a folder, and prints the table or writes it to a file.
pub(crate) fn sizes(arguments: &[&str]) -> Done {
    step("Building the measuring program");
    run(cargo().args(["build", "--release", "--locked", "-p", "attesta-sizes"]))?;
    step("Measuring");
    run(Command::new(target().join("release/attesta-sizes")).args(arguments))
}
