//! The canonicalization state (4.3): which quads each blank node stands in, and the canonical issuer.

use crate::dataset::{Dataset, Quad, TermId};
use crate::number::push_number;

/// A blank node by its place among those of the dataset, in order of appearance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Node(u32);

/// The blank nodes of a dataset.
pub(super) struct BlankNodes {
    terms: Vec<TermId>,
    node_by_term: Vec<Option<Node>>,
    /// The blank node to quads map: `mentions[starts[n]..starts[n + 1]]` belongs to node n.
    mentions: Vec<Quad>,
    starts: Vec<usize>,
    /// With their `_:`; empty until issued.
    canonical_labels: Vec<String>,
    issued_count: usize,
}

impl Node {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

impl BlankNodes {
    pub(super) fn of(dataset: &Dataset) -> Self {
        let mut terms = Vec::new();
        let mut node_by_term = vec![None; dataset.term_count()];
        let mut counts: Vec<usize> = Vec::new();
        for quad in dataset.quads() {
            for term in mentioned(quad).into_iter().flatten().filter(|term| dataset.is_blank(*term)) {
                let node = *node_by_term[term.index()].get_or_insert_with(|| {
                    terms.push(term);
                    counts.push(0);
                    // Each blank node is a term, and term ids are 32 bits wide.
                    Node((terms.len() - 1) as u32)
                });
                counts[node.index()] += 1;
            }
        }
        let mut nodes = BlankNodes {
            canonical_labels: vec![String::new(); terms.len()],
            terms,
            node_by_term,
            mentions: Vec::new(),
            starts: Vec::new(),
            issued_count: 0,
        };
        nodes.collect_mentions(dataset, &counts);
        nodes
    }

    fn collect_mentions(&mut self, dataset: &Dataset, counts: &[usize]) {
        let mut total = 0;
        self.starts = vec![0];
        for count in counts {
            total += count;
            self.starts.push(total);
        }
        let Some(filler) = dataset.quads().next() else { return };
        self.mentions = vec![filler; total];
        let mut next = self.starts.clone();
        for quad in dataset.quads() {
            for term in mentioned(quad).into_iter().flatten() {
                if let Some(node) = self.node(term) {
                    self.mentions[next[node.index()]] = quad;
                    next[node.index()] += 1;
                }
            }
        }
    }

    /// All nodes in order of appearance.
    pub(super) fn all(&self) -> impl ExactSizeIterator<Item = Node> + use<> {
        (0..self.terms.len() as u32).map(Node)
    }

    pub(super) fn term(&self, node: Node) -> TermId {
        self.terms[node.index()]
    }

    /// The node that a term is, if it is one.
    pub(super) fn node(&self, term: TermId) -> Option<Node> {
        self.node_by_term[term.index()]
    }

    /// The quads that mention a node, each once.
    pub(super) fn quads(&self, node: Node) -> &[Quad] {
        &self.mentions[self.starts[node.index()]..self.starts[node.index() + 1]]
    }

    /// The label with its `_:`; empty when none was issued yet.
    pub(super) fn canonical_label(&self, node: Node) -> &str {
        &self.canonical_labels[node.index()]
    }

    pub(super) fn is_issued(&self, node: Node) -> bool {
        !self.canonical_label(node).is_empty()
    }

    /// Issue Identifier (4.5) with the canonical issuer: a node that has its label keeps it.
    pub(super) fn issue_canonical(&mut self, node: Node) {
        if !self.is_issued(node) {
            let label = &mut self.canonical_labels[node.index()];
            label.reserve("_:c14n9999".len());
            label.push_str("_:c14n");
            push_number(label, self.issued_count);
            self.issued_count += 1;
        }
    }
}

/// The subject, object and graph, each term once.
fn mentioned(Quad { subject, object, graph, .. }: Quad) -> [Option<TermId>; 3] {
    let object = Some(object).filter(|term| *term != subject);
    let graph = graph.filter(|term| *term != subject && Some(*term) != object);
    [Some(subject), object, graph]
}
