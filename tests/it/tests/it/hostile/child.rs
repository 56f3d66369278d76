//! One run of the program, watched: how long it took and how much memory it had.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use std::{fs, io::Read};

use attesta_test_support::program::attesta_bin;
use serde_json::Value;

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) json: Value,
    pub(crate) took: Duration,
    /// The most memory that it had, in KiB; 0 where the system does not tell.
    pub(crate) peak_kib: u64,
}

/// Whether the program may ask this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loopback {
    Allowed,
    Refused,
}

/// A run of the program over a wallet's folder.
pub(crate) struct Child<'f> {
    pub(crate) folder: &'f Path,
    pub(crate) language: &'static str,
    pub(crate) loopback: Loopback,
    /// What the program finds in its environment.
    pub(crate) environment: &'f [(&'static str, String)],
}

impl Child<'_> {
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(attesta_bin());
        command.args(["--json", "--lang", self.language, "--data-dir"]).arg(self.folder.join("data"));
        if self.loopback == Loopback::Allowed {
            command.arg("--allow-loopback");
        }
        command.args(arguments).envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let begun = Instant::now();
        let mut child = command.spawn().expect("the program can be started");
        let mut output = child.stdout.take().expect("its output is piped");
        let reading = thread::spawn(move || {
            let mut bytes = Vec::new();
            output.read_to_end(&mut bytes).map(|_| bytes)
        });
        let mut peak_kib = 0;
        let status = loop {
            peak_kib = peak_kib.max(peak_of(child.id()));
            if let Some(status) = child.try_wait().expect("it can be waited for") {
                break status;
            }
            thread::sleep(Duration::from_millis(2));
        };
        let took = begun.elapsed();
        let bytes = reading.join().expect("no panic").expect("its output can be read");
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Ran { code: status.code().expect("it ends by itself"), json, took, peak_kib }
    }
}

/// The largest use of memory of the program that a process runs so far, in KiB, which the system keeps, so that looking
/// from time to time is enough. 0 as long as the process has yet to become the program: it is born within the memory of
/// the test, which is larger and none of the program's.
fn peak_of(process: u32) -> u64 {
    let runs = |process: &str| fs::read_link(format!("/proc/{process}/exe")).ok();
    if runs(&process.to_string()).is_none_or(|program| Some(program) == runs("self")) {
        return 0;
    }
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

#[test]
fn the_memory_of_the_test_is_never_taken_for_the_programs() {
    assert_eq!(peak_of(std::process::id()), 0);
}
