//! Proofs on NIST curves.

use attesta_verify::Cryptosuite;
use serde_json::{Value, json};

use crate::case::Case;
use crate::document::{DATA_INTEGRITY, edited, open_badge, vc1, vc2, with_context};
use crate::ecdsa::{EcdsaKey, EcdsaParty};
use crate::party::{COLLEGE_DOCUMENT, Party, institute};
use crate::signing::{Proof, encode, secured_after, secured_with};

const SUITES: [(&str, Cryptosuite); 2] = [("rdfc", Cryptosuite::EcdsaRdfc2019), ("jcs", Cryptosuite::EcdsaJcs2019)];

const HOLDS: (&str, &str) = ("proof", "pass signature_holds");
const TIED: (&str, &str) = ("issuer", "pass issuer_is_key");
const SPOILED: (&str, &str) = ("proof", "fail signature_mismatch");

/// An institute that goes by its key on P-256.
fn academy() -> EcdsaParty {
    EcdsaParty::did_key(EcdsaKey::p256(2))
}

/// An institute that goes by its key on P-384.
fn observatory() -> EcdsaParty {
    EcdsaParty::did_key(EcdsaKey::p384(3))
}

/// What this party issues, signed by it.
fn issued(suite: Cryptosuite, party: &EcdsaParty, document: fn(&Party) -> Value) -> Value {
    secured_with(&Proof::new(suite, party), party.issues(document), party)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, suite) in SUITES {
        for (curve, party) in [("p256", academy()), ("p384", observatory())] {
            cases.extend(on_curve(&format!("ecdsa_{name}_{curve}"), suite, &party));
        }
        cases.push(
            Case::json(&format!("ecdsa_{name}_of_web"), "The key on P-384 stands in the document of a web domain.", &{
                let college = of_college();
                secured_with(&Proof::new(suite, &college), college.issues(open_badge), &college)
            })
            .answering(COLLEGE_DOCUMENT, &of_college().document())
            .expect("valid", &[HOLDS, ("issuer", "pass issuer_lists_key")]),
        );
    }
    cases.extend(mixed());
    cases
}

fn of_college() -> EcdsaParty {
    let id = "did:web:college.example".to_owned();
    EcdsaParty { method: format!("{id}#key-1"), id, key: EcdsaKey::p384(7) }
}

fn on_curve(name: &str, suite: Cryptosuite, party: &EcdsaParty) -> Vec<Case> {
    let good = issued(suite, party, open_badge);
    let case = |ending: &str, story: &str, input: &Value| Case::json(&format!("{name}_{ending}"), story, input);
    let with_value = |change: &dyn Fn(Vec<u8>) -> Vec<u8>| {
        let text = good["proof"]["proofValue"].as_str().unwrap_or_default().to_owned();
        let signature = bs58::decode(&text[1..]).into_vec().expect("it was encoded just now");
        edited(good.clone(), |badge| badge["proof"]["proofValue"] = json!(encode(&change(signature))))
    };
    vec![
        case("good", "An ordinary badge.", &good).expect("valid", &[HOLDS, TIED]),
        case("vc2_good", "A plain credential.", &issued(suite, party, vc2)).expect("valid", &[HOLDS, TIED]),
        case("vc1_good", "A credential of the first data model.", &{
            let document = with_context(party.issues(vc1), DATA_INTEGRITY);
            secured_with(&Proof::new(suite, party), document, party)
        })
        .expect("valid", &[HOLDS, TIED]),
        case("altered", "The badge was renamed after it was signed.", &{
            edited(good.clone(), |badge| badge["name"] = json!("Water Sampling II"))
        })
        .expect("invalid", &[SPOILED]),
        case("proof_altered", "The proof was dated back after it was made.", &{
            edited(good.clone(), |badge| badge["proof"]["created"] = json!("2026-02-02T08:00:00Z"))
        })
        .expect("invalid", &[SPOILED]),
        case("cut", "The signature is cut short.", &with_value(&|signature| signature[..signature.len() - 1].to_vec()))
            .expect("invalid", &[("proof", "fail malformed_proof")]),
        case("zero", "The signature is nothing but zeros.", &with_value(&|signature| vec![0; signature.len()]))
            .expect("invalid", &[SPOILED]),
    ]
}

fn mixed() -> Vec<Case> {
    let of_p256 = issued(Cryptosuite::EcdsaRdfc2019, &academy(), open_badge);
    vec![
        Case::json("ecdsa_key_of_other_curve", "The proof names a key on another curve than it was made with.", &{
            edited(of_p256.clone(), |badge| {
                badge["issuer"]["id"] = json!(observatory().id);
                badge["proof"]["verificationMethod"] = json!(observatory().method);
            })
        })
        .expect("invalid", &[SPOILED]),
        Case::json("ecdsa_suite_with_ed25519_key", "The proof names a key of a kind that its suite does not use.", &{
            edited(of_p256.clone(), |badge| badge["proof"]["verificationMethod"] = json!(institute().method))
        })
        .expect("unverifiable", &[("proof", "inconclusive unsupported_key_type")]),
        Case::json("ecdsa_suite_renamed", "The proof was put under the suite that signs the JSON.", &{
            edited(of_p256, |badge| badge["proof"]["cryptosuite"] = json!("ecdsa-jcs-2019"))
        })
        .expect("invalid", &[SPOILED]),
        Case::json("ecdsa_beside_eddsa", "The issuer's key signed, and the learner's school confirmed it.", &{
            let issuer = institute();
            let first = Proof::new(Cryptosuite::EddsaRdfc2022, &issuer).with("id", "urn:uuid:1");
            let second = Proof::new(Cryptosuite::EcdsaRdfc2019, &observatory()).with("previousProof", "urn:uuid:1");
            secured_after(&second, secured_after(&first, open_badge(&issuer), &issuer), &observatory())
        })
        .expect("valid", &[HOLDS, HOLDS, TIED]),
    ]
}
