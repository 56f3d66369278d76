//! Every case of `tests/vectors`, by area. Expectations are written from the rules, never copied from a run.

use std::path::PathBuf;

use crate::case::Case;

mod conformance;
mod containers;
mod data_models;
mod ecdsa;
mod integrity;
mod issuers;
mod keys;
mod linked_data;
mod nested;
mod proofs;
mod recipients;
mod records;
mod selective;
mod status;
mod status_lists;
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
        selective::cases(),
        status::cases(),
        status_lists::cases(),
        data_models::cases(),
        containers::cases(),
        recipients::cases(),
        nested::cases(),
        records::cases(),
    ]
    .concat();
    let mut names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    names.sort_unstable();
    let twice = names.windows(2).find(|pair| pair[0] == pair[1]);
    assert!(twice.is_none(), "two cases are called {:?}", twice.unwrap_or_default()[0]);
    cases
}
