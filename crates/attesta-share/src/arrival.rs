//! A share link as it arrives: wrapped, quoted, framed and encoded by what it came through.

use std::borrow::Cow;

use crate::encoding::{PayloadEncoding, Secrecy};
use crate::link::OpenLinkError;
use crate::payload::{self, Carried, FormatVersion, PayloadError};

/// Fewer characters than this can't hold a presentation, so such a fragment is something else.
pub(crate) const FEWEST_PAYLOAD_CHARS: usize = 40;

/// How many `#` of a text are tried before it is given up; a pasted mail may hold some beside the link's.
const MOST_MARKERS: usize = 64;

/// How many ends of a payload are tried where words follow it: each gap of the text may be where it ends.
const MOST_ENDS: usize = 64;

/// How many characters of failed tries one text is worth; what is whole opens at its first.
const WORK_CHARS: usize = 32 << 20;

/// How often mail filters have encoded an address that already was.
const MOST_DECODINGS: usize = 3;

/// A text without its white space and line furniture, which remembers where the gaps were.
pub(crate) struct Arrived {
    text: String,
    gaps: Vec<usize>,
}

/// Where a payload begins and how far it can reach.
struct Found {
    header: Header,
    start: usize,
    end: usize,
}

enum Header {
    Known(FormatVersion, PayloadEncoding, Secrecy),
    /// Its letters were changed from small to capital, or those of the payload to the other alphabet's.
    Rewritten,
    NewerVersion(char),
    NewerEncoding(char),
}

impl Arrived {
    /// The text as it is, then with its percent-encoding and character references undone, as often as there are any.
    pub(crate) fn readings(received: &str) -> impl Iterator<Item = Arrived> {
        let first = Some(Cow::Borrowed(received));
        let readings = std::iter::successors(first, |text| plainer(text).map(Cow::Owned));
        readings.take(1 + MOST_DECODINGS).map(|text| Arrived::new(&text))
    }

    fn new(received: &str) -> Self {
        let mut arrived = Arrived { text: String::with_capacity(received.len()), gaps: Vec::new() };
        let mut lines = received.trim_end().lines().peekable();
        while let Some(line) = lines.next() {
            // "> " and "| " quote a mail that is answered; "=" at a line's end is the soft break of quoted-printable,
            // which another line follows.
            let line = line.trim_start_matches(|c: char| c == '>' || c == '|' || c.is_whitespace()).trim_end();
            let line = match line.strip_suffix('=') {
                Some(line) if lines.peek().is_some() => line,
                _ => line,
            };
            for piece in line.split(|c: char| c.is_whitespace() || is_invisible(c)).filter(|piece| !piece.is_empty()) {
                arrived.text.push_str(piece);
                arrived.gaps.push(arrived.text.len());
            }
        }
        arrived
    }

    pub(crate) fn has_payload(&self) -> bool {
        self.payloads().next().is_some()
    }

    pub(crate) fn open(&self) -> Result<Carried, OpenLinkError> {
        let mut verdict = OpenLinkError::NotAShareLink;
        let mut work = WORK_CHARS;
        for found in self.payloads() {
            match self.open_found(&found, &mut work) {
                Ok(carried) => return Ok(carried),
                // The first that is recognisably a share link says what is wrong with the text.
                Err(error) if verdict == OpenLinkError::NotAShareLink => verdict = error,
                Err(_) => {}
            }
        }
        Err(verdict)
    }

    /// Every place that looks like a payload: after a `#` in any spelling, or the whole text.
    fn payloads(&self) -> impl Iterator<Item = Found> {
        let bare = self.text.trim_start_matches(|c: char| c.is_ascii_punctuation());
        let bare_start = self.text.len() - bare.len();
        let fragments = self.text.char_indices().filter_map(|(at, c)| self.after_marker(at, c)).take(MOST_MARKERS);
        let fragments: Vec<usize> = fragments.collect();
        let whole = fragments.is_empty().then_some(bare_start);
        fragments.into_iter().chain(whole).filter_map(|start| self.payload_at(start))
    }

    /// The place behind a `#`, `%23`, `%2523` … that begins at `at`.
    fn after_marker(&self, at: usize, first: char) -> Option<usize> {
        match first {
            '#' => Some(at + 1),
            '%' => {
                let mut rest = &self.text[at + 1..];
                while let Some(inner) = rest.strip_prefix("25") {
                    rest = inner;
                }
                rest.strip_prefix("23").map(|rest| self.text.len() - rest.len())
            }
            _ => None,
        }
    }

    fn payload_at(&self, at: usize) -> Option<Found> {
        let mut header = self.text[at..].chars();
        let version = header.next().filter(|c| c.is_ascii_digit() && *c != '0')?;
        let marker = header.next().filter(char::is_ascii_alphabetic)?;
        let start = at + 2;
        let named = PayloadEncoding::from_marker(marker.to_ascii_lowercase());
        let encoding = named.map_or(PayloadEncoding::Base64Url, |(encoding, _)| encoding);
        let length = self.text[start..].bytes().take_while(|byte| encoding.admits(*byte)).count();
        let end = start + length;
        if length < FEWEST_PAYLOAD_CHARS {
            let other = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_');
            let rewritten = self.text[start..].bytes().take_while(other).count();
            let is_rewritten = rewritten >= FEWEST_PAYLOAD_CHARS && looks_encoded(&self.text[start..start + rewritten]);
            return (is_rewritten && named.is_some()).then_some(Found { header: Header::Rewritten, start, end });
        }
        let header = match (FormatVersion::from_char(version), named) {
            (Some(_), Some(_)) if marker.is_ascii_uppercase() => Header::Rewritten,
            (Some(version), Some((encoding, secrecy))) => Header::Known(version, encoding, secrecy),
            (None, Some(_)) => Header::NewerVersion(version),
            // Headings of pages begin so too; what was encoded looks different.
            (_, None) if !looks_encoded(&self.text[start..end]) => return None,
            (Some(_), None) => Header::NewerEncoding(marker),
            (None, None) => Header::NewerVersion(version),
        };
        Some(Found { header, start, end })
    }

    fn open_found(&self, found: &Found, work: &mut usize) -> Result<Carried, OpenLinkError> {
        let (version, encoding, secrecy) = match found.header {
            Header::Known(version, encoding, secrecy) => (version, encoding, secrecy),
            Header::Rewritten => return Err(OpenLinkError::Damaged),
            Header::NewerVersion(version) => return Err(OpenLinkError::NewerVersion { version }),
            Header::NewerEncoding(encoding) => return Err(OpenLinkError::NewerEncoding { encoding }),
        };
        let mut verdict = OpenLinkError::Damaged;
        for (tried, end) in self.ends(found).enumerate() {
            let text = &self.text[found.start..end];
            let Some(left) = work.checked_sub(text.len()) else { break };
            *work = left;
            let opened = encoding
                .read(text)
                .ok_or(PayloadError::Damaged)
                .and_then(|bytes| payload::read(version, secrecy, &bytes, work));
            match opened {
                Ok(carried) => return Ok(carried),
                Err(PayloadError::TooLarge { limit }) if tried == 0 => verdict = OpenLinkError::TooLarge { limit },
                Err(_) => {}
            }
        }
        Err(verdict)
    }

    /// Where the payload may end: where its characters do, unless what follows was part of it, or at a gap.
    fn ends(&self, found: &Found) -> impl Iterator<Item = usize> {
        let rest = &self.text[found.end..];
        let is_gap = self.gaps.binary_search(&found.end).is_ok();
        let whole = (is_gap || !goes_on(rest)).then_some(found.end);
        let within = self.gaps.partition_point(|gap| *gap < found.end);
        let fewest = found.start + FEWEST_PAYLOAD_CHARS;
        let gaps = self.gaps[..within].iter().rev().copied().take_while(move |gap| *gap >= fewest).take(MOST_ENDS);
        whole.into_iter().chain(gaps)
    }
}

/// Whether what stands behind the characters of a payload shows that it was rewritten: padding, the other alphabet's
/// characters, letters among digits, or any of these percent-encoded.
fn goes_on(rest: &str) -> bool {
    let is_rewritten = |c: char| c.is_ascii_alphanumeric() || matches!(c, '=' | '+' | '-' | '_');
    match rest.chars().next() {
        Some('%') => percent_encoded(&rest[1..]).is_some_and(is_rewritten),
        Some(c) => is_rewritten(c),
        None => false,
    }
}

/// Whether a text has what encoded bytes have and words have not: digits among small and capital letters, or nothing
/// but digits.
fn looks_encoded(text: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| text.as_bytes().iter().any(kind);
    let (digit, small, capital) = (has(u8::is_ascii_digit), has(u8::is_ascii_lowercase), has(u8::is_ascii_uppercase));
    (digit && small && capital) || text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Characters without width that copying from formatted text leaves behind.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// The text with one layer of percent-encoding and of HTML's references taken off printable ASCII characters; `None`
/// where there is none.
fn plainer(text: &str) -> Option<String> {
    if !text.contains(['%', '&']) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut changed = false;
    while let Some(at) = rest.find(['%', '&']) {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let undone = match rest.as_bytes()[at] {
            b'%' => percent_encoded(after).map(|c| (c, 2)),
            _ => reference(after),
        };
        let (c, length) = undone.unwrap_or((char::from(rest.as_bytes()[at]), 0));
        changed |= undone.is_some();
        out.push(c);
        rest = &after[length..];
    }
    out.push_str(rest);
    changed.then_some(out)
}

fn percent_encoded(digits: &str) -> Option<char> {
    let digits = digits.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    let byte = u8::from_str_radix(digits, 16).ok()?;
    byte.is_ascii_graphic().then(|| char::from(byte))
}

/// What `#35;`, `#x23;` and `num;` stand for, and how long they are.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(9).position(|byte| byte == b';')?;
    let name = &text[..end];
    let number = match name.strip_prefix('#') {
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u8::from_str_radix(digits, 16).ok()?,
            None => digits.parse().ok()?,
        },
        None => match name {
            "num" => b'#',
            "lowbar" => b'_',
            "percnt" => b'%',
            "amp" => b'&',
            _ => return None,
        },
    };
    number.is_ascii_graphic().then(|| (char::from(number), end + 1))
}
