use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgba, RgbaImage};

use crate::limits::{PICTURE_PIXELS, SEARCHED_PIXELS_IN_ALL};
use crate::{Content, unpack};

const LINK: &str = "https://badges.example.org/claim/7f3a?lang=fr";

/// A code with its quiet zone, each dot `scale` pixels wide.
fn code(text: &str, scale: u32) -> GrayImage {
    qrcode::QrCode::new(text).unwrap().render::<Luma<u8>>().module_dimensions(scale, scale).build()
}

#[track_caller]
fn check_in(picture: impl Into<DynamicImage>, format: ImageFormat, expected: &[&str]) {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    let unpacked = unpack("screenshot", bytes.get_ref()).unwrap();
    let codes: Vec<&str> = unpacked
        .pieces
        .iter()
        .map(|piece| match &piece.content {
            Content::Code(text) => text.as_str(),
            _ => "no code",
        })
        .collect();
    assert_eq!(codes, expected);
}

#[track_caller]
fn check(picture: GrayImage, expected: &[&str]) {
    check_in(picture, ImageFormat::Png, expected);
}

/// Numbers that look random and are the same each time (xorshift).
fn noise(seed: &mut u32) -> u32 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    *seed
}

/// The picture seen through `back`, which tells for a place in the new picture where it is in the old.
fn moved(picture: &GrayImage, width: u32, height: u32, back: impl Fn(f32, f32) -> (f32, f32)) -> GrayImage {
    GrayImage::from_fn(width, height, |x, y| {
        let (x, y) = back(x as f32, y as f32);
        let inside = x >= 0.0 && y >= 0.0 && x < picture.width() as f32 && y < picture.height() as f32;
        if inside { *picture.get_pixel(x as u32, y as u32) } else { Luma([255]) }
    })
}

#[test]
fn a_code_is_read_in_every_kind_of_picture() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
        let picture = DynamicImage::from(code(LINK, 6)).into_rgb8();
        check_in(DynamicImage::from(picture), format, &[LINK]);
    }
}

#[test]
fn large_and_small_codes_are_read() {
    for scale in [2, 3, 4, 9, 24] {
        check(code(LINK, scale), &[LINK]);
    }
}

#[test]
fn a_code_that_lost_its_white_border_is_read() {
    let whole = code(LINK, 5);
    let border = 4 * 5;
    let size = whole.width() - 2 * border;
    check(image::imageops::crop_imm(&whole, border, border, size, size).to_image(), &[LINK]);
}

#[test]
fn a_light_code_on_a_dark_ground_is_read() {
    let mut dark = code(LINK, 5);
    image::imageops::invert(&mut dark);
    check(dark, &[LINK]);
}

#[test]
fn a_code_on_no_ground_at_all_is_read() {
    for dot in [0, 255] {
        let code = code(LINK, 5);
        let picture = RgbaImage::from_fn(code.width(), code.height(), |x, y| {
            let alpha = 255 - code.get_pixel(x, y).0[0];
            Rgba([dot, dot, dot, alpha])
        });
        check_in(picture, ImageFormat::Png, &[LINK]);
    }
}

#[test]
fn a_faint_code_is_read() {
    let mut faint = code(LINK, 5);
    faint.pixels_mut().for_each(|pixel| pixel.0[0] = 200 + pixel.0[0] / 28);
    check(faint, &[LINK]);
}

#[test]
fn a_blurred_code_is_read() {
    check(image::imageops::blur(&code(LINK, 6), 2.0), &[LINK]);
}

#[test]
fn a_code_with_a_tenth_of_its_pixels_wrong_is_read() {
    let mut seed = 11;
    let mut picture = code(LINK, 6);
    for pixel in picture.pixels_mut() {
        if noise(&mut seed).is_multiple_of(10) {
            pixel.0[0] = 255 - pixel.0[0];
        }
    }
    check(picture, &[LINK]);
}

#[test]
fn a_turned_code_is_read() {
    let picture = code(LINK, 6);
    for degrees in [7.0f32, 33.0, 90.0, 180.0] {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let (side, half) = (picture.width() * 3 / 2, picture.width() as f32 / 2.0);
        let middle = side as f32 / 2.0;
        let turned = moved(&picture, side, side, |x, y| {
            let (x, y) = (x - middle, y - middle);
            (x * cosine - y * sine + half, x * sine + y * cosine + half)
        });
        check(turned, &[LINK]);
    }
}

#[test]
fn a_code_seen_from_the_side_is_read() {
    let picture = code(LINK, 8);
    let (width, height) = (picture.width(), picture.height());
    let tilted = moved(&picture, width, height, |x, y| {
        let shrunk = 1.0 + 0.25 * y / height as f32;
        ((x - width as f32 / 2.0) * shrunk + width as f32 / 2.0, y * (1.0 + 0.1 * y / height as f32))
    });
    check(tilted, &[LINK]);
}

#[test]
fn a_small_code_on_a_large_screen_is_read() {
    let mut screen = GrayImage::from_fn(1920, 1080, |x, y| Luma([180 + ((x / 7 + y / 5) % 60) as u8]));
    image::imageops::overlay(&mut screen, &code(LINK, 3), 1400, 700);
    check(screen, &[LINK]);
}

#[test]
fn several_codes_in_one_picture_are_read_from_top_to_bottom() {
    let texts = ["https://a.example/1", "dccrequest://request?issuer=x", "https://a.example/3"];
    let mut page = GrayImage::from_pixel(900, 400, Luma([255]));
    for (index, text) in texts.iter().enumerate() {
        image::imageops::overlay(&mut page, &code(text, 4), 20 + 280 * index as i64, 20 + 40 * index as i64);
    }
    check(page, &texts);
}

#[test]
fn what_a_code_says_is_kept_as_it_is() {
    for text in
        ["0123456789012345678901234567890", "VP1-B3ECQDIYACEMHIGDODB", "{\"protocols\":{}}", "Compétence 🎓 العربية"]
    {
        check(code(text, 4), &[text]);
    }
}

#[test]
fn a_picture_with_neither_credential_nor_code_stays_a_document() {
    check(GrayImage::from_fn(200, 200, |x, y| Luma([(x * y % 256) as u8])), &["no code"]);
}

#[test]
fn a_picture_full_of_false_finder_marks_is_given_up_in_time() {
    let mark = GrayImage::from_fn(8, 8, |x, y| {
        let ring = x.abs_diff(3).max(y.abs_diff(3));
        Luma([if x > 6 || y > 6 || ring == 2 { 255 } else { 0 }])
    });
    let mut page = GrayImage::from_pixel(1200, 1200, Luma([255]));
    image::imageops::tile(&mut page, &mark);
    check(page, &["no code"]);
    let mut seed = 5;
    check(GrayImage::from_fn(1000, 1000, |_, _| Luma([noise(&mut seed) as u8])), &["no code"]);
}

#[test]
fn a_picture_with_too_many_pixels_is_refused_before_it_is_decoded() {
    // An empty picture of 30 000 by 30 000 pixels: its header says so, and nothing follows.
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let mut checksum = flate2::Crc::new();
        checksum.update(kind);
        checksum.update(data);
        bytes.extend_from_slice(kind);
        bytes.extend_from_slice(data);
        bytes.extend(checksum.sum().to_be_bytes());
    };
    chunk(b"IHDR", &[&30_000u32.to_be_bytes()[..], &30_000u32.to_be_bytes(), &[8, 0, 0, 0, 0]].concat());
    chunk(b"IDAT", &[0x78, 0x9c, 3, 0, 0, 0, 0, 1]);
    chunk(b"IEND", &[]);
    let mut left = SEARCHED_PIXELS_IN_ALL;
    assert!(super::grey::decoded(&bytes, &mut left).is_empty());
    assert_eq!(left, SEARCHED_PIXELS_IN_ALL, "nothing was decoded");
    const { assert!(30_000u64 * 30_000 > PICTURE_PIXELS) };
}

#[test]
fn pictures_are_searched_no_longer_than_all_of_them_together_are_worth() {
    let mut bytes = std::io::Cursor::new(Vec::new());
    code(LINK, 4).write_to(&mut bytes, ImageFormat::Png).unwrap();
    let mut left = 1_000;
    assert_eq!(super::codes_of(bytes.get_ref(), &mut left), super::Searched::Nothing);
    left = SEARCHED_PIXELS_IN_ALL;
    assert_eq!(super::codes_of(bytes.get_ref(), &mut left), super::Searched::Codes(vec![LINK.to_owned()]));
    assert!(left < SEARCHED_PIXELS_IN_ALL);
}
