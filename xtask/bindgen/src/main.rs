//! Writes the JavaScript binding of a WebAssembly module that was built with `wasm-bindgen`.
//!
//! `attesta-bindgen INPUT.wasm OUT_DIR` is what `wasm-bindgen --target web --typescript --omit-default-module-path` does:
//! where the module lies is for the page to say. The library is used instead of the published program so that its
//! version stands in one lock file with the crate it must match.

use std::path::PathBuf;
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [input, out_dir] = arguments.as_slice() else {
        eprintln!("usage: attesta-bindgen INPUT.wasm OUT_DIR");
        return ExitCode::from(2);
    };
    let mut bindgen = Bindgen::new();
    bindgen.input_path(input).typescript(true).remove_name_section(true).remove_producers_section(true);
    match bindgen
        .web(true)
        .map(|bindgen| bindgen.omit_default_module_path(true))
        .and_then(|bindgen| bindgen.generate(out_dir))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("attesta-bindgen: {}: {error:#}", input.display());
            ExitCode::FAILURE
        }
    }
}
