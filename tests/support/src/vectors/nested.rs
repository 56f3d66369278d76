//! Several credentials in one file, and credentials inside another.

use serde_json::{Value, json};

use crate::case::Case;
use crate::document::{OPEN_BADGES, VC2, edited, open_badge, vc2};
use crate::party::{institute, stranger};
use crate::signing::secured;

fn badge() -> Value {
    secured(open_badge(&institute()), &institute())
}

fn altered() -> Value {
    edited(badge(), |badge| badge["name"] = json!("Water Sampling II"))
}

/// An endorsement of the institute by somebody else.
fn endorsement() -> Value {
    endorsement_of(&institute().id)
}

fn endorsement_of(subject: &str) -> Value {
    let endorser = stranger();
    secured(
        json!({
            "@context": [VC2, OPEN_BADGES],
            "id": "urn:uuid:5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b55",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": { "id": endorser.id, "type": ["Profile"], "name": "Water Works Association" },
            "validFrom": "2026-01-10T00:00:00Z",
            "name": "Endorsement of the institute",
            "credentialSubject": {
                "id": subject,
                "type": ["EndorsementSubject"],
                "endorsementComment": "Its graduates know their trade.",
            },
        }),
        &endorser,
    )
}

/// The institute's badge with endorsements of the institute inside what it signed.
fn endorsed(endorsements: Value) -> Value {
    secured(edited(open_badge(&institute()), |badge| badge["issuer"]["endorsement"] = endorsements), &institute())
}

pub(super) fn cases() -> Vec<Case> {
    let plain = secured(vc2(&institute()), &institute());
    let unsigned_presentation = |credentials: Value| {
        let types = ["VerifiablePresentation"];
        json!({ "@context": [VC2], "type": types, "verifiableCredential": credentials })
    };
    vec![
        Case::json("several_in_a_list", "A file with two good credentials.", &json!([badge(), plain]))
            .expect_each("valid", &["valid", "valid"]),
        Case::json(
            "several_one_altered",
            "A file with two credentials, one of them altered.",
            &json!([plain, altered()]),
        )
        .expect_each("invalid", &["valid", "invalid"]),
        Case::json("several_in_a_presentation", "Two credentials stand in a presentation that nobody signed.", &{
            unsigned_presentation(json!([badge(), plain]))
        })
        .expect_each("valid", &["valid", "valid"]),
        Case::json("several_none", "A list without anything in it.", &json!([])).expect_rejected(&["not_a_credential"]),
        Case::json(
            "endorsed_good",
            "An association endorsed the issuer inside the badge.",
            &endorsed(json!([endorsement()])),
        )
        .expect("valid", &[("proof", "pass signature_holds"), ("endorsements", "pass endorsements_hold")]),
        Case::json(
            "endorsed_at_the_badge",
            "The issuer's endorsement stands at the badge, as it does in the specification's own example.",
            &secured(
                edited(open_badge(&institute()), |badge| badge["endorsement"] = json!([endorsement()])),
                &institute(),
            ),
        )
        .expect("valid", &[("proof", "pass signature_holds"), ("endorsements", "pass endorsements_hold")]),
        Case::json(
            "endorsed_something_else",
            "A genuine endorsement of another school's badge was put in to shine on this one.",
            &endorsed(json!([endorsement_of("https://other.example/badges/77")])),
        )
        .expect("valid", &[("proof", "pass signature_holds"), ("endorsements", "fail endorsements_do_not_hold")]),
        Case::json("endorsed_too_often", "More endorsements than are checked for one badge.", &{
            endorsed(json!(vec![endorsement(); 17]))
        })
        .expect("valid", &[("endorsements", "inconclusive endorsements_not_checked")]),
        Case::json(
            "endorsed_by_forgery",
            "The endorsement inside the badge was altered before the badge was signed.",
            &endorsed(json!([edited(endorsement(), |it| it["name"] = json!("Endorsement by the Crown"))])),
        )
        .expect("valid", &[("proof", "pass signature_holds"), ("endorsements", "fail endorsements_do_not_hold")]),
        Case::json("endorsed_afterwards", "Somebody put an endorsement in after the badge was signed.", &{
            edited(badge(), |badge| badge["endorsement"] = json!([endorsement()]))
        })
        .expect("invalid", &[("proof", "fail signature_mismatch")]),
    ]
}
