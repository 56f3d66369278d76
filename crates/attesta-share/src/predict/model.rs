//! How likely the next bit is a 1: twenty opinions, mixed by how right each has been.

use super::contexts::{CONTEXTS, Contexts};
use super::odds::{Counter, MOST_ODDS, squashed, stretched};
use super::repeat::Repeat;

/// Two opinions for each context, one of the text behind the last place that read the same, and a constant.
const OPINIONS: usize = 2 * CONTEXTS + 2;

/// Each context has so many slots, as a power of two; two that meet in one share it.
const SLOT_BITS: u32 = 19;

/// The longest equal run that is told from shorter ones.
const LONGEST_EQUAL: usize = 31;

/// How much is learnt from one error.
const RATE: i32 = 6;

/// The weight of each opinion at first, in 65,536ths.
const FIRST_WEIGHT: i32 = 5_500;

/// A set of weights for each stage of [`Repeat`], then one for each beginning of a byte.
const STAGES: usize = 4;
const SETS: usize = STAGES + 256;

/// What followed a context: a counter, and in its lowest byte the last bits, at most seven, behind a leading 1. Both in
/// one word, since looking one up costs more than all that is done with it.
#[derive(Clone, Copy)]
struct Slot(u32);

impl Slot {
    const NEW: Slot = Slot(Counter::NEW.bits() | 1);

    fn counter(self) -> Counter {
        Counter::of_bits(self.0)
    }

    fn history(self) -> u8 {
        (self.0 & 0xff) as u8
    }

    fn learn(&mut self, bit: bool) {
        let mut counter = self.counter();
        counter.learn(bit);
        *self = Slot(counter.bits() | u32::from(longer(self.history(), bit)));
    }
}

/// What predicts.
pub(super) struct Model {
    /// Chances in 4,096ths as their logarithmic odds in 256ths.
    stretched: Vec<i32>,
    /// What followed each context.
    slots: Vec<Slot>,
    /// What followed each history.
    followers: Vec<Counter>,
    /// The slots that gave the opinions on the next bit.
    chosen: [usize; CONTEXTS],
    contexts: Contexts,
    /// The bits of the next byte that are known, behind a leading 1.
    partial: u32,
    repeat: Repeat,
    /// How right such places have been, by how long and which bit.
    trust: Vec<Counter>,
    trusted: Option<usize>,
    opinions: [i32; OPINIONS],
    weights: Vec<[i32; OPINIONS]>,
    /// The two sets of weights that are used, and the chance that each gave.
    mixed: [(usize, i32); 2],
}

impl Model {
    /// A model that knows nothing yet.
    pub(super) fn new() -> Model {
        Model {
            stretched: stretched(),
            slots: vec![Slot::NEW; CONTEXTS << SLOT_BITS],
            followers: followers(),
            chosen: [0; CONTEXTS],
            contexts: Contexts::default(),
            partial: 1,
            repeat: Repeat::new(),
            trust: vec![Counter::NEW; 2 * (LONGEST_EQUAL + 1)],
            trusted: None,
            opinions: [0; OPINIONS],
            weights: vec![[FIRST_WEIGHT; OPINIONS]; SETS],
            mixed: [(0, 0); 2],
        }
    }

    /// The chance that the next bit is a 1, in 4,096ths, from 1 to 4,095.
    pub(super) fn chance_of_one(&mut self) -> u32 {
        for (number, context) in self.contexts.hashes.iter().enumerate() {
            let hash = context.wrapping_add(self.partial.wrapping_mul(0x9E37_79B1)).wrapping_mul(0x85EB_CA6B);
            let hash = (hash ^ hash >> 15).wrapping_mul(0xC2B2_AE35);
            let chosen = number << SLOT_BITS | (hash >> (32 - SLOT_BITS)) as usize;
            let slot = self.slots[chosen];
            let follower = self.followers[number << 8 | usize::from(slot.history())];
            self.chosen[number] = chosen;
            self.opinions[number] = self.stretched[slot.counter().chance()];
            self.opinions[CONTEXTS + number] = self.stretched[follower.chance()];
        }
        let expected = self.repeat.expected_bit(self.partial);
        self.trusted = expected.map(|bit| 2 * self.repeat.equal.min(LONGEST_EQUAL) + usize::from(bit));
        self.opinions[2 * CONTEXTS] = self.trusted.map_or(0, |trusted| self.stretched[self.trust[trusted].chance()]);
        self.opinions[2 * CONTEXTS + 1] = 256;
        let stage = match self.repeat.equal {
            0 => 0,
            1..16 => 1,
            16..28 => 2,
            _ => 3,
        };
        let odds = [stage, STAGES + self.partial as usize].map(|set| (set, self.weighed(set)));
        self.mixed = odds.map(|(set, odds)| (set, squashed(odds)));
        squashed((odds[0].1 + odds[1].1) >> 1).clamp(1, 4095) as u32
    }

    /// All opinions as one of these weights has it.
    fn weighed(&self, set: usize) -> i32 {
        let weighed = self.opinions.iter().zip(&self.weights[set]);
        let sum: i64 = weighed.map(|(opinion, weight)| i64::from(*opinion) * i64::from(*weight)).sum();
        (sum >> 16).clamp(i64::from(-MOST_ODDS), i64::from(MOST_ODDS)) as i32
    }

    /// Learns which bit it was.
    pub(super) fn learn(&mut self, bit: bool) {
        for (set, chance) in self.mixed {
            let error = ((i32::from(bit) << 12) - chance) * RATE;
            for (opinion, weight) in self.opinions.iter().zip(&mut self.weights[set]) {
                *weight += (opinion * error + 0x2000) >> 14;
            }
        }
        for (number, chosen) in self.chosen.into_iter().enumerate() {
            let slot = &mut self.slots[chosen];
            self.followers[number << 8 | usize::from(slot.history())].learn(bit);
            slot.learn(bit);
        }
        if let Some(trusted) = self.trusted {
            self.trust[trusted].learn(bit);
        }
        self.partial = self.partial << 1 | u32::from(bit);
        if self.partial >= 0x100 {
            let byte = (self.partial & 0xff) as u8;
            self.partial = 1;
            self.contexts.append(byte);
            self.repeat.append(byte, self.contexts.six);
        }
    }
}

/// A history with one more bit: the last seven behind a leading 1.
fn longer(history: u8, bit: bool) -> u8 {
    let longer = history << 1 | u8::from(bit);
    if history < 0x80 { longer } else { longer | 0x80 }
}

/// What is thought of each history at first: what a counter thinks that saw its bits.
fn followers() -> Vec<Counter> {
    let of_each = (0..256_u32).map(|history| {
        let mut counter = Counter::NEW;
        for place in (0..history.max(1).ilog2()).rev() {
            counter.learn(history >> place & 1 == 1);
        }
        counter.seen_once()
    });
    of_each.collect::<Vec<Counter>>().repeat(CONTEXTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_expected_again() {
        let mut model = Model::new();
        let mut surprises = 0;
        let seen = b"apprentissage, apprentissage, apprentissage";
        for (number, byte) in seen.iter().enumerate() {
            for place in (0..8).rev() {
                let bit = byte >> place & 1 == 1;
                let chance = model.chance_of_one();
                model.learn(bit);
                let foreseen = if bit { chance > 3_000 } else { chance < 1_096 };
                surprises += usize::from(number + 6 >= seen.len() && !foreseen);
            }
        }
        assert_eq!(surprises, 0);
    }
}
