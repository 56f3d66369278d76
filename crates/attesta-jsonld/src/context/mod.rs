//! Contexts: [JSON-LD 1.1 API section 4](https://www.w3.org/TR/json-ld11-api/#context-processing-algorithms).

mod active;
mod define;
mod iri;
mod keyword;
mod mapping;
mod process;
mod request;
mod shared;
mod source;
mod term;
#[cfg(test)]
mod tests;

pub(crate) use active::{ActiveContext, Context};
pub(crate) use iri::{Expansion, RelativeTo, Via, is_well_formed};
pub(crate) use keyword::{Keyword, KeywordSet};
pub(crate) use process::{ContextError, ContextProcessor};
pub(crate) use request::Scope;
pub(crate) use shared::initial;
pub use source::{ContextDocument, ContextDocumentError, ContextSource, ContextUse, Edition};
pub(crate) use term::{Coercion, Direction, Form, Mapping, Orientation, TermDefinition};
