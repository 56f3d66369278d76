//! A QR code on paper.

use attesta_share::QrCode;

use super::emit::squares;
use super::layout::{Area, Drawing, rounded};
use super::palette::{BLACK, LINE, WHITE};

/// The narrowest side of a module that a phone still reads off paper from a hand's breadth: half a millimetre.
const MODULE: f32 = 1.42;

/// The side of a code in points that scans well off paper, its quiet zone included, at least `least`.
pub(super) fn side(code: &QrCode, least: f32) -> f32 {
    (code.side() as f32 * MODULE).max(least)
}

/// The code, black on its own white, in a square that is its quiet zone and all.
pub(super) fn drawings(code: &QrCode, area: Area) -> Vec<Drawing> {
    let side = code.side();
    let module = area.width / side as f32;
    let runs = (0..side).flat_map(move |y| {
        let mut runs = Vec::new();
        let mut x = 0;
        while x < side {
            let length = (x..side).take_while(|x| code.is_dark(*x, y)).count();
            if length > 0 {
                runs.push(Area {
                    x: area.x + x as f32 * module,
                    y: area.y + y as f32 * module,
                    width: length as f32 * module,
                    // Rows overlap by a hair, so that no printer leaves a white line between them.
                    height: module * 1.01,
                });
            }
            x += length.max(1);
        }
        runs
    });
    let ground = || rounded(area, 4.0);
    let mut drawings: Vec<Drawing> = ground().map(|path| Drawing::Fill { path, colour: WHITE }).into_iter().collect();
    drawings.extend(ground().map(|path| Drawing::Line { path, colour: LINE, width: 0.7, dash: None }));
    drawings.extend(squares(runs).map(|path| Drawing::Fill { path, colour: BLACK }));
    drawings
}
