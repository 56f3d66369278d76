use attesta_credential::VerifiableCredential;
use attesta_verify::{Policy, Resources, Turn, Verdict, judge, verify};

use super::*;
use crate::key::HolderKey;

const VC2: &str = r#"{ "@context": ["https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
  "id": "urn:uuid:0c07c1ce-57cb-41af-bef2-1b932b986873",
  "type": ["VerifiableCredential", "OpenBadgeCredential"],
  "issuer": {"id": "ISSUER", "type": ["Profile"], "name": "Collège du Littoral"},
  "validFrom": "2026-01-01T00:00:00Z",
  "name": "Sécurité en laboratoire",
  "credentialSubject": {"id": "did:example:amelie", "type": ["AchievementSubject"], "achievement": {
    "id": "https://college.example/badges/securite", "type": ["Achievement"], "name": "Sécurité en laboratoire",
    "description": "Travaille au laboratoire sans danger.", "criteria": {"narrative": "Examen pratique."}}} }
"#;

const VC1: &str = r#"{"@context":["https://www.w3.org/2018/credentials/v1",
  "https://w3id.org/security/suites/ed25519-2020/v1"],"type":["VerifiableCredential"],"issuer":"ISSUER",
  "issuanceDate":"2024-01-01T00:00:00Z","credentialSubject":{"id":"did:example:amelie"}}"#;

fn key() -> HolderKey {
    HolderKey::from_seed(&[7; 32])
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn options(suite: Cryptosuite, method: &str) -> ProofOptions<'_> {
    ProofOptions {
        suite,
        verification_method: method,
        purpose: ProofPurpose::AssertionMethod,
        created: time("2026-02-03T04:05:06.789Z"),
        expires: None,
        challenge: None,
        domain: None,
    }
}

fn sign(template: &str, suite: Cryptosuite) -> Result<Vec<u8>, SignError> {
    let document = template.replace("ISSUER", &key().did());
    sign_document(document.as_bytes(), &options(suite, &key().verification_method()), key().signing_key())
}

#[track_caller]
fn check_verdict(signed: &[u8], expected: Verdict) {
    let credential = VerifiableCredential::from_json(signed.to_vec()).expect("a credential");
    let now = time("2026-06-01T00:00:00Z");
    let Turn::Done(report) = verify(&credential, &Resources::new(), &Policy::default(), now) else {
        panic!("a did:key needs no resource");
    };
    assert_eq!(judge(&report), expected, "{report:#?}");
}

#[test]
fn a_signed_document_verifies_in_every_suite() {
    check_verdict(&sign(VC2, Cryptosuite::EddsaRdfc2022).expect("it can be signed"), Verdict::Valid);
    check_verdict(&sign(VC2, Cryptosuite::EddsaJcs2022).expect("it can be signed"), Verdict::Valid);
    check_verdict(&sign(VC1, Cryptosuite::Ed25519Signature2020).expect("it can be signed"), Verdict::Valid);
}

#[test]
fn a_signed_document_altered_afterwards_is_invalid() {
    for (template, suite, from, to) in [
        (VC2, Cryptosuite::EddsaRdfc2022, "sans danger", "sans crainte"),
        (VC2, Cryptosuite::EddsaJcs2022, "sans danger", "sans crainte"),
        (VC1, Cryptosuite::Ed25519Signature2020, "did:example:amelie", "did:example:benoit"),
    ] {
        let signed = String::from_utf8(sign(template, suite).expect("it can be signed")).expect("JSON is UTF-8");
        assert!(signed.contains(from));
        check_verdict(signed.replace(from, to).as_bytes(), Verdict::Invalid);
    }
}

#[test]
fn a_proof_is_added_and_nothing_else_changes() {
    let signed = sign(VC2, Cryptosuite::EddsaRdfc2022).expect("it can be signed");
    let (signed, unsigned) = (String::from_utf8(signed).expect("JSON"), VC2.replace("ISSUER", &key().did()));
    let before = unsigned.trim_end().strip_suffix('}').expect("an object");
    let rest = signed.strip_prefix(before).expect("the bytes before the closing brace are kept");
    assert!(
        rest.starts_with(",\"proof\":{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"eddsa-rdfc-2022\""),
        "{rest}"
    );
    assert!(rest.contains("\"created\":\"2026-02-03T04:05:06Z\""), "{rest}");
    assert!(rest.ends_with("\"}}\n"), "{rest}");
}

#[test]
fn a_jcs_proof_carries_the_context_of_its_document() {
    let signed = sign(VC2, Cryptosuite::EddsaJcs2022).expect("it can be signed");
    let document = Document::parse(signed).expect("JSON");
    assert_eq!(document.root().at("/proof/@context"), document.root().get("@context"));
}

#[test]
fn every_option_is_written_and_signed() {
    let (key, did) = (key(), key().did());
    let document = VC2.replace("ISSUER", &did);
    let method = key.verification_method();
    let full = ProofOptions {
        expires: Some(time("2026-12-31T23:59:59Z")),
        challenge: Some("c-\"1\""),
        domain: Some("https://employer.example"),
        ..options(Cryptosuite::EddsaRdfc2022, &method)
    };
    let signed = sign_document(document.as_bytes(), &full, key.signing_key()).expect("it can be signed");
    check_verdict(&signed, Verdict::Valid);
    let text = String::from_utf8(signed).expect("JSON");
    for (from, to) in [
        ("2026-12-31T23:59:59Z", "2036-12-31T23:59:59Z"),
        ("c-\\\"1\\\"", "c-2"),
        ("https://employer.example", "https://other.example"),
    ] {
        assert!(text.contains(from), "{from} in {text}");
        check_verdict(text.replace(from, to).as_bytes(), Verdict::Invalid);
    }
}

#[track_caller]
fn check_refused(document: &str, fits: impl Fn(&SignError) -> bool) {
    let method = key().verification_method();
    let options = options(Cryptosuite::EddsaRdfc2022, &method);
    let error = sign_document(document.as_bytes(), &options, key().signing_key()).expect_err("it must be refused");
    assert!(fits(&error), "{error:?}");
}

#[test]
fn a_suite_that_is_only_read_signs_nothing() {
    for suite in [Cryptosuite::EcdsaRdfc2019, Cryptosuite::EcdsaSd2023, Cryptosuite::Ed25519Signature2018] {
        assert_eq!(sign(VC2, suite), Err(SignError::SuiteOnlyRead { suite }));
    }
}

#[test]
fn what_would_not_be_signed_whole_is_refused() {
    check_refused("{", |error| matches!(error, SignError::NotJson(_)));
    check_refused("{\"a\":1,\"a\":2}", |error| matches!(error, SignError::NotJson(_)));
    check_refused("[]", |error| *error == SignError::NotAnObject);
    check_refused("{\"proof\":null}", |error| *error == SignError::AlreadySigned);
    let undefined = VC2.replace("\"name\": \"Sécurité", "\"motto\": \"Sécurité");
    check_refused(&undefined, |error| matches!(error, SignError::Transform(_)));
}
