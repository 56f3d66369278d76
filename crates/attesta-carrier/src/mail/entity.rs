//! One part of a mail: its header and its body, [RFC 2045](https://www.rfc-editor.org/rfc/rfc2045) and
//! [RFC 2046](https://www.rfc-editor.org/rfc/rfc2046). Broken ones are read as far as possible.

use std::borrow::Cow;

use mail_parser::{ContentType, Message, MessageParser, MimeHeaders};

use super::transfer;
use crate::limits::{HEADER_BYTES, PARTS};
use crate::unpacking::label;

/// A part: the whole mail, one of its parts, or a mail within it.
pub(super) struct Entity<'a> {
    header: Option<Message<'a>>,
    header_length: usize,
    body: &'a [u8],
}

impl<'a> Entity<'a> {
    /// Divides header from body at the first empty line.
    pub(super) fn of(bytes: &'a [u8]) -> Entity<'a> {
        let (header, body) = divide(bytes);
        let parsed = (header.len() <= HEADER_BYTES).then(|| MessageParser::default().parse_headers(header)).flatten();
        Entity { header: parsed, header_length: header.len(), body }
    }

    pub(super) fn has_oversized_header(&self) -> bool {
        self.header_length > HEADER_BYTES
    }

    /// The parsed header fields.
    pub(super) fn header(&self) -> Option<&Message<'a>> {
        self.header.as_ref()
    }

    fn content_type(&self) -> Option<&ContentType<'_>> {
        self.header.as_ref()?.content_type()
    }

    /// The media type in lower case; what it is without one depends on the multipart that it stands in.
    pub(super) fn media_type(&self, among: Option<&str>) -> String {
        match self.content_type() {
            Some(stated) => {
                let subtype = stated.subtype().unwrap_or_default();
                format!("{}/{subtype}", stated.ctype()).trim_end_matches('/').to_ascii_lowercase()
            }
            None if among == Some("multipart/digest") => "message/rfc822".to_owned(),
            None => "text/plain".to_owned(),
        }
    }

    /// A parameter of the Content-Type.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        self.content_type()?.attribute(name).map(str::to_owned)
    }

    /// The file's name, of the Content-Disposition or of the Content-Type, continued and encoded names included.
    pub(super) fn file_name(&self) -> Option<String> {
        let name = self.header.as_ref()?.attachment_name()?;
        Some(label(name)).filter(|name| !name.is_empty())
    }

    pub(super) fn is_attachment(&self) -> bool {
        self.disposition().is_some_and(|stated| stated.eq_ignore_ascii_case("attachment"))
    }

    /// Whether it is there for how the mail looks.
    pub(super) fn is_inline(&self) -> bool {
        match self.disposition() {
            Some(stated) => stated.eq_ignore_ascii_case("inline"),
            None => self.header.as_ref().is_some_and(|header| header.content_id().is_some()),
        }
    }

    fn disposition(&self) -> Option<&str> {
        self.header.as_ref()?.content_disposition().map(ContentType::ctype)
    }

    /// The body as it was before it was encoded for transport.
    pub(super) fn decoded(&self) -> Cow<'a, [u8]> {
        let encoding = self.header.as_ref().and_then(|header| header.content_transfer_encoding());
        let encoding = encoding.map(|stated| stated.trim().to_ascii_lowercase());
        match encoding.as_deref() {
            Some("base64") => Cow::Owned(transfer::from_base64(self.body)),
            Some("quoted-printable") => Cow::Owned(transfer::from_quoted_printable(self.body)),
            _ => Cow::Borrowed(self.body),
        }
    }

    /// The parts of a multipart, up to the bound and one more; none if no boundary is found.
    pub(super) fn parts(&self) -> Vec<Entity<'a>> {
        let boundary = match self.content_type().and_then(|stated| stated.attribute("boundary")) {
            Some(boundary) if !boundary.trim_end().is_empty() => boundary.trim_end().as_bytes().to_vec(),
            _ => match guessed_boundary(self.body) {
                Some(boundary) => boundary.to_vec(),
                None => return Vec::new(),
            },
        };
        let mut parts = Vec::new();
        let mut begun: Option<usize> = None;
        let mut before = 0;
        for (start, line) in lines(self.body) {
            let Some(rest) = line.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary.as_slice())) else {
                before = start + line.len();
                continue;
            };
            let (is_end, rest) = match rest.strip_prefix(b"--") {
                Some(rest) => (true, rest),
                None => (false, rest),
            };
            if !rest.trim_ascii().is_empty() {
                // A longer boundary that begins alike.
                before = start + line.len();
                continue;
            }
            if let Some(begun) = begun.take() {
                parts.push(Entity::of(without_line_end(&self.body[begun..before.max(begun)])));
            }
            before = start + line.len();
            if is_end || parts.len() > PARTS {
                return parts;
            }
            begun = Some(before);
        }
        if let Some(begun) = begun {
            parts.push(Entity::of(&self.body[begun..]));
        }
        parts
    }
}

/// Lines with their ends, and where each begins.
pub(crate) fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    bytes.split_inclusive(|&byte| byte == b'\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    })
}

fn divide(bytes: &[u8]) -> (&[u8], &[u8]) {
    for (start, line) in lines(bytes) {
        if line.trim_ascii().is_empty() {
            return (&bytes[..start], &bytes[start + line.len()..]);
        }
    }
    (bytes, &[])
}

/// The line break before a boundary belongs to the boundary.
fn without_line_end(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

/// The first line that looks like a boundary, where the header names none.
fn guessed_boundary(body: &[u8]) -> Option<&[u8]> {
    let line =
        lines(body).map(|(_, line)| line.trim_ascii_end()).find(|line| line.starts_with(b"--") && line.len() > 8)?;
    Some(&line[2..])
}
