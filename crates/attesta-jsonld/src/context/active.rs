//! Active contexts: immutable once made, shared freely, each with a number of its own.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hashbrown::HashMap;

use super::keyword::Keyword;
use super::source::ContextDocument;
use super::term::{Direction, Mapping, Protection, TermDefinition};

/// The state that [context processing](https://www.w3.org/TR/json-ld11-api/#context-processing-algorithms) builds.
#[derive(Clone)]
pub(crate) struct ActiveContext<'c> {
    /// No two contexts of this process have the same number; memo tables go by it.
    pub(crate) number: u64,
    terms: HashMap<&'c str, Arc<TermDefinition<'c>>>,
    keyword_terms: KeywordTerms<'c>,
    pub(crate) base: Base,
    pub(crate) vocab: Option<Arc<str>>,
    pub(crate) language: Option<Arc<str>>,
    pub(crate) direction: Option<Direction>,
    /// What holds again once a node ends the reach of a context that does not propagate.
    pub(crate) previous: Option<Context<'c>>,
    /// Every context document that went into this one.
    pub(crate) documents: Vec<&'c ContextDocument>,
}

/// The terms that stand for keywords, so that most keys are known to be none without looking them up.
#[derive(Clone)]
enum KeywordTerms<'c> {
    /// All of them: contexts in use have `id` and `type`.
    Few(Vec<(&'c str, Keyword)>),
    /// Too many to go through.
    Many,
}

/// The most that are gone through.
const FEW: usize = 8;

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
            keyword_terms: KeywordTerms::Few(Vec::new()),
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

    /// The definition of a term together with its other owners.
    pub(super) fn shared_term(&self, term: &str) -> Option<&Arc<TermDefinition<'c>>> {
        self.terms.get(term)
    }

    pub(crate) fn term_count(&self) -> usize {
        self.terms.len()
    }

    /// The keyword that a term stands for, if it stands for one.
    pub(super) fn keyword_of_term(&self, term: &str) -> Option<Keyword> {
        match &self.keyword_terms {
            KeywordTerms::Few(few) => few.iter().find(|(name, _)| *name == term).map(|(_, keyword)| *keyword),
            KeywordTerms::Many => match self.term(term)?.mapping {
                Mapping::Keyword(keyword) => Some(keyword),
                _ => None,
            },
        }
    }

    /// Forgets a term, and says what it meant.
    pub(super) fn remove_term(&mut self, term: &str) -> Option<Arc<TermDefinition<'c>>> {
        let removed = self.terms.remove(term);
        if let (Some(_), KeywordTerms::Few(few)) = (&removed, &mut self.keyword_terms) {
            few.retain(|(name, _)| *name != term);
        }
        removed
    }

    /// Defines a term that has no definition.
    pub(super) fn insert_term(&mut self, term: &'c str, definition: Arc<TermDefinition<'c>>) {
        if let (Mapping::Keyword(keyword), KeywordTerms::Few(few)) = (&definition.mapping, &mut self.keyword_terms) {
            match few.len() {
                FEW => self.keyword_terms = KeywordTerms::Many,
                _ => few.push((term, *keyword)),
            }
        }
        self.terms.insert(term, definition);
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
