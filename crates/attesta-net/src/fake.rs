//! A fetcher for tests: it answers from a table and remembers what it was asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use attesta_verify::FetchFailureKind;

use crate::budget::Budget;
use crate::fetch::{Answered, Ask, Fetch, FetchRequest, Fetched};

/// Answers from a table. An address that is not in it is [`FetchFailureKind::Unreachable`]. Clones share the table, so
/// a test can change an answer while the wallet holds the fetcher.
#[derive(Debug, Clone, Default)]
pub struct FakeFetcher(Arc<Mutex<Table>>);

#[derive(Debug, Default)]
struct Table {
    answers: BTreeMap<String, Result<Fetched, FetchFailureKind>>,
    requests: Vec<FetchRequest>,
}

impl FakeFetcher {
    /// An empty table.
    pub fn new() -> Self {
        FakeFetcher::default()
    }

    /// From now on `url` answers with these bytes.
    pub fn answer(&self, url: &str, media_type: &str, bytes: impl Into<Vec<u8>>) {
        let fetched =
            Fetched { bytes: bytes.into(), media_type: Some(media_type.to_owned()), final_url: url.to_owned() };
        self.set(url, Ok(fetched));
    }

    /// From now on `url` fails in this way.
    pub fn fail(&self, url: &str, kind: FetchFailureKind) {
        self.set(url, Err(kind));
    }

    /// From now on `url` answers exactly so.
    pub fn set(&self, url: &str, answer: Result<Fetched, FetchFailureKind>) {
        self.table().answers.insert(url.to_owned(), answer);
    }

    /// Everything asked so far, in order.
    pub fn requests(&self) -> Vec<FetchRequest> {
        self.table().requests.clone()
    }

    /// The addresses asked so far, in order.
    pub fn urls(&self) -> Vec<String> {
        self.table().requests.iter().map(|request| request.url.clone()).collect()
    }

    /// Forgets what was asked; the answers stay.
    pub fn forget_requests(&self) {
        self.table().requests.clear();
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Fetch for FakeFetcher {
    fn ask(&self, _request: &Ask, _within: &Budget) -> Result<Answered, FetchFailureKind> {
        Err(FetchFailureKind::Unreachable)
    }

    /// Answers at once. Like the real one it answers [`FetchFailureKind::Cancelled`] under a cancelled budget,
    /// [`FetchFailureKind::TimedOut`] under one that has ended (asking nobody in either case) and
    /// [`FetchFailureKind::TooLarge`] for a body above its limit.
    fn fetch(&self, requests: &[FetchRequest], within: &Budget) -> Vec<Result<Fetched, FetchFailureKind>> {
        let refusal = if within.cancel().is_cancelled() {
            Some(FetchFailureKind::Cancelled)
        } else if within.remaining().is_zero() {
            Some(FetchFailureKind::TimedOut)
        } else {
            None
        };
        if let Some(kind) = refusal {
            return requests.iter().map(|_| Err(kind)).collect();
        }
        let mut table = self.table();
        table.requests.extend_from_slice(requests);
        let answer = |request: &FetchRequest| match table.answers.get(&request.url) {
            Some(Ok(fetched)) if fetched.bytes.len() as u64 > request.limit => Err(FetchFailureKind::TooLarge),
            Some(answer) => answer.clone(),
            None => Err(FetchFailureKind::Unreachable),
        };
        requests.iter().map(answer).collect()
    }
}
