//! What every rule is to a run: something that names the next edge.

use super::graph::{Graph, Outcome, Tails};
use crate::mask::set_bits;
use crate::seed::Draws;
use crate::shape::{EdgeId, Node};

/// One throw of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Throw {
    pub(crate) edge: EdgeId,
    /// [`Outcome::Dead`] only under [`super::Orphans::Count`]: nothing was cut, yet the throw counts.
    pub(crate) outcome: Outcome,
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
/// each edge stands in its list. An undrawn edge is alive as long as its head is, so no record of alive edges is needed either;
/// when a node dies, its alive incoming edges are looked for in the list, which by then is short.
#[derive(Debug, Clone)]
pub(crate) struct Lists {
    lists: Vec<List>,
}

#[derive(Debug, Clone)]
struct List {
    /// Edges packed as from · 2¹⁶ + to.
    edges: Vec<u32>,
    layer: u32,
    first_edge: EdgeId,
    heads: u32,
    /// The number of the layer's first tail among all nodes, and of its first head.
    first_tail: u32,
    first_head: u32,
    /// Orphaned edges that are not in the list any more, those from before the first step included.
    orphans_drawn: u32,
}

impl Lists {
    pub(crate) fn new(graph: &Graph, layers: impl Iterator<Item = u32>) -> Self {
        Self { lists: layers.map(|layer| List::new(graph, layer)).collect() }
    }

    /// The number of lists.
    #[inline]
    pub(crate) fn count(&self) -> u32 {
        self.lists.len() as u32
    }

    /// Edges that a list still holds.
    #[inline]
    pub(crate) fn len(&self, list: u32) -> u32 {
        self.lists[list as usize].edges.len() as u32
    }

    /// Edges of a list's layer that are gone: cut, orphaned, or never there.
    pub(crate) fn lost(&self, list: u32, graph: &Graph) -> u32 {
        let List { edges, layer, orphans_drawn, .. } = &self.lists[list as usize];
        let orphans_left = graph.orphaned_in(*layer) - orphans_drawn;
        graph.shape().edges_in(*layer) - (edges.len() as u32 - orphans_left)
    }

    /// Takes the edge at a place of a list out of it, the last edge of the list moving there, and cuts it if it is alive.
    #[inline(always)]
    pub(crate) fn throw(&mut self, (list, place): (u32, u32), graph: &mut Graph, orphaned: &mut Vec<EdgeId>) -> Throw {
        let drawn = &mut self.lists[list as usize];
        let packed = drawn.edges.swap_remove(place as usize);
        let (from, to) = (packed >> 16, packed & 0xffff);
        let edge = drawn.first_edge + from * drawn.heads + to;
        let outcome = graph.unlink(drawn.first_tail + from, drawn.first_head + to);
        match outcome {
            Outcome::Alone => {}
            Outcome::Dead => drawn.orphans_drawn += 1,
            Outcome::Cascade => {
                let dead = Node { layer: drawn.layer, index: from };
                graph.cascade(dead, self, orphaned);
            }
        }
        Throw { edge, outcome }
    }

    /// As [`Lists::throw`] at `place`, and again at places drawn from the same list until an alive edge is cut.
    #[inline(always)]
    pub(crate) fn cut_alive(
        &mut self,
        (list, mut place): (u32, u32),
        graph: &mut Graph,
        draws: &mut Draws,
        orphaned: &mut Vec<EdgeId>,
    ) -> Throw {
        loop {
            let throw = self.throw((list, place), graph, orphaned);
            if throw.outcome != Outcome::Dead {
                return throw;
            }
            place = draws.below(self.len(list));
        }
    }

    /// The tails of the undrawn edges into a head; `None` if there is no list of this layer. Cost: one pass over the list.
    pub(crate) fn tails_into(&self, edge_layer: u32, head: u32) -> Option<Tails> {
        let list = self.lists.iter().find(|list| list.layer == edge_layer)?;
        let mut tails = Tails::default();
        for &packed in list.edges.iter().filter(|&&packed| packed & 0xffff == head) {
            let from = packed >> 16;
            tails[(from / 64) as usize] |= 1 << (from % 64);
        }
        Some(tails)
    }
}

impl List {
    fn new(graph: &Graph, layer: u32) -> Self {
        let shape = graph.shape();
        let heads = shape.heads(layer);
        let alive = graph.alive_in(layer);
        let mut edges = Vec::with_capacity(alive as usize);
        for from in 0..shape.tails(layer) {
            let packed = |to: u32| from << 16 | to;
            if alive == shape.edges_in(layer) {
                edges.extend((0..heads).map(packed));
            } else {
                edges.extend(set_bits(graph.row(layer, from)).map(packed));
            }
        }
        Self {
            edges,
            layer,
            first_edge: shape.first_edge(layer),
            heads,
            first_tail: shape.first_node(layer),
            first_head: shape.first_node(layer + 1),
            orphans_drawn: graph.orphaned_in(layer),
        }
    }
}
