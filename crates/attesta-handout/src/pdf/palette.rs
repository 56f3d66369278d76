//! The colours of paper and ink, those of the window in light.

use krilla::color::rgb;

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

impl From<Colour> for rgb::Color {
    fn from(Colour(red, green, blue): Colour) -> rgb::Color {
        rgb::Color::new(red, green, blue)
    }
}

pub(super) const INK: Colour = Colour(0x1d, 0x1c, 0x19);
pub(super) const INK_2: Colour = Colour(0x57, 0x53, 0x4a);
pub(super) const INK_3: Colour = Colour(0x6f, 0x6a, 0x5f);
pub(super) const PAPER: Colour = Colour(0xf7, 0xf5, 0xf0);
pub(super) const WHITE: Colour = Colour(0xff, 0xff, 0xff);
pub(super) const BLACK: Colour = Colour(0x00, 0x00, 0x00);
pub(super) const LINE: Colour = Colour(0xdd, 0xd8, 0xcc);
pub(super) const THREAD: Colour = Colour(0xe9, 0xe4, 0xd8);
/// What leads somewhere.
pub(super) const ACCENT: Colour = Colour(0x27, 0x49, 0x7a);
pub(super) const GOOD: Colour = Colour(0x1c, 0x61, 0x48);
pub(super) const CARE: Colour = Colour(0x8a, 0x4b, 0x00);
pub(super) const BAD: Colour = Colour(0x9c, 0x27, 0x1f);
pub(super) const NONE: Colour = Colour(0x4f, 0x58, 0x66);

/// The colour that repeats what the shape and the word of a verdict say.
pub(super) fn tone(verdict: &str) -> Colour {
    match verdict {
        "valid" => GOOD,
        "not_yet_valid" | "expired" | "suspended" => CARE,
        "revoked" | "invalid" => BAD,
        _ => NONE,
    }
}
