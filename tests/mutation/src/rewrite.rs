//! The ways to write the same otherwise. None of them may cost a document its verdict.

use crate::carrier::Carrier;
use crate::claim::{Claim, claims};
use crate::json::{Json, Step, Style};
use crate::random::Random;
use crate::seed::Seed;

/// What a way of writing leaves as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeps {
    /// The JSON value: for suites that sign a graph or canonical JSON.
    Value,
    /// The graph: for suites that sign one.
    Graph,
}

/// A way to write the same otherwise.
#[derive(Clone, Copy)]
pub struct Rewrite {
    /// Its name in the table.
    pub name: &'static str,
    keeps: Keeps,
    write: fn(&mut Random, &Json) -> Option<String>,
}

const fn rewrite(name: &'static str, keeps: Keeps, write: fn(&mut Random, &Json) -> Option<String>) -> Rewrite {
    Rewrite { name, keeps, write }
}

/// Every way.
pub const ALL: &[Rewrite] = &[
    rewrite("packed anew", Keeps::Value, |_, json| Some(json.write(Style::Compact))),
    rewrite("white space", Keeps::Value, |_, json| Some(json.write(Style::Airy))),
    rewrite("lines and indents", Keeps::Value, |_, json| Some(json.write(Style::Indented))),
    rewrite("every character escaped", Keeps::Value, |_, json| Some(json.write(Style::Escaped))),
    rewrite("members in another order", Keeps::Value, |random, json| {
        Some(shuffled(random, json).write(Style::Compact))
    }),
    rewrite("the proof in an array, or out of it", Keeps::Value, proof_regrouped),
    rewrite("numbers written otherwise", Keeps::Value, renumbered),
    rewrite("an array around a value", Keeps::Graph, bracketed),
    rewrite("a value out of its array", Keeps::Graph, unbracketed),
    rewrite("items in another order", Keeps::Graph, reordered),
    rewrite("a language tag in other case", Keeps::Graph, retagged),
    rewrite("an issuer as an object", Keeps::Graph, unfolded),
];

impl Rewrite {
    /// The seed written in this way; `None` where that does not fit how it is secured, or changes nothing.
    pub fn of(&self, random: &mut Random, seed: &Seed) -> Option<Vec<u8>> {
        let (carrier, json) = seed.opened.as_ref()?;
        let fits = match self.keeps {
            Keeps::Value => !matches!(carrier, Carrier::Jws(..)),
            Keeps::Graph => !matches!(carrier, Carrier::Jws(..)) && !names_jcs(json),
        };
        let written = fits.then(|| (self.write)(random, json)).flatten()?;
        Some(seed.carrying(written.as_bytes()))
    }
}

/// What a rewritten document lost: a statement that is judged worse than it was, or is no longer found.
pub fn loss(seed: &Seed, rewritten: &[u8]) -> Option<Claim> {
    let found = claims(rewritten, &seed.world);
    seed.claims
        .iter()
        .find(|claim| !found.iter().any(|found| found.statement == claim.statement && found.verdict == claim.verdict))
        .cloned()
}

/// Whether anything in it is secured by its JSON rather than by its graph.
fn names_jcs(json: &Json) -> bool {
    !json
        .places(|key, value| key == "cryptosuite" && value.as_text().is_some_and(|name| name.contains("jcs")))
        .is_empty()
}

fn shuffled(random: &mut Random, json: &Json) -> Json {
    match json {
        Json::Object(members) => {
            let mut members: Vec<_> =
                members.iter().map(|(key, value)| (key.clone(), shuffled(random, value))).collect();
            random.shuffle(&mut members);
            Json::Object(members)
        }
        Json::Array(items) => Json::Array(items.iter().map(|item| shuffled(random, item)).collect()),
        other => other.clone(),
    }
}

fn proof_regrouped(_: &mut Random, json: &Json) -> Option<String> {
    let mut json = json.clone();
    let proof = json.get_mut("proof")?;
    *proof = match &*proof {
        Json::Array(proofs) if proofs.len() == 1 => proofs[0].clone(),
        Json::Array(proofs) => Json::Array(proofs.iter().rev().cloned().collect()),
        one => Json::Array(vec![one.clone()]),
    };
    Some(json.write(Style::Compact))
}

/// Changes the value at every place for which `wanted` holds; `None` where there is none.
fn everywhere(
    json: &Json,
    wanted: impl Fn(&str, &Json) -> bool,
    mut change: impl FnMut(&Json) -> Json,
) -> Option<String> {
    let mut changed = json.clone();
    let places = json.places(wanted);
    // The deepest first: a change further up would move what is below it.
    for place in places.iter().rev() {
        let value = changed.at_mut(place)?;
        *value = change(value);
    }
    (!places.is_empty()).then(|| changed.write(Style::Compact))
}

fn renumbered(random: &mut Random, json: &Json) -> Option<String> {
    everywhere(
        json,
        |_, value| matches!(value, Json::Number(_)),
        |value| match value {
            Json::Number(written) if written.contains(['.', 'e', 'E']) => Json::Number(match random.below(3) {
                0 if !written.contains(['e', 'E']) => format!("{written}00"),
                1 => format!("{:e}", written.parse::<f64>().unwrap_or_default()),
                _ => format!("{:E}", written.parse::<f64>().unwrap_or_default()),
            }),
            Json::Number(written) => Json::Number(match random.below(3) {
                0 => format!("{written}.0"),
                1 => format!("{written}e0"),
                _ => format!("{written}.000E+00"),
            }),
            other => other.clone(),
        },
    )
}

/// Members that the data models want as one value, or that are no part of the graph as others are.
const PLAIN: [&str; 30] = [
    "@context",
    "@direction",
    "@language",
    "@value",
    "allowedValue",
    "awardedDate",
    "challenge",
    "created",
    "cryptosuite",
    "domain",
    "encodedList",
    "expirationDate",
    "expires",
    "hashed",
    "holder",
    "id",
    "issuanceDate",
    "issuer",
    "jsonSchema",
    "nonce",
    "proof",
    "proofPurpose",
    "proofValue",
    "salt",
    "statusListIndex",
    "type",
    "validFrom",
    "validUntil",
    "verificationMethod",
    "identityHash",
];

/// Whether a place lies in what is signed as a graph and may be written in either way.
fn is_free(json: &Json, place: &[Step]) -> bool {
    let mut value = json;
    place.iter().all(|step| {
        let key = match (value, step) {
            (Json::Object(members), Step::Member(member)) => members[*member].0.as_str(),
            _ => "",
        };
        let below = value.at(std::slice::from_ref(step));
        value = below.unwrap_or(&Json::Null);
        !PLAIN.contains(&key)
    })
}

fn one_place(
    random: &mut Random,
    json: &Json,
    wanted: impl Fn(&str, &Json) -> bool,
    change: impl FnOnce(&mut Random, &Json) -> Option<Json>,
) -> Option<String> {
    let places: Vec<_> =
        json.places(wanted).into_iter().filter(|place| !place.is_empty() && is_free(json, place)).collect();
    let place = random.pick(&places)?;
    let mut changed = json.clone();
    let value = changed.at_mut(place)?;
    *value = change(random, value)?;
    Some(changed.write(Style::Compact))
}

fn bracketed(random: &mut Random, json: &Json) -> Option<String> {
    let under_member =
        |json: &Json, place: &[Step]| matches!(place.last(), Some(Step::Member(_))) && is_free(json, place);
    let places: Vec<_> = json
        .places(|_, value| !matches!(value, Json::Array(_) | Json::Null))
        .into_iter()
        .filter(|place| under_member(json, place))
        .collect();
    let place = random.pick(&places)?;
    let mut changed = json.clone();
    let value = changed.at_mut(place)?;
    *value = Json::Array(vec![value.clone()]);
    Some(changed.write(Style::Compact))
}

fn unbracketed(random: &mut Random, json: &Json) -> Option<String> {
    one_place(
        random,
        json,
        |_, value| matches!(value, Json::Array(items) if items.len() == 1),
        |_, value| value.one_or_many().first().cloned(),
    )
}

fn reordered(random: &mut Random, json: &Json) -> Option<String> {
    one_place(
        random,
        json,
        |_, value| matches!(value, Json::Array(items) if items.len() > 1),
        |random, value| {
            let mut items = value.to_array();
            random.shuffle(&mut items);
            Some(Json::Array(items))
        },
    )
}

fn retagged(_: &mut Random, json: &Json) -> Option<String> {
    everywhere(
        json,
        |key, value| key == "@language" && value.as_text().is_some(),
        |value| Json::Text(value.as_text().unwrap_or_default().to_uppercase()),
    )
}

/// An issuer may be named by its identifier, or by an object with the identifier alone.
fn unfolded(_: &mut Random, json: &Json) -> Option<String> {
    everywhere(
        json,
        |key, value| key == "issuer" && value.as_text().is_some(),
        |value| Json::object([("id", value.clone())]),
    )
}
