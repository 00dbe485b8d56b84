//! The rules that draw an edge layer first: `layer` (the paper's, §3.1) and `two-choices` (§6.1).

use super::Orphans;
use super::choose::{Choose, Lists, Throw};
use super::graph::Graph;
use crate::seed::Draws;
use crate::shape::EdgeId;
use core::ops::RangeInclusive;

/// An edge layer uniformly, then an edge of it uniformly. A layer without an alive edge cannot be drawn: the network would be
/// destroyed.
#[derive(Debug)]
pub(crate) struct Layer {
    lists: Lists,
    orphans: Orphans,
}

impl Layer {
    pub(crate) fn new(graph: &Graph, prunable: RangeInclusive<u32>, orphans: Orphans) -> Self {
        Self { lists: Lists::new(graph, prunable), orphans }
    }

    /// Back to another's state, in the same room.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.lists.copy_from(&other.lists);
    }
}

impl Choose for Layer {
    #[inline(always)]
    fn throw(&mut self, graph: &mut Graph, draws: &mut Draws, orphaned: &mut Vec<EdgeId>) -> Option<Throw> {
        if self.lists.count() == 0 {
            return None;
        }
        // The place is drawn from the same word, below a length that depends on the layer drawn.
        let (list, place) = draws.below_then(self.lists.count(), |list| self.lists.len(list));
        Some(match self.orphans {
            Orphans::Skip => self.lists.cut_alive((list, place), graph, draws, orphaned),
            Orphans::Count => self.lists.throw((list, place), graph, orphaned),
        })
    }
}

/// Two edge layers with replacement; the cut falls in the one that has lost fewer edges, in a tie in the first drawn.
#[derive(Debug)]
pub(crate) struct TwoChoices {
    lists: Lists,
}

impl TwoChoices {
    pub(crate) fn new(graph: &Graph, prunable: RangeInclusive<u32>) -> Self {
        Self { lists: Lists::new(graph, prunable) }
    }

    /// Back to another's state, in the same room.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.lists.copy_from(&other.lists);
    }
}

impl Choose for TwoChoices {
    fn throw(&mut self, graph: &mut Graph, draws: &mut Draws, orphaned: &mut Vec<EdgeId>) -> Option<Throw> {
        let layers = self.lists.count();
        if layers == 0 {
            return None;
        }
        let (first, second) = draws.below_pair(layers, layers);
        let lost = |list: u32| self.lists.lost(list, graph);
        let list = if lost(second) < lost(first) { second } else { first };
        let place = draws.below(self.lists.len(list));
        Some(self.lists.cut_alive((list, place), graph, draws, orphaned))
    }
}
