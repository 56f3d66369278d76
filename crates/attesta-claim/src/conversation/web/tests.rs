use std::time::Duration;

use attesta_share::HolderKey;
use jiff::Timestamp;

use super::*;
use crate::claim::Claim;

pub(super) const CREDENTIAL: &str = r#"{"type":["VerifiableCredential"],"name":"Attestation d’études 🎓 شهادة"}"#;

/// What a scripted address answers.
#[derive(Clone)]
pub(super) enum Reply {
    Body(u16, &'static str, Vec<u8>),
    Moved(&'static str, &'static str, Vec<u8>),
    Later(u16, u64),
    Failure(FetchFailureKind),
}

pub(super) fn json(body: impl Into<Vec<u8>>) -> Reply {
    Reply::Body(200, "application/json", body.into())
}

pub(super) fn html(body: &str) -> Reply {
    Reply::Body(200, "text/html; charset=utf-8", format!("<!doctype html><html>{body}</html>").into_bytes())
}

pub(super) fn status(status: u16) -> Reply {
    Reply::Body(status, "text/plain", Vec::new())
}

/// Runs a conversation about a link against scripted answers; an address without one is not found. Gives what was
/// asked and what it ended with.
pub(super) fn run(link: &Link, script: &[(&str, Reply)]) -> (Vec<String>, String) {
    let key = HolderKey::from_seed(&[7; 32]);
    let holder = Holder { key: &key, now: "2026-11-22T12:00:00Z".parse::<Timestamp>().unwrap() };
    let mut asked = Vec::new();
    let mut claim = match Claim::begin(link) {
        Ok(claim) => claim,
        Err(error) => return (asked, outcome_of(&error)),
    };
    for _ in 0..50 {
        match claim.next(holder) {
            Ok(Next::Ask(request)) => {
                let answer = |status: u16, media_type: &str, at: &str, wait: Option<u64>, bytes: &[u8]| {
                    Ok(ClaimAnswer {
                        status,
                        media_type: Some(media_type.to_owned()),
                        final_url: at.to_owned(),
                        retry_after: wait.map(Duration::from_secs),
                        bytes: bytes.to_vec(),
                    })
                };
                let reply = script.iter().find(|(url, _)| *url == request.url).map(|(_, reply)| reply.clone());
                claim.answered(match reply.unwrap_or_else(|| status(404)) {
                    Reply::Body(status, media_type, bytes) => answer(status, media_type, &request.url, None, &bytes),
                    Reply::Moved(to, media_type, bytes) => answer(200, media_type, to, None, &bytes),
                    Reply::Later(status, seconds) => answer(status, "text/plain", &request.url, Some(seconds), b""),
                    Reply::Failure(failure) => Err(failure),
                });
                asked.push(match request.method {
                    Method::Get => request.url,
                    Method::Post => format!("POST {}", request.url),
                });
            }
            Ok(Next::Done(claimed)) => {
                let bodies: Vec<_> = claimed.documents.iter().map(|one| String::from_utf8_lossy(&one.bytes)).collect();
                return (asked, bodies.join("|"));
            }
            Ok(other) => return (asked, format!("{other:?}")),
            Err(error) => return (asked, outcome_of(&error)),
        }
    }
    panic!("it does not end: {asked:?}");
}

fn outcome_of(error: &ClaimError) -> String {
    match error {
        ClaimError::SignInNeeded { host } => format!("sign in at {host}"),
        ClaimError::NoCredentialOnPage { host } => format!("nothing on {host}"),
        ClaimError::Unreadable { error, .. } => error.code().to_owned(),
        ClaimError::Expired { host } => format!("expired at {host}"),
        ClaimError::NotReady { seconds, .. } => format!("later {seconds:?}"),
        ClaimError::Fetch { failure, .. } => failure.as_str().to_owned(),
        ClaimError::AsksForCredentials { host } => format!("asks for {host}"),
        other => format!("{other:?}"),
    }
}

const CLAIM: &str = "https://college.example/claim/1";

#[track_caller]
fn check_claim(script: &[(&str, Reply)], asked: &[&str], outcome: &str) {
    let link = classify(CLAIM, attesta_verify::LoopbackAccess::Refused);
    assert_eq!(run(&link, script), (asked.iter().map(|url| (*url).to_owned()).collect(), outcome.to_owned()));
}

#[test]
fn a_credential_comes_byte_for_byte_whatever_it_is_called() {
    check_claim(&[(CLAIM, json(CREDENTIAL))], &[CLAIM], CREDENTIAL);
    check_claim(&[(CLAIM, Reply::Body(200, "text/html", CREDENTIAL.into()))], &[CLAIM], CREDENTIAL);
}

#[test]
fn a_page_leads_to_its_credential() {
    let data = "https://college.example/c/1";
    let page = html(r#"<link rel="alternate" type="application/vc" href="/c/1">"#);
    check_claim(&[(CLAIM, page), (data, json(CREDENTIAL))], &[CLAIM, data], CREDENTIAL);
    let script = html(&format!("<script type=\"application/ld+json\">{CREDENTIAL}</script>"));
    check_claim(&[(CLAIM, script)], &[CLAIM], CREDENTIAL);
}

#[test]
fn the_next_candidate_is_tried_when_one_is_not_it() {
    let page =
        html(r#"<a href="/manifest.json">App</a><a href="/gone.json">Old credential</a><a href="/1.json">x</a>"#);
    check_claim(
        &[
            (CLAIM, page),
            ("https://college.example/manifest.json", json("{\"name\":\"app\"}")),
            ("https://college.example/1.json", json(CREDENTIAL)),
        ],
        &[
            CLAIM,
            "https://college.example/gone.json",
            "https://college.example/manifest.json",
            "https://college.example/1.json",
        ],
        CREDENTIAL,
    );
}

#[test]
fn a_page_is_followed_for_one_hop_and_six_links_at_most() {
    let another = html("<a href='/3.json'>credential</a>");
    let page = html(r#"<a href="/2.json">Credential</a>"#);
    let found = "https://college.example/2.json";
    check_claim(&[(CLAIM, page), (found, another)], &[CLAIM, found], "nothing on college.example");
    let links: String = (0..9).map(|number| format!("<a href='/{number}.json'>credential</a>")).collect();
    let link = classify(CLAIM, attesta_verify::LoopbackAccess::Refused);
    assert_eq!(run(&link, &[(CLAIM, html(&links))]).0.len(), 7);
}

#[test]
fn what_is_in_the_way_is_named() {
    check_claim(&[(CLAIM, html("<p>Hello</p>"))], &[CLAIM], "nothing on college.example");
    check_claim(&[(CLAIM, html("<form><input type=password></form>"))], &[CLAIM], "sign in at college.example");
    check_claim(&[(CLAIM, status(401))], &[CLAIM], "sign in at college.example");
    check_claim(&[(CLAIM, status(403))], &[CLAIM], "sign in at college.example");
    check_claim(&[(CLAIM, status(404))], &[CLAIM], "expired at college.example");
    check_claim(&[(CLAIM, status(410))], &[CLAIM], "expired at college.example");
    check_claim(&[(CLAIM, Reply::Later(429, 30))], &[CLAIM], "status");
    check_claim(&[(CLAIM, Reply::Later(503, 5))], &[CLAIM], "later Some(5)");
    check_claim(&[(CLAIM, status(500))], &[CLAIM], "status");
    check_claim(&[(CLAIM, Reply::Failure(FetchFailureKind::TimedOut))], &[CLAIM], "timed_out");
    check_claim(&[(CLAIM, Reply::Failure(FetchFailureKind::Cancelled))], &[CLAIM], "cancelled");
    check_claim(&[(CLAIM, json("{}"))], &[CLAIM], "not_a_credential");
    let jwe = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..aXY.Y3Q.dGFn";
    check_claim(&[(CLAIM, Reply::Body(200, "text/plain", jwe.into()))], &[CLAIM], "unsupported_format");
}

#[test]
fn a_page_leads_to_no_address_that_a_link_may_not() {
    for (href, outcome) in [
        ("http://169.254.169.254/credential.json", "address_refused"),
        ("https://127.0.0.1/credential.json", "address_refused"),
        ("http://localhost:80/credential.json", "address_refused"),
        ("http://a.example/credential.json", "not_https"),
    ] {
        check_claim(&[(CLAIM, html(&format!("<a href='{href}'>Credential</a>")))], &[CLAIM], outcome);
    }
}

#[test]
fn the_address_in_a_picture_or_an_answer_is_followed_and_not_without_end() {
    let hosted = "https://factory.example/v1/assertion/x";
    let answer = json(format!(r#"{{"assertion_url":"{hosted}"}}"#));
    check_claim(&[(CLAIM, answer), (hosted, json(CREDENTIAL))], &[CLAIM, hosted], CREDENTIAL);
    for verify in [hosted, "http://factory.example/v1/assertion/x"] {
        let picture = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org"><openbadges:assertion verify="{verify}"/></svg>"#
        );
        let picture = Reply::Body(200, "image/svg+xml", picture.into_bytes());
        check_claim(&[(CLAIM, picture), (hosted, json(CREDENTIAL))], &[CLAIM, hosted], CREDENTIAL);
    }
    let to = |n: u32| json(format!(r#"{{"assertion_url":"https://college.example/{n}"}}"#));
    check_claim(
        &[(CLAIM, to(1)), ("https://college.example/1", to(2)), ("https://college.example/2", to(3))],
        &[CLAIM, "https://college.example/1", "https://college.example/2"],
        r#"NotUnderstood { host: "college.example", what: "addresses without end" }"#,
    );
    check_claim(
        &[(CLAIM, json(format!(r#"{{"assertion_url":"{CLAIM}"}}"#)))],
        &[CLAIM],
        "Unsupported { what: \"this address\" }",
    );
}

#[test]
fn a_refresh_is_followed_and_its_page_searched() {
    let next = "https://college.example/next";
    let page = html("<meta http-equiv=refresh content='0;url=/next'>");
    let data = "https://college.example/7.json";
    check_claim(
        &[(CLAIM, page), (next, html("<a href=/7.json>Credential</a>")), (data, json(CREDENTIAL))],
        &[CLAIM, next, data],
        CREDENTIAL,
    );
    let around = html("<meta http-equiv=refresh content='0;url=/claim/1'>");
    check_claim(&[(CLAIM, around)], &[CLAIM], "nothing on college.example");
}

#[test]
fn a_short_link_that_leads_to_a_platform_is_read_there() {
    let id = "6a3b2c1d-1f2e-4a5b-8c9d-0123456789ab";
    let data = format!("https://api.credly.com/v1/obi/v2/badge_assertions/{id}");
    let page = b"<!doctype html><html><p>Badge</p></html>".to_vec();
    let moved = Reply::Moved("https://www.credly.com/badges/6a3b2c1d-1f2e-4a5b-8c9d-0123456789ab", "text/html", page);
    check_claim(&[(CLAIM, moved), (&data, json(CREDENTIAL))], &[CLAIM, &data], CREDENTIAL);
}

#[test]
fn a_claim_that_a_page_or_an_answer_names_goes_on_there() {
    let link = classify(CLAIM, attesta_verify::LoopbackAccess::Refused);
    for (reply, next) in [
        (html("<a href='https://a.example/i?iuv=1'>Wallet</a>"), "https://a.example/i?iuv=1"),
        (
            html(
                "<a href='dccrequest://request?issuer=x&amp;auth_type=bearer&amp;challenge=c&amp;vc_request_url=https://a.example/e'>Wallet</a>",
            ),
            "POST https://a.example/e",
        ),
        (
            html("<p>openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa.example%2Fo</p>"),
            "https://a.example/o",
        ),
        (json(r#"{"protocols":{"vcapi":"https://a.example/e"}}"#), "POST https://a.example/e"),
        (
            Reply::Moved("https://a.example/i?iuv=1", "text/html", b"<!doctype html><html>".to_vec()),
            "https://a.example/i?iuv=1",
        ),
    ] {
        let (asked, _) = run(&link, &[(CLAIM, reply)]);
        assert_eq!(asked[..2], [CLAIM, next]);
    }
}
