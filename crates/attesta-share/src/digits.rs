//! Bytes as decimal digits: seven bytes become seventeen digits, so that a QR code can hold them in numeric mode.
//!
//! Numeric mode stores three digits in ten bits; seventeen digits take 56⅔ bits for 56, hardly a loss.

const GROUP_BYTES: usize = 7;

/// Digits needed for a group of so many bytes: the least n with 10ⁿ ≥ 256ᵏ.
const DIGITS_OF: [usize; GROUP_BYTES + 1] = [0, 3, 5, 8, 10, 13, 15, 17];

/// Each group of seven bytes, and the shorter one at the end, as one big-endian number with leading zeros.
pub(crate) fn write(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(GROUP_BYTES) * DIGITS_OF[GROUP_BYTES]);
    for group in bytes.chunks(GROUP_BYTES) {
        let number = group.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        text.push_str(&format!("{number:0width$}", width = DIGITS_OF[group.len()]));
    }
    text
}

/// The bytes of a digit text; `None` where [`write`] can't have written it.
pub(crate) fn read(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    for group in text.as_bytes().chunks(DIGITS_OF[GROUP_BYTES]) {
        let length = DIGITS_OF.iter().position(|digits| *digits == group.len())?;
        let number = group.iter().try_fold(0_u64, |number, digit| match digit {
            b'0'..=b'9' => Some(number * 10 + u64::from(digit - b'0')),
            _ => None,
        })?;
        if number >> (8 * length) != 0 {
            return None;
        }
        bytes.extend_from_slice(&number.to_be_bytes()[8 - length..]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str) {
        assert_eq!(write(bytes), text);
        assert_eq!(read(text).as_deref(), Some(bytes));
    }

    #[test]
    fn bytes_become_digits_and_back() {
        check(b"", "");
        check(&[0], "000");
        check(&[255], "255");
        check(&[1, 0], "00256");
        check(&[255; 3], "16777215");
        check(&[255; 4], "4294967295");
        check(&[255; 5], "1099511627775");
        check(&[255; 6], "281474976710655");
        check(&[255; 7], "72057594037927935");
        check(&[0, 0, 0, 0, 0, 0, 1, 2], "00000000000000001002");
    }

    #[test]
    fn digits_that_no_bytes_have_are_refused() {
        for text in
            ["1", "12", "256", "1234", "65536", "72057594037927936", "99999999999999999", "12a", "+12", "１２３"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
