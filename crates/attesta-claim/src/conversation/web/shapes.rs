//! The shapes of links and texts that learners get, each with what it is taken for, who would be contacted, what is then
//! asked, and what comes of it.

use attesta_verify::LoopbackAccess;

use super::tests::{CREDENTIAL, Reply, html, json, run, status};
use crate::link::{Recognised, Unrecognised, recognise};

const UUID: &str = "6a3b2c1d-1f2e-4a5b-8c9d-0123456789ab";
const SHA1: &str = "0123456789abcdef0123456789abcdef01234567";

/// What a text is recognised as: each link's kind and hosts, with a question mark where it is not a likely one.
fn recognised(text: &str) -> String {
    match recognise(text, LoopbackAccess::Refused) {
        Recognised::Document { count } => format!("document {count}"),
        Recognised::Nothing(Unrecognised::Empty) => "empty".to_owned(),
        Recognised::Nothing(Unrecognised::Text) => "text".to_owned(),
        Recognised::Nothing(Unrecognised::Unreadable(error)) => error.code().to_owned(),
        Recognised::Links(links) => links
            .iter()
            .map(|link| {
                let doubt = if link.is_likely() { "" } else { "?" };
                let words: Vec<String> =
                    [format!("{}{doubt}", link.kind.as_str())].into_iter().chain(link.hosts()).collect();
                words.join(" ")
            })
            .collect::<Vec<_>>()
            .join("; "),
    }
}

/// A text, and what it is recognised as.
#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(recognised(text), expected, "{text}");
    // A link's own text is recognised as the same again.
    if let Recognised::Links(links) = recognise(text, LoopbackAccess::Refused) {
        for link in &links {
            match recognise(&link.text, LoopbackAccess::Refused) {
                Recognised::Links(again) => assert!(again.first() == Some(link), "{}", link.text),
                other => panic!("{} was taken for {other:?}", link.text),
            }
        }
    }
}

/// A link that is asked: its kind and hosts, the requests in their order, of which the last gives the credential.
#[track_caller]
fn check_asked(text: &str, expected: &str, asked: &[&str]) {
    check(text, expected);
    let Recognised::Links(links) = recognise(text, LoopbackAccess::Refused) else { panic!("{text} is no link") };
    let script: Vec<(&str, Reply)> = asked.last().map(|last| (*last, json(CREDENTIAL))).into_iter().collect();
    let expected = (asked.iter().map(|url| (*url).to_owned()).collect::<Vec<_>>(), CREDENTIAL.to_owned());
    assert_eq!(run(&links[0], &script), expected, "{text}");
}

/// A link about which nobody is asked, and what comes of it.
#[track_caller]
fn check_unasked(text: &str, expected: &str, outcome: &str) {
    check(text, expected);
    let Recognised::Links(links) = recognise(text, LoopbackAccess::Refused) else { panic!("{text} is no link") };
    assert_eq!(run(&links[0], &[]), (Vec::new(), outcome.to_owned()), "{text}");
}

#[test]
fn credential_requests() {
    let request =
        "issuer=issuer.example.com&auth_type=bearer&challenge=c&vc_request_url=https://a.example/exchange/e/t";
    for start in [
        "dccrequest://request?",
        "dccrequest:?",
        "DCCREQUEST://request?",
        "org.dcconsortium://request?",
        "https://lcw.app/request?",
        "https://lcw.app/request.html?",
        "https://lcw.app/mobile?",
        "msprequest://request?",
        "asuprequest://request?",
        "https://learncard.app/request?",
        "https://wallet.college.example/open?",
    ] {
        check(&format!("{start}{request}"), "request a.example");
    }
    check(
        "https://lcw.app/request.html?vc_request_url=https%3A%2F%2Fa.example%2Fe&auth_type=bearer",
        "request a.example",
    );
    check("dccrequest://request?issuer=x&vc_request_url=https://a.example:8443/e", "request a.example:8443");
    check_unasked("dccrequest://request?issuer=x", "refused?", r#"Unsupported { what: "this address" }"#);
    check("https://college.example/?vc_request_url=https://a.example/e", "web college.example");
}

#[test]
fn interactions_and_messages() {
    check("https://a.example/interactions/z1?iuv=1", "interaction a.example");
    check("interaction:https://a.example/i?iuv=1", "interaction a.example");
    check("interaction:https%3A%2F%2Fa.example%2Fi%3Fiuv%3D1", "interaction a.example");
    check("web+interaction:https://a.example/i?iuv=1", "interaction a.example");
    check("https://learncard.app/interactions/claim/x?iuv=1", "interaction learncard.app");
    let message =
        r#"{"credentialRequestOrigin":"https://o.example","protocols":{"vcapi":"https://a.example/e?x=1&y=2#z"}}"#;
    let encoded: String = url::form_urlencoded::byte_serialize(message.as_bytes()).collect();
    check(&format!("https://lcw.app/request?request={message}"), "message a.example");
    check(&format!("https://lcw.app/request?request={encoded}"), "message a.example");
    check(
        &format!(
            "https://lcw.app/request.html?request={}",
            message.replace('"', "%22").replace('{', "%7B").replace('}', "%7D")
        ),
        "message a.example",
    );
    check(&format!("dccrequest://request?request={encoded}"), "message a.example");
    check(message, "message a.example");
    check(
        r#"{"verifiablePresentationRequest":{"query":[],"interact":{"service":[{"serviceEndpoint":"https://a.example/e"}]}}}"#,
        "message a.example",
    );
    check(r#"{"verifiablePresentation":{"verifiableCredential":[]}}"#, "message");
    check(r#"{"issueRequest":{}}"#, "message");
}

#[test]
fn openid_offers() {
    let offer = r#"{"credential_issuer":"https://i.example","credential_configuration_ids":["A"],"grants":{}}"#;
    let encoded: String = url::form_urlencoded::byte_serialize(offer.as_bytes()).collect();
    for start in [
        "openid-credential-offer://?",
        "openid-credential-offer:?",
        "haip://?",
        "haip-vci://?",
        "https://wallet.example/add?a=1&",
    ] {
        check(&format!("{start}credential_offer={encoded}"), "offer i.example");
        check(&format!("{start}credential_offer_uri=https%3A%2F%2Fo.example%2F1"), "offer_at o.example");
    }
    check("openid-credential-offer://offer.example/?credential_offer_uri=https://o.example/1", "offer_at o.example");
    check(offer, "offer i.example");
    check(
        "openid-initiate-issuance://?issuer=https%3A%2F%2Fi.example&credential_type=A&pre-authorized_code=c",
        "offer i.example",
    );
    check("openid-credential-offer://?credential_offer_uri=http://o.example/1", "refused?");
}

#[test]
fn requests_to_show_credentials() {
    for (text, outcome) in [
        ("openid4vp://?client_id=x509_san_dns:v.example&request_uri=https%3A%2F%2Fv.example%2F1", "asks for v.example"),
        ("haip-vp://?client_id=x&request_uri=https%3A%2F%2Fv.example%2F1", "asks for v.example"),
        ("eudi-openid4vp://?client_id=x&request=eyJ", "asks for "),
        ("openid://?response_type=vp_token&client_id=https://v.example/cb", "asks for v.example"),
        ("dccrequest://present?client_id=x&nonce=n&redirect_uri=https://v.example/r", "asks for v.example"),
        ("https://wallet.example/?client_id=https://v.example/&dcql_query=%7B%7D", "asks for v.example"),
    ] {
        check_unasked(text, "asks_for_credentials?", outcome);
    }
}

#[test]
fn pages_of_platforms() {
    let badgr = "https://badgr.com/public/assertions/x_1.json";
    let badgr_hosts = "share_page badgr.com api.badgr.io";
    check_asked("https://badgr.com/public/assertions/x_1?identity__email=a@b.example", badgr_hosts, &[badgr]);
    check_asked(
        "https://badgr.com/public/assertions/x_1",
        badgr_hosts,
        &[badgr, "https://api.badgr.io/public/assertions/x_1.json"],
    );
    check_asked(
        "https://ca.badgr.com/public/assertions/x",
        "share_page ca.badgr.com api.ca.badgr.io",
        &["https://ca.badgr.com/public/assertions/x.json"],
    );
    check_asked(
        "https://eu.badgr.com/public/assertions/x?v=2_0",
        "share_page eu.badgr.com api.eu.badgr.io",
        &["https://eu.badgr.com/public/assertions/x.json"],
    );
    check_asked(
        "https://api.badgr.io/public/assertions/x.json?v=2_0",
        "share_page api.badgr.io",
        &["https://api.badgr.io/public/assertions/x.json"],
    );
    check_asked(
        "https://badges.parchment.com/public/assertions/x",
        "share_page badges.parchment.com",
        &[
            "https://badges.parchment.com/public/assertions/x.json",
            "https://badges.parchment.com/public/assertions/x/baked",
        ],
    );
    check_asked("https://badgr.com/backpack/badges/x_1", badgr_hosts, &[badgr]);
    let two = format!("https://api.credly.com/v1/obi/v2/badge_assertions/{UUID}");
    let three = format!("https://www.credly.com/api/v1/obi/v3/open_badge_credentials/{UUID}");
    for page in ["", "/public_url", "/linked_in_profile", "?source=linked_in_profile"] {
        check_asked(
            &format!("https://www.credly.com/badges/{UUID}{page}"),
            "share_page api.credly.com www.credly.com",
            &[&two],
        );
    }
    check_asked(
        &format!("https://www.credly.com/org/college/badges/{UUID}"),
        "share_page api.credly.com www.credly.com",
        &[&two, &three],
    );
    check_asked(&three, "share_page www.credly.com api.credly.com", &[&three]);
    for host in ["openbadgepassport.com", "passport.cancred.ca", "badges.ecampusontario.ca"] {
        let first = format!("https://{host}/obpv1/p/badge/info/12345");
        check_asked(&format!("https://{host}/app/badge/info/12345"), &format!("share_page {host}"), &[&first]);
    }
    for host in ["openbadgefactory.com", "factory.cancred.ca"] {
        let base = format!("https://{host}/v1/assertion/{SHA1}");
        check_asked(&format!("{base}.html"), &format!("share_page {host}"), &[&format!("{base}.json")]);
        check_asked(&base, &format!("share_page {host}"), &[&format!("{base}.json"), &base]);
    }
    let mine = "https://learner.mycreds.ca/badges/public/assertion/gJ2mKjM3R_6Kbw0123456a";
    check_asked(mine, "share_page learner.mycreds.ca", &[&format!("{mine}.json"), mine]);
    let plus = format!("https://verifierplus.org/api/credentials/{UUID}");
    check_asked(&format!("https://verifierplus.org/credentials/{UUID}"), "share_page verifierplus.org", &[&plus]);
    let stored = "https://storage.dcc.did.coop/space/x";
    check_asked(
        &format!("https://verifierplus.org/#verify?vc={stored}"),
        "share_page storage.dcc.did.coop verifierplus.org",
        &[stored],
    );
}

#[test]
fn pages_that_only_show_a_document() {
    let unsupported = r#"Unsupported { what: "a page without data" }"#;
    check_unasked(&format!("https://learner.mycreds.ca/sharelink/{UUID}/{UUID}"), "document_page", unsupported);
    check_unasked(&format!("https://learner.mycreds.ca/r/sharelink/{UUID}/{UUID}"), "document_page", unsupported);
}

#[test]
fn a_passport_that_names_its_issuers_copy_is_followed_there() {
    let text = "https://passport.cancred.ca/app/badge/info/7";
    let Recognised::Links(links) = recognise(text, LoopbackAccess::Refused) else { panic!("no link") };
    let hosted = format!("https://factory.cancred.ca/v1/assertion/{SHA1}");
    let info = "https://passport.cancred.ca/obpv1/p/badge/info/7";
    let script =
        [(info, json(format!(r#"{{"id":7,"assertion_url":"{hosted}"}}"#))), (hosted.as_str(), json(CREDENTIAL))];
    assert_eq!(run(&links[0], &script), (vec![info.to_owned(), hosted.clone()], CREDENTIAL.to_owned()));
}

#[test]
fn a_platforms_page_is_searched_when_its_data_is_not_to_be_had() {
    let text = format!("https://www.credly.com/badges/{UUID}");
    let Recognised::Links(links) = recognise(&text, LoopbackAccess::Refused) else { panic!("no link") };
    let (asked, outcome) = run(&links[0], &[(&text, html("<p>Badge</p>"))]);
    assert_eq!((asked.len(), asked.last(), outcome.as_str()), (3, Some(&text), "nothing on www.credly.com"));
    let (asked, outcome) = run(&links[0], &[(&text, status(403))]);
    assert_eq!((asked.len(), outcome.as_str()), (3, "sign in at www.credly.com"));
}

#[test]
fn other_addresses() {
    for text in [
        "https://college.example/claim/1?t=a",
        "« https://college.example/claim/1?t=a ».",
        "Voici votre insigne : <https://college.example/claim/\n1?t=a>",
        "attesta:https://college.example/claim/1?t=a",
        "attesta://import?url=https%3A%2F%2Fcollege.example%2Fclaim%2F1%3Ft%3Da",
        "https://can01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fcollege.example%2Fclaim%2F1%3Ft%3Da&data=05&reserved=0",
        "https://urldefense.com/v3/__https://college.example/claim/1?t=a__;!!A!b$",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__college.example_claim_1-3Ft-3Da&d=x",
        "https://www.google.com/url?q=https://college.example/claim/1?t%3Da&sa=D",
        "https://college.example/claim/1?t=a#top",
        "مرحبا https://college.example/claim/1?t=a شكرا",
        "🎓https://college.example/claim/1?t=a🎓".trim_end_matches('🎓'),
    ] {
        check_asked(text, "web college.example", &["https://college.example/claim/1?t=a"]);
    }
    check("https://www.credly.com/go/abc", "web www.credly.com");
    check("https://collège.example/réussite/1", "web xn--collge-6ua.example");
}

#[test]
fn addresses_that_are_never_asked() {
    for text in [
        "http://college.example/claim/1",
        "https://127.0.0.1/claim/1",
        "https://192.168.1.1/claim/1",
        "https://[::1]/claim/1",
        "https://localhost/claim/1",
        "https://college.example@evil.example/claim/1",
        "ftp://college.example/claim/1",
        "mailto:badges@college.example",
        "attesta:http://college.example/",
    ] {
        check_unasked(text, "refused?", r#"Unsupported { what: "this address" }"#);
    }
}

#[test]
fn documents_and_what_is_none() {
    check(CREDENTIAL, "document 1");
    check(&format!("\u{feff}{CREDENTIAL}\n"), "document 1");
    check(&format!("[{CREDENTIAL},{CREDENTIAL}]"), "document 2");
    check(&format!(r#"{{"type":"VerifiablePresentation","verifiableCredential":[{CREDENTIAL}]}}"#), "document 1");
    check(
        r#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://a.example/1","badge":"https://a.example/b","recipient":{"type":"email","hashed":false,"identity":"a@b.example"},"issuedOn":"2026-01-01T00:00:00Z","verification":{"type":"HostedBadge"}}"#,
        "document 1",
    );
    check("eyJhbGciOiJFZERTQSJ9.eyJ2YyI6eyJ0eXBlIjpbIlZlcmlmaWFibGVDcmVkZW50aWFsIl19fQ.c2ln", "document 1");
    check("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..aXY.Y3Q.dGFn", "unsupported_format");
    check("VP1-B3ECQTNQJYIAAHZAS", "unsupported_format");
    let encoded: String = url::form_urlencoded::byte_serialize(CREDENTIAL.as_bytes()).collect();
    check_unasked(&format!("data:application/json,{}", encoded.replace('+', "%20")), "inline", CREDENTIAL);
    check_unasked(&format!("data:application/json,{CREDENTIAL}"), "inline", CREDENTIAL);
    check("data:image/png;base64,iVBORw0KGgo=", "inline");
    check("", "empty");
    check("Bonjour Maya", "text");
    check("college.example/claim", "text");
    check("{}", "not_a_credential");
    check(r#"{"a":1"#, "truncated");
}

#[test]
fn a_whole_message() {
    check(
        "Bonjour Maya,\r\n\r\nVotre insigne « Débogage » est prêt :\r\nhttps://college.example/insignes/7?code=abc\r\n\
         In your wallet: dccrequest://request?issuer=x&vc_request_url=https://a.example/e\r\n\
         Credly: https://www.credly.com/badges/6a3b2c1d-1f2e-4a5b-8c9d-0123456789ab.\r\n\r\n\
         Suivez-nous : https://www.facebook.com/college | https://college.example/\r\n\
         https://college.example/desabonnement?u=1 https://college.example/logo.png\r\n\
         Questions? mailto:aide@college.example",
        "web college.example; request a.example; share_page api.credly.com www.credly.com; web? www.facebook.com; \
         web? college.example; web? college.example; web? college.example; refused?",
    );
}
