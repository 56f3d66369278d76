//! [eddsa-rdfc-2022](https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022): RDFC-1.0, SHA-256, Ed25519.

use attesta_jsonld::{Object, Options};

use super::{CanonicalForms, TransformError, rdf};

/// Transformation (3.2.3) of the document and proof configuration (3.2.5) of the options.
pub(super) fn canonical_forms(
    document: &Object<'_>,
    proof: &Object<'_>,
    options: &Options<'_>,
) -> Result<CanonicalForms, TransformError> {
    rdf::canonical_forms(document, proof, options)
}
