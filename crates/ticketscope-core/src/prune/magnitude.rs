//! The rule `magnitude`: the alive edge of smallest |weight| first.

use super::choose::{Choose, Throw};
use super::graph::{Graph, Outcome};
use crate::network::Network;
use crate::seed::Draws;
use crate::shape::EdgeId;
use core::ops::RangeInclusive;

#[derive(Debug)]
pub(crate) struct Magnitude {
    /// Prunable edges, the next one last.
    order: Vec<EdgeId>,
}

impl Magnitude {
    pub(crate) fn new(network: &Network, prunable: RangeInclusive<u32>) -> Self {
        let weights = network.weights();
        let mut order: Vec<EdgeId> = prunable
            .flat_map(|layer| network.shape().first_edge(layer)..network.shape().first_edge(layer + 1))
            .collect();
        let size = |id: EdgeId| weights[id as usize].abs();
        // The largest first; among equals the largest (layer, from, to) first, since edges are taken from the end.
        order.sort_unstable_by(|&a, &b| size(b).total_cmp(&size(a)).then(b.cmp(&a)));
        Self { order }
    }
}

impl Choose for Magnitude {
    fn throw(&mut self, graph: &mut Graph, _: &mut Draws, orphaned: &mut Vec<EdgeId>) -> Option<Throw> {
        while let Some(id) = self.order.pop() {
            let edge = graph.shape().edge(id);
            let outcome = graph.cut(edge, orphaned);
            if outcome != Outcome::Dead {
                return Some(Throw { edge: id, outcome });
            }
        }
        None
    }
}
