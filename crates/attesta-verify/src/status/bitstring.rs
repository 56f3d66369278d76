//! The bits of a status list: [Bitstring Status List 1.0](https://www.w3.org/TR/vc-bitstring-status-list/), and the drafts
//! before it that are still met.

use std::io::Read;

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, URL_SAFE_NO_PAD};
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use thiserror::Error;

use crate::status::chunks::{Chunks, ReadError};

/// The most bytes a list may expand to: room for 67 million credentials, and a bound on what a small file can cost.
const LARGEST_LIST: usize = 8 << 20;

/// The fewest entries a list may have, so that a request for it tells little about whose status is asked.
const FEWEST_ENTRIES: u64 = 131_072;

/// The widest entry in bits that is read.
const WIDEST_ENTRY: u32 = 32;

/// How a list's bits are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListEncoding {
    /// [Bitstring Status List 1.0](https://www.w3.org/TR/vc-bitstring-status-list/): multibase `u`, base64url without
    /// padding, gzip; at least 131,072 entries.
    Bitstring,
    /// [Status List 2021](https://www.w3.org/TR/2023/WD-vc-status-list-20230427/): base64 without a prefix, gzip. Its
    /// rules for reading name no fewest entries, and lists of 100,000 are in use.
    StatusList2021,
    /// [Revocation List 2020](https://w3c-ccg.github.io/vc-status-rl-2020/): base64, zlib by its text and gzip by its
    /// example.
    RevocationList2020,
}

/// An expanded status list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitstring {
    bits: Chunks,
    fewest: u64,
}

/// Why a status could not be read from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BitstringError {
    /// Not the encoding that its kind demands. (MALFORMED_VALUE_ERROR)
    #[error("not a compressed bitstring")]
    Malformed,
    /// It expands to more than is read.
    #[error("the list is too large")]
    TooLarge,
    /// Fewer entries than privacy demands. (STATUS_LIST_LENGTH_ERROR)
    #[error("the list is too short")]
    TooShort,
    /// The list has no such entry. (RANGE_ERROR)
    #[error("the index is not in the list")]
    OutOfRange,
    /// An entry of no bits, or of more than is read. (MALFORMED_VALUE_ERROR)
    #[error("an entry can't have this size")]
    BadSize,
}

impl Bitstring {
    /// Expands an `encodedList` to its end, checksum included.
    ///
    /// # Errors
    /// [`BitstringError`] when it is malformed or too large.
    pub fn decode(encoded: &str, encoding: ListEncoding) -> Result<Self, BitstringError> {
        let (compressed, fewest) = match encoding {
            ListEncoding::Bitstring => {
                let base64 = encoded.strip_prefix('u').ok_or(BitstringError::Malformed)?;
                (URL_SAFE_NO_PAD.decode(base64), FEWEST_ENTRIES)
            }
            ListEncoding::StatusList2021 | ListEncoding::RevocationList2020 => (any_base64(encoded), 1),
        };
        let compressed = compressed.map_err(|_| BitstringError::Malformed)?;
        let zlib = encoding == ListEncoding::RevocationList2020 && !compressed.starts_with(&[0x1f, 0x8b]);
        let expanding: &mut dyn Read = match zlib {
            true => &mut ZlibDecoder::new(compressed.as_slice()),
            false => &mut MultiGzDecoder::new(compressed.as_slice()),
        };
        let bits = Chunks::read(expanding, LARGEST_LIST).map_err(|error| match error {
            ReadError::TooLong => BitstringError::TooLarge,
            ReadError::Source => BitstringError::Malformed,
        })?;
        Ok(Bitstring { bits, fewest })
    }

    /// The value of an entry of `size` bits, most significant bit first; `index` counts entries from 0.
    ///
    /// # Errors
    /// [`BitstringError`] when the list is too short for privacy or for the index.
    pub fn value(&self, index: u64, size: u32) -> Result<u32, BitstringError> {
        if size == 0 || size > WIDEST_ENTRY {
            return Err(BitstringError::BadSize);
        }
        let entries = self.bits.length() as u64 * 8 / u64::from(size);
        if entries < self.fewest {
            return Err(BitstringError::TooShort);
        }
        if index >= entries {
            return Err(BitstringError::OutOfRange);
        }
        // No overflow: the index is below the number of entries, and all bits together are below 2^27.
        let first = index * u64::from(size);
        let bit = |at: u64| {
            let byte = usize::try_from(at / 8).ok().and_then(|byte| self.bits.byte(byte));
            byte.map(|byte| u32::from(byte >> (7 - at % 8) & 1)).ok_or(BitstringError::OutOfRange)
        };
        (first..first + u64::from(size)).try_fold(0, |value, at| Ok(value << 1 | bit(at)?))
    }

    /// About how many bytes of memory it takes.
    pub(crate) fn weight(&self) -> usize {
        self.bits.weight()
    }
}

/// Base64 as the older kinds write it: either alphabet, with or without padding.
fn any_base64(encoded: &str) -> Result<Vec<u8>, base64::DecodeError> {
    let lenient = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let alphabet = if encoded.contains(['+', '/']) { alphabet::STANDARD } else { alphabet::URL_SAFE };
    GeneralPurpose::new(&alphabet, lenient).decode(encoded)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn encode(bits: &[u8]) -> String {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bits).unwrap();
        format!("u{}", URL_SAFE_NO_PAD.encode(encoder.finish().unwrap()))
    }

    #[track_caller]
    fn check(bits: &[u8], index: u64, size: u32, expected: Result<u32, BitstringError>) {
        let value = Bitstring::decode(&encode(bits), ListEncoding::Bitstring).and_then(|list| list.value(index, size));
        assert_eq!(value, expected);
    }

    fn list_with(byte: usize, value: u8) -> Vec<u8> {
        let mut bits = vec![0; 16 << 10];
        bits[byte] = value;
        bits
    }

    #[test]
    fn index_0_is_the_leftmost_bit() {
        check(&list_with(0, 0x80), 0, 1, Ok(1));
        check(&list_with(0, 0x80), 1, 1, Ok(0));
        check(&list_with(0, 0x01), 7, 1, Ok(1));
        check(&list_with((16 << 10) - 1, 0x01), 131_071, 1, Ok(1));
    }

    #[test]
    fn wider_entries_are_read_most_significant_bit_first() {
        let mut bits = vec![0; 64 << 10];
        bits[1] = 0b0110_0000;
        check(&bits, 4, 2, Ok(0b01));
        check(&bits, 5, 2, Ok(0b10));
        check(&bits, 2, 4, Ok(0b0110));
        check(&bits, 1, 3, Ok(0));
        bits[0] = 0b0000_0001;
        check(&bits, 2, 3, Ok(0b010));
    }

    #[test]
    fn the_index_must_be_in_the_list() {
        check(&list_with(0, 0), 131_072, 1, Err(BitstringError::OutOfRange));
        check(&list_with(0, 0), u64::MAX, 1, Err(BitstringError::OutOfRange));
        check(&vec![0; 32 << 10], 131_071, 2, Ok(0));
        check(&vec![0; 32 << 10], 131_072, 2, Err(BitstringError::OutOfRange));
    }

    #[test]
    fn a_short_list_is_refused() {
        check(&vec![0; (16 << 10) - 1], 0, 1, Err(BitstringError::TooShort));
        check(&vec![0; 16 << 10], 0, 2, Err(BitstringError::TooShort));
        check(&[], 0, 1, Err(BitstringError::TooShort));
    }

    #[test]
    fn a_bomb_is_refused_and_a_list_at_the_bound_is_read() {
        check(&vec![0; LARGEST_LIST], 5, 1, Ok(0));
        check(&vec![0; LARGEST_LIST + 1], 5, 1, Err(BitstringError::TooLarge));
    }

    #[test]
    fn sizes_are_bounded() {
        check(&list_with(0, 0), 0, 0, Err(BitstringError::BadSize));
        check(&list_with(0, 0), 0, 33, Err(BitstringError::BadSize));
        check(&list_with(0, 0), 0, u32::MAX, Err(BitstringError::BadSize));
    }

    #[test]
    fn only_multibase_base64url_of_gzip_is_a_bitstring() {
        let decode = |text: &str| Bitstring::decode(text, ListEncoding::Bitstring);
        let good = encode(&list_with(0, 0));
        assert!(decode(&good).is_ok());
        for bad in ["", "u", "uAAAA", &good[1..], &format!("{good}="), &good[..good.len() - 8], &good.replace('u', "z")]
        {
            assert_eq!(decode(bad), Err(BitstringError::Malformed), "{bad}");
        }
    }

    #[test]
    fn the_checksum_at_the_end_is_checked() {
        let mut compressed = URL_SAFE_NO_PAD.decode(&encode(&list_with(0, 0))[1..]).unwrap();
        let crc = compressed.len() - 8;
        compressed[crc] ^= 1;
        let altered = format!("u{}", URL_SAFE_NO_PAD.encode(&compressed));
        assert_eq!(Bitstring::decode(&altered, ListEncoding::Bitstring), Err(BitstringError::Malformed));
        compressed[crc] ^= 1;
        compressed.extend(b"more");
        let longer = format!("u{}", URL_SAFE_NO_PAD.encode(&compressed));
        assert_eq!(Bitstring::decode(&longer, ListEncoding::Bitstring), Err(BitstringError::Malformed));
    }

    #[test]
    fn older_lists_have_no_prefix_and_no_fewest_entries() {
        let list = encode(&list_with(0, 0xfe));
        let plain = &list[1..];
        let padded = base64::engine::general_purpose::STANDARD.encode(URL_SAFE_NO_PAD.decode(plain).unwrap());
        for encoding in [ListEncoding::StatusList2021, ListEncoding::RevocationList2020] {
            let value = |text: &str, index| Bitstring::decode(text, encoding).and_then(|list| list.value(index, 1));
            assert_eq!(value(plain, 6), Ok(1), "{encoding:?}");
            assert_eq!(value(plain, 7), Ok(0), "{encoding:?}");
            assert_eq!(value(&padded, 6), Ok(1), "{encoding:?}");
            assert_eq!(value(&list, 6), Err(BitstringError::Malformed), "{encoding:?}");
            let short = encode(&[0xff; 12_500]);
            assert_eq!(value(&short[1..], 99_999), Ok(1), "{encoding:?}");
            assert_eq!(value(&short[1..], 100_000), Err(BitstringError::OutOfRange), "{encoding:?}");
            assert_eq!(value(&encode(&[])[1..], 0), Err(BitstringError::TooShort), "{encoding:?}");
        }
    }

    #[test]
    fn a_list_of_2020_may_be_zlib() {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&list_with(1, 0x80)).unwrap();
        let text = URL_SAFE_NO_PAD.encode(encoder.finish().unwrap());
        let value = |encoding| Bitstring::decode(&text, encoding).and_then(|list| list.value(8, 1));
        assert_eq!(value(ListEncoding::RevocationList2020), Ok(1));
        assert_eq!(value(ListEncoding::StatusList2021), Err(BitstringError::Malformed));
    }
}
