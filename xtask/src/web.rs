//! Builds what runs in a web view or browser: the employer's page as WebAssembly, then all pages.

use std::path::{Path, PathBuf};

use crate::page;
use crate::setup::{Tools, WASM_TARGET, WasmLinker, toolchain_has_wasm, wasm_linker};
use crate::shell::{Done, Failure, cargo, program, root, run, step, target};

/// The compiler for the web that Debian carries.
const DEBIAN_COMPILER: &str = "/usr/bin/rustc";

/// Builds `ui/dist`: the window's page, the employer's page, and that page as one file for bundles that are given as HTML.
pub(crate) fn build(tools: &Tools) -> Done {
    wasm()?;
    step("Building the pages");
    run(tools.node("npm").current_dir(root().join("ui")).args(["run", "--silent", "build"]))?;
    page::single(tools, &root().join("ui/dist"))
}

/// The compiler that builds the employer's page.
pub(crate) fn compiler() -> Done<std::process::Command> {
    Ok(program(if toolchain_has_wasm()? { "rustc" } else { DEBIAN_COMPILER }))
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
    // Kept apart from the flags of other builds: paths that stand in panic messages would make each folder's page differ.
    let mut flags = paths_left_out(&folder)?;
    if !toolchain_has_wasm()? {
        flags.extend(with_debian_compiler(&mut build)?);
    }
    build.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    run(&mut build)?;
    let module = folder.join(WASM_TARGET).join("web/attesta_wasm.wasm");
    let binding = root().join("ui/src/lib/wasm");
    run(cargo().args(["run", "--quiet", "--locked", "-p", "attesta-bindgen", "--"]).arg(module).arg(binding))
}

/// Compiler flags that write the same names for this checkout, the registry's crates and the target folder wherever they
/// lie, so that the same sources give the same bytes.
fn paths_left_out(target: &Path) -> Done<Vec<String>> {
    // The registry's folders are there once everything is fetched.
    run(cargo().args(["fetch", "--quiet", "--locked"]))?;
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .ok_or_else(|| Failure::new("cargo's own folder can't be told: set CARGO_HOME"))?;
    let mut named = vec![(root(), "/attesta"), (target.to_owned(), "/target"), (home.clone(), "/cargo")];
    if let Ok(registries) = std::fs::read_dir(home.join("registry/src")) {
        named.extend(registries.flatten().map(|registry| (registry.path(), "/registry")));
    }
    // Of several that fit, the compiler takes the last.
    named.sort_by_key(|(path, _)| path.as_os_str().len());
    Ok(named.into_iter().map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display())).collect())
}

/// Debian carries a compiler that builds for the web and the sources of its standard library, which
/// is then built along. It stays off the path; only this one build uses it. Yields the flags that it needs.
fn with_debian_compiler(build: &mut std::process::Command) -> Done<Vec<String>> {
    let compiler = Path::new(DEBIAN_COMPILER);
    if !compiler.is_file() || !Path::new("/usr/lib/rustlib/src/rust/library/std").is_dir() {
        return Err(Failure::new(format!("the Rust toolchain has no {WASM_TARGET}: rustup target add {WASM_TARGET}")));
    }
    let linker = match wasm_linker()? {
        WasmLinker::OfToolchain(linker) | WasmLinker::OfDebian { program: linker, .. } => linker,
    };
    build
        .env("RUSTC", compiler)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
        .arg("-Zbuild-std=std,panic_abort");
    Ok(vec!["-Clinker-flavor=wasm-ld".to_owned()])
}
