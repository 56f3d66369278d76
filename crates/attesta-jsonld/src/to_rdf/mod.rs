//! JSON-LD to RDF in one pass: [expansion](https://www.w3.org/TR/json-ld11-api/#expansion-algorithms) and
//! [deserialization to RDF](https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm) without the
//! expanded document and the node map between them. A node's quads are added as its members are read; a dataset is a
//! set, so what the node map would merge merges there.

mod containers;
mod converter;
mod literals;
mod members;
mod node;
mod object;
mod position;
mod property;
#[cfg(test)]
mod tests;

use crate::builtin::builtin;
use crate::context::{ContextSource, ContextUse, Edition};
use crate::dataset::Dataset;
use crate::error::JsonLdError;
use crate::tree::Value;
use converter::Converter;

/// How to convert a document.
#[derive(Clone, Copy)]
pub struct Options<'o> {
    /// Where contexts come from.
    pub contexts: &'o dyn ContextSource,
    /// Which of their editions to use.
    pub edition: Edition,
    /// Whether anything may be dropped.
    pub safe: SafeMode,
    /// The base IRI against which relative references resolve. Credentials have none.
    pub base: Option<&'o str>,
    /// A context to apply before the document's own: the value of a `@context`, or an object that has one.
    pub expand_context: Option<&'o Value<'o>>,
    /// How `@direction` is written; it is dropped without one, which safe mode refuses.
    pub rdf_direction: Option<RdfDirection>,
    /// Whether blank nodes may be predicates.
    pub generalized_rdf: GeneralizedRdf,
}

/// What becomes of content that has no place in the graph, and so would not be covered by a signature over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SafeMode {
    /// Any of it is an error. Only `null`, which JSON-LD defines as no value, may go without a trace.
    On,
    /// It is dropped, as the specification has it. For test suites and comparisons, never for signatures.
    Off,
}

/// How text with a base direction becomes RDF,
/// [JSON-LD 1.1 API `rdfDirection`](https://www.w3.org/TR/json-ld11-api/#dom-jsonldoptions-rdfdirection).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RdfDirection {
    /// A literal whose datatype names language and direction; cryptosuites use this one.
    I18nDatatype,
    /// A blank node with `rdf:value`, `rdf:language` and `rdf:direction`.
    CompoundLiteral,
}

/// What becomes of properties that are blank nodes,
/// [JSON-LD 1.1 API `produceGeneralizedRdf`](https://www.w3.org/TR/json-ld11-api/#dom-jsonldoptions-producegeneralizedrdf).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeneralizedRdf {
    /// They are kept as predicates.
    Produce,
    /// They are dropped; an error in safe mode.
    Refuse,
}

impl Options<'static> {
    /// For signed credentials: built-in contexts in their newest edition, safe mode, no base, `i18n-datatype`.
    pub fn credential() -> Self {
        Options {
            contexts: builtin(),
            edition: Edition::NEWEST,
            safe: SafeMode::On,
            base: None,
            expand_context: None,
            rdf_direction: Some(RdfDirection::I18nDatatype),
            generalized_rdf: GeneralizedRdf::Refuse,
        }
    }
}

/// A document as RDF, and what a verifier must know about how it became so.
#[derive(Debug, Clone)]
pub struct RdfDocument {
    /// The quads.
    pub dataset: Dataset,
    /// Every context document that was used, in order of first use, those that contexts refer to included.
    pub contexts: Vec<ContextUse>,
    /// JSON pointers to the contexts written into the document itself. Contexts are no part of the graph, so whoever
    /// can write one decides what the document's words mean: a signature over the graph does not vouch for them.
    pub inline_contexts: Vec<String>,
    /// JSON pointers to the first names (at most [`RdfDocument::MOST_POINTERS`]) that no term defines and that got an
    /// IRI from a context's `@vocab` alone, which makes something of any word.
    pub open_vocabulary: Vec<String>,
    /// In how many editions the contexts used are at hand: trying [`Edition`]s from 0 to one less tries them all.
    pub editions: usize,
}

impl RdfDocument {
    /// How many pointers [`RdfDocument::open_vocabulary`] holds at most.
    pub const MOST_POINTERS: usize = 64;
}

/// Converts a document to RDF.
///
/// # Errors
/// [`JsonLdError`] where the specification has one, where a context is not at hand, where a limit is passed and, in safe
/// mode, where anything would be dropped.
pub fn to_rdf<'c>(value: &'c Value<'c>, options: &Options<'c>) -> Result<RdfDocument, JsonLdError> {
    Converter::new(options, &[]).convert(value)
}

/// Converts a document to RDF as if it had none of the members `left_out`, its own `proof` say. Objects inside it keep
/// theirs.
///
/// # Errors
/// As [`to_rdf`].
pub fn to_rdf_without<'c>(
    document: &'c Value<'c>,
    left_out: &'c [&'c str],
    options: &Options<'c>,
) -> Result<RdfDocument, JsonLdError> {
    Converter::new(options, left_out).convert(document)
}
