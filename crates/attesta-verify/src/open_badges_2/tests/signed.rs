//! Badges that are signed rather than hosted.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

use super::*;

const LIST: &str = "https://college.example/revoked";

fn signing_key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn pem(key: &SigningKey) -> String {
    let prefix = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    let der = [&prefix[..], key.verifying_key().as_bytes()].concat();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(der))
}

fn token(header: &Value, payload: &Value, key: &SigningKey) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let input = format!("{}.{}", encode(header), encode(payload));
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(key.sign(input.as_bytes()).to_bytes()))
}

fn signed_assertion() -> Value {
    let signed = with(assertion(), "/verification", json!({ "type": "SignedBadge", "creator": KEY }));
    with(signed, "/id", json!("urn:uuid:1"))
}

fn signed(payload: &Value) -> String {
    token(&json!({ "alg": "EdDSA" }), payload, &signing_key())
}

fn key_document() -> Value {
    json!({ "id": KEY, "type": "CryptographicKey", "owner": ISSUER, "publicKeyPem": pem(&signing_key()) })
}

fn listing() -> Value {
    with(profile(), "/publicKey", json!([KEY]))
}

#[track_caller]
fn check_signed(token: &str, changes: &[(&str, Answer)], verdict: Verdict, line: &str) {
    let mut resources = site(&[(ISSUER, fresh(&listing())), (KEY, fresh(&key_document()))]);
    for (url, answer) in changes {
        resources.record(*url, answer.clone());
    }
    check_received(token, resources, verdict, line);
}

#[test]
fn a_badge_signed_with_a_key_that_its_issuer_lists_is_valid() {
    let good = signed(&signed_assertion());
    for line in ["proof pass signature_holds", "issuer pass signed_by_listed_key", "status absent"] {
        check_signed(&good, &[], Verdict::Valid, line);
    }
    let unnamed = signed(&with(signed_assertion(), "/verification", json!({ "type": "signed" })));
    check_signed(&unnamed, &[], Verdict::Valid, "issuer pass signed_by_listed_key");
    let embedded = with(profile(), "/publicKey", key_document());
    check_signed(&good, &[(ISSUER, fresh(&embedded))], Verdict::Valid, "issuer pass signed_by_listed_key");
}

#[test]
fn a_key_of_somebody_else_proves_nothing() {
    let evil = SigningKey::from_bytes(&[66; 32]);
    let forged = token(&json!({ "alg": "EdDSA" }), &signed_assertion(), &evil);
    check_signed(&forged, &[], Verdict::Invalid, "proof fail signature_mismatch");
    let evil_key = "https://evil.example/key";
    let naming = with(signed_assertion(), "/verification/creator", json!(evil_key));
    let evil_document = with(with(key_document(), "/publicKeyPem", json!(pem(&evil))), "/id", json!(evil_key));
    let forged = token(&json!({ "alg": "EdDSA" }), &naming, &evil);
    let line = "proof fail key_not_listed /verification/creator";
    check_signed(&forged, &[(evil_key, fresh(&evil_document))], Verdict::Invalid, line);
    let owned = with(key_document(), "/owner", json!("https://evil.example/issuer"));
    let line = "proof fail key_controller_mismatch /verification/creator";
    check_signed(&signed(&signed_assertion()), &[(KEY, fresh(&owned))], Verdict::Invalid, line);
    let elsewhere = with(key_document(), "/id", json!(evil_key));
    let line = "proof fail key_document_mismatch /verification/creator";
    check_signed(&signed(&signed_assertion()), &[(KEY, fresh(&elsewhere))], Verdict::Invalid, line);
    check_signed(
        &signed(&signed_assertion()),
        &[(ISSUER, fresh(&profile()))],
        Verdict::Invalid,
        "proof fail key_not_listed /verification/creator",
    );
}

#[test]
fn a_key_that_can_not_be_had_or_used_proves_nothing() {
    let good = signed(&signed_assertion());
    let open = |what: &str| format!("proof inconclusive {what} /verification/creator");
    let down = failed(FetchFailureKind::TimedOut);
    check_signed(&good, &[(KEY, down)], Verdict::Unverifiable, &open("key_unreachable"));
    let unowned = fresh(&without(key_document(), "owner"));
    check_signed(&good, &[(KEY, unowned)], Verdict::Unverifiable, &open("malformed_key_document"));
    let no_key = fresh(&with(key_document(), "/publicKeyPem", json!("hello")));
    check_signed(&good, &[(KEY, no_key)], Verdict::Unverifiable, &open("malformed_key_document"));
    let older = stale(&profile(), "2026-06-01T00:00:00Z", FetchFailureKind::Unreachable);
    check_signed(&good, &[(ISSUER, older)], Verdict::Unverifiable, &open("key_not_listed"));
    for header in [json!({ "alg": "none" }), json!({ "alg": "HS256" }), json!({ "alg": "EdDSA", "crit": ["b64"] })] {
        let token = token(&header, &signed_assertion(), &signing_key());
        check_signed(&token, &[], Verdict::Unverifiable, "proof inconclusive unsupported_suite");
    }
    let other_alg = token(&json!({ "alg": "RS256" }), &signed_assertion(), &signing_key());
    check_signed(&other_alg, &[], Verdict::Invalid, "proof fail signature_mismatch");
}

#[test]
fn a_signed_badge_is_looked_for_in_the_issuers_list() {
    let good = signed(&signed_assertion());
    let listing = fresh(&with(listing(), "/revocationList", json!(LIST)));
    let list = |entries: Value| fresh(&json!({ "type": "RevocationList", "id": LIST, "revokedAssertions": entries }));
    let with_list = |answer: Answer| [(ISSUER, listing.clone()), (LIST, answer)];
    for entries in [json!(["urn:uuid:1"]), json!([{ "id": "urn:uuid:1", "revocationReason": "Error" }])] {
        check_signed(&good, &with_list(list(entries)), Verdict::Revoked, "status fail revoked");
    }
    check_signed(&good, &with_list(list(json!(["urn:uuid:2"]))), Verdict::Valid, "status pass status_clear");
    check_signed(&good, &with_list(list(json!([]))), Verdict::Valid, "status pass status_clear");
    let own_word = signed(&with(signed_assertion(), "/revoked", json!(true)));
    check_signed(&own_word, &with_list(list(json!([]))), Verdict::Revoked, "status fail revoked");
    let unknown = Verdict::StatusUnknown;
    let place = "/badge/issuer/revocationList";
    let malformed = format!("status inconclusive status_list_malformed {place}");
    check_signed(&good, &with_list(fresh(&json!({ "type": "RevocationList" }))), unknown, &malformed);
    check_signed(&good, &with_list(list(json!("none"))), unknown, &malformed);
    let unreachable = format!("status inconclusive status_unreachable {place}");
    check_signed(&good, &with_list(failed(FetchFailureKind::Status(500))), unknown, &unreachable);
    let kept =
        |entries: Value| stale(&json!({ "revokedAssertions": entries }), "2026-01-01T00:00:00Z", FetchFailureKind::Tls);
    check_signed(&good, &with_list(kept(json!(["urn:uuid:1"]))), Verdict::Revoked, "status fail revoked");
    check_signed(&good, &with_list(kept(json!([]))), unknown, "status inconclusive status_unreachable");
    let nowhere = fresh(&with(with(profile(), "/publicKey", json!(KEY)), "/revocationList", json!("urn:x")));
    check_signed(&good, &[(ISSUER, nowhere)], unknown, &format!("status inconclusive status_entry_malformed {place}"));
}

#[test]
fn a_first_version_signed_badge_takes_the_key_of_the_issuers_own_site() {
    let payload = json!({
        "uid": "7", "badge": BADGE, "issuedOn": "2026-02-01",
        "recipient": { "type": "email", "hashed": false, "identity": "amy@example.ca" },
        "verify": { "type": "signed", "url": "https://college.example/key.pem" },
    });
    let bare = Answer::Fresh(resource(&pem(&signing_key()), "2026-06-15T11:00:00Z"));
    let answers = [(ISSUER, fresh(&profile())), ("https://college.example/key.pem", bare.clone())];
    check_signed(&signed(&payload), &answers, Verdict::Valid, "issuer pass signed_by_listed_key");
    let listed = fresh(&with(profile(), "/revocationList", json!(LIST)));
    let revoked = [answers[1].clone(), (ISSUER, listed), (LIST, fresh(&json!({ "7": "Issued in error" })))];
    check_signed(&signed(&payload), &revoked, Verdict::Revoked, "status fail revoked");
    let elsewhere = with(payload, "/verify/url", json!("https://evil.example/key.pem"));
    let answers = [(ISSUER, fresh(&profile())), ("https://evil.example/key.pem", bare)];
    let line = "proof fail key_not_listed /verification/creator";
    check_signed(&signed(&elsewhere), &answers, Verdict::Invalid, line);
}
