//! [JSON Schema](https://json-schema.org/specification) of 2020-12, 2019-09 and draft 7, in one document and within
//! bounds: schemas come from strangers, so what they may cost is counted, patterns take linear time, and no other
//! document is looked up. What is not known here (`unevaluatedProperties` and `unevaluatedItems`, identifiers inside, other drafts)
//! is named and leaves the question open; `format` and what describes content say nothing binding in these editions.

mod arrays;
mod effort;
mod evaluation;
mod number;
mod objects;
mod pattern;
mod place;
mod reference;
#[cfg(test)]
mod tests;

use attesta_jsonld::{Document, Limits, Value};
use url::Url;

pub(crate) use effort::Effort;
use evaluation::Evaluation;

/// The longest schema in bytes: the largest that is published for credentials has a tenth of it.
const LONGEST: usize = 1 << 20;

/// A schema that was read.
pub(crate) struct JsonSchema {
    document: Document,
    edition: Edition,
    /// What its references are relative to.
    base: Option<Url>,
    /// Where it was had.
    address: Option<Url>,
}

/// The editions that are known; they differ in references and in the items of arrays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edition {
    Draft7,
    Of2019,
    Of2020,
}

/// Where a value first strays from a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    /// JSON pointer into the value.
    pub(crate) pointer: String,
    /// The keyword, with its value where that is short.
    pub(crate) expected: String,
    /// How many constraints are violated in all.
    pub(crate) count: usize,
}

/// Why a schema does not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Undecided {
    /// It is no schema.
    Malformed,
    /// It uses what is not known here.
    Unsupported { feature: String },
    /// It rests on another document.
    RefersElsewhere { address: String },
    /// It would take too long.
    TooCostly,
}

impl JsonSchema {
    /// Reads the schema that was had at an address.
    pub(crate) fn read(bytes: Vec<u8>, address: &str) -> Result<JsonSchema, Undecided> {
        let limits = Limits { bytes: LONGEST, ..Limits::default() };
        let document = Document::parse_within(bytes, limits).map_err(|_| Undecided::Malformed)?;
        let root = document.root();
        if !matches!(root, Value::Object(_) | Value::Bool(_)) {
            return Err(Undecided::Malformed);
        }
        let edition = edition(root)?;
        let address = without_fragment(Url::parse(address).ok());
        let base = match root.get("$id").and_then(Value::as_str) {
            Some(id) => address.as_ref().and_then(|address| address.join(id).ok()),
            None => address.clone(),
        };
        Ok(JsonSchema { base: without_fragment(base), edition, address, document })
    }

    /// Holds a value against the schema.
    pub(crate) fn judge(&self, value: &Value<'_>, effort: &mut Effort) -> Result<Result<(), Violation>, Undecided> {
        Evaluation::new(self, effort).judge(value)
    }
}

fn without_fragment(url: Option<Url>) -> Option<Url> {
    url.map(|mut url| {
        url.set_fragment(None);
        url
    })
}

/// The edition that a schema names; the newest where it names none.
fn edition(root: &Value<'_>) -> Result<Edition, Undecided> {
    let named = match root.get("$schema") {
        None => return Ok(Edition::Of2020),
        Some(named) => named.as_str().ok_or(Undecided::Malformed)?,
    };
    let plain = named.trim_end_matches('#');
    let path = plain.strip_prefix("https://").or_else(|| plain.strip_prefix("http://"));
    match path {
        Some("json-schema.org/draft/2020-12/schema") => Ok(Edition::Of2020),
        Some("json-schema.org/draft/2019-09/schema") => Ok(Edition::Of2019),
        Some("json-schema.org/draft-07/schema") => Ok(Edition::Draft7),
        _ => Err(Undecided::Unsupported { feature: named.to_owned() }),
    }
}
