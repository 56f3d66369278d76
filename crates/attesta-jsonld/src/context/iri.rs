//! IRI expansion outside context definitions, [JSON-LD 1.1 API section 5.2](https://www.w3.org/TR/json-ld11-api/#iri-expansion).

use std::borrow::Cow;

use oxiri::{Iri, IriRef};

use super::active::{ActiveContext, Base};
use super::keyword::{Keyword, has_keyword_form};
use super::term::{Mapping, PrefixFlag};
use crate::scan::has_marked;

/// What a name in a document stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expansion<'t> {
    /// A term that stands for nothing.
    Null,
    /// A word that is reserved for keywords to come.
    Reserved,
    Keyword(Keyword),
    /// An IRI, a blank node identifier, or what is left of a name that could not be expanded.
    Name(Cow<'t, str>, Via),
}

/// How a name got its expansion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Via {
    /// A term, a prefix, the base, or the name itself.
    Definition,
    /// Nothing but `@vocab`, which takes any word.
    Vocabulary,
}

/// What a name that is neither term nor IRI may be relative to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RelativeTo {
    /// `@vocab`; terms count.
    Vocabulary,
    /// The base IRI; terms do not count.
    Document,
    /// `@vocab` and then the base IRI; terms count.
    VocabularyOrDocument,
}

impl<'c> ActiveContext<'c> {
    /// Expands a name. `document_base` is the base IRI of the document, if it has one.
    pub(crate) fn expand<'t>(
        &'t self,
        name: &'t str,
        relative_to: RelativeTo,
        document_base: Option<&str>,
    ) -> Expansion<'t> {
        if name.starts_with('@') {
            if let Some(keyword) = Keyword::parse(name) {
                return Expansion::Keyword(keyword);
            }
            if has_keyword_form(name) {
                return Expansion::Reserved;
            }
        }
        // A term with a colon can't stand for a keyword, and nothing else counts here.
        let may_be_term = relative_to != RelativeTo::Document || !name.contains(':');
        if may_be_term && let Some(definition) = self.term(name) {
            match &definition.mapping {
                Mapping::Keyword(keyword) => return Expansion::Keyword(*keyword),
                Mapping::Iri(iri) | Mapping::Relative(iri) if relative_to != RelativeTo::Document => {
                    return Expansion::Name(Cow::Borrowed(iri), Via::Definition);
                }
                Mapping::Null if relative_to != RelativeTo::Document => return Expansion::Null,
                _ => {}
            }
        }
        if let Some((prefix, suffix)) = split_prefix(name) {
            if prefix == "_" || suffix.starts_with("//") {
                return Expansion::Name(Cow::Borrowed(name), Via::Definition);
            }
            if let Some(definition) = self.term(prefix)
                && definition.prefix == PrefixFlag::Usable
                && let Some(iri) = definition.text()
            {
                return Expansion::Name(Cow::Owned([iri, suffix].concat()), Via::Definition);
            }
            if has_scheme(name) {
                return Expansion::Name(Cow::Borrowed(name), Via::Definition);
            }
        }
        match (&self.vocab, relative_to) {
            (Some(vocab), RelativeTo::Vocabulary | RelativeTo::VocabularyOrDocument) => {
                Expansion::Name(Cow::Owned([vocab, name].concat()), Via::Vocabulary)
            }
            (_, RelativeTo::Document | RelativeTo::VocabularyOrDocument) => {
                Expansion::Name(self.resolve(name, document_base), Via::Definition)
            }
            (None, RelativeTo::Vocabulary) => Expansion::Name(Cow::Borrowed(name), Via::Definition),
        }
    }

    /// The keyword that a name is or stands for.
    pub(crate) fn keyword_of(&self, name: &str) -> Option<Keyword> {
        Keyword::parse(name).or_else(|| self.keyword_of_term(name))
    }

    /// Resolves a reference against the base IRI; without one it stays as it is.
    pub(crate) fn resolve<'t>(&self, reference: &'t str, document_base: Option<&str>) -> Cow<'t, str> {
        let base = match &self.base {
            Base::OfDocument => document_base,
            Base::Null => None,
            Base::Iri(iri) => Some(&**iri),
        };
        match base {
            Some(base) => resolve(base, reference).map_or(Cow::Borrowed(reference), Cow::Owned),
            None => Cow::Borrowed(reference),
        }
    }
}

/// Resolves a reference, [RFC 3986 section 5.2](https://www.rfc-editor.org/rfc/rfc3986#section-5.2).
pub(crate) fn resolve(base: &str, reference: &str) -> Option<String> {
    let reference = IriRef::parse(reference).ok()?;
    Some(Iri::parse(base).ok()?.resolve(&reference).ok()?.into_inner())
}

/// Splits at the first colon after the first character.
pub(crate) fn split_prefix(name: &str) -> Option<(&str, &str)> {
    name.split_once(':').filter(|(prefix, _)| !prefix.is_empty()).or_else(|| {
        // A colon in front is no separator, the next one may be.
        let rest = name.strip_prefix(':')?;
        rest.find(':').map(|at| (&name[..at + 1], &name[at + 2..]))
    })
}

/// Whether the text begins like an IRI: a scheme and a colon.
pub(crate) fn has_scheme(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.find(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))) == Some(b':')
}

/// Whether the text is an IRI or a blank node identifier by its form.
pub(crate) fn is_iri_or_blank(text: &str) -> bool {
    text.starts_with("_:") || has_scheme(text)
}

/// Whether a resource of this name can stand in a graph: a scheme, one fragment at most, no space or control character.
///
/// [RFC 3987](https://www.rfc-editor.org/rfc/rfc3987) forbids a few characters more, which are met in the addresses
/// that credentials carry. The canonical form escapes those, so that they can't be misread, and other implementations
/// accept and sign them.
pub(crate) fn is_well_formed(iri: &str) -> bool {
    let is_plain = !has_marked(iri.as_bytes(), |byte| (byte <= b' ') | (byte >= 0x7f) | (byte == b'#'));
    let is_allowed =
        |character: char| !(character.is_whitespace() || character.is_control() || character == '\u{feff}');
    has_scheme(iri)
        && (is_plain || (iri.bytes().filter(|byte| *byte == b'#').count() <= 1 && iri.chars().all(is_allowed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iri_has_a_scheme_and_no_space() {
        for (iri, expected) in [
            ("urn:uuid:1", true),
            ("did:example:a%3A1#k", true),
            ("https://é.example/{x}|y", true),
            ("relative", false),
            ("1a:b", false),
            ("http://a b", false),
            ("http://a\u{a0}b", false),
            ("http://a\nb", false),
            ("http://a#b", true),
            ("http://a#b#c", false),
            ("//host/path", false),
            ("", false),
        ] {
            assert_eq!(is_well_formed(iri), expected, "{iri}");
        }
    }

    #[test]
    fn a_prefix_ends_at_the_first_colon_after_the_first_character() {
        assert_eq!(split_prefix("a:b:c"), Some(("a", "b:c")));
        assert_eq!(split_prefix(":a:b"), Some((":a", "b")));
        assert_eq!(split_prefix(":a"), None);
        assert_eq!(split_prefix("ab"), None);
    }
}
