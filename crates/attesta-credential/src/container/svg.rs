//! Baked SVG pictures. Only the credential's element is read; the picture itself is never drawn.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Carried, markup};
use crate::error::{PictureKind, ReadError};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Whether the bytes are XML whose root is an `svg` element. A page that has a drawing in it is not.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let head = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    };
    let head = unmarked(head).trim_start();
    if !head.starts_with('<') {
        return false;
    }
    let mut reader = Reader::from_str(head);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => return tag.local_name().into_inner() == "svg",
            Ok(Event::Text(text)) if !text.trim_ascii().is_empty() => return false,
            Ok(Event::Eof | Event::End(_) | Event::CData(_) | Event::GeneralRef(_)) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// The text without the byte order mark that it may begin with.
pub(super) fn unmarked(text: &str) -> &str {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)
}

/// What the first credential's element in the picture carries.
pub(super) fn extract(bytes: &[u8]) -> Result<Carried, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|_| ReadError::NotUtf8)?;
    let carried = markup::walk(unmarked(text))?.first().map_err(|what| ReadError::SvgDamaged { what })?;
    carried.ok_or(ReadError::PictureWithoutCredential { kind: PictureKind::Svg })
}

#[cfg(test)]
mod tests;
