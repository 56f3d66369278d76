use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::selective::{SUBJECT, issued_as, issuer_did};
use super::*;
use crate::selective::SelectiveProof;
use crate::{DisclosedBy, WithholdError, disclosable, show_without, to_present};

fn keys(credential: &VerifiableCredential) -> Vec<String> {
    disclosable(credential).claims.into_iter().map(|claim| claim.key).collect()
}

/// What is left of a credential without these claims: it verifies, and none of the values stands in it any more.
#[track_caller]
fn check_shown(credential: &VerifiableCredential, withheld: &[&str], gone: &[&str], kept: &[&str]) -> String {
    let bytes = show_without(credential, withheld).unwrap();
    let shown = VerifiableCredential::from_bytes(bytes.clone()).unwrap();
    let text = everything_in(&shown);
    let Turn::Done(report) = verify(&shown, &Resources::new(), &Policy::default(), now()) else {
        panic!("a did:key needs nothing")
    };
    assert_eq!(judge(&report), Verdict::Valid, "{:#?}", lines(&report));
    gone.iter().for_each(|value| assert!(!text.contains(value), "{value} in {text}"));
    kept.iter().for_each(|value| assert!(text.contains(value), "no {value} in {text}"));
    String::from_utf8(bytes).unwrap()
}

/// All that the bytes of a credential say to whoever decodes them.
fn everything_in(credential: &VerifiableCredential) -> String {
    let text = String::from_utf8(credential.bytes().to_vec()).unwrap();
    let decoded = text.split(['.', '~']).filter_map(|part| String::from_utf8(URL_SAFE_NO_PAD.decode(part).ok()?).ok());
    let decoded: Vec<String> = decoded.collect();
    format!("{text}\n{}", decoded.join("\n"))
}

// ecdsa-sd-2023

fn detailed() -> Value {
    let mut document = badge(&issuer_did());
    let subject = &mut document["credentialSubject"];
    subject["identifier"] = json!([{
        "type": "IdentityObject", "identityHash": "zoe@example.org", "identityType": "emailAddress", "hashed": false
    }]);
    subject["result"] = json!([
        { "type": ["Result"], "value": "73" },
        { "type": ["Result"], "value": "91" }
    ]);
    subject["achievement"]["tag"] = json!(["brazing", "fire"]);
    document["evidence"] = json!([{ "id": "https://uni.example/weld.mp4", "type": ["Evidence"] }]);
    document["validUntil"] = json!("2036-01-01T00:00:00Z");
    document
}

#[test]
fn whatever_is_not_mandatory_is_offered_but_for_what_makes_it_a_badge() {
    let offered = disclosable(&read(&issued_as(detailed(), &SUBJECT)));
    assert_eq!(offered.by, DisclosedBy::EcdsaSd2023);
    let mut told: Vec<String> = offered
        .claims
        .iter()
        .map(|claim| format!("{} {} = {}", claim.key, claim.path.join("."), claim.value))
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            "/credentialSubject/achievement/criteria/narrative credentialSubject.achievement.criteria.narrative = Four joints, inspected.",
            "/credentialSubject/achievement/description credentialSubject.achievement.description = Joins metal safely.",
            "/credentialSubject/achievement/tag credentialSubject.achievement.tag = brazing, fire",
            "/credentialSubject/creditsEarned credentialSubject.creditsEarned = 4.5",
            "/credentialSubject/identifier/0 credentialSubject.identifier = zoe@example.org, emailAddress",
            "/credentialSubject/result/0 credentialSubject.result = 73",
            "/credentialSubject/result/1 credentialSubject.result = 91",
            "/evidence/0 evidence = https://uni.example/weld.mp4",
            "/name name = Welding, level 2",
        ]
    );
    let mandatory = ["/name", "/credentialSubject/achievement", "/credentialSubject/result/1/value"];
    let less = keys(&read(&issued_as(detailed(), &mandatory)));
    assert_eq!(less.len(), 4, "credits, the identifier, one result, and the evidence are left: {less:?}");
    assert_eq!(keys(&read(&issued_as(detailed(), &[""]))), [""; 0]);
    // Without an identifier of its own, a subject is known by what else is said of it.
    let mut nameless = detailed();
    nameless["credentialSubject"].as_object_mut().unwrap().remove("id");
    let nameless = keys(&read(&issued_as(nameless, &["/issuer"])));
    assert!(!nameless.iter().any(|key| key.contains("identifier")), "{nameless:?}");
}

#[test]
fn what_is_left_of_statements_verifies_and_the_rest_is_gone() {
    let whole = read(&issued_as(detailed(), &SUBJECT));
    let shown = check_shown(
        &whole,
        &["/credentialSubject/identifier/0", "/credentialSubject/result/0", "/credentialSubject/achievement/tag"],
        &["zoe@example.org", "73", "brazing"],
        &["91", "Joins metal safely.", "2036-01-01", "weld.mp4", "4.5"],
    );
    let again = VerifiableCredential::from_json(shown.into_bytes()).unwrap();
    assert_eq!(disclosable(&again).by, DisclosedBy::None);
    assert_eq!(show_without(&again, &["/name"]), Err(WithholdError::NotDisclosable));
    assert_eq!(to_present(&again, &[]).unwrap(), again.bytes());
    // All of it, by the objects around the claims too.
    let offered = keys(&whole);
    let all: Vec<&str> = offered.iter().map(String::as_str).collect();
    let gone = ["zoe@", "73", "91", "brazing", "Joins", "Four joints", "weld.mp4", "4.5"];
    check_shown(&whole, &all, &gone, &["Welding, level 2", "2036-01-01", "Exemplary College"]);
    check_shown(&whole, &["/credentialSubject", "/evidence"], &gone[..7], &["Welding, level 2", "2036-01-01"]);
    check_shown(&whole, &["/credentialSubject/result"], &["73", "91"], &["zoe@"]);
}

#[test]
fn a_base_proof_is_never_handed_over() {
    let whole = read(&issued_as(detailed(), &SUBJECT));
    let presented = VerifiableCredential::from_json(to_present(&whole, &[]).unwrap()).unwrap();
    let kind = |credential: &VerifiableCredential| {
        let proofs = credential.proofs();
        SelectiveProof::decode(proofs[0].value.get("proofValue").and_then(|value| value.as_str()).unwrap()).unwrap()
    };
    assert!(matches!((kind(&whole), kind(&presented)), (SelectiveProof::Base(_), SelectiveProof::Derived(_))));
    let without = |credential: &VerifiableCredential| {
        let mut value: Value = serde_json::from_slice(credential.bytes()).unwrap();
        value.as_object_mut().unwrap().remove("proof");
        value
    };
    assert_eq!(without(&whole), without(&presented));
    let text: Value = serde_json::from_slice(presented.bytes()).unwrap();
    check(&text, Verdict::Valid, "proof pass selection_signature_holds");
}

#[test]
fn what_is_signed_whole_is_handed_over_to_the_byte() {
    let badge = format!(" {} ", good()).into_bytes();
    let badge = VerifiableCredential::from_json(badge).unwrap();
    assert_eq!(disclosable(&badge).by, DisclosedBy::None);
    assert_eq!(to_present(&badge, &[]).unwrap(), badge.bytes());
    assert_eq!(to_present(&badge, &["/name"]), Err(WithholdError::NotDisclosable));
}

#[test]
fn what_is_not_offered_is_not_left_out() {
    let whole = read(&issued_as(detailed(), &["/name"]));
    for pointer in ["/issuer", "/validUntil", "/name", "/credentialSubject/achievement/name", "/nothing", "name", "/na"]
    {
        let error = WithholdError::NotOffered { pointer: pointer.to_owned() };
        assert_eq!(show_without(&whole, &[pointer]), Err(error), "{pointer}");
    }
    let mut altered = issued_as(detailed(), &SUBJECT);
    altered["name"] = json!("Welding, level 3");
    assert_eq!(show_without(&read(&altered), &["/evidence"]), Err(WithholdError::NotDerivable));
}

// SD-JWT

/// A claim's disclosure, or that of an array's element.
fn disclosure(name: Option<&str>, value: Value) -> String {
    let parts = match name {
        Some(name) => json!(["c2FsdA", name, value]),
        None => json!(["c2FsdA", value]),
    };
    URL_SAFE_NO_PAD.encode(parts.to_string())
}

fn digest(disclosure: &str) -> Value {
    json!(URL_SAFE_NO_PAD.encode(Sha256::digest(disclosure)))
}

fn sd_jwt(header: &Value, claims: &Value, disclosures: &[&str]) -> VerifiableCredential {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let input = format!("{}.{}", encode(header), encode(claims));
    let signature = URL_SAFE_NO_PAD.encode(ISSUER.key().sign(input.as_bytes()).to_bytes());
    let shown: String = disclosures.iter().map(|disclosure| format!("{disclosure}~")).collect();
    VerifiableCredential::from_bytes(format!("{input}.{signature}~{shown}").into_bytes()).unwrap()
}

/// A course certificate: a name, a course with a hidden mark in it, two languages of which one can be left out, an end
/// that its issuer lets be left out though it should not, and a decoy.
fn certificate() -> VerifiableCredential {
    let mark = disclosure(Some("mark"), json!("73 of 100"));
    let course = disclosure(Some("course"), json!({ "title": "Water Sampling", "_sd": [digest(&mark)] }));
    let name = disclosure(Some("family_name"), json!("Tremblay"));
    let language = disclosure(None, json!("kw"));
    let jti = disclosure(Some("jti"), json!("urn:x:1"));
    let claims = json!({
        "vct": "https://credentials.example/course", "iss": ISSUER.did(), "iat": 1_770_000_000, "sub": LEARNER.did(),
        "languages": ["fr", { "...": digest(&language) }, { "...": digest("another decoy") }],
        "_sd": [digest(&name), digest("a decoy"), digest(&course), digest(&jti)], "_sd_alg": "sha-256"
    });
    let header = json!({ "alg": "EdDSA", "typ": "dc+sd-jwt", "kid": ISSUER.method() });
    sd_jwt(&header, &claims, &[&jti, &mark, &course, &language, &name])
}

#[test]
fn each_disclosure_is_offered_by_its_place() {
    let offered = disclosable(&certificate());
    assert_eq!(offered.by, DisclosedBy::SdJwt);
    let told: Vec<String> = offered
        .claims
        .iter()
        .map(|claim| format!("{} {} = {}", claim.key, claim.path.join("."), claim.value))
        .collect();
    assert_eq!(
        told,
        [
            "/course course = Water Sampling, 73 of 100",
            "/course/mark course.mark = 73 of 100",
            "/family_name family_name = Tremblay",
            "/languages/1 languages = kw",
        ]
    );
}

#[test]
fn what_is_left_of_disclosures_verifies_and_the_rest_is_gone() {
    let whole = certificate();
    check_shown(&whole, &["/family_name"], &["Tremblay"], &["Water", "73 of", "kw", "urn:x:1"]);
    check_shown(&whole, &["/course/mark"], &["73 of"], &["Water", "Tremblay"]);
    // What stands in something goes with it, and keeps it when it is kept.
    check_shown(&whole, &["/course"], &["Water", "73 of"], &["kw", "Tremblay"]);
    check_shown(&whole, &["/languages"], &["\"kw\""], &["fr"]);
    check_shown(&whole, &["/course", "/family_name", "/languages/1"], &["Water", "Tremblay"], &["urn:x:1"]);
    assert_eq!(to_present(&whole, &[]).unwrap(), whole.bytes());
    for pointer in ["/jti", "/iss", "/languages/0", "/nothing"] {
        let error = WithholdError::NotOffered { pointer: pointer.to_owned() };
        assert_eq!(to_present(&whole, &[pointer]), Err(error), "{pointer}");
    }
}

#[test]
fn a_w3c_badge_in_an_sd_jwt_stays_one() {
    let name = disclosure(Some("name"), json!("Zoé Tremblay"));
    let achievement = disclosure(Some("achievement"), badge("x")["credentialSubject"]["achievement"].clone());
    let mut claims = badge(&ISSUER.did());
    claims["credentialSubject"].as_object_mut().unwrap().remove("achievement");
    claims["credentialSubject"]["_sd"] = json!([digest(&name), digest(&achievement)]);
    let header = json!({ "alg": "EdDSA", "typ": "vc+sd-jwt", "kid": ISSUER.method() });
    let whole = sd_jwt(&header, &claims, &[&name, &achievement]);
    assert_eq!(keys(&whole), ["/credentialSubject/name"]);
    check_shown(&whole, &["/credentialSubject"], &["Tremblay"], &["Joins metal safely."]);
}

#[test]
fn a_holders_own_signature_goes_with_what_is_left_out() {
    let whole = String::from_utf8(certificate().bytes().to_vec()).unwrap();
    let claims = json!({ "aud": "https://shop.example", "nonce": "n", "iat": 1_770_000_001, "sd_hash": "x" });
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let input = format!("{}.{}", encode(&json!({ "alg": "EdDSA", "typ": "kb+jwt" })), encode(&claims));
    let binding = format!("{input}.{}", URL_SAFE_NO_PAD.encode(LEARNER.key().sign(input.as_bytes()).to_bytes()));
    let bound = VerifiableCredential::from_bytes(format!("{whole}{binding}").into_bytes()).unwrap();
    assert_eq!(to_present(&bound, &[]).unwrap(), bound.bytes());
    let shown = check_shown(&bound, &["/family_name"], &["Tremblay", "shop.example"], &["Water"]);
    assert!(shown.ends_with('~'), "{shown}");
}

#[test]
fn a_token_that_must_be_refused_offers_nothing() {
    let stray = disclosure(Some("note"), json!("nobody signed this"));
    let text = format!("{}{stray}~", String::from_utf8(certificate().bytes().to_vec()).unwrap());
    let flawed = VerifiableCredential::from_bytes(text.into_bytes()).unwrap();
    assert_eq!(disclosable(&flawed).by, DisclosedBy::None);
    assert_eq!(show_without(&flawed, &["/family_name"]), Err(WithholdError::NotDisclosable));
}

#[test]
fn a_long_value_is_shortened_and_a_picture_is_not_spelled_out() {
    let long = disclosure(Some("about"), json!("é".repeat(5_000)));
    let picture = disclosure(Some("portrait"), json!(format!("data:image/png;base64,{}", "A".repeat(5_000))));
    let claims = json!({
        "vct": "https://credentials.example/x", "iss": ISSUER.did(), "_sd": [digest(&long), digest(&picture)]
    });
    let header = json!({ "alg": "EdDSA", "typ": "dc+sd-jwt", "kid": ISSUER.method() });
    let offered = disclosable(&sd_jwt(&header, &claims, &[&long, &picture])).claims;
    assert_eq!(offered[0].value.chars().count(), 201);
    assert_eq!(offered[1].value, "image/png");
    assert!(!format!("{offered:?}").contains("image"));
}
