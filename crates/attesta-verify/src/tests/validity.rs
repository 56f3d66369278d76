use super::*;

fn dated(from: &str, until: &str) -> Value {
    let mut document = badge(&ISSUER.did());
    document["validFrom"] = json!(from);
    document["validUntil"] = json!(until);
    document
}

#[test]
fn the_period_decides() {
    let good = "2020-01-01T00:00:00Z";
    check(&signed(dated(good, "2026-06-15T12:00:00Z")), Verdict::Valid, "validity pass within_validity");
    check(&signed(dated(good, "2026-06-15T11:59:59Z")), Verdict::Expired, "validity fail expired");
    let future = signed(dated("2026-06-15T12:00:01Z", "2030-01-01T00:00:00Z"));
    check(&future, Verdict::NotYetValid, "validity fail not_yet_valid");
    let reversed = signed(dated("2026-06-15T12:00:00Z", "2020-01-01T00:00:00Z"));
    check(&reversed, Verdict::Invalid, "conformance fail period_reversed /validUntil");
    let malformed = signed(dated(good, "someday"));
    check(&malformed, Verdict::Invalid, "conformance fail malformed_member /validUntil");
}

#[test]
fn dates_of_a_forgery_are_not_asked_about() {
    let mut forged = signed(dated("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"));
    forged["validUntil"] = json!("2030-01-01T00:00:00Z");
    check(&forged, Verdict::Invalid, "validity skipped ProofFailed");
}

#[test]
fn the_learner_is_recognised_without_changing_the_verdict() {
    let known = |did: String| Policy {
        learner: crate::LearnerIdentities { dids: vec![did], emails: Vec::new() },
        ..Policy::default()
    };
    let own = report_with(&good(), &[], &known(LEARNER.did()));
    assert!(lines(&own).contains(&"recipient pass subject_is_wallet_key".to_owned()), "{:#?}", lines(&own));
    let other = report_with(&good(), &[], &known(ATTACKER.did()));
    let line = "recipient inconclusive recipient_not_matched /credentialSubject".to_owned();
    assert!(lines(&other).contains(&line), "{:#?}", lines(&other));
    assert_eq!((judge(&own), judge(&other)), (Verdict::Valid, Verdict::Valid));
}

#[test]
fn endorsements_get_reports_of_their_own() {
    let endorsement_of = |party: Party, subject: &str| {
        let document = json!({
            "@context": [V2, OB],
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": { "id": party.did(), "type": ["Profile"], "name": "Guild of Welders" },
            "validFrom": "2026-01-01T00:00:00Z",
            "name": "Endorsement",
            "credentialSubject": {
                "id": subject,
                "type": ["EndorsementSubject"],
                "endorsementComment": "We hire these people."
            }
        });
        secured(document, options(party, Cryptosuite::EddsaRdfc2022), party)
    };
    let endorsement = |party: Party| endorsement_of(party, "https://uni.example/achievements/welding");
    let carrying = |endorsements: Value| {
        let mut document = badge(&ISSUER.did());
        document["credentialSubject"]["achievement"]["endorsement"] = endorsements;
        signed(document)
    };
    let held = carrying(json!([endorsement(Party(3)), endorsement(Party(4))]));
    check(&held, Verdict::Valid, "endorsements pass endorsements_hold");
    let report = report_with(&held, &[], &Policy::default());
    let paths: Vec<&str> = report.nested.iter().map(|nested| nested.path.as_str()).collect();
    assert_eq!(paths, [0, 1].map(|nth| format!("/credentialSubject/achievement/endorsement/{nth}")));

    for at in ["", "/issuer"] {
        let mut document = badge(&ISSUER.did());
        document.pointer_mut(at).unwrap()["endorsement"] = json!([endorsement(Party(3))]);
        check(&signed(document), Verdict::Valid, "endorsements pass endorsements_hold");
    }
    let of_another = endorsement_of(Party(3), "https://other.example/badges/77");
    check(&carrying(json!([of_another])), Verdict::Valid, "endorsements fail endorsements_do_not_hold");
    let mut of_another_type = endorsement(Party(3));
    of_another_type["type"] = json!(["VerifiableCredential"]);
    of_another_type.as_object_mut().unwrap().remove("proof");
    let of_another_type = secured(of_another_type, options(Party(3), Cryptosuite::EddsaRdfc2022), Party(3));
    check(&carrying(json!(of_another_type)), Verdict::Valid, "endorsements fail endorsements_do_not_hold");

    let mut forged = endorsement(Party(3));
    forged["credentialSubject"]["endorsementComment"] = json!("We hire none of them.");
    check(&carrying(json!([forged])), Verdict::Valid, "endorsements fail endorsements_do_not_hold");
}
