//! What the window asks about shares.

use attesta_view::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::view::{Paper, ShareForm};

/// A share to be made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShareBundle {
    /// The bundle's identifier.
    pub bundle: String,
    /// In which form.
    pub form: ShareForm,
    /// Until when it counts: a date (`2027-01-31`, its end in UTC) or an RFC 3339 time; none for no end.
    #[serde(default)]
    pub expires: Option<String>,
    /// To whom it is given, for the learner's own list.
    #[serde(default)]
    pub recipient: Option<String>,
    /// What opens it; only for a link, QR codes and the file for the browser. Never kept.
    #[serde(default)]
    pub passphrase: Option<String>,
    /// The language of what is made; none for the program's.
    #[serde(default)]
    pub language: Option<Language>,
}

/// A file that the learner saves from a share, through the system's own dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShareFile {
    /// The QR code as a picture.
    Png,
    /// The QR code as a drawing.
    Svg,
    /// A page to print with the QR code, a PDF.
    Sheet,
    /// The signed presentation.
    Json,
    /// The file for the browser.
    Html,
    /// The document.
    Pdf,
}

/// A share's file to be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaveShare {
    /// The share's identifier.
    pub id: String,
    /// Which file.
    pub file: ShareFile,
    /// The language of what it says; none for the program's.
    #[serde(default)]
    pub language: Option<Language>,
    /// The paper; none for the one that is set.
    #[serde(default)]
    pub paper: Option<Paper>,
}

/// A credential to be put on a LinkedIn profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddToProfile {
    /// The record's identifier.
    pub credential: String,
}

/// The address that fills in LinkedIn's form. Nothing is sent until the learner opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProfileView {
    /// LinkedIn's address.
    pub url: String,
    /// The page where a visitor of the profile can check the credential, where there is one that opens.
    pub shown: Option<String>,
}

/// A badge's own picture with the credential baked in, to be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaveBadge {
    /// The record's identifier.
    pub credential: String,
    /// `png` or `svg`.
    pub picture: String,
}

/// What somebody shares, to be opened.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpenShare {
    /// The link, or the text of a file.
    pub text: String,
    /// What opens it, where it is sealed.
    #[serde(default)]
    pub passphrase: Option<String>,
}
