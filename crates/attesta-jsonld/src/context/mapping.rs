//! What the names and entries of a term definition stand for: steps 12 to 19 of the
//! [create term definition algorithm](https://www.w3.org/TR/json-ld11-api/#create-term-definition).

use std::sync::Arc;

use super::active::ActiveContext;
use super::define::{LocalContext, fail};
use super::iri::{Expansion, RelativeTo, has_scheme, is_iri_or_blank, split_prefix};
use super::keyword::{Keyword, KeywordSet, has_keyword_form};
use super::process::{ContextError, ContextProcessor};
use super::term::{Coercion, Form, Mapping};
use crate::error::JsonLdErrorCode as Code;
use crate::tree::{Object, Value};

/// What a name used in a context definition stands for.
pub(super) enum Meaning {
    Null,
    Keyword(Keyword),
    Text(Arc<str>),
}

impl From<&Mapping> for Meaning {
    fn from(mapping: &Mapping) -> Self {
        match mapping {
            Mapping::Null => Meaning::Null,
            Mapping::Keyword(keyword) => Meaning::Keyword(*keyword),
            Mapping::Iri(text) | Mapping::Relative(text) => Meaning::Text(text.clone()),
        }
    }
}

impl<'c> ContextProcessor<'c> {
    /// IRI expansion within a context definition: terms that the name depends on are defined first.
    pub(super) fn meaning(
        &mut self,
        context: &mut ActiveContext<'c>,
        local: &mut LocalContext<'c, '_>,
        name: &'c str,
    ) -> Result<Meaning, ContextError> {
        if let Some(keyword) = Keyword::parse(name) {
            return Ok(Meaning::Keyword(keyword));
        }
        if has_keyword_form(name) {
            return Ok(Meaning::Null);
        }
        self.define(context, local, name)?;
        if let Some(definition) = context.term(name) {
            return Ok(Meaning::from(&definition.mapping));
        }
        if let Some((prefix, suffix)) = split_prefix(name) {
            if prefix == "_" || suffix.starts_with("//") {
                return Ok(Meaning::Text(name.into()));
            }
            self.define(context, local, prefix)?;
        }
        let meaning = match context.expand(name, RelativeTo::Vocabulary, None) {
            Expansion::Null | Expansion::Reserved => Meaning::Null,
            Expansion::Keyword(keyword) => Meaning::Keyword(keyword),
            Expansion::Name(text, _) => Meaning::Text(text.into()),
        };
        if let Meaning::Text(text) = &meaning {
            self.charge_for_text(text)?;
        }
        Ok(meaning)
    }

    /// Step 14: the `@id` of a term definition, which differs from the term.
    pub(super) fn mapping_of_id(
        &mut self,
        context: &mut ActiveContext<'c>,
        local: &mut LocalContext<'c, '_>,
        term: &'c str,
        id: &'c str,
    ) -> Result<Mapping, ContextError> {
        let mapping = match self.meaning(context, local, id)? {
            Meaning::Keyword(Keyword::Context) => return fail(Code::InvalidKeywordAlias, term),
            Meaning::Keyword(keyword) => Mapping::Keyword(keyword),
            Meaning::Text(text) if is_iri_or_blank(&text) => Mapping::Iri(text),
            Meaning::Text(_) | Meaning::Null => return fail(Code::InvalidIriMapping, term),
        };
        // A term that looks like an IRI must not mean another one.
        let inner = term.get(1..term.len().saturating_sub(1)).unwrap_or(term);
        if inner.contains(':') || term.contains('/') {
            local.mark_done(term);
            let same = match (self.meaning(context, local, term)?, &mapping) {
                (Meaning::Text(text), Mapping::Iri(iri)) => text == *iri,
                (Meaning::Keyword(left), Mapping::Keyword(right)) => left == *right,
                _ => false,
            };
            if !same {
                return fail(Code::InvalidIriMapping, term);
            }
        }
        Ok(mapping)
    }

    /// Steps 15 to 18: what a term stands for when its definition does not say.
    pub(super) fn mapping_of_term(
        &mut self,
        context: &mut ActiveContext<'c>,
        local: &mut LocalContext<'c, '_>,
        term: &'c str,
    ) -> Result<Mapping, ContextError> {
        if let Some((prefix, suffix)) = split_prefix(term) {
            self.define(context, local, prefix)?;
            let mapped = context.term(prefix).and_then(|definition| definition.text());
            return Ok(Mapping::of(match mapped {
                Some(iri) => [iri, suffix].concat().into(),
                None => term.into(),
            }));
        }
        if term.contains('/') {
            return match context.expand(term, RelativeTo::Vocabulary, None) {
                Expansion::Name(iri, _) if has_scheme(&iri) => Ok(Mapping::Iri(iri.into())),
                _ => fail(Code::InvalidIriMapping, term),
            };
        }
        if term == Keyword::Type.as_str() {
            return Ok(Mapping::Keyword(Keyword::Type));
        }
        match &context.vocab {
            Some(vocab) => Ok(Mapping::of([vocab, term].concat().into())),
            None => fail(Code::InvalidIriMapping, term),
        }
    }

    /// Step 13: `None` where the specification has the term ignored.
    pub(super) fn mapping_of_reverse(
        &mut self,
        context: &mut ActiveContext<'c>,
        local: &mut LocalContext<'c, '_>,
        definition: &'c Object<'c>,
        reverse: &'c Value<'c>,
    ) -> Result<Option<Mapping>, ContextError> {
        if definition.contains_key("@id") || definition.contains_key("@nest") {
            return fail(Code::InvalidReverseProperty, "@reverse");
        }
        let Value::String(iri) = reverse else { return fail(Code::InvalidIriMapping, "@reverse") };
        if has_keyword_form(iri) {
            self.refuse_reserved(iri)?;
            return Ok(None);
        }
        match self.meaning(context, local, iri)? {
            Meaning::Text(text) if is_iri_or_blank(&text) => Ok(Some(Mapping::Iri(text))),
            _ => fail(Code::InvalidIriMapping, iri),
        }
    }

    /// Step 12: the type mapping.
    pub(super) fn coercion_of(
        &mut self,
        context: &mut ActiveContext<'c>,
        local: &mut LocalContext<'c, '_>,
        term: &'c str,
        coercion: &'c Value<'c>,
    ) -> Result<Coercion, ContextError> {
        let Value::String(coercion) = coercion else { return fail(Code::InvalidTypeMapping, term) };
        match self.meaning(context, local, coercion)? {
            Meaning::Keyword(Keyword::Id) => Ok(Coercion::Id),
            Meaning::Keyword(Keyword::Vocab) => Ok(Coercion::Vocab),
            Meaning::Keyword(Keyword::None) => Ok(Coercion::None),
            Meaning::Keyword(Keyword::Json) => Ok(Coercion::Json),
            Meaning::Text(iri) if has_scheme(&iri) => {
                let form = Form::of(&iri);
                Ok(Coercion::Datatype { iri, form })
            }
            _ => fail(Code::InvalidTypeMapping, term),
        }
    }

    /// The value of `@vocab`, which may be relative to the vocabulary before it and to the base.
    pub(super) fn vocab_of(
        &mut self,
        context: &ActiveContext<'c>,
        vocab: &'c Value<'c>,
    ) -> Result<Option<Arc<str>>, ContextError> {
        let text = match vocab {
            Value::Null => return Ok(None),
            Value::String(text) => text,
            _ => return fail(Code::InvalidVocabMapping, "@vocab"),
        };
        match context.expand(text, RelativeTo::VocabularyOrDocument, self.document_base) {
            Expansion::Name(iri, _) => {
                self.charge_for_text(&iri)?;
                Ok(Some(iri.into()))
            }
            _ => fail(Code::InvalidVocabMapping, text),
        }
    }

    /// Long IRIs are work too: a short name must not turn into megabytes many times over.
    fn charge_for_text(&mut self, text: &str) -> Result<(), ContextError> {
        self.charge(text.len() / 64)
    }
}

/// Whether a name is reserved for keywords to come.
pub(super) fn is_reserved(name: &str) -> bool {
    has_keyword_form(name) && Keyword::parse(name).is_none()
}

/// Step 19: the container mapping.
pub(super) fn container_of(value: &Value<'_>, term: &str) -> Result<KeywordSet, ContextError> {
    let mut container = KeywordSet::default();
    for item in value.one_or_many() {
        match item.as_str().and_then(Keyword::parse) {
            Some(
                keyword @ (Keyword::Graph
                | Keyword::Id
                | Keyword::Index
                | Keyword::Language
                | Keyword::List
                | Keyword::Set
                | Keyword::Type),
            ) => container.insert(keyword),
            _ => return fail(Code::InvalidContainerMapping, term),
        };
    }
    let maps = [Keyword::Graph, Keyword::Id, Keyword::Index, Keyword::Language, Keyword::Type];
    let kinds = maps.into_iter().filter(|keyword| container.contains(*keyword)).count();
    let fits = if container.contains(Keyword::List) {
        container.is_within(&[Keyword::List])
    } else if container.contains(Keyword::Graph) {
        container.is_within(&[Keyword::Graph, Keyword::Id, Keyword::Index, Keyword::Set]) && kinds <= 2
    } else {
        kinds <= 1 && container != KeywordSet::default()
    };
    if fits { Ok(container) } else { fail(Code::InvalidContainerMapping, term) }
}

/// The container of a reverse property, which knows `@set` and `@index` only.
pub(super) fn reverse_container_of(value: Option<&Value<'_>>, term: &str) -> Result<KeywordSet, ContextError> {
    match value {
        None | Some(Value::Null) => Ok(KeywordSet::default()),
        Some(value) => match container_of(value, term) {
            Ok(container) if container.is_within(&[Keyword::Set, Keyword::Index]) => Ok(container),
            _ => fail(Code::InvalidReverseProperty, term),
        },
    }
}
