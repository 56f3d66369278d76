//! The CBOR that proof values of ecdsa-sd-2023 are made of, [RFC 8949](https://www.rfc-editor.org/rfc/rfc8949): byte
//! and text strings, arrays, maps and unsigned integers, all of definite length and without tags.

/// Reads items one after the other; `None` where the next one is not what is asked for.
pub(super) struct Reader<'b> {
    rest: &'b [u8],
}

/// The major types, [section 3.1](https://www.rfc-editor.org/rfc/rfc8949#section-3.1).
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Major {
    Unsigned = 0,
    Bytes = 2,
    Text = 3,
    Array = 4,
    Map = 5,
}

impl<'b> Reader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Reader { rest: bytes }
    }

    pub(super) fn unsigned(&mut self) -> Option<u64> {
        self.head(Major::Unsigned)
    }

    pub(super) fn bytes(&mut self) -> Option<&'b [u8]> {
        self.string(Major::Bytes)
    }

    pub(super) fn text(&mut self) -> Option<&'b str> {
        std::str::from_utf8(self.string(Major::Text)?).ok()
    }

    /// How many items follow. No more than there are bytes, so that nobody makes room for what can't come.
    pub(super) fn array(&mut self) -> Option<usize> {
        let length = usize::try_from(self.head(Major::Array)?).ok()?;
        (length <= self.rest.len()).then_some(length)
    }

    /// How many pairs of items follow.
    pub(super) fn map(&mut self) -> Option<usize> {
        let length = usize::try_from(self.head(Major::Map)?).ok()?;
        (length <= self.rest.len() / 2).then_some(length)
    }

    /// Nothing may follow the last item.
    pub(super) fn end(self) -> Option<()> {
        self.rest.is_empty().then_some(())
    }

    fn string(&mut self, major: Major) -> Option<&'b [u8]> {
        let length = usize::try_from(self.head(major)?).ok()?;
        let (string, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(string)
    }

    fn head(&mut self, major: Major) -> Option<u64> {
        let (first, rest) = self.rest.split_first()?;
        if first >> 5 != major as u8 {
            return None;
        }
        let following = match first & 31 {
            short @ 0..=23 => {
                self.rest = rest;
                return Some(u64::from(short));
            }
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            // Reserved, or of indefinite length.
            _ => return None,
        };
        let (number, rest) = rest.split_at_checked(following)?;
        self.rest = rest;
        Some(number.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }
}

/// Writes items in their shortest form.
#[derive(Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn after(header: &[u8]) -> Self {
        Writer { bytes: header.to_vec() }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub(super) fn unsigned(&mut self, value: u64) {
        self.head(Major::Unsigned, value);
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.head(Major::Bytes, bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.head(Major::Text, text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn array(&mut self, length: usize) {
        self.head(Major::Array, length as u64);
    }

    pub(super) fn map(&mut self, length: usize) {
        self.head(Major::Map, length as u64);
    }

    fn head(&mut self, major: Major, value: u64) {
        let major = (major as u8) << 5;
        let bytes = value.to_be_bytes();
        let (info, following) = match value {
            0..=23 => (bytes[7], 0),
            24..=0xff => (24, 1),
            0x100..=0xffff => (25, 2),
            0x1_0000..=0xffff_ffff => (26, 4),
            _ => (27, 8),
        };
        self.bytes.push(major | info);
        self.bytes.extend_from_slice(&bytes[8 - following..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_length_come_back() {
        for value in [0, 23, 24, 255, 256, 65_535, 65_536, u64::from(u32::MAX), 1 << 32, u64::MAX] {
            let mut writer = Writer::default();
            writer.unsigned(value);
            let bytes = writer.into_bytes();
            let mut reader = Reader::new(&bytes);
            assert_eq!((reader.unsigned(), reader.end()), (Some(value), Some(())));
        }
    }

    #[test]
    fn items_come_back_in_their_order() {
        let mut writer = Writer::after(&[0xff]);
        writer.array(2);
        writer.bytes(&[7; 64]);
        writer.map(1);
        writer.unsigned(300);
        writer.text("é");
        let bytes = writer.into_bytes();
        assert_eq!(bytes[..4], [0xff, 0x82, 0x58, 64]);
        let mut reader = Reader::new(&bytes[1..]);
        assert_eq!((reader.array(), reader.bytes()), (Some(2), Some(&[7; 64][..])));
        assert_eq!((reader.map(), reader.unsigned(), reader.text()), (Some(1), Some(300), Some("é")));
        assert_eq!(reader.end(), Some(()));
    }

    #[test]
    fn what_is_not_asked_for_is_refused() {
        // An unsigned number, a tagged one, arrays of indefinite length and of more items than there are bytes, a byte
        // string cut short, text that is no UTF-8.
        assert_eq!(Reader::new(&[0x07]).bytes(), None);
        assert_eq!(Reader::new(&[0xc0, 0x07]).unsigned(), None);
        assert_eq!(Reader::new(&[0x9f, 0x07, 0xff]).array(), None);
        assert_eq!(Reader::new(&[0x9a, 0xff, 0xff, 0xff, 0xff, 0x07]).array(), None);
        assert_eq!(Reader::new(&[0xa1, 0x07]).map(), None);
        assert_eq!(Reader::new(&[0x42, 0x07]).bytes(), None);
        assert_eq!(Reader::new(&[0x61, 0xff]).text(), None);
        assert_eq!(Reader::new(&[0x19, 0x07]).unsigned(), None);
        assert_eq!(Reader::new(&[]).unsigned(), None);
        assert_eq!(Reader::new(&[0x07]).end(), None);
    }
}
