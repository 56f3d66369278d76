//! The checks, one file each, in the order of the report.

pub(crate) mod conformance;
pub(crate) mod enclosed;
pub(crate) mod endorsements;
pub(crate) mod issuer;
pub(crate) mod jose;
pub(crate) mod key_document;
pub(crate) mod nested;
pub(crate) mod proof;
pub(crate) mod recipient;
pub(crate) mod recognition;
pub(crate) mod refresh;
pub(crate) mod related;
pub(crate) mod schema;
pub(crate) mod status;
pub(crate) mod validity;
