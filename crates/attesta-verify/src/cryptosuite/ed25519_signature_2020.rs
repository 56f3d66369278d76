//! [Ed25519Signature2020](https://www.w3.org/TR/vc-di-eddsa/#ed25519signature2020): the suite before
//! `DataIntegrityProof`. It signs the same bytes in the same order as eddsa-rdfc-2022; its proof has a type of its own
//! and no `cryptosuite`.

use attesta_jsonld::{Object, Options};

use super::{CanonicalForms, TransformError, rdf};

/// Transformation (3.4.3) of the document and proof configuration (3.4.5) of the options.
pub(super) fn canonical_forms(
    document: &Object<'_>,
    proof: &Object<'_>,
    options: &Options<'_>,
) -> Result<CanonicalForms, TransformError> {
    rdf::canonical_forms(document, proof, options)
}
