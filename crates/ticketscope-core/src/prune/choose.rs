//! What every rule is to a run: something that names the next edge.

use super::graph::Graph;
use crate::seed::Draws;
use crate::shape::Edge;

/// One throw of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Throw {
    pub(crate) edge: Edge,
    /// The edge was orphaned before: nothing is cut, yet the throw counts ([`super::Orphans::Count`]).
    pub(crate) wasted: bool,
}

/// A rule at work. Asked only while the network is not destroyed; `None` when nothing prunable is left.
pub(crate) trait Choose {
    fn next(&mut self, graph: &Graph, draws: &mut Draws) -> Option<Throw>;
}

/// The edges of the prunable layers that have not been drawn yet, a list a layer; orphaned ones are thrown out when drawn.
///
/// Drawing from such a list and drawing again on an orphaned edge is uniform over the alive ones, and needs no record of where
/// each edge stands in its list.
#[derive(Debug, Clone)]
pub(crate) struct Lists {
    /// The edge layer of each list.
    pub(crate) layers: Vec<u32>,
    lists: Vec<Vec<u32>>,
}

impl Lists {
    pub(crate) fn new(graph: &Graph, layers: impl Iterator<Item = u32>) -> Self {
        let layers: Vec<u32> = layers.collect();
        let lists = layers.iter().map(|&layer| alive_edges(graph, layer)).collect();
        Self { layers, lists }
    }

    #[inline]
    pub(crate) fn len(&self, list: usize) -> u32 {
        self.lists[list].len() as u32
    }

    /// Takes the edge at a place of a list out of it; the last edge of the list moves there.
    #[inline]
    pub(crate) fn take(&mut self, list: usize, place: u32) -> Edge {
        let packed = self.lists[list].swap_remove(place as usize);
        Edge { layer: self.layers[list], from: packed >> 16, to: packed & 0xffff }
    }

    /// Takes edges of one list until one is alive: the first try at `place`, the next ones drawn.
    #[inline]
    pub(crate) fn take_alive(&mut self, list: usize, place: u32, graph: &Graph, draws: &mut Draws) -> Edge {
        let mut edge = self.take(list, place);
        while !graph.is_alive(edge) {
            let place = draws.below(self.len(list));
            edge = self.take(list, place);
        }
        edge
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
