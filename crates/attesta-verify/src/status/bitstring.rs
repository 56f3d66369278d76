//! The bitstring of a status list: [Bitstring Status List 1.0](https://www.w3.org/TR/vc-bitstring-status-list/).

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::read::GzDecoder;
use thiserror::Error;

/// The most bytes a list may expand to: room for 67 million credentials, and a bound on what a small file can cost.
const LARGEST_LIST: usize = 8 << 20;

/// The fewest entries a list may have, so that a request for it tells little about whose status is asked.
const FEWEST_ENTRIES: u64 = 131_072;

/// The widest entry in bits that is read.
const WIDEST_ENTRY: u32 = 32;

/// An expanded status list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitstring(Vec<u8>);

/// Why a status could not be read from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BitstringError {
    /// Not multibase base64url of a gzip stream. (MALFORMED_VALUE_ERROR)
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
    /// Expands an `encodedList`: `u`, base64url without padding, gzip.
    ///
    /// # Errors
    /// [`BitstringError`] when it is malformed or too large.
    pub fn decode(encoded: &str) -> Result<Self, BitstringError> {
        let base64 = encoded.strip_prefix('u').ok_or(BitstringError::Malformed)?;
        let compressed = URL_SAFE_NO_PAD.decode(base64).map_err(|_| BitstringError::Malformed)?;
        let mut bits = Vec::new();
        let mut bounded = GzDecoder::new(compressed.as_slice()).take(LARGEST_LIST as u64 + 1);
        bounded.read_to_end(&mut bits).map_err(|_| BitstringError::Malformed)?;
        if bits.len() > LARGEST_LIST {
            return Err(BitstringError::TooLarge);
        }
        Ok(Bitstring(bits))
    }

    /// The value of an entry of `size` bits, most significant bit first; `index` counts entries from 0.
    ///
    /// # Errors
    /// [`BitstringError`] when the list is too short for privacy or for the index.
    pub fn value(&self, index: u64, size: u32) -> Result<u32, BitstringError> {
        if size == 0 || size > WIDEST_ENTRY {
            return Err(BitstringError::BadSize);
        }
        let entries = self.0.len() as u64 * 8 / u64::from(size);
        if entries < FEWEST_ENTRIES {
            return Err(BitstringError::TooShort);
        }
        if index >= entries {
            return Err(BitstringError::OutOfRange);
        }
        // No overflow: the index is below the number of entries, and all bits together are below 2^26.
        let first = index * u64::from(size);
        let bit = |at: u64| {
            let byte = usize::try_from(at / 8).ok().and_then(|byte| self.0.get(byte)).copied().unwrap_or_default();
            u32::from(byte >> (7 - at % 8) & 1)
        };
        Ok((first..first + u64::from(size)).fold(0, |value, at| value << 1 | bit(at)))
    }
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
        let value = Bitstring::decode(&encode(bits)).and_then(|list| list.value(index, size));
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
    fn only_multibase_base64url_of_gzip_is_a_list() {
        let good = encode(&list_with(0, 0));
        assert!(Bitstring::decode(&good).is_ok());
        for bad in ["", "u", "uAAAA", &good[1..], &format!("{good}="), &good[..good.len() - 8], &good.replace('u', "z")]
        {
            assert_eq!(Bitstring::decode(bad), Err(BitstringError::Malformed), "{bad}");
        }
    }
}
