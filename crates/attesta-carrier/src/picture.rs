//! Pictures of QR codes ([ISO/IEC 18004](https://www.iso.org/standard/83389.html)): screenshots, photographs, posters.

mod attempt;
mod grey;
mod marks;

use attesta_credential::{PictureKind, ReadError, read_each};

use crate::limits::{CODES, PICTURE_BYTES, SEARCHED_PIXELS};
use attempt::ATTEMPTS;
use grey::Grey;

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
            found = search(picture, pixels_left);
        }
        found
    });
    if found.is_empty() { Searched::Nothing } else { Searched::Codes(found) }
}

/// Tries one way of looking after the other until each code that is seen is read, or the work is done that one picture
/// is worth.
fn search(picture: &Grey, pixels_left: &mut u64) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut work = SEARCHED_PIXELS.min(*pixels_left);
    for attempt in ATTEMPTS {
        let Some(changed) = attempt.of(picture).filter(|changed| changed.pixels() <= work) else { continue };
        let (spent, seen) = look(&changed, work);
        work -= spent;
        *pixels_left -= spent;
        let are_all_read = seen.iter().all(Option::is_some);
        for text in seen.into_iter().flatten() {
            if !found.contains(&text) && found.len() < CODES {
                found.push(text);
            }
        }
        if !found.is_empty() && are_all_read {
            break;
        }
    }
    found
}

/// The work that was done, no more than `work`, which is enough to go through the picture once, and the codes that are seen, in reading order: what each says, or
/// `None` where it can't be read.
fn look(picture: &Grey, work: u64) -> (u64, Vec<Option<String>>) {
    let (width, height) = (picture.width, picture.height);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| picture.at(x, y));
    let is_dark = |x, y| u8::from(prepared.get_pixel_at(x, y)) != 0;
    let marks = marks::count(width, height, is_dark);
    let cost = marks.work(picture.pixels());
    // Each code has three marks, so that with fewer there is nothing to search for.
    if cost > work || marks.whole < 3 {
        return (picture.pixels(), Vec::new());
    }
    let mut grids = prepared.detect_grids();
    grids.sort_by_key(|grid| grid.bounds.iter().map(|corner| (corner.y, corner.x)).min());
    let read = |bytes: Vec<u8>| {
        // The standard's own character set where it is not UTF-8.
        let text =
            String::from_utf8(bytes).unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect());
        (!text.trim().is_empty()).then_some(text)
    };
    let seen = grids.iter().map(|grid| {
        let mut bytes = Vec::new();
        grid.decode_to(&mut bytes).ok().and_then(|_| read(bytes))
    });
    (cost, seen.collect())
}

#[cfg(test)]
mod tests;
