//! Is the key what the issuer's document says, and is it meant for this?

use attesta_verify::FetchFailureKind;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::case::{Canned, Case, pretty, time};
use crate::document::{edited, open_badge};
use crate::party::{COLLEGE_DOCUMENT, Party, college, stranger};
use crate::signing::secured;

/// A badge of the college.
fn badge() -> Value {
    secured(open_badge(&college()), &college())
}

/// The badge, with the college's document changed.
fn with_document(name: &str, story: &str, change: impl FnOnce(&mut Value)) -> Case {
    Case::json(name, story, &badge()).answering(COLLEGE_DOCUMENT, &edited(college().document(), change))
}

/// The badge, with the college's document not to be had.
fn without_document(name: &str, story: &str, failure: FetchFailureKind) -> Case {
    Case::json(name, story, &badge()).failing(COLLEGE_DOCUMENT, failure).expect("unverifiable", UNREACHABLE)
}

const UNREACHABLE: &[(&str, &str)] =
    &[("proof", "inconclusive key_unreachable"), ("issuer", "skipped proof_not_established")];

const LISTED: &[(&str, &str)] = &[("proof", "pass signature_holds"), ("issuer", "pass issuer_lists_key")];

/// An issuer with a DID of another form, its badge and its document.
fn elsewhere(name: &str, story: &str, did: &str, url: &str) -> Case {
    let issuer = Party::listed(did, 1);
    Case::json(name, story, &secured(open_badge(&issuer), &issuer)).answering(url, &issuer.document())
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = documents();
    cases.extend(methods());
    cases
}

fn documents() -> Vec<Case> {
    vec![
        with_document("did_web_good", "A college's domain lists the key that signed.", |_| {}).expect("valid", LISTED),
        elsewhere(
            "did_web_path",
            "The college keeps one document per faculty.",
            "did:web:college.example:issuers:nursing",
            "https://college.example/issuers/nursing/did.json",
        )
        .expect("valid", LISTED),
        elsewhere(
            "did_web_port",
            "The college's document stands on a port of its own.",
            "did:web:college.example%3A8443",
            "https://college.example:8443/.well-known/did.json",
        )
        .expect("valid", LISTED),
        elsewhere(
            "did_web_loopback_allowed",
            "An issuer on this machine, where the caller allows that.",
            "did:web:localhost%3A8080",
            "http://localhost:8080/.well-known/did.json",
        )
        .on_loopback()
        .expect("valid", LISTED),
        Case::json("did_web_loopback_refused", "An issuer on this machine; it is not asked.", &{
            let issuer = Party::listed("did:web:localhost%3A8080", 1);
            secured(open_badge(&issuer), &issuer)
        })
        .expect("unverifiable", &[("issuer", "skipped proof_not_established")]),
        without_document("did_web_unreachable", "The college's domain does not answer.", FetchFailureKind::Unreachable),
        without_document(
            "did_web_not_found",
            "The college's domain has no such document.",
            FetchFailureKind::Status(404),
        ),
        without_document("did_web_timed_out", "The college's domain takes too long.", FetchFailureKind::TimedOut),
        without_document("did_web_offline", "The learner works offline.", FetchFailureKind::Offline),
        Case::json("did_web_malformed", "The college's domain answers with a page.", &badge())
            .with_answer(COLLEGE_DOCUMENT, Canned::Fresh(b"<!doctype html><title>College</title>".to_vec()))
            .expect("unverifiable", &[("proof", "inconclusive malformed_key_document")]),
        with_document("did_web_id_mismatch", "The document names another identifier.", |document| {
            document["id"] = json!("did:web:other.example");
        })
        .expect("invalid", &[("proof", "fail key_document_mismatch")]),
        Case::json(
            "did_web_older_copy",
            "The domain is down today; an older copy of its document is at hand.",
            &badge(),
        )
        .with_answer(
            COLLEGE_DOCUMENT,
            Canned::Stale(pretty(&college().document()), time("2026-06-01T08:00:00Z"), FetchFailureKind::Unreachable),
        )
        .expect("valid", LISTED),
        Case::json(
            "did_web_gone_with_older_copy",
            "The college took its document away; an older copy is at hand.",
            &badge(),
        )
        .with_answer(
            COLLEGE_DOCUMENT,
            Canned::Stale(pretty(&college().document()), time("2026-06-14T08:00:00Z"), FetchFailureKind::Status(410)),
        )
        .expect("unverifiable", UNREACHABLE),
        Case::json(
            "did_web_very_old_copy",
            "The domain is down; the copy of its document at hand is more than a month old.",
            &badge(),
        )
        .with_answer(
            COLLEGE_DOCUMENT,
            Canned::Stale(pretty(&college().document()), time("2026-05-01T08:00:00Z"), FetchFailureKind::Unreachable),
        )
        .expect("unverifiable", UNREACHABLE),
        Case::json("did_web_kept_copy", "The learner works offline with a copy that is still good.", &badge())
            .with_answer(COLLEGE_DOCUMENT, Canned::Cached(pretty(&college().document()), time("2026-06-14T08:00:00Z")))
            .expect("valid", LISTED),
        Case::json("did_unsupported_method", "The issuer's DID is of a kind that can't be resolved here.", &{
            let issuer = Party::listed("did:example:college", 1);
            secured(open_badge(&issuer), &issuer)
        })
        .expect("unverifiable", &[("proof", "inconclusive unsupported_did_method")]),
    ]
}

fn methods() -> Vec<Case> {
    vec![
        with_document("key_not_listed", "The document does not list the key that signed.", |document| {
            document["verificationMethod"][0]["id"] = json!("did:web:college.example#key-2");
            document["assertionMethod"] = json!(["did:web:college.example#key-2"]);
        })
        .expect("invalid", &[("proof", "fail key_not_listed")]),
        with_document("key_replaced", "The document lists another key under that name.", |document| {
            document["verificationMethod"][0]["publicKeyMultibase"] = json!(stranger().multikey());
        })
        .expect("invalid", &[("proof", "fail signature_mismatch")]),
        with_document("key_for_another_purpose", "The key may log in, but not make statements.", |document| {
            document["authentication"] = document["assertionMethod"].take();
            document["assertionMethod"] = json!([]);
        })
        .expect("invalid", &[("proof", "fail key_not_for_this_purpose")]),
        with_document("key_controlled_by_another", "The key says that somebody else controls it.", |document| {
            document["verificationMethod"][0]["controller"] = json!("did:web:other.example");
        })
        .expect("invalid", &[("proof", "fail key_controller_mismatch")]),
        with_document("key_expired_before_signing", "The key had expired before it signed.", |document| {
            document["verificationMethod"][0]["expires"] = json!("2025-12-31T00:00:00Z");
        })
        .expect("invalid", &[("proof", "fail key_no_longer_valid")]),
        with_document("key_revoked_before_signing", "The key had been revoked before it signed.", |document| {
            document["verificationMethod"][0]["revoked"] = json!("2025-12-31T00:00:00Z");
        })
        .expect("invalid", &[("proof", "fail key_no_longer_valid")]),
        with_document(
            "key_revoked_since",
            "The key was revoked after the date in the proof; who stole it could have written any date.",
            |document| document["verificationMethod"][0]["revoked"] = json!("2026-05-01T00:00:00Z"),
        )
        .expect("unverifiable", &[("proof", "inconclusive key_no_longer_valid")]),
        with_document("key_revoked_in_future", "The college announced when the key will end.", |document| {
            document["verificationMethod"][0]["revoked"] = json!("2027-05-01T00:00:00Z");
        })
        .expect("valid", LISTED),
        with_document("key_embedded_in_relationship", "The key stands inside the relationship itself.", |document| {
            document["assertionMethod"] = document["verificationMethod"].take();
            document["verificationMethod"] = json!([]);
        })
        .expect("valid", LISTED),
        with_document("key_as_jwk", "The key is written as a JSON Web Key.", |document| {
            document["verificationMethod"][0] = json!({
                "id": college().method,
                "type": "JsonWebKey",
                "controller": college().id,
                "publicKeyJwk": {
                    "kty": "OKP",
                    "crv": "Ed25519",
                    "x": URL_SAFE_NO_PAD.encode(college().key.verifying_key().as_bytes()),
                },
            });
        })
        .expect("valid", LISTED),
        with_document("key_of_2020_form", "The key is written in the form of 2020.", |document| {
            document["@context"][1] = json!("https://w3id.org/security/suites/ed25519-2020/v1");
            document["verificationMethod"][0]["type"] = json!("Ed25519VerificationKey2020");
        })
        .expect("valid", LISTED),
        with_document(
            "key_relative_fragment",
            "The document names its key by the fragment alone, as DIDs may.",
            |document| {
                document["verificationMethod"][0]["id"] = json!("#key-1");
                document["assertionMethod"] = json!(["#key-1"]);
            },
        )
        .expect("valid", LISTED),
    ]
}
