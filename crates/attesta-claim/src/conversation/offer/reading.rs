//! Reading an issuer's documents: strict JSON, of which only what is needed is looked at.

use attesta_jsonld::{Document, Value};

/// Most characters of an issuer's own words that are shown.
const WORDS: usize = 300;

/// The document, if it is a JSON object. Repeated keys, deep nesting and odd bytes make it none.
pub(super) fn object(bytes: &[u8]) -> Option<Document> {
    Document::parse(bytes.to_vec()).ok().filter(|document| document.root().as_object().is_some())
}

/// The text of a member.
pub(super) fn text<'v>(value: &'v Value<'_>, key: &str) -> Option<&'v str> {
    value.get(key)?.as_str().filter(|text| !text.is_empty())
}

/// The texts of a member that is an array; what else stands in it is passed over.
pub(super) fn texts<'v>(value: &'v Value<'_>, key: &str) -> Vec<&'v str> {
    value.get(key).and_then(Value::as_array).unwrap_or_default().iter().filter_map(Value::as_str).collect()
}

/// Whether a member is `true`.
pub(super) fn is_set(value: &Value<'_>, key: &str) -> bool {
    matches!(value.get(key), Some(Value::Bool(true)))
}

/// A member that is a count, in digits or as some issuers write it, a text of digits.
pub(super) fn count(value: &Value<'_>, key: &str) -> Option<u64> {
    match value.get(key)? {
        Value::Number(number) => number.text().parse().ok(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// An issuer's words as they may be shown: at most 300 characters, without what could disturb or reorder the line.
pub(super) fn plain(words: &str) -> Option<String> {
    let spaced: String = words.chars().map(|c| if disturbs(c) { ' ' } else { c }).collect();
    let shown: String = spaced.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(WORDS).collect();
    (!shown.is_empty()).then_some(shown)
}

/// Whether a character ends a line, or turns the direction of what follows.
fn disturbs(c: char) -> bool {
    const TURNS: [char; 6] = ['\u{200e}', '\u{200f}', '\u{2028}', '\u{2029}', '\u{61c}', '\u{feff}'];
    c.is_control() || TURNS.contains(&c) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuers_words_are_cut_at_300_characters_and_cannot_disturb_the_line() {
        assert_eq!(plain("a\u{7}b\n\tc \u{202e}d"), Some("a b c d".to_owned()));
        assert_eq!(plain(&"é".repeat(400)), Some("é".repeat(300)));
        assert_eq!(plain(" \u{0} "), None);
    }

    #[test]
    fn a_document_with_a_repeated_key_is_none() {
        assert!(object(br#"{"a":1}"#).is_some());
        for bytes in [&b"{\"a\":1,\"a\":2}"[..], b"[]", b"\"a\"", b"", b"<html>"] {
            assert!(object(bytes).is_none());
        }
    }

    #[test]
    fn a_count_may_be_written_as_text() {
        let document = object(br#"{"a":5,"b":"7","c":1.5,"d":-1,"e":true}"#).unwrap();
        let counts = ["a", "b", "c", "d", "e", "f"].map(|key| count(document.root(), key));
        assert_eq!(counts, [Some(5), Some(7), None, None, None, None]);
    }
}
