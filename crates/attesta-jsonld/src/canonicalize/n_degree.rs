//! Hash N-Degree Quads (4.8) and Hash Related Blank Node (4.7).

use std::fmt::Write as _;

use super::hash::{Hash, HashAlgorithm};
use super::nodes::{BlankNodes, Node};
use crate::dataset::{Dataset, Quad};

/// How deep the search may recurse. The W3C suite needs 8, and 128 fits the smallest stacks.
pub(super) const LONGEST_CHAIN: usize = 128;

/// How many bytes hashed count as a step: without this, long IRIs would make steps arbitrarily slow.
const BYTES_PER_STEP: usize = 64;

/// The shortest paths out of one node, and all that is needed to search them.
pub(super) struct PathSearch<'a> {
    dataset: &'a Dataset,
    nodes: &'a BlankNodes,
    first_degree: &'a [Hash],
    algorithm: HashAlgorithm,
    steps_left: u32,
    links_left: usize,
    issuer: &'a mut Issuer,
}

/// The result of Hash N-Degree Quads.
pub(super) struct Paths {
    pub(super) hash: Hash,
    /// The nodes in the order in which the temporary issuer named them.
    pub(super) issued: Vec<Node>,
}

/// Why a search ended without result.
pub(super) enum Stopped {
    OutOfSteps,
    ChainTooLong,
}

/// An issuer of temporary identifiers ("b0", "b1" ...) that can forget the latest ones again. This replaces the copies
/// of the issuer in the specification: each one only ever adds to the one it was copied from.
pub(super) struct Issuer {
    order: Vec<Node>,
    numbers: Vec<Option<u32>>,
}

impl<'a> PathSearch<'a> {
    pub(super) fn new(
        dataset: &'a Dataset,
        nodes: &'a BlankNodes,
        first_degree: &'a [Hash],
        algorithm: HashAlgorithm,
        issuer: &'a mut Issuer,
        steps_left: u32,
    ) -> Self {
        PathSearch { dataset, nodes, first_degree, algorithm, steps_left, links_left: LONGEST_CHAIN, issuer }
    }

    /// Steps 5.2.2 to 5.2.4 of the canonicalization algorithm.
    pub(super) fn run(&mut self, node: Node) -> Result<Paths, Stopped> {
        self.issuer.forget_since(0);
        self.issuer.issue(node);
        let hash = self.hash_n_degree_quads(node)?;
        Ok(Paths { hash, issued: self.issuer.order.clone() })
    }

    pub(super) fn steps_left(&self) -> u32 {
        self.steps_left
    }

    fn hash_n_degree_quads(&mut self, identifier: Node) -> Result<Hash, Stopped> {
        self.spend(1 + self.nodes.quads(identifier).len())?;
        self.links_left = self.links_left.checked_sub(1).ok_or(Stopped::ChainTooLong)?;
        let mut related_by_hash = self.related_by_hash(identifier)?;
        // Sorted by hash for step 5, and within one hash by node, where the permutations begin.
        related_by_hash.sort_unstable();
        // Step 4.
        let mut data_to_hash = String::new();
        // Step 5.
        for alike in related_by_hash.chunk_by(|one, other| one.0 == other.0) {
            // Step 5.1.
            alike[0].0.write_hex(&mut data_to_hash);
            let list = alike.iter().map(|(_, node)| *node).collect();
            let path = self.chosen_path(list)?;
            // Step 5.5.
            data_to_hash.push_str(&path);
        }
        self.spend(data_to_hash.len() / BYTES_PER_STEP)?;
        self.links_left += 1;
        // Step 6.
        Ok(self.algorithm.digest(&data_to_hash))
    }

    /// Steps 1 to 3. A node that two quads relate in the same way is listed twice: the text of the specification can
    /// be read either way, and credentials in use are signed with this reading.
    fn related_by_hash(&mut self, identifier: Node) -> Result<Vec<(Hash, Node)>, Stopped> {
        let mut related_by_hash = Vec::new();
        let mut input = String::new();
        let nodes = self.nodes;
        for quad in nodes.quads(identifier) {
            for (position, term) in [('s', Some(quad.subject)), ('o', Some(quad.object)), ('g', quad.graph)] {
                let node = term.and_then(|term| nodes.node(term)).filter(|node| *node != identifier);
                if let Some(related) = node {
                    input.clear();
                    self.write_related_input(&mut input, related, quad, position);
                    self.spend(input.len() / BYTES_PER_STEP)?;
                    related_by_hash.push((self.algorithm.digest(&input), related));
                }
            }
        }
        Ok(related_by_hash)
    }

    /// Hash Related Blank Node (4.7), all steps but the hashing.
    fn write_related_input(&self, input: &mut String, related: Node, quad: &Quad, position: char) {
        input.push(position);
        if position != 'g' {
            input.push_str(self.dataset.written(quad.predicate));
        }
        if self.nodes.is_issued(related) {
            input.push_str(self.nodes.canonical_label(related));
        } else if let Some(number) = self.issuer.number(related) {
            write_temporary(input, number);
        } else {
            self.first_degree[related.index()].write_hex(input);
        }
    }

    /// Steps 5.2 to 5.6: the least path through a list of alike nodes, whose identifiers stay issued.
    fn chosen_path(&mut self, mut permutation: Vec<Node>) -> Result<String, Stopped> {
        let before = self.issuer.order.len();
        let mut chosen: Option<(String, Vec<Node>)> = None;
        loop {
            let path = self.path(&permutation, chosen.as_ref().map(|(path, _)| path.as_str()))?;
            if let Some(path) = path {
                chosen = Some((path, self.issuer.order[before..].to_vec()));
            }
            self.issuer.forget_since(before);
            if !advance(&mut permutation) {
                break;
            }
        }
        let (path, issued) = chosen.unwrap_or_default();
        for node in issued {
            self.issuer.issue(node);
        }
        Ok(path)
    }

    /// Steps 5.4.1 to 5.4.6 for one permutation; `None` when its path is not below the one chosen so far.
    fn path(&mut self, permutation: &[Node], chosen: Option<&str>) -> Result<Option<String>, Stopped> {
        self.spend(1 + permutation.len())?;
        // A path that is behind already stays behind, whatever follows.
        let is_behind = |path: &str| chosen.is_some_and(|chosen| path >= chosen);
        let mut path = String::new();
        let mut recursion_list = Vec::new();
        // Step 5.4.4.
        for related in permutation {
            if self.nodes.is_issued(*related) {
                path.push_str(self.nodes.canonical_label(*related));
            } else {
                if self.issuer.number(*related).is_none() {
                    recursion_list.push(*related);
                }
                write_temporary(&mut path, self.issuer.issue(*related));
            }
            if is_behind(&path) {
                return Ok(None);
            }
        }
        // Step 5.4.5.
        for related in recursion_list {
            let hash = self.hash_n_degree_quads(related)?;
            write_temporary(&mut path, self.issuer.issue(related));
            path.push('<');
            hash.write_hex(&mut path);
            path.push('>');
            if is_behind(&path) {
                return Ok(None);
            }
        }
        Ok(Some(path))
    }

    fn spend(&mut self, steps: usize) -> Result<(), Stopped> {
        let steps = u32::try_from(steps).map_err(|_| Stopped::OutOfSteps)?;
        self.steps_left = self.steps_left.checked_sub(steps).ok_or(Stopped::OutOfSteps)?;
        Ok(())
    }
}

impl Issuer {
    pub(super) fn new(node_count: usize) -> Self {
        Issuer { order: Vec::new(), numbers: vec![None; node_count] }
    }

    fn number(&self, node: Node) -> Option<u32> {
        self.numbers[node.index()]
    }

    /// Issue Identifier (4.5): a node that has its number keeps it.
    fn issue(&mut self, node: Node) -> u32 {
        let next = self.order.len() as u32;
        *self.numbers[node.index()].get_or_insert_with(|| {
            self.order.push(node);
            next
        })
    }

    fn forget_since(&mut self, count: usize) {
        for node in self.order.drain(count..) {
            self.numbers[node.index()] = None;
        }
    }
}

fn write_temporary(out: &mut String, number: u32) {
    write!(out, "_:b{number}").expect("writing to a string does not fail");
}

/// Turns a list into its next permutation in ascending order; `false` after the last one. Equal nodes make no
/// permutations of their own.
fn advance(list: &mut [Node]) -> bool {
    let Some(pivot) = list.windows(2).rposition(|pair| pair[0] < pair[1]) else { return false };
    let successor = list.iter().rposition(|node| *node > list[pivot]).expect("the node after the pivot is greater");
    list.swap(pivot, successor);
    list[pivot + 1..].reverse();
    true
}
