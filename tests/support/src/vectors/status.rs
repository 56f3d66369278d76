//! What does the issuer's status list say of it?

use attesta_verify::FetchFailureKind;
use serde_json::{Value, json};

use crate::case::{Canned, Case, pretty, time};
use crate::document::{edited, open_badge, with_status};
use crate::party::{COLLEGE_DOCUMENT, college, institute};
use crate::signing::secured;
use crate::status_list::{ENTRIES, INDEX, LIST, encoded, entry, list};

/// A second list of the institute.
const OTHER_LIST: &str = "https://status.institute.example/2";

/// A badge with these status entries.
pub(super) fn badge_with(status: Value) -> Value {
    secured(with_status(open_badge(&institute()), status), &institute())
}

/// A badge with one entry for `purpose` at the usual place of the usual list.
pub(super) fn badge(purpose: &str) -> Value {
    badge_with(entry(LIST, purpose, INDEX.to_string()))
}

/// The institute's list for `purpose` with these places set.
pub(super) fn institute_list(purpose: &str, set: &[usize]) -> Value {
    secured(list(LIST, &institute(), purpose, &encoded(ENTRIES, set)), &institute())
}

/// The badge with one entry for `purpose`, and the list as given.
fn asked(name: &str, story: &str, purpose: &str, set: &[usize]) -> Case {
    Case::json(name, story, &badge(purpose)).answering(LIST, &institute_list(purpose, set))
}

/// An older copy of the list, from 1 June.
fn older(set: &[usize], failure: FetchFailureKind) -> Canned {
    Canned::Stale(pretty(&institute_list("revocation", set)), time("2026-06-01T08:00:00Z"), failure)
}

const PROVEN: [(&str, &str); 2] = [("proof", "pass signature_holds"), ("issuer", "pass issuer_is_key")];

fn expect(case: Case, verdict: &str, status: &[&str]) -> Case {
    let checks: Vec<(&str, &str)> =
        PROVEN.into_iter().chain(status.iter().map(|outcome| ("status", *outcome))).collect();
    case.expect(verdict, &checks)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = answers();
    cases.extend(entries());
    cases
}

fn answers() -> Vec<Case> {
    let unreachable = |name: &str, story: &str, failure| {
        let case = Case::json(name, story, &badge("revocation")).failing(LIST, failure);
        expect(case, "status_unknown", &["inconclusive status_unreachable"])
    };
    let sized = edited(entry(LIST, "revocation", INDEX.to_string()), |entry| entry["statusSize"] = json!(1));
    vec![
        expect(
            asked("status_clear", "The issuer's list has nothing against it.", "revocation", &[]),
            "valid",
            &["pass status_clear"],
        ),
        expect(
            asked(
                "status_neighbours_revoked",
                "Its neighbours in the list are revoked; it is not.",
                "revocation",
                &[INDEX - 1, INDEX + 1],
            ),
            "valid",
            &["pass status_clear"],
        ),
        expect(asked("status_revoked", "The issuer revoked it.", "revocation", &[INDEX]), "revoked", &["fail revoked"]),
        expect(
            Case::json(
                "status_revoked_entry_respelled",
                "Its holder wrote the status entry otherwise, which the signature does not notice, to hide that it was revoked.",
                &edited(badge_with(sized), |badge| {
                    let entry = &mut badge["credentialStatus"];
                    entry["statusPurpose"] = json!([entry["statusPurpose"]]);
                    entry["statusListIndex"] = json!([entry["statusListIndex"]]);
                    entry["statusListCredential"] = json!([{ "id": entry["statusListCredential"] }]);
                    entry["statusSize"] = json!([1.0]);
                }),
            )
            .answering(LIST, &institute_list("revocation", &[INDEX])),
            "revoked",
            &["fail revoked"],
        ),
        expect(
            asked("status_suspended", "The issuer suspended it.", "suspension", &[INDEX]),
            "suspended",
            &["fail suspended"],
        ),
        expect(
            asked("status_notice", "The issuer asks to fetch a newer one; this one stays good.", "refresh", &[INDEX]),
            "valid",
            &["pass status_notice"],
        ),
        unreachable("status_unreachable", "The list's host does not answer.", FetchFailureKind::Unreachable),
        unreachable("status_not_found", "The list is gone from its address.", FetchFailureKind::Status(404)),
        unreachable("status_offline", "The learner works offline and has no copy.", FetchFailureKind::Offline),
        expect(
            Case::json(
                "status_older_copy_revoked",
                "The host is down today; an older copy says that it was revoked.",
                &badge("revocation"),
            )
            .with_answer(LIST, older(&[INDEX], FetchFailureKind::Unreachable)),
            "revoked",
            &["fail revoked"],
        ),
        expect(
            Case::json(
                "status_older_copy_clear",
                "The host is down today; an older copy had nothing against it.",
                &badge("revocation"),
            )
            .with_answer(LIST, older(&[], FetchFailureKind::Unreachable)),
            "status_unknown",
            &["inconclusive status_unreachable"],
        ),
        expect(
            Case::json(
                "status_kept_copy_clear",
                "A copy from this morning had nothing against it.",
                &badge("revocation"),
            )
            .with_answer(
                LIST,
                Canned::Cached(pretty(&institute_list("revocation", &[])), time("2026-06-15T08:00:00Z")),
            ),
            "valid",
            &["pass status_clear"],
        ),
        expect(
            Case::json(
                "status_kept_copy_revoked",
                "A copy from this morning says that it was revoked.",
                &badge("revocation"),
            )
            .with_answer(
                LIST,
                Canned::Cached(pretty(&institute_list("revocation", &[INDEX])), time("2026-06-15T08:00:00Z")),
            ),
            "revoked",
            &["fail revoked"],
        ),
        Case::json("status_of_a_college", "A college's domain lists the key of the badge and of its list.", &{
            secured(with_status(open_badge(&college()), entry(LIST, "revocation", INDEX.to_string())), &college())
        })
        .answering(COLLEGE_DOCUMENT, &college().document())
        .answering(LIST, &secured(list(LIST, &college(), "revocation", &encoded(ENTRIES, &[])), &college()))
        .expect("valid", &[("issuer", "pass issuer_lists_key"), ("status", "pass status_clear")]),
        Case::json("status_not_asked_when_altered", "It was altered, so its addresses are not asked.", &{
            edited(badge("revocation"), |badge| badge["name"] = json!("Water Sampling II"))
        })
        .expect("invalid", &[("proof", "fail signature_mismatch"), ("status", "skipped proof_failed")]),
        Case::json("status_not_asked_when_unsigned", "Nobody signed it, so its addresses are not asked.", &{
            with_status(open_badge(&institute()), entry(LIST, "revocation", INDEX.to_string()))
        })
        .expect("unverifiable", &[("proof", "inconclusive no_proof"), ("status", "skipped proof_not_established")]),
    ]
}

fn entries() -> Vec<Case> {
    let malformed = |name: &str, story: &str, index: Value| {
        let case = Case::json(name, story, &badge_with(entry(LIST, "revocation", index)))
            .answering(LIST, &institute_list("revocation", &[]));
        expect(case, "status_unknown", &["inconclusive status_entry_malformed"])
    };
    let at = |index: usize| badge_with(entry(LIST, "revocation", index.to_string()));
    vec![
        malformed("status_index_negative", "The place in the list is negative.", json!("-1")),
        malformed("status_index_with_plus", "The place in the list has a plus sign.", json!("+5")),
        malformed("status_index_not_text", "The place in the list is a number instead of text.", json!(5)),
        malformed("status_index_empty", "The place in the list is empty.", json!("")),
        malformed("status_index_hexadecimal", "The place in the list is written in base 16.", json!("0x10")),
        expect(
            Case::json("status_index_out_of_range", "The place is one past the end of the list.", &at(ENTRIES))
                .answering(LIST, &institute_list("revocation", &[])),
            "status_unknown",
            &["inconclusive status_index_out_of_range"],
        ),
        expect(
            Case::json("status_index_huge", "The place is far beyond any list.", &{
                badge_with(entry(LIST, "revocation", "18446744073709551616"))
            })
            .answering(LIST, &institute_list("revocation", &[])),
            "status_unknown",
            &["inconclusive status_index_out_of_range"],
        ),
        expect(
            Case::json("status_first_place_revoked", "The first place of the list is the left-most bit.", &at(0))
                .answering(LIST, &institute_list("revocation", &[0])),
            "revoked",
            &["fail revoked"],
        ),
        expect(
            Case::json(
                "status_last_place_revoked",
                "The last place of the list is the right-most bit.",
                &at(ENTRIES - 1),
            )
            .answering(LIST, &institute_list("revocation", &[ENTRIES - 1])),
            "revoked",
            &["fail revoked"],
        ),
        expect(
            Case::json("status_entry_is_the_list", "The entry's identifier is the list's own address.", &{
                badge_with(edited(entry(LIST, "revocation", "7"), |entry| entry["id"] = json!(LIST)))
            })
            .answering(LIST, &institute_list("revocation", &[])),
            "status_unknown",
            &["inconclusive status_entry_malformed"],
        ),
        expect(
            Case::json("status_two_clear", "Neither revoked nor suspended.", &badge_with(both()))
                .answering(LIST, &institute_list("revocation", &[]))
                .answering(OTHER_LIST, &other_list(&[])),
            "valid",
            &["pass status_clear", "pass status_clear"],
        ),
        expect(
            Case::json(
                "status_revoked_and_suspended",
                "Both revoked and suspended: the worse is told.",
                &badge_with(both()),
            )
            .answering(LIST, &institute_list("revocation", &[INDEX]))
            .answering(OTHER_LIST, &other_list(&[INDEX])),
            "revoked",
            &["fail revoked", "fail suspended"],
        ),
        expect(
            Case::json(
                "status_revoked_and_unreachable",
                "One list says revoked, the other does not answer.",
                &badge_with(both()),
            )
            .answering(LIST, &institute_list("revocation", &[INDEX]))
            .failing(OTHER_LIST, FetchFailureKind::TimedOut),
            "revoked",
            &["fail revoked", "inconclusive status_unreachable"],
        ),
        expect(
            Case::json(
                "status_clear_and_unreachable",
                "One list has nothing against it, the other does not answer.",
                &badge_with(both()),
            )
            .answering(LIST, &institute_list("revocation", &[]))
            .failing(OTHER_LIST, FetchFailureKind::TimedOut),
            "status_unknown",
            &["pass status_clear", "inconclusive status_unreachable"],
        ),
        expect(
            Case::json("status_of_another_kind", "Its status is of a kind that can't be checked here.", &{
                badge_with(
                    json!({ "id": "https://institute.example/status/7", "type": "https://institute.example/Status" }),
                )
            }),
            "status_unknown",
            &["inconclusive unsupported_status"],
        ),
        too_many(),
    ]
}

/// Twenty lists, none of which answers: after the sixteenth address no more are asked.
fn too_many() -> Case {
    let url = |place: usize| format!("https://status.institute.example/many/{place}");
    let entries: Vec<Value> = (0..20).map(|place| entry(&url(place), "revocation", "7")).collect();
    let case = Case::json("status_too_many_lists", "It names twenty lists, more than one credential may ask for.", &{
        badge_with(json!(entries))
    });
    (0..20)
        .fold(case, |case, place| case.failing(&url(place), FetchFailureKind::Status(404)))
        .expect_somewhere("status_unknown", "inconclusive too_many_resources")
}

fn both() -> Value {
    json!([entry(LIST, "revocation", INDEX.to_string()), entry(OTHER_LIST, "suspension", INDEX.to_string())])
}

fn other_list(set: &[usize]) -> Value {
    secured(list(OTHER_LIST, &institute(), "suspension", &encoded(ENTRIES, set)), &institute())
}
