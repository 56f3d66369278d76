//! Brings a database to the newest format, all steps in one transaction.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::error::OpenError;

/// Marks the file as a wallet of ours: "Atst" in ASCII.
pub(crate) const APPLICATION_ID: i32 = 0x4174_7374;

/// Every format's step from the one before. A released one is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_initial.sql"),
    include_str!("../migrations/0002_import.sql"),
    include_str!("../migrations/0003_sharing.sql"),
];

/// The newest format this version knows.
pub(crate) const KNOWN: u32 = MIGRATIONS.len() as u32;

/// Runs the steps that are missing. The database at `path` must be empty or one of ours.
pub(crate) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), OpenError> {
    let failed = |error| OpenError::from_sqlite(path, error);
    if format(connection, path)? == KNOWN {
        return Ok(());
    }
    let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    // Asked again under the lock: another process may have done the work meanwhile.
    let found = format(&begun, path)?;
    for step in &MIGRATIONS[found as usize..] {
        begun.execute_batch(step).map_err(failed)?;
    }
    begun.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
    begun.pragma_update(None, "user_version", KNOWN).map_err(failed)?;
    begun.commit().map_err(failed)
}

/// The format of a database; 0 for an empty one.
pub(crate) fn format(connection: &Connection, path: &Path) -> Result<u32, OpenError> {
    let found: i32 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|error| OpenError::from_sqlite(path, error))?;
    match u32::try_from(found) {
        Ok(found) if found > KNOWN => Err(OpenError::Newer { found, known: KNOWN }),
        Ok(found) => Ok(found),
        Err(_) => Err(OpenError::Damaged { path: path.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::MIGRATIONS;

    /// Every table and index with its definition, comments and layout taken out.
    fn definitions(statements: &[&str]) -> Vec<(String, String, String)> {
        let connection = Connection::open_in_memory().expect("a database");
        for statement in statements {
            connection.execute_batch(statement).expect("statements that SQLite takes");
        }
        let mut rows = connection
            .prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
            .expect("the schema");
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, plain(&row.get::<_, String>(2)?))))
            .expect("rows")
            .collect::<Result<_, _>>()
            .expect("readable rows")
    }

    fn plain(sql: &str) -> String {
        let code = sql.lines().map(|line| line.split_once("--").map_or(line, |(code, _)| code));
        let words: Vec<&str> = code.flat_map(str::split_whitespace).collect();
        // A column that was added later stands after the layout of those before it.
        words.join(" ").replace(" ,", ",").replace(" )", ")")
    }

    #[test]
    fn schema_sql_equals_what_the_migrations_build() {
        let documented = definitions(&[include_str!("../schema.sql")]);
        let built = definitions(MIGRATIONS);
        assert_eq!(documented, built);
        assert!(built.iter().any(|(_, name, _)| name == "credentials"), "the migrations build nothing");
    }

    #[test]
    fn every_column_is_documented_in_schema_sql() {
        let text = include_str!("../schema.sql");
        let columns = |line: &&str| {
            let first = line.trim_start().chars().next();
            line.starts_with("  ") && first.is_some_and(|first| first.is_ascii_lowercase()) && !line.contains(" = '")
        };
        let undocumented: Vec<&str> = text.lines().filter(columns).filter(|line| !line.contains(" -- ")).collect();
        assert!(undocumented.is_empty(), "{undocumented:?}");
    }
}
