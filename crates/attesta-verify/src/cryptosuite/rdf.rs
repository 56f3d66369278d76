//! What the suites that sign an RDF graph share: JSON-LD to RDF in safe mode, RDFC-1.0.

use attesta_jsonld::{
    ContextUse, Dataset, Edition, HashAlgorithm, Object, Options, RdfDocument, StepBudget, Value, canonicalize, to_rdf,
};

use super::{CanonicalForms, TransformError};
use crate::data_integrity::{proof_config, unsecured};

/// A document's canonical form, and what its meaning rests on.
pub(crate) struct CanonicalGraph {
    pub(crate) nquads: String,
    pub(crate) dataset: Dataset,
    pub(crate) contexts: Vec<ContextUse>,
    /// Where the document defines terms of its own, or opens its vocabulary, as JSON pointers.
    pub(crate) own_terms: Vec<String>,
    /// How many editions of the contexts used could be tried.
    pub(crate) editions: usize,
}

/// The canonical form of a value under one edition of the built-in contexts.
pub(crate) fn canonical_graph(value: &Value<'_>, edition: Edition) -> Result<CanonicalGraph, TransformError> {
    canonical_graph_with(value, &Options { edition, ..Options::credential() })
}

fn canonical_graph_with(value: &Value<'_>, options: &Options<'_>) -> Result<CanonicalGraph, TransformError> {
    let RdfDocument { dataset, contexts, mut inline_contexts, open_vocabulary, editions } = to_rdf(value, options)?;
    let canonical = canonicalize(&dataset, HashAlgorithm::Sha256, StepBudget::default())?;
    inline_contexts.extend(open_vocabulary);
    Ok(CanonicalGraph { nquads: canonical.nquads, dataset, contexts, own_terms: inline_contexts, editions })
}

/// Document and proof options of a suite that signs the graph. The options take the document's context.
pub(crate) fn canonical_forms(
    document: &Object<'_>,
    proof: &Object<'_>,
    options: &Options<'_>,
) -> Result<CanonicalForms, TransformError> {
    let graph = canonical_graph_with(&Value::Object(unsecured(document)), options)?;
    let config = canonical_graph_with(&proof_config(proof, document.get("@context")), options)?;
    Ok(CanonicalForms { document: graph.nquads.into_bytes(), proof: config.nquads.into_bytes() })
}
