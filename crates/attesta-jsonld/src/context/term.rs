//! Term definitions, [JSON-LD 1.1 API section 4](https://www.w3.org/TR/json-ld11-api/#dfn-term-definition).

use std::sync::Arc;

use super::iri::is_well_formed;
use super::keyword::{Keyword, KeywordSet};
use crate::nquads::is_plain_iri;
use crate::tree::Value;

/// What a term means.
#[derive(Debug)]
pub(crate) struct TermDefinition<'c> {
    /// No two definitions of this process have the same number.
    pub(crate) number: u64,
    pub(crate) mapping: Mapping,
    /// Whether what the term stands for can stand in a graph.
    pub(crate) form: Form,
    pub(crate) prefix: PrefixFlag,
    pub(crate) protection: Protection,
    pub(crate) orientation: Orientation,
    /// The base URL of the context that defined the term, against which its scoped context resolves.
    pub(crate) base_url: Option<&'c str>,
    /// The scoped context.
    pub(crate) context: Option<&'c Value<'c>>,
    /// `@graph`, `@id`, `@index`, `@language`, `@list`, `@set` and `@type`, as far as they apply.
    pub(crate) container: KeywordSet,
    pub(crate) coercion: Option<Coercion>,
    /// `Some(None)` switches the context's default off.
    pub(crate) language: Option<Option<Arc<str>>>,
    /// `Some(None)` switches the context's default off.
    pub(crate) direction: Option<Option<Direction>>,
    /// The property that carries the keys of an index map.
    pub(crate) index: Option<&'c str>,
    pub(crate) nest: Option<&'c str>,
}

/// What a term stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mapping {
    /// Explicitly nothing.
    Null,
    Keyword(Keyword),
    /// An IRI, or the identifier of a blank node with its `_:`.
    Iri(Arc<str>),
    /// What a relative `@vocab` made of the term: no property, but what stands in a value resolves.
    Relative(Arc<str>),
}

impl Mapping {
    /// What a term that expands to `text` stands for: without a colon it is no IRI.
    pub(crate) fn of(text: Arc<str>) -> Mapping {
        if text.contains(':') { Mapping::Iri(text) } else { Mapping::Relative(text) }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// An IRI that can, and that N-Quads writes as it is.
    PlainIri,
    /// A blank node identifier, a keyword, nothing, or no IRI: to be looked at when it is used.
    Other,
}

impl Form {
    pub(super) fn of(text: &str) -> Form {
        if is_well_formed(text) && is_plain_iri(text) { Form::PlainIri } else { Form::Other }
    }
}

/// The type mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Coercion {
    Id,
    Vocab,
    None,
    Json,
    Datatype { iri: Arc<str>, form: Form },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PrefixFlag {
    Usable,
    Unusable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protection {
    Open,
    Protected,
}

/// Whether the property points from the node to the value or the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Orientation {
    Forward,
    Reverse,
}

/// A base direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    pub(crate) fn parse(text: &str) -> Option<Direction> {
        match text {
            "ltr" => Some(Direction::LeftToRight),
            "rtl" => Some(Direction::RightToLeft),
            _ => None,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

impl TermDefinition<'_> {
    /// Whether both say the same, protection aside: then redefining a protected term changes nothing.
    pub(crate) fn says_the_same_as(&self, other: &TermDefinition<'_>) -> bool {
        self.mapping == other.mapping
            && self.prefix == other.prefix
            && self.orientation == other.orientation
            && self.context == other.context
            && self.container == other.container
            && self.coercion == other.coercion
            && self.language == other.language
            && self.direction == other.direction
            && self.index == other.index
            && self.nest == other.nest
    }

    /// The text that the term stands for, if it is neither keyword nor nothing.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.mapping {
            Mapping::Iri(text) | Mapping::Relative(text) => Some(text),
            Mapping::Null | Mapping::Keyword(_) => None,
        }
    }
}
