//! Bits and their chances as a binary fraction: an arithmetic coder of 32 bits without carry.

/// The part of the whole that stands for the bits so far, both ends included.
struct Range {
    low: u32,
    high: u32,
}

impl Range {
    const WHOLE: Range = Range { low: 0, high: u32::MAX };

    /// Where the part ends that stands for a 1 with a chance of `chance` in 4,096.
    fn middle(&self, chance: u32) -> u32 {
        self.low + ((self.high - self.low) >> 12) * chance
    }

    fn narrow(&mut self, bit: bool, middle: u32) {
        if bit { self.high = middle } else { self.low = middle + 1 }
    }

    /// Whether the first byte is settled.
    fn is_settled(&self) -> bool {
        (self.low ^ self.high) >> 24 == 0
    }

    fn shift(&mut self) {
        self.low <<= 8;
        self.high = self.high << 8 | 0xff;
    }
}

/// Writes bits.
pub(super) struct Writer<'o> {
    range: Range,
    out: &'o mut Vec<u8>,
}

impl<'o> Writer<'o> {
    pub(super) fn new(out: &'o mut Vec<u8>) -> Writer<'o> {
        Writer { range: Range::WHOLE, out }
    }

    /// Writes a bit that is 1 with a chance of `chance` in 4,096, from 1 to 4,095.
    pub(super) fn write(&mut self, bit: bool, chance: u32) {
        self.range.narrow(bit, self.range.middle(chance));
        while self.range.is_settled() {
            self.out.push((self.range.high >> 24) as u8);
            self.range.shift();
        }
    }

    /// Writes as few bytes as tell the rest, when zeros are read behind them.
    pub(super) fn finish(self) {
        let Range { low, high } = self.range;
        for bytes in 0..=4_u32 {
            // The least number from `low` on that has zeros behind its first bytes.
            let unit = 1_u64 << (32 - 8 * bytes);
            let number = u64::from(low).div_ceil(unit) * unit;
            if number <= u64::from(high) {
                let number = u32::try_from(number).expect("it is no more than `high`").to_be_bytes();
                self.out.extend_from_slice(&number[..bytes as usize]);
                return;
            }
        }
    }
}

/// Reads bits.
pub(super) struct Reader<'t> {
    range: Range,
    number: u32,
    rest: std::slice::Iter<'t, u8>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(bytes: &'t [u8]) -> Reader<'t> {
        let mut reader = Reader { range: Range::WHOLE, number: 0, rest: bytes.iter() };
        (0..4).for_each(|_| reader.shift());
        reader
    }

    fn shift(&mut self) {
        self.number = self.number << 8 | u32::from(self.rest.next().copied().unwrap_or(0));
    }

    /// Reads a bit that was written with this chance.
    pub(super) fn read(&mut self, chance: u32) -> bool {
        let middle = self.range.middle(chance);
        let bit = self.number <= middle;
        self.range.narrow(bit, middle);
        while self.range.is_settled() {
            self.range.shift();
            self.shift();
        }
        bit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_come_back_whatever_their_chances() {
        for seed in 1..200_u32 {
            let step = |at: u32| at.wrapping_mul(seed).wrapping_mul(0x9E37_79B1) >> 16;
            let bits: Vec<(bool, u32)> = (0..seed * 3).map(|at| (step(at) & 1 == 1, 1 + step(at + 7) % 4095)).collect();
            let mut out = Vec::new();
            let mut writer = Writer::new(&mut out);
            bits.iter().for_each(|(bit, chance)| writer.write(*bit, *chance));
            writer.finish();
            let mut reader = Reader::new(&out);
            for (place, (bit, chance)) in bits.iter().enumerate() {
                assert_eq!(reader.read(*chance), *bit, "seed {seed}, bit {place}");
            }
        }
    }

    #[test]
    fn what_was_foreseen_takes_hardly_any_room() {
        let mut out = Vec::new();
        let mut writer = Writer::new(&mut out);
        (0..8_000).for_each(|_| writer.write(true, 4_095));
        writer.finish();
        assert!(out.len() <= 4, "{} bytes", out.len());
    }
}
