//! Whole claims against scripted issuers.

mod drafts;
mod flow;
mod hostile;
mod refusals;
mod strict;

use attesta_share::HolderKey;
use attesta_verify::FetchFailureKind;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use url::Url;

use super::{by_reference, by_value};
use crate::claim::{CodeQuestion, Holder, Next};
use crate::conversation::{Conversation, Turn};
use crate::error::ClaimError;
use crate::exchange::{ClaimAnswer, ClaimRequest, Method};
use crate::notification::Claimed;

const ISSUER: &str = "https://issuer.example";
const PRE_AUTHORIZED: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// What an issuer answers.
#[derive(Clone)]
enum Reply {
    Json(u16, Value),
    Text(u16, &'static str, String),
    /// JSON that lies where redirects led to.
    Elsewhere(&'static str, Value),
    Failure(FetchFailureKind),
}

/// What came of a claim.
struct Outcome {
    result: Result<Claimed, ClaimError>,
    requests: Vec<ClaimRequest>,
    questions: Vec<CodeQuestion>,
    waits: Vec<u64>,
}

fn ok(json: Value) -> Reply {
    Reply::Json(200, json)
}

fn refused(error: &str) -> Reply {
    Reply::Json(400, json!({"error": error}))
}

fn not_found() -> Reply {
    Reply::Text(404, "text/html", "<!doctype html>".to_owned())
}

/// An offer of one configuration, `badge`.
fn offer() -> Value {
    json!({
        "credential_issuer": ISSUER,
        "credential_configuration_ids": ["badge"],
        "grants": {PRE_AUTHORIZED: {"pre-authorized_code": "the-code"}},
    })
}

fn with(mut document: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    document.pointer_mut(parent).unwrap()[key] = value;
    document
}

/// Metadata of one configuration, `badge`, with a nonce and all endpoints.
fn metadata() -> Value {
    json!({
        "credential_issuer": ISSUER,
        "credential_endpoint": "https://issuer.example/credential",
        "nonce_endpoint": "https://issuer.example/nonce",
        "deferred_credential_endpoint": "https://issuer.example/deferred",
        "notification_endpoint": "https://issuer.example/notification",
        "credential_configurations_supported": {
            "badge": configuration("jwt_vc_json"),
            "degree": configuration("ldp_vc"),
            "licence": configuration("mso_mdoc"),
        },
    })
}

fn configuration(format: &str) -> Value {
    json!({
        "format": format,
        "credential_definition": {"type": ["VerifiableCredential", "OpenBadgeCredential"]},
        "cryptographic_binding_methods_supported": ["did:key", "jwk"],
        "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": ["ES256", "EdDSA"]}},
    })
}

fn server() -> Value {
    json!({"issuer": ISSUER, "token_endpoint": "https://issuer.example/token"})
}

fn token() -> Value {
    json!({"access_token": "the-token", "token_type": "bearer"})
}

const AT_METADATA: &str = "GET https://issuer.example/.well-known/openid-credential-issuer";
const AT_SERVER: &str = "GET https://issuer.example/.well-known/oauth-authorization-server";
const AT_TOKEN: &str = "POST https://issuer.example/token";
const AT_NONCE: &str = "POST https://issuer.example/nonce";
const AT_CREDENTIAL: &str = "POST https://issuer.example/credential";
const AT_DEFERRED: &str = "POST https://issuer.example/deferred";

/// The exchanges up to the token.
fn granted() -> Vec<(&'static str, Reply)> {
    vec![(AT_METADATA, ok(metadata())), (AT_SERVER, ok(server())), (AT_TOKEN, ok(token()))]
}

/// Those exchanges and more.
fn granted_then(more: &[(&'static str, Reply)]) -> Vec<(&'static str, Reply)> {
    [granted(), more.to_vec()].concat()
}

fn nonce(nonce: &str) -> (&'static str, Reply) {
    (AT_NONCE, ok(json!({"c_nonce": nonce})))
}

fn credential(credential: &str) -> Reply {
    ok(json!({"credentials": [{"credential": credential}]}))
}

#[track_caller]
fn take(offer: &Value, exchanges: &[(&str, Reply)], codes: &[&str]) -> Outcome {
    match by_value(&offer.to_string()) {
        Ok(conversation) => run(conversation, exchanges, codes),
        Err(error) => {
            assert!(exchanges.is_empty(), "it ended with {error} before anything was asked");
            Outcome { result: Err(error), requests: Vec::new(), questions: Vec::new(), waits: Vec::new() }
        }
    }
}

#[track_caller]
fn take_at(url: &str, exchanges: &[(&str, Reply)]) -> Outcome {
    run(by_reference(&Url::parse(url).unwrap()), exchanges, &[])
}

/// Answers each request from the script, which must name exactly those that are made, in their order.
#[track_caller]
fn run(mut conversation: Box<dyn Conversation + Send>, exchanges: &[(&str, Reply)], codes: &[&str]) -> Outcome {
    let key = HolderKey::from_seed(&[7; 32]);
    let holder = Holder { key: &key, now: "2026-11-22T10:00:00Z".parse().unwrap() };
    let (mut requests, mut questions, mut waits) = (Vec::new(), Vec::new(), Vec::new());
    let (mut script, mut codes) = (exchanges.iter(), codes.iter());
    let result = loop {
        match conversation.next(holder) {
            Ok(Turn::Next(Next::Ask(request))) => {
                let method = if request.method == Method::Get { "GET" } else { "POST" };
                let line = format!("{method} {}", request.url);
                let (expected, reply) = script.next().unwrap_or_else(|| panic!("one request too many: {line}"));
                assert_eq!(line, *expected);
                conversation.answered(answer(&request, reply));
                requests.push(request);
            }
            Ok(Turn::Next(Next::Wait(pause))) => waits.push(pause.as_secs()),
            Ok(Turn::Next(Next::Code(question))) => {
                questions.push(question);
                conversation.code(codes.next().expect("a code for each question"));
            }
            Ok(Turn::Next(Next::Done(claimed))) => break Ok(claimed),
            Ok(Turn::HandOver(_)) => panic!("an offer hands over to nobody"),
            Err(error) => break Err(error),
        }
    };
    assert_eq!(script.next().map(|(line, _)| *line), None, "a request was not made; it ended with {result:?}");
    Outcome { result, requests, questions, waits }
}

fn answer(request: &ClaimRequest, reply: &Reply) -> Result<ClaimAnswer, FetchFailureKind> {
    let mut final_url = request.url.clone();
    let (status, media_type, bytes) = match reply {
        Reply::Elsewhere(url, json) => {
            final_url = (*url).to_owned();
            (200, "application/json", json.to_string().into_bytes())
        }
        Reply::Json(status, json) => (*status, "application/json", json.to_string().into_bytes()),
        Reply::Text(status, media_type, text) => (*status, *media_type, text.clone().into_bytes()),
        Reply::Failure(kind) => return Err(*kind),
    };
    let media_type = Some(media_type.to_owned());
    Ok(ClaimAnswer { status, media_type, final_url, retry_after: None, bytes })
}

impl Outcome {
    /// What was sent in the requests to an address, in their order.
    fn sent(&self, line: &str) -> Vec<String> {
        let url = line.split(' ').nth(1).unwrap();
        let to = self.requests.iter().filter(|request| request.url == url);
        to.map(|request| request.body.as_ref().map(|body| String::from_utf8(body.bytes.clone()).unwrap()))
            .map(Option::unwrap_or_default)
            .collect()
    }

    /// The JSON that was sent in the only request to an address.
    #[track_caller]
    fn sent_json(&self, line: &str) -> Value {
        let sent = self.sent(line);
        assert_eq!(sent.len(), 1, "{line}");
        serde_json::from_str(&sent[0]).unwrap()
    }

    #[track_caller]
    fn claimed(self) -> Claimed {
        self.result.unwrap()
    }

    fn documents(&self) -> Vec<String> {
        let claimed = self.result.as_ref().unwrap();
        claimed.documents.iter().map(|document| String::from_utf8(document.bytes.clone()).unwrap()).collect()
    }
}

/// The header and the claims of a proof.
#[track_caller]
fn proof(jwt: &Value) -> (Value, Value) {
    let mut parts = jwt.as_str().unwrap().split('.');
    let mut part = || serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts.next().unwrap()).unwrap()).unwrap();
    (part(), part())
}
