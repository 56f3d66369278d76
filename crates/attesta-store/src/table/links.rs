//! Pages without data that the learner keeps beside a credential.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::access::Access;
use crate::error::StoreError;
use crate::table::credentials::number_of;
use crate::time::Time;

/// A page that is kept beside a credential.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptLink {
    /// The page.
    pub url: String,
    /// When it was kept.
    pub added_at: Timestamp,
}

impl std::fmt::Debug for KeptLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeptLink(.., {})", self.added_at)
    }
}

/// The pages that are kept beside the credentials of a wallet.
#[derive(Debug, Clone, Copy)]
pub struct KeptLinks<'s>(pub(crate) Access<'s>);

impl KeptLinks<'_> {
    /// Keeps a page beside a credential. One that is there already stays as it is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such credential.
    pub fn add(&self, credential_id: &str, url: &str, added_at: Timestamp) -> Result<(), StoreError> {
        self.0.write(|connection| {
            number_of(connection, credential_id)?;
            let mut statement = connection.prepare_cached(
                "INSERT INTO kept_links (credential_id, url, added_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?;
            statement.execute(params![credential_id, url, Time(added_at)])?;
            Ok(())
        })
    }

    /// Removes a page from a credential, so that no file of the wallet holds it any more. There may be none.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such credential.
    pub fn remove(&self, credential_id: &str, url: &str) -> Result<(), StoreError> {
        self.0.erase(|connection| {
            number_of(connection, credential_id)?;
            connection
                .prepare_cached("DELETE FROM kept_links WHERE credential_id = ?1 AND url = ?2")?
                .execute([credential_id, url])?;
            Ok(())
        })
    }

    /// The pages beside a credential, the one that was kept first in front.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn list(&self, credential_id: &str) -> Result<Vec<KeptLink>, StoreError> {
        self.0.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT url, added_at FROM kept_links WHERE credential_id = ?1 ORDER BY added_at, url",
            )?;
            let rows = statement.query_map([credential_id], |row| {
                let Time(added_at) = row.get("added_at")?;
                Ok(KeptLink { url: row.get("url")?, added_at })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

/// Moves the pages of one credential to another.
pub(crate) fn move_to(connection: &Connection, from: &str, to: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE OR IGNORE kept_links SET credential_id = ?2 WHERE credential_id = ?1")?
        .execute([from, to])?;
    connection.prepare_cached("DELETE FROM kept_links WHERE credential_id = ?1")?.execute([from])?;
    Ok(())
}
