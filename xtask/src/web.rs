//! Builds what runs in a web view or browser: the employer's page as WebAssembly, then all pages.

use std::path::Path;

use crate::setup::{Tools, WASM_TARGET, toolchain_has_wasm};
use crate::shell::{Done, Failure, cargo, output, program, root, run, step, target};

/// Builds `ui/dist`: the window's page and the employer's page.
pub(crate) fn build(tools: &Tools) -> Done {
    wasm()?;
    step("Building the pages");
    run(tools.node("npm").current_dir(root().join("ui")).args(["run", "--silent", "build"]))
}

/// Compiles the pure crates to WebAssembly and writes their JavaScript binding.
pub(crate) fn wasm() -> Done {
    step("Building the employer's page: the verifying crates as WebAssembly");
    let folder = target().join("web");
    let mut build = cargo();
    build.args([
        "build",
        "--profile",
        "web",
        "--locked",
        "-p",
        "attesta-wasm",
        "--target",
        WASM_TARGET,
        "--target-dir",
    ]);
    build.arg(&folder);
    if !toolchain_has_wasm()? {
        with_debian_compiler(&mut build)?;
    }
    run(&mut build)?;
    let module = folder.join(WASM_TARGET).join("web/attesta_wasm.wasm");
    let binding = root().join("ui/src/lib/wasm");
    run(cargo().args(["run", "--quiet", "--locked", "-p", "attesta-bindgen", "--"]).arg(module).arg(binding))
}

/// Debian carries a compiler that builds for the web and the sources of its standard library, which
/// is then built along. It stays off the path; only this one build uses it.
fn with_debian_compiler(build: &mut std::process::Command) -> Done {
    let compiler = Path::new("/usr/bin/rustc");
    if !compiler.is_file() || !Path::new("/usr/lib/rustlib/src/rust/library/std").is_dir() {
        return Err(Failure::new(format!("the Rust toolchain has no {WASM_TARGET}: rustup target add {WASM_TARGET}")));
    }
    let sysroot = output(program("rustc").args(["--print", "sysroot"]))?;
    let version = output(program("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or("x86_64-unknown-linux-gnu");
    build
        .env("RUSTC", compiler)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", format!("{sysroot}/lib/rustlib/{host}/bin/rust-lld"))
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Clinker-flavor=wasm-ld")
        .arg("-Zbuild-std=std,panic_abort");
    Ok(())
}
