//! Pure crates use no file, socket, clock or randomness of the standard library either.

use std::fs;
use std::path::{Path, PathBuf};

use crate::layers::PURE;

const FORBIDDEN: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env::",
    "std::process",
    "std::thread",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "getrandom",
    "OsRng",
    "RandomState",
];

#[test]
fn pure_crates_name_no_file_socket_clock_or_randomness() {
    let mut found = Vec::new();
    for package in PURE {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates").join(package).join("src");
        let files = sources(&folder);
        assert!(!files.is_empty(), "no source in {}", folder.display());
        for file in files {
            let text = fs::read_to_string(&file).expect("source is text");
            for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
                if let Some(word) = FORBIDDEN.iter().find(|word| line.contains(*word)) {
                    found.push(format!("{}:{}: {word}", file.display(), place + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_crate_refuses_unsafe_code_and_follows_the_shared_lints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates");
    for package in fs::read_dir(root).expect("the crates stand beside the tests") {
        let manifest = package.expect("the folder can be read").path().join("Cargo.toml");
        let text = fs::read_to_string(&manifest).expect("every crate has a manifest");
        assert!(text.contains("[lints]\nworkspace = true"), "{}", manifest.display());
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
