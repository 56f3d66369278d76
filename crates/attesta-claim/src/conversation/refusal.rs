//! What an answer means that is not a success.

use std::time::Duration;

use attesta_jsonld::{Document, Value};
use attesta_verify::FetchFailureKind;
use url::Url;

use crate::error::ClaimError;
use crate::exchange::ClaimAnswer;

/// The most characters of an issuer's own words that are passed on.
const LONGEST_SAYING: usize = 300;

/// What had been sent when the answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    /// A question without a proof.
    Question,
    /// The proof of the wallet's key.
    Proof,
}

/// A host as it is named to the learner, with its port where that is not the scheme's own.
pub(super) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// The answer if it is a success, and otherwise why it is not.
pub(super) fn success(
    answer: Result<ClaimAnswer, FetchFailureKind>,
    host: &str,
    sent: Sent,
) -> Result<ClaimAnswer, ClaimError> {
    let answer = answer.map_err(|failure| ClaimError::Fetch { host: host.to_owned(), failure })?;
    // 202: it was taken, and there is nothing to take away yet.
    match answer.status {
        202 if answer.bytes.is_empty() => Err(not_ready(host, answer.retry_after)),
        _ if answer.is_success() => Ok(answer),
        _ => Err(refusal(&answer, host, sent)),
    }
}

fn refusal(answer: &ClaimAnswer, host: &str, sent: Sent) -> ClaimError {
    let host = host.to_owned();
    let explanation = Document::parse(answer.bytes.clone()).ok();
    let explanation = explanation.as_ref().map(Document::root);
    // The DCC's coordinator answers 500 whatever its transaction service said, and tells that service's status inside.
    let inner = explanation.and_then(|root| root.get("serviceResponseStatus")).and_then(status);
    let status = match answer.status {
        500..=599 => inner.unwrap_or(answer.status),
        status => status,
    };
    let said = explanation.and_then(said);
    match status {
        401 if sent == Sent::Proof => ClaimError::ProofRefused { host, said },
        404 | 410 => ClaimError::Expired { host },
        403 if explanation.is_some_and(is_over) => ClaimError::Expired { host },
        503 => not_ready(&host, answer.retry_after),
        400..=499 if said.is_some() => ClaimError::Refused { host, said },
        status => ClaimError::Fetch { host, failure: FetchFailureKind::Status(status) },
    }
}

fn not_ready(host: &str, retry_after: Option<Duration>) -> ClaimError {
    ClaimError::NotReady { host: host.to_owned(), seconds: retry_after.map(|wait| wait.as_secs()) }
}

fn status(value: &Value<'_>) -> Option<u16> {
    match value {
        Value::Number(number) => number.text().parse().ok().filter(|status| (400..500).contains(status)),
        _ => None,
    }
}

/// Bedrock's exchanges answer 403 once they are `complete` or `invalid`: there is nothing more to get with that link.
fn is_over(explanation: &Value<'_>) -> bool {
    let text = |name| explanation.get(name).and_then(Value::as_str);
    text("name").or(text("type")) == Some("NotAllowedError")
        && matches!(text("message"), Some("Exchange is complete" | "Exchange is invalid"))
}

/// The issuer's own words: of [problem details](https://www.rfc-editor.org/rfc/rfc9457), of `{code, message}`, or of an
/// OAuth error; control characters taken out and cut to [`LONGEST_SAYING`] characters.
fn said(explanation: &Value<'_>) -> Option<String> {
    const WORDS: [&str; 5] = ["detail", "message", "error_description", "title", "error"];
    let nested = ["serviceResponseError", "error"].iter().filter_map(|name| explanation.get(name));
    let places = nested.chain([explanation]);
    places.flat_map(|place| WORDS.iter().filter_map(|word| place.get(word)?.as_str())).find_map(readable)
}

/// A text of somebody else, made fit to be shown in one line: nothing in it can break the line or turn its direction.
fn readable(text: &str) -> Option<String> {
    let visible = |character: &char| {
        let turns = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        !character.is_control() && !turns
    };
    let words: String = text.chars().filter(visible).take(LONGEST_SAYING).collect();
    let words = words.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "uni.example";

    #[track_caller]
    fn check(status: u16, body: &str, sent: Sent, expected: ClaimError) {
        let answer = ClaimAnswer {
            status,
            media_type: Some("application/json".to_owned()),
            final_url: "https://uni.example/exchange/1".to_owned(),
            retry_after: Some(Duration::from_secs(30)),
            bytes: body.as_bytes().to_vec(),
        };
        assert_eq!(success(Ok(answer), HOST, sent), Err(expected));
    }

    fn refused(said: &str) -> ClaimError {
        ClaimError::Refused { host: HOST.to_owned(), said: Some(said.to_owned()) }
    }

    fn status(status: u16) -> ClaimError {
        ClaimError::Fetch { host: HOST.to_owned(), failure: FetchFailureKind::Status(status) }
    }

    #[test]
    fn each_refusal_says_what_the_learner_can_do() {
        let host = || HOST.to_owned();
        let invalid = r#"{"code":401,"message":"Invalid DIDAuth."}"#;
        let said = Some("Invalid DIDAuth.".to_owned());
        check(401, invalid, Sent::Proof, ClaimError::ProofRefused { host: host(), said });
        check(401, invalid, Sent::Question, refused("Invalid DIDAuth."));
        check(
            404,
            r#"{"code":404,"message":"Unknown exchangeId."}"#,
            Sent::Question,
            ClaimError::Expired { host: host() },
        );
        check(410, "", Sent::Proof, ClaimError::Expired { host: host() });
        check(503, "", Sent::Proof, ClaimError::NotReady { host: host(), seconds: Some(30) });
        check(429, "", Sent::Proof, status(429));
        check(202, "", Sent::Proof, ClaimError::NotReady { host: host(), seconds: Some(30) });
        check(
            400,
            r#"{"code":400,"message":"A didAuth must be provided"}"#,
            Sent::Proof,
            refused("A didAuth must be provided"),
        );
        check(422, r#"{"title":"Unprocessable","detail":"No such learner"}"#, Sent::Proof, refused("No such learner"));
        check(400, r#"{"error":"invalid_request","error_description":"No code"}"#, Sent::Proof, refused("No code"));
        check(400, r#"{"error":{"message":"Within"}}"#, Sent::Proof, refused("Within"));
        check(400, "<html>Bad request</html>", Sent::Proof, status(400));
        check(403, "{}", Sent::Proof, status(403));
        check(302, "", Sent::Proof, status(302));
        check(500, r#"{"message":"Oops"}"#, Sent::Proof, status(500));
    }

    #[test]
    fn the_coordinators_500_is_read_for_what_its_service_answered() {
        let body = |status: u16, message: &str| {
            format!(
                r#"{{"code":500,"message":"One of the internal microservices returned an error",
                "serviceResponseError":{{"code":{status},"message":"{message}"}},"serviceResponseStatus":{status}}}"#
            )
        };
        let said = Some("Invalid DIDAuth.".to_owned());
        let refused = ClaimError::ProofRefused { host: HOST.to_owned(), said };
        check(500, &body(401, "Invalid DIDAuth."), Sent::Proof, refused);
        check(500, &body(404, "Unknown exchangeId."), Sent::Proof, ClaimError::Expired { host: HOST.to_owned() });
        check(500, &body(502, "Down"), Sent::Proof, status(500));
    }

    #[test]
    fn an_exchange_that_is_complete_is_over() {
        let complete = r#"{"name":"NotAllowedError","message":"Exchange is complete","details":{}}"#;
        check(403, complete, Sent::Question, ClaimError::Expired { host: HOST.to_owned() });
        check(403, r#"{"name":"NotAllowedError","message":"Not you"}"#, Sent::Proof, refused("Not you"));
    }

    #[test]
    fn an_issuers_words_are_cut_and_can_turn_nothing_around() {
        let long = format!(r#"{{"message":"{}"}}"#, "é".repeat(5000));
        check(400, &long, Sent::Proof, refused(&"é".repeat(LONGEST_SAYING)));
        check(400, r#"{"message":"a\u0000\u001b[31m\u202eb\n"}"#, Sent::Proof, refused("a[31mb"));
        check(400, r#"{"message":"\n\t ","title":"Refusé"}"#, Sent::Proof, refused("Refusé"));
        check(400, &"[".repeat(100_000), Sent::Proof, status(400));
    }
}
