//! Small PNG files for the cases ([PNG, third edition](https://www.w3.org/TR/png-3/)).

use flate2::Crc;

use crate::deflate::zlib;

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// A picture of one grey pixel with these chunks before its data.
pub fn picture(chunks: &[Vec<u8>]) -> Vec<u8> {
    let header = [1_u32.to_be_bytes(), 1_u32.to_be_bytes(), [8, 0, 0, 0]].concat();
    let header = [header.as_slice(), &[0]].concat();
    [
        SIGNATURE.to_vec(),
        chunk(b"IHDR", &header),
        chunks.concat(),
        chunk(b"IDAT", &zlib(&[0, 0x80])),
        chunk(b"IEND", &[]),
    ]
    .concat()
}

/// A chunk with its checksum.
pub fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(data);
    let length = u32::try_from(data.len()).expect("test data is far below 4 GiB");
    [&length.to_be_bytes(), kind.as_slice(), data, &crc.sum().to_be_bytes()].concat()
}

/// An uncompressed `iTXt` chunk.
pub fn text(keyword: &str, text: &[u8]) -> Vec<u8> {
    chunk(b"iTXt", &[keyword.as_bytes(), &[0, 0, 0, 0, 0], text].concat())
}

/// A compressed `iTXt` chunk.
pub fn compressed_text(keyword: &str, text: &[u8]) -> Vec<u8> {
    chunk(b"iTXt", &[keyword.as_bytes(), &[0, 1, 0, 0, 0], &zlib(text)].concat())
}
