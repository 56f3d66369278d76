//! PDF documents that carry a badge: the document information or the XMP metadata of the Open Badge Factory family,
//! and attached files, [ISO 32000-1](https://opensource.adobe.com/dc-acrobat-sdk-docs/standards/pdfstandards/pdf/PDF32000_2008.pdf)
//! 7.11.4, 14.3.2 and 14.3.3.

mod file;
mod filter;
mod syntax;

use self::file::{Bounds, File};
use self::syntax::Object;
use super::{Carried, Piece, markup, png, svg};
use crate::error::ReadError;

/// The entry of the document information, and the spellings that are met in pictures.
const INFORMATION_KEYS: [&[u8]; 3] = [b"openbadgecredential", b"openbadges", b"openbadge"];

/// Whether the bytes begin as a PDF file does.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    start.trim_ascii_start().starts_with(b"%PDF-")
}

/// What the document carries: what its information or else its metadata name, then the attached files that may be
/// credentials.
pub(super) fn extract(bytes: &[u8]) -> Result<Vec<Piece>, ReadError> {
    extract_within(bytes, Bounds::default())
}

fn extract_within(bytes: &[u8], bounds: Bounds) -> Result<Vec<Piece>, ReadError> {
    let file = File::scan(bytes, bounds);
    if file.is_encrypted() {
        return Err(ReadError::PdfEncrypted);
    }
    let named = information(&file).or_else(|| metadata(&file));
    let mut pieces: Vec<Piece> = named.map(|carried| Piece { at: String::new(), carried }).into_iter().collect();
    for (index, attachment) in file.attachments().enumerate() {
        if let Some(carried) = attachment.and_then(|bytes| attached(&bytes)) {
            pieces.push(Piece { at: format!("/{index}"), carried });
        }
    }
    match pieces.is_empty() {
        false => Ok(pieces),
        true if file.is_over_a_limit() => Err(ReadError::TooLarge { limit: bounds.expanded_bytes }),
        true if !file.has_an_end() => Err(ReadError::Truncated),
        true if file.catalog().is_none() => Err(ReadError::PdfDamaged),
        true => Err(ReadError::PdfWithoutCredential),
    }
}

fn information(file: &File<'_>) -> Option<Carried> {
    let information = file.information()?;
    INFORMATION_KEYS.iter().find_map(|key| match file.followed(information.get(key)?)? {
        Object::Text(text) => Carried::of(&utf8(&text)),
        _ => None,
    })
}

fn metadata(file: &File<'_>) -> Option<Carried> {
    let packet = file.stream(file.catalog()?.get(b"Metadata")?)?;
    let text = std::str::from_utf8(&packet).ok()?;
    markup::walk(svg::unmarked(text).trim()).ok()?.first().ok()?
}

/// What an attached file is: a baked picture, or the text of a credential. Documents within documents are left alone.
fn attached(bytes: &[u8]) -> Option<Carried> {
    if png::is_png(bytes) {
        return png::extract(bytes).ok();
    }
    if svg::is_svg(bytes) {
        return svg::extract(bytes).ok();
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let may_be_one = start.starts_with(b"{") || start.starts_with(b"[") || start.starts_with(b"eyJ");
    may_be_one.then(|| Carried::of(bytes))?
}

/// A text string, 7.9.2: UTF-16 or UTF-8 with a mark, else an eight-bit encoding that agrees with ASCII where a
/// credential is ASCII. Writers that forget the mark of UTF-8 are understood.
fn utf8(text: &[u8]) -> Vec<u8> {
    let wide = |rest: &[u8], order: fn([u8; 2]) -> u16| -> Vec<u8> {
        let units = rest.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
        char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>().into()
    };
    match text {
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => rest.to_vec(),
        _ if std::str::from_utf8(text).is_ok() => text.to_vec(),
        _ => text.iter().map(|byte| char::from(*byte)).collect::<String>().into(),
    }
}

#[cfg(test)]
mod tests;
