//! What a dataset is made of: terms behind small numbers, and quads of those.

use std::num::NonZeroU32;

/// Stands for a term of the [`Dataset`](crate::Dataset) that issued it; of no use with another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(NonZeroU32);

/// A quad of interned terms; `graph` is `None` in the default graph.
///
/// The predicate may be a blank node (generalized RDF), which [`canonicalize`](crate::canonicalize()) refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quad {
    /// An IRI or a blank node.
    pub subject: TermId,
    /// An IRI; in generalized RDF also a blank node.
    pub predicate: TermId,
    /// An IRI, a blank node or a literal.
    pub object: TermId,
    /// The graph's name, an IRI or a blank node.
    pub graph: Option<TermId>,
}

/// An RDF term as plain text, without escapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term<'a> {
    /// An IRI.
    Iri(&'a str),
    /// A blank node by its label, without the `_:` in front.
    Blank(&'a str),
    /// A literal.
    Literal {
        /// The lexical form.
        lexical: &'a str,
        /// The datatype's IRI; `rdf:langString` when there is a language.
        datatype: &'a str,
        /// The language tag as it was given.
        language: Option<&'a str>,
    },
}

#[derive(Clone, Copy)]
pub(super) struct TermRecord {
    pub(super) hash: u64,
    pub(super) written: Span,
    pub(super) value: Span,
    pub(super) kind: Kind,
    pub(super) origin: Origin,
}

/// What, together with the plain value, makes a term.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Iri,
    Blank,
    /// Never part of a quad by itself: what a literal's `annotation` may point to.
    LanguageTag,
    /// With its datatype's IRI or its language tag.
    Literal {
        annotation: TermId,
    },
}

/// Whether the caller chose the value, or we did (the label of a fresh blank node).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Given,
    Fresh,
}

/// A stretch of the dataset's text in bytes.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl TermId {
    pub(super) fn new(index: usize) -> Self {
        let number = u32::try_from(index + 1).ok().and_then(NonZeroU32::new);
        TermId(number.expect("four thousand million terms do not fit in memory"))
    }

    /// The position among the dataset's terms, from 0.
    pub(crate) fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}
