//! Badges that stand beside the credentials of a presentation, since they are no verifiable credentials.

use serde_json::{Value, json};

use super::signed::{self, KEY};
use super::{ASSERTION, BADGE, CONTEXT, assertion, badge_class, profile, with};
use crate::case::{Case, pretty};
use crate::document::{VC2, edited, vc2};
use crate::party::institute;
use crate::signing::secured;

/// A presentation of one credential, with these texts at these places beside it.
fn presentation(beside: &[(u32, String)]) -> Value {
    let beside: Vec<Value> =
        beside.iter().map(|(place, text)| json!({ "attesta:place": place, "attesta:text": text })).collect();
    json!({
        "@context": [VC2],
        "type": ["VerifiablePresentation"],
        "attesta:beside": beside,
        "verifiableCredential": [secured(vc2(&institute()), &institute())],
    })
}

fn text(badge: &Value) -> String {
    String::from_utf8(pretty(badge)).expect("JSON is UTF-8")
}

pub(super) fn cases() -> Vec<Case> {
    let listing = edited(profile(), with("publicKey", json!(KEY)));
    let case = |name: &str, story: &str, beside: &[(u32, String)]| {
        Case::json(name, story, &presentation(beside))
            .answering(ASSERTION, &assertion())
            .answering(BADGE, &badge_class())
            .answering(super::PROFILE, &listing)
            .answering(KEY, &signed::listed_key())
    };
    let altered = edited(assertion(), with("evidence", json!("https://college.example/evidence/21")));
    vec![
        case(
            "ob2_beside_credentials",
            "A signed badge stands before the credential of a presentation, a hosted one after it.",
            &[(3, text(&assertion())), (1, signed::usual_token())],
        )
        .expect_each("valid", &["valid", "valid", "valid"]),
        case(
            "ob2_beside_altered",
            "A hosted badge stands beside, and its issuer's copy states something else.",
            &[(1, text(&altered))],
        )
        .expect_each("invalid", &["invalid", "valid"]),
        case(
            "ob2_beside_without_place",
            "A badge stands at a place that the presentation has not, and so comes last.",
            &[(9, text(&assertion()))],
        )
        .expect_each("valid", &["valid", "valid"]),
        Case::json("ob2_beside_no_badge", "A badge class alone stands beside.", &{
            let class = json!({ "@context": CONTEXT, "type": "BadgeClass", "id": BADGE, "name": "First aid" });
            presentation(&[(2, text(&class))])
        })
        .expect_rejected(&["not_a_credential"]),
    ]
}
