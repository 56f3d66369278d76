//! Pictures of credentials, decoded and encoded anew before they reach a face.
//!
//! A picture comes from whoever wrote the credential: nothing of its file passes through, only its pixels. Remote
//! pictures are never fetched, since the fetch would tell the issuer that the credential is being looked at.

use std::cell::Cell;
use std::io::Cursor;

use attesta_credential::limits::IMAGE_BYTES;
use attesta_credential::{Container, Found};
use attesta_verify::related::may_be_shown;
use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use image::{DynamicImage, ImageFormat, ImageReader, Limits};

/// How large a picture is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PictureSize {
    /// For a row of a list.
    Row,
    /// For the certificate itself.
    Whole,
}

impl PictureSize {
    /// The longest side in pixels, for screens of twice the usual density.
    fn pixels(self) -> u32 {
        match self {
            PictureSize::Row => 96,
            PictureSize::Whole => 512,
        }
    }
}

/// Longest side in pixels that is decoded: above any badge, and it bounds the memory that a small file can claim.
const SIDE: u32 = 4_096;
/// Most bytes that decoding may take, for the same reason.
const DECODED_BYTES: u64 = 96 << 20;

/// The credential's picture as a `data:` URL: of its achievement, else its own, else the picture it is baked into.
pub(crate) fn picture_of(found: &Found, received: &[u8], size: PictureSize) -> Option<String> {
    picture_counted(found, received, size, &Cell::new(0))
}

/// As [`picture_of`], adding to `drawn` how many pixels were decoded for it.
pub(crate) fn picture_counted(found: &Found, received: &[u8], size: PictureSize, drawn: &Cell<u64>) -> Option<String> {
    let credential = &found.credential;
    let achievements = credential.subjects().iter().filter_map(|subject| subject.achievement.as_ref());
    let embedded = achievements
        .filter_map(|achievement| achievement.image.as_deref())
        .chain(credential.image())
        .filter(|address| may_be_shown(credential, address))
        .find_map(|address| reencode(&data_of(address)?, size, drawn));
    embedded.or_else(|| match found.container {
        Container::Png => reencode(received, size, drawn),
        // SVG is never drawn: what it shows can depend on who looks, and it can hold more than a picture.
        Container::Plain | Container::Svg | Container::Pdf => None,
    })
}

/// The credential's drawing, SVG, as its issuer made it: never shown by a face, only given on in a file. Of its
/// achievement, else its own, else the drawing it is baked into.
pub(crate) fn drawing_of(found: &Found, received: &[u8]) -> Option<Vec<u8>> {
    let credential = &found.credential;
    let achievements = credential.subjects().iter().filter_map(|subject| subject.achievement.as_ref());
    let embedded = achievements
        .filter_map(|achievement| achievement.image.as_deref())
        .chain(credential.image())
        .filter(|address| may_be_shown(credential, address))
        .filter(|address| address.get(..18).is_some_and(|head| head.eq_ignore_ascii_case("data:image/svg+xml")))
        .find_map(data_of);
    embedded.or_else(|| (found.container == Container::Svg).then(|| received.to_vec()))
}

/// The bytes of a base64 `data:image/…` URL, [RFC 2397](https://www.rfc-editor.org/rfc/rfc2397).
pub(crate) fn data_of(address: &str) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let (head, body) = address
        .get(..5)
        .filter(|scheme| scheme.eq_ignore_ascii_case("data:"))
        .and_then(|_| address[5..].split_once(','))?;
    let head = head.to_ascii_lowercase();
    let fits = head.starts_with("image/") && head.ends_with(";base64") && body.len() <= IMAGE_BYTES / 3 * 4 + 4;
    fits.then(|| LENIENT.decode(body.trim()).ok())?
}

/// The picture's pixels in a new PNG; `None` for what is no picture, too large or of a kind that is not decoded.
fn reencode(bytes: &[u8], size: PictureSize, drawn: &Cell<u64>) -> Option<String> {
    if bytes.len() > IMAGE_BYTES {
        return None;
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(DECODED_BYTES);
    reader.limits(limits);
    let picture = reader.decode().ok()?;
    drawn.set(drawn.get().saturating_add(u64::from(picture.width()) * u64::from(picture.height())));
    let side = size.pixels();
    let fitted = match picture.width().max(picture.height()) > side {
        true => picture.thumbnail(side, side),
        false => picture,
    };
    let mut encoded = Cursor::new(Vec::new());
    // Eight bits per channel whatever came in: every web view shows them.
    DynamicImage::ImageRgba8(fitted.into_rgba8()).write_to(&mut encoded, ImageFormat::Png).ok()?;
    Some(format!("data:image/png;base64,{}", STANDARD.encode(encoded.into_inner())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reencode(bytes: &[u8], size: PictureSize) -> Option<String> {
        super::reencode(bytes, size, &Cell::new(0))
    }

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn sides(address: &str) -> (u32, u32) {
        let bytes = data_of(address).unwrap();
        let picture = image::load_from_memory_with_format(&bytes, ImageFormat::Png).unwrap();
        (picture.width(), picture.height())
    }

    #[test]
    fn a_picture_comes_out_as_a_new_png_of_the_size_wanted() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif] {
            let bytes = encoded(600, 300, format);
            assert_eq!(sides(&reencode(&bytes, PictureSize::Row).unwrap()), (96, 48), "{format:?}");
            assert_eq!(sides(&reencode(&bytes, PictureSize::Whole).unwrap()), (512, 256), "{format:?}");
        }
        assert_eq!(sides(&reencode(&encoded(10, 20, ImageFormat::Png), PictureSize::Row).unwrap()), (10, 20));
    }

    #[test]
    fn nothing_of_the_old_file_passes_through() {
        let mut bytes = encoded(4, 4, ImageFormat::Jpeg);
        bytes.extend_from_slice(b"<script>alert(1)</script>");
        let address = reencode(&bytes, PictureSize::Whole).unwrap();
        let new = data_of(&address).unwrap();
        assert!(!new.windows(6).any(|window| window == b"script"));
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_left_out() {
        assert_eq!(reencode(b"<svg xmlns='http://www.w3.org/2000/svg'/>", PictureSize::Row), None);
        assert_eq!(reencode(b"", PictureSize::Row), None);
        assert_eq!(reencode(&encoded(SIDE + 1, 1, ImageFormat::Png), PictureSize::Row), None);
        assert_eq!(reencode(&vec![0; IMAGE_BYTES + 1], PictureSize::Row), None);
    }

    #[test]
    fn only_base64_picture_data_is_read() {
        let encoded = STANDARD.encode(b"abc");
        assert_eq!(data_of(&format!("data:image/png;base64,{encoded}")), Some(b"abc".to_vec()));
        assert_eq!(data_of(&format!("DATA:image/png;base64,{encoded}")), Some(b"abc".to_vec()));
        for address in [
            format!("data:text/html;base64,{encoded}"),
            "data:image/svg+xml,<svg/>".to_owned(),
            "https://tracker.example/pixel.png".to_owned(),
            "data:".to_owned(),
            "dat\u{e9}:".to_owned(),
        ] {
            assert_eq!(data_of(&address), None, "{address}");
        }
    }
}
