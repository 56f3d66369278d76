//! Maps: `@container` of `@language`, `@index`, `@id` and `@type`,
//! [expansion algorithm](https://www.w3.org/TR/json-ld11-api/#expansion-algorithm) steps 13.7 and 13.8.

use super::converter::{Converter, Step};
use super::literals::Annotations;
use super::position::{ActiveProperty, Graph, Item, MapEntry, Position, Shape, Wrap};
use crate::context::{Context, Keyword, RelativeTo, Scope, TermDefinition};
use crate::error::{JsonLdError, JsonLdErrorCode as Code};
use crate::tree::{Object, Value};

impl<'c> Converter<'c> {
    pub(super) fn language_map(
        &mut self,
        active: &Context<'c>,
        definition: &TermDefinition<'c>,
        map: &'c Object<'c>,
        graph: Graph,
    ) -> Result<Shape, JsonLdError> {
        let direction = definition.direction.unwrap_or(active.direction);
        for (tag, texts) in map.iter() {
            self.path.push(Step::Key(tag));
            let language = (active.keyword_of(tag) != Some(Keyword::None)).then(|| tag.to_lowercase());
            for text in texts.one_or_many() {
                match text {
                    Value::Null => {}
                    Value::String(_) => {
                        let annotations = Annotations { datatype: None, language: language.as_deref(), direction };
                        let literal = self.literal(text, annotations, graph)?;
                        self.items.push(Item::Value(literal));
                    }
                    _ => return self.fail(Code::InvalidLanguageMapValue, tag),
                }
            }
            self.path.pop();
        }
        Ok(Shape::Array)
    }

    /// Index, id and type maps.
    pub(super) fn keyed_map(
        &mut self,
        active: &Context<'c>,
        property: &'c str,
        definition: &TermDefinition<'c>,
        map: &'c Object<'c>,
        graph: Graph,
    ) -> Result<Shape, JsonLdError> {
        let container = definition.container;
        let wrap = if container.contains(Keyword::Graph) { Wrap::UnlessGraph } else { Wrap::No };
        for (key, value) in map.iter() {
            self.path.push(Step::Key(key));
            let says_nothing = active.keyword_of(key) == Some(Keyword::None);
            let mut context = active.clone();
            let mut id = None;
            if container.contains(Keyword::Type) {
                context = active.previous.clone().unwrap_or(context);
                if let Some(scoped) = self.scoped(&context, &context, key, Scope::Type)? {
                    context = scoped;
                }
            } else if container.contains(Keyword::Id) && !says_nothing {
                id = Some(self.resource(active, key, RelativeTo::Document, Code::RelativeId)?);
            }
            let start = self.items.len();
            let map_entry = Some(MapEntry { id });
            let position = Position { wrap, map_entry, ..Position::of(ActiveProperty::Term(property), graph) };
            self.element(&context, value, position)?;
            if !says_nothing {
                self.note_key(active, definition, key, start, graph)?;
            }
            self.path.pop();
        }
        Ok(Shape::Array)
    }

    /// Adds what the key of a map says about the items that its value became.
    fn note_key(
        &mut self,
        active: &Context<'c>,
        definition: &TermDefinition<'c>,
        key: &'c str,
        start: usize,
        graph: Graph,
    ) -> Result<(), JsonLdError> {
        let (predicate, object) = match definition.index {
            Some(index) => {
                let predicate = match active.expand(index, RelativeTo::Vocabulary, None) {
                    crate::context::Expansion::Name(iri, _) => self.predicate_of(&iri, None, index)?,
                    _ => None,
                };
                let object = match self.expand_value(active, index, &Value::String(key.into()), graph)? {
                    Item::Node(object) | Item::Value(object) => object,
                    Item::List(_) => None,
                };
                (predicate, object)
            }
            None if definition.container.contains(Keyword::Index) => return self.refuse(Code::UnsignedIndex, key),
            None if definition.container.contains(Keyword::Type) => {
                let predicate = self.rdf_type();
                (Some(predicate), self.resource(active, key, RelativeTo::Vocabulary, Code::RelativeType)?)
            }
            None => (None, None),
        };
        for position in start..self.items.len() {
            match self.items[position] {
                Item::Node(subject) => self.insert(subject, predicate, object, graph),
                Item::Value(_) | Item::List(_) if definition.index.is_some() => {
                    return self.fail(Code::InvalidValueObject, key);
                }
                // A value has neither identifier nor types: what the key says is lost.
                Item::Value(_) | Item::List(_) => self.refuse(Code::InvalidValueObject, key)?,
            }
        }
        Ok(())
    }
}
