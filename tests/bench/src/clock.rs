//! Time that this thread has run, and rates by it.

use std::time::Instant;

/// Rounds of each side, taken in turn; the median of the rounds' ratios counts.
const ROUNDS: usize = 11;
/// How long a round lasts, in seconds: the kernel counts in ticks of some milliseconds, so that it must last many.
const ROUND: f64 = 0.4;

/// Rates per second of one act and another in turn, and the median of their ratios.
pub(crate) fn in_turn(mut one: impl FnMut(), mut other: impl FnMut()) -> (f64, f64, f64) {
    let (times_one, times_other) = (times_in_a_round(&mut one), times_in_a_round(&mut other));
    let round = |_| (rate(times_one, &mut one), rate(times_other, &mut other));
    let mut rounds: Vec<(f64, f64)> = (0..ROUNDS).map(round).collect();
    rounds.sort_by(|one, other| (one.0 / one.1).total_cmp(&(other.0 / other.1)));
    let (one, other) = rounds[ROUNDS / 2];
    (one, other, one / other)
}

/// Seconds that an act takes, the least of a few rounds.
pub(crate) fn seconds(mut act: impl FnMut()) -> f64 {
    let times = times_in_a_round(&mut act);
    (0..3).map(|_| 1.0 / rate(times, &mut act)).fold(f64::INFINITY, f64::min)
}

/// How often an act must be done to fill a round; everything that is made once is made on the way.
fn times_in_a_round(act: &mut impl FnMut()) -> u32 {
    let mut times = 1;
    loop {
        let before = processor_seconds();
        (0..times).for_each(|_| act());
        let passed = processor_seconds() - before;
        if passed > ROUND / 4.0 {
            return ((f64::from(times) * ROUND / passed) as u32).max(1);
        }
        times *= 2;
    }
}

fn rate(times: u32, act: &mut impl FnMut()) -> f64 {
    let before = processor_seconds();
    (0..times).for_each(|_| act());
    f64::from(times) / (processor_seconds() - before)
}

/// Seconds this thread has run, from the kernel's own count where there is one, else wall time.
fn processor_seconds() -> f64 {
    thread_local! { static START: Instant = Instant::now(); }
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = counted.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.with(|start| start.elapsed().as_secs_f64()), |count| count / 1e9)
}
