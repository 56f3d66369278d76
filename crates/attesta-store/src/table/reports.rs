//! What was established about each credential, and when. A verdict is derived from a report whenever it is read
//! ([`attesta_verify::judge`]) and never stored.

use std::collections::BTreeMap;

use attesta_verify::VerificationReport;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use crate::access::Access;
use crate::error::{Item, StoreError};
use crate::table::credentials::number_of;
use crate::time::Time;

/// One check of a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReport {
    /// When it was made.
    pub checked_at: Timestamp,
    /// What it established.
    pub report: VerificationReport,
}

/// The reports of a wallet. They are added and read, never changed.
#[derive(Debug, Clone, Copy)]
pub struct Reports<'s>(pub(crate) Access<'s>);

impl Reports<'_> {
    /// Adds a report on the credential with the record identifier `credential_id`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such credential.
    pub fn append(
        &self,
        credential_id: &str,
        report: &VerificationReport,
        checked_at: Timestamp,
    ) -> Result<(), StoreError> {
        let json = serde_json::to_string(report).expect("a report is plain data with text for keys");
        self.0.write(|connection| {
            number_of(connection, credential_id)?;
            connection
                .prepare_cached("INSERT INTO reports (credential_id, checked_at, report) VALUES (?1, ?2, ?3)")?
                .execute(params![credential_id, Time(checked_at), json])?;
            Ok(())
        })
    }

    /// The report that was added last.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] if this version can't read it.
    pub fn latest(&self, credential_id: &str) -> Result<Option<StoredReport>, StoreError> {
        // By order rather than by time: a clock that once ran ahead must not hide every later check.
        let row = self.0.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT credential_id, checked_at, report FROM reports WHERE credential_id = ?1 \
                 ORDER BY number DESC LIMIT 1",
            )?;
            Ok(statement.query_row([credential_id], ReportRow::read).optional()?)
        })?;
        row.map(ReportRow::parse).transpose()
    }

    /// The last report of every credential that has one, by record identifier. One that this version can't read is
    /// left out, as if the credential had not been checked yet: it is then checked anew, and never taken for good.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be read.
    pub fn latest_of_all(&self) -> Result<BTreeMap<String, StoredReport>, StoreError> {
        let rows = self.0.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT credential_id, checked_at, report FROM reports \
                 WHERE number IN (SELECT max(number) FROM reports GROUP BY credential_id)",
            )?;
            let rows = statement.query_map([], ReportRow::read)?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        let readable = rows.into_iter().filter_map(|row| {
            let id = row.credential_id.clone();
            row.parse().ok().map(|report| (id, report))
        });
        Ok(readable.collect())
    }

    /// Every report on a credential, the last one first.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] if this version can't read one of them.
    pub fn history(&self, credential_id: &str) -> Result<Vec<StoredReport>, StoreError> {
        let rows = self.0.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT credential_id, checked_at, report FROM reports WHERE credential_id = ?1 ORDER BY number DESC",
            )?;
            let rows = statement.query_map([credential_id], ReportRow::read)?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        rows.into_iter().map(ReportRow::parse).collect()
    }
}

struct ReportRow {
    credential_id: String,
    checked_at: Timestamp,
    json: String,
}

impl ReportRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let Time(checked_at) = row.get("checked_at")?;
        Ok(ReportRow { credential_id: row.get("credential_id")?, checked_at, json: row.get("report")? })
    }

    fn parse(self) -> Result<StoredReport, StoreError> {
        match serde_json::from_str(&self.json) {
            Ok(report) => Ok(StoredReport { checked_at: self.checked_at, report }),
            Err(_) => Err(StoreError::Unreadable { item: Item::Report, id: self.credential_id }),
        }
    }
}
