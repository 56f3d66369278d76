//! Opening the wallet in a folder, making it on first use.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::access::Store;
use crate::error::OpenError;
use crate::migrate::{APPLICATION_ID, format, migrate};

/// The wallet's file in its folder.
pub const FILE_NAME: &str = "attesta.sqlite3";

/// How long a call waits for another process that is writing. A write takes milliseconds; one that takes longer than
/// this is stuck, and the learner should hear of it.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How many prepared statements are kept: all there are.
const PREPARED_STATEMENTS: usize = 64;

impl Store {
    /// Opens the wallet in `folder`, making both on first use, for the owner alone.
    ///
    /// # Errors
    /// [`OpenError`]. A file that is no wallet, or one of a newer version, is left as it is.
    pub fn open(folder: &Path) -> Result<Store, OpenError> {
        make_folder(folder).map_err(|source| OpenError::Disk { path: folder.to_owned(), source })?;
        let path = folder.join(FILE_NAME);
        make_file(&path).map_err(|source| OpenError::Disk { path: path.clone(), source })?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection =
            Connection::open_with_flags(&path, flags).map_err(|error| OpenError::from_sqlite(&path, error))?;
        let end = Instant::now() + BUSY_TIMEOUT;
        loop {
            match open_file(&mut connection, &path) {
                // Switching a new file to its log is the one step for which SQLite itself does not wait.
                Err(OpenError::Busy { .. }) if Instant::now() < end => thread::sleep(Duration::from_millis(10)),
                Err(error) => return Err(error),
                Ok(()) => return Ok(Store::new(connection)),
            }
        }
    }

    /// A wallet in memory, gone when it is dropped; for tests and for looking at something without keeping it.
    ///
    /// # Errors
    /// [`OpenError::Database`] if there is no memory for it.
    pub fn in_memory() -> Result<Store, OpenError> {
        let path = Path::new(":memory:");
        let mut connection = Connection::open_in_memory().map_err(|error| OpenError::from_sqlite(path, error))?;
        configure(&connection).map_err(|error| OpenError::from_sqlite(path, error))?;
        migrate(&mut connection, path)?;
        Ok(Store::new(connection))
    }
}

fn open_file(connection: &mut Connection, path: &Path) -> Result<(), OpenError> {
    let failed = |error| OpenError::from_sqlite(path, error);
    connection.busy_timeout(BUSY_TIMEOUT).map_err(failed)?;
    recognise(connection, path)?;
    restrict(path).map_err(|source| OpenError::Disk { path: path.to_owned(), source })?;
    configure(connection).map_err(failed)?;
    migrate(connection, path)
}

/// Refuses what is not ours or too new before anything is written.
fn recognise(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let failed = |error| OpenError::from_sqlite(path, error);
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(failed)?;
    if application == APPLICATION_ID {
        return format(connection, path).map(|_| ());
    }
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(failed)?;
    match application == 0 && tables == 0 {
        true => Ok(()),
        false => Err(OpenError::NotAWallet { path: path.to_owned() }),
    }
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    // Readers and one writer side by side, in several processes.
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    // What was acknowledged survives a power cut; on macOS only the full variant reaches the disk itself.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What was removed is overwritten, and nothing is spilled into temporary files.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // A damaged or doctored file must not run functions or pass unnoticed.
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    Ok(())
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    // A folder that is there already may be shared with other programs; its rights are not ours to change.
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Makes the file before SQLite does, which would make it readable by others.
#[cfg(unix)]
fn make_file(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path).map(|_| ())
}

#[cfg(not(unix))]
fn make_file(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create(true).truncate(false).open(path).map(|_| ())
}

/// Takes everybody else's rights from a wallet that was copied here with them, before SQLite gives the log beside it
/// the same.
#[cfg(unix)]
fn restrict(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    match fs::metadata(path)?.permissions().mode() & 0o077 {
        0 => Ok(()),
        _ => fs::set_permissions(path, fs::Permissions::from_mode(0o600)),
    }
}

#[cfg(not(unix))]
fn restrict(_path: &Path) -> io::Result<()> {
    Ok(())
}
