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
