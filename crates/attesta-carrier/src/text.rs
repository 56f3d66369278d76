//! Bytes as the text that they stand for.

use mail_parser::decoders::charsets::map::charset_decoder;

/// The text of bytes in a character set, [WHATWG Encoding](https://encoding.spec.whatwg.org/). Programs that state a
/// Western set or none often write UTF-8 all the same, and text that is well-formed UTF-8 beyond ASCII is hardly ever
/// anything else.
pub(crate) fn decode(bytes: &[u8], charset: Option<&str>) -> String {
    if let Some(bytes) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let marked = match bytes {
        [0xff, 0xfe, ..] => Some("utf-16le"),
        [0xfe, 0xff, ..] => Some("utf-16be"),
        _ => None,
    };
    if let Some(decoder) = marked.and_then(|charset| charset_decoder(charset.as_bytes())) {
        return decoder(&bytes[2..]);
    }
    let charset = charset.map(str::trim).unwrap_or_default().to_ascii_lowercase();
    if is_western(&charset)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return text.to_owned();
    }
    match charset_decoder(charset.as_bytes()).filter(|_| !charset.is_empty()) {
        Some(decoder) => decoder(bytes),
        None => match (std::str::from_utf8(bytes), charset_decoder(b"windows-1252")) {
            (Err(_), Some(decoder)) if !charset.starts_with("utf") => decoder(bytes),
            _ => String::from_utf8_lossy(bytes).into_owned(),
        },
    }
}

/// Bytes without the mark that some programs put before UTF-8,
/// [RFC 8259 section 8.1](https://www.rfc-editor.org/rfc/rfc8259#section-8.1).
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn is_western(charset: &str) -> bool {
    ["", "us-ascii", "ascii", "utf-8", "utf8", "unknown-8bit"].contains(&charset)
        || ["iso-8859-", "iso8859-", "windows-125", "cp125", "latin"].iter().any(|start| charset.starts_with(start))
}

/// Whether bytes are a text that people read: no control characters, and UTF-8 unless they are named a text.
pub(crate) fn is_text(bytes: &[u8], is_named_text: bool) -> bool {
    let start = &bytes[..bytes.len().min(64 << 10)];
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        return true;
    }
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    !start.iter().any(is_control) && (is_named_text || std::str::from_utf8(bytes).is_ok())
}

/// Schemes that lead to a credential and have no `//`.
const BARE_SCHEMES: [&str; 9] = [
    "dccrequest:",
    "org.dcconsortium:",
    "openid",
    "haip",
    "interaction:",
    "web+interaction:",
    "attesta:",
    "msprequest:",
    "asuprequest:",
];

/// Whether a word in a text is a link of a kind that somebody may want followed.
pub(crate) fn is_link(word: &str) -> bool {
    let Some((scheme, rest)) = word.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let is_bare = || BARE_SCHEMES.iter().any(|bare| starts_ignoring_case(word, bare));
    is_scheme && !rest.is_empty() && !is_unwanted(scheme) && (rest.starts_with("//") || is_bare())
}

fn starts_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start))
}

/// Whether a scheme never leads to a credential.
pub(crate) fn is_unwanted(scheme: &str) -> bool {
    const UNWANTED: [&str; 16] = [
        "mailto",
        "tel",
        "sms",
        "cid",
        "mid",
        "javascript",
        "vbscript",
        "data",
        "file",
        "about",
        "blob",
        "ftp",
        "webcal",
        "geo",
        "whatsapp",
        "callto",
    ];
    UNWANTED.iter().any(|unwanted| scheme.eq_ignore_ascii_case(unwanted))
}

/// The links of a plain text, as they stand there, without what surrounds them.
pub(crate) fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
        .map(|word| word.trim_start_matches(['(', '[', '\'', '«', '“', '*', '_']))
        .map(|word| word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '»', '”', '*', '_']))
        .filter(|word| is_link(word))
}

/// Whether a text may hold a link or a credential; most mails in a mailbox do not.
pub(crate) fn may_carry(text: &str) -> bool {
    const SIGNS: [&str; 5] = ["://", "eyJ", "VP1-", "{", "www."];
    SIGNS.iter().any(|sign| text.contains(sign)) || {
        let lower = text.to_ascii_lowercase();
        BARE_SCHEMES.iter().any(|scheme| lower.contains(scheme))
    }
}

/// The start of a text, no longer than a bound and cut between two characters.
pub(crate) fn start_of(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_told_from_other_words() {
        #[track_caller]
        fn check(text: &str, expected: &[&str]) {
            assert_eq!(links(text).collect::<Vec<_>>(), expected);
            assert!(expected.is_empty() || may_carry(text));
        }
        check(
            "Claim (https://a.example/1), or <https://b.example/?x=1>.",
            &["https://a.example/1", "https://b.example/?x=1"],
        );
        check("«\u{a0}dccrequest:?issuer=x\u{a0}»", &["dccrequest:?issuer=x"]);
        check("WEB+interaction:https://a.example/?iuv=1", &["WEB+interaction:https://a.example/?iuv=1"]);
        check(
            "openid-credential-offer:?credential_offer=%7B%7D!",
            &["openid-credential-offer:?credential_offer=%7B%7D"],
        );
        check("Note: at 12:30 mailto:a@b.example, Re:Badge https:", &[]);
        assert!(!may_carry("Note: at 12:30 we meet"));
    }

    #[test]
    fn a_text_is_cut_between_two_characters() {
        assert_eq!((start_of("éé", 3), start_of("éé", 9), start_of("", 1)), ("é", "éé", ""));
    }
}
