//! Does it keep to the schemas that it names? A check of its own that never changes the verdict: a badge that strays from
//! its schema is as genuine as one that does not.

use attesta_credential::VerifiableCredential;
use attesta_jsonld::Value;

use crate::report::{Outcome, SkipReason};

/// One outcome per `credentialSchema` entry. Nothing is asked unless `asking` allows it.
pub(crate) fn check(credential: &VerifiableCredential, asking: Result<(), SkipReason>) -> Vec<Outcome> {
    let schemas = credential.root().get("credentialSchema").map(Value::one_or_many).unwrap_or_default();
    let because = asking.err().unwrap_or(SkipReason::SchemasNotAsked);
    schemas.iter().map(|_| Outcome::Skipped { because }).collect()
}
