//! What stands before the next byte, in the ways that tell most about it.

use super::laid_open::{BEGIN, END};

/// How many ways there are.
pub(super) const CONTEXTS: usize = 9;

/// The bytes that are told apart by order alone.
const ORDERS: usize = 6;

/// A run longer than this is as good as any longer one.
const LONGEST_RUN: u32 = 8;

/// What stands before the next byte.
#[derive(Default)]
pub(super) struct Contexts {
    /// A hash of each: nothing, the last 1, 2, 3 and 4 bytes, the word so far, that with the word before it, the JSON
    /// member with the last byte, the kinds of characters since the last punctuation.
    pub(super) hashes: [u32; CONTEXTS],
    /// A hash of the last six bytes.
    pub(super) six: u32,
    last: [u8; ORDERS],
    word: u32,
    word_before: u32,
    member: Member,
    run: Run,
}

impl Contexts {
    /// Takes in the byte that came.
    pub(super) fn append(&mut self, byte: u8) {
        self.last.copy_within(..ORDERS - 1, 1);
        self.last[0] = byte;
        let mut orders = [0_u32; ORDERS + 1];
        for (length, last) in self.last.iter().enumerate() {
            orders[length + 1] = hashed(orders[length], *last);
        }
        if byte.is_ascii_alphabetic() || byte >= 0x80 {
            self.word = self.word.wrapping_add(u32::from(byte.to_ascii_lowercase()) + 1).wrapping_mul(0x3D4D_51CB);
        } else if self.word != 0 {
            self.word_before = std::mem::take(&mut self.word);
        }
        self.member.append(byte);
        self.run.append(byte);
        let word = self.word.wrapping_add(u32::from(byte) << 8);
        let words = word.wrapping_add(self.word_before.wrapping_mul(0x51ED_270B));
        let member = self.member.name.wrapping_mul(0x9E37_79B1) ^ orders[1].wrapping_mul(3);
        let run = (self.run.kinds << 8 | self.run.length).wrapping_mul(0x3D4D_51CB);
        self.hashes = [0, orders[1], orders[2], orders[3], orders[4], word, words, member, run];
        self.six = orders[ORDERS];
    }
}

fn hashed(hash: u32, byte: u8) -> u32 {
    hash.wrapping_add(u32::from(byte) + 1).wrapping_mul(0x2F0B_4C47)
}

/// Which member's value stands here: the string in front of the last colon.
#[derive(Default)]
struct Member {
    /// A hash of its name; 0 before the first.
    name: u32,
    /// A hash of the string so far, or of the last one.
    string: u32,
    within: bool,
    escaped: bool,
}

impl Member {
    fn append(&mut self, byte: u8) {
        match byte {
            // A token that is laid open stands in a string and holds JSON itself.
            BEGIN | END => (self.within, self.escaped) = (byte == END, false),
            b'"' if !self.escaped => {
                self.within = !self.within;
                if self.within {
                    self.string = 0;
                }
            }
            _ if self.within => {
                self.escaped = byte == b'\\' && !self.escaped;
                self.string = hashed(self.string, byte);
            }
            b':' => self.name = self.string | 1,
            _ => {}
        }
    }
}

/// The ASCII letters and digits since the last other character.
#[derive(Default)]
struct Run {
    length: u32,
    /// 1 for digits, 2 for letters that are no hexadecimal digits, 4 for capital letters.
    kinds: u32,
}

impl Run {
    fn append(&mut self, byte: u8) {
        if !byte.is_ascii_alphanumeric() {
            *self = Run::default();
            return;
        }
        self.length = (self.length + 1).min(LONGEST_RUN);
        self.kinds |= match byte {
            b'0'..=b'9' => 1,
            b'a'..=b'f' => 0,
            b'A'..=b'Z' => 4,
            _ => 2,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &[u8]) -> Contexts {
        let mut contexts = Contexts::default();
        text.iter().for_each(|byte| contexts.append(*byte));
        contexts
    }

    #[test]
    fn a_value_is_known_by_the_name_in_front_of_it() {
        let name = |text: &[u8]| after(text).member.name;
        let alike: [&[u8]; 4] = [
            br#"{"name":""#,
            br#"{"url":"https://a.example:80/","name":"Nurs"#,
            br#"{"type":["A"],"name" : ["B:C","#,
            b"\xfe{\"a\":1}\xff\",\"name\":",
        ];
        for text in alike {
            assert_eq!(name(text), name(br#""name":"#), "{}", String::from_utf8_lossy(text));
        }
        assert_ne!(name(br#"{"name":"a","url":"#), name(br#""name":"#));
        assert_eq!(name(br#"{"a":"\":","#), name(br#"{"a":"#), "a quotation mark in a string does not end it");
    }

    #[test]
    fn what_stands_far_back_makes_no_difference_to_the_last_bytes() {
        let (one, other) = (after(b"<<{\"a\":\"Skills for"), after(b"{\"b\":\"Skills for"));
        assert_eq!(one.hashes[..7], other.hashes[..7]);
        assert_eq!(one.six, other.six);
        assert_ne!(one.hashes[7], other.hashes[7]);
    }
}
