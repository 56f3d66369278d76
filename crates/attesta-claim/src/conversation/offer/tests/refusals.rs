//! What an issuer refuses, and what is done then.

use super::*;

fn host() -> String {
    "issuer.example".to_owned()
}

fn with_code() -> Value {
    with(offer(), &format!("/grants/{PRE_AUTHORIZED}/tx_code"), json!({"length": 4}))
}

/// The exchanges up to the token request, which is answered with these in turn.
fn token_answered(replies: &[Reply]) -> Vec<(&'static str, Reply)> {
    let mut exchanges = granted();
    exchanges.pop();
    exchanges.extend(replies.iter().map(|reply| (AT_TOKEN, reply.clone())));
    exchanges
}

fn described(error: &str, description: &str) -> Reply {
    Reply::Json(400, json!({"error": error, "error_description": description}))
}

#[test]
fn a_wrong_code_is_asked_for_again_three_times_at_most() {
    for error in ["invalid_tx_code", "invalid_grant"] {
        let mut exchanges = token_answered(&[refused(error), described(error, "Invalid 'tx_code'."), ok(token())]);
        exchanges.extend([nonce("n"), (AT_CREDENTIAL, credential("a.b.c"))]);
        let outcome = take(&with_code(), &exchanges, &["1", "2", "3"]);
        assert_eq!(outcome.questions.iter().map(|question| question.refused).collect::<Vec<_>>(), [false, true, true]);
        assert!(outcome.sent(AT_TOKEN)[2].ends_with("&tx_code=3"));
        assert_eq!(outcome.documents(), ["a.b.c"]);

        let outcome = take(&with_code(), &token_answered(&[refused(error), refused(error), refused(error)]), &["1"; 3]);
        assert_eq!(outcome.result, Err(ClaimError::Refused { host: host(), said: Some(error.to_owned()) }));
    }
}

#[test]
fn an_empty_code_is_no_attempt() {
    let mut exchanges = token_answered(&[ok(token())]);
    exchanges.extend([nonce("n"), (AT_CREDENTIAL, credential("a.b.c"))]);
    let outcome = take(&with_code(), &exchanges, &["", "  ", "1"]);
    assert_eq!(outcome.questions.iter().map(|question| question.refused).collect::<Vec<_>>(), [false; 3]);
}

#[test]
fn a_code_that_the_offer_did_not_announce_is_asked_for() {
    let mut exchanges = token_answered(&[described("invalid_request", "Missing required 'tx_code'"), ok(token())]);
    exchanges.extend([nonce("n"), (AT_CREDENTIAL, credential("a.b.c"))]);
    let outcome = take(&offer(), &exchanges, &["12 ab"]);
    assert!(!outcome.questions[0].refused);
    assert!(outcome.sent(AT_TOKEN)[1].ends_with("&tx_code=12+ab"));
}

#[test]
fn what_the_token_endpoint_refuses_is_told_apart() {
    let check = |offer: &Value, reply: Reply, expected: ClaimError| {
        let outcome = take(offer, &token_answered(&[reply]), &["1234"]);
        assert_eq!(outcome.result, Err(expected));
    };
    let expired = ClaimError::Expired { host: host() };
    check(&offer(), refused("invalid_grant"), expired.clone());
    check(&with_code(), described("invalid_grant", "Expired 'pre-authorized_code' provided"), expired.clone());
    check(&with_code(), described("invalid_grant", "The code was already used."), expired);
    check(&offer(), refused("invalid_client"), ClaimError::Unsupported { what: "registration of the wallet" });
    check(&offer(), refused("use_dpop_nonce"), ClaimError::Unsupported { what: "DPoP" });
    check(
        &offer(),
        Reply::Json(400, json!({"error": "authorization_pending", "interval": 7})),
        ClaimError::NotReady { host: host(), seconds: Some(7) },
    );
    let refused = ClaimError::Refused { host: host(), said: Some("Not a student.".to_owned()) };
    check(&offer(), described("invalid_scope", "Not a\nstudent."), refused);
    let broken = ClaimError::Fetch { host: host(), failure: FetchFailureKind::Status(503) };
    check(&offer(), Reply::Text(503, "text/html", "<html>".to_owned()), broken);
    check(&offer(), ok(with(token(), "/token_type", json!("DPoP"))), ClaimError::Unsupported { what: "DPoP" });
}

#[test]
fn a_nonce_that_is_out_of_date_is_renewed_once() {
    let exchanges = granted_then(&[
        nonce("n1"),
        (AT_CREDENTIAL, refused("invalid_nonce")),
        nonce("n2"),
        (AT_CREDENTIAL, credential("a.b.c")),
    ]);
    assert_eq!(take(&offer(), &exchanges, &[]).documents(), ["a.b.c"]);

    let exchanges = granted_then(&[
        nonce("n1"),
        (AT_CREDENTIAL, refused("invalid_nonce")),
        nonce("n2"),
        (AT_CREDENTIAL, refused("invalid_nonce")),
    ]);
    let said = Some("invalid_nonce".to_owned());
    assert_eq!(take(&offer(), &exchanges, &[]).result, Err(ClaimError::ProofRefused { host: host(), said }));
}

#[test]
fn a_proof_that_the_metadata_did_not_ask_for_is_given_when_it_is_missed() {
    let mut exchanges =
        granted_then(&[(AT_CREDENTIAL, refused("invalid_proof")), nonce("n"), (AT_CREDENTIAL, credential("a.b.c"))]);
    let plain = json!({"format": "ldp_vc"});
    exchanges[0].1 = ok(with(metadata(), "/credential_configurations_supported/badge", plain));
    let outcome = take(&offer(), &exchanges, &[]);
    let sent: Value = serde_json::from_str(&outcome.sent(AT_CREDENTIAL)[1]).unwrap();
    assert_eq!(proof(&sent["proofs"]["jwt"][0]).1["nonce"], "n");
}

#[test]
fn what_the_credential_endpoint_refuses_is_told_apart() {
    let check = |reply: Reply, expected: ClaimError| {
        let outcome = take(&offer(), &granted_then(&[nonce("n"), (AT_CREDENTIAL, reply)]), &[]);
        assert_eq!(outcome.result, Err(expected));
    };
    let said = |text: &str| Some(text.to_owned());
    check(
        described("credential_request_denied", "You have not passed."),
        ClaimError::Refused { host: host(), said: said("You have not passed.") },
    );
    check(
        refused("invalid_encryption_parameters"),
        ClaimError::Unsupported { what: "encryption of the credential response" },
    );
    check(Reply::Json(401, json!({"error": "invalid_token"})), ClaimError::Expired { host: host() });
    check(
        Reply::Failure(FetchFailureKind::TimedOut),
        ClaimError::Fetch { host: host(), failure: FetchFailureKind::TimedOut },
    );
    check(
        Reply::Text(307, "text/html", String::new()),
        ClaimError::Fetch { host: host(), failure: FetchFailureKind::Status(307) },
    );
    check(
        Reply::Text(200, "application/jwt; charset=utf-8", "a.b.c.d.e".to_owned()),
        ClaimError::Unsupported { what: "encryption of the credential response" },
    );
    check(
        ok(json!({"credentials": []})),
        ClaimError::NotUnderstood { host: host(), what: "the credential response holds no credential" },
    );
    check(
        ok(json!({"credentials": [{"credential": 5}]})),
        ClaimError::NotUnderstood { host: host(), what: "the credential response can't be read" },
    );
}

#[test]
fn a_proof_that_is_refused_in_both_shapes_is_a_refused_proof() {
    let exchanges = granted_then(&[
        nonce("n"),
        (AT_CREDENTIAL, described("invalid_proof", "Unknown key.")),
        nonce("m"),
        (AT_CREDENTIAL, refused("invalid_credential_request")),
    ]);
    let expected = ClaimError::ProofRefused { host: host(), said: Some("Unknown key.".to_owned()) };
    assert_eq!(take(&offer(), &exchanges, &[]).result, Err(expected));
}

#[test]
fn one_refused_credential_does_not_take_the_others_away() {
    let both = with(offer(), "/credential_configuration_ids", json!(["badge", "degree"]));
    let exchanges = granted_then(&[
        nonce("n"),
        (AT_CREDENTIAL, refused("credential_request_denied")),
        nonce("m"),
        (AT_CREDENTIAL, credential("a.b.c")),
    ]);
    let outcome = take(&both, &exchanges, &[]);
    assert_eq!(outcome.documents(), ["a.b.c"]);
    let said = Some("credential_request_denied".to_owned());
    assert_eq!(outcome.claimed().missing, Some(ClaimError::Refused { host: host(), said }));
}

#[test]
fn a_promise_is_over_when_the_issuer_forgets_it() {
    let promise = Reply::Json(202, json!({"transaction_id": "t", "interval": 1}));
    let exchanges =
        granted_then(&[nonce("n"), (AT_CREDENTIAL, promise), (AT_DEFERRED, refused("invalid_transaction_id"))]);
    assert_eq!(take(&offer(), &exchanges, &[]).result, Err(ClaimError::Expired { host: host() }));
}

#[test]
fn an_offer_that_is_gone_from_its_address_has_expired() {
    let check = |reply: Reply, expected: ClaimError| {
        let outcome = take_at("https://mail.example/o/1", &[("GET https://mail.example/o/1", reply)]);
        assert_eq!(outcome.result, Err(expected));
    };
    let host = || "mail.example".to_owned();
    check(not_found(), ClaimError::Expired { host: host() });
    check(Reply::Text(410, "text/plain", String::new()), ClaimError::Expired { host: host() });
    check(
        Reply::Text(500, "text/plain", String::new()),
        ClaimError::Fetch { host: host(), failure: FetchFailureKind::Status(500) },
    );
    check(
        Reply::Text(200, "text/html", "<html>".to_owned()),
        ClaimError::NotUnderstood { host: host(), what: "the credential offer is not a JSON object" },
    );
}
