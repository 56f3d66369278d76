//! The folders of `tests/vectors`: each gets its verdict, and each is what the generator writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use attesta_test_support::case::Case;
use attesta_test_support::observe::disagreements;
use attesta_test_support::vectors::{all, folder, index};

#[test]
fn every_case_gets_the_verdict_and_the_checks_it_states() {
    let mut folders: Vec<_> = fs::read_dir(folder())
        .expect("the vectors stand beside the tests")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    assert!(folders.len() >= 75, "only {} cases were found", folders.len());
    let wrong: Vec<String> = folders
        .iter()
        .flat_map(|folder| match Case::load(folder) {
            Ok(case) => disagreements(&case),
            Err(error) => vec![error.to_string()],
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), folders.len(), wrong.join("\n"));
}

#[test]
fn the_committed_cases_are_what_the_generator_writes() {
    let mut committed = BTreeMap::new();
    collect(&folder(), "", &mut committed);
    let cases = all();
    let mut written = BTreeMap::from([("README.md".to_owned(), index(&cases).into_bytes())]);
    for case in cases {
        for (path, bytes) in case.files() {
            written.insert(format!("{}/{path}", case.name), bytes);
        }
    }
    let differing: Vec<&String> =
        written.keys().chain(committed.keys()).filter(|path| written.get(*path) != committed.get(*path)).collect();
    assert!(
        differing.is_empty(),
        "run `cargo run -p attesta-test-support --bin write-vectors`; these differ: {differing:?}"
    );
}

#[test]
fn every_case_tells_its_story_in_one_line_and_is_told_once() {
    let cases = all();
    for case in &cases {
        let story = &case.statement.story;
        assert!(!story.is_empty() && !story.contains('\n'), "{}: {story:?}", case.name);
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        assert!(case.name.chars().all(plain), "{}", case.name);
        assert!(!case.statement.expect.verdict.is_empty(), "{} expects nothing", case.name);
    }
    let inputs: BTreeMap<_, _> = cases
        .iter()
        .map(|case| {
            ((&case.input, format!("{:?}{:?}", case.resources, case.statement.policy), case.statement.now), &case.name)
        })
        .collect();
    assert_eq!(inputs.len(), cases.len(), "two cases are the same in all but their name");
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the vectors stand beside the tests") {
        let path = entry.expect("the folder can be read").path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(&path).expect("a committed file can be read"));
        }
    }
}
