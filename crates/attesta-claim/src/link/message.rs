//! JSON that is no credential but leads to one: wallet messages and credential offers.

use serde_json::Value;
use url::Url;

use crate::link::LinkKind;

/// Names of a wallet message's members.
const MESSAGE: [&str; 4] = ["protocols", "verifiablePresentationRequest", "verifiablePresentation", "issueRequest"];
/// Names of the members that say what is offered, in the final text of the specification and in its drafts.
const OFFERED: [&str; 2] = ["credential_configuration_ids", "credentials"];

/// What a JSON object asks for, if it is a message or an offer.
pub(crate) fn of_json(json: &str) -> Option<LinkKind> {
    let value: Value = serde_json::from_str(json).ok()?;
    let message = value.as_object()?;
    if MESSAGE.iter().any(|name| message.contains_key(*name)) {
        return Some(LinkKind::Message(json.to_owned()));
    }
    if message.get("credential_issuer").is_some_and(Value::is_string)
        && OFFERED.iter().any(|name| message.contains_key(*name))
    {
        return Some(LinkKind::Offer(json.to_owned()));
    }
    if let Some(uri) = message.get("credential_offer_uri").and_then(Value::as_str) {
        return Url::parse(uri).ok().map(LinkKind::OfferAt);
    }
    if let Some(offer) = message.get("credential_offer").filter(|offer| offer.is_object()) {
        return of_json(&offer.to_string());
    }
    // A presentation request that stands alone, as a page hands it to a wallet by CHAPI.
    let asks = message.contains_key("query") && (message.contains_key("interact") || message.contains_key("challenge"));
    asks.then(|| LinkKind::Message(format!(r#"{{"verifiablePresentationRequest":{json}}}"#)))
}

/// The addresses that a message or offer would have asked, likeliest first.
pub(crate) fn addresses(json: &str) -> Vec<Url> {
    let Ok(value) = serde_json::from_str::<Value>(json) else { return Vec::new() };
    let mut found: Vec<Url> = Vec::new();
    let mut add = |address: Option<&Value>| {
        if let Some(url) = address.and_then(Value::as_str).and_then(of_address)
            && !found.contains(&url)
        {
            found.push(url);
        }
    };
    add(value.get("credential_issuer"));
    if let Some(protocols) = value.get("protocols") {
        // One of them is chosen; the first that is known is the one.
        let known = ["vcapi", "oid4vci-1.0", "OID4VCI", "interact"];
        match known.iter().find_map(|name| protocols.get(name)) {
            Some(chosen) => add(Some(chosen)),
            None => protocols.as_object().into_iter().flat_map(|all| all.values()).for_each(|other| add(Some(other))),
        }
    }
    let services = value.pointer("/verifiablePresentationRequest/interact/service");
    match services {
        Some(Value::Array(services)) => services.iter().for_each(|service| add(service.get("serviceEndpoint"))),
        Some(service) => add(service.get("serviceEndpoint")),
        None => {}
    }
    found
}

/// The address that a protocol is spoken at, out of the offer link that some issuers name instead.
fn of_address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    match url.scheme() {
        "https" | "http" => Some(url),
        _ => match crate::link::credential_offer::of_link(text)? {
            LinkKind::OfferAt(at) => Some(at),
            LinkKind::Offer(json) => {
                let offer: Value = serde_json::from_str(&json).ok()?;
                Url::parse(offer.get("credential_issuer")?.as_str()?).ok()
            }
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, kind: Option<&str>, asked: &[&str]) {
        let found = of_json(json);
        assert_eq!(found.as_ref().map(LinkKind::as_str), kind, "{json}");
        if let Some(LinkKind::Message(json) | LinkKind::Offer(json)) = found {
            let addresses: Vec<String> = addresses(&json).iter().map(Url::to_string).collect();
            assert_eq!(addresses, asked, "{json}");
        }
    }

    #[test]
    fn a_message_names_where_it_leads() {
        check(
            r#"{"credentialRequestOrigin":"https://x.example","protocols":{"OID4VP":"openid4vp://x","vcapi":"https://a.example/e/1"}}"#,
            Some("message"),
            &["https://a.example/e/1"],
        );
        check(
            r#"{"protocols":{"OID4VCI":"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa.example%2Fo"}}"#,
            Some("message"),
            &["https://a.example/o"],
        );
        check(
            r#"{"query":{"type":"DIDAuthentication"},"interact":{"service":[{"type":"VerifiableCredentialApiExchangeService","serviceEndpoint":"https://a.example/e"},{"type":"CredentialHandlerService"}]},"challenge":"c","domain":"d"}"#,
            Some("message"),
            &["https://a.example/e"],
        );
        check(r#"{"verifiablePresentation":{"type":"VerifiablePresentation"}}"#, Some("message"), &[]);
        check(r#"{"issueRequest":{}}"#, Some("message"), &[]);
    }

    #[test]
    fn an_offer_names_its_issuer() {
        let asked = ["https://issuer.example/"];
        check(
            r#"{"credential_issuer":"https://issuer.example","credential_configuration_ids":["A"]}"#,
            Some("offer"),
            &asked,
        );
        check(r#"{"credential_issuer":"https://issuer.example","credentials":["A"]}"#, Some("offer"), &asked);
        check(r#"{"credential_offer_uri":"https://a.example/offer"}"#, Some("offer_at"), &[]);
        check(r#"{"credential_issuer":7,"credentials":["A"]}"#, None, &[]);
    }

    #[test]
    fn other_json_is_neither() {
        for json in ["{}", "[]", "7", r#"{"query":"select"}"#, "{", r#"{"credentials":[]}"#] {
            check(json, None, &[]);
        }
    }
}
