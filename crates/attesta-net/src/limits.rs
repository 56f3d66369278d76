//! The limits of a fetch, each with its reason.

use std::time::Duration;

/// Longest time for one fetch: name lookup, connection, every redirect and the whole body together. Ten seconds is as
/// long as somebody keeps waiting for one thing, and a server that drips bytes must not buy more.
pub const FETCH_TIME: Duration = Duration::from_secs(10);

/// The share of [`Limits::fetch_time`] that is spent on the body of an error: 2.5 seconds. What it says may help, and
/// the time for the rest of the answer must not be used up by it.
pub const ERROR_BODY_SHARE: u32 = 4;

/// Most redirects of one fetch. An issuer's own chain (http to https, short link, storage host) takes two or three;
/// each one more is another host that learns of the request.
pub const REDIRECTS: usize = 5;

/// Most bytes of a credential, a picture or a page that is imported. The wallet's limit for any input; the largest
/// baked badges seen are below 2 MiB.
pub const INPUT_BYTES: u64 = 8 * 1024 * 1024;

/// Most bytes of a DID document or another controlled identifier document. Those with a hundred keys stay below
/// 100 KiB.
pub const KEY_DOCUMENT_BYTES: u64 = 1024 * 1024;

/// Most bytes of a status list credential. A list of a million entries takes 128 KiB before it is compressed.
pub const STATUS_LIST_BYTES: u64 = 8 * 1024 * 1024;

/// Most bytes of a revocation list, a schema, a registry or a hosted badge. A registry of ten thousand issuers stays
/// below 3 MiB, and hosted badges embed pictures.
pub const JSON_BYTES: u64 = 4 * 1024 * 1024;

/// Most bytes of an answer's headers, names and values together. Large real ones (security policies, cookies of
/// several layers) stay below 16 KiB. The HTTP client itself stops reading at a hundred lines or 408 KiB.
pub const HEADER_BYTES: usize = 64 * 1024;

/// Most fetches at once in one call. Enough that a slow host doesn't hold up the others, few enough that memory stays
/// bounded: at most this many bodies are held in progress.
pub const AT_ONCE: usize = 8;

/// Longest address that is asked. Longer ones are beyond what servers take.
pub const URL_BYTES: usize = 16 * 1024;

/// How long an idle connection is kept for the next request to the same host: as long as one import takes.
pub const KEEP_IDLE: Duration = Duration::from_secs(15);

/// The limits that a fetcher applies to each fetch. [`Limits::default`] is what the wallet uses; a test hands in
/// shorter times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Longest time for one fetch with its redirects and body.
    pub fetch_time: Duration,
    /// Most redirects of one fetch.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { fetch_time: FETCH_TIME, redirects: REDIRECTS }
    }
}
