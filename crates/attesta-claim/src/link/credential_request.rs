//! Credential request links, [DCC credential request](https://github.com/digitalcredentials/docs/blob/main/request/credential_request.md),
//! and what else comes by the same schemes.

use attesta_verify::LoopbackAccess;
use url::Url;

use crate::link::parameters::{Parameters, unescaped_address};
use crate::link::{LinkKind, RefusedLink, RequestLink, check, host_of, of_json};

/// The parameter that holds the address, often the last and often not encoded.
const ENDPOINT: &str = "vc_request_url";
/// The parameters that stand beside it.
const BESIDE: [&str; 3] = ["issuer", "auth_type", "challenge"];

/// Whether an https link carries a credential request.
pub(crate) fn is_request(link: &str, url: &Url) -> bool {
    let parameters = Parameters::of(link);
    parameters.has(ENDPOINT) && (parameters.has("issuer") || is_wallet_page(url))
}

/// Pages that stand for a wallet: a browser that has none shows them.
fn is_wallet_page(url: &Url) -> bool {
    match url.host_str() {
        Some("lcw.app" | "www.lcw.app") => {
            matches!(url.path(), "/request" | "/request.html" | "/mobile" | "/mobile.html" | "/request/" | "/mobile/")
        }
        Some(host) => host == "learncard.app" || host.ends_with(".learncard.app"),
        None => false,
    }
}

/// What a link of a wallet's own scheme asks for: `dccrequest://request`, `dccrequest://present`, `msprequest:`.
pub(crate) fn of_scheme(link: &str, loopback: LoopbackAccess) -> LinkKind {
    let parameters = Parameters::of(link);
    if parameters.has(ENDPOINT) {
        return of_parameters(link, loopback);
    }
    if let Some(kind) = parameters.json("request").and_then(|json| of_json(&json)) {
        return kind;
    }
    let place = link.split_once(':').map_or("", |(_, rest)| rest).trim_start_matches('/');
    if place.starts_with("present") || parameters.has("redirect_uri") {
        let to = parameters.address("redirect_uri").and_then(|to| Url::parse(&to).ok());
        return LinkKind::AsksForCredentials { host: to.as_ref().map(host_of).filter(|host| !host.is_empty()) };
    }
    LinkKind::Refused(RefusedLink::Malformed)
}

/// The request that a link's parameters describe.
pub(crate) fn of_parameters(link: &str, loopback: LoopbackAccess) -> LinkKind {
    let parameters = Parameters::of(link);
    let Some(written) = parameters.rest(ENDPOINT) else { return LinkKind::Refused(RefusedLink::Malformed) };
    let written = endpoint(written, |name| {
        // What the link has not said before the address, it says behind it.
        BESIDE.contains(&name) && !link[..link.len() - written.len()].contains(&format!("{name}="))
    });
    let Ok(endpoint) = Url::parse(&unescaped_address(&written)) else {
        return LinkKind::Refused(RefusedLink::Malformed);
    };
    match check(&endpoint, loopback) {
        Ok(()) => LinkKind::Request(RequestLink {
            endpoint,
            challenge: parameters.get("challenge"),
            auth_type: parameters.get("auth_type"),
        }),
        Err(refused) => LinkKind::Refused(refused),
    }
}

/// The address at the start of a text, up to the link's own next parameter. An encoded one ends at the next `&`; of one
/// that is not, a part belongs to the address if that has a query and the part is none of the link's own.
fn endpoint(written: &str, is_beside: impl Fn(&str) -> bool) -> String {
    let mut parts = written.split('&');
    let mut address = parts.next().unwrap_or_default().to_owned();
    let plain = address.contains("://");
    for part in parts {
        let name = part.split_once('=').map_or(part, |(name, _)| name);
        if !plain || !address.contains('?') || is_beside(name) {
            break;
        }
        address.push('&');
        address.push_str(part);
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_request(link: &str, endpoint: &str, challenge: Option<&str>, auth_type: Option<&str>) {
        match of_scheme(link, LoopbackAccess::Refused) {
            LinkKind::Request(request) => {
                assert_eq!(request.endpoint.as_str(), endpoint, "{link}");
                assert_eq!(request.challenge.as_deref(), challenge, "{link}");
                assert_eq!(request.auth_type.as_deref(), auth_type, "{link}");
            }
            other => panic!("{link} was taken for {other:?}"),
        }
    }

    #[test]
    fn the_address_is_read_whether_it_is_encoded_last_or_neither() {
        let issuer = "dccrequest://request?issuer=issuer.example.com";
        check_request(
            &format!("{issuer}&auth_type=bearer&challenge=c-1&vc_request_url=https://a.example/exchange/x/t"),
            "https://a.example/exchange/x/t",
            Some("c-1"),
            Some("bearer"),
        );
        check_request(
            &format!("{issuer}&auth_type=bearer&challenge=c-1&vc_request_url=https://a.example/e?x=1&y=2"),
            "https://a.example/e?x=1&y=2",
            Some("c-1"),
            Some("bearer"),
        );
        check_request(
            &format!(
                "{issuer}&vc_request_url=https%3A%2F%2Fa.example%2Fe%3Fx%3D1%26y%3D2&auth_type=bearer&challenge=c-1"
            ),
            "https://a.example/e?x=1&y=2",
            Some("c-1"),
            Some("bearer"),
        );
        check_request(
            &format!("{issuer}&vc_request_url=https://a.example/e?x=1&y=2&challenge=c-1"),
            "https://a.example/e?x=1&y=2",
            Some("c-1"),
            None,
        );
        check_request(
            "dccrequest://request?vc_request_url=https://a.example/e&issuer=x&auth_type=bearer&vp_version=1",
            "https://a.example/e",
            None,
            Some("bearer"),
        );
        // A challenge of the address itself is not the link's, which has its own.
        check_request(
            "dccrequest://request?issuer=x&challenge=ours&vc_request_url=https://a.example/e?challenge=theirs",
            "https://a.example/e?challenge=theirs",
            Some("ours"),
            None,
        );
    }

    #[test]
    fn a_request_to_show_credentials_is_told_apart() {
        let link = "dccrequest://present?client_id=x&nonce=n&redirect_uri=https%3A%2F%2Fverifier.example%2Fr";
        let expected = LinkKind::AsksForCredentials { host: Some("verifier.example".to_owned()) };
        assert_eq!(of_scheme(link, LoopbackAccess::Refused), expected);
    }

    #[test]
    fn a_request_without_a_usable_address_is_refused() {
        let refused = |link: &str| of_scheme(link, LoopbackAccess::Refused);
        assert_eq!(refused("dccrequest://request?issuer=x"), LinkKind::Refused(RefusedLink::Malformed));
        assert_eq!(refused("dccrequest://request?issuer=x&vc_request_url="), LinkKind::Refused(RefusedLink::Malformed));
        assert_eq!(
            refused("dccrequest://request?issuer=x&vc_request_url=http://a.example/"),
            LinkKind::Refused(RefusedLink::NotHttps)
        );
        assert_eq!(
            refused("dccrequest://request?issuer=x&vc_request_url=https://127.0.0.1/"),
            LinkKind::Refused(RefusedLink::PrivateAddress)
        );
    }
}
