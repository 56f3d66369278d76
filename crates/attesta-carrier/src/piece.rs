//! What a carrier holds.

use std::fmt;

use thiserror::Error;

/// All that a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// The pieces, in the order in which they stand.
    pub pieces: Vec<Piece>,
    /// What could not be looked into, and why.
    pub skipped: Vec<Skipped>,
}

/// One document or text in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The file's own name, or that of the part in it; never a path that could be written to.
    pub name: String,
    /// The carriers around it, outermost first: `mail.mbox`, the mail's subject, `badges.zip`; in another wallet's backup
    /// the profile's name comes last.
    pub within: Vec<String>,
    /// The mail it stands in, the innermost one.
    pub letter: Option<Letter>,
    /// What it is.
    pub content: Content,
}

/// A document's bytes or a text.
#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// A file of its own: bytes exactly as they were before they were packed or encoded for transport.
    Document {
        /// Its Content-Type, where the carrier says one.
        media_type: Option<String>,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// A text that people read, in which links may stand. Where it was written as a page, each link target stands on a
    /// line of its own behind the words that it was under.
    Text(String),
    /// What a QR code in a picture says.
    Code(String),
}

impl fmt::Debug for Content {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Content::Document { media_type, bytes } => write!(out, "Document({media_type:?}, {} bytes)", bytes.len()),
            Content::Text(text) => write!(out, "Text({} bytes)", text.len()),
            Content::Code(text) => write!(out, "Code({} bytes)", text.len()),
        }
    }
}

/// What a mail says of itself. All of it is only what its sender wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    /// Whom it claims to be from: the name, else the address.
    pub from: Option<String>,
    /// Its subject.
    pub subject: Option<String>,
    /// The addresses that it came to (`Delivered-To`, `X-Original-To`, `To`), each once, as written.
    pub to: Vec<String>,
    /// Its date, RFC 3339.
    pub date: Option<String>,
}

/// A part that could not be looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its name.
    pub name: String,
    /// The carriers around it, outermost first.
    pub within: Vec<String>,
    /// Why.
    pub why: UnpackError,
}

/// Why a file or a part of it can't be taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UnpackError {
    /// A document larger than 8 MiB, a file larger than 64 MiB, or one that unpacks to more than that in all.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// More parts than are looked at.
    #[error("more than {limit} parts")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// Nested more deeply than is looked into.
    #[error("nested more deeply than {limit}")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// Locked with a password, or encrypted.
    #[error("encrypted")]
    Encrypted,
    /// Damaged or cut off.
    #[error("damaged")]
    Damaged,
    /// A form that is recognised and not read.
    #[error("{what} is not read")]
    Unsupported {
        /// Its name.
        what: &'static str,
    },
    /// Private keys of another wallet. They are left where they are: this wallet has keys of its own and takes over
    /// nobody else's.
    #[error("holds private keys, which are left alone")]
    PrivateKeys,
}

impl UnpackError {
    /// The stable code of the error.
    pub fn code(&self) -> &'static str {
        match self {
            UnpackError::TooLarge { .. } => "carrier_too_large",
            UnpackError::TooMany { .. } => "carrier_too_many",
            UnpackError::TooDeep { .. } => "carrier_too_deep",
            UnpackError::Encrypted => "carrier_encrypted",
            UnpackError::Damaged => "carrier_damaged",
            UnpackError::Unsupported { .. } => "carrier_unsupported",
            UnpackError::PrivateKeys => "carrier_private_keys",
        }
    }

    /// Every code, so that the message files can be checked for completeness.
    pub const CODES: [&'static str; 7] = [
        "carrier_too_large",
        "carrier_too_many",
        "carrier_too_deep",
        "carrier_encrypted",
        "carrier_damaged",
        "carrier_unsupported",
        "carrier_private_keys",
    ];
}
