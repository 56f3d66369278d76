//! Pictures as a browser's canvas yields them.

use attesta_share::GreyPicture;

/// The most pixels that are looked at: a page scales larger pictures down before it asks.
const MOST_PIXELS: usize = 4096 * 4096;

/// The most codes that are taken from one picture.
const MOST_CODES: usize = 16;

/// How many times a picture's pixels may be gone through.
const WORK: u64 = 40;

/// How hard to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// A frame of a camera: the next one comes at once.
    Glance,
    /// A photograph or a screenshot, of which there is one.
    Search,
}

/// The texts of the QR codes in a picture of `width` by `height` pixels of red, green, blue and opacity.
pub(crate) fn read_codes(width: u32, height: u32, rgba: &[u8], effort: Effort) -> Vec<String> {
    let (Ok(columns), Ok(rows)) = (usize::try_from(width), usize::try_from(height)) else { return Vec::new() };
    match columns.checked_mul(rows) {
        Some(pixels) if pixels > 0 && pixels <= MOST_PIXELS && rgba.len() == pixels * 4 => match effort {
            Effort::Glance => attesta_share::read_codes(columns, rows, &grey(rgba)),
            Effort::Search => search(columns, rows, grey(rgba)),
        },
        _ => Vec::new(),
    }
}

fn search(width: usize, height: usize, grey: Vec<u8>) -> Vec<String> {
    let Some(picture) = GreyPicture::new(width, height, grey) else { return Vec::new() };
    let mut work = (width as u64 * height as u64).saturating_mul(WORK);
    attesta_share::search_codes(&picture, MOST_CODES, &mut work)
}

/// How light each pixel is, over white paper where it is see-through, by the weights of
/// [ITU-R BT.601](https://www.itu.int/rec/R-REC-BT.601).
fn grey(rgba: &[u8]) -> Vec<u8> {
    let light = |pixel: &[u8; 4]| {
        let [red, green, blue, opacity] = pixel.map(u32::from);
        let light = (red * 299 + green * 587 + blue * 114) / 1000;
        let over_white = (light * opacity + 255 * (255 - opacity)) / 255;
        u8::try_from(over_white).unwrap_or(u8::MAX)
    };
    rgba.as_chunks().0.iter().map(light).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pixel: [u8; 4], expected: u8) {
        assert_eq!(grey(&pixel), [expected], "{pixel:?}");
    }

    #[test]
    fn a_pixel_is_as_light_as_it_looks_on_paper() {
        check([0, 0, 0, 255], 0);
        check([255, 255, 255, 255], 255);
        check([255, 0, 0, 255], 76);
        check([0, 0, 0, 0], 255);
        check([0, 0, 0, 128], 127);
    }

    #[test]
    fn a_picture_whose_measures_do_not_fit_its_pixels_holds_nothing() {
        for effort in [Effort::Glance, Effort::Search] {
            assert!(read_codes(0, 0, &[], effort).is_empty());
            assert!(read_codes(2, 2, &[0; 15], effort).is_empty());
            assert!(read_codes(2, 2, &[0; 17], effort).is_empty());
            assert!(read_codes(u32::MAX, u32::MAX, &[0; 16], effort).is_empty());
        }
    }

    #[test]
    fn a_code_is_read_from_a_canvas() {
        let code = attesta_share::QrCode::for_link("https://verify.example/#1uabc").expect("it fits");
        let (width, height, rgba) = image_of(&code.to_png());
        for effort in [Effort::Glance, Effort::Search] {
            assert_eq!(read_codes(width, height, &rgba, effort), ["https://verify.example/#1uabc"], "{effort:?}");
        }
    }

    fn image_of(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("its size is known")];
        let frame = reader.next_frame(&mut pixels).expect("its pixels");
        let samples = frame.color_type.samples();
        let rgba = pixels.chunks(samples).flat_map(|pixel| [pixel[0], pixel[0], pixel[0], 255]).collect();
        (frame.width, frame.height, rgba)
    }
}
