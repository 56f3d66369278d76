//! Every suite with every data model: good, and once altered.

use attesta_verify::Cryptosuite;
use serde_json::{Value, json};

use crate::case::Case;
use crate::document::{DATA_INTEGRITY, ED25519_2020, edited, open_badge, vc1, vc2, with_context};
use crate::party::institute;
use crate::signing::secured_as;

const SUITES: [(&str, Cryptosuite); 3] = [
    ("rdfc", Cryptosuite::EddsaRdfc2022),
    ("jcs", Cryptosuite::EddsaJcs2022),
    ("ed25519_2020", Cryptosuite::Ed25519Signature2020),
];

/// The data models by name, each with a document that has what its proof needs in its contexts.
fn documents(suite: Cryptosuite) -> [(&'static str, Value); 3] {
    let plain = [("vc1", vc1(&institute())), ("vc2", vc2(&institute())), ("ob3", open_badge(&institute()))];
    plain.map(|(model, document)| {
        let document = edited(document, |document| document["id"] = json!(format!("urn:example:{model}")));
        let document = match (suite, model) {
            (Cryptosuite::Ed25519Signature2020, _) => with_context(document, ED25519_2020),
            (_, "vc1") => with_context(document, DATA_INTEGRITY),
            _ => document,
        };
        (model, document)
    })
}

const HOLDS: (&str, &str) = ("proof", "pass signature_holds");
const TIED: (&str, &str) = ("issuer", "pass issuer_is_key");

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (suite_name, suite) in SUITES {
        for (model, document) in documents(suite) {
            let good = secured_as(suite, document, &institute());
            let altered = edited(good.clone(), |credential| {
                credential["credentialSubject"]["id"] = json!("did:example:somebody-else");
            });
            cases.push(
                Case::json(&format!("model_{model}_{suite_name}_good"), "Signed by its issuer.", &good)
                    .expect("valid", &[("conformance", "pass conforms"), HOLDS, TIED]),
            );
            cases.push(
                Case::json(
                    &format!("model_{model}_{suite_name}_altered"),
                    "Its subject was changed after signing.",
                    &altered,
                )
                .expect("invalid", &[("proof", "fail signature_mismatch"), ("issuer", "skipped proof_failed")]),
            );
        }
    }
    cases.extend(jcs());
    cases.push(
        Case::json(
            "model_vc1_without_zone",
            "The first data model allows a date without a zone; it is read as UTC.",
            &{
                let dated = edited(with_context(vc1(&institute()), DATA_INTEGRITY), |credential| {
                    credential["issuanceDate"] = json!("2026-02-01T00:00:00");
                });
                secured_as(Cryptosuite::EddsaRdfc2022, dated, &institute())
            },
        )
        .expect("valid", &[("conformance", "pass conforms"), HOLDS, TIED]),
    );
    cases
}

/// Under JCS the text itself is signed, so the document's own terms are covered.
fn jcs() -> Vec<Case> {
    let own = with_context(vc2(&institute()), json!({ "honours": "https://terms.example/honours" }));
    let own = edited(own, |credential| credential["credentialSubject"]["honours"] = json!("with distinction"));
    let signed = secured_as(Cryptosuite::EddsaJcs2022, own, &institute());
    vec![
        Case::json("jcs_own_context_good", "The document defines a term of its own; its very text is signed.", &signed)
            .expect("valid", &[HOLDS, TIED]),
        Case::json("jcs_own_context_altered", "Somebody changed what the document's own term means.", &{
            edited(signed, |credential| {
                credential["@context"][1]["honours"] = json!("https://terms.example/dishonours");
            })
        })
        .expect("invalid", &[("issuer", "skipped proof_failed")]),
        Case::json("jcs_added_term", "Somebody added a term; under this suite no text escapes the signature.", &{
            edited(secured_as(Cryptosuite::EddsaJcs2022, vc2(&institute()), &institute()), |credential| {
                credential["honours"] = json!("with distinction");
            })
        })
        .expect("invalid", &[("proof", "fail signature_mismatch")]),
        Case::json(
            "jcs_context_added_by_later_proof",
            "A context was put at the end for a proof that was made later; the first proof names those it covers.",
            &with_context(secured_as(Cryptosuite::EddsaJcs2022, vc2(&institute()), &institute()), ED25519_2020),
        )
        .expect("valid", &[HOLDS, TIED]),
        Case::json(
            "jcs_own_context_added_since",
            "Somebody defined terms in the document after it was signed; the suite does not cover them.",
            &with_context(
                secured_as(Cryptosuite::EddsaJcs2022, vc2(&institute()), &institute()),
                json!({ "name": "https://terms.example/nickname" }),
            ),
        )
        .expect("unverifiable", &[("proof", "inconclusive own_vocabulary")]),
        Case::json(
            "jcs_context_not_prefix",
            "Somebody gave the document another context than its proof was made under.",
            &{
                let other = edited(vc2(&institute()), |credential| {
                    credential["@context"] = json!(["https://www.w3.org/2018/credentials/v1"]);
                });
                edited(secured_as(Cryptosuite::EddsaJcs2022, other, &institute()), |credential| {
                    credential["@context"] = json!(["https://www.w3.org/ns/credentials/v2"]);
                })
            },
        )
        .expect("invalid", &[("issuer", "skipped proof_failed")]),
    ]
}
