//! Documents for paper and for keeping: PDF, tagged for assistive technology, with the credentials inside.

use attesta_share::QrCode;
use attesta_view::{Language, PresentationView};
use jiff::Timestamp;
use thiserror::Error;

mod attachment;
mod code;
mod credential;
mod document;
mod emit;
mod face;
mod facts;
mod layout;
mod palette;
mod paragraph;
mod prose;
mod seal;
mod sheet_page;
mod standard;

/// The paper that a document is made for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paper {
    /// 8.5 by 11 inches, usual in Canada.
    #[default]
    Letter,
    /// 210 by 297 millimetres.
    A4,
}

impl Paper {
    /// Width and height in points, 72 to the inch.
    pub(crate) fn points(self) -> (f32, f32) {
        match self {
            Paper::Letter => (612.0, 792.0),
            Paper::A4 => (595.28, 841.89),
        }
    }
}

/// A bundle as a document.
#[derive(Debug, Clone, Copy)]
pub struct Handout<'a> {
    /// The bundle as its reader sees it, with what was found when the document was made; pictures as PNG `data:` URLs.
    pub presentation: &'a PresentationView,
    /// The signed presentation, attached as `bundle.json`.
    pub bundle: &'a [u8],
    /// Each credential as it was issued, in the order of the presentation.
    pub files: &'a [CredentialFile<'a>],
    /// The link that opens the bundle, where there is one.
    pub link: Option<&'a str>,
    /// The QR code of a link that opens the bundle; none where no code holds it.
    pub code: Option<&'a QrCode>,
    /// The address of the page that checks, without a bundle in it; none where none is set.
    pub page: Option<&'a str>,
    /// When the document is made.
    pub made_at: Timestamp,
    /// The language of our own words in it.
    pub language: Language,
    /// The paper.
    pub paper: Paper,
}

/// A credential as it was issued.
#[derive(Debug, Clone, Copy)]
pub struct CredentialFile<'a> {
    /// Its title, from which the name of the file is made.
    pub title: &'a str,
    /// Its bytes, attached unchanged.
    pub bytes: &'a [u8],
}

/// A sheet with one large code, to print and pin up or to lay on a counter.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// The bundle's or the credential's title.
    pub title: &'a str,
    /// The earner's name, where it is to stand on the sheet.
    pub earner: Option<&'a str>,
    /// The code.
    pub code: &'a QrCode,
    /// What the code holds, where it is short enough to type, else the address of the page that checks.
    pub address: Option<&'a str>,
    /// When the sheet is made.
    pub made_at: Timestamp,
    /// The language that comes first; the other one follows.
    pub language: Language,
    /// The paper.
    pub paper: Paper,
}

/// A document that could not be written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HandoutError {
    /// The bundle fills more pages than anybody reads.
    #[error("the document would have more than {limit} pages")]
    TooManyPages {
        /// The most pages that a document may have.
        limit: usize,
    },
    /// The attached files are larger than a document may be.
    #[error("the attached files are larger than {limit} bytes together")]
    TooLarge {
        /// The most bytes that the attachments may have together.
        limit: usize,
    },
    /// What was written breaks rules of PDF/A-3a or PDF/UA-1. The names of the rules tell nothing of the content.
    #[error("the document breaks rules of accessible documents: {}", rules.join(", "))]
    NotAccessible {
        /// The rules, by name.
        rules: Vec<&'static str>,
    },
    /// The writer gave up.
    #[error("the document could not be written")]
    NotWritten,
}

/// The document of a bundle: PDF/A-3a that follows PDF/UA-1 too, with the signed presentation and each credential
/// attached byte for byte. The same input gives the same bytes.
///
/// Long texts are shortened on paper, and say so; the attached files hold all of them. What the fonts have no glyph for
/// stands as a box whose text can still be copied.
///
/// # Errors
/// See [`HandoutError`].
pub fn pdf(handout: &Handout<'_>) -> Result<Vec<u8>, HandoutError> {
    document::document(handout)
}

/// One page with a code as large as the paper allows and what to do with it, in both languages.
///
/// # Errors
/// See [`HandoutError`].
pub fn sheet(sheet: &Sheet<'_>) -> Result<Vec<u8>, HandoutError> {
    sheet_page::print_sheet(sheet)
}

#[cfg(test)]
mod tests;
