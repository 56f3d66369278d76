//! What a document becomes, and what safe mode refuses.

mod contexts;
mod conversion;
mod left_out;
mod limits;
mod safe_mode;

use super::{Options, RdfDocument, to_rdf};
use crate::context::{ContextDocument, ContextSource, Edition};
use crate::error::{JsonLdError, JsonLdErrorCode};
use crate::{Document, Limits};

pub(super) const V2: &str = "https://www.w3.org/ns/credentials/v2";
pub(super) const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// Converts a document with the options for credentials.
pub(super) fn convert(text: &str) -> Result<RdfDocument, JsonLdError> {
    convert_with(text, &Options::credential())
}

pub(super) fn convert_with(text: &str, options: &Options<'_>) -> Result<RdfDocument, JsonLdError> {
    let document = Document::parse_within(text.as_bytes().to_vec(), Limits::NONE).unwrap();
    to_rdf(document.root(), options)
}

/// The quads of a document, in which `ex:` stands for `http://example.org/`, sorted.
pub(super) fn quads(rdf: &RdfDocument) -> String {
    let mut lines: Vec<String> =
        rdf.dataset.to_nquads().lines().map(|line| line.replace("<http://example.org/", "<ex:")).collect();
    lines.sort();
    lines.join("\n")
}

/// A document is converted to exactly these quads.
#[track_caller]
pub(super) fn check(text: &str, expected: &[&str]) {
    check_with(text, &Options::credential(), expected);
}

#[track_caller]
pub(super) fn check_with(text: &str, options: &Options<'_>, expected: &[&str]) {
    let rdf = convert_with(text, options).unwrap_or_else(|error| panic!("{text}: {error}"));
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(quads(&rdf), expected.join("\n"), "{text}");
}

/// A document is refused with this code at this place.
#[track_caller]
pub(super) fn check_refused(text: &str, code: JsonLdErrorCode, pointer: &str) {
    let error = convert(text).map(|rdf| quads(&rdf)).expect_err(text);
    assert_eq!((error.code, error.pointer.as_str()), (code, pointer), "{text}: {error}");
}

/// Contexts of a test's own.
pub(super) struct Contexts(Vec<ContextDocument>);

impl Contexts {
    pub(super) fn new(documents: &[(&str, &str)]) -> Self {
        let parse = |(url, text): &(&str, &str)| ContextDocument::parse(url, "test", text.as_bytes().to_vec()).unwrap();
        Contexts(documents.iter().map(parse).collect())
    }
}

impl ContextSource for Contexts {
    fn context(&self, url: &str, _edition: Edition) -> Option<&ContextDocument> {
        self.0.iter().find(|document| document.url() == url)
    }
}
