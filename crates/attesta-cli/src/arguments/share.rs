//! What `share` and `open` take.

use std::path::PathBuf;

use attesta_wallet::view::Paper;
use clap::{Args, ValueEnum};

use super::Lang;

#[derive(Debug, Args)]
pub(crate) struct Share {
    /// The bundle's identifier, or its first characters
    #[arg(value_name = "BUNDLE")]
    pub(crate) bundle: String,
    /// In which form
    #[arg(long = "as", value_name = "FORM")]
    pub(crate) form: Form,
    /// Where to write: a file, or for codes also a folder
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Until when it counts: a date such as 2027-01-31, or a time
    #[arg(long, value_name = "DATE")]
    pub(crate) expires: Option<String>,
    /// To whom you give it, for your own list; it is no part of what is given
    #[arg(long = "to", value_name = "WHOM")]
    pub(crate) recipient: Option<String>,
    /// Seal it with the passphrase on the first line of this file, or - for the standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// The paper of a document; the one that is set without it
    #[arg(long, value_name = "a4|letter")]
    pub(crate) paper: Option<PaperChoice>,
    /// The language of what is made; that of the words without it
    #[arg(long, value_name = "en|fr")]
    pub(crate) language: Option<Lang>,
}

#[derive(Debug, Args)]
pub(crate) struct Open {
    /// A share link, a file, - for the standard input, or the pictures of codes that are shown in turn
    #[arg(value_name = "LINK|FILE", required = true)]
    pub(crate) sources: Vec<String>,
    /// What opens it, on the first line of this file, or - for the standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// The papers that documents are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PaperChoice {
    /// 210 by 297 millimetres
    A4,
    /// 8.5 by 11 inches
    Letter,
}

impl From<PaperChoice> for Paper {
    fn from(choice: PaperChoice) -> Paper {
        match choice {
            PaperChoice::A4 => Paper::A4,
            PaperChoice::Letter => Paper::Letter,
        }
    }
}

/// The forms of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// A link that carries everything
    Link,
    /// A QR code of such a link
    Qr,
    /// QR codes that are shown in turn
    Sequence,
    /// A link to a copy at the VerifierPlus that is set
    Hosted,
    /// A file for the browser that shows the bundle and checks itself
    Html,
    /// A document with the credentials inside
    Pdf,
    /// The signed presentation as a file
    Json,
}
