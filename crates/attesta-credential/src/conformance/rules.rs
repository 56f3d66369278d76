//! The forms that members must have.

use std::fmt::Display;

use attesta_jsonld::Value;
use jiff::Timestamp;

use super::{Nonconformity, NonconformityKind};
use crate::credential::{DataModel, strings, zone};
use crate::shape::is_url;
use crate::time::parse_date_time;

/// Collects departures while the rules are applied.
pub(super) struct Rules {
    pub(super) model: DataModel,
    pub(super) found: Vec<Nonconformity>,
}

impl Rules {
    pub(super) fn new(model: DataModel) -> Self {
        Rules { model, found: Vec::new() }
    }

    pub(super) fn report(&mut self, kind: NonconformityKind, pointer: String, member: &str) {
        self.found.push(Nonconformity { kind, pointer, member: member.to_owned() });
    }

    /// `type` is a string or an array of strings and names `wanted`.
    pub(super) fn types(&mut self, of: &Value<'_>, at: impl Display + Copy, wanted: &str) {
        if self.some_type(of, at) && !strings(of.get("type")).any(|name| name == wanted) {
            self.report(NonconformityKind::Malformed, format!("{at}/type"), "type");
        }
    }

    /// `type` is a string or a non-empty array of strings; says whether it is.
    pub(super) fn some_type(&mut self, of: &Value<'_>, at: impl Display + Copy) -> bool {
        let kind = match of.get("type").map(Value::one_or_many) {
            None => NonconformityKind::Missing,
            Some(names) if names.is_empty() || names.iter().any(|name| name.as_str().is_none()) => {
                NonconformityKind::Malformed
            }
            Some(_) => return true,
        };
        self.report(kind, format!("{at}/type"), "type");
        false
    }

    /// `id`, where present, is one URL.
    pub(super) fn optional_id(&mut self, of: &Value<'_>, at: impl Display + Copy) {
        if of.get("id").is_some_and(|id| !id.as_str().is_some_and(is_url)) {
            self.report(NonconformityKind::Malformed, format!("{at}/id"), "id");
        }
    }

    /// `id` is present and one URL.
    pub(super) fn required_id(&mut self, of: &Value<'_>, at: impl Display + Copy) {
        match of.get("id") {
            None => self.report(NonconformityKind::Missing, format!("{at}/id"), "id"),
            Some(_) => self.optional_id(of, at),
        }
    }

    /// The member is a URL, or an object whose `id` is one.
    pub(super) fn identified(&mut self, of: &Value<'_>, member: &'static str) {
        match of.get(member) {
            None => self.report(NonconformityKind::Missing, format!("/{member}"), member),
            Some(Value::String(text)) if is_url(text) => {}
            Some(object @ Value::Object(_)) => self.required_id(object, &format!("/{member}")),
            Some(_) => self.report(NonconformityKind::Malformed, format!("/{member}"), member),
        }
    }

    /// The member, where present, is a time; the time, if it is one.
    pub(super) fn time(&mut self, of: &Value<'_>, member: &str) -> Option<Timestamp> {
        let value = of.get(member)?;
        let read = value.as_str().and_then(|text| parse_date_time(text, zone(self.model)));
        if read.is_none() {
            self.report(NonconformityKind::Malformed, format!("/{member}"), member);
        }
        read
    }

    /// VCDM 2.0 section 4.6: a string, or value objects with a language and a direction. 1.1 leaves the form open.
    pub(super) fn localized(&mut self, of: &Value<'_>, at: impl Display + Copy, member: &str) {
        let Some(value) = of.get(member) else { return };
        let is_text = |value: &Value<'_>| match value {
            Value::String(_) => true,
            Value::Object(object) => {
                object.get("@value").is_some_and(|text| text.as_str().is_some())
                    && object.iter().all(|(key, _)| matches!(key, "@value" | "@language" | "@direction"))
            }
            _ => false,
        };
        if self.model == DataModel::Vc2 && !value.one_or_many().iter().all(is_text) {
            self.report(NonconformityKind::Malformed, format!("{at}/{member}"), member);
        }
    }
}
