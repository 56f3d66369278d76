//! `cargo xtask run`: builds the app and opens its window.

use crate::shell::{Done, cargo, run as run_to_end, step};
use crate::{demo, setup, web};

/// Builds and opens the app; without a display it says so and tells the story in the terminal.
pub(crate) fn run(arguments: &[&str]) -> Done {
    let has_display = !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    let tools = setup::for_building()?;
    web::build(&tools)?;
    if !has_display {
        step("Building the app");
        run_to_end(cargo().args(["build", "--locked", "-p", "attesta-desktop"]))?;
        eprintln!("\nThere is no display here, so no window can open. The whole story in the terminal instead:");
        return demo::demo();
    }
    step("Opening Attesta");
    run_to_end(cargo().args(["run", "--locked", "-p", "attesta-desktop", "--"]).args(arguments))
}
