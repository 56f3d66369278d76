//! Is now within its dates?

use attesta_verify::Cryptosuite;
use serde_json::{Value, json};

use crate::case::Case;
use crate::document::{DATA_INTEGRITY, edited, open_badge, vc1, with_context, without};
use crate::party::institute;
use crate::signing::{Proof, secured, secured_with};

fn badge() -> Value {
    secured(open_badge(&institute()), &institute())
}

/// A badge whose proof has one member more.
fn with_proof_member(member: &str, value: &str) -> Value {
    let proof = Proof::new(Cryptosuite::EddsaRdfc2022, &institute()).with(member, value);
    secured_with(&proof, open_badge(&institute()), &institute())
}

const HOLDS: (&str, &str) = ("proof", "pass signature_holds");
const TIED: (&str, &str) = ("issuer", "pass issuer_is_key");

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case::json("validity_expired", "It ended a year ago.", &badge())
            .at("2029-01-01T00:00:00Z")
            .expect("expired", &[HOLDS, TIED, ("validity", "fail expired")]),
        Case::json("validity_not_yet", "It begins next month.", &badge())
            .at("2026-01-01T00:00:00Z")
            .expect_somewhere("not_yet_valid", "fail not_yet_valid"),
        Case::json("validity_first_instant", "It begins this very second.", &{
            secured(
                edited(open_badge(&institute()), |badge| badge["validFrom"] = json!("2026-06-15T12:00:00Z")),
                &institute(),
            )
        })
        .expect("valid", &[HOLDS, ("validity", "pass within_validity")]),
        Case::json("validity_last_instant", "It ends this very second.", &badge())
            .at("2028-02-01T00:00:00Z")
            .expect("valid", &[HOLDS, ("validity", "pass within_validity")]),
        Case::json("validity_one_second_late", "It ended a second ago.", &badge())
            .at("2028-02-01T00:00:01Z")
            .expect("expired", &[HOLDS, ("validity", "fail expired")]),
        Case::json("validity_offset", "Its end is written in the local time of its issuer.", &{
            secured(
                edited(open_badge(&institute()), |badge| badge["validUntil"] = json!("2026-06-15T08:00:00-05:00")),
                &institute(),
            )
        })
        .expect("valid", &[HOLDS, ("validity", "pass within_validity")]),
        Case::json("validity_until_the_last_second", "It ends with the last second that can be written.", &{
            secured(
                edited(open_badge(&institute()), |badge| badge["validUntil"] = json!("9999-12-31T23:59:59Z")),
                &institute(),
            )
        })
        .expect("valid", &[HOLDS, ("validity", "pass within_validity")]),
        Case::json("validity_without_end", "It states no end.", &{
            secured(without(open_badge(&institute()), "validUntil"), &institute())
        })
        .expect("valid", &[HOLDS, ("validity", "pass never_expires")]),
        Case::json("validity_vc1_expired", "A credential of the first data model that ended.", &{
            secured(with_context(vc1(&institute()), DATA_INTEGRITY), &institute())
        })
        .at("2028-03-01T00:00:00Z")
        .expect("expired", &[HOLDS, TIED, ("validity", "fail expired")]),
        Case::json("validity_altered_and_expired", "It ended, and it was altered: the worse is told.", &{
            edited(badge(), |badge| badge["name"] = json!("Water Sampling II"))
        })
        .at("2029-01-01T00:00:00Z")
        .expect("invalid", &[("proof", "fail signature_mismatch"), ("validity", "skipped proof_failed")]),
        Case::json("proof_expired", "The proof itself was meant to last until May.", &{
            with_proof_member("expires", "2026-05-01T00:00:00Z")
        })
        .expect_somewhere("expired", "fail proof_expired"),
        Case::json("proof_not_yet_expired", "The proof itself is meant to last until August.", &{
            with_proof_member("expires", "2026-08-01T00:00:00Z")
        })
        .expect("valid", &[HOLDS, TIED]),
        Case::json("proof_created_in_future", "The proof says that it was made next year.", &{
            with_proof_member("created", "2027-01-01T00:00:00Z")
        })
        .expect_somewhere("not_yet_valid", "fail proof_created_in_future"),
        Case::json("proof_created_by_fast_clock", "The issuer's clock runs two minutes ahead.", &{
            with_proof_member("created", "2026-06-15T12:02:00Z")
        })
        .expect("valid", &[HOLDS, TIED]),
        Case::json("proof_created_malformed", "The proof's date is no date.", &{
            with_proof_member("created", "last winter")
        })
        .expect("invalid", &[("proof", "fail malformed_proof")]),
        Case::json("proof_without_created", "The proof states no date, which it need not.", &{
            let proof = Proof::new(Cryptosuite::EddsaRdfc2022, &institute()).with("created", Value::Null);
            secured_with(&proof, open_badge(&institute()), &institute())
        })
        .expect("valid", &[HOLDS, TIED]),
    ]
}
