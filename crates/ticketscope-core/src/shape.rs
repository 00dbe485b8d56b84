//! The shape of a layered network, and the numbering of its nodes and edges.
//!
//! A network has S sources, n hidden layers of width w, and T sinks. **Edge layers** are numbered 0..=n: layer 0 joins the
//! sources to hidden layer 1, layer i joins hidden layer i to hidden layer i + 1, layer n joins hidden layer n to the sinks.
//! **Node layers** are numbered 0..=n + 1: the sources, the hidden layers, the sinks. Edge layer i runs from node layer i
//! (its *tails*) to node layer i + 1 (its *heads*). A source–sink path has L = n + 1 edges (its `path_length`).

use num_bigint::BigUint;

/// Largest values that a [`Shape`] admits; the same figures bound the link's keys.
pub const MAX_SOURCES: u32 = 64;
/// See [`MAX_SOURCES`].
pub const MAX_HIDDEN_LAYERS: u32 = 32;
/// See [`MAX_SOURCES`].
pub const MAX_WIDTH: u32 = 512;
/// See [`MAX_SOURCES`].
pub const MAX_SINKS: u32 = 16;

/// Why a shape was refused: which count, what was given, what is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShapeError {
    /// `sources`, `hidden layers`, `width` or `sinks`.
    pub what: &'static str,
    /// The number that was given.
    pub given: u32,
    /// The largest that is allowed; the smallest is 1.
    pub max: u32,
}

impl core::fmt::Display for ShapeError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} must be 1 to {}, not {}", self.what, self.max, self.given)
    }
}

impl core::error::Error for ShapeError {}

/// Sources, hidden layers, width and sinks of a fully connected layered network (§3 of the paper, S inputs allowed).
///
/// ```
/// use ticketscope_core::shape::Shape;
/// let shape = Shape::new(1, 4, 5, 1).unwrap();
/// assert_eq!(shape.edge_count(), 5 + 3 * 25 + 5);
/// assert_eq!(shape.path_count().to_string(), "625");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shape {
    sources: u32,
    hidden_layers: u32,
    width: u32,
    sinks: u32,
}

/// A node: its node layer (0 = sources, n + 1 = sinks) and its place in that layer, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Node {
    /// Node layer, 0..=n + 1.
    pub layer: u32,
    /// Place within the layer, from 0.
    pub index: u32,
}

/// An edge: its edge layer, its tail's place and its head's place, all from 0. Ordered by (layer, from, to).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edge {
    /// Edge layer, 0..=n.
    pub layer: u32,
    /// The tail: a place in node layer `layer`.
    pub from: u32,
    /// The head: a place in node layer `layer + 1`.
    pub to: u32,
}

/// An edge's number: edges are counted layer by layer, row by row (a row per tail), as (layer, from, to) sorts.
pub type EdgeId = u32;

/// A node's number: nodes are counted node layer by node layer, as (layer, index) sorts.
pub type NodeId = u32;

impl Shape {
    /// A shape, or which of the four counts is out of range.
    pub fn new(sources: u32, hidden_layers: u32, width: u32, sinks: u32) -> Result<Self, ShapeError> {
        for (what, given, max) in [
            ("sources", sources, MAX_SOURCES),
            ("hidden layers", hidden_layers, MAX_HIDDEN_LAYERS),
            ("width", width, MAX_WIDTH),
            ("sinks", sinks, MAX_SINKS),
        ] {
            if given < 1 || given > max {
                return Err(ShapeError { what, given, max });
            }
        }
        Ok(Self { sources, hidden_layers, width, sinks })
    }

    /// S, the number of sources.
    pub fn sources(&self) -> u32 {
        self.sources
    }

    /// n, the number of hidden layers.
    pub fn hidden_layers(&self) -> u32 {
        self.hidden_layers
    }

    /// w, the number of nodes in each hidden layer.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// T, the number of sinks.
    pub fn sinks(&self) -> u32 {
        self.sinks
    }

    /// L = n + 1, the number of edges on a source–sink path.
    pub fn path_length(&self) -> u32 {
        self.hidden_layers + 1
    }

    /// n + 1, the number of edge layers.
    pub fn edge_layers(&self) -> u32 {
        self.hidden_layers + 1
    }

    /// n + 2, the number of node layers: sources, hidden layers, sinks.
    pub fn node_layers(&self) -> u32 {
        self.hidden_layers + 2
    }

    /// Nodes in a node layer (0 = sources, n + 1 = sinks).
    pub fn nodes_in(&self, node_layer: u32) -> u32 {
        if node_layer == 0 {
            self.sources
        } else if node_layer <= self.hidden_layers {
            self.width
        } else {
            self.sinks
        }
    }

    /// Tails of an edge layer: nodes of the node layer it starts from.
    pub fn tails(&self, edge_layer: u32) -> u32 {
        self.nodes_in(edge_layer)
    }

    /// Heads of an edge layer: nodes of the node layer it ends in.
    pub fn heads(&self, edge_layer: u32) -> u32 {
        self.nodes_in(edge_layer + 1)
    }

    /// Edges in an edge layer: S·w, w², …, w·T.
    pub fn edges_in(&self, edge_layer: u32) -> u32 {
        self.tails(edge_layer) * self.heads(edge_layer)
    }

    /// All edges: S·w + (n − 1)·w² + w·T, at most 8,167,424.
    pub fn edge_count(&self) -> u32 {
        self.first_edge(self.edge_layers())
    }

    /// The number of the first edge of an edge layer; for n + 1, the number of all edges.
    pub fn first_edge(&self, edge_layer: u32) -> EdgeId {
        if edge_layer == 0 {
            return 0;
        }
        let square = self.width * self.width;
        let to_last = self.sources * self.width + (edge_layer.min(self.hidden_layers) - 1) * square;
        if edge_layer <= self.hidden_layers { to_last } else { to_last + self.width * self.sinks }
    }

    /// All nodes: S + n·w + T.
    pub fn node_count(&self) -> u32 {
        self.first_node(self.node_layers())
    }

    /// The number of the first node of a node layer; for n + 2, the number of all nodes.
    pub fn first_node(&self, node_layer: u32) -> u32 {
        if node_layer == 0 {
            return 0;
        }
        let hidden_before = (node_layer - 1).min(self.hidden_layers);
        let sinks_before = if node_layer > self.hidden_layers + 1 { self.sinks } else { 0 };
        self.sources + hidden_before * self.width + sinks_before
    }

    /// The number of a node.
    pub fn node_id(&self, node: Node) -> NodeId {
        self.first_node(node.layer) + node.index
    }

    /// The node with this number.
    pub fn node(&self, id: NodeId) -> Node {
        let layer = match id.checked_sub(self.sources) {
            None => 0,
            Some(beyond) => 1 + (beyond / self.width).min(self.hidden_layers),
        };
        Node { layer, index: id - self.first_node(layer) }
    }

    /// The number of an edge.
    pub fn edge_id(&self, edge: Edge) -> EdgeId {
        self.first_edge(edge.layer) + edge.from * self.heads(edge.layer) + edge.to
    }

    /// The edge with this number.
    pub fn edge(&self, id: EdgeId) -> Edge {
        let first_hidden = self.sources * self.width;
        let square = self.width * self.width;
        let layer = if id < first_hidden { 0 } else { (1 + (id - first_hidden) / square).min(self.hidden_layers) };
        let within = id - self.first_edge(layer);
        let heads = self.heads(layer);
        Edge { layer, from: within / heads, to: within % heads }
    }

    /// All edges in order.
    pub fn edges(&self) -> impl Iterator<Item = Edge> + '_ {
        (0..self.edge_count()).map(|id| self.edge(id))
    }

    /// wⁿ·S·T, the number of all source–sink paths.
    pub fn path_count(&self) -> BigUint {
        BigUint::from(self.width).pow(self.hidden_layers) * self.sources * self.sinks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbering_is_a_bijection_in_order() {
        for (s, n, w, t) in [(1, 1, 1, 1), (3, 1, 4, 2), (2, 3, 5, 3), (1, 4, 2, 1)] {
            let shape = Shape::new(s, n, w, t).unwrap();
            let mut last = None;
            for id in 0..shape.edge_count() {
                let edge = shape.edge(id);
                assert!(edge.layer <= n && edge.from < shape.tails(edge.layer) && edge.to < shape.heads(edge.layer));
                assert_eq!(shape.edge_id(edge), id);
                assert!(last < Some(edge));
                last = Some(edge);
            }
            assert_eq!(shape.edge_count(), s * w + (n - 1) * w * w + w * t);
            assert_eq!(shape.node_count(), s + n * w + t);
            for id in 0..shape.node_count() {
                let node = shape.node(id);
                assert!(node.layer <= n + 1 && node.index < shape.nodes_in(node.layer));
                assert_eq!(shape.node_id(node), id);
            }
        }
    }

    #[test]
    fn each_count_out_of_range_is_named() {
        assert_eq!(Shape::new(0, 1, 1, 1).unwrap_err().what, "sources");
        assert_eq!(Shape::new(1, 33, 1, 1).unwrap_err().what, "hidden layers");
        assert_eq!(Shape::new(1, 1, 513, 1).unwrap_err().to_string(), "width must be 1 to 512, not 513");
        assert_eq!(Shape::new(1, 1, 1, 17).unwrap_err().what, "sinks");
    }
}
