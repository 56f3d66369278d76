//! Strings, [RFC 8259 section 7](https://www.rfc-editor.org/rfc/rfc8259#section-7).

use std::borrow::Cow;

use super::{ParseErrorKind, Reader};
use crate::scan::plain_in_json;

impl<'a> Reader<'a> {
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, ParseErrorKind> {
        self.at += 1;
        let start = self.at;
        self.skip_plain();
        if self.peek()? == b'"' {
            let plain = &self.text[start..self.at];
            self.at += 1;
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = self.text[start..self.at].to_owned();
        loop {
            let plain = self.at;
            self.skip_plain();
            text.push_str(&self.text[plain..self.at]);
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                b'\\' => text.push(self.escape()?),
                _ => return Err(ParseErrorKind::BadString),
            }
        }
    }

    /// Passes what stands for itself in a string.
    fn skip_plain(&mut self) {
        self.at += plain_in_json(&self.bytes[self.at..]);
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, (ParseErrorKind, usize)>) {
        let read = Document::parse(text.as_bytes().to_vec());
        let shown = read.map(|document| document.root().to_string()).map_err(|error| (error.kind, error.offset));
        assert_eq!(shown, expected.map(str::to_owned));
    }

    #[test]
    fn a_string_ends_or_breaks_at_the_same_character_wherever_that_stands() {
        for length in 0..20 {
            let plain = "é€".repeat(length) + &"x".repeat(length);
            check(&format!("\"{plain}\""), Ok(&format!("\"{plain}\"")));
            check(&format!(r#""{plain}\/{plain}\"""#), Ok(&format!(r#""{plain}/{plain}\"""#)));
            for control in ['\0', '\t', '\u{1f}'] {
                check(&format!("[\"{plain}{control}{plain}\"]"), Err((ParseErrorKind::BadString, 2 + plain.len())));
            }
            check(&format!("\"{plain}"), Err((ParseErrorKind::UnexpectedEnd, 1 + plain.len())));
        }
        check("\"\u{7f}\u{80}\u{a2}!#[]\"", Ok("\"\u{7f}\u{80}\u{a2}!#[]\""));
    }
}
