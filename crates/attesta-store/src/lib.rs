//! The wallet on disk: one SQLite file, numbered migrations, one file per table.
//!
//! [`Store::open`] opens or makes the wallet in a folder; each table is a handle on it
//! ([`Store::credentials`] and so on), and [`Store::transaction`] does several things wholly or not at
//! all. Several threads and several processes (the window and the command line) may have the same
//! wallet open at once.
//!
//! What this crate never does: change the bytes that were received, store a verdict, make up an
//! identifier, read the clock for anything it stores, or open a wallet that a newer version has
//! written.

mod access;
mod error;
mod migrate;
mod open;
mod table;
mod time;

pub use access::{Store, Transaction};
pub use error::{Item, OpenError, StoreError};
pub use open::FILE_NAME;
pub use table::bundle_versions::{BundleContent, BundleMember, BundleVersion};
pub use table::bundles::{BundleRecord, Bundles};
pub use table::carriers::{Carried, Carriers, Letter};
pub use table::credentials::{CredentialRecord, Credentials, NewCredential, Origin, OriginKind};
pub use table::keys::{HolderSeed, Keys};
pub use table::links::{KeptLink, KeptLinks};
pub use table::reports::{Reports, StoredReport};
pub use table::resources::ResourceCache;
pub use table::search::SearchText;
pub use table::settings::Settings;
pub use table::share_members::ShareMember;
pub use table::shares::{HostedCopy, ShareRecord, Shares};
