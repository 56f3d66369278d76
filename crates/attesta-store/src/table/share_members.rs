//! What a share carried, as it was when it was given out.

use rusqlite::{Connection, Row, params};

use crate::error::StoreError;

/// A credential that a share carried.
#[derive(Clone, PartialEq, Eq)]
pub struct ShareMember {
    /// The record's identifier; the record itself may be superseded or gone.
    pub credential: String,
    /// SHA-256 of the credential's document as received, lower-case hex.
    pub digest: String,
    /// What it was called.
    pub title: String,
    /// What its last report came to when it was given out, by the verdict's name. What is so now is judged anew.
    pub verdict_then: String,
}

/// Keeps what a share carries, in its order.
pub(crate) fn write(connection: &Connection, share: &str, members: &[ShareMember]) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO share_members (share_id, place, credential_id, digest, title, verdict_then) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (place, member) in (1_i64..).zip(members) {
        let ShareMember { credential, digest, title, verdict_then } = member;
        statement.execute(params![share, place, credential, digest, title, verdict_then])?;
    }
    Ok(())
}

/// What a share carried, in its order.
pub(crate) fn of(connection: &Connection, share: &str) -> Result<Vec<ShareMember>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT credential_id, digest, title, verdict_then FROM share_members WHERE share_id = ?1 ORDER BY place",
    )?;
    Ok(statement.query_map([share], member)?.collect::<Result<_, _>>()?)
}

fn member(row: &Row<'_>) -> rusqlite::Result<ShareMember> {
    Ok(ShareMember {
        credential: row.get("credential_id")?,
        digest: row.get("digest")?,
        title: row.get("title")?,
        verdict_then: row.get("verdict_then")?,
    })
}

impl std::fmt::Debug for ShareMember {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} ({} then)", self.credential, self.verdict_then)
    }
}
