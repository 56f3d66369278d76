//! The wallet's own keys.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::access::Access;
use crate::error::StoreError;
use crate::time::Time;

/// The seed of the holder's Ed25519 key, [RFC 8032 section 5.1.5](https://www.rfc-editor.org/rfc/rfc8032#section-5.1.5).
/// Its Debug form does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct HolderSeed(pub [u8; 32]);

impl std::fmt::Debug for HolderSeed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HolderSeed(..)")
    }
}

/// The keys of a wallet.
#[derive(Debug, Clone, Copy)]
pub struct Keys<'s>(pub(crate) Access<'s>);

impl Keys<'_> {
    /// The holder's seed, if one was made.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn holder_seed(&self) -> Result<Option<HolderSeed>, StoreError> {
        self.0.read(find)
    }

    /// Keeps the holder's seed if there is none yet, and returns the one that is kept from now on. So two processes
    /// that both make one on first use end with the same, and a key that has signed is never lost.
    ///
    /// # Errors
    /// [`StoreError`] if it can't be written.
    pub fn put_holder_seed(&self, seed: &HolderSeed, created_at: Timestamp) -> Result<HolderSeed, StoreError> {
        self.0.write(|connection| {
            if let Some(kept) = find(connection)? {
                return Ok(kept);
            }
            write(connection, seed, created_at)?;
            Ok(seed.clone())
        })
    }

    /// Puts this seed in the place of the one that is there, which can't be brought back; for restoring a backup.
    ///
    /// # Errors
    /// [`StoreError`] if it can't be written.
    pub fn replace_holder_seed(&self, seed: &HolderSeed, created_at: Timestamp) -> Result<(), StoreError> {
        self.0.erase(|connection| write(connection, seed, created_at))
    }
}

fn find(connection: &Connection) -> Result<Option<HolderSeed>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT seed FROM keys WHERE name = ?1")?;
    Ok(statement.query_row([HOLDER], |row| row.get(0)).optional()?.map(HolderSeed))
}

fn write(connection: &Connection, seed: &HolderSeed, created_at: Timestamp) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO keys (name, seed, created_at) VALUES (?1, ?2, ?3) \
         ON CONFLICT (name) DO UPDATE SET seed = excluded.seed, created_at = excluded.created_at",
    )?;
    statement.execute(params![HOLDER, seed.0, Time(created_at)])?;
    Ok(())
}

/// The name of the one key there is.
const HOLDER: &str = "holder";
