//! Badges that are signed rather than hosted.

use attesta_verify::FetchFailureKind;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

use super::{BADGE, CONTEXT, PROFILE, REVOKED, SIGNED_ID, assertion, badge_class, profile, with};
use crate::case::{Case, pretty};
use crate::document::{edited, without};
use crate::party::{college, stranger};

pub(super) const KEY: &str = "https://college.example/keys/1";
const LIST: &str = "https://college.example/revoked";

/// `RS256` over an assertion that names [`KEY`], made once with a key that was not kept: RSA is only ever checked here.
const RSA_TOKEN: &str = concat!(
    "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJAY29udGV4dCI6Imh0dHBzOi8vdzNpZC5vcmcvb3BlbmJhZGdlcy92MiIsImJ",
    "hZGdlIjoiaHR0cHM6Ly9jb2xsZWdlLmV4YW1wbGUvYmFkZ2VzL2ZpcnN0LWFpZCIsImlkIjoidXJuOnV1aWQ6YzhiOWIxYTItNmY",
    "wZi00YjUzLTlkMGUtMmY1ZTBhN2MxZDIwIiwiaXNzdWVkT24iOiIyMDI2LTAyLTAxVDAwOjAwOjAwWiIsInJlY2lwaWVudCI6eyJ",
    "oYXNoZWQiOmZhbHNlLCJpZGVudGl0eSI6ImFtZWxpZS50cmVtYmxheUBleGFtcGxlLmNhIiwidHlwZSI6ImVtYWlsIn0sInR5cGU",
    "iOiJBc3NlcnRpb24iLCJ2ZXJpZmljYXRpb24iOnsiY3JlYXRvciI6Imh0dHBzOi8vY29sbGVnZS5leGFtcGxlL2tleXMvMSIsInR",
    "5cGUiOiJzaWduZWQifX0.ByImXiBgBuSzAEgnAR43yEm2IxoTSukc59fkdbFIiO2hRgZ4CSg_7q2quv2jqCxtUYFmfCSdMwxIkzt",
    "t__oA5g5ZQ88xJ5V3pmS9x83ZxQeHW6vYuKsemlYtnIE-u7dVfpreFs-8GaRpcPBlBSGLUpcmoS9hFEgPPdu0HCZf4OElNoHKuVN",
    "nFG5LnTgfhMgOZW3nc0Pu4iiveMMn3ZztcPIK3kU9Eo2i2FsE3l9zCgYW-GFYjsYqndAV982Dj5t9RZlcUjNg3hdya375BKn56O4",
    "DIPeb0oGxvRYH2aj3sn9PDfzCKWC6cZMsFLa6iXVCm1MNvs99zTumzB7b1K4IZA",
);

/// The key that checks it.
const RSA_PUBLIC_KEY: &str = "-----BEGIN PUBLIC KEY-----\n\
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnXsB1XbYV8nld1eupc1W\n\
m9AvM/AQZaMpWMNAY5qj2tSF0TmIzleqqiGC2CkkYMq711fmBL95DxmLJAd/4Yhp\n\
doe/0lOn1TOfPurfyPvIJMLl/qIBxcr15rlcQURbIgy6PYIuNWQBsxMshM5hSKYO\n\
P8WvJ489anTHbPwpMPiyCFWaGPm+/E391lVynl6+1NSUq1RRm7Yis0JvSCZicRn9\n\
xzsLy/WYVjcnPLWaUjAn3u4qjdYYAoKbwFZsv8w0FNNUBIOW381OH/1Cu3f8GGtP\n\
d7LaRMqv33SLb0Z8WrH/VgRCIbCQ4+cnz1KaskAW2FLsS4emfRNcvITxWPMuIQyq\n\
pQIDAQAB\n\
-----END PUBLIC KEY-----\n";

fn token(payload: &Value, key: &SigningKey) -> Vec<u8> {
    let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let input = format!("{}.{}", encode(br#"{"alg":"EdDSA","typ":"JWT"}"#), encode(&pretty(payload)));
    format!("{input}.{}", encode(&key.sign(input.as_bytes()).to_bytes())).into_bytes()
}

fn pem(key: &SigningKey) -> String {
    // SubjectPublicKeyInfo of Ed25519, RFC 8410 section 4.
    let der = [
        &[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0],
        key.verifying_key().as_bytes().as_slice(),
    ]
    .concat();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(der))
}

fn signed_assertion() -> Value {
    edited(without(assertion(), "evidence"), |badge| {
        badge["id"] = json!(SIGNED_ID);
        badge["verification"] = json!({ "type": "SignedBadge", "creator": KEY });
    })
}

fn key_document(pem: &str) -> Value {
    json!({ "@context": CONTEXT, "type": "CryptographicKey", "id": KEY, "owner": PROFILE, "publicKeyPem": pem })
}

/// The usual signed badge.
pub(super) fn usual_token() -> String {
    String::from_utf8(token(&signed_assertion(), &college().key)).expect("a token is ASCII")
}

/// The document of the key that signed it.
pub(super) fn listed_key() -> Value {
    key_document(&pem(&college().key))
}

pub(super) fn cases() -> Vec<Case> {
    let key = college().key;
    let listing = edited(profile(), with("publicKey", json!(KEY)));
    let tracking = edited(listing.clone(), with("revocationList", json!(LIST)));
    let bytes = |name: &str, story: &str, token: Vec<u8>| {
        Case::bytes(name, story, "input.jws", token)
            .answering(BADGE, &badge_class())
            .answering(PROFILE, &listing)
            .answering(KEY, &key_document(&pem(&key)))
    };
    let usual = |name: &str, story: &str| bytes(name, story, token(&signed_assertion(), &key));
    let list = |entries: Value| json!({ "@context": CONTEXT, "type": "RevocationList", "id": LIST, "revokedAssertions": entries });
    let holds = ("proof", "pass signature_holds");
    let listed = ("issuer", "pass signed_by_listed_key");
    let strangers = stranger().key;
    vec![
        Case::bytes(
            "ob2_signed_rs256",
            "It is signed with RSA, as most were.",
            "input.jws",
            RSA_TOKEN.as_bytes().to_vec(),
        )
        .answering(BADGE, &badge_class())
        .answering(PROFILE, &listing)
        .answering(KEY, &key_document(RSA_PUBLIC_KEY))
        .expect("valid", &[holds, listed, ("status", "absent")]),
        usual("ob2_signed", "It is signed with a key that its issuer lists.")
            .expect("valid", &[holds, listed, ("status", "absent")]),
        usual("ob2_signed_key_embedded", "Its issuer's profile carries the key.")
            .answering(PROFILE, &edited(profile(), with("publicKey", key_document(&pem(&key)))))
            .without_answer(KEY)
            .expect("valid", &[holds, listed]),
        bytes(
            "ob2_signed_by_stranger",
            "It is signed with another key than the one it names.",
            token(&signed_assertion(), &strangers),
        )
        .expect("invalid", &[("proof", "fail signature_mismatch")]),
        bytes(
            "ob2_signed_key_not_listed",
            "It names a key that its issuer does not list.",
            token(
                &edited(signed_assertion(), |badge| {
                    badge["verification"]["creator"] = json!("https://stranger.example/key")
                }),
                &strangers,
            ),
        )
        .without_answer(KEY)
        .expect("invalid", &[("proof", "fail key_not_listed")]),
        usual("ob2_signed_key_of_another", "The key's document names another owner.")
            .answering(KEY, &edited(key_document(&pem(&key)), with("owner", json!("https://stranger.example/profile"))))
            .expect("invalid", &[("proof", "fail key_controller_mismatch")]),
        usual("ob2_signed_key_unreachable", "The key can't be had.")
            .failing(KEY, FetchFailureKind::TimedOut)
            .expect("unverifiable", &[("proof", "inconclusive key_unreachable")]),
        usual("ob2_signed_not_in_list", "Its issuer's list of revoked badges does not name it.")
            .answering(PROFILE, &tracking)
            .answering(LIST, &list(json!(["urn:uuid:00000000-0000-4000-8000-000000000000"])))
            .expect("valid", &[holds, ("status", "pass status_clear")]),
        usual("ob2_signed_in_list", "Its issuer's list of revoked badges names it and gives a reason.")
            .answering(PROFILE, &tracking)
            .answering(LIST, &list(json!([{ "id": SIGNED_ID, "revocationReason": "Issued in error." }])))
            .expect("revoked", &[holds, REVOKED]),
        usual("ob2_signed_list_unreachable", "Its issuer's list of revoked badges can't be had.")
            .answering(PROFILE, &tracking)
            .failing(LIST, FetchFailureKind::Status(503))
            .expect("status_unknown", &[holds, ("status", "inconclusive status_unreachable")]),
        usual("ob2_signed_list_malformed", "What stands at the list's address is no list.")
            .answering(PROFILE, &tracking)
            .answering(LIST, &json!({ "type": "RevocationList" }))
            .expect("status_unknown", &[("status", "inconclusive status_list_malformed")]),
        Case::json(
            "ob2_signed_without_signature",
            "It says that it is signed and comes without a signature.",
            &signed_assertion(),
        )
        .expect("unverifiable", &[("proof", "inconclusive no_proof")]),
    ]
}
