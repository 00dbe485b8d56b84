//! A run whose cuts are given instead of drawn.

use super::graph::Outcome;
use super::timeline::Timeline;
use crate::network::Network;
use crate::shape::EdgeId;

/// Plays given cuts in their order, each with the edges that it orphans, to the end of the list or to the one that destroys the
/// network. An edge that is gone by then, or that the shape does not have, is passed over and takes no step, so the k of a step
/// counts the edges cut, as in every run. Cost: O(edges) and a pass over the edges into each node that dies.
pub fn script(network: &Network, cuts: &[EdgeId]) -> Timeline {
    let shape = network.shape();
    let (mut graph, mut run) = Timeline::begin(network);
    let mut orphaned = Vec::new();
    for &id in cuts.iter().filter(|&&id| id < shape.edge_count()) {
        if graph.destroyed() {
            break;
        }
        let outcome = graph.cut(shape.edge(id), &mut orphaned);
        if outcome != Outcome::Dead {
            run.push(id, &mut orphaned, &graph);
        }
    }
    run
}
