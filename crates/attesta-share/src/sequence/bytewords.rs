//! Bytes as letters: [Bytewords](https://github.com/BlockchainCommons/Research/blob/master/papers/bcr-2020-012-bytewords.md)
//! in their minimal style, two letters a byte, the checksum of the bytes behind them.

use super::crc::crc32;

/// The first and last letter of each of the 256 words of the standard, in their order.
const LETTERS: &[u8; 512] =
    b"aeadaoaxaaahamatayasbkbdbnbtbabsbebybgbwbbbzcmchcscfcycwcecackctcxclcpcndkdadsdidedtdrdndwdpdmdl\
    dyeheyeoeeecenemetesftfrfnfsfmfhfzfpfwfxfyfefgflfdgagegrgsgtglgwgdgygmgughgohfhghdhkhthphhhlhyhe\
    hnhsidiaieihiyioisinimjejzjnjtjljojsjpjkjykpkoktkskkknkgkekikblblalylflslrlplnltloldlelulklgmnmy\
    mhmemomumwmdmtmsmknlnyndnsntnnnenboyoeotoxonolospdptpkpypspmplpepfpaprqdqzrerprlrorhrdrkrfryrnrs\
    rtsesasrssskswstspsosgsbsfsntotktitttdtetytltbtstptatnuyuoutueurvtvyvovlvevwvavdvswlwdwmwpwewyws\
    wtwnwzwfwkykynylyaytzszoztzczezm";

const CHECKSUM_BYTES: usize = 4;

/// The letters of `bytes` and of their checksum.
pub(super) fn encode(bytes: &[u8]) -> String {
    let checksum = crc32(bytes).to_be_bytes();
    let all = bytes.iter().chain(&checksum);
    all.flat_map(|byte| LETTERS[2 * usize::from(*byte)..][..2].iter().copied().map(char::from)).collect()
}

/// The bytes of small letters; `None` where a pair is no word or the checksum differs.
pub(super) fn decode(letters: &str) -> Option<Vec<u8>> {
    if !letters.len().is_multiple_of(2) {
        return None;
    }
    let mut bytes = letters.as_bytes().chunks_exact(2).map(byte_of).collect::<Option<Vec<u8>>>()?;
    let checksum = bytes.split_off(bytes.len().checked_sub(CHECKSUM_BYTES)?);
    (crc32(&bytes).to_be_bytes() == *checksum).then_some(bytes)
}

fn byte_of(pair: &[u8]) -> Option<u8> {
    LETTERS.chunks_exact(2).position(|word| word == pair).and_then(|place| u8::try_from(place).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_two_letters_of_its_own() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&all)), Some(all));
    }

    #[test]
    fn the_letters_are_those_of_the_standard() {
        // The example of BCR-2020-012.
        assert_eq!(encode(&[0, 1, 2, 128, 255]), "aeadaolazmjendeoti");
        assert_eq!(encode(b"data"), "iehsjyhspmwfwfia");
    }

    #[test]
    fn letters_that_are_no_words_or_have_another_checksum_are_refused() {
        for letters in
            ["", "ae", "aeadaolazmjendeotiz", "aeadaolazmjendeoto", "adaeaolazmjendeoti", "zzadaolazmjendeoti"]
        {
            assert_eq!(decode(letters), None, "{letters}");
        }
    }
}
