//! What a credential stood in when it came: a mailbox, a mail, an archive.

use rusqlite::{OptionalExtension, params};
use serde_json::{Value, json};

use crate::access::Access;
use crate::error::{Item, StoreError};
use crate::table::credentials::number_of;

/// What a credential stood in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// The names of what it stood in, outermost first.
    pub within: Vec<String>,
    /// The mail it came with.
    pub letter: Option<Letter>,
}

/// What a mail says of itself; only its sender's word.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Letter {
    /// Whom it says it is from.
    pub from: Option<String>,
    /// Its subject.
    pub subject: Option<String>,
    /// The addresses it came to.
    pub to: Vec<String>,
    /// Its date, RFC 3339.
    pub date: Option<String>,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Letter(..)")
    }
}

/// What the credentials of a wallet stood in.
#[derive(Debug, Clone, Copy)]
pub struct Carriers<'s>(pub(crate) Access<'s>);

impl Carriers<'_> {
    /// Notes what a credential stood in, in the place of what was noted before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such credential.
    pub fn put(&self, credential_id: &str, carried: &Carried) -> Result<(), StoreError> {
        self.0.write(|connection| {
            number_of(connection, credential_id)?;
            let mut statement = connection.prepare_cached(
                "INSERT INTO carriers (credential_id, within, letter) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (credential_id) DO UPDATE SET within = excluded.within, letter = excluded.letter",
            )?;
            let within = json!(carried.within).to_string();
            let letter = carried.letter.as_ref().map(|letter| letter.to_json().to_string());
            statement.execute(params![credential_id, within, letter])?;
            Ok(())
        })
    }

    /// What a credential stood in; none where it stood in nothing.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] if what is noted is not as this version writes it.
    pub fn get(&self, credential_id: &str) -> Result<Option<Carried>, StoreError> {
        let row: Option<(String, Option<String>)> = self.0.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT within, letter FROM carriers WHERE credential_id = ?1")?;
            Ok(statement.query_row([credential_id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
        })?;
        let Some((within, letter)) = row else { return Ok(None) };
        let unreadable = || StoreError::Unreadable { item: Item::Credential, id: credential_id.to_owned() };
        let within = serde_json::from_str(&within).map_err(|_| unreadable())?;
        let letter = letter.map(|text| Letter::of_json(&text).ok_or_else(unreadable)).transpose()?;
        Ok(Some(Carried { within, letter }))
    }
}

impl Letter {
    fn to_json(&self) -> Value {
        json!({ "from": self.from, "subject": self.subject, "to": self.to, "date": self.date })
    }

    fn of_json(text: &str) -> Option<Letter> {
        let value: Value = serde_json::from_str(text).ok()?;
        let field = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let to = value.get("to")?.as_array()?.iter().filter_map(|one| Some(one.as_str()?.to_owned())).collect();
        Some(Letter { from: field("from"), subject: field("subject"), to, date: field("date") })
    }
}
