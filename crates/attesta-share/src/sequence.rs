//! More than one QR code holds: codes shown in turn, of which a reader needs any that are enough.
//!
//! They are *multi-part Uniform Resources* of type `bytes`
//! ([BCR-2020-005](https://github.com/BlockchainCommons/Research/blob/master/papers/bcr-2020-005-ur.md)): first the
//! pieces themselves, then mixtures of several, so that a piece that was missed comes back in another shape.

mod bytewords;
mod cbor;
mod crc;
mod fountain;
mod gather;
mod part;

use thiserror::Error;

use crate::encoding::PayloadEncoding;
use crate::payload::{message_of_payload, payload_of_message};
use crate::qr::QrCode;
use fountain::Fountain;
use gather::{Gathered, Gathering};
use part::Part;

/// The most bytes of the message in one code: with its frame they fit version 15 at level L, in alphanumeric mode.
const FRAGMENT_BYTES: usize = 340;

/// The most pieces that a message is cut into. At eight codes a second they take a minute; more than that is a file.
const MOST_FRAGMENTS: usize = 400;

/// The most pieces that are put together again, of whoever's sequence.
const MOST_FRAGMENTS_READ: usize = 1_000;

/// The longest message that is put together again, in bytes.
const MOST_MESSAGE_BYTES: usize = 512 << 10;

/// The longest code text that is looked at: the most characters that a QR code holds in alphanumeric mode.
const MOST_PART_CHARS: usize = 4_296;

/// After so many parts of one other sequence in a row, the reader follows that one.
const FOREIGN_PARTS: u32 = 3;

/// Codes that are shown in turn, then from the start again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// The codes in the order they are shown.
    pub codes: Vec<QrCode>,
    /// How many of them are enough for a reader that starts with the first and misses none: the number of pieces.
    pub enough: usize,
    /// The highest QR version among them, 1 to 40.
    pub version: u8,
}

/// Why a payload does not become a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SequenceError {
    /// The text is not what stands behind the `#` of a share link.
    #[error("the text is no payload")]
    NotAPayload,
    /// Nobody would hold a camera that long.
    #[error("the payload takes {fragments} codes, more than {limit}")]
    TooLong {
        /// How many codes it takes at least.
        fragments: usize,
        /// The limit.
        limit: usize,
    },
}

impl Sequence {
    /// The sequence of a payload, which is what [`payload_text`](crate::payload_text) or a sealed payload's
    /// [`to_text`](crate::SealedPayload::to_text) gives, in either encoding.
    ///
    /// # Errors
    /// [`SequenceError`].
    pub fn of(payload_text: &str) -> Result<Sequence, SequenceError> {
        let message = message_of_payload(payload_text).ok_or(SequenceError::NotAPayload)?;
        let parts = parts_of(&message)?;
        let enough = parts.enough;
        let codes = QrCode::for_parts(&parts.texts).expect("a part is cut so that a code holds it");
        let version = codes.iter().map(QrCode::version).max().unwrap_or(1);
        Ok(Sequence { codes, enough, version })
    }
}

/// The texts of a sequence's codes.
struct Parts {
    texts: Vec<String>,
    enough: usize,
}

fn parts_of(message: &[u8]) -> Result<Parts, SequenceError> {
    let wrapped = cbor::byte_string(message);
    let fountain = Fountain::new(&wrapped, FRAGMENT_BYTES);
    let enough = fountain.fragments();
    if enough > MOST_FRAGMENTS {
        return Err(SequenceError::TooLong { fragments: enough, limit: MOST_FRAGMENTS });
    }
    let texts = if enough == 1 {
        vec![format!("UR:BYTES/{}", bytewords::encode(&wrapped).to_ascii_uppercase())]
    } else {
        (1..=shown(enough)).map(|number| fountain.part(number).to_text()).collect()
    };
    Ok(Parts { texts, enough })
}

/// How many codes are shown before the first comes again: the pieces, then as many mixtures as a reader needs that
/// misses three in ten.
fn shown(fragments: usize) -> u32 {
    let all = fragments + fragments.div_ceil(2) + 8;
    u32::try_from(all).expect("the number of fragments is limited")
}

/// Puts a payload together from the codes of a [`Sequence`], in any order, some missing, some seen twice.
#[derive(Default)]
pub struct SequenceReader {
    gathering: Option<Gathering>,
    /// The other sequence whose parts came last, and how many in a row.
    foreign: Option<(part::Identity, u32)>,
    done: Option<String>,
}

/// How far a [`SequenceReader`] is.
#[derive(Clone, PartialEq, Eq)]
pub struct SequenceProgress {
    /// How many parts came that told something new.
    pub received: usize,
    /// How many of these it takes; 0 before the first.
    pub enough: usize,
    /// What came whole: a payload's text for [`ShareLink::decode`](crate::ShareLink::decode), or another text that the
    /// codes spell.
    pub done: Option<String>,
}

impl SequenceReader {
    /// A reader that has seen nothing yet.
    pub fn new() -> SequenceReader {
        SequenceReader::default()
    }

    /// Takes the text of one code; what is no part of a sequence changes nothing. Memory and time are bounded, whatever
    /// comes.
    ///
    /// Parts of another sequence are ignored until three of it came in a row; then that one is followed. When all parts
    /// are there and do not fit together, the reader starts anew.
    pub fn receive(&mut self, text: &str) -> SequenceProgress {
        if let Some(received) = Received::read(text) {
            match received {
                Received::Whole(message) => {
                    if let Some(text) = text_of_message(&message) {
                        self.gathering = None;
                        self.done = Some(text);
                    }
                }
                Received::Part(part) => self.take(part),
            }
        }
        self.progress()
    }

    fn take(&mut self, part: Part) {
        let identity = part.identity();
        let is_ours = self.gathering.as_ref().is_none_or(|gathering| gathering.identity() == identity);
        if !is_ours {
            let seen = match self.foreign {
                Some((other, seen)) if other == identity => seen + 1,
                _ => 1,
            };
            if seen < FOREIGN_PARTS {
                self.foreign = Some((identity, seen));
                return;
            }
            self.gathering = None;
        } else if self.done.is_some() && self.gathering.is_some() {
            return;
        }
        self.foreign = None;
        if self.gathering.is_none() {
            self.done = None;
        }
        let gathering = self.gathering.get_or_insert_with(|| Gathering::new(identity));
        match gathering.add(part) {
            Gathered::More => {}
            Gathered::Whole(wrapped) => match cbor::read_byte_string(&wrapped).and_then(text_of_message) {
                Some(text) => self.done = Some(text),
                None => self.gathering = None,
            },
            Gathered::Broken => self.gathering = None,
        }
    }

    fn progress(&self) -> SequenceProgress {
        let (received, enough) = match (&self.gathering, &self.done) {
            (Some(gathering), _) => (gathering.received(), gathering.enough()),
            (None, Some(_)) => (1, 1),
            (None, None) => (0, 0),
        };
        SequenceProgress { received, enough, done: self.done.clone() }
    }
}

/// What one code says.
enum Received {
    Whole(Vec<u8>),
    Part(Part),
}

impl Received {
    fn read(text: &str) -> Option<Received> {
        let text = text.trim();
        if text.len() > MOST_PART_CHARS {
            return None;
        }
        let text = text.to_ascii_lowercase();
        let body = text.strip_prefix("ur:bytes/")?;
        match body.split_once('/') {
            Some((place, words)) => Part::read(place, words).map(Received::Part),
            None => {
                let wrapped = bytewords::decode(body)?;
                cbor::read_byte_string(&wrapped).map(|message| Received::Whole(message.to_vec()))
            }
        }
    }
}

/// What a message stands for: a payload as text, or a text of its own.
fn text_of_message(message: impl AsRef<[u8]>) -> Option<String> {
    let message = message.as_ref();
    let printable = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    if message.is_empty() {
        None
    } else if message.iter().all(printable) {
        std::str::from_utf8(message).ok().map(str::to_owned)
    } else {
        payload_of_message(message, PayloadEncoding::Base64Url)
    }
}

impl std::fmt::Debug for SequenceReader {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let SequenceProgress { received, enough, done } = self.progress();
        write!(out, "SequenceReader({received} of {enough}, done: {})", done.is_some())
    }
}

impl std::fmt::Debug for SequenceProgress {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What came is the learner's.
        write!(out, "SequenceProgress({} of {}, done: {})", self.received, self.enough, self.done.is_some())
    }
}

#[cfg(test)]
#[path = "sequence_tests.rs"]
mod tests;
