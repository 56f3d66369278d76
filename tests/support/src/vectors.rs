//! Every case of `tests/vectors`, by area. Expectations are written from the rules, never copied from a run.

use std::path::PathBuf;

use crate::case::Case;

mod conformance;
mod containers;
mod data_models;
mod documents;
mod ecdsa;
mod integrity;
mod issuers;
mod jose;
mod jose_attacks;
mod keys;
mod legacy;
mod linked_data;
mod nested;
mod open_badges_2;
mod proofs;
mod recipients;
mod records;
mod refreshes;
mod related;
mod revocation_lists;
mod schemas;
mod sd_jwt;
mod selective;
mod status;
mod status_kinds;
mod status_lists;
mod status_tokens;
mod validity;

/// Where the folders stand.
pub fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors"))
}

/// All cases.
///
/// # Panics
/// When two have the same name.
pub fn all() -> Vec<Case> {
    let cases: Vec<Case> = [
        integrity::cases(),
        issuers::cases(),
        keys::cases(),
        linked_data::cases(),
        conformance::cases(),
        validity::cases(),
        proofs::cases(),
        ecdsa::cases(),
        legacy::cases(),
        selective::cases(),
        status::cases(),
        status_kinds::cases(),
        status_lists::cases(),
        status_tokens::cases(),
        data_models::cases(),
        containers::cases(),
        documents::cases(),
        recipients::cases(),
        refreshes::cases(),
        revocation_lists::cases(),
        nested::cases(),
        open_badges_2::cases(),
        records::cases(),
        jose::cases(),
        jose_attacks::cases(),
        sd_jwt::cases(),
        schemas::cases(),
        related::cases(),
    ]
    .concat();
    let mut names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    names.sort_unstable();
    let twice = names.windows(2).find(|pair| pair[0] == pair[1]);
    assert!(twice.is_none(), "two cases are called {:?}", twice.unwrap_or_default()[0]);
    cases
}

/// The table of all cases, which stands beside them as `README.md`.
pub fn index(cases: &[Case]) -> String {
    let mut text = String::from(
        "# Cases\n\nWritten by `cargo run -p attesta-test-support --bin write-vectors`. One folder each: what comes in, what each \
         address answers, and what must come out. `tests/it` verifies all of them, the conformance run names them.\n\n\
         | case | what it is | verdict | told by |\n| --- | --- | --- | --- |\n",
    );
    let plain = |text: &str| text.replace('|', "\\|");
    for case in cases {
        let expect = &case.statement.expect;
        let failing = expect.checks.iter().flat_map(|(check, outcomes)| {
            outcomes
                .iter()
                .filter(|outcome| !outcome.starts_with("pass "))
                .map(move |outcome| format!("{check}: {outcome}"))
        });
        let told: Vec<String> = expect.error.iter().cloned().chain(failing).chain(expect.somewhere.clone()).collect();
        let row = [format!("`{}`", case.name), plain(&case.statement.story), expect.verdict.clone(), told.join(", ")];
        text.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    let refused = cases.iter().filter(|case| case.statement.expect.verdict != "valid").count();
    text.push_str(&format!("\n{} cases; {refused} of them must not be found valid.\n", cases.len()));
    text
}
