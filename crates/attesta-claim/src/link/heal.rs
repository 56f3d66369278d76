//! What mail programs, terminals and careful writers do to links, undone.

use std::borrow::Cow;

/// Lines that a mail program breaks are this long, the equals sign at their end included; RFC 2045 section 6.7 allows
/// no longer ones, and programs fill them.
const BROKEN_LINE: std::ops::RangeInclusive<usize> = 74..=77;

/// A text as it was before it was sent.
pub(crate) fn healed(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    if is_quoted_printable(&text) {
        text = Cow::Owned(from_quoted_printable(&text));
    }
    // Input methods of East Asia write ASCII in full width.
    if text.contains("：／／") {
        text = Cow::Owned(text.chars().map(narrowed).collect());
    }
    text
}

/// Whether a text was copied out of a mail's source: it is ASCII, and its lines end where such lines are broken.
fn is_quoted_printable(text: &str) -> bool {
    if !text.is_ascii() || !(text.contains("=\n") || text.contains("=\r\n")) {
        return false;
    }
    text.contains("=3D")
        || text.lines().zip(text.lines().skip(1)).any(|(line, next)| {
            line.ends_with('=') && BROKEN_LINE.contains(&line.len()) && !next.starts_with(char::is_whitespace)
        })
}

/// Undoes [RFC 2045 section 6.7](https://www.rfc-editor.org/rfc/rfc2045#section-6.7).
fn from_quoted_printable(text: &str) -> String {
    let joined = text.replace("=\r\n", "").replace("=\n", "");
    let bytes = joined.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        // Upper case alone: `=ab` in an address is a value.
        let digit = |offset: usize| bytes.get(at + offset).filter(|byte| !byte.is_ascii_lowercase());
        let value = |offset: usize| digit(offset).and_then(|byte| (*byte as char).to_digit(16));
        match (bytes[at], value(1), value(2)) {
            (b'=', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn narrowed(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        other => other,
    }
}

/// A link without the characters that have no width, and with its `&amp;` read.
pub(crate) fn healed_link(link: &str) -> String {
    let mut healed = String::with_capacity(link.len());
    let mut characters = link.chars().peekable();
    let mut before = ' ';
    while let Some(c) = characters.next() {
        let joins_letters = matches!(c, '\u{200C}' | '\u{200D}')
            && !before.is_ascii()
            && characters.peek().is_some_and(|next| !next.is_ascii());
        if is_invisible(c) && !joins_letters {
            continue;
        }
        healed.push(c);
        before = c;
    }
    match healed.contains("&amp;") {
        true => healed.replace("&amp;", "&"),
        false => healed,
    }
}

/// Characters without width: breaks, joiners, marks of direction, byte order marks.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// Without what ends the sentence around a link. `opened_by` is the character in front of it: emphasis that begins
/// there ends behind it.
pub(crate) fn unpunctuated(link: &str, opened_by: Option<char>) -> &str {
    // A closing bracket belongs to the link only where its opening one does: how many more close than open.
    let count = |mark: char| link.matches(mark).count() as isize;
    let mut unopened = [(')', count(')') - count('(')), (']', count(']') - count('[')), ('}', count('}') - count('{'))];
    let mut link = link;
    while let Some(last) = link.chars().next_back() {
        let punctuation = matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '‘' | '…' | '·');
        let emphasis = matches!(last, '*' | '_' | '~') && opened_by == Some(last);
        let bracket = unopened.iter_mut().find(|(mark, more)| *mark == last && *more > 0);
        if let Some((_, more)) = bracket {
            *more -= 1;
        } else if !punctuation && !emphasis {
            break;
        }
        link = &link[..link.len() - last.len_utf8()];
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mails_source_is_read_as_its_text() {
        let source = "Your badge: https://college.example/claim?token=3Dabcdefghijklmnopqrstuvwx=\r\nyz0123&lang=3Dfr\r\nMerci d=C3=A9j=C3=A0";
        let expected =
            "Your badge: https://college.example/claim?token=abcdefghijklmnopqrstuvwxyz0123&lang=fr\r\nMerci déjà";
        assert_eq!(healed(source), expected);
        let line = format!("https://college.example/{}=", "a".repeat(51));
        assert_eq!(healed(&format!("{line}\nbcd")), format!("{}bcd", line.trim_end_matches('=')));
    }

    #[test]
    fn an_address_that_ends_with_an_equals_sign_is_not_joined_to_the_next_line() {
        for text in ["https://a.example/?t=YWI=\nThank you", "https://a.example/?t=YWI=\r\n\r\nMerci déjà"] {
            assert_eq!(healed(text), text);
        }
    }

    #[test]
    fn characters_without_width_are_dropped_except_between_letters_that_they_join() {
        assert_eq!(healed_link("https://a\u{200b}.example/\u{2060}x\u{ad}\u{200d}"), "https://a.example/x");
        assert_eq!(healed_link("https://a.example/می\u{200c}خواهم"), "https://a.example/می\u{200c}خواهم");
        assert_eq!(healed_link("https://a.example/👩\u{200d}🎓"), "https://a.example/👩\u{200d}🎓");
        assert_eq!(healed_link("https://a.example/?a=1&amp;b=2"), "https://a.example/?a=1&b=2");
    }

    #[test]
    fn a_sentences_punctuation_is_not_the_links() {
        for (link, opened_by, expected) in [
            ("https://a.example/x).", Some('('), "https://a.example/x"),
            ("https://a.example/x_(y)", None, "https://a.example/x_(y)"),
            ("https://a.example/x_", Some('_'), "https://a.example/x"),
            ("https://a.example/?t=abc_", Some(' '), "https://a.example/?t=abc_"),
            ("https://a.example/x**", Some('*'), "https://a.example/x"),
            ("https://a.example/x…", None, "https://a.example/x"),
            ("https://a.example/x?!", None, "https://a.example/x"),
        ] {
            assert_eq!(unpunctuated(link, opened_by), expected);
        }
    }
}
