//! Version 1 of the compression: one raw DEFLATE stream ([RFC 1951](https://www.rfc-editor.org/rfc/rfc1951)) with a
//! preset dictionary.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use crate::payload::{MAX_PRESENTATION_BYTES, PayloadError};

/// The preset dictionary of version 1. Its bytes are part of the format and never change.
pub(crate) const DICTIONARY: &[u8] = include_bytes!("dictionary-1.txt");

/// A presentation's bytes as one stream.
pub(crate) fn deflate(presentation: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(presentation.len() / 2 + 64);
    let mut deflate = Compress::new(Compression::best(), false);
    deflate.set_dictionary(DICTIONARY).expect("a fresh compressor takes a dictionary shorter than its window");
    loop {
        // DEFLATE grows incompressible data by five bytes per 16 KiB block at most.
        out.reserve(presentation.len() / 2 + 1024);
        let rest = &presentation[so_far(deflate.total_in())..];
        let status = deflate
            .compress_vec(rest, &mut out, FlushCompress::Finish)
            .expect("a compressor that is only fed and finished has no state to fail in");
        if status == Status::StreamEnd {
            return out;
        }
    }
}

/// The bytes of a stream that ends where `compressed` ends.
pub(crate) fn inflate(compressed: &[u8]) -> Result<Vec<u8>, PayloadError> {
    let mut inflate = Decompress::new(false);
    inflate.set_dictionary(DICTIONARY).map_err(|_| PayloadError::Damaged)?;
    let mut out = Vec::new();
    loop {
        let room = out.len().max(compressed.len() * 4).max(1024).min(MAX_PRESENTATION_BYTES + 1 - out.len());
        out.reserve_exact(room);
        let (taken, written) = (inflate.total_in(), out.len());
        let rest = &compressed[so_far(taken)..];
        let status =
            inflate.decompress_vec(rest, &mut out, FlushDecompress::Finish).map_err(|_| PayloadError::Damaged)?;
        if out.len() > MAX_PRESENTATION_BYTES {
            return Err(PayloadError::TooLarge { limit: MAX_PRESENTATION_BYTES });
        }
        match status {
            Status::StreamEnd if so_far(inflate.total_in()) == compressed.len() => return Ok(out),
            Status::StreamEnd => return Err(PayloadError::Damaged),
            // There was room and no progress: the end is missing.
            _ if out.len() == written && inflate.total_in() == taken => return Err(PayloadError::Damaged),
            _ => {}
        }
    }
}

fn so_far(total: u64) -> usize {
    usize::try_from(total).expect("no more was read than the slice holds")
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_dictionary_of_version_1_never_changes() {
        let hash: String = Sha256::digest(DICTIONARY).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, "6be05a9f316ee37997309c24dc5342c55acf900c356a89f6039d3b8950f7e404");
        assert_eq!(DICTIONARY.len(), 7023);
    }

    #[test]
    fn a_stream_of_more_than_the_limit_is_refused_while_it_expands() {
        let bomb = deflate(&vec![b' '; MAX_PRESENTATION_BYTES + 1]);
        assert_eq!(inflate(&bomb), Err(PayloadError::TooLarge { limit: MAX_PRESENTATION_BYTES }));
        let most = vec![b' '; MAX_PRESENTATION_BYTES];
        assert_eq!(inflate(&deflate(&most)), Ok(most));
    }

    #[test]
    fn nothing_may_follow_a_stream() {
        let mut stream = deflate(b"{}");
        stream.push(0);
        assert_eq!(inflate(&stream), Err(PayloadError::Damaged));
    }
}
