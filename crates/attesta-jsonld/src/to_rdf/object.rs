//! Objects: which context holds in one, and whether it is a node, a value, a list or a set,
//! [expansion algorithm](https://www.w3.org/TR/json-ld11-api/#expansion-algorithm) steps 7 to 17.

use std::borrow::Cow;

use super::converter::{Converter, Step, property_name};
use super::literals::Annotations;
use super::members::Members;
use super::position::{ActiveProperty, Item, Parent, Position, PropertyScope, Shape, Wrap};
use crate::context::{
    ActiveContext, Context, Direction, Expansion, Keyword, KeywordSet, Mapping, RelativeTo, Scope, TermDefinition, Via,
    is_well_formed,
};
use crate::error::{JsonLdError, JsonLdErrorCode as Code};
use crate::tree::Value;

/// A member of an object with what its key means.
pub(super) struct Member<'e, 'c> {
    pub(super) key: &'c str,
    pub(super) value: &'c Value<'c>,
    pub(super) meaning: Meaning<'e, 'c>,
}

pub(super) enum Meaning<'e, 'c> {
    Keyword(Keyword),
    Property(Property<'e, 'c>),
    /// It goes unless safe mode makes it this error.
    Dropped(Code),
}

pub(super) struct Property<'e, 'c> {
    pub(super) iri: Cow<'e, str>,
    pub(super) definition: Option<&'e TermDefinition<'c>>,
    pub(super) via: Via,
}

fn meaning<'e, 'c: 'e>(active: &'e ActiveContext<'c>, key: &'c str) -> Meaning<'e, 'c> {
    if let Some(definition) = active.term(key) {
        match &definition.mapping {
            Mapping::Keyword(keyword) => return Meaning::Keyword(*keyword),
            Mapping::Iri(iri) => {
                let iri = Cow::Borrowed(&**iri);
                return Meaning::Property(Property { iri, definition: Some(definition), via: Via::Definition });
            }
            Mapping::Relative(_) | Mapping::Null => return Meaning::Dropped(Code::UndefinedTerm),
        }
    }
    match active.expand(key, RelativeTo::Vocabulary, None) {
        Expansion::Keyword(keyword) => Meaning::Keyword(keyword),
        other => match property_name(other) {
            Ok((iri, via)) => Meaning::Property(Property { iri, definition: None, via }),
            Err(code) => Meaning::Dropped(code),
        },
    }
}

impl<'c> Converter<'c> {
    /// The members of an object with their meanings in a context.
    pub(super) fn members<'e>(
        &mut self,
        active: &'e ActiveContext<'c>,
        object: Members<'c>,
    ) -> Result<Vec<Member<'e, 'c>>, JsonLdError> {
        let mut members = Vec::with_capacity(object.object.len());
        for (key, value) in object.iter() {
            let meaning = meaning(active, key);
            if let Meaning::Property(Property { iri: Cow::Owned(iri), .. }) = &meaning {
                self.charge(iri.len())?;
            }
            members.push(Member { key, value, meaning });
        }
        Ok(members)
    }

    pub(super) fn object(
        &mut self,
        active: &Context<'c>,
        object: Members<'c>,
        at: Position<'c>,
    ) -> Result<Shape, JsonLdError> {
        let owner = active;
        let mut active = match &owner.previous {
            Some(previous) if at.map_entry.is_none() && !keeps_type_scope(owner, object) => previous.clone(),
            _ => owner.clone(),
        };
        if at.scope == PropertyScope::Possible
            && let ActiveProperty::Term(term) = at.property
            && let Some(scoped) = self.scoped(&active, owner, term, Scope::Property)?
        {
            active = scoped;
        }
        if let Some(local) = object.get("@context") {
            active = self.document_context(&active, local)?;
        }
        let type_scoped = active.clone();
        self.apply_type_scopes(&mut active, &type_scoped, object)?;
        let members = self.members(&active, object)?;
        let keywords: KeywordSet = members.iter().filter_map(|member| member.keyword()).collect();
        if keywords.contains(Keyword::Value) {
            self.value_object(&type_scoped, &members, at)
        } else if keywords.contains(Keyword::List) || keywords.contains(Keyword::Set) {
            self.list_or_set(&active, &members, at)
        } else {
            self.node(&active, &type_scoped, &members, keywords, at)
        }
    }

    /// Step 11: contexts that come with the types of a node.
    fn apply_type_scopes(
        &mut self,
        active: &mut Context<'c>,
        type_scoped: &Context<'c>,
        object: Members<'c>,
    ) -> Result<(), JsonLdError> {
        let mut keys = object.iter().filter(|(key, _)| type_scoped.keyword_of(key) == Some(Keyword::Type));
        let Some((key, value)) = keys.next() else { return Ok(()) };
        let mut others: Vec<(&'c str, &'c Value<'c>)> = keys.collect();
        if others.is_empty() {
            return self.apply_scopes_of_types(active, type_scoped, key, value);
        }
        others.push((key, value));
        others.sort_unstable_by_key(|(key, _)| *key);
        others.into_iter().try_for_each(|(key, value)| self.apply_scopes_of_types(active, type_scoped, key, value))
    }

    fn apply_scopes_of_types(
        &mut self,
        active: &mut Context<'c>,
        type_scoped: &Context<'c>,
        key: &'c str,
        value: &'c Value<'c>,
    ) -> Result<(), JsonLdError> {
        let has_scope = |term: &&str| type_scoped.term(term).is_some_and(|term| term.context.is_some());
        let mut types = value.one_or_many().iter().filter_map(Value::as_str).filter(has_scope);
        let Some(first) = types.next() else { return Ok(()) };
        self.path.push(Step::Key(key));
        let mut types: Vec<&str> = types.collect();
        if types.is_empty() {
            if let Some(scoped) = self.scoped(active, type_scoped, first, Scope::Type)? {
                *active = scoped;
            }
            self.path.pop();
            return Ok(());
        }
        types.push(first);
        types.sort_unstable();
        for term in types {
            if let Some(scoped) = self.scoped(active, type_scoped, term, Scope::Type)? {
                *active = scoped;
            }
        }
        self.path.pop();
        Ok(())
    }

    fn value_object(
        &mut self,
        type_scoped: &ActiveContext<'c>,
        members: &[Member<'_, 'c>],
        at: Position<'c>,
    ) -> Result<Shape, JsonLdError> {
        let mut seen = KeywordSet::default();
        let mut raw = None;
        let mut datatype = None;
        let mut language = None;
        let mut direction = None;
        for Member { key, value, meaning } in members {
            self.path.push(Step::Key(key));
            let keyword = match meaning {
                Meaning::Keyword(keyword) => *keyword,
                Meaning::Dropped(code) => {
                    self.refuse(*code, key)?;
                    self.path.pop();
                    continue;
                }
                Meaning::Property(_) if matches!(value, Value::Null) => {
                    self.path.pop();
                    continue;
                }
                Meaning::Property(_) => return self.fail(Code::InvalidValueObject, key),
            };
            if !seen.insert(keyword) {
                return self.fail(Code::CollidingKeywords, keyword.as_str());
            }
            match (keyword, value) {
                (Keyword::Context, _) => {}
                (Keyword::Value, value) => raw = Some(*value),
                (Keyword::Type, Value::String(name)) => {
                    datatype = Some(type_scoped.expand(name, RelativeTo::VocabularyOrDocument, self.options.base));
                }
                (Keyword::Type, Value::Array(names)) if names.iter().all(|name| name.as_str().is_some()) => {
                    return self.fail(Code::InvalidTypedValue, "@type");
                }
                (Keyword::Type, _) => return self.fail(Code::InvalidTypeValue, "@type"),
                (Keyword::Language, Value::String(tag)) => language = Some(tag.to_lowercase()),
                (Keyword::Language, _) => return self.fail(Code::InvalidLanguageTaggedString, "@language"),
                (Keyword::Direction, value) => match value.as_str().and_then(Direction::parse) {
                    Some(parsed) => direction = Some(parsed),
                    None => return self.fail(Code::InvalidBaseDirection, "@direction"),
                },
                (Keyword::Index, value) => self.unsigned_index(value)?,
                (other, _) => return self.fail(Code::InvalidValueObject, other.as_str()),
            }
            self.path.pop();
        }
        if datatype.is_some() && (language.is_some() || direction.is_some()) {
            return self.fail(Code::InvalidValueObject, "@type");
        }
        let value = raw.unwrap_or(&Value::Null);
        if let Some(Expansion::Keyword(Keyword::Json)) = datatype {
            let literal = self.json_literal(value)?;
            return self.value(Item::Value(Some(literal)), at);
        }
        match value {
            Value::Null => return self.dropped(Code::DroppedValue, "@value"),
            Value::Array(_) | Value::Object(_) => return self.fail(Code::InvalidValueObjectValue, "@value"),
            Value::String(_) => {}
            _ if language.is_some() => return self.fail(Code::InvalidLanguageTaggedValue, "@value"),
            _ => {}
        }
        let datatype = match datatype {
            None => None,
            Some(Expansion::Name(iri, via)) if is_well_formed(&iri) => {
                self.note_open_vocabulary(via)?;
                Some(iri)
            }
            Some(_) => return self.fail(Code::InvalidTypedValue, "@type"),
        };
        let annotations = Annotations { datatype: datatype.as_deref(), language: language.as_deref(), direction };
        let literal = self.literal(value, annotations, at.graph)?;
        self.value(Item::Value(literal), at)
    }

    fn value(&mut self, item: Item, at: Position<'c>) -> Result<Shape, JsonLdError> {
        match at.property {
            ActiveProperty::Included => self.fail(Code::InvalidIncludedValue, "@value"),
            ActiveProperty::Null | ActiveProperty::Graph => self.dropped(Code::DroppedValue, "@value"),
            ActiveProperty::Term(_) => {
                self.push_value(item, at)?;
                Ok(Shape::Map)
            }
        }
    }

    fn list_or_set(
        &mut self,
        active: &Context<'c>,
        members: &[Member<'_, 'c>],
        at: Position<'c>,
    ) -> Result<Shape, JsonLdError> {
        let mut content = None;
        for member in members {
            self.path.push(Step::Key(member.key));
            match &member.meaning {
                Meaning::Keyword(Keyword::Context) => {}
                Meaning::Keyword(Keyword::Index) => self.unsigned_index(member.value)?,
                Meaning::Keyword(keyword @ (Keyword::List | Keyword::Set)) if content.is_none() => {
                    content = Some((*keyword, member));
                }
                Meaning::Dropped(code) => self.refuse(*code, member.key)?,
                Meaning::Property(_) if matches!(member.value, Value::Null) => {}
                Meaning::Keyword(_) | Meaning::Property(_) => {
                    return self.fail(Code::InvalidSetOrListObject, member.key);
                }
            }
            self.path.pop();
        }
        let Some((keyword, member)) = content else { return Ok(Shape::Null) };
        // The object may have brought a context that defines the property anew.
        let at = Position { scope: PropertyScope::Possible, ..at };
        self.path.push(Step::Key(member.key));
        let shape = match keyword {
            Keyword::List if matches!(at.property, ActiveProperty::Included) => {
                return self.fail(Code::InvalidIncludedValue, "@list");
            }
            Keyword::List if at.is_free_floating() => self.dropped(Code::DroppedValue, "@list")?,
            Keyword::List => {
                let start = self.items.len();
                let inner = Position { parent: Parent::List, map_entry: None, wrap: Wrap::No, ..at };
                self.element(active, member.value, inner)?;
                let list = Item::List(self.items.split_off(start));
                self.push_value(list, at)?;
                Shape::Map
            }
            _ => self.element(active, member.value, at)?,
        };
        self.path.pop();
        Ok(shape)
    }

    /// An `@index`, which says something that no quad repeats.
    pub(super) fn unsigned_index(&self, value: &Value<'_>) -> Result<(), JsonLdError> {
        match value {
            Value::String(index) => self.refuse(Code::UnsignedIndex, index),
            _ => self.fail(Code::InvalidIndexValue, "@index"),
        }
    }
}

impl Member<'_, '_> {
    pub(super) fn keyword(&self) -> Option<Keyword> {
        match self.meaning {
            Meaning::Keyword(keyword) => Some(keyword),
            _ => None,
        }
    }
}

/// Step 7: a value object, and a mere reference, is still read as the type of the node around it says.
fn keeps_type_scope(active: &ActiveContext<'_>, object: Members<'_>) -> bool {
    object.iter().any(|(key, _)| active.keyword_of(key) == Some(Keyword::Value))
        || object.only_key().is_some_and(|key| active.keyword_of(key) == Some(Keyword::Id))
}
