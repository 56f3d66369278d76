//! Does it have the form that its data model demands?

use serde_json::{Value, json};

use crate::case::Case;
use crate::document::{
    DATA_INTEGRITY, OPEN_BADGES, VC2, edited, open_badge, vc1, vc2, with_context, with_status, without,
};
use crate::party::institute;
use crate::signing::secured;

/// A badge that was signed as it is, and breaks a rule.
fn broken(name: &str, story: &str, problem: &str, change: impl FnOnce(&mut Value)) -> Case {
    broken_document(name, story, problem, edited(open_badge(&institute()), change))
}

fn broken_document(name: &str, story: &str, problem: &str, document: Value) -> Case {
    Case::json(name, story, &secured(document, &institute())).expect(
        "invalid",
        &[
            ("conformance", problem),
            ("issuer", "skipped conformance_failed"),
            ("validity", "skipped conformance_failed"),
        ],
    )
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        broken_document(
            "form_without_issuer",
            "It names no issuer.",
            "fail missing_member",
            without(open_badge(&institute()), "issuer"),
        ),
        broken_document(
            "form_without_subject",
            "It is about nobody.",
            "fail missing_member",
            without(vc2(&institute()), "credentialSubject"),
        ),
        broken("form_subject_without_achievement", "A badge for nothing.", "fail missing_member", |badge| {
            let subject = badge["credentialSubject"].as_object_mut().expect("the badge has one subject");
            subject.remove("achievement");
        }),
        broken(
            "form_wrong_first_context",
            "The Open Badges context stands before that of credentials.",
            "fail wrong_base_context",
            |badge| {
                badge["@context"] = json!([OPEN_BADGES, VC2]);
            },
        ),
        broken("form_date_without_time", "The beginning is a day without a time.", "fail malformed_member", |badge| {
            badge["validFrom"] = json!("2026-02-01");
        }),
        broken(
            "form_date_without_zone",
            "The end says no time zone, so nobody knows when it is.",
            "fail malformed_member",
            |badge| {
                badge["validUntil"] = json!("2028-02-01T00:00:00");
            },
        ),
        broken("form_impossible_date", "The end is on a day that does not exist.", "fail malformed_member", |badge| {
            badge["validUntil"] = json!("2027-02-29T00:00:00Z");
        }),
        broken("form_period_reversed", "It ends before it begins.", "fail period_reversed", |badge| {
            badge["validUntil"] = json!("2025-02-01T00:00:00Z");
        }),
        broken(
            "form_status_without_type",
            "Its status entry does not say what kind it is.",
            "fail missing_member",
            |badge| {
                *badge = with_status(badge.take(), json!({ "id": "https://status.institute.example/1#7" }));
            },
        ),
        broken_document(
            "form_vc1_without_issuance_date",
            "A credential of the first data model without its date of issue.",
            "fail missing_member",
            without(with_context(vc1(&institute()), DATA_INTEGRITY), "issuanceDate"),
        ),
        Case::json("form_unknown_extras_good", "It carries members that nobody needs, all of them defined.", &{
            secured(
                edited(open_badge(&institute()), |badge| {
                    badge["issuer"]["phone"] = json!("+1 705 555 0100");
                    badge["credentialSubject"]["achievement"]["version"] = json!("3");
                }),
                &institute(),
            )
        })
        .expect("valid", &[("conformance", "pass conforms")]),
    ]
}
