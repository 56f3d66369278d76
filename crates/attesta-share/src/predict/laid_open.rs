//! A text laid open: tokens as the JSON that they hold, and what nobody can foresee as bytes.
//!
//! Base64url hides from every compressor what stands in it, and a signature in characters takes more room than its
//! bytes. Marks that UTF-8 never has say what was replaced, so the way back is plain.

use std::collections::BTreeMap;

use super::pieces::{Piece, Spelling, pieces};
use crate::encoding::PayloadEncoding::Base64Url;

/// Begins what was base64url, and ends it.
pub(super) const BEGIN: u8 = 0xfe;
pub(super) const END: u8 = 0xff;

/// A piece that was met before: a number follows, of those first met since.
const AGAIN: u8 = 0xfc;

/// The fewest characters of a token that are worth laying open.
const FEWEST_CHARS: usize = 16;

/// How deep tokens stand in tokens.
const DEPTH: usize = 4;

/// The byte in front of bytes that are spelled so.
fn mark(spelling: Spelling) -> u8 {
    match spelling {
        Spelling::Ed25519Key => 0xf7,
        Spelling::Uuid => 0xf8,
        Spelling::Hex => 0xf9,
        Spelling::Base58 => 0xfa,
        Spelling::Base64Url => 0xfb,
    }
}

fn marked(byte: u8) -> Option<Spelling> {
    Some(match byte {
        0xf7 => Spelling::Ed25519Key,
        0xf8 => Spelling::Uuid,
        0xf9 => Spelling::Hex,
        0xfa => Spelling::Base58,
        0xfb => Spelling::Base64Url,
        _ => return None,
    })
}

/// A number, seven bits a byte, the lowest first, the highest bit set where more follow.
pub(super) fn write_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// A number of at most four bytes, and what stands behind it.
pub(super) fn read_number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut number = 0;
    for (place, byte) in bytes.iter().take(4).enumerate() {
        number |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((number, &bytes[place + 1..]));
        }
    }
    None
}

/// Which bytes of a laid-open text nobody can foresee, told as they come.
#[derive(Default)]
pub(super) struct Given {
    /// How many of the next bytes.
    bytes: usize,
    number: Option<Number>,
}

/// A number that is being read: what its bytes said so far, how many bits that is, and whether so many bytes follow.
struct Number {
    value: usize,
    bits: u32,
    gives: bool,
}

impl Given {
    /// Whether the next byte is one.
    pub(super) fn is_next(&self) -> bool {
        self.bytes > 0
    }

    /// Takes in the byte that came.
    pub(super) fn append(&mut self, byte: u8) {
        if self.bytes > 0 {
            self.bytes -= 1;
        } else if let Some(Number { value, bits, gives }) = self.number.take() {
            let value = value | usize::from(byte & 0x7f) << bits;
            // A number of more bytes is refused when all is read.
            if byte & 0x80 != 0 && bits < 21 {
                self.number = Some(Number { value, bits: bits + 7, gives });
            } else if gives {
                self.bytes = value;
            }
        } else if byte == AGAIN {
            self.number = Some(Number { value: 0, bits: 0, gives: false });
        } else if let Some(spelling) = marked(byte) {
            match spelling.bytes() {
                Some(bytes) => self.bytes = bytes,
                None => self.number = Some(Number { value: 0, bits: 0, gives: true }),
            }
        }
    }
}

/// The text with what can be laid open in place of its characters.
pub(super) fn lay_open(text: &str) -> Vec<u8> {
    let mut opening = Opening { out: Vec::with_capacity(text.len()), met: BTreeMap::new() };
    opening.text(text, 0);
    opening.out
}

struct Opening {
    out: Vec<u8>,
    /// The pieces that became bytes, each with its place among them.
    met: BTreeMap<String, usize>,
}

impl Opening {
    fn text(&mut self, text: &str, depth: usize) {
        let mut rest = text;
        while !rest.is_empty() {
            let run = rest.bytes().take_while(|byte| Base64Url.admits(*byte)).count();
            match hidden(&rest[..run]).filter(|_| depth < DEPTH) {
                Some(hidden) => {
                    self.out.push(BEGIN);
                    self.text(&hidden, depth + 1);
                    self.out.push(END);
                }
                None => pieces(&rest[..run]).into_iter().for_each(|piece| self.piece(piece)),
            }
            rest = &rest[run..];
            let other = rest.bytes().take_while(|byte| !Base64Url.admits(*byte)).count();
            self.out.extend_from_slice(&rest.as_bytes()[..other]);
            rest = &rest[other..];
        }
    }

    fn piece(&mut self, piece: Piece<'_>) {
        let (text, spelling, bytes) = match piece {
            Piece::Text(text) => return self.out.extend_from_slice(text.as_bytes()),
            Piece::Bytes { text, spelling, bytes } => (text, spelling, bytes),
        };
        let count = self.met.len();
        if let Some(place) = self.met.get(text) {
            self.out.push(AGAIN);
            return write_number(&mut self.out, count - 1 - place);
        }
        self.met.insert(text.to_owned(), count);
        self.out.push(mark(spelling));
        if spelling.bytes().is_none() {
            write_number(&mut self.out, bytes.len());
        }
        self.out.extend_from_slice(&bytes);
    }
}

/// The JSON text that a run of base64url holds: an object or an array, as its first character shows.
fn hidden(run: &str) -> Option<String> {
    if run.len() < FEWEST_CHARS || !run.starts_with(['e', 'W']) {
        return None;
    }
    String::from_utf8(Base64Url.read(run)?).ok().filter(|text| text.starts_with(['{', '[']))
}

/// The text again; `None` where marks do not match or numbers lead nowhere, or it would pass `limit` bytes.
pub(super) fn close(open: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut levels: Vec<Vec<u8>> = vec![Vec::new()];
    let mut met: Vec<String> = Vec::new();
    let mut rest = open;
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        match (*byte, marked(*byte)) {
            (BEGIN, _) if levels.len() > DEPTH => return None,
            (BEGIN, _) => levels.push(Vec::new()),
            (END, _) => {
                let hidden = levels.pop()?;
                levels.last_mut()?.extend_from_slice(Base64Url.write(&hidden).as_bytes());
            }
            (AGAIN, _) => {
                let (since, behind) = read_number(rest)?;
                rest = behind;
                let again = met.get(met.len().checked_sub(since + 1)?)?;
                levels.last_mut()?.extend_from_slice(again.as_bytes());
            }
            (_, Some(spelling)) => {
                let (count, behind) =
                    spelling.bytes().map_or_else(|| read_number(rest), |count| Some((count, rest)))?;
                let (bytes, behind) = behind.split_at_checked(count)?;
                rest = behind;
                let text = spelling.text(bytes)?;
                levels.last_mut()?.extend_from_slice(text.as_bytes());
                met.push(text);
            }
            (other, None) => levels.last_mut()?.push(other),
        }
        if levels.last()?.len() > limit {
            return None;
        }
    }
    let text = levels.pop()?;
    levels.is_empty().then_some(text)
}

#[cfg(test)]
#[path = "laid_open_tests.rs"]
mod tests;
