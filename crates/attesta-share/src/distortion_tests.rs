//! Our codes as cameras and printers leave them: blurred, scaled, speckled, seen from the side. `rqrr`, which we did not
//! write, reads them.

use crate::{GreyPicture, PayloadEncoding, QrCode, Sequence, ShareLink, payload_text, read_codes, search_codes};

/// A picture whose shades are asked for at any place.
struct Scene {
    width: usize,
    height: usize,
    shades: Vec<f32>,
}

impl Scene {
    /// The code as our PNG shows it, decoded by the png crate.
    fn of(code: &QrCode, pixels_per_module: usize) -> Scene {
        let file = code.to_png_of(pixels_per_module);
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().expect("the picture is a PNG");
        let mut rows = vec![0; reader.output_buffer_size().expect("the picture is small")];
        let info = reader.next_frame(&mut rows).expect("the picture is whole");
        let side = info.width as usize;
        let is_light = |x: usize, y: usize| rows[y * info.line_size + x / 8] >> (7 - x % 8) & 1 == 1;
        Scene::made(side, side, |x, y| if is_light(x, y) { 240.0 } else { 16.0 })
    }

    fn made(width: usize, height: usize, shade: impl Fn(usize, usize) -> f32) -> Scene {
        let shades = (0..width * height).map(|at| shade(at % width, at / width)).collect();
        Scene { width, height, shades }
    }

    /// The shade between pixels; white outside.
    fn at(&self, x: f32, y: f32) -> f32 {
        let pixel = |x: i64, y: i64| match (usize::try_from(x), usize::try_from(y)) {
            (Ok(x), Ok(y)) if x < self.width && y < self.height => self.shades[y * self.width + x],
            _ => 240.0,
        };
        let (left, top) = (x.floor(), y.floor());
        let (right_share, down_share) = (x - left, y - top);
        let row = |y: i64| pixel(left as i64, y) * (1.0 - right_share) + pixel(left as i64 + 1, y) * right_share;
        row(top as i64) * (1.0 - down_share) + row(top as i64 + 1) * down_share
    }

    /// Each pixel the mean of those within `radius`, twice: close to a lens out of focus.
    fn blurred(&self, radius: i32) -> Scene {
        let once = |scene: &Scene| {
            Scene::made(scene.width, scene.height, |x, y| {
                let around = (-radius..=radius).flat_map(|dy| (-radius..=radius).map(move |dx| (dx, dy)));
                let sum: f32 = around.map(|(dx, dy)| scene.at(x as f32 + dx as f32, y as f32 + dy as f32)).sum();
                sum / ((2 * radius + 1) * (2 * radius + 1)) as f32
            })
        };
        once(&once(self))
    }

    fn scaled(&self, factor: f32) -> Scene {
        let size = |side: usize| (side as f32 * factor) as usize;
        // Samples within each new pixel, so that nothing falls between them.
        Scene::made(size(self.width), size(self.height), |x, y| {
            let sample = |step: usize| (step as f32 + 0.5) / 3.0;
            let samples = (0..9).map(|n| {
                let (x, y) = ((x as f32 + sample(n % 3)) / factor, (y as f32 + sample(n / 3)) / factor);
                self.at(x - 0.5, y - 0.5)
            });
            samples.sum::<f32>() / 9.0
        })
    }

    /// One pixel in ten black or white, whatever it was.
    fn speckled(&self, percent: u32) -> Scene {
        let mut seed = 0x2545_F491_u32;
        let mut scene = Scene::made(self.width, self.height, |x, y| self.shades[y * self.width + x]);
        for shade in &mut scene.shades {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            if seed % 100 < percent {
                *shade = if seed & 0x1000 == 0 { 0.0 } else { 255.0 };
            }
        }
        scene
    }

    /// Seen from the side and from below: the far edge is shorter by `tilt`, and all is turned a little.
    fn seen_from_the_side(&self, tilt: f32) -> Scene {
        let (width, height) = (self.width as f32, self.height as f32);
        Scene::made(self.width, self.height, |x, y| {
            let (across, down) = (x as f32 / width - 0.5, y as f32 / height - 0.5);
            let (across, down) = (across * 1.15 + down * 0.06, down * 1.15 - across * 0.06);
            let depth = 1.0 / (1.0 + tilt * down);
            self.at((across * depth + 0.5) * width, (down * depth + 0.5) * height)
        })
    }

    fn grey(&self) -> Vec<u8> {
        self.shades.iter().map(|shade| *shade as u8).collect()
    }
}

/// What a bare credential of usual size comes to: a code of version 16 or so.
fn credential_code() -> (String, QrCode) {
    let noise: String =
        (0..400_u32).map(|n| char::from(b'a' + (n.wrapping_mul(2_654_435_761) >> 16) as u8 % 26)).collect();
    let credential =
        format!("{{\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"],\"name\":\"{noise}{noise}\"}}");
    let link = ShareLink::encode("https://verify.example.org/b", credential.as_bytes(), PayloadEncoding::Digits);
    let code = QrCode::for_link(link.as_str()).expect("it fits");
    (link.to_string(), code)
}

#[track_caller]
fn check(scene: &Scene, expected: &str, how: &str) {
    let picture = GreyPicture::new(scene.width, scene.height, scene.grey()).expect("the picture is whole");
    let found = search_codes(&picture, 2, &mut 100_000_000);
    assert_eq!(found, [expected], "{how}");
}

#[test]
fn a_code_is_read_after_blur_scaling_specks_and_from_the_side() {
    let (link, code) = credential_code();
    assert!((10..=22).contains(&code.version()), "version {}", code.version());
    let drawn = Scene::of(&code, 8);
    check(&drawn, &link, "as drawn");
    check(&drawn.blurred(2), &link, "blurred");
    check(&drawn.scaled(0.45), &link, "scaled down");
    check(&drawn.scaled(1.7), &link, "scaled up");
    check(&drawn.speckled(10), &link, "one pixel in ten black or white");
    check(&drawn.seen_from_the_side(0.25), &link, "from the side");
    check(&drawn.seen_from_the_side(0.15).blurred(1).scaled(0.7), &link, "from the side, blurred and smaller");
}

#[test]
fn the_frames_of_a_camera_give_the_part_that_is_shown() {
    let noise: Vec<u8> = (0..900_u32).map(|n| b'0' + (n.wrapping_mul(2_654_435_761) >> 13) as u8 % 10).collect();
    let sequence = Sequence::of(&payload_text(&noise, PayloadEncoding::Base64Url)).expect("it is short");
    // Not every frame is read, and no hand holds still: what counts is that the next one is another.
    let read = sequence.codes.iter().take(6).flat_map(|code| {
        let frames = [0.0, 0.05, 0.1].map(|tilt| Scene::of(code, 5).seen_from_the_side(tilt).blurred(1));
        frames.into_iter().find_map(|frame| read_codes(frame.width, frame.height, &frame.grey()).pop())
    });
    let read: Vec<String> = read.collect();
    assert_eq!(read.len(), sequence.codes.len().min(6), "{read:?}");
    assert!(read.iter().all(|text| text.starts_with("UR:BYTES/")), "{read:?}");
}

#[test]
fn a_link_to_a_host_fits_a_small_code() {
    let host = format!(
        "https://verifierplus.example.org/credentials/{}#{}",
        "5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b66",
        "k".repeat(43)
    );
    assert!(QrCode::for_link(&host).expect("it fits").version() <= 10);
}
