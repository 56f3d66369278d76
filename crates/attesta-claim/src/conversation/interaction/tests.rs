use super::*;
use crate::conversation::scripted::{VC, converse, converse_with, reply, url};
use crate::link::LinkKind;

const URL: &str = "https://uni.example/interactions/1?iuv=1";
const EXCHANGE: &str = "https://exchanger.vendor.example/exchanges/2";

fn link() -> LinkKind {
    LinkKind::Interaction(url(URL))
}

fn host() -> String {
    "uni.example".to_owned()
}

fn request(domain: &str) -> String {
    format!(
        r#"{{"verifiablePresentationRequest":{{"query":{{"type":"DIDAuthentication",
        "acceptedCryptosuites":[{{"cryptosuite":"eddsa-rdfc-2022"}}]}},"challenge":"c","domain":"{domain}"}}}}"#
    )
}

#[test]
fn an_interaction_leads_into_its_exchange() {
    let protocols = format!(r#"{{"protocols":{{"inviteRequest":"https://uni.example/invite","vcapi":"{EXCHANGE}"}}}}"#);
    let conversed = converse_with(link(), &[&protocols, &request("https://uni.example"), VC]);
    assert_eq!(conversed.lines(), [format!("GET {URL}"), format!("POST {EXCHANGE}"), format!("POST {EXCHANGE}")]);
    assert_eq!((conversed.asked[0].accept, &conversed.asked[0].body), ("application/json", &None));
    assert_eq!(conversed.documents(), [VC]);
}

#[test]
fn the_host_of_the_interaction_may_be_whom_the_proof_is_for() {
    let protocols = format!(r#"{{"protocols":{{"vcapi":"{EXCHANGE}"}}}}"#);
    for (domain, signed) in
        [("uni.example", true), ("exchanger.vendor.example", true), ("vendor.example", false), ("bank.example", false)]
    {
        let conversed = converse_with(link(), &[&protocols, &request(domain), VC]);
        assert_eq!(conversed.outcome.is_ok(), signed, "{domain}");
        assert_eq!(conversed.asked.len(), if signed { 3 } else { 2 });
    }
}

#[test]
fn a_host_that_only_redirects_is_nobody_to_make_a_proof_for() {
    for (domain, signed) in [("uni.example", false), ("elsewhere.example", true), ("exchanger.vendor.example", true)] {
        let conversed = converse(link(), |index, asked| match index {
            0 => reply(asked, 200, &format!(r#"{{"protocols":{{"vcapi":"{EXCHANGE}"}}}}"#)).map(|answer| ClaimAnswer {
                final_url: "https://elsewhere.example/interactions/1".to_owned(),
                ..answer
            }),
            1 => reply(asked, 200, &request(domain)),
            _ => reply(asked, 200, VC),
        });
        assert_eq!(conversed.asked.len(), if signed { 3 } else { 2 }, "{domain}");
        assert_eq!(conversed.outcome.is_ok(), signed, "{domain}");
    }
}

#[test]
fn a_refusal_names_the_host_that_refused() {
    let request = request("uni.example").replacen(
        "\"challenge\"",
        r#""interact":{"service":{"serviceEndpoint":"https://uni.example/take"}},"challenge""#,
        1,
    );
    let conversed = converse(link(), |index, asked| match index {
        0 => reply(asked, 200, &format!(r#"{{"protocols":{{"vcapi":"{EXCHANGE}"}}}}"#)),
        1 => reply(asked, 200, &request),
        _ => reply(asked, 410, ""),
    });
    assert_eq!(conversed.lines()[2], "POST https://uni.example/take");
    assert_eq!(conversed.outcome, Err(ClaimError::Expired { host: host() }));
}

#[test]
fn an_interaction_may_lead_to_one_other() {
    let other = r#"{"protocols":{"interact":"https://other.example/i?iuv=1"}}"#;
    let protocols = format!(r#"{{"protocols":{{"vcapi":"{EXCHANGE}"}}}}"#);
    let conversed = converse_with(link(), &[other, &protocols, VC]);
    assert_eq!(conversed.lines()[1..], ["GET https://other.example/i?iuv=1".to_owned(), format!("POST {EXCHANGE}")]);
    assert_eq!(conversed.documents(), [VC]);
    let conversed = converse(link(), |_, request| reply(request, 200, other));
    assert_eq!(conversed.outcome, Err(ClaimError::TooManyRounds { host: "other.example".to_owned() }));
    assert_eq!(conversed.asked.len(), 2);
}

#[test]
fn what_is_offered_decides_how_it_goes_on() {
    #[track_caller]
    fn check(protocols: &str, expected: Result<Way, ClaimError>) {
        let document = Document::parse(protocols.as_bytes().to_vec()).unwrap();
        assert_eq!(chosen(document.root(), "uni.example"), expected, "{protocols}");
    }
    let not_understood = |what| Err(ClaimError::NotUnderstood { host: host(), what });
    let exchange = || Ok(Way::Exchange(url(EXCHANGE)));
    let offer = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Funi.example%2Foffer%3Fa%3D1%26b";
    let at = || Ok(Way::OfferAt(url("https://uni.example/offer?a=1&b")));
    check(&format!(r#"{{"oid4vci-1.0":"{offer}","vcapi":"{EXCHANGE}"}}"#), exchange());
    check(&format!(r#"{{"vcapi":"not an address","OID4VCI":"{offer}"}}"#), at());
    check(&format!(r#"{{"oid4vci-1.0":"{offer}","oid4vp-1.0":"openid4vp://x"}}"#), at());
    check(
        r#"{"oid4vci-1.0":"https://wallet.example/?credential_offer=%7B%22a%22%3A1%7D"}"#,
        Ok(Way::Offer(r#"{"a":1}"#.to_owned())),
    );
    check(r#"{"interact":"https://uni.example/i?iuv=1"}"#, Ok(Way::Interaction(url("https://uni.example/i?iuv=1"))));
    check(r#"{"oid4vp-1.0":"openid4vp://x","didcomm":"x"}"#, Err(ClaimError::AsksForCredentials { host: host() }));
    check(r#"{"inviteRequest":"https://uni.example/i"}"#, Err(ClaimError::Unsupported { what: "inviteRequest" }));
    check(r#"{"didcomm":"didcomm://x"}"#, Err(ClaimError::Unsupported { what: "DIDComm" }));
    check(r#"{"tomorrow":"x"}"#, Err(ClaimError::Unsupported { what: "this interaction protocol" }));
    check("{}", not_understood("the answer names no protocols"));
    check("[]", not_understood("the answer names no protocols"));
    let none = "the address of the protocol is none";
    for address in ["", "file:///etc/passwd", "javascript:1", "//x", &format!("https://x.example/{}", "x".repeat(5000))]
    {
        check(&format!(r#"{{"vcapi":"{address}"}}"#), not_understood(none));
    }
    let both = "openid-credential-offer://?credential_offer=x&credential_offer_uri=https://x.example";
    check(&format!(r#"{{"oid4vci-1.0":"{both}"}}"#), not_understood(none));
}

#[test]
fn an_interaction_that_answers_otherwise_says_why() {
    #[track_caller]
    fn check(status: u16, body: &str, expected: ClaimError) {
        let conversed = converse(link(), |_, request| reply(request, status, body));
        assert_eq!((conversed.asked.len(), conversed.outcome), (1, Err(expected)));
    }
    let not_understood = |what| ClaimError::NotUnderstood { host: host(), what };
    check(200, "<html>", not_understood("the answer is not strict JSON"));
    check(200, &"[".repeat(100_000), not_understood("the answer is not strict JSON"));
    check(200, "{}", not_understood("the answer names no protocols"));
    check(410, "", ClaimError::Expired { host: host() });
    check(401, r#"{"title":"Sign in"}"#, ClaimError::Refused { host: host(), said: Some("Sign in".to_owned()) });
    check(503, "", ClaimError::NotReady { host: host(), seconds: Some(90) });
}
