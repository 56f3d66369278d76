//! Does the key belong to the issuer that the credential names?

use attesta_verify::FetchFailureKind;
use serde_json::json;

use crate::case::Case;
use crate::document::{edited, open_badge, with_status};
use crate::party::{COLLEGE_DOCUMENT, Party, college, institute, stranger};
use crate::signing::secured;
use crate::status_list::{INDEX, LIST, entry};

const ADDRESS: &str = "https://college.example/issuer";

/// An issuer that goes by an https address.
fn registrar() -> Party {
    Party::listed(ADDRESS, 1)
}

/// A badge that names `issuer` and is signed by `signer`.
fn signed_by(issuer: &Party, signer: &Party) -> serde_json::Value {
    secured(open_badge(issuer), signer)
}

pub(super) fn cases() -> Vec<Case> {
    let urn = Party { id: "urn:example:college".to_owned(), ..institute() };
    vec![
        Case::json(
            "issuer_did_key_signed_by_another",
            "A stranger signed with their own key and named the institute as issuer.",
            &signed_by(&institute(), &stranger()),
        )
        .expect("invalid", &[("proof", "pass signature_holds"), ("issuer", "fail key_of_another")]),
        Case::json(
            "issuer_did_web_signed_by_did_key",
            "A stranger signed with their own key and named a college's domain as issuer.",
            &signed_by(&college(), &stranger()),
        )
        .expect("invalid", &[("proof", "pass signature_holds"), ("issuer", "fail key_of_another")]),
        Case::json("issuer_did_key_signed_by_did_web", "Another domain's key signed in the institute's name.", &{
            signed_by(&institute(), &Party::listed("did:web:stranger.example", 9))
        })
        .answering(
            "https://stranger.example/.well-known/did.json",
            &Party::listed("did:web:stranger.example", 9).document(),
        )
        .expect("invalid", &[("proof", "pass signature_holds"), ("issuer", "fail key_of_another")]),
        Case::json(
            "issuer_did_web_of_another_path",
            "One faculty signed in another faculty's name on the same domain.",
            &{
                signed_by(
                    &Party::listed("did:web:college.example:nursing", 3),
                    &Party::listed("did:web:college.example:arts", 4),
                )
            },
        )
        .answering(
            "https://college.example/arts/did.json",
            &Party::listed("did:web:college.example:arts", 4).document(),
        )
        .expect("invalid", &[("proof", "pass signature_holds"), ("issuer", "fail key_of_another")]),
        Case::json(
            "issuer_address_signed_by_did_key",
            "The issuer is an https address, and nothing ties the did:key that signed to it.",
            &with_status_signed(&registrar(), &stranger()),
        )
        .expect(
            "unverifiable",
            &[
                ("proof", "pass signature_holds"),
                ("issuer", "inconclusive signer_not_tied_to_issuer"),
                ("status", "skipped proof_not_established"),
            ],
        ),
        Case::json(
            "issuer_urn_signed_by_did_key",
            "The issuer is a URN, which no key can be tied to.",
            &signed_by(&urn, &stranger()),
        )
        .expect("unverifiable", &[("issuer", "inconclusive signer_not_tied_to_issuer")]),
        Case::json(
            "issuer_address_lists_key",
            "The issuer is an https address whose document lists the key.",
            &signed_by(&registrar(), &registrar()),
        )
        .answering(ADDRESS, &registrar().document())
        .expect("valid", &[("proof", "pass signature_holds"), ("issuer", "pass issuer_lists_key")]),
        Case::json("issuer_address_signed_under_another_address", "A key under another address signed.", &{
            signed_by(&registrar(), &Party::listed("https://stranger.example/issuer", 9))
        })
        .answering("https://stranger.example/issuer", &Party::listed("https://stranger.example/issuer", 9).document())
        .expect("invalid", &[("proof", "pass signature_holds"), ("issuer", "fail key_of_another")]),
        Case::json(
            "issuer_key_in_fragment_unreachable",
            "A stranger wrote their key behind the # of the college's address; there is no document.",
            &key_in_fragment(),
        )
        .failing(ADDRESS, FetchFailureKind::Status(404))
        .expect(
            "unverifiable",
            &[("proof", "inconclusive key_unreachable"), ("issuer", "skipped proof_not_established")],
        ),
        Case::json(
            "issuer_key_in_fragment_not_listed",
            "A stranger wrote their key behind the # of the college's address, whose document does not list it.",
            &key_in_fragment(),
        )
        .answering(ADDRESS, &registrar().document())
        .expect("invalid", &[("proof", "fail key_not_listed"), ("issuer", "skipped proof_failed")]),
        Case::json("issuer_key_in_did_fragment_not_listed", "The same, behind a domain's DID.", &{
            let method = format!("{}#{}", college().id, stranger().multikey());
            signed_by(&college(), &college().with_method(&method).with_key_of(&stranger()))
        })
        .answering(COLLEGE_DOCUMENT, &college().document())
        .expect("invalid", &[("proof", "fail key_not_listed"), ("issuer", "skipped proof_failed")]),
        Case::json(
            "issuer_foreign_key_behind_did_key",
            "A stranger wrote their key behind the institute's did:key.",
            &{
                let method = format!("{}#{}", institute().id, stranger().multikey());
                signed_by(&institute(), &institute().with_method(&method).with_key_of(&stranger()))
            },
        )
        .expect("invalid", &[("proof", "fail key_not_listed"), ("issuer", "skipped proof_failed")]),
        Case::json("issuer_bare_did_key", "The proof names a DID where it should name one of its keys.", &{
            signed_by(&institute(), &institute().with_method(&institute().id))
        })
        .expect("invalid", &[("proof", "fail malformed_verification_method"), ("issuer", "skipped proof_failed")]),
        Case::json("issuer_text_form", "The issuer stands as plain text instead of an object.", &{
            secured(edited(open_badge(&institute()), |badge| badge["issuer"] = json!(institute().id)), &institute())
        })
        .expect("valid", &[("issuer", "pass issuer_is_key")]),
        Case::json(
            "issuer_same_name",
            "A stranger issues under the institute's name, but with their own identifier.",
            &{ signed_by(&stranger(), &stranger()) },
        )
        .expect("valid", &[("issuer", "pass issuer_is_key"), ("recognition", "skipped no_registry_asked")]),
    ]
}

fn key_in_fragment() -> serde_json::Value {
    let method = format!("{ADDRESS}#{}", stranger().multikey());
    signed_by(&registrar(), &registrar().with_method(&method).with_key_of(&stranger()))
}

fn with_status_signed(issuer: &Party, signer: &Party) -> serde_json::Value {
    secured(with_status(open_badge(issuer), entry(LIST, "revocation", INDEX.to_string())), signer)
}
