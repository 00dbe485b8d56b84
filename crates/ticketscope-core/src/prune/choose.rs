//! What every rule is to a run: something that names the next edge.

use super::graph::Graph;
use crate::seed::Draws;
use crate::shape::{Edge, EdgeId};

/// One throw of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Throw {
    pub(crate) edge: Edge,
    /// The edge was orphaned before: nothing was cut, yet the throw counts ([`super::Orphans::Count`]).
    pub(crate) wasted: bool,
}

/// A rule at work.
pub(crate) trait Choose {
    /// Chooses the next edge and cuts it; what that orphans is appended to `orphaned`. Asked only while the network is not
    /// destroyed; `None` when nothing prunable is left.
    fn throw(&mut self, graph: &mut Graph, draws: &mut Draws, orphaned: &mut Vec<EdgeId>) -> Option<Throw>;
}

/// The edges of the prunable layers that have not been drawn yet, a list a layer; orphaned ones are thrown out when drawn.
///
/// Drawing from such a list and drawing again on an orphaned edge is uniform over the alive ones, and needs no record of where
/// each edge stands in its list.
#[derive(Debug, Clone)]
pub(crate) struct Lists {
    lists: Vec<List>,
}

#[derive(Debug, Clone)]
struct List {
    layer: u32,
    /// Edges packed as from · 2¹⁶ + to.
    edges: Vec<u32>,
}

impl Lists {
    pub(crate) fn new(graph: &Graph, layers: impl Iterator<Item = u32>) -> Self {
        Self { lists: layers.map(|layer| List { layer, edges: alive_edges(graph, layer) }).collect() }
    }

    /// The number of lists.
    #[inline]
    pub(crate) fn count(&self) -> u32 {
        self.lists.len() as u32
    }

    /// The edge layer of a list.
    pub(crate) fn layer(&self, list: u32) -> u32 {
        self.lists[list as usize].layer
    }

    /// Edges that a list still holds.
    #[inline]
    pub(crate) fn len(&self, list: u32) -> u32 {
        self.lists[list as usize].edges.len() as u32
    }

    /// Takes the edge at a place of a list out of it; the last edge of the list moves there.
    #[inline(always)]
    pub(crate) fn take(&mut self, list: u32, place: u32) -> Edge {
        let List { layer, edges } = &mut self.lists[list as usize];
        let packed = edges.swap_remove(place as usize);
        Edge { layer: *layer, from: packed >> 16, to: packed & 0xffff }
    }

    /// Takes edges out of one list until an alive one is cut: the first try at `place`, the next ones drawn.
    #[inline(always)]
    pub(crate) fn cut_alive(
        &mut self,
        (list, mut place): (u32, u32),
        graph: &mut Graph,
        draws: &mut Draws,
        orphaned: &mut Vec<EdgeId>,
    ) -> Edge {
        loop {
            let edge = self.take(list, place);
            if graph.cut(edge, orphaned) {
                return edge;
            }
            place = draws.below(self.len(list));
        }
    }
}

/// The alive edges of a layer in order, packed as from · 2¹⁶ + to.
fn alive_edges(graph: &Graph, layer: u32) -> Vec<u32> {
    let shape = graph.shape();
    let whole = graph.lost_in(layer) == 0;
    let mut list = Vec::with_capacity(graph.alive_in(layer) as usize);
    for from in 0..shape.tails(layer) {
        let alive = |&to: &u32| whole || graph.is_alive(Edge { layer, from, to });
        list.extend((0..shape.heads(layer)).filter(alive).map(|to| from << 16 | to));
    }
    list
}
