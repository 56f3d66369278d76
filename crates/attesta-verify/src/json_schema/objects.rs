//! What schemas say of objects.

use std::borrow::Cow;

use attesta_jsonld::{Object, Value};

use super::arrays::says_nothing;
use super::evaluation::{Evaluation, count};
use super::place::Place;
use super::{Edition, Undecided};

impl<'s> Evaluation<'s, '_> {
    pub(super) fn object(
        &mut self,
        keyword: &str,
        constraint: &'s Value<'s>,
        beside: &'s Object<'s>,
        whole: &Value<'_>,
        place: &Place<'_>,
    ) -> Result<(), Undecided> {
        let Value::Object(object) = whole else { return Ok(()) };
        let met = match keyword {
            "minProperties" => object.len() >= count(constraint)?,
            "maxProperties" => object.len() <= count(constraint)?,
            "required" => return self.required(keyword, constraint, object, place),
            "properties" => {
                for (key, schema) in members(constraint)? {
                    if let Some(value) = self.member(object, key)? {
                        self.described(keyword, schema, value, &Place::Member(place, key))?;
                    }
                }
                return Ok(());
            }
            "patternProperties" => {
                for (pattern, schema) in members(constraint)? {
                    for (key, value) in object.iter() {
                        if self.matches(pattern, key)? {
                            self.described(keyword, schema, value, &Place::Member(place, key))?;
                        }
                    }
                }
                return Ok(());
            }
            "additionalProperties" => {
                for (key, value) in object.iter() {
                    if !self.is_named(beside, key)? {
                        self.described(keyword, constraint, value, &Place::Member(place, key))?;
                    }
                }
                return Ok(());
            }
            "propertyNames" => {
                for (key, _) in object.iter() {
                    let name = Value::String(Cow::Borrowed(key));
                    self.apply(constraint, &name, &Place::Member(place, key))?;
                }
                return Ok(());
            }
            "dependentRequired" | "dependentSchemas" if self.edition() != Edition::Draft7 => {
                return self.dependencies(keyword, constraint, whole, place);
            }
            "dependencies" if self.edition() == Edition::Draft7 => {
                return self.dependencies(keyword, constraint, whole, place);
            }
            "unevaluatedProperties" if self.edition() != Edition::Draft7 => return says_nothing(keyword, constraint),
            _ => return Ok(()),
        };
        self.expect(met, keyword, constraint, place);
        Ok(())
    }

    /// Holds a member against its schema; where that allows none, it is the keyword that is violated.
    fn described(
        &mut self,
        keyword: &str,
        schema: &'s Value<'s>,
        value: &Value<'_>,
        place: &Place<'_>,
    ) -> Result<(), Undecided> {
        self.effort.spend(1)?;
        match schema {
            Value::Bool(false) => {
                self.violated(keyword, schema, place);
                Ok(())
            }
            schema => self.apply(schema, value, place),
        }
    }

    fn required(
        &mut self,
        keyword: &str,
        keys: &Value<'_>,
        object: &Object<'_>,
        place: &Place<'_>,
    ) -> Result<(), Undecided> {
        for key in keys.as_array().ok_or(Undecided::Malformed)? {
            let met = self.member(object, key.as_str().ok_or(Undecided::Malformed)?)?.is_some();
            self.expect(met, keyword, key, place);
        }
        Ok(())
    }

    /// What a member's presence demands: others, or that the object keeps to a schema.
    fn dependencies(
        &mut self,
        keyword: &str,
        constraint: &'s Value<'s>,
        whole: &Value<'_>,
        place: &Place<'_>,
    ) -> Result<(), Undecided> {
        let Value::Object(object) = whole else { return Ok(()) };
        for (key, demanded) in members(constraint)? {
            if self.member(object, key)?.is_none() {
                continue;
            }
            match demanded {
                Value::Array(_) if keyword != "dependentSchemas" => self.required(keyword, demanded, object, place)?,
                _ if keyword == "dependentRequired" => return Err(Undecided::Malformed),
                schema => self.apply(schema, whole, place)?,
            }
        }
        Ok(())
    }

    /// Whether `properties` or `patternProperties` describe a member.
    fn is_named(&mut self, beside: &'s Object<'s>, key: &str) -> Result<bool, Undecided> {
        if let Some(Value::Object(named)) = beside.get("properties")
            && self.member(named, key)?.is_some()
        {
            return Ok(true);
        }
        if let Some(patterns) = beside.get("patternProperties") {
            for (pattern, _) in members(patterns)? {
                if self.matches(pattern, key)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// A member; finding one takes the longer the more there are.
    fn member<'o>(&mut self, object: &'o Object<'o>, key: &str) -> Result<Option<&'o Value<'o>>, Undecided> {
        self.effort.spend(1 + object.len() / 16)?;
        Ok(object.get(key))
    }
}

fn members<'s>(constraint: &'s Value<'s>) -> Result<impl Iterator<Item = (&'s str, &'s Value<'s>)>, Undecided> {
    constraint.as_object().map(Object::iter).ok_or(Undecided::Malformed)
}
