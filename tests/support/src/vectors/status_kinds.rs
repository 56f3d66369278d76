//! Entries of several bits, lists that tell how long a copy counts, and the kinds of list before Bitstring Status List.

use attesta_verify::Cryptosuite;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::status::{badge, badge_with};
use crate::case::{Canned, Case, pretty, time};
use crate::deflate::zlib;
use crate::document::{DATA_INTEGRITY, VC1, VC2, edited, vc1, vc2, with_context, with_status};
use crate::party::{Party, institute, stranger};
use crate::signing::{secured, secured_as};
use crate::status_list::{ENTRIES, INDEX, LIST, encoded, entry, list};

/// The context of Status List 2021.
const STATUS_LIST_2021: &str = "https://w3id.org/vc/status-list/2021/v1";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = wide();
    cases.extend(lasting());
    cases.extend(of_2021());
    cases.extend(of_2020());
    cases
}

/// An entry of `size` bits at place 7 with a message for each value.
fn wide_entry(purpose: &str, size: u32) -> Value {
    let message = |value: u32| json!({ "status": format!("{value:#x}"), "message": format!("stage {value}") });
    let messages: Vec<Value> = (0..1_u32 << size).map(message).collect();
    edited(entry(LIST, purpose, "7"), |entry| {
        entry["statusSize"] = json!(size);
        entry["statusMessage"] = json!(messages);
        entry["statusReference"] = json!("https://institute.example/stages");
    })
}

/// A list of `size`-bit entries in which number 7 has this value.
fn wide_list(purpose: &str, size: usize, value: usize) -> Value {
    let set: Vec<usize> =
        (0..size).filter(|bit| value >> (size - 1 - bit) & 1 == 1).map(|bit| 7 * size + bit).collect();
    secured(list(LIST, &institute(), purpose, &encoded(ENTRIES * size, &set)), &institute())
}

fn wide() -> Vec<Case> {
    let case = |name: &str, story: &str, entry: Value, list: &Value, verdict: &str, status: &str| {
        Case::json(name, story, &badge_with(entry)).answering(LIST, list).expect(verdict, &[("status", status)])
    };
    vec![
        case(
            "status_of_two_bits",
            "Two bits tell a stage of the process, which spoils nothing.",
            wide_entry("message", 2),
            &wide_list("message", 2, 2),
            "valid",
            "pass status_notice",
        ),
        case(
            "status_of_three_bits",
            "Three bits cross the bounds of bytes.",
            wide_entry("message", 3),
            &wide_list("message", 3, 5),
            "valid",
            "pass status_notice",
        ),
        case(
            "status_of_five_bits_zero",
            "Five bits, and none of them is set.",
            wide_entry("message", 5),
            &wide_list("message", 5, 0),
            "valid",
            "pass status_clear",
        ),
        case(
            "status_of_three_bits_revoked",
            "A revocation in three bits counts whatever its value.",
            wide_entry("revocation", 3),
            &wide_list("revocation", 3, 4),
            "revoked",
            "fail revoked",
        ),
        case(
            "status_wide_in_short_list",
            "The list has enough bits, but not enough entries of their size.",
            wide_entry("message", 3),
            &secured(list(LIST, &institute(), "message", &encoded(ENTRIES, &[])), &institute()),
            "status_unknown",
            "inconclusive status_list_too_short",
        ),
        case(
            "status_message_missing",
            "Two bits have four values, and only three have words.",
            edited(wide_entry("message", 2), |entry| {
                entry["statusMessage"].as_array_mut().expect("it was made as one").truncate(3);
            }),
            &wide_list("message", 2, 2),
            "status_unknown",
            "inconclusive status_entry_malformed",
        ),
    ]
}

fn lasting() -> Vec<Case> {
    let with_ttl = |set: &[usize]| {
        let list = list(LIST, &institute(), "revocation", &encoded(ENTRIES, set));
        let list = edited(list, |list| list["credentialSubject"]["ttl"] = json!(3_600_000));
        pretty(&secured(list, &institute()))
    };
    let kept = |name: &str, story: &str, set: &[usize], at: &str, verdict: &str, status: &str| {
        Case::json(name, story, &badge("revocation"))
            .with_answer(LIST, Canned::Cached(with_ttl(set), time(at)))
            .expect(verdict, &[("status", status)])
    };
    vec![
        kept(
            "list_kept_within_its_hour",
            "The issuer says that a copy counts for an hour; this one is an hour old.",
            &[],
            "2026-06-15T11:00:00Z",
            "valid",
            "pass status_clear",
        ),
        kept(
            "list_kept_beyond_its_hour",
            "The issuer says that a copy counts for an hour; this one is older.",
            &[],
            "2026-06-15T10:59:00Z",
            "status_unknown",
            "inconclusive status_unreachable",
        ),
        kept(
            "list_kept_beyond_its_hour_revoked",
            "A copy that no longer counts for a yes still tells of the revocation.",
            &[INDEX],
            "2026-06-15T10:59:00Z",
            "revoked",
            "fail revoked",
        ),
    ]
}

/// A list of 2021 by `issuer`, unsigned.
fn list_2021(issuer: &Party, purpose: &str, encoded: &str) -> Value {
    json!({
        "@context": [VC1, STATUS_LIST_2021, DATA_INTEGRITY],
        "id": LIST,
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "issuer": issuer.id,
        "issuanceDate": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": format!("{LIST}#list"),
            "type": "StatusList2021",
            "statusPurpose": purpose,
            "encodedList": encoded,
        },
    })
}

fn of_2021() -> Vec<Case> {
    let credential = |purpose: &str| {
        let status = edited(entry(LIST, purpose, "7"), |entry| entry["type"] = json!("StatusList2021Entry"));
        let document = with_context(with_context(vc1(&institute()), STATUS_LIST_2021), DATA_INTEGRITY);
        secured(with_status(document, status), &institute())
    };
    let case = |name: &str, story: &str, purpose: &str, list: Value, verdict: &str, status: &str| {
        Case::json(name, story, &credential(purpose)).answering(LIST, &list).expect(verdict, &[("status", status)])
    };
    let plain = |entries, set: &[usize]| encoded(entries, set)[1..].to_owned();
    let own = |purpose: &str, encoded: &str| secured(list_2021(&institute(), purpose, encoded), &institute());
    vec![
        case(
            "status_2021_clear",
            "A list of 2021 has nothing against it.",
            "revocation",
            own("revocation", &plain(ENTRIES, &[6, 8])),
            "valid",
            "pass status_clear",
        ),
        case(
            "status_2021_revoked",
            "A list of 2021 revokes it.",
            "revocation",
            own("revocation", &plain(ENTRIES, &[7])),
            "revoked",
            "fail revoked",
        ),
        case(
            "status_2021_suspended",
            "A list of 2021 suspends it.",
            "suspension",
            own("suspension", &plain(ENTRIES, &[7])),
            "suspended",
            "fail suspended",
        ),
        case(
            "status_2021_of_100000",
            "Lists of 100,000 entries are in use, and the rules of 2021 let them be read.",
            "revocation",
            own("revocation", &plain(100_000, &[7])),
            "revoked",
            "fail revoked",
        ),
        case(
            "status_2021_with_prefix",
            "A list of 2021 whose bits are written as those of its successor.",
            "revocation",
            own("revocation", &encoded(ENTRIES, &[])),
            "status_unknown",
            "inconclusive status_list_malformed",
        ),
        case(
            "status_2021_answered_by_successor",
            "A list of the successor's kind stands where one of 2021 should.",
            "revocation",
            secured(list(LIST, &institute(), "revocation", &encoded(ENTRIES, &[])), &institute()),
            "status_unknown",
            "inconclusive status_list_malformed",
        ),
        case(
            "status_2021_foreign",
            "The list of 2021 is a stranger's.",
            "revocation",
            secured(list_2021(&stranger(), "revocation", &plain(ENTRIES, &[])), &stranger()),
            "status_unknown",
            "inconclusive status_list_foreign",
        ),
        case(
            "status_2021_tampered",
            "Somebody on the way cleared its bit in the signed list of 2021.",
            "revocation",
            edited(own("revocation", &plain(ENTRIES, &[7])), |list| {
                list["credentialSubject"]["encodedList"] = json!(plain(ENTRIES, &[]));
            }),
            "status_unknown",
            "inconclusive status_list_not_proven",
        ),
    ]
}

fn of_2020() -> Vec<Case> {
    // The context of 2020 is not built in; where the bytes are signed, none is needed.
    let in_bytes = |document| secured_as(Cryptosuite::EddsaJcs2022, document, &institute());
    let credential = in_bytes(with_status(
        vc2(&institute()),
        json!({
            "id": format!("{LIST}#7"),
            "type": "RevocationList2020Status",
            "revocationListIndex": "7",
            "revocationListCredential": LIST,
        }),
    ));
    let case = |name: &str, story: &str, bits: &[u8], verdict: &str, status: &str| {
        let list = json!({
            "@context": [VC2],
            "id": LIST,
            "type": ["VerifiableCredential", "RevocationList2020Credential"],
            "issuer": institute().id,
            "credentialSubject": {
                "id": format!("{LIST}#list"),
                "type": "RevocationList2020",
                "encodedList": URL_SAFE_NO_PAD.encode(zlib(bits)),
            },
        });
        Case::json(name, story, &credential).answering(LIST, &in_bytes(list)).expect(verdict, &[("status", status)])
    };
    let mut revoked = vec![0_u8; ENTRIES / 8];
    revoked[0] = 1;
    vec![
        case(
            "status_2020_clear",
            "A list of 2020, which knows revocation alone, has nothing against it.",
            &[0; ENTRIES / 8],
            "valid",
            "pass status_clear",
        ),
        case("status_2020_revoked", "A list of 2020 revokes it.", &revoked, "revoked", "fail revoked"),
    ]
}
