//! What the system hands to the program before the window asks for it: links that were clicked, files that were opened.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::command::Nothing;
use crate::view::ArrivalView;
use crate::wallet::Wallet;

/// Most arrivals that wait to be taken; more at once are no person's doing, and the oldest give way.
const ARRIVALS: usize = 32;
/// Most bytes of a text and of all paths of one arrival: above any link and any selection of files.
const BYTES: usize = 256 << 10;
/// Most paths of one arrival.
const PATHS: usize = 1_000;

/// The arrivals that nobody has taken yet.
#[derive(Debug, Default)]
pub(crate) struct Arrivals(Mutex<VecDeque<ArrivalView>>);

impl Arrivals {
    fn lock(&self) -> MutexGuard<'_, VecDeque<ArrivalView>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wallet {
    /// Notes what the system handed over, until [`Wallet::take_arrivals`]. What waits already is not noted twice, and
    /// what is empty or larger than any link or selection of files is passed over.
    pub fn arrive(&self, arrival: ArrivalView) {
        let fits = match &arrival {
            ArrivalView::Text { text } => !text.trim().is_empty() && text.len() <= BYTES,
            ArrivalView::Files { paths } => {
                !paths.is_empty() && paths.len() <= PATHS && paths.iter().map(String::len).sum::<usize>() <= BYTES
            }
        };
        let mut waiting = self.arrivals().lock();
        if !fits || waiting.contains(&arrival) {
            return;
        }
        if waiting.len() == ARRIVALS {
            waiting.pop_front();
        }
        waiting.push_back(arrival);
    }

    /// What arrived since this was last asked, the first in front. Nothing of it has been looked at.
    pub fn take_arrivals(&self, _request: &Nothing) -> Vec<ArrivalView> {
        self.arrivals().lock().drain(..).collect()
    }
}
