//! Fetching from the web with every limit that always holds.
//!
//! [`Fetch`] is the port: requests in, one answer or [`FetchFailureKind`] for each out, and it
//! returns within its [`Budget`]. [`HttpFetcher`] is the adapter for https, [`OfflineFetcher`]
//! asks nobody, and [`fake::FakeFetcher`] answers from a table for tests. Nothing outside this
//! crate opens a connection.
//!
//! What this crate never does: connect to an address that is not public (loopback only where the
//! caller allows it), send a cookie, a referrer or a password, follow a redirect unchecked, use a
//! proxy from the environment, keep a body beyond its limit, or write a log line.

mod address;
mod budget;
mod failure;
pub mod fake;
mod fetch;
mod http;
pub mod limits;
mod offline;
mod resolver;
mod target;
mod transfer;

pub use attesta_verify::{FetchFailureKind, LoopbackAccess};
pub use budget::{Budget, Cancel};
pub use fetch::{Accept, Answered, Ask, Fetch, FetchRequest, Fetched, Method};
pub use http::{HttpFetcher, HttpOptions, StartError};
pub use limits::Limits;
pub use offline::OfflineFetcher;
