//! The little of CBOR ([RFC 8949](https://www.rfc-editor.org/rfc/rfc8949)) that Uniform Resources need: whole numbers,
//! byte strings and one array of five, each in its shortest form.

const UNSIGNED: u8 = 0;
const BYTES: u8 = 2;
const ARRAY: u8 = 4;

/// Appends a whole number.
pub(super) fn write_unsigned(out: &mut Vec<u8>, number: u32) {
    write_head(out, UNSIGNED, number);
}

/// Appends a byte string.
pub(super) fn write_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    write_head(out, BYTES, u32::try_from(bytes.len()).expect("messages are limited far below"));
    out.extend_from_slice(bytes);
}

/// Begins an array.
pub(super) fn write_array(out: &mut Vec<u8>, items: u32) {
    write_head(out, ARRAY, items);
}

/// A byte string alone.
pub(super) fn byte_string(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 5);
    write_bytes(&mut out, bytes);
    out
}

/// What a byte string alone holds; `None` where it is anything else or something follows.
pub(super) fn read_byte_string(text: &[u8]) -> Option<&[u8]> {
    let mut reader = Reader { rest: text };
    let bytes = reader.bytes()?;
    reader.is_done().then_some(bytes)
}

fn write_head(out: &mut Vec<u8>, major: u8, number: u32) {
    let major = major << 5;
    match number {
        0..24 => out.push(major | number as u8),
        24..0x100 => out.extend([major | 24, number as u8]),
        0x100..0x1_0000 => {
            out.push(major | 25);
            out.extend_from_slice(&(number as u16).to_be_bytes());
        }
        _ => {
            out.push(major | 26);
            out.extend_from_slice(&number.to_be_bytes());
        }
    }
}

/// Reads items one after the other.
pub(super) struct Reader<'t> {
    pub(super) rest: &'t [u8],
}

impl<'t> Reader<'t> {
    pub(super) fn unsigned(&mut self) -> Option<u32> {
        self.head(UNSIGNED)
    }

    pub(super) fn array(&mut self) -> Option<u32> {
        self.head(ARRAY)
    }

    pub(super) fn bytes(&mut self) -> Option<&'t [u8]> {
        let length = usize::try_from(self.head(BYTES)?).ok()?;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// The number in an item's head. Longer forms than needed are let through: not everybody writes the shortest.
    fn head(&mut self, major: u8) -> Option<u32> {
        let (first, rest) = self.rest.split_first()?;
        if first >> 5 != major {
            return None;
        }
        let width = match first & 0x1f {
            number @ 0..24 => {
                self.rest = rest;
                return Some(u32::from(number));
            }
            24 => 1,
            25 => 2,
            26 => 4,
            _ => return None,
        };
        let (number, rest) = rest.split_at_checked(width)?;
        self.rest = rest;
        Some(number.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_shortest_form_and_come_back() {
        #[track_caller]
        fn check(number: u32, expected: &[u8]) {
            let mut out = Vec::new();
            write_unsigned(&mut out, number);
            assert_eq!(out, expected);
            assert_eq!(Reader { rest: &out }.unsigned(), Some(number));
        }
        // RFC 8949, appendix A.
        check(0, &[0]);
        check(23, &[0x17]);
        check(24, &[0x18, 0x18]);
        check(100, &[0x18, 0x64]);
        check(1000, &[0x19, 0x03, 0xe8]);
        check(1_000_000, &[0x1a, 0x00, 0x0f, 0x42, 0x40]);
    }

    #[test]
    fn a_byte_string_that_promises_more_than_there_is_is_refused() {
        assert_eq!(read_byte_string(&[0x44, 1, 2, 3, 4]), Some(&[1, 2, 3, 4][..]));
        for text in [&[0x44, 1, 2, 3][..], &[0x44, 1, 2, 3, 4, 5], &[0x5a, 0xff, 0xff, 0xff, 0xff, 1], &[0x5f], &[]] {
            assert_eq!(read_byte_string(text), None, "{text:?}");
        }
    }
}
