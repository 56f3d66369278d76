//! Work on all cores.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use attesta_net::Cancel;

/// How many threads are worth starting.
pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does `count` pieces of work on all cores and gives what they come to in their order; nothing once cancelled.
pub(crate) fn on_all_cores<T: Send>(count: usize, cancel: &Cancel, work: impl Fn(usize) -> T + Sync) -> Option<Vec<T>> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count || cancel.is_cancelled() {
                return done;
            }
            done.push((index, work(index)));
        }
    };
    let threads = cores().min(count);
    let mut done = match threads {
        0 | 1 => take(),
        _ => thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
            let mut done = take();
            for other in others {
                match other.join() {
                    Ok(more) => done.extend(more),
                    // A fault in the work is a fault here too.
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            done
        }),
    };
    if done.len() < count {
        return None;
    }
    done.sort_unstable_by_key(|(index, _)| *index);
    Some(done.into_iter().map(|(_, done)| done).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_once_and_in_order() {
        for count in [0, 1, 2, 1_000] {
            let done = on_all_cores(count, &Cancel::new(), |index| index * 2).unwrap();
            assert_eq!(done, (0..count).map(|index| index * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn once_cancelled_nothing_is_begun() {
        let cancel = Cancel::new();
        let begun = AtomicUsize::new(0);
        let stopping = |index: usize| {
            begun.fetch_add(1, Ordering::Relaxed);
            if index == 10 {
                cancel.cancel();
            }
        };
        assert!(on_all_cores(10_000, &cancel, stopping).is_none());
        assert!(begun.load(Ordering::Relaxed) < 1_000);
        assert!(on_all_cores(3, &cancel, |index| index).is_none());
        assert_eq!(on_all_cores(0, &cancel, |index| index), Some(Vec::new()));
    }
}
