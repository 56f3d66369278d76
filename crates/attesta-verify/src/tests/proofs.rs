use super::*;

fn v1_badge() -> Value {
    let mut document = badge(&ISSUER.did());
    document["@context"] = json!([
        "https://www.w3.org/2018/credentials/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        "https://w3id.org/security/suites/ed25519-2020/v1"
    ]);
    document["issuanceDate"] = document["validFrom"].take();
    document.as_object_mut().unwrap().remove("validFrom");
    document
}

#[test]
fn a_credential_of_each_suite_is_valid() {
    for suite in [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022] {
        let credential = secured(badge(&ISSUER.did()), options(ISSUER, suite), ISSUER);
        check(&credential, Verdict::Valid, "proof pass signature_holds");
    }
    let old = secured(v1_badge(), options(ISSUER, Cryptosuite::Ed25519Signature2020), ISSUER);
    check(&old, Verdict::Valid, "proof pass signature_holds");
}

#[test]
fn a_change_after_signing_is_noticed_under_each_suite() {
    let by = |suite, document| secured(document, options(ISSUER, suite), ISSUER);
    for mut credential in [
        by(Cryptosuite::EddsaRdfc2022, badge(&ISSUER.did())),
        by(Cryptosuite::EddsaJcs2022, badge(&ISSUER.did())),
        by(Cryptosuite::Ed25519Signature2020, v1_badge()),
    ] {
        credential["credentialSubject"]["achievement"]["name"] = json!("Welding, level 3");
        check(&credential, Verdict::Invalid, "proof fail signature_mismatch /proof");
    }
}

#[test]
fn the_proofs_own_members_are_signed_too() {
    for (member, value) in [("created", "2026-01-03T00:00:00Z"), ("expires", "2030-01-01T00:00:00Z")] {
        let mut credential = good();
        credential["proof"][member] = json!(value);
        check(&credential, Verdict::Invalid, "proof fail signature_mismatch /proof");
    }
    let mut credential = good();
    credential["proof"]["note"] = json!("unsigned");
    check(&credential, Verdict::Invalid, "proof fail undefined_term /proof/note");
}

#[test]
fn every_proof_of_a_set_must_hold() {
    let document = badge(&ISSUER.did());
    let rdfc = proof(&document, options(ISSUER, Cryptosuite::EddsaRdfc2022), ISSUER);
    let jcs = proof(&document, options(ISSUER, Cryptosuite::EddsaJcs2022), ISSUER);
    let with = |proofs: Value| {
        let mut document = document.clone();
        document["proof"] = proofs;
        document
    };
    check(&with(json!([rdfc, jcs])), Verdict::Valid, "issuer pass issuer_is_key");
    let mut broken = jcs.clone();
    broken["proofValue"] = rdfc["proofValue"].clone();
    check(&with(json!([rdfc, broken])), Verdict::Invalid, "proof fail signature_mismatch /proof/1");
    let unknown = json!({ "type": "DataIntegrityProof", "cryptosuite": "bbs-2023" });
    check(&with(json!([unknown, rdfc])), Verdict::Valid, "proof skipped UnsupportedProofBesideSupported");
    check(&with(unknown.clone()), Verdict::Unverifiable, "proof inconclusive unsupported_suite /proof");
    check(&with(json!([unknown, 7])), Verdict::Invalid, "proof fail malformed_proof /proof/1");
}

#[test]
fn a_proof_of_somebody_else_beside_the_issuers_own_does_no_harm() {
    let document = badge(&ISSUER.did());
    let own = proof(&document, options(ISSUER, Cryptosuite::EddsaRdfc2022), ISSUER);
    let other = proof(&document, options(ATTACKER, Cryptosuite::EddsaRdfc2022), ATTACKER);
    let mut both = document;
    both["proof"] = json!([other, own]);
    check(&both, Verdict::Valid, "issuer pass issuer_is_key");
}

#[test]
fn without_a_proof_nothing_is_established() {
    for proof in [None, Some(json!(null)), Some(json!([]))] {
        let mut document = badge(&ISSUER.did());
        if let Some(proof) = proof {
            document["proof"] = proof;
        }
        check(&document, Verdict::Unverifiable, "proof inconclusive no_proof");
    }
}

#[test]
fn a_credential_can_not_make_us_check_proofs_without_end() {
    let document = badge(&ISSUER.did());
    let one = proof(&document, options(ISSUER, Cryptosuite::EddsaJcs2022), ISSUER);
    let mut many = document;
    many["proof"] = json!(vec![one.clone(); 16]);
    check(&many, Verdict::Valid, "proof pass signature_holds");
    many["proof"] = json!(vec![one; 17]);
    check(&many, Verdict::Unverifiable, "proof inconclusive too_many_resources /proof");
}

#[test]
fn a_proof_for_another_purpose_is_refused() {
    let mut with = options(ISSUER, Cryptosuite::EddsaRdfc2022);
    with["proofPurpose"] = json!("authentication");
    let credential = secured(badge(&ISSUER.did()), with, ISSUER);
    check(&credential, Verdict::Invalid, "proof fail wrong_proof_purpose /proof/proofPurpose");
}

#[test]
fn a_proofs_dates_count_once_its_signature_holds() {
    let dated = |member: &str, value: &str| {
        let mut with = options(ISSUER, Cryptosuite::EddsaRdfc2022);
        with[member] = json!(value);
        secured(badge(&ISSUER.did()), with, ISSUER)
    };
    check(&dated("expires", "2026-06-15T12:00:00Z"), Verdict::Valid, "proof pass signature_holds");
    check(&dated("expires", "2026-06-15T11:59:59Z"), Verdict::Expired, "proof fail proof_expired /proof/expires");
    check(&dated("created", "2026-06-15T12:05:00Z"), Verdict::Valid, "proof pass signature_holds");
    let future = dated("created", "2026-06-15T12:05:01Z");
    check(&future, Verdict::NotYetValid, "proof fail proof_created_in_future /proof/created");
    let mut forged = dated("expires", "2026-06-15T11:59:59Z");
    forged["name"] = json!("Welding, level 3");
    check(&forged, Verdict::Invalid, "proof fail signature_mismatch /proof");
}

#[test]
fn a_key_of_small_order_is_refused() {
    // The identity point as a key, and as R with S = 0, satisfies the bare equation for any message.
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut signature = [0; 64];
    signature[0] = 1;
    let mut document = badge(&did::key::from_ed25519(identity));
    let mut proof = options(ISSUER, Cryptosuite::EddsaRdfc2022);
    proof["verificationMethod"] = json!(did::key::verification_method(identity));
    proof["proofValue"] = json!(format!("z{}", bs58::encode(signature).into_string()));
    document["proof"] = proof;
    check(&document, Verdict::Invalid, "proof fail signature_mismatch /proof");
}

#[test]
fn the_report_names_what_it_rests_on() {
    let report = report_with(&good(), &[], &Policy::default());
    assert_eq!(report.credential, crate::hex(&<sha2::Sha256 as sha2::Digest>::digest(good().to_string())));
    assert_eq!(report.checked_at, now());
    assert!(report.contexts.iter().any(|context| context.starts_with(OB)), "{:?}", report.contexts);
    assert_eq!(report.resources, []);
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<VerificationReport>(&json).unwrap(), report);
}
