//! Are the pictures and documents those that the credential pins by a digest? Only what is at hand is compared.

use serde_json::{Value, json};

use super::schemas::sri;
use crate::case::Case;
use crate::document::{edited, open_badge, without};
use crate::party::institute;
use crate::signing::secured;

/// `data:` addresses of the letters `abc` and `abd`, which do for pictures.
const PICTURE: &str = "data:image/png;base64,YWJj";
const OTHER_PICTURE: &str = "data:image/png;base64,YWJk";

/// A badge that pins these resources.
fn badge(resources: Value) -> Value {
    secured(edited(open_badge(&institute()), |badge| badge["relatedResource"] = resources), &institute())
}

pub(super) fn cases() -> Vec<Case> {
    let pinned = |id: &str, digest: String| json!({ "id": id, "digestSRI": digest });
    let case = |name: &str, story: &str, resources: Value, outcome: &str| {
        Case::json(name, story, &badge(resources)).expect("valid", &[("related", outcome)])
    };
    let remote = pinned("https://institute.example/syllabus.pdf", sri(b"a syllabus"));
    vec![
        case(
            "related_good",
            "The picture in it is the one that it pins.",
            json!([pinned(PICTURE, sri(b"abc"))]),
            "pass resources_match",
        ),
        case(
            "related_exchanged",
            "The picture in it is another one than it pins.",
            json!([remote, pinned(OTHER_PICTURE, sri(b"abc"))]),
            "fail digest_mismatch",
        ),
        case(
            "related_unknown_digest",
            "The picture in it is pinned by a digest of a kind that is not known here.",
            json!([pinned(PICTURE, "md5-kAFQmDzST7DWlj99KOF/cg==".to_owned())]),
            "inconclusive unsupported_digest",
        ),
        case(
            "related_elsewhere",
            "It pins a document at an address, which is not asked.",
            json!([remote]),
            "inconclusive resources_not_compared",
        ),
        case(
            "related_context_of_another_edition",
            "It pins a context by the digest of an edition that is not at hand.",
            json!([pinned("https://www.w3.org/ns/credentials/v2", sri(b"another edition"))]),
            "inconclusive resources_not_compared",
        ),
        Case::json("related_altered", "A digest was exchanged after it was signed.", &{
            edited(badge(json!([pinned(PICTURE, sri(b"abd"))])), |badge| {
                badge["relatedResource"][0]["digestSRI"] = json!(sri(b"abc"));
            })
        })
        .expect("invalid", &[("related", "skipped proof_failed")]),
        Case::json("related_unsigned", "Nobody signed it; what stands in it can be compared all the same.", &{
            without(badge(json!([pinned(PICTURE, sri(b"abc"))])), "proof")
        })
        .expect("unverifiable", &[("related", "pass resources_match")]),
    ]
}
