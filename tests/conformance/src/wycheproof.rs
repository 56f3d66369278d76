//! C2SP Wycheproof: signatures at the edges of what an algorithm allows, with what a verifier must say to each.

use std::path::Path;

use ed25519_dalek::{Signature, VerifyingKey};
use serde::Deserialize;

use crate::suite::{Suite, Unreadable, json};

/// A file of Wycheproof vectors, as far as signatures need it.
#[derive(Deserialize)]
struct Vectors<K> {
    #[serde(rename = "testGroups")]
    groups: Vec<Group<K>>,
}

/// Vectors under one key.
#[derive(Deserialize)]
struct Group<K> {
    #[serde(rename = "publicKey")]
    key: K,
    tests: Vec<Vector>,
}

/// One signature. All texts are hex.
#[derive(Deserialize)]
struct Vector {
    #[serde(rename = "tcId")]
    id: u32,
    comment: String,
    msg: String,
    sig: String,
    result: Expected,
}

/// What a verifier must say.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Expected {
    Valid,
    Invalid,
    /// Verifiers may differ.
    Acceptable,
}

/// The public key of an EdDSA group.
#[derive(Deserialize)]
struct EdwardsKey {
    pk: String,
}

/// Ed25519, checked as the product checks it: `verify_strict`.
pub(crate) fn ed25519(folder: &Path) -> Result<Suite, Unreadable> {
    run::<EdwardsKey>("Wycheproof Ed25519", &folder.join("wycheproof/ed25519_test.json"), |key, message, signature| {
        let key = unhex(&key.pk).and_then(|bytes| VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok());
        let signature = Signature::from_slice(signature).ok();
        key.zip(signature).is_some_and(|(key, signature)| key.verify_strict(message, &signature).is_ok())
    })
}

/// Runs a file; `verify` says whether a signature over a message holds under a key.
fn run<K: serde::de::DeserializeOwned>(
    name: &'static str,
    file: &Path,
    verify: impl Fn(&K, &[u8], &[u8]) -> bool,
) -> Result<Suite, Unreadable> {
    let mut suite = Suite::new(name);
    let vectors: Vectors<K> = json(file)?;
    for group in &vectors.groups {
        for vector in &group.tests {
            let outcome = match unhex(&vector.msg).zip(unhex(&vector.sig)) {
                Some((message, signature)) => judge(verify(&group.key, &message, &signature), vector.result),
                None => Err("is not hex"),
            };
            suite.case(vector.id.to_string(), outcome.map_err(|error| format!("{error} ({})", vector.comment)));
        }
    }
    Ok(suite)
}

fn judge(holds: bool, expected: Expected) -> Result<(), &'static str> {
    match (holds, expected) {
        (true, Expected::Valid | Expected::Acceptable) | (false, Expected::Invalid | Expected::Acceptable) => Ok(()),
        (true, Expected::Invalid) => Err("holds, but must not"),
        (false, Expected::Valid) => Err("does not hold, but must"),
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok().filter(|_| pair.len() == 2)).collect()
}
