//! What stands in a share link behind its two leading characters: a checksum and a compressed presentation, sealed
//! where it shall open with a passphrase only. `docs/share-format.md` specifies every byte.

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::deflate;
use crate::encoding::{PayloadEncoding, Secrecy};
use crate::passphrase::Passphrase;
use crate::predict;
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
    /// DEFLATE with a preset dictionary: for presentations that are long.
    One,
    /// Prediction: for all others.
    Two,
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
            '2' => Some(FormatVersion::Two),
            _ => None,
        }
    }

    pub(crate) fn as_char(self) -> char {
        match self {
            FormatVersion::One => '1',
            FormatVersion::Two => '2',
        }
    }

    /// Compresses a presentation in the version that suits it.
    pub(crate) fn compress(presentation: &[u8]) -> (FormatVersion, Vec<u8>) {
        match predict::compress(presentation) {
            Some(compressed) => (FormatVersion::Two, compressed),
            None => (FormatVersion::One, deflate::deflate(presentation)),
        }
    }

    pub(crate) fn expand(self, compressed: &[u8]) -> Result<Vec<u8>, PayloadError> {
        match self {
            FormatVersion::One => deflate::inflate(compressed),
            FormatVersion::Two => predict::expand(compressed),
        }
    }
}

/// What stands behind the `#` of a link that carries `presentation`: for a file, or a reader that needs no link.
pub fn payload_text(presentation: &[u8], encoding: PayloadEncoding) -> String {
    let (version, compressed) = FormatVersion::compress(presentation);
    let checksum = open_checksum(version, &compressed, presentation);
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
    let checksum = checksum(&[&header(version, Secrecy::Sealed), body]);
    text(version, Secrecy::Sealed, &[&checksum[..], body].concat(), encoding)
}

/// What checksum and seal cover beside the bytes: the version and whether it is sealed, whatever the encoding.
pub(crate) fn header(version: FormatVersion, secrecy: Secrecy) -> Vec<u8> {
    format!("attesta:share#{}{}", version.as_char(), PayloadEncoding::Base64Url.marker(secrecy)).into_bytes()
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
    // Where the checksum covers what came, damage is known before anything is expanded.
    let is_covered = match (version, secrecy) {
        (FormatVersion::One, Secrecy::Open) => true,
        (FormatVersion::Two, Secrecy::Open) => open_checksum(version, body, &[]) == *expected,
        (_, Secrecy::Sealed) => checksum(&[&header(version, Secrecy::Sealed), body]) == *expected,
    };
    if !is_covered {
        return Err(PayloadError::Damaged);
    }
    if secrecy == Secrecy::Sealed {
        return SealedPayload::from_body(version, body).map(Carried::Sealed).ok_or(PayloadError::Damaged);
    }
    let presentation = version.expand(body)?;
    *work = work.saturating_sub(presentation.len());
    if open_checksum(version, body, &presentation) == *expected {
        Ok(Carried::Plain(presentation))
    } else {
        Err(PayloadError::Damaged)
    }
}

/// Version 1 covers the presentation; version 2 its header and what was compressed.
fn open_checksum(version: FormatVersion, compressed: &[u8], presentation: &[u8]) -> [u8; CHECKSUM_BYTES] {
    match version {
        FormatVersion::One => checksum(&[presentation]),
        FormatVersion::Two => checksum(&[&header(version, Secrecy::Open), compressed]),
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
