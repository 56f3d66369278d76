//! Looking at many bytes at once: most text has none of the characters that need care, and saying so is what takes the
//! time.

/// How many bytes are looked at together; the compiler makes a few vector instructions of them.
const BLOCK: usize = 16;

/// Whether a byte of the text is marked. `mark` must be without branches, and must not mark `A`.
#[inline]
pub(crate) fn has_marked(text: &[u8], mark: impl Fn(u8) -> bool) -> bool {
    let in_block = |block: &[u8; BLOCK]| block.iter().fold(false, |found, byte| found | mark(*byte));
    let (blocks, rest) = text.as_chunks();
    if blocks.iter().any(&in_block) {
        return true;
    }
    match text.last_chunk() {
        _ if rest.is_empty() => false,
        // A few bytes are looked at twice, which is faster than looking at the rest one by one.
        Some(last) => in_block(last),
        None => {
            let mut block = [b'A'; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            in_block(&block)
        }
    }
}

/// How many bytes stand before the first one that ends a JSON string or does not stand for itself in one: a quotation
/// mark, a backslash or a control character. The text's length where there is none.
#[inline]
pub(crate) fn plain_in_json(text: &[u8]) -> usize {
    let (words, rest) = text.as_chunks();
    for (index, word) in words.iter().enumerate() {
        let special = first_special(u64::from_le_bytes(*word));
        if special < 8 {
            return index * 8 + special;
        }
    }
    let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    text.len() - rest.len() + rest.iter().position(ends).unwrap_or(rest.len())
}

/// The place of the first such byte in eight, the first of which is the lowest; 8 where there is none.
///
/// Subtracting sets the highest bit of a byte that was less, unless it was set before. A borrow may mark bytes above
/// the first one found, which changes nothing.
#[inline]
fn first_special(word: u64) -> usize {
    const ONES: u64 = u64::MAX / 0xff;
    const HIGHEST: u64 = ONES * 0x80;
    let controls = word.wrapping_sub(ONES * 0x20);
    let quotes = (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES);
    let backslashes = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    let special = (controls | quotes | backslashes) & !word & HIGHEST;
    special.trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_byte_is_found_wherever_it_stands() {
        for length in 0..50 {
            let mut text = vec![b'x'; length];
            assert!(!has_marked(&text, |byte| byte == b'#'));
            for place in 0..length {
                text[place] = b'#';
                assert!(has_marked(&text, |byte| byte == b'#'), "{place} of {length}");
                text[place] = b'x';
            }
        }
    }

    #[test]
    fn what_ends_or_breaks_a_json_string_is_found_wherever_it_stands() {
        for length in 0..20 {
            for plain in [b'x', b' ', b'!', b'#', b'[', b']', 0x7f, 0x80, 0xa2, 0xdc, 0xff] {
                let mut text = vec![plain; length];
                assert_eq!(plain_in_json(&text), length);
                for place in 0..length {
                    for special in (0..0x20).chain([b'"', b'\\']) {
                        text[place] = special;
                        assert_eq!(plain_in_json(&text), place, "{special} at {place} of {length}");
                    }
                    text[place] = plain;
                }
            }
        }
    }
}
