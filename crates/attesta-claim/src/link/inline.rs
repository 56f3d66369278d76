//! Documents that stand in a link themselves, [RFC 2397](https://www.rfc-editor.org/rfc/rfc2397).

use std::fmt;

use attesta_credential::limits::INPUT_BYTES;
use base64::Engine;
use base64::engine::general_purpose::GeneralPurpose;
use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};

use crate::link::parameters::decode;
use crate::link::{LinkKind, RefusedLink};

/// A document out of a `data:` URL.
#[derive(Clone, PartialEq, Eq)]
pub struct InlineDocument {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type, where the link says one.
    pub media_type: Option<String>,
}

impl fmt::Debug for InlineDocument {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "InlineDocument({} bytes)", self.bytes.len())
    }
}

const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, CONFIG);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, CONFIG);

/// The document that a `data:` URL holds.
pub(crate) fn of_link(link: &str) -> LinkKind {
    let malformed = LinkKind::Refused(RefusedLink::Malformed);
    let Some((head, body)) = link.split_once(':').and_then(|(_, rest)| rest.split_once(',')) else { return malformed };
    let base64 = head.rsplit(';').next().is_some_and(|last| last.trim().eq_ignore_ascii_case("base64"));
    let media_type = head.split(';').next().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    let bytes = match base64 {
        false => Some(decode(body).into_owned().into_bytes()),
        true => {
            let digits: String = decode(body).chars().filter(|c| !c.is_whitespace()).collect();
            STANDARD.decode(&digits).or_else(|_| URL_SAFE.decode(&digits)).ok()
        }
    };
    match bytes {
        Some(bytes) if !bytes.is_empty() && bytes.len() <= INPUT_BYTES => {
            LinkKind::Inline(InlineDocument { bytes, media_type })
        }
        _ => malformed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(link: &str, expected: Option<(&str, Option<&str>)>) {
        let found = match of_link(link) {
            LinkKind::Inline(document) => Some((String::from_utf8(document.bytes).unwrap(), document.media_type)),
            _ => None,
        };
        let expected = expected.map(|(text, media_type)| (text.to_owned(), media_type.map(str::to_owned)));
        assert_eq!(found, expected, "{link}");
    }

    #[test]
    fn a_document_is_read_out_of_its_link() {
        let json = Some((r#"{"é":1}"#, Some("application/json")));
        check("data:application/json,%7B%22%C3%A9%22%3A1%7D", json);
        check(r#"data:application/json;charset=utf-8,{"é":1}"#, json);
        check("data:application/json;base64,eyLDqSI6MX0=", json);
        check("DATA:application/json;BASE64,eyLDqSI6MX0", json);
        check("data:application/json;base64,eyLD\nqSI6\nMX0=", json);
        check("data:,x", Some(("x", None)));
        check("data:application/json;base64,a", None);
        check("data:application/json;base64,", None);
        check("data:nothing", None);
    }
}
