//! Nodes: their identifier, their keywords, and the graph they may name,
//! [expansion algorithm](https://www.w3.org/TR/json-ld11-api/#expansion-algorithm) steps 13 and 14 together with
//! [node map generation](https://www.w3.org/TR/json-ld11-api/#node-map-generation).

use super::converter::{Converter, Step};
use super::object::{Meaning, Member};
use super::position::{ActiveProperty, Graph, Item, Parent, Position, Resource, Shape, Wrap};
use crate::context::{Context, Keyword, KeywordSet, RelativeTo, Scope};
use crate::error::{JsonLdError, JsonLdErrorCode as Code};
use crate::tree::Value;

/// A node while its members are read.
pub(super) struct Node<'a, 'c> {
    pub(super) subject: Resource,
    /// The graph that its quads go to.
    pub(super) graph: Graph,
    /// The context before the types of this very node were applied; types themselves are read with it.
    type_scoped: &'a Context<'c>,
    seen: KeywordSet,
    /// Whether the expanded node would have an entry so far.
    pub(super) content: Content,
    parent: Parent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    None,
    Some,
}

impl<'c> Converter<'c> {
    pub(super) fn node(
        &mut self,
        active: &Context<'c>,
        type_scoped: &Context<'c>,
        members: &[Member<'_, 'c>],
        keywords: KeywordSet,
        at: Position<'c>,
    ) -> Result<Shape, JsonLdError> {
        let has_properties = members.iter().any(|member| matches!(member.meaning, Meaning::Property(_)));
        let is_bare_language =
            keywords.contains(Keyword::Language) && keywords.is_within(&[Keyword::Language, Keyword::Context]);
        if !has_properties && is_bare_language {
            return self.dropped(Code::DroppedValue, "@language");
        }
        if !has_properties && keywords.is_within(&[Keyword::Id, Keyword::Context]) {
            self.refuse_bare(members, at)?;
        }
        let is_graph = !has_properties
            && keywords.contains(Keyword::Graph)
            && keywords.is_within(&[Keyword::Graph, Keyword::Id, Keyword::Index, Keyword::Context]);
        let wraps = match at.wrap {
            Wrap::No => false,
            Wrap::Always => true,
            Wrap::UnlessGraph => !is_graph,
        };
        let (graph, name) = if wraps {
            let name = self.graph_name(at);
            (name.map_or(Graph::Dropped, Graph::Named), Some(name))
        } else {
            (at.graph, None)
        };
        let subject = match self.identifier(active, members)? {
            Some(id) => id,
            None => match at.map_entry.and_then(|entry| entry.id) {
                Some(id) if !wraps => id,
                _ => Some(self.dataset.fresh_blank()),
            },
        };
        let (seen, content) = (KeywordSet::default(), Content::None);
        let mut node = Node { subject, graph, type_scoped, seen, content, parent: at.parent };
        self.read_members(active, members, &mut node)?;
        self.items.push(Item::Node(name.unwrap_or(subject)));
        Ok(Shape::Map)
    }

    /// Step 19: an object that says nothing, or nothing but its identifier, leaves no quad where it belongs to no node.
    fn refuse_bare(&mut self, members: &[Member<'_, 'c>], at: Position<'c>) -> Result<(), JsonLdError> {
        for member in members {
            if let Meaning::Dropped(code) = member.meaning {
                self.path.push(Step::Key(member.key));
                self.refuse(code, member.key)?;
                self.path.pop();
            }
        }
        if at.is_free_floating() || at.wrap != Wrap::No {
            self.refuse(Code::DroppedValue, "")?;
        }
        Ok(())
    }

    /// The node's own identifier, also from inside `@nest`: `Some(None)` where it is no IRI.
    fn identifier(
        &mut self,
        active: &Context<'c>,
        members: &[Member<'_, 'c>],
    ) -> Result<Option<Resource>, JsonLdError> {
        for member in members {
            match (member.keyword(), member.value) {
                (Some(Keyword::Id), Value::String(name)) => {
                    self.path.push(Step::Key(member.key));
                    let id = self.resource(active, name, RelativeTo::Document, Code::RelativeId)?;
                    self.path.pop();
                    return Ok(Some(id));
                }
                (Some(Keyword::Id), _) => {
                    self.path.push(Step::Key(member.key));
                    return self.fail(Code::InvalidIdValue, "@id");
                }
                _ => {}
            }
        }
        for member in members.iter().filter(|member| member.keyword() == Some(Keyword::Nest)) {
            for object in member.value.one_or_many().iter().filter_map(Value::as_object) {
                let context = self.scoped(active, active, member.key, Scope::Property)?;
                let context = context.as_ref().unwrap_or(active);
                let members = self.members(context, object.into())?;
                if let Some(id) = self.identifier(context, &members)? {
                    return Ok(Some(id));
                }
            }
        }
        Ok(None)
    }

    fn read_members(
        &mut self,
        active: &Context<'c>,
        members: &[Member<'_, 'c>],
        node: &mut Node<'_, 'c>,
    ) -> Result<(), JsonLdError> {
        // Nested members and the graph come last: what the graph is called depends on the others.
        for member in members {
            self.path.push(Step::Key(member.key));
            match &member.meaning {
                Meaning::Property(property) => self.property(active, node, member, property)?,
                Meaning::Keyword(Keyword::Context) => {}
                Meaning::Keyword(keyword) => self.keyword(active, node, member, *keyword)?,
                Meaning::Dropped(code) => self.refuse(*code, member.key)?,
            }
            self.path.pop();
        }
        for late in [Keyword::Nest, Keyword::Graph] {
            for member in members.iter().filter(|member| member.keyword() == Some(late)) {
                self.path.push(Step::Key(member.key));
                match late {
                    Keyword::Nest => self.nested(active, node, member)?,
                    _ => self.graph(active, node, member.value)?,
                }
                self.path.pop();
            }
        }
        Ok(())
    }

    fn keyword(
        &mut self,
        active: &Context<'c>,
        node: &mut Node<'_, 'c>,
        member: &Member<'_, 'c>,
        keyword: Keyword,
    ) -> Result<(), JsonLdError> {
        if keyword == Keyword::Nest {
            return Ok(());
        }
        if !node.seen.insert(keyword) && !matches!(keyword, Keyword::Included | Keyword::Type) {
            return self.fail(Code::CollidingKeywords, keyword.as_str());
        }
        match keyword {
            Keyword::Graph => return Ok(()),
            Keyword::Id => {}
            Keyword::Type => self.types(node, member.value)?,
            Keyword::Included => {
                let position = Position::of(ActiveProperty::Included, node.graph);
                let start = self.items.len();
                self.element(active, member.value, position)?;
                self.items.truncate(start);
            }
            Keyword::Index => self.unsigned_index(member.value)?,
            Keyword::Reverse => self.reverse(active, node, member.value)?,
            Keyword::List | Keyword::Set => return self.fail(Code::InvalidSetOrListObject, keyword.as_str()),
            Keyword::Value => return self.fail(Code::InvalidValueObject, keyword.as_str()),
            other => self.refuse(Code::DroppedValue, other.as_str())?,
        }
        node.content = Content::Some;
        Ok(())
    }

    fn types(&mut self, node: &Node<'_, 'c>, types: &'c Value<'c>) -> Result<(), JsonLdError> {
        for (index, value) in types.one_or_many().iter().enumerate() {
            let Value::String(name) = value else { return self.fail(Code::InvalidTypeValue, "@type") };
            if let Value::Array(_) = types {
                self.path.push(Step::Index(index));
            }
            let object = self.resource(node.type_scoped, name, RelativeTo::VocabularyOrDocument, Code::RelativeType)?;
            let predicate = self.rdf_type();
            self.insert(node.subject, Some(predicate), object, node.graph);
            if let Value::Array(_) = types {
                self.path.pop();
            }
        }
        Ok(())
    }

    fn graph(
        &mut self,
        active: &Context<'c>,
        node: &mut Node<'_, 'c>,
        value: &'c Value<'c>,
    ) -> Result<(), JsonLdError> {
        let graph = match node.subject {
            // A document that is nothing but a graph is the default graph.
            _ if node.parent == Parent::Document && node.content == Content::None => node.graph,
            Some(name) => Graph::Named(name),
            None => Graph::Dropped,
        };
        let start = self.items.len();
        self.element(active, value, Position::of(ActiveProperty::Graph, graph))?;
        self.items.truncate(start);
        Ok(())
    }

    fn nested(
        &mut self,
        active: &Context<'c>,
        node: &mut Node<'_, 'c>,
        member: &Member<'_, 'c>,
    ) -> Result<(), JsonLdError> {
        let scoped = self.scoped(active, active, member.key, Scope::Property)?;
        let active = scoped.as_ref().unwrap_or(active);
        for (index, value) in member.value.one_or_many().iter().enumerate() {
            if let Value::Array(_) = member.value {
                self.path.push(Step::Index(index));
            }
            let Value::Object(object) = value else { return self.fail(Code::InvalidNestValue, member.key) };
            let members = self.members(active, object.into())?;
            if members.iter().any(|member| member.keyword() == Some(Keyword::Value)) {
                return self.fail(Code::InvalidNestValue, member.key);
            }
            self.read_members(active, &members, node)?;
            if let Value::Array(_) = member.value {
                self.path.pop();
            }
        }
        Ok(())
    }

    /// `@reverse`: properties that point to this node.
    fn reverse(
        &mut self,
        active: &Context<'c>,
        node: &mut Node<'_, 'c>,
        value: &'c Value<'c>,
    ) -> Result<(), JsonLdError> {
        let Value::Object(object) = value else { return self.fail(Code::InvalidReverseValue, "@reverse") };
        let mut active = active.previous.clone().unwrap_or_else(|| active.clone());
        if let Some(local) = object.get("@context") {
            active = self.document_context(&active, local)?;
        }
        for member in self.members(&active, object.into())? {
            self.path.push(Step::Key(member.key));
            match &member.meaning {
                Meaning::Keyword(Keyword::Context) => {}
                Meaning::Keyword(_) => return self.fail(Code::InvalidReversePropertyMap, member.key),
                Meaning::Property(property) => self.reversed_property(&active, node, &member, property)?,
                Meaning::Dropped(code) => self.refuse(*code, member.key)?,
            }
            self.path.pop();
        }
        Ok(())
    }
}
