//! The graph that linked-data proofs sign, under the editions of the contexts that may have been in use.

use std::collections::BTreeSet;

use attesta_jsonld::{ContextUse, Dataset, Edition, HashAlgorithm, Object, Value};
use sha2::{Digest, Sha256};

use crate::cryptosuite::{TransformError, extend_with_digest, rdf};
use crate::data_integrity::{Content, graph_config};
use crate::plain_form::first_overlooked;

/// How many editions are tried where it is not known how many there are.
const MOST_EDITIONS: usize = 4;

/// A document's graph, computed once per edition for all its proofs.
pub(crate) struct SignedGraph<'d> {
    content: Content<'d>,
    editions: Vec<Result<ReadGraph, TransformError>>,
    /// The editions under which a proof held.
    held: BTreeSet<usize>,
}

/// The document's graph under one edition.
struct ReadGraph {
    /// Canonical by SHA-256.
    nquads: String,
    hash: [u8; 32],
    dataset: Dataset,
    contexts: Vec<ContextUse>,
    /// Where the JSON is not the whole story of the graph.
    departure: Option<String>,
    editions: usize,
}

/// What a proof may have signed: the document and the proof's options under one edition.
pub(crate) struct Candidate<'g> {
    graph: &'g ReadGraph,
    /// The canonical form of the proof's options.
    pub(crate) options: String,
    hash: HashAlgorithm,
}

impl Candidate<'_> {
    /// The canonical form of the document by SHA-256.
    pub(crate) fn statements(&self) -> &str {
        &self.graph.nquads
    }

    /// The hash of the proof's options, then that of the document.
    pub(crate) fn hash_data(&self) -> Result<Vec<u8>, TransformError> {
        let mut joined = Vec::with_capacity(96);
        extend_with_digest(&mut joined, self.hash, self.options.as_bytes());
        match self.hash {
            HashAlgorithm::Sha256 => joined.extend_from_slice(&self.graph.hash),
            other => {
                // Another hash function labels the blank nodes in another order.
                let nquads = rdf::canonical_nquads(&self.graph.dataset, other)?;
                extend_with_digest(&mut joined, other, nquads.as_bytes());
            }
        }
        Ok(joined)
    }
}

impl<'d> SignedGraph<'d> {
    /// The graph of a document without its proofs.
    pub(crate) fn of(document: &'d Value<'d>) -> Self {
        SignedGraph::of_content(Content::Unsecured(document))
    }

    /// The graph of what a proof signs, which may be other proofs too.
    pub(crate) fn of_content(content: Content<'d>) -> Self {
        SignedGraph { content, editions: Vec::new(), held: BTreeSet::new() }
    }

    /// Looks for the newest edition under which the whole document is signed, or answers with the newest edition's
    /// error.
    pub(crate) fn find_readable(&mut self) -> Result<(), &TransformError> {
        let read = (0..MOST_EDITIONS).find(|edition| match self.read(*edition) {
            // Editions give things other names and leave them as alike as they are: the work that one of them has
            // used up is not done again for each.
            Ok(_) | Err(TransformError::Canonicalize(_)) => true,
            Err(_) => false,
        });
        self.editions[read.unwrap_or(0)].as_ref().map(|_| ())
    }

    /// Where the document defines its own terms or says things that readers of plain JSON overlook: under an edition
    /// that a proof held under, or the newest readable one while none did.
    pub(crate) fn departure(&self) -> Option<&str> {
        let editions: Vec<&ReadGraph> = match self.held.is_empty() {
            true => self.editions.iter().flatten().take(1).collect(),
            false => self.held.iter().filter_map(|edition| self.editions[*edition].as_ref().ok()).collect(),
        };
        editions.into_iter().find_map(|graph| graph.departure.as_deref())
    }

    /// What may have been signed, edition by edition from the newest, until `holds` accepts it. Answers with the edition
    /// under which it held, or `None` where it holds under none.
    pub(crate) fn find_edition(
        &mut self,
        proof: &Object<'_>,
        hash: HashAlgorithm,
        holds: impl Fn(&Candidate<'_>) -> Result<bool, TransformError>,
    ) -> Result<Option<usize>, TransformError> {
        let mut refused = None;
        let mut read = false;
        let mut edition = 0;
        while edition < self.count() {
            if self.read(edition).is_ok() {
                match self.candidate(proof, hash, edition).and_then(|candidate| holds(&candidate)) {
                    Ok(true) => {
                        self.held.insert(edition);
                        return Ok(Some(edition));
                    }
                    Ok(false) => read = true,
                    // Whether it holds under another edition is not known then.
                    Err(error @ TransformError::TooManySignatures(_)) => return Err(error),
                    Err(error) => refused = refused.or(Some(error)),
                }
            }
            edition += 1;
        }
        match refused {
            Some(error) if !read => Err(error),
            _ => Ok(None),
        }
    }

    /// Takes it that a proof over more than this document held under this edition.
    pub(crate) fn hold(&mut self, edition: usize) {
        // What is read with more is read without it too.
        if self.read(edition).is_ok() {
            self.held.insert(edition);
        }
    }

    /// The contexts used under an edition that a proof held under.
    pub(crate) fn contexts(&self, edition: usize) -> &[ContextUse] {
        let read = self.editions.get(edition).and_then(|graph| graph.as_ref().ok());
        read.map(|graph| graph.contexts.as_slice()).unwrap_or_default()
    }

    fn candidate(
        &self,
        proof: &Object<'_>,
        hash: HashAlgorithm,
        edition: usize,
    ) -> Result<Candidate<'_>, TransformError> {
        let options = Content::Whole(graph_config(proof, self.content.value().get("@context")));
        let options = rdf::canonical_graph(&options, Edition(edition), hash)?.nquads;
        let graph = self.editions[edition].as_ref().map_err(Clone::clone)?;
        Ok(Candidate { graph, options, hash })
    }

    fn count(&self) -> usize {
        let known = self.editions.iter().flatten().map(|graph| graph.editions).max();
        known.unwrap_or(MOST_EDITIONS).clamp(1, MOST_EDITIONS)
    }

    fn read(&mut self, edition: usize) -> &Result<ReadGraph, TransformError> {
        while self.editions.len() <= edition {
            let edition = Edition(self.editions.len());
            let graph = rdf::canonical_graph(&self.content, edition, HashAlgorithm::Sha256);
            let overlooked = |dataset: &Dataset| first_overlooked(self.content.value().as_object()?, dataset);
            let read = graph.map(|graph| ReadGraph {
                hash: Sha256::digest(&graph.nquads).into(),
                nquads: graph.nquads,
                departure: graph.own_terms.into_iter().next().or_else(|| overlooked(&graph.dataset)),
                dataset: graph.dataset,
                contexts: graph.contexts,
                editions: graph.editions,
            });
            self.editions.push(read);
        }
        &self.editions[edition]
    }
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::{CanonicalizeError, Document};

    use super::*;

    /// What is reported of a document that two editions read, where the proof holds under one of them.
    #[track_caller]
    fn check(departures: [Option<&str>; 2], holds_under: Option<u8>, expected: Option<&str>) {
        let document = Document::parse(br#"{"@context":"https://www.w3.org/ns/credentials/v2"}"#.to_vec()).unwrap();
        let proof = Document::parse(br#"{"type":"DataIntegrityProof"}"#.to_vec()).unwrap();
        let mut graph = SignedGraph::of(document.root());
        graph.editions = [0, 1]
            .map(|edition: u8| {
                let departure = departures[usize::from(edition)].map(str::to_owned);
                Ok(ReadGraph {
                    nquads: String::new(),
                    hash: [edition; 32],
                    dataset: Dataset::new(),
                    contexts: Vec::new(),
                    departure,
                    editions: 2,
                })
            })
            .into();
        assert_eq!(graph.find_readable(), Ok(()));
        let found = graph.find_edition(proof.root().as_object().unwrap(), HashAlgorithm::Sha256, |candidate| {
            candidate.hash_data().map(|signed| Some(signed[63]) == holds_under)
        });
        assert_eq!(found, Ok(holds_under.map(usize::from)));
        assert_eq!(graph.departure(), expected);
    }

    #[test]
    fn the_edition_that_was_signed_decides_whether_the_json_is_the_whole_story() {
        check([Some("/new"), None], Some(1), None);
        check([None, Some("/old")], Some(1), Some("/old"));
        check([Some("/new"), Some("/old")], Some(0), Some("/new"));
    }

    #[test]
    fn a_graph_that_is_too_much_work_is_tried_under_one_edition() {
        let document = Document::parse(br#"{"@context":"https://www.w3.org/ns/credentials/v2"}"#.to_vec()).unwrap();
        let mut graph = SignedGraph::of(document.root());
        let too_much = TransformError::Canonicalize(CanonicalizeError::BudgetExhausted { steps: 1 });
        graph.editions.push(Err(too_much.clone()));
        assert_eq!(graph.find_readable(), Err(&too_much));
        assert_eq!(graph.editions.len(), 1);
    }

    #[test]
    fn the_newest_edition_is_reported_where_nothing_holds() {
        check([Some("/new"), None], None, Some("/new"));
        check([None, Some("/old")], None, None);
    }
}
