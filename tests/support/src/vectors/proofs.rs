//! Proofs of other kinds, several proofs, and proofs that are none.

use attesta_verify::Cryptosuite;
use serde_json::{Value, json};

use crate::case::Case;
use crate::document::{ED25519_2020, edited, open_badge, with_context, without};
use crate::party::{Party, institute, stranger};
use crate::signing::{Proof, encode, secured, secured_after, secured_with};

fn badge() -> Value {
    open_badge(&institute())
}

fn usual() -> Proof {
    Proof::new(Cryptosuite::EddsaRdfc2022, &institute())
}

/// The badge with several proofs, each over the badge without any.
fn with_proofs(badge: &Value, proofs: &[Value]) -> Value {
    edited(badge.clone(), |badge| badge["proof"] = json!(proofs))
}

/// The signed badge with a member of its proof changed.
fn with_proof_member(member: &str, value: impl Into<Value>) -> Value {
    let value = value.into();
    edited(secured(badge(), &institute()), |badge| badge["proof"][member] = value)
}

/// A proof that nobody here can check.
fn unsupported() -> Value {
    json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "bbs-2023",
        "created": "2026-02-02T09:00:00Z",
        "verificationMethod": institute().method,
        "proofPurpose": "assertionMethod",
        "proofValue": "u2V0ChVhB",
    })
}

const HOLDS: (&str, &str) = ("proof", "pass signature_holds");
const TIED: (&str, &str) = ("issuer", "pass issuer_is_key");

pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![
        Case::json("proof_none", "Nobody signed it.", &badge())
            .expect("unverifiable", &[("proof", "inconclusive no_proof"), ("issuer", "skipped proof_not_established")]),
        Case::json("proof_empty_list", "Its list of proofs is empty.", &with_proofs(&badge(), &[]))
            .expect("unverifiable", &[("proof", "inconclusive no_proof")]),
        Case::json("proof_wrong_purpose", "The issuer signed to log in, not to make a statement.", &{
            secured_with(&usual().with("proofPurpose", "authentication"), badge(), &institute())
        })
        .expect("invalid", &[("proof", "fail wrong_proof_purpose"), ("issuer", "skipped proof_failed")]),
        Case::json("proof_unsupported_suite", "It is signed in a way that can't be checked here.", &{
            edited(badge(), |badge| badge["proof"] = unsupported())
        })
        .expect(
            "unverifiable",
            &[("proof", "inconclusive unsupported_suite"), ("issuer", "skipped proof_not_established")],
        ),
        Case::json("proof_unsupported_type", "It is signed with a proof type of long ago.", &{
            edited(badge(), |badge| {
                badge["proof"] = unsupported();
                badge["proof"]["type"] = json!("RsaSignature2018");
                badge["proof"].as_object_mut().expect("a proof is an object").remove("cryptosuite");
            })
        })
        .expect_somewhere("unverifiable", "inconclusive unsupported_suite"),
        Case::json("proof_value_missing", "The proof has no signature.", &{
            edited(secured(badge(), &institute()), |badge| {
                badge["proof"] = without(badge["proof"].take(), "proofValue")
            })
        })
        .expect("invalid", &[("proof", "fail malformed_proof")]),
        Case::json("proof_value_of_another_encoding", "The signature is written in another encoding.", &{
            with_proof_member("proofValue", "mTm90IGEgc2lnbmF0dXJl")
        })
        .expect("invalid", &[("proof", "fail malformed_proof")]),
        Case::json("proof_value_too_short", "The signature is half a signature.", &{
            with_proof_member("proofValue", encode(&[7; 32]))
        })
        .expect("invalid", &[("proof", "fail malformed_proof")]),
        Case::json("proof_method_missing", "The proof does not say which key signed.", &{
            edited(secured(badge(), &institute()), |badge| {
                badge["proof"] = without(badge["proof"].take(), "verificationMethod");
            })
        })
        .expect("invalid", &[("issuer", "skipped proof_failed")]),
        Case::json("proof_method_not_a_url", "The proof names its key by a word.", &{
            secured_with(&usual().with("verificationMethod", "urn:key"), badge(), &institute())
        })
        .expect("invalid", &[("proof", "fail malformed_verification_method")]),
        Case::json("proof_alias_eddsa_2022", "The suite goes by its older name.", &{
            secured_with(&usual().with("cryptosuite", "eddsa-2022"), badge(), &institute())
        })
        .expect("valid", &[HOLDS, TIED]),
    ];
    cases.extend(several());
    cases.extend(chains());
    cases
}

fn several() -> Vec<Case> {
    let both = with_context(badge(), ED25519_2020);
    let first = usual().of(&both, &institute());
    let second = Proof::new(Cryptosuite::Ed25519Signature2020, &institute()).of(&both, &institute());
    let spoiled = edited(second.clone(), |proof| proof["created"] = json!("2026-02-02T09:00:01Z"));
    let of_stranger = Proof::new(Cryptosuite::EddsaRdfc2022, &stranger()).of(&badge(), &stranger());
    vec![
        Case::json("proofs_two_good", "The issuer signed in two ways.", &with_proofs(&both, &[first.clone(), second]))
            .expect("valid", &[HOLDS, HOLDS, TIED]),
        Case::json("proofs_one_bad", "Of two signatures one does not hold.", &with_proofs(&both, &[first, spoiled]))
            .expect("invalid", &[HOLDS, ("proof", "fail signature_mismatch")]),
        Case::json(
            "proofs_unsupported_beside_good",
            "Beside a good signature stands one that can't be checked here.",
            &{ with_proofs(&badge(), &[unsupported(), usual().of(&badge(), &institute())]) },
        )
        .expect("valid", &[("proof", "skipped unsupported_proof_beside_supported"), HOLDS, TIED]),
        Case::json(
            "proofs_unsupported_beside_bad",
            "Beside a bad signature stands one that can't be checked here.",
            &{
                let altered = edited(badge(), |badge| badge["name"] = json!("Water Sampling II"));
                with_proofs(&altered, &[unsupported(), usual().of(&badge(), &institute())])
            },
        )
        .expect_somewhere("invalid", "fail signature_mismatch"),
        Case::json("proofs_of_issuer_and_another", "The issuer signed, and so did somebody else.", &{
            with_proofs(&badge(), &[usual().of(&badge(), &institute()), of_stranger.clone()])
        })
        .expect("valid", &[HOLDS, HOLDS, TIED]),
        Case::json("proofs_of_another_alone", "Two strangers signed; the issuer did not.", &{
            let other = Party::did_key(8);
            let of_other = Proof::new(Cryptosuite::EddsaRdfc2022, &other).of(&badge(), &other);
            with_proofs(&badge(), &[of_stranger, of_other])
        })
        .expect("invalid", &[HOLDS, HOLDS, ("issuer", "fail key_of_another")]),
    ]
}

const FIRST: &str = "urn:uuid:00000000-0000-4000-8000-000000000001";
const SECOND: &str = "urn:uuid:00000000-0000-4000-8000-000000000002";

fn chains() -> Vec<Case> {
    let first = secured_after(&usual().with("id", FIRST), badge(), &institute());
    let confirming =
        Proof::new(Cryptosuite::EddsaRdfc2022, &stranger()).with("id", SECOND).with("previousProof", FIRST);
    let confirmed = secured_after(&confirming, first.clone(), &stranger());
    vec![
        Case::json("proof_chain_good", "A registrar confirmed the issuer's signature.", &confirmed)
            .expect("valid", &[HOLDS, HOLDS, TIED]),
        Case::json("proof_chain_jcs_good", "A registrar confirmed the issuer's signature over the JSON itself.", &{
            let by = |party: &Party| Proof::new(Cryptosuite::EddsaJcs2022, party);
            let first = secured_after(&by(&institute()).with("id", FIRST), badge(), &institute());
            secured_after(&by(&stranger()).with("previousProof", json!([FIRST])), first, &stranger())
        })
        .expect("valid", &[HOLDS, HOLDS, TIED]),
        Case::json("proof_previous_dangling", "The signature that a registrar confirmed was taken away.", &{
            edited(confirmed.clone(), |badge| badge["proof"] = json!([badge["proof"][1]]))
        })
        .expect("invalid", &[("proof", "fail previous_proof_missing")]),
        Case::json("proof_chain_exchanged", "The confirmed signature was exchanged for another one of the issuer.", &{
            let other = usual().with("id", FIRST).with("created", "2026-02-02T09:00:01Z").of(&badge(), &institute());
            edited(confirmed.clone(), |badge| badge["proof"][0] = other)
        })
        .expect("invalid", &[HOLDS, ("proof", "fail signature_mismatch")]),
        Case::json("proof_chain_after_bad", "A registrar confirmed a signature that does not hold.", &{
            let spoiled = edited(first, |badge| badge["proof"][0]["created"] = json!("2026-02-02T09:00:01Z"));
            secured_after(&confirming, spoiled, &stranger())
        })
        .expect(
            "invalid",
            &[("proof", "fail signature_mismatch"), ("proof", "inconclusive previous_proof_not_verified")],
        ),
        Case::json(
            "proof_chain_after_unsupported",
            "A registrar confirmed a signature that can't be checked here.",
            &{
                let unread = with_proofs(&badge(), &[edited(unsupported(), |proof| proof["id"] = json!(FIRST))]);
                secured_after(&confirming, unread, &stranger())
            },
        )
        .expect(
            "unverifiable",
            &[
                ("proof", "skipped unsupported_proof_beside_supported"),
                ("proof", "inconclusive previous_proof_not_verified"),
            ],
        ),
        Case::json("proof_chain_loop", "Two proofs each name the other as the earlier one.", &{
            edited(confirmed, |badge| badge["proof"][0]["previousProof"] = json!(SECOND))
        })
        .expect("invalid", &[("proof", "fail ambiguous_proof_chain"), ("proof", "fail ambiguous_proof_chain")]),
    ]
}
