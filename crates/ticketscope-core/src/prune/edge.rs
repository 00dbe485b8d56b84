//! The rule `edge`: uniformly among all alive prunable edges.

use super::choose::{Choose, Lists, Throw};
use super::graph::Graph;
use crate::seed::Draws;
use core::ops::RangeInclusive;

#[derive(Debug)]
pub(crate) struct AnyEdge {
    lists: Lists,
}

impl AnyEdge {
    pub(crate) fn new(graph: &Graph, prunable: RangeInclusive<u32>) -> Self {
        Self { lists: Lists::new(graph, prunable) }
    }
}

impl Choose for AnyEdge {
    fn next(&mut self, graph: &Graph, draws: &mut Draws) -> Option<Throw> {
        // Lists still hold orphaned edges; drawing again among all that are left is uniform over the alive ones.
        loop {
            let lists = self.lists.layers.len();
            let left: u32 = (0..lists).map(|list| self.lists.len(list)).sum();
            if left == 0 {
                return None;
            }
            let mut place = draws.below(left);
            let mut list = 0;
            while place >= self.lists.len(list) {
                place -= self.lists.len(list);
                list += 1;
            }
            let edge = self.lists.take(list, place);
            if graph.is_alive(edge) {
                return Some(Throw { edge, wasted: false });
            }
        }
    }
}
