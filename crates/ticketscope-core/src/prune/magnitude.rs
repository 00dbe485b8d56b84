//! The rule `magnitude`: the alive edge of smallest |weight| first.

use super::choose::{Choose, Throw};
use super::graph::{Graph, Outcome};
use crate::network::Network;
use crate::seed::Draws;
use crate::shape::EdgeId;
use crate::stats::order;
use core::ops::RangeInclusive;

#[derive(Debug)]
pub(crate) struct Magnitude {
    /// Prunable edges, the next one last.
    order: Vec<EdgeId>,
}

impl Magnitude {
    pub(crate) fn new(network: &Network, prunable: RangeInclusive<u32>) -> Self {
        let shape = network.shape();
        let (first, end) = (shape.first_edge(*prunable.start()), shape.first_edge(prunable.end() + 1));
        let sizes: Vec<f64> = (first..end).map(|id| network.weights()[id as usize].abs()).collect();
        // The largest first; among equals the largest (layer, from, to) first, since edges are taken from the end.
        let order = order(&sizes).into_iter().rev().map(|place| first + place).collect();
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
