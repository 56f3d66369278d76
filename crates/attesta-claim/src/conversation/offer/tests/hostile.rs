//! Answers that no issuer should give.

use super::*;

/// Most steps that a claim may take, whatever it is told: its requests, its waits and its questions.
const MOST_STEPS: usize = 16 + 4 + 3 + 1;

/// An issuer that promises before it hands over, and wants a code: every kind of request is made.
fn honest(line: &str, credentials: usize) -> Reply {
    match line {
        "GET https://issuer.example/offer" => ok(with(
            with(offer(), "/credential_configuration_ids", json!(["badge", "degree"])),
            &format!("/grants/{PRE_AUTHORIZED}/tx_code"),
            json!({}),
        )),
        AT_METADATA => ok(metadata()),
        AT_SERVER => ok(server()),
        AT_TOKEN => ok(token()),
        AT_NONCE => ok(json!({"c_nonce": "n"})),
        AT_CREDENTIAL if credentials == 0 => Reply::Json(202, json!({"transaction_id": "t", "interval": 1})),
        _ => ok(json!({"credentials": [{"credential": "a.b.c"}], "notification_id": "note"})),
    }
}

/// Each of these in the place of one answer, or of it and all that follow.
fn odd() -> Vec<Reply> {
    let deep = format!("{}1{}", "{\"a\":".repeat(500), "}".repeat(500));
    let mut replies: Vec<Reply> = [
        "", "null", "[]", "{}", "{", "\u{feff}{}", "{\"a\":1,\"a\":2}", "\"\\ud800\"", "<html>", &deep,
        r#"{"error":"invalid_proof","c_nonce":"m"}"#,
        r#"{"error":"invalid_nonce"}"#,
        r#"{"error":"invalid_credential_request"}"#,
        r#"{"error":"invalid_grant","error_description":"pin"}"#,
        r#"{"error":"issuance_pending","interval":99999999999999999999}"#,
        r#"{"error":"issuance_pending","interval":0}"#,
        r#"{"error":["a"],"error_description":5}"#,
        r#"{"transaction_id":"t","interval":0}"#,
        r#"{"transaction_id":"t","interval":-1,"credentials":[]}"#,
        r#"{"credentials":{"credential":"a"}}"#,
        r#"{"credentials":[[[]]],"credential":null}"#,
        r#"{"access_token":"a\u0000b"}"#,
        r#"{"credential_issuer":"https://issuer.example","credential_endpoint":5,"credential_configurations_supported":[]}"#,
        r#"{"issuer":"https://issuer.example","token_endpoint":"https://"}"#,
    ]
    .iter()
    .flat_map(|text| [200, 400].map(|status| Reply::Text(status, "application/json", (*text).to_owned())))
    .collect();
    replies.push(Reply::Text(200, "application/jwt", "a.b.c".to_owned()));
    replies.extend([202, 302, 500].map(|status| Reply::Json(status, json!({}))));
    replies.push(Reply::Failure(FetchFailureKind::TooLarge));
    replies
}

/// Runs a claim in which the answers from `first` up to `last` are the odd one, and returns how many were wanted.
#[track_caller]
fn ends(odd: Option<(&Reply, usize, usize)>) -> usize {
    let key = HolderKey::from_seed(&[7; 32]);
    let holder = Holder { key: &key, now: "2026-11-22T10:00:00Z".parse().unwrap() };
    let mut conversation = by_reference(&Url::parse("https://issuer.example/offer").unwrap());
    let (mut asked, mut credentials) = (0, 0);
    for _ in 0..MOST_STEPS {
        match conversation.next(holder) {
            Ok(Turn::Next(Next::Ask(request))) => {
                let method = if request.method == Method::Get { "GET" } else { "POST" };
                let line = format!("{method} {}", request.url);
                let reply = match odd {
                    Some((reply, first, last)) if (first..=last).contains(&asked) => reply.clone(),
                    _ => honest(&line, credentials),
                };
                credentials += usize::from(line == AT_CREDENTIAL);
                asked += 1;
                conversation.answered(answer(&request, &reply));
            }
            Ok(Turn::Next(Next::Wait(pause))) => assert!((1..=30).contains(&pause.as_secs())),
            Ok(Turn::Next(Next::Code(_))) => conversation.code("1234"),
            Ok(Turn::Next(Next::Done(claimed))) => {
                assert!(!claimed.documents.is_empty());
                return asked;
            }
            Ok(Turn::HandOver(_)) => panic!("an offer hands over to nobody"),
            Err(_) => return asked,
        }
    }
    panic!("it does not end");
}

#[test]
fn whatever_is_answered_a_claim_ends() {
    let usual = ends(None);
    assert_eq!(usual, 9, "every kind of request is made");
    for reply in odd() {
        for at in 0..usual {
            ends(Some((&reply, at, at)));
            ends(Some((&reply, at, usize::MAX)));
        }
    }
}
