//! What a value stands in, and what it becomes.

use crate::dataset::TermId;

/// An IRI or blank node, or nothing where a name is no IRI: then the quads it would be part of are left out.
pub(super) type Resource = Option<TermId>;

/// What a value has become.
pub(super) enum Item {
    Node(Resource),
    Value(Resource),
    List(Vec<Item>),
}

/// Whether an expansion gave nothing, one map or an array: arrays in lists and `null` depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Null,
    Map,
    Array,
}

/// The graph that quads go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Graph {
    Default,
    Named(TermId),
    /// Its name is no IRI.
    Dropped,
}

/// The active property.
#[derive(Debug, Clone, Copy)]
pub(super) enum ActiveProperty<'c> {
    /// None: the top of the document.
    Null,
    /// `@graph`
    Graph,
    /// `@included`
    Included,
    Term(&'c str),
}

/// The circumstances of a value.
#[derive(Clone, Copy)]
pub(super) struct Position<'c> {
    pub(super) property: ActiveProperty<'c>,
    pub(super) graph: Graph,
    pub(super) parent: Parent,
    /// Set for the values of an index, id or type map.
    pub(super) map_entry: Option<MapEntry>,
    pub(super) wrap: Wrap,
    /// Whether the active property has a context of its own.
    pub(super) scope: PropertyScope,
}

/// Saves looking for the scoped context of a property that is known to have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PropertyScope {
    Absent,
    Possible,
}

/// What the value stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parent {
    /// Nothing: it is the whole document.
    Document,
    /// A list object.
    List,
    Other,
}

/// An entry of an index, id or type map.
#[derive(Debug, Clone, Copy)]
pub(super) struct MapEntry {
    /// The identifier that the key of an id map gives to nodes without one.
    pub(super) id: Option<Resource>,
}

/// Whether a value becomes a graph of its own, as `@container: @graph` asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrap {
    No,
    Always,
    UnlessGraph,
}

impl<'c> Position<'c> {
    pub(super) fn of(property: ActiveProperty<'c>, graph: Graph) -> Self {
        Position {
            property,
            graph,
            parent: Parent::Other,
            map_entry: None,
            wrap: Wrap::No,
            scope: PropertyScope::Possible,
        }
    }

    /// Whether a value here belongs to no node.
    pub(super) fn is_free_floating(&self) -> bool {
        !matches!(self.property, ActiveProperty::Term(_))
    }
}
