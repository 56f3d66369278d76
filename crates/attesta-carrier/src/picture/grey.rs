//! Pictures of every kind as shades of grey.

use std::io::Cursor;

use attesta_share::GreyPicture;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};

use crate::limits::{PICTURE_MEMORY, PICTURE_PIXELS};

/// A picture as it is seen on white paper and, where parts of it are transparent, on black; none if it is damaged or
/// larger than is decoded. Its size is known before a pixel is decoded.
pub(super) fn decoded(bytes: &[u8], pixels_left: &mut u64) -> Vec<GreyPicture> {
    let Some(picture) = read(bytes, pixels_left) else { return Vec::new() };
    let is_transparent = picture.color().has_alpha();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    if !is_transparent {
        return GreyPicture::new(width, height, picture.into_luma8().into_raw()).into_iter().collect();
    }
    let pixels = picture.into_luma_alpha8().into_raw();
    let on = |paper: u16| {
        let shade = |pixel: &[u8]| {
            let (shade, alpha) = (u16::from(pixel[0]), u16::from(pixel[1]));
            u8::try_from((shade * alpha + paper * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        GreyPicture::new(width, height, pixels.chunks_exact(2).map(shade).collect())
    };
    let is_opaque = pixels.chunks_exact(2).all(|pixel| pixel[1] == u8::MAX);
    let papers: &[u16] = if is_opaque { &[255] } else { &[255, 0] };
    papers.iter().filter_map(|paper| on(*paper)).collect()
}

fn read(bytes: &[u8], pixels_left: &mut u64) -> Option<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(PICTURE_MEMORY);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    reader.limits(limits);
    let decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 || pixels > PICTURE_PIXELS || decoder.total_bytes() > PICTURE_MEMORY {
        return None;
    }
    *pixels_left = pixels_left.checked_sub(pixels)?;
    DynamicImage::from_decoder(decoder).ok()
}
