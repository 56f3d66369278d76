//! Regular expressions of schemas, matched in time linear in the text. Those that look around or back, which ECMA-262
//! knows as well, are named as not supported.

use regex_lite::{Regex, RegexBuilder};

use super::{Effort, Undecided};

/// A pattern that was read.
pub(super) struct Pattern {
    regex: Regex,
    /// What matching a character costs.
    steps: usize,
}

/// How large a pattern may be in memory, with the steps that a character then takes.
const SIZES: [(usize, usize); 3] = [(2 << 10, 1), (8 << 10, 4), (32 << 10, 16)];

impl Pattern {
    pub(super) fn read(text: &str, effort: &mut Effort) -> Result<Pattern, Undecided> {
        effort.spend(1_000)?;
        let build = |(size, steps): (usize, usize)| {
            let regex = RegexBuilder::new(text).size_limit(size).nest_limit(32).build().ok()?;
            Some(Pattern { regex, steps })
        };
        let unsupported = || Undecided::Unsupported { feature: format!("pattern: {text}") };
        SIZES.into_iter().find_map(build).ok_or_else(unsupported)
    }

    /// Whether it matches anywhere in the text.
    pub(super) fn is_match(&self, text: &str, effort: &mut Effort) -> Result<bool, Undecided> {
        effort.spend(1 + text.len() * self.steps)?;
        Ok(self.regex.is_match(text))
    }
}
