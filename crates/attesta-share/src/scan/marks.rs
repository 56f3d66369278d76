//! How much work the search for codes in a picture will be.
//!
//! A code is found by the three marks in its corners, and each mark is compared with each pair of others, on a copy of
//! the picture. A picture that is made of such marks would keep the search busy for hours, so they are counted first.

/// A run of dark pixels in a row, and the area that it belongs to.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: usize,
    end: usize,
    area: usize,
}

/// What the work depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    /// Places in rows that look like a cut through a mark.
    pub(super) cuts: u64,
    /// Marks: a ring with a dot in it.
    pub(super) whole: u64,
}

impl Marks {
    /// The work, in pixels gone through.
    pub(super) fn work(self, pixels: u64) -> u64 {
        let compared = self.whole.saturating_pow(3) / 1_000;
        pixels.saturating_mul(1 + compared.saturating_add(self.cuts / 2_000))
    }
}

/// Counts the marks of a picture of dark and light pixels.
pub(super) fn count(width: usize, height: usize, is_dark: impl Fn(usize, usize) -> bool) -> Marks {
    let mut areas = Areas::default();
    let mut cuts: Vec<[usize; 3]> = Vec::new();
    let mut above: Vec<Run> = Vec::new();
    for y in 0..height {
        let mut row = runs(width, |x| is_dark(x, y));
        let mut first = 0;
        for run in &mut row {
            run.area = areas.new_area();
            while above.get(first).is_some_and(|other| other.end <= run.start) {
                first += 1;
            }
            for other in above[first..].iter().take_while(|other| other.start < run.end) {
                areas.join(run.area, other.area);
            }
            areas.grow(run.area, run.end - run.start);
        }
        cuts.extend(row.windows(3).filter(|runs| is_cut(runs)).map(|runs| [runs[0].area, runs[1].area, runs[2].area]));
        above = row;
    }
    let mut rings: Vec<usize> = cuts.iter().filter_map(|cut| areas.ring(*cut)).collect();
    rings.sort_unstable();
    rings.dedup();
    Marks { cuts: cuts.len() as u64, whole: rings.len() as u64 }
}

fn runs(width: usize, is_dark: impl Fn(usize) -> bool) -> Vec<Run> {
    let mut found = Vec::new();
    let mut start = None;
    for x in 0..=width {
        let dark = x < width && is_dark(x);
        match (start, dark) {
            (None, true) => start = Some(x),
            (Some(begun), false) => {
                found.push(Run { start: begun, end: x, area: 0 });
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether dark, light, dark, light and dark are about as 1 to 1 to 3 to 1 to 1; a little more is let through than the
/// search itself takes.
fn is_cut(runs: &[Run]) -> bool {
    let [left, dot, right] = runs else { return false };
    let lengths = [
        left.end - left.start,
        dot.start - left.end,
        dot.end - dot.start,
        right.start - dot.end,
        right.end - right.start,
    ];
    let unit = lengths[0] + lengths[1] + lengths[3] + lengths[4];
    // In quarters of a unit.
    let near = |length: usize, times: usize| 4 * length + unit >= times * unit && 4 * length <= (times + 1) * unit + 4;
    near(lengths[0], 1) && near(lengths[1], 1) && near(lengths[2], 3) && near(lengths[3], 1) && near(lengths[4], 1)
}

/// Areas of dark pixels that touch, each named by one of its runs.
#[derive(Default)]
struct Areas {
    parents: Vec<usize>,
    sizes: Vec<usize>,
}

impl Areas {
    fn new_area(&mut self) -> usize {
        self.parents.push(self.parents.len());
        self.sizes.push(0);
        self.parents.len() - 1
    }

    fn root(&mut self, mut area: usize) -> usize {
        while self.parents[area] != area {
            self.parents[area] = self.parents[self.parents[area]];
            area = self.parents[area];
        }
        area
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return;
        }
        let (small, large) = if self.sizes[one] < self.sizes[other] { (one, other) } else { (other, one) };
        self.parents[small] = large;
        self.sizes[large] += self.sizes[small];
    }

    fn grow(&mut self, area: usize, pixels: usize) {
        let root = self.root(area);
        self.sizes[root] += pixels;
    }

    /// The ring of a mark, if the cut goes through one: left and right are the same area, and the dot is another, not
    /// larger than the ring.
    fn ring(&mut self, cut: [usize; 3]) -> Option<usize> {
        let [left, dot, right] = cut.map(|area| self.root(area));
        (left == right && dot != left && self.sizes[dot] <= self.sizes[left]).then_some(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rows: &[&str], whole: u64) {
        let is_dark = |x: usize, y: usize| rows[y].as_bytes()[x] == b'#';
        assert_eq!(count(rows[0].len(), rows.len(), is_dark).whole, whole);
    }

    #[test]
    fn rings_with_a_dot_are_counted() {
        let mark = ["#######", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "#######"];
        check(&mark, 1);
        let two: Vec<String> = mark.iter().map(|row| format!("{row} {row}")).collect();
        check(&two.iter().map(String::as_str).collect::<Vec<_>>(), 2);
        check(&["# ### #"], 0);
        check(&["#######", "# ### #", "#  #  #", "#######"], 0);
    }

    #[test]
    fn more_marks_are_far_more_work() {
        let work = |whole| Marks { cuts: 0, whole }.work(1_000_000);
        assert_eq!(work(0), 1_000_000);
        assert!(work(12) < 3_000_000);
        assert!(work(100) > 900_000_000);
        assert_eq!(Marks { cuts: u64::MAX, whole: u64::MAX }.work(u64::MAX), u64::MAX);
    }
}
