//! One message of an exchange, read and written,
//! [VCALM, Participate in an Exchange](https://w3c.github.io/vcalm/#participate-in-an-exchange).

use std::borrow::Cow;

use attesta_credential::limits::{INPUT_BYTES, LINK_BYTES};
use attesta_credential::{ReadError, read_each};
use attesta_jsonld::{Document, Limits, Object, Value};
use url::Url;

/// The longest `referenceId` that is told back, in bytes; a `urn:uuid` has 45.
const LONGEST_REFERENCE: usize = 256;

/// The members that hold what is handed over. The second is of older VC-API servers.
const HANDED_OVER: [&str; 2] = ["verifiablePresentation", "verifiableCredential"];

/// What an issuer's message says.
#[derive(Default)]
pub(super) struct Message {
    /// The credentials, and the presentations with credentials, each with its exact bytes.
    pub documents: Vec<Vec<u8>>,
    /// Whether the one document is the whole message.
    pub whole: bool,
    /// What the issuer asks for.
    pub request: Option<Document>,
    /// The page that it wants opened; with it the exchange is over.
    pub then: Option<String>,
    /// What it calls this message.
    pub reference: Option<String>,
}

impl Message {
    /// Reads an answer: a message, or credentials standing alone as the Digital Credentials Consortium's issuers send
    /// them. An empty answer is a message too, one that asks for nothing.
    ///
    /// # Errors
    /// What is wrong with it, a fixed text.
    pub(super) fn read(bytes: &[u8]) -> Result<Message, &'static str> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii();
        if bytes.is_empty() {
            return Ok(Message::default());
        }
        let Some(document) = parse(bytes).or_else(|| parse(decoded(bytes)?.as_bytes())) else {
            // A token stands in no quotes.
            return if carries(bytes) { Ok(Message::alone(bytes)) } else { Err("the answer is not strict JSON") };
        };
        match document.root() {
            Value::Object(object) if object.is_empty() || is_message(object) && !carries(document.bytes()) => {
                Ok(Message::of(&document, object))
            }
            Value::String(token) => whole(token.as_bytes()),
            _ => whole(document.bytes()),
        }
    }

    /// The message in an object.
    pub(super) fn of(document: &Document, object: &Object<'_>) -> Message {
        let handed_over = HANDED_OVER.iter().filter_map(|name| object.get(name));
        let documents = handed_over.flat_map(Value::one_or_many).filter_map(|value| source(document, value));
        let request = object.get("verifiablePresentationRequest").and_then(Value::as_object);
        let text = |name| object.get(name).and_then(Value::as_str);
        Message {
            documents: documents.filter(|bytes| carries(bytes)).map(Cow::into_owned).collect(),
            whole: false,
            request: request.and_then(|request| parse(document.source_of(request))),
            then: text("redirectUrl").filter(|url| is_page(url)).map(str::to_owned),
            reference: text("referenceId").filter(|text| text.len() <= LONGEST_REFERENCE).map(str::to_owned),
        }
    }

    fn alone(bytes: &[u8]) -> Message {
        Message { documents: vec![bytes.to_vec()], whole: true, ..Message::default() }
    }
}

fn whole(bytes: &[u8]) -> Result<Message, &'static str> {
    if carries(bytes) { Ok(Message::alone(bytes)) } else { Err("there is no credential in the answer") }
}

/// Writes a message: the presentation, if there is one, and what the issuer called its own message.
pub(super) fn write(presentation: Option<&[u8]>, reference: Option<&str>) -> Vec<u8> {
    let mut json = Vec::from(b"{");
    if let Some(presentation) = presentation {
        json.extend_from_slice(b"\"verifiablePresentation\":");
        json.extend_from_slice(presentation);
    }
    if let Some(reference) = reference {
        let comma = if json.len() > 1 { "," } else { "" };
        json.extend_from_slice(format!("{comma}\"referenceId\":{}", Value::String(reference.into())).as_bytes());
    }
    json.push(b'}');
    json
}

pub(super) fn parse(bytes: &[u8]) -> Option<Document> {
    Document::parse_within(bytes.to_vec(), Limits { bytes: INPUT_BYTES, ..Limits::default() }).ok()
}

fn is_message(object: &Object<'_>) -> bool {
    let others = ["verifiablePresentationRequest", "redirectUrl", "referenceId"];
    HANDED_OVER.iter().chain(&others).any(|name| object.contains_key(name))
}

/// The bytes of a value that may be a credential or presentation: those it came with, or those of the token in it.
fn source<'d>(document: &'d Document, value: &'d Value<'_>) -> Option<Cow<'d, [u8]>> {
    match value {
        Value::Object(object) => Some(Cow::Borrowed(document.source_of(object))),
        Value::String(token) => Some(Cow::Borrowed(token.as_bytes())),
        _ => None,
    }
}

/// Whether there are credentials in it. A presentation without any has none: an issuer may send back the one that it
/// was shown. Credentials of a kind that is not read are handed on, so that the learner is told so.
fn carries(bytes: &[u8]) -> bool {
    matches!(read_each(bytes), Ok(_) | Err(ReadError::UnsupportedFormat { .. } | ReadError::TooMany { .. }))
}

/// Whether an address is one that the learner may be shown to open.
fn is_page(url: &str) -> bool {
    url.len() <= LINK_BYTES && Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "https" | "http"))
}

/// The text with its HTML entities resolved, as some issuers send JSON; none where it has none. Only for what can't be
/// read as it came: resolving them in JSON that can would change what was signed.
fn decoded(bytes: &[u8]) -> Option<String> {
    const NAMED: [(&str, char); 5] = [("quot", '"'), ("amp", '&'), ("lt", '<'), ("gt", '>'), ("apos", '\'')];
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.contains('&'))?;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        // The longest entity here is `&#x10FFFF;`.
        let end = rest.bytes().take(10).position(|byte| byte == b';');
        let named = |name: &str| NAMED.iter().find(|(known, _)| *known == name).map(|(_, character)| *character);
        let entity = end.and_then(|end| {
            let name = &rest[1..end];
            let number = match name.strip_prefix('#') {
                Some(digits) => match digits.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => digits.parse().ok(),
                },
                None => None,
            };
            number.and_then(char::from_u32).or_else(|| named(name)).map(|character| (character, end + 1))
        });
        let (character, length) = entity.unwrap_or(('&', 1));
        out.push(character);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VC: &str = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],  "type":["VerifiableCredential"],"name":"Étude &amp; \"pratique\""}"#;

    #[track_caller]
    fn check(answer: &str, expected: Result<&[&str], &str>) {
        let message = Message::read(answer.as_bytes()).map(|message| message.documents);
        let expected = expected.map(|documents| documents.iter().map(|text| text.as_bytes().to_vec()).collect());
        assert_eq!(message, expected, "{answer}");
    }

    #[test]
    fn credentials_are_handed_over_with_their_exact_bytes() {
        let vp = format!(r#"{{"type":["VerifiablePresentation"],"verifiableCredential":[ {VC} ]}}"#);
        let array = format!("[{VC} , {VC}]");
        check(VC, Ok(&[VC]));
        check(&format!(" \n{VC}\n"), Ok(&[VC]));
        check(&format!("\u{feff}{VC}"), Ok(&[VC]));
        check(&vp, Ok(&[&vp]));
        check(&array, Ok(&[&array]));
        check(&format!(r#"{{"verifiablePresentation": {vp} }}"#), Ok(&[&vp]));
        check(&format!(r#"{{"verifiablePresentation":[{vp},{vp}],"x":1}}"#), Ok(&[&vp, &vp]));
        check(&format!(r#"{{"verifiableCredential":{VC}}}"#), Ok(&[VC]));
    }

    #[test]
    fn a_token_is_handed_over_with_and_without_quotes() {
        let token = "eyJhbGciOiJFZERTQSIsInR5cCI6InZjK2p3dCJ9.eyJAY29udGV4dCI6WyJodHRwczovL3d3dy53My5vcmcvbnMvY3JlZGVudGlhbHMvdjIiXSwidHlwZSI6WyJWZXJpZmlhYmxlQ3JlZGVudGlhbCJdfQ.c2ln";
        check(token, Ok(&[token]));
        check(&format!("\"{token}\""), Ok(&[token]));
        check(&format!(r#"{{"verifiableCredential":"{token}"}}"#), Ok(&[token]));
    }

    #[test]
    fn a_presentation_without_credentials_is_nothing_new() {
        let ours = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"holder":"did:key:z6Mk"}"#;
        check(&format!(r#"{{"verifiablePresentation":{ours}}}"#), Ok(&[]));
        check(&format!(r#"{{"verifiablePresentation":[{ours},7,null,"no token"]}}"#), Ok(&[]));
        check(ours, Err("there is no credential in the answer"));
    }

    #[test]
    fn an_empty_answer_asks_for_nothing() {
        check("", Ok(&[]));
        check("{}", Ok(&[]));
    }

    #[test]
    fn entities_are_resolved_only_where_the_text_can_not_be_read_otherwise() {
        let escaped = VC.replace('&', "&amp;").replace('"', "&quot;").replace('{', "&#123;").replace('}', "&#x7D;");
        check(&escaped, Ok(&[VC]));
        check(VC, Ok(&[VC]));
        check("{&quot;a&quot;: &unknown; &#xD800; &", Err("the answer is not strict JSON"));
        check("&&&&&;é&#;&#x;", Err("the answer is not strict JSON"));
    }

    #[test]
    fn what_is_no_message_is_told_apart() {
        check("<html></html>", Err("the answer is not strict JSON"));
        check(&"[".repeat(100_000), Err("the answer is not strict JSON"));
        check(r#"{"a":1,"a":2}"#, Err("the answer is not strict JSON"));
        check("[]", Err("there is no credential in the answer"));
        check("7", Err("there is no credential in the answer"));
        check(r#"{"hello":"world"}"#, Err("there is no credential in the answer"));
    }

    #[test]
    fn only_a_web_page_is_named_to_be_opened_next() {
        let then = |url: &str| Message::read(format!(r#"{{"redirectUrl":"{url}"}}"#).as_bytes()).unwrap().then;
        assert_eq!(then("https://uni.example/merci").as_deref(), Some("https://uni.example/merci"));
        assert_eq!(then("javascript:alert(1)"), None);
        assert_eq!(then("file:///etc/passwd"), None);
        assert_eq!(then(&format!("https://uni.example/{}", "x".repeat(LINK_BYTES))), None);
    }

    #[test]
    fn a_message_is_written_with_what_it_carries_and_no_more() {
        #[track_caller]
        fn check(presentation: Option<&str>, reference: Option<&str>, expected: &str) {
            assert_eq!(String::from_utf8(write(presentation.map(str::as_bytes), reference)).unwrap(), expected);
        }
        check(None, None, "{}");
        check(Some("{}"), None, r#"{"verifiablePresentation":{}}"#);
        check(None, Some("a\"b"), r#"{"referenceId":"a\"b"}"#);
        check(Some("{}"), Some("urn:uuid:1"), r#"{"verifiablePresentation":{},"referenceId":"urn:uuid:1"}"#);
    }
}
