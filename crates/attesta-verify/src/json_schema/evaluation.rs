//! A value held against a schema, keyword by keyword.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use attesta_jsonld::{Number, Object, Value};

use super::pattern::Pattern;
use super::place::Place;
use super::{Edition, Effort, JsonSchema, Undecided, Violation, number};

/// How deep schemas may lead into each other.
const DEEPEST: usize = 128;

/// One run: what it may cost and what it found.
pub(super) struct Evaluation<'s, 'e> {
    schema: &'s JsonSchema,
    pub(super) effort: &'e mut Effort,
    patterns: BTreeMap<&'s str, Pattern>,
    references: BTreeMap<&'s str, &'s Value<'s>>,
    depth: usize,
    first: Option<(String, String)>,
    count: usize,
    /// Whether it only matters whether anything is violated.
    probing: bool,
}

impl<'s, 'e> Evaluation<'s, 'e> {
    pub(super) fn new(schema: &'s JsonSchema, effort: &'e mut Effort) -> Self {
        let (patterns, references) = (BTreeMap::new(), BTreeMap::new());
        Evaluation { schema, effort, patterns, references, depth: 0, first: None, count: 0, probing: false }
    }

    /// Holds the whole value against the whole schema.
    pub(super) fn judge(mut self, value: &Value<'_>) -> Result<Result<(), Violation>, Undecided> {
        self.apply(self.schema.document.root(), value, &Place::Root)?;
        Ok(match self.first {
            None => Ok(()),
            Some((pointer, expected)) => Err(Violation { pointer, expected, count: self.count }),
        })
    }

    pub(super) fn edition(&self) -> Edition {
        self.schema.edition
    }

    /// Notes each constraint of a schema that a value violates.
    pub(super) fn apply(
        &mut self,
        schema: &'s Value<'s>,
        value: &Value<'_>,
        place: &Place<'_>,
    ) -> Result<(), Undecided> {
        let keywords = match schema {
            Value::Bool(true) => return Ok(()),
            Value::Bool(false) => {
                self.violated("false", schema, place);
                return Ok(());
            }
            Value::Object(keywords) => keywords,
            _ => return Err(Undecided::Malformed),
        };
        self.effort.spend(1 + keywords.len())?;
        if self.depth == DEEPEST {
            return Err(Undecided::TooCostly);
        }
        self.depth += 1;
        match keywords.get("$ref") {
            // What stood beside a reference did not count then.
            Some(reference) if self.edition() == Edition::Draft7 => self.follow(reference, value, place)?,
            _ => {
                for (keyword, constraint) in keywords.iter() {
                    self.keyword(keyword, constraint, keywords, value, place)?;
                }
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// Whether a value keeps to a schema, without noting what it violates.
    pub(super) fn holds(
        &mut self,
        schema: &'s Value<'s>,
        value: &Value<'_>,
        place: &Place<'_>,
    ) -> Result<bool, Undecided> {
        let (count, probing) = (self.count, std::mem::replace(&mut self.probing, true));
        self.apply(schema, value, place)?;
        let holds = self.count == count;
        (self.count, self.probing) = (count, probing);
        Ok(holds)
    }

    /// Notes a violation.
    pub(super) fn violated(&mut self, keyword: &str, constraint: &Value<'_>, place: &Place<'_>) {
        self.count += 1;
        if !self.probing && self.first.is_none() {
            let expected = match constraint {
                Value::Object(_) => keyword.to_owned(),
                Value::Array(items) if items.iter().any(|item| matches!(item, Value::Object(_) | Value::Array(_))) => {
                    keyword.to_owned()
                }
                _ if keyword == "false" => keyword.to_owned(),
                plain => format!("{keyword}: {plain}"),
            };
            self.first = Some((place.pointer(), expected));
        }
    }

    /// Notes a violation unless the constraint is met.
    pub(super) fn expect(&mut self, met: bool, keyword: &str, constraint: &Value<'_>, place: &Place<'_>) {
        if !met {
            self.violated(keyword, constraint, place);
        }
    }

    fn keyword(
        &mut self,
        keyword: &'s str,
        constraint: &'s Value<'s>,
        beside: &'s Object<'s>,
        value: &Value<'_>,
        place: &Place<'_>,
    ) -> Result<(), Undecided> {
        match keyword {
            "$ref" => self.follow(constraint, value, place),
            "$recursiveRef" if self.edition() == Edition::Of2019 => self.follow(constraint, value, place),
            "$dynamicRef" if self.edition() == Edition::Of2020 => self.follow(constraint, value, place),
            "$id" => self.identifier(constraint, beside),
            "type" => {
                let met = is_of_type(constraint, value)?;
                self.expect(met, keyword, constraint, place);
                Ok(())
            }
            "const" => {
                let met = self.equal(constraint, value)?;
                self.expect(met, keyword, constraint, place);
                Ok(())
            }
            "enum" => {
                let mut met = false;
                for allowed in constraint.as_array().ok_or(Undecided::Malformed)? {
                    met = met || self.equal(allowed, value)?;
                }
                self.expect(met, keyword, constraint, place);
                Ok(())
            }
            "allOf" | "anyOf" | "oneOf" => self.combined(keyword, constraint, value, place),
            "not" => {
                let met = !self.holds(constraint, value, place)?;
                self.expect(met, keyword, constraint, place);
                Ok(())
            }
            "if" => {
                let branch = if self.holds(constraint, value, place)? { "then" } else { "else" };
                beside.get(branch).map_or(Ok(()), |schema| self.apply(schema, value, place))
            }
            _ => match value {
                Value::Number(number) => self.number(keyword, constraint, *number, place),
                Value::String(text) => self.text(keyword, constraint, text, place),
                Value::Array(items) => self.array(keyword, constraint, beside, items, place),
                Value::Object(_) => self.object(keyword, constraint, beside, value, place),
                Value::Null | Value::Bool(_) => Ok(()),
            },
        }
    }

    fn combined(
        &mut self,
        keyword: &str,
        constraint: &'s Value<'s>,
        value: &Value<'_>,
        place: &Place<'_>,
    ) -> Result<(), Undecided> {
        let schemas = constraint.as_array().filter(|schemas| !schemas.is_empty()).ok_or(Undecided::Malformed)?;
        if keyword == "allOf" {
            return schemas.iter().try_for_each(|schema| self.apply(schema, value, place));
        }
        let mut held = 0;
        for schema in schemas {
            held += usize::from(self.holds(schema, value, place)?);
        }
        let met = if keyword == "oneOf" { held == 1 } else { held > 0 };
        self.expect(met, keyword, constraint, place);
        Ok(())
    }

    fn follow(&mut self, reference: &'s Value<'s>, value: &Value<'_>, place: &Place<'_>) -> Result<(), Undecided> {
        let reference = reference.as_str().ok_or(Undecided::Malformed)?;
        let schema = match self.references.get(reference) {
            Some(schema) => *schema,
            None => {
                let schema = self.schema.resolve(reference)?;
                self.references.insert(reference, schema);
                schema
            }
        };
        self.apply(schema, value, place)
    }

    /// Identifiers inside a schema change what references in it are relative to.
    fn identifier(&self, id: &Value<'_>, beside: &Object<'_>) -> Result<(), Undecided> {
        let outermost = self.schema.document.root().as_object().is_some_and(|root| std::ptr::eq(root, beside));
        let anchor = id.as_str().is_some_and(|id| id.starts_with('#'));
        match outermost || (anchor && self.edition() == Edition::Draft7) {
            true => Ok(()),
            false => Err(Undecided::Unsupported { feature: "$id".to_owned() }),
        }
    }

    fn number(
        &mut self,
        keyword: &str,
        constraint: &Value<'_>,
        value: Number<'_>,
        place: &Place<'_>,
    ) -> Result<(), Undecided> {
        let met: fn(Ordering) -> bool = match keyword {
            "minimum" => Ordering::is_ge,
            "maximum" => Ordering::is_le,
            "exclusiveMinimum" => Ordering::is_gt,
            "exclusiveMaximum" => Ordering::is_lt,
            "multipleOf" => |_| true,
            _ => return Ok(()),
        };
        let Value::Number(bound) = constraint else { return Err(Undecided::Malformed) };
        let met = match keyword {
            "multipleOf" if bound.as_f64() > 0.0 => number::is_multiple(value, *bound),
            "multipleOf" => return Err(Undecided::Malformed),
            _ => met(number::compare(value, *bound)),
        };
        self.expect(met, keyword, constraint, place);
        Ok(())
    }

    fn text(
        &mut self,
        keyword: &str,
        constraint: &'s Value<'s>,
        value: &str,
        place: &Place<'_>,
    ) -> Result<(), Undecided> {
        let met = match keyword {
            "minLength" | "maxLength" => {
                self.effort.spend(1 + value.len() / 64)?;
                let (length, bound) = (value.chars().count(), count(constraint)?);
                if keyword == "minLength" { length >= bound } else { length <= bound }
            }
            "pattern" => self.matches(constraint.as_str().ok_or(Undecided::Malformed)?, value)?,
            _ => return Ok(()),
        };
        self.expect(met, keyword, constraint, place);
        Ok(())
    }

    /// Whether a text has what a pattern looks for.
    pub(super) fn matches(&mut self, pattern: &'s str, text: &str) -> Result<bool, Undecided> {
        if !self.patterns.contains_key(pattern) {
            let read = Pattern::read(pattern, self.effort)?;
            self.patterns.insert(pattern, read);
        }
        self.patterns[pattern].is_match(text, self.effort)
    }

    /// Whether two values are the same: numbers by their value, objects in any order.
    pub(super) fn equal(&mut self, one: &Value<'_>, other: &Value<'_>) -> Result<bool, Undecided> {
        self.effort.spend(1)?;
        match (one, other) {
            (Value::Number(one), Value::Number(other)) => {
                self.effort.spend(8)?;
                Ok(one == other || number::compare(*one, *other).is_eq())
            }
            (Value::String(one), Value::String(other)) => {
                self.effort.spend(one.len().min(other.len()) / 64)?;
                Ok(one == other)
            }
            (Value::Array(one), Value::Array(other)) => {
                let mut same = one.len() == other.len();
                for (one, other) in one.iter().zip(other) {
                    same = same && self.equal(one, other)?;
                }
                Ok(same)
            }
            (Value::Object(one), Value::Object(other)) => {
                let mut same = one.len() == other.len();
                for (key, one) in one.iter() {
                    self.effort.spend(other.len() / 16)?;
                    same = same && matches!(other.get(key), Some(other) if self.equal(one, other)?);
                }
                Ok(same)
            }
            (one, other) => Ok(one == other),
        }
    }
}

/// The count that a constraint states.
pub(super) fn count(constraint: &Value<'_>) -> Result<usize, Undecided> {
    match constraint {
        Value::Number(bound) => number::count(*bound).ok_or(Undecided::Malformed),
        _ => Err(Undecided::Malformed),
    }
}

fn is_of_type(constraint: &Value<'_>, value: &Value<'_>) -> Result<bool, Undecided> {
    let mut met = false;
    for name in constraint.one_or_many() {
        met |= match (name.as_str().ok_or(Undecided::Malformed)?, value) {
            ("null", value) => matches!(value, Value::Null),
            ("boolean", value) => matches!(value, Value::Bool(_)),
            ("object", value) => matches!(value, Value::Object(_)),
            ("array", value) => matches!(value, Value::Array(_)),
            ("number", value) => matches!(value, Value::Number(_)),
            ("string", value) => matches!(value, Value::String(_)),
            ("integer", Value::Number(value)) => number::is_whole(*value),
            ("integer", _) => false,
            _ => return Err(Undecided::Malformed),
        };
    }
    Ok(met)
}
