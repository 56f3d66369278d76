use attesta_verify::FetchFailureKind;

use super::*;
use crate::conversation::scripted::{Conversed, VC, converse, converse_with, holder_key, reply, url};
use crate::link::LinkKind;

const EXCHANGE: &str = "https://exchanger.uni.example/workflows/1/exchanges/2";

fn exchange() -> LinkKind {
    LinkKind::Message(format!(
        r#"{{"credentialRequestOrigin":"https://evil.example","protocols":{{"vcapi":"{EXCHANGE}"}}}}"#
    ))
}

fn host() -> String {
    "exchanger.uni.example".to_owned()
}

/// A request for DID authentication; `rest` are further members of the request, `query` those of its query.
fn did_auth(query: &str, rest: &str) -> String {
    format!(
        r#"{{"verifiablePresentationRequest":{{"query":[{{"type":"DIDAuthentication"{query}}}],"challenge":"défi-1"{rest}}}}}"#
    )
}

fn offer() -> String {
    format!(r#"{{"verifiablePresentation":{{"type":["VerifiablePresentation"],"verifiableCredential":[{VC}]}}}}"#)
}

#[track_caller]
fn check_error(conversed: &Conversed, requests: usize, expected: &ClaimError) {
    assert_eq!(conversed.outcome.as_ref().unwrap_err(), expected);
    assert_eq!(conversed.asked.len(), requests);
}

#[track_caller]
fn check_not_understood(conversed: &Conversed, requests: usize, what: &'static str) {
    check_error(conversed, requests, &ClaimError::NotUnderstood { host: host(), what });
}

#[test]
fn an_offer_is_taken_at_once() {
    let conversed = converse_with(exchange(), &[&offer()]);
    assert_eq!(conversed.lines(), [format!("POST {EXCHANGE}")]);
    assert_eq!(conversed.body(0), serde_json::json!({}));
    assert_eq!(
        conversed.documents(),
        [format!(r#"{{"type":["VerifiablePresentation"],"verifiableCredential":[{VC}]}}"#)]
    );
    assert_eq!(conversed.outcome.unwrap().documents[0].url, EXCHANGE);
}

#[test]
fn the_wallets_key_is_proven_for_this_exchange_alone() {
    let request = did_auth("", r#","domain":"https://exchanger.uni.example""#);
    let conversed = converse_with(exchange(), &[&request, &offer()]);
    assert_eq!(conversed.lines(), [format!("POST {EXCHANGE}"), format!("POST {EXCHANGE}")]);
    let body = conversed.body(1);
    assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), ["verifiablePresentation"]);
    let presentation = &body["verifiablePresentation"];
    assert_eq!(presentation["holder"], holder_key().did());
    assert_eq!(presentation.get("verifiableCredential"), None);
    assert_eq!(presentation["proof"]["challenge"], "défi-1");
    assert_eq!(presentation["proof"]["domain"], "https://exchanger.uni.example");
    assert_eq!(presentation["proof"]["proofPurpose"], "authentication");
    assert_eq!(conversed.documents().len(), 1);
}

#[test]
fn a_request_without_a_domain_is_answered_for_the_exchanges_own_origin() {
    let conversed = converse_with(exchange(), &[&did_auth("", ""), &offer()]);
    let proof = &conversed.body(1)["verifiablePresentation"]["proof"];
    assert_eq!(proof["domain"], "https://exchanger.uni.example");
}

#[test]
fn the_suite_is_one_that_the_issuer_names() {
    #[track_caller]
    fn check(query: &str, expected: Result<(&str, &str), &'static str>) {
        let conversed = converse_with(exchange(), &[&did_auth(query, ""), &offer()]);
        match expected {
            Ok((suite, context)) => {
                let presentation = conversed.body(1)["verifiablePresentation"].take();
                let proof = &presentation["proof"];
                let named = proof.get("cryptosuite").or(proof.get("type")).unwrap();
                assert_eq!(named, suite, "{query}");
                assert_eq!(presentation["@context"][0], context, "{query}");
            }
            Err(what) => check_error(&conversed, 1, &ClaimError::Unsupported { what }),
        }
    }
    const V1: &str = "https://www.w3.org/2018/credentials/v1";
    const V2: &str = "https://www.w3.org/ns/credentials/v2";
    const OTHER: &str = "a proof other than with did:key and Ed25519";
    check("", Ok(("Ed25519Signature2020", V1)));
    check(r#","acceptedCryptosuites":[]"#, Ok(("Ed25519Signature2020", V1)));
    check(r#","acceptedCryptosuites":[{"cryptosuite":"eddsa-rdfc-2022"}]"#, Ok(("eddsa-rdfc-2022", V2)));
    check(r#","acceptedCryptosuites":["ecdsa-rdfc-2019","eddsa-rdfc-2022"]"#, Ok(("eddsa-rdfc-2022", V2)));
    check(r#","acceptedCryptosuites":["Ed25519Signature2020"]"#, Ok(("Ed25519Signature2020", V1)));
    check(r#","acceptedCryptosuites":[{"cryptosuite":"ed25519-2020"}]"#, Ok(("Ed25519Signature2020", V1)));
    check(r#","acceptedCryptosuites":[{"cryptosuite":"eddsa-jcs-2022"}]"#, Ok(("eddsa-jcs-2022", V2)));
    check(r#","acceptedProofTypes":[{"proofType":"Ed25519Signature2020"}]"#, Ok(("Ed25519Signature2020", V1)));
    check(r#","proofTypes":["eddsa-rdfc-2022"],"acceptedMethods":[{"method":"key"}]"#, Ok(("eddsa-rdfc-2022", V2)));
    check(r#","acceptedCryptosuites":[{"cryptosuite":"ecdsa-rdfc-2019"}]"#, Err(OTHER));
    check(r#","acceptedMethods":[{"method":"web"}]"#, Err(OTHER));
}

#[test]
fn a_proof_is_made_for_the_exchanges_host_and_no_other() {
    #[track_caller]
    fn check(domain: &str, signed: bool) {
        let request = did_auth("", &format!(r#","domain":{domain}"#));
        let conversed = converse_with(exchange(), &[&request, &offer()]);
        match signed {
            true => assert_eq!(conversed.body(1)["verifiablePresentation"]["proof"]["domain"].to_string(), domain),
            false => check_not_understood(&conversed, 1, "the proof is meant for another host"),
        }
    }
    check(r#""exchanger.uni.example""#, true);
    check(r#""https://exchanger.uni.example/""#, true);
    check(r#""https://exchanger.uni.example/workflows/1""#, true);
    check(r#""https://exchanger.uni.example:443""#, true);
    for foreign in [
        r#""uni.example""#,
        r#""example""#,
        r#""bank.example""#,
        r#""https://bank.example""#,
        r#""https://exchanger.uni.example.bank.example""#,
        r#""https://exchanger.uni.example@bank.example""#,
        r#""https://bank.example@exchanger.uni.example""#,
        r#""https://exchanger.uni.example:8443""#,
        r#""exchanger.uni.example/../bank.example""#,
        r#""did:web:exchanger.uni.example""#,
        r#""data://exchanger.uni.example""#,
        r#""exchanger.uni.example\nbank.example""#,
        r#""""#,
        "7",
        "null",
        r#"["exchanger.uni.example"]"#,
    ] {
        check(foreign, false);
    }
}

#[test]
fn a_proof_is_sent_only_to_the_exchanges_host() {
    #[track_caller]
    fn check(endpoint: &str, expected: Option<&str>) {
        let services = format!(
            r#","interact":{{"service":[{{"type":"CredentialHandlerService"}},
            {{"type":"UnmediatedPresentationService2021","serviceEndpoint":"{endpoint}"}}]}}"#
        );
        let conversed = converse_with(exchange(), &[&did_auth("", &services), &offer()]);
        match expected {
            Some(url) => assert_eq!(conversed.lines()[1], format!("POST {url}")),
            None => check_not_understood(&conversed, 1, "the proof is to be sent to an address of another host"),
        }
    }
    check("https://exchanger.uni.example/other", Some("https://exchanger.uni.example/other"));
    check("/other", Some("https://exchanger.uni.example/other"));
    check("https://evil.example/take", None);
    check("//evil.example/take", None);
    check("http://exchanger.uni.example/other", None);
    check("https://exchanger.uni.example:8443/other", None);
    check("https://exchanger.uni.example@evil.example/", None);
    check("javascript:alert(1)", None);
}

#[test]
fn what_asks_for_more_than_a_proof_is_named_and_not_answered() {
    #[track_caller]
    fn check(query: &str, expected: ClaimError) {
        let request = format!(r#"{{"verifiablePresentationRequest":{{"query":{query},"challenge":"c"}}}}"#);
        check_error(&converse_with(exchange(), &[&request]), 1, &expected);
    }
    let asks = || ClaimError::AsksForCredentials { host: host() };
    check(r#"{"type":"QueryByExample","credentialQuery":{}}"#, asks());
    check(r#"[{"type":"DIDAuthentication"},{"type":"QueryByExample"}]"#, asks());
    check(r#"[{"type":"ZcapQuery"}]"#, asks());
    check(
        r#"[{"type":"DIDAuthentication"},{"type":"Tomorrow"}]"#,
        ClaimError::Unsupported { what: "this kind of presentation request" },
    );
    let none =
        || ClaimError::NotUnderstood { host: host(), what: "the presentation request has no query, or too many" };
    check("[]", none());
    check(&format!("[{}]", vec![r#"{"type":"DIDAuthentication"}"#; 51].join(",")), none());
}

#[test]
fn a_group_that_asks_for_a_proof_alone_is_the_one_that_is_answered() {
    let queries = r#"[{"type":"QueryByExample","group":"a"},{"type":"DIDAuthentication","group":"b"},
        {"type":"QueryByExample","group":"b","required":false},
        {"type":"DIDAuthentication","group":"b","required":false,"acceptedCryptosuites":["bbs-2023"]}]"#;
    let request = format!(r#"{{"verifiablePresentationRequest":{{"query":{queries},"challenge":"c"}}}}"#);
    let conversed = converse_with(exchange(), &[&request, &offer()]);
    assert_eq!(conversed.body(1)["verifiablePresentation"]["proof"]["type"], "Ed25519Signature2020");
}

#[test]
fn a_query_that_is_no_list_is_a_query_too() {
    let request = r#"{"verifiablePresentationRequest":{"query":{"type":"DIDAuthentication"},"challenge":"c"}}"#;
    assert_eq!(converse_with(exchange(), &[request, &offer()]).asked.len(), 2);
}

#[test]
fn a_challenge_that_is_none_is_not_signed() {
    let asking = |challenge: &str| {
        let request =
            format!(r#"{{"verifiablePresentationRequest":{{"query":{{"type":"DIDAuthentication"}}{challenge}}}}}"#);
        converse_with(exchange(), &[&request, &offer()])
    };
    check_not_understood(&asking(""), 1, "there is no challenge to sign");
    check_not_understood(&asking(r#","challenge":7"#), 1, "there is no challenge to sign");
    let unsignable = "the challenge is none that can be signed";
    check_not_understood(&asking(r#","challenge":"""#), 1, unsignable);
    check_not_understood(&asking(r#","challenge":"a\u0000b""#), 1, unsignable);
    check_not_understood(&asking(&format!(r#","challenge":"{}""#, "x".repeat(1 << 20))), 1, unsignable);
}

#[test]
fn an_issuer_that_keeps_asking_is_left_after_ten_rounds() {
    let conversed = converse(exchange(), |_, request| reply(request, 200, &did_auth("", "")));
    check_error(&conversed, 10, &ClaimError::TooManyRounds { host: host() });
}

#[test]
fn what_the_issuer_calls_its_message_is_told_back_once() {
    let request = did_auth("", "").replacen('{', r#"{"referenceId":"urn:uuid:1","#, 1);
    let conversed = converse_with(exchange(), &[&request, &did_auth("", ""), &offer()]);
    assert_eq!(conversed.body(1)["referenceId"], "urn:uuid:1");
    assert_eq!(conversed.body(2).get("referenceId"), None);
    let long = request.replace("urn:uuid:1", &"x".repeat(257));
    let conversed = converse_with(exchange(), &[&long, &offer()]);
    assert_eq!(conversed.body(1).get("referenceId"), None);
}

#[test]
fn a_page_to_open_next_ends_it_and_is_only_named() {
    let conversed = converse_with(exchange(), &[r#"{"redirectUrl":"https://uni.example/merci?iuv=1"}"#]);
    let claimed = conversed.outcome.unwrap();
    assert_eq!((claimed.documents.len(), claimed.then.as_deref()), (0, Some("https://uni.example/merci?iuv=1")));
    let both = offer().replacen('{', r#"{"redirectUrl":"https://uni.example/merci","#, 1);
    let conversed = converse_with(exchange(), &[&both]);
    assert_eq!(conversed.documents().len(), 1);
    assert_eq!(conversed.outcome.unwrap().then.as_deref(), Some("https://uni.example/merci"));
}

#[test]
fn an_exchange_that_ends_without_a_credential_says_so() {
    for body in ["{}", "", r#"{"verifiablePresentation":{"type":"VerifiablePresentation","holder":"did:key:z6Mk"}}"#] {
        check_not_understood(&converse_with(exchange(), &[body]), 1, "it ended without a credential");
    }
    check_not_understood(&converse_with(exchange(), &["<html>"]), 1, "the answer is not strict JSON");
    check_not_understood(&converse_with(exchange(), &[&"{\"a\":".repeat(100_000)]), 1, "the answer is not strict JSON");
}

#[test]
fn the_proof_that_comes_back_is_not_taken_for_a_credential() {
    let conversed = converse(exchange(), |index, request| match index {
        0 => reply(request, 200, &did_auth("", "")),
        _ => reply(request, 200, std::str::from_utf8(&request.body.as_ref().unwrap().bytes).unwrap()),
    });
    check_not_understood(&conversed, 2, "it ended without a credential");
}

#[test]
fn credentials_that_came_are_kept_whatever_comes_after() {
    let more = |rest: &str| offer().replacen('{', &format!("{{{rest},"), 1);
    let again = did_auth("", "").trim_start_matches('{').trim_end_matches('}').to_owned() + "}";
    let conversed = converse(exchange(), |index, request| match index {
        0 => reply(request, 200, &more(&again)),
        _ => Err(FetchFailureKind::TimedOut),
    });
    assert_eq!((conversed.asked.len(), conversed.documents().len()), (2, 1));
    let conversed =
        converse_with(exchange(), &[&more(r#""verifiablePresentationRequest":{"query":{"type":"QueryByExample"}}"#)]);
    assert_eq!(conversed.documents().len(), 1);
    let conversed = converse_with(exchange(), &[&more(&again), &offer()]);
    assert_eq!(conversed.documents().len(), 2);
}

#[test]
fn a_failure_names_the_host_and_what_it_was() {
    let conversed = converse(exchange(), |_, _| Err(FetchFailureKind::Unreachable));
    check_error(&conversed, 1, &ClaimError::Fetch { host: host(), failure: FetchFailureKind::Unreachable });
    let conversed = converse(exchange(), |_, request| reply(request, 404, r#"{"code":404,"message":"Unknown"}"#));
    check_error(&conversed, 1, &ClaimError::Expired { host: host() });
    let conversed = converse(exchange(), |index, request| match index {
        0 => reply(request, 200, &did_auth("", "")),
        _ => reply(request, 401, r#"{"message":"Invalid DIDAuth."}"#),
    });
    check_error(&conversed, 2, &ClaimError::ProofRefused { host: host(), said: Some("Invalid DIDAuth.".to_owned()) });
    let conversed = converse(exchange(), |_, request| reply(request, 503, ""));
    check_error(&conversed, 1, &ClaimError::NotReady { host: host(), seconds: Some(90) });
    let conversed = converse(exchange(), |_, request| reply(request, 307, ""));
    check_error(&conversed, 1, &ClaimError::Fetch { host: host(), failure: FetchFailureKind::Status(307) });
}

#[test]
fn a_message_may_hold_the_credentials_or_the_request_itself() {
    let conversed = converse_with(LinkKind::Message(offer()), &[]);
    assert_eq!(conversed.documents().len(), 1);

    // As the transaction service hands it to a browser.
    let request = r#"{"query":{"type":"DIDAuthentication"},"interact":{"service":[
        {"type":"VerifiableCredentialApiExchangeService","serviceEndpoint":"https://uni.example/exchange/1/2"},
        {"type":"CredentialHandlerService"}]},"challenge":"2","domain":"https://uni.example"}"#;
    for message in [request.to_owned(), format!(r#"{{"verifiablePresentationRequest":{request}}}"#)] {
        let conversed = converse_with(LinkKind::Message(message), &[VC]);
        assert_eq!(conversed.lines(), ["POST https://uni.example/exchange/1/2"]);
        assert_eq!(conversed.body(0)["verifiablePresentation"]["proof"]["challenge"], "2");
        assert_eq!(conversed.documents(), [VC]);
    }
}

#[test]
fn a_message_that_can_not_be_followed_says_why() {
    #[track_caller]
    fn check(message: &str, expected: ClaimError) {
        check_error(&converse_with(LinkKind::Message(message.to_owned()), &[]), 0, &expected);
    }
    let unknown = || ClaimError::Unsupported { what: "this wallet message" };
    check("{", unknown());
    check("[]", unknown());
    check(r#"{"protocols":{}}"#, unknown());
    check(r#"{"protocols":{"vcapi":"file:///etc/passwd"}}"#, unknown());
    check(r#"{"protocols":{"OID4VP":"openid4vp://x"}}"#, ClaimError::AsksForCredentials { host: String::new() });
    check(r#"{"issueRequest":{}}"#, ClaimError::Unsupported { what: "a request to sign a credential" });
    check(
        r#"{"verifiablePresentationRequest":{"query":{"type":"DIDAuthentication"},"challenge":"c"}}"#,
        ClaimError::Unsupported { what: "a presentation request without an address" },
    );
    // The request of a message is held against the address that it names itself, whatever the message calls its origin.
    check(
        r#"{"credentialRequestOrigin":"https://bank.example","verifiablePresentationRequest":{"domain":"bank.example",
        "query":{"type":"DIDAuthentication"},"challenge":"c",
        "interact":{"service":{"type":"X","serviceEndpoint":"https://evil.example/take"}}}}"#,
        ClaimError::NotUnderstood { host: "evil.example".to_owned(), what: "the proof is meant for another host" },
    );
}

#[test]
fn nothing_that_was_signed_or_sent_stands_in_debug_output() {
    let conversed = converse_with(exchange(), &[&did_auth("", ""), &offer()]);
    let printed = format!("{:?} {:?}", conversed.asked, conversed.outcome);
    assert!(printed.contains(&host()), "{printed}");
    for secret in ["défi-1", "Soudure", "workflows", "proofValue"] {
        assert!(!printed.contains(secret), "{secret}: {printed}");
    }
}

#[test]
fn a_message_cut_off_anywhere_ends_in_an_error() {
    let services = r#","domain":"exchanger.uni.example","interact":{"service":{"serviceEndpoint":"/other"}}"#;
    for whole in [did_auth("", services), offer(), VC.to_owned()] {
        for (end, _) in whole.char_indices() {
            let conversed = converse_with(exchange(), &[&whole[..end]]);
            assert!(conversed.outcome.is_err() && conversed.asked.len() == 1, "{}", &whole[..end]);
            assert!(converse_with(LinkKind::Message(whole[..end].to_owned()), &[]).outcome.is_err());
        }
    }
}

#[test]
fn an_address_on_this_machine_is_told_apart_by_its_port() {
    let hosts = [host_of(&url("http://localhost:4005/x")), "uni.example".to_owned()];
    let message = |domain: &str| {
        LinkKind::Message(format!(
            r#"{{"query":{{"type":"DIDAuthentication"}},"challenge":"c","domain":"{domain}",
            "interact":{{"service":{{"serviceEndpoint":"http://localhost:4005/x"}}}}}}"#
        ))
    };
    assert_eq!(hosts[0], "localhost:4005");
    for (domain, signed) in
        [("http://localhost:4005", true), ("localhost", true), ("localhost:4005", true), ("localhost:4006", false)]
    {
        let outcome = converse(message(domain), |_, request| reply(request, 200, VC)).outcome;
        assert_eq!(outcome.is_ok(), signed, "{domain}");
    }
}
