//! Claims as the final text has them.

use super::*;
use crate::claim::CodeInput;

#[test]
fn an_offer_becomes_a_credential() {
    let outcome = take(&offer(), &granted_then(&[nonce("n1"), (AT_CREDENTIAL, credential("a.b.c"))]), &[]);
    assert_eq!(
        outcome.sent(AT_TOKEN),
        ["grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code&pre-authorized_code=the-code"]
    );
    let sent = outcome.sent_json(AT_CREDENTIAL);
    assert_eq!(sent["credential_configuration_id"], "badge");
    let (header, claims) = proof(&sent["proofs"]["jwt"][0]);
    let kid = HolderKey::from_seed(&[7; 32]).verification_method();
    assert_eq!(header, json!({"typ": "openid4vci-proof+jwt", "alg": "EdDSA", "kid": kid}));
    assert_eq!(claims, json!({"aud": ISSUER, "iat": 1_795_341_600, "nonce": "n1"}));
    let claimed = outcome.claimed();
    assert_eq!(claimed.documents[0].bytes, b"a.b.c");
    assert_eq!(claimed.documents[0].url, "https://issuer.example/credential");
    assert_eq!((claimed.notification, claimed.missing), (None, None));
}

#[test]
fn an_offer_lies_at_an_address_and_names_another_issuer() {
    let lies = ("GET https://mail.example/o/1", ok(offer()));
    let exchanges = [vec![lies], granted_then(&[nonce("n"), (AT_CREDENTIAL, credential("a.b.c"))])].concat();
    assert_eq!(take_at("https://mail.example/o/1", &exchanges).documents(), ["a.b.c"]);
}

#[test]
fn the_token_goes_to_the_issuers_own_endpoints_and_the_code_to_the_token_endpoint_alone() {
    let metadata = with(metadata(), "/authorization_servers", json!(["https://login.example/t"]));
    let metadata = with(metadata, "/credential_endpoint", json!("https://vault.example/c?tenant=1"));
    let server = json!({"issuer": "https://login.example/t", "token_endpoint": "https://login.example/t/token"});
    let outcome = take(
        &offer(),
        &[
            (AT_METADATA, ok(metadata)),
            ("GET https://login.example/.well-known/oauth-authorization-server/t", ok(server)),
            ("POST https://login.example/t/token", ok(token())),
            nonce("n"),
            ("POST https://vault.example/c?tenant=1", credential("a.b.c")),
        ],
        &[],
    );
    let bearers = outcome.requests.iter().filter(|request| request.bearer.is_some());
    assert_eq!(bearers.map(|request| request.url.as_str()).collect::<Vec<_>>(), ["https://vault.example/c?tenant=1"]);
    let holds_code = |request: &&ClaimRequest| {
        request.url.contains("the-code")
            || request.body.as_ref().is_some_and(|body| String::from_utf8_lossy(&body.bytes).contains("the-code"))
    };
    let told = outcome.requests.iter().filter(holds_code).map(|request| request.url.as_str());
    assert_eq!(told.collect::<Vec<_>>(), ["https://login.example/t/token"]);
    assert!(!format!("{:?}", outcome.requests).contains("the-"), "a secret is printed");
}

#[test]
fn a_credential_keeps_the_bytes_that_it_has_in_the_answer() {
    let embedded = "{ \"b\" : 1.0,\n  \"a\":\"\\u00e9\" }";
    let body = format!("{{\"credentials\":[{{\"credential\":{embedded}}}]}}");
    let reply = Reply::Text(200, "application/json", body);
    let outcome = take(&offer(), &granted_then(&[nonce("n"), (AT_CREDENTIAL, reply)]), &[]);
    assert_eq!(outcome.documents(), [embedded]);
}

#[test]
fn a_code_is_asked_for_even_where_nothing_is_said_of_it() {
    let question = |tx_code: Value| {
        let offer = with(offer(), &format!("/grants/{}/tx_code", PRE_AUTHORIZED), tx_code);
        let exchanges = granted_then(&[nonce("n"), (AT_CREDENTIAL, credential("a.b.c"))]);
        let outcome = take(&offer, &exchanges, &[" 12 34 "]);
        let sent = outcome.sent(AT_TOKEN).remove(0);
        (outcome.questions[0].clone(), sent.split("tx_code=").nth(1).unwrap().to_owned())
    };
    let plain = CodeQuestion {
        host: "issuer.example".to_owned(),
        input: CodeInput::Numeric,
        length: None,
        description: None,
        refused: false,
    };
    assert_eq!(question(json!({})), (plain.clone(), "1234".to_owned()));
    let described = json!({"input_mode": "text", "length": 6, "description": "It was sent\u{202e} by mail\u{7}."});
    let expected = CodeQuestion {
        input: CodeInput::Text,
        length: Some(6),
        description: Some("It was sent by mail .".to_owned()),
        ..plain
    };
    assert_eq!(question(described), (expected, "12+34".to_owned()));
}

#[test]
fn everything_that_is_offered_and_can_be_read_is_asked_for_and_the_rest_is_named() {
    let offer = with(offer(), "/credential_configuration_ids", json!(["licence", "badge", "degree", "badge"]));
    let exchanges = granted_then(&[
        nonce("n1"),
        (AT_CREDENTIAL, credential("a.b.c")),
        nonce("n2"),
        (AT_CREDENTIAL, ok(json!({"credentials": [{"credential": {"a": 1}}]}))),
    ]);
    let outcome = take(&offer, &exchanges, &[]);
    assert_eq!(outcome.documents(), ["a.b.c", "{\"a\":1}"]);
    let nonces = outcome
        .sent(AT_CREDENTIAL)
        .into_iter()
        .map(|sent| proof(&serde_json::from_str::<Value>(&sent).unwrap()["proofs"]["jwt"][0]).1["nonce"].clone());
    assert_eq!(nonces.collect::<Vec<_>>(), ["n1", "n2"]);
    let missing = outcome.claimed().missing;
    assert_eq!(missing, Some(ClaimError::Unsupported { what: "the format mso_mdoc (ISO/IEC 18013-5)" }));
}

#[test]
fn credentials_that_the_token_names_are_asked_for_by_those_names() {
    let details = json!([{
        "type": "openid_credential",
        "credential_configuration_id": "badge",
        "credential_identifiers": ["winter", "summer"],
    }]);
    let mut exchanges = granted();
    exchanges[2].1 = ok(with(token(), "/authorization_details", details));
    exchanges.extend([
        nonce("n1"),
        (AT_CREDENTIAL, credential("a.b.c")),
        nonce("n2"),
        (AT_CREDENTIAL, credential("d.e.f")),
    ]);
    let outcome = take(&offer(), &exchanges, &[]);
    for (sent, name) in outcome.sent(AT_CREDENTIAL).iter().zip(["winter", "summer"]) {
        let sent: Value = serde_json::from_str(sent).unwrap();
        assert_eq!((&sent["credential_identifier"], sent.get("credential_configuration_id")), (&json!(name), None));
    }
    assert_eq!(outcome.documents(), ["a.b.c", "d.e.f"]);
}

#[test]
fn no_proof_and_no_nonce_is_made_where_none_is_wanted() {
    let plain = json!({"format": "dc+sd-jwt", "vct": "https://issuer.example/badge"});
    let mut exchanges = granted_then(&[(AT_CREDENTIAL, credential("a.b.c~"))]);
    exchanges[0].1 = ok(with(metadata(), "/credential_configurations_supported/badge", plain));
    let outcome = take(&offer(), &exchanges, &[]);
    assert_eq!(outcome.sent_json(AT_CREDENTIAL), json!({"credential_configuration_id": "badge"}));
}

#[test]
fn the_key_is_named_as_the_issuer_takes_it() {
    let header = |format: &str, methods: Value, algorithms: Value| {
        let mut badge = configuration(format);
        badge["cryptographic_binding_methods_supported"] = methods;
        badge["proof_types_supported"]["jwt"]["proof_signing_alg_values_supported"] = algorithms;
        let mut exchanges = granted_then(&[nonce("n"), (AT_CREDENTIAL, credential("a.b.c"))]);
        exchanges[0].1 = ok(with(metadata(), "/credential_configurations_supported/badge", badge));
        let outcome = take(&offer(), &exchanges, &[]);
        let (header, _) = proof(&outcome.sent_json(AT_CREDENTIAL)["proofs"]["jwt"][0]);
        let key = header["kid"].as_str().map_or("jwk", |kid| &kid[..7]).to_owned();
        (key, header["alg"].as_str().unwrap().to_owned())
    };
    let expect = |key: &str, algorithm: &str| (key.to_owned(), algorithm.to_owned());
    assert_eq!(header("ldp_vc", json!(["jwk", "did:key"]), json!(["EdDSA"])), expect("did:key", "EdDSA"));
    assert_eq!(header("ldp_vc", json!(["did"]), json!(["Ed25519", "EdDSA"])), expect("did:key", "EdDSA"));
    assert_eq!(header("jwt_vc_json", json!(["did:jwk"]), json!(["Ed25519"])), expect("did:jwk", "Ed25519"));
    assert_eq!(header("jwt_vc_json", json!([]), json!(["EdDSA"])), expect("did:key", "EdDSA"));
    assert_eq!(header("dc+sd-jwt", json!(["did:key", "jwk"]), json!(["EdDSA"])), expect("jwk", "EdDSA"));
    assert_eq!(header("dc+sd-jwt", json!(["did:key"]), json!(["EdDSA"])), expect("did:key", "EdDSA"));
}

#[test]
fn a_promised_credential_is_waited_for() {
    let promise = Reply::Json(202, json!({"transaction_id": "t", "interval": 2}));
    let exchanges = granted_then(&[
        nonce("n"),
        (AT_CREDENTIAL, promise.clone()),
        (AT_DEFERRED, promise),
        (AT_DEFERRED, Reply::Json(400, json!({"error": "issuance_pending", "interval": 3}))),
        (AT_DEFERRED, credential("a.b.c")),
    ]);
    let outcome = take(&offer(), &exchanges, &[]);
    assert_eq!(outcome.waits, [2, 2, 3]);
    assert_eq!(outcome.sent(AT_DEFERRED)[0], "{\"transaction_id\":\"t\"}");
    assert!(outcome.requests.last().unwrap().bearer.is_some());
    assert_eq!(outcome.documents(), ["a.b.c"]);
}

#[test]
fn a_credential_that_takes_longer_is_named_with_its_time_and_what_came_is_kept() {
    let promise = |seconds: u64| Reply::Json(202, json!({"transaction_id": "t", "interval": seconds}));
    let not_ready = ClaimError::NotReady { host: "issuer.example".to_owned(), seconds: Some(86_400) };
    let alone = take(&offer(), &granted_then(&[nonce("n"), (AT_CREDENTIAL, promise(86_400))]), &[]);
    assert_eq!(alone.result, Err(not_ready.clone()));

    let both = with(offer(), "/credential_configuration_ids", json!(["badge", "degree"]));
    let exchanges =
        granted_then(&[nonce("n"), (AT_CREDENTIAL, promise(86_400)), nonce("m"), (AT_CREDENTIAL, credential("a.b.c"))]);
    let outcome = take(&both, &exchanges, &[]);
    assert_eq!(outcome.documents(), ["a.b.c"]);
    assert_eq!(outcome.claimed().missing, Some(not_ready));
}

#[test]
fn the_issuer_is_told_what_became_of_its_credential() {
    let reply = ok(json!({"credentials": [{"credential": "a.b.c"}], "notification_id": "note"}));
    let outcome = take(&offer(), &granted_then(&[nonce("n"), (AT_CREDENTIAL, reply)]), &[]);
    let notification = outcome.claimed().notification.unwrap();
    let told = [&notification.accepted, &notification.declined, &notification.failed].map(|request| {
        assert_eq!(request.url, "https://issuer.example/notification");
        assert!(request.bearer.is_some());
        serde_json::from_slice::<Value>(&request.body.as_ref().unwrap().bytes).unwrap()
    });
    let expected = ["credential_accepted", "credential_deleted", "credential_failure"]
        .map(|event| json!({"notification_id": "note", "event": event}));
    assert_eq!(told, expected);
}
