//! What is refused before the offer's code is used, and what bounds a claim.

use super::*;

fn not_understood(what: &'static str) -> ClaimError {
    ClaimError::NotUnderstood { host: "issuer.example".to_owned(), what }
}

#[track_caller]
fn check_offer(offer: &Value, expected: ClaimError) {
    assert_eq!(take(offer, &[], &[]).result, Err(expected), "{offer}");
}

/// The claim ends with the metadata, before its code is used.
#[track_caller]
fn check_metadata(offer: &Value, metadata: Value, expected: ClaimError) {
    assert_eq!(take(offer, &[(AT_METADATA, ok(metadata))], &[]).result, Err(expected));
}

#[test]
fn an_offer_that_is_none_is_refused_unasked() {
    let nobodys = |what| ClaimError::NotUnderstood { host: String::new(), what };
    check_offer(&json!([]), nobodys("the credential offer is not a JSON object"));
    for issuer in
        ["http://issuer.example", "https://issuer.example/?a=1", "https://issuer.example/#a", "", "did:key:z6"]
    {
        let offer = with(offer(), "/credential_issuer", json!(issuer));
        check_offer(&offer, nobodys("credential_issuer is not an issuer identifier"));
    }
    for ids in [json!([]), json!("badge"), json!([5]), Value::Null] {
        let offer = with(offer(), "/credential_configuration_ids", ids);
        check_offer(&offer, not_understood("the offer names no credential"));
    }
}

#[test]
fn an_offer_that_needs_a_sign_in_at_the_issuer_is_named() {
    let unsupported = || ClaimError::Unsupported { what: "the authorization code flow" };
    for grants in [json!({}), json!({"authorization_code": {"issuer_state": "s"}}), json!({PRE_AUTHORIZED: {}})] {
        check_offer(&with(offer(), "/grants", grants), unsupported());
    }
    let mut without = offer();
    without.as_object_mut().unwrap().remove("grants");
    check_offer(&without, unsupported());
}

#[test]
fn members_that_are_not_known_are_passed_over() {
    let offer = with(offer(), "/later", json!({"credential_issuer": "https://other.example"}));
    let outcome = take(&offer, &granted_then(&[nonce("n"), (AT_CREDENTIAL, credential("a.b.c"))]), &[]);
    assert_eq!(outcome.documents(), ["a.b.c"]);
}

#[test]
fn metadata_of_another_issuer_is_not_used() {
    for issuer in ["https://issuer.example/", "https://ISSUER.example", "https://other.example"] {
        let metadata = with(metadata(), "/credential_issuer", json!(issuer));
        check_metadata(&offer(), metadata, not_understood("the metadata is that of another issuer"));
    }
}

#[test]
fn endpoints_are_https() {
    let endpoint = |key: &str, value: &str| with(metadata(), &format!("/{key}"), json!(value));
    for url in ["http://issuer.example/c", "http://127.0.0.1/c", "ftp://issuer.example/c", "/credential", ""] {
        let what = "credential_endpoint is missing or not an https address";
        check_metadata(&offer(), endpoint("credential_endpoint", url), not_understood(what));
    }
    let what = "nonce_endpoint is not an https address";
    check_metadata(&offer(), endpoint("nonce_endpoint", "http://issuer.example/nonce"), not_understood(what));

    let server = with(server(), "/token_endpoint", json!("http://issuer.example/token"));
    let exchanges = [
        (AT_METADATA, ok(metadata())),
        (AT_SERVER, ok(server)),
        ("GET https://issuer.example/.well-known/openid-configuration", not_found()),
    ];
    let what = "token_endpoint is missing or not an https address";
    assert_eq!(take(&offer(), &exchanges, &[]).result, Err(not_understood(what)));
}

#[test]
fn an_issuer_on_this_machine_may_be_asked_by_http() {
    let here = |document: Value| {
        serde_json::from_str::<Value>(&document.to_string().replace("https://issuer.example", "http://localhost:7000"))
            .unwrap()
    };
    let exchanges = [
        ("GET http://localhost:7000/.well-known/openid-credential-issuer", ok(here(metadata()))),
        ("GET http://localhost:7000/.well-known/oauth-authorization-server", ok(here(server()))),
        ("POST http://localhost:7000/token", ok(token())),
        ("POST http://localhost:7000/nonce", ok(json!({"c_nonce": "n"}))),
        ("POST http://localhost:7000/credential", credential("a.b.c")),
    ];
    assert_eq!(take(&here(offer()), &exchanges, &[]).documents(), ["a.b.c"]);
}

#[test]
fn an_authorization_server_is_one_of_the_issuers_and_says_so_itself() {
    let metadata = with(metadata(), "/authorization_servers", json!(["https://a.example", "https://b.example"]));
    let named = |server: &str| with(offer(), &format!("/grants/{PRE_AUTHORIZED}/authorization_server"), json!(server));
    let what = "the offer names an authorization server that is not the issuer's";
    check_metadata(&named("https://c.example"), metadata.clone(), not_understood(what));

    let of = |host: &str| json!({"issuer": host, "token_endpoint": format!("{host}/token")});
    let after = [nonce("n"), (AT_CREDENTIAL, credential("a.b.c"))];
    let b = [
        (AT_METADATA, ok(metadata.clone())),
        ("GET https://b.example/.well-known/oauth-authorization-server", ok(of("https://b.example"))),
        ("POST https://b.example/token", ok(token())),
    ];
    assert_eq!(take(&named("https://b.example"), &[&b[..], &after].concat(), &[]).documents(), ["a.b.c"]);

    // Unnamed, it is the one that says it knows the grant.
    let knows = with(of("https://b.example"), "/grant_types_supported", json!([PRE_AUTHORIZED]));
    let found = [
        (AT_METADATA, ok(metadata)),
        ("GET https://a.example/.well-known/oauth-authorization-server", ok(of("https://a.example"))),
        ("GET https://b.example/.well-known/oauth-authorization-server", ok(knows)),
        ("POST https://b.example/token", ok(token())),
    ];
    assert_eq!(take(&offer(), &[&found[..], &after].concat(), &[]).documents(), ["a.b.c"]);
}

#[test]
fn what_cannot_be_given_or_read_is_named_before_the_code_is_used() {
    let check = |pointer: &str, value: Value, what: &'static str| {
        let metadata = with(metadata(), pointer, value);
        check_metadata(&offer(), metadata, ClaimError::Unsupported { what });
    };
    let badge = "/credential_configurations_supported/badge";
    check(&format!("{badge}/format"), json!("mso_mdoc"), "the format mso_mdoc (ISO/IEC 18013-5)");
    check(&format!("{badge}/format"), json!("holo"), "the credential's format");
    let only = json!({"jwt": {"proof_signing_alg_values_supported": ["ES256"]}});
    check(&format!("{badge}/proof_types_supported"), only, "a proof that is not signed with Ed25519");
    let attested = json!({"jwt": {"proof_signing_alg_values_supported": ["EdDSA"], "key_attestations_required": {}}});
    check(&format!("{badge}/proof_types_supported"), attested, "key attestation");
    let other = json!({"di_vp": {"proof_signing_alg_values_supported": ["eddsa-rdfc-2022"]}});
    check(&format!("{badge}/proof_types_supported"), other, "a proof of another type than jwt");
    let methods = format!("{badge}/cryptographic_binding_methods_supported");
    check(&methods, json!(["did:web"]), "a binding to another kind of key");
    let required = json!({"encryption_required": true});
    check("/credential_response_encryption", required.clone(), "encryption of the credential response");
    check("/credential_request_encryption", required, "encryption of the credential request");
    check("/require_credential_response_encryption", json!(true), "encryption of the credential response");

    let mut without = metadata();
    without["credential_configurations_supported"].as_object_mut().unwrap().remove("badge");
    check_metadata(&offer(), without, not_understood("what is offered is not in the metadata"));
}

#[test]
fn a_token_that_could_break_a_header_is_not_used() {
    for access_token in [json!("a\r\nb"), json!("a b"), json!("é"), json!(""), json!(5), Value::Null] {
        let mut exchanges = granted();
        exchanges[2].1 = ok(with(token(), "/access_token", access_token));
        let what = "the token response has no access_token";
        assert_eq!(take(&offer(), &exchanges, &[]).result, Err(not_understood(what)));
    }
}

#[test]
fn a_claim_makes_sixteen_requests_at_most_and_keeps_what_came() {
    let ids: Vec<String> = (0..40).map(|number| format!("badge{number}")).collect();
    let mut metadata = metadata();
    for id in &ids {
        metadata["credential_configurations_supported"][id] = configuration("jwt_vc_json");
    }
    let mut exchanges = granted();
    exchanges[0].1 = ok(metadata);
    for _ in 0..6 {
        exchanges.extend([nonce("n"), (AT_CREDENTIAL, credential("a.b.c"))]);
    }
    exchanges.push(nonce("n"));
    let outcome = take(&with(offer(), "/credential_configuration_ids", json!(ids)), &exchanges, &[]);
    assert_eq!((outcome.requests.len(), outcome.documents().len()), (16, 6));
    assert_eq!(outcome.claimed().missing, Some(ClaimError::TooManyRounds { host: "issuer.example".to_owned() }));
}

#[test]
fn one_answer_hands_over_a_bounded_number() {
    let many: Vec<Value> = (0..65).map(|_| json!({"credential": "a.b.c"})).collect();
    let exchanges = granted_then(&[nonce("n"), (AT_CREDENTIAL, ok(json!({"credentials": many})))]);
    assert_eq!(take(&offer(), &exchanges, &[]).result, Err(not_understood("the credential response can't be read")));
}

#[test]
fn what_is_over_stays_over() {
    let key = HolderKey::from_seed(&[7; 32]);
    let holder = Holder { key: &key, now: "2026-11-22T10:00:00Z".parse().unwrap() };
    let mut conversation = by_value(&offer().to_string()).unwrap();
    for _ in 0..3 {
        assert!(
            matches!(conversation.next(holder), Ok(Turn::Next(Next::Ask(_)))),
            "an unanswered question is repeated"
        );
    }
    conversation.answered(Err(FetchFailureKind::Cancelled));
    for _ in 0..3 {
        let expected = ClaimError::Fetch { host: "issuer.example".to_owned(), failure: FetchFailureKind::Cancelled };
        assert_eq!(conversation.next(holder).err(), Some(expected));
    }
}

#[test]
fn metadata_that_a_redirect_fetches_from_elsewhere_is_nobodys() {
    let wrong = || Err(not_understood("its metadata lies at another host"));
    let issuer = Reply::Elsewhere("https://evil.example/issuer", metadata());
    assert_eq!(take(&offer(), &[(AT_METADATA, issuer)], &[]).result, wrong());
    let at_home = Reply::Elsewhere("https://www.issuer.example/issuer", metadata());
    let elsewhere = Reply::Elsewhere("https://evil.example/server", server());
    const AT_OPENID: &str = "GET https://issuer.example/.well-known/openid-configuration";
    let exchanges = [(AT_METADATA, at_home), (AT_SERVER, elsewhere), (AT_OPENID, not_found())];
    assert_eq!(take(&offer(), &exchanges, &[]).result, wrong());
}
