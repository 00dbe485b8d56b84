//! Paths drawn uniformly from those that survive.

use crate::mask::{Mask, set_bits};
use crate::network::Network;
use crate::seed::{Draws, Purpose, draws};

/// Draws surviving source–sink paths, each with equal chance, and gives their products.
///
/// A path is built edge by edge, each chosen in proportion to the number of paths that lead on from its head. The numbers are
/// held as f64, so a path's chance is right to about L·10⁻¹⁶ of itself.
#[derive(Debug, Clone)]
pub struct PathSampler<'a> {
    network: &'a Network,
    /// For the source, then for every node but the sinks: its kept heads, and the running totals of the paths through them.
    sources: Fan,
    fans: Vec<Vec<Fan>>,
}

#[derive(Debug, Clone, Default)]
struct Fan {
    heads: Vec<u32>,
    totals: Vec<f64>,
}

impl Fan {
    fn new(heads: impl Iterator<Item = u32>, ahead: &[f64]) -> Self {
        let mut fan = Self::default();
        let mut total = 0.0;
        for head in heads {
            total += ahead[head as usize];
            fan.heads.push(head);
            fan.totals.push(total);
        }
        fan
    }

    fn total(&self) -> f64 {
        self.totals.last().copied().unwrap_or(0.0)
    }

    fn choose(&self, draws: &mut Draws) -> u32 {
        let target = draws.open_unit() * self.total();
        let place = self.totals.partition_point(|&total| total <= target);
        // The product above can round up to the total itself.
        self.heads[place.min(self.heads.len() - 1)]
    }
}

impl<'a> PathSampler<'a> {
    /// Samples drawn from one address: chunk c of a seed holds samples c·CHUNK..(c + 1)·CHUNK, so that any number of workers in
    /// any order draw the same ones.
    pub const CHUNK: u64 = 4096;

    /// A sampler of the edges that `mask` keeps; `None` when no path survives. Cost: O(edges).
    pub fn new(network: &'a Network, mask: &Mask) -> Option<Self> {
        let shape = network.shape();
        let mut ahead = vec![1.0; shape.sinks() as usize];
        let mut fans = Vec::with_capacity(shape.edge_layers() as usize);
        for layer in (0..shape.edge_layers()).rev() {
            // An edge whose head leads nowhere adds nothing to the running total and is never chosen.
            let layer_fans: Vec<Fan> = (0..shape.tails(layer))
                .map(|from| {
                    let heads = set_bits(mask.row(layer, from)).filter(|&to| ahead[to as usize] > 0.0);
                    Fan::new(heads, &ahead)
                })
                .collect();
            ahead = layer_fans.iter().map(Fan::total).collect();
            fans.push(layer_fans);
        }
        fans.reverse();
        let sources = Fan::new((0..shape.sources()).filter(|&s| ahead[s as usize] > 0.0), &ahead);
        (sources.total() > 0.0).then_some(Self { network, sources, fans })
    }

    /// Fills `products` with the samples of one chunk, from its first on; at most [`PathSampler::CHUNK`].
    pub fn fill(&self, seed: u64, chunk: u64, products: &mut [f64]) {
        let mut draws = draws(seed, Purpose::Paths, 0, (chunk >> 32) as u32, chunk as u32);
        products.fill_with(|| self.product(&mut draws));
    }

    /// The products of samples 0..count.
    pub fn products(&self, seed: u64, count: u64) -> Vec<f64> {
        let mut products = vec![0.0; count as usize];
        for (chunk, part) in products.chunks_mut(Self::CHUNK as usize).enumerate() {
            self.fill(seed, chunk as u64, part);
        }
        products
    }

    fn product(&self, draws: &mut Draws) -> f64 {
        let middle = self.network.shape().path_length() / 2;
        let mut from = self.sources.choose(draws);
        let (mut left, mut right) = (1.0, 1.0);
        for (layer, fans) in self.fans.iter().enumerate() {
            let to = fans[from as usize].choose(draws);
            let weight = self.network.weight_row(layer as u32, from)[to as usize];
            if (layer as u32) < middle {
                left *= weight
            } else {
                right *= weight
            }
            from = to;
        }
        left * right
    }
}
