//! What a bundle said and held each time it was saved.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};

use crate::error::{Item, StoreError};
use crate::time::Time;

/// Most versions of a bundle that are kept beside those that were shared: whoever saves with every pause in typing goes
/// back days, and the file stays small.
const VERSIONS: u32 = 200;

/// What a bundle says and holds.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct BundleContent {
    /// The learner's title.
    pub title: String,
    /// The learner's note to the reader.
    pub note: Option<String>,
    /// Whom it is for, as the reader will see it.
    pub audience: Option<String>,
    /// The parts that the reader finds folded away, by name.
    pub hidden_parts: Vec<String>,
    /// The credentials it holds, in the order in which they will be read; none twice.
    pub members: Vec<BundleMember>,
}

/// A credential of a bundle.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct BundleMember {
    /// The record's identifier.
    pub credential: String,
    /// The learner's note on it.
    pub note: Option<String>,
    /// What is not shown of it: JSON pointers ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)) into the credential.
    pub withheld: Vec<String>,
}

/// A bundle as it was saved once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleVersion {
    /// Its number, from 1.
    pub version: u32,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// What it said and held. The records that it names may be superseded or gone.
    pub content: BundleContent,
}

impl BundleContent {
    /// The records' identifiers in their order.
    pub fn credentials(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|member| member.credential.as_str())
    }

    fn to_json(&self) -> Value {
        let member = |member: &BundleMember| json!({ "credential": member.credential, "note": member.note, "withheld": member.withheld });
        json!({
            "title": self.title,
            "note": self.note,
            "audience": self.audience,
            "hidden_parts": self.hidden_parts,
            "members": self.members.iter().map(member).collect::<Vec<_>>(),
        })
    }

    fn of_json(text: &str) -> Option<BundleContent> {
        let value: Value = serde_json::from_str(text).ok()?;
        let member = |value: &Value| {
            Some(BundleMember {
                credential: value.get("credential")?.as_str()?.to_owned(),
                note: optional(value, "note"),
                withheld: texts(value.get("withheld")?)?,
            })
        };
        Some(BundleContent {
            title: value.get("title")?.as_str()?.to_owned(),
            note: optional(&value, "note"),
            audience: optional(&value, "audience"),
            hidden_parts: texts(value.get("hidden_parts")?)?,
            members: value.get("members")?.as_array()?.iter().map(member).collect::<Option<_>>()?,
        })
    }
}

fn optional(of: &Value, name: &str) -> Option<String> {
    of.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn texts(array: &Value) -> Option<Vec<String>> {
    array.as_array()?.iter().map(|text| Some(text.as_str()?.to_owned())).collect()
}

/// A JSON array of texts as a column holds it.
pub(crate) fn texts_to_column(texts: &[String]) -> String {
    json!(texts).to_string()
}

/// The texts of such a column; an error that names the bundle where it holds something else.
pub(crate) fn texts_of_column(column: &str, bundle: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(column).map_err(|_| unreadable(bundle))
}

/// Keeps what a bundle says and holds under this number, and forgets the oldest that were never shared.
pub(crate) fn append(
    connection: &Connection,
    bundle: &str,
    version: u32,
    content: &BundleContent,
    saved_at: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO bundle_versions (bundle_id, version, saved_at, content) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![bundle, version, Time(saved_at), content.to_json().to_string()])?;
    connection
        .prepare_cached(
            "DELETE FROM bundle_versions WHERE bundle_id = ?1 AND version <= ?2 AND NOT EXISTS \
             (SELECT 1 FROM shares WHERE shares.bundle_id = ?1 AND shares.version = bundle_versions.version)",
        )?
        .execute(params![bundle, version.saturating_sub(VERSIONS)])?;
    Ok(())
}

/// The versions of a bundle, the newest first.
pub(crate) fn list(connection: &Connection, bundle: &str) -> Result<Vec<BundleVersion>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE bundle_id = ?1 ORDER BY version DESC"))?;
    let rows = statement.query_map([bundle], columns)?;
    rows.map(|row| read(row?, bundle)).collect()
}

/// One version of a bundle.
pub(crate) fn get(connection: &Connection, bundle: &str, version: u32) -> Result<Option<BundleVersion>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE bundle_id = ?1 AND version = ?2"))?;
    let row = statement.query_row(params![bundle, version], columns).optional()?;
    row.map(|row| read(row, bundle)).transpose()
}

fn columns(row: &Row<'_>) -> rusqlite::Result<(u32, Time, String)> {
    Ok((row.get("version")?, row.get("saved_at")?, row.get("content")?))
}

fn read((version, Time(saved_at), content): (u32, Time, String), bundle: &str) -> Result<BundleVersion, StoreError> {
    let content = BundleContent::of_json(&content).ok_or_else(|| unreadable(bundle))?;
    Ok(BundleVersion { version, saved_at, content })
}

fn unreadable(bundle: &str) -> StoreError {
    StoreError::Unreadable { item: Item::Bundle, id: bundle.to_owned() }
}

const SELECT: &str = "SELECT version, saved_at, content FROM bundle_versions";

impl std::fmt::Debug for BundleContent {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What a learner writes never reaches a log line.
        write!(out, "BundleContent({:?})", self.members)
    }
}

impl std::fmt::Debug for BundleMember {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.credential)
    }
}
