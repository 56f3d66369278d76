//! Proofs of the years before Data Integrity.

use attesta_verify::Cryptosuite;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::case::Case;
use crate::document::{edited, open_badge, vc1};
use crate::party::{COLLEGE_DOCUMENT, Party, college, institute, stranger};
use crate::signing::{Proof, secured_as, secured_with};

const HOLDS: (&str, &str) = ("proof", "pass signature_holds");
const TIED: (&str, &str) = ("issuer", "pass issuer_is_key");
const SPOILED: (&str, &str) = ("proof", "fail signature_mismatch");
const MALFORMED: (&str, &str) = ("proof", "fail malformed_proof");

fn signed(document: fn(&Party) -> Value) -> Value {
    secured_as(Cryptosuite::Ed25519Signature2018, document(&institute()), &institute())
}

/// The badge with another header before its signature.
fn with_header(header: &str) -> Value {
    edited(signed(open_badge), |badge| {
        let jws = badge["proof"]["jws"].as_str().unwrap_or_default();
        let signature = jws.rsplit('.').next().unwrap_or_default().to_owned();
        badge["proof"]["jws"] = json!(format!("{}..{signature}", URL_SAFE_NO_PAD.encode(header)));
    })
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = ed25519_signature_2018();
    for suite in
        ["JsonWebSignature2020", "EcdsaSecp256k1Signature2019", "BbsBlsSignature2020", "BbsBlsSignatureProof2020"]
    {
        let name = format!("legacy_{}", suite.to_ascii_lowercase());
        let badge = edited(signed(open_badge), |badge| badge["proof"]["type"] = json!(suite));
        let case = Case::json(&name, &format!("It is signed with {suite}, which is not checked here."), &badge);
        cases.push(case.expect("unverifiable", &[("proof", "inconclusive unsupported_suite")]));
    }
    cases
}

fn ed25519_signature_2018() -> Vec<Case> {
    let altered = |change: fn(&mut Value)| edited(signed(open_badge), change);
    vec![
        Case::json("ed25519_2018_good", "A badge signed as in 2018.", &signed(open_badge))
            .expect("valid", &[HOLDS, TIED]),
        Case::json("ed25519_2018_vc1_good", "A credential of those years.", &signed(vc1))
            .expect("valid", &[HOLDS, TIED]),
        Case::json("ed25519_2018_key_of_2018", "The key is written in the form of 2018.", &{
            secured_as(Cryptosuite::Ed25519Signature2018, open_badge(&college()), &college())
        })
        .answering(
            COLLEGE_DOCUMENT,
            &edited(college().document(), |document| {
                let key = bs58::encode(college().key.verifying_key().as_bytes()).into_string();
                document["verificationMethod"][0] = json!({
                    "id": college().method,
                    "type": "Ed25519VerificationKey2018",
                    "controller": college().id,
                    "publicKeyBase58": key,
                });
            }),
        )
        .expect("valid", &[HOLDS, ("issuer", "pass issuer_lists_key")]),
        Case::json("ed25519_2018_altered", "The badge was renamed after it was signed as in 2018.", &{
            altered(|badge| badge["name"] = json!("Water Sampling II"))
        })
        .expect("invalid", &[SPOILED]),
        Case::json("ed25519_2018_proof_altered", "The proof was dated back after it was made as in 2018.", &{
            altered(|badge| badge["proof"]["created"] = json!("2026-02-02T08:00:00Z"))
        })
        .expect("invalid", &[SPOILED]),
        Case::json(
            "ed25519_2018_undefined_member",
            "A word that no vocabulary knows was added to the proof of 2018.",
            &{ altered(|badge| badge["proof"]["note"] = json!("unsigned")) },
        )
        .expect("invalid", &[("proof", "fail undefined_term")]),
        Case::json("ed25519_2018_of_another", "Somebody else signed as in 2018, in the institute's name.", &{
            let proof = Proof::new(Cryptosuite::Ed25519Signature2018, &institute());
            secured_with(&proof, open_badge(&institute()), &stranger())
        })
        .expect("invalid", &[SPOILED]),
        Case::json("ed25519_2018_alg_none", "The header says that there is no signature.", &{
            with_header(r#"{"alg":"none","b64":false,"crit":["b64"]}"#)
        })
        .expect("invalid", &[MALFORMED]),
        Case::json("ed25519_2018_payload_encoded", "The header says that the payload is encoded.", &{
            with_header(r#"{"alg":"EdDSA","b64":true,"crit":["b64"]}"#)
        })
        .expect("invalid", &[MALFORMED]),
        Case::json("ed25519_2018_header_altered", "The header was written anew after signing.", &{
            with_header(r#"{"alg":"EdDSA","crit":["b64"],"b64":false}"#)
        })
        .expect("invalid", &[SPOILED]),
        Case::json("ed25519_2018_undated", "The proof of 2018 states no date.", &{
            let proof = Proof::new(Cryptosuite::Ed25519Signature2018, &institute()).with("created", Value::Null);
            secured_with(&proof, open_badge(&institute()), &institute())
        })
        .expect("invalid", &[MALFORMED]),
    ]
}
