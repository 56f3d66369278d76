//! Kinds of picture that no specification bakes credentials into, told by how they begin, so that the learner hears
//! what they have instead of "not JSON".

use crate::error::PictureKind;

/// The kind of picture that the bytes begin as; `None` for PNG and SVG, which are containers, and for what is none.
pub(crate) fn kind(bytes: &[u8]) -> Option<PictureKind> {
    let brand = bytes.get(4..12).unwrap_or_default();
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(PictureKind::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(PictureKind::Gif),
        [b'R', b'I', b'F', b'F', ..] if bytes.get(8..12) == Some(b"WEBP") => Some(PictureKind::WebP),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some(PictureKind::Tiff),
        // "BM", the file's size, and two reserved fields that are zero.
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some(PictureKind::Bmp),
        // ISO base media: the size of the first box, its kind, the major brand.
        _ if matches!(brand, b"ftypavif" | b"ftypavis") => Some(PictureKind::Avif),
        _ if matches!(brand, b"ftypheic" | b"ftypheix" | b"ftyphevc" | b"ftypmif1" | b"ftypmsf1") => {
            Some(PictureKind::Heic)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_first_bytes() {
        #[track_caller]
        fn check(bytes: &[u8], expected: Option<PictureKind>) {
            assert_eq!(kind(bytes), expected);
        }
        check(b"\xff\xd8\xff\xe0\0\x10JFIF", Some(PictureKind::Jpeg));
        check(b"GIF89a\x01\0", Some(PictureKind::Gif));
        check(b"GIF87a\x01\0", Some(PictureKind::Gif));
        check(b"RIFF\x10\0\0\0WEBPVP8 ", Some(PictureKind::WebP));
        check(b"\0\0\0\x18ftypavif\0\0\0\0", Some(PictureKind::Avif));
        check(b"\0\0\0\x18ftypheic\0\0\0\0", Some(PictureKind::Heic));
        check(b"II*\0\x08\0\0\0", Some(PictureKind::Tiff));
        check(b"MM\0*\0\0\0\x08", Some(PictureKind::Tiff));
        check(b"BM\x36\0\0\0\0\0\0\0\x36", Some(PictureKind::Bmp));
        for other in [b"".as_slice(), b"{}", b"RIFF\x10\0\0\0WAVE", b"BMW 3.0 is a car", b"GIF8", b"\xff\xfe{\0"] {
            check(other, None);
        }
    }
}
