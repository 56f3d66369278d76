use attesta_credential::VerifiablePresentation;

use super::*;
use crate::{PresentationTurn, verify_presentation};

fn bundle() -> Value {
    json!({
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "holder": LEARNER.did(),
        "name": "For the welding shop",
        "verifiableCredential": [good()]
    })
}

fn presented(document: Value, suite: Cryptosuite, purpose: &str) -> Value {
    let mut with = options(LEARNER, suite);
    with["proofPurpose"] = json!(purpose);
    secured(document, with, LEARNER)
}

#[track_caller]
fn check_bundle(document: &Value, verdict: Verdict, line: &str) {
    let presentation = VerifiablePresentation::from_json(document.to_string().into_bytes()).unwrap();
    match verify_presentation(&presentation, &Resources::new(), &Policy::default(), now()) {
        PresentationTurn::Done(report) => {
            let lines = lines(&report);
            assert_eq!(judge(&report), verdict, "{lines:#?}");
            assert!(lines.iter().any(|one| one == line), "no {line:?} in {lines:#?}");
        }
        PresentationTurn::Need(requests) => panic!("{requests:?}"),
    }
}

#[test]
fn the_holders_proof_holds_under_each_suite_and_purpose() {
    for suite in [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022] {
        for purpose in ["authentication", "assertionMethod"] {
            check_bundle(&presented(bundle(), suite, purpose), Verdict::Valid, "issuer pass issuer_is_key");
        }
    }
}

#[test]
fn a_change_to_the_bundle_is_noticed() {
    for suite in [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022] {
        let mut renamed = presented(bundle(), suite, "authentication");
        renamed["name"] = json!("For somebody else");
        check_bundle(&renamed, Verdict::Invalid, "proof fail signature_mismatch /proof");
        let mut emptied = presented(bundle(), suite, "authentication");
        emptied["verifiableCredential"][0]["name"] = json!("Surgery");
        check_bundle(&emptied, Verdict::Invalid, "proof fail signature_mismatch /proof");
    }
}

#[test]
fn nobody_can_present_as_another_holder() {
    let mut document = bundle();
    document["holder"] = json!(ATTACKER.did());
    let stolen = presented(document, Cryptosuite::EddsaJcs2022, "authentication");
    check_bundle(&stolen, Verdict::Invalid, "issuer fail key_of_another");
    let mut nobody = bundle();
    nobody.as_object_mut().unwrap().remove("holder");
    let nobody = presented(nobody, Cryptosuite::EddsaJcs2022, "authentication");
    check_bundle(&nobody, Verdict::Unverifiable, "issuer inconclusive signer_not_tied_to_issuer");
}

#[test]
fn a_bundle_can_expire_and_may_be_unsigned() {
    let mut with = options(LEARNER, Cryptosuite::EddsaJcs2022);
    with["expires"] = json!("2026-06-01T00:00:00Z");
    let expired = secured(bundle(), with, LEARNER);
    check_bundle(&expired, Verdict::Expired, "proof fail proof_expired /proof/expires");
    check_bundle(&bundle(), Verdict::Unverifiable, "proof inconclusive no_proof");
}

/// A token over the claims, signed by `party` with EdDSA.
fn token(header: Value, claims: Value, party: Party) -> String {
    use base64::Engine;
    let encode = |bytes: &[u8]| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    let input = format!("{}.{}", encode(header.to_string().as_bytes()), encode(claims.to_string().as_bytes()));
    format!("{input}.{}", encode(&party.key().sign(input.as_bytes()).to_bytes()))
}

#[track_caller]
fn check_token(token: String, verdict: Verdict, line: &str) -> VerificationReport {
    let presentation = VerifiablePresentation::from_bytes(token.into_bytes()).unwrap();
    match verify_presentation(&presentation, &Resources::new(), &Policy::default(), now()) {
        PresentationTurn::Done(report) => {
            let lines = lines(&report);
            assert_eq!(judge(&report), verdict, "{lines:#?}");
            assert!(lines.iter().any(|one| one == line), "no {line:?} in {lines:#?}");
            *report
        }
        PresentationTurn::Need(requests) => panic!("{requests:?}"),
    }
}

fn by(party: Party) -> Value {
    json!({ "alg": "EdDSA", "typ": "vp+jwt", "kid": party.method() })
}

#[test]
fn a_presentation_in_a_token_tells_its_holder_and_for_whom_it_was_made() {
    let mut claims = bundle();
    claims["aud"] = json!("https://shop.example");
    claims["nonce"] = json!("n-17");
    let report = check_token(token(by(LEARNER), claims, LEARNER), Verdict::Valid, "issuer pass issuer_is_key");
    let Some(Outcome::Pass(fact)) = report.outcomes(|kind| kind.name() == "proof").next() else { panic!("{report:?}") };
    assert_eq!(fact.params["suite"], "EdDSA (vp+jwt)");
    assert_eq!((fact.params["audience"].as_str(), fact.params["nonce"].as_str()), ("https://shop.example", "n-17"));
}

#[test]
fn a_presentation_in_the_vp_claim_is_its_issuers() {
    let mut wrapped = bundle();
    wrapped.as_object_mut().unwrap().remove("holder");
    let claims = json!({ "iss": LEARNER.did(), "vp": wrapped, "exp": 1_900_000_000 });
    let header = json!({ "alg": "EdDSA", "kid": LEARNER.method() });
    check_token(token(header.clone(), claims.clone(), LEARNER), Verdict::Valid, "issuer pass issuer_is_key");
    let mut over = claims;
    over["exp"] = json!(1_700_000_000);
    check_token(token(header, over, LEARNER), Verdict::Expired, "proof fail proof_expired");
}

#[test]
fn a_token_does_not_present_for_another() {
    let stolen = token(by(ATTACKER), bundle(), ATTACKER);
    check_token(stolen, Verdict::Invalid, "issuer fail key_of_another");
    let mut claims = bundle();
    claims["iss"] = json!(ATTACKER.did());
    check_token(token(by(LEARNER), claims, LEARNER), Verdict::Invalid, "proof fail claim_mismatch /holder");
    let mut header = by(LEARNER);
    header["typ"] = json!("kb+jwt");
    check_token(token(header, bundle(), LEARNER), Verdict::Unverifiable, "proof inconclusive unsupported_token_type");
    let altered = token(by(LEARNER), bundle(), ATTACKER);
    check_token(altered, Verdict::Invalid, "proof fail signature_mismatch");
}

/// What stands in a presentation of ours, with the digest over `texts`.
fn noted(texts: &[&str]) -> Value {
    let mut document = bundle();
    let object = document.as_object_mut().unwrap();
    object.insert("verifiableCredential".to_owned(), json!([good(), second()]));
    object.insert("attesta:audience".to_owned(), json!("Atelier Nord"));
    object.insert("attesta:hidden".to_owned(), json!(["skills", "picture"]));
    object.insert(
        "attesta:notes".to_owned(),
        json!([{"attesta:place": 1, "attesta:text": "_:first"}, {"attesta:place": 3, "attesta:text": "third"}]),
    );
    object.insert("attesta:beside".to_owned(), json!([{"attesta:place": 2, "attesta:text": texts[1]}]));
    let digest = attesta_credential::contents_digest(texts.iter().map(|text| text.as_bytes()));
    object.insert("attesta:contents".to_owned(), json!(digest));
    document
}

fn second() -> Value {
    let mut other = good();
    other["id"] = json!("urn:uuid:5d0d6a54-6c3a-4a2c-9a55-0b9f5b3a1f11");
    other
}

/// A presentation of three entries, with the digest that fits it.
fn three() -> Value {
    let (first, last) = (good().to_string(), second().to_string());
    noted(&[&first, ASSERTION, &last])
}

const ASSERTION: &str =
    r#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://b.example/1"}"#;

#[test]
fn what_a_presentation_says_beside_the_credentials_is_signed() {
    for suite in [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022] {
        check_bundle(&presented(three(), suite, "authentication"), Verdict::Valid, "conformance pass conforms");
        let changes: [fn(&mut Value); 9] = [
            |bundle| bundle["attesta:audience"] = json!("Atelier Sud"),
            |bundle| bundle["attesta:hidden"] = json!(["skills"]),
            |bundle| bundle["attesta:notes"][0]["attesta:text"] = json!("best"),
            |bundle| bundle["attesta:notes"][0]["attesta:place"] = json!(2),
            |bundle| bundle["attesta:beside"][0]["attesta:place"] = json!(3),
            |bundle| bundle["attesta:beside"][0]["attesta:text"] = json!(ASSERTION.replace("/1", "/2")),
            |bundle| drop(bundle.as_object_mut().unwrap().remove("attesta:notes")),
            |bundle| drop(bundle.as_object_mut().unwrap().remove("attesta:beside")),
            |bundle| drop(bundle.as_object_mut().unwrap().remove("attesta:contents")),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let mut changed = presented(three(), suite, "authentication");
            change(&mut changed);
            let presentation = VerifiablePresentation::from_json(changed.to_string().into_bytes()).unwrap();
            let turn = verify_presentation(&presentation, &Resources::new(), &Policy::default(), now());
            let PresentationTurn::Done(report) = turn else { panic!("a did:key needs nothing") };
            assert_eq!(judge(&report), Verdict::Invalid, "change {number} under {suite:?}");
        }
    }
}

#[test]
fn other_entries_than_the_digest_covers_are_invalid_though_the_signature_holds() {
    let line = "conformance fail contents_differ /attesta:contents";
    let swap = |bundle: &mut Value| bundle["verifiableCredential"].as_array_mut().unwrap().swap(0, 1);
    // A graph has no order.
    let mut moved = presented(three(), Cryptosuite::EddsaRdfc2022, "authentication");
    swap(&mut moved);
    check_bundle(&moved, Verdict::Invalid, line);
    check_bundle(&moved, Verdict::Invalid, "proof pass signature_holds");
    // Nor does it know how its parts were written.
    let text = presented(three(), Cryptosuite::EddsaJcs2022, "authentication").to_string();
    let spaced = text.replace(r#""credentialSubject":{"#, r#""credentialSubject" : {"#);
    assert_ne!(text, spaced);
    let presentation = VerifiablePresentation::from_json(spaced.into_bytes()).unwrap();
    let turn = verify_presentation(&presentation, &Resources::new(), &Policy::default(), now());
    let PresentationTurn::Done(report) = turn else { panic!("a did:key needs nothing") };
    assert!(lines(&report).iter().any(|one| one == line), "{:#?}", lines(&report));
    // Whoever signs a digest that does not fit has put nothing together.
    let mut other = three();
    swap(&mut other);
    check_bundle(&presented(other, Cryptosuite::EddsaJcs2022, "authentication"), Verdict::Invalid, line);
    // What is shown to be wrong is the digest that does not fit.
    let mut hosted = three();
    let digest = hosted.as_object_mut().unwrap().remove("attesta:contents").unwrap();
    swap(&mut hosted);
    hosted["attesta:canonicalContents"] = digest;
    let line = "conformance fail contents_differ /attesta:canonicalContents";
    check_bundle(&presented(hosted, Cryptosuite::EddsaJcs2022, "authentication"), Verdict::Invalid, line);
}

#[test]
fn a_place_that_can_not_be_is_refused_whoever_signed_it() {
    let mut twice = three();
    twice["attesta:notes"][1]["attesta:place"] = json!(1);
    let twice = presented(twice, Cryptosuite::EddsaRdfc2022, "authentication");
    let line = "conformance fail malformed_member /attesta:notes/1/attesta:place";
    check_bundle(&twice, Verdict::Invalid, line);
    let mut more = three();
    more["attesta:beside"][0]["validUntil"] = json!("2020-01-01T00:00:00Z");
    let more = presented(more, Cryptosuite::EddsaJcs2022, "authentication");
    check_bundle(&more, Verdict::Invalid, "conformance fail malformed_member /attesta:beside/0");
}
