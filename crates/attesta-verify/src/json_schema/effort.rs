//! How much work schemas may make.

use super::Undecided;

/// The work that is left, in steps: a keyword looked at, a value compared, a few characters matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Effort(usize);

impl Effort {
    /// For one verification; the largest schema published takes a hundredth for a credential of usual size.
    pub(crate) const WHOLE: Effort = Effort(8_000_000);
    /// For one schema.
    const MOST_AT_ONCE: usize = 2_000_000;

    /// Lets a part of the work be done, with the most that one schema may take.
    pub(crate) fn lend<T>(&mut self, work: impl FnOnce(&mut Effort) -> T) -> T {
        let lent = self.0.min(Self::MOST_AT_ONCE);
        let mut part = Effort(lent);
        let done = work(&mut part);
        self.0 -= lent - part.0;
        done
    }

    /// Takes steps from what is left.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Undecided> {
        self.0 = self.0.checked_sub(steps).ok_or(Undecided::TooCostly)?;
        Ok(())
    }
}
