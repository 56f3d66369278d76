//! The use cases of the wallet, one file each, for every face: the window and the command line.
//!
//! [`Wallet::open`] is the way in; each use case is a method of [`Wallet`] that takes a request of
//! [`command`] and answers with a view. The web, the time and randomness are handed in with
//! [`WalletOptions`]. Nothing here writes a log line or prints.

mod accept;
mod address;
mod backup;
pub mod clock;
pub mod command;
mod curate;
mod discreet;
pub mod entropy;
mod error;
mod examine;
mod gather;
mod import;
mod inspect;
mod keep;
mod links;
mod list;
mod notify;
mod offer;
mod open;
mod parallel;
pub mod paths;
mod picture;
mod recognition;
mod record;
mod refresh;
mod settings;
mod share;
pub mod typescript;
mod verify;
pub mod view;
mod wallet;
pub mod words;

#[cfg(test)]
mod tests;

pub use attesta_net::{Fetch, HttpFetcher, HttpOptions, LoopbackAccess, OfflineFetcher};
pub use error::{BundleText, ErrorCode, WalletError};
pub use examine::{Examined, worst_verdict};
pub use import::{ImportReport, ImportedEntry};
pub use inspect::{Attachment, AttachmentKind, Inspected, InspectedLink};
pub use settings::default_verifier_url;
pub use share::{NoPage, PageTemplate, ShareContent, slug};
pub use wallet::{Wallet, WalletOptions};
