//! Who made a document, and whom it is about.

use attesta_jsonld::Document;
use attesta_test_support::document::{DATA_INTEGRITY, ED25519_2020};
use attesta_test_support::party::{college, institute, learner, stranger};
use attesta_test_support::signing::{CREATED, encode};
use attesta_verify::{Cryptosuite, signing_input};
use ed25519_dalek::Signer as _;

use super::{ALL, Scene, any_document};
use crate::json::Json;
use crate::random::Random;

/// Another issuer, holder or subject in what was signed.
pub(super) fn rename(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let document = any_document(random, json)?;
    let ids = [institute().id, college().id, learner().id, stranger().id, "https://forger.example".to_owned()];
    let id = random.pick(&ids)?.clone();
    let member = random.one_of(&["issuer", "holder", "credentialSubject", "issuer", "credentialSubject"]);
    let value = document.get_mut(member)?;
    let other = Json::Text(id);
    match random.below(7) {
        0 => *value = other,
        1 => value.set("id", other),
        2 => value.set("name", Json::text("Royal College of Surgeons")),
        3 => *value = Json::Array(vec![value.clone(), other]),
        4 => *value = Json::Array(vec![other, value.clone()]),
        5 => *value = Json::object([("id", other), ("type", Json::texts(&["Profile"]))]),
        _ => drop(value.remove("id")),
    }
    Some(())
}

/// The document, altered or not, signed by a stranger who goes on naming the issuer.
pub(super) fn forge(random: &mut Random, json: &mut Json, scene: &Scene<'_>) -> Option<()> {
    let issuer = |json: &Json| json.get("issuer").cloned();
    let own = issuer(json)?;
    if random.once_in(2) {
        let kind = random.pick(ALL)?;
        kind.alter_json(random, json, scene);
        // In their own name, a stranger may say whatever they like.
        if issuer(json).as_ref() != Some(&own) {
            return None;
        }
    }
    json.remove("proof");
    let suite =
        random.one_of(&[Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022, Cryptosuite::Ed25519Signature2020]);
    let issuer_id = own.as_text().or_else(|| own.get("id")?.as_text())?.to_owned();
    let forger = stranger();
    if issuer_id == forger.id {
        return None;
    }
    let key = forger.multikey();
    let method = match random.below(7) {
        0 => forger.method.clone(),
        1 => format!("{issuer_id}#{key}"),
        2 => format!("{issuer_id}#key-1"),
        3 => issuer_id.clone(),
        4 => format!("did:key:{key}#{}", institute().multikey()),
        5 => format!("https://forger.example/issuer#{key}"),
        _ => format!("{issuer_id}#{}", issuer_id.trim_start_matches("did:key:")),
    };
    let document = with_contexts_for(suite, json)?;
    let mut options = Json::object([
        ("type", Json::text("DataIntegrityProof")),
        ("cryptosuite", Json::text(suite.as_str())),
        ("created", Json::text(CREATED)),
        ("verificationMethod", Json::Text(method)),
        ("proofPurpose", Json::text("assertionMethod")),
    ]);
    if suite == Cryptosuite::Ed25519Signature2020 {
        options.set("type", Json::text(suite.as_str()));
        options.remove("cryptosuite");
    }
    if suite == Cryptosuite::EddsaJcs2022 {
        options.set("@context", document.get("@context")?.clone());
    }
    let parse = |json: &Json| Document::parse(json.bytes()).ok();
    // What a suite can't sign is no forgery yet.
    let signed = signing_input(parse(&document)?.root(), parse(&options)?.root(), suite).ok()?;
    options.set("proofValue", Json::Text(encode(&forger.key.sign(&signed).to_bytes())));
    *json = document;
    json.set("proof", options);
    Some(())
}

/// The document with what a suite's proof needs in its contexts.
fn with_contexts_for(suite: Cryptosuite, json: &Json) -> Option<Json> {
    let mut document = json.clone();
    let mut contexts = document.get("@context")?.to_array();
    let needed = if suite == Cryptosuite::Ed25519Signature2020 { ED25519_2020 } else { DATA_INTEGRITY };
    if !contexts.contains(&Json::text(needed)) {
        contexts.push(Json::text(needed));
    }
    document.set("@context", Json::Array(contexts));
    Some(document)
}
