//! Status lists on their way: whatever becomes of a list, it must not tell another status than the issuer's.

use attesta_test_support::case::time;
use attesta_verify::{Answer, Resource, Verdict};

use crate::carrier::Carrier;
use crate::claim::claims;
use crate::kinds::{self, Scene};
use crate::random::Random;
use crate::seed::Seed;

/// A list that was altered on its way, and what became of the credential that asks it.
pub struct Altered {
    /// How it was altered.
    pub kind: &'static str,
    /// The address of the list.
    pub url: String,
    /// The altered list.
    pub list: Vec<u8>,
    /// The verdict on the credential.
    pub verdict: Verdict,
}

impl Altered {
    /// Whether the altered list told another status than the issuer's own: anything but that, or that it is unknown.
    pub fn is_believed(&self, seed: &Seed) -> bool {
        let own = seed.claims.iter().map(|claim| claim.verdict).min();
        self.verdict != Verdict::StatusUnknown && Some(self.verdict) != own
    }
}

/// Alters the list that the seed's world answers with; `None` where it has none that is signed. Where it has several,
/// the others go on telling what they tell.
pub fn alter(random: &mut Random, seed: &Seed, all: &[Seed]) -> Option<Altered> {
    let lists: Vec<(&str, &[u8])> = seed.signed_answers().collect();
    let [(url, list)] = lists[..] else { return None };
    let mut as_seed = seed.clone();
    as_seed.received = list.to_vec();
    as_seed.opened = Carrier::open(list);
    let kind = random.pick(kinds::ALL)?;
    let altered = kind.alter(random, &Scene { seed: &as_seed, all })?;
    let mut world = seed.world.clone();
    let resource = Resource { bytes: altered.clone(), media_type: None, fetched_at: time("2026-06-15T12:00:00Z") };
    world.answers.insert(url.to_owned(), Answer::Fresh(resource));
    let verdict = claims(&seed.received, &world).into_iter().map(|claim| claim.verdict).min()?;
    Some(Altered { kind: kind.name, url: url.to_owned(), list: altered, verdict })
}
