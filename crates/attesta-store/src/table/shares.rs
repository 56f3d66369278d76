//! What the learner has given out.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, Params, Row, named_params, params};

use crate::access::Access;
use crate::error::{Item, StoreError};
use crate::table::share_members::{self, ShareMember};
use crate::time::Time;

/// One share, as it was given out.
#[derive(Clone, PartialEq, Eq)]
pub struct ShareRecord {
    /// The share's identifier in this wallet; the caller's choice.
    pub id: String,
    /// The bundle it was made from, which may have changed since or be gone.
    pub bundle_id: String,
    /// The bundle's version then; none where it was given out before versions were kept.
    pub version: Option<u32>,
    /// The bundle's title then.
    pub title: String,
    /// To whom it was given, in the learner's own words; never part of what is given.
    pub recipient: Option<String>,
    /// In which form: `link`, `qr`, `json` and so on; the caller's word.
    pub form: String,
    /// The language of what was made, BCP 47, where it has one.
    pub language: Option<String>,
    /// Whether only a passphrase opens it. The passphrase itself is never kept.
    pub sealed: bool,
    /// Whether it carries its one credential alone, without the bundle around it.
    pub bare: bool,
    /// When.
    pub created_at: Timestamp,
    /// Until when it counts, where it ends.
    pub expires_at: Option<Timestamp>,
    /// The link that was given out, where there is one.
    pub link: Option<String>,
    /// The copy that a host keeps, where one does.
    pub hosted: Option<HostedCopy>,
    /// When that host was told to forget it, and did.
    pub stopped_at: Option<Timestamp>,
    /// What it carried, in its order; empty where it was given out before that was kept.
    pub members: Vec<ShareMember>,
    /// Exactly the signed presentation that was given out, JSON.
    pub payload: Vec<u8>,
}

/// A copy that a host keeps of a share.
#[derive(Clone, PartialEq, Eq)]
pub struct HostedCopy {
    /// The host's name.
    pub host: String,
    /// Where the copy is seen.
    pub view_url: String,
    /// The address that makes the host forget it.
    pub unshare_url: String,
}

/// The shares of a wallet. They are added and read; what was shown to somebody can't be changed afterwards, and all that
/// is ever added to one is that it was stopped.
#[derive(Debug, Clone, Copy)]
pub struct Shares<'s>(pub(crate) Access<'s>);

impl Shares<'_> {
    /// Adds a share.
    ///
    /// # Errors
    /// [`StoreError::AlreadyStored`] if the identifier is taken.
    pub fn append(&self, share: &ShareRecord) -> Result<(), StoreError> {
        self.0.write(|connection| {
            let hosted = share.hosted.as_ref();
            let added = connection.prepare_cached(INSERT)?.execute(named_params! {
                ":id": share.id,
                ":bundle_id": share.bundle_id,
                ":version": share.version,
                ":title": share.title,
                ":recipient": share.recipient,
                ":form": share.form,
                ":language": share.language,
                ":sealed": share.sealed,
                ":bare": share.bare,
                ":created_at": Time(share.created_at),
                ":expires_at": share.expires_at.map(Time),
                ":link": share.link,
                ":host": hosted.map(|copy| &copy.host),
                ":view_url": hosted.map(|copy| &copy.view_url),
                ":unshare_url": hosted.map(|copy| &copy.unshare_url),
                ":stopped_at": share.stopped_at.map(Time),
                ":payload": share.payload,
            })?;
            if added == 0 {
                return Err(StoreError::AlreadyStored { item: Item::Share, id: share.id.clone() });
            }
            share_members::write(connection, &share.id, &share.members)
        })
    }

    /// Notes that a share was stopped. One that was stopped before keeps its first time.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none.
    pub fn stopped(&self, id: &str, at: Timestamp) -> Result<(), StoreError> {
        self.0.write(|connection| {
            let mut statement =
                connection.prepare_cached("UPDATE shares SET stopped_at = coalesce(stopped_at, ?2) WHERE id = ?1")?;
            match statement.execute(params![id, Time(at)])? {
                0 => Err(StoreError::NotFound { item: Item::Share, id: id.to_owned() }),
                _ => Ok(()),
            }
        })
    }

    /// The share with this identifier.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn get(&self, id: &str) -> Result<Option<ShareRecord>, StoreError> {
        self.0.read(|connection| Ok(all(connection, "id = ?1", [id])?.pop()))
    }

    /// All shares, the newest first.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn list(&self) -> Result<Vec<ShareRecord>, StoreError> {
        self.0.read(|connection| all(connection, "TRUE ORDER BY number DESC", []))
    }

    /// How often each version of a bundle was given out, by the version's number.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn of_versions(&self, bundle_id: &str) -> Result<BTreeMap<u32, u32>, StoreError> {
        self.0.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT version, count(*) FROM shares WHERE bundle_id = ?1 AND version IS NOT NULL GROUP BY version",
            )?;
            let rows = statement.query_map([bundle_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

fn all(connection: &Connection, condition: &str, parameters: impl Params) -> Result<Vec<ShareRecord>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE {condition}"))?;
    let mut shares: Vec<ShareRecord> = statement.query_map(parameters, without_members)?.collect::<Result<_, _>>()?;
    for share in &mut shares {
        share.members = share_members::of(connection, &share.id)?;
    }
    Ok(shares)
}

fn without_members(row: &Row<'_>) -> rusqlite::Result<ShareRecord> {
    let Time(created_at) = row.get("created_at")?;
    let expires_at: Option<Time> = row.get("expires_at")?;
    let stopped_at: Option<Time> = row.get("stopped_at")?;
    let hosted: (Option<String>, Option<String>, Option<String>) =
        (row.get("host")?, row.get("view_url")?, row.get("unshare_url")?);
    let hosted = match hosted {
        (Some(host), Some(view_url), Some(unshare_url)) => Some(HostedCopy { host, view_url, unshare_url }),
        _ => None,
    };
    Ok(ShareRecord {
        id: row.get("id")?,
        bundle_id: row.get("bundle_id")?,
        version: row.get("version")?,
        title: row.get("title")?,
        recipient: row.get("recipient")?,
        form: row.get("form")?,
        language: row.get("language")?,
        sealed: row.get("sealed")?,
        bare: row.get("bare")?,
        created_at,
        expires_at: expires_at.map(|Time(at)| at),
        link: row.get("link")?,
        hosted,
        stopped_at: stopped_at.map(|Time(at)| at),
        members: Vec::new(),
        payload: row.get("payload")?,
    })
}

const SELECT: &str = "SELECT id, bundle_id, version, title, recipient, form, language, sealed, bare, created_at, \
     expires_at, link, host, view_url, unshare_url, stopped_at, payload FROM shares";

const INSERT: &str = "INSERT INTO shares (id, bundle_id, version, title, recipient, form, language, sealed, bare, \
     created_at, expires_at, link, host, view_url, unshare_url, stopped_at, payload) \
     VALUES (:id, :bundle_id, :version, :title, :recipient, :form, :language, :sealed, :bare, \
     :created_at, :expires_at, :link, :host, :view_url, :unshare_url, :stopped_at, :payload) \
     ON CONFLICT (id) DO NOTHING";

impl std::fmt::Debug for ShareRecord {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Whoever has the link or the payload has the share.
        let ShareRecord { id, form, version, members, payload, .. } = self;
        write!(out, "ShareRecord({id}, {form}, version {version:?}, {members:?}, {} bytes)", payload.len())
    }
}

impl std::fmt::Debug for HostedCopy {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The addresses open and withdraw it.
        write!(out, "HostedCopy({})", self.host)
    }
}
