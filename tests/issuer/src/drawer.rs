//! What the issuer keeps for a while under a name that only one learner was told.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

/// How long a claim is open: as long as the transaction service of the Digital Credentials Consortium keeps one.
pub(crate) const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// Most things kept at once; the oldest makes room.
const MOST: usize = 256;

/// Things of one kind by name, each of a credential's number.
#[derive(Debug)]
pub(crate) struct Drawer<T> {
    kept: BTreeMap<String, Kept<T>>,
}

#[derive(Debug)]
struct Kept<T> {
    n: usize,
    since: Timestamp,
    thing: T,
}

impl<T> Default for Drawer<T> {
    fn default() -> Self {
        Drawer { kept: BTreeMap::new() }
    }
}

impl<T> Drawer<T> {
    pub(crate) fn keep(&mut self, name: &str, n: usize, thing: T, now: Timestamp) {
        if self.kept.len() >= MOST
            && let Some(oldest) = self.kept.iter().min_by_key(|(_, kept)| kept.since).map(|(name, _)| name.clone())
        {
            self.kept.remove(&oldest);
        }
        self.kept.insert(name.to_owned(), Kept { n, since: now, thing });
    }

    /// What is kept under a name, with its credential's number; nothing once its time is over.
    pub(crate) fn look(&mut self, name: &str, now: Timestamp) -> Option<(usize, &mut T)> {
        let kept = self.kept.get_mut(name)?;
        (now.duration_since(kept.since) < LIFETIME).then_some((kept.n, &mut kept.thing))
    }

    /// The same, taken out for good.
    pub(crate) fn take(&mut self, name: &str, now: Timestamp) -> Option<(usize, T)> {
        self.look(name, now)?;
        self.kept.remove(name).map(|kept| (kept.n, kept.thing))
    }

    /// Throws away all that is of credential `n`.
    pub(crate) fn forget(&mut self, n: usize) {
        self.kept.retain(|_, kept| kept.n != n);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_thing_is_there_until_it_is_taken_forgotten_or_ten_minutes_old() {
        let mut drawer = Drawer::default();
        for name in ["taken", "forgotten", "old"] {
            drawer.keep(name, if name == "forgotten" { 2 } else { 1 }, name.to_owned(), at(0));
        }
        assert_eq!(drawer.take("taken", at(599)), Some((1, "taken".to_owned())));
        assert_eq!(drawer.take("taken", at(599)), None);
        drawer.forget(2);
        assert!(drawer.look("forgotten", at(0)).is_none());
        assert!(drawer.look("old", at(599)).is_some());
        assert!(drawer.look("old", at(600)).is_none());
    }

    #[test]
    fn the_oldest_makes_room() {
        let mut drawer = Drawer::default();
        for second in 0..300 {
            drawer.keep(&second.to_string(), 1, (), at(second));
        }
        assert_eq!(drawer.kept.len(), MOST);
        assert!(drawer.look("43", at(300)).is_none() && drawer.look("44", at(300)).is_some());
    }
}
