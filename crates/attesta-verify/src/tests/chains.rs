use super::*;

const FIRST: &str = "urn:uuid:00000000-0000-4000-8000-000000000001";
const SECOND: &str = "urn:uuid:00000000-0000-4000-8000-000000000002";
const SUITES: [Cryptosuite; 2] = [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022];

/// The badge with these proofs beside those that it has.
fn with(document: &Value, proofs: &[&Value]) -> Value {
    let mut document = document.clone();
    let earlier = document.get("proof").and_then(Value::as_array).cloned().unwrap_or_default();
    document["proof"] = json!([earlier, proofs.iter().map(|proof| (*proof).clone()).collect()].concat());
    document
}

/// The badge with one proof more, named `id` and after those named.
fn signed_after(document: &Value, id: &str, previous: Value, suite: Cryptosuite, party: Party) -> Value {
    let mut with_id = options(party, suite);
    with_id["id"] = json!(id);
    if !previous.is_null() {
        with_id["previousProof"] = previous;
    }
    with(document, &[&proof(document, with_id, party)])
}

/// The issuer signs first, then a registrar confirms that.
fn confirmed(suite: Cryptosuite) -> Value {
    let first = signed_after(&badge(&ISSUER.did()), FIRST, Value::Null, suite, ISSUER);
    signed_after(&first, SECOND, json!(FIRST), suite, LEARNER)
}

#[test]
fn a_signature_over_an_earlier_one_holds() {
    for suite in SUITES {
        check(&confirmed(suite), Verdict::Valid, "proof pass signature_holds");
        let third = signed_after(&confirmed(suite), "urn:x:3", json!([SECOND, FIRST]), suite, ATTACKER);
        check(&third, Verdict::Valid, "issuer pass issuer_is_key");
    }
    let first = signed_after(&badge(&ISSUER.did()), FIRST, Value::Null, Cryptosuite::EddsaRdfc2022, ISSUER);
    let mixed = signed_after(&first, SECOND, json!([FIRST]), Cryptosuite::EddsaJcs2022, LEARNER);
    check(&mixed, Verdict::Valid, "proof pass signature_holds");
}

#[test]
fn the_order_in_which_proofs_stand_does_not_matter() {
    for suite in SUITES {
        let mut credential = confirmed(suite);
        credential["proof"].as_array_mut().unwrap().reverse();
        check(&credential, Verdict::Valid, "proof pass signature_holds");
    }
}

#[test]
fn the_earlier_signature_can_not_be_exchanged_or_taken_away() {
    for suite in SUITES {
        let mut other = options(ISSUER, suite);
        other["id"] = json!(FIRST);
        other["created"] = json!("2026-01-03T00:00:00Z");
        let mut exchanged = confirmed(suite);
        exchanged["proof"][0] = proof(&badge(&ISSUER.did()), other, ISSUER);
        check(&exchanged, Verdict::Invalid, "proof fail signature_mismatch /proof/1");
        let mut removed = confirmed(suite);
        removed["proof"].as_array_mut().unwrap().remove(0);
        check(&removed, Verdict::Invalid, "proof fail previous_proof_missing /proof/0/previousProof");
    }
}

#[test]
fn a_signature_does_not_count_where_the_one_before_it_does_not_hold() {
    let mut spoiled = options(ISSUER, Cryptosuite::EddsaJcs2022);
    spoiled["id"] = json!(FIRST);
    let mut spoiled = proof(&badge(&ISSUER.did()), spoiled, ATTACKER);
    spoiled["verificationMethod"] = json!(ISSUER.method());
    let first = with(&badge(&ISSUER.did()), &[&spoiled]);
    let second = signed_after(&first, SECOND, json!(FIRST), Cryptosuite::EddsaJcs2022, ISSUER);
    check(&second, Verdict::Invalid, "proof inconclusive previous_proof_not_verified /proof/1/previousProof");
    let third = signed_after(&second, "urn:x:3", json!(SECOND), Cryptosuite::EddsaJcs2022, ISSUER);
    check(&third, Verdict::Invalid, "proof inconclusive previous_proof_not_verified /proof/2/previousProof");
}

#[test]
fn a_signature_over_one_that_can_not_be_checked_is_not_established() {
    let unknown = json!({ "type": "DataIntegrityProof", "cryptosuite": "bbs-2023", "id": FIRST });
    let first = with(&badge(&ISSUER.did()), &[&unknown]);
    let second = signed_after(&first, SECOND, json!(FIRST), Cryptosuite::EddsaJcs2022, ISSUER);
    let line = "proof inconclusive previous_proof_not_verified /proof/1/previousProof";
    check(&second, Verdict::Unverifiable, line);
    let beside = signed_after(&second, "urn:x:3", Value::Null, Cryptosuite::EddsaRdfc2022, ISSUER);
    check(&beside, Verdict::Unverifiable, line);
}

#[test]
fn an_expired_signature_still_bears_the_next_one() {
    let mut expired = options(ISSUER, Cryptosuite::EddsaRdfc2022);
    expired["id"] = json!(FIRST);
    expired["expires"] = json!("2026-02-01T00:00:00Z");
    let first = with(&badge(&ISSUER.did()), &[&proof(&badge(&ISSUER.did()), expired, ISSUER)]);
    let second = signed_after(&first, SECOND, json!(FIRST), Cryptosuite::EddsaRdfc2022, ISSUER);
    check(&second, Verdict::Expired, "proof pass signature_holds");
}

#[test]
fn proofs_that_follow_each_other_or_share_their_name_are_refused() {
    let document = badge(&ISSUER.did());
    let made = |id: &str, previous: &str| {
        let mut with = options(ISSUER, Cryptosuite::EddsaJcs2022);
        with["id"] = json!(id);
        with["previousProof"] = json!(previous);
        with["proofValue"] = json!(format!("z{}", bs58::encode([7; 64]).into_string()));
        with
    };
    let line = "proof fail ambiguous_proof_chain /proof/0/previousProof";
    check(&with(&document, &[&made(FIRST, FIRST)]), Verdict::Invalid, line);
    check(&with(&document, &[&made(FIRST, SECOND), &made(SECOND, FIRST)]), Verdict::Invalid, line);
    let mut plain = made(FIRST, FIRST);
    plain.as_object_mut().unwrap().remove("previousProof");
    check(&with(&document, &[&made(SECOND, FIRST), &plain, &plain]), Verdict::Invalid, line);
}

#[test]
fn an_earlier_proof_brings_no_words_of_its_own() {
    let mut own = options(ISSUER, Cryptosuite::EddsaJcs2022);
    own["id"] = json!(FIRST);
    own["@context"] = json!([V2, OB, { "honours": "urn:x:honours" }]);
    let mut document = badge(&ISSUER.did());
    document["@context"] = own["@context"].clone();
    let own = proof(&document, own, ISSUER);
    document["@context"] = json!([V2, OB]);
    let first = with(&document, &[&own]);
    let second = signed_after(&first, SECOND, json!(FIRST), Cryptosuite::EddsaRdfc2022, ISSUER);
    let report = report_with(&second, &[], &Policy::default());
    assert_ne!(judge(&report), Verdict::Valid, "{:#?}", lines(&report));
}

#[test]
fn the_edition_of_a_context_that_a_chain_was_signed_under_is_found() {
    let report = report_with(&confirmed(Cryptosuite::EddsaRdfc2022), &[], &Policy::default());
    assert!(report.contexts.iter().any(|context| context.starts_with(OB)), "{:?}", report.contexts);
}
