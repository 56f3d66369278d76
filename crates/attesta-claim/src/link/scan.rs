//! Finds the links in a text.

use crate::link::heal::{healed_link, is_invisible, unpunctuated};
use crate::link::parameters::object_end;

/// Most links of a text that are looked at.
pub(crate) const LINKS: usize = 500;
/// Most bytes that are gone through in one text for the ends of JSON objects. One text can't name more of them than it
/// holds, unless it was made to be slow: each that never ends would be followed to the end of the text.
const OBJECT_BYTES: usize = 16 << 20;
/// The longest link that is broken over lines between angle brackets, in bytes.
const BRACKETED: usize = 16 << 10;

/// Which of the links in a text are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All.
    All,
    /// Those of the schemes by which wallets are called.
    Claims,
}

/// Whether a text may follow a scheme's colon.
type Follows = fn(&str) -> bool;

/// The schemes that are known, with what must follow each one's colon, so that a word before a colon is no link.
const SCHEMES: [(&str, Follows); 24] = [
    ("https", slashes),
    ("http", slashes),
    ("dccrequest", slashes_or_query),
    ("org.dcconsortium", slashes_or_query),
    ("msprequest", slashes_or_query),
    ("asuprequest", slashes_or_query),
    ("interaction", address),
    ("web+interaction", address),
    ("openid-credential-offer", slashes_or_query),
    ("openid-initiate-issuance", slashes_or_query),
    ("openid-vc", slashes_or_query),
    ("openid4vci", slashes_or_query),
    ("haip", slashes_or_query),
    ("haip-vci", slashes_or_query),
    ("haip-vp", slashes_or_query),
    ("openid4vp", slashes_or_query),
    ("mdoc-openid4vp", slashes_or_query),
    ("eudi-openid4vp", slashes_or_query),
    ("openid", slashes_or_query),
    ("siopv2", slashes_or_query),
    ("attesta", wrapped),
    ("mailto", mailbox),
    ("data", media_type),
    ("ftp", slashes),
];

fn slashes(rest: &str) -> bool {
    rest.starts_with("//")
}

fn slashes_or_query(rest: &str) -> bool {
    rest.starts_with("//") || rest.starts_with('?')
}

fn address(rest: &str) -> bool {
    rest.trim_start_matches('/').get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"))
}

fn wrapped(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_alphanumeric() || "/?#".contains(c))
}

fn mailbox(rest: &str) -> bool {
    begins_with_a_word_that_has(rest, '@')
}

fn media_type(rest: &str) -> bool {
    ["application/", "image/", "text/"]
        .iter()
        .any(|kind| rest.get(..kind.len()).is_some_and(|start| start.eq_ignore_ascii_case(kind)))
        && begins_with_a_word_that_has(rest, ',')
}

/// Whether a character stands near the beginning, before what ends a link.
fn begins_with_a_word_that_has(rest: &str, wanted: char) -> bool {
    const NEAR: usize = 80;
    rest.chars().take(NEAR).take_while(|c| !is_end(*c)).any(|c| c == wanted)
}

/// Every link of a text, in order, healed. The same link may come twice.
pub(crate) fn links(text: &str, wanted: Wanted) -> Vec<String> {
    let mut links = Vec::new();
    let mut from = 0;
    let mut objects_left = OBJECT_BYTES;
    while links.len() < LINKS
        && let Some(start) = next_link(text, from, wanted)
    {
        let (link, end) = link_at(text, start, &mut objects_left);
        // At least the scheme and its colon, so that the search goes on.
        from = end.max(start + 2);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        if !link.is_empty() {
            links.push(link);
        }
    }
    links
}

/// Where the next link begins, at or behind a place.
fn next_link(text: &str, from: usize, wanted: Wanted) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let colon = at + text.get(at..)?.find(':')?;
        let run = bytes[from..colon]
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(byte))
            .count();
        if run == 0 {
            at = colon + 1;
            continue;
        }
        let (name, rest) = (&text[colon - run..colon], &text[colon + 1..]);
        let found = SCHEMES.iter().find_map(|(scheme, follows)| {
            let start = name.len().checked_sub(scheme.len())?;
            let before = &name[..start];
            // "here.https://" begins a link, "xhttps://" does not.
            let stands_alone =
                before.is_empty() || before.ends_with('.') || before.ends_with('-') && !scheme.contains('-');
            (stands_alone && name[start..].eq_ignore_ascii_case(scheme) && follows(rest)).then_some((*scheme, start))
        });
        match found {
            Some((scheme, start)) if wanted == Wanted::All || is_claim(scheme) => return Some(colon - run + start),
            _ => at = colon + 1,
        }
    }
}

fn is_claim(scheme: &str) -> bool {
    !matches!(scheme, "https" | "http" | "mailto" | "data" | "ftp" | "attesta")
}

/// The link that begins at a place, and where it ends. `objects_left` is how many bytes may still be gone through for
/// the ends of objects.
fn link_at(text: &str, start: usize, objects_left: &mut usize) -> (String, usize) {
    let opened_by = text[..start].chars().next_back();
    if opened_by.is_some_and(|mark| mark == '<' || mark == ':')
        && let Some((link, end)) = bracketed(&text[start..])
    {
        return (healed_link(&link), start + end);
    }
    let rest = &text[start..];
    let mut end = end_of_link(rest);
    let mut json_end = 0;
    // JSON that was not encoded may hold anything.
    for name in ["request=", "credential_offer="] {
        if let Some(at) = rest[..end].find(name).map(|at| at + name.len())
            && rest[at..].starts_with('{')
            && *objects_left > 0
        {
            let length = object_end(&rest[at..]);
            *objects_left = objects_left.saturating_sub(length.unwrap_or(rest.len() - at));
            let Some(length) = length.filter(|length| at + length > json_end) else { continue };
            json_end = at + length;
            end = json_end + end_of_link(&rest[json_end..]);
        }
    }
    let link = unpunctuated(rest[..end].trim_end_matches(is_invisible), opened_by);
    (healed_link(&rest[..link.len().max(json_end)]), start + end)
}

/// A link that is broken over lines between angle brackets, [RFC 3986 appendix C](https://www.rfc-editor.org/rfc/rfc3986#appendix-C).
fn bracketed(rest: &str) -> Option<(String, usize)> {
    let end = rest.bytes().take(BRACKETED).position(|byte| byte == b'>')?;
    let inside = &rest[..end];
    if !inside.contains('\n') || inside.contains(['<', '"']) {
        return None;
    }
    // Several words in one line are no part of a link.
    let whole = inside.lines().all(|line| line.trim().split(char::is_whitespace).count() <= 1);
    whole.then(|| (inside.split_whitespace().collect(), end))
}

/// Where a link ends: at what can't stand in one, or where another begins.
fn end_of_link(rest: &str) -> usize {
    let mut before = '\0';
    for (at, c) in rest.char_indices() {
        let another = before == ']' && c == '('
            || matches!(before, ',' | ';' | '|')
                && (rest[at..].starts_with("https://") || rest[at..].starts_with("http://"));
        if is_end(c) || another {
            return at;
        }
        before = c;
    }
    rest.len()
}

fn is_end(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || "<>\"`“”„«»‹›「」『』【】〈〉《》、。".contains(c)
        || matches!(c, '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}')
}

#[cfg(test)]
mod tests {
    use attesta_credential::limits::INPUT_BYTES;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(links(text, Wanted::All), expected, "{text:?}");
    }

    #[test]
    fn a_link_is_found_however_it_was_copied() {
        for text in [
            "https://college.example/claim/1?t=a",
            "  https://college.example/claim/1?t=a\r\n",
            "<https://college.example/claim/1?t=a>",
            "<URL:https://college.example/claim/1?t=a>",
            "“https://college.example/claim/1?t=a”",
            "« https://college.example/claim/1?t=a »",
            "«\u{202f}https://college.example/claim/1?t=a\u{202f}».",
            "Your badge is here: https://college.example/claim/1?t=a.",
            "Votre insigne (https://college.example/claim/1?t=a) !",
            "*https://college.example/claim/1?t=a*",
            "[Your badge](https://college.example/claim/1?t=a)",
            "<a href=\"https://college.example/claim/1?t=a\">",
            "<a href='https://college.example/claim/1?t=a'>",
            "请打开https://college.example/claim/1?t=a。",
            "https://college.example/claim/1?t=a\u{200b}",
            "here.https://college.example/claim/1?t=a",
            "<https://college.example/\r\n   claim/1?t=a>",
            "\u{202b}https://college.example/claim/1?t=a\u{202c}",
        ] {
            check(text, &["https://college.example/claim/1?t=a"]);
        }
        check("HTTPS://College.example/claim", &["HTTPS://College.example/claim"]);
        check("https://a.example/x_(y)", &["https://a.example/x_(y)"]);
    }

    #[test]
    fn a_message_gives_its_links_in_order() {
        check(
            "See https://a.example/1, https://b.example/2) and xhttps://c.example; dccrequest://request?a=b!",
            &["https://a.example/1", "https://b.example/2", "dccrequest://request?a=b"],
        );
        check("https://a.example/1,https://b.example/2", &["https://a.example/1", "https://b.example/2"]);
        check("[https://a.example/1](https://a.example/1)", &["https://a.example/1", "https://a.example/1"]);
    }

    #[test]
    fn json_in_a_link_may_hold_anything() {
        let link = r#"https://lcw.app/request?request={"a": "x <y> & #z", "b":{"c":"}"}}"#;
        check(&format!("{link} and https://b.example/"), &[link, "https://b.example/"]);
        let offer = r#"openid-credential-offer://?credential_offer={"credential_issuer":"https://a.example"}"#;
        check(&format!("({offer})"), &[offer]);
    }

    #[test]
    fn a_word_before_a_colon_is_no_link() {
        for text in
            ["interaction: see below", "data:image", "openid: a protocol", "attesta: my wallet", "mailto: me", "a:b"]
        {
            check(text, &[]);
        }
        check("mailto:me@a.example", &["mailto:me@a.example"]);
    }

    #[test]
    fn an_inner_link_belongs_to_its_outer_one() {
        for link in [
            "dccrequest://request?issuer=x&vc_request_url=https://a.example/e",
            "attesta:https://a.example/e",
            "interaction:https%3A%2F%2Fa.example%2F%3Fiuv%3D1",
            "web+interaction:https://a.example/?iuv=1",
            "https://a.example/?next=https://b.example/",
        ] {
            check(link, &[link]);
        }
    }

    #[test]
    fn a_text_made_to_be_slow_is_read_in_time_that_grows_with_its_length() {
        let long = [
            "https://a.example/ ".repeat(20_000),
            ":".repeat(200_000),
            "a".repeat(400_000) + ":",
            "<https://a.example/\n".repeat(10_000),
            "https://a.example/".to_owned() + &")".repeat(200_000),
            "https://x?request={".repeat(10_000),
            "https://x?request={ ".repeat(INPUT_BYTES / 20),
            "mailto:".repeat(30_000),
        ];
        for text in long {
            assert!(links(&text, Wanted::All).len() <= LINKS);
        }
    }
}
