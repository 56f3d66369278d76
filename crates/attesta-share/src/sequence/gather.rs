//! Solves for a message's pieces from the parts that came: linear equations over single bits.

use super::crc::crc32;
use super::fountain::mixed;
use super::part::{Identity, Part};

/// A set of pieces, one bit each.
#[derive(Clone, PartialEq, Eq)]
struct Places {
    words: Vec<u64>,
}

/// What some pieces give together: `data` is their exclusive-or.
#[derive(Clone)]
struct Equation {
    places: Places,
    data: Vec<u8>,
}

/// The parts of one message that came so far.
///
/// Each equation stands at the first piece that it mixes, so there are never more than pieces, whatever comes; a part
/// that tells nothing new is gone after it was compared.
pub(super) struct Gathering {
    identity: Identity,
    equations: Vec<Option<Equation>>,
    received: usize,
}

/// What became of a part.
pub(super) enum Gathered {
    /// More are needed.
    More,
    /// The message, as its checksum confirms.
    Whole(Vec<u8>),
    /// All pieces are there and are not those of the message.
    Broken,
}

impl Gathering {
    pub(super) fn new(identity: Identity) -> Gathering {
        Gathering { identity, equations: vec![None; identity.fragments], received: 0 }
    }

    pub(super) fn identity(&self) -> Identity {
        self.identity
    }

    /// How many parts told something new.
    pub(super) fn received(&self) -> usize {
        self.received
    }

    /// How many of these it takes.
    pub(super) fn enough(&self) -> usize {
        self.identity.fragments
    }

    pub(super) fn add(&mut self, part: Part) -> Gathered {
        let mut equation = Equation {
            places: Places::of(&mixed(part.number, self.identity.fragments, self.identity.checksum), self.enough()),
            data: part.data,
        };
        while let Some(first) = equation.places.first() {
            match &self.equations[first] {
                Some(known) => equation.subtract(known),
                None => {
                    self.equations[first] = Some(equation);
                    self.received += 1;
                    return if self.received == self.enough() { self.solve() } else { Gathered::More };
                }
            }
        }
        Gathered::More
    }

    /// Goes from the last piece to the first: each equation then has only pieces behind its own that are known.
    fn solve(&mut self) -> Gathered {
        for place in (0..self.enough()).rev() {
            let Some(mut equation) = self.equations[place].take() else { return Gathered::Broken };
            while let Some(other) = equation.places.first_after(place) {
                let Some(known) = &self.equations[other] else { return Gathered::Broken };
                equation.subtract(known);
            }
            self.equations[place] = Some(equation);
        }
        let mut message: Vec<u8> =
            self.equations.iter().flatten().flat_map(|equation| &equation.data).copied().collect();
        let filling = message.split_off(self.identity.message.min(message.len()));
        let is_whole = filling.iter().all(|byte| *byte == 0) && crc32(&message) == self.identity.checksum;
        if is_whole { Gathered::Whole(message) } else { Gathered::Broken }
    }
}

impl Equation {
    fn subtract(&mut self, other: &Equation) {
        self.places.words.iter_mut().zip(&other.places.words).for_each(|(word, other)| *word ^= other);
        self.data.iter_mut().zip(&other.data).for_each(|(byte, other)| *byte ^= other);
    }
}

impl Places {
    fn of(places: &[usize], count: usize) -> Places {
        let mut words = vec![0; count.div_ceil(64)];
        places.iter().for_each(|place| words[place / 64] |= 1 << (place % 64));
        Places { words }
    }

    fn first(&self) -> Option<usize> {
        let (word, bits) = self.words.iter().enumerate().find(|(_, bits)| **bits != 0)?;
        Some(word * 64 + bits.trailing_zeros() as usize)
    }

    fn first_after(&self, place: usize) -> Option<usize> {
        (place + 1..self.words.len() * 64).find(|other| self.words[other / 64] >> (other % 64) & 1 == 1)
    }
}
