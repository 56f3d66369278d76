//! QR codes of share links, [ISO/IEC 18004], as a drawing and as a picture.
//!
//! [ISO/IEC 18004]: https://www.iso.org/standard/83389.html

use std::fmt::Write;

use qrcode::{Color, EcLevel, Version};
use thiserror::Error;

/// Modules of white around the symbol, as the standard demands.
const QUIET_ZONE: usize = 4;

/// Device pixels for a module of the picture: enough for a phone's camera to find it off a laptop screen.
const PIXELS_PER_MODULE: usize = 8;

/// More is a poster, and a picture of more than a hundred million pixels.
const MOST_PIXELS_PER_MODULE: usize = 64;

/// The highest version that has room to spare for error correction level M; denser codes get level L.
const HIGHEST_VERSION_AT_M: i16 = 22;

/// The highest version that still scans well off a laptop screen.
const HIGHEST_COMFORTABLE_VERSION: i16 = 25;

/// The link has more characters than the largest QR code holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a link of {bytes} characters does not fit into a QR code")]
pub struct TooLong {
    /// The length of the link in bytes.
    pub bytes: usize,
}

/// A QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrCode {
    version: i16,
    width: usize,
    /// Row by row, without the quiet zone; true is dark.
    modules: Vec<bool>,
}

impl QrCode {
    /// The QR code of a link. Runs of digits are stored in numeric mode, so a link written with
    /// [`PayloadEncoding::Digits`](crate::PayloadEncoding::Digits) gives the smallest code.
    ///
    /// # Errors
    /// [`TooLong`] where not even version 40 at level L holds it.
    pub fn for_link(link: &str) -> Result<QrCode, TooLong> {
        let at = |level| qrcode::QrCode::with_error_correction_level(link, level);
        let sturdy = at(EcLevel::M).ok().filter(|code| number(code.version()) <= HIGHEST_VERSION_AT_M);
        let code = match sturdy {
            Some(code) => code,
            None => at(EcLevel::L).map_err(|_| TooLong { bytes: link.len() })?,
        };
        Ok(QrCode::drawn(code))
    }

    /// The least version, 1 to 40, that holds `text` at level L.
    ///
    /// # Errors
    /// [`TooLong`] where none does.
    pub fn least_version(text: &str) -> Result<u8, TooLong> {
        let bits = qrcode::bits::encode_auto(text.as_bytes(), EcLevel::L).map_err(|_| TooLong { bytes: text.len() })?;
        Ok(u8::try_from(number(bits.version())).expect("a QR code's version is 1 to 40"))
    }

    /// The QR codes of a sequence's parts, in capital letters and digits: level L and all of the same size, so that
    /// nothing jumps when they are shown in turn.
    ///
    /// # Errors
    /// [`TooLong`] where version 40 does not hold one of them.
    pub(crate) fn for_parts(parts: &[String]) -> Result<Vec<QrCode>, TooLong> {
        let versions = parts.iter().map(|part| QrCode::least_version(part)).collect::<Result<Vec<u8>, _>>()?;
        let version = Version::Normal(versions.into_iter().max().unwrap_or(1).into());
        let code = |part: &String| {
            let code = qrcode::QrCode::with_version(part, version, EcLevel::L);
            code.map(QrCode::drawn).map_err(|_| TooLong { bytes: part.len() })
        };
        parts.iter().map(code).collect()
    }

    fn drawn(code: qrcode::QrCode) -> QrCode {
        let (version, width) = (number(code.version()), code.width());
        let modules = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
        QrCode { version, width, modules }
    }

    /// The version, 1 to 40: how large the symbol is.
    pub fn version(&self) -> u8 {
        u8::try_from(self.version).expect("a QR code's version is 1 to 40")
    }

    /// Whether the code is too fine to scan well off a screen.
    pub fn dense(&self) -> bool {
        self.version > HIGHEST_COMFORTABLE_VERSION
    }

    /// Modules along one side, the quiet zone included.
    pub fn side(&self) -> usize {
        self.width + 2 * QUIET_ZONE
    }

    /// Whether the module in column `x` of row `y` is dark; the quiet zone and what lies beyond it are not.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = QUIET_ZONE..QUIET_ZONE + self.width;
        inside.contains(&x) && inside.contains(&y) && self.modules[(y - QUIET_ZONE) * self.width + (x - QUIET_ZONE)]
    }

    /// A drawing: one unit per module, black on white, quiet zone included, nothing loaded from anywhere.
    pub fn to_svg(&self) -> String {
        let side = self.side();
        let mut path = String::new();
        for y in 0..side {
            let mut x = 0;
            while x < side {
                let run = (x..side).take_while(|x| self.is_dark(*x, y)).count();
                if run > 0 {
                    write!(path, "M{x} {y}h{run}v1h-{run}z").expect("writing to a string does not fail");
                }
                x += run.max(1);
            }
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
        )
    }

    /// A picture in PNG: eight pixels per module, one bit per pixel, black on white, quiet zone included.
    pub fn to_png(&self) -> Vec<u8> {
        self.to_png_of(PIXELS_PER_MODULE)
    }

    /// The same with so many pixels per module, 1 to 64; 16 print well on a page at 600 dots per inch.
    pub fn to_png_of(&self, pixels_per_module: usize) -> Vec<u8> {
        let scale = pixels_per_module.clamp(1, MOST_PIXELS_PER_MODULE);
        let side = self.side() * scale;
        let mut pixels = Vec::with_capacity(side * side.div_ceil(8));
        for y in 0..self.side() {
            let mut row = vec![0_u8; side.div_ceil(8)];
            let light = (0..side).filter(|x| !self.is_dark(x / scale, y));
            light.for_each(|x| row[x / 8] |= 0x80 >> (x % 8));
            (0..scale).for_each(|_| pixels.extend_from_slice(&row));
        }
        let mut file = Vec::new();
        let pixel_side = u32::try_from(side).expect("a QR code has at most 185 modules along a side");
        let mut encoder = png::Encoder::new(&mut file, pixel_side, pixel_side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().expect("writing to memory does not fail");
        writer.write_image_data(&pixels).expect("the rows have the length that the header states");
        writer.finish().expect("writing to memory does not fail");
        file
    }
}

fn number(version: Version) -> i16 {
    match version {
        Version::Normal(number) | Version::Micro(number) => number,
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::{PayloadEncoding, ShareLink};

    /// What a reader that we did not write finds in a picture.
    fn scanned(png: &[u8]) -> String {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("the picture is a PNG");
        let mut rows = vec![0; reader.output_buffer_size().expect("the picture is small")];
        let info = reader.next_frame(&mut rows).expect("the picture is whole");
        assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Grayscale, png::BitDepth::One));
        let (side, row) = (info.width as usize, info.line_size);
        let grey = |x: usize, y: usize| if rows[y * row + x / 8] >> (7 - x % 8) & 1 == 1 { 255 } else { 0 };
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, grey);
        let codes = picture.detect_grids();
        assert_eq!(codes.len(), 1, "one code in the picture");
        codes[0].decode().expect("the code can be read").1
    }

    fn digits(count: usize) -> String {
        format!("https://verify.example/#1n{}", "1234567890".repeat(count / 10))
    }

    #[track_caller]
    fn check(link: &str, version: u8, dense: bool) {
        let code = QrCode::for_link(link).expect("the link fits");
        assert_eq!((code.version(), code.dense()), (version, dense));
        assert_eq!(scanned(&code.to_png()), link);
        assert_eq!(scanned(&code.to_png_of(5)), link);
    }

    #[test]
    fn a_code_is_read_back_as_the_link_it_was_made_of() {
        check("attesta:share#1u", 2, false);
        check(&digits(500), 11, false);
        // Level M up to version 22, level L beyond: the code gets no larger where the level changes.
        check(&digits(1800), 22, false);
        check(&digits(1850), 20, false);
        check(&digits(2970), 25, false);
        check(&digits(2990), 26, true);
        check(&digits(7000), 40, true);
    }

    #[test]
    fn a_presentation_goes_through_a_picture_and_back() {
        let presentation = "{\"type\":[\"VerifiablePresentation\"],\"name\":\"Dossier d’été\"}".repeat(3);
        let link = ShareLink::encode("https://verify.example/", presentation.as_bytes(), PayloadEncoding::Digits);
        let code = QrCode::for_link(link.as_str()).expect("the link fits");
        let carried = ShareLink::decode(&scanned(&code.to_png()));
        assert_eq!(carried, Ok(crate::Carried::Plain(presentation.into_bytes())));
    }

    #[test]
    fn digits_make_a_smaller_code_than_base64url() {
        let presentation: Vec<u8> = (0..25_u32).flat_map(|block| Sha256::digest(block.to_be_bytes())).collect();
        let version = |encoding| {
            let link = ShareLink::encode("https://verify.example/", &presentation, encoding);
            QrCode::for_link(link.as_str()).expect("the link fits").version()
        };
        assert!(version(PayloadEncoding::Digits) + 2 <= version(PayloadEncoding::Base64Url));
    }

    #[test]
    fn a_link_that_no_code_holds_is_refused_with_its_length() {
        let link = digits(7100);
        assert_eq!(QrCode::for_link(&link), Err(TooLong { bytes: link.len() }));
    }

    #[test]
    fn the_picture_has_eight_pixels_per_module_and_the_quiet_zone() {
        let code = QrCode::for_link("attesta:share#1u").expect("the link fits");
        let reader = png::Decoder::new(std::io::Cursor::new(code.to_png())).read_info().expect("the picture is a PNG");
        assert_eq!(reader.info().size(), (8 * (25 + 8), 8 * (25 + 8)));
    }

    #[test]
    fn the_drawing_shows_the_same_modules_as_the_code_and_refers_to_nothing_outside() {
        let code = QrCode::for_link("attesta:share#1u").expect("the link fits");
        let svg = code.to_svg();
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 33 33\""), "{svg}");
        assert_eq!(svg.matches("http").count(), 1, "only the name space");
        let dark: usize = svg
            .split(['M', 'z'])
            .filter_map(|run| run.split_once("v1h-").map(|(_, width)| width.parse::<usize>().expect("a width")))
            .sum();
        assert_eq!(dark, code.modules.iter().filter(|dark| **dark).count());
    }
}
