//! What stands in a share link behind its two leading characters: a checksum and a compressed presentation, sealed
//! where it shall open with a passphrase only. `docs/share-format.md` specifies every byte.

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::deflate;
use crate::encoding::{PayloadEncoding, Secrecy};
use crate::passphrase::Passphrase;
use crate::sealed::{SEAL_RANDOM_BYTES, SealedPayload};

/// The most bytes a presentation may expand to: the same limit as for anything that is read.
pub const MAX_PRESENTATION_BYTES: usize = 8 * 1024 * 1024;

const CHECKSUM_BYTES: usize = 4;

/// What a link, a file or a sequence of codes carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// A presentation, to the byte.
    Plain(Vec<u8>),
    /// A presentation that opens with a passphrase.
    Sealed(SealedPayload),
}

impl Carried {
    /// The presentation, where it needs no passphrase.
    pub fn plain(self) -> Option<Vec<u8>> {
        match self {
            Carried::Plain(presentation) => Some(presentation),
            Carried::Sealed(_) => None,
        }
    }
}

/// The versions of the format that this crate reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum FormatVersion {
    /// DEFLATE with a preset dictionary.
    One,
}

/// Why a payload does not give a presentation back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum PayloadError {
    /// Cut, altered, or not written by this format.
    #[error("the payload is cut or altered")]
    Damaged,
    /// It would expand beyond the limit.
    #[error("the payload expands to more than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
}

impl FormatVersion {
    pub(crate) fn from_char(version: char) -> Option<Self> {
        match version {
            '1' => Some(FormatVersion::One),
            _ => None,
        }
    }

    pub(crate) fn as_char(self) -> char {
        match self {
            FormatVersion::One => '1',
        }
    }

    /// The version in which a presentation is written.
    pub(crate) fn for_presentation(_presentation: &[u8]) -> Self {
        FormatVersion::One
    }

    pub(crate) fn compress(self, presentation: &[u8]) -> Vec<u8> {
        match self {
            FormatVersion::One => deflate::deflate(presentation),
        }
    }

    pub(crate) fn expand(self, compressed: &[u8]) -> Result<Vec<u8>, PayloadError> {
        match self {
            FormatVersion::One => deflate::inflate(compressed),
        }
    }
}

/// What stands behind the `#` of a link that carries `presentation`: for a file, or a reader that needs no link.
pub fn payload_text(presentation: &[u8], encoding: PayloadEncoding) -> String {
    let version = FormatVersion::for_presentation(presentation);
    let compressed = version.compress(presentation);
    let checksum = checksum(&[presentation]);
    text(version, Secrecy::Open, &[&checksum[..], &compressed].concat(), encoding)
}

/// The same, sealed. `randomness` must be new for each sealing.
pub fn sealed_payload_text(
    presentation: &[u8],
    encoding: PayloadEncoding,
    passphrase: &Passphrase,
    randomness: &[u8; SEAL_RANDOM_BYTES],
) -> String {
    SealedPayload::seal(presentation, passphrase, randomness).to_text(encoding)
}

pub(crate) fn sealed_text(version: FormatVersion, body: &[u8], encoding: PayloadEncoding) -> String {
    let checksum = checksum(&[&sealed_header(version), body]);
    text(version, Secrecy::Sealed, &[&checksum[..], body].concat(), encoding)
}

/// What the checksum and the seal cover beside the bytes: the version and that it is sealed, whatever the encoding.
pub(crate) fn sealed_header(version: FormatVersion) -> Vec<u8> {
    format!("attesta:share#{}s", version.as_char()).into_bytes()
}

fn text(version: FormatVersion, secrecy: Secrecy, bytes: &[u8], encoding: PayloadEncoding) -> String {
    format!("{}{}{}", version.as_char(), encoding.marker(secrecy), encoding.write(bytes))
}

/// What a payload's bytes carry. `work` is how many bytes may still be expanded in vain; what is whole is never refused
/// for it, what is not takes from it.
pub(crate) fn read(
    version: FormatVersion,
    secrecy: Secrecy,
    bytes: &[u8],
    work: &mut usize,
) -> Result<Carried, PayloadError> {
    let (expected, body) = bytes.split_at_checked(CHECKSUM_BYTES).ok_or(PayloadError::Damaged)?;
    match secrecy {
        Secrecy::Open => {
            let presentation = version.expand(body)?;
            *work = work.saturating_sub(presentation.len());
            if checksum(&[&presentation]) != *expected {
                return Err(PayloadError::Damaged);
            }
            Ok(Carried::Plain(presentation))
        }
        Secrecy::Sealed => {
            if checksum(&[&sealed_header(version), body]) != *expected {
                return Err(PayloadError::Damaged);
            }
            SealedPayload::from_body(version, body).map(Carried::Sealed).ok_or(PayloadError::Damaged)
        }
    }
}

/// The bytes for carriers that need no text: the version, `u` or `s`, then the payload's bytes. `None` where the text is
/// not one that [`payload_text`] could have written.
pub(crate) fn message_of_payload(text: &str) -> Option<Vec<u8>> {
    let mut characters = text.chars();
    let version = characters.next().and_then(FormatVersion::from_char)?;
    let (encoding, secrecy) = characters.next().and_then(PayloadEncoding::from_marker)?;
    let bytes = encoding.read(characters.as_str())?;
    let header = [version.as_char(), PayloadEncoding::Base64Url.marker(secrecy)].map(|c| c as u8);
    Some([&header, &bytes[..]].concat())
}

/// The text of such bytes, of any version: what can't be read is told apart when the text is opened.
pub(crate) fn payload_of_message(message: &[u8], encoding: PayloadEncoding) -> Option<String> {
    let (header, bytes) = message.split_first_chunk::<2>()?;
    let [version, marker] = header.map(char::from);
    let (PayloadEncoding::Base64Url, secrecy) = PayloadEncoding::from_marker(marker)? else { return None };
    let is_version = version.is_ascii_digit() && version != '0';
    is_version.then(|| format!("{version}{}{}", encoding.marker(secrecy), encoding.write(bytes)))
}

fn checksum(parts: &[&[u8]]) -> [u8; CHECKSUM_BYTES] {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    let hash = hash.finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

#[cfg(test)]
#[path = "payload_tests.rs"]
mod tests;
