//! OpenID for Verifiable Credential Issuance with pre-authorised codes.

use serde_json::{Value, json};
use url::{Url, form_urlencoded};

use crate::wallet::{Answer, Demo, key, token};

const PRE_AUTHORIZED: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// The offer behind a link, by value or by reference.
fn offer(demo: &Demo, kind: &str) -> Value {
    let link = Url::parse(&demo.link(kind)).expect("a link");
    let (name, value) = link.query_pairs().next().expect("a parameter");
    match &*name {
        "credential_offer" => serde_json::from_str(&value).expect("JSON"),
        "credential_offer_uri" => demo.get(&value, "application/json").json(),
        other => panic!("{other}"),
    }
}

fn grant(offer: &Value) -> &Value {
    &offer["grants"][PRE_AUTHORIZED]
}

fn ask_token(demo: &Demo, offer: &Value, tx_code: Option<&str>) -> Answer {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", PRE_AUTHORIZED);
    form.append_pair("pre-authorized_code", grant(offer)["pre-authorized_code"].as_str().expect("a code"));
    if let Some(code) = tx_code {
        form.append_pair("tx_code", code);
    }
    let body = form.finish();
    demo.post(&at(demo, "token"), "application/x-www-form-urlencoded", None, body.as_bytes())
}

fn token_for(demo: &Demo, kind: &str) -> String {
    let answer = ask_token(demo, &offer(demo, kind), None);
    assert_eq!(answer.status, 200, "{}", answer.json());
    assert_eq!(answer.json()["token_type"], "Bearer");
    assert!(answer.head.contains("cache-control: no-store"), "{}", answer.head);
    answer.json()["access_token"].as_str().expect("a token").to_owned()
}

fn at(demo: &Demo, endpoint: &str) -> String {
    format!("{}/oid4vci/{endpoint}", demo.issuer.base_url)
}

fn nonce(demo: &Demo) -> String {
    demo.post(&at(demo, "nonce"), "application/json", None, b"").json()["c_nonce"].as_str().expect("a nonce").to_owned()
}

fn head() -> Value {
    json!({ "typ": "openid4vci-proof+jwt", "alg": "EdDSA", "kid": key().verification_method() })
}

fn claims(demo: &Demo) -> Value {
    json!({ "aud": at(demo, "").trim_end_matches('/'), "iat": demo.now().as_second(), "nonce": nonce(demo) })
}

fn collect(demo: &Demo, access: &str, proof: &str) -> Answer {
    let body = json!({ "credential_configuration_id": "WQT-120", "proofs": { "jwt": [proof] } }).to_string();
    demo.post(&at(demo, "credential"), "application/json", Some(access), body.as_bytes())
}

#[track_caller]
fn is_error(answer: &Answer, code: &str) {
    assert_eq!((answer.status, answer.json()["error"].as_str()), (400, Some(code)), "{}", answer.json());
}

#[test]
fn an_offer_leads_to_the_holder_s_credential_and_the_wallet_s_word_of_it_is_kept() {
    let demo = Demo::start();
    for (place, kind) in ["offer", "offer-reference", "offer-https"].into_iter().enumerate() {
        let access = token_for(&demo, kind);
        let answer = collect(&demo, &access, &token(&head(), &claims(&demo)));
        let body = answer.json();
        answer.credential_of(&body["credentials"][0]["credential"]);
        let told = json!({ "notification_id": body["notification_id"], "event": "credential_accepted" }).to_string();
        let answer = demo.post(&at(&demo, "notification"), "application/json", Some(&access), told.as_bytes());
        assert_eq!((answer.status, answer.body.len()), (204, 0));
        let told = demo.issuer.told();
        assert_eq!((told.len(), told[place].n, told[place].event.as_str()), (place + 1, 1, "credential_accepted"));
        is_error(&collect(&demo, &access, &token(&head(), &claims(&demo))), "credential_request_denied");
    }
}

#[test]
fn the_metadata_of_issuer_and_server_lie_where_the_specifications_say() {
    let demo = Demo::start();
    let base = &demo.issuer.base_url;
    let issuer = demo.get(&format!("{base}/.well-known/openid-credential-issuer/oid4vci"), "application/json").json();
    assert_eq!(issuer["credential_issuer"], format!("{base}/oid4vci"));
    assert_eq!(issuer["credential_endpoint"], at(&demo, "credential"));
    assert_eq!(issuer["credential_configurations_supported"]["WQT-120"]["format"], "ldp_vc");
    let server = demo.get(&format!("{base}/.well-known/oauth-authorization-server/oid4vci"), "application/json").json();
    assert_eq!(
        (&server["issuer"], &server["token_endpoint"]),
        (&issuer["credential_issuer"], &json!(at(&demo, "token")))
    );
}

#[test]
fn a_transaction_code_is_asked_for_and_three_wrong_ones_end_the_offer() {
    let demo = Demo::start();
    let link = demo.issuer.claim_links().into_iter().find(|link| link.kind == "offer-code").expect("there is one");
    let code = link.code.expect("it is told another way");
    let first = offer(&demo, "offer-code");
    let asked = &grant(&first)["tx_code"];
    assert_eq!((&asked["input_mode"], &asked["length"]), (&json!("numeric"), &json!(4)));
    is_error(&ask_token(&demo, &first, None), "invalid_request");
    is_error(&ask_token(&demo, &first, Some("0000")), "invalid_grant");
    assert_eq!(ask_token(&demo, &first, Some(code)).status, 200);
    is_error(&ask_token(&demo, &first, Some(code)), "invalid_grant");
    let second = offer(&demo, "offer-code");
    for _ in 0..3 {
        is_error(&ask_token(&demo, &second, Some("0000")), "invalid_grant");
    }
    is_error(&ask_token(&demo, &second, Some(code)), "invalid_grant");
    is_error(&ask_token(&demo, &offer(&demo, "offer"), Some(code)), "invalid_request");
}

#[test]
fn a_proof_of_the_key_is_checked_in_every_part() {
    let demo = Demo::start();
    let access = token_for(&demo, "offer");
    let with = |member: &str, value: Value, of: &Value| {
        let mut changed = of.clone();
        changed[member] = value;
        changed
    };
    for (member, value) in [
        ("typ", json!("JWT")),
        ("alg", json!("none")),
        ("alg", json!("ES256")),
        ("kid", json!("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK#key")),
        ("jwk", json!({ "kty": "OKP", "crv": "Ed25519", "x": "" })),
    ] {
        let proof = token(&with(member, value.clone(), &head()), &claims(&demo));
        is_error(&collect(&demo, &access, &proof), "invalid_proof");
    }
    let now = demo.now().as_second();
    for (member, value, error) in [
        ("aud", json!("https://elsewhere.example"), "invalid_proof"),
        ("iat", json!(now - 301), "invalid_proof"),
        ("iat", json!(now + 301), "invalid_proof"),
        ("iss", json!("a wallet"), "invalid_proof"),
        ("nonce", json!("another"), "invalid_nonce"),
        ("nonce", Value::Null, "invalid_nonce"),
    ] {
        let proof = token(&head(), &with(member, value.clone(), &claims(&demo)));
        is_error(&collect(&demo, &access, &proof), error);
    }
    let good = token(&head(), &claims(&demo));
    is_error(&collect(&demo, &access, &good[..good.len() - 4]), "invalid_proof");
    assert_eq!(collect(&demo, "another", &good).status, 401);
    assert_eq!(collect(&demo, &access, &good).status, 200);
    let other = token_for(&demo, "offer");
    is_error(&collect(&demo, &other, &good), "invalid_nonce");
}

#[test]
fn a_deferred_credential_is_there_at_the_second_asking() {
    let demo = Demo::start();
    let access = token_for(&demo, "offer-deferred");
    let waiting = collect(&demo, &access, &token(&head(), &claims(&demo)));
    assert_eq!((waiting.status, &waiting.json()["interval"]), (202, &json!(1)));
    let ask = |access: &str| {
        let body = json!({ "transaction_id": waiting.json()["transaction_id"] }).to_string();
        demo.post(&at(&demo, "deferred"), "application/json", Some(access), body.as_bytes())
    };
    is_error(&ask(&token_for(&demo, "offer")), "invalid_transaction_id");
    assert_eq!(ask(&access).status, 202);
    let ready = ask(&access);
    ready.credential_of(&ready.json()["credentials"][0]["credential"]);
    is_error(&ask(&access), "invalid_transaction_id");
}

#[test]
fn an_offer_is_over_after_ten_minutes_or_when_the_operator_says_so() {
    let demo = Demo::start();
    let end: [fn(&Demo); 2] = [|demo| demo.pass(600), |demo| demo.issuer.expire(1).expect("there is a first")];
    for end in end {
        let by_reference = Url::parse(&demo.link("offer-reference")).expect("a link");
        let reference = by_reference.query_pairs().next().expect("a parameter").1.into_owned();
        let (by_value, access) = (offer(&demo, "offer"), token_for(&demo, "offer"));
        end(&demo);
        assert_eq!(demo.get(&reference, "application/json").status, 410);
        is_error(&ask_token(&demo, &by_value, None), "invalid_grant");
        assert_eq!(collect(&demo, &access, &token(&head(), &claims(&demo))).status, 401);
    }
}
