//! What is altered: signed documents that are genuine, each in the world that it is checked in.

use std::collections::BTreeMap;

use attesta_test_support::case::{Canned, Case};
use attesta_test_support::vectors;
use attesta_verify::{Answer, Verdict};

use crate::carrier::Carrier;
use crate::claim::{Claim, World, claims, is_authored};
use crate::documents;
use crate::json::Json;
use crate::known::Known;

/// A genuine document in the form it is received in.
#[derive(Debug, Clone)]
pub struct Seed {
    /// Its name.
    pub name: String,
    /// How it is secured, for the table.
    pub suite: String,
    /// The received bytes.
    pub received: Vec<u8>,
    /// What they are in and the JSON in it, where there is one JSON in them.
    pub opened: Option<(Carrier, Json)>,
    /// Where it is checked.
    pub world: World,
    /// What is found out about it unaltered.
    pub claims: Vec<Claim>,
    /// What of it is proven.
    pub known: Known,
    /// The case it was made as, to write a finding down in the same form.
    pub case: Case,
}

impl Seed {
    /// A case's input as a seed; `None` where nothing in it is proven, so that there is nothing to forge.
    pub fn of(case: Case) -> Option<Seed> {
        let answers: BTreeMap<String, Answer> =
            case.resources.keys().filter_map(|url| Some((url.clone(), case.answer(url)?))).collect();
        let world = World { now: case.statement.now, policy: case.policy(), answers };
        let claims = claims(&case.input, &world);
        if !claims.iter().any(|claim| is_authored(claim.verdict)) {
            return None;
        }
        let opened = Carrier::open(&case.input);
        let suite = suite_of(opened.as_ref(), &case.input);
        let known = Known::of(&claims);
        Some(Seed { name: case.name.clone(), suite, received: case.input.clone(), opened, world, claims, known, case })
    }

    /// The JSON; `None` where there is not one JSON in it.
    pub fn json(&self) -> Option<&Json> {
        self.opened.as_ref().map(|(_, json)| json)
    }

    /// JSON in the same carrier.
    pub fn carrying(&self, json: &[u8]) -> Vec<u8> {
        self.opened.as_ref().map_or_else(|| json.to_vec(), |(carrier, _)| carrier.close(json))
    }

    /// Whether every document in it is valid as it is.
    pub fn is_good(&self) -> bool {
        self.claims.iter().all(|claim| claim.verdict == Verdict::Valid)
    }

    /// The status lists and other signed documents that its world answers with, by address.
    pub fn signed_answers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.case.resources.iter().filter_map(|(url, answer)| match answer {
            Canned::Fresh(bytes) => Json::parse(bytes)?.get("proof").map(|_| (url.as_str(), bytes.as_slice())),
            _ => None,
        })
    }
}

/// Every seed: the documents made for this run, and whatever of the committed cases is genuine.
///
/// # Panics
/// When a document made for this run is not valid as it is: an alteration of it would prove nothing.
pub fn all() -> Vec<Seed> {
    let made = documents::cases();
    let count = made.len();
    let made: Vec<Seed> = made.into_iter().filter_map(Seed::of).collect();
    assert_eq!(made.len(), count, "a document that was made to be genuine is not");
    if let Some(bad) = made.iter().find(|seed| !seed.is_good()) {
        panic!("{} is not valid before it is altered: {:?}", bad.name, bad.claims);
    }
    let committed = vectors::all().into_iter().filter(|case| is_altered_here(&case.name));
    made.into_iter().chain(committed.filter_map(Seed::of)).collect()
}

/// Assertions of Open Badges 2.0 and 1.x are held against their issuer's own copy, which tells what counts; what is left
/// out of one or is spelled otherwise is no forgery. Their alterations are cases of their own, as are those of pinned
/// documents, which are compared byte by byte.
fn is_altered_here(name: &str) -> bool {
    !["ob1_", "ob2_", "related_"].iter().any(|apart| name.starts_with(apart))
}

/// The names of what secures a document, as its proofs give them.
fn suite_of(opened: Option<&(Carrier, Json)>, received: &[u8]) -> String {
    let Some((carrier, json)) = opened else {
        return if received.starts_with(b"\x89PNG") { "PNG" } else { "other" }.to_owned();
    };
    let holds_many = json.get("verifiableCredential").is_some();
    let secured = json.one_or_many().first().filter(|_| matches!(json, Json::Array(_))).unwrap_or(json);
    let mut names: Vec<&str> = match secured.get("proof") {
        Some(proof) => proof
            .one_or_many()
            .iter()
            .filter_map(|proof| proof.get("cryptosuite").or_else(|| proof.get("type"))?.as_text())
            .collect(),
        None if holds_many => vec!["unsigned presentation"],
        None => vec![carrier.name()],
    };
    names.sort_unstable();
    names.dedup();
    names.join(" + ")
}
