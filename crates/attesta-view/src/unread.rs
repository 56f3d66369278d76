//! What is told of bytes that can't be read as a credential.

use std::collections::BTreeMap;

use attesta_credential::{ReadError, UnsupportedFormat};

/// The values that the words under `error.<code>` have places for.
pub fn read_params(error: &ReadError) -> BTreeMap<String, String> {
    let (name, value) = match error {
        ReadError::NotJson(error) => ("offset", error.offset.to_string()),
        ReadError::DuplicateKey { pointer } => ("pointer", pointer.clone()),
        ReadError::TooMany { limit } => ("limit", limit.to_string()),
        ReadError::UnsupportedFormat { what } => ("what", format_name(*what).to_owned()),
        ReadError::PictureWithoutCredential { kind } => ("kind", kind.as_str().to_owned()),
        ReadError::OnlyALink { url } => ("url", url.clone()),
        ReadError::NotAToken(_)
        | ReadError::TooDeep
        | ReadError::TooLarge { .. }
        | ReadError::NotUtf8
        | ReadError::Truncated
        | ReadError::NotACredential { .. }
        | ReadError::PngWithoutCredential
        | ReadError::PngDamaged { .. }
        | ReadError::SvgDamaged { .. }
        | ReadError::PdfWithoutCredential
        | ReadError::PdfEncrypted
        | ReadError::PdfDamaged => return BTreeMap::new(),
    };
    BTreeMap::from([(name.to_owned(), value)])
}

/// The name that a form goes by in every language.
fn format_name(what: UnsupportedFormat) -> &'static str {
    match what {
        UnsupportedFormat::Jwt => "JWT",
        UnsupportedFormat::SdJwt => "SD-JWT",
        UnsupportedFormat::CborLd => "CBOR-LD (VP1)",
    }
}
