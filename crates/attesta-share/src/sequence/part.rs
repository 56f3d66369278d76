//! One part of a sequence, as the text of its code.

use super::cbor::{self, Reader};
use super::{MOST_FRAGMENTS_READ, MOST_MESSAGE_BYTES, bytewords};

/// What all parts of one message have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    /// How many pieces the message was cut into.
    pub(super) fragments: usize,
    /// The length of the message, in bytes.
    pub(super) message: usize,
    /// The length of a piece, in bytes.
    pub(super) fragment: usize,
    /// The checksum of the message.
    pub(super) checksum: u32,
}

/// One part.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Its number, from 1 without end.
    pub(super) number: u32,
    pub(super) identity: Identity,
    /// The pieces that it mixes, each byte exclusive-or the others'.
    pub(super) data: Vec<u8>,
}

impl Part {
    /// The text of its code: capital letters, which a QR code stores in alphanumeric mode.
    pub(super) fn to_text(&self) -> String {
        let short = |number: usize| u32::try_from(number).expect("messages are limited far below");
        let mut body = Vec::with_capacity(self.data.len() + 24);
        cbor::write_array(&mut body, 5);
        cbor::write_unsigned(&mut body, self.number);
        cbor::write_unsigned(&mut body, short(self.identity.fragments));
        cbor::write_unsigned(&mut body, short(self.identity.message));
        cbor::write_unsigned(&mut body, self.identity.checksum);
        cbor::write_bytes(&mut body, &self.data);
        let words = bytewords::encode(&body).to_ascii_uppercase();
        format!("UR:BYTES/{}-{}/{words}", self.number, self.identity.fragments)
    }

    /// The part of what stands behind `ur:bytes/`: its place, then small letters. `None` where they contradict each other
    /// or themselves, or promise more than is ever put together; so nothing of a part is believed before it is held
    /// against the limits.
    pub(super) fn read(place: &str, words: &str) -> Option<Part> {
        let (number, fragments) = place.split_once('-')?;
        let (number, fragments): (u32, u32) = (digits(number)?, digits(fragments)?);
        let body = bytewords::decode(words)?;
        let mut reader = Reader { rest: &body };
        let stated = (reader.array()?, reader.unsigned()?, reader.unsigned()?);
        if stated != (5, number, fragments) || number == 0 {
            return None;
        }
        let message = usize::try_from(reader.unsigned()?).ok()?;
        let checksum = reader.unsigned()?;
        let data = reader.bytes()?.to_vec();
        let fragments = usize::try_from(fragments).ok()?;
        let identity = Identity { fragments, message, fragment: data.len(), checksum };
        let is_sound = reader.is_done()
            && (1..=MOST_FRAGMENTS_READ).contains(&fragments)
            && (1..=MOST_MESSAGE_BYTES).contains(&message)
            // The message ends within the last piece.
            && message.div_ceil(data.len().max(1)) == fragments;
        is_sound.then_some(Part { number, identity, data })
    }

    pub(super) fn identity(&self) -> Identity {
        self.identity
    }
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
