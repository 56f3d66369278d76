//! Whether two datasets are the same but for the labels of their blank nodes.

use super::{HashAlgorithm, StepBudget, canonicalize};
use crate::dataset::{Dataset, Quad, Term, TermId};

/// Enough for every case of the W3C suites; a comparison in a test may take its time.
const BUDGET: StepBudget = StepBudget(1_000_000);

impl Dataset {
    /// Whether the datasets are isomorphic ([RDF 1.1 Concepts section 4.1][1]), generalized RDF with blank predicates
    /// included. `false` also when the blank nodes are too alike to tell.
    ///
    /// [1]: https://www.w3.org/TR/rdf11-concepts/#section-dataset-isomorphism
    pub fn is_isomorphic(&self, other: &Dataset) -> bool {
        let form = |dataset: &Dataset| {
            let plain = without_blank_predicates(dataset);
            canonicalize(&plain, HashAlgorithm::Sha256, BUDGET).ok().map(|canonical| canonical.nquads)
        };
        self.len() == other.len() && form(self).is_some_and(|nquads| form(other) == Some(nquads))
    }
}

/// Describes each quad with a blank predicate by a node of its own, so that the rest can be canonicalized.
fn without_blank_predicates(dataset: &Dataset) -> Dataset {
    let mut plain = Dataset::new();
    for Quad { subject, predicate, object, graph } in dataset.quads() {
        let copy = &mut |term| copy(dataset, term, &mut plain);
        let (subject, predicate_copy, object, graph) = (copy(subject), copy(predicate), copy(object), graph.map(copy));
        if !dataset.is_blank(predicate) {
            plain.insert(subject, predicate_copy, object, graph);
            continue;
        }
        let quad = plain.fresh_blank();
        let parts = [
            ("subject", Some(subject)),
            ("predicate", Some(predicate_copy)),
            ("object", Some(object)),
            ("graph", graph),
        ];
        for (name, part) in parts {
            if let Some(part) = part {
                let role = plain.iri(&format!("urn:x-attesta:generalized:{name}"));
                plain.insert(quad, role, part, None);
            }
        }
    }
    plain
}

fn copy(from: &Dataset, term: TermId, to: &mut Dataset) -> TermId {
    match from.term(term) {
        Term::Iri(iri) => to.iri(iri),
        Term::Blank(label) => to.blank(label),
        Term::Literal { lexical, datatype, language } => to.literal(lexical, datatype, language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expected: bool) {
        let [one, other] = [one, other].map(|text| Dataset::from_nquads(text).unwrap());
        assert_eq!((one.is_isomorphic(&other), other.is_isomorphic(&one)), (expected, expected));
    }

    #[test]
    fn labels_and_order_do_not_matter() {
        check("_:a <urn:p> _:b .\n_:b <urn:p> \"x\" .", "_:b <urn:p> \"x\" .\n_:z <urn:p> _:b .", true);
        check("_:a <urn:p> _:b .\n_:b <urn:p> _:a .", "_:y <urn:p> _:x .\n_:x <urn:p> _:y .", true);
        check("", "", true);
    }

    #[test]
    fn anything_else_does() {
        check("_:a <urn:p> _:b .", "_:a <urn:p> _:a .", false);
        check("_:a <urn:p> \"x\" .", "_:a <urn:p> \"x\"@en .", false);
        check("_:a <urn:p> _:b .", "_:a <urn:p> _:b _:g .", false);
        check("<urn:s> <urn:p> \"x\" .", "", false);
    }

    #[test]
    fn blank_predicates_are_compared_too() {
        check("<urn:s> _:p _:o .\n_:p <urn:q> \"x\" .", "<urn:s> _:a _:b .\n_:a <urn:q> \"x\" .", true);
        check("<urn:s> _:p _:o .\n_:p <urn:q> \"x\" .", "<urn:s> _:a _:b .\n_:b <urn:q> \"x\" .", false);
    }
}
