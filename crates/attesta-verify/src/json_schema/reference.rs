//! References within a schema. With one document and one identifier in it, dynamic references lead where plain ones do.

use attesta_jsonld::Value;

use crate::related::percent_decoded;

use super::{Edition, JsonSchema, Undecided};

impl JsonSchema {
    /// The schema that a reference leads to.
    pub(super) fn resolve(&self, reference: &str) -> Result<&Value<'_>, Undecided> {
        let (document, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if !document.is_empty() && !self.is_itself(document) {
            return Err(Undecided::RefersElsewhere { address: reference.to_owned() });
        }
        let fragment =
            percent_decoded(fragment).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(Undecided::Malformed)?;
        let root = self.document.root();
        let found = match fragment.is_empty() || fragment.starts_with('/') {
            true => root.at(&fragment),
            false => anchored(root, &fragment, self.edition),
        };
        found.ok_or(Undecided::Malformed)
    }

    fn is_itself(&self, reference: &str) -> bool {
        let Some(base) = &self.base else { return false };
        let absolute = base.join(reference).ok();
        absolute.is_some() && (absolute == self.base || absolute == self.address)
    }
}

/// The object that calls itself by an anchor. Reading has bounded how deep the walk goes.
fn anchored<'s>(value: &'s Value<'s>, name: &str, edition: Edition) -> Option<&'s Value<'s>> {
    let is_anchor = |key: &str| match edition {
        Edition::Draft7 => value.get("$id").and_then(Value::as_str).and_then(|id| id.strip_prefix('#')) == Some(name),
        Edition::Of2019 | Edition::Of2020 => value.get(key).and_then(Value::as_str) == Some(name),
    };
    if is_anchor("$anchor") || (edition == Edition::Of2020 && is_anchor("$dynamicAnchor")) {
        return Some(value);
    }
    match value {
        Value::Object(object) => object.iter().find_map(|(_, value)| anchored(value, name, edition)),
        Value::Array(items) => items.iter().find_map(|value| anchored(value, name, edition)),
        _ => None,
    }
}
