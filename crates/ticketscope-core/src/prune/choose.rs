//! What every rule is to a run: something that names the next edge.

use super::graph::{Graph, Outcome, Tails};
use crate::mask::set_bits;
use crate::seed::Draws;
use crate::shape::{Edge, EdgeId, Node};

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
/// each edge stands in its list. An undrawn edge is alive as long as its head is, so no record of alive edges is kept up to date
/// either: when a node dies, its alive incoming edges are looked for in the list, which by then is short as a rule. A list that
/// proves too long for that is written into the graph's rows once, which from then on are kept up to date.
#[derive(Debug, Clone)]
pub(crate) struct Lists {
    lists: Vec<List>,
}

/// Aligned so that one list is found by a shift, and lies in one line of the cache.
#[derive(Debug, Clone)]
#[repr(align(64))]
struct List {
    /// Edges packed as the numbers of their nodes, tail · 2¹⁶ + head: there are at most 16,464 nodes.
    edges: Vec<u32>,
    /// An edge's number is tail · heads + head + offset, modulo 2³².
    heads: u32,
    offset: u32,
    layer: u32,
    /// The numbers of the layer's first tail and first head among all nodes.
    first_tail: u32,
    first_head: u32,
    /// Orphaned edges that are not in the list any more, those from before the first step included.
    orphans_drawn: u32,
    /// Entries looked through in search of a dead node's edges.
    searched: u32,
    /// The graph's rows say which of these edges are alive.
    in_rows: bool,
}

/// How many times its own length a list is looked through before it is written into the rows.
const SEARCHES: u32 = 2;
/// A list of so many edges a tail is looked through faster than the rows.
const SHORT: u32 = 8;

impl Lists {
    pub(crate) fn new(graph: &Graph, layers: impl Iterator<Item = u32>) -> Self {
        Self { lists: layers.map(|layer| List::new(graph, layer)).collect() }
    }

    /// Back to the state of other lists of the same layers, in the same room.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        for (list, other) in self.lists.iter_mut().zip(&other.lists) {
            list.edges.clone_from(&other.edges);
            (list.orphans_drawn, list.searched, list.in_rows) = (other.orphans_drawn, other.searched, other.in_rows);
        }
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
        let (tail, head) = (packed >> 16, packed & 0xffff);
        let edge = tail.wrapping_mul(drawn.heads).wrapping_add(head).wrapping_add(drawn.offset);
        if drawn.in_rows {
            graph.forget(drawn.edge(packed));
        }
        let outcome = graph.unlink(tail, head);
        match outcome {
            Outcome::Alone => {}
            Outcome::Dead => drawn.orphans_drawn += 1,
            Outcome::Cascade => {
                let dead = Node { layer: drawn.layer, index: tail - drawn.first_tail };
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

    /// The tails of the alive edges into a head that has just died.
    pub(crate) fn tails_into(&mut self, head: u32, edge_layer: u32, graph: &mut Graph) -> Tails {
        let Some(list) = self.lists.iter_mut().find(|list| list.layer == edge_layer) else {
            return graph.take_column(edge_layer, head);
        };
        let length = list.edges.len() as u32;
        let short = length <= SHORT * (list.first_head - list.first_tail);
        if !list.in_rows && (short || list.searched <= SEARCHES * length) {
            list.searched += length;
            return list.search(head);
        }
        if !list.in_rows {
            list.in_rows = true;
            graph.set_rows(edge_layer, list.edges.iter().map(|&packed| list.edge(packed)));
        }
        graph.take_column(edge_layer, head)
    }
}

impl List {
    fn edge(&self, packed: u32) -> Edge {
        Edge { layer: self.layer, from: (packed >> 16) - self.first_tail, to: (packed & 0xffff) - self.first_head }
    }

    /// The tails of the undrawn edges into a head. Most groups hold none: that is asked of a whole group at once, in vectors.
    fn search(&self, head: u32) -> Tails {
        let head = self.first_head + head;
        let mut tails = Tails::default();
        let mut look = |edges: &[u32]| {
            for &packed in edges.iter().filter(|&&packed| packed & 0xffff == head) {
                let from = (packed >> 16) - self.first_tail;
                tails[(from / 64) as usize] |= 1 << (from % 64);
            }
        };
        let (groups, rest) = self.edges.as_chunks::<16>();
        for group in groups {
            if group.iter().fold(false, |any, &packed| any | (packed & 0xffff == head)) {
                look(group);
            }
        }
        look(rest);
        tails
    }

    fn new(graph: &Graph, layer: u32) -> Self {
        let shape = graph.shape();
        let (first_tail, first_head) = (shape.first_node(layer), shape.first_node(layer + 1));
        let (tails, heads) = (shape.tails(layer), shape.heads(layer));
        let alive = graph.alive_in(layer);
        let whole: Vec<u32> = (first_head..first_head + heads).collect();
        let mut edges = Vec::with_capacity(alive as usize);
        for from in 0..tails {
            let tail = (first_tail + from) << 16;
            if alive == tails * heads {
                edges.extend(whole.iter().map(|head| tail | head));
            } else {
                edges.extend(set_bits(graph.row(layer, from)).map(|to| tail | (first_head + to)));
            }
        }
        let offset = shape.first_edge(layer).wrapping_sub(first_tail * heads).wrapping_sub(first_head);
        let orphans_drawn = graph.orphaned_in(layer);
        Self { edges, heads, offset, layer, first_tail, first_head, orphans_drawn, searched: 0, in_rows: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mask::Mask;
    use crate::seed::{Purpose, stream};
    use crate::shape::Shape;

    /// Alive edges whose head is no sink and has lost all its edges, those that follow from their loss included; they are lost.
    fn lose_orphans(shape: &Shape, alive: &mut [bool]) -> Vec<EdgeId> {
        let mut orphans = Vec::new();
        for edge in shape.edges().collect::<Vec<_>>().into_iter().rev() {
            let (layer, head) = (edge.layer + 1, edge.to);
            let leads_on = layer == shape.edge_layers()
                || (0..shape.heads(layer)).any(|to| alive[shape.edge_id(Edge { layer, from: head, to }) as usize]);
            let id = shape.edge_id(edge) as usize;
            if alive[id] && !leads_on {
                alive[id] = false;
                orphans.push(id as EdgeId);
            }
        }
        orphans
    }

    /// With the last layer prunable nodes die while the lists are long, so that they are searched and then written into rows.
    #[test]
    fn searched_or_in_rows_a_dead_node_takes_its_alive_edges_with_it() {
        let shape = Shape::new(2, 3, 24, 1).unwrap();
        let mut graph = Graph::new(&Mask::full(shape));
        let mut lists = Lists::new(&graph, 0..=shape.hidden_layers());
        let mut draws = stream(5, Purpose::Pruning);
        let mut alive = vec![true; shape.edge_count() as usize];
        while !graph.destroyed() {
            let list = draws.below(lists.count());
            let place = draws.below(lists.len(list));
            let mut orphaned = Vec::new();
            let Throw { edge, outcome } = lists.throw((list, place), &mut graph, &mut orphaned);
            assert_eq!(outcome == Outcome::Dead, !alive[edge as usize]);
            alive[edge as usize] = false;
            orphaned.sort_unstable_by(|a, b| b.cmp(a));
            assert_eq!(orphaned, lose_orphans(&shape, &mut alive));
            let left = (0..shape.edge_count()).filter(|&id| alive[id as usize] && shape.edge(id).layer == list);
            assert_eq!(shape.edges_in(list) - lists.lost(list, &graph), left.count() as u32);
        }
        assert!(lists.lists.iter().any(|list| list.in_rows));
        assert!(lists.lists.iter().any(|list| list.searched > 0));
    }
}
