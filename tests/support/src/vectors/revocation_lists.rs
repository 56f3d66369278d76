//! What does the issuer's web site say of it in its 1EdTech Revocation List, which is unsigned?

use attesta_verify::FetchFailureKind;
use serde_json::{Value, json};

use crate::case::{Canned, Case, pretty, time};
use crate::document::{OPEN_BADGES_EXTENSIONS, edited, open_badge, with_context, with_status};
use crate::party::{institute, stranger};
use crate::signing::secured;

const REVOCATIONS: &str = "https://institute.example/revocations";

/// A badge whose revocation is told at the usual address.
fn badge() -> Value {
    let status = json!({ "id": REVOCATIONS, "type": "1EdTechRevocationList" });
    secured(with_status(with_context(open_badge(&institute()), OPEN_BADGES_EXTENSIONS), status), &institute())
}

/// The institute's list with these items.
fn revoking(items: Value) -> Value {
    json!({ "id": REVOCATIONS, "issuer": institute().id, "revokedCredential": items })
}

/// The item for the badge.
fn item() -> Value {
    json!({ "id": open_badge(&institute())["id"], "revoked": true, "revocationReason": "Issued by mistake" })
}

pub(super) fn cases() -> Vec<Case> {
    let case = |name: &str, story: &str, answer: &Value, verdict: &str, status: &str| {
        Case::json(name, story, &badge())
            .answering(REVOCATIONS, answer)
            .expect(verdict, &[("proof", "pass signature_holds"), ("status", status)])
    };
    let with_answer = |name: &str, story: &str, answer: Canned, verdict: &str, status: &str| {
        Case::json(name, story, &badge()).with_answer(REVOCATIONS, answer).expect(verdict, &[("status", status)])
    };
    let clear = "pass not_listed_as_revoked";
    let malformed = "inconclusive status_list_malformed";
    let unreachable = "inconclusive status_unreachable";
    let at_eight = |list: &Value| (pretty(list), time("2026-06-15T08:00:00Z"));
    let copy = |items: Value| {
        let (bytes, at) = at_eight(&revoking(items));
        Canned::Stale(bytes, at, FetchFailureKind::TimedOut)
    };
    let (kept, kept_at) = at_eight(&revoking(json!([])));
    vec![
        case("revocations_clear", "The site lists others.", &revoking(json!([{ "id": "urn:uuid:1" }])), "valid", clear),
        case("revocations_empty", "The site lists nobody.", &revoking(json!([])), "valid", clear),
        case("revocations_listed", "The site lists it.", &revoking(json!([item()])), "revoked", "fail revoked"),
        case(
            "revocations_listed_escaped",
            "The site lists it by an identifier that is escaped and has spaces around it.",
            &revoking(json!([edited(item(), |item| {
                let id = item["id"].as_str().expect("it was made as one").replacen('-', "%2D", 1);
                item["id"] = json!(format!(" {id}\n"));
            })])),
            "revoked",
            "fail revoked",
        ),
        case(
            "revocations_taken_back",
            "The site lists it as not revoked.",
            &revoking(json!([edited(item(), |item| item["revoked"] = json!(false))])),
            "valid",
            clear,
        ),
        case(
            "revocations_contradicting",
            "The site lists it as revoked and as not revoked.",
            &revoking(json!([edited(item(), |item| item["revoked"] = json!(false)), item()])),
            "revoked",
            "fail revoked",
        ),
        case(
            "revocations_of_another",
            "A stranger's list stands at the address, and does not name it.",
            &edited(revoking(json!([])), |list| list["issuer"] = json!(stranger().id)),
            "status_unknown",
            "inconclusive status_list_foreign",
        ),
        case(
            "revocations_of_another_listed",
            "A stranger's list stands at the address that the issuer signed, and names it.",
            &edited(revoking(json!([item()])), |list| list["issuer"] = json!(stranger().id)),
            "revoked",
            "fail revoked",
        ),
        case(
            "revocations_page_in_json",
            "The site answers with an error in JSON.",
            &json!({ "error": "maintenance" }),
            "status_unknown",
            malformed,
        ),
        case(
            "revocations_nameless_item",
            "An item names no credential, so it may be this one.",
            &revoking(json!([{ "revocationReason": "Issued by mistake" }])),
            "status_unknown",
            malformed,
        ),
        with_answer(
            "revocations_twice",
            "The list has two members of the same name, of which readers take one or the other.",
            Canned::Fresh(br#"{"revokedCredential":["urn:uuid:1"],"revokedCredential":[]}"#.to_vec()),
            "status_unknown",
            malformed,
        ),
        with_answer(
            "revocations_unreachable",
            "The site does not answer.",
            Canned::Failed(FetchFailureKind::Unreachable),
            "status_unknown",
            unreachable,
        ),
        with_answer(
            "revocations_kept_copy_clear",
            "The learner works offline, and this morning's copy does not name it.",
            Canned::Cached(kept, kept_at),
            "valid",
            clear,
        ),
        with_answer(
            "revocations_older_copy_clear",
            "The site does not answer today, and this morning it did not name it.",
            copy(json!([])),
            "status_unknown",
            unreachable,
        ),
        with_answer(
            "revocations_older_copy_listed",
            "The site does not answer today, and this morning it named it.",
            copy(json!([item()])),
            "revoked",
            "fail revoked",
        ),
        Case::json("revocations_not_asked_when_altered", "It was altered, so its addresses are not asked.", &{
            edited(badge(), |badge| badge["name"] = json!("Water Sampling II"))
        })
        .expect("invalid", &[("status", "skipped proof_failed")]),
    ]
}
