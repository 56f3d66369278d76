//! Tells issuers what became of what they handed over. Whether that arrives changes nothing for the learner, so nothing
//! waits for it but the end of the program.

use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use attesta_claim::ClaimRequest;
use attesta_net::Budget;
use url::Url;

use crate::address::check_link;
use crate::gather::as_ask;
use crate::wallet::Wallet;

/// The time for all that is told after one decision.
const TIME: Duration = Duration::from_secs(5);

/// What is being told.
#[derive(Debug, Default)]
pub(crate) struct Telling(Mutex<Vec<JoinHandle<()>>>);

impl Telling {
    /// Waits until all is told, each within its time.
    pub(crate) fn finish(&self) {
        let threads = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // A fault there is nothing that anybody waits for.
            let _ = thread.join();
        }
    }
}

impl Drop for Telling {
    fn drop(&mut self) {
        self.finish();
    }
}

impl Wallet {
    /// Sends these in the background, one after the other.
    pub(crate) fn tell_issuers(&self, requests: Vec<ClaimRequest>) {
        let may_be_asked = |request: &ClaimRequest| {
            Url::parse(&request.url).is_ok_and(|url| check_link(&url, self.loopback()).is_ok())
        };
        let requests: Vec<ClaimRequest> = requests.into_iter().filter(may_be_asked).collect();
        if requests.is_empty() {
            return;
        }
        let fetch = self.fetcher();
        let budget = Budget::new(TIME);
        let told = Builder::new().name("telling an issuer".to_owned()).spawn(move || {
            for request in &requests {
                let _ = fetch.ask(&as_ask(request), &budget);
            }
        });
        let mut threads = self.telling().0.lock().unwrap_or_else(PoisonError::into_inner);
        threads.retain(|thread| !thread.is_finished());
        threads.extend(told.ok());
    }
}
