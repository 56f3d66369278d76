//! JSON as signed documents need it: a strict tree that keeps every byte's place, JSON-LD 1.1 to
//! RDF in safe mode, RDF dataset canonicalization (RDFC-1.0), the JSON canonicalization scheme
//! (RFC 8785), and the contexts that credentials use, built in and pinned by hash.
//!
//! Entry points: [`Document::parse`], [`to_rdf`], [`canonicalize`], [`jcs::canonicalize`].
//! This crate touches no file, socket, clock or randomness, and never fetches a context.

mod builtin;
mod canonicalize;
mod context;
mod dataset;
mod error;
pub mod jcs;
mod nquads;
mod number;
mod parse;
mod scan;
mod to_rdf;
mod tree;

pub use builtin::{BuiltinContexts, builtin};
pub use canonicalize::{Canonical, CanonicalizeError, HashAlgorithm, StepBudget, canonical_nquads, canonicalize};
pub use context::{ContextDocument, ContextDocumentError, ContextSource, ContextUse, Edition};
pub use dataset::{Dataset, Quad, Term, TermId};
pub use error::{JsonLdError, JsonLdErrorCode};
pub use nquads::{NQuadsError, NQuadsErrorKind};
pub use parse::{Limits, ParseError, ParseErrorKind};
pub use to_rdf::{GeneralizedRdf, Options, RdfDirection, RdfDocument, SafeMode, to_rdf, to_rdf_without};
pub use tree::{Document, Number, Object, Value, escape_pointer_token};
