//! Active contexts: immutable once made, shared freely, each with a number of its own.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hashbrown::HashMap;

use super::source::ContextDocument;
use super::term::{Direction, Protection, TermDefinition};

/// The state that [context processing](https://www.w3.org/TR/json-ld11-api/#context-processing-algorithms) builds.
#[derive(Clone)]
pub(crate) struct ActiveContext<'c> {
    /// No two contexts of this process have the same number; memo tables go by it.
    pub(crate) number: u64,
    pub(crate) terms: HashMap<&'c str, Arc<TermDefinition<'c>>>,
    pub(crate) base: Base,
    pub(crate) vocab: Option<Arc<str>>,
    pub(crate) language: Option<Arc<str>>,
    pub(crate) direction: Option<Direction>,
    /// What holds again once a node ends the reach of a context that does not propagate.
    pub(crate) previous: Option<Context<'c>>,
    /// Every context document that went into this one.
    pub(crate) documents: Vec<&'c ContextDocument>,
}

/// The base IRI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Base {
    /// That of the document, which differs from one conversion to the next.
    OfDocument,
    /// Switched off by `"@base": null`.
    Null,
    Iri(Arc<str>),
}

/// An active context in use.
#[derive(Clone)]
pub(crate) enum Context<'c> {
    /// Made from built-in contexts alone: every conversion of this process may use it.
    Shared(Arc<ActiveContext<'static>>),
    /// Made with something from the document or from another source.
    Local(Arc<ActiveContext<'c>>),
}

impl<'c> std::ops::Deref for Context<'c> {
    type Target = ActiveContext<'c>;

    fn deref(&self) -> &ActiveContext<'c> {
        match self {
            Context::Shared(context) => context,
            Context::Local(context) => context,
        }
    }
}

impl<'c> ActiveContext<'c> {
    /// The initial context of a document: no terms at all.
    pub(crate) fn initial() -> ActiveContext<'c> {
        ActiveContext {
            number: next_number(),
            terms: HashMap::new(),
            base: Base::OfDocument,
            vocab: None,
            language: None,
            direction: None,
            previous: None,
            documents: Vec::new(),
        }
    }

    /// A copy to be changed.
    pub(crate) fn derive(&self) -> ActiveContext<'c> {
        ActiveContext { number: next_number(), ..self.clone() }
    }

    pub(crate) fn term(&self, term: &str) -> Option<&TermDefinition<'c>> {
        self.terms.get(term).map(Arc::as_ref)
    }

    pub(crate) fn has_protected_terms(&self) -> bool {
        self.terms.values().any(|term| term.protection == Protection::Protected)
    }
}

/// A number for a context or a term definition.
pub(super) fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl fmt::Debug for ActiveContext<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ActiveContext({}, {} terms)", self.number, self.terms.len())
    }
}
