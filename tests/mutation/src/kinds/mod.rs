//! The ways to alter a document, by what a forger would try.

mod bytes;
mod contexts;
mod dates;
mod envelopes;
mod identities;
mod items;
mod keywords;
mod languages;
mod letters;
mod members;
mod multibase;
mod nodes;
mod numbers;
mod proofs;
mod status;
mod values;

use crate::json::{Json, Step};
use crate::random::Random;
use crate::seed::Seed;

/// Where an alteration happens.
#[derive(Clone, Copy)]
pub struct Scene<'s> {
    /// The document that is altered.
    pub seed: &'s Seed,
    /// All of them, to take parts from.
    pub all: &'s [Seed],
}

/// Alters JSON; `None` where there is nothing to alter in this way.
type OfJson = fn(&mut Random, &mut Json, &Scene<'_>) -> Option<()>;
/// Alters received bytes; `None` where there is nothing to alter in this way.
type OfBytes = fn(&mut Random, &[u8], &Scene<'_>) -> Option<Vec<u8>>;

/// How one kind alters.
#[derive(Clone, Copy)]
enum How {
    /// The JSON, wherever it stands.
    Json(OfJson),
    /// The text of the JSON, within what it arrives in.
    Text(OfBytes),
    /// The received bytes themselves.
    Bytes(OfBytes),
}

/// A way to alter a document.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Its name in the table.
    pub name: &'static str,
    how: How,
    /// How many of a thousand alterations are of this kind, before the kinds that do not fit are left out.
    pub share: usize,
}

const fn json(name: &'static str, share: usize, alter: OfJson) -> Kind {
    Kind { name, how: How::Json(alter), share }
}

const fn text(name: &'static str, share: usize, alter: OfBytes) -> Kind {
    Kind { name, how: How::Text(alter), share }
}

const fn bytes(name: &'static str, share: usize, alter: OfBytes) -> Kind {
    Kind { name, how: How::Bytes(alter), share }
}

/// Every kind.
pub const ALL: &[Kind] = &[
    bytes("a bit flipped", 20, bytes::flip),
    bytes("bytes dropped, repeated, moved or cut off", 30, bytes::cut),
    text("text of the JSON dropped, repeated or moved", 30, bytes::cut_text),
    text("a character of the JSON changed", 50, bytes::retype),
    json("a member dropped", 60, members::drop),
    json("a member added", 70, members::add),
    json("a member renamed", 60, members::rename),
    json("a member said twice", 40, members::repeat),
    json("members swapped or moved", 50, members::move_about),
    json("a text edited", 60, values::edit),
    json("a value of another place", 50, values::transplant),
    json("another type of value", 60, values::retype),
    json("an array made or undone", 30, items::nest),
    json("an item dropped, repeated, added or moved", 50, items::change),
    json("a context dropped, added, swapped or reordered", 60, contexts::change),
    json("terms defined in the document", 50, contexts::define),
    json("a context inside", 30, contexts::inside),
    json("a keyword or its alias", 50, keywords::change),
    json("a language or direction", 40, languages::change),
    json("other letters that look alike", 40, letters::change),
    json("a number respelled or changed", 30, numbers::change),
    json("a date moved", 50, dates::change),
    json("a status entry changed", 40, status::change),
    json("a proof's member changed", 60, proofs::edit),
    json("the proof of another document", 40, proofs::transplant),
    json("proofs dropped, added or repeated", 40, proofs::regroup),
    json("another issuer or subject", 50, identities::rename),
    json("signed by somebody else", 60, identities::forge),
    json("another spelling of a signature or key", 40, multibase::respell),
    json("a thing described in two places", 40, nodes::scatter),
    json("things joined, split or nested", 40, nodes::regroup),
    bytes("the envelope changed", 60, envelopes::change),
];

impl Kind {
    /// The received bytes, altered; `None` where this seed has nothing to alter in this way.
    pub fn alter(&self, random: &mut Random, scene: &Scene<'_>) -> Option<Vec<u8>> {
        match self.how {
            How::Bytes(alter) => alter(random, &scene.seed.received, scene),
            How::Text(alter) => {
                let json = scene.seed.json()?.bytes();
                Some(scene.seed.carrying(&alter(random, &json, scene)?))
            }
            How::Json(alter) => {
                let mut json = scene.seed.json()?.clone();
                alter(random, &mut json, scene)?;
                Some(scene.seed.carrying(&json.bytes()))
            }
        }
    }

    /// Alters JSON in this way, to do more with it than to judge it.
    pub fn alter_json(&self, random: &mut Random, json: &mut Json, scene: &Scene<'_>) -> Option<()> {
        match self.how {
            How::Json(alter) => alter(random, json, scene),
            How::Text(_) | How::Bytes(_) => None,
        }
    }
}

/// One of the values for which `wanted` holds; it is told the key that a value stands under.
fn any_place(random: &mut Random, json: &Json, wanted: impl Fn(&str, &Json) -> bool) -> Option<Vec<Step>> {
    random.pick(&json.places(wanted)).cloned()
}

/// One of the objects.
fn any_object(random: &mut Random, json: &Json) -> Option<Vec<Step>> {
    any_place(random, json, |_, value| matches!(value, Json::Object(members) if !members.is_empty()))
}

/// The document to work on: the whole, or one of the credentials in it.
fn any_document<'j>(random: &mut Random, json: &'j mut Json) -> Option<&'j mut Json> {
    let is_document = |_: &str, value: &Json| value.get("@context").is_some() && value.get("type").is_some();
    let place = any_place(random, json, is_document)?;
    json.at_mut(&place)
}

/// Changes a text that is there already; `None` where there is none.
fn change_text(json: &mut Json, place: &[Step], change: impl FnOnce(&str) -> String) -> Option<()> {
    let value = json.at_mut(place)?;
    let changed = change(value.as_text()?);
    *value = Json::Text(changed);
    Some(())
}
