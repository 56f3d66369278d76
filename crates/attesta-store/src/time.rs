//! Times as the database holds them.

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

/// A time as RFC 3339 text. Always nine decimals, so that comparing texts compares times: without them
/// `…:01.5Z` would sort before `…:01Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Time(pub(crate) Timestamp);

impl ToSql for Time {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(format!("{:.9}", self.0)))
    }
}

impl FromSql for Time {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map(Time).map_err(|_| FromSqlError::InvalidType)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use rusqlite::Connection;

    use super::Time;

    #[test]
    fn times_keep_their_nanoseconds_and_sort_as_text() {
        let connection = Connection::open_in_memory().expect("a database");
        let times = [
            "1969-12-31T23:59:59.999999999Z",
            "2026-11-21T08:00:01Z",
            "2026-11-21T08:00:01.5Z",
            "2026-11-21T08:00:02Z",
        ];
        let mut texts = Vec::new();
        for time in times {
            let time = Time(time.parse::<Timestamp>().expect("a time"));
            let back: Time = connection.query_row("SELECT ?1", [time], |row| row.get(0)).expect("the time again");
            assert_eq!(back, time);
            texts.push(connection.query_row("SELECT ?1", [time], |row| row.get::<_, String>(0)).expect("its text"));
        }
        assert!(texts.is_sorted(), "{texts:?}");
        assert_eq!(texts[1], "2026-11-21T08:00:01.000000000Z");
    }
}
