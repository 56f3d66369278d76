//! Proofs: their members, their number, and to which document they belong.

use super::{Scene, any_place};
use crate::json::{Json, Step};
use crate::random::Random;

fn is_proof(key: &str, value: &Json) -> bool {
    key == "proof" && matches!(value, Json::Object(_))
}

/// A member of a proof changed to what a forger would like it to be.
pub(super) fn edit(random: &mut Random, json: &mut Json, scene: &Scene<'_>) -> Option<()> {
    let place = any_place(random, json, is_proof)?;
    let proof = json.at_mut(&place)?;
    let text = |random: &mut Random, choices: &[&str]| Json::text(random.one_of(choices));
    let cryptosuites = ["eddsa-rdfc-2022", "eddsa-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019", "none"];
    match random.below(16) {
        0 => proof.set("created", text(random, &["2001-01-01T00:00:00Z", "2026-02-02T09:00:01Z", ""])),
        1 => proof.set("expires", text(random, &["2099-01-01T00:00:00Z", "2001-01-01T00:00:00Z"])),
        2 => proof.set("cryptosuite", text(random, &cryptosuites)),
        3 => proof.set("type", text(random, &["DataIntegrityProof", "Ed25519Signature2020", "Ed25519Signature2018"])),
        4 => proof.set("proofPurpose", text(random, &["authentication", "assertionMethod", "keyAgreement"])),
        5 => proof.set("challenge", Json::text("c-2")),
        6 => proof.set("domain", Json::text("forger.example")),
        7 => proof.set("nonce", Json::text("n")),
        8 => proof.set("id", Json::text("urn:uuid:00000000-0000-4000-8000-000000000000")),
        9 => proof.set("previousProof", Json::text("urn:uuid:00000000-0000-4000-8000-000000000000")),
        10 => proof.set("@context", Json::texts(&["https://w3id.org/security/data-integrity/v2"])),
        11 => proof.set("expiration", Json::text("2099-01-01T00:00:00Z")),
        12 => {
            let members = proof.members_mut()?;
            let member = random.below(members.len().max(1));
            (member < members.len()).then(|| members.remove(member))?;
        }
        13 => {
            let method = proof.get("verificationMethod")?.as_text()?.to_owned();
            let bare = method.split('#').next().unwrap_or_default().to_owned();
            let fragment = method.split('#').nth(1).unwrap_or_default().to_owned();
            let method = match random.below(6) {
                0 => bare,
                1 => format!("#{fragment}"),
                2 => format!("{method}#"),
                3 => format!("{bare}?x#{fragment}"),
                4 => format!("{method}/"),
                _ => method.to_uppercase(),
            };
            proof.set("verificationMethod", Json::Text(method));
        }
        14 => {
            let other = random.pick(scene.all)?.json()?;
            let method = other.get("proof")?.get("verificationMethod")?.clone();
            proof.set("verificationMethod", method);
        }
        _ => {
            let value = proof.get("proofValue")?.clone();
            proof.set("proofValue", Json::Array(vec![value]));
        }
    }
    Some(())
}

/// The proof, or only its value, of another document.
pub(super) fn transplant(random: &mut Random, json: &mut Json, scene: &Scene<'_>) -> Option<()> {
    let other = random.pick(scene.all)?.json()?;
    let from = any_place(random, other, is_proof)?;
    let proof = other.at(&from)?;
    let to = any_place(random, json, is_proof)?;
    let own = json.at_mut(&to)?;
    if random.once_in(2) {
        own.set("proofValue", proof.get("proofValue")?.clone());
    } else {
        *own = proof.clone();
    }
    Some(())
}

/// Proofs dropped, repeated, put among others, or into each other.
pub(super) fn regroup(random: &mut Random, json: &mut Json, scene: &Scene<'_>) -> Option<()> {
    let foreign = any_foreign(random, scene)?;
    let place = any_place(random, json, |_, value| value.get("proof").is_some())?;
    let document = json.at_mut(&place)?;
    let mut proofs = document.get("proof")?.to_array();
    let unsupported = Json::object([
        ("type", Json::text("DataIntegrityProof")),
        ("cryptosuite", Json::text("bbs-2023")),
        ("verificationMethod", Json::text("did:example:forger#key")),
        ("proofPurpose", Json::text("assertionMethod")),
        ("proofValue", Json::text("u2V0CVhB")),
    ]);
    match random.below(9) {
        0 => drop(document.remove("proof")),
        1 => document.set("proof", Json::Array(Vec::new())),
        2 => document.set("proof", Json::Null),
        3 => document.set("proof", Json::Array(vec![foreign])),
        4 => {
            proofs.push(foreign);
            document.set("proof", Json::Array(proofs));
        }
        5 => {
            proofs.insert(0, unsupported);
            document.set("proof", Json::Array(proofs));
        }
        6 => document.set("proof", Json::Array(vec![unsupported])),
        7 => {
            let first = proofs.first_mut()?;
            first.set("proof", foreign);
            document.set("proof", Json::Array(proofs));
        }
        _ => {
            let values = proofs.first()?.get("proofValue")?.clone();
            document.set("proof", values);
        }
    }
    // Whoever drops the seal wants the words to count all the same.
    if random.once_in(2) {
        document.set("name", Json::text("Doctor of Medicine"));
    }
    Some(())
}

fn any_foreign(random: &mut Random, scene: &Scene<'_>) -> Option<Json> {
    let other = random.pick(scene.all)?.json()?;
    let place: Vec<Step> = any_place(random, other, is_proof)?;
    other.at(&place).cloned()
}
