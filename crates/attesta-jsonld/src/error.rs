//! What can go wrong between a JSON-LD document and its quads.

use thiserror::Error;

/// Why a document has no RDF form, or in [safe mode](crate::SafeMode::On) none that keeps everything it says.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{code} at JSON pointer {pointer:?}: {detail}")]
pub struct JsonLdError {
    /// What is wrong.
    pub code: JsonLdErrorCode,
    /// Where in the document, as a JSON pointer. Trouble inside a context is placed at the `@context` that led to it.
    pub pointer: String,
    /// The term, keyword or URL concerned, cut to [`JsonLdError::LONGEST_DETAIL`] characters; may be empty.
    pub detail: String,
}

impl JsonLdError {
    /// How many characters of the offending text an error repeats.
    pub const LONGEST_DETAIL: usize = 120;

    pub(crate) fn shorten(text: &str) -> String {
        match text.char_indices().nth(JsonLdError::LONGEST_DETAIL) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        }
    }
}

/// The error codes of [JSON-LD 1.1 API section 9.6](https://www.w3.org/TR/json-ld11-api/#jsonlderrorcode) that a
/// conversion to RDF can meet, spelled as there, and after them those of safe mode and of our limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
#[expect(missing_docs, reason = "the specification's names are their own description")]
pub enum JsonLdErrorCode {
    #[error("colliding keywords")]
    CollidingKeywords,
    #[error("context overflow")]
    ContextOverflow,
    #[error("cyclic IRI mapping")]
    CyclicIriMapping,
    #[error("invalid @id value")]
    InvalidIdValue,
    #[error("invalid @import value")]
    InvalidImportValue,
    #[error("invalid @included value")]
    InvalidIncludedValue,
    #[error("invalid @index value")]
    InvalidIndexValue,
    #[error("invalid @nest value")]
    InvalidNestValue,
    #[error("invalid @prefix value")]
    InvalidPrefixValue,
    #[error("invalid @propagate value")]
    InvalidPropagateValue,
    #[error("invalid @protected value")]
    InvalidProtectedValue,
    #[error("invalid @reverse value")]
    InvalidReverseValue,
    #[error("invalid @version value")]
    InvalidVersionValue,
    #[error("invalid base direction")]
    InvalidBaseDirection,
    #[error("invalid base IRI")]
    InvalidBaseIri,
    #[error("invalid container mapping")]
    InvalidContainerMapping,
    #[error("invalid context entry")]
    InvalidContextEntry,
    #[error("invalid context nullification")]
    InvalidContextNullification,
    #[error("invalid default language")]
    InvalidDefaultLanguage,
    #[error("invalid IRI mapping")]
    InvalidIriMapping,
    #[error("invalid keyword alias")]
    InvalidKeywordAlias,
    #[error("invalid language map value")]
    InvalidLanguageMapValue,
    #[error("invalid language mapping")]
    InvalidLanguageMapping,
    #[error("invalid language-tagged string")]
    InvalidLanguageTaggedString,
    #[error("invalid language-tagged value")]
    InvalidLanguageTaggedValue,
    #[error("invalid local context")]
    InvalidLocalContext,
    #[error("invalid remote context")]
    InvalidRemoteContext,
    #[error("invalid reverse property")]
    InvalidReverseProperty,
    #[error("invalid reverse property map")]
    InvalidReversePropertyMap,
    #[error("invalid reverse property value")]
    InvalidReversePropertyValue,
    #[error("invalid scoped context")]
    InvalidScopedContext,
    #[error("invalid set or list object")]
    InvalidSetOrListObject,
    #[error("invalid term definition")]
    InvalidTermDefinition,
    #[error("invalid type mapping")]
    InvalidTypeMapping,
    #[error("invalid type value")]
    InvalidTypeValue,
    #[error("invalid typed value")]
    InvalidTypedValue,
    #[error("invalid value object")]
    InvalidValueObject,
    #[error("invalid value object value")]
    InvalidValueObjectValue,
    #[error("invalid vocab mapping")]
    InvalidVocabMapping,
    #[error("keyword redefinition")]
    KeywordRedefinition,
    /// No source has this context; the error's detail is its URL.
    #[error("loading remote context failed")]
    LoadingRemoteContextFailed,
    #[error("protected term redefinition")]
    ProtectedTermRedefinition,

    /// Safe mode: a key that no context defines; its value would be dropped.
    #[error("undefined term")]
    UndefinedTerm,
    /// Safe mode: a name with the form of a keyword that is none, such as `@foo`.
    #[error("reserved term")]
    ReservedTerm,
    /// Safe mode: an `@type` that no context defines and that is no IRI.
    #[error("relative @type reference")]
    RelativeType,
    /// Safe mode: an identifier that is no IRI, and for which there is no base.
    #[error("relative @id reference")]
    RelativeId,
    /// Safe mode: a property that expands to something other than an IRI, a blank node say.
    #[error("relative property")]
    RelativeProperty,
    /// Safe mode: a language tag that BCP 47 does not allow.
    #[error("invalid language tag")]
    InvalidLanguageTag,
    /// Safe mode: a value that has no place in the graph, such as `{"@value": null}` or text beside the nodes.
    #[error("dropped value")]
    DroppedValue,
    /// Safe mode: text under `@index` or in the keys of an index map, which no quad repeats.
    #[error("unsigned index")]
    UnsignedIndex,
    /// Safe mode: a number that changes on its way through a double.
    #[error("number does not survive")]
    UnreliableNumber,
    /// Safe mode: a `@direction` while [`Options::rdf_direction`](crate::Options::rdf_direction) is not set.
    #[error("direction would be dropped")]
    DroppedDirection,

    /// The document asks for more work or makes more text than any credential has reason to.
    #[error("too much work")]
    TooMuchWork,
}
