//! The strict JSON tree: values that borrow from the received bytes.

use std::borrow::Cow;
use std::fmt;

use self_cell::self_cell;

use crate::parse::{self, Limits, ParseError};

/// A JSON value that borrows from its source text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, kept as it was written.
    Number(Number<'a>),
    /// A string with its escapes resolved.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Value<'a>>),
    /// An object; its keys are unique and keep their order.
    Object(Object<'a>),
}

/// A JSON number as written in the source; RFC 8259 grammar is already checked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Number<'a> {
    text: &'a str,
}

/// A JSON object whose keys are unique, in the order of the document.
#[derive(Clone, Default)]
pub struct Object<'a> {
    pub(crate) members: Vec<(Cow<'a, str>, Value<'a>)>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl<'a> Value<'a> {
    /// The object, if this is one.
    pub fn as_object(&self) -> Option<&Object<'a>> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The items, if this is an array.
    pub fn as_array(&self) -> Option<&[Value<'a>]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The member `key`, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.as_object()?.get(key)
    }

    /// The items of an array, or this value alone: JSON-LD lets one stand for an array of one.
    pub fn one_or_many(&self) -> &[Value<'a>] {
        match self {
            Value::Array(items) => items,
            other => std::slice::from_ref(other),
        }
    }

    /// The value that a JSON pointer leads to, [RFC 6901](https://www.rfc-editor.org/rfc/rfc6901).
    pub fn at(&self, pointer: &str) -> Option<&Value<'a>> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |value, token| {
            let token = token.replace("~1", "/").replace("~0", "~");
            match value {
                Value::Object(object) => object.get(&token),
                Value::Array(items) => items.get(token.parse::<usize>().ok()?),
                _ => None,
            }
        })
    }
}

/// Writes the value as compact JSON: keys in document order, numbers as they were written.
impl fmt::Display for Value<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => out.write_str("null"),
            Value::Bool(value) => write!(out, "{value}"),
            Value::Number(number) => out.write_str(number.text),
            Value::String(text) => write_string(out, text),
            Value::Array(items) => {
                out.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.write_str(",")?;
                    }
                    item.fmt(out)?;
                }
                out.write_str("]")
            }
            Value::Object(object) => {
                out.write_str("{")?;
                for (index, (key, value)) in object.iter().enumerate() {
                    if index > 0 {
                        out.write_str(",")?;
                    }
                    write_string(out, key)?;
                    out.write_str(":")?;
                    value.fmt(out)?;
                }
                out.write_str("}")
            }
        }
    }
}

/// Writes a JSON string with the escapes that RFC 8785 section 3.2.2.2 names, which every JSON reader takes.
pub(crate) fn write_string(out: &mut impl fmt::Write, text: &str) -> fmt::Result {
    out.write_char('"')?;
    let mut plain = 0;
    for (index, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0x08 => "\\b",
            0x0c => "\\f",
            0..0x20 => "",
            _ => continue,
        };
        out.write_str(&text[plain..index])?;
        plain = index + 1;
        if escape.is_empty() {
            write!(out, "\\u{byte:04x}")?;
        } else {
            out.write_str(escape)?;
        }
    }
    out.write_str(&text[plain..])?;
    out.write_char('"')
}

impl<'a> Number<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Number { text }
    }

    /// The number as it was written.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The nearest IEEE 754 double, which is what JSON-LD and JCS work with.
    pub fn as_f64(&self) -> f64 {
        self.text.parse().expect("the parser admits RFC 8259 numbers only, and Rust reads them all")
    }

    /// Whether it is within the range of a double, as it is unless it has an exponent or very many digits.
    pub(crate) fn is_finite(&self) -> bool {
        (self.text.len() < 300 && !self.text.contains(['e', 'E'])) || self.as_f64().is_finite()
    }

    /// Whether the number is written without fraction and exponent.
    pub fn is_integer_text(&self) -> bool {
        !self.text.contains(['.', 'e', 'E'])
    }
}

impl fmt::Debug for Number<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.text)
    }
}

impl<'a> Object<'a> {
    /// The member `key`.
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.members.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Whether there is a member `key`.
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The members in document order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value<'a>)> + Clone {
        self.members.iter().map(|(key, value)| (key.as_ref(), value))
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The bytes `{` to `}` of the source that this object was read from; empty for an object made in memory.
    pub fn source_range(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// A copy without the members named.
    pub fn without(&self, keys: &[&str]) -> Object<'a> {
        self.members.iter().filter(|(key, _)| !keys.contains(&key.as_ref())).cloned().collect()
    }

    /// A copy in which `key` has the value given; a new key comes last.
    pub fn with(&self, key: &'a str, value: Value<'a>) -> Object<'a> {
        let mut copy = self.clone();
        (copy.start, copy.end) = (0, 0);
        match copy.members.iter_mut().find(|(name, _)| name == key) {
            Some(member) => member.1 = value,
            None => copy.members.push((Cow::Borrowed(key), value)),
        }
        copy
    }
}

/// Objects are equal when their members are, in any order and wherever they stood. Comparing takes hardly longer than
/// reading did, however many members there are.
impl PartialEq for Object<'_> {
    fn eq(&self, other: &Self) -> bool {
        if self.len() != other.len() {
            return false;
        }
        if self.iter().zip(other.iter()).all(|((one, _), (other, _))| one == other) {
            return self.iter().zip(other.iter()).all(|((_, one), (_, other))| one == other);
        }
        let (mut ones, mut others): (Vec<_>, Vec<_>) = (self.iter().collect(), other.iter().collect());
        ones.sort_unstable_by_key(|(key, _)| *key);
        others.sort_unstable_by_key(|(key, _)| *key);
        ones == others
    }
}

impl fmt::Debug for Object<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_map().entries(self.iter()).finish()
    }
}

impl<'a> FromIterator<(Cow<'a, str>, Value<'a>)> for Object<'a> {
    /// The keys must differ; a parsed object's always do.
    fn from_iter<I: IntoIterator<Item = (Cow<'a, str>, Value<'a>)>>(members: I) -> Self {
        Object { members: members.into_iter().collect(), start: 0, end: 0 }
    }
}

/// Escapes one reference token of a JSON pointer, [RFC 6901 section 3](https://www.rfc-editor.org/rfc/rfc6901#section-3).
pub fn escape_pointer_token(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

type Tree<'a> = Value<'a>;

self_cell!(
    struct OwnedTree {
        owner: Vec<u8>,
        #[covariant]
        dependent: Tree,
    }
);

/// A parsed JSON document together with the exact bytes it was read from.
pub struct Document {
    tree: OwnedTree,
}

impl Document {
    /// Reads JSON strictly: UTF-8 without byte order mark, unique keys, no lone surrogates, nothing after the value.
    ///
    /// # Errors
    /// [`ParseError`] says what is wrong and where, or which limit was passed.
    pub fn parse(bytes: Vec<u8>) -> Result<Document, ParseError> {
        Document::parse_within(bytes, Limits::default())
    }

    /// As [`Document::parse`], with limits of one's own.
    ///
    /// # Errors
    /// As [`Document::parse`].
    pub fn parse_within(bytes: Vec<u8>, limits: Limits) -> Result<Document, ParseError> {
        OwnedTree::try_new(bytes, |bytes| parse::parse(bytes, limits)).map(|tree| Document { tree })
    }

    /// The value of the whole document.
    pub fn root(&self) -> &Value<'_> {
        self.tree.borrow_dependent()
    }

    /// The bytes as received.
    pub fn bytes(&self) -> &[u8] {
        self.tree.borrow_owner()
    }

    /// The exact source bytes of an object of this document.
    pub fn source_of(&self, object: &Object<'_>) -> &[u8] {
        &self.bytes()[object.source_range()]
    }
}

impl Clone for Document {
    fn clone(&self) -> Self {
        let limits = Limits { bytes: usize::MAX, depth: usize::MAX };
        Document::parse_within(self.bytes().to_vec(), limits).expect("these bytes parsed before")
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Credential contents never reach a log line.
        write!(out, "Document({} bytes)", self.bytes().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, equal: bool) {
        let read = |text: &str| Document::parse(text.as_bytes().to_vec()).unwrap();
        let (one, other) = (read(one), read(other));
        assert_eq!((one.root() == other.root(), other.root() == one.root()), (equal, equal));
    }

    #[test]
    fn objects_are_equal_by_their_members_in_any_order() {
        check(r#"{"a":1,"b":{"c":[2],"d":3}}"#, r#"{ "b":{"d":3,"c":[2]}, "a":1}"#, true);
        check(r#"{"a":1,"b":2}"#, r#"{"a":2,"b":1}"#, false);
        check(r#"{"a":1,"b":2}"#, r#"{"b":1,"a":2}"#, false);
        check(r#"{"a":1,"b":2}"#, r#"{"a":1,"c":2}"#, false);
        check(r#"{"a":1}"#, r#"{"a":1,"b":2}"#, false);
        check("{}", "{}", true);
    }

    #[test]
    fn very_large_objects_are_compared_as_fast_as_they_are_read() {
        let members: Vec<String> = (0..50_000).map(|key| format!("\"k{key}\":0")).collect();
        let reversed: Vec<String> = members.iter().rev().cloned().collect();
        check(&format!("{{{}}}", members.join(",")), &format!("{{{}}}", members.join(",")), true);
        check(&format!("{{{}}}", members.join(",")), &format!("{{{}}}", reversed.join(",")), true);
    }
}
