//! What the learner has set: text by name.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension;

use crate::access::Access;
use crate::error::StoreError;

/// The settings of a wallet. What a name means and how its value is written is the caller's.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'s>(pub(crate) Access<'s>);

impl Settings<'_> {
    /// The value under this name, if one was set.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn get(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.0.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT value FROM settings WHERE name = ?1")?;
            Ok(statement.query_row([name], |row| row.get(0)).optional()?)
        })
    }

    /// Sets the value under this name.
    ///
    /// # Errors
    /// [`StoreError`] if it can't be written.
    pub fn set(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.0.write(|connection| {
            let mut statement = connection.prepare_cached(
                "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            )?;
            statement.execute([name, value])?;
            Ok(())
        })
    }

    /// Removes the value under this name, if there is one.
    ///
    /// # Errors
    /// [`StoreError`] if it can't be written.
    pub fn remove(&self, name: &str) -> Result<(), StoreError> {
        self.0.erase(|connection| {
            connection.prepare_cached("DELETE FROM settings WHERE name = ?1")?.execute([name])?;
            Ok(())
        })
    }

    /// Everything that was set, by name.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn all(&self) -> Result<BTreeMap<String, String>, StoreError> {
        self.0.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT name, value FROM settings")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}
