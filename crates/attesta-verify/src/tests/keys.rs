//! Keys that a web site lists.

use super::*;
use crate::{LoopbackAccess, ResourceKind};

const METHOD: &str = "https://uni.example/issuers/1#key-1";

/// The document at [`UNI`] that lists the issuer's key.
fn listing() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/cid/v1"],
        "id": UNI,
        "verificationMethod": [{
            "id": METHOD, "type": "Multikey", "controller": UNI, "publicKeyMultibase": ISSUER.multikey()
        }],
        "assertionMethod": [METHOD]
    })
}

/// Issued under [`UNI`] with the key at `method`.
fn issued(method: &str, party: Party) -> Value {
    let mut with = options(party, Cryptosuite::EddsaRdfc2022);
    with["verificationMethod"] = json!(method);
    secured(badge(UNI), with, party)
}

#[track_caller]
fn check_document(change: impl Fn(&mut Value), verdict: Verdict, line: &str) {
    let mut document = listing();
    change(&mut document);
    check_with(&issued(METHOD, ISSUER), &[(UNI, fresh(&document))], verdict, line);
}

#[test]
fn the_issuers_own_site_is_asked_and_believed() {
    let credential = read(&issued(METHOD, ISSUER));
    let Turn::Need(requests) = verify(&credential, &Resources::new(), &Policy::default(), now()) else { panic!() };
    assert_eq!(requests.len(), 1);
    assert_eq!((requests[0].url.as_str(), requests[0].kind), (UNI, ResourceKind::ControlledIdentifierDocument));
    check_document(|_| {}, Verdict::Valid, "issuer pass issuer_lists_key");
    let report = report_with(&issued(METHOD, ISSUER), &[(UNI, fresh(&listing()))], &Policy::default());
    let Outcome::Pass(fact) = &report.checks[2].outcome else { panic!() };
    assert_eq!((fact.params["host"].as_str(), fact.params["as_of"].as_str()), ("uni.example", "2026-06-15T11:00:00Z"));
    assert_eq!(report.resources[0].url, UNI);
}

#[test]
fn a_did_web_is_asked_at_its_document() {
    let did = "did:web:uni.example:issuers:1";
    let url = "https://uni.example/issuers/1/did.json";
    let mut with = options(ISSUER, Cryptosuite::EddsaRdfc2022);
    with["verificationMethod"] = json!(format!("{did}#key-1"));
    let credential = secured(badge(did), with, ISSUER);
    let document: Value = serde_json::from_str(&listing().to_string().replace(UNI, did)).unwrap();
    check_with(&credential, &[(url, fresh(&document))], Verdict::Valid, "issuer pass issuer_lists_key");
}

#[test]
fn a_key_in_the_fragment_is_not_believed_unless_the_site_lists_it() {
    let method = format!("{UNI}#{}", ATTACKER.multikey());
    let forged = issued(&method, ATTACKER);
    let line = "proof fail key_not_listed /proof/verificationMethod";
    check_with(&forged, &[(UNI, fresh(&listing()))], Verdict::Invalid, line);
    let line = "proof inconclusive key_unreachable /proof/verificationMethod";
    check(&forged, Verdict::Unverifiable, line);
    let on_key = format!("{}#{}", ISSUER.did(), ATTACKER.multikey());
    let mut with = options(ATTACKER, Cryptosuite::EddsaRdfc2022);
    with["verificationMethod"] = json!(on_key);
    let forged = secured(badge(&ISSUER.did()), with, ATTACKER);
    check(&forged, Verdict::Invalid, "proof fail key_not_listed /proof/verificationMethod");
}

#[test]
fn a_bare_did_key_is_malformed() {
    let mut with = options(ISSUER, Cryptosuite::EddsaRdfc2022);
    with["verificationMethod"] = json!(ISSUER.did());
    let credential = secured(badge(&ISSUER.did()), with, ISSUER);
    let line = "proof fail malformed_verification_method /proof/verificationMethod";
    check(&credential, Verdict::Invalid, line);
}

#[test]
fn a_document_that_does_not_allow_the_key_is_decisive() {
    let at = "/proof/verificationMethod";
    let other = json!("https://evil.example/1");
    check_document(
        |document| document["id"] = other.clone(),
        Verdict::Invalid,
        &format!("proof fail key_document_mismatch {at}"),
    );
    check_document(
        |document| document["verificationMethod"][0]["controller"] = other.clone(),
        Verdict::Invalid,
        &format!("proof fail key_controller_mismatch {at}"),
    );
    check_document(
        |document| document["authentication"] = document["assertionMethod"].take(),
        Verdict::Invalid,
        &format!("proof fail key_not_for_this_purpose {at}"),
    );
    check_document(
        |document| document["verificationMethod"] = json!([]),
        Verdict::Invalid,
        &format!("proof fail key_not_listed {at}"),
    );
    check_document(
        |document| document["verificationMethod"][0]["publicKeyMultibase"] = json!(ATTACKER.multikey()),
        Verdict::Invalid,
        "proof fail signature_mismatch /proof",
    );
}

#[test]
fn a_document_that_can_not_be_had_or_read_leaves_it_open() {
    let at = "/proof/verificationMethod";
    let credential = issued(METHOD, ISSUER);
    let answers = [(UNI, Answer::Failed(failure(FetchFailureKind::Status(503))))];
    let line = format!("proof inconclusive key_unreachable {at}");
    check_with(&credential, &answers, Verdict::Unverifiable, &line);
    let report = report_with(&credential, &answers, &Policy::default());
    let Outcome::Inconclusive(problem) = &report.checks[1].outcome else { panic!() };
    assert_eq!((problem.params["failure"].as_str(), problem.params["status"].as_str()), ("status", "503"));

    let line = format!("proof inconclusive malformed_key_document {at}");
    check_with(&credential, &[(UNI, fresh(&json!("<html>")))], Verdict::Unverifiable, &line);
    check_document(
        |document| document["verificationMethod"][0]["type"] = json!("RsaVerificationKey2018"),
        Verdict::Unverifiable,
        &format!("proof inconclusive unsupported_key_type {at}"),
    );
}

#[test]
fn an_earlier_copy_proves_what_it_lists_and_nothing_by_what_it_lacks() {
    let credential = issued(METHOD, ISSUER);
    let stale = |document: &Value| Answer::Stale {
        resource: resource(document),
        failure: failure(FetchFailureKind::Unreachable),
    };
    check_with(&credential, &[(UNI, stale(&listing()))], Verdict::Valid, "issuer pass issuer_lists_key");
    let mut before = listing();
    before["verificationMethod"] = json!([]);
    let line = "proof inconclusive key_not_listed /proof/verificationMethod";
    check_with(&credential, &[(UNI, stale(&before))], Verdict::Unverifiable, line);
    check_with(&credential, &[(UNI, Answer::Cached(resource(&before)))], Verdict::Unverifiable, line);
}

#[test]
fn a_withdrawn_document_and_a_very_old_copy_prove_nothing() {
    let credential = issued(METHOD, ISSUER);
    let kept = |fetched_at: &str| Resource { fetched_at: time(fetched_at), ..resource(&listing()) };
    let stale = |at: &str, kind| Answer::Stale { resource: kept(at), failure: failure(kind) };
    let (recent, oldest, older) = ("2026-06-15T11:00:00Z", "2026-05-16T12:00:00Z", "2026-05-16T11:59:59Z");
    let holds = "proof pass signature_holds";
    let open = "proof inconclusive key_unreachable /proof/verificationMethod";
    for (answer, verdict, line) in [
        (stale(recent, FetchFailureKind::Status(503)), Verdict::Valid, holds),
        (stale(recent, FetchFailureKind::Status(404)), Verdict::Unverifiable, open),
        (stale(recent, FetchFailureKind::Status(410)), Verdict::Unverifiable, open),
        (stale(oldest, FetchFailureKind::TimedOut), Verdict::Valid, holds),
        (stale(older, FetchFailureKind::TimedOut), Verdict::Unverifiable, open),
        (Answer::Cached(kept(oldest)), Verdict::Valid, holds),
        (Answer::Cached(kept(older)), Verdict::Unverifiable, open),
    ] {
        check_with(&credential, &[(UNI, answer)], verdict, line);
    }
}

#[test]
fn a_key_that_is_no_longer_in_use_proves_nothing_new() {
    let at = "/proof/verificationMethod";
    let revoked =
        |when: &'static str| move |document: &mut Value| document["verificationMethod"][0]["revoked"] = json!(when);
    check_document(revoked("2027-01-01T00:00:00Z"), Verdict::Valid, "proof pass signature_holds");
    let before = format!("proof inconclusive key_no_longer_valid {at}");
    check_document(revoked("2026-06-01T00:00:00Z"), Verdict::Unverifiable, &before);
    let after = format!("proof fail key_no_longer_valid {at}");
    check_document(revoked("2026-01-01T00:00:00Z"), Verdict::Invalid, &after);
}

#[test]
fn a_key_of_another_page_is_a_forgery() {
    let mut credential = badge("https://uni.example/issuers/2");
    let mut with = options(ISSUER, Cryptosuite::EddsaRdfc2022);
    with["verificationMethod"] = json!(METHOD);
    credential = secured(credential, with, ISSUER);
    check_with(&credential, &[(UNI, fresh(&listing()))], Verdict::Invalid, "issuer fail key_of_another");
}

#[test]
fn this_machine_is_asked_only_where_allowed() {
    let did = "did:web:127.0.0.1%3A4000";
    let url = "http://127.0.0.1:4000/.well-known/did.json";
    let mut with = options(ISSUER, Cryptosuite::EddsaRdfc2022);
    with["verificationMethod"] = json!(format!("{did}#key-1"));
    let credential = secured(badge(did), with, ISSUER);
    let document: Value = serde_json::from_str(&listing().to_string().replace(UNI, did)).unwrap();
    let policy = Policy { loopback: LoopbackAccess::Allowed, ..Policy::default() };
    let report = report_with(&credential, &[(url, fresh(&document))], &policy);
    assert_eq!(judge(&report), Verdict::Valid, "{:#?}", lines(&report));
    check(&credential, Verdict::Unverifiable, "proof inconclusive unsupported_did_method /proof/verificationMethod");
}
