//! `cargo xtask test`: everything, the real window included.

use crate::setup::Tools;
use crate::shell::{Done, cargo, root, run, step, target};
use crate::{demo, setup, web};

/// Runs every test; the first failure ends it.
pub(crate) fn test() -> Done {
    let tools = setup::for_testing()?;
    web::build(&tools)?;
    step("Building the programs and their tests");
    // In one go: each choice of packages has features of its own, with which what they share is compiled anew.
    run(cargo().args(["build", "--locked", "--workspace", "--bins", "--examples", "--tests"]))?;
    step("Testing the Rust crates");
    run(cargo().args(["test", "--locked", "--workspace"]))?;
    step("Testing the pages");
    for script in ["check", "lint", "test"] {
        run(tools.node("npm").current_dir(root().join("ui")).args(["run", "--silent", script]))?;
    }
    step("Verifying what other libraries issue, and letting them verify us");
    run(tools.node("node").arg(root().join("tests/peers/run.mjs")).env("ATTESTA_BIN", target().join("debug/attesta")))?;
    employer_page(&tools)?;
    demo::story()?;
    window(&tools, &target().join("screenshots"))?;
    step("Every test passed");
    Ok(())
}

/// Takes the pictures that the README shows.
pub(crate) fn screenshots() -> Done {
    let tools = setup::for_testing()?;
    web::build(&tools)?;
    run(cargo().args(["build", "--locked", "-p", "attesta-cli", "-p", "attesta-issuer", "-p", "attesta-desktop"]))?;
    window(&tools, &root().join("docs/screenshots"))
}

/// Opens the employer's page in two browsers, the second on a display of its own.
fn employer_page(tools: &Tools) -> Done {
    step("Opening the employer's page in two browsers");
    let mut xvfb = tools.node("xvfb-run");
    xvfb.args(["-a", "-s", "-screen 0 1400x1000x24", "node"]).arg(root().join("tests/page/run.mjs"));
    run(xvfb.env("ATTESTA_TARGET", target().join("debug")).env("ATTESTA_SCREENSHOTS", target().join("screenshots")))
}

/// Drives the real window on a display of its own.
fn window(tools: &Tools, pictures: &std::path::Path) -> Done {
    step("Driving the real window");
    let mut xvfb = tools.node("xvfb-run");
    xvfb.args(["-a", "-s", "-screen 0 1400x1000x24", "node"]).arg(root().join("tests/e2e/run.mjs"));
    run(xvfb.env("ATTESTA_TARGET", target().join("debug")).env("ATTESTA_SCREENSHOTS", pictures))
}
