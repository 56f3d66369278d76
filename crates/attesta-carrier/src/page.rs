//! Web pages, as mails are written in them: their text, their link targets, and credentials in their markup. Nothing
//! that a page names is loaded.

mod reader;

use crate::limits::PAGE_BYTES;
use crate::piece::{Content, UnpackError};
use crate::text;
use crate::unpacking::{Place, Unpacking};

pub(crate) use reader::Page;

/// Reads a page.
pub(crate) fn read(markup: &str) -> Page {
    reader::read(text::start_of(markup, PAGE_BYTES))
}

/// Takes a page apart that is a file of its own.
pub(crate) fn unpack(unpacking: &mut Unpacking, place: &Place, markup: &str) -> Result<(), UnpackError> {
    let page = read(markup);
    for credential in page.credentials {
        let bytes = credential.into_bytes();
        unpacking.push(place.clone(), Content::Document { media_type: None, bytes })?;
    }
    unpacking.push(place.clone(), Content::Text(page.text))
}

#[cfg(test)]
mod tests;
