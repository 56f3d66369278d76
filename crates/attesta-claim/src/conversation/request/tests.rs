use super::*;
use crate::conversation::scripted::{Conversed, VC, converse, converse_with, holder_key, reply, url};
use crate::link::LinkKind;

const EXCHANGE: &str = "https://issuer.uni.example/exchange/1";
const TRANSACTION: &str = "https://issuer.uni.example/exchange/1/2";

fn host() -> String {
    "issuer.uni.example".to_owned()
}

fn link(endpoint: &str, challenge: Option<&str>, auth_type: Option<&str>) -> LinkKind {
    let (challenge, auth_type) = (challenge.map(str::to_owned), auth_type.map(str::to_owned));
    LinkKind::Request(RequestLink { endpoint: url(endpoint), challenge, auth_type })
}

fn direct() -> LinkKind {
    link(TRANSACTION, Some("2"), Some("bearer"))
}

/// The request that the transaction service answers to a two-step link.
fn presentation_request(endpoint: &str, domain: &str) -> String {
    format!(
        r#"{{"verifiablePresentationRequest":{{"query":[{{"type":"DIDAuthentication"}}],"challenge":"2","domain":"{domain}",
        "interact":{{"service":[{{"type":"UnmediatedPresentationService2021","serviceEndpoint":"{endpoint}"}}]}}}}}}"#
    )
}

#[track_caller]
fn check_proof(conversed: &Conversed, index: usize, domain: Option<&str>) {
    let presentation = conversed.body(index);
    assert_eq!(
        presentation["@context"],
        serde_json::json!([
            "https://www.w3.org/2018/credentials/v1",
            "https://w3id.org/security/suites/ed25519-2020/v1"
        ])
    );
    assert_eq!(presentation["type"], serde_json::json!(["VerifiablePresentation"]));
    assert_eq!(presentation["holder"], holder_key().did());
    assert_eq!(presentation.get("verifiableCredential"), None);
    let proof = &presentation["proof"];
    assert_eq!(proof["type"], "Ed25519Signature2020");
    assert_eq!(proof["proofPurpose"], "authentication");
    assert_eq!(proof["challenge"], "2");
    assert_eq!(proof["created"], "2026-11-22T12:00:00Z");
    assert_eq!(proof.get("domain").and_then(serde_json::Value::as_str), domain);
}

#[test]
fn a_direct_link_is_answered_with_a_bare_proof_for_its_challenge() {
    for auth_type in [Some("bearer"), Some(""), None] {
        let conversed = converse_with(link(TRANSACTION, Some("2"), auth_type), &[VC]);
        assert_eq!(conversed.lines(), [format!("POST {TRANSACTION}")]);
        check_proof(&conversed, 0, None);
        assert_eq!(conversed.documents(), [VC]);
        let document = &conversed.outcome.unwrap().documents[0];
        assert_eq!(
            (&*document.url, document.media_type.as_deref()),
            (TRANSACTION, Some("application/json; charset=utf-8"))
        );
    }
}

#[test]
fn a_link_without_a_challenge_gets_one_first() {
    for challenge in [None, Some("")] {
        let request = presentation_request(TRANSACTION, "https://issuer.uni.example");
        let conversed = converse_with(link(EXCHANGE, challenge, Some("bearer")), &[&request, VC]);
        assert_eq!(conversed.lines(), [format!("POST {EXCHANGE}"), format!("POST {TRANSACTION}")]);
        assert_eq!(conversed.body(0), serde_json::json!({}));
        check_proof(&conversed, 1, Some("https://issuer.uni.example"));
        assert_eq!(conversed.documents(), [VC]);
    }
}

#[test]
fn the_proof_goes_nowhere_else_and_is_meant_for_nobody_else() {
    let check = |endpoint: &str, domain: &str, what: &'static str| {
        let conversed = converse_with(link(EXCHANGE, None, None), &[&presentation_request(endpoint, domain)]);
        assert_eq!(conversed.outcome, Err(ClaimError::NotUnderstood { host: host(), what }));
        assert_eq!(conversed.asked.len(), 1);
    };
    check(
        "https://evil.example/2",
        "https://issuer.uni.example",
        "the proof is to be sent to an address of another host",
    );
    check(TRANSACTION, "https://bank.example", "the proof is meant for another host");
}

#[test]
fn whatever_form_the_credentials_have_they_are_taken() {
    let array = format!("[{VC},{VC}]");
    let presentation = format!(r#"{{"type":"VerifiablePresentation","verifiableCredential":{VC}}}"#);
    let wrapped = format!(r#"{{"verifiablePresentation":{presentation}}}"#);
    let escaped = VC.replace('"', "&quot;");
    for (answer, document) in
        [(VC, VC), (&*array, &*array), (&*presentation, &*presentation), (&*wrapped, &*presentation), (&*escaped, VC)]
    {
        assert_eq!(converse_with(direct(), &[answer]).documents(), [document]);
    }
}

#[test]
fn a_success_is_asked_for_once() {
    let conversed = converse_with(direct(), &["{}"]);
    let what = "it ended without a credential";
    assert_eq!(conversed.outcome, Err(ClaimError::NotUnderstood { host: host(), what }));
    assert_eq!(conversed.asked.len(), 1);
}

#[test]
fn a_refusal_says_whether_a_fresh_link_helps() {
    let refused =
        |status: u16, body: &'static str| converse(direct(), |_, request| reply(request, status, body)).outcome;
    let said = Some("Invalid DIDAuth.".to_owned());
    let invalid = r#"{"code":401,"message":"Invalid DIDAuth."}"#;
    assert_eq!(refused(401, invalid), Err(ClaimError::ProofRefused { host: host(), said }));
    let unknown = r#"{"code":404,"message":"Unknown exchangeId."}"#;
    assert_eq!(refused(404, unknown), Err(ClaimError::Expired { host: host() }));
    // What the workflow coordinator makes of it.
    let wrapped = r#"{"code":500,"message":"One of the internal microservices returned an error",
        "serviceResponseError":{"code":404,"message":"Unknown exchangeId."},"serviceResponseStatus":404}"#;
    assert_eq!(refused(500, wrapped), Err(ClaimError::Expired { host: host() }));
}

#[test]
fn what_a_link_asks_that_can_not_be_done_is_named_before_anybody_is_asked() {
    #[track_caller]
    fn check(link: LinkKind, expected: ClaimError) {
        let conversed = converse_with(link, &[]);
        assert_eq!((conversed.asked.len(), conversed.outcome), (0, Err(expected)));
    }
    check(
        link(EXCHANGE, Some("2"), Some("code")),
        ClaimError::Unsupported { what: "a credential request with sign-in" },
    );
    check(link(EXCHANGE, Some("2"), Some("x")), ClaimError::Unsupported { what: "this kind of credential request" });
    let what = "the challenge is none that can be signed";
    for challenge in ["x".repeat(513), "a\nb".to_owned()] {
        let expected = ClaimError::NotUnderstood { host: host(), what };
        check(link(EXCHANGE, Some(&challenge), Some("bearer")), expected);
    }
}
