//! The rule `synflow` (Tanaka, Kunin, Yamins, Ganguli 2020, *Pruning neural networks without any data by iteratively conserving
//! synaptic flow*): the smallest |weight| · (sum of |products| into its tail) · (sum of |products| out of its head).
//!
//! Scores are renewed after each cut, so a cut costs O(edges) and a run O(edges²).

use super::choose::{Choose, Throw};
use super::graph::Graph;
use crate::network::Network;
use crate::seed::Draws;
use crate::shape::{Edge, EdgeId, Shape};
use core::ops::RangeInclusive;

#[derive(Debug)]
pub(crate) struct Synflow {
    prunable: RangeInclusive<u32>,
    /// |weight| of each alive edge, 0 for the others, each edge layer divided by a power of two near its largest: that multiplies
    /// all scores alike, and keeps own weights of any size from overflowing.
    sizes: Vec<f64>,
    into: Vec<f64>,
    out: Vec<f64>,
}

impl Synflow {
    pub(crate) fn new(network: &Network, prunable: RangeInclusive<u32>) -> Self {
        let shape = network.shape();
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
        let nodes = shape.node_count() as usize;
        Self { prunable, sizes, into: vec![0.0; nodes], out: vec![0.0; nodes] }
    }

    fn forget_dead_edges(&mut self, graph: &Graph) {
        for edge in graph.shape().edges() {
            if !graph.is_alive(edge) {
                self.sizes[graph.shape().edge_id(edge) as usize] = 0.0;
            }
        }
    }

    /// Sums of |products| over the alive paths from the sources to each node, and from each node to the sinks.
    fn renew_sums(&mut self, shape: &Shape) {
        self.into.fill(0.0);
        self.into[..shape.sources() as usize].fill(1.0);
        for layer in 0..shape.edge_layers() {
            let (tails, heads) = (shape.first_node(layer) as usize, shape.first_node(layer + 1) as usize);
            let width = shape.heads(layer) as usize;
            for (from, row) in rows(&self.sizes, shape, layer).enumerate() {
                let through = self.into[tails + from];
                for (sum, &size) in self.into[heads..heads + width].iter_mut().zip(row) {
                    *sum += through * size;
                }
            }
        }
        self.out[shape.first_node(shape.hidden_layers() + 1) as usize..].fill(1.0);
        for layer in (0..shape.edge_layers()).rev() {
            let (tails, heads) = (shape.first_node(layer) as usize, shape.first_node(layer + 1) as usize);
            for (from, row) in rows(&self.sizes, shape, layer).enumerate() {
                self.out[tails + from] = row.iter().zip(&self.out[heads..]).map(|(&size, &out)| size * out).sum();
            }
        }
    }
}

fn rows<'a>(sizes: &'a [f64], shape: &Shape, layer: u32) -> impl Iterator<Item = &'a [f64]> {
    let edges = &sizes[shape.first_edge(layer) as usize..shape.first_edge(layer + 1) as usize];
    edges.chunks_exact(shape.heads(layer) as usize)
}

impl Choose for Synflow {
    fn throw(&mut self, graph: &mut Graph, _: &mut Draws, orphaned: &mut Vec<EdgeId>) -> Option<Throw> {
        let shape = *graph.shape();
        self.forget_dead_edges(graph);
        self.renew_sums(&shape);
        let mut best: Option<(f64, Edge)> = None;
        for layer in self.prunable.clone() {
            let (tails, heads) = (shape.first_node(layer) as usize, shape.first_node(layer + 1) as usize);
            for (from, row) in rows(&self.sizes, &shape, layer).enumerate() {
                for (to, &size) in row.iter().enumerate() {
                    let score = size * self.into[tails + from] * self.out[heads + to];
                    if best.is_none_or(|(least, _)| score < least) {
                        let edge = Edge { layer, from: from as u32, to: to as u32 };
                        if graph.is_alive(edge) {
                            best = Some((score, edge));
                        }
                    }
                }
            }
        }
        let (_, edge) = best?;
        graph.cut(edge, orphaned);
        Some(Throw { edge, wasted: false })
    }
}
