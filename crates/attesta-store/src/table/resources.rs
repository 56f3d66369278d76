//! The last good answer of each address that was asked for a check.

use attesta_verify::Resource;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use crate::access::Access;
use crate::error::StoreError;
use crate::time::Time;

/// The answers that a wallet keeps, for use offline and for when an issuer's host is away. Whether a copy is still good
/// is the caller's to judge.
#[derive(Debug, Clone, Copy)]
pub struct ResourceCache<'s>(pub(crate) Access<'s>);

impl ResourceCache<'_> {
    /// Keeps an answer in the place of an earlier one from the same address. Only good answers belong here: a failure
    /// is not put, and so leaves the last good copy.
    ///
    /// # Errors
    /// [`StoreError`] if it can't be written.
    pub fn put(&self, url: &str, resource: &Resource) -> Result<(), StoreError> {
        self.0.write(|connection| {
            let mut statement = connection.prepare_cached(
                "INSERT INTO resources (url, media_type, fetched_at, bytes) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (url) DO UPDATE SET media_type = excluded.media_type, \
                 fetched_at = excluded.fetched_at, bytes = excluded.bytes",
            )?;
            statement.execute(params![url, resource.media_type, Time(resource.fetched_at), resource.bytes])?;
            Ok(())
        })
    }

    /// The last good answer of an address.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn get(&self, url: &str) -> Result<Option<Resource>, StoreError> {
        self.0.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT media_type, fetched_at, bytes FROM resources WHERE url = ?1")?;
            Ok(statement.query_row([url], resource).optional()?)
        })
    }

    /// Forgets the answer of an address whose site withdrew it; there may be none.
    ///
    /// # Errors
    /// [`StoreError`] if it can't be written.
    pub fn remove(&self, url: &str) -> Result<(), StoreError> {
        self.0.erase(|connection| {
            connection.prepare_cached("DELETE FROM resources WHERE url = ?1")?.execute([url])?;
            Ok(())
        })
    }

    /// Forgets the answers that were fetched before `oldest_kept`, and says how many those were.
    ///
    /// # Errors
    /// [`StoreError`] if it can't be written.
    pub fn forget(&self, oldest_kept: Timestamp) -> Result<usize, StoreError> {
        self.0.erase(|connection| {
            let mut statement = connection.prepare_cached("DELETE FROM resources WHERE fetched_at < ?1")?;
            Ok(statement.execute([Time(oldest_kept)])?)
        })
    }
}

fn resource(row: &Row<'_>) -> rusqlite::Result<Resource> {
    let Time(fetched_at) = row.get("fetched_at")?;
    Ok(Resource { bytes: row.get("bytes")?, media_type: row.get("media_type")?, fetched_at })
}
