//! Is it about the learner? The answer never changes the verdict.

use serde_json::{Value, json};

use crate::case::Case;
use crate::document::{EMAIL, edited, identity_hash, open_badge, vc2, without};
use crate::party::{institute, learner, stranger};
use crate::signing::secured;

fn badge() -> Value {
    secured(open_badge(&institute()), &institute())
}

/// A badge that names its learner by an address alone, hashed as written in `address`.
fn by_address(address: &str) -> Value {
    let badge = edited(open_badge(&institute()), |badge| {
        let subject = badge["credentialSubject"].take();
        badge["credentialSubject"] = edited(without(subject, "id"), |subject| {
            subject["identifier"][0]["identityHash"] = json!(identity_hash(address));
        });
    });
    secured(badge, &institute())
}

fn recipient(case: Case, outcome: &str) -> Case {
    case.expect("valid", &[("recipient", outcome)])
}

pub(super) fn cases() -> Vec<Case> {
    let learner_did = learner().id;
    let stranger_did = stranger().id;
    vec![
        recipient(
            Case::json("recipient_wallet_key", "Its subject is the wallet's own DID.", &badge())
                .for_learner(&[&learner_did], &[]),
            "pass subject_is_wallet_key",
        ),
        recipient(
            Case::json("recipient_hashed_address", "It carries the hash of the learner's address.", &by_address(EMAIL))
                .for_learner(&[], &["somebody@example.org", EMAIL]),
            "pass identifier_matches",
        ),
        recipient(
            Case::json(
                "recipient_address_in_other_case",
                "The learner writes the address with capitals.",
                &by_address(EMAIL),
            )
            .for_learner(&[], &["Amelie.Tremblay@Example.CA"]),
            "pass identifier_matches",
        ),
        recipient(
            Case::json("recipient_hash_in_capitals", "The issuer wrote the hash in capital letters.", &{
                let hash = identity_hash(EMAIL);
                let (kind, digits) = hash.split_once('$').expect("the hash names its kind");
                let spelled = format!("{kind}${}", digits.to_uppercase());
                let badge = edited(open_badge(&institute()), |badge| {
                    badge["credentialSubject"]["identifier"][0]["identityHash"] = json!(spelled);
                });
                secured(badge, &institute())
            })
            .for_learner(&[], &[EMAIL]),
            "pass identifier_matches",
        ),
        recipient(
            Case::json("recipient_plain_address", "It carries the learner's address in plain text.", &{
                let badge = edited(open_badge(&institute()), |badge| {
                    badge["credentialSubject"]["identifier"] = json!([{
                        "type": "IdentityObject",
                        "hashed": false,
                        "identityType": "emailAddress",
                        "identityHash": EMAIL,
                    }]);
                });
                secured(badge, &institute())
            })
            .for_learner(&[], &[EMAIL]),
            "pass identifier_matches",
        ),
        recipient(
            Case::json(
                "recipient_somebody_else",
                "It is about somebody whose address the learner did not list.",
                &badge(),
            )
            .for_learner(&[&stranger_did], &["someone.else@example.org"]),
            "inconclusive recipient_not_matched",
        ),
        recipient(
            Case::json("recipient_one_of_two", "The achievement is another learner's; this one is its tutor.", &{
                let badge = edited(open_badge(&institute()), |badge| {
                    let other =
                        edited(badge["credentialSubject"].take(), |subject| subject["id"] = json!(stranger_did));
                    let own = edited(other.clone(), |subject| {
                        subject["id"] = json!(learner_did);
                        subject["role"] = json!("Tutor");
                        subject["achievement"] = json!({
                            "id": "https://institute.example/achievements/tutor",
                            "type": ["Achievement"],
                            "name": "Tutor",
                            "description": "Helps others.",
                            "criteria": { "narrative": "One term." },
                        });
                        *subject = without(without(subject.take(), "result"), "identifier");
                    });
                    badge["credentialSubject"] = json!([own, other]);
                });
                secured(badge, &institute())
            })
            .for_learner(&[&learner_did], &["someone.else@example.org"]),
            "inconclusive recipient_not_matched",
        ),
        recipient(
            Case::json("recipient_not_named", "It does not say whom it is about.", &{
                let bearer = edited(vc2(&institute()), |credential| {
                    credential["credentialSubject"] = json!({ "name": "Amélie Tremblay" });
                });
                secured(bearer, &institute())
            })
            .for_learner(&[&learner_did], &[EMAIL]),
            "absent",
        ),
    ]
}
