//! Share links: a presentation in the fragment of a URL, which browsers never send to a server.

use std::fmt;

use thiserror::Error;

use crate::arrival::Arrived;
use crate::encoding::PayloadEncoding;
use crate::passphrase::Passphrase;
use crate::payload::{Carried, payload_text};
use crate::sealed::{SEAL_RANDOM_BYTES, SealedPayload};

/// The base of links where no page is set: wallets that registered the scheme open it, nothing else does.
pub const SCHEME_BASE: &str = "attesta:share";

/// Links up to this many characters survive the mail programs and messengers that cut addresses;
/// the shortest cut seen in the field is at 1,024.
pub const COMFORTABLE_CHARS: usize = 900;

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
    #[error("the share link has version {version}, which is not known here")]
    NewerVersion {
        /// Its version character.
        version: char,
    },
    /// The link is of a version that is known, in an encoding that came later.
    #[error("the share link has the encoding {encoding}, which is not known here")]
    NewerEncoding {
        /// Its encoding character.
        encoding: char,
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
            OpenLinkError::NewerVersion { .. } | OpenLinkError::NewerEncoding { .. } => "share_link_newer",
            OpenLinkError::Damaged => "share_link_damaged",
            OpenLinkError::TooLarge { .. } => "too_large",
        }
    }

    /// The values that the words for people need, by name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            OpenLinkError::NotAShareLink | OpenLinkError::Damaged => Vec::new(),
            OpenLinkError::NewerVersion { version } => vec![("version", version.to_string())],
            OpenLinkError::NewerEncoding { encoding } => vec![("version", encoding.to_string())],
            OpenLinkError::TooLarge { limit } => vec![("limit", limit.to_string())],
        }
    }
}

impl ShareLink {
    /// The link that carries `presentation`, unchanged to the byte, behind the page at `base`.
    /// A fragment that `base` already has is replaced.
    pub fn encode(base: &str, presentation: &[u8], encoding: PayloadEncoding) -> ShareLink {
        ShareLink::of_payload(base, &payload_text(presentation, encoding))
    }

    /// The link that carries `presentation` sealed, so that it opens with `passphrase` only. `randomness` must be new
    /// for each sealing. Takes some tenths of a second and 64 MiB.
    pub fn encode_sealed(
        base: &str,
        presentation: &[u8],
        encoding: PayloadEncoding,
        passphrase: &Passphrase,
        randomness: &[u8; SEAL_RANDOM_BYTES],
    ) -> ShareLink {
        let sealed = SealedPayload::seal(presentation, passphrase, randomness);
        ShareLink::of_payload(base, &sealed.to_text(encoding))
    }

    /// The link to a payload that was written before, such as [`SealedPayload::to_text`]: what was sealed once needs no
    /// second sealing for another form.
    pub fn of_payload(base: &str, payload_text: &str) -> ShareLink {
        let page = base.split_once('#').map_or(base, |(page, _)| page);
        ShareLink { text: format!("{page}#{payload_text}") }
    }

    /// What the link carries, from whatever became of it on its way: line wraps and quotation marks of mail programs,
    /// `%23` for `#`, another page in front or none, words before and after it.
    ///
    /// # Errors
    /// [`OpenLinkError`]; a link is never opened in part.
    pub fn decode(text: &str) -> Result<Carried, OpenLinkError> {
        let mut verdict = OpenLinkError::NotAShareLink;
        for arrived in Arrived::readings(text) {
            match arrived.open() {
                Ok(carried) => return Ok(carried),
                // The first reading that is recognisably a share link says what is wrong with the text.
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
    Arrived::readings(text).any(|arrived| arrived.has_payload())
}

#[cfg(test)]
#[path = "link_tests.rs"]
mod tests;
