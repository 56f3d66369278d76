//! Draws a badge: a scalloped seal in the badge's colour with a mountain and water on it.

use crate::catalogue::Badge;

/// Samples per pixel and axis, for smooth edges.
const SAMPLES: u32 = 3;

const PAPER: [f64; 4] = [250.0, 247.0, 240.0, 255.0];
const CLEAR: [f64; 4] = [0.0, 0.0, 0.0, 0.0];

/// A square PNG picture of the badge, `side` pixels wide.
pub(crate) fn draw(badge: &Badge, side: u32) -> Vec<u8> {
    let mut pixels = Vec::with_capacity((side * side * 4) as usize);
    for y in 0..side {
        for x in 0..side {
            pixels.extend_from_slice(&pixel(badge.colour, x, y, side));
        }
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().expect("a vector takes the header of a square picture");
    writer.write_image_data(&pixels).expect("the pixels fill the picture exactly");
    writer.finish().expect("a vector takes the last chunk");
    file
}

/// The mean colour of the samples in one pixel. Steps of eight keep the file small without being seen.
fn pixel(colour: [u8; 3], x: u32, y: u32, side: u32) -> [u8; 4] {
    let mut sum = [0.0; 4];
    for sample in 0..SAMPLES * SAMPLES {
        let place = |pixel: u32, step: u32| {
            (f64::from(pixel) + (f64::from(step) + 0.5) / f64::from(SAMPLES)) / f64::from(side) * 2.0 - 1.0
        };
        let [red, green, blue, alpha] = shade(colour, place(x, sample % SAMPLES), place(y, sample / SAMPLES));
        for (total, part) in sum.iter_mut().zip([red * alpha, green * alpha, blue * alpha, alpha]) {
            *total += part;
        }
    }
    let alpha = sum[3];
    if alpha < 1.0 {
        return [0; 4];
    }
    let step = |value: f64| ((value / 8.0).round() * 8.0).clamp(0.0, 255.0) as u8;
    [step(sum[0] / alpha), step(sum[1] / alpha), step(sum[2] / alpha), step(alpha / f64::from(SAMPLES * SAMPLES))]
}

/// The colour at a place of the square from -1 to 1, y downward.
fn shade(colour: [u8; 3], x: f64, y: f64) -> [f64; 4] {
    let deep = colour.map(f64::from);
    let tone = |light: f64| {
        let [red, green, blue] = deep.map(|channel| channel + (255.0 - channel) * light);
        [red, green, blue, 255.0]
    };
    let radius = x.hypot(y);
    let scallop = 0.93 + 0.035 * (y.atan2(x) * 24.0).cos();
    if radius > scallop {
        CLEAR
    } else if radius > 0.80 {
        tone(0.0)
    } else if radius > 0.77 {
        PAPER
    } else if radius > 0.74 {
        tone(0.0)
    } else {
        scene(x, y, tone)
    }
}

/// Inside the ring: sky, two peaks, and three bands of water.
fn scene(x: f64, y: f64, tone: impl Fn(f64) -> [f64; 4]) -> [f64; 4] {
    let water = 0.22 + 0.02 * (x * 14.0).sin();
    let peak = |centre: f64, top: f64, slope: f64| y > top + (x - centre).abs() * slope;
    if y > water {
        let band = ((y - water) / 0.13) as u32;
        tone([0.35, 0.2, 0.08][band.min(2) as usize])
    } else if peak(-0.16, -0.42, 1.05) {
        if y < -0.24 + 0.03 * (x * 40.0).sin() { PAPER } else { tone(0.12) }
    } else if peak(0.3, -0.14, 0.95) {
        tone(0.45)
    } else {
        tone(0.86)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::BADGES;

    #[test]
    fn a_picture_is_a_png_of_the_size_asked_for_and_the_same_each_time() {
        let picture = draw(&BADGES[0], 96);
        let decoder = png::Decoder::new(std::io::Cursor::new(picture.clone()));
        let reader = decoder.read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (96, 96));
        assert_eq!(picture, draw(&BADGES[0], 96));
        assert_ne!(picture, draw(&BADGES[1], 96));
    }
}
