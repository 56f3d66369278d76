//! Is it exactly what was signed?

use serde_json::{Value, json};

use crate::case::Case;
use crate::document::{edited, open_badge, without};
use crate::party::{institute, stranger};
use crate::signing::secured;

const ALTERED: &[(&str, &str)] =
    &[("conformance", "pass conforms"), ("proof", "fail signature_mismatch"), ("issuer", "skipped proof_failed")];

fn good() -> Value {
    secured(open_badge(&institute()), &institute())
}

/// The good badge, changed after it was signed.
fn altered(name: &str, story: &str, change: impl FnOnce(&mut Value)) -> Case {
    Case::json(name, story, &edited(good(), change)).expect("invalid", ALTERED)
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case::json(
            "integrity_good",
            "An institute signed a badge with its did:key; nothing is wrong with it.",
            &good(),
        )
        .expect(
            "valid",
            &[
                ("conformance", "pass conforms"),
                ("proof", "pass signature_holds"),
                ("issuer", "pass issuer_is_key"),
                ("validity", "pass within_validity"),
                ("status", "absent"),
                ("recipient", "skipped no_identities_known"),
                ("endorsements", "absent"),
                ("recognition", "skipped no_registry_asked"),
            ],
        ),
        altered("integrity_altered_title", "Somebody gave the badge a better title.", |badge| {
            badge["credentialSubject"]["achievement"]["name"] = json!("Master of Water Sampling");
        }),
        altered("integrity_altered_result", "Somebody turned a B into an A.", |badge| {
            badge["credentialSubject"]["result"][0]["value"] = json!("A");
        }),
        altered("integrity_altered_number", "Somebody raised the credits.", |badge| {
            badge["credentialSubject"]["achievement"]["creditsAvailable"] = json!(15);
        }),
        altered("integrity_altered_end", "Somebody put the end ten years later.", |badge| {
            badge["validUntil"] = json!("2038-02-01T00:00:00Z");
        }),
        altered("integrity_altered_start", "Somebody put the beginning three years earlier.", |badge| {
            badge["validFrom"] = json!("2023-02-01T00:00:00Z");
        }),
        altered("integrity_altered_issuer_name", "Somebody gave the issuer the name of a university.", |badge| {
            badge["issuer"]["name"] = json!("University of the North");
        }),
        altered("integrity_altered_issuer_id", "Somebody put another issuer's identifier in.", |badge| {
            badge["issuer"]["id"] = json!(stranger().id);
        }),
        altered("integrity_altered_criteria", "Somebody changed one word deep in the criteria.", |badge| {
            badge["credentialSubject"]["achievement"]["criteria"]["narrative"] =
                json!("Complete **sixty** field sessions.");
        }),
        altered("integrity_altered_letter_case", "Somebody changed one letter's case.", |badge| {
            badge["credentialSubject"]["achievement"]["name"] = json!("Water sampling");
        }),
        altered("integrity_swapped_subject", "Somebody put their own identifier in the subject.", |badge| {
            badge["credentialSubject"]["id"] = json!(stranger().id);
        }),
        altered("integrity_second_subject", "Somebody added a second subject.", |badge| {
            let subject = badge["credentialSubject"].take();
            let mut other = subject.clone();
            other["id"] = json!(stranger().id);
            badge["credentialSubject"] = json!([subject, other]);
        }),
        altered(
            "integrity_reordered_list",
            "Somebody turned the grading scale around; its order is signed.",
            |badge| {
                let scale = &mut badge["credentialSubject"]["achievement"]["resultDescription"][0]["allowedValue"];
                scale.as_array_mut().expect("the badge has a scale").reverse();
            },
        ),
        altered("integrity_removed_member", "Somebody took the evidence out.", |badge| {
            *badge = without(badge.take(), "evidence");
        }),
        altered("integrity_removed_end", "Somebody took the end out.", |badge| {
            *badge = without(badge.take(), "validUntil");
        }),
        altered("integrity_added_member", "Somebody added a description; the context defines the term.", |badge| {
            badge["description"] = json!("Awarded with the highest distinction.");
        }),
        altered("integrity_added_type", "Somebody added a type that the context defines.", |badge| {
            badge["credentialSubject"]["achievement"]["type"] = json!(["Achievement", "Profile"]);
        }),
        Case::json("integrity_swapped_proof", "The proof was cut out of another credential of the same issuer.", &{
            let other = edited(open_badge(&institute()), |other| {
                other["id"] = json!("urn:uuid:5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b99");
            });
            edited(good(), |badge| badge["proof"] = secured(other, &institute())["proof"].take())
        })
        .expect("invalid", ALTERED),
        Case::json("integrity_altered_signature", "One character of the signature was changed.", &{
            edited(good(), |badge| {
                let value = badge["proof"]["proofValue"].as_str().expect("a proof has a value").to_owned();
                let replaced = if value.as_bytes()[40] == b'x' { "y" } else { "x" };
                badge["proof"]["proofValue"] = json!(format!("{}{replaced}{}", &value[..40], &value[41..]));
            })
        })
        .expect("invalid", ALTERED),
        Case::json("integrity_altered_created", "Somebody changed when the proof says that it was made.", &{
            edited(good(), |badge| badge["proof"]["created"] = json!("2026-02-02T09:00:01Z"))
        })
        .expect("invalid", ALTERED),
        Case::json(
            "integrity_wrong_key",
            "A stranger signed and put the institute's key name on it.",
            &secured(open_badge(&institute()), &institute().with_key_of(&stranger())),
        )
        .expect("invalid", ALTERED),
        Case::text(
            "integrity_odd_spacing",
            "The file went through an editor that spreads lines and turns the order of members around.",
            respaced(&good()),
        )
        .expect("valid", &[("proof", "pass signature_holds"), ("issuer", "pass issuer_is_key")]),
        Case::text(
            "integrity_escaped_text",
            "The file came with letters written as \\u escapes, which mean the same.",
            String::from_utf8(crate::case::pretty(&good()))
                .expect("JSON text is UTF-8")
                .replace("Water Sampling", "W\\u0061ter\\u0020Sampling")
                .replace("\"evidence\"", "\"evid\\u0065nce\""),
        )
        .expect("valid", &[("proof", "pass signature_holds")]),
        Case::json(
            "integrity_single_for_array",
            "A list of one stands without its brackets, which means the same.",
            &{ edited(good(), |badge| badge["evidence"] = badge["evidence"][0].take()) },
        )
        .expect("valid", &[("proof", "pass signature_holds")]),
    ]
}

/// The same JSON with its members in the opposite order, tabs, and Windows line ends.
fn respaced(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|a, b| b.0.cmp(a.0));
            let members: Vec<String> = members
                .into_iter()
                .map(|(key, value)| format!("\r\n\t{} :\t{}", json!(key), respaced(value)))
                .collect();
            format!("{{{}\r\n}}", members.join(" ,"))
        }
        Value::Array(items) => {
            format!("[ {} ]", items.iter().map(respaced).collect::<Vec<_>>().join(" , "))
        }
        leaf => leaf.to_string(),
    }
}
