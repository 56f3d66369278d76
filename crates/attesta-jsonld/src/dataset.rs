//! RDF datasets, [RDF 1.1 Concepts section 4](https://www.w3.org/TR/rdf11-concepts/#section-dataset): each term is
//! stored once with its N-Quads text, and a quad is four small numbers.

mod term;

use std::fmt;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::nquads;
use crate::number::push_number;
use term::{Kind, Origin, Span, TermRecord};

pub use term::{Quad, Term, TermId};

/// The datatype of a literal with a language tag.
pub(crate) const RDF_LANG_STRING: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
/// The datatype of a plain literal, which N-Quads leaves out.
pub(crate) const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

/// A set of quads. Terms are interned: equal terms have equal [`TermId`]s.
#[derive(Clone)]
pub struct Dataset {
    /// Every term in N-Quads form, end to end; where escapes changed a value, the plain value follows its term.
    text: String,
    terms: Vec<TermRecord>,
    ids_by_value: HashTable<TermId>,
    quads: Vec<Quad>,
    positions_by_quad: HashTable<usize>,
    next_fresh_label: u32,
    /// The datatype of most literals, once there is one.
    xsd_string: Option<TermId>,
    hasher: DefaultHashBuilder,
}

impl Dataset {
    /// A dataset without quads.
    pub fn new() -> Self {
        // Room for a small credential, so that the common case does not grow step by step.
        Dataset {
            text: String::with_capacity(8 << 10),
            terms: Vec::with_capacity(192),
            ids_by_value: HashTable::with_capacity(192),
            quads: Vec::with_capacity(96),
            positions_by_quad: HashTable::with_capacity(96),
            next_fresh_label: 0,
            xsd_string: None,
            hasher: DefaultHashBuilder::default(),
        }
    }

    /// The id of an IRI, which is taken as it is: neither resolved nor checked.
    pub fn iri(&mut self, iri: &str) -> TermId {
        self.find_or_write(Kind::Iri, iri, |dataset| {
            dataset.text.push('<');
            let value = dataset.append(iri, nquads::write_iri_characters);
            dataset.text.push('>');
            value
        })
    }

    /// As [`Dataset::iri`], for one that N-Quads writes as it is.
    pub(crate) fn plain_iri(&mut self, iri: &str) -> TermId {
        self.find_or_write(Kind::Iri, iri, |dataset| {
            dataset.text.push('<');
            let value = dataset.append(iri, String::push_str);
            dataset.text.push('>');
            value
        })
    }

    /// The id of the blank node that the caller calls `label` (without the `_:` in front).
    pub fn blank(&mut self, label: &str) -> TermId {
        if let Some(id) = self.find(self.hash(Kind::Blank, label), Kind::Blank, label) {
            match self.record(id).origin {
                Origin::Given => return id,
                Origin::Fresh => self.relabel(id),
            }
        }
        self.find_or_write(Kind::Blank, label, |dataset| {
            dataset.text.push_str("_:");
            dataset.append(label, String::push_str)
        })
    }

    /// A blank node that is no other. It keeps out of the way of the labels given to [`Dataset::blank`], earlier or
    /// later, so its own label is settled only when the dataset is complete.
    pub fn fresh_blank(&mut self) -> TermId {
        let id = TermId::new(self.terms.len());
        let record = self.write_fresh();
        self.terms.push(record);
        self.enter(id);
        id
    }

    /// The id of a literal. With a language the datatype is `rdf:langString`, whatever was given.
    pub fn literal(&mut self, lexical: &str, datatype_iri: &str, language: Option<&str>) -> TermId {
        let annotation = match language {
            Some(tag) => self.find_or_write(Kind::LanguageTag, tag, |dataset| {
                dataset.text.push('@');
                dataset.append(tag, nquads::write_iri_characters)
            }),
            None if datatype_iri == XSD_STRING => self.xsd_string(),
            None => self.iri(datatype_iri),
        };
        self.find_or_write(Kind::Literal { annotation }, lexical, |dataset| {
            dataset.text.push('"');
            let value = dataset.append(lexical, nquads::write_literal_characters);
            dataset.text.push('"');
            if language.is_none() && datatype_iri == XSD_STRING {
                return value;
            }
            if language.is_none() {
                dataset.text.push_str("^^");
            }
            let Span { start, end } = dataset.record(annotation).written;
            dataset.text.extend_from_within(start..end);
            value
        })
    }

    fn xsd_string(&mut self) -> TermId {
        let id = self.xsd_string.unwrap_or_else(|| self.plain_iri(XSD_STRING));
        self.xsd_string = Some(id);
        id
    }

    /// Adds a quad; one that is there already is not added again.
    pub fn insert(&mut self, subject: TermId, predicate: TermId, object: TermId, graph: Option<TermId>) {
        let quad = Quad { subject, predicate, object, graph };
        let Dataset { quads, positions_by_quad, hasher, .. } = self;
        let hash = hasher.hash_one(quad);
        if positions_by_quad.find(hash, |&position| quads[position] == quad).is_none() {
            positions_by_quad.insert_unique(hash, quads.len(), |&position| hasher.hash_one(quads[position]));
            quads.push(quad);
        }
    }

    /// How many quads there are.
    pub fn len(&self) -> usize {
        self.quads.len()
    }

    /// Whether there are no quads.
    pub fn is_empty(&self) -> bool {
        self.quads.is_empty()
    }

    /// The quads in the order in which they were first inserted.
    pub fn quads(&self) -> impl ExactSizeIterator<Item = Quad> {
        self.quads.iter().copied()
    }

    /// The term behind an id that this dataset issued.
    pub fn term(&self, id: TermId) -> Term<'_> {
        let value = self.value(id);
        match self.record(id).kind {
            Kind::Iri | Kind::LanguageTag => Term::Iri(value),
            Kind::Blank => Term::Blank(value),
            Kind::Literal { annotation } => match self.record(annotation).kind {
                Kind::LanguageTag => {
                    Term::Literal { lexical: value, datatype: RDF_LANG_STRING, language: Some(self.value(annotation)) }
                }
                _ => Term::Literal { lexical: value, datatype: self.value(annotation), language: None },
            },
        }
    }

    /// How many bytes the terms take; a caller that expands short names into long IRIs watches it.
    pub fn text_len(&self) -> usize {
        self.text.len()
    }

    /// The term as N-Quads has it.
    pub(crate) fn written(&self, id: TermId) -> &str {
        self.stretch(self.record(id).written)
    }

    /// The N-Quads texts of all terms, by [`TermId::index`].
    pub(crate) fn texts(&self) -> Vec<&str> {
        self.terms.iter().map(|record| self.stretch(record.written)).collect()
    }

    pub(crate) fn is_blank(&self, id: TermId) -> bool {
        self.record(id).kind == Kind::Blank
    }

    pub(crate) fn is_literal(&self, id: TermId) -> bool {
        matches!(self.record(id).kind, Kind::Literal { .. })
    }

    pub(crate) fn term_count(&self) -> usize {
        self.terms.len()
    }

    fn record(&self, id: TermId) -> &TermRecord {
        &self.terms[id.index()]
    }

    fn value(&self, id: TermId) -> &str {
        self.stretch(self.record(id).value)
    }

    fn stretch(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }

    /// Writes a value with its escapes; where there were none, the span is the value itself.
    fn append(&mut self, value: &str, write: fn(&mut String, &str)) -> Option<Span> {
        let start = self.text.len();
        write(&mut self.text, value);
        let end = self.text.len();
        (end - start == value.len()).then_some(Span { start, end })
    }

    fn hash(&self, kind: Kind, value: &str) -> u64 {
        self.hasher.hash_one((kind, value))
    }

    fn find(&self, hash: u64, kind: Kind, value: &str) -> Option<TermId> {
        let same = |id: &TermId| {
            let record = self.record(*id);
            record.hash == hash && record.kind == kind && self.stretch(record.value) == value
        };
        self.ids_by_value.find(hash, same).copied()
    }

    /// The id of a known term, or of a new one, which `write` appends in N-Quads form; it returns where therein the
    /// plain value stands, if it does.
    fn find_or_write(&mut self, kind: Kind, value: &str, write: impl FnOnce(&mut Self) -> Option<Span>) -> TermId {
        let hash = self.hash(kind, value);
        if let Some(id) = self.find(hash, kind, value) {
            return id;
        }
        let start = self.text.len();
        let plain = write(self);
        let written = Span { start, end: self.text.len() };
        let value = plain.unwrap_or_else(|| {
            self.text.push_str(value);
            Span { start: written.end, end: self.text.len() }
        });
        let id = TermId::new(self.terms.len());
        self.terms.push(TermRecord { hash, written, value, kind, origin: Origin::Given });
        self.enter(id);
        id
    }

    fn enter(&mut self, id: TermId) {
        let Dataset { ids_by_value, terms, .. } = self;
        ids_by_value.insert_unique(terms[id.index()].hash, id, |id| terms[id.index()].hash);
    }

    /// Writes a blank node with the next label that is free.
    fn write_fresh(&mut self) -> TermRecord {
        loop {
            let start = self.text.len();
            self.text.push_str("_:b");
            push_number(&mut self.text, self.next_fresh_label as usize);
            self.next_fresh_label += 1;
            let written = Span { start, end: self.text.len() };
            let value = Span { start: start + "_:".len(), ..written };
            let hash = self.hash(Kind::Blank, self.stretch(value));
            if self.find(hash, Kind::Blank, self.stretch(value)).is_none() {
                return TermRecord { hash, written, value, kind: Kind::Blank, origin: Origin::Fresh };
            }
            self.text.truncate(start);
        }
    }

    /// Moves a fresh blank node out of the way of a label that the caller wants.
    fn relabel(&mut self, id: TermId) {
        let record = self.write_fresh();
        if let Ok(entry) = self.ids_by_value.find_entry(self.record(id).hash, |entered| *entered == id) {
            entry.remove();
        }
        self.terms[id.index()] = record;
        self.enter(id);
    }
}

impl Default for Dataset {
    fn default() -> Self {
        Dataset::new()
    }
}

impl fmt::Debug for Dataset {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Credential contents never reach a log line.
        write!(out, "Dataset({} quads)", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_terms_share_an_id_and_different_ones_never_do() {
        let mut dataset = Dataset::new();
        let terms = |dataset: &mut Dataset| {
            [
                dataset.iri("urn:a"),
                dataset.blank("urn:a"),
                dataset.literal("urn:a", XSD_STRING, None),
                dataset.literal("urn:a", "urn:a", None),
                dataset.literal("urn:a", "", Some("en")),
                dataset.literal("urn:a", "en", None),
                dataset.literal("<urn:a>", XSD_STRING, None),
                dataset.iri("<urn:a>"),
                dataset.iri("\\u003Curn:a\\u003E"),
            ]
        };
        let first = terms(&mut dataset);
        assert_eq!(first, terms(&mut dataset));
        for (index, id) in first.iter().enumerate() {
            assert!(first[..index].iter().all(|other| dataset.written(*other) != dataset.written(*id)), "{index}");
        }
    }

    #[track_caller]
    fn check_term(make: impl Fn(&mut Dataset) -> TermId, expected: Term<'_>) {
        let mut dataset = Dataset::new();
        let id = make(&mut dataset);
        assert_eq!(dataset.term(id), expected);
    }

    #[test]
    fn a_term_comes_back_as_it_was_given() {
        check_term(|dataset| dataset.iri("urn:é b"), Term::Iri("urn:é b"));
        check_term(|dataset| dataset.blank("x"), Term::Blank("x"));
        check_term(
            |dataset| dataset.literal("two\n\"lines\"", "urn:d", None),
            Term::Literal { lexical: "two\n\"lines\"", datatype: "urn:d", language: None },
        );
        check_term(
            |dataset| dataset.literal("x", "urn:ignored", Some("fr-CA")),
            Term::Literal { lexical: "x", datatype: RDF_LANG_STRING, language: Some("fr-CA") },
        );
    }

    #[test]
    fn a_quad_is_in_the_set_once() {
        let mut dataset = Dataset::new();
        let (a, b) = (dataset.iri("urn:a"), dataset.iri("urn:b"));
        for graph in [None, Some(a), None, Some(b), Some(a)] {
            dataset.insert(a, b, a, graph);
        }
        let graphs: Vec<_> = dataset.quads().map(|quad| quad.graph).collect();
        assert_eq!((dataset.len(), graphs), (3, vec![None, Some(a), Some(b)]));
    }

    #[test]
    fn a_fresh_blank_node_is_no_other_whatever_labels_come_before_and_after() {
        let mut dataset = Dataset::new();
        let before = dataset.blank("b0");
        let fresh = [dataset.fresh_blank(), dataset.fresh_blank()];
        let after = ["b1", "b2", "b3", "b4"].map(|label| dataset.blank(label));
        let mut ids = [&[before], &fresh[..], &after[..]].concat();
        let mut labels: Vec<&str> = ids.iter().map(|id| dataset.written(*id)).collect();
        for (id, label) in [(before, "b0"), (after[0], "b1"), (after[3], "b4")] {
            assert_eq!(dataset.term(id), Term::Blank(label));
        }
        labels.sort_unstable();
        labels.dedup();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((ids.len(), labels.len()), (7, 7));
    }
}
