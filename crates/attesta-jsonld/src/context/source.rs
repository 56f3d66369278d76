//! Where contexts come from. Nothing here fetches: a source has a context at hand or it has not.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::parse::ParseError;
use crate::tree::{Document, Value};

/// Gives contexts by URL. [`builtin`](crate::builtin()) is one; a verifier lays those that its user fetched over it.
pub trait ContextSource {
    /// The context document at `url` in the edition asked for, or `None` where this source has none.
    fn context(&self, url: &str, edition: Edition) -> Option<&ContextDocument>;

    /// How many editions of `url` there are; 0 where this source has none.
    fn editions(&self, url: &str) -> usize {
        usize::from(self.context(url, Edition::NEWEST).is_some())
    }
}

/// Which of the editions of each context to use, since publishers change contexts in place: 0 is the newest
/// everywhere, `k` the k-th before it, and where a URL has fewer, its oldest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Edition(pub usize);

impl Edition {
    /// The newest edition of every context.
    pub const NEWEST: Edition = Edition(0);
}

/// A parsed context document with the hash of its bytes.
#[derive(Debug, Clone)]
pub struct ContextDocument {
    url: Arc<str>,
    label: Arc<str>,
    sha256: Arc<str>,
    document: Document,
}

/// Why bytes are no context document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ContextDocumentError {
    /// They are not JSON.
    #[error("the context at {url} is not JSON: {reason}")]
    NotJson {
        /// Where the document was said to be.
        url: String,
        /// What the JSON reader met.
        reason: ParseError,
    },
}

impl ContextDocument {
    /// Reads the document that is published at `url`. `label` names its edition in reports: a date or a version.
    ///
    /// # Errors
    /// [`ContextDocumentError`] when the bytes are not JSON. A document without `@context` is found out when it is used.
    pub fn parse(url: &str, label: &str, bytes: Vec<u8>) -> Result<ContextDocument, ContextDocumentError> {
        let sha256 = hex(&Sha256::digest(&bytes));
        let document =
            Document::parse(bytes).map_err(|reason| ContextDocumentError::NotJson { url: url.to_owned(), reason })?;
        Ok(ContextDocument { url: url.into(), label: label.into(), sha256: sha256.into(), document })
    }

    /// The URL under which it is published, against which it resolves its own references.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The name of the edition: the publisher's version, or the date of its last change.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// SHA-256 of the document's bytes, in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The document's bytes as published.
    pub fn bytes(&self) -> &[u8] {
        self.document.bytes()
    }

    /// That this document was used.
    pub(crate) fn used(&self) -> ContextUse {
        ContextUse { url: self.url.clone(), sha256: self.sha256.clone(), edition: self.label.clone() }
    }

    /// The value of the top-level `@context`.
    pub(crate) fn context(&self) -> Option<&Value<'_>> {
        self.document.root().get("@context")
    }
}

/// A context that a conversion used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextUse {
    /// Its URL.
    pub url: Arc<str>,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: Arc<str>,
    /// The name of the edition.
    pub edition: Arc<str>,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
