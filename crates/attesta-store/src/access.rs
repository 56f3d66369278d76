//! The open wallet, its tables, and how reads and writes reach the database.

use std::cell::Cell;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use crate::error::StoreError;
use crate::table::bundles::Bundles;
use crate::table::carriers::Carriers;
use crate::table::credentials::Credentials;
use crate::table::keys::Keys;
use crate::table::links::KeptLinks;
use crate::table::reports::Reports;
use crate::table::resources::ResourceCache;
use crate::table::settings::Settings;
use crate::table::shares::Shares;

/// An open wallet. It may be shared among threads; each call takes its turn on the one connection.
#[derive(Debug)]
pub struct Store {
    connection: Mutex<Connection>,
}

/// Several reads and writes that happen wholly or not at all; from [`Store::transaction`].
#[derive(Debug)]
pub struct Transaction<'c> {
    connection: &'c Connection,
    erased: Cell<bool>,
}

/// How a table's handle reaches the database: on its own, or within a transaction that its caller has begun.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Access<'s> {
    Store(&'s Store),
    Transaction(&'s Transaction<'s>),
}

impl Store {
    pub(crate) fn new(connection: Connection) -> Self {
        Store { connection: Mutex::new(connection) }
    }

    /// Does several things wholly or not at all: if `work` answers with an error, the wallet is as it was before.
    ///
    /// Inside, use the tables of the transaction that is handed in. The store's own would wait for this transaction to
    /// end, and it would never.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError`] if the transaction can't begin or be written.
    pub fn transaction<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.lock();
        // IMMEDIATE takes the write lock first. One that began by reading could find at its first write that another
        // process has written meanwhile, and no waiting would help then.
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
        let within = Transaction { connection: &begun, erased: Cell::new(false) };
        let done = work(&within)?;
        let erased = within.erased.get();
        begun.commit().map_err(StoreError::from)?;
        if erased {
            empty_journal(&connection);
        }
        Ok(done)
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic in another thread rolled its transaction back, so the connection is sound.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'s> Access<'s> {
    /// Runs reads that see one state of the wallet.
    pub(crate) fn read<T>(self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match self {
            Access::Store(store) => {
                let connection = store.lock();
                let begun = connection.unchecked_transaction()?;
                let found = work(&begun)?;
                begun.finish()?;
                Ok(found)
            }
            Access::Transaction(within) => work(within.connection),
        }
    }

    /// Runs writes wholly or not at all.
    pub(crate) fn write<T>(self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match self {
            Access::Store(store) => store.transaction(|within| work(within.connection)),
            Access::Transaction(within) => savepoint(within.connection, work),
        }
    }

    /// Runs writes that remove something private: once they are committed, no file holds it any more.
    pub(crate) fn erase<T>(self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match self {
            Access::Store(store) => store.transaction(|within| {
                within.erased.set(true);
                work(within.connection)
            }),
            Access::Transaction(within) => {
                within.erased.set(true);
                savepoint(within.connection, work)
            }
        }
    }
}

/// Undoes a failed step of a transaction even if the transaction itself goes on.
fn savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.execute_batch("SAVEPOINT step")?;
    let done = work(connection);
    match &done {
        Ok(_) => connection.execute_batch("RELEASE step")?,
        Err(_) => connection.execute_batch("ROLLBACK TO step; RELEASE step")?,
    }
    done
}

/// Writes the write-ahead log into the database and empties it; until then it can hold what was removed.
fn empty_journal(connection: &Connection) {
    // While another process is reading this can't be done; it is then done by the next one, or when the wallet closes.
    let _ = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
}

/// The tables, from the store and from a transaction alike.
macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident: $table:ident;)*) => {
        impl Store {
            $($(#[$doc])* pub fn $name(&self) -> $table<'_> { $table(Access::Store(self)) })*
        }
        impl Transaction<'_> {
            $($(#[$doc])* pub fn $name(&self) -> $table<'_> { $table(Access::Transaction(self)) })*
        }
    };
}

tables! {
    /// What the learner has earned.
    credentials: Credentials;
    /// What each credential stood in when it came.
    carriers: Carriers;
    /// The pages that the learner keeps beside a credential.
    links: KeptLinks;
    /// What was established about each credential, and when.
    reports: Reports;
    /// The last good answer of each address that was asked.
    resources: ResourceCache;
    /// What the learner has put together.
    bundles: Bundles;
    /// What the learner has given out.
    shares: Shares;
    /// What the learner has set.
    settings: Settings;
    /// The wallet's own keys.
    keys: Keys;
}
