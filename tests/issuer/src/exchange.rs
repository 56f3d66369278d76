//! Handing over by exchange: the [credential request](https://github.com/digitalcredentials/docs/blob/main/request/credential_request.md)
//! of the Digital Credentials Consortium, and exchanges and interactions of the
//! [VC API](https://w3c.github.io/vcalm/).

use serde_json::{Value, json};

use crate::claims::Way;
use crate::http::{Request, Response};
use crate::office::Office;
use crate::page::page;
use crate::presented::{Expected, challenge_of, holder_of};

/// The one suite that the consortium's transaction service takes.
const REQUEST_SUITES: [&str; 1] = ["Ed25519Signature2020"];

/// The suites that are taken in an exchange of the VC API.
const EXCHANGE_SUITES: [&str; 3] = ["eddsa-rdfc-2022", "eddsa-jcs-2022", "Ed25519Signature2020"];

/// `POST /exchange/{exchange}`: the request for a presentation.
pub(crate) fn ask_for_presentation(office: &Office, request: &Request, exchange: &str) -> Response {
    if !says_nothing(&request.body) {
        return refused(400, "the body is not empty");
    }
    let challenge = office.claims().challenge(exchange, Way::CredentialRequest, office.now());
    let Some(challenge) = challenge else { return over() };
    let endpoint = format!("{}/exchange/{exchange}/{challenge}", office.base_url);
    Response::json(
        200,
        &json!({ "verifiablePresentationRequest": {
            "interact": { "service": [{
                "type": "UnmediatedPresentationService2021",
                "serviceEndpoint": endpoint,
            }] },
            "query": [{ "type": "DIDAuthentication" }],
            "challenge": challenge,
            "domain": office.base_url,
        } }),
    )
}

/// `POST /exchange/{exchange}/{challenge}`: the presentation itself, answered with the credential.
pub(crate) fn take_presentation(office: &Office, request: &Request, exchange: &str, challenge: &str) -> Response {
    let now = office.now();
    let open = office.claims().challenges.look(challenge, now).map(|(_, known)| known.clone());
    if !open.is_some_and(|known| known.exchange == exchange && known.way == Way::CredentialRequest) {
        return over();
    }
    let Ok(presentation) = serde_json::from_slice::<Value>(&request.body) else {
        return refused(400, "the body is not JSON");
    };
    // A direct link carries no domain, so none is asked for; where one stands it is the wallet's own affair.
    let expected = Expected { challenge, domain: None, suites: &REQUEST_SUITES };
    match holder_of(&presentation, expected, now) {
        Err(wrong) => refused(401, wrong),
        Ok(holder) => {
            let settled = office.claims().settle(challenge, now);
            let answer = |n| Response::ok("application/json", office.issue_to(n, &holder)).unstored();
            settled.map_or_else(over, answer)
        }
    }
}

/// `POST /vcapi/{exchange}`: each turn of an exchange.
pub(crate) fn take_turn(office: &Office, request: &Request, exchange: &str) -> Response {
    let now = office.now();
    if says_nothing(&request.body) {
        let challenge = office.claims().challenge(exchange, Way::VcApi, now);
        let Some(challenge) = challenge else { return over() };
        return Response::json(
            200,
            &json!({ "verifiablePresentationRequest": {
                "query": [{
                    "type": "DIDAuthentication",
                    "acceptedMethods": [{ "method": "key" }],
                    "acceptedCryptosuites": EXCHANGE_SUITES.map(|suite| json!({ "cryptosuite": suite })),
                }],
                "challenge": challenge,
                "domain": office.base_url,
            } }),
        );
    }
    let Ok(message) = serde_json::from_slice::<Value>(&request.body) else {
        return refused(400, "the body is not JSON");
    };
    let presentation = &message["verifiablePresentation"];
    let Some(challenge) = challenge_of(presentation) else { return refused(400, "no challenge is answered") };
    let open = office.claims().challenges.look(challenge, now).map(|(_, known)| known.clone());
    if !open.is_some_and(|known| known.exchange == exchange && known.way == Way::VcApi) {
        return over();
    }
    let expected = Expected { challenge, domain: Some(&office.base_url), suites: &EXCHANGE_SUITES };
    match holder_of(presentation, expected, now) {
        Err(wrong) => refused(401, wrong),
        Ok(holder) => {
            let settled = office.claims().settle(challenge, now);
            let answer = |n| Response::ok("application/json", offered(&office.issue_to(n, &holder))).unstored();
            settled.map_or_else(over, answer)
        }
    }
}

/// `GET /interactions/{exchange}?iuv=1`: which protocols lead to the exchange.
pub(crate) fn interaction(office: &Office, request: &Request, exchange: &str) -> Response {
    let open = office.claims().exchanges.look(exchange, office.now()).map(|(_, way)| *way);
    if open != Some(Way::VcApi) {
        return over();
    }
    if !request.header("accept").unwrap_or_default().contains("application/json") {
        let words = "<h1>Your credential is ready</h1><p>Open this address in your wallet.</p>";
        return Response::ok("text/html; charset=utf-8", page("en-CA", "Your credential is ready", "", words));
    }
    let protocols = json!({ "protocols": { "vcapi": format!("{}/vcapi/{exchange}", office.base_url) } });
    Response::json(200, &protocols)
}

/// The credential, its bytes as they were signed, in a presentation without a proof.
fn offered(credential: &[u8]) -> Vec<u8> {
    let head = br#"{"verifiablePresentation":{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":["#;
    [head.as_slice(), credential, b"]}}"].concat()
}

fn says_nothing(body: &[u8]) -> bool {
    body.is_empty() || serde_json::from_slice::<Value>(body).is_ok_and(|message| message == json!({}))
}

fn refused(status: u16, message: &str) -> Response {
    Response::json(status, &json!({ "code": status, "message": message }))
}

/// What the consortium's service says of an exchange that has expired, was used, or never was.
fn over() -> Response {
    refused(404, "the exchange has expired or was used")
}
