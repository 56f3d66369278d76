//! The npm peer: a program that verifies one file many times and prints its rate.

use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) struct Peer {
    program: PathBuf,
}

impl Peer {
    pub(crate) fn new(program: &Path) -> Self {
        Peer { program: program.to_owned() }
    }

    /// How many times a second of processor time it verifies this credential: the median of a few runs.
    pub(crate) fn rate(&self, badge: &[u8]) -> Result<f64, String> {
        let mut rates = [0.0; 3];
        for rate in &mut rates {
            *rate = self.rate_of_one_run(badge)?;
        }
        rates.sort_by(f64::total_cmp);
        Ok(rates[rates.len() / 2])
    }

    fn rate_of_one_run(&self, badge: &[u8]) -> Result<f64, String> {
        let file = std::env::temp_dir().join(format!("attesta-bench-{}.json", std::process::id()));
        std::fs::write(&file, badge).map_err(|error| error.to_string())?;
        let output = Command::new("node").arg(&self.program).arg(&file).output().map_err(|error| error.to_string());
        // A leftover in the system's temporary folder does no harm.
        let _ = std::fs::remove_file(&file);
        let output = output?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
        answer["per_second"].as_f64().ok_or_else(|| "it printed no rate".to_owned())
    }
}
