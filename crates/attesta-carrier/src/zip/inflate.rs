//! DEFLATE, [RFC 1951](https://www.rfc-editor.org/rfc/rfc1951), with a bound that holds while it is unpacked.

use std::io::Read;

use flate2::read::DeflateDecoder;

use crate::piece::UnpackError;

/// What `packed` stands for, if that is no longer than `limit`.
///
/// # Errors
/// [`UnpackError::TooLarge`] or [`UnpackError::Damaged`].
pub(super) fn inflated(packed: &[u8], limit: usize) -> Result<Vec<u8>, UnpackError> {
    let mut content = Vec::new();
    let bound = limit as u64;
    let mut decoder = DeflateDecoder::new(packed).take(bound + 1);
    decoder.read_to_end(&mut content).map_err(|_| UnpackError::Damaged)?;
    if content.len() > limit { Err(UnpackError::TooLarge { limit: bound }) } else { Ok(content) }
}
