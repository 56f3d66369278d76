//! Version 2 of the compression: each bit is predicted from what came before, and only the surprise is written.
//!
//! What predicts has read a text of common terms first, so that it knows how credentials are written before it sees
//! one. `docs/share-format.md` specifies it, with a reader in Python; every number here is part of the format.

mod coder;
mod model;
mod tokens;

use crate::payload::PayloadError;
use coder::{Reader, Writer};
use model::Model;

/// The text that is read first. Its bytes are part of the format and never change.
const DICTIONARY: &[u8] = include_bytes!("dictionary-2.txt");

/// The longest presentation that is written so, also when its tokens are laid open. It bounds the time that a payload
/// can take: predicting costs a hundred times what DEFLATE does. Longer ones are written in version 1.
pub(crate) const MOST_BYTES: usize = 64 * 1024;

/// Compresses a presentation; `None` where it is too long for this version, or not UTF-8.
pub(crate) fn compress(presentation: &[u8]) -> Option<Vec<u8>> {
    if presentation.len() > MOST_BYTES {
        return None;
    }
    let open = tokens::lay_open(std::str::from_utf8(presentation).ok()?);
    (open.len() <= MOST_BYTES).then(|| written(&open))
}

fn written(open: &[u8]) -> Vec<u8> {
    let mut model = Model::primed(DICTIONARY);
    let mut out = Vec::with_capacity(open.len() / 3 + 8);
    write_length(&mut out, open.len());
    let mut writer = Writer::new(&mut out);
    for byte in open {
        for place in (0..8).rev() {
            let bit = byte >> place & 1 == 1;
            writer.write(bit, model.chance_of_one());
            model.learn(bit);
        }
    }
    writer.finish();
    out
}

/// Expands what [`compress`] wrote; anything else is refused, also other spellings of the same presentation.
pub(crate) fn expand(compressed: &[u8]) -> Result<Vec<u8>, PayloadError> {
    let (length, bits) = read_length(compressed).ok_or(PayloadError::Damaged)?;
    if length > MOST_BYTES {
        return Err(PayloadError::TooLarge { limit: MOST_BYTES });
    }
    let mut model = Model::primed(DICTIONARY);
    let mut reader = Reader::new(bits);
    let mut open = Vec::with_capacity(length);
    let mut canonical = Vec::with_capacity(compressed.len());
    write_length(&mut canonical, length);
    let mut writer = Writer::new(&mut canonical);
    for _ in 0..length {
        let byte = (0..8).fold(0_u8, |byte, _| {
            let chance = model.chance_of_one();
            let bit = reader.read(chance);
            writer.write(bit, chance);
            model.learn(bit);
            byte << 1 | u8::from(bit)
        });
        open.push(byte);
    }
    writer.finish();
    // One presentation has one payload: what was compressed in another way was not written by this format.
    let presentation = tokens::close(&open, MOST_BYTES).ok_or(PayloadError::Damaged)?;
    let text = std::str::from_utf8(&presentation).map_err(|_| PayloadError::Damaged)?;
    if canonical == compressed && tokens::lay_open(text) == open {
        Ok(presentation)
    } else {
        Err(PayloadError::Damaged)
    }
}

/// Seven bits a byte, the lowest first, the highest bit set where more follow.
fn write_length(out: &mut Vec<u8>, mut length: usize) {
    while length >= 0x80 {
        out.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
}

fn read_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut length = 0;
    for (place, byte) in bytes.iter().take(4).enumerate() {
        length |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((length, &bytes[place + 1..]));
        }
    }
    None
}

#[cfg(test)]
#[path = "predict_tests.rs"]
mod tests;
