//! What the learner has given out.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use crate::access::Access;
use crate::error::{Item, StoreError};
use crate::time::Time;

/// One share, as it was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareRecord {
    /// The share's identifier in this wallet; the caller's choice.
    pub id: String,
    /// The bundle it was made from, which may have changed since or be gone.
    pub bundle_id: String,
    /// The bundle's title then.
    pub title: String,
    /// In which form: `link`, `qr`, `json` and so on; the caller's word.
    pub form: String,
    /// When.
    pub created_at: Timestamp,
    /// Until when it counts, where it ends.
    pub expires_at: Option<Timestamp>,
    /// The link that was given out, where there is one.
    pub link: Option<String>,
    /// Exactly the signed presentation that was given out, JSON.
    pub payload: Vec<u8>,
}

/// The shares of a wallet. They are added and read; what was shown to somebody can't be changed afterwards.
#[derive(Debug, Clone, Copy)]
pub struct Shares<'s>(pub(crate) Access<'s>);

impl Shares<'_> {
    /// Adds a share.
    ///
    /// # Errors
    /// [`StoreError::AlreadyStored`] if the identifier is taken.
    pub fn append(&self, share: &ShareRecord) -> Result<(), StoreError> {
        self.0.write(|connection| {
            let mut statement = connection.prepare_cached(
                "INSERT INTO shares (id, bundle_id, title, form, created_at, expires_at, link, payload) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING",
            )?;
            let added = statement.execute(params![
                share.id,
                share.bundle_id,
                share.title,
                share.form,
                Time(share.created_at),
                share.expires_at.map(Time),
                share.link,
                share.payload,
            ])?;
            match added {
                0 => Err(StoreError::AlreadyStored { item: Item::Share, id: share.id.clone() }),
                _ => Ok(()),
            }
        })
    }

    /// The share with this identifier.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn get(&self, id: &str) -> Result<Option<ShareRecord>, StoreError> {
        self.0.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
            Ok(statement.query_row([id], record).optional()?)
        })
    }

    /// All shares, the newest first.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn list(&self) -> Result<Vec<ShareRecord>, StoreError> {
        self.0.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("{SELECT} ORDER BY number DESC"))?;
            let rows = statement.query_map([], record)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

fn record(row: &Row<'_>) -> rusqlite::Result<ShareRecord> {
    let Time(created_at) = row.get("created_at")?;
    let expires_at: Option<Time> = row.get("expires_at")?;
    Ok(ShareRecord {
        id: row.get("id")?,
        bundle_id: row.get("bundle_id")?,
        title: row.get("title")?,
        form: row.get("form")?,
        created_at,
        expires_at: expires_at.map(|Time(at)| at),
        link: row.get("link")?,
        payload: row.get("payload")?,
    })
}

const SELECT: &str = "SELECT id, bundle_id, title, form, created_at, expires_at, link, payload FROM shares";
