//! Shares as the window and the command line see them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ConcernView;

/// The forms in which a bundle can be shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShareForm {
    /// A self-contained link.
    Link,
    /// One QR code, of that link.
    Qr,
    /// QR codes shown in turn.
    Sequence,
    /// A link to a copy on the VerifierPlus that the learner set.
    Hosted,
    /// A file for the browser that shows the bundle and checks itself.
    Html,
    /// A document to print or attach, with the credentials inside.
    Pdf,
    /// The signed presentation as a JSON file.
    Json,
}

/// The paper that a document is made for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 8.5 by 11 inches, usual in Canada.
    #[default]
    Letter,
    /// 210 by 297 millimetres.
    A4,
}

/// One share that was given out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShareView {
    /// Its identifier.
    pub id: String,
    /// The bundle's identifier; the bundle itself may be gone.
    pub bundle: String,
    /// The bundle's version that was shared.
    pub version: u32,
    /// The bundle's title then.
    pub title: String,
    /// To whom it was given, in the learner's own words; never part of what is given.
    pub recipient: Option<String>,
    /// How many credentials it carried.
    pub count: u32,
    /// In which form.
    pub form: ShareForm,
    /// Whether it opens only with a passphrase. The passphrase itself is not kept.
    pub sealed: bool,
    /// Whether it carries the one credential alone, without the bundle's title, notes and signature, because only so it
    /// fits one QR code that scans well.
    pub bare: bool,
    /// When, RFC 3339.
    pub created_at: String,
    /// Until when it counts, RFC 3339.
    pub expires_at: Option<String>,
    /// The link, for a link, a QR code or a hosted copy.
    pub link: Option<String>,
    /// Whether `link` opens the employer's page in a browser (`true`) or only Attesta (`false`).
    pub opens_in_browser: bool,
    /// Whether the link is longer than some mail programs carry.
    pub long_link: bool,
    /// The QR code as SVG, where one code holds the link.
    pub qr_svg: Option<String>,
    /// The QR version (1 to 40) of that code.
    pub qr_version: Option<u8>,
    /// Whether the code is too dense to scan well off a screen.
    pub qr_dense: bool,
    /// Whether it can be stopped, was, or never could be.
    pub stopping: Stopping,
    /// When it was stopped, RFC 3339.
    pub stopped_at: Option<String>,
    /// What has become of its credentials since it was given out.
    pub concerns: Vec<ConcernView>,
    /// The files that were written, for the command line.
    pub files: Vec<String>,
}

/// Whether a share can be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stopping {
    /// Nobody can take it back: what was given out is whole in itself.
    Impossible,
    /// Its host can be asked to forget it.
    Possible,
    /// Its host has forgotten it.
    Stopped,
}

/// QR codes that are shown in turn until a reader has enough of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SequenceView {
    /// The codes as SVG, in the order they are shown, then from the start again.
    pub codes: Vec<String>,
    /// How many of them, any, are enough for a reader that misses none.
    pub enough: u32,
    /// The QR version (1 to 40) of each.
    pub qr_version: u8,
    /// The address of the employer's page, whose camera reads them; `None` where no page is set.
    pub page: Option<String>,
}
