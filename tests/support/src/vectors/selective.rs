//! Credentials of which a holder may show parts.

use attesta_verify::selective::SelectiveProof;
use serde_json::{Value, json};

use crate::case::Case;
use crate::document::{UNDEFINED_TERMS, edited, open_badge, vc2, with_context, without};
use crate::ecdsa::{EcdsaKey, EcdsaParty};
use crate::selective::{secured_selectively, shown, with_proof_value};

const WHOLE: (&str, &str) = ("proof", "pass base_signature_holds");
const SELECTED: (&str, &str) = ("proof", "pass selection_signature_holds");
const TIED: (&str, &str) = ("issuer", "pass issuer_is_key");
const SPOILED: (&str, &str) = ("proof", "fail signature_mismatch");
const MALFORMED: (&str, &str) = ("proof", "fail malformed_proof");

/// What the academy wants shown always.
const MANDATORY: [&str; 5] =
    ["/issuer", "/validFrom", "/validUntil", "/credentialSubject/id", "/credentialSubject/achievement/name"];

/// An institute that goes by its key on P-256.
fn academy() -> EcdsaParty {
    EcdsaParty::did_key(EcdsaKey::p256(2))
}

/// The badge as the learner's wallet receives it.
fn received() -> Value {
    secured_selectively(academy().issues(open_badge), &MANDATORY, &academy())
}

/// The badge as the learner shows it to an employer: what was learnt, not what grade was given.
fn for_employer() -> Value {
    shown(&received(), &["/name", "/credentialSubject/achievement"])
}

fn change_value(credential: Value, change: impl FnOnce(&mut SelectiveProof)) -> Value {
    with_proof_value(credential, change)
}

pub(super) fn cases() -> Vec<Case> {
    [base(), derived(), tampered()].concat()
}

fn base() -> Vec<Case> {
    let altered = |change: fn(&mut Value)| edited(received(), change);
    vec![
        Case::json("sd_base_good", "The badge as the issuer signed it for its holder.", &received())
            .expect("valid", &[WHOLE, TIED]),
        Case::json("sd_base_plain_good", "A plain credential of which everything may be left out.", &{
            secured_selectively(academy().issues(vc2), &[], &academy())
        })
        .expect("valid", &[WHOLE, TIED]),
        Case::json("sd_base_all_mandatory", "A plain credential of which nothing may be left out.", &{
            secured_selectively(academy().issues(vc2), &[""], &academy())
        })
        .expect("valid", &[WHOLE, TIED]),
        Case::json("sd_base_mandatory_altered", "A mandatory statement was changed after signing.", &{
            altered(|badge| badge["validUntil"] = json!("2038-02-01T00:00:00Z"))
        })
        .expect("invalid", &[SPOILED]),
        Case::json("sd_base_other_altered", "A statement that may be left out was changed after signing.", &{
            altered(|badge| badge["credentialSubject"]["result"][0]["value"] = json!("A"))
        })
        .expect("invalid", &[SPOILED]),
        Case::json("sd_base_statement_removed", "The grade was taken out of the badge as the issuer signed it.", &{
            altered(|badge| badge["credentialSubject"] = without(badge["credentialSubject"].take(), "result"))
        })
        .expect("invalid", &[SPOILED]),
        Case::json("sd_base_statement_added", "A statement was added after signing.", &{
            altered(|badge| badge["credentialSubject"]["licenseNumber"] = json!("17"))
        })
        .expect("invalid", &[SPOILED]),
        Case::json("sd_base_undefined_term", "A word that no context defines was added.", &{
            altered(|badge| badge["honours"] = json!("yes"))
        })
        .expect("invalid", &[("conformance", "fail undefined_term")]),
    ]
}

fn derived() -> Vec<Case> {
    vec![
        Case::json("sd_derived_good", "The learner shows what was learnt and keeps the grade back.", &for_employer())
            .expect("valid", &[SELECTED, TIED]),
        Case::json(
            "sd_derived_mandatory_only",
            "The learner shows no more than must be shown.",
            &shown(&received(), &[]),
        )
        .expect("valid", &[SELECTED, TIED]),
        Case::json("sd_derived_one_item", "The learner shows one item of a list.", &{
            shown(&received(), &["/credentialSubject/achievement/tag/1", "/evidence/0/name"])
        })
        .expect("valid", &[SELECTED, TIED]),
        Case::json("sd_derived_everything", "The learner shows everything.", &shown(&received(), &[""]))
            .expect("valid", &[SELECTED, TIED]),
        Case::json("sd_derived_nothing_mandatory", "The learner shows the dates of a credential, and whose it is.", &{
            let credential = secured_selectively(academy().issues(vc2), &[], &academy());
            shown(&credential, &["/issuer", "/validFrom", "/validUntil", "/credentialSubject/id"])
        })
        .expect("valid", &[SELECTED, TIED]),
    ]
}

fn tampered() -> Vec<Case> {
    let altered = |change: fn(&mut Value)| edited(for_employer(), change);
    let with_value = |change: fn(&mut SelectiveProof)| change_value(for_employer(), change);
    let mut cases = vec![
        Case::json("sd_derived_mandatory_removed", "The end of validity, which must be shown, was taken out.", &{
            altered(|badge| *badge = without(badge.take(), "validUntil"))
        })
        .expect("invalid", &[SPOILED]),
        Case::json(
            "sd_derived_mandatory_removed_and_recounted",
            "A mandatory statement was left out of list and count.",
            &{
                // The line of validUntil is the last one of the credential's own among the mandatory.
                let without_end = altered(|badge| *badge = without(badge.take(), "validUntil"));
                change_value(without_end, |value| {
                    if let SelectiveProof::Derived(proof) = value {
                        proof.mandatory_indexes.pop();
                    }
                })
            },
        )
        .expect("invalid", &[SPOILED]),
        Case::json("sd_derived_altered", "What was learnt was changed after signing.", &{
            altered(|badge| badge["credentialSubject"]["achievement"]["description"] = json!("Runs the laboratory."))
        })
        .expect("invalid", &[SPOILED]),
        Case::json("sd_derived_statement_added", "A grade was made up where the holder shows none.", &{
            altered(|badge| badge["credentialSubject"]["licenseNumber"] = json!("17"))
        })
        .expect("invalid", &[SPOILED]),
        Case::json(
            "sd_derived_opened_vocabulary",
            "A context that gives every word a meaning was added, and a word.",
            &{ edited(with_context(for_employer(), UNDEFINED_TERMS), |badge| badge["honours"] = json!("yes")) },
        )
        .expect("invalid", &[SPOILED]),
        Case::json("sd_derived_proof_redated", "The proof was dated forward.", &{
            altered(|badge| badge["proof"]["created"] = json!("2026-03-02T09:00:00Z"))
        })
        .expect("invalid", &[SPOILED]),
        Case::json("sd_derived_cut", "The proof is cut short.", &{
            altered(|badge| {
                let text = badge["proof"]["proofValue"].as_str().unwrap_or_default();
                badge["proof"]["proofValue"] = json!(text[..text.len() - 4]);
            })
        })
        .expect("invalid", &[MALFORMED]),
        Case::json("sd_derived_as_base58", "The proof is written in another encoding.", &{
            altered(|badge| badge["proof"]["proofValue"] = json!(crate::signing::encode(&[7; 64])))
        })
        .expect("invalid", &[MALFORMED]),
        Case::json("sd_derived_signature_missing", "One statement has no signature.", &{
            with_value(|value| {
                if let SelectiveProof::Derived(proof) = value {
                    proof.signatures.pop();
                }
            })
        })
        .expect("invalid", &[SPOILED]),
        Case::json("sd_derived_signatures_swapped", "Two statements have each other's signatures.", &{
            with_value(|value| {
                if let SelectiveProof::Derived(proof) = value {
                    proof.signatures.swap(0, 1);
                }
            })
        })
        .expect("invalid", &[SPOILED]),
        Case::json("sd_derived_all_called_mandatory", "Every statement is called mandatory.", &{
            with_value(|value| {
                if let SelectiveProof::Derived(proof) = value {
                    let count = proof.mandatory_indexes.len() + proof.signatures.len();
                    proof.mandatory_indexes = (0..count as u64).collect();
                    proof.signatures.clear();
                }
            })
        })
        .expect("invalid", &[SPOILED]),
        Case::json("sd_derived_label_missing", "A blank node has no name.", &{
            with_value(|value| {
                if let SelectiveProof::Derived(proof) = value {
                    proof.labels.pop();
                }
            })
        })
        .expect("invalid", &[SPOILED]),
    ];
    cases.extend([merged(), scoped_key_exchanged(), of_another()]);
    cases
}

/// Two things under one name: the same signed statement could then be shown of both.
fn merged() -> Case {
    let two_results = edited(academy().issues(open_badge), |badge| {
        let mut second = badge["credentialSubject"]["result"][0].clone();
        second["value"] = json!("D");
        badge["credentialSubject"]["result"].as_array_mut().expect("it has results").push(second);
    });
    let credential = secured_selectively(two_results, &MANDATORY, &academy());
    let one = shown(&credential, &["/credentialSubject/result/0"]);
    let doubled = edited(one, |badge| {
        let again = json!({ "type": ["Result"], "value": "B" });
        badge["credentialSubject"]["result"].as_array_mut().expect("it shows a result").push(again);
    });
    Case::json("sd_derived_two_nodes_one_name", "One result is shown as two under one name.", &{
        change_value(doubled, |value| {
            if let SelectiveProof::Derived(proof) = value {
                let name = proof.labels[0].1;
                let next = proof.labels.len() as u64;
                proof.labels.push((next, name));
            }
        })
    })
    .expect("invalid", &[SPOILED])
}

/// Statements signed by a key of one's own, which the issuer did not vouch for.
fn scoped_key_exchanged() -> Case {
    let own = EcdsaParty::did_key(EcdsaKey::p256(9));
    let forged = secured_selectively(academy().issues(open_badge), &MANDATORY, &own);
    Case::json("sd_base_by_another_key", "Somebody else signed, under the academy's method.", &{
        edited(forged, |badge| badge["proof"]["verificationMethod"] = json!(academy().method))
    })
    .expect("invalid", &[SPOILED])
}

/// A proof that belongs to another credential.
fn of_another() -> Case {
    let other = edited(academy().issues(open_badge), |badge| badge["name"] = json!("Water Sampling II"));
    let other = secured_selectively(other, &MANDATORY, &academy());
    Case::json("sd_base_of_another_credential", "The proof was taken from another badge.", &{
        edited(received(), |badge| badge["proof"] = other["proof"].clone())
    })
    .expect("invalid", &[SPOILED])
}
