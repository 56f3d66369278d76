//! The same compressed bytes each time, whatever compressor a release of a library brings: DEFLATE with fixed
//! Huffman codes and runs of one repeated byte ([RFC 1951 section 3.2.6](https://www.rfc-editor.org/rfc/rfc1951)).

use flate2::Crc;

/// The bytes as a gzip file, [RFC 1952](https://www.rfc-editor.org/rfc/rfc1952).
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(bytes);
    let length = u32::try_from(bytes.len()).expect("test data is far below 4 GiB");
    let header: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 0xff];
    [&header[..], &deflate(bytes), &crc.sum().to_le_bytes(), &length.to_le_bytes()].concat()
}

/// The bytes as a zlib stream, [RFC 1950](https://www.rfc-editor.org/rfc/rfc1950).
pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    [&[0x78, 0x9c], deflate(bytes).as_slice(), &(b << 16 | a).to_be_bytes()].concat()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = Bits::default();
    out.push(0b1, 1); // the last block
    out.push(0b01, 2); // fixed codes
    let mut place = 0;
    while place < bytes.len() {
        let byte = bytes[place];
        out.symbol(u32::from(byte));
        place += 1;
        let run = bytes[place..].iter().take_while(|next| **next == byte).count();
        // 258, the longest match, is one symbol without extra bits; the distance of one byte is symbol 0.
        for _ in 0..run / 258 {
            out.symbol(285);
            out.push(0, 5);
        }
        place += run / 258 * 258;
    }
    out.symbol(256);
    out.finish()
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    filled: u32,
}

impl Bits {
    /// The low bits of `value`, first bit first.
    fn push(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.filled.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let last = self.bytes.last_mut().expect("a byte was pushed when none was open");
            *last |= u8::from(value >> bit & 1 == 1) << (self.filled % 8);
            self.filled += 1;
        }
    }

    /// A literal or length symbol in its fixed Huffman code, most significant bit first.
    fn symbol(&mut self, symbol: u32) {
        let (code, count) = match symbol {
            0..=143 => (0x30 + symbol, 8),
            144..=255 => (0x190 + symbol - 144, 9),
            256..=279 => (symbol - 256, 7),
            _ => (0xc0 + symbol - 280, 8),
        };
        self.push(u32::reverse_bits(code) >> (32 - count), count);
    }

    fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_compressed_comes_back() {
        let mut sparse = vec![0_u8; 20_000];
        sparse[7] = 0x80;
        sparse[19_999] = 0xff;
        for bytes in [b"".to_vec(), b"Am\xc3\xa9lie, 200 \xff".to_vec(), sparse] {
            let mut back = Vec::new();
            flate2::read::GzDecoder::new(gzip(&bytes).as_slice()).read_to_end(&mut back).unwrap();
            assert_eq!(back, bytes);
            back.clear();
            flate2::read::ZlibDecoder::new(zlib(&bytes).as_slice()).read_to_end(&mut back).unwrap();
            assert_eq!(back, bytes);
        }
    }

    #[test]
    fn a_list_of_zeros_becomes_small() {
        assert!(gzip(&[0; 16_384]).len() < 300);
    }
}
