//! The links by which the demo's credentials are claimed, in the forms that learners meet.

use serde_json::json;

use crate::claims::{Claims, CodeWanted, Offer, Ready, Way};
use crate::office::Office;
use crate::openid;

/// The kinds whose address is always the same.
pub(crate) const LASTING: [&str; 7] = ["json", "jsonapp", "png", "page", "download", "negotiated", "share"];

/// The kinds that open a claim each, which ends when it is used or after ten minutes.
pub(crate) const OPENED: [&str; 11] = [
    "request",
    "request-app",
    "request-two-step",
    "exchange",
    "interaction",
    "interaction-app",
    "offer",
    "offer-reference",
    "offer-code",
    "offer-deferred",
    "offer-https",
];

/// The transaction code of an offer that wants one.
pub(crate) const TX_CODE: &str = "4271";

/// A link of this kind to credential `n`, which must be one of the catalogue; an unknown kind leads nowhere.
pub(crate) fn link(office: &Office, kind: &str, n: usize) -> String {
    let base = &office.base_url;
    let now = office.now();
    let mut claims = office.claims();
    let offer = |claims: &mut Claims, code: CodeWanted, ready: Ready| {
        let opened = claims.open_offer(n, Offer { code: code.clone(), ready }, now);
        component(&openid::offer(office, n, &opened, &code).to_string())
    };
    match kind {
        "request" => direct(&mut claims, office, n, "https://lcw.app/request.html"),
        "request-app" => direct(&mut claims, office, n, "dccrequest://request"),
        "request-two-step" => {
            let exchange = claims.open_exchange(n, Way::CredentialRequest, now);
            request_link("https://lcw.app/request.html", None, &format!("{base}/exchange/{exchange}"))
        }
        "exchange" => {
            let exchange = claims.open_exchange(n, Way::VcApi, now);
            let message = json!({
                "credentialRequestOrigin": base,
                "protocols": { "vcapi": format!("{base}/vcapi/{exchange}") },
            });
            format!("https://lcw.app/request?request={}", component(&message.to_string()))
        }
        "interaction" => interaction(&mut claims, office, n),
        "interaction-app" => format!("interaction:{}", interaction(&mut claims, office, n)),
        "offer" => offer_link("openid-credential-offer://", &offer(&mut claims, CodeWanted::None, Ready::AtOnce)),
        "offer-https" => {
            let offer = offer(&mut claims, CodeWanted::None, Ready::AtOnce);
            offer_link(&format!("{base}/wallet"), &offer)
        }
        "offer-code" => {
            let wanted = CodeWanted::Digits { code: TX_CODE, wrong: 0 };
            offer_link("openid-credential-offer://", &offer(&mut claims, wanted, Ready::AtOnce))
        }
        "offer-deferred" => {
            offer_link("openid-credential-offer://", &offer(&mut claims, CodeWanted::None, Ready::Later))
        }
        "offer-reference" => {
            let code = claims.open_offer(n, Offer { code: CodeWanted::None, ready: Ready::AtOnce }, now);
            let name = claims.draw();
            claims.offered.keep(&name, n, code, now);
            let at = component(&format!("{base}{}/offers/{name}", openid::PATH));
            format!("openid-credential-offer://?credential_offer_uri={at}")
        }
        "share" => format!("{base}/public/assertions/{n}"),
        kind => format!("{base}/claim/{kind}/{n}"),
    }
}

fn direct(claims: &mut Claims, office: &Office, n: usize, start: &str) -> String {
    let exchange = claims.open_exchange(n, Way::CredentialRequest, office.now());
    let challenge =
        claims.challenge(&exchange, Way::CredentialRequest, office.now()).expect("the exchange was opened just now");
    request_link(start, Some(&challenge), &format!("{}/exchange/{exchange}/{challenge}", office.base_url))
}

/// As the consortium's service writes it: the issuer's name is a fixed text, and the address stands last and bare.
fn request_link(start: &str, challenge: Option<&str>, at: &str) -> String {
    let challenge = challenge.map(|challenge| format!("&challenge={challenge}")).unwrap_or_default();
    format!("{start}?issuer=issuer.example.com&auth_type=bearer{challenge}&vc_request_url={at}")
}

fn interaction(claims: &mut Claims, office: &Office, n: usize) -> String {
    let exchange = claims.open_exchange(n, Way::VcApi, office.now());
    format!("{}/interactions/{exchange}?iuv=1", office.base_url)
}

fn offer_link(start: &str, offer: &str) -> String {
    format!("{start}?credential_offer={offer}")
}

/// A query value with all but the unreserved characters encoded,
/// [RFC 3986 section 2.1](https://www.rfc-editor.org/rfc/rfc3986#section-2.1).
fn component(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
