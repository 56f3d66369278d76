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
