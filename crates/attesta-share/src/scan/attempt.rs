//! The ways in which a picture is looked at, the likeliest first.

use super::grey::GreyPicture;

/// One way of looking at a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attempt {
    size: Size,
    colours: Colours,
    noise: Noise,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    AsItIs,
    Doubled,
    /// Reduced by this factor.
    Reduced(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Colours {
    AsTheyAre,
    Inverted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Noise {
    Left,
    /// Specks are taken out.
    Cleaned,
    /// Only black and white are left.
    Divided,
    /// Specks are taken out, then only black and white are left.
    CleanedAndDivided,
}

const fn attempt(size: Size, colours: Colours, noise: Noise) -> Attempt {
    Attempt { size, colours, noise }
}

pub(super) const ATTEMPTS: [Attempt; 16] = [
    attempt(Size::AsItIs, Colours::AsTheyAre, Noise::Left),
    attempt(Size::Reduced(2), Colours::AsTheyAre, Noise::Left),
    attempt(Size::Doubled, Colours::AsTheyAre, Noise::Left),
    attempt(Size::AsItIs, Colours::Inverted, Noise::Left),
    attempt(Size::AsItIs, Colours::AsTheyAre, Noise::Divided),
    attempt(Size::AsItIs, Colours::AsTheyAre, Noise::Cleaned),
    attempt(Size::AsItIs, Colours::AsTheyAre, Noise::CleanedAndDivided),
    attempt(Size::Reduced(2), Colours::Inverted, Noise::Left),
    attempt(Size::Doubled, Colours::Inverted, Noise::Left),
    attempt(Size::AsItIs, Colours::Inverted, Noise::CleanedAndDivided),
    attempt(Size::Reduced(2), Colours::AsTheyAre, Noise::CleanedAndDivided),
    attempt(Size::Reduced(3), Colours::AsTheyAre, Noise::Left),
    attempt(Size::Reduced(4), Colours::AsTheyAre, Noise::Divided),
    attempt(Size::Doubled, Colours::AsTheyAre, Noise::Divided),
    attempt(Size::Doubled, Colours::AsTheyAre, Noise::CleanedAndDivided),
    attempt(Size::Reduced(4), Colours::Inverted, Noise::Left),
];

/// Those that frames of a camera are worth: the next frame comes soon.
pub(super) const QUICK_ATTEMPTS: [Attempt; 2] = [
    attempt(Size::AsItIs, Colours::AsTheyAre, Noise::Left),
    attempt(Size::Reduced(2), Colours::AsTheyAre, Noise::Left),
];

/// Above this a picture is first reduced: codes are made of far larger dots then.
const LARGE_PIXELS: u64 = 4_000_000;

/// Below this a picture is worth doubling.
const SMALL_PIXELS: u64 = 1_000_000;

/// The smallest side in which a code of 21 dots can be seen.
const SMALLEST_SIDE: usize = 21;

/// The white that is put around.
const MARGIN: usize = 12;

impl Attempt {
    /// The picture as this attempt looks at it; `None` where that makes no sense for its size.
    pub(super) fn of(self, picture: &GreyPicture) -> Option<GreyPicture> {
        let excess = (1..).find(|factor| picture.pixels() / (factor * factor) <= LARGE_PIXELS).unwrap_or(1);
        let excess = usize::try_from(excess).unwrap_or(1);
        let factor = match self.size {
            Size::AsItIs | Size::Doubled => excess,
            Size::Reduced(factor) => factor * excess,
        };
        if picture.width / factor < SMALLEST_SIDE || picture.height / factor < SMALLEST_SIDE {
            return None;
        }
        let mut changed = if factor > 1 { picture.reduced(factor) } else { picture.clone() };
        if self.colours == Colours::Inverted {
            changed = changed.inverted();
        }
        if matches!(self.noise, Noise::Cleaned | Noise::CleanedAndDivided) {
            changed = changed.without_specks();
        }
        if matches!(self.noise, Noise::Divided | Noise::CleanedAndDivided) {
            changed = changed.divided();
        }
        if self.size == Size::Doubled {
            if changed.pixels() > SMALL_PIXELS {
                return None;
            }
            changed = changed.doubled();
        }
        Some(changed.framed(MARGIN))
    }
}
