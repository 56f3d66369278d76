//! Pictures of QR codes ([ISO/IEC 18004](https://www.iso.org/standard/83389.html)): screenshots, photographs, posters.

mod grey;

use attesta_credential::{PictureKind, ReadError, read_each};
use attesta_share::search_codes;

use crate::limits::{CODES, PICTURE_BYTES, SEARCHED_PIXELS};

/// What a picture was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Searched {
    /// A document of its own: a baked badge, or a picture that is damaged or not searched.
    Document,
    /// A picture with neither credential nor code.
    Nothing,
    /// What its codes say.
    Codes(Vec<String>),
}

/// Searches a picture for codes, if no credential is baked into it.
pub(crate) fn codes_of(bytes: &[u8], pixels_left: &mut u64) -> Searched {
    let is_bare = matches!(
        read_each(bytes),
        Err(ReadError::PngWithoutCredential
            | ReadError::PictureWithoutCredential { kind: PictureKind::Jpeg | PictureKind::Gif | PictureKind::WebP })
    );
    if !is_bare || bytes.len() > PICTURE_BYTES {
        return Searched::Document;
    }
    let found: Vec<String> = grey::decoded(bytes, pixels_left).iter().fold(Vec::new(), |mut found, picture| {
        if found.is_empty() {
            let most = SEARCHED_PIXELS.min(*pixels_left);
            let mut work = most;
            found = search_codes(picture, CODES, &mut work);
            *pixels_left -= most - work;
        }
        found
    });
    if found.is_empty() { Searched::Nothing } else { Searched::Codes(found) }
}

#[cfg(test)]
mod tests;
