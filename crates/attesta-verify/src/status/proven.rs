//! Lists that were read and proven once, for all credentials that name them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::check::status::list::StatusList;
use crate::check::status::revocation_list::RevocationList;
use crate::inquiry::{Inquiry, Lookup, Pending};
use crate::policy::Policy;
use crate::problem::Problem;
use crate::resources::{Recorded, ResourceRequest};
use crate::status::bitstring::ListEncoding;

/// The most memory that remembered lists may take; lists beyond it are read anew for each credential.
const WEIGHT: usize = 64 << 20;

/// Lists proven so far, to be shared by the verifications of one run, on as many threads as wanted.
///
/// What is remembered of a list is used only for a verification with the same policy and time that finds the very same
/// answers at the list's address and at every address that proving it led to. Whether the list's issuer is that of the
/// credential is asked for each credential anew.
#[derive(Debug, Default)]
pub struct ProvenLists {
    places: Mutex<BTreeMap<(ListForm, String), Arc<Place>>>,
    weight: AtomicUsize,
}

/// What a list is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ListForm {
    Bits(ListEncoding),
    Revocations,
}

/// What came of reading a list.
#[derive(Debug)]
pub(crate) enum Reading {
    Bits(Result<StatusList, Problem>),
    Revocations(Result<RevocationList, Problem>),
}

/// Held while a list is being read, so that whoever else needs it waits instead of reading it too.
type Place = Mutex<Option<Remembered>>;

#[derive(Debug)]
struct Remembered {
    policy: Policy,
    now: Timestamp,
    rests_on: Vec<(ResourceRequest, Arc<Recorded>)>,
    reading: Arc<Reading>,
}

impl ProvenLists {
    /// Nothing proven yet.
    pub fn new() -> Self {
        ProvenLists::default()
    }

    /// What the list at `url` comes to: as remembered, or by `read`, which must ask for the list's address first.
    pub(crate) fn reading(
        &self,
        inquiry: &mut Inquiry<'_>,
        form: ListForm,
        url: &str,
        read: impl FnOnce(&mut Inquiry<'_>) -> Result<Reading, Pending>,
    ) -> Result<Arc<Reading>, Pending> {
        let place = Arc::clone(lock(&self.places).entry((form, url.to_owned())).or_default());
        let mut remembered = lock(&place);
        if let Some(known) = remembered.as_ref().filter(|known| known.fits(inquiry)) {
            return Ok(Arc::clone(&known.reading));
        }
        inquiry.begin_trail();
        let reading = read(inquiry).map(Arc::new);
        let trail = inquiry.end_trail();
        let reading = reading?;
        let answered = |request: ResourceRequest| {
            let recorded = Arc::clone(inquiry.recorded(&request.url)?);
            Some((request, recorded))
        };
        // What was cut short may end otherwise for a credential that has asked for less before.
        let rests_on: Option<Vec<_>> = match trail.cut_short {
            true => None,
            false => trail.asked.into_iter().map(answered).collect(),
        };
        if let Some(rests_on) = rests_on {
            let before = remembered.take().map_or(0, |known| known.weight());
            self.weight.fetch_sub(before, Ordering::Relaxed);
            let (policy, now) = (inquiry.policy.clone(), inquiry.now);
            let new = Remembered { policy, now, rests_on, reading: Arc::clone(&reading) };
            if self.weight.load(Ordering::Relaxed) + new.weight() <= WEIGHT {
                self.weight.fetch_add(new.weight(), Ordering::Relaxed);
                *remembered = Some(new);
            }
        }
        Ok(reading)
    }
}

impl Remembered {
    /// Asks for everything that the reading rests on, as reading it anew would, and compares the answers.
    fn fits(&self, inquiry: &mut Inquiry<'_>) -> bool {
        self.now == inquiry.now
            && self.policy == *inquiry.policy
            && self.rests_on.iter().all(|(request, recorded)| {
                let answered = matches!(inquiry.ask(&request.url, request.kind), Lookup::Answered(_));
                let same = |now: &Arc<Recorded>| Arc::ptr_eq(now, recorded) || now == recorded;
                answered && inquiry.recorded(&request.url).is_some_and(same)
            })
    }

    /// About how many bytes of memory it takes, with the answers that it keeps alive.
    fn weight(&self) -> usize {
        let answers = self.rests_on.iter().filter_map(|(_, recorded)| recorded.answer.resource());
        let held: usize = answers.map(|resource| resource.bytes.len()).sum();
        let read = match &*self.reading {
            Reading::Bits(Ok(list)) => list.weight(),
            Reading::Revocations(Ok(list)) => list.weight(),
            Reading::Bits(Err(_)) | Reading::Revocations(Err(_)) => 0,
        };
        size_of::<Remembered>() + held + read
    }
}

/// A panic in another thread leaves these plain values whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
