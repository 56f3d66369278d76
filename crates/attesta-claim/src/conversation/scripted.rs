//! Conversations against an issuer that is a function.

use std::time::Duration;

use attesta_share::HolderKey;
use attesta_verify::FetchFailureKind;
use url::Url;

use crate::{Claim, ClaimAnswer, ClaimError, ClaimRequest, Claimed, Holder, Link, LinkKind, Method, Next};

/// A credential as an issuer sends it, with blanks that must survive.
pub(super) const VC: &str = r#"{ "@context":["https://www.w3.org/ns/credentials/v2"],
  "type":["VerifiableCredential"], "name":"Soudure de base, été 2026" }"#;

/// What an issuer answers.
pub(super) type Answer = Result<ClaimAnswer, FetchFailureKind>;

/// How a conversation went.
pub(super) struct Conversed {
    /// What was asked, in order.
    pub(super) asked: Vec<ClaimRequest>,
    /// What it ended with.
    pub(super) outcome: Result<Claimed, ClaimError>,
}

impl Conversed {
    /// `METHOD address` of each request.
    pub(super) fn lines(&self) -> Vec<String> {
        let method = |method| if method == Method::Get { "GET" } else { "POST" };
        self.asked.iter().map(|request| format!("{} {}", method(request.method), request.url)).collect()
    }

    /// The body of a request as JSON.
    pub(super) fn body(&self, index: usize) -> serde_json::Value {
        let body = self.asked[index].body.as_ref().expect("a body");
        assert_eq!(body.media_type, "application/json");
        serde_json::from_slice(&body.bytes).expect("JSON")
    }

    /// The documents as text.
    pub(super) fn documents(&self) -> Vec<&str> {
        let claimed = self.outcome.as_ref().expect("something was claimed");
        claimed.documents.iter().map(|document| std::str::from_utf8(&document.bytes).expect("text")).collect()
    }
}

pub(super) fn holder_key() -> HolderKey {
    HolderKey::from_seed(&[7; 32])
}

pub(super) fn url(text: &str) -> Url {
    Url::parse(text).expect("an address")
}

/// An answer of the address that was asked.
pub(super) fn reply(request: &ClaimRequest, status: u16, body: &str) -> Answer {
    Ok(ClaimAnswer {
        status,
        media_type: Some("application/json; charset=utf-8".to_owned()),
        final_url: request.url.clone(),
        retry_after: Some(Duration::from_secs(90)),
        bytes: body.as_bytes().to_vec(),
    })
}

/// Holds the conversation about a link to its end. It must have one: no honest or hostile issuer gets more than 30
/// requests out of it, and none after its end.
pub(super) fn converse(kind: LinkKind, mut issuer: impl FnMut(usize, &ClaimRequest) -> Answer) -> Conversed {
    let key = holder_key();
    let holder = Holder { key: &key, now: "2026-11-22T12:00:00Z".parse().expect("a time") };
    let mut asked = Vec::new();
    let mut claim = match Claim::begin(&Link { text: String::new(), kind }) {
        Ok(claim) => claim,
        Err(error) => return Conversed { asked, outcome: Err(error) },
    };
    let outcome = loop {
        assert!(asked.len() < 30, "the conversation has no end");
        match claim.next(holder) {
            Ok(Next::Ask(request)) => {
                claim.answered(issuer(asked.len(), &request));
                asked.push(request);
            }
            Ok(Next::Done(claimed)) => break Ok(claimed),
            Ok(other) => panic!("nobody wants {other:?} here"),
            Err(error) => break Err(error),
        }
    };
    let again = claim.next(holder);
    assert!(!matches!(again, Ok(Next::Ask(_))), "it asks on after its end");
    Conversed { asked, outcome }
}

/// As [`converse`], with bodies that are answered one after the other with status 200.
pub(super) fn converse_with(kind: LinkKind, bodies: &[&str]) -> Conversed {
    converse(kind, |index, request| reply(request, 200, bodies.get(index).expect("no further request was expected")))
}
