//! Alters and judges, on as many threads as there are processors; what comes out does not depend on how many.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::claim::{Claim, claims, is_authored};
use crate::kinds::{self, Kind, Scene};
use crate::known::{Acceptance, Known};
use crate::random::Random;
use crate::seed::Seed;

/// How often a kind that finds nothing to alter in a document is tried there, or another one in its place.
const TRIES: usize = 8;

/// What became of altered documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Nothing was read.
    pub unread: u64,
    /// Invalid.
    pub invalid: u64,
    /// Unverifiable.
    pub unverifiable: u64,
    /// It says no more than what was signed, which was left whole in it.
    pub harmless: u64,
    /// Taken for more than what was signed.
    pub accepted: u64,
}

impl Tally {
    /// How many were altered so that they say something else, or can't be read.
    pub fn altered(&self) -> u64 {
        self.unread + self.invalid + self.unverifiable + self.accepted
    }

    /// Adds another one.
    pub fn add(&mut self, other: Tally) {
        self.unread += other.unread;
        self.invalid += other.invalid;
        self.unverifiable += other.unverifiable;
        self.harmless += other.harmless;
        self.accepted += other.accepted;
    }
}

/// An altered document that was accepted.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The number of the alteration in its run.
    pub number: u64,
    /// The name of the document that was altered.
    pub seed: String,
    /// How it was altered.
    pub kind: &'static str,
    /// What is wrong.
    pub acceptance: Acceptance,
    /// The altered document.
    pub received: Vec<u8>,
    /// What it is taken for.
    pub claim: Claim,
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Outcome {
    /// By suite and kind.
    pub tallies: BTreeMap<(String, &'static str), Tally>,
    /// What was accepted, in the order of their numbers.
    pub findings: Vec<Finding>,
}

impl Outcome {
    /// All together.
    pub fn total(&self) -> Tally {
        self.tallies.values().fold(Tally::default(), |mut total, tally| {
            total.add(*tally);
            total
        })
    }

    fn note(&mut self, suite: &str, kind: &'static str, tally: Tally, finding: Option<Finding>) {
        self.tallies.entry((suite.to_owned(), kind)).or_default().add(tally);
        self.findings.extend(finding);
    }

    /// What two parts of a run came to.
    pub fn join(mut self, other: Outcome) -> Outcome {
        for ((suite, kind), tally) in other.tallies {
            self.tallies.entry((suite, kind)).or_default().add(tally);
        }
        self.findings.extend(other.findings);
        self.findings.sort_by_key(|finding| finding.number);
        self
    }
}

/// The documents and what all of them prove together.
pub struct Campaign {
    seeds: Vec<Seed>,
    known: Known,
    kinds: Vec<Kind>,
}

impl Campaign {
    /// A campaign against these documents.
    pub fn new(seeds: Vec<Seed>) -> Self {
        let known = Known::of(seeds.iter().flat_map(|seed| &seed.claims));
        let kinds = kinds::ALL.iter().flat_map(|kind| std::iter::repeat_n(*kind, kind.share)).collect();
        Campaign { seeds, known, kinds }
    }

    /// The documents.
    pub fn seeds(&self) -> &[Seed] {
        &self.seeds
    }

    /// Makes the alterations of these numbers; each follows from its number and that of the run.
    pub fn run(&self, run: u64, numbers: Range<u64>) -> Outcome {
        self.spread(numbers, |number, outcome| self.one(run, number, outcome))
    }

    /// Flips a bit at every place of every document that is wanted.
    pub fn flip_everywhere(&self, wanted: impl Fn(&Seed) -> bool) -> Outcome {
        let seeds: Vec<&Seed> = self.seeds.iter().filter(|seed| wanted(seed)).collect();
        let places = u64::try_from(seeds.iter().map(|seed| seed.received.len()).sum::<usize>());
        let places = places.expect("a few megabytes are within 64 bits");
        self.spread(0..places, |number, outcome| {
            let mut place = usize::try_from(number).expect("a place in a few megabytes");
            for seed in &seeds {
                if place < seed.received.len() {
                    let mut received = seed.received.clone();
                    received[place] ^= 1 << (number % 8);
                    self.judge(number, seed, "a bit flipped at every place", received, outcome);
                    return;
                }
                place -= seed.received.len();
            }
        })
    }

    /// Does numbered pieces of work on all processors.
    fn spread(&self, numbers: Range<u64>, work: impl Fn(u64, &mut Outcome) + Sync) -> Outcome {
        const AT_ONCE: u64 = 64;
        let next = AtomicU64::new(numbers.start);
        let all = Mutex::new(Outcome::default());
        thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
                scope.spawn(|| {
                    let mut outcome = Outcome::default();
                    loop {
                        let start = next.fetch_add(AT_ONCE, Ordering::Relaxed);
                        if start >= numbers.end {
                            break;
                        }
                        (start..(start + AT_ONCE).min(numbers.end)).for_each(|number| work(number, &mut outcome));
                    }
                    let mut all = all.lock().expect("no thread fails while it holds this");
                    *all = std::mem::take(&mut *all).join(outcome);
                });
            }
        });
        all.into_inner().expect("no thread fails while it holds this")
    }

    fn one(&self, run: u64, number: u64, outcome: &mut Outcome) {
        let mut random = Random::of(run, number);
        for _ in 0..TRIES {
            let (Some(seed), Some(kind)) = (random.pick(&self.seeds), random.pick(&self.kinds)) else { return };
            let scene = Scene { seed, all: &self.seeds };
            for _ in 0..TRIES {
                let Some(received) = kind.alter(&mut random, &scene).filter(|altered| *altered != seed.received) else {
                    continue;
                };
                self.judge(number, seed, kind.name, received, outcome);
                return;
            }
        }
    }

    fn judge(&self, number: u64, seed: &Seed, kind: &'static str, received: Vec<u8>, outcome: &mut Outcome) {
        let found = claims(&received, &seed.world);
        let exceeding = found.iter().find_map(|claim| Some((self.exceeds(seed, claim)?, claim.clone())));
        let mut tally = Tally::default();
        let count = match (&exceeding, found.iter().map(|claim| claim.verdict).min()) {
            (Some(_), _) => &mut tally.accepted,
            (None, None) => &mut tally.unread,
            (None, Some(worst)) if is_authored(worst) => &mut tally.harmless,
            (None, Some(attesta_verify::Verdict::Unverifiable)) => &mut tally.unverifiable,
            (None, Some(_)) => &mut tally.invalid,
        };
        *count = 1;
        let finding = exceeding.map(|(acceptance, claim)| Finding {
            number,
            seed: seed.name.clone(),
            kind,
            acceptance,
            received,
            claim,
        });
        outcome.note(&seed.suite, kind, tally, finding);
    }

    /// Why a claim must not be made by something altered from this document.
    fn exceeds(&self, seed: &Seed, claim: &Claim) -> Option<Acceptance> {
        match seed.known.exceeded_by(claim)? {
            Acceptance::Better => Some(Acceptance::Better),
            // It may be what another of the documents says: those are genuine too, each in its own world.
            _ => self.known.exceeded_by(claim).filter(|acceptance| *acceptance != Acceptance::Better),
        }
    }
}
