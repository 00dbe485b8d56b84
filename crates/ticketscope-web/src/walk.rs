//! Walking through the picture by keys: from a node along an edge to the next node, and among neighbours. Pure.
//!
//! ← and → go along edges: from a node to its first edge on that side, from an edge to its end. ↑ and ↓ stay in the place: among
//! the nodes of a layer, or among the edges of the node from which the walk came to the edge. So every node and every edge can
//! be reached, and a step back leads to where one was.

use crate::keys::Way;
use ticketscope_core::shape::{Edge, Node, Shape};

/// Where a walk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On a node.
    Node(Node),
    /// On an edge out of a node that the walk came from: ↑ and ↓ go among that node's edges to the next layer.
    Out(Edge),
    /// On an edge into a node that the walk came from: ↑ and ↓ go among that node's edges from the layer before.
    Into(Edge),
}

impl Place {
    /// Where a walk begins: at the first source.
    pub const START: Self = Self::Node(Node { layer: 0, index: 0 });

    /// Whether a shape has the place.
    pub fn fits(self, shape: &Shape) -> bool {
        match self {
            Self::Node(node) => node.layer < shape.node_layers() && node.index < shape.nodes_in(node.layer),
            Self::Out(edge) | Self::Into(edge) => {
                edge.layer < shape.edge_layers()
                    && edge.from < shape.tails(edge.layer)
                    && edge.to < shape.heads(edge.layer)
            }
        }
    }

    /// The place one key further; the same place where there is no further one. The place must fit the shape.
    pub fn step(self, way: Way, shape: &Shape) -> Self {
        match self {
            Self::Node(node) => from_node(node, way, shape),
            Self::Out(edge) => match way {
                Way::Left => Self::Node(tail(edge)),
                Way::Right => Self::Node(head(edge)),
                _ => Self::Out(Edge { to: among(edge.to, shape.heads(edge.layer), way), ..edge }),
            },
            Self::Into(edge) => match way {
                Way::Left => Self::Node(tail(edge)),
                Way::Right => Self::Node(head(edge)),
                _ => Self::Into(Edge { from: among(edge.from, shape.tails(edge.layer), way), ..edge }),
            },
        }
    }
}

fn tail(edge: Edge) -> Node {
    Node { layer: edge.layer, index: edge.from }
}

fn head(edge: Edge) -> Node {
    Node { layer: edge.layer + 1, index: edge.to }
}

fn from_node(node: Node, way: Way, shape: &Shape) -> Place {
    match way {
        Way::Right if node.layer < shape.edge_layers() => {
            let heads = shape.heads(node.layer);
            Place::Out(Edge {
                layer: node.layer,
                from: node.index,
                to: facing(node.index, shape.tails(node.layer), heads),
            })
        }
        Way::Left if node.layer > 0 => {
            let layer = node.layer - 1;
            let tails = shape.tails(layer);
            Place::Into(Edge { layer, from: facing(node.index, shape.heads(layer), tails), to: node.index })
        }
        Way::Left | Way::Right => Place::Node(node),
        _ => Place::Node(Node { index: among(node.index, shape.nodes_in(node.layer), way), ..node }),
    }
}

/// The place across from one of `here` places on a side with `there`: the edge that runs straightest.
fn facing(index: u32, here: u32, there: u32) -> u32 {
    if here < 2 { (there - 1) / 2 } else { (u64::from(index) * u64::from(there - 1) / u64::from(here - 1)) as u32 }
}

/// The neighbour among so many; the ends stay.
fn among(index: u32, count: u32, way: Way) -> u32 {
    match way {
        Way::Up => index.saturating_sub(1),
        Way::Down => (index + 1).min(count - 1),
        Way::First => 0,
        Way::Last => count - 1,
        Way::Left | Way::Right => index,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const WAYS: [Way; 6] = [Way::Left, Way::Right, Way::Up, Way::Down, Way::First, Way::Last];

    fn shapes() -> [Shape; 4] {
        [(1, 2, 3, 1), (2, 1, 4, 3), (1, 1, 1, 1), (3, 4, 2, 2)].map(|(s, n, w, t)| Shape::new(s, n, w, t).unwrap())
    }

    #[test]
    fn every_node_and_every_edge_can_be_reached_and_nothing_else() {
        for shape in shapes() {
            let (mut nodes, mut edges) = (BTreeSet::new(), BTreeSet::new());
            let mut seen = Vec::new();
            let mut open = vec![Place::START];
            while let Some(place) = open.pop() {
                assert!(place.fits(&shape), "{place:?}");
                if seen.contains(&place) {
                    continue;
                }
                seen.push(place);
                match place {
                    Place::Node(node) => nodes.insert(shape.node_id(node)),
                    Place::Out(edge) | Place::Into(edge) => edges.insert(shape.edge_id(edge)),
                };
                open.extend(WAYS.map(|way| place.step(way, &shape)));
            }
            assert_eq!(nodes.len() as u32, shape.node_count());
            assert_eq!(edges.len() as u32, shape.edge_count());
        }
    }

    #[test]
    fn there_and_back() {
        let shape = Shape::new(1, 2, 3, 1).unwrap();
        let walk = |keys: &[Way]| keys.iter().fold(Place::START, |place, &way| place.step(way, &shape));
        let edge = |layer, from, to| Edge { layer, from, to };
        assert_eq!(walk(&[Way::Right]), Place::Out(edge(0, 0, 1)), "the straightest of three");
        assert_eq!(walk(&[Way::Right, Way::Left]), Place::START);
        assert_eq!(walk(&[Way::Right, Way::Down, Way::Right]), Place::Node(Node { layer: 1, index: 2 }));
        assert_eq!(walk(&[Way::Right, Way::Right, Way::Left, Way::Up]), Place::Into(edge(0, 0, 1)), "one source only");
        assert_eq!(walk(&[Way::Left]), Place::START, "nothing lies before the sources");
        assert_eq!(walk(&[Way::Right, Way::Right, Way::Right, Way::Last]), Place::Out(edge(1, 1, 2)));
        assert_eq!(walk(&[Way::Right, Way::Right, Way::First]), Place::Node(Node { layer: 1, index: 0 }));
    }
}
