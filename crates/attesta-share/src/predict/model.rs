//! How likely the next bit is a 1: eight opinions, mixed by how right each has been.

/// How many opinions come from what stood before: the last 0, 1, 2, 3, 4 and 6 bytes, and the word so far.
const CONTEXTS: usize = 7;

/// All opinions: also the text behind the last place that read the same, and a constant.
const INPUTS: usize = CONTEXTS + 2;

/// Each context has so many counters, as a power of two; two that meet in one share it.
const COUNTER_BITS: u32 = 19;

/// The fewest equal bytes that make a place worth following.
const FEWEST_EQUAL: usize = 6;

/// How many places are remembered, as a power of two.
const PLACE_BITS: u32 = 16;

/// The longest equal run that is told from shorter ones.
const LONGEST_EQUAL: usize = 31;

/// How much is learnt from one error.
const RATE: i32 = 4;

/// The weight of each opinion at first, in 65,536ths.
const FIRST_WEIGHT: i32 = 18_000;

/// A counter stops becoming slower here.
const MOST_COUNTED: u32 = 255;

/// How likely a 1 is, in 4,194,304ths, and how often that was seen.
#[derive(Clone, Copy)]
struct Counter {
    bits: u32,
}

impl Counter {
    /// Even chances, never seen.
    const NEW: Counter = Counter { bits: 1 << 31 };
    const ONE: u32 = (1 << 22) - 1;

    fn chance(self) -> u32 {
        self.bits >> 10
    }

    fn seen(self) -> u32 {
        self.bits & 0x3ff
    }

    fn learn(&mut self, bit: bool) {
        let (chance, seen) = (self.chance(), self.seen());
        let chance =
            if bit { chance + (Self::ONE - chance) * 2 / (2 * seen + 3) } else { chance - chance * 2 / (2 * seen + 3) };
        self.bits = chance << 10 | (seen + 1).min(MOST_COUNTED);
    }
}

/// What predicts.
pub(super) struct Model {
    /// Chances in 4,096ths as their logarithmic odds in 256ths.
    stretched: Vec<i32>,
    counters: Vec<Counter>,
    /// The counters that gave the opinions on the next bit.
    chosen: [usize; CONTEXTS],
    /// A hash of each context.
    contexts: [u32; CONTEXTS],
    text: Vec<u8>,
    /// The bits of the next byte that are known, behind a leading 1.
    partial: u32,
    word: u32,
    /// Where in the text the last bytes stood last; 0 for nowhere.
    places: Vec<u32>,
    /// The place that is followed, and for how many bytes it has been right.
    followed: usize,
    equal: usize,
    /// How right such places have been, by how long and which bit.
    trust: Vec<Counter>,
    trusted: Option<usize>,
    inputs: [i32; INPUTS],
    weights: [[i32; INPUTS]; 4],
    /// Which weights are used, by how far the place was right.
    set: usize,
    mixed: i32,
}

impl Model {
    /// A model that has read `text`.
    pub(super) fn primed(text: &[u8]) -> Model {
        let mut model = Model {
            stretched: stretched(),
            counters: vec![Counter::NEW; CONTEXTS << COUNTER_BITS],
            chosen: [0; CONTEXTS],
            contexts: [0; CONTEXTS],
            text: Vec::with_capacity(text.len() * 2),
            partial: 1,
            word: 0,
            places: vec![0; 1 << PLACE_BITS],
            followed: 0,
            equal: 0,
            trust: vec![Counter::NEW; 2 * (LONGEST_EQUAL + 1)],
            trusted: None,
            inputs: [0; INPUTS],
            weights: [[FIRST_WEIGHT; INPUTS]; 4],
            set: 0,
            mixed: 0,
        };
        for byte in text {
            for place in (0..8).rev() {
                model.chance_of_one();
                model.learn(byte >> place & 1 == 1);
            }
        }
        model
    }

    /// The chance that the next bit is a 1, in 4,096ths, from 1 to 4,095.
    pub(super) fn chance_of_one(&mut self) -> u32 {
        for (number, context) in self.contexts.iter().enumerate() {
            let hash = context.wrapping_add(self.partial.wrapping_mul(0x9E37_79B1)).wrapping_mul(0x85EB_CA6B);
            let hash = (hash ^ hash >> 15).wrapping_mul(0xC2B2_AE35);
            let chosen = number << COUNTER_BITS | (hash >> (32 - COUNTER_BITS)) as usize;
            self.chosen[number] = chosen;
            self.inputs[number] = self.stretched[(self.counters[chosen].chance() >> 10) as usize];
        }
        self.trusted = self.expected_bit().map(|bit| 2 * self.equal.min(LONGEST_EQUAL) + usize::from(bit));
        self.inputs[CONTEXTS] =
            self.trusted.map_or(0, |trusted| self.stretched[(self.trust[trusted].chance() >> 10) as usize]);
        self.inputs[CONTEXTS + 1] = 256;
        self.set = match self.equal {
            0 => 0,
            1..16 => 1,
            16..28 => 2,
            _ => 3,
        };
        let weighed = self.inputs.iter().zip(&self.weights[self.set]);
        let sum: i64 = weighed.map(|(input, weight)| i64::from(*input) * i64::from(*weight)).sum();
        let odds = (sum >> 16).clamp(-2047, 2047) as i32;
        self.mixed = squashed(odds);
        self.mixed.clamp(1, 4095) as u32
    }

    /// The next bit where the place that is followed has been right about this byte so far.
    fn expected_bit(&mut self) -> Option<bool> {
        if self.equal == 0 {
            return None;
        }
        let expected = u32::from(self.text[self.followed]) | 0x100;
        let known = self.partial.ilog2();
        if expected >> (8 - known) != self.partial {
            self.equal = 0;
            return None;
        }
        Some(expected >> (7 - known) & 1 == 1)
    }

    /// Learns which bit it was.
    pub(super) fn learn(&mut self, bit: bool) {
        let error = ((i32::from(bit) << 12) - self.mixed) * RATE;
        for (input, weight) in self.inputs.iter().zip(&mut self.weights[self.set]) {
            *weight += (input * error + 0x2000) >> 14;
        }
        for chosen in self.chosen {
            self.counters[chosen].learn(bit);
        }
        if let Some(trusted) = self.trusted {
            self.trust[trusted].learn(bit);
        }
        self.partial = self.partial << 1 | u32::from(bit);
        if self.partial >= 0x100 {
            let byte = (self.partial & 0xff) as u8;
            self.partial = 1;
            self.append(byte);
        }
    }

    fn append(&mut self, byte: u8) {
        self.text.push(byte);
        // A place that was wrong within the byte is followed no longer.
        if self.equal > 0 {
            if self.text[self.followed] == byte {
                self.followed += 1;
                self.equal += 1;
            } else {
                self.equal = 0;
            }
        }
        let last = |back: usize| self.text.len().checked_sub(back).map_or(0, |at| u32::from(self.text[at]));
        let mut hashes = [0_u32; 7];
        for length in 1..=6 {
            hashes[length] = hashes[length - 1].wrapping_add(last(length) + 1).wrapping_mul(0x2F0B_4C47);
        }
        let is_letter = byte.is_ascii_alphabetic() || byte >= 0x80;
        self.word = if is_letter {
            self.word.wrapping_add(u32::from(byte.to_ascii_lowercase()) + 1).wrapping_mul(0x3D4D_51CB)
        } else {
            0
        };
        let word = self.word.wrapping_add(u32::from(byte) << 8);
        self.contexts = [0, hashes[1], hashes[2], hashes[3], hashes[4], hashes[6], word];
        self.follow(hashes[6]);
    }

    /// Looks up where the last six bytes stood last, if no place is followed, and remembers where they stand now.
    fn follow(&mut self, hash: u32) {
        let end = self.text.len();
        if end < FEWEST_EQUAL {
            return;
        }
        let entry = (hash >> (32 - PLACE_BITS)) as usize;
        let place = self.places[entry] as usize;
        if self.equal == 0 && place > 0 {
            let equal = (0..32.min(place)).take_while(|back| self.text[place - 1 - back] == self.text[end - 1 - back]);
            let equal = equal.count();
            if equal >= FEWEST_EQUAL {
                (self.followed, self.equal) = (place, equal);
            }
        }
        self.places[entry] = u32::try_from(end).expect("texts are limited far below");
    }
}

/// The chance in 4,096ths of logarithmic odds in 256ths: 4,096 / (1 + e^(−odds/256)), between points 128 apart.
fn squashed(odds: i32) -> i32 {
    const POINTS: [i32; 33] = [
        1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785, 3901,
        3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
    ];
    let (point, between) = ((odds + 2048) >> 7, odds & 127);
    let at = |point: i32| POINTS[usize::try_from(point).expect("the odds are clamped")];
    (at(point) * (128 - between) + at(point + 1) * between + 64) >> 7
}

/// The least odds of each chance: [`squashed`] the other way round.
fn stretched() -> Vec<i32> {
    let mut table = Vec::with_capacity(4096);
    for odds in -2047..=2047 {
        let most = usize::try_from(squashed(odds)).expect("chances are positive");
        table.resize(table.len().max(most + 1), odds);
    }
    table.resize(4096, 2047);
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
    fn what_was_seen_is_expected_again() {
        let mut model = Model::primed(b"apprentissage, apprentissage, apprentissag");
        let certain = (0..8).rev().all(|place| {
            let bit = b'e' >> place & 1 == 1;
            let chance = model.chance_of_one();
            model.learn(bit);
            if bit { chance > 3_000 } else { chance < 1_096 }
        });
        assert!(certain);
    }
}
