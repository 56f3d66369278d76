//! From a text to what stands in it.

use attesta_credential::limits::INPUT_BYTES;
use attesta_credential::{ReadError, UnsupportedFormat, read_each};
use attesta_share::ShareLink;
use attesta_verify::LoopbackAccess;

use crate::link::heal::{healed, is_invisible};
use crate::link::scan::{self, Wanted};
use crate::link::{Link, LinkKind, Recognised, Unrecognised, classify, inline, of_json};

/// Recognises a text: a pasted link, a whole message, a document. Makes no request.
///
/// A document is exactly [`trimmed`] of the text; of a message all links are given, in order and each once, those too
/// that are never asked, so that the learner can be told why.
pub fn recognise(text: &str, loopback: LoopbackAccess) -> Recognised {
    let text = trimmed(text);
    if text.is_empty() {
        return Recognised::Nothing(Unrecognised::Empty);
    }
    if text.len() > INPUT_BYTES {
        return Recognised::Nothing(Unrecognised::Unreadable(ReadError::TooLarge { limit: INPUT_BYTES }));
    }
    if is_json(text) {
        return of_json_text(text);
    }
    if text.starts_with("eyJ") && !text.contains("://") {
        return of_document(text);
    }
    // In a QR code it is upper case, and nothing else is in it.
    if text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("VP1-")) && !text.contains(char::is_whitespace) {
        let what = UnsupportedFormat::CborLd;
        return Recognised::Nothing(Unrecognised::Unreadable(ReadError::UnsupportedFormat { what }));
    }
    if text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"))
        && let kind @ LinkKind::Inline(_) = inline::of_link(text)
    {
        return Recognised::Links(vec![Link { text: text.to_owned(), kind }]);
    }
    match links(text, loopback) {
        links if !links.is_empty() => Recognised::Links(links),
        _ if attesta_share::is_share_link(text) => Recognised::Links(vec![share(text)]),
        _ if text.starts_with('[') => of_json_text(text),
        _ => Recognised::Nothing(Unrecognised::Text),
    }
}

/// Removes what a byte order mark, a mail program or a careful reader puts around a text.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Whether a text means to be JSON. Square brackets begin a Markdown link and a footnote too.
fn is_json(text: &str) -> bool {
    text.starts_with('{')
        || text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', '[', '"']))
        || text == "[]"
}

fn of_json_text(text: &str) -> Recognised {
    match of_document(text) {
        document @ Recognised::Document { .. } => document,
        other => match of_json(text) {
            Some(kind) => Recognised::Links(vec![Link { text: text.to_owned(), kind }]),
            None => other,
        },
    }
}

/// A document is what it holds: at least one credential, or why there is none.
fn of_document(text: &str) -> Recognised {
    let unreadable = |error| Recognised::Nothing(Unrecognised::Unreadable(error));
    let entries = match read_each(text.as_bytes()) {
        Ok(entries) => entries,
        Err(error) => return unreadable(error),
    };
    let count = entries.iter().flatten().count();
    match entries.into_iter().find_map(Result::err) {
        Some(unread) if count == 0 => unreadable(unread.error),
        _ => Recognised::Document { count },
    }
}

fn links(text: &str, loopback: LoopbackAccess) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut shared_whole: Option<bool> = None;
    for found in scan::links(&healed(text), Wanted::All) {
        let mut link = classify(&found, loopback);
        if link.kind == LinkKind::Share
            && ShareLink::decode(&link.text).is_err()
            && *shared_whole.get_or_insert_with(|| ShareLink::decode(text).is_ok())
        {
            // Such a link is long and gets broken; its own reader knows how to put it together.
            link = share(text);
        }
        if !links.iter().any(|known| known.kind == link.kind && (!is_vague(&link.kind) || known.text == link.text)) {
            links.push(link);
        }
    }
    links
}

/// Whether two links of this kind may be different ones although the kind says the same.
fn is_vague(kind: &LinkKind) -> bool {
    matches!(kind, LinkKind::Share | LinkKind::AsksForCredentials { .. } | LinkKind::Refused(_))
}

fn share(text: &str) -> Link {
    Link { text: text.to_owned(), kind: LinkKind::Share }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = match recognise(text, LoopbackAccess::Refused) {
            Recognised::Document { count } => format!("document {count}"),
            Recognised::Links(links) => {
                links.iter().map(|link| format!("{} {}", link.kind.as_str(), link.text)).collect::<Vec<_>>().join(", ")
            }
            Recognised::Nothing(Unrecognised::Empty) => "empty".to_owned(),
            Recognised::Nothing(Unrecognised::Text) => "text".to_owned(),
            Recognised::Nothing(Unrecognised::Unreadable(error)) => error.code().to_owned(),
        };
        assert_eq!(found, expected, "{text:?}");
    }

    const CREDENTIAL: &str = r#"{"type":["VerifiableCredential"],"name":"Attestation d’études 🎓 شهادة"}"#;

    #[test]
    fn a_document_is_recognised_as_one() {
        check(CREDENTIAL, "document 1");
        check(&format!("\u{feff}\n {CREDENTIAL}\r\n"), "document 1");
        check(&format!("[{CREDENTIAL},7,{CREDENTIAL}]"), "document 2");
        check("{}", "not_a_credential");
        check("[7,8]", "not_a_credential");
        check("{\"a\":", "truncated");
        check("VP1-B3ECQTNQJYIAAHZAS", "unsupported_format");
        check("vp1-B3ECQTNQJYIAAHZAS\n", "unsupported_format");
    }

    #[test]
    fn a_message_in_json_is_a_link() {
        let message = r#"{"protocols":{"vcapi":"https://a.example/e"}}"#;
        check(message, &format!("message {message}"));
        let offer = r#"{"credential_issuer":"https://a.example","credential_configuration_ids":["A"]}"#;
        check(offer, &format!("offer {offer}"));
    }

    #[test]
    fn what_is_neither_is_told_so() {
        check("", "empty");
        check(" \n\u{feff} ", "empty");
        check("hello", "text");
        check("college.example/claim", "text");
        check("file:///etc/passwd", "text");
        check("javascript:alert(1)", "text");
        check("[1] hello", "not_json");
    }

    #[test]
    fn square_brackets_may_begin_a_link_in_a_text() {
        check("[Your badge](https://a.example/1)", "web https://a.example/1");
        check("[1] https://a.example/1", "web https://a.example/1");
    }

    #[test]
    fn each_link_of_a_message_comes_once_and_in_order() {
        check(
            "https://a.example/1 https://b.example/2 https://A.example/1 http://c.example ftp://d.example/ mailto:me@a.example",
            "web https://a.example/1, web https://b.example/2, refused http://c.example, refused ftp://d.example/, refused mailto:me@a.example",
        );
        check(
            "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2F1&data=x and https://a.example/1",
            "web https://a.example/1",
        );
    }

    #[test]
    fn links_in_full_width_are_read() {
        check("ｈｔｔｐｓ：／／ａ．ｅｘａｍｐｌｅ／１", "web https://a.example/1");
    }

    #[test]
    fn a_share_link_is_kept_whole_even_where_it_was_broken() {
        let link = ShareLink::encode(
            "https://page.example/",
            b"{\"a\":\"b7Qx9Lm2Zk4Tn8Vw1Rp6Yc3Hd5Jg0Fs7Ba\",\"c\":\"E8u2Wq6Xo4\"}",
            attesta_share::PayloadEncoding::Base64Url,
        );
        check(link.as_str(), &format!("share {link}"));
        let (first, second) = link.as_str().split_at(link.as_str().len() - 4);
        let broken = format!("{first}\n{second}");
        check(&broken, &format!("share {broken}"));
    }

    #[test]
    fn a_link_that_is_cut_or_spoilt_anywhere_is_still_only_a_text() {
        let links = [
            "https://urldefense.com/v3/__https://a.example/**Ax*__;w6nDoCM!!A!b$",
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__a.example_-25C3-25A9&d=x",
            "attesta://import?url=https%3A%2F%2Fnam02.safelinks.protection.outlook.com%2F%3Furl%3Dx",
            r#"(https://lcw.app/request?request={"protocols":{"vcapi":"https://é.example"}})"#,
            "dccrequest://request?issuer=x&vc_request_url=https%3A%2F%2Fa.example&challenge=é",
            "<https://a.example/\n é/b>, data:application/json;base64,eyLDqSI6MX0= web+interaction:https://é.example/",
            "Badge: https://college.example/claim?token=3Dabcdefghijklmnopqrstuvwxyz0123456789=\r\nx=C3=A9&amp;b",
            "https://verifierplus.org/#verify?vc=https%3A%2F%2Fbadgr.com/public/assertions/é",
        ];
        for link in links {
            for (at, _) in link.char_indices() {
                for spoilt in ["", "”", "é", "\u{200d}", "%", "*", "{", "\n", "：／／", "https:"] {
                    let text = format!("{}{spoilt}{}", &link[..at], &link[at..]);
                    for text in [&text[..], &text[..at], &text[at..]] {
                        if let Recognised::Links(links) = recognise(text, LoopbackAccess::Allowed) {
                            assert!(links.iter().all(|link| !link.text.is_empty()), "{text:?}");
                        }
                    }
                }
            }
        }
    }
}
