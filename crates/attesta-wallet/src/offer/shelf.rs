//! Where offers wait, in memory alone: a bounded number with a bounded size, the oldest forgotten first.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::error::WalletError;
use crate::offer::Offer;

/// Most offers that wait: one is in the learner's hands, and a few more may have been left behind.
const OFFERS: usize = 16;
/// Most bytes that they hold together; the newest stays whatever it holds, since each has a limit of its own.
const BYTES: usize = 192 << 20;

/// The offers that wait.
#[derive(Debug, Default)]
pub(crate) struct Offers(Mutex<VecDeque<Waiting>>);

#[derive(Debug)]
struct Waiting {
    id: String,
    bytes: usize,
    offer: Arc<Mutex<Offer>>,
}

impl Offers {
    /// Puts an offer down, and forgets the oldest where there are too many.
    pub(crate) fn put(&self, offer: Offer) {
        let mut waiting = self.lock();
        let (id, bytes) = (offer.id.clone(), offer.bytes());
        waiting.push_back(Waiting { id: id.clone(), bytes, offer: Arc::new(Mutex::new(offer)) });
        make_room(&mut waiting, &id);
    }

    /// Notes how many bytes an offer has come to hold, and forgets the oldest of the others where that is too much.
    pub(crate) fn weigh(&self, id: &str, bytes: usize) {
        let mut waiting = self.lock();
        if let Some(offer) = waiting.iter_mut().find(|offer| offer.id == id) {
            offer.bytes = bytes;
            make_room(&mut waiting, id);
        }
    }

    /// The offer of this name; it stays where it is.
    pub(crate) fn get(&self, id: &str) -> Result<Arc<Mutex<Offer>>, WalletError> {
        let waiting = self.lock();
        let found = waiting.iter().find(|offer| offer.id == id);
        found.map(|found| found.offer.clone()).ok_or(WalletError::OfferGone)
    }

    /// Takes an offer away.
    pub(crate) fn take(&self, id: &str) -> Option<Arc<Mutex<Offer>>> {
        let mut waiting = self.lock();
        let at = waiting.iter().position(|offer| offer.id == id)?;
        waiting.remove(at).map(|taken| taken.offer)
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Waiting>> {
        // Only pushed to and taken from, so a panic elsewhere leaves it whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets the oldest until the rest is within bounds; the one in the learner's hands stays.
fn make_room(waiting: &mut VecDeque<Waiting>, in_hand: &str) {
    while waiting.len() > OFFERS || waiting.iter().map(|offer| offer.bytes).sum::<usize>() > BYTES {
        let Some(oldest) = waiting.iter().position(|offer| offer.id != in_hand) else { return };
        waiting.remove(oldest);
    }
}

#[cfg(test)]
mod tests {
    use attesta_net::LoopbackAccess;

    use super::*;
    use crate::offer::Discovery;

    fn offer(id: usize) -> Offer {
        Discovery::new(LoopbackAccess::Refused).into_offer(id.to_string())
    }

    #[test]
    fn the_oldest_offers_are_forgotten() {
        let offers = Offers::default();
        (0..OFFERS + 3).for_each(|id| offers.put(offer(id)));
        for id in 0..3 {
            assert!(matches!(offers.get(&id.to_string()), Err(WalletError::OfferGone)));
        }
        assert!(offers.get("3").is_ok());
        assert!(offers.take("3").is_some() && offers.take("3").is_none());
        assert!(offers.get("3").is_err());
    }

    #[test]
    fn an_offer_that_has_grown_pushes_the_others_out_and_stays_itself() {
        let offers = Offers::default();
        (0..3).for_each(|id| offers.put(offer(id)));
        offers.weigh("0", BYTES - 1);
        assert!(offers.get("1").is_ok());
        offers.weigh("2", 2);
        assert!(offers.get("0").is_err() && offers.get("1").is_ok() && offers.get("2").is_ok());
        offers.weigh("1", BYTES + 1);
        assert!(offers.get("1").is_ok() && offers.get("2").is_err());
    }
}
