//! The strict JSON reader, [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259) and I-JSON ([RFC 7493](https://www.rfc-editor.org/rfc/rfc7493)).

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
    let mut reader = Reader { text, bytes, at: 0, depth_left: limits.depth, path: Vec::new() };
    let read = reader.document();
    read.map_err(|kind| ParseError { kind, offset: reader.at, pointer: reader.pointer() })
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth_left: usize,
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
        let mut members: Vec<(Cow<'a, str>, Value<'a>)> = Vec::new();
        let mut seen: HashSet<Cow<'a, str>> = HashSet::new();
        self.at += 1;
        self.skip_space();
        if self.take(b'}') {
            return Ok(Value::Object(Object { members, start, end: self.at }));
        }
        loop {
            if self.peek()? != b'"' {
                return Err(ParseErrorKind::UnexpectedCharacter);
            }
            let key = self.string()?;
            let repeated = if members.len() < SCAN_KEYS_UP_TO {
                members.iter().any(|(name, _)| *name == key)
            } else {
                if seen.is_empty() {
                    seen.extend(members.iter().map(|(name, _)| name.clone()));
                }
                !seen.insert(key.clone())
            };
            self.path.push(Step::Key(key.clone()));
            if repeated {
                return Err(ParseErrorKind::DuplicateKey);
            }
            self.skip_space();
            self.expect(b':')?;
            self.skip_space();
            let value = self.value()?;
            self.path.pop();
            members.push((key, value));
            self.skip_space();
            if self.take(b'}') {
                return Ok(Value::Object(Object { members, start, end: self.at }));
            }
            self.expect(b',')?;
            self.skip_space();
        }
    }

    fn array(&mut self) -> Result<Value<'a>, ParseErrorKind> {
        let mut items = Vec::new();
        self.at += 1;
        self.skip_space();
        if self.take(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            self.path.push(Step::Item(items.len()));
            items.push(self.value()?);
            self.path.pop();
            self.skip_space();
            if self.take(b']') {
                return Ok(Value::Array(items));
            }
            self.expect(b',')?;
            self.skip_space();
        }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, ParseErrorKind> {
        self.at += 1;
        let start = self.at;
        loop {
            match self.peek()? {
                b'"' => {
                    let plain = &self.text[start..self.at];
                    self.at += 1;
                    return Ok(Cow::Borrowed(plain));
                }
                b'\\' => break,
                0..0x20 => return Err(ParseErrorKind::BadString),
                _ => self.at += 1,
            }
        }
        let mut text = self.text[start..self.at].to_owned();
        loop {
            let plain = self.at;
            while !matches!(self.peek()?, b'"' | b'\\' | 0..0x20) {
                self.at += 1;
            }
            text.push_str(&self.text[plain..self.at]);
            match self.bytes[self.at] {
                b'"' => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                b'\\' => text.push(self.escape()?),
                _ => return Err(ParseErrorKind::BadString),
            }
        }
    }

    fn escape(&mut self) -> Result<char, ParseErrorKind> {
        self.at += 1;
        let escaped = self.peek()?;
        self.at += 1;
        Ok(match escaped {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(),
            _ => return Err(ParseErrorKind::BadString),
        })
    }

    fn unicode_escape(&mut self) -> Result<char, ParseErrorKind> {
        let first = self.hex4()?;
        let code = match first {
            0xd800..0xdc00 => {
                if !(self.take(b'\\') && self.take(b'u')) {
                    return Err(ParseErrorKind::BadString);
                }
                let second = self.hex4()?;
                if !(0xdc00..0xe000).contains(&second) {
                    return Err(ParseErrorKind::BadString);
                }
                0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
            }
            other => other,
        };
        char::from_u32(code).ok_or(ParseErrorKind::BadString)
    }

    fn hex4(&mut self) -> Result<u32, ParseErrorKind> {
        let digits = self.bytes.get(self.at..self.at + 4).ok_or(ParseErrorKind::UnexpectedEnd)?;
        let mut code = 0;
        for digit in digits {
            code = code * 16 + char::from(*digit).to_digit(16).ok_or(ParseErrorKind::BadString)?;
        }
        self.at += 4;
        Ok(code)
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
        if !number.as_f64().is_finite() {
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
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
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
        for step in &self.path {
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
        check("{} {}", Err((ParseErrorKind::TrailingText, "")));
        check("[tru", Err((ParseErrorKind::UnexpectedEnd, "/0")));
        check("\"a\tb\"", Err((ParseErrorKind::BadString, "")));
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
