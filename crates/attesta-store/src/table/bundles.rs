//! What the learner has put together to show somebody.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, Params, Row, params};

use crate::access::Access;
use crate::error::{Item, StoreError};
use crate::table::credentials::number_of;
use crate::time::Time;

/// A bundle and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleRecord {
    /// The bundle's identifier in this wallet; the caller's choice.
    pub id: String,
    /// The learner's title.
    pub title: String,
    /// The learner's note to the reader.
    pub note: Option<String>,
    /// The records it holds, in the order in which they will be read; none twice.
    pub credentials: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the learner last changed it.
    pub updated_at: Timestamp,
}

/// What a bundle is to say and hold from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleChange {
    /// The title.
    pub title: String,
    /// The note.
    pub note: Option<String>,
    /// All records, in their order.
    pub credentials: Vec<String>,
}

/// The bundles of a wallet.
#[derive(Debug, Clone, Copy)]
pub struct Bundles<'s>(pub(crate) Access<'s>);

impl Bundles<'_> {
    /// Keeps a new bundle.
    ///
    /// # Errors
    /// [`StoreError::AlreadyStored`] if the identifier is taken; [`StoreError::NotFound`] if it names a credential that
    /// is not there; [`StoreError::RepeatedMember`] if it names one twice.
    pub fn create(&self, bundle: &BundleRecord) -> Result<(), StoreError> {
        self.0.write(|connection| {
            if find(connection, &bundle.id)?.is_some() {
                return Err(StoreError::AlreadyStored { item: Item::Bundle, id: bundle.id.clone() });
            }
            let mut statement = connection.prepare_cached(
                "INSERT INTO bundles (id, title, note, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            statement.execute(params![
                bundle.id,
                bundle.title,
                bundle.note,
                Time(bundle.created_at),
                Time(bundle.updated_at)
            ])?;
            write_members(connection, &bundle.id, &bundle.credentials)
        })
    }

    /// Changes a bundle as a whole.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such bundle or it would name a credential that is not there;
    /// [`StoreError::RepeatedMember`] if it would name one twice.
    pub fn edit(&self, id: &str, change: &BundleChange, updated_at: Timestamp) -> Result<(), StoreError> {
        self.0.write(|connection| {
            let mut statement =
                connection.prepare_cached("UPDATE bundles SET title = ?2, note = ?3, updated_at = ?4 WHERE id = ?1")?;
            if statement.execute(params![id, change.title, change.note, Time(updated_at)])? == 0 {
                return Err(not_found(id));
            }
            connection.prepare_cached("DELETE FROM bundle_members WHERE bundle_id = ?1")?.execute([id])?;
            write_members(connection, id, &change.credentials)
        })
    }

    /// Removes a bundle. The credentials it held stay, and so do the shares that were made from it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none.
    pub fn delete(&self, id: &str) -> Result<(), StoreError> {
        self.0.erase(|connection| {
            match connection.prepare_cached("DELETE FROM bundles WHERE id = ?1")?.execute([id])? {
                0 => Err(not_found(id)),
                _ => Ok(()),
            }
        })
    }

    /// The bundle with this identifier.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn get(&self, id: &str) -> Result<Option<BundleRecord>, StoreError> {
        self.0.read(|connection| find(connection, id))
    }

    /// All bundles, the newest first.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn list(&self) -> Result<Vec<BundleRecord>, StoreError> {
        self.0.read(|connection| all(connection, "TRUE ORDER BY number DESC", []))
    }

    /// The bundles that hold a credential, the newest first.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn holding(&self, credential_id: &str) -> Result<Vec<BundleRecord>, StoreError> {
        let holding = "id IN (SELECT bundle_id FROM bundle_members WHERE credential_id = ?1) ORDER BY number DESC";
        self.0.read(|connection| all(connection, holding, [credential_id]))
    }
}

/// Puts `new` where `old` stands, in every bundle. Where `new` is a member already, `old` only goes.
pub(crate) fn replace_member(connection: &Connection, old: &str, new: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE OR IGNORE bundle_members SET credential_id = ?2 WHERE credential_id = ?1")?
        .execute([old, new])?;
    connection.prepare_cached("DELETE FROM bundle_members WHERE credential_id = ?1")?.execute([old])?;
    Ok(())
}

fn write_members(connection: &Connection, id: &str, credentials: &[String]) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare_cached("INSERT INTO bundle_members (bundle_id, position, credential_id) VALUES (?1, ?2, ?3)")?;
    let mut seen = BTreeSet::new();
    for (position, credential) in (0_i64..).zip(credentials) {
        if !seen.insert(credential) {
            return Err(StoreError::RepeatedMember { credential: credential.clone() });
        }
        number_of(connection, credential)?;
        statement.execute(params![id, position, credential])?;
    }
    Ok(())
}

fn find(connection: &Connection, id: &str) -> Result<Option<BundleRecord>, StoreError> {
    Ok(all(connection, "id = ?1", [id])?.pop())
}

fn all(connection: &Connection, condition: &str, parameters: impl Params) -> Result<Vec<BundleRecord>, StoreError> {
    let mut statement = connection
        .prepare_cached(&format!("SELECT id, title, note, created_at, updated_at FROM bundles WHERE {condition}"))?;
    let mut bundles: Vec<BundleRecord> = statement.query_map(parameters, without_members)?.collect::<Result<_, _>>()?;
    let mut members =
        connection.prepare_cached("SELECT credential_id FROM bundle_members WHERE bundle_id = ?1 ORDER BY position")?;
    for bundle in &mut bundles {
        bundle.credentials = members.query_map([&bundle.id], |row| row.get(0))?.collect::<Result<_, _>>()?;
    }
    Ok(bundles)
}

fn without_members(row: &Row<'_>) -> rusqlite::Result<BundleRecord> {
    let Time(created_at) = row.get("created_at")?;
    let Time(updated_at) = row.get("updated_at")?;
    Ok(BundleRecord {
        id: row.get("id")?,
        title: row.get("title")?,
        note: row.get("note")?,
        credentials: Vec::new(),
        created_at,
        updated_at,
    })
}

fn not_found(id: &str) -> StoreError {
    StoreError::NotFound { item: Item::Bundle, id: id.to_owned() }
}
