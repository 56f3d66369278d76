//! The inputs of context processing.

use super::source::Edition;

/// What leads from one context to another; contexts never change, so the same recipe gives the same context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Recipe {
    pub(super) parent: u64,
    /// The address of the context document or of the scoped context, neither of which moves.
    pub(super) ingredient: usize,
    pub(super) kind: RecipeKind,
    pub(super) edition: Edition,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum RecipeKind {
    Document,
    Scoped(Scope),
}

/// Which kind of scoped context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Scope {
    /// Of a property: may redefine protected terms and reaches into nested nodes.
    Property,
    /// Of a type: may not, and ends with the node.
    Type,
}

/// The further inputs of the algorithm.
#[derive(Clone, Copy)]
pub(crate) struct Request<'c, 'r> {
    pub(super) base_url: Option<&'c str>,
    pub(super) remote_contexts: Option<&'r RemoteContexts<'r>>,
    pub(super) protected_terms: ProtectedTerms,
    pub(super) propagation: Propagation,
    pub(super) repeated_urls: RepeatedUrls,
}

/// The URLs on the way to the context at hand, last first.
#[derive(Clone, Copy)]
pub(super) struct RemoteContexts<'r> {
    pub(super) url: &'r str,
    pub(super) before: Option<&'r RemoteContexts<'r>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProtectedTerms {
    Kept,
    Overridden,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Propagation {
    Propagates,
    EndsWithNode,
}

/// The `validate scoped context` flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RepeatedUrls {
    Processed,
    Skipped,
}

impl<'c> Request<'c, '_> {
    /// For the `@context` of a document at `base_url`.
    pub(crate) fn of_document(base_url: Option<&'c str>) -> Self {
        Request {
            base_url,
            remote_contexts: None,
            protected_terms: ProtectedTerms::Kept,
            propagation: Propagation::Propagates,
            repeated_urls: RepeatedUrls::Processed,
        }
    }

    pub(super) fn of_scope(base_url: Option<&'c str>, scope: Scope) -> Self {
        let request = Request::of_document(base_url);
        match scope {
            Scope::Property => Request { protected_terms: ProtectedTerms::Overridden, ..request },
            Scope::Type => Request { propagation: Propagation::EndsWithNode, ..request },
        }
    }

    /// Whether the outcome depends on the parent and the URL alone.
    pub(super) fn is_plain(&self) -> bool {
        self.remote_contexts.is_none() && self.repeated_urls == RepeatedUrls::Processed
    }
}

impl<'r> RemoteContexts<'r> {
    pub(super) fn contains(&self, url: &str) -> bool {
        self.iter().any(|known| known == url)
    }

    fn iter(&self) -> impl Iterator<Item = &'r str> {
        std::iter::successors(Some(*self), |context| context.before.copied()).map(|context| context.url)
    }
}
