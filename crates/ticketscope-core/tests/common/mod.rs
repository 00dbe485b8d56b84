//! What several test files share.
#![allow(dead_code)]

use proptest::prelude::*;
use ticketscope_core::law::{Law, WeightLaw};
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::shape::{Edge, Shape};

/// Shapes small enough to enumerate every path.
pub fn small_shape() -> impl Strategy<Value = Shape> {
    (1..=3_u32, 1..=4_u32, 1..=4_u32, 1..=2_u32).prop_map(|(s, n, w, t)| Shape::new(s, n, w, t).unwrap())
}

/// A network with uniform weights.
pub fn network(shape: Shape, seed: u64) -> Network {
    let law = WeightLaw::new(Law::Uniform, 1.0, 1.0, shape.path_length()).unwrap();
    Network::random(shape, &law, seed)
}

/// The nodes of all surviving paths, in lexicographic order, by walking every one on its own.
pub fn all_paths(mask: &Mask) -> Vec<Vec<u32>> {
    let shape = mask.shape();
    let mut paths: Vec<Vec<u32>> = (0..shape.sources()).map(|source| vec![source]).collect();
    for layer in 0..shape.edge_layers() {
        let mut longer = Vec::new();
        for path in paths {
            let from = path[path.len() - 1];
            for to in (0..shape.heads(layer)).filter(|&to| mask.keeps(Edge { layer, from, to })) {
                longer.push([path.clone(), vec![to]].concat());
            }
        }
        paths = longer;
    }
    paths
}

/// The weights along a path.
pub fn weights_along(network: &Network, nodes: &[u32]) -> Vec<f64> {
    let steps = (0..).zip(nodes.windows(2));
    steps.map(|(layer, ends)| network.weight_row(layer, ends[0])[ends[1] as usize]).collect()
}

/// A path's product: the first half of its weights left to right, times the rest left to right.
pub fn product_along(network: &Network, nodes: &[u32]) -> f64 {
    let weights = weights_along(network, nodes);
    let (left, right) = weights.split_at(weights.len() / 2);
    left.iter().fold(1.0, |a, b| a * b) * right.iter().fold(1.0, |a, b| a * b)
}

/// Weights with ties, zeros, both signs and extremes, and a mask.
pub fn hard_case() -> impl Strategy<Value = (Network, Mask)> {
    let weight = prop_oneof![
        3 => -1.0..1.0_f64,
        2 => prop::sample::select(vec![0.5, -0.5, 0.0, -0.0, 1.0, -1.0, 1e-200, -1e-200, 5e-324, 3.0]),
    ];
    case_of(weight.boxed())
}

/// Weights whose products are exact, with ties and zeros, and a mask.
pub fn exact_case() -> impl Strategy<Value = (Network, Mask)> {
    case_of(prop::sample::select(vec![1.0, -1.0, 2.0, -2.0, 0.5, -0.25, 0.0, -0.0]).boxed())
}

fn case_of(weight: BoxedStrategy<f64>) -> impl Strategy<Value = (Network, Mask)> {
    (small_shape(), prop::sample::select(vec![1.0, 0.8, 0.5])).prop_flat_map(move |(shape, share)| {
        let edges = shape.edge_count() as usize;
        (prop::collection::vec(weight.clone(), edges), prop::collection::vec(prop::bool::weighted(share), edges))
            .prop_map(move |(weights, kept)| {
                (Network::from_weights(shape, weights).unwrap(), Mask::from_kept(shape, &kept).unwrap())
            })
    })
}
