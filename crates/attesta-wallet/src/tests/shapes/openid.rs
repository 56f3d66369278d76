//! OpenID credential offers.

use attesta_net::Method;
use serde_json::{Value, json};

use super::*;

const ISSUER_AT: &str = "https://issuer.example";
const GRANT: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
const METADATA: &str = "https://issuer.example/.well-known/openid-credential-issuer";
const SERVER: &str = "https://issuer.example/.well-known/oauth-authorization-server";
const TOKEN: &str = "https://issuer.example/token";
const NONCE: &str = "https://issuer.example/nonce";
const CREDENTIAL: &str = "https://issuer.example/credential";
const NOTIFICATION: &str = "https://issuer.example/notification";

/// All that an offer asks up to what the issuer is told at the end.
pub(super) const ASKED: [&str; 7] = [
    "GET https://issuer.example/.well-known/openid-credential-issuer",
    "GET https://issuer.example/.well-known/oauth-authorization-server",
    "POST https://issuer.example/token",
    "POST https://issuer.example/nonce",
    "POST https://issuer.example/credential",
    KEY,
    "POST https://issuer.example/notification",
];

fn offer() -> Value {
    json!({
        "credential_issuer": ISSUER_AT,
        "credential_configuration_ids": ["badge"],
        "grants": {GRANT: {"pre-authorized_code": "the-code"}},
    })
}

fn with_code() -> Value {
    let mut offer = offer();
    offer["grants"][GRANT]["tx_code"] = json!({"length": 4, "input_mode": "numeric"});
    offer
}

fn link(start: &str, offer: &Value) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(offer.to_string().as_bytes()).collect();
    format!("{start}credential_offer={encoded}")
}

/// A link with the whole offer in it.
pub(super) fn by_value() -> String {
    link("openid-credential-offer://?", &offer())
}

fn metadata(format: &str) -> Value {
    json!({
        "credential_issuer": ISSUER_AT,
        "credential_endpoint": CREDENTIAL,
        "nonce_endpoint": NONCE,
        "notification_endpoint": NOTIFICATION,
        "deferred_credential_endpoint": "https://issuer.example/deferred",
        "credential_configurations_supported": {"badge": {
            "format": format,
            "vct": "https://issuer.example/badge",
            "credential_definition": {"type": ["VerifiableCredential", "OpenBadgeCredential"]},
            "cryptographic_binding_methods_supported": ["did:key"],
            "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": ["EdDSA"]}},
        }},
    })
}

fn answer(credential: &[u8]) -> String {
    let credential = String::from_utf8(credential.to_vec()).unwrap();
    format!(r#"{{"credentials":[{{"credential": {credential} }}],"notification_id":"note-1"}}"#)
}

impl Shape {
    fn with_metadata(self, metadata: &Value) -> Shape {
        self.get(METADATA, "application/json", metadata.to_string()).get(
            SERVER,
            "application/json",
            json!({"issuer": ISSUER_AT, "token_endpoint": TOKEN}).to_string(),
        )
    }

    fn granting(self, credential_answer: String) -> Shape {
        self.post(TOKEN, r#"{"access_token":"t","token_type":"bearer"}"#)
            .post(NONCE, r#"{"c_nonce":"n1"}"#)
            .post(CREDENTIAL, credential_answer)
            .post(NOTIFICATION, "{}")
    }

    /// The issuer of the offer, up to its credential.
    pub(super) fn with_openid_issuer(self, credential: &[u8]) -> Shape {
        self.with_metadata(&metadata("ldp_vc")).granting(answer(credential))
    }
}

pub(super) fn shapes() -> Vec<Shape> {
    let badge = badge(|_| {});
    let whole = |name, given: String, recognised: &str| {
        Shape::text(name, given)
            .with_openid_issuer(&badge)
            .taken_for(recognised)
            .asks(&ASKED)
            .gives(&[GOOD])
            .keeps(&[&badge])
    };
    let here = "credential_offer issuer.example";
    let reference = "https://college.example/offers/1";
    let at = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fcollege.example%2Foffers%2F1";
    let refused_token = |shape: Shape, error: &str| {
        shape.reply(Method::Post, TOKEN, 400, "application/json", json!({"error": error}).to_string())
    };
    let token = files::token("vc+jwt", &unsigned(|_| {}));
    let mut only_sign_in = offer();
    only_sign_in["grants"] = json!({"authorization_code": {}});
    vec![
        whole("an OpenID offer", by_value(), here),
        whole("an OpenID offer of the interoperability profile", link("haip-vci://?", &offer()), here),
        whole("an OpenID offer to a wallet's page", link("https://wallet.example/add?lang=fr&", &offer()), here),
        whole("an OpenID offer without its link", offer().to_string(), here),
        whole("an OpenID offer in a message in French", format!("Bonjour\u{a0}! Votre attestation\u{a0}: {} Merci.", by_value()), here),
        Shape::text("an OpenID offer by reference", at)
            .get(reference, "application/json", offer().to_string())
            .with_openid_issuer(&badge)
            .taken_for("credential_offer college.example")
            .asks(&[&["GET https://college.example/offers/1"], ASKED.as_slice()].concat())
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::text("an OpenID offer by reference that is over", at)
            .reply(Method::Get, reference, 404, "text/html", "<!doctype html>")
            .taken_for("credential_offer college.example")
            .asks(&["GET https://college.example/offers/1"])
            .gives(&["failed claim_expired"]),
        whole("an OpenID offer with a code", link("openid-credential-offer://?", &with_code()), here).codes(&["4271"]),
        refused_token(Shape::text("an OpenID offer with a code that is right the second time", link("openid-credential-offer://?", &with_code())), "invalid_grant")
            .with_openid_issuer(&badge)
            .codes(&["0000", "4271"])
            .taken_for(here)
            .asks(&[&ASKED[..2], &[ASKED[2]], &ASKED[2..]].concat())
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::text("an OpenID offer whose code is not at hand", link("openid-credential-offer://?", &with_code()))
            .with_metadata(&metadata("ldp_vc"))
            .taken_for(here)
            .asks(&ASKED[..2])
            .gives(&["failed code_wanted"]),
        refused_token(Shape::text("an OpenID offer with a wrong code", link("openid-credential-offer://?", &with_code())), "invalid_grant")
            .with_metadata(&metadata("ldp_vc"))
            .codes(&["0000"])
            .taken_for(here)
            .asks(&ASKED[..3])
            .gives(&["failed code_refused"]),
        refused_token(Shape::text("an OpenID offer that was used before", by_value()), "invalid_grant")
            .with_metadata(&metadata("ldp_vc"))
            .taken_for(here)
            .asks(&ASKED[..3])
            .gives(&["failed claim_expired"]),
        Shape::text("an OpenID offer of a token", by_value())
            .with_metadata(&metadata("jwt_vc_json"))
            .granting(answer(format!("\"{token}\"").as_bytes()))
            .taken_for(here)
            .asks(&ASKED)
            .gives(&[GOOD])
            .keeps(&[&token]),
        Shape::text("an OpenID offer of draft 11", link("openid-credential-offer://?", &json!({"credential_issuer": ISSUER_AT, "credentials": ["badge"], "grants": {GRANT: {"pre-authorized_code": "c", "user_pin_required": false}}})))
            .with_metadata(&json!({
                "credential_issuer": ISSUER_AT,
                "credential_endpoint": CREDENTIAL,
                "credentials_supported": [{"id": "badge", "format": "ldp_vc", "types": ["VerifiableCredential"]}],
            }))
            .post(TOKEN, r#"{"access_token":"t","token_type":"bearer","c_nonce":"n1"}"#)
            .post(CREDENTIAL, format!(r#"{{"format":"ldp_vc","credential":{}}}"#, String::from_utf8(badge.clone()).unwrap()))
            .taken_for(here)
            .asks(&[ASKED[0], ASKED[1], ASKED[2], ASKED[4], KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::text("an OpenID offer whose credential is ready at the second visit", by_value())
            .with_metadata(&metadata("ldp_vc"))
            .granting(r#"{"transaction_id":"later","interval":0}"#.to_owned())
            .post("https://issuer.example/deferred", answer(&badge))
            .taken_for(here)
            .asks(&[&ASKED[..5], &["POST https://issuer.example/deferred"], &ASKED[5..]].concat())
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::text("an OpenID offer that wants the learner to sign in", link("openid-credential-offer://?", &only_sign_in))
            .taken_for("credential_offer? issuer.example (claim_unsupported)")
            .gives(&["failed claim_unsupported"]),
        Shape::text("an OpenID offer of a driving licence", by_value())
            .with_metadata(&metadata("mso_mdoc"))
            .taken_for(here)
            .asks(&ASKED[..1])
            .gives(&["failed claim_unsupported"]),
    ]
}

#[test]
fn openid_credential_offers() {
    check(&shapes());
}
