//! How long a caller waits, and how it stops waiting.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;

/// The time that a caller gives to all it fetches, and the means to stop it. Clones share both.
#[derive(Debug, Clone)]
pub struct Budget {
    deadline: Instant,
    cancel: Cancel,
}

impl Budget {
    /// A budget that ends `time` from now. A time beyond what the system's clock can count ends in a year.
    pub fn new(time: Duration) -> Self {
        let now = Instant::now();
        let deadline = now.checked_add(time).unwrap_or(now + Duration::from_secs(365 * 24 * 60 * 60));
        Budget { deadline, cancel: Cancel::new() }
    }

    /// The same budget, stopped early by `cancel`.
    #[must_use]
    pub fn with_cancel(self, cancel: Cancel) -> Self {
        Budget { cancel, ..self }
    }

    /// When it ends.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// What is left of it; zero once it has ended.
    pub fn remaining(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// What stops it early.
    pub fn cancel(&self) -> &Cancel {
        &self.cancel
    }
}

/// Stops what runs under it. Clones share one state; once cancelled it stays so.
#[derive(Debug, Clone)]
pub struct Cancel(Arc<watch::Sender<bool>>);

impl Cancel {
    /// Not cancelled.
    pub fn new() -> Self {
        Cancel(Arc::new(watch::Sender::new(false)))
    }

    /// Stops every fetch that runs under this or a clone of it, and all that come later.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }

    /// Completes once it is cancelled.
    pub(crate) async fn cancelled(&self) {
        let mut state = self.0.subscribe();
        if state.wait_for(|cancelled| *cancelled).await.is_err() {
            unreachable!("the sender lives in self for as long as this future borrows it");
        }
    }
}

impl Default for Cancel {
    fn default() -> Self {
        Cancel::new()
    }
}
