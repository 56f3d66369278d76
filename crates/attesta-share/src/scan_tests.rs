use super::*;

/// A code with its quiet zone, each module `scale` pixels wide.
fn drawn(text: &str, scale: usize) -> GreyPicture {
    let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::L).expect("it fits");
    let (width, colours) = (code.width(), code.to_colors());
    let side = (width + 8) * scale;
    let shade = |x: usize, y: usize| {
        let (x, y) = ((x / scale).wrapping_sub(4), (y / scale).wrapping_sub(4));
        if x < width && y < width && colours[y * width + x] == qrcode::Color::Dark { 20 } else { 235 }
    };
    let shades = (0..side * side).map(|at| shade(at % side, at / side)).collect();
    GreyPicture::new(side, side, shades).expect("the picture is whole")
}

#[test]
fn a_frame_gives_what_its_codes_say() {
    for scale in [2, 3, 4, 9] {
        let picture = drawn("UR:BYTES/1-2/LPADAO", scale);
        assert_eq!(read_codes(picture.width, picture.height, &picture.shades), ["UR:BYTES/1-2/LPADAO"], "{scale}");
    }
}

#[test]
fn a_frame_of_another_length_or_without_a_code_gives_nothing() {
    let picture = drawn("nothing", 4);
    assert!(read_codes(picture.width + 1, picture.height, &picture.shades).is_empty());
    assert!(read_codes(0, 0, &[]).is_empty());
    assert!(read_codes(usize::MAX, 2, &[0; 8]).is_empty());
    assert!(read_codes(640, 480, &vec![255; 640 * 480]).is_empty());
    assert!(read_codes(3, 1, &[0, 255, 0]).is_empty());
}

#[test]
fn a_frame_full_of_marks_takes_no_longer_than_others() {
    // A code's three marks, again and again: each is compared with all pairs of others unless they are counted first.
    let (width, height) = (1280, 960);
    let is_dark = |x: usize, y: usize| {
        let (x, y) = (x % 9, y % 9);
        x < 7 && y < 7 && (x == 0 || x == 6 || y == 0 || y == 6 || ((2..5).contains(&x) && (2..5).contains(&y)))
    };
    let shades: Vec<u8> = (0..width * height).map(|at| if is_dark(at % width, at / width) { 0 } else { 255 }).collect();
    assert!(read_codes(width, height, &shades).is_empty());
}
