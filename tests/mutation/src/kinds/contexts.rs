//! Contexts: what the terms of a document mean.

use attesta_test_support::document::{
    DATA_INTEGRITY, ED25519_2020, OPEN_BADGES, OPEN_BADGES_EXTENSIONS, UNDEFINED_TERMS, VC1, VC2,
};

use super::{Scene, any_document, any_object};
use crate::json::Json;
use crate::random::Random;

const URLS: [&str; 14] = [
    VC1,
    VC2,
    OPEN_BADGES,
    OPEN_BADGES_EXTENSIONS,
    DATA_INTEGRITY,
    ED25519_2020,
    UNDEFINED_TERMS,
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
    "https://purl.imsglobal.org/spec/clr/v2p0/context.json",
    "https://w3id.org/openbadges/v2",
    "https://w3id.org/security/v2",
    "https://www.w3.org/ns/credentials/status/v1",
    "https://forger.example/context.json",
];

/// A context dropped, added, swapped or put in another place.
pub(super) fn change(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let document = any_document(random, json)?;
    let mut contexts = document.get("@context")?.to_array();
    let at = random.below(contexts.len().max(1));
    match random.below(8) {
        0 if !contexts.is_empty() => drop(contexts.remove(at)),
        1 | 2 => contexts.push(Json::text(random.one_of(&URLS))),
        3 => contexts.insert(0, Json::text(random.one_of(&URLS))),
        4 if !contexts.is_empty() => contexts[at] = Json::text(random.one_of(&URLS)),
        5 => contexts.reverse(),
        6 => contexts.push(Json::Null),
        _ if !contexts.is_empty() => contexts.push(contexts[at].clone()),
        _ => return None,
    }
    document.set("@context", Json::Array(contexts));
    Some(())
}

/// Terms defined in the document itself, so that what is there means something else, or anything means something.
pub(super) fn define(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let document = any_document(random, json)?;
    let known: Vec<String> = document
        .members()?
        .iter()
        .map(|(key, _)| key.clone())
        .chain(["name", "achievement", "result", "value", "narrative", "validUntil"].map(str::to_owned))
        .collect();
    let term = random.pick(&known)?.clone();
    let meaning = |iri: &str| Json::object([(term.as_str(), Json::text(iri))]);
    let (definition, used) = match random.below(11) {
        0 => (Json::object([("@vocab", Json::text("https://terms.example/"))]), Some("honours")),
        1 => (Json::object([("@base", Json::text("https://forger.example/"))]), None),
        2 => (Json::object([("honours", Json::text("https://terms.example/honours"))]), Some("honours")),
        3 => (Json::object([("honours", Json::text("@index"))]), Some("honours")),
        4 => (Json::object([("honours", Json::Null)]), Some("honours")),
        5 => (Json::object([("headline", Json::text("https://schema.org/name"))]), Some("headline")),
        6 => (meaning("https://terms.example/other"), None),
        7 => (Json::object([("@language", Json::text("en"))]), None),
        8 => (Json::object([("@direction", Json::text("rtl"))]), None),
        9 => (Json::object([("@import", Json::text(VC2)), ("@version", Json::Number("1.1".to_owned()))]), None),
        _ => (Json::object([(term.as_str(), Json::Null)]), None),
    };
    let mut contexts = document.get("@context")?.to_array();
    let at = random.below(contexts.len() + 1);
    contexts.insert(at, definition);
    document.set("@context", Json::Array(contexts));
    match used {
        // What was said under the usual name is now said under the new one.
        Some("headline") => {
            let name = document.remove("name").unwrap_or_else(|| Json::text("Doctor of Medicine"));
            document.set("headline", name);
        }
        Some(used) => document.set(used, Json::text("with distinction")),
        None => {}
    }
    Some(())
}

/// A context of its own for one object in the document.
pub(super) fn inside(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let place = any_object(random, json).filter(|place| !place.is_empty())?;
    let object = json.at_mut(&place)?;
    let url = Json::text(random.one_of(&URLS));
    let context = match random.below(6) {
        0 => Json::Null,
        1 => Json::Array(Vec::new()),
        2 => Json::object([("@vocab", Json::text("https://terms.example/"))]),
        3 => Json::object([("name", Json::text("https://terms.example/nickname"))]),
        4 => Json::Array(vec![url]),
        _ => url,
    };
    object.set("@context", context);
    if random.once_in(3) {
        object.set("honours", Json::text("with distinction"));
    }
    Some(())
}
