//! `cargo xtask sizes`: how large badges become in a link and in a QR code, beside other compressions of the same bytes.
//!
//! Without arguments it measures badges that it builds itself, in the shapes that are found in the field; with a folder,
//! the files in it. `--write FILE` puts the table there.

mod cbor;
mod chance;
mod families;
mod measure;
mod table;
mod topics;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use families::Badge;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (target, folder) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => (None, None),
        ["--write", target] => (Some(target), None),
        [folder] => (None, Some(folder)),
        ["--write", target, folder] | [folder, "--write", target] => (Some(target), Some(folder)),
        _ => return usage(),
    };
    let badges = match folder.map(|folder| from_folder(Path::new(folder))) {
        None => families::badges(),
        Some(Ok(badges)) if !badges.is_empty() => badges,
        Some(Ok(_)) => return failed("no credential is in this folder"),
        Some(Err(error)) => return failed(&error.to_string()),
    };
    let measured: Vec<measure::Measured> = badges.iter().map(measure::measure).collect();
    let table = table::table(&measured, folder.is_none());
    match target.map(|target| std::fs::write(target, &table)) {
        None => print!("{table}"),
        Some(Ok(())) => {}
        Some(Err(error)) => return failed(&error.to_string()),
    }
    ExitCode::SUCCESS
}

/// Every file of a folder that holds a credential, in the order of their names; copies of one another count once.
fn from_folder(folder: &Path) -> std::io::Result<Vec<Badge>> {
    let entries = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = entries.collect::<std::io::Result<Vec<PathBuf>>>()?;
    paths.sort();
    let mut badges: Vec<Badge> = Vec::new();
    for path in paths.into_iter().filter(|path| path.is_file()) {
        let bytes = std::fs::read(&path)?;
        let found = attesta_credential::read_each(&bytes).unwrap_or_default();
        for credential in found.into_iter().flatten().map(|found| found.credential.bytes().to_vec()) {
            if badges.iter().all(|badge| badge.bytes != credential) {
                badges.push(Badge { family: "files", bytes: credential });
            }
        }
    }
    Ok(badges)
}

fn usage() -> ExitCode {
    eprintln!("attesta-sizes [FOLDER] [--write FILE]");
    ExitCode::from(2)
}

fn failed(why: &str) -> ExitCode {
    eprintln!("attesta-sizes: {why}");
    ExitCode::FAILURE
}
