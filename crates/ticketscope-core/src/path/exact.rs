//! Counting all path products below given values without listing them.

use super::HalfProducts;
use crate::mask::{Mask, set_bits};
use crate::network::Network;
use crate::stats::sort;

/// Half-products sorted so that "how many path products are below e?" takes one pass over the halves.
///
/// At a middle node with a left and b right half-products a threshold costs a + b steps for a·b paths. The products compared are
/// the rounded ones that a list would hold: rounding is monotone in each factor, so sorted halves stay sorted in their products
/// and the count agrees with the list to the last path.
#[derive(Debug, Clone)]
pub struct Cumulative {
    nodes: Vec<Meeting>,
    paths: u64,
}

/// One middle node. Left products by sign, as sizes ascending; right products ascending, and negated ascending.
#[derive(Debug, Clone)]
struct Meeting {
    positive: Vec<f64>,
    negative: Vec<f64>,
    zeros: usize,
    right: Vec<f64>,
    right_negated: Vec<f64>,
}

impl Cumulative {
    /// Sorts the halves; `None` when there are 2⁶⁴ paths or more.
    pub fn new(halves: &HalfProducts) -> Option<Self> {
        let paths = u64::try_from(halves.path_count()).ok()?;
        let nodes = halves.pairs().filter(|(left, right)| !left.is_empty() && !right.is_empty());
        Some(Self { nodes: nodes.map(|(left, right)| Meeting::new(left, right)).collect(), paths })
    }

    /// The number of all paths.
    pub fn path_count(&self) -> u64 {
        self.paths
    }

    /// Paths whose product z satisfies z < `value`.
    pub fn below(&self, value: f64) -> u64 {
        self.nodes.iter().map(|node| node.below(value)).sum()
    }

    /// Paths whose product z satisfies z ≤ `value`.
    pub fn up_to(&self, value: f64) -> u64 {
        self.below(value.next_up())
    }
}

impl Meeting {
    fn new(left: &[f64], right: &[f64]) -> Self {
        let sizes =
            |sign: f64| -> Vec<f64> { sorted(left.iter().map(|&a| a * sign).filter(|&size| size > 0.0).collect()) };
        let (positive, negative) = (sizes(1.0), sizes(-1.0));
        let zeros = left.len() - positive.len() - negative.len();
        let right = sorted(right.to_vec());
        let right_negated = right.iter().rev().map(|&b| -b).collect();
        Self { positive, negative, zeros, right, right_negated }
    }

    fn below(&self, value: f64) -> u64 {
        let zeros = if value > 0.0 { self.zeros * self.right.len() } else { 0 };
        // −a · b is a · −b to the bit.
        zeros as u64
            + pairs_below(&self.positive, &self.right, value)
            + pairs_below(&self.negative, &self.right_negated, value)
    }
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    sort(&mut values);
    values
}

/// Pairs of an a > 0 (ascending) and a b (ascending) with a·b < value.
///
/// For value > 0 the b that satisfy it grow fewer as a grows; for value ≤ 0 they grow more: one pointer, one direction.
fn pairs_below(sizes: &[f64], values: &[f64], value: f64) -> u64 {
    let mut pairs = 0;
    if value > 0.0 {
        let mut end = values.len();
        for &a in sizes {
            while end > 0 && a * values[end - 1] >= value {
                end -= 1;
            }
            pairs += end as u64;
        }
    } else {
        let mut end = 0;
        for &a in sizes {
            while end < values.len() && a * values[end] < value {
                end += 1;
            }
            pairs += end as u64;
        }
    }
    pairs
}

/// Σ z, Σ z², Σ z³, Σ z⁴ over all surviving paths, layer by layer: Σ over paths of Π wᵐ. Cost: four multiplications an edge.
///
/// For moments of more paths than can be listed; infinite where own weights are too large for their powers.
pub fn power_sums(network: &Network, mask: &Mask) -> [f64; 4] {
    let shape = network.shape();
    let mut sums = vec![[1.0; 4]; shape.sinks() as usize];
    for layer in (0..shape.edge_layers()).rev() {
        let ahead = core::mem::take(&mut sums);
        for from in 0..shape.tails(layer) {
            let weights = network.weight_row(layer, from);
            let mut sum = [0.0; 4];
            for to in set_bits(mask.row(layer, from)) {
                let weight = weights[to as usize];
                let mut power = 1.0;
                for (total, &rest) in sum.iter_mut().zip(&ahead[to as usize]) {
                    power *= weight;
                    *total += power * rest;
                }
            }
            sums.push(sum);
        }
    }
    sums.iter().fold([0.0; 4], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]])
}
