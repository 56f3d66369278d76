//! What the suites that sign an RDF graph share: JSON-LD to RDF in safe mode, RDFC-1.0.

use attesta_jsonld::{
    ContextUse, Dataset, Edition, HashAlgorithm, Object, Options, RdfDocument, StepBudget, to_rdf_without,
};

use super::{CanonicalForms, TransformError};
use crate::data_integrity::{Content, graph_config};

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

/// The canonical form of what is signed under one edition of the built-in contexts.
pub(crate) fn canonical_graph(
    content: &Content<'_>,
    edition: Edition,
    hash: HashAlgorithm,
) -> Result<CanonicalGraph, TransformError> {
    canonical_graph_with(content, hash, &Options { edition, ..Options::credential() })
}

fn canonical_graph_with(
    content: &Content<'_>,
    hash: HashAlgorithm,
    options: &Options<'_>,
) -> Result<CanonicalGraph, TransformError> {
    let rdf = to_rdf_without(content.value(), content.left_out(), options)?;
    let RdfDocument { dataset, contexts, mut inline_contexts, open_vocabulary, editions } = rdf;
    let nquads = canonical_nquads(&dataset, hash)?;
    inline_contexts.extend(open_vocabulary);
    Ok(CanonicalGraph { nquads, dataset, contexts, own_terms: inline_contexts, editions })
}

/// The canonical form of a graph at hand. The hash function decides which labels its blank nodes get.
pub(crate) fn canonical_nquads(dataset: &Dataset, hash: HashAlgorithm) -> Result<String, TransformError> {
    Ok(attesta_jsonld::canonical_nquads(dataset, hash, StepBudget::default())?)
}

/// Document and proof options of a suite that signs the graph. The options take the document's context. `content` is
/// the document without its proofs, or with those that the proof follows.
pub(crate) fn canonical_forms(
    content: &Content<'_>,
    proof: &Object<'_>,
    hash: HashAlgorithm,
    options: &Options<'_>,
) -> Result<CanonicalForms, TransformError> {
    let config = Content::Whole(graph_config(proof, content.value().get("@context")));
    let config = canonical_graph_with(&config, hash, options)?.nquads.into_bytes();
    let document = canonical_graph_with(content, hash, options)?.nquads.into_bytes();
    Ok(CanonicalForms { document, proof: config, hash })
}
