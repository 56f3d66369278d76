//! The last place that read the same, and what followed there.

/// The fewest equal bytes that make a place worth following.
const FEWEST_EQUAL: usize = 6;

/// The most equal bytes that are counted before a place is followed.
const MOST_EQUAL: usize = 32;

/// How many places are remembered, as a power of two.
const PLACE_BITS: u32 = 16;

/// The text so far, and the place in it that is followed.
pub(super) struct Repeat {
    text: Vec<u8>,
    /// Where in the text the last bytes stood last; 0 for nowhere.
    places: Vec<u32>,
    followed: usize,
    /// For how many bytes that place has been right; 0 where none is followed.
    pub(super) equal: usize,
}

impl Repeat {
    pub(super) fn new() -> Repeat {
        Repeat { text: Vec::new(), places: vec![0; 1 << PLACE_BITS], followed: 0, equal: 0 }
    }

    /// The next bit where the place that is followed has been right so far, also about the byte's known bits, which
    /// stand behind a leading 1.
    pub(super) fn expected_bit(&mut self, partial: u32) -> Option<bool> {
        if self.equal == 0 {
            return None;
        }
        let expected = u32::from(self.text[self.followed]) | 0x100;
        let known = partial.ilog2();
        if expected >> (8 - known) != partial {
            self.equal = 0;
            return None;
        }
        Some(expected >> (7 - known) & 1 == 1)
    }

    /// Takes in the byte that came; `six` is a hash of the last six.
    pub(super) fn append(&mut self, byte: u8, six: u32) {
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
        let end = self.text.len();
        if end < FEWEST_EQUAL {
            return;
        }
        let entry = (six >> (32 - PLACE_BITS)) as usize;
        let place = self.places[entry] as usize;
        if self.equal == 0 && place > 0 {
            let alike = |back: &usize| self.text[place - 1 - back] == self.text[end - 1 - back];
            let equal = (0..MOST_EQUAL.min(place)).take_while(alike).count();
            if equal >= FEWEST_EQUAL {
                (self.followed, self.equal) = (place, equal);
            }
        }
        self.places[entry] = u32::try_from(end).expect("texts are limited far below");
    }
}
