//! Claims in a protocol of their own: credential requests, interactions, messages to wallets.

use attesta_net::Method;
use serde_json::{Value, json};

use super::*;

const ENDPOINT: &str = "https://college.example/exchange/1";
const TRANSACTION: &str = "https://college.example/exchange/1/2";
const INTERACTION: &str = "https://college.example/interactions/z1?iuv=1";
const POST: &str = "POST https://college.example/exchange/1";
const POST_TRANSACTION: &str = "POST https://college.example/exchange/1/2";
const GET_INTERACTION: &str = "GET https://college.example/interactions/z1?iuv=1";

fn request(start: &str) -> String {
    format!("{start}issuer=issuer.example.com&auth_type=bearer&challenge=c1&vc_request_url={ENDPOINT}")
}

/// A message in which credentials are handed over, with its badge as it was signed.
fn handed(badge: &[u8]) -> Vec<u8> {
    let badge = String::from_utf8(badge.to_vec()).unwrap();
    format!(r#"{{"verifiablePresentation":{{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[ {badge} ]}}}}"#)
        .into_bytes()
}

/// A request for the wallet's proof, to be sent to `endpoint` where one is named.
fn wanted(query: &Value, endpoint: Option<&str>) -> Vec<u8> {
    let mut request = json!({"query": [query], "challenge": "c1", "domain": "https://college.example"});
    if let Some(endpoint) = endpoint {
        request["interact"] =
            json!({"service": [{"type": "UnmediatedPresentationService2021", "serviceEndpoint": endpoint}]});
    }
    json!({"verifiablePresentationRequest": request}).to_string().into_bytes()
}

fn did_auth() -> Value {
    json!({"type": "DIDAuthentication", "acceptedCryptosuites": [{"cryptosuite": "eddsa-rdfc-2022"}]})
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn message() -> String {
    json!({"credentialRequestOrigin": "https://college.example", "protocols": {"vcapi": ENDPOINT}}).to_string()
}

pub(super) fn shapes() -> Vec<Shape> {
    let badge = badge(|_| {});
    let direct = |name, start: &str| {
        Shape::text(name, request(start))
            .post(ENDPOINT, badge.clone())
            .taken_for("request college.example")
            .asks(&[POST, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge])
    };
    let exchange = |name, given: String| {
        Shape::text(name, given)
            .post(ENDPOINT, wanted(&did_auth(), None))
            .post(ENDPOINT, handed(&badge))
            .taken_for("message college.example")
            .asks(&[POST, POST, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge])
    };
    let interaction = |name, given: &str| {
        let protocols = json!({"protocols": {"vcapi": ENDPOINT, "inviteRequest": "https://college.example/invite"}});
        Shape::text(name, given)
            .get(INTERACTION, "application/json", protocols.to_string())
            .post(ENDPOINT, wanted(&did_auth(), None))
            .post(ENDPOINT, handed(&badge))
            .taken_for("interaction college.example")
            .asks(&[GET_INTERACTION, POST, POST, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge])
    };
    let refused = |name, status, body: &'static str, code: &'static str| {
        Shape::text(name, request("dccrequest://request?"))
            .reply(Method::Post, ENDPOINT, status, "application/json", body)
            .taken_for("request college.example")
            .asks(&[POST])
            .gives(&[code])
    };
    vec![
        direct("a credential request", "dccrequest://request?"),
        direct("a credential request without slashes", "dccrequest:?"),
        direct("a credential request for the web page of a wallet", "https://lcw.app/request.html?"),
        direct("a credential request for the app of a college", "msprequest://request?"),
        direct("a credential request by the older scheme", "org.dcconsortium://request?"),
        direct("a credential request for another wallet's page", "https://learncard.app/request?"),
        Shape::text("a credential request by a printed link that a redirect hides", format!("https://can01.safelinks.protection.outlook.com/?url={}&data=05", encoded(&request("https://lcw.app/request.html?"))))
            .post(ENDPOINT, badge.clone())
            .taken_for("request college.example")
            .asks(&[POST, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::text("a credential request in two steps", format!("dccrequest://request?issuer=x&auth_type=bearer&vc_request_url={ENDPOINT}"))
            .post(ENDPOINT, wanted(&json!({"type": "DIDAuthentication"}), Some(TRANSACTION)))
            .post(TRANSACTION, badge.clone())
            .taken_for("request college.example")
            .asks(&[POST, POST_TRANSACTION, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::text("a credential request answered with two credentials", request("dccrequest://request?"))
            .post(ENDPOINT, [b"[".as_slice(), &badge, b" , ", &other(), b"]"].concat())
            .taken_for("request college.example")
            .asks(&[POST, KEY])
            .gives(&[GOOD, GOOD])
            .keeps(&[&badge, &other()]),
        refused("a credential request that was used before", 404, r#"{"code":404,"message":"Unknown exchangeId."}"#, "failed claim_expired"),
        refused("a credential request whose proof is refused", 401, r#"{"code":401,"message":"Invalid DIDAuth."}"#, "failed proof_refused"),
        refused("a credential request that is answered with nothing", 200, "{}", "failed claim_not_understood"),
        Shape::text("a credential request with sign-in", request("dccrequest://request?").replace("bearer", "code"))
            .taken_for("request college.example")
            .gives(&["failed claim_unsupported"]),
        Shape::text("a credential request into the learner's own network", "dccrequest://request?issuer=x&auth_type=bearer&challenge=c&vc_request_url=https://192.168.1.1/exchange")
            .taken_for("refused? (address_refused)")
            .gives(&["failed address_refused"]),
        exchange("a message to a wallet", message()),
        exchange("a message to a wallet in its page's link", format!("https://lcw.app/request?request={}", encoded(&message()))),
        exchange("a message to a wallet in an app's link", format!("dccrequest://request?request={}", encoded(&message()))),
        Shape::text("an exchange that hands over at once", message())
            .post(ENDPOINT, handed(&badge))
            .taken_for("message college.example")
            .asks(&[POST, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::text("an exchange that hands over and sends the learner on", message())
            .post(ENDPOINT, [&handed(&badge)[..handed(&badge).len() - 1], br#","redirectUrl":"https://college.example/done"}"#].concat())
            .taken_for("message college.example")
            .asks(&[POST, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge])
            .then("https://college.example/done"),
        Shape::text("an exchange that goes on in the browser", message())
            .post(ENDPOINT, r#"{"redirectUrl":"https://college.example/sign-in"}"#)
            .taken_for("message college.example")
            .asks(&[POST])
            .gives(&["failed continue_in_browser"])
            .then("https://college.example/sign-in"),
        Shape::text("an exchange that asks for credentials", message())
            .post(ENDPOINT, wanted(&json!({"type": "QueryByExample", "credentialQuery": {"reason": "x", "example": {"type": "OpenBadgeCredential"}}}), None))
            .taken_for("message college.example")
            .asks(&[POST])
            .gives(&["failed asks_for_credentials"]),
        Shape::text("an exchange whose proof is meant for a bank", message())
            .post(ENDPOINT, String::from_utf8(wanted(&did_auth(), None)).unwrap().replace("https://college.example", "https://bank.example"))
            .taken_for("message college.example")
            .asks(&[POST])
            .gives(&["failed claim_not_understood"]),
        Shape::text("a message that carries the credential itself", String::from_utf8(handed(&badge)).unwrap())
            .taken_for("message")
            .asks(&[KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        interaction("an interaction", INTERACTION),
        interaction("an interaction by its own scheme", &format!("interaction:{INTERACTION}")),
        interaction("an interaction by the web's scheme", &format!("web+interaction:{INTERACTION}")),
        interaction("an interaction handed to this wallet", &format!("attesta:{INTERACTION}")),
        Shape::text("an interaction that leads to an offer", INTERACTION)
            .get(INTERACTION, "application/json", json!({"protocols": {"OID4VCI": openid::by_value()}}).to_string())
            .with_openid_issuer(&badge)
            .taken_for("interaction college.example")
            .asks(&[&[GET_INTERACTION], openid::ASKED.as_slice()].concat())
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::text("an interaction that is over", INTERACTION)
            .reply(Method::Get, INTERACTION, 410, "text/plain", "")
            .taken_for("interaction college.example")
            .asks(&[GET_INTERACTION])
            .gives(&["failed claim_expired"]),
    ]
}

#[test]
fn claims_in_the_protocols_of_wallets() {
    check(&shapes());
}
