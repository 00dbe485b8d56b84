//! Whether a network holds a ticket, yes or no: what a trial of an ensemble asks.

use super::path::{Halves, Near, TooManyHalves, Usable};
use crate::forward::Activation;
use crate::mask::Mask;
use crate::network::Network;

/// Up to how many path products are looked at one by one; above, the halves are sorted.
const FEW: usize = 1 << 17;

/// Decides network after network, with room kept from one to the next.
#[derive(Debug, Clone, Default)]
pub struct Decider {
    left: Vec<f64>,
    right: Vec<f64>,
    next: Vec<f64>,
}

impl Decider {
    /// Whether a surviving path, or under ReLU a node-disjoint pair of usable ones, has its product within `epsilon` of `target`,
    /// the ends included. Exact, for a network of one source.
    ///
    /// # Errors
    /// [`TooManyHalves`] where not even the halves of the paths can be kept.
    pub fn holds(
        &mut self,
        network: &Network,
        mask: &Mask,
        target: f64,
        epsilon: f64,
        activation: Activation,
    ) -> Result<bool, TooManyHalves> {
        if activation == Activation::Relu {
            return pair_within(network, mask, target, epsilon);
        }
        let shape = network.shape();
        let few = shape.path_count().try_into().is_ok_and(|paths: usize| paths <= FEW);
        if few && mask.kept_count() == shape.edge_count() && shape.sources() == 1 && shape.sinks() == 1 {
            return Ok(self.any_of_few(network, target, epsilon));
        }
        let nearest = Halves::of(network, mask, 0, Usable::Any)?.nearest(target);
        Ok(nearest.is_some_and(|near| near.error <= epsilon))
    }

    /// All paths of a whole network, one after the other, up to the first that hits.
    fn any_of_few(&mut self, network: &Network, target: f64, epsilon: f64) -> bool {
        let shape = network.shape();
        let middle = shape.path_length() / 2;
        let width = shape.width() as usize;
        self.left.clear();
        self.left.push(1.0);
        extend(&mut self.left, &mut self.next, network, 0..middle, 0);
        for node in 0..width {
            self.right.clear();
            self.right.push(1.0);
            extend(&mut self.right, &mut self.next, network, middle..shape.edge_layers(), node);
            for &a in self.left[node..].iter().step_by(width) {
                // No exit within a list: that keeps the loop free of branches.
                if self.right.iter().fold(false, |hit, &b| hit | ((a * b - target).abs() <= epsilon)) {
                    return true;
                }
            }
        }
        false
    }
}

/// Carries the products of all paths over some edge layers of a whole network; the last node of entry i is i mod its layer's
/// width, and in the first of the layers all start at one node.
fn extend(list: &mut Vec<f64>, next: &mut Vec<f64>, network: &Network, layers: core::ops::Range<u32>, start: usize) {
    let first = layers.start;
    for layer in layers {
        next.clear();
        let tails = network.shape().tails(layer) as usize;
        for (place, &product) in list.iter().enumerate() {
            let from = if layer == first { start } else { place % tails };
            next.extend(network.weight_row(layer, from as u32).iter().map(|&weight| product * weight));
        }
        core::mem::swap(list, next);
    }
}

/// Whether there is a disjoint pair of a positive and a negative path, both within ε.
fn pair_within(network: &Network, mask: &Mask, target: f64, epsilon: f64) -> Result<bool, TooManyHalves> {
    let positive = Halves::of(network, mask, 0, Usable::Positive)?;
    let Some(plus) = hit(&positive, target, epsilon) else { return Ok(false) };
    let negative = Halves::of(network, mask, 0, Usable::Negative)?;
    let Some(minus) = hit(&negative, target, epsilon) else { return Ok(false) };
    if !plus.shares_a_node(&minus) {
        return Ok(true);
    }
    // Few pairs share a node, so a few paths settle it; only where those do not, all are listed.
    const SOME: usize = 4096;
    let any = |limit: usize| {
        let plus = positive.within(target, epsilon, limit)?;
        let minus = negative.within(target, epsilon, limit)?;
        Some(plus.iter().any(|a| minus.iter().any(|b| !a.shares_a_node(b))))
    };
    Ok(any(SOME).or_else(|| any(usize::MAX)).unwrap_or(false))
}

fn hit(halves: &Halves, target: f64, epsilon: f64) -> Option<Near> {
    halves.nearest(target).filter(|near| near.error <= epsilon)
}
