//! The fetcher of a learner who works offline.

use attesta_verify::FetchFailureKind;

use crate::budget::Budget;
use crate::fetch::{Answered, Ask, Fetch, FetchRequest, Fetched};

/// Asks nobody: every answer is [`FetchFailureKind::Offline`].
#[derive(Debug, Clone, Copy, Default)]
pub struct OfflineFetcher;

impl Fetch for OfflineFetcher {
    fn ask(&self, _request: &Ask, _within: &Budget) -> Result<Answered, FetchFailureKind> {
        Err(FetchFailureKind::Offline)
    }

    fn fetch(&self, requests: &[FetchRequest], _within: &Budget) -> Vec<Result<Fetched, FetchFailureKind>> {
        requests.iter().map(|_| Err(FetchFailureKind::Offline)).collect()
    }
}
