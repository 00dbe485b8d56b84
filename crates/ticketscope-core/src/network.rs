//! A network: a shape, a weight for every edge, and the mask it begins with.

use crate::law::WeightLaw;
use crate::mask::Mask;
use crate::seed::{Purpose, draws};
use crate::shape::{Edge, Shape};

/// A layered network with fixed weights. Pruning never changes a weight; it only removes edges.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    shape: Shape,
    weights: Vec<f64>,
    mask: Mask,
}

/// The largest size of a given weight, so that no product along a path (at most 33 edges) can overflow.
pub const MAX_WEIGHT: f64 = 1e9;

/// Why weights or a mask do not make a network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NetworkError {
    /// The list of weights has another length than the shape has edges.
    Length {
        /// Weights given.
        given: usize,
        /// Edges of the shape.
        edges: u32,
    },
    /// A weight is not a number, or larger than [`MAX_WEIGHT`] either way.
    Weight {
        /// The edge it was given for.
        edge: Edge,
    },
    /// The mask belongs to another shape.
    OtherShape,
}

impl core::fmt::Display for NetworkError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Length { given, edges } => write!(f, "{given} weights were given for {edges} edges"),
            Self::Weight { edge: Edge { layer, from, to } } => {
                write!(f, "the weight of edge (layer {layer}, from {from}, to {to}) must be a number from −10⁹ to 10⁹")
            }
            Self::OtherShape => write!(f, "the mask is for a network of another shape"),
        }
    }
}

impl core::error::Error for NetworkError {}

impl Network {
    /// A fully connected network whose weights are drawn from a law. A weight depends on (seed, layer, from, to) and on nothing
    /// else, so a change of the width keeps the weights of the edges that remain (but under the law `normal`, whose variance is
    /// 2/fan-in). Cost: one generator started an edge.
    pub fn random(shape: Shape, law: &WeightLaw, seed: u64) -> Self {
        let weights = Vec::with_capacity(shape.edge_count() as usize);
        let mut network = Self { shape, weights, mask: Mask::full(shape) };
        network.redraw(law, seed);
        network
    }

    /// Draws all weights anew, as [`Network::random`] does; the mask stays.
    pub fn redraw(&mut self, law: &WeightLaw, seed: u64) {
        self.weights.clear();
        for layer in 0..self.shape.edge_layers() {
            let fan_in = self.shape.tails(layer);
            for from in 0..fan_in {
                for to in 0..self.shape.heads(layer) {
                    let mut draws = draws(seed, Purpose::Weight, layer, from, to);
                    self.weights.push(law.weight(&mut draws, fan_in));
                }
            }
        }
    }

    /// A fully connected network with given weights, in the order of edge ids.
    pub fn from_weights(shape: Shape, weights: Vec<f64>) -> Result<Self, NetworkError> {
        if weights.len() != shape.edge_count() as usize {
            return Err(NetworkError::Length { given: weights.len(), edges: shape.edge_count() });
        }
        if let Some(id) = weights.iter().position(|weight| weight.is_nan() || weight.abs() > MAX_WEIGHT) {
            return Err(NetworkError::Weight { edge: shape.edge(id as u32) });
        }
        Ok(Self { shape, weights, mask: Mask::full(shape) })
    }

    /// The same network beginning with only the edges that `mask` keeps.
    pub fn with_mask(self, mask: Mask) -> Result<Self, NetworkError> {
        if mask.shape() != &self.shape {
            return Err(NetworkError::OtherShape);
        }
        Ok(Self { mask, ..self })
    }

    /// The shape.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Every edge's weight, in the order of edge ids, kept or not.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The edges the network begins with; all of them unless a mask was given.
    pub fn mask(&self) -> &Mask {
        &self.mask
    }

    /// The weights of one tail over its heads.
    pub fn weight_row(&self, edge_layer: u32, from: u32) -> &[f64] {
        let heads = self.shape.heads(edge_layer) as usize;
        let start = self.shape.first_edge(edge_layer) as usize + from as usize * heads;
        &self.weights[start..start + heads]
    }
}
