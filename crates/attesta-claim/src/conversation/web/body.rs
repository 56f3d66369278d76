//! What a body is that is no page: the credential, what stands around it, or the way to it.

use attesta_credential::{ReadError, read_each};
use attesta_jsonld::{Document, Value};
use attesta_verify::LoopbackAccess;

use crate::link::{LinkKind, Recognised, of_json, recognise};
use crate::page::is_claim;

/// Most credentials that are taken out of what stands around them.
const DOCUMENTS: usize = 200;
/// Members in which services put a credential or presentation: those of VerifierPlus and of programs' interfaces.
const AROUND: [&str; 9] =
    ["vp", "verifiablePresentation", "verifiableCredential", "credential", "vc", "assertion", "data", "result", "raw"];
/// Members in which they put several: those of a Badgr collection and of lists.
const AROUND_SEVERAL: [&str; 4] = ["badges", "assertions", "credentials", "results"];
/// Members that name where the credential lies: that of Open Badge Passport and like ones.
const ADDRESSES: [&str; 6] =
    ["assertion_url", "assertionUrl", "credential_url", "credentialUrl", "hostedUrl", "jsonUrl"];
/// How deep the members stand in one another.
const DEPTH: usize = 3;

/// What a body is.
pub(crate) enum Body {
    /// One or several credentials, or an archive that may hold some.
    Documents(Vec<Vec<u8>>),
    /// The beginning of a claim.
    Claim(LinkKind),
    /// Where the credential lies.
    Address(String),
    /// None of these.
    Unreadable(ReadError),
}

/// Looks at a body.
pub(crate) fn read(bytes: &[u8]) -> Body {
    // Several credentials are often handed out as an archive, which the driver takes apart.
    if bytes.starts_with(b"PK\x03\x04") {
        return Body::Documents(vec![bytes.to_vec()]);
    }
    let error = match read_each(bytes) {
        Ok(entries) if entries.iter().any(Result::is_ok) => return Body::Documents(vec![bytes.to_vec()]),
        Ok(entries) => match entries.into_iter().find_map(Result::err) {
            Some(unread) => unread.error,
            None => ReadError::NotACredential { pointer: String::new() },
        },
        // A picture that was baked before credentials themselves were.
        Err(ReadError::OnlyALink { url }) => return Body::Address(url),
        Err(error) => error,
    };
    // Some servers put a mark before their JSON, which is no part of it (RFC 8259, section 8.1).
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return Body::Unreadable(error) };
    if let Some(kind) = of_json(text).filter(is_claim) {
        return Body::Claim(kind);
    }
    if let Ok(document) = Document::parse(bytes.to_vec()) {
        let mut found = Vec::new();
        collect(&document, document.root(), DEPTH, &mut found);
        if !found.is_empty() {
            return Body::Documents(found);
        }
        if let Some(address) = address(document.root(), DEPTH) {
            return Body::Address(address.to_owned());
        }
        return Body::Unreadable(error);
    }
    match claim_in(text) {
        Some(kind) => Body::Claim(kind),
        None => Body::Unreadable(error),
    }
}

/// The claim that a short text names, as some services answer with nothing but the link.
fn claim_in(text: &str) -> Option<LinkKind> {
    const SHORT: usize = 16 << 10;
    if text.len() > SHORT {
        return None;
    }
    match recognise(text, LoopbackAccess::Refused) {
        Recognised::Links(links) => links.into_iter().map(|link| link.kind).find(is_claim),
        _ => None,
    }
}

/// Takes each credential with its exact bytes out of what stands around it.
fn collect(document: &Document, value: &Value<'_>, depth: usize, found: &mut Vec<Vec<u8>>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let before = found.len();
    for name in AROUND.iter().chain(&AROUND_SEVERAL) {
        for inner in value.get(name).map(Value::one_or_many).unwrap_or_default() {
            if found.len() >= DOCUMENTS {
                return;
            }
            let bytes = match inner {
                Value::Object(object) => document.source_of(object).to_vec(),
                Value::String(text) => text.as_bytes().to_vec(),
                _ => continue,
            };
            match read_each(&bytes).is_ok_and(|entries| entries.iter().any(Result::is_ok)) {
                true => found.push(bytes),
                false => collect(document, inner, depth, found),
            }
        }
        // One of them holds it; others only repeat it in other forms.
        if found.len() > before {
            return;
        }
    }
}

/// Where the credential lies, by what a service says of it.
fn address<'v>(value: &'v Value<'_>, depth: usize) -> Option<&'v str> {
    let depth = depth.checked_sub(1)?;
    let named = ADDRESSES.iter().find_map(|name| value.get(name)?.as_str());
    named.filter(|url| url.starts_with("https://") || url.starts_with("http://")).or_else(|| {
        AROUND.iter().chain(&AROUND_SEVERAL).find_map(|name| {
            let inner = value.get(name)?.one_or_many();
            // Of several none is the one.
            (inner.len() == 1).then(|| address(&inner[0], depth)).flatten()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: impl AsRef<[u8]>, expected: &str) {
        let found = match read(body.as_ref()) {
            Body::Documents(documents) => {
                documents.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect::<Vec<_>>().join("|")
            }
            Body::Claim(kind) => format!("claim {}", kind.as_str()),
            Body::Address(url) => format!("at {url}"),
            Body::Unreadable(error) => error.code().to_owned(),
        };
        assert_eq!(found, expected, "{}", String::from_utf8_lossy(body.as_ref()));
    }

    const CREDENTIAL: &str = r#"{"type":["VerifiableCredential"],  "name":"Attestation d’études 🎓 شهادة"}"#;

    #[test]
    fn an_archive_is_left_to_whoever_can_take_it_apart() {
        check("PK\u{3}\u{4}...", "PK\u{3}\u{4}...");
    }

    #[test]
    fn a_mark_before_it_is_no_part_of_it() {
        check(format!("\u{feff}{CREDENTIAL}"), &format!("\u{feff}{CREDENTIAL}"));
        check(format!("\u{feff}{{\"vc\":{CREDENTIAL}}}"), CREDENTIAL);
    }

    #[test]
    fn a_credential_is_taken_out_of_what_stands_around_it_byte_for_byte() {
        check(CREDENTIAL, CREDENTIAL);
        let presentation = format!(r#"{{"type":"VerifiablePresentation","verifiableCredential":[{CREDENTIAL}]}}"#);
        check(&presentation, &presentation);
        check(
            format!(r#"{{"id":"7","controller":"did:x","vp":{presentation},"credential":[{CREDENTIAL}]}}"#),
            &presentation,
        );
        check(format!(r#"{{"status":{{"success":true}},"result":[{{"credential":{CREDENTIAL}}}]}}"#), CREDENTIAL);
        check(
            format!(r#"{{"name":"C","badges":[{CREDENTIAL},{{"assertion":{CREDENTIAL}}},7]}}"#),
            &format!("{CREDENTIAL}|{CREDENTIAL}"),
        );
    }

    #[test]
    fn the_way_to_a_credential_is_followed() {
        check(
            r#"{"id":7,"assertion_url":"https://factory.cancred.ca/v1/assertion/x"}"#,
            "at https://factory.cancred.ca/v1/assertion/x",
        );
        check(r#"{"data":{"assertionUrl":"https://a.example/x"}}"#, "at https://a.example/x");
        check(
            r#"{"badges":[{"assertion_url":"https://a.example/1"},{"assertion_url":"https://a.example/2"}]}"#,
            "not_a_credential",
        );
        check(r#"{"assertion_url":"file:///etc/passwd"}"#, "not_a_credential");
    }

    #[test]
    fn the_beginning_of_a_claim_is_one() {
        check(r#"{"protocols":{"vcapi":"https://a.example/e"}}"#, "claim message");
        check(r#"{"credential_issuer":"https://a.example","credential_configuration_ids":["A"]}"#, "claim offer");
        check("openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa.example%2Fo\n", "claim offer_at");
    }

    #[test]
    fn other_bodies_are_told_apart() {
        check("{}", "not_a_credential");
        check("[7]", "not_a_credential");
        check("Bonjour", "not_json");
        check("", "truncated");
        check(b"\x89PNG\r\n\x1a\n", "truncated");
        check("see https://a.example/", "not_json");
    }
}
