//! What the learner has earned.

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Params, Row, named_params};

use crate::access::Access;
use crate::error::{Item, StoreError};
use crate::table::bundles;
use crate::table::links;
use crate::table::search::{self, SearchText};
use crate::time::Time;

/// A credential as it came, with what is needed to find it again. What it says stands in `received` alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialRecord {
    /// The record's identifier in this wallet; the caller's choice.
    pub id: String,
    /// SHA-256 of the credential's document as received, lower-case hex. No two records share one.
    pub digest: String,
    /// SHA-256 of the document's canonical form ([RFC 8785](https://www.rfc-editor.org/rfc/rfc8785)), lower-case hex,
    /// where it has one.
    pub canonical_digest: Option<String>,
    /// Exactly the bytes that came, container and all.
    pub received: Vec<u8>,
    /// Where in `received` the credential stands: a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)),
    /// empty for the whole.
    pub pointer: String,
    /// The Content-Type as sent, where a server sent one.
    pub media_type: Option<String>,
    /// Where it came from.
    pub origin: Origin,
    /// When it came.
    pub received_at: Timestamp,
    /// The issuer's identifier, in the form in which the caller compares it.
    pub issuer_id: String,
    /// The credential's own identifier, in the form in which the caller compares it, where it has one.
    pub credential_id: Option<String>,
    /// What it is called.
    pub title: String,
    /// The record of the newer version, where there is one.
    pub superseded_by: Option<String>,
}

/// Where a credential came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// How it came.
    pub kind: OriginKind,
    /// The link's host or the file's name.
    pub name: Option<String>,
    /// The link itself. It can hold a secret of the issuer's.
    pub url: Option<String>,
}

/// How a credential came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OriginKind {
    /// From an address.
    Link,
    /// From a file.
    File,
    /// As pasted text.
    Paste,
}

impl OriginKind {
    /// The word for it in the database and in views.
    pub fn name(self) -> &'static str {
        match self {
            OriginKind::Link => "link",
            OriginKind::File => "file",
            OriginKind::Paste => "paste",
        }
    }
}

/// A credential to be kept, and the words by which it is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCredential {
    /// The record.
    pub record: CredentialRecord,
    /// The words.
    pub search: SearchText,
}

/// The credentials of a wallet.
#[derive(Debug, Clone, Copy)]
pub struct Credentials<'s>(pub(crate) Access<'s>);

impl Credentials<'_> {
    /// Keeps a credential.
    ///
    /// # Errors
    /// [`StoreError::AlreadyStored`] with the record that has the same identifier or document digest;
    /// [`StoreError::NotFound`] if `superseded_by` names none.
    pub fn insert(&self, new: &NewCredential) -> Result<(), StoreError> {
        self.0.write(|connection| {
            let NewCredential { record, search: words } = new;
            let stored = connection
                .prepare_cached("SELECT id FROM credentials WHERE id = ?1 OR digest = ?2")?
                .query_row([&record.id, &record.digest], |row| row.get(0))
                .optional()?;
            if let Some(id) = stored {
                return Err(StoreError::AlreadyStored { item: Item::Credential, id });
            }
            if let Some(newer) = &record.superseded_by {
                number_of(connection, newer)?;
            }
            connection.prepare_cached(INSERT)?.execute(named_params! {
                ":id": record.id,
                ":digest": record.digest,
                ":canonical_digest": record.canonical_digest,
                ":issuer_id": record.issuer_id,
                ":credential_id": record.credential_id,
                ":title": record.title,
                ":pointer": record.pointer,
                ":media_type": record.media_type,
                ":origin_kind": record.origin.kind,
                ":origin_name": record.origin.name,
                ":origin_url": record.origin.url,
                ":received_at": Time(record.received_at),
                ":superseded_by": record.superseded_by,
                ":received": record.received,
            })?;
            search::insert(connection, connection.last_insert_rowid(), words)
        })
    }

    /// The record with this identifier.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn get(&self, id: &str) -> Result<Option<CredentialRecord>, StoreError> {
        self.0.read(|connection| first(connection, "id = ?1", [id]))
    }

    /// The record of this very document, superseded or not.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn find_by_digest(&self, digest: &str) -> Result<Option<CredentialRecord>, StoreError> {
        self.0.read(|connection| first(connection, "digest = ?1", [digest]))
    }

    /// The newest record with the same content in whatever spacing, order of keys or container, superseded or not.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn find_by_canonical_digest(&self, digest: &str) -> Result<Option<CredentialRecord>, StoreError> {
        self.0.read(|connection| first(connection, "canonical_digest = ?1 ORDER BY number DESC LIMIT 1", [digest]))
    }

    /// The current records that name this issuer and have this identifier, newest received first.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn find_by_identity(&self, issuer_id: &str, credential_id: &str) -> Result<Vec<CredentialRecord>, StoreError> {
        let of_identity = "issuer_id = ?1 AND credential_id = ?2 AND superseded_by IS NULL \
             ORDER BY received_at DESC, number DESC";
        self.0.read(|connection| all(connection, of_identity, [issuer_id, credential_id]))
    }

    /// The current records, newest received first; those that are superseded are left out.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn list(&self) -> Result<Vec<CredentialRecord>, StoreError> {
        let current = "superseded_by IS NULL ORDER BY received_at DESC, number DESC";
        self.0.read(|connection| all(connection, current, []))
    }

    /// Every record, superseded ones too, in the order in which they came; for a backup.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn list_all(&self) -> Result<Vec<CredentialRecord>, StoreError> {
        self.0.read(|connection| all(connection, "TRUE ORDER BY number", []))
    }

    /// The records that this one directly superseded, newest received first.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn earlier_versions(&self, id: &str) -> Result<Vec<CredentialRecord>, StoreError> {
        let superseded = "superseded_by = ?1 ORDER BY received_at DESC, number DESC";
        self.0.read(|connection| all(connection, superseded, [id]))
    }

    /// The identifiers of the current records that hold every word of `query` or a word that begins with it, newest
    /// received first. Case and accents don't count. A query without a letter or digit finds nothing.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn search(&self, query: &str) -> Result<Vec<String>, StoreError> {
        self.0.read(|connection| search::search(connection, query))
    }

    /// Puts `new` in the place of `old`: `old` is kept, but left out of lists and searches, and the bundles that held
    /// `old` hold `new` instead. The pages kept beside `old` move along.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if either is missing; [`StoreError::NotCurrent`] if `new` is `old` or is itself
    /// superseded.
    pub fn supersede(&self, old: &str, new: &str) -> Result<(), StoreError> {
        self.0.write(|connection| {
            number_of(connection, old)?;
            number_of(connection, new)?;
            let current: bool = connection
                .prepare_cached("SELECT superseded_by IS NULL FROM credentials WHERE id = ?1")?
                .query_row([new], |row| row.get(0))?;
            if old == new || !current {
                return Err(StoreError::NotCurrent { id: new.to_owned() });
            }
            connection
                .prepare_cached("UPDATE credentials SET superseded_by = ?2 WHERE id = ?1")?
                .execute([old, new])?;
            links::move_to(connection, old, new)?;
            bundles::replace_member(connection, old, new)
        })
    }

    /// Removes a record with its reports, its words in the search and its places in bundles, so that no file of the
    /// wallet holds it any more. Shares that carried it stay, with what they carried; a version that it superseded is
    /// current again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none.
    pub fn remove(&self, id: &str) -> Result<(), StoreError> {
        self.0.erase(|connection| {
            search::remove(connection, number_of(connection, id)?)?;
            connection.prepare_cached("DELETE FROM credentials WHERE id = ?1")?.execute([id])?;
            Ok(())
        })
    }
}

/// The row number of a record; an error if there is none.
pub(crate) fn number_of(connection: &Connection, id: &str) -> Result<i64, StoreError> {
    connection
        .prepare_cached("SELECT number FROM credentials WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?
        .ok_or_else(|| StoreError::NotFound { item: Item::Credential, id: id.to_owned() })
}

fn first(
    connection: &Connection,
    condition: &str,
    parameters: impl Params,
) -> Result<Option<CredentialRecord>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE {condition}"))?;
    Ok(statement.query_row(parameters, record).optional()?)
}

fn all(connection: &Connection, condition: &str, parameters: impl Params) -> Result<Vec<CredentialRecord>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE {condition}"))?;
    let rows = statement.query_map(parameters, record)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn record(row: &Row<'_>) -> rusqlite::Result<CredentialRecord> {
    let Time(received_at) = row.get("received_at")?;
    Ok(CredentialRecord {
        id: row.get("id")?,
        digest: row.get("digest")?,
        canonical_digest: row.get("canonical_digest")?,
        received: row.get("received")?,
        pointer: row.get("pointer")?,
        media_type: row.get("media_type")?,
        origin: Origin { kind: row.get("origin_kind")?, name: row.get("origin_name")?, url: row.get("origin_url")? },
        received_at,
        issuer_id: row.get("issuer_id")?,
        credential_id: row.get("credential_id")?,
        title: row.get("title")?,
        superseded_by: row.get("superseded_by")?,
    })
}

impl ToSql for OriginKind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.name()))
    }
}

impl FromSql for OriginKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "link" => Ok(OriginKind::Link),
            "file" => Ok(OriginKind::File),
            "paste" => Ok(OriginKind::Paste),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

const SELECT: &str = "SELECT id, digest, canonical_digest, issuer_id, credential_id, title, pointer, media_type, \
     origin_kind, origin_name, origin_url, received_at, superseded_by, received FROM credentials";

const INSERT: &str = "INSERT INTO credentials (id, digest, canonical_digest, issuer_id, credential_id, title, pointer, \
     media_type, origin_kind, origin_name, origin_url, received_at, superseded_by, received) \
     VALUES (:id, :digest, :canonical_digest, :issuer_id, :credential_id, :title, :pointer, :media_type, \
     :origin_kind, :origin_name, :origin_url, :received_at, :superseded_by, :received)";
