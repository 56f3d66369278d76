//! What the suites are answered.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::{fs, thread};

use attesta_test_support::case::{NOW, time};
use attesta_test_support::vectors;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::answer::{Behaviour, Server};
use crate::ecdsa::{self, Curve};
use crate::http::{self, Request};
use crate::suites;

/// The time of every test.
fn noon() -> Timestamp {
    time(NOW)
}

fn server(behaviour: Behaviour) -> Server {
    Server::new("http://127.0.0.1:9".to_owned(), behaviour, noon).unwrap()
}

/// A server that answers on loopback, so that it can ask itself for a list.
fn listening() -> Arc<Server> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = Arc::new(Server::new(base, Behaviour::Attesta, noon).unwrap());
    let answering = Arc::clone(&server);
    thread::spawn(move || {
        for stream in listener.incoming() {
            http::serve(&mut stream.unwrap(), |request| answering.answer(request));
        }
    });
    server
}

fn post(server: &Server, path: &str, body: &str) -> (u16, Value) {
    let request = Request { method: "POST".to_owned(), path: path.to_owned(), body: body.as_bytes().to_vec() };
    let response = server.answer(&request);
    (response.status, serde_json::from_slice(&response.body).unwrap())
}

fn vector(name: &str) -> String {
    fs::read_to_string(vectors::folder().join(name).join("input.json")).unwrap()
}

fn badge() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:0c1b7b52-7a36-4e62-9a6c-0f1b5c1ad001",
        "type": ["VerifiableCredential"],
        "issuer": server(Behaviour::Attesta).issuer().did(),
        "credentialSubject": { "id": "did:example:subject" },
    })
}

#[track_caller]
fn check_verify(behaviour: Behaviour, credential: &str, status: u16) {
    let body = format!(r#"{{"verifiableCredential": {credential}, "options": {{}}}}"#);
    let (found, answer) = post(&server(behaviour), "/credentials/verify", &body);
    assert_eq!(found, status, "{answer}");
    assert_eq!(answer["verified"], json!(status == 200));
    assert_eq!(answer["errors"].as_array().unwrap().is_empty(), status == 200);
}

#[test]
fn only_what_the_product_calls_valid_is_verified() {
    check_verify(Behaviour::Attesta, &vector("integrity_good"), 200);
    check_verify(Behaviour::Attesta, &vector("integrity_altered_title"), 400);
    check_verify(Behaviour::Attesta, &vector("proof_none"), 400);
    check_verify(Behaviour::Attesta, &vector("context_inline_term"), 400);
    check_verify(Behaviour::Attesta, &vector("proof_expired"), 400);
}

#[test]
fn what_is_no_object_or_no_credential_is_refused() {
    for credential in ["7", "null", "[]", "{}", r#"{"type":["NonconformingDocument"]}"#] {
        check_verify(Behaviour::Attesta, credential, 400);
    }
    let text = serde_json::to_string(&vector("integrity_good")).unwrap();
    check_verify(Behaviour::Attesta, &text, 400);
}

#[test]
fn the_very_bytes_of_the_request_are_verified() {
    let good = vector("integrity_good");
    let twice = good.replacen('{', r#"{"type": ["VerifiableCredential"],"#, 1);
    check_verify(Behaviour::Attesta, &twice, 400);
}

#[test]
fn the_baselines_do_not_look() {
    check_verify(Behaviour::AcceptAll, &vector("integrity_altered_title"), 200);
    check_verify(Behaviour::AcceptAll, "7", 200);
    check_verify(Behaviour::RejectAll, &vector("integrity_good"), 400);
    let body = json!({ "credential": badge() }).to_string();
    assert_eq!(post(&server(Behaviour::AcceptAll), "/fitting/credentials/issue", &body), (201, badge()));
    assert_eq!(post(&server(Behaviour::RejectAll), "/fitting/credentials/issue", &body).0, 400);
}

#[test]
fn what_is_issued_verifies() {
    let server = server(Behaviour::Attesta);
    for (endpoint, issuer) in [
        ("fitting", server.issuer().did()),
        ("eddsa-rdfc-2022", server.issuer().did()),
        ("eddsa-jcs-2022", server.issuer().did()),
        ("ecdsa-rdfc-2019-p256", ecdsa::issuer(Curve::P256).id),
        ("ecdsa-rdfc-2019-p384", ecdsa::issuer(Curve::P384).id),
        ("ecdsa-jcs-2019-p256", ecdsa::issuer(Curve::P256).id),
        ("ecdsa-jcs-2019-p384", ecdsa::issuer(Curve::P384).id),
        ("ecdsa-sd-2023", ecdsa::issuer(Curve::P256).id),
    ] {
        let mut badge = badge();
        badge["issuer"] = json!(issuer);
        let body = json!({ "credential": badge }).to_string();
        let (status, issued) = post(&server, &format!("/{endpoint}/credentials/issue"), &body);
        assert_eq!(status, 201, "{endpoint}: {issued}");
        let body = json!({ "verifiableCredential": issued }).to_string();
        assert_eq!(post(&server, "/credentials/verify", &body).0, 200, "{endpoint}");
    }
}

#[test]
fn what_a_holder_shows_of_a_credential_verifies() {
    let server = server(Behaviour::Attesta);
    let mut badge = badge();
    badge["issuer"] = json!(ecdsa::issuer(Curve::P256).id);
    badge["name"] = json!("Record of attendance");
    let options = json!({ "mandatoryPointers": ["/issuer", "/credentialSubject/id"] });
    let body = json!({ "credential": badge, "options": options }).to_string();
    let (_, issued) = post(&server, "/ecdsa-sd-2023/credentials/issue", &body);
    let body = json!({ "verifiableCredential": issued, "options": { "selectivePointers": [] } }).to_string();
    let (status, shown) = post(&server, "/credentials/derive", &body);
    assert_eq!((status, shown.get("name")), (201, None), "{shown}");
    let body = json!({ "verifiableCredential": shown }).to_string();
    assert_eq!(post(&server, "/credentials/verify", &body).0, 200);
}

#[test]
fn a_credential_with_status_is_verified_by_asking_for_its_lists() {
    let server = listening();
    let body = json!({ "credential": badge() }).to_string();
    let (status, issued) = post(&server, "/with-status/credentials/issue", &body);
    assert_eq!((status, issued["credentialStatus"].as_array().unwrap().len()), (201, 2), "{issued}");
    let body = json!({ "verifiableCredential": issued }).to_string();
    assert_eq!(post(&server, "/credentials/verify", &body).0, 200);
}

#[test]
fn what_is_malformed_is_not_issued() {
    let server = server(Behaviour::Attesta);
    for (member, value) in [
        ("@context", json!(["https://www.w3.org/ns/credentials/v2", "https ://not-a-url"])),
        ("id", json!("not a url")),
        ("type", json!(["Unheard"])),
        ("credentialSubject", json!({})),
        ("validUntil", json!("tomorrow")),
        ("statusEntry", json!({ "type": "BitstringStatusListEntry" })),
    ] {
        let mut credential = badge();
        credential[member] = value;
        let body = json!({ "credential": credential }).to_string();
        let (status, answer) = post(&server, "/fitting/credentials/issue", &body);
        assert_eq!(status, 400, "{member}: {answer}");
    }
}

#[test]
fn each_suite_is_led_to_endpoints_that_exist() {
    let server = server(Behaviour::RejectAll);
    for name in suites::names() {
        let config = suites::named(name).unwrap().local_config(&server);
        let json = config.strip_prefix("module.exports = ").unwrap().strip_suffix(';').unwrap();
        let config: Value = serde_json::from_str(json).unwrap();
        let implementation = &config["implementations"][0];
        let mut endpoints = 0;
        for kind in ["issuers", "verifiers", "vpVerifiers", "vcHolders"] {
            for endpoint in implementation[kind].as_array().unwrap() {
                let path = endpoint["endpoint"].as_str().unwrap().strip_prefix(server.base()).unwrap();
                assert_eq!(post(&server, path, "{}").0, 400, "{name} is led to {path}");
                endpoints += 1;
            }
        }
        assert!(endpoints > 0, "{name}");
    }
}
