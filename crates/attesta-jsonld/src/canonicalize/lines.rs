//! The lines of the canonical form and their order.

use crate::dataset::{Dataset, Quad, TermId};

/// The terms of a quad as N-Quads has them, the graph empty for the default graph.
///
/// Lines sort as their texts do. Term by term is enough, because whatever may continue a term that is the
/// beginning of another one (the `@` or `^` after a literal, a digit of a label) sorts after the space that ends it,
/// and a graph (`<` or `_`) after the full stop.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line<'a>([&'a str; 4]);

impl<'a> Line<'a> {
    #[inline]
    pub(super) fn of(quad: Quad, text: impl Fn(TermId) -> &'a str) -> Self {
        Line([text(quad.subject), text(quad.predicate), text(quad.object), quad.graph.map_or("", &text)])
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|term| term.len() + 1).sum::<usize>() + 2
    }

    pub(super) fn write(&self, out: &mut String) {
        for term in self.0.iter().filter(|term| !term.is_empty()) {
            out.push_str(term);
            out.push(' ');
        }
        out.push_str(".\n");
    }

    fn object_and_graph(&self) -> (&'a str, &'a str) {
        (self.0[2], self.0[3])
    }
}

/// The places of some terms in the order of their texts. IRIs of one vocabulary have long beginnings in common, and a
/// few of them stand in many lines: here they are compared once, and then by their places.
pub(super) struct TermOrder {
    /// By [`TermId::index`]; of no meaning for the other terms.
    places: Vec<u32>,
}

impl TermOrder {
    /// The order of terms that may come several times each, `texts` being those of all terms.
    pub(super) fn of(terms: impl Iterator<Item = TermId>, texts: &[&str]) -> Self {
        const UNSEEN: u32 = u32::MAX;
        let mut places = vec![UNSEEN; texts.len()];
        // Half as many as there are terms; more where they are many.
        let mut distinct = Vec::with_capacity(texts.len() / 2);
        for term in terms {
            if std::mem::replace(&mut places[term.index()], 0) == UNSEEN {
                distinct.push(term);
            }
        }
        distinct.sort_unstable_by_key(|term| texts[term.index()]);
        for (place, term) in (0..).zip(distinct) {
            places[term.index()] = place;
        }
        TermOrder { places }
    }

    pub(super) fn place(&self, term: TermId) -> u32 {
        self.places[term.index()]
    }
}

/// Writes lines that are all about one subject, or about blank nodes that all go by the same few names, in their
/// order. `lines` has each with the place of its predicate.
pub(super) fn write_few(lines: &mut [(u32, Line<'_>)], out: &mut String) {
    lines.sort_unstable_by(|(one_place, one), (other_place, other)| {
        let subjects = one.0[0].cmp(other.0[0]);
        subjects.then_with(|| (one_place, one.object_and_graph()).cmp(&(other_place, other.object_and_graph())))
    });
    for (_, line) in lines {
        line.write(out);
    }
}

/// The lines of a whole dataset in their order; `texts` are those of its terms, by [`TermId::index`].
pub(super) fn sorted_document(dataset: &Dataset, texts: &[&str], predicates: &TermOrder) -> String {
    let subjects = TermOrder::of(dataset.quads().map(|quad| quad.subject), texts);
    let text = |term: TermId| texts[term.index()];
    let line = |quad: &Quad| Line::of(*quad, text);
    let mut quads: Vec<((u32, u32), Quad)> = Vec::with_capacity(dataset.len());
    quads.extend(dataset.quads().map(|quad| ((subjects.place(quad.subject), predicates.place(quad.predicate)), quad)));
    let object_and_graph = |quad: &Quad| (text(quad.object), quad.graph.map_or("", text));
    quads.sort_unstable_by(|(one_place, one), (other_place, other)| {
        let places = one_place.cmp(other_place);
        places.then_with(|| object_and_graph(one).cmp(&object_and_graph(other)))
    });
    let mut document = String::with_capacity(quads.iter().map(|(_, quad)| line(quad).len()).sum());
    for (_, quad) in &quads {
        line(quad).write(&mut document);
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_in_the_order_of_their_texts() {
        let terms = ["<urn:a>", "<urn:a/b>", "<urn:a\u{e9}>", "_:c14n1", "_:c14n10", "_:c14n2"];
        let predicates = ["<urn:a>", "<urn:a#b>", "<urn:b>"];
        let objects = ["\"x\"", "\"x\"@en", "\"x\"^^<urn:d>", "\"x y\"", "<urn:a>", "_:c14n1"];
        let graphs = ["", "<urn:a>", "_:c14n1", "_:c14n10"];
        let mut nquads = String::new();
        for (index, subject) in terms.iter().enumerate() {
            for predicate in predicates.iter().cycle().skip(index).step_by(2).take(3) {
                for object in objects.iter().rev() {
                    for graph in graphs {
                        nquads += &format!("{subject} {predicate} {object} {graph} .\n");
                    }
                }
            }
        }
        let dataset = Dataset::from_nquads(&nquads).unwrap();
        let texts = dataset.texts();
        let order = TermOrder::of(dataset.quads().map(|quad| quad.predicate), &texts);
        let document = sorted_document(&dataset, &texts, &order);
        let found: Vec<&str> = document.split_inclusive('\n').collect();
        let mut expected = found.clone();
        expected.sort_unstable();
        assert_eq!((found.len(), &found), (dataset.len(), &expected));
        let lines =
            dataset.quads().map(|quad| (order.place(quad.predicate), Line::of(quad, |term| texts[term.index()])));
        let mut written = String::new();
        write_few(&mut lines.collect::<Vec<_>>(), &mut written);
        assert_eq!(written, document);
    }
}
