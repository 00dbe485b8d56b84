//! The rule `node`: an edge layer, then one of its tails that has an alive edge, then one of that node's edges.
//!
//! This is the other reading of "pick an outgoing edge from a node in that layer" (§3.1). It destroys sooner, because nodes that
//! have lost most of their edges are as likely to be drawn as the others.

use super::choose::{Choose, Throw};
use super::graph::Graph;
use crate::seed::Draws;
use crate::shape::{Edge, EdgeId, Node};
use core::ops::RangeInclusive;

#[derive(Debug)]
pub(crate) struct NodeFirst {
    layers: Vec<u32>,
}

impl NodeFirst {
    pub(crate) fn new(prunable: RangeInclusive<u32>) -> Self {
        Self { layers: prunable.collect() }
    }
}

impl Choose for NodeFirst {
    fn throw(&mut self, graph: &mut Graph, draws: &mut Draws, orphaned: &mut Vec<EdgeId>) -> Option<Throw> {
        if self.layers.is_empty() {
            return None;
        }
        let layer = self.layers[draws.below(self.layers.len() as u32) as usize];
        let shape = *graph.shape();
        let degree = |from: u32| graph.out_degree(Node { layer, index: from });
        let tails = (0..shape.tails(layer)).filter(|&from| degree(from) > 0).count() as u32;
        let from = nth(0..shape.tails(layer), draws.below(tails), |from| degree(from) > 0);
        let alive = |to: u32| graph.is_alive(Edge { layer, from, to });
        let to = nth(0..shape.heads(layer), draws.below(degree(from)), alive);
        let edge = Edge { layer, from, to };
        let outcome = graph.cut(edge, orphaned);
        Some(Throw { edge: shape.edge_id(edge), outcome })
    }
}

/// The `place`-th number, from 0, for which `counts` holds; there are more than `place`.
fn nth(mut numbers: core::ops::Range<u32>, place: u32, counts: impl Fn(u32) -> bool) -> u32 {
    let mut left = place;
    numbers
        .find(|&number| {
            let here = counts(number);
            let found = here && left == 0;
            left -= u32::from(here && !found);
            found
        })
        .expect("the caller drew a place below the number of candidates")
}
