//! Chances and their logarithmic odds, and how a chance is learnt.

/// The least and the greatest odds, in 256ths.
pub(super) const MOST_ODDS: i32 = 2047;

/// A counter stops becoming slower here.
const MOST_COUNTED: u32 = 63;

/// How likely a 1 is, in 262,144ths, and how often that was seen; the lowest eight bits are left to others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Counter {
    bits: u32,
}

impl Counter {
    /// Even chances, never seen.
    pub(super) const NEW: Counter = Counter { bits: 1 << 31 };
    const ONE: u32 = (1 << 18) - 1;

    /// The counter in a number whose lowest eight bits are something else.
    pub(super) fn of_bits(bits: u32) -> Counter {
        Counter { bits: bits & !0xff }
    }

    /// Its number; the lowest eight bits are 0.
    pub(super) const fn bits(self) -> u32 {
        self.bits
    }

    /// This chance, as if it had been seen once.
    pub(super) fn seen_once(self) -> Counter {
        Counter { bits: self.bits & !0x3fff | 1 << 8 }
    }

    /// The chance in 4,096ths.
    pub(super) fn chance(self) -> usize {
        (self.bits >> 20) as usize
    }

    pub(super) fn learn(&mut self, bit: bool) {
        let (chance, seen) = (self.bits >> 14, self.bits >> 8 & 0x3f);
        let chance = if bit { chance + share(Self::ONE - chance, seen) } else { chance - share(chance, seen) };
        self.bits = chance << 14 | (seen + 1).min(MOST_COUNTED) << 8;
    }
}

/// `room · 2 / (2 · seen + 3)`, rounded down. Each bit asks nineteen times, so it is not divided: a product with the
/// reciprocal, rounded up in 27 bits, is the same for every room of 18 bits.
fn share(room: u32, seen: u32) -> u32 {
    const RECIPROCALS: [u64; MOST_COUNTED as usize + 1] = {
        let mut reciprocals = [0; MOST_COUNTED as usize + 1];
        let mut seen = 0;
        while seen < reciprocals.len() {
            reciprocals[seen] = (1 << 27) / (2 * seen as u64 + 3) + 1;
            seen += 1;
        }
        reciprocals
    };
    ((u64::from(room) * 2 * RECIPROCALS[seen as usize]) >> 27) as u32
}

/// The chance in 4,096ths of logarithmic odds in 256ths: 4,096 / (1 + e^(−odds/256)), between points 128 apart.
pub(super) fn squashed(odds: i32) -> i32 {
    const POINTS: [i32; 33] = [
        1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785, 3901,
        3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
    ];
    let (point, between) = ((odds + 2048) >> 7, odds & 127);
    let at = |point: i32| POINTS[usize::try_from(point).expect("the odds are clamped")];
    (at(point) * (128 - between) + at(point + 1) * between + 64) >> 7
}

/// The least odds of each chance: [`squashed`] the other way round.
pub(super) fn stretched() -> Vec<i32> {
    let mut table = Vec::with_capacity(4096);
    for odds in -MOST_ODDS..=MOST_ODDS {
        let most = usize::try_from(squashed(odds)).expect("chances are positive");
        table.resize(table.len().max(most + 1), odds);
    }
    table.resize(4096, MOST_ODDS);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_and_chances_lead_to_each_other() {
        let table = stretched();
        assert_eq!((squashed(-2047), squashed(0), squashed(2047)), (1, 2047, 4094));
        assert_eq!((table[0], table[2047], table[4095]), (-2047, 0, 2047));
        assert!(table.windows(2).all(|pair| pair[0] <= pair[1]));
    }

    #[test]
    fn a_share_is_what_division_gives() {
        for seen in 0..=MOST_COUNTED {
            let divisor = 2 * seen + 3;
            for room in 0..=Counter::ONE {
                assert_eq!(share(room, seen), room * 2 / divisor, "{room} after {seen}");
            }
        }
    }

    #[test]
    fn a_counter_nears_what_it_sees_ever_more_slowly() {
        let mut counter = Counter::NEW;
        let chances: Vec<usize> = (0..300)
            .map(|_| {
                counter.learn(true);
                counter.chance()
            })
            .collect();
        assert_eq!((chances[0], chances[1], chances[299]), (3413, 3686, 4094));
        assert!(chances.windows(2).all(|pair| pair[0] <= pair[1]));
    }
}
