//! A fetcher for tests: it answers from a table and from scripts, and remembers what it was asked.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use attesta_verify::FetchFailureKind;

use crate::budget::Budget;
use crate::fetch::{Answered, Ask, Fetch, FetchRequest, Fetched, Method};

/// Answers from a table, and in a conversation from the script of an address. An address that is in neither is
/// [`FetchFailureKind::Unreachable`]. Clones share both, so a test can change an answer while the wallet holds the
/// fetcher.
#[derive(Debug, Clone, Default)]
pub struct FakeFetcher(Arc<Mutex<Table>>);

#[derive(Debug, Default)]
struct Table {
    answers: BTreeMap<String, Result<Fetched, FetchFailureKind>>,
    scripts: BTreeMap<(Method, String), VecDeque<Result<Answered, FetchFailureKind>>>,
    requests: Vec<FetchRequest>,
    asks: Vec<Ask>,
    urls: Vec<String>,
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

    /// Adds to the script of an address what it answers once in a conversation, after all that stands there already.
    pub fn reply(&self, method: Method, url: &str, status: u16, media_type: &str, bytes: impl Into<Vec<u8>>) {
        let answered = Answered {
            status,
            media_type: Some(media_type.to_owned()),
            final_url: url.to_owned(),
            retry_after: None,
            bytes: bytes.into(),
        };
        self.script(method, url, Ok(answered));
    }

    /// Adds exactly this to the script of an address.
    pub fn script(&self, method: Method, url: &str, answer: Result<Answered, FetchFailureKind>) {
        self.table().scripts.entry((method, url.to_owned())).or_default().push_back(answer);
    }

    /// Everything fetched so far, in order.
    pub fn requests(&self) -> Vec<FetchRequest> {
        self.table().requests.clone()
    }

    /// Everything asked in conversations so far, in order.
    pub fn asks(&self) -> Vec<Ask> {
        self.table().asks.clone()
    }

    /// The addresses fetched and asked so far, in order.
    pub fn urls(&self) -> Vec<String> {
        self.table().urls.clone()
    }

    /// Forgets what was asked; the answers stay.
    pub fn forget_requests(&self) {
        let mut table = self.table();
        table.requests.clear();
        table.asks.clear();
        table.urls.clear();
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why nobody is asked under this budget, if it is over.
fn refusal(within: &Budget) -> Option<FetchFailureKind> {
    match (within.cancel().is_cancelled(), within.remaining().is_zero()) {
        (true, _) => Some(FetchFailureKind::Cancelled),
        (false, true) => Some(FetchFailureKind::TimedOut),
        (false, false) => None,
    }
}

/// What the table of [`Fetch::fetch`] means as an answer of a conversation.
fn as_answered(url: &str, answer: Option<&Result<Fetched, FetchFailureKind>>) -> Result<Answered, FetchFailureKind> {
    let (status, fetched) = match answer {
        Some(Ok(fetched)) => (200, fetched.clone()),
        // A part is no answer, in a conversation as little as in a fetch.
        Some(Err(FetchFailureKind::Status(status))) if *status != 206 => {
            (*status, Fetched { bytes: Vec::new(), media_type: None, final_url: url.to_owned() })
        }
        Some(Err(kind)) => return Err(*kind),
        None => return Err(FetchFailureKind::Unreachable),
    };
    let Fetched { bytes, media_type, final_url } = fetched;
    Ok(Answered { status, media_type, final_url, retry_after: None, bytes })
}

impl Fetch for FakeFetcher {
    /// Answers at once. Like the real one it answers [`FetchFailureKind::Cancelled`] under a cancelled budget,
    /// [`FetchFailureKind::TimedOut`] under one that has ended (asking nobody in either case) and
    /// [`FetchFailureKind::TooLarge`] for a body above its limit.
    fn fetch(&self, requests: &[FetchRequest], within: &Budget) -> Vec<Result<Fetched, FetchFailureKind>> {
        if let Some(kind) = refusal(within) {
            return requests.iter().map(|_| Err(kind)).collect();
        }
        let mut table = self.table();
        table.requests.extend_from_slice(requests);
        table.urls.extend(requests.iter().map(|request| request.url.clone()));
        let answer = |request: &FetchRequest| match table.answers.get(&request.url) {
            Some(Ok(fetched)) if fetched.bytes.len() as u64 > request.limit => Err(FetchFailureKind::TooLarge),
            Some(answer) => answer.clone(),
            None => Err(FetchFailureKind::Unreachable),
        };
        requests.iter().map(answer).collect()
    }

    /// Answers at once what is next in the script of the address; a GET without one is answered from the table, where a
    /// status that failed is the answer's status. Budget and limit hold as with `fetch`.
    fn ask(&self, request: &Ask, within: &Budget) -> Result<Answered, FetchFailureKind> {
        if let Some(kind) = refusal(within) {
            return Err(kind);
        }
        let mut table = self.table();
        table.asks.push(request.clone());
        table.urls.push(request.url.clone());
        let scripted = table.scripts.get_mut(&(request.method, request.url.clone())).and_then(VecDeque::pop_front);
        let answer = match (scripted, request.method) {
            (Some(answer), _) => answer,
            (None, Method::Get) => as_answered(&request.url, table.answers.get(&request.url)),
            (None, Method::Post | Method::Delete) => Err(FetchFailureKind::Unreachable),
        };
        match answer {
            Ok(mut answered) if answered.bytes.len() as u64 > request.limit => match answered.status {
                200..300 => Err(FetchFailureKind::TooLarge),
                _ => {
                    answered.bytes.clear();
                    Ok(answered)
                }
            },
            answer => answer,
        }
    }
}
