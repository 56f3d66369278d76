//! Which statements of a graph a part of its document stands for
//! ([canonicalizeAndGroup](https://www.w3.org/TR/vc-di-ecdsa/#canonicalizeandgroup)).
//!
//! A part of a document has other blank nodes than the whole, or the same ones under other labels. So each object that
//! has no identifier gets one for the time being, in the whole document before it is parted.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use attesta_jsonld::{Dataset, HashAlgorithm, Object, Options, StepBudget, Term, TermId, Value, canonicalize, to_rdf};
use thiserror::Error;

use super::selection::{LeadsNowhere, select};
use super::{blank_node_name, multibase, statements};
use crate::cryptosuite::TransformError;
use crate::data_integrity::unsecured;
use crate::did::shorten;
use crate::plain_form::JSON_MEMBERS;

/// What identifiers for the time being begin with.
const STAND_IN: &str = "urn:attesta:blank-node:";

/// Why the statements of a document can't be told apart by JSON pointers.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SelectError {
    /// It has no canonical form.
    #[error(transparent)]
    Transform(#[from] TransformError),
    /// A pointer leads nowhere in it.
    #[error("{pointer:?} leads nowhere")]
    PointerLeadsNowhere {
        /// The pointer, shortened.
        pointer: String,
    },
    /// Which of its blank nodes a part of it speaks of can't be told: it has maps, or several lists or graphs in one place.
    #[error("the blank nodes of its parts can't be told apart")]
    BlankNodesNotTold,
}

/// A document whose statements can be picked by JSON pointers.
pub struct Disclosable<'d> {
    document: Object<'d>,
    /// The document with an identifier for each object.
    named: Object<'d>,
    graph: Dataset,
    /// For each blank node of the graph, by its label there, the canonical one.
    canonical_labels: BTreeMap<String, String>,
    /// The canonical form.
    canonical: String,
    options: Options<'d>,
}

/// The statements of a part of a document.
pub(super) struct Part<'d> {
    /// The part.
    pub(super) document: Object<'d>,
    /// Its statements, under the names of their blank nodes.
    pub(super) statements: Vec<String>,
    /// For each canonical label in the part's own canonical form, the name.
    pub(super) labels: Vec<(u64, [u8; 32])>,
}

impl<'d> Disclosable<'d> {
    /// Reads a document; its proofs are left out.
    ///
    /// # Errors
    /// [`SelectError`] when it has no canonical form, or its blank nodes can't be followed into its parts.
    pub fn of(document: &Object<'d>, options: &Options<'d>) -> Result<Self, SelectError> {
        let document = unsecured(document);
        let mut given = 0;
        let named = Value::Object(document.clone());
        let Value::Object(named) = name_nodes(named, &mut given) else { return Err(SelectError::BlankNodesNotTold) };
        let graph = read(&named, options)?;
        let canonical = canonical_form(&graph)?;
        // The names must not have changed what it says.
        let value = Value::Object(document.clone());
        let plain = to_rdf(&value, &Options { ..*options }).map_err(TransformError::from)?.dataset;
        if canonical_form(&plain)?.nquads != canonical.nquads {
            return Err(SelectError::BlankNodesNotTold);
        }
        let (canonical_labels, canonical) = (canonical.issued, canonical.nquads);
        Ok(Disclosable { document, named, graph, canonical_labels, canonical, options: *options })
    }

    /// The canonical N-Quads.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// All statements, under the names that this key gives their blank nodes, in the order of those lines.
    pub fn statements(&self, hmac_key: &[u8; 32]) -> Vec<String> {
        statements::renamed(&self.canonical, |label| Some(multibase(&blank_node_name(hmac_key, label))))
            .expect("every label has a name of its own as long as the HMAC has no collisions")
    }

    /// The statements that the pointers select, under the same names and in the same order; none without pointers.
    ///
    /// # Errors
    /// [`SelectError`] when a pointer leads nowhere, or the blank nodes can't be told.
    pub fn selected(&self, pointers: &[&str], hmac_key: &[u8; 32]) -> Result<Vec<String>, SelectError> {
        Ok(self.part(pointers, hmac_key)?.map(|part| part.statements).unwrap_or_default())
    }

    pub(super) fn part(&self, pointers: &[&str], hmac_key: &[u8; 32]) -> Result<Option<Part<'d>>, SelectError> {
        if pointers.is_empty() {
            return Ok(None);
        }
        let nowhere =
            |LeadsNowhere(pointer): LeadsNowhere<'_>| SelectError::PointerLeadsNowhere { pointer: shorten(pointer) };
        let part = read(&select(&self.named, pointers).map_err(nowhere)?, &self.options)?;
        let whole_labels = same_nodes(&part, &self.graph).ok_or(SelectError::BlankNodesNotTold)?;
        let name_of = |label: &str| {
            let canonical = self.canonical_labels.get(whole_labels.get(label)?)?;
            Some(blank_node_name(hmac_key, canonical))
        };
        let statements = statements::renamed(&part.to_nquads(), |label| name_of(label).map(|name| multibase(&name)));
        let issued = canonical_form(&part)?.issued;
        let labels = issued
            .iter()
            .map(|(label, canonical)| Some((canonical.strip_prefix("c14n")?.parse().ok()?, name_of(label)?)));
        let mut labels: Vec<(u64, [u8; 32])> = labels.collect::<Option<_>>().ok_or(SelectError::BlankNodesNotTold)?;
        labels.sort_unstable_by_key(|(label, _)| *label);
        let document = select(&self.document, pointers).map_err(nowhere)?;
        let statements = statements.ok_or(SelectError::BlankNodesNotTold)?;
        Ok(Some(Part { document, statements, labels }))
    }
}

/// Gives each object that stands for a thing without an identifier one for the time being
/// ([skolemizeCompactJsonLd](https://www.w3.org/TR/vc-di-ecdsa/#skolemizecompactjsonld)).
fn name_nodes<'d>(value: Value<'d>, given: &mut usize) -> Value<'d> {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(|item| name_nodes(item, given)).collect()),
        Value::Object(object) if !object.contains_key("@value") => {
            let members = object.iter().map(|(key, member)| {
                let apart = key == "@context" || JSON_MEMBERS.contains(&key);
                let member = if apart { member.clone() } else { name_nodes(member.clone(), given) };
                (Cow::Owned(key.to_owned()), member)
            });
            let named: Object<'d> = members.collect();
            if named.contains_key("id") {
                return Value::Object(named);
            }
            *given += 1;
            Value::Object(named.with("id", Value::String(Cow::Owned(format!("{STAND_IN}{given}")))))
        }
        other => other,
    }
}

/// The graph, with its blank nodes as they were before they had identifiers
/// ([toDeskolemizedNQuads](https://www.w3.org/TR/vc-di-ecdsa/#todeskolemizednquads)).
fn read(named: &Object<'_>, options: &Options<'_>) -> Result<Dataset, TransformError> {
    let value = Value::Object(named.clone());
    let named = to_rdf(&value, &Options { ..*options })?.dataset;
    let mut graph = Dataset::new();
    for quad in named.quads() {
        let mut copy = |term: TermId| match named.term(term) {
            Term::Iri(iri) => match iri.strip_prefix(STAND_IN) {
                Some(number) => graph.blank(&format!("s{number}")),
                None => graph.iri(iri),
            },
            Term::Blank(label) => graph.blank(&format!("t{label}")),
            Term::Literal { lexical, datatype, language } => graph.literal(lexical, datatype, language),
        };
        let (subject, predicate, object) = (copy(quad.subject), copy(quad.predicate), copy(quad.object));
        let named_graph = quad.graph.map(copy);
        graph.insert(subject, predicate, object, named_graph);
    }
    Ok(graph)
}

fn canonical_form(graph: &Dataset) -> Result<attesta_jsonld::Canonical, TransformError> {
    Ok(canonicalize(graph, HashAlgorithm::Sha256, StepBudget::default())?)
}

/// For each blank node of a part, by its label there, the label of the same node in the whole. Those that stood for an
/// object kept their label; the others (list cells, graphs) are known by the one place that refers to them.
fn same_nodes(part: &Dataset, whole: &Dataset) -> Option<HashMap<String, String>> {
    let mut referred: HashMap<(String, &str), Vec<&str>> = HashMap::new();
    for quad in whole.quads() {
        if let (Term::Iri(predicate), Term::Blank(object)) = (whole.term(quad.predicate), whole.term(quad.object)) {
            referred.entry((node(whole.term(quad.subject)), predicate)).or_default().push(object);
        }
    }
    let mut same: HashMap<String, String> = HashMap::new();
    let mut taken: HashSet<&str> = HashSet::new();
    let blanks = part.quads().flat_map(|quad| [Some(quad.subject), Some(quad.object), quad.graph]);
    for term in blanks.flatten() {
        if let Term::Blank(label) = part.term(term)
            && label.starts_with('s')
        {
            same.insert(label.to_owned(), label.to_owned());
        }
    }
    // A list is read in the order of its cells, each of which refers to the next.
    loop {
        let mut found = false;
        for quad in part.quads() {
            let (Term::Iri(predicate), Term::Blank(object)) = (part.term(quad.predicate), part.term(quad.object))
            else {
                continue;
            };
            let subject = match part.term(quad.subject) {
                Term::Blank(label) => same.get(label).map(|label| node(Term::Blank(label))),
                other => Some(node(other)),
            };
            let Some(subject) = subject.filter(|_| !same.contains_key(object)) else { continue };
            let candidates = referred.get(&(subject, predicate))?.iter().filter(|label| label.starts_with('t'));
            let mut candidates = candidates.filter(|label| !taken.contains(*label));
            let only = candidates.next()?;
            if candidates.next().is_some() {
                return None;
            }
            taken.insert(only);
            same.insert(object.to_owned(), (*only).to_owned());
            found = true;
        }
        if !found {
            return Some(same);
        }
    }
}

fn node(term: Term<'_>) -> String {
    match term {
        Term::Iri(iri) => format!("<{iri}"),
        Term::Blank(label) => format!("_{label}"),
        Term::Literal { lexical, .. } => format!("\"{lexical}"),
    }
}
