//! Credential offers, [OpenID for Verifiable Credential Issuance 1.0 section 4.1](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#name-credential-offer),
//! the drafts' `openid-initiate-issuance:`, and requests for presentations, which look alike.

use attesta_verify::LoopbackAccess;
use serde_json::{Map, Value, json};
use url::Url;

use crate::link::parameters::Parameters;
use crate::link::{LinkKind, RefusedLink, check, host_of};

const PRE_AUTHORIZED: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// The offer that a link of any scheme carries, if it carries one.
pub(crate) fn of_link(link: &str) -> Option<LinkKind> {
    let parameters = Parameters::of(link);
    if parameters.has("credential_offer") {
        // The specification allows one of both alone; the one that is here whole needs nobody to be asked.
        if let Some(json) = parameters.json("credential_offer") {
            return Some(LinkKind::Offer(json));
        }
        if !parameters.has("credential_offer_uri") {
            return Some(LinkKind::Refused(RefusedLink::Malformed));
        }
    }
    let at = parameters.address("credential_offer_uri")?;
    Some(Url::parse(&at).map_or(LinkKind::Refused(RefusedLink::Malformed), LinkKind::OfferAt))
}

/// What a link of an OpenID scheme asks for.
pub(crate) fn of_scheme(link: &str, loopback: LoopbackAccess) -> LinkKind {
    match of_link(link) {
        Some(LinkKind::OfferAt(at)) => match check(&at, loopback) {
            Ok(()) => LinkKind::OfferAt(at),
            Err(refused) => LinkKind::Refused(refused),
        },
        Some(kind) => kind,
        None if is_request(link) => asks(link),
        None => LinkKind::Refused(RefusedLink::Malformed),
    }
}

/// Whether a link carries a request for a presentation, OpenID for Verifiable Presentations.
pub(crate) fn is_presentation_request(link: &str) -> bool {
    let parameters = Parameters::of(link);
    ["dcql_query", "presentation_definition", "presentation_definition_uri"].iter().any(|name| parameters.has(name))
        || parameters.get("response_type").is_some_and(|kind| kind.split(' ').any(|kind| kind == "vp_token"))
}

fn is_request(link: &str) -> bool {
    let parameters = Parameters::of(link);
    ["request_uri", "request", "client_id"].iter().any(|name| parameters.has(name)) || is_presentation_request(link)
}

/// A request for a presentation, and who would get it.
pub(crate) fn asks(link: &str) -> LinkKind {
    let parameters = Parameters::of(link);
    let host = ["response_uri", "redirect_uri", "request_uri", "client_id"].iter().find_map(|name| {
        let value = parameters.address(name)?;
        // A client identifier may say by a prefix how its owner is known.
        let value = value.strip_prefix("redirect_uri:").unwrap_or(&value);
        if let Some(name) = value.strip_prefix("x509_san_dns:") {
            return Some(name.to_owned());
        }
        Url::parse(value).ok().filter(|url| matches!(url.scheme(), "https" | "http")).map(|url| host_of(&url))
    });
    LinkKind::AsksForCredentials { host }
}

/// The offer of a draft, `openid-initiate-issuance:`, in the words of the drafts that followed it.
pub(crate) fn of_draft(link: &str) -> LinkKind {
    let parameters = Parameters::of(link);
    let Some(issuer) = parameters.address("issuer").filter(|issuer| Url::parse(issuer).is_ok()) else {
        return LinkKind::Refused(RefusedLink::Malformed);
    };
    let types = parameters.all("credential_type");
    let mut grants = Map::new();
    if let Some(code) = parameters.get("pre-authorized_code") {
        let mut grant = Map::from_iter([("pre-authorized_code".to_owned(), Value::from(code))]);
        if parameters.get("user_pin_required").as_deref() == Some("true") {
            grant.insert("user_pin_required".to_owned(), Value::from(true));
        }
        grants.insert(PRE_AUTHORIZED.to_owned(), Value::from(grant));
    } else if let Some(state) = parameters.get("op_state") {
        grants.insert("authorization_code".to_owned(), json!({ "issuer_state": state }));
    }
    LinkKind::Offer(json!({ "credential_issuer": issuer, "credentials": types, "grants": grants }).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_link(link: &str, expected: LinkKind) {
        let found = of_scheme(link, LoopbackAccess::Refused);
        assert!(found == expected, "{link} was taken for {found:?}");
    }

    const OFFER: &str = r#"{"credential_issuer":"https://a.example","credential_configuration_ids":["A"]}"#;

    #[test]
    fn an_offer_stands_in_its_link_or_behind_it() {
        let offer = || LinkKind::Offer(OFFER.to_owned());
        let encoded: String = url::form_urlencoded::byte_serialize(OFFER.as_bytes()).collect();
        check_link(&format!("openid-credential-offer://?credential_offer={encoded}"), offer());
        check_link(&format!("openid-credential-offer://?credential_offer={OFFER}"), offer());
        check_link(&format!("haip://?credential_offer={encoded}"), offer());
        check_link(&format!("openid-credential-offer:?credential_offer={encoded}&state=1"), offer());
        let at = || LinkKind::OfferAt(Url::parse("https://a.example/offer?id=1").unwrap());
        check_link("openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa.example%2Foffer%3Fid%3D1", at());
        check_link("openid-credential-offer://?credential_offer_uri=https://a.example/offer?id=1", at());
        check_link("haip-vci://?credential_offer_uri=https%3A%2F%2Fa.example%2Foffer%3Fid%3D1", at());
    }

    #[test]
    fn an_offer_that_is_broken_or_lies_where_nobody_asks_is_refused() {
        let refused = LinkKind::Refused;
        check_link("openid-credential-offer://?credential_offer=%7B%22a", refused(RefusedLink::Malformed));
        check_link("openid-credential-offer://", refused(RefusedLink::Malformed));
        check_link(
            "openid-credential-offer://?credential_offer_uri=http://a.example/o",
            refused(RefusedLink::NotHttps),
        );
        check_link(
            "openid-credential-offer://?credential_offer_uri=https://10.0.0.1/o",
            refused(RefusedLink::PrivateAddress),
        );
    }

    #[test]
    fn a_drafts_offer_is_put_in_later_words() {
        let link = "openid-initiate-issuance://?issuer=https%3A%2F%2Fa.example%2Fi&credential_type=Degree&credential_type=Badge&pre-authorized_code=c%2B1&user_pin_required=true";
        let LinkKind::Offer(offer) = of_draft(link) else { panic!("no offer") };
        let offer: Value = serde_json::from_str(&offer).unwrap();
        assert_eq!(
            offer,
            json!({"credential_issuer":"https://a.example/i","credentials":["Degree","Badge"],
                "grants":{PRE_AUTHORIZED:{"pre-authorized_code":"c+1","user_pin_required":true}}})
        );
        assert!(of_draft("openid-initiate-issuance://?credential_type=A") == LinkKind::Refused(RefusedLink::Malformed));
    }

    #[test]
    fn a_request_to_show_credentials_names_who_would_get_them() {
        let asks = |host: &str| LinkKind::AsksForCredentials { host: Some(host.to_owned()) };
        check_link(
            "openid4vp://?client_id=x509_san_dns:v.example&request_uri=https%3A%2F%2Fr.example%2F1",
            asks("r.example"),
        );
        check_link("openid4vp://?client_id=x509_san_dns:v.example&dcql_query=%7B%7D", asks("v.example"));
        check_link("openid://?client_id=https://v.example/cb&response_type=vp_token", asks("v.example"));
        check_link("haip://?client_id=abc&request_uri=https://r.example/1", asks("r.example"));
        check_link("openid4vp://?client_id=did:web:x&request=ey", LinkKind::AsksForCredentials { host: None });
    }
}
