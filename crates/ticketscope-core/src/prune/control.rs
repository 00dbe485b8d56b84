//! What a run is compared with: edges gone at random, as many at every step.

use super::graph::Graph;
use super::{Fates, Protect};
use crate::seed::{Purpose, stream};
use crate::shape::EdgeId;

/// A random mask beside every step of a run, with as many edges gone as the run has lost by then, cut or orphaned.
///
/// The edges that the run could ever lose (alive at step 0, in a prunable edge layer or one before it, since orphans are always
/// nearer to the sources) are put into one uniformly random order, and at every step as many of its first are gone as the run
/// has lost. So the mask at step k is a uniformly random one of that size, and is contained in the mask at step k − 1. No
/// edge is orphaned: an edge that leads nowhere stays, idle. `destroyed_at` is the first step at which some source
/// reaches no sink; the steps go on to the end of the run all the same. Cost: O(edges).
pub fn random_control(fates: &Fates, protect: Protect, seed: u64) -> Fates {
    let shape = *fates.shape();
    let lost = fates.lost_by_step();
    let prunable = protect.prunable(&shape);
    let last = if prunable.is_empty() { 0 } else { shape.first_edge(prunable.end() + 1) };
    let mut order: Vec<EdgeId> = (0..last).filter(|&id| fates.removed_at(id) > 0).collect();
    // As many as are lost, each drawn uniformly from those that are left (Fisher and Yates).
    let drawn = order.len().min(lost.iter().map(|&lost| lost as usize).sum());
    let mut draws = stream(seed, Purpose::Control);
    for place in 0..drawn {
        let other = place + draws.below((order.len() - place) as u32) as usize;
        order.swap(place, other);
    }

    let mut graph = Graph::new(&fates.mask_at(0));
    let mut destroyed_at = fates.destroyed_at().filter(|&at| at == 0);
    let mut control = fates.at_start();
    let mut orphaned = Vec::new();
    let mut next = order[..drawn].iter();
    for (step, &lost) in (1..).zip(&lost) {
        for &id in next.by_ref().take(lost as usize) {
            control.remove(id, step);
            if destroyed_at.is_none() {
                // The cascade follows what leads to a sink; it takes nothing from the mask.
                graph.cut(shape.edge(id), &mut orphaned);
                destroyed_at = graph.destroyed().then_some(step);
            }
        }
    }
    control.end_loose(destroyed_at);
    control
}
