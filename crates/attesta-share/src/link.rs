//! Share links: a presentation in the fragment of a URL, which browsers never send to a server.

use std::fmt;

use thiserror::Error;

use crate::payload::{self, PayloadEncoding, PayloadError, VERSION};

/// The base of links where no page is set: wallets that registered the scheme open it, nothing else does.
pub const SCHEME_BASE: &str = "attesta:share";

/// Links up to this many characters survive the mail programs and messengers that cut addresses;
/// the shortest cut seen in the field is at 1,024.
pub const COMFORTABLE_CHARS: usize = 900;

/// Fewer characters than this can't hold a presentation, so such a fragment is something else.
const FEWEST_PAYLOAD_CHARS: usize = 40;

/// How many `#` of a text are tried before it is given up; a pasted mail may hold some beside the link's.
const MOST_MARKERS: usize = 64;

/// A link that carries a signed presentation whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareLink {
    text: String,
}

/// Why a text does not open as a share link.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenLinkError {
    /// There is no share link in the text.
    #[error("there is no share link in this text")]
    NotAShareLink,
    /// The link was written by a newer version of the format.
    #[error("the share link has version {version}; only version 1 is known here")]
    NewerVersion {
        /// Its version character.
        version: char,
    },
    /// The link was cut or altered on its way.
    #[error("the share link is cut or altered")]
    Damaged,
    /// What the link carries expands beyond the limit.
    #[error("the share link expands to more than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
}

impl OpenLinkError {
    /// A stable code that leads to the words for people.
    pub fn code(&self) -> &'static str {
        match self {
            OpenLinkError::NotAShareLink => "not_a_link",
            OpenLinkError::NewerVersion { .. } => "share_link_newer",
            OpenLinkError::Damaged => "share_link_damaged",
            OpenLinkError::TooLarge { .. } => "too_large",
        }
    }

    /// The values that the words for people need, by name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            OpenLinkError::NotAShareLink | OpenLinkError::Damaged => Vec::new(),
            OpenLinkError::NewerVersion { version } => vec![("version", version.to_string())],
            OpenLinkError::TooLarge { limit } => vec![("limit", limit.to_string())],
        }
    }
}

impl ShareLink {
    /// The link that carries `presentation`, unchanged to the byte, behind the page at `base`.
    /// A fragment that `base` already has is replaced.
    pub fn encode(base: &str, presentation: &[u8], encoding: PayloadEncoding) -> ShareLink {
        let page = base.split_once('#').map_or(base, |(page, _)| page);
        let payload = encoding.write(&payload::pack(presentation));
        ShareLink { text: format!("{page}#{VERSION}{}{payload}", encoding.marker()) }
    }

    /// The presentation's bytes, from whatever became of a link on its way: line wraps and quotation marks of mail
    /// programs, `%23` for `#`, another page in front or none, words before and after it.
    ///
    /// # Errors
    /// [`OpenLinkError`]; a link is never opened in part.
    pub fn decode(text: &str) -> Result<Vec<u8>, OpenLinkError> {
        let text = Unwrapped::new(text);
        let mut verdict = OpenLinkError::NotAShareLink;
        for found in text.payloads() {
            match text.open(&found) {
                Ok(presentation) => return Ok(presentation),
                // The first that is recognisably a share link says what is wrong with the text.
                Err(error) if verdict == OpenLinkError::NotAShareLink => verdict = error,
                Err(_) => {}
            }
        }
        Err(verdict)
    }

    /// The link's text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the link is short enough to arrive whole everywhere.
    pub fn is_comfortable(&self) -> bool {
        self.text.len() <= COMFORTABLE_CHARS
    }
}

impl fmt::Display for ShareLink {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

/// Whether a text has a share link in it, of this version or a newer one. Says nothing about its being whole.
pub fn is_share_link(text: &str) -> bool {
    Unwrapped::new(text).payloads().next().is_some()
}

/// A text without its white space and line furniture, which remembers where the gaps were.
struct Unwrapped {
    text: String,
    gaps: Vec<usize>,
}

/// Where a payload begins and how far it can reach.
struct Found {
    version: char,
    encoding: PayloadEncoding,
    start: usize,
    end: usize,
}

impl Unwrapped {
    fn new(received: &str) -> Self {
        let mut unwrapped = Unwrapped { text: String::with_capacity(received.len()), gaps: Vec::new() };
        for line in received.lines() {
            // "> " quotes a mail that is answered; "=" at a line's end is the soft break of quoted-printable.
            let line = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
            let line = line.trim_end().strip_suffix('=').unwrap_or(line);
            for piece in line.split(|c: char| c.is_whitespace() || is_invisible(c)).filter(|piece| !piece.is_empty()) {
                unwrapped.text.push_str(piece);
                unwrapped.gaps.push(unwrapped.text.len());
            }
        }
        unwrapped
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
        let encoding = header.next().and_then(PayloadEncoding::from_marker)?;
        let start = at + 2;
        let length = self.text[start..].bytes().take_while(|byte| encoding.admits(*byte)).count();
        (length >= FEWEST_PAYLOAD_CHARS).then_some(Found { version, encoding, start, end: start + length })
    }

    fn open(&self, found: &Found) -> Result<Vec<u8>, OpenLinkError> {
        if found.version != VERSION {
            return Err(OpenLinkError::NewerVersion { version: found.version });
        }
        let (presentation, taken) = payload::unpack_onward(found.encoding, &self.text[found.start..found.end])
            .map_err(|error| match error {
                PayloadError::Damaged => OpenLinkError::Damaged,
                PayloadError::TooLarge { limit } => OpenLinkError::TooLarge { limit },
            })?;
        let end = found.start + taken;
        // What follows without a gap is part of the link, and then the link is not what was written.
        if end == found.end || self.gaps.binary_search(&end).is_ok() {
            Ok(presentation)
        } else {
            Err(OpenLinkError::Damaged)
        }
    }
}

/// Characters without width that copying from formatted text leaves behind.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
#[path = "link_tests.rs"]
mod tests;
