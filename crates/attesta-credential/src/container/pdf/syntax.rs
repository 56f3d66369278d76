//! The objects of PDF syntax, [ISO 32000-1](https://opensource.adobe.com/dc-acrobat-sdk-docs/standards/pdfstandards/pdf/PDF32000_2008.pdf) 7.2, 7.3.

use std::borrow::Cow;
use std::cell::Cell;

use crate::limits::{PDF_DEPTH, PDF_VALUES};

/// An object. What no credential is found by (numbers with a fraction, booleans, null) is one kind.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object<'a> {
    Other,
    Integer(usize),
    Name(Cow<'a, [u8]>),
    Text(Vec<u8>),
    Array(Vec<Object<'a>>),
    Dictionary(Dictionary<'a>),
    /// The number of another object; its generation is left out, since the newest one counts.
    Reference(u32),
}

/// A dictionary, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Dictionary<'a>(Vec<(Cow<'a, [u8]>, Object<'a>)>);

impl<'a> Dictionary<'a> {
    /// The value under a name. Of a repeated name the last one counts, as most readers have it.
    pub(super) fn get(&self, name: &[u8]) -> Option<&Object<'a>> {
        self.0.iter().rev().find(|(key, _)| **key == *name).map(|(_, value)| value)
    }

    /// The values.
    pub(super) fn values(&self) -> impl Iterator<Item = &Object<'a>> {
        self.0.iter().map(|(_, value)| value)
    }

    /// Whether the value under a name is this name.
    pub(super) fn is(&self, name: &[u8], value: &[u8]) -> bool {
        matches!(self.get(name), Some(Object::Name(written)) if **written == *value)
    }
}

/// Reads objects from bytes. Every byte that is read counts against a budget that the whole document shares.
pub(super) struct Syntax<'a, 'w> {
    bytes: &'a [u8],
    at: usize,
    values: usize,
    budget: &'w Cell<usize>,
}

impl<'a, 'w> Syntax<'a, 'w> {
    pub(super) fn new(bytes: &'a [u8], at: usize, budget: &'w Cell<usize>) -> Self {
        Syntax { bytes, at, values: 0, budget }
    }

    /// Where the next byte is read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// The next object; `None` when there is none, or it is broken or over a limit.
    pub(super) fn object(&mut self) -> Option<Object<'a>> {
        self.values = 0;
        self.value(0)
    }

    /// An unsigned number that stands alone.
    pub(super) fn integer(&mut self) -> Option<usize> {
        self.skip_space()?;
        let digits = self.run(|byte| byte.is_ascii_digit())?;
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    /// Takes the keyword `stream` and the end of its line, after which the data begin.
    pub(super) fn enter_stream(&mut self) -> Option<()> {
        self.skip_space()?;
        self.at += self.bytes.get(self.at..)?.strip_prefix(b"stream").map(|_| b"stream".len())?;
        match self.bytes.get(self.at..)? {
            [b'\r', b'\n', ..] => self.at += 2,
            [b'\r' | b'\n', ..] => self.at += 1,
            _ => {}
        }
        Some(())
    }

    fn value(&mut self, depth: usize) -> Option<Object<'a>> {
        self.values += 1;
        if depth > PDF_DEPTH || self.values > PDF_VALUES {
            return None;
        }
        self.skip_space()?;
        match self.peek()? {
            b'/' => self.name().map(Object::Name),
            b'(' => self.literal_text().map(Object::Text),
            b'[' => self.array(depth),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.dictionary(depth),
            b'<' => self.hexadecimal_text().map(Object::Text),
            b'0'..=b'9' => self.number_or_reference(),
            b'+' | b'-' | b'.' => {
                self.run(is_regular)?;
                Some(Object::Other)
            }
            byte if is_regular(byte) => match self.run(is_regular)? {
                b"true" | b"false" | b"null" => Some(Object::Other),
                _ => None,
            },
            _ => None,
        }
    }

    fn array(&mut self, depth: usize) -> Option<Object<'a>> {
        self.step()?;
        let mut items = Vec::new();
        loop {
            self.skip_space()?;
            if self.peek()? == b']' {
                self.step()?;
                return Some(Object::Array(items));
            }
            items.push(self.value(depth + 1)?);
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<Object<'a>> {
        self.step()?;
        self.step()?;
        let mut entries = Vec::new();
        loop {
            self.skip_space()?;
            match self.peek()? {
                b'/' => entries.push((self.name()?, self.value(depth + 1)?)),
                b'>' if self.bytes.get(self.at + 1) == Some(&b'>') => {
                    self.step()?;
                    self.step()?;
                    return Some(Object::Dictionary(Dictionary(entries)));
                }
                _ => return None,
            }
        }
    }

    fn name(&mut self) -> Option<Cow<'a, [u8]>> {
        self.step()?;
        let written = self.run(is_regular)?;
        if !written.contains(&b'#') {
            return Some(Cow::Borrowed(written));
        }
        let mut name = Vec::with_capacity(written.len());
        let mut rest = written;
        while let [byte, tail @ ..] = rest {
            match rest {
                [b'#', high, low, tail @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    name.push(digit(*high) << 4 | digit(*low));
                    rest = tail;
                }
                _ => {
                    name.push(*byte);
                    rest = tail;
                }
            }
        }
        Some(Cow::Owned(name))
    }

    /// A whole number, a fraction, or `12 0 R`.
    fn number_or_reference(&mut self) -> Option<Object<'a>> {
        let written = self.run(is_regular)?;
        let Some(number) = std::str::from_utf8(written).ok().and_then(|text| text.parse().ok()) else {
            return Some(Object::Other);
        };
        let after = self.at;
        let reference = self.integer().and_then(|_generation| {
            self.skip_space()?;
            (self.run(is_regular)? == b"R").then(|| u32::try_from(number).ok())?
        });
        match reference {
            Some(reference) => Some(Object::Reference(reference)),
            None => {
                self.at = after;
                Some(Object::Integer(number))
            }
        }
    }

    fn literal_text(&mut self) -> Option<Vec<u8>> {
        self.step()?;
        let mut text = Vec::new();
        let mut open = 1_usize;
        loop {
            match self.step()? {
                b'(' => {
                    open += 1;
                    text.push(b'(');
                }
                b')' if open == 1 => return Some(text),
                b')' => {
                    open -= 1;
                    text.push(b')');
                }
                b'\\' => self.escaped(&mut text)?,
                // An end of line in a string is a line feed, however it is written.
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.step()?;
                    }
                    text.push(b'\n');
                }
                byte => text.push(byte),
            }
        }
    }

    fn escaped(&mut self, text: &mut Vec<u8>) -> Option<()> {
        match self.step()? {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' if self.peek() == Some(b'\n') => {
                self.step()?;
            }
            b'\r' | b'\n' => {}
            first @ b'0'..=b'7' => {
                let mut code = u32::from(first - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(next @ b'0'..=b'7') => {
                            self.step()?;
                            code = code << 3 | u32::from(next - b'0');
                        }
                        _ => break,
                    }
                }
                // High-order overflow is ignored, as 7.3.4.2 says.
                text.push((code & 0xff) as u8);
            }
            byte => text.push(byte),
        }
        Some(())
    }

    fn hexadecimal_text(&mut self) -> Option<Vec<u8>> {
        self.step()?;
        let mut digits = Vec::new();
        loop {
            match self.step()? {
                b'>' => break,
                byte if byte.is_ascii_hexdigit() => digits.push(digit(byte)),
                byte if is_space(byte) => {}
                _ => return None,
            }
        }
        // A missing last digit is zero.
        Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default()).collect())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn step(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.spend(1)?;
        self.at += 1;
        Some(byte)
    }

    fn run(&mut self, fits: impl Fn(u8) -> bool) -> Option<&'a [u8]> {
        let rest = self.bytes.get(self.at..)?;
        let length = rest.iter().position(|byte| !fits(*byte)).unwrap_or(rest.len());
        self.spend(length)?;
        self.at += length;
        Some(&rest[..length])
    }

    fn skip_space(&mut self) -> Option<()> {
        loop {
            self.run(is_space)?;
            if self.peek() != Some(b'%') {
                return Some(());
            }
            self.run(|byte| byte != b'\r' && byte != b'\n')?;
        }
    }

    fn spend(&self, bytes: usize) -> Option<()> {
        let left = self.budget.get().checked_sub(bytes);
        self.budget.set(left.unwrap_or_default());
        left.map(|_| ())
    }
}

/// White space, 7.2.2.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

/// A character that neither separates nor delimits, 7.2.2.
pub(super) fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// The value of a hexadecimal digit.
pub(super) fn digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        _ => (byte | 0x20) - b'a' + 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Option<Object<'_>> {
        Syntax::new(text, 0, &Cell::new(1 << 20)).object()
    }

    fn text(text: &str) -> Option<Object<'_>> {
        Some(Object::Text(text.into()))
    }

    #[test]
    fn every_kind_of_object_is_read() {
        assert_eq!(read(b" % comment\r\n/Name"), Some(Object::Name(b"Name".into())));
        assert_eq!(read(b"/open#62adges"), Some(Object::Name(b"openbadges".into())));
        assert_eq!(read(b"12 0 R"), Some(Object::Reference(12)));
        assert_eq!(read(b"12 0 obj"), Some(Object::Integer(12)));
        assert_eq!(read(b"12"), Some(Object::Integer(12)));
        for other in [b"-1.5".as_slice(), b"1.5", b"true", b"null", b"4."] {
            assert_eq!(read(other), Some(Object::Other));
        }
        assert_eq!(
            read(b"[1 2 0 R 3]"),
            Some(Object::Array(vec![Object::Integer(1), Object::Reference(2), Object::Integer(3)]))
        );
        let dictionary = read(b"<</A 1/B<</C(x)>>/A 2>>");
        let Some(Object::Dictionary(dictionary)) = dictionary else { panic!("{dictionary:?}") };
        assert_eq!(dictionary.get(b"A"), Some(&Object::Integer(2)));
        assert_eq!(dictionary.get(b"D"), None);
    }

    #[test]
    fn strings_are_read_with_their_escapes() {
        assert_eq!(read(b"(a(b)c)"), text("a(b)c"));
        assert_eq!(read(br"(\(\)\\\n\101\60\8)"), text("()\\\nA08"));
        assert_eq!(read(b"(a\\\r\nb\r\nc)"), text("ab\nc"));
        assert_eq!(read(b"<48 656C6c6F5>"), text("HelloP"));
    }

    #[test]
    fn broken_and_hostile_objects_are_refused() {
        for broken in
            [b"(a".as_slice(), b"<<", b"<</A>>", b"[", b"<4", b"<4x>", b"word", b")", b"", b"<</A 1", b"<<1 2>>"]
        {
            assert_eq!(read(broken), None, "{}", String::from_utf8_lossy(broken));
        }
        assert_eq!(read("[".repeat(1 << 16).as_bytes()), None);
        assert_eq!(read(format!("[{}]", "0 ".repeat(PDF_VALUES)).as_bytes()), None);
        let budget = Cell::new(10);
        assert_eq!(Syntax::new(b"(0123456789)", 0, &budget).object(), None);
        assert_eq!(budget.get(), 0);
    }
}
