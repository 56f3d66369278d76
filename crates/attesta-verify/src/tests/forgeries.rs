//! The same signed graph in spellings that readers of plain JSON would misread.

use super::*;

/// A badge whose status and end of validity matter.
fn ending() -> Value {
    let mut document = badge(&ISSUER.did());
    document["validUntil"] = json!("2026-02-01T00:00:00Z");
    document["credentialStatus"] = json!({
        "id": "https://uni.example/lists/1#5",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "5",
        "statusListCredential": "https://uni.example/lists/1"
    });
    signed(document)
}

fn take(credential: &mut Value, member: &str) -> Value {
    credential.as_object_mut().unwrap().remove(member).unwrap()
}

/// Demands that the signature still holds, and that the verdict does not build on it.
#[track_caller]
fn check_misspelt(credential: &Value, pointer: &str) {
    check(credential, Verdict::Unverifiable, &format!("conformance inconclusive own_vocabulary {pointer}"));
    let lines = lines(&report_with(credential, &[], &Policy::default()));
    assert!(lines.contains(&"proof pass signature_holds".to_owned()), "{lines:#?}");
}

#[test]
fn the_end_of_validity_can_not_be_hidden_under_its_iri() {
    check(&ending(), Verdict::Expired, "validity fail expired");
    let mut hidden = ending();
    let until = take(&mut hidden, "validUntil");
    hidden["https://www.w3.org/2018/credentials#validUntil"] =
        json!({ "@value": until, "@type": "http://www.w3.org/2001/XMLSchema#dateTime" });
    check_misspelt(&hidden, "/https:~1~1www.w3.org~12018~1credentials#validUntil");
}

#[test]
fn a_status_can_not_be_hidden_in_an_included_block() {
    let mut hidden = ending();
    let status = take(&mut hidden, "credentialStatus");
    let until = take(&mut hidden, "validUntil");
    hidden["@included"] = json!([{
        "id": hidden["id"], "type": "VerifiableCredential", "validUntil": until, "credentialStatus": status
    }]);
    check_misspelt(&hidden, "/@included");
}

#[test]
fn a_status_can_not_be_hidden_under_a_second_mention_of_the_credential() {
    let mut document = ending();
    take(&mut document, "proof");
    document["evidence"] = json!([{ "id": document["id"], "type": ["Evidence"] }]);
    let honest = signed(document);
    check(&honest, Verdict::Expired, "validity fail expired");
    let mut hidden = honest;
    let (status, until) = (take(&mut hidden, "credentialStatus"), take(&mut hidden, "validUntil"));
    hidden["evidence"][0]["type"] = json!(["Evidence", "VerifiableCredential"]);
    hidden["evidence"][0]["credentialStatus"] = status;
    hidden["evidence"][0]["validUntil"] = until;
    let report = report_with(&hidden, &[], &Policy::default());
    assert_ne!(judge(&report), Verdict::Valid, "{:#?}", lines(&report));
}

#[test]
fn a_status_can_not_be_hidden_by_naming_blank_nodes() {
    let mut document = ending();
    for member in ["proof", "id"] {
        take(&mut document, member);
    }
    let mut hidden = signed(document);
    let (status, until) = (take(&mut hidden, "credentialStatus"), take(&mut hidden, "validUntil"));
    hidden["id"] = json!("_:c");
    hidden["@included"] =
        json!([{ "id": "_:c", "type": "VerifiableCredential", "credentialStatus": status, "validUntil": until }]);
    check(&hidden, Verdict::Invalid, "conformance fail malformed_member /id");
}

#[test]
fn the_end_of_a_proof_can_not_be_hidden_under_another_name() {
    let mut with = options(ISSUER, Cryptosuite::EddsaRdfc2022);
    with["expires"] = json!("2026-02-01T00:00:00Z");
    let honest = secured(badge(&ISSUER.did()), with, ISSUER);
    check(&honest, Verdict::Expired, "proof fail proof_expired /proof/expires");
    let mut hidden = honest;
    let expires = take(&mut hidden["proof"], "expires");
    hidden["@context"] = json!([V2, OB, "https://w3id.org/security/v1"]);
    hidden["proof"]["expiration"] = expires;
    let report = report_with(&hidden, &[], &Policy::default());
    assert!(judge(&report) <= Verdict::Unverifiable, "{:#?}", lines(&report));
}

#[test]
fn a_member_can_not_be_hidden_under_the_name_of_a_type() {
    let mut hidden = good();
    let criteria = take(&mut hidden["credentialSubject"]["achievement"], "criteria");
    hidden["credentialSubject"]["achievement"]["Criteria"] = criteria;
    check_misspelt(&hidden, "/credentialSubject/achievement/Criteria");
}

#[test]
fn a_proof_of_one_credential_does_not_fit_another() {
    let mut other = badge(&ISSUER.did());
    other["name"] = json!("Surgery, level 9");
    other["proof"] = good()["proof"].clone();
    check(&other, Verdict::Invalid, "proof fail signature_mismatch /proof");
}

#[test]
fn a_signature_of_another_suite_does_not_fit() {
    let mut credential = good();
    credential["proof"]["cryptosuite"] = json!("eddsa-jcs-2022");
    check(&credential, Verdict::Invalid, "proof fail signature_mismatch /proof");
}

#[test]
fn nobody_can_sign_for_another_issuer() {
    let by_attacker = |issuer: &str| secured(badge(issuer), options(ATTACKER, Cryptosuite::EddsaRdfc2022), ATTACKER);
    check(&by_attacker(&ISSUER.did()), Verdict::Invalid, "issuer fail key_of_another");
    check(&by_attacker("did:web:uni.example"), Verdict::Invalid, "issuer fail key_of_another");
    check(&by_attacker(UNI), Verdict::Unverifiable, "issuer inconclusive signer_not_tied_to_issuer");
}
