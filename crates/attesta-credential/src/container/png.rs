//! Baked PNG pictures: the credential stands in an `iTXt` chunk,
//! [Open Badges 3.0, "PNG"](https://www.imsglobal.org/spec/ob/v3p0#png),
//! [Open Badges 2.0, "Baking"](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/baking/index.html) and
//! [PNG 11.3.3](https://www.w3.org/TR/png-3/#11textinfo). The first badges had their address in a `tEXt` chunk.

use std::io::Read;

use flate2::Crc;
use flate2::read::ZlibDecoder;

use super::{BakeError, Carried};
use crate::error::{PngFlaw, ReadError};
use crate::limits::{BAKED_TEXT_BYTES, INPUT_BYTES};

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
const KEYWORD: &[u8] = b"openbadgecredential";
/// Open Badges 1 and 2, and a spelling that some bakers use.
const EARLIER_KEYWORDS: [&[u8]; 2] = [b"openbadges", b"openbadge"];

/// Whether the bytes begin as a PNG file does.
pub(crate) fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(&SIGNATURE)
}

/// What is baked into the picture: the first credential of Open Badges 3.0, or else of the earlier editions. `iTXt`,
/// which the specifications ask for, goes before the other kinds of text.
pub(super) fn extract(bytes: &[u8]) -> Result<Carried, ReadError> {
    let mut best: Option<(u8, Chunk<'_>)> = None;
    // The whole file is walked even when the credential stands early: a picture that was cut off is reported as such.
    for chunk in Chunks::of(bytes)? {
        let chunk = chunk?;
        if let Some(rank) = rank(&chunk)
            && best.as_ref().is_none_or(|(so_far, _)| rank < *so_far)
        {
            best = Some((rank, chunk));
        }
    }
    let (_, chunk) = best.ok_or(ReadError::PngWithoutCredential)?;
    let text = match &chunk.kind {
        b"iTXt" => international_text(chunk.data)?,
        b"zTXt" => compressed_text(chunk.data)?,
        _ => plain_text(chunk.data)?,
    };
    Carried::of(&text).ok_or(ReadError::PngWithoutCredential)
}

/// How good a place for a credential the chunk is, 0 the best; `None` when it is none.
fn rank(chunk: &Chunk<'_>) -> Option<u8> {
    let kind = match &chunk.kind {
        b"iTXt" => 0,
        b"tEXt" | b"zTXt" => 1,
        _ => return None,
    };
    match keyword(chunk.data) {
        KEYWORD => Some(kind),
        earlier if EARLIER_KEYWORDS.contains(&earlier) => Some(2 + kind),
        _ => None,
    }
}

/// Writes a credential's bytes into a PNG picture, uncompressed, in place of one that it may carry already.
///
/// # Errors
/// [`BakeError`] when the picture is not a whole PNG file, or the result would be larger than is read.
pub fn bake_png(picture: &[u8], credential: &[u8]) -> Result<Vec<u8>, BakeError> {
    let mut baked = Vec::with_capacity(picture.len() + credential.len() + 64);
    baked.extend_from_slice(&SIGNATURE);
    for chunk in Chunks::of(picture)? {
        let chunk = chunk?;
        if &chunk.kind == b"iTXt" && keyword(chunk.data) == KEYWORD {
            continue;
        }
        write_chunk(&mut baked, chunk.kind, &[chunk.data]);
        if &chunk.kind == b"IHDR" {
            // Uncompressed, no language tag, no translated keyword.
            write_chunk(&mut baked, *b"iTXt", &[KEYWORD, b"\0\0\0\0\0", credential]);
        }
    }
    if baked.len() > INPUT_BYTES {
        return Err(BakeError::TooLarge { limit: INPUT_BYTES });
    }
    Ok(baked)
}

struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
}

/// Walks the chunks from `IHDR` to `IEND`; what follows `IEND` is not part of the picture and is left alone.
struct Chunks<'a> {
    rest: &'a [u8],
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    Start,
    Inside,
    Ended,
}

impl<'a> Chunks<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, ReadError> {
        match bytes.strip_prefix(&SIGNATURE) {
            Some(rest) => Ok(Chunks { rest, state: State::Start }),
            None if SIGNATURE.starts_with(bytes) => Err(ReadError::Truncated),
            None => Err(ReadError::PngDamaged { what: PngFlaw::ChunkOrder }),
        }
    }

    fn next_chunk(&mut self) -> Result<Chunk<'a>, ReadError> {
        let (head, rest) = self.rest.split_first_chunk::<8>().ok_or(ReadError::Truncated)?;
        let [a, b, c, d, kind @ ..] = *head;
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let (data, rest) = rest.split_at_checked(length).ok_or(ReadError::Truncated)?;
        let (sum, rest) = rest.split_first_chunk::<4>().ok_or(ReadError::Truncated)?;
        if crc(kind, &[data]) != u32::from_be_bytes(*sum) {
            return Err(ReadError::PngDamaged { what: PngFlaw::Checksum });
        }
        if (self.state == State::Start) != (&kind == b"IHDR") {
            return Err(ReadError::PngDamaged { what: PngFlaw::ChunkOrder });
        }
        self.state = if &kind == b"IEND" { State::Ended } else { State::Inside };
        self.rest = rest;
        Ok(Chunk { kind, data })
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Result<Chunk<'a>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.state == State::Ended {
            return None;
        }
        let chunk = self.next_chunk();
        if chunk.is_err() {
            self.state = State::Ended;
        }
        Some(chunk)
    }
}

/// The keyword of a text chunk: the bytes before the first NUL.
fn keyword(data: &[u8]) -> &[u8] {
    data.split(|byte| *byte == 0).next().unwrap_or_default()
}

const fn flaw() -> ReadError {
    ReadError::PngDamaged { what: PngFlaw::Text }
}

/// What follows the first NUL.
fn after_nul(bytes: &[u8]) -> Result<&[u8], ReadError> {
    let at = bytes.iter().position(|byte| *byte == 0).ok_or(flaw())?;
    Ok(&bytes[at + 1..])
}

/// The text of an `iTXt` chunk: UTF-8, with a language tag and a translated keyword before it.
fn international_text(data: &[u8]) -> Result<Vec<u8>, ReadError> {
    let ([compressed, method], rest) = after_nul(data)?.split_first_chunk::<2>().ok_or(flaw())?;
    let body = after_nul(after_nul(rest)?)?;
    match (compressed, method) {
        (0, _) => bounded(body),
        (1, 0) => inflated(body),
        _ => Err(flaw()),
    }
}

/// The text of a `zTXt` chunk.
fn compressed_text(data: &[u8]) -> Result<Vec<u8>, ReadError> {
    match after_nul(data)? {
        [0, body @ ..] => inflated(body).map(from_latin),
        _ => Err(flaw()),
    }
}

/// The text of a `tEXt` chunk.
fn plain_text(data: &[u8]) -> Result<Vec<u8>, ReadError> {
    bounded(after_nul(data)?).map(from_latin)
}

/// Latin-1, the encoding of the older text chunks, as UTF-8. Bakers that wrote UTF-8 all the same are understood.
fn from_latin(text: Vec<u8>) -> Vec<u8> {
    match std::str::from_utf8(&text) {
        Ok(_) => text,
        Err(_) => text.iter().map(|byte| char::from(*byte)).collect::<String>().into(),
    }
}

fn bounded(text: &[u8]) -> Result<Vec<u8>, ReadError> {
    match text.len() {
        ..=BAKED_TEXT_BYTES => Ok(text.to_vec()),
        _ => Err(ReadError::TooLarge { limit: BAKED_TEXT_BYTES }),
    }
}

fn inflated(body: &[u8]) -> Result<Vec<u8>, ReadError> {
    let mut text = Vec::new();
    let mut expanding = ZlibDecoder::new(body).take(BAKED_TEXT_BYTES as u64 + 1);
    expanding.read_to_end(&mut text).map_err(|_| flaw())?;
    if text.len() > BAKED_TEXT_BYTES {
        return Err(ReadError::TooLarge { limit: BAKED_TEXT_BYTES });
    }
    Ok(text)
}

fn crc(kind: [u8; 4], parts: &[&[u8]]) -> u32 {
    let mut crc = Crc::new();
    crc.update(&kind);
    parts.iter().for_each(|part| crc.update(part));
    crc.sum()
}

fn write_chunk(out: &mut Vec<u8>, kind: [u8; 4], parts: &[&[u8]]) {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    out.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
    out.extend_from_slice(&kind);
    parts.iter().for_each(|part| out.extend_from_slice(part));
    out.extend_from_slice(&crc(kind, parts).to_be_bytes());
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn picture_with(text_chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut png = SIGNATURE.to_vec();
        write_chunk(&mut png, *b"IHDR", &[b"\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0"]);
        for (kind, data) in text_chunks {
            write_chunk(&mut png, **kind, &[data]);
        }
        write_chunk(&mut png, *b"IDAT", &[b"not decoded here"]);
        write_chunk(&mut png, *b"IEND", &[]);
        png
    }

    fn compressed(text: &[u8]) -> Vec<u8> {
        [b"openbadgecredential\0\x01\0en\0\0".as_slice(), &zlib(text)].concat()
    }

    fn zlib(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[track_caller]
    fn check(png: &[u8], expected: Result<&[u8], ReadError>) {
        assert_eq!(extract(png), expected.map(|bytes| Carried::Credential(bytes.to_vec())));
    }

    #[track_caller]
    fn check_link(png: &[u8], expected: &str) {
        assert_eq!(extract(png), Ok(Carried::Link(expected.to_owned())));
    }

    #[test]
    fn a_baked_credential_comes_back_byte_for_byte() {
        let baked = bake_png(&picture_with(&[]), "{\"name\":\"Élan\"} ".as_bytes()).unwrap();
        check(&baked, Ok("{\"name\":\"Élan\"} ".as_bytes()));
    }

    #[test]
    fn baking_again_replaces_the_earlier_credential() {
        let baked = bake_png(&bake_png(&picture_with(&[]), b"old").unwrap(), b"new").unwrap();
        check(&baked, Ok(b"new"));
        assert_eq!(baked.len(), bake_png(&picture_with(&[]), b"new").unwrap().len());
    }

    #[test]
    fn compressed_text_is_read_within_the_bound() {
        check(&picture_with(&[(b"iTXt", &compressed(b"{}"))]), Ok(b"{}"));
        let bomb = compressed(&vec![b' '; BAKED_TEXT_BYTES + 1]);
        assert!(bomb.len() < 10_000);
        check(&picture_with(&[(b"iTXt", &bomb)]), Err(ReadError::TooLarge { limit: BAKED_TEXT_BYTES }));
        let broken = b"openbadgecredential\0\x01\0\0\0no zlib".as_slice();
        check(&picture_with(&[(b"iTXt", broken)]), Err(ReadError::PngDamaged { what: PngFlaw::Text }));
    }

    #[test]
    fn only_the_first_credential_counts() {
        let first = b"openbadgecredential\0\0\0\0\0first".as_slice();
        let second = b"openbadgecredential\0\0\0\0\0second".as_slice();
        check(&picture_with(&[(b"iTXt", first), (b"iTXt", second)]), Ok(b"first"));
    }

    #[test]
    fn a_picture_that_was_cut_off_says_so_at_every_length() {
        let baked = bake_png(&picture_with(&[]), b"{}").unwrap();
        for length in 1..baked.len() {
            check(&baked[..length], Err(ReadError::Truncated));
        }
    }

    #[test]
    fn a_flipped_bit_is_noticed() {
        let mut baked = bake_png(&picture_with(&[]), b"{}").unwrap();
        let at = baked.windows(2).position(|pair| pair == b"{}").unwrap();
        baked[at] ^= 1;
        check(&baked, Err(ReadError::PngDamaged { what: PngFlaw::Checksum }));
    }

    #[test]
    fn a_picture_without_a_credential_says_so() {
        check(&picture_with(&[(b"tEXt", b"Author\0me")]), Err(ReadError::PngWithoutCredential));
    }

    #[test]
    fn a_picture_with_an_empty_text_carries_none() {
        check(&picture_with(&[(b"iTXt", b"openbadgecredential\0\0\0\0\0 \n")]), Err(ReadError::PngWithoutCredential));
    }

    #[test]
    fn an_earlier_badge_gives_its_json_its_jws_or_its_address() {
        check(&picture_with(&[(b"iTXt", b"openbadges\0\0\0\0\0{}")]), Ok(b"{}"));
        check(&picture_with(&[(b"iTXt", b"openbadge\0\0\0\0\0{}")]), Ok(b"{}"));
        check(
            &picture_with(&[(b"tEXt", b"openbadges\0eyJhbGciOiJSUzI1NiJ9.e30.c2ln\n")]),
            Ok(b"eyJhbGciOiJSUzI1NiJ9.e30.c2ln"),
        );
        check_link(&picture_with(&[(b"tEXt", b"openbadges\0https://badges.example/1\n")]), "https://badges.example/1");
        check_link(
            &picture_with(&[(b"iTXt", b"openbadges\0\0\0\0\0http://badges.example/1")]),
            "http://badges.example/1",
        );
    }

    #[test]
    fn the_older_text_chunks_are_latin_1_or_utf_8() {
        check(&picture_with(&[(b"tEXt", b"openbadges\0{\"n\":\"\xc9lan\"}")]), Ok("{\"n\":\"Élan\"}".as_bytes()));
        check(
            &picture_with(&[(b"tEXt", "openbadges\0{\"n\":\"Élan\"}".as_bytes())]),
            Ok("{\"n\":\"Élan\"}".as_bytes()),
        );
        let packed = [b"openbadges\0\0".as_slice(), &zlib(b"{\"n\":\"\xc9lan\"}")].concat();
        check(&picture_with(&[(b"zTXt", &packed)]), Ok("{\"n\":\"Élan\"}".as_bytes()));
        check(&picture_with(&[(b"zTXt", b"openbadges\0\x01")]), Err(flaw()));
        let bomb = [b"openbadges\0\0".as_slice(), &zlib(&vec![b' '; BAKED_TEXT_BYTES + 1])].concat();
        check(&picture_with(&[(b"zTXt", &bomb)]), Err(ReadError::TooLarge { limit: BAKED_TEXT_BYTES }));
        let long = [b"openbadges\0".as_slice(), &vec![b' '; BAKED_TEXT_BYTES + 1]].concat();
        check(&picture_with(&[(b"tEXt", &long)]), Err(ReadError::TooLarge { limit: BAKED_TEXT_BYTES }));
    }

    #[test]
    fn the_newer_edition_goes_before_the_older_and_itxt_before_the_rest() {
        let link = (b"tEXt", b"openbadges\0https://badges.example/1".as_slice());
        let two = (b"iTXt", b"openbadges\0\0\0\0\0{\"v\":2}".as_slice());
        let three = (b"iTXt", b"openbadgecredential\0\0\0\0\0{\"v\":3}".as_slice());
        check(&picture_with(&[link, two, three]), Ok(b"{\"v\":3}"));
        check(&picture_with(&[link, two]), Ok(b"{\"v\":2}"));
        check_link(&picture_with(&[link]), "https://badges.example/1");
    }

    #[test]
    fn an_itxt_chunk_that_ends_early_is_refused() {
        for data in [b"openbadgecredential".as_slice(), b"openbadgecredential\0", b"openbadgecredential\0\0\0en\0"] {
            check(&picture_with(&[(b"iTXt", data)]), Err(ReadError::PngDamaged { what: PngFlaw::Text }));
        }
    }

    #[test]
    fn a_chunk_before_the_header_is_refused() {
        let mut png = SIGNATURE.to_vec();
        write_chunk(&mut png, *b"tEXt", &[b"a\0b"]);
        check(&png, Err(ReadError::PngDamaged { what: PngFlaw::ChunkOrder }));
    }
}
