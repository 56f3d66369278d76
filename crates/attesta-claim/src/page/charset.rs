//! The character set of a page, [HTML section 13.2.3](https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding).

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Most bytes of a page that are looked at. A claim page is some hundred KiB at most and its links stand early.
const PAGE_BYTES: usize = 1 << 20;
/// Where a page names its character set if it does.
const HEAD_BYTES: usize = 1024;

/// A page's text: by its byte order mark, by what its server says, by what it says itself, else as UTF-8 if it is that.
pub(crate) fn decoded<'b>(bytes: &'b [u8], media_type: Option<&str>) -> Cow<'b, str> {
    let bytes = &bytes[..bytes.len().min(PAGE_BYTES)];
    let named = media_type.and_then(charset_in).or_else(|| {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD_BYTES)]).into_owned();
        head.split('<')
            .filter(|tag| tag.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("meta")))
            .find_map(charset_in)
    });
    let encoding = named.unwrap_or_else(|| match is_utf_8(bytes) {
        true => UTF_8,
        false => WINDOWS_1252,
    });
    // It looks for a byte order mark itself, and that counts before all else.
    encoding.decode(bytes).0
}

fn charset_in(text: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let value = &lower[lower.find("charset=")? + 8..];
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(value.len());
    Encoding::for_label(&value.as_bytes()[..end])
}

/// Whether bytes are UTF-8, where they may have been cut within a character.
fn is_utf_8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_in_the_character_set_that_it_names() {
        let latin: &[u8] = b"<meta charset=\"iso-8859-1\">T\xe9l\xe9charger";
        let meta: &[u8] =
            b"<META http-equiv=Content-Type content=\"text/html; charset=windows-1252\">T\xe9l\xe9charger";
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("Télécharger".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for (bytes, media_type) in [
            (latin, None),
            (meta, Some("text/html")),
            (b"T\xe9l\xe9charger", Some("text/html; charset=ISO-8859-1")),
            (b"T\xe9l\xe9charger", Some("text/html")),
            ("Télécharger".as_bytes(), Some("text/html")),
            ("Télécharger".as_bytes(), Some("text/html; charset=\"utf-8\"")),
            (&wide, Some("text/html")),
        ] {
            assert!(decoded(bytes, media_type).ends_with("Télécharger"), "{}", decoded(bytes, media_type));
        }
    }
}
