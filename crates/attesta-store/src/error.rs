//! What can go wrong with a wallet on disk. Nothing here holds a credential's contents.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why a wallet could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A newer version of Attesta has written it. It was left untouched.
    #[error("the wallet has format {found}, this version knows formats up to {known}")]
    Newer {
        /// The format of the file.
        found: u32,
        /// The newest format this version knows.
        known: u32,
    },
    /// The file is something else.
    #[error("{} is not a wallet", path.display())]
    NotAWallet {
        /// The file.
        path: PathBuf,
    },
    /// The file was a wallet and can't be read any more.
    #[error("the wallet {} is damaged", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// Another process held it for longer than five seconds.
    #[error("another program is using the wallet {}", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The folder or file can't be made or opened.
    #[error("{} can't be opened", path.display())]
    Disk {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The database can't be opened or set up for another reason, a full disk among them.
    #[error("the database {} can't be opened", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        #[source]
        source: rusqlite::Error,
    },
}

impl OpenError {
    /// A stable code for the faces of the program.
    pub fn code(&self) -> &'static str {
        match self {
            OpenError::Newer { .. } => "wallet_newer",
            OpenError::NotAWallet { .. } => "not_a_wallet",
            OpenError::Damaged { .. } => "wallet_damaged",
            OpenError::Busy { .. } => "wallet_locked",
            OpenError::Disk { .. } | OpenError::Database { .. } => "disk",
        }
    }

    /// The error of a statement on the file at `path`.
    pub(crate) fn from_sqlite(path: &std::path::Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => OpenError::Busy { path },
            Some(ErrorCode::NotADatabase) => OpenError::NotAWallet { path },
            Some(ErrorCode::DatabaseCorrupt) => OpenError::Damaged { path },
            _ => OpenError::Database { path, source },
        }
    }
}

/// The kinds of record that an error can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A credential.
    Credential,
    /// A bundle.
    Bundle,
    /// A share.
    Share,
    /// A credential's report.
    Report,
}

impl std::fmt::Display for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Item::Credential => "credential",
            Item::Bundle => "bundle",
            Item::Share => "share",
            Item::Report => "report",
        })
    }
}

/// Why something could not be read from or written to an open wallet. A write that fails leaves the wallet as it was.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such record.
    #[error("there is no {item} {id}")]
    NotFound {
        /// What kind of record.
        item: Item,
        /// The identifier that was asked for.
        id: String,
    },
    /// There already is such a record: one with this identifier or, for a credential, with the same document.
    #[error("the {item} is already stored as {id}")]
    AlreadyStored {
        /// What kind of record.
        item: Item,
        /// The identifier of the one that is stored.
        id: String,
    },
    /// A bundle names the same credential twice.
    #[error("the bundle names the credential {credential} twice")]
    RepeatedMember {
        /// The credential.
        credential: String,
    },
    /// A credential can't be superseded by itself, nor by one that is itself superseded.
    #[error("the credential {id} is not a current one that could supersede another")]
    NotCurrent {
        /// The one that was to supersede.
        id: String,
    },
    /// A stored value is not in the form in which this version writes it.
    #[error("the {item} of {id} can't be read")]
    Unreadable {
        /// What kind of record.
        item: Item,
        /// The credential, bundle or share it belongs to.
        id: String,
    },
    /// Another process held the wallet for longer than five seconds.
    #[error("another program is using the wallet")]
    Busy,
    /// There is no room on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// The file is damaged.
    #[error("the wallet is damaged")]
    Damaged,
    /// Any other failure of the database or disk.
    #[error("the database failed")]
    Database(#[source] rusqlite::Error),
}

impl StoreError {
    /// A stable code for the faces of the program.
    pub fn code(&self) -> &'static str {
        match self {
            StoreError::NotFound { .. } => "not_found",
            StoreError::AlreadyStored { .. } => "already_stored",
            StoreError::RepeatedMember { .. } => "repeated_member",
            StoreError::NotCurrent { .. } => "not_current",
            StoreError::Busy => "wallet_locked",
            StoreError::DiskFull => "disk_full",
            StoreError::Damaged | StoreError::Unreadable { .. } => "wallet_damaged",
            StoreError::Database(_) => "disk",
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
            Some(ErrorCode::DiskFull) => StoreError::DiskFull,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Damaged,
            _ => StoreError::Database(error),
        }
    }
}
