//! The built command line program and a wallet folder for it that goes away again.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

use serde_json::Value;

/// The `attesta` program beside the running test.
///
/// # Panics
/// When it was not built: a test of the program can't do without it.
pub fn attesta_bin() -> PathBuf {
    if let Some(path) = env::var_os("ATTESTA_BIN") {
        return path.into();
    }
    let test = env::current_exe().expect("a running test has a path");
    // Tests lie in target/<profile>/deps, programs one folder up.
    let folder = test.parent().and_then(Path::parent).expect("a test lies in target/<profile>/deps");
    let program = folder.join(format!("attesta{}", env::consts::EXE_SUFFIX));
    assert!(program.exists(), "no {}: build it with `cargo build -p attesta-cli`", program.display());
    program
}

/// A new folder in the system's temporary place, removed when dropped.
#[derive(Debug)]
pub struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    /// A folder of its own for this use.
    ///
    /// # Panics
    /// When the system's temporary place can't be written.
    pub fn new(name: &str) -> TemporaryFolder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("attesta-{name}-{}-{count}", process::id()));
        fs::create_dir_all(&path).expect("the temporary place can be written");
        TemporaryFolder(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A wallet in a temporary folder, driven through the program.
pub struct CliWallet {
    folder: TemporaryFolder,
}

/// What one run of the program gave.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// The one JSON object on standard output; null where there was none.
    pub json: Value,
    /// Standard error.
    pub stderr: String,
}

impl CliWallet {
    /// An empty wallet.
    pub fn new() -> CliWallet {
        CliWallet { folder: TemporaryFolder::new("wallet") }
    }

    /// The folder in which files of the test may lie beside the wallet's own.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs `attesta --json --allow-loopback --data-dir …` with these arguments.
    ///
    /// # Panics
    /// When the program does not run, or prints something that is not one JSON object.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(&[], arguments)
    }

    /// The same with these variables set in the program's environment.
    ///
    /// # Panics
    /// As [`CliWallet::run`].
    pub fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
        let data = self.folder().join("data");
        let Output { status, stdout, stderr } = Command::new(attesta_bin())
            .args(["--json", "--allow-loopback", "--lang", "en", "--data-dir"])
            .arg(data)
            .args(arguments)
            .envs(variables.iter().copied())
            .current_dir(self.folder())
            .output()
            .expect("the program can be started");
        let json = if stdout.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&stdout)
                .unwrap_or_else(|error| panic!("{error} in {:?}", String::from_utf8_lossy(&stdout)))
        };
        let code = status.code().expect("the program ends by itself");
        Run { code, json, stderr: String::from_utf8_lossy(&stderr).into_owned() }
    }
}

impl Default for CliWallet {
    fn default() -> Self {
        CliWallet::new()
    }
}
