//! The credential request, the exchange and the interaction.

use attesta_verify::Cryptosuite::{self, Ed25519Signature2020, EddsaRdfc2022};
use serde_json::{Value, json};
use url::Url;

use crate::wallet::{Answer, Demo, Presents, presentation};

fn query(link: &str, name: &str) -> String {
    let link = Url::parse(link).expect("a link");
    link.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).expect(name)
}

fn answer(demo: &Demo, endpoint: &str, suite: Cryptosuite, challenge: &str) -> Answer {
    let presents = Presents { suite, challenge, domain: None };
    demo.post_json(endpoint, &presentation(&presents, demo.now()))
}

/// The exchange's address and the request that it answers.
fn opened(demo: &Demo) -> (String, Value) {
    let message: Value = serde_json::from_str(&query(&demo.link("exchange"), "request")).expect("JSON");
    assert_eq!(message["credentialRequestOrigin"], demo.issuer.base_url);
    let exchange = message["protocols"]["vcapi"].as_str().expect("an address").to_owned();
    let request = demo.post_json(&exchange, &json!({})).json()["verifiablePresentationRequest"].clone();
    (exchange, request)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

#[test]
fn a_request_is_answered_once_with_the_holder_s_credential() {
    let demo = Demo::start();
    for kind in ["request", "request-app"] {
        let link = demo.link(kind);
        assert_eq!((query(&link, "auth_type"), query(&link, "issuer")), ("bearer".into(), "issuer.example.com".into()));
        let (endpoint, challenge) = (query(&link, "vc_request_url"), query(&link, "challenge"));
        let first = answer(&demo, &endpoint, Ed25519Signature2020, &challenge);
        first.credential_of(&first.json());
        let again = answer(&demo, &endpoint, Ed25519Signature2020, &challenge);
        assert_eq!((again.status, &again.json()["code"]), (404, &json!(404)));
    }
}

#[test]
fn a_request_in_two_steps_asks_for_a_presentation_first() {
    let demo = Demo::start();
    let link = demo.link("request-two-step");
    assert!(!link.contains("challenge"), "{link}");
    let asked = demo.post(&query(&link, "vc_request_url"), "application/json", None, b"").json();
    let request = &asked["verifiablePresentationRequest"];
    assert_eq!(request["query"], json!([{ "type": "DIDAuthentication" }]));
    let endpoint = text(&request["interact"]["service"][0]["serviceEndpoint"]);
    let handed_over = answer(&demo, endpoint, Ed25519Signature2020, text(&request["challenge"]));
    handed_over.credential_of(&handed_over.json());
}

#[test]
fn a_presentation_that_does_not_answer_the_request_is_refused_and_the_request_stays_open() {
    let demo = Demo::start();
    let link = demo.link("request");
    let (endpoint, challenge) = (query(&link, "vc_request_url"), query(&link, "challenge"));
    assert_eq!(answer(&demo, &endpoint, EddsaRdfc2022, &challenge).status, 401, "another suite");
    assert_eq!(answer(&demo, &endpoint, Ed25519Signature2020, "another").status, 401, "another challenge");
    let presents = Presents { suite: Ed25519Signature2020, challenge: &challenge, domain: None };
    let good = presentation(&presents, demo.now());
    let mut altered = good.clone();
    altered["holder"] = json!("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK");
    assert_eq!(demo.post_json(&endpoint, &altered).status, 401, "another holder");
    let mut unsigned = good.clone();
    unsigned.as_object_mut().expect("an object").remove("proof");
    assert_eq!(demo.post_json(&endpoint, &unsigned).status, 401, "no proof");
    assert_eq!(demo.post(&endpoint, "application/json", None, b"not JSON").status, 400);
    assert_eq!(demo.post_json(&endpoint, &good).status, 200);
}

#[test]
fn an_exchange_asks_for_a_proof_and_then_offers_the_credential_once() {
    let demo = Demo::start();
    for suite in [EddsaRdfc2022, Ed25519Signature2020] {
        let (exchange, request) = opened(&demo);
        let (challenge, domain) = (text(&request["challenge"]), text(&request["domain"]));
        let presents = |challenge, domain| Presents { suite, challenge, domain: Some(domain) };
        let turn = |presents| {
            demo.post_json(&exchange, &json!({ "verifiablePresentation": presentation(&presents, demo.now()) }))
        };
        assert_eq!(turn(presents(challenge, "https://elsewhere.example")).status, 401);
        assert_eq!(turn(presents("another", domain)).status, 404);
        let offered = turn(presents(challenge, domain));
        offered.credential_of(&offered.json()["verifiablePresentation"]["verifiableCredential"][0]);
        assert_eq!(turn(presents(challenge, domain)).status, 404);
        assert_eq!(demo.post_json(&exchange, &json!({})).status, 404);
    }
}

#[test]
fn an_interaction_names_the_exchange_to_a_wallet_and_shows_a_page_to_a_browser() {
    let demo = Demo::start();
    let link = demo.link("interaction");
    assert!(link.ends_with("?iuv=1"), "{link}");
    let protocols = demo.get(&link, "application/json").json();
    let exchange = text(&protocols["protocols"]["vcapi"]).to_owned();
    assert!(demo.post_json(&exchange, &json!({})).json()["verifiablePresentationRequest"].is_object());
    assert!(demo.get(&link, "text/html").head.contains("text/html"));
    let app = demo.link("interaction-app");
    assert!(app.starts_with(&format!("interaction:{}", demo.issuer.base_url)), "{app}");
}

#[test]
fn an_exchange_is_over_after_ten_minutes_or_when_the_operator_says_so() {
    let demo = Demo::start();
    let end: [fn(&Demo); 2] = [|demo| demo.pass(600), |demo| demo.issuer.expire(1).expect("there is a first")];
    for end in end {
        let (direct, two_steps) = (demo.link("request"), demo.link("request-two-step"));
        let (interaction, (exchange, _)) = (demo.link("interaction"), opened(&demo));
        end(&demo);
        let challenge = query(&direct, "challenge");
        assert_eq!(answer(&demo, &query(&direct, "vc_request_url"), Ed25519Signature2020, &challenge).status, 404);
        assert_eq!(demo.post_json(&query(&two_steps, "vc_request_url"), &json!({})).status, 404);
        assert_eq!(demo.post_json(&exchange, &json!({})).status, 404);
        assert_eq!(demo.get(&interaction, "application/json").status, 404);
    }
}
