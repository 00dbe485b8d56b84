//! The rule `edge`: uniformly among all alive prunable edges.

use super::choose::{Choose, Lists, Throw};
use super::graph::{Graph, Outcome};
use crate::seed::Draws;
use crate::shape::EdgeId;
use core::ops::RangeInclusive;

#[derive(Debug)]
pub(crate) struct AnyEdge {
    lists: Lists,
}

impl AnyEdge {
    pub(crate) fn new(graph: &Graph, prunable: RangeInclusive<u32>) -> Self {
        Self { lists: Lists::new(graph, prunable) }
    }

    /// Back to another's state, in the same room.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.lists.copy_from(&other.lists);
    }
}

impl Choose for AnyEdge {
    fn throw(&mut self, graph: &mut Graph, draws: &mut Draws, orphaned: &mut Vec<EdgeId>) -> Option<Throw> {
        // Lists still hold orphaned edges; drawing again among all that are left is uniform over the alive ones.
        loop {
            let left: u32 = (0..self.lists.count()).map(|list| self.lists.len(list)).sum();
            if left == 0 {
                return None;
            }
            let (mut list, mut place) = (0, draws.below(left));
            while place >= self.lists.len(list) {
                place -= self.lists.len(list);
                list += 1;
            }
            let throw = self.lists.throw((list, place), graph, orphaned);
            if throw.outcome != Outcome::Dead {
                return Some(throw);
            }
        }
    }
}
