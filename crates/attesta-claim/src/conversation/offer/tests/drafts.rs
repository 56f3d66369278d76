//! Issuers of the drafts that are still met.

use super::*;

/// What draft 11 says of a credential, in a list.
fn listed() -> Value {
    json!({
        "credential_issuer": ISSUER,
        "authorization_server": ISSUER,
        "credential_endpoint": "https://issuer.example/credential",
        "deferred_credential_endpoint": "https://issuer.example/deferred",
        "credentials_supported": [
            {
                "id": "badge",
                "format": "jwt_vc_json",
                "types": ["VerifiableCredential", "OpenBadgeCredential"],
                "cryptographic_binding_methods_supported": ["did"],
                "cryptographic_suites_supported": ["EdDSA"],
            },
            {
                "id": "degree",
                "format": "ldp_vc",
                "@context": ["https://www.w3.org/2018/credentials/v1"],
                "types": ["VerifiableCredential"],
            },
        ],
    })
}

fn token_with_nonce() -> Reply {
    ok(json!({"access_token": "the-token", "token_type": "bearer", "c_nonce": "n1", "c_nonce_expires_in": 300}))
}

fn started(metadata: Value) -> Vec<(&'static str, Reply)> {
    vec![(AT_METADATA, ok(metadata)), (AT_SERVER, ok(server())), (AT_TOKEN, token_with_nonce())]
}

#[test]
fn an_offer_of_draft_11_is_taken_with_its_pin_and_one_proof() {
    let offer = json!({
        "credential_issuer": ISSUER,
        "credentials": ["badge"],
        "grants": {PRE_AUTHORIZED: {"pre-authorized_code": "the-code", "user_pin_required": true}},
    });
    let mut exchanges = started(listed());
    exchanges.push((AT_CREDENTIAL, ok(json!({"format": "jwt_vc_json", "credential": "a.b.c", "c_nonce": "n2"}))));
    let outcome = take(&offer, &exchanges, &["1234"]);
    assert!(outcome.sent(AT_TOKEN)[0].ends_with("pre-authorized_code=the-code&user_pin=1234"));
    let sent = outcome.sent_json(AT_CREDENTIAL);
    assert_eq!(sent["format"], "jwt_vc_json");
    assert_eq!(sent["types"], json!(["VerifiableCredential", "OpenBadgeCredential"]));
    assert_eq!((sent.get("credential_configuration_id"), sent.get("proofs")), (None, None));
    assert_eq!(sent["proof"]["proof_type"], "jwt");
    assert_eq!(proof(&sent["proof"]["jwt"]).1["nonce"], "n1");
    assert_eq!(outcome.documents(), ["a.b.c"]);
}

#[test]
fn an_offer_that_speaks_of_both_codes_gets_both() {
    let offer = with(offer(), &format!("/grants/{PRE_AUTHORIZED}/tx_code"), json!({}));
    let offer = with(offer, &format!("/grants/{PRE_AUTHORIZED}/user_pin_required"), json!(true));
    let outcome = take(&offer, &granted_then(&[nonce("n"), (AT_CREDENTIAL, credential("a.b.c"))]), &["1234"]);
    assert!(outcome.sent(AT_TOKEN)[0].ends_with("&tx_code=1234&user_pin=1234"));
}

#[test]
fn a_credential_that_the_offer_describes_itself_is_asked_for_so() {
    let described = json!({
        "format": "ldp_vc",
        "credential_definition": {"@context": ["https://www.w3.org/2018/credentials/v1"], "types": ["Degree"]},
    });
    let offer = json!({
        "credential_issuer": ISSUER,
        "credentials": [described],
        "grants": {PRE_AUTHORIZED: {"pre-authorized_code": "the-code", "user_pin_required": false}},
    });
    let mut exchanges = started(listed());
    exchanges.push((AT_CREDENTIAL, ok(json!({"format": "ldp_vc", "credential": {"a": 1}}))));
    let outcome = take(&offer, &exchanges, &[]);
    assert_eq!(outcome.sent_json(AT_CREDENTIAL), described);
    assert_eq!(outcome.documents(), ["{\"a\":1}"]);
}

#[test]
fn the_nonce_of_one_answer_serves_the_next_request() {
    let offer = json!({
        "credential_issuer": ISSUER,
        "credentials": ["degree", "badge"],
        "grants": {PRE_AUTHORIZED: {"pre-authorized_code": "the-code"}},
    });
    let mut exchanges = started(listed());
    exchanges.push((AT_CREDENTIAL, ok(json!({"credential": {"a": 1}, "c_nonce": "n2"}))));
    exchanges.push((AT_CREDENTIAL, Reply::Json(400, json!({"error": "invalid_proof", "c_nonce": "n3"}))));
    exchanges.push((AT_CREDENTIAL, ok(json!({"credential": "a.b.c"}))));
    let outcome = take(&offer, &exchanges, &[]);
    let sent: Vec<Value> = outcome.sent(AT_CREDENTIAL).iter().map(|sent| serde_json::from_str(sent).unwrap()).collect();
    let definition = json!({"@context": ["https://www.w3.org/2018/credentials/v1"], "types": ["VerifiableCredential"]});
    assert_eq!(sent[0], json!({"format": "ldp_vc", "credential_definition": definition}));
    assert_eq!(proof(&sent[1]["proof"]["jwt"]).1["nonce"], "n2");
    assert_eq!(proof(&sent[2]["proof"]["jwt"]).1["nonce"], "n3");
}

#[test]
fn draft_13_is_recognised_by_the_nonce_in_its_token() {
    let mut metadata = metadata();
    metadata.as_object_mut().unwrap().remove("nonce_endpoint");
    let mut exchanges = started(metadata);
    exchanges.push((AT_CREDENTIAL, ok(json!({"credential": "a.b.c"}))));
    let outcome = take(&offer(), &exchanges, &[]);
    let sent = outcome.sent_json(AT_CREDENTIAL);
    assert_eq!(sent["format"], "jwt_vc_json");
    assert_eq!(sent["credential_definition"], json!({"type": ["VerifiableCredential", "OpenBadgeCredential"]}));
    assert!(sent["proof"]["jwt"].is_string());
}

#[test]
fn an_issuer_of_draft_14_that_refuses_the_final_request_gets_the_older_one() {
    for error in ["invalid_credential_request", "unsupported_credential_format", "invalid_request"] {
        let badge = json!({
            "format": "vc+sd-jwt",
            "vct": "https://issuer.example/badge",
            "cryptographic_binding_methods_supported": ["jwk"],
            "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": ["EdDSA"]}},
        });
        let mut exchanges = granted_then(&[
            nonce("n1"),
            (AT_CREDENTIAL, refused(error)),
            nonce("n2"),
            (AT_CREDENTIAL, ok(json!({"credentials": ["a.b.c~"]}))),
        ]);
        exchanges[0].1 = ok(with(metadata(), "/credential_configurations_supported/badge", badge));
        let outcome = take(&offer(), &exchanges, &[]);
        let sent: Value = serde_json::from_str(&outcome.sent(AT_CREDENTIAL)[1]).unwrap();
        assert_eq!((&sent["format"], &sent["vct"]), (&json!("vc+sd-jwt"), &json!("https://issuer.example/badge")));
        assert_eq!(proof(&sent["proof"]["jwt"]).1["nonce"], "n2");
        assert_eq!(outcome.documents(), ["a.b.c~"]);
    }
}

#[test]
fn a_promise_of_draft_11_is_kept_under_its_own_token() {
    let offer = json!({
        "credential_issuer": ISSUER,
        "credentials": ["badge"],
        "grants": {PRE_AUTHORIZED: {"pre-authorized_code": "the-code"}},
    });
    let mut exchanges = started(listed());
    exchanges.push((AT_CREDENTIAL, ok(json!({"acceptance_token": "promise"}))));
    exchanges.push((AT_DEFERRED, ok(json!({"credential": "a.b.c"}))));
    let outcome = take(&offer, &exchanges, &[]);
    assert_eq!(outcome.requests.last().unwrap().bearer.as_ref().unwrap().0, "promise");
    assert_eq!(outcome.waits, [5]);
    assert_eq!(outcome.documents(), ["a.b.c"]);
}

#[test]
fn a_credential_that_is_sent_for_old_and_new_wallets_is_taken_once() {
    let reply = ok(json!({"credential": "a.b.c", "credentials": [{"credential": "a.b.c"}]}));
    let outcome = take(&offer(), &granted_then(&[nonce("n"), (AT_CREDENTIAL, reply)]), &[]);
    assert_eq!(outcome.documents(), ["a.b.c"]);
}

#[test]
fn the_metadata_is_looked_for_where_older_issuers_have_it() {
    let issuer = "https://issuer.example/tenant";
    let offer = with(offer(), "/credential_issuer", json!(issuer));
    let mut metadata = with(metadata(), "/credential_issuer", json!(issuer));
    metadata["token_endpoint"] = json!("https://issuer.example/tenant/token");
    let exchanges = [
        ("GET https://issuer.example/.well-known/openid-credential-issuer/tenant", not_found()),
        ("GET https://issuer.example/tenant/.well-known/openid-credential-issuer", ok(metadata)),
        ("GET https://issuer.example/.well-known/oauth-authorization-server/tenant", not_found()),
        // A site that answers every path with its page.
        (
            "GET https://issuer.example/tenant/.well-known/openid-configuration",
            Reply::Text(200, "text/html", "<html>".to_owned()),
        ),
        ("GET https://issuer.example/tenant/.well-known/oauth-authorization-server", not_found()),
        ("POST https://issuer.example/tenant/token", ok(token())),
        nonce("n"),
        (AT_CREDENTIAL, credential("a.b.c")),
    ];
    assert_eq!(take(&offer, &exchanges, &[]).documents(), ["a.b.c"]);
}
