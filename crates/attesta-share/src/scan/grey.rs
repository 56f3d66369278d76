//! Pictures in shades of grey, and what is done to them.

/// A picture in shades of grey, row after row.
#[derive(Clone, PartialEq, Eq)]
pub struct GreyPicture {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) shades: Vec<u8>,
}

impl GreyPicture {
    /// A picture of so many pixels, row after row, 0 for black and 255 for white; `None` where there are more or fewer, or
    /// none at all.
    pub fn new(width: usize, height: usize, shades: Vec<u8>) -> Option<GreyPicture> {
        let is_whole = width > 0 && height > 0 && width.checked_mul(height) == Some(shades.len());
        is_whole.then_some(GreyPicture { width, height, shades })
    }
}

impl GreyPicture {
    pub(super) fn pixels(&self) -> u64 {
        (self.width * self.height) as u64
    }

    pub(super) fn at(&self, x: usize, y: usize) -> u8 {
        self.shades[y * self.width + x]
    }

    fn made(width: usize, height: usize, shade: impl Fn(usize, usize) -> u8) -> GreyPicture {
        let shades = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| shade(x, y)).collect();
        GreyPicture { width, height, shades }
    }

    /// Black for white.
    pub(super) fn inverted(&self) -> GreyPicture {
        GreyPicture { shades: self.shades.iter().map(|shade| 255 - shade).collect(), ..*self }
    }

    /// With white around it: codes are cut out closer than they may be.
    pub(super) fn framed(&self, margin: usize) -> GreyPicture {
        let inside = |at: usize, size: usize| at.checked_sub(margin).filter(|at| *at < size);
        GreyPicture::made(self.width + 2 * margin, self.height + 2 * margin, |x, y| {
            match (inside(x, self.width), inside(y, self.height)) {
                (Some(x), Some(y)) => self.at(x, y),
                _ => u8::MAX,
            }
        })
    }

    /// Smaller by a whole factor, each pixel the mean of those that it stands for.
    pub(super) fn reduced(&self, factor: usize) -> GreyPicture {
        GreyPicture::made(self.width / factor, self.height / factor, |x, y| {
            let rows = (y * factor..(y + 1) * factor).map(|row| row * self.width + x * factor);
            let sum: u32 =
                rows.flat_map(|start| &self.shades[start..start + factor]).map(|&shade| u32::from(shade)).sum();
            u8::try_from(sum / u32::try_from(factor * factor).unwrap_or(u32::MAX)).unwrap_or(u8::MAX)
        })
    }

    /// Twice as large, with shades between neighbours.
    pub(super) fn doubled(&self) -> GreyPicture {
        let at = |x: usize, y: usize| u16::from(self.at(x.min(self.width - 1), y.min(self.height - 1)));
        GreyPicture::made(self.width * 2, self.height * 2, |x, y| {
            let (x, y, right, down) = (x / 2, y / 2, x % 2, y % 2);
            u8::try_from((at(x, y) + at(x + right, y) + at(x, y + down) + at(x + right, y + down)) / 4)
                .unwrap_or(u8::MAX)
        })
    }

    /// Each pixel the median of itself and its neighbours: single wrong ones disappear.
    pub(super) fn without_specks(&self) -> GreyPicture {
        GreyPicture::made(self.width, self.height, |x, y| {
            let mut around = [0; 9];
            for (index, shade) in around.iter_mut().enumerate() {
                let (row, column) = ((y + index / 3).saturating_sub(1), (x + index % 3).saturating_sub(1));
                *shade = self.at(column.min(self.width - 1), row.min(self.height - 1));
            }
            around.sort_unstable();
            around[4]
        })
    }

    /// Black and white alone, divided where the two groups of shades differ most (Otsu's method).
    pub(super) fn divided(&self) -> GreyPicture {
        let mut counts = [0u64; 256];
        self.shades.iter().for_each(|&shade| counts[usize::from(shade)] += 1);
        let weighed = |(shade, count): (usize, &u64)| shade as u64 * count;
        let (total, sum) = (self.pixels(), counts.iter().enumerate().map(weighed).sum::<u64>());
        let (mut below, mut sum_below, mut best, mut best_difference) = (0u64, 0u64, 127, 0.0);
        for (shade, count) in counts.iter().enumerate() {
            below += count;
            sum_below += weighed((shade, count));
            let above = total - below;
            if below == 0 || above == 0 {
                continue;
            }
            let difference = sum_below as f64 / below as f64 - (sum - sum_below) as f64 / above as f64;
            let between = below as f64 * above as f64 * difference * difference;
            if between > best_difference {
                (best, best_difference) = (shade, between);
            }
        }
        GreyPicture {
            shades: self.shades.iter().map(|&shade| if usize::from(shade) <= best { 0 } else { 255 }).collect(),
            ..*self
        }
    }
}

impl std::fmt::Debug for GreyPicture {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "GreyPicture({} × {})", self.width, self.height)
    }
}
