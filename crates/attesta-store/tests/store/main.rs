//! The wallet on disk, tested through its public interface; one file per table.

mod bundles;
mod carriers;
mod credentials;
mod given;
mod keys;
mod migrating;
mod opening;
mod reports;
mod resources;
mod search;
mod settings;
mod shares;
mod transactions;
