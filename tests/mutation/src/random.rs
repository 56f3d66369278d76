//! Numbers that look drawn and are the same each time.

/// A stream of numbers that follows from its start, [SplitMix64](https://doi.org/10.1145/2714064.2660195).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The stream that follows from `start`.
    pub fn new(start: u64) -> Self {
        Random(start)
    }

    /// The stream of the `n`-th piece of work of a run, whatever thread does it.
    pub fn of(run: u64, n: u64) -> Self {
        let mut random = Random(run ^ n.wrapping_mul(0xA076_1D64_78BD_642F));
        random.draw();
        random
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        // The remainder's bias is far below what a few million draws could show.
        let bound = u64::try_from(bound).expect("a length fits into 64 bits");
        usize::try_from(self.draw() % bound).expect("it is below a length")
    }

    /// True once in `n`.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of the items; `None` where there are none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        (!items.is_empty()).then(|| &items[self.below(items.len())])
    }

    /// One of the items of a list that is never empty.
    pub fn one_of<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// Puts the items into another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_the_same_each_time_and_another_for_each_piece_of_work() {
        let two = |mut random: Random| [random.draw(), random.draw()];
        assert_eq!(two(Random::of(1, 7)), two(Random::of(1, 7)));
        assert_ne!(two(Random::of(1, 7)), two(Random::of(1, 8)));
        assert_ne!(two(Random::of(1, 7)), two(Random::of(2, 7)));
    }

    #[test]
    fn every_number_below_the_bound_comes_up() {
        let mut random = Random::new(3);
        let mut seen = [false; 10];
        (0..1_000).for_each(|_| seen[random.below(10)] = true);
        assert_eq!(seen, [true; 10]);
    }
}
