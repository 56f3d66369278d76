//! RDF dataset canonicalization, [RDFC-1.0](https://www.w3.org/TR/rdf-canon/), with bounded work.

mod first_degree;
mod hash;
mod isomorphism;
mod lines;
mod n_degree;
mod nodes;

use std::collections::BTreeMap;

use thiserror::Error;

use crate::dataset::{Dataset, Quad, TermId};
use hash::Hash;
use lines::{Line, TermOrder, sorted_document};
use n_degree::{Issuer, PathSearch};
use nodes::{BlankNodes, Node};

pub use hash::HashAlgorithm;

/// How much work telling alike blank nodes apart may take.
///
/// One step is a call of Hash N-Degree Quads, a quad looked at there, a permutation tried, a node in it, or 64 bytes
/// hashed. Most credentials take none, because their blank nodes already differ by the quads they stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepBudget(pub u32);

impl Default for StepBudget {
    /// Four times what the hardest case of the W3C suite takes; a poison graph uses them up within milliseconds.
    fn default() -> Self {
        StepBudget(50_000)
    }
}

/// The longest canonical form in bytes: eight times the largest document, where two or three times are usual. A long
/// IRI that stands in many quads is stored once but written, and hashed, in each of them.
const LONGEST_NQUADS: usize = 64 << 20;

/// A dataset in its canonical form.
#[derive(Clone, PartialEq, Eq)]
pub struct Canonical {
    /// The canonical N-Quads document: sorted lines, each ended by a line feed.
    pub nquads: String,
    /// For each blank node, its label in the dataset and the canonical label it was issued, both without `_:`.
    pub issued: BTreeMap<String, String>,
}

impl std::fmt::Debug for Canonical {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Credential contents never reach a log line.
        write!(out, "Canonical({} bytes, {} blank nodes)", self.nquads.len(), self.issued.len())
    }
}

/// Why a dataset has no canonical form here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CanonicalizeError {
    /// A term stands where RDF 1.1 does not allow it: a literal that is no object, a predicate that is no IRI.
    #[error("quad {quad} has a term where RDF does not allow it")]
    NotRdf {
        /// The quad's position in [`Dataset::quads`], from 0.
        quad: usize,
    },
    /// The canonical form would be very much larger than any credential; such datasets are made to fill the memory.
    #[error("the canonical form would take {bytes} bytes")]
    TooLarge {
        /// About how many bytes it would take.
        bytes: usize,
    },
    /// The blank nodes are so alike that telling them apart passes the budget; such graphs are made to exhaust
    /// verifiers ("poison graphs").
    #[error("telling the blank nodes apart takes more than {steps} steps")]
    BudgetExhausted {
        /// The budget that was given.
        steps: u32,
    },
    /// Alike blank nodes form a chain too long to follow.
    #[error("alike blank nodes form a chain of more than {links} links")]
    ChainTooLong {
        /// The most links that are followed.
        links: usize,
    },
}

/// Brings a dataset into canonical form: equal for isomorphic datasets, different for all others.
///
/// # Errors
/// [`CanonicalizeError`] when the dataset is generalized RDF, or would take more memory or work than it may.
pub fn canonicalize(
    dataset: &Dataset,
    algorithm: HashAlgorithm,
    budget: StepBudget,
) -> Result<Canonical, CanonicalizeError> {
    let (nquads, nodes) = canonicalize_with_labels(dataset, algorithm, budget)?;
    let plain_label = |label: &str| label["_:".len()..].to_owned();
    let issued = nodes
        .all()
        .map(|node| (plain_label(dataset.written(nodes.term(node))), plain_label(nodes.canonical_label(node))));
    Ok(Canonical { nquads, issued: issued.collect() })
}

/// [`Canonical::nquads`] alone, for those who don't ask which label became which.
///
/// # Errors
/// As [`canonicalize`].
pub fn canonical_nquads(
    dataset: &Dataset,
    algorithm: HashAlgorithm,
    budget: StepBudget,
) -> Result<String, CanonicalizeError> {
    canonicalize_with_labels(dataset, algorithm, budget).map(|(nquads, _)| nquads)
}

fn canonicalize_with_labels(
    dataset: &Dataset,
    algorithm: HashAlgorithm,
    budget: StepBudget,
) -> Result<(String, BlankNodes), CanonicalizeError> {
    if let Some(quad) = dataset.quads().position(|quad| !is_rdf(dataset, quad)) {
        return Err(CanonicalizeError::NotRdf { quad });
    }
    let mut texts = dataset.texts();
    let bytes = dataset.quads().map(|quad| Line::of(quad, |term| texts[term.index()]).len());
    let bytes = bytes.fold(0, usize::saturating_add);
    if bytes > LONGEST_NQUADS {
        return Err(CanonicalizeError::TooLarge { bytes });
    }
    let predicates = TermOrder::of(dataset.quads().map(|quad| quad.predicate), &texts);
    // Canonicalization algorithm (4.4.3), steps 1 and 2.
    let mut nodes = BlankNodes::of(dataset);
    // Step 3.
    let first_degree = first_degree::hashes(&nodes, &mut texts, &predicates, algorithm);
    let mut by_hash: Vec<(Hash, Node)> = first_degree.iter().copied().zip(nodes.all()).collect();
    by_hash.sort_unstable();
    // Step 4.
    for alike in by_hash.chunk_by(|one, other| one.0 == other.0) {
        if let [(_, node)] = alike {
            nodes.issue_canonical(*node);
        }
    }
    // Step 5.
    let mut issuer = Issuer::new(first_degree.len());
    let mut steps_left = budget.0;
    for alike in by_hash.chunk_by(|one, other| one.0 == other.0).filter(|alike| alike.len() > 1) {
        // Steps 5.1 and 5.2.
        let mut results = Vec::new();
        for (_, node) in alike.iter().filter(|(_, node)| !nodes.is_issued(*node)) {
            let mut search = PathSearch::new(dataset, &nodes, &first_degree, algorithm, &mut issuer, steps_left);
            let result = search.run(*node).map_err(|stopped| match stopped {
                n_degree::Stopped::OutOfSteps => CanonicalizeError::BudgetExhausted { steps: budget.0 },
                n_degree::Stopped::ChainTooLong => CanonicalizeError::ChainTooLong { links: n_degree::LONGEST_CHAIN },
            })?;
            steps_left = search.steps_left();
            results.push(result);
        }
        // Step 5.3.
        results.sort_by_key(|result| result.hash);
        for node in results.into_iter().flat_map(|result| result.issued) {
            nodes.issue_canonical(node);
        }
    }
    // Steps 6 and 7.
    for node in nodes.all() {
        texts[nodes.term(node).index()] = nodes.canonical_label(node);
    }
    let nquads = sorted_document(dataset, &texts, &predicates);
    Ok((nquads, nodes))
}

fn is_rdf(dataset: &Dataset, Quad { subject, predicate, object: _, graph }: Quad) -> bool {
    let is_resource = |term: TermId| !dataset.is_literal(term);
    is_resource(subject) && is_resource(predicate) && !dataset.is_blank(predicate) && graph.is_none_or(is_resource)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(nquads: &str, algorithm: HashAlgorithm, budget: StepBudget) -> Result<Canonical, CanonicalizeError> {
        canonicalize(&Dataset::from_nquads(nquads).unwrap(), algorithm, budget)
    }

    /// Checks the canonical form of the lines given, in their order, reversed, and under other labels.
    #[track_caller]
    fn check(lines: &[&str], expected: &[&str]) {
        let reversed: Vec<&str> = lines.iter().rev().copied().collect();
        for text in [lines.join("\n"), reversed.join("\n"), reversed.join("\n").replace("_:", "_:other-")] {
            let found = canonical(&text, HashAlgorithm::Sha256, StepBudget::default()).unwrap();
            assert_eq!(found.nquads.lines().collect::<Vec<_>>(), expected);
        }
    }

    #[track_caller]
    fn check_refusal(nquads: &str, expected: CanonicalizeError) {
        let found = canonical(nquads, HashAlgorithm::Sha256, StepBudget::default());
        assert_eq!(found.map(|canonical| canonical.nquads), Err(expected));
    }

    /// Each node pointing to each other one: every permutation of the others has to be tried.
    fn clique(size: usize) -> String {
        let pairs = (0..size).flat_map(|one| (0..size).map(move |other| (one, other)));
        pairs
            .filter(|(one, other)| one != other)
            .map(|(one, other)| format!("_:n{one} <urn:p> _:n{other} .\n"))
            .collect()
    }

    #[test]
    fn lines_are_sorted_and_repeated_ones_collapse() {
        check(
            &[
                "<urn:b> <urn:p> \"x\"@en .",
                "<urn:a> <urn:p> <urn:b> <urn:g> .",
                "<urn:b> <urn:p> \"x\" .",
                "<urn:b> <urn:p> \"x\" .",
            ],
            &["<urn:a> <urn:p> <urn:b> <urn:g> .", "<urn:b> <urn:p> \"x\" .", "<urn:b> <urn:p> \"x\"@en ."],
        );
        check(&[], &[]);
    }

    #[test]
    fn a_line_of_the_default_graph_comes_before_the_same_line_of_a_named_one() {
        check(
            &["<urn:a> <urn:p> \"1\" <urn:g> .", "<urn:a> <urn:p> \"1\"^^<urn:d> .", "<urn:a> <urn:p> \"1\" ."],
            &["<urn:a> <urn:p> \"1\" .", "<urn:a> <urn:p> \"1\" <urn:g> .", "<urn:a> <urn:p> \"1\"^^<urn:d> ."],
        );
    }

    #[test]
    fn nodes_that_differ_are_labelled_in_the_order_of_their_hashes_without_a_single_step() {
        let text = "_:x <urn:p> \"1\" .\n_:y <urn:p> \"2\" .\n";
        let label_of_x = |algorithm| canonical(text, algorithm, StepBudget(0)).unwrap().issued["x"].clone();
        // The SHA-256 hashes of the two lines begin with 4b and f8, the SHA-384 hashes with 5a and 08.
        assert_eq!(label_of_x(HashAlgorithm::Sha256), "c14n0");
        assert_eq!(label_of_x(HashAlgorithm::Sha384), "c14n1");
    }

    #[test]
    fn the_form_alone_is_the_same_as_the_one_with_labels() {
        for text in ["", "_:x <urn:p> _:y .\n_:y <urn:p> _:x _:x .\n<urn:s> <urn:p> _:x .", &clique(4)] {
            let dataset = Dataset::from_nquads(text).unwrap();
            let both = canonicalize(&dataset, HashAlgorithm::Sha384, StepBudget::default()).unwrap();
            let alone = canonical_nquads(&dataset, HashAlgorithm::Sha384, StepBudget::default());
            assert_eq!(alone, Ok(both.nquads));
        }
        let poison = Dataset::from_nquads(&clique(10)).unwrap();
        let refusal = canonical_nquads(&poison, HashAlgorithm::Sha256, StepBudget(7));
        assert_eq!(refusal, Err(CanonicalizeError::BudgetExhausted { steps: 7 }));
    }

    #[test]
    fn the_labels_issued_are_told_for_each_label_received() {
        let issued = canonical("_:one <urn:p> _:two _:three .", HashAlgorithm::Sha256, StepBudget(0)).unwrap().issued;
        assert_eq!(issued.keys().collect::<Vec<_>>(), ["one", "three", "two"]);
        let mut labels: Vec<&String> = issued.values().collect();
        labels.sort();
        assert_eq!(labels, ["c14n0", "c14n1", "c14n2"]);
    }

    #[test]
    fn alike_nodes_are_told_apart_by_their_neighbours() {
        let ring = |order: [usize; 4]| {
            let next = |k: usize| format!("_:n{} <urn:next> _:n{} .", order[k], order[(k + 1) % 4]);
            let name = format!("_:n{} <urn:name> \"first\" .", order[0]);
            (0..4).map(next).chain([name]).collect::<Vec<_>>().join("\n")
        };
        let form = |text: &str| canonical(text, HashAlgorithm::Sha256, StepBudget::default()).unwrap().nquads;
        let expected = form(&ring([0, 1, 2, 3]));
        for order in [[3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
            assert_eq!(form(&ring(order)), expected);
        }
        assert_ne!(form(&ring([0, 1, 2, 3]).replace("_:n3 <urn:next> _:n0", "_:n3 <urn:next> _:n1")), expected);
    }

    #[test]
    fn a_neighbour_related_twice_in_the_same_way_counts_twice() {
        // Counted once, n2 and n3 would swap their labels.
        check(
            &[
                "_:n2 <urn:p> _:n0 .",
                "_:n2 <urn:p> _:n0 <urn:g> .",
                "_:n3 <urn:p> _:n1 .",
                "_:n3 <urn:p> _:n4 <urn:g> .",
            ],
            &[
                "_:c14n3 <urn:p> _:c14n0 <urn:g> .",
                "_:c14n3 <urn:p> _:c14n1 .",
                "_:c14n4 <urn:p> _:c14n2 .",
                "_:c14n4 <urn:p> _:c14n2 <urn:g> .",
            ],
        );
    }

    #[test]
    fn a_poison_graph_is_refused() {
        check_refusal(&clique(10), CanonicalizeError::BudgetExhausted { steps: 50_000 });
        check_refusal(&clique(40), CanonicalizeError::BudgetExhausted { steps: 50_000 });
        assert!(canonical(&clique(4), HashAlgorithm::Sha256, StepBudget::default()).is_ok());
    }

    #[test]
    fn long_names_use_up_the_budget_too() {
        let short = clique(4);
        let long = short.replace("<urn:p>", &format!("<urn:{}>", "p".repeat(100_000)));
        assert!(canonical(&short, HashAlgorithm::Sha256, StepBudget::default()).is_ok());
        check_refusal(&long, CanonicalizeError::BudgetExhausted { steps: 50_000 });
    }

    #[test]
    fn an_endless_chain_of_alike_nodes_is_refused_before_the_stack_ends() {
        let link = |k: usize| format!("_:a{k} <urn:p{k}> _:a{} .\n_:b{k} <urn:p{k}> _:b{} .\n", k + 1, k + 1);
        let chains = |links: usize| (0..links).map(link).collect::<String>();
        assert!(canonical(&chains(100), HashAlgorithm::Sha256, StepBudget::default()).is_ok());
        check_refusal(&chains(2_000), CanonicalizeError::ChainTooLong { links: 128 });
    }

    #[test]
    fn a_form_that_would_fill_the_memory_is_refused() {
        let mut dataset = Dataset::new();
        let subject = dataset.iri(&format!("urn:{}", "s".repeat(1 << 20)));
        for number in 0..100 {
            let (predicate, object) = (dataset.iri("urn:p"), dataset.iri(&format!("urn:{number}")));
            dataset.insert(subject, predicate, object, None);
        }
        let refusal = canonicalize(&dataset, HashAlgorithm::Sha256, StepBudget::default()).map(|_| ());
        assert!(matches!(refusal, Err(CanonicalizeError::TooLarge { bytes }) if bytes > 100 << 20), "{refusal:?}");
    }

    #[test]
    fn terms_where_rdf_does_not_allow_them_are_refused() {
        check_refusal("<urn:s> <urn:p> <urn:o> .\n<urn:s> _:p <urn:o> .", CanonicalizeError::NotRdf { quad: 1 });
        let mut dataset = Dataset::new();
        let (literal, iri) = (dataset.literal("x", crate::dataset::XSD_STRING, None), dataset.iri("urn:p"));
        dataset.insert(literal, iri, iri, None);
        let refusal = canonicalize(&dataset, HashAlgorithm::Sha256, StepBudget::default()).map(|_| ());
        assert_eq!(refusal, Err(CanonicalizeError::NotRdf { quad: 0 }));
    }
}
