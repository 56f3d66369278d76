//! Is the status list itself to be believed? Where it is not, nothing is known, and unknown is never yes.

use serde_json::{Value, json};

use super::status::{badge, badge_with, institute_list};
use crate::case::{Canned, Case};
use crate::document::{edited, without};
use crate::party::{institute, stranger};
use crate::signing::secured;
use crate::status_list::{ENTRIES, INDEX, LIST, encoded, entry, list};

/// The badge, with this answer at the address of its list.
fn answered(name: &str, story: &str, answer: &Value) -> Case {
    Case::json(name, story, &badge("revocation")).answering(LIST, answer)
}

fn unknown(case: Case, problem: &str) -> Case {
    case.expect(
        "status_unknown",
        &[("proof", "pass signature_holds"), ("issuer", "pass issuer_is_key"), ("status", problem)],
    )
}

/// The institute's list, changed and then signed.
fn signed_after(change: impl FnOnce(&mut Value)) -> Value {
    let clear = list(LIST, &institute(), "revocation", &encoded(ENTRIES, &[]));
    secured(edited(clear, change), &institute())
}

pub(super) fn cases() -> Vec<Case> {
    let with_encoded = |text: String| signed_after(|list| list["credentialSubject"]["encodedList"] = json!(text));
    vec![
        unknown(
            answered("list_bit_cleared", "Somebody on the way cleared its bit in the signed list.", &{
                edited(institute_list("revocation", &[INDEX]), |list| {
                    list["credentialSubject"]["encodedList"] = json!(encoded(ENTRIES, &[]));
                })
            }),
            "inconclusive status_list_not_proven",
        ),
        unknown(
            answered("list_bit_set", "Somebody on the way set its bit in the signed list.", &{
                edited(institute_list("revocation", &[]), |list| {
                    list["credentialSubject"]["encodedList"] = json!(encoded(ENTRIES, &[INDEX]));
                })
            }),
            "inconclusive status_list_not_proven",
        ),
        unknown(
            answered(
                "list_unsigned",
                "The list carries no proof.",
                &without(institute_list("revocation", &[]), "proof"),
            ),
            "inconclusive status_list_not_proven",
        ),
        unknown(
            answered("list_signed_by_another", "A stranger signed the list in the institute's name.", &{
                secured(list(LIST, &institute(), "revocation", &encoded(ENTRIES, &[])), &stranger())
            }),
            "inconclusive status_list_not_proven",
        ),
        unknown(
            answered("list_of_another_issuer", "The list is a stranger's, properly signed by that stranger.", &{
                secured(list(LIST, &stranger(), "revocation", &encoded(ENTRIES, &[])), &stranger())
            }),
            "inconclusive status_list_foreign",
        ),
        unknown(
            answered("list_for_another_purpose", "The list is for suspension, the entry for revocation.", &{
                institute_list("suspension", &[])
            }),
            "inconclusive status_purpose_mismatch",
        ),
        answered("list_for_several_purposes", "One list serves revocation and suspension.", &{
            let purposes = json!(["suspension", "revocation"]);
            secured(list(LIST, &institute(), purposes, &encoded(ENTRIES, &[])), &institute())
        })
        .expect("valid", &[("status", "pass status_clear")]),
        answered("list_for_several_purposes_revoked", "The same list, with its bit set.", &{
            let purposes = json!(["suspension", "revocation"]);
            secured(list(LIST, &institute(), purposes, &encoded(ENTRIES, &[INDEX])), &institute())
        })
        .expect("revoked", &[("status", "fail revoked")]),
        unknown(
            Case::json("list_too_short", "The list is so short that asking for it would tell whom it is about.", &{
                badge_with(entry(LIST, "revocation", "7"))
            })
            .answering(LIST, &with_encoded(encoded(1024, &[]))),
            "inconclusive status_list_too_short",
        ),
        unknown(
            answered("list_gzip_bomb", "A few KiB that expand to more than any list needs.", &{
                with_encoded(encoded(9 * (8 << 20), &[]))
            }),
            "inconclusive status_list_too_large",
        ),
        unknown(
            answered("list_expired", "The list was meant to last until May.", &{
                signed_after(|list| list["validUntil"] = json!("2026-05-01T00:00:00Z"))
            }),
            "inconclusive status_list_expired",
        ),
        unknown(
            answered("list_not_yet_valid", "The list is meant for next month.", &{
                signed_after(|list| list["validFrom"] = json!("2026-07-01T00:00:00Z"))
            }),
            "inconclusive status_list_expired",
        ),
        unknown(
            answered("list_of_another_type", "A signed credential stands there, but no list.", &{
                signed_after(|list| list["type"] = json!(["VerifiableCredential"]))
            }),
            "inconclusive status_list_malformed",
        ),
        unknown(
            answered("list_without_bits", "The list does not carry its bits.", &{
                signed_after(|list| {
                    list["credentialSubject"] = without(list["credentialSubject"].take(), "encodedList");
                })
            }),
            "inconclusive status_list_malformed",
        ),
        unknown(
            answered("list_of_another_encoding", "The bits are not written as multibase base64url.", &{
                with_encoded(encoded(ENTRIES, &[]).replacen('u', "m", 1))
            }),
            "inconclusive status_list_malformed",
        ),
        unknown(
            answered(
                "list_not_compressed",
                "The bits are not compressed.",
                &with_encoded(format!("u{}", "A".repeat(4096))),
            ),
            "inconclusive status_list_malformed",
        ),
        unknown(
            answered("list_cut_off", "The compressed bits end too early.", &{
                let whole = encoded(ENTRIES, &[INDEX]);
                with_encoded(whole[..whole.len() / 2].to_owned())
            }),
            "inconclusive status_list_malformed",
        ),
        unknown(
            Case::json("list_is_a_page", "A web page stands at the list's address.", &badge("revocation"))
                .with_answer(LIST, Canned::Fresh(b"<!doctype html><title>Status</title>".to_vec())),
            "inconclusive status_list_malformed",
        ),
    ]
}
