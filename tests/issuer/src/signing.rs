//! Signs what the schools say: a Data Integrity proof with eddsa-rdfc-2022.

use attesta_share::{ProofOptions, ProofPurpose, sign_document};
use attesta_verify::Cryptosuite;
use jiff::Timestamp;
use serde_json::Value;

use crate::identity::Identity;

/// The document with the school's proof.
pub(crate) fn sign(document: &Value, identity: &Identity, created: Timestamp) -> Vec<u8> {
    let method = identity.verification_method();
    let options = ProofOptions {
        suite: Cryptosuite::EddsaRdfc2022,
        verification_method: &method,
        purpose: ProofPurpose::AssertionMethod,
        created,
        expires: None,
        challenge: None,
        domain: None,
    };
    sign_document(document.to_string().as_bytes(), &options, &identity.key)
        .expect("every term of the catalogue's credentials stands in a built-in context")
}
