//! The time, handed in so that every test and every replay can say what it is.

use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::{SignedDuration, Timestamp};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The system's clock, in whole seconds: what is shown, signed and stored is never finer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let since = Duration::from_secs(since.as_secs());
        // A clock beyond the year 9999 reads as its end, at which nothing is within its dates.
        SignedDuration::try_from(since)
            .ok()
            .and_then(|since| Timestamp::from_duration(since).ok())
            .unwrap_or(Timestamp::MAX)
    }
}

/// A clock that stands still until it is set, for tests and replays.
#[derive(Debug)]
pub struct FixedClock(Mutex<Timestamp>);

impl FixedClock {
    /// A clock that tells this time.
    pub fn at(now: Timestamp) -> Self {
        FixedClock(Mutex::new(now))
    }

    /// Tells another time from now on.
    pub fn set(&self, now: Timestamp) {
        *self.0.lock().expect("nobody panics while holding a timestamp") = now;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("nobody panics while holding a timestamp")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_clock_tells_a_time_of_this_century() {
        let now = SystemClock.now();
        assert!(now > "2025-01-01T00:00:00Z".parse().unwrap());
        assert!(now < "2100-01-01T00:00:00Z".parse().unwrap());
    }
}
