//! What a single link is.

use attesta_verify::LoopbackAccess;
use url::Url;

use crate::link::parameters::{Parameters, unescaped_address};
use crate::link::scan::{self, Wanted};
use crate::link::wrapper::unwrapped;
use crate::link::{Link, LinkKind, RefusedLink, check, credential_offer, credential_request, inline, of_json};
use crate::share_page;

/// How often the wallet's own scheme may stand around another link.
const WRAPPED: usize = 3;

/// What a link is that was found in a text.
pub(crate) fn classify(link: &str, loopback: LoopbackAccess) -> Link {
    let text = unwrapped(link);
    let kind = kind_of(&text, loopback, WRAPPED);
    Link { text, kind }
}

/// The links in a page's text that call a wallet.
pub(crate) fn claims_in(text: &str, loopback: LoopbackAccess) -> Vec<Link> {
    scan::links(text, Wanted::Claims).iter().map(|link| classify(link, loopback)).collect()
}

fn kind_of(link: &str, loopback: LoopbackAccess, depth: usize) -> LinkKind {
    let malformed = LinkKind::Refused(RefusedLink::Malformed);
    if attesta_share::is_share_link(link) {
        return LinkKind::Share;
    }
    let Some((scheme, rest)) = link.split_once(':') else { return malformed };
    match scheme.to_ascii_lowercase().as_str() {
        "https" | "http" => of_web(link, loopback),
        "dccrequest" | "org.dcconsortium" | "msprequest" | "asuprequest" => {
            match credential_offer::of_link(link) {
                // A wallet that knows offers too is called by its own scheme for them.
                Some(_) => credential_offer::of_scheme(link, loopback),
                None => credential_request::of_scheme(link, loopback),
            }
        }
        "interaction" | "web+interaction" => {
            checked(&unescaped_address(rest.trim_start_matches('/')), loopback, LinkKind::Interaction)
        }
        "openid-initiate-issuance" => credential_offer::of_draft(link),
        "openid-credential-offer"
        | "haip"
        | "haip-vci"
        | "haip-vp"
        | "openid-vc"
        | "openid4vci"
        | "openid4vp"
        | "mdoc-openid4vp"
        | "eudi-openid4vp"
        | "openid"
        | "siopv2" => credential_offer::of_scheme(link, loopback),
        "data" => inline::of_link(link),
        "mailto" | "ftp" => LinkKind::Refused(RefusedLink::NotHttps),
        "attesta" => match depth.checked_sub(1).zip(inside(rest)) {
            Some((depth, inner)) => kind_of(&unwrapped(&inner), loopback, depth),
            None => malformed,
        },
        _ => malformed,
    }
}

/// The link inside the wallet's own scheme: `attesta:https://…`, `attesta://import?url=…`.
fn inside(rest: &str) -> Option<String> {
    let rest = rest.trim_start_matches('/');
    // Browsers take the scheme behind two slashes for a host, and the empty port behind it away.
    for (read, meant) in [("https//", "https://"), ("http//", "http://")] {
        if let Some(address) = rest.strip_prefix(read) {
            return Some(format!("{meant}{address}"));
        }
    }
    let parameters = Parameters::of(rest);
    let named = !rest.split('?').next().unwrap_or_default().contains(':') && !rest.starts_with("http");
    match named {
        true => parameters.address("url").or_else(|| parameters.address("link")).or_else(|| {
            // Parameters of a claim may stand in the wallet's own link as they do in any other.
            (parameters.has("credential_offer") || parameters.has("credential_offer_uri"))
                .then(|| format!("openid-credential-offer:?{}", rest.split_once('?').map_or("", |(_, query)| query)))
                .or_else(|| {
                    parameters
                        .has("vc_request_url")
                        .then(|| format!("dccrequest:?{}", rest.split_once('?').map_or("", |(_, query)| query)))
                })
        }),
        false => Some(unescaped_address(rest).into_owned()),
    }
}

fn of_web(link: &str, loopback: LoopbackAccess) -> LinkKind {
    let Ok(url) = Url::parse(link) else { return LinkKind::Refused(RefusedLink::Malformed) };
    let parameters = Parameters::of(link);
    if credential_request::is_request(link, &url) {
        return credential_request::of_parameters(link, loopback);
    }
    if url.query_pairs().any(|(name, _)| name == "iuv") {
        return checked(link, loopback, LinkKind::Interaction);
    }
    if credential_offer::of_link(link).is_some() {
        return credential_offer::of_scheme(link, loopback);
    }
    if let Some(message) = parameters.json("request").and_then(|json| of_json(&json)) {
        return message;
    }
    if credential_offer::is_presentation_request(link) {
        return credential_offer::asks(link);
    }
    match check(&url, loopback) {
        Ok(()) => share_page::of(&url, loopback).unwrap_or(LinkKind::Web(url)),
        Err(refused) => LinkKind::Refused(refused),
    }
}

fn checked(address: &str, loopback: LoopbackAccess, kind: impl FnOnce(Url) -> LinkKind) -> LinkKind {
    match Url::parse(address) {
        Ok(url) => match check(&url, loopback) {
            Ok(()) => kind(url),
            Err(refused) => LinkKind::Refused(refused),
        },
        Err(_) => LinkKind::Refused(RefusedLink::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_kind(link: &str, kind: &str, hosts: &[&str]) {
        let found = classify(link, LoopbackAccess::Refused);
        assert_eq!(
            (found.kind.as_str(), found.hosts()),
            (kind, hosts.iter().map(|host| (*host).to_owned()).collect()),
            "{link}"
        );
    }

    #[test]
    fn the_wallets_own_scheme_may_stand_around_any_link() {
        for link in [
            "attesta:https://a.example/x",
            "attesta://https://a.example/x",
            "attesta://https//a.example/x",
            "attesta:https%3A%2F%2Fa.example%2Fx",
            "attesta://import?url=https%3A%2F%2Fa.example%2Fx",
            "attesta://import?url=https://a.example/x",
            "attesta:?url=https%3A%2F%2Fa.example%2Fx",
            "ATTESTA:attesta:https://a.example/x",
        ] {
            check_kind(link, "web", &["a.example"]);
        }
        let offer = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa.example%2Fo";
        check_kind(&format!("attesta:{offer}"), "offer_at", &["a.example"]);
        check_kind("attesta://import?credential_offer_uri=https%3A%2F%2Fa.example%2Fo", "offer_at", &["a.example"]);
        check_kind(
            "attesta:dccrequest://request?issuer=x&vc_request_url=https://a.example/e",
            "request",
            &["a.example"],
        );
        check_kind("attesta:interaction:https://a.example/e?iuv=1", "interaction", &["a.example"]);
        check_kind("attesta:attesta:attesta:attesta:attesta:https://a.example/", "refused", &[]);
        check_kind("attesta:http://a.example/", "refused", &[]);
        check_kind("attesta:nothing", "refused", &[]);
    }

    #[test]
    fn an_international_name_is_shown_so_that_no_letter_passes_for_another() {
        check_kind("https://cоllege.example/", "web", &["xn--cllege-wqf.example"]);
        check_kind("https://école.example/", "web", &["xn--cole-9oa.example"]);
        check_kind("https://college.example:8443/", "web", &["college.example:8443"]);
    }
}
