//! Base58 with the Bitcoin alphabet, [draft-msporny-base58](https://datatracker.ietf.org/doc/html/draft-msporny-base58):
//! reading it takes the square of its length, so ten digits are taken at a time.

const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// What each byte stands for; `NONE` for those that are not in the alphabet.
const DIGITS: [u8; 256] = {
    let mut digits = [NONE; 256];
    let mut digit = 0;
    while digit < ALPHABET.len() {
        digits[ALPHABET[digit] as usize] = digit as u8;
        digit += 1;
    }
    digits
};
const NONE: u8 = u8::MAX;

/// As many digits as fit into 64 bits.
const DIGITS_AT_ONCE: usize = 10;

/// The bytes that the text stands for; `None` where it has a character that is no digit.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let zeros = text.bytes().take_while(|digit| *digit == ALPHABET[0]).count();
    // The number, its lowest 64 bits first. Ten digits make at most one more limb.
    let mut limbs: Vec<u64> = Vec::with_capacity(text.len() / DIGITS_AT_ONCE + 1);
    for digits in text.as_bytes()[zeros..].chunks(DIGITS_AT_ONCE) {
        let (mut factor, mut carry) = (1u64, 0u64);
        for digit in digits {
            let digit = DIGITS[usize::from(*digit)];
            if digit == NONE {
                return None;
            }
            factor *= 58;
            carry = carry * 58 + u64::from(digit);
        }
        for limb in &mut limbs {
            let product = u128::from(*limb) * u128::from(factor) + u128::from(carry);
            (*limb, carry) = (product as u64, (product >> 64) as u64);
        }
        if carry > 0 {
            limbs.push(carry);
        }
    }
    let unused = limbs.last().map_or(0, |highest| highest.leading_zeros() as usize / 8);
    let mut bytes = Vec::with_capacity(zeros + limbs.len() * 8);
    bytes.resize(zeros, 0);
    bytes.extend(limbs.iter().rev().flat_map(|limb| limb.to_be_bytes()).skip(unused));
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_every_length_are_read_as_another_library_writes_them() {
        let mut state = 1u64;
        for length in (0..200).chain([500, 2_000]) {
            for zeros in [0, 1, 2, length] {
                let mut bytes = vec![0; length];
                for byte in bytes.iter_mut().skip(zeros) {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    *byte = (state >> 56) as u8;
                }
                assert_eq!(decode(&bs58::encode(&bytes).into_string()), Some(bytes));
            }
            let full = vec![0xff; length];
            assert_eq!(decode(&bs58::encode(&full).into_string()), Some(full));
        }
    }

    #[test]
    fn what_the_alphabet_does_not_have_is_refused() {
        for byte in 0..=0x7fu8 {
            let text = format!("2{}2", char::from(byte));
            assert_eq!(decode(&text), bs58::decode(&text).into_vec().ok(), "{text:?}");
        }
        assert_eq!(decode("2é"), None);
        assert_eq!(decode("111111111111111111O"), None);
        assert_eq!(decode(""), Some(Vec::new()));
        assert_eq!(decode("1"), Some(vec![0]));
    }
}
