//! What the learner has put together to show somebody.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, Params, Row, params};

use crate::access::Access;
use crate::error::{Item, StoreError};
use crate::table::bundle_versions::{
    self, BundleContent, BundleMember, BundleVersion, texts_of_column, texts_to_column,
};
use crate::table::credentials::number_of;
use crate::time::Time;

/// A bundle as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleRecord {
    /// The bundle's identifier in this wallet; the caller's choice.
    pub id: String,
    /// What it says and holds.
    pub content: BundleContent,
    /// How often it was saved, from 1.
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the learner last changed it.
    pub updated_at: Timestamp,
}

/// The bundles of a wallet.
#[derive(Debug, Clone, Copy)]
pub struct Bundles<'s>(pub(crate) Access<'s>);

impl Bundles<'_> {
    /// Keeps a new bundle as its first version.
    ///
    /// # Errors
    /// [`StoreError::AlreadyStored`] if the identifier is taken; [`StoreError::NotFound`] if it names a credential that
    /// is not there; [`StoreError::RepeatedMember`] if it names one twice.
    pub fn create(&self, id: &str, content: &BundleContent, at: Timestamp) -> Result<BundleRecord, StoreError> {
        self.0.write(|connection| {
            if find(connection, id)?.is_some() {
                return Err(StoreError::AlreadyStored { item: Item::Bundle, id: id.to_owned() });
            }
            let mut statement = connection.prepare_cached(
                "INSERT INTO bundles (id, title, note, audience, hidden_parts, version, created_at, updated_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?6)",
            )?;
            let hidden = texts_to_column(&content.hidden_parts);
            statement.execute(params![id, content.title, content.note, content.audience, hidden, Time(at)])?;
            write_members(connection, id, &content.members)?;
            bundle_versions::append(connection, id, 1, content, at)?;
            let (id, content) = (id.to_owned(), content.clone());
            Ok(BundleRecord { id, content, version: 1, created_at: at, updated_at: at })
        })
    }

    /// Saves what a bundle says and holds from now on, as its next version. Where that is what it says and holds
    /// already, nothing is saved.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such bundle or it would name a credential that is not there;
    /// [`StoreError::RepeatedMember`] if it would name one twice.
    pub fn save(&self, id: &str, content: &BundleContent, at: Timestamp) -> Result<BundleRecord, StoreError> {
        self.0.write(|connection| {
            let before = find(connection, id)?.ok_or_else(|| not_found(id))?;
            if before.content == *content {
                return Ok(before);
            }
            let version = before.version.saturating_add(1);
            let mut statement = connection.prepare_cached(
                "UPDATE bundles SET title = ?2, note = ?3, audience = ?4, hidden_parts = ?5, version = ?6, \
                 updated_at = ?7 WHERE id = ?1",
            )?;
            let hidden = texts_to_column(&content.hidden_parts);
            statement.execute(params![id, content.title, content.note, content.audience, hidden, version, Time(at)])?;
            connection.prepare_cached("DELETE FROM bundle_members WHERE bundle_id = ?1")?.execute([id])?;
            write_members(connection, id, &content.members)?;
            bundle_versions::append(connection, id, version, content, at)?;
            Ok(BundleRecord { content: content.clone(), version, updated_at: at, ..before })
        })
    }

    /// Removes a bundle with its versions. The credentials it held stay, and so do the shares that were made from it.
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

    /// What a bundle was each time it was saved, the newest first; empty where there is no such bundle.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] if a version is not as this program writes it.
    pub fn versions(&self, id: &str) -> Result<Vec<BundleVersion>, StoreError> {
        self.0.read(|connection| bundle_versions::list(connection, id))
    }

    /// One version of a bundle; none where there is no such bundle or version.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] if it is not as this program writes it.
    pub fn version(&self, id: &str, version: u32) -> Result<Option<BundleVersion>, StoreError> {
        self.0.read(|connection| bundle_versions::get(connection, id, version))
    }
}

/// Puts `new` where `old` stands, in every bundle, with the learner's note on it. Where `new` is a member already, `old`
/// only goes.
pub(crate) fn replace_member(connection: &Connection, old: &str, new: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE OR IGNORE bundle_members SET credential_id = ?2 WHERE credential_id = ?1")?
        .execute([old, new])?;
    connection.prepare_cached("DELETE FROM bundle_members WHERE credential_id = ?1")?.execute([old])?;
    Ok(())
}

fn write_members(connection: &Connection, id: &str, members: &[BundleMember]) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO bundle_members (bundle_id, position, credential_id, note, withheld) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let mut seen = BTreeSet::new();
    for (position, member) in (0_i64..).zip(members) {
        if !seen.insert(&member.credential) {
            return Err(StoreError::RepeatedMember { credential: member.credential.clone() });
        }
        number_of(connection, &member.credential)?;
        let withheld = texts_to_column(&member.withheld);
        statement.execute(params![id, position, member.credential, member.note, withheld])?;
    }
    Ok(())
}

fn find(connection: &Connection, id: &str) -> Result<Option<BundleRecord>, StoreError> {
    Ok(all(connection, "id = ?1", [id])?.pop())
}

fn all(connection: &Connection, condition: &str, parameters: impl Params) -> Result<Vec<BundleRecord>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT id, title, note, audience, hidden_parts, version, created_at, updated_at FROM bundles WHERE {condition}"
    ))?;
    let rows = statement.query_map(parameters, without_members)?.collect::<Result<Vec<_>, _>>()?;
    let mut members = connection.prepare_cached(
        "SELECT credential_id, note, withheld FROM bundle_members WHERE bundle_id = ?1 ORDER BY position",
    )?;
    let mut bundles = Vec::with_capacity(rows.len());
    for (mut bundle, hidden_parts) in rows {
        bundle.content.hidden_parts = texts_of_column(&hidden_parts, &bundle.id)?;
        let found = members.query_map([&bundle.id], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, String>(2)?))
        })?;
        for row in found {
            let (credential, note, withheld) = row?;
            let withheld = texts_of_column(&withheld, &bundle.id)?;
            bundle.content.members.push(BundleMember { credential, note, withheld });
        }
        bundles.push(bundle);
    }
    Ok(bundles)
}

/// A bundle without its members, and the column of its hidden parts.
fn without_members(row: &Row<'_>) -> rusqlite::Result<(BundleRecord, String)> {
    let Time(created_at) = row.get("created_at")?;
    let Time(updated_at) = row.get("updated_at")?;
    let content = BundleContent {
        title: row.get("title")?,
        note: row.get("note")?,
        audience: row.get("audience")?,
        ..BundleContent::default()
    };
    let version = row.get("version")?;
    Ok((BundleRecord { id: row.get("id")?, content, version, created_at, updated_at }, row.get("hidden_parts")?))
}

fn not_found(id: &str) -> StoreError {
    StoreError::NotFound { item: Item::Bundle, id: id.to_owned() }
}
