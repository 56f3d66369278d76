//! The state of a conversion, and its first steps: contexts, arrays and scalars.

use std::borrow::Cow;

use super::position::{ActiveProperty, Graph, Item, Parent, Position, PropertyScope, Resource, Shape, Wrap};
use super::{GeneralizedRdf, Options, RdfDirection, RdfDocument, SafeMode};
use hashbrown::HashMap;

use super::members::Members;
use crate::context::{
    ActiveContext, Context, ContextDocument, ContextError, ContextProcessor, Expansion, Form, Keyword, Mapping,
    RelativeTo, Scope, TermDefinition, Via, initial, is_well_formed,
};
use crate::dataset::{Dataset, TermId};
use crate::error::{JsonLdError, JsonLdErrorCode as Code};
use crate::tree::{Value, escape_pointer_token};

pub(super) const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// Contexts written into one document; peers write none, experiments one or two.
const MOST_INLINE_CONTEXTS: usize = 256;
/// Context documents that one document may lead to; a transcript of ten kinds of credential needs about twenty.
const MOST_CONTEXT_DOCUMENTS: usize = 64;
/// Bytes of text in all values and in all names after expansion. Short names for long IRIs could otherwise turn a
/// megabyte into gigabytes; what credentials say gets two or three times longer.
const MOST_TEXT: usize = 48 << 20;

pub(super) struct Converter<'c> {
    pub(super) options: Options<'c>,
    /// Members of the document itself that are not there.
    left_out: &'c [&'c str],
    pub(super) contexts: ContextProcessor<'c>,
    pub(super) dataset: Dataset,
    /// Where we are in the document.
    pub(super) path: Vec<Step<'c>>,
    /// What the values of the properties under way have become so far, outer before inner.
    pub(super) items: Vec<Item>,
    /// What term definitions stand for, by their number.
    defined: HashMap<u64, Resource>,
    vocabulary: Vocabulary,
    text_left: usize,
    documents: Vec<&'c ContextDocument>,
    inline_contexts: Vec<String>,
    open_vocabulary: Vec<String>,
}

/// The terms of RDF itself that were needed so far.
#[derive(Default)]
struct Vocabulary {
    rdf_type: Option<TermId>,
}

#[derive(Clone, Copy)]
pub(super) enum Step<'c> {
    Key(&'c str),
    Index(usize),
}

impl<'c> Converter<'c> {
    pub(super) fn new(options: &Options<'c>, left_out: &'c [&'c str]) -> Self {
        Converter {
            options: *options,
            left_out,
            contexts: ContextProcessor::new(options.contexts, options.edition, options.safe, options.base),
            dataset: Dataset::new(),
            path: Vec::new(),
            items: Vec::new(),
            // Room for a small credential.
            defined: HashMap::with_capacity(56),
            vocabulary: Vocabulary::default(),
            text_left: MOST_TEXT,
            documents: Vec::new(),
            inline_contexts: Vec::new(),
            open_vocabulary: Vec::new(),
        }
    }

    pub(super) fn convert(mut self, value: &'c Value<'c>) -> Result<RdfDocument, JsonLdError> {
        let mut active: Context<'c> = initial();
        if let Some(context) = self.options.expand_context {
            let local = context.get("@context").unwrap_or(context);
            active = self.contexts.apply(&active, local).map_err(|error| self.context_error(error))?;
            self.note_documents(&active)?;
        }
        let position = Position { parent: Parent::Document, ..Position::of(ActiveProperty::Null, Graph::Default) };
        self.element(&active, value, position)?;
        let editions = self.documents.iter().map(|document| self.options.contexts.editions(document.url())).max();
        Ok(RdfDocument {
            contexts: self.documents.iter().map(|document| document.used()).collect(),
            dataset: self.dataset,
            inline_contexts: self.inline_contexts,
            open_vocabulary: self.open_vocabulary,
            editions: editions.unwrap_or(1).max(1),
        })
    }

    /// Expands a value and pushes what it becomes onto [`Converter::items`].
    pub(super) fn element(
        &mut self,
        active: &Context<'c>,
        value: &'c Value<'c>,
        at: Position<'c>,
    ) -> Result<Shape, JsonLdError> {
        match value {
            Value::Null => Ok(Shape::Null),
            Value::Array(items) => self.array(active, items, at),
            Value::Object(object) => {
                let left_out = if at.parent == Parent::Document { self.left_out } else { &[] };
                self.object(active, Members { object, left_out }, at)
            }
            scalar => self.scalar(active, scalar, at),
        }
    }

    fn array(&mut self, active: &Context<'c>, items: &'c [Value<'c>], at: Position<'c>) -> Result<Shape, JsonLdError> {
        let in_list = at.parent == Parent::List
            || matches!(at.property, ActiveProperty::Term(term)
                if active.term(term).is_some_and(|term| term.container.contains(Keyword::List)));
        let inner = Position { parent: Parent::Other, ..at };
        for (index, item) in items.iter().enumerate() {
            self.path.push(Step::Index(index));
            let start = self.items.len();
            let shape = self.element(active, item, inner)?;
            if in_list && shape == Shape::Array {
                let list = self.items.split_off(start);
                self.items.push(Item::List(list));
            }
            self.path.pop();
        }
        Ok(Shape::Array)
    }

    fn scalar(&mut self, active: &Context<'c>, value: &'c Value<'c>, at: Position<'c>) -> Result<Shape, JsonLdError> {
        let term = match at.property {
            ActiveProperty::Term(term) => term,
            ActiveProperty::Included => return self.fail(Code::InvalidIncludedValue, ""),
            ActiveProperty::Null | ActiveProperty::Graph => return self.dropped(Code::DroppedValue, ""),
        };
        let scoped = match at.scope {
            PropertyScope::Absent => None,
            PropertyScope::Possible => self.scoped(active, active, term, Scope::Property)?,
        };
        let item = self.expand_value(scoped.as_ref().unwrap_or(active), term, value, at.graph)?;
        self.push_value(item, at)?;
        Ok(Shape::Map)
    }

    /// Pushes something other than a node that has members.
    pub(super) fn push_value(&mut self, item: Item, at: Position<'c>) -> Result<(), JsonLdError> {
        let item = match at.wrap {
            Wrap::No => item,
            // The graph would be empty: only nodes have quads to put into it.
            Wrap::Always | Wrap::UnlessGraph => {
                self.dropped(Code::DroppedValue, "@graph")?;
                Item::Node(self.graph_name(at))
            }
        };
        self.items.push(item);
        Ok(())
    }

    /// The name of the graph that a value in a graph container becomes.
    pub(super) fn graph_name(&mut self, at: Position<'c>) -> Resource {
        match at.map_entry.and_then(|entry| entry.id) {
            Some(id) => id,
            None => Some(self.dataset.fresh_blank()),
        }
    }

    /// Applies the `@context` of an object.
    pub(super) fn document_context(
        &mut self,
        active: &Context<'c>,
        local: &'c Value<'c>,
    ) -> Result<Context<'c>, JsonLdError> {
        self.path.push(Step::Key("@context"));
        match local {
            Value::Array(items) => {
                for (index, _) in items.iter().enumerate().filter(|(_, item)| matches!(item, Value::Object(_))) {
                    self.path.push(Step::Index(index));
                    self.note_inline_context()?;
                    self.path.pop();
                }
            }
            Value::Object(_) => self.note_inline_context()?,
            _ => {}
        }
        let context = self.contexts.apply(active, local).map_err(|error| self.context_error(error))?;
        self.note_documents(&context)?;
        self.path.pop();
        Ok(context)
    }

    /// Applies the scoped context of `term`, if it has one.
    pub(super) fn scoped(
        &mut self,
        active: &Context<'c>,
        owner: &Context<'c>,
        term: &str,
        scope: Scope,
    ) -> Result<Option<Context<'c>>, JsonLdError> {
        let scoped =
            self.contexts.apply_scoped(active, owner, term, scope).map_err(|error| self.context_error(error))?;
        if let Some(context) = &scoped {
            self.note_documents(context)?;
        }
        Ok(scoped)
    }

    fn note_inline_context(&mut self) -> Result<(), JsonLdError> {
        let pointer = self.pointer();
        self.charge(pointer.len())?;
        self.inline_contexts.push(pointer);
        if self.inline_contexts.len() > MOST_INLINE_CONTEXTS {
            return self.fail(Code::ContextOverflow, "@context");
        }
        Ok(())
    }

    fn note_documents(&mut self, context: &ActiveContext<'c>) -> Result<(), JsonLdError> {
        for document in &context.documents {
            if !self.documents.iter().any(|known| std::ptr::eq(*known, *document)) {
                self.documents.push(document);
            }
        }
        if self.documents.len() > MOST_CONTEXT_DOCUMENTS {
            return self.fail(Code::ContextOverflow, "@context");
        }
        Ok(())
    }

    /// Remembers that the name at hand owes its meaning to `@vocab`.
    pub(super) fn note_open_vocabulary(&mut self, via: Via) -> Result<(), JsonLdError> {
        if via == Via::Vocabulary && self.open_vocabulary.len() < RdfDocument::MOST_POINTERS {
            let pointer = self.pointer();
            self.charge(pointer.len())?;
            self.open_vocabulary.push(pointer);
        }
        Ok(())
    }

    /// Expands a name to a resource; `code` is the error in safe mode when it is none.
    pub(super) fn resource(
        &mut self,
        active: &ActiveContext<'c>,
        name: &str,
        relative_to: RelativeTo,
        code: Code,
    ) -> Result<Resource, JsonLdError> {
        if relative_to != RelativeTo::Document
            && let Some(definition) = active.term(name)
            && let Mapping::Iri(_) = definition.mapping
        {
            let resource = self.resource_of_term(definition)?;
            if resource.is_none() {
                self.refuse(code, name)?;
            }
            return Ok(resource);
        }
        match active.expand(name, relative_to, self.options.base) {
            Expansion::Name(iri, via) => {
                self.note_open_vocabulary(via)?;
                let resource = self.resource_of(&iri)?;
                if resource.is_none() {
                    self.refuse(code, name)?;
                }
                Ok(resource)
            }
            Expansion::Reserved => self.refuse(Code::ReservedTerm, name).map(|()| None),
            Expansion::Null | Expansion::Keyword(_) => self.refuse(code, name).map(|()| None),
        }
    }

    /// The term of an IRI or blank node identifier, if it is one.
    pub(super) fn resource_of(&mut self, iri: &str) -> Result<Resource, JsonLdError> {
        self.charge(iri.len())?;
        Ok(match iri.strip_prefix("_:") {
            Some(label) => Some(self.dataset.blank(label)),
            None => is_well_formed(iri).then(|| self.dataset.iri(iri)),
        })
    }

    /// The predicate of a property that expands to `iri`, by `definition` if there is one.
    pub(super) fn predicate_of(
        &mut self,
        iri: &str,
        definition: Option<&TermDefinition<'c>>,
        name: &str,
    ) -> Result<Resource, JsonLdError> {
        let predicate = match definition {
            _ if iri.starts_with("_:") && self.options.generalized_rdf == GeneralizedRdf::Refuse => None,
            Some(definition) => self.resource_of_term(definition)?,
            None => self.resource_of(iri)?,
        };
        if predicate.is_none() {
            self.refuse(Code::RelativeProperty, name)?;
        }
        Ok(predicate)
    }

    /// The resource that a term stands for. Each definition is looked at once.
    pub(super) fn resource_of_term(&mut self, definition: &TermDefinition<'c>) -> Result<Resource, JsonLdError> {
        if let Some(known) = self.defined.get(&definition.number) {
            return Ok(*known);
        }
        let resource = match definition.text() {
            Some(iri) if definition.form == Form::PlainIri => {
                self.charge(iri.len())?;
                Some(self.dataset.plain_iri(iri))
            }
            Some(iri) => self.resource_of(iri)?,
            None => None,
        };
        self.defined.insert(definition.number, resource);
        Ok(resource)
    }

    pub(super) fn rdf_type(&mut self) -> TermId {
        let Converter { vocabulary, dataset, .. } = self;
        *vocabulary.rdf_type.get_or_insert_with(|| dataset.iri(&[RDF, "type"].concat()))
    }

    pub(super) fn rdf(&mut self, name: &str) -> TermId {
        self.dataset.iri(&[RDF, name].concat())
    }

    /// Adds a quad unless a part of it is missing.
    pub(super) fn insert(&mut self, subject: Resource, predicate: Resource, object: Resource, graph: Graph) {
        let graph = match graph {
            Graph::Default => None,
            Graph::Named(name) => Some(name),
            Graph::Dropped => return,
        };
        if let (Some(subject), Some(predicate), Some(object)) = (subject, predicate, object) {
            self.dataset.insert(subject, predicate, object, graph);
        }
    }

    pub(super) fn is_safe(&self) -> bool {
        self.options.safe == SafeMode::On
    }

    pub(super) fn direction_form(&self) -> Option<RdfDirection> {
        self.options.rdf_direction
    }

    /// In safe mode an error, otherwise nothing.
    pub(super) fn refuse(&self, code: Code, detail: &str) -> Result<(), JsonLdError> {
        if self.is_safe() { self.fail(code, detail) } else { Ok(()) }
    }

    /// In safe mode an error, otherwise a value that has come to nothing.
    pub(super) fn dropped(&self, code: Code, detail: &str) -> Result<Shape, JsonLdError> {
        self.refuse(code, detail).map(|()| Shape::Null)
    }

    pub(super) fn fail<T>(&self, code: Code, detail: &str) -> Result<T, JsonLdError> {
        Err(JsonLdError { code, pointer: self.pointer(), detail: JsonLdError::shorten(detail) })
    }

    fn context_error(&self, error: ContextError) -> JsonLdError {
        // A URL is repeated in full: whoever fetches it needs it.
        let detail = match error.code {
            Code::LoadingRemoteContextFailed => error.detail,
            _ => JsonLdError::shorten(&error.detail),
        };
        JsonLdError { code: error.code, pointer: self.pointer(), detail }
    }

    /// Counts text that this document makes us handle.
    pub(super) fn charge(&mut self, length: usize) -> Result<(), JsonLdError> {
        match self.text_left.checked_sub(length) {
            Some(left) => self.text_left = left,
            None => return self.fail(Code::TooMuchWork, ""),
        }
        Ok(())
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.path {
            pointer.push('/');
            match step {
                Step::Key(key) => pointer.push_str(&escape_pointer_token(key)),
                Step::Index(index) => pointer.push_str(&index.to_string()),
            }
        }
        pointer
    }
}

/// The name that an expansion gives, if it gives one with a colon in it: others are dropped.
pub(super) fn property_name(expansion: Expansion<'_>) -> Result<(Cow<'_, str>, Via), Code> {
    match expansion {
        Expansion::Name(iri, via) if iri.contains(':') => Ok((iri, via)),
        Expansion::Reserved => Err(Code::ReservedTerm),
        _ => Err(Code::UndefinedTerm),
    }
}
