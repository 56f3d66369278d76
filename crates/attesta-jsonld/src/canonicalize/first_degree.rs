//! Hash First Degree Quads (4.6).

use super::hash::{Hash, HashAlgorithm};
use super::lines::{Line, TermOrder, write_few};
use super::nodes::BlankNodes;
use crate::dataset::TermId;

/// The first-degree hash of each blank node. `texts` has the N-Quads text of each term; those of the blank nodes are
/// of no use afterwards.
pub(super) fn hashes(
    nodes: &BlankNodes,
    texts: &mut [&str],
    predicates: &TermOrder,
    algorithm: HashAlgorithm,
) -> Vec<Hash> {
    for node in nodes.all() {
        texts[nodes.term(node).index()] = "_:z";
    }
    // Room for what is usually said of one thing.
    let mut lines: Vec<(u32, Line<'_>)> = Vec::with_capacity(16);
    let mut document = String::with_capacity(2 << 10);
    let mut hashes = Vec::with_capacity(nodes.all().len());
    for node in nodes.all() {
        let reference = nodes.term(node);
        let text = |term: TermId| if term == reference { "_:a" } else { texts[term.index()] };
        lines.clear();
        lines.extend(nodes.quads(node).iter().map(|quad| (predicates.place(quad.predicate), Line::of(*quad, text))));
        document.clear();
        write_few(&mut lines, &mut document);
        hashes.push(algorithm.digest(&document));
    }
    hashes
}
