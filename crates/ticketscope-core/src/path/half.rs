//! Products of half-paths, kept by the node in the middle where the halves meet.

use crate::mask::{Mask, set_bits};
use crate::network::Network;

/// For each node of the middle node layer ⌊L/2⌋: the products of all half-paths from the sources to it, and of all half-paths
/// from it to the sinks. Every path is one of each, so |left| · |right| products follow from |left| + |right| numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct HalfProducts {
    left: Vec<Vec<f64>>,
    right: Vec<Vec<f64>>,
}

impl HalfProducts {
    /// The half-products of the edges that `mask` keeps, or `None` if there are more than `limit` of them in all.
    ///
    /// Cost: O(their number), at most (S + T·w)·w^⌈n/2⌉ for a full network.
    pub fn of(network: &Network, mask: &Mask, limit: usize) -> Option<Self> {
        let shape = network.shape();
        let middle = shape.path_length() / 2;
        let nodes = shape.nodes_in(middle) as usize;
        let mut budget = limit;
        let from_sources = vec![vec![1.0]; shape.sources() as usize];
        let left = extend(network, mask, from_sources, 0..middle, &mut budget)?;
        let mut right = Vec::with_capacity(nodes);
        for node in 0..nodes {
            let mut start = vec![Vec::new(); nodes];
            start[node].push(1.0);
            let at_sinks = extend(network, mask, start, middle..shape.edge_layers(), &mut budget)?;
            right.push(at_sinks.concat());
        }
        Some(Self { left, right })
    }

    /// Half-paths to each middle node and from each middle node, in the order of the nodes.
    pub fn pairs(&self) -> impl Iterator<Item = (&[f64], &[f64])> {
        self.left.iter().map(Vec::as_slice).zip(self.right.iter().map(Vec::as_slice))
    }

    /// The number of paths.
    pub fn path_count(&self) -> u128 {
        self.pairs().map(|(left, right)| left.len() as u128 * right.len() as u128).sum()
    }

    /// The products of all paths, listed middle node by middle node. Ask [`HalfProducts::path_count`] first: each takes 8 bytes.
    pub fn products(&self) -> Vec<f64> {
        let mut products = Vec::with_capacity(self.path_count() as usize);
        for (left, right) in self.pairs() {
            for &a in left {
                products.extend(right.iter().map(|&b| a * b));
            }
        }
        products
    }
}

/// Carries lists of products over some edge layers, one list a node, every product times the weight it passes; `None` when the
/// lists would grow beyond the budget. 1·w is w, so a list that starts with 1 gives products left to right.
fn extend(
    network: &Network,
    mask: &Mask,
    start: Vec<Vec<f64>>,
    layers: core::ops::Range<u32>,
    budget: &mut usize,
) -> Option<Vec<Vec<f64>>> {
    let mut lists = start;
    for layer in layers {
        let mut next = vec![Vec::new(); network.shape().heads(layer) as usize];
        for (from, list) in lists.iter().enumerate().filter(|(_, list)| !list.is_empty()) {
            let weights = network.weight_row(layer, from as u32);
            for to in set_bits(mask.row(layer, from as u32)) {
                *budget = budget.checked_sub(list.len())?;
                next[to as usize].extend(list.iter().map(|&product| product * weights[to as usize]));
            }
        }
        lists = next;
    }
    Some(lists)
}
