//! The rule `synflow` (Tanaka, Kunin, Yamins, Ganguli 2020, *Pruning neural networks without any data by iteratively conserving
//! synaptic flow*): the smallest |weight| · (sum of |products| into its tail) · (sum of |products| out of its head).
//!
//! Scores are renewed after each cut, so a cut costs O(edges) and a run O(edges²). Every sum is taken in the order of edge ids,
//! whichever of them are renewed.

use super::choose::{Choose, Throw};
use super::graph::Graph;
use crate::network::Network;
use crate::seed::Draws;
use crate::shape::{Edge, EdgeId, Shape};
use core::ops::RangeInclusive;

/// How many rows or values are worked on side by side.
const TOGETHER: usize = 8;

#[derive(Debug)]
pub(crate) struct Synflow {
    shape: Shape,
    prunable: RangeInclusive<u32>,
    /// |weight| of each alive edge, 0 for the others, each edge layer divided by a power of two near its largest: that multiplies
    /// all scores alike, and keeps own weights of any size from overflowing.
    sizes: Vec<f64>,
    /// The same with infinity for edges that are gone: their scores are infinite or no numbers, and never the smallest.
    candidates: Vec<f64>,
    /// By node: the sums of |products| over the alive paths from the sources to it, and from it to the sinks.
    into: Vec<f64>,
    out: Vec<f64>,
}

impl Synflow {
    pub(crate) fn new(network: &Network, graph: &Graph, prunable: RangeInclusive<u32>) -> Self {
        let shape = *network.shape();
        let mut sizes: Vec<f64> = network.weights().iter().map(|weight| weight.abs()).collect();
        for layer in 0..shape.edge_layers() {
            let edges = &mut sizes[shape.first_edge(layer) as usize..shape.first_edge(layer + 1) as usize];
            let largest = edges.iter().fold(0.0, |a: f64, &b| a.max(b));
            // The power of two has the exponent of the largest size; a layer of zeros and subnormals is left as it is.
            let power = f64::from_bits(largest.to_bits() & 0x7ff0_0000_0000_0000);
            if power > 0.0 {
                edges.iter_mut().for_each(|size| *size /= power);
            }
        }
        let candidates = sizes.clone();
        let (into, out) = (vec![0.0; shape.node_count() as usize], vec![0.0; shape.node_count() as usize]);
        let mut rule = Self { shape, prunable, sizes, candidates, into, out };
        shape.edges().filter(|&edge| !graph.is_alive(edge)).for_each(|edge| rule.forget(shape.edge_id(edge)));
        rule.into[..shape.sources() as usize].fill(1.0);
        rule.out[shape.first_node(shape.edge_layers()) as usize..].fill(1.0);
        for layer in 0..shape.edge_layers() {
            rule.renew_into(layer);
        }
        for layer in (0..shape.edge_layers()).rev() {
            rule.renew_out(layer);
        }
        rule
    }

    fn forget(&mut self, edge: EdgeId) {
        self.sizes[edge as usize] = 0.0;
        self.candidates[edge as usize] = f64::INFINITY;
    }

    /// Renews what a cut and the orphans that followed it have changed: the sums into nodes behind the edge, and out of nodes
    /// before it. A node that died has no alive edge out of it, so the sum into it is not asked for again.
    fn renew(&mut self, edge: EdgeId, layer: u32, orphans: &[EdgeId]) {
        self.forget(edge);
        orphans.iter().for_each(|&orphan| self.forget(orphan));
        for behind in layer..self.shape.edge_layers() {
            self.renew_into(behind);
        }
        for before in (0..=layer).rev() {
            self.renew_out(before);
        }
    }

    /// The sums into the heads of an edge layer.
    fn renew_into(&mut self, layer: u32) {
        let heads = self.shape.heads(layer) as usize;
        let (before, behind) = self.into.split_at_mut(self.shape.first_node(layer + 1) as usize);
        let (tails, sums) = (&before[self.shape.first_node(layer) as usize..], &mut behind[..heads]);
        sums.fill(0.0);
        for (row, &through) in rows(&self.sizes, &self.shape, layer).zip(tails) {
            for (sum, &size) in sums.iter_mut().zip(row) {
                *sum += through * size;
            }
        }
    }

    /// The sums out of the tails of an edge layer.
    fn renew_out(&mut self, layer: u32) {
        let heads = self.shape.heads(layer) as usize;
        let (before, behind) = self.out.split_at_mut(self.shape.first_node(layer + 1) as usize);
        let (sums, ahead) = (&mut before[self.shape.first_node(layer) as usize..], &behind[..heads]);
        let edges = &self.sizes[range(&self.shape, layer)];
        // Each row is summed in order; several rows at once, so that no sum waits for its last addition.
        for (block, sums) in edges.chunks(heads * TOGETHER).zip(sums.chunks_mut(TOGETHER)) {
            if let Ok(sums) = <&mut [f64; TOGETHER]>::try_from(&mut *sums) {
                *sums = dots(block, ahead);
            } else {
                for (row, sum) in block.chunks_exact(heads).zip(sums) {
                    *sum = row.iter().zip(ahead).fold(0.0, |sum, (&size, &out)| sum + size * out);
                }
            }
        }
    }

    /// The smallest score and its edge; of equal scores the smallest (layer, from, to).
    fn smallest(&self) -> Option<Edge> {
        let mut least = f64::INFINITY;
        let mut best = None;
        for layer in self.prunable.clone() {
            let tails = &self.into[self.shape.first_node(layer) as usize..];
            let heads = &self.out[self.shape.first_node(layer + 1) as usize..];
            for ((from, row), &into) in rows(&self.candidates, &self.shape, layer).enumerate().zip(tails) {
                let here = smallest_of(row, into, heads);
                if here < least {
                    (least, best) = (here, Some((layer, from, row, into, heads)));
                }
            }
        }
        let (layer, from, row, into, heads) = best?;
        let to = row.iter().zip(heads).position(|(&size, &out)| size * into * out == least)?;
        Some(Edge { layer, from: from as u32, to: to as u32 })
    }
}

/// Eight rows, each times `ahead`, each summed in order.
fn dots(block: &[f64], ahead: &[f64]) -> [f64; TOGETHER] {
    let mut rows = block.chunks_exact(ahead.len());
    let rows: [&[f64]; TOGETHER] = core::array::from_fn(|_| rows.next().map_or(&[][..], |row| &row[..ahead.len()]));
    let mut sums = [0.0; TOGETHER];
    for (to, &out) in ahead.iter().enumerate() {
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum += row[to] * out;
        }
    }
    sums
}

/// The smallest size · into · out of a row; infinity if no score is a number below it.
fn smallest_of(row: &[f64], into: f64, heads: &[f64]) -> f64 {
    let heads = &heads[..row.len()];
    let (groups, rest) = row.as_chunks::<TOGETHER>();
    let (out_groups, out_rest) = heads.as_chunks::<TOGETHER>();
    let smaller = |a: f64, b: f64| if a < b { a } else { b };
    let mut least = [f64::INFINITY; TOGETHER];
    for (sizes, outs) in groups.iter().zip(out_groups) {
        for i in 0..TOGETHER {
            least[i] = smaller(sizes[i] * into * outs[i], least[i]);
        }
    }
    let in_groups = least.into_iter().fold(f64::INFINITY, smaller);
    rest.iter().zip(out_rest).fold(in_groups, |least, (&size, &out)| smaller(size * into * out, least))
}

fn range(shape: &Shape, layer: u32) -> core::ops::Range<usize> {
    shape.first_edge(layer) as usize..shape.first_edge(layer + 1) as usize
}

fn rows<'a>(edges: &'a [f64], shape: &Shape, layer: u32) -> impl Iterator<Item = &'a [f64]> {
    edges[range(shape, layer)].chunks_exact(shape.heads(layer) as usize)
}

impl Choose for Synflow {
    fn throw(&mut self, graph: &mut Graph, _: &mut Draws, orphaned: &mut Vec<EdgeId>) -> Option<Throw> {
        let edge = self.smallest()?;
        let id = self.shape.edge_id(edge);
        let before = orphaned.len();
        let outcome = graph.cut(edge, orphaned);
        self.renew(id, edge.layer, &orphaned[before..]);
        Some(Throw { edge: id, outcome })
    }
}
