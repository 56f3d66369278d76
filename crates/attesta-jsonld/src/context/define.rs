//! The [create term definition algorithm](https://www.w3.org/TR/json-ld11-api/#create-term-definition).

use std::sync::Arc;

use hashbrown::HashMap;

use super::active::{ActiveContext, next_number};
use super::iri::has_scheme;
use super::keyword::{Keyword, KeywordSet, has_keyword_form};
use super::mapping::{Meaning, container_of, is_reserved, reverse_container_of};
use super::process::{ContextError, ContextProcessor, direction_of};
use super::request::{ProtectedTerms, Request};
use super::term::{Coercion, Form, Mapping, Orientation, PrefixFlag, Protection, TermDefinition};
use crate::error::JsonLdErrorCode as Code;
use crate::to_rdf::SafeMode;
use crate::tree::{Object, Value};

/// A context definition while its terms are being defined.
pub(super) struct LocalContext<'c, 'r> {
    entries: HashMap<&'c str, Entry<'c>>,
    order: Vec<&'c str>,
    protection: Protection,
    request: Request<'c, 'r>,
}

#[derive(Clone, Copy)]
struct Entry<'c> {
    value: &'c Value<'c>,
    progress: Progress,
}

/// The `defined` map of the specification.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Untouched,
    Begun,
    Done,
}

impl<'c, 'r> LocalContext<'c, 'r> {
    pub(super) fn new(definition: &'c Object<'c>, request: Request<'c, 'r>) -> Self {
        let entries = definition.iter().map(|(key, value)| (key, Entry { value, progress: Progress::Untouched }));
        LocalContext {
            entries: entries.collect(),
            order: definition.iter().map(|(key, _)| key).collect(),
            protection: Protection::Open,
            request,
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'c Value<'c>> {
        self.entries.get(key).map(|entry| entry.value)
    }

    /// Adds the entries of an imported definition that this one does not have.
    pub(super) fn merge_under(&mut self, imported: &'c Object<'c>) {
        for (key, value) in imported.iter() {
            if !self.entries.contains_key(key) {
                self.entries.insert(key, Entry { value, progress: Progress::Untouched });
                self.order.push(key);
            }
        }
    }

    pub(super) fn read_protected(&mut self) -> Result<(), ContextError> {
        if let Some(value) = self.get("@protected") {
            self.protection = protection_of(value)?;
        }
        Ok(())
    }

    /// The keys that are terms, in document order.
    pub(super) fn terms(&mut self) -> Vec<&'c str> {
        let mut terms = std::mem::take(&mut self.order);
        terms.retain(|key| {
            !matches!(
                Keyword::parse(key),
                Some(
                    Keyword::Base
                        | Keyword::Direction
                        | Keyword::Import
                        | Keyword::Language
                        | Keyword::Propagate
                        | Keyword::Protected
                        | Keyword::Version
                        | Keyword::Vocab
                )
            )
        });
        terms
    }

    pub(super) fn mark_done(&mut self, term: &str) {
        self.set(term, Progress::Done);
    }

    fn set(&mut self, term: &str, progress: Progress) {
        if let Some(entry) = self.entries.get_mut(term) {
            entry.progress = progress;
        }
    }
}

pub(super) fn fail<T>(code: Code, detail: &str) -> Result<T, ContextError> {
    Err(ContextError::new(code, detail))
}

fn protection_of(value: &Value<'_>) -> Result<Protection, ContextError> {
    match value {
        Value::Bool(true) => Ok(Protection::Protected),
        Value::Bool(false) => Ok(Protection::Open),
        _ => fail(Code::InvalidProtectedValue, "@protected"),
    }
}

impl<'c> ContextProcessor<'c> {
    /// Defines `term` unless that is done already.
    pub(super) fn define(
        &mut self,
        context: &mut ActiveContext<'c>,
        local: &mut LocalContext<'c, '_>,
        term: &'c str,
    ) -> Result<(), ContextError> {
        let Some(Entry { value, progress }) = local.entries.get(term).copied() else { return Ok(()) };
        match progress {
            Progress::Done => return Ok(()),
            Progress::Begun => return fail(Code::CyclicIriMapping, term),
            Progress::Untouched if term.is_empty() => return fail(Code::InvalidTermDefinition, term),
            Progress::Untouched => local.set(term, Progress::Begun),
        }
        self.charge(1)?;
        if let Some(keyword) = Keyword::parse(term) {
            if keyword != Keyword::Type || !may_define_type(value) {
                return fail(Code::KeywordRedefinition, term);
            }
        } else if has_keyword_form(term) {
            return self.refuse_reserved(term);
        }
        let previous = context.remove_term(term);
        let definition = self.nested(|processor| match value {
            Value::Null => Ok(Some(blank(local, Mapping::Null))),
            Value::String(iri) => processor.define_simple(context, local, term, iri),
            Value::Object(object) => processor.define_expanded(context, local, term, object),
            _ => fail(Code::InvalidTermDefinition, term),
        })?;
        let Some(definition) = definition else { return Ok(()) };
        let form = definition.text().map_or(Form::Other, Form::of);
        let definition = TermDefinition { form, ..definition };
        let definition = match previous {
            Some(previous)
                if previous.protection == Protection::Protected
                    && local.request.protected_terms == ProtectedTerms::Kept =>
            {
                if !definition.says_the_same_as(&previous) {
                    return fail(Code::ProtectedTermRedefinition, term);
                }
                previous
            }
            _ => Arc::new(definition),
        };
        context.insert_term(term, definition);
        local.set(term, Progress::Done);
        Ok(())
    }

    /// In safe mode a name reserved for keywords to come is an error, since what it means may change.
    pub(super) fn refuse_reserved(&self, name: &str) -> Result<(), ContextError> {
        match self.safe {
            SafeMode::On => fail(Code::ReservedTerm, name),
            SafeMode::Off => Ok(()),
        }
    }

    /// `"term": "iri"`; `None` where the specification has the term ignored.
    fn define_simple(
        &mut self,
        context: &mut ActiveContext<'c>,
        local: &mut LocalContext<'c, '_>,
        term: &'c str,
        iri: &'c str,
    ) -> Result<Option<TermDefinition<'c>>, ContextError> {
        if iri == term {
            let mapping = self.mapping_of_term(context, local, term)?;
            return Ok(Some(blank(local, mapping)));
        }
        if is_reserved(iri) {
            self.refuse_reserved(iri)?;
            return Ok(None);
        }
        let mapping = self.mapping_of_id(context, local, term, iri)?;
        let mut definition = blank(local, mapping);
        // It ends with one of RFC 3986's gen-delims, so something may follow.
        let is_open = |iri: &str| iri.starts_with("_:") || iri.ends_with([':', '/', '?', '#', '[', ']', '@']);
        if !term.contains([':', '/']) && definition.text().is_some_and(is_open) {
            definition.prefix = PrefixFlag::Usable;
        }
        Ok(Some(definition))
    }

    /// `"term": {...}`; `None` where the specification has the term ignored.
    fn define_expanded(
        &mut self,
        context: &mut ActiveContext<'c>,
        local: &mut LocalContext<'c, '_>,
        term: &'c str,
        value: &'c Object<'c>,
    ) -> Result<Option<TermDefinition<'c>>, ContextError> {
        let mut definition = blank(local, Mapping::Null);
        if let Some(protected) = value.get("@protected") {
            definition.protection = protection_of(protected)?;
        }
        if let Some(coercion) = value.get("@type") {
            definition.coercion = Some(self.coercion_of(context, local, term, coercion)?);
        }
        if let Some(reverse) = value.get("@reverse") {
            definition.orientation = Orientation::Reverse;
            let Some(mapping) = self.mapping_of_reverse(context, local, value, reverse)? else { return Ok(None) };
            definition.mapping = mapping;
            definition.container = reverse_container_of(value.get("@container"), term)?;
        } else {
            match value.get("@id") {
                Some(Value::Null) => {}
                Some(Value::String(id)) if id == term => {
                    definition.mapping = self.mapping_of_term(context, local, term)?;
                }
                Some(Value::String(id)) if is_reserved(id) => {
                    self.refuse_reserved(id)?;
                    return Ok(None);
                }
                Some(Value::String(id)) => definition.mapping = self.mapping_of_id(context, local, term, id)?,
                Some(_) => return fail(Code::InvalidIriMapping, term),
                None => definition.mapping = self.mapping_of_term(context, local, term)?,
            }
            if let Some(container) = value.get("@container") {
                definition.container = container_of(container, term)?;
                if definition.container.contains(Keyword::Type) {
                    match definition.coercion {
                        None => definition.coercion = Some(Coercion::Id),
                        Some(Coercion::Id | Coercion::Vocab) => {}
                        Some(_) => return fail(Code::InvalidTypeMapping, term),
                    }
                }
            }
        }
        self.read_details(context, local, term, value, &mut definition)?;
        Ok(Some(definition))
    }

    /// The entries of an expanded term definition that say how values are to be read.
    fn read_details(
        &mut self,
        context: &mut ActiveContext<'c>,
        local: &mut LocalContext<'c, '_>,
        term: &'c str,
        value: &'c Object<'c>,
        definition: &mut TermDefinition<'c>,
    ) -> Result<(), ContextError> {
        if let Some(index) = value.get("@index") {
            let Value::String(index) = index else { return fail(Code::InvalidTermDefinition, term) };
            let meaning = self.meaning(context, local, index)?;
            if !definition.container.contains(Keyword::Index)
                || !matches!(meaning, Meaning::Text(iri) if has_scheme(&iri))
            {
                return fail(Code::InvalidTermDefinition, term);
            }
            definition.index = Some(index);
        }
        if let Some(scoped) = value.get("@context") {
            self.validate_scoped(context, scoped, local.request)?;
            definition.context = Some(scoped);
        }
        if let Some(language) = value.get("@language")
            && !value.contains_key("@type")
        {
            definition.language = Some(match language {
                Value::Null => None,
                Value::String(tag) => Some(tag.to_lowercase().into()),
                _ => return fail(Code::InvalidLanguageMapping, term),
            });
        }
        if let Some(direction) = value.get("@direction")
            && !value.contains_key("@type")
        {
            definition.direction = Some(direction_of(direction)?);
        }
        if let Some(nest) = value.get("@nest") {
            match nest {
                Value::String(nest) if &**nest == "@nest" || Keyword::parse(nest).is_none() => {
                    definition.nest = Some(nest);
                }
                _ => return fail(Code::InvalidNestValue, term),
            }
        }
        if let Some(prefix) = value.get("@prefix") {
            if term.contains([':', '/']) {
                return fail(Code::InvalidTermDefinition, term);
            }
            definition.prefix = match prefix {
                Value::Bool(true) if matches!(definition.mapping, Mapping::Keyword(_)) => {
                    return fail(Code::InvalidTermDefinition, term);
                }
                Value::Bool(true) => PrefixFlag::Usable,
                Value::Bool(false) => PrefixFlag::Unusable,
                _ => return fail(Code::InvalidPrefixValue, term),
            };
        }
        if value.iter().any(|(key, _)| !may_stand_in_definition(key)) {
            return fail(Code::InvalidTermDefinition, term);
        }
        Ok(())
    }
}

/// A definition that says nothing but what the term stands for.
fn blank<'c>(local: &LocalContext<'c, '_>, mapping: Mapping) -> TermDefinition<'c> {
    TermDefinition {
        number: next_number(),
        mapping,
        form: Form::Other,
        prefix: PrefixFlag::Unusable,
        protection: local.protection,
        orientation: Orientation::Forward,
        base_url: local.request.base_url,
        context: None,
        container: KeywordSet::default(),
        coercion: None,
        language: None,
        direction: None,
        index: None,
        nest: None,
    }
}

/// `@type` itself may be made a set, and protected.
fn may_define_type(value: &Value<'_>) -> bool {
    let Value::Object(object) = value else { return false };
    !object.is_empty()
        && object.iter().all(|(key, value)| match key {
            "@container" => value.as_str() == Some("@set"),
            "@protected" => true,
            _ => false,
        })
}

fn may_stand_in_definition(key: &str) -> bool {
    matches!(
        Keyword::parse(key),
        Some(
            Keyword::Id
                | Keyword::Reverse
                | Keyword::Container
                | Keyword::Context
                | Keyword::Direction
                | Keyword::Index
                | Keyword::Language
                | Keyword::Nest
                | Keyword::Prefix
                | Keyword::Protected
                | Keyword::Type
        )
    )
}
