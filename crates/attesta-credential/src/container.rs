//! Containers: forms that carry a credential's bytes inside something else, one file per kind.

mod bake_svg;
mod markup;
mod pdf;
mod picture;
pub(crate) mod png;
mod svg;

pub use bake_svg::bake_svg;

use std::fmt;

use thiserror::Error;

use crate::error::ReadError;
use crate::limits::LINK_BYTES;
use crate::shape;

/// What the credential arrived in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Container {
    /// The credential's own text, alone or in an array or presentation.
    Plain,
    /// A baked PNG picture.
    Png,
    /// A baked SVG picture.
    Svg,
    /// A PDF document that names or has attached a credential.
    Pdf,
}

impl Container {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Container::Plain => "json",
            Container::Png => "png",
            Container::Svg => "svg",
            Container::Pdf => "pdf",
        }
    }
}

/// Why a credential could not be written into a picture.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BakeError {
    /// The picture is not of the kind asked for, or a damaged one.
    #[error("the picture can't carry a credential: {0}")]
    Picture(#[from] ReadError),
    /// The baked file would be larger than is read.
    #[error("the baked picture would be larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The credential has characters that XML can't hold, or is no UTF-8 text at all.
    #[error("the credential is not text that an SVG picture can hold")]
    NotXmlText,
}

/// What a container carries.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Carried {
    /// The bytes of a credential in some form, exactly as they stand in the container.
    Credential(Vec<u8>),
    /// The address of a credential that has to be fetched, `https` or `http`.
    Link(String),
}

/// Something that a container carries, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Empty at the one place that the format has for a credential; `/0`, `/1`, … for attached files.
    pub(crate) at: String,
    /// What stands there.
    pub(crate) carried: Carried,
}

impl Carried {
    /// Tells an address from a credential. A JWS loses the space around it, which is none of its own; JSON keeps it.
    /// `None` when there is nothing but space.
    fn of(text: &[u8]) -> Option<Carried> {
        let trimmed = text.trim_ascii();
        match std::str::from_utf8(trimmed) {
            _ if trimmed.is_empty() => None,
            Ok(address) if is_link(address) => Some(Carried::Link(address.to_owned())),
            Ok(token) if token.starts_with("eyJ") => Some(Carried::Credential(trimmed.to_vec())),
            _ => Some(Carried::Credential(text.to_vec())),
        }
    }
}

impl fmt::Debug for Carried {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Contents never reach a log line.
        match self {
            Carried::Credential(bytes) => write!(out, "Credential({} bytes)", bytes.len()),
            Carried::Link(url) => write!(out, "Link({} bytes)", url.len()),
        }
    }
}

fn is_link(text: &str) -> bool {
    let starts = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    text.len() <= LINK_BYTES && (starts("https://") || starts("http://")) && shape::is_url(text)
}

/// What the bytes carry, when they are a container: never empty. `None` when they are none, and speak for themselves.
///
/// # Errors
/// [`ReadError`] when the container is damaged or locked, or carries nothing.
pub(crate) fn open(bytes: &[u8]) -> Result<Option<(Container, Vec<Piece>)>, ReadError> {
    let alone = |carried| vec![Piece { at: String::new(), carried }];
    if png::is_png(bytes) {
        return Ok(Some((Container::Png, alone(png::extract(bytes)?))));
    }
    if pdf::is_pdf(bytes) {
        return Ok(Some((Container::Pdf, pdf::extract(bytes)?)));
    }
    if svg::is_svg(bytes) {
        return Ok(Some((Container::Svg, alone(svg::extract(bytes)?))));
    }
    match picture::kind(bytes) {
        Some(kind) => Err(ReadError::PictureWithoutCredential { kind }),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_a_credential() {
        #[track_caller]
        fn check(text: &str, expected: Option<Carried>) {
            assert_eq!(Carried::of(text.as_bytes()), expected);
        }
        let credential = |text: &str| Some(Carried::Credential(text.as_bytes().to_vec()));
        let link = |text: &str| Some(Carried::Link(text.to_owned()));
        check("https://badges.example/1", link("https://badges.example/1"));
        check("\n HTTP://badges.example/1?a=b \0".trim_end_matches('\0'), link("HTTP://badges.example/1?a=b"));
        check("https://badges.example/1 and more", credential("https://badges.example/1 and more"));
        check("file:///etc/passwd", credential("file:///etc/passwd"));
        check("javascript:alert(1)", credential("javascript:alert(1)"));
        check(" {\"id\":\"https://a.example\"}\n", credential(" {\"id\":\"https://a.example\"}\n"));
        check("\n eyJhbGciOiJSUzI1NiJ9.e30.c2ln\n", credential("eyJhbGciOiJSUzI1NiJ9.e30.c2ln"));
        check(" \r\n\t", None);
        let long = format!("https://badges.example/{}", "a".repeat(LINK_BYTES));
        check(&long, credential(&long));
    }

    #[test]
    fn what_is_no_container_speaks_for_itself() {
        for text in ["", "{}", "[1]", "eyJhbGciOiJSUzI1NiJ9.e30.c2ln", "<html><svg/></html>", "hello", "GIF"] {
            assert_eq!(open(text.as_bytes()), Ok(None), "{text}");
        }
    }
}
