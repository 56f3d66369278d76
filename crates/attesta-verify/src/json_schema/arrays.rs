//! What schemas say of arrays.

use attesta_jsonld::{Object, Value};

use super::evaluation::{Evaluation, count};
use super::place::Place;
use super::{Edition, Undecided};

impl<'s> Evaluation<'s, '_> {
    pub(super) fn array(
        &mut self,
        keyword: &str,
        constraint: &'s Value<'s>,
        beside: &'s Object<'s>,
        items: &[Value<'_>],
        place: &Place<'_>,
    ) -> Result<(), Undecided> {
        let met = match keyword {
            "minItems" => items.len() >= count(constraint)?,
            "maxItems" => items.len() <= count(constraint)?,
            "uniqueItems" => match constraint {
                Value::Bool(unique) => !unique || self.all_differ(items)?,
                _ => return Err(Undecided::Malformed),
            },
            "contains" => return self.contains(constraint, beside, items, place),
            "prefixItems" if self.edition() == Edition::Of2020 => return self.tuple(constraint, items, place),
            "items" if self.edition() == Edition::Of2020 => {
                let before = beside.get("prefixItems").and_then(Value::as_array).map_or(0, <[_]>::len);
                return self.rest(constraint, items, before, place);
            }
            "items" if constraint.as_array().is_some() => return self.tuple(constraint, items, place),
            "items" => return self.rest(constraint, items, 0, place),
            // Beside items of one schema it says nothing.
            "additionalItems" if self.edition() != Edition::Of2020 => {
                let before = beside.get("items").and_then(Value::as_array).map(<[_]>::len);
                return before.map_or(Ok(()), |before| self.rest(constraint, items, before, place));
            }
            "unevaluatedItems" if self.edition() != Edition::Draft7 => return says_nothing(keyword, constraint),
            _ => return Ok(()),
        };
        self.expect(met, keyword, constraint, place);
        Ok(())
    }

    fn tuple(&mut self, schemas: &'s Value<'s>, items: &[Value<'_>], place: &Place<'_>) -> Result<(), Undecided> {
        let schemas = schemas.as_array().ok_or(Undecided::Malformed)?;
        for (index, (schema, item)) in schemas.iter().zip(items).enumerate() {
            self.apply(schema, item, &Place::Item(place, index))?;
        }
        Ok(())
    }

    /// The items after so many.
    fn rest(
        &mut self,
        schema: &'s Value<'s>,
        items: &[Value<'_>],
        after: usize,
        place: &Place<'_>,
    ) -> Result<(), Undecided> {
        for (index, item) in items.iter().enumerate().skip(after) {
            self.effort.spend(1)?;
            self.apply(schema, item, &Place::Item(place, index))?;
        }
        Ok(())
    }

    fn contains(
        &mut self,
        schema: &'s Value<'s>,
        beside: &'s Object<'s>,
        items: &[Value<'_>],
        place: &Place<'_>,
    ) -> Result<(), Undecided> {
        let mut found = 0;
        for (index, item) in items.iter().enumerate() {
            self.effort.spend(1)?;
            found += usize::from(self.holds(schema, item, &Place::Item(place, index))?);
        }
        let bound = |keyword| beside.get(keyword).filter(|_| self.edition() != Edition::Draft7);
        let (least, most) = (bound("minContains"), bound("maxContains"));
        match least {
            Some(least) => self.expect(found >= count(least)?, "minContains", least, place),
            None => self.expect(found > 0, "contains", schema, place),
        }
        if let Some(most) = most {
            self.expect(found <= count(most)?, "maxContains", most, place);
        }
        Ok(())
    }

    fn all_differ(&mut self, items: &[Value<'_>]) -> Result<bool, Undecided> {
        for (index, item) in items.iter().enumerate() {
            for earlier in &items[..index] {
                if self.equal(earlier, item)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

/// What depends on all that other keywords looked at is not worked out: it must allow anything.
pub(super) fn says_nothing(keyword: &str, constraint: &Value<'_>) -> Result<(), Undecided> {
    match constraint {
        Value::Bool(true) => Ok(()),
        Value::Object(object) if object.is_empty() => Ok(()),
        _ => Err(Undecided::Unsupported { feature: keyword.to_owned() }),
    }
}
