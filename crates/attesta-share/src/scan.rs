//! QR codes ([ISO/IEC 18004](https://www.iso.org/standard/83389.html)) in pictures: screenshots, photographs, frames of a
//! camera.

mod attempt;
mod grey;
mod marks;

pub use grey::GreyPicture;

use attempt::{ATTEMPTS, Attempt, QUICK_ATTEMPTS};

/// The most codes that are taken from one frame of a camera.
const CODES_IN_FRAME: usize = 8;

/// How many times a frame's pixels may be gone through.
const FRAME_WORK: u64 = 6;

/// What the codes in a picture say, for pictures that come many times a second: `grey` holds `width` times `height`
/// shades, row after row, 0 for black. Nothing where there is no code, or `grey` has another length.
///
/// Quick, and bounded whatever the picture shows; [`search_codes`] looks harder.
pub fn read_codes(width: usize, height: usize, grey: &[u8]) -> Vec<String> {
    let Some(picture) = GreyPicture::new(width, height, grey.to_vec()) else { return Vec::new() };
    let mut work = picture.pixels().saturating_mul(FRAME_WORK);
    attempts(&QUICK_ATTEMPTS, &picture, CODES_IN_FRAME, &mut work)
}

/// Searches a hard picture (a photograph, a poster, white on black) for codes: tries one way of looking after the other
/// until each code that is seen is read, `most` are found, or the work is done that the picture is worth. `work` counts
/// pixels gone through and is left at what remains.
pub fn search_codes(picture: &GreyPicture, most: usize, work: &mut u64) -> Vec<String> {
    attempts(&ATTEMPTS, picture, most, work)
}

fn attempts(attempts: &[Attempt], picture: &GreyPicture, most: usize, work: &mut u64) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for attempt in attempts {
        let Some(changed) = attempt.of(picture).filter(|changed| changed.pixels() <= *work) else { continue };
        let (spent, seen) = look(&changed, *work);
        *work -= spent;
        let are_all_read = seen.iter().all(Option::is_some);
        for text in seen.into_iter().flatten() {
            if !found.contains(&text) && found.len() < most {
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
fn look(picture: &GreyPicture, work: u64) -> (u64, Vec<Option<String>>) {
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
#[path = "scan_tests.rs"]
mod tests;
