//! The graph that linked-data proofs sign, under the editions of the contexts that may have been in use.

use std::collections::BTreeSet;

use attesta_jsonld::{ContextUse, Dataset, Edition, Object, Value};
use sha2::{Digest, Sha256};

use crate::cryptosuite::{TransformError, join, rdf};
use crate::data_integrity::{proof_config, unsecured};
use crate::plain_form::first_overlooked;

/// How many editions are tried where it is not known how many there are.
const MOST_EDITIONS: usize = 4;

/// A document's graph, computed once per edition for all its proofs.
pub(crate) struct SignedGraph<'d> {
    document: Value<'d>,
    editions: Vec<Result<HashedGraph, TransformError>>,
    /// The editions under which a proof held.
    held: BTreeSet<usize>,
}

/// The document's hash under one edition.
struct HashedGraph {
    hash: [u8; 32],
    contexts: Vec<ContextUse>,
    /// Where the JSON is not the whole story of the graph.
    departure: Option<String>,
    editions: usize,
}

impl<'d> SignedGraph<'d> {
    pub(crate) fn of(document: &'d Object<'d>) -> Self {
        SignedGraph { document: Value::Object(unsecured(document)), editions: Vec::new(), held: BTreeSet::new() }
    }

    /// Looks for the newest edition under which the whole document is signed, or answers with the newest edition's
    /// error.
    pub(crate) fn find_readable(&mut self) -> Result<(), &TransformError> {
        let readable = (0..MOST_EDITIONS).find(|edition| self.hashed(*edition).is_ok());
        self.editions[readable.unwrap_or(0)].as_ref().map(|_| ())
    }

    /// Where the document defines its own terms or says things that readers of plain JSON overlook: under an edition
    /// that a proof held under, or the newest readable one while none did.
    pub(crate) fn departure(&self) -> Option<&str> {
        let editions: Vec<&HashedGraph> = match self.held.is_empty() {
            true => self.editions.iter().flatten().take(1).collect(),
            false => self.held.iter().filter_map(|edition| self.editions[*edition].as_ref().ok()).collect(),
        };
        editions.into_iter().find_map(|graph| graph.departure.as_deref())
    }

    /// The 64 bytes signed, edition by edition from the newest, until `holds` accepts them. Answers with the contexts
    /// under which they held, or `None` where they hold under no edition.
    pub(crate) fn find_edition(
        &mut self,
        proof: &Object<'_>,
        holds: impl Fn(&[u8; 64]) -> bool,
    ) -> Result<Option<&[ContextUse]>, TransformError> {
        let mut refused = None;
        let mut read = false;
        let mut edition = 0;
        while edition < self.count() {
            if self.hashed(edition).is_ok() {
                match self.hash_data(proof, edition) {
                    Ok(hash_data) if holds(&hash_data) => {
                        self.held.insert(edition);
                        return Ok(self.editions[edition].as_ref().ok().map(|graph| graph.contexts.as_slice()));
                    }
                    Ok(_) => read = true,
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

    fn hash_data(&self, proof: &Object<'_>, edition: usize) -> Result<[u8; 64], TransformError> {
        let config = proof_config(proof, self.document.get("@context"));
        let config = rdf::canonical_graph(&config, Edition(edition))?;
        let document = self.editions[edition].as_ref().map_err(Clone::clone)?.hash;
        Ok(join(Sha256::digest(&config.nquads).into(), document))
    }

    fn count(&self) -> usize {
        let known = self.editions.iter().flatten().map(|graph| graph.editions).max();
        known.unwrap_or(MOST_EDITIONS).clamp(1, MOST_EDITIONS)
    }

    fn hashed(&mut self, edition: usize) -> &Result<HashedGraph, TransformError> {
        while self.editions.len() <= edition {
            let graph = rdf::canonical_graph(&self.document, Edition(self.editions.len()));
            let overlooked = |dataset: &Dataset| first_overlooked(self.document.as_object()?, dataset);
            let hashed = graph.map(|graph| HashedGraph {
                hash: Sha256::digest(&graph.nquads).into(),
                departure: graph.own_terms.into_iter().next().or_else(|| overlooked(&graph.dataset)),
                contexts: graph.contexts,
                editions: graph.editions,
            });
            self.editions.push(hashed);
        }
        &self.editions[edition]
    }
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::Document;

    use super::*;

    /// What is reported of a document that two editions read, where the proof holds under one of them.
    #[track_caller]
    fn check(departures: [Option<&str>; 2], holds_under: Option<u8>, expected: Option<&str>) {
        let document = Document::parse(br#"{"@context":"https://www.w3.org/ns/credentials/v2"}"#.to_vec()).unwrap();
        let proof = Document::parse(br#"{"type":"DataIntegrityProof"}"#.to_vec()).unwrap();
        let mut graph = SignedGraph::of(document.root().as_object().unwrap());
        graph.editions = [0, 1]
            .map(|edition: u8| {
                let departure = departures[usize::from(edition)].map(str::to_owned);
                Ok(HashedGraph { hash: [edition; 32], contexts: Vec::new(), departure, editions: 2 })
            })
            .into();
        assert_eq!(graph.find_readable(), Ok(()));
        let found = graph.find_edition(proof.root().as_object().unwrap(), |signed| Some(signed[63]) == holds_under);
        assert_eq!(found.map(|contexts| contexts.is_some()), Ok(holds_under.is_some()));
        assert_eq!(graph.departure(), expected);
    }

    #[test]
    fn the_edition_that_was_signed_decides_whether_the_json_is_the_whole_story() {
        check([Some("/new"), None], Some(1), None);
        check([None, Some("/old")], Some(1), Some("/old"));
        check([Some("/new"), Some("/old")], Some(0), Some("/new"));
    }

    #[test]
    fn the_newest_edition_is_reported_where_nothing_holds() {
        check([Some("/new"), None], None, Some("/new"));
        check([None, Some("/old")], None, None);
    }
}
