//! Properties: expansion of their values, and the quads these make.

use super::converter::Converter;
use super::node::{Content, Node};
use super::object::{Member, Property};
use super::position::{ActiveProperty, Graph, Item, Position, PropertyScope, Resource, Shape, Wrap};
use crate::context::{Coercion, Context, Keyword, KeywordSet, Orientation};
use crate::error::{JsonLdError, JsonLdErrorCode as Code};
use crate::tree::Value;

impl<'c> Converter<'c> {
    pub(super) fn property(
        &mut self,
        active: &Context<'c>,
        node: &mut Node<'_, 'c>,
        member: &Member<'_, 'c>,
        property: &Property<'_, 'c>,
    ) -> Result<(), JsonLdError> {
        self.connect(active, node, member, property, orientation_of(property))
    }

    /// A property inside `@reverse`; one that is reversed twice points forward again.
    pub(super) fn reversed_property(
        &mut self,
        active: &Context<'c>,
        node: &mut Node<'_, 'c>,
        member: &Member<'_, 'c>,
        property: &Property<'_, 'c>,
    ) -> Result<(), JsonLdError> {
        let orientation = match orientation_of(property) {
            Orientation::Forward => Orientation::Reverse,
            Orientation::Reverse => Orientation::Forward,
        };
        self.connect(active, node, member, property, orientation)
    }

    fn connect(
        &mut self,
        active: &Context<'c>,
        node: &mut Node<'_, 'c>,
        member: &Member<'_, 'c>,
        property: &Property<'_, 'c>,
        orientation: Orientation,
    ) -> Result<(), JsonLdError> {
        self.note_open_vocabulary(property.via)?;
        let start = self.items.len();
        let shape = self.values(active, node, member, property)?;
        if shape == Shape::Null {
            self.items.truncate(start);
            return Ok(());
        }
        node.content = Content::Some;
        let is_list = shape == Shape::Map && matches!(self.items[start..], [Item::List(_)]);
        if container_of(property).contains(Keyword::List) && !is_list {
            let list = self.items.split_off(start);
            self.items.push(Item::List(list));
        }
        let predicate = self.predicate_of(&property.iri, property.definition, member.key)?;
        for position in start..self.items.len() {
            let item = std::mem::replace(&mut self.items[position], Item::Node(None));
            match (orientation, item) {
                (Orientation::Forward, item) => self.emit(node.subject, predicate, item, node.graph),
                (Orientation::Reverse, Item::Node(other)) => self.insert(other, predicate, node.subject, node.graph),
                (Orientation::Reverse, Item::Value(_) | Item::List(_)) => {
                    return self.fail(Code::InvalidReversePropertyValue, member.key);
                }
            }
        }
        self.items.truncate(start);
        Ok(())
    }

    fn values(
        &mut self,
        active: &Context<'c>,
        node: &Node<'_, 'c>,
        member: &Member<'_, 'c>,
        property: &Property<'_, 'c>,
    ) -> Result<Shape, JsonLdError> {
        let container = container_of(property);
        if let Some(definition) = property.definition {
            if definition.coercion == Some(Coercion::Json) {
                let literal = self.json_literal(member.value)?;
                self.items.push(Item::Value(Some(literal)));
                return Ok(Shape::Map);
            }
            if let Value::Object(map) = member.value {
                if container.contains(Keyword::Language) {
                    return self.language_map(active, definition, map, node.graph);
                }
                if [Keyword::Index, Keyword::Id, Keyword::Type].into_iter().any(|kind| container.contains(kind)) {
                    return self.keyed_map(active, member.key, definition, map, node.graph);
                }
            }
        }
        let is_plain_graph = container.contains(Keyword::Graph)
            && !container.contains(Keyword::Id)
            && !container.contains(Keyword::Index);
        let wrap = if is_plain_graph { Wrap::Always } else { Wrap::No };
        let scope = match property.definition.and_then(|definition| definition.context) {
            Some(_) => PropertyScope::Possible,
            None => PropertyScope::Absent,
        };
        if wrap == Wrap::No
            && scope == PropertyScope::Absent
            && let Value::String(_) | Value::Number(_) | Value::Bool(_) = member.value
        {
            let item = self.expand_value_as(active, property.definition, member.value, node.graph)?;
            self.items.push(item);
            return Ok(Shape::Map);
        }
        let position = Position { wrap, scope, ..Position::of(ActiveProperty::Term(member.key), node.graph) };
        self.element(active, member.value, position)
    }

    fn emit(&mut self, subject: Resource, predicate: Resource, item: Item, graph: Graph) {
        if subject.is_none() || predicate.is_none() || graph == Graph::Dropped {
            return;
        }
        let object = self.object_of(item, graph);
        self.insert(subject, predicate, object, graph);
    }

    /// [Object to RDF](https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion) and
    /// [list to RDF conversion](https://www.w3.org/TR/json-ld11-api/#list-to-rdf-conversion).
    fn object_of(&mut self, item: Item, graph: Graph) -> Resource {
        let items = match item {
            Item::Node(resource) | Item::Value(resource) => return resource,
            Item::List(items) => items,
        };
        let (first, rest, nil) = (self.rdf("first"), self.rdf("rest"), self.rdf("nil"));
        let mut tail = nil;
        for item in items.into_iter().rev() {
            let cell = self.dataset.fresh_blank();
            let object = self.object_of(item, graph);
            self.insert(Some(cell), Some(first), object, graph);
            self.insert(Some(cell), Some(rest), Some(tail), graph);
            tail = cell;
        }
        Some(tail)
    }
}

fn orientation_of(property: &Property<'_, '_>) -> Orientation {
    property.definition.map_or(Orientation::Forward, |definition| definition.orientation)
}

fn container_of(property: &Property<'_, '_>) -> KeywordSet {
    property.definition.map_or_else(KeywordSet::default, |definition| definition.container)
}
