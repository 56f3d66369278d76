//! Version 2 of the compression: each bit is predicted from what came before, and only the surprise is written.
//!
//! What predicts has read a text of common terms first, so that it knows how credentials are written before it sees
//! one. `docs/share-format.md` specifies it, with a reader in Python; every number here is part of the format.

mod coder;
mod contexts;
mod laid_open;
mod model;
mod odds;
mod pieces;
mod repeat;

use crate::payload::PayloadError;
use coder::{Reader, Writer};
use laid_open::{Given, close, lay_open, read_number, write_number};
use model::Model;

/// The text that is read first. Its bytes are part of the format and never change.
const DICTIONARY: &str = include_str!("dictionary-2.txt");

/// Of 4,096: as likely as not.
const EVEN: u32 = 2_048;

/// The longest presentation that is written so, also when it is laid open. It bounds the time that a payload
/// can take: predicting costs thousands of times what DEFLATE does. Longer ones are written in version 1.
pub(crate) const MOST_BYTES: usize = 64 * 1024;

/// Compresses a presentation; `None` where it is too long for this version, or not UTF-8.
pub(crate) fn compress(presentation: &[u8]) -> Option<Vec<u8>> {
    if presentation.len() > MOST_BYTES {
        return None;
    }
    let open = lay_open(std::str::from_utf8(presentation).ok()?);
    // What could not be read again would be lost.
    let returns = open.len() <= MOST_BYTES && close(&open, MOST_BYTES).as_deref() == Some(presentation);
    returns.then(|| written(&open))
}

fn written(open: &[u8]) -> Vec<u8> {
    let mut model = primed();
    let mut given = Given::default();
    let mut out = Vec::with_capacity(open.len() / 3 + 8);
    write_number(&mut out, open.len());
    let mut writer = Writer::new(&mut out);
    for byte in open {
        for bit in bits(*byte) {
            if given.is_next() {
                writer.write(bit, EVEN);
            } else {
                writer.write(bit, model.chance_of_one());
                model.learn(bit);
            }
        }
        given.append(*byte);
    }
    writer.finish();
    out
}

/// A model that has read [`DICTIONARY`].
fn primed() -> Model {
    let mut model = Model::new();
    let mut given = Given::default();
    for byte in lay_open(DICTIONARY) {
        if !given.is_next() {
            for bit in bits(byte) {
                model.chance_of_one();
                model.learn(bit);
            }
        }
        given.append(byte);
    }
    model
}

/// The bits of a byte, the highest first.
fn bits(byte: u8) -> impl Iterator<Item = bool> {
    (0..8).rev().map(move |place| byte >> place & 1 == 1)
}

/// Expands what [`compress`] wrote; anything else is refused, also other spellings of the same presentation.
pub(crate) fn expand(compressed: &[u8]) -> Result<Vec<u8>, PayloadError> {
    let (length, coded) = read_number(compressed).ok_or(PayloadError::Damaged)?;
    if length > MOST_BYTES {
        return Err(PayloadError::TooLarge { limit: MOST_BYTES });
    }
    let mut model = primed();
    let mut given = Given::default();
    let mut reader = Reader::new(coded);
    let mut open = Vec::with_capacity(length);
    let mut canonical = Vec::with_capacity(compressed.len());
    write_number(&mut canonical, length);
    let mut writer = Writer::new(&mut canonical);
    for _ in 0..length {
        let byte = (0..8).fold(0_u8, |byte, _| {
            let chance = if given.is_next() { EVEN } else { model.chance_of_one() };
            let bit = reader.read(chance);
            writer.write(bit, chance);
            if !given.is_next() {
                model.learn(bit);
            }
            byte << 1 | u8::from(bit)
        });
        given.append(byte);
        open.push(byte);
    }
    writer.finish();
    // One presentation has one payload: what was compressed in another way was not written by this format.
    let presentation = close(&open, MOST_BYTES).ok_or(PayloadError::Damaged)?;
    let text = std::str::from_utf8(&presentation).map_err(|_| PayloadError::Damaged)?;
    if canonical == compressed && lay_open(text) == open { Ok(presentation) } else { Err(PayloadError::Damaged) }
}

#[cfg(test)]
#[path = "predict_tests.rs"]
mod tests;
