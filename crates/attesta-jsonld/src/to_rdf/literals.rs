//! Values: [value expansion](https://www.w3.org/TR/json-ld11-api/#value-expansion) and
//! [object to RDF conversion](https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion).

use oxilangtag::LanguageTag;

use super::RdfDirection;
use super::converter::{Converter, RDF};
use super::position::{Graph, Item, Resource};
use crate::context::{ActiveContext, Coercion, Direction, Form, RelativeTo, TermDefinition, is_well_formed};
use crate::dataset::{TermId, XSD_STRING};
use crate::error::{JsonLdError, JsonLdErrorCode as Code};
use crate::jcs;
use crate::number::rdf_literal;
use crate::tree::Value;

const XSD_BOOLEAN: &str = "http://www.w3.org/2001/XMLSchema#boolean";
const I18N: &str = "https://www.w3.org/ns/i18n#";

/// What a value object says beside its value.
#[derive(Clone, Copy, Default)]
pub(super) struct Annotations<'t> {
    /// A well-formed IRI.
    pub(super) datatype: Option<&'t str>,
    pub(super) language: Option<&'t str>,
    pub(super) direction: Option<Direction>,
}

impl<'c> Converter<'c> {
    /// Expands a scalar as the definition of its property says.
    pub(super) fn expand_value(
        &mut self,
        active: &ActiveContext<'c>,
        property: &str,
        value: &Value<'_>,
        graph: Graph,
    ) -> Result<Item, JsonLdError> {
        self.expand_value_as(active, active.term(property), value, graph)
    }

    /// Expands a scalar as a definition says, which is that of its property in `active`, if it has one.
    pub(super) fn expand_value_as(
        &mut self,
        active: &ActiveContext<'c>,
        definition: Option<&TermDefinition<'c>>,
        value: &Value<'_>,
        graph: Graph,
    ) -> Result<Item, JsonLdError> {
        match (definition.and_then(|term| term.coercion.as_ref()), value) {
            (Some(Coercion::Id), Value::String(name)) => {
                self.resource(active, name, RelativeTo::Document, Code::RelativeId).map(Item::Node)
            }
            (Some(Coercion::Vocab), Value::String(name)) => {
                self.resource(active, name, RelativeTo::VocabularyOrDocument, Code::RelativeId).map(Item::Node)
            }
            (Some(Coercion::Json), value) => Ok(Item::Value(Some(self.json_literal(value)?))),
            (Some(Coercion::Datatype { iri: datatype, form }), value) => {
                if *form == Form::Other && !is_well_formed(datatype) {
                    return self.refuse(Code::RelativeType, datatype).map(|()| Item::Value(None));
                }
                let annotations = Annotations { datatype: Some(datatype), ..Annotations::default() };
                self.literal(value, annotations, graph).map(Item::Value)
            }
            (_, value) => {
                let mut annotations = Annotations::default();
                if let Value::String(_) = value {
                    let language = definition.and_then(|term| term.language.as_ref()).unwrap_or(&active.language);
                    annotations.language = language.as_deref();
                    annotations.direction = definition.and_then(|term| term.direction).unwrap_or(active.direction);
                }
                self.literal(value, annotations, graph).map(Item::Value)
            }
        }
    }

    /// A literal of datatype `rdf:JSON`.
    pub(super) fn json_literal(&mut self, value: &Value<'_>) -> Result<TermId, JsonLdError> {
        let text = String::from_utf8(jcs::canonicalize(value)).expect("RFC 8785 text is UTF-8");
        self.charge(text.len())?;
        Ok(self.dataset.literal(&text, &[RDF, "JSON"].concat(), None))
    }

    /// A literal, or the node that stands for one. `None` where it is not well-formed and safe mode is off.
    pub(super) fn literal(
        &mut self,
        value: &Value<'_>,
        annotations: Annotations<'_>,
        graph: Graph,
    ) -> Result<Resource, JsonLdError> {
        let Annotations { datatype, language, direction } = annotations;
        let length = |text: Option<&str>| text.map_or(0, str::len);
        self.charge(length(value.as_str()) + length(datatype) + length(language))?;
        if let Some(tag) = language
            && LanguageTag::parse(tag).is_err()
        {
            return self.refuse(Code::InvalidLanguageTag, tag).map(|()| None);
        }
        match value {
            Value::String(text) => match (direction, self.direction_form()) {
                (None, _) => Ok(Some(self.plain_literal(text, datatype, language))),
                (Some(direction), Some(form)) => {
                    Ok(Some(self.directed_literal(text, language, direction, form, graph)))
                }
                (Some(_), None) => {
                    self.refuse(Code::DroppedDirection, "@direction")?;
                    Ok(Some(self.plain_literal(text, datatype, language)))
                }
            },
            Value::Bool(flag) => {
                self.refuse_direction_of_other(direction)?;
                let text = if *flag { "true" } else { "false" };
                Ok(Some(self.dataset.literal(text, datatype.unwrap_or(XSD_BOOLEAN), None)))
            }
            Value::Number(number) => {
                self.refuse_direction_of_other(direction)?;
                let (text, datatype) = rdf_literal(number.as_f64(), datatype);
                if !number.survives_rdf_as(&text) {
                    self.refuse(Code::UnreliableNumber, number.text())?;
                }
                Ok(Some(self.dataset.literal(&text, datatype, None)))
            }
            Value::Null | Value::Array(_) | Value::Object(_) => self.fail(Code::InvalidValueObjectValue, ""),
        }
    }

    /// Implementations disagree about the direction of what is not text.
    fn refuse_direction_of_other(&self, direction: Option<Direction>) -> Result<(), JsonLdError> {
        match direction {
            Some(_) => self.refuse(Code::DroppedDirection, "@direction"),
            None => Ok(()),
        }
    }

    fn plain_literal(&mut self, text: &str, datatype: Option<&str>, language: Option<&str>) -> TermId {
        self.dataset.literal(text, datatype.unwrap_or(XSD_STRING), language)
    }

    fn directed_literal(
        &mut self,
        text: &str,
        language: Option<&str>,
        direction: Direction,
        form: RdfDirection,
        graph: Graph,
    ) -> TermId {
        match form {
            RdfDirection::I18nDatatype => {
                let datatype = [I18N, language.unwrap_or_default(), "_", direction.as_str()].concat();
                self.dataset.literal(text, &datatype, None)
            }
            RdfDirection::CompoundLiteral => {
                let node = self.dataset.fresh_blank();
                let parts = [("value", Some(text)), ("language", language), ("direction", Some(direction.as_str()))];
                for (name, text) in parts {
                    if let Some(text) = text {
                        let predicate = self.rdf(name);
                        let object = self.dataset.literal(text, XSD_STRING, None);
                        self.insert(Some(node), Some(predicate), Some(object), graph);
                    }
                }
                node
            }
        }
    }
}
