//! The strict JSON reader, [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259) and I-JSON ([RFC 7493](https://www.rfc-editor.org/rfc/rfc7493)).

mod string;

use std::borrow::Cow;
use std::collections::HashSet;

use thiserror::Error;

use crate::tree::{Number, Object, Value, escape_pointer_token};

/// How much a document may ask of us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest document in bytes.
    pub bytes: usize,
    /// How deep arrays and objects may nest.
    pub depth: usize,
}

impl Limits {
    /// Room for anything that fits in memory; depth stays bounded because reading recurses.
    pub const NONE: Limits = Limits { bytes: usize::MAX, depth: 128 };
}

/// 8 MiB holds every badge with embedded images that was seen; 128 levels are ten times what a credential needs.
impl Default for Limits {
    fn default() -> Self {
        Limits { bytes: 8 << 20, depth: 128 }
    }
}

/// Why a text is not the JSON we accept, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind} at byte {offset} (JSON pointer {pointer:?})")]
pub struct ParseError {
    /// What is wrong.
    pub kind: ParseErrorKind,
    /// The byte at which it was noticed, from 0.
    pub offset: usize,
    /// The innermost value that was being read.
    pub pointer: String,
}

/// What makes a text not the JSON we accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ParseErrorKind {
    /// Longer than [`Limits::bytes`].
    #[error("the document is too large")]
    TooLarge,
    /// Deeper than [`Limits::depth`].
    #[error("the document nests too deeply")]
    TooDeep,
    /// Not UTF-8, or a byte order mark in front.
    #[error("the text is not plain UTF-8")]
    NotUtf8,
    /// The text ends inside a value.
    #[error("the text ends too early")]
    UnexpectedEnd,
    /// A character that the grammar does not allow here.
    #[error("unexpected character")]
    UnexpectedCharacter,
    /// A bad escape, a control character or a lone surrogate in a string.
    #[error("malformed string")]
    BadString,
    /// A number outside the grammar or beyond the range of a double.
    #[error("malformed number")]
    BadNumber,
    /// The same key twice in one object: readers disagree about which one counts.
    #[error("a key appears twice")]
    DuplicateKey,
    /// Something follows the value.
    #[error("text after the end of the document")]
    TrailingText,
}

pub(crate) fn parse(bytes: &[u8], limits: Limits) -> Result<Value<'_>, ParseError> {
    let whole = |kind| ParseError { kind, offset: 0, pointer: String::new() };
    if bytes.len() > limits.bytes {
        return Err(whole(ParseErrorKind::TooLarge));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        // A text that ends inside a letter was cut, not garbled.
        let cut = error.error_len().is_none();
        let kind = if cut { ParseErrorKind::UnexpectedEnd } else { ParseErrorKind::NotUtf8 };
        ParseError { offset: error.valid_up_to(), ..whole(kind) }
    })?;
    if text.starts_with('\u{feff}') {
        return Err(whole(ParseErrorKind::NotUtf8));
    }
    let (members, items, path) = (Vec::new(), Vec::new(), Vec::new());
    let mut reader = Reader { text, bytes, at: 0, depth_left: limits.depth, members, items, path };
    let read = reader.document();
    read.map_err(|kind| ParseError { kind, offset: reader.at, pointer: reader.pointer() })
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth_left: usize,
    /// The members read so far of the objects under way, outer before inner; a finished object takes its own away, so
    /// that each gets room once and no more than it needs.
    members: Vec<(Cow<'a, str>, Value<'a>)>,
    /// The same for arrays.
    items: Vec<Value<'a>>,
    /// Where an error was met, inner before outer; nothing is written down while all goes well.
    path: Vec<Step<'a>>,
}

enum Step<'a> {
    Key(Cow<'a, str>),
    Item(usize),
}

/// Below this many members a scan finds a repeated key faster than a set does.
const SCAN_KEYS_UP_TO: usize = 16;

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Value<'a>, ParseErrorKind> {
        self.skip_space();
        let value = self.value()?;
        self.skip_space();
        if self.at < self.bytes.len() {
            return Err(ParseErrorKind::TrailingText);
        }
        Ok(value)
    }

    fn value(&mut self) -> Result<Value<'a>, ParseErrorKind> {
        match self.peek()? {
            b'{' => self.nested(Self::object),
            b'[' => self.nested(Self::array),
            b'"' => Ok(Value::String(self.string()?)),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(ParseErrorKind::UnexpectedCharacter),
        }
    }

    fn nested(
        &mut self,
        read: fn(&mut Self) -> Result<Value<'a>, ParseErrorKind>,
    ) -> Result<Value<'a>, ParseErrorKind> {
        self.depth_left = self.depth_left.checked_sub(1).ok_or(ParseErrorKind::TooDeep)?;
        let value = read(self)?;
        self.depth_left += 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<Value<'a>, ParseErrorKind> {
        let start = self.at;
        let first = self.members.len();
        let mut seen: HashSet<Cow<'a, str>> = HashSet::new();
        self.at += 1;
        self.skip_space();
        if self.take(b'}') {
            return Ok(Value::Object(Object { members: Vec::new(), start, end: self.at }));
        }
        loop {
            if self.peek()? != b'"' {
                return Err(ParseErrorKind::UnexpectedCharacter);
            }
            let key = self.string()?;
            match self.member(first, &key, &mut seen) {
                Ok(value) => self.members.push((key, value)),
                Err(kind) => {
                    self.path.push(Step::Key(key));
                    return Err(kind);
                }
            }
            self.skip_space();
            if self.take(b'}') {
                let members = self.members.drain(first..).collect();
                return Ok(Value::Object(Object { members, start, end: self.at }));
            }
            self.expect(b',')?;
            self.skip_space();
        }
    }

    /// What follows a key of the object whose members begin at `first`.
    fn member(
        &mut self,
        first: usize,
        key: &Cow<'a, str>,
        seen: &mut HashSet<Cow<'a, str>>,
    ) -> Result<Value<'a>, ParseErrorKind> {
        let members = &self.members[first..];
        let repeated = if members.len() < SCAN_KEYS_UP_TO {
            members.iter().any(|(name, _)| name == key)
        } else {
            if seen.is_empty() {
                seen.extend(members.iter().map(|(name, _)| name.clone()));
            }
            !seen.insert(key.clone())
        };
        if repeated {
            return Err(ParseErrorKind::DuplicateKey);
        }
        self.skip_space();
        self.expect(b':')?;
        self.skip_space();
        self.value()
    }

    fn array(&mut self) -> Result<Value<'a>, ParseErrorKind> {
        let first = self.items.len();
        self.at += 1;
        self.skip_space();
        if self.take(b']') {
            return Ok(Value::Array(Vec::new()));
        }
        loop {
            let index = self.items.len() - first;
            match self.value() {
                Ok(item) => self.items.push(item),
                Err(kind) => {
                    self.path.push(Step::Item(index));
                    return Err(kind);
                }
            }
            self.skip_space();
            if self.take(b']') {
                return Ok(Value::Array(self.items.drain(first..).collect()));
            }
            self.expect(b',')?;
            self.skip_space();
        }
    }

    fn number(&mut self) -> Result<Value<'a>, ParseErrorKind> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.bytes.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        let number = Number::new(&self.text[start..self.at]);
        if !number.is_finite() {
            return Err(ParseErrorKind::BadNumber);
        }
        Ok(Value::Number(number))
    }

    fn digits(&mut self) -> Result<(), ParseErrorKind> {
        let start = self.at;
        while matches!(self.bytes.get(self.at), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(ParseErrorKind::BadNumber) } else { Ok(()) }
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, ParseErrorKind> {
        let rest = &self.bytes[self.at..];
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(value)
        } else if word.as_bytes().starts_with(rest) {
            Err(ParseErrorKind::UnexpectedEnd)
        } else {
            Err(ParseErrorKind::UnexpectedCharacter)
        }
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.bytes.get(self.at) {
            self.at += 1;
            // Indentation is many spaces in a row.
            while self.bytes[self.at..].first_chunk() == Some(b"        ") {
                self.at += 8;
            }
        }
    }

    fn peek(&self) -> Result<u8, ParseErrorKind> {
        self.bytes.get(self.at).copied().ok_or(ParseErrorKind::UnexpectedEnd)
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8) -> Result<(), ParseErrorKind> {
        let found = self.peek()?;
        if found != byte {
            return Err(ParseErrorKind::UnexpectedCharacter);
        }
        self.at += 1;
        Ok(())
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in self.path.iter().rev() {
            pointer.push('/');
            match step {
                Step::Key(key) => pointer.push_str(&escape_pointer_token(key)),
                Step::Item(index) => pointer.push_str(&index.to_string()),
            }
        }
        pointer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, (ParseErrorKind, &str)>) {
        let read = Document::parse(text.as_bytes().to_vec());
        let shown = read.map(|document| document.root().to_string()).map_err(|error| (error.kind, error.pointer));
        assert_eq!(shown, expected.map(str::to_owned).map_err(|(kind, at)| (kind, at.to_owned())));
    }

    #[test]
    fn a_document_keeps_key_order_and_number_text() {
        check(r#" {"b": 1.50, "a": [true, null, "\u00e9\n"]} "#, Ok(r#"{"b":1.50,"a":[true,null,"é\n"]}"#));
    }

    #[test]
    fn a_repeated_key_is_refused_and_its_place_named() {
        check(r#"{"a":{"b":1,"b":2}}"#, Err((ParseErrorKind::DuplicateKey, "/a/b")));
        check(r#"{"a":1,"\u0061":2}"#, Err((ParseErrorKind::DuplicateKey, "/a")));
        let many: Vec<String> = (0..40).map(|key| format!("\"k{key}\":0")).collect();
        check(&format!("{{{},\"k3\":1}}", many.join(",")), Err((ParseErrorKind::DuplicateKey, "/k3")));
    }

    #[test]
    fn what_json_readers_disagree_about_is_refused() {
        check(r#""\ud800""#, Err((ParseErrorKind::BadString, "")));
        check("\u{feff}{}", Err((ParseErrorKind::NotUtf8, "")));
        check("[1,]", Err((ParseErrorKind::UnexpectedCharacter, "/1")));
        check("[01]", Err((ParseErrorKind::UnexpectedCharacter, "")));
        check("1e999", Err((ParseErrorKind::BadNumber, "")));
        check(&"9".repeat(400), Err((ParseErrorKind::BadNumber, "")));
        check(&"9".repeat(305), Ok(&"9".repeat(305)));
        check("{} {}", Err((ParseErrorKind::TrailingText, "")));
        check("[tru", Err((ParseErrorKind::UnexpectedEnd, "/0")));
        check("\"a\tb\"", Err((ParseErrorKind::BadString, "")));
    }

    #[test]
    fn an_error_deep_inside_is_placed_after_others_were_read_around_it() {
        check(
            r#"{"a":[{"b":1},{"c":[1,2,{"d~/":nul}]}],"e":1}"#,
            Err((ParseErrorKind::UnexpectedCharacter, "/a/1/c/2/d~0~1")),
        );
        check(r#"[[1,2],[3,[4]],{"a":{},"b":[5,6],"c":}]"#, Err((ParseErrorKind::UnexpectedCharacter, "/2/c")));
        check(r#"[[1,2],{"a":[{}],"b":{"c":[3]}},[[],4]]"#, Ok(r#"[[1,2],{"a":[{}],"b":{"c":[3]}},[[],4]]"#));
    }

    #[test]
    fn a_text_cut_inside_a_letter_ends_too_early() {
        let kind = |bytes: &[u8]| Document::parse(bytes.to_vec()).unwrap_err().kind;
        assert_eq!(kind(&"{\"name\":\"Am\u{e9}lie\"}".as_bytes()[..12]), ParseErrorKind::UnexpectedEnd);
        assert_eq!(kind(b"{\"name\":\"Am\xe9lie\"}"), ParseErrorKind::NotUtf8);
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(Document::parse(deep(128).into_bytes()).is_ok());
        let error = Document::parse(deep(129).into_bytes()).unwrap_err();
        assert_eq!(error.kind, ParseErrorKind::TooDeep);
        assert!(Document::parse(deep(1_000_000).into_bytes()).is_err());
    }

    #[test]
    fn an_object_knows_its_exact_source() {
        let document = Document::parse(br#"{"x": [ {"y" : 1 } ]}"#.to_vec()).unwrap();
        let inner = document.root().at("/x/0").and_then(Value::as_object).unwrap();
        assert_eq!(document.source_of(inner), br#"{"y" : 1 }"#);
    }
}
