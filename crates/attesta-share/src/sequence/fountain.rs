//! Which pieces of a message a part mixes, and the parts themselves
//! ([BCR-2024-001](https://github.com/BlockchainCommons/Research/blob/master/papers/bcr-2024-001-multipart-ur.md)).

use sha2::{Digest, Sha256};

use super::crc::crc32;
use super::part::{Identity, Part};

/// A message cut into pieces of equal length.
pub(super) struct Fountain {
    pieces: Vec<Vec<u8>>,
    identity: Identity,
}

impl Fountain {
    /// Cuts a message into as few pieces as have no more than `longest` bytes, the last filled up with zeros.
    pub(super) fn new(message: &[u8], longest: usize) -> Fountain {
        let count = message.len().div_ceil(longest).max(1);
        let length = message.len().div_ceil(count).max(1);
        let piece = |bytes: &[u8]| {
            let mut piece = bytes.to_vec();
            piece.resize(length, 0);
            piece
        };
        let pieces: Vec<Vec<u8>> = message.chunks(length).map(piece).collect();
        let identity =
            Identity { fragments: pieces.len(), message: message.len(), fragment: length, checksum: crc32(message) };
        Fountain { pieces, identity }
    }

    /// How many pieces there are.
    pub(super) fn fragments(&self) -> usize {
        self.pieces.len()
    }

    /// The part of a number, from 1.
    pub(super) fn part(&self, number: u32) -> Part {
        let mut data = vec![0; self.identity.fragment];
        for place in mixed(number, self.identity.fragments, self.identity.checksum) {
            data.iter_mut().zip(&self.pieces[place]).for_each(|(byte, other)| *byte ^= other);
        }
        Part { number, identity: self.identity, data }
    }
}

/// The places of the pieces that the part of a number mixes: one each at first, then as a generator chooses that
/// sender and receiver both start from the part's number and the message's checksum.
pub(super) fn mixed(number: u32, fragments: usize, checksum: u32) -> Vec<usize> {
    match usize::try_from(number) {
        Ok(number) if number <= fragments => return vec![number - 1],
        _ => {}
    }
    let mut generator = Xoshiro::seeded(&[number.to_be_bytes(), checksum.to_be_bytes()].concat());
    let degree = degree(&mut generator, fragments);
    let mut left: Vec<usize> = (0..fragments).collect();
    (0..degree).map(|_| left.remove(generator.below(left.len()))).collect()
}

/// How many pieces are mixed: n of them with a weight of 1/n.
fn degree(generator: &mut Xoshiro, fragments: usize) -> usize {
    let weights: Vec<f64> = (1..=fragments).map(|n| 1.0 / n as f64).collect();
    let sum: f64 = weights.iter().sum();
    // Walker's alias method, in the order that the standard's reference prescribes.
    let mut shares: Vec<f64> = weights.iter().map(|weight| weight * fragments as f64 / sum).collect();
    let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..fragments).rev().partition(|n| shares[*n] < 1.0);
    let (mut shares_kept, mut aliases) = (vec![1.0; fragments], vec![0; fragments]);
    while let (Some(less), Some(more)) = (small.last().copied(), large.last().copied()) {
        small.pop();
        large.pop();
        shares_kept[less] = shares[less];
        aliases[less] = more;
        shares[more] += shares[less] - 1.0;
        if shares[more] < 1.0 { small.push(more) } else { large.push(more) }
    }
    let (first, second) = (generator.unit(), generator.unit());
    let column = (fragments as f64 * first) as usize;
    1 + if second < shares_kept[column] { column } else { aliases[column] }
}

/// [Xoshiro256\*\*](https://prng.di.unimi.it/xoshiro256starstar.c), seeded with a SHA-256.
struct Xoshiro {
    state: [u64; 4],
}

impl Xoshiro {
    fn seeded(seed: &[u8]) -> Xoshiro {
        let hash = Sha256::digest(seed);
        let word = |at: usize| hash[8 * at..8 * at + 8].iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        Xoshiro { state: std::array::from_fn(word) }
    }

    fn next(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.state;
        let result = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        result
    }

    /// From 0 up to but not 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// From 0 up to but not `count`.
    fn below(&mut self, count: usize) -> usize {
        (self.unit() * count as f64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The message of the reference implementation's tests: so many bytes of the generator seeded with a word.
    pub(crate) fn reference_message(word: &str, length: usize) -> Vec<u8> {
        let mut generator = Xoshiro::seeded(word.as_bytes());
        (0..length).map(|_| (generator.unit() * 256.0) as u8).collect()
    }

    #[test]
    fn the_generator_gives_the_numbers_of_the_reference_implementation() {
        let mut generator = Xoshiro::seeded(b"Wolf");
        let numbers: Vec<u64> = (0..16).map(|_| generator.next() % 100).collect();
        assert_eq!(numbers, [42, 81, 85, 8, 82, 84, 76, 73, 70, 88, 2, 74, 40, 48, 77, 54]);
    }

    #[test]
    fn parts_are_those_of_the_reference_implementation() {
        // A byte string of 256 bytes in pieces of at most 30.
        let message = super::super::cbor::byte_string(&reference_message("Wolf", 256));
        let fountain = Fountain::new(&message, 30);
        assert_eq!(fountain.fragments(), 9);
        for (number, text) in [
            (
                1,
                "ur:bytes/1-9/lpadascfadaxcywenbpljkhdcahkadaemejtswhhylkepmykhhtsytsnoyoyaxaedsuttydmmhhpktpmsrjtdkgslpgh",
            ),
            (
                9,
                "ur:bytes/9-9/lpasascfadaxcywenbpljkhdcajskecpmdckihdyhphfotjojtfmlnwmadspaxrkytbztpbauotbgtgtaeaevtgavtny",
            ),
            (
                10,
                "ur:bytes/10-9/lpbkascfadaxcywenbpljkhdcahkadaemejtswhhylkepmykhhtsytsnoyoyaxaedsuttydmmhhpktpmsrjtwdkiplzs",
            ),
            (
                12,
                "ur:bytes/12-9/lpbnascfadaxcywenbpljkhdcarllaluzmdmgstospeyiefmwejlwtpedamktksrvlcygmzemovovllarodtmtbnptrs",
            ),
            (
                16,
                "ur:bytes/16-9/lpbeascfadaxcywenbpljkhdcawygekobamwtlihsnpalnsghenskkiynthdzotsimtojetprsttmukirlrsbtamjtpd",
            ),
            (
                20,
                "ur:bytes/20-9/lpbbascfadaxcywenbpljkhdcayapmrleeleaxpasfrtrdkncffwjyjzgyetdmlewtkpktgllepfrltataztksmhkbot",
            ),
        ] {
            assert_eq!(fountain.part(number).to_text().to_ascii_lowercase(), text);
        }
    }
}
