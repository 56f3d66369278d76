//! What stands in a share link behind the version character: a checksum and a compressed presentation.
//!
//! The bytes are four bytes of checksum followed by a raw DEFLATE stream
//! ([RFC 1951](https://www.rfc-editor.org/rfc/rfc1951)) with a preset dictionary; `docs/share-format.md` specifies them.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::digits;

/// The version character of the payloads this crate writes.
pub const VERSION: char = '1';

/// The most bytes a presentation may expand to: the same limit as for anything that is read.
pub const MAX_PRESENTATION_BYTES: usize = 8 * 1024 * 1024;

/// The preset dictionary of version 1. Its bytes are part of the format and never change.
pub(crate) const DICTIONARY: &[u8] = include_bytes!("dictionary-1.txt");

const CHECKSUM_BYTES: usize = 4;

/// URL-safe alphabet without padding. Left-over bits are let through here and refused by comparing what was read.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// How the payload's bytes are written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PayloadEncoding {
    /// `u`: base64url without padding, the shortest text: for links.
    Base64Url,
    /// `n`: decimal digits, which a QR code stores in 3⅓ bits each: for QR codes.
    Digits,
}

impl PayloadEncoding {
    /// The character that names the encoding.
    pub fn marker(self) -> char {
        match self {
            PayloadEncoding::Base64Url => 'u',
            PayloadEncoding::Digits => 'n',
        }
    }

    /// The encoding that a character names.
    pub fn from_marker(marker: char) -> Option<Self> {
        match marker {
            'u' => Some(PayloadEncoding::Base64Url),
            'n' => Some(PayloadEncoding::Digits),
            _ => None,
        }
    }

    /// Whether a byte can stand in text of this encoding.
    pub(crate) fn admits(self, byte: u8) -> bool {
        match self {
            PayloadEncoding::Base64Url => byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_',
            PayloadEncoding::Digits => byte.is_ascii_digit(),
        }
    }

    pub(crate) fn write(self, bytes: &[u8]) -> String {
        match self {
            PayloadEncoding::Base64Url => BASE64URL.encode(bytes),
            PayloadEncoding::Digits => digits::write(bytes),
        }
    }

    /// The bytes of a text that may go on beyond the payload; `None` where it is no text of this encoding.
    fn read_onward(self, text: &str) -> Option<Vec<u8>> {
        match self {
            // One character over a multiple of four carries no whole byte: it can only be part of what follows.
            PayloadEncoding::Base64Url if text.len() % 4 == 1 => BASE64URL.decode(&text[..text.len() - 1]).ok(),
            PayloadEncoding::Base64Url => BASE64URL.decode(text).ok(),
            PayloadEncoding::Digits => digits::read(text),
        }
    }
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

/// A presentation's bytes as they go into a link.
pub(crate) fn pack(presentation: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(CHECKSUM_BYTES + presentation.len() / 2 + 64);
    out.extend_from_slice(&checksum(presentation));
    let mut deflate = Compress::new(Compression::best(), false);
    deflate.set_dictionary(DICTIONARY).expect("a fresh compressor takes a dictionary shorter than its window");
    loop {
        // DEFLATE grows incompressible data by five bytes per 16 KiB block at most.
        out.reserve(presentation.len() / 2 + 1024);
        let rest = &presentation[read_so_far(deflate.total_in())..];
        let status = deflate
            .compress_vec(rest, &mut out, FlushCompress::Finish)
            .expect("a compressor that is only fed and finished has no state to fail in");
        if status == Status::StreamEnd {
            return out;
        }
    }
}

/// Reads a payload that begins at the start of `text`; also says how many characters it takes.
pub(crate) fn unpack_onward(encoding: PayloadEncoding, text: &str) -> Result<(Vec<u8>, usize), PayloadError> {
    let bytes = encoding.read_onward(text).ok_or(PayloadError::Damaged)?;
    let (expected, compressed) = bytes.split_at_checked(CHECKSUM_BYTES).ok_or(PayloadError::Damaged)?;
    let (presentation, taken) = inflate(compressed)?;
    if checksum(&presentation) != *expected {
        return Err(PayloadError::Damaged);
    }
    let canonical = encoding.write(&bytes[..CHECKSUM_BYTES + taken]);
    if !text.starts_with(&canonical) {
        return Err(PayloadError::Damaged);
    }
    Ok((presentation, canonical.len()))
}

fn inflate(compressed: &[u8]) -> Result<(Vec<u8>, usize), PayloadError> {
    let mut inflate = Decompress::new(false);
    inflate.set_dictionary(DICTIONARY).map_err(|_| PayloadError::Damaged)?;
    let mut out = Vec::new();
    loop {
        let room = out.len().max(compressed.len() * 4).max(1024).min(MAX_PRESENTATION_BYTES + 1 - out.len());
        out.reserve_exact(room);
        let (taken, written) = (inflate.total_in(), out.len());
        let rest = &compressed[read_so_far(taken)..];
        let status =
            inflate.decompress_vec(rest, &mut out, FlushDecompress::Finish).map_err(|_| PayloadError::Damaged)?;
        if out.len() > MAX_PRESENTATION_BYTES {
            return Err(PayloadError::TooLarge { limit: MAX_PRESENTATION_BYTES });
        }
        match status {
            Status::StreamEnd => return Ok((out, read_so_far(inflate.total_in()))),
            // There was room and no progress: the end is missing.
            _ if out.len() == written && inflate.total_in() == taken => return Err(PayloadError::Damaged),
            _ => {}
        }
    }
}

fn read_so_far(total: u64) -> usize {
    usize::try_from(total).expect("no more was read than the slice holds")
}

fn checksum(presentation: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let hash = Sha256::digest(presentation);
    [hash[0], hash[1], hash[2], hash[3]]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpack(bytes: &[u8]) -> Result<Vec<u8>, PayloadError> {
        let text = PayloadEncoding::Base64Url.write(bytes);
        let (presentation, taken) = unpack_onward(PayloadEncoding::Base64Url, &text)?;
        if taken == text.len() { Ok(presentation) } else { Err(PayloadError::Damaged) }
    }

    #[track_caller]
    fn check_round_trip(presentation: &[u8]) {
        let packed = pack(presentation);
        assert_eq!(unpack(&packed).expect("what was packed can be unpacked"), presentation);
        for encoding in [PayloadEncoding::Base64Url, PayloadEncoding::Digits] {
            let text = encoding.write(&packed);
            assert!(text.bytes().all(|byte| encoding.admits(byte)));
            let (back, taken) = unpack_onward(encoding, &text).expect("the text can be read");
            assert_eq!((back.as_slice(), taken), (presentation, text.len()), "{encoding:?}");
        }
    }

    /// Bytes without any pattern that DEFLATE could use.
    fn noise(length: usize) -> Vec<u8> {
        (0_u32..).flat_map(|block| Sha256::digest(block.to_be_bytes()).to_vec()).take(length).collect()
    }

    #[test]
    fn a_payload_gives_back_exactly_the_bytes_that_went_in() {
        check_round_trip(b"");
        check_round_trip(b"{}");
        check_round_trip("{\r\n \"name\" : \"Données\\u00e9 \u{1F393}\" }\n".as_bytes());
        check_round_trip(DICTIONARY);
        check_round_trip(&noise(100_000));
        check_round_trip(&vec![b' '; MAX_PRESENTATION_BYTES]);
    }

    #[test]
    fn the_dictionary_of_version_1_never_changes() {
        let hash: String = Sha256::digest(DICTIONARY).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, "6be05a9f316ee37997309c24dc5342c55acf900c356a89f6039d3b8950f7e404");
        assert_eq!(DICTIONARY.len(), 7023);
    }

    #[test]
    fn a_payload_of_more_than_the_limit_is_refused_while_it_expands() {
        let bomb = pack(&vec![b' '; MAX_PRESENTATION_BYTES + 1]);
        assert_eq!(unpack(&bomb), Err(PayloadError::TooLarge { limit: MAX_PRESENTATION_BYTES }));
    }

    #[test]
    fn a_payload_cut_anywhere_is_noticed() {
        let packed = pack(br#"{"type":["VerifiablePresentation"],"name":"Application to the city library"}"#);
        for length in 0..packed.len() {
            assert_eq!(unpack(&packed[..length]), Err(PayloadError::Damaged), "cut to {length}");
        }
    }

    #[test]
    fn a_payload_with_any_one_bit_altered_is_noticed() {
        let packed = pack(br#"{"type":["VerifiablePresentation"],"name":"Application to the city library"}"#);
        for bit in 0..packed.len() * 8 {
            let mut altered = packed.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            let end_padding = bit / 8 == packed.len() - 1 && unpack(&altered).is_ok();
            assert!(end_padding || unpack(&altered) == Err(PayloadError::Damaged), "bit {bit}");
        }
    }

    #[test]
    fn left_over_bits_of_base64url_must_be_zero() {
        let packed = pack(b"left over bits");
        let text = PayloadEncoding::Base64Url.write(&packed);
        assert_ne!(packed.len() % 3, 0, "this text must end within a group of three bytes");
        let last = text.as_bytes()[text.len() - 1];
        let nudged = char::from(if last == b'Z' { b'a' } else { last + 1 });
        let altered = format!("{}{nudged}", &text[..text.len() - 1]);
        assert_eq!(unpack_onward(PayloadEncoding::Base64Url, &altered), Err(PayloadError::Damaged));
    }
}
