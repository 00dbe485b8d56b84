//! What several test files share.
#![allow(dead_code)]

use proptest::prelude::*;
use ticketscope_core::law::{Law, WeightLaw};
use ticketscope_core::network::Network;
use ticketscope_core::shape::Shape;

/// Shapes small enough to enumerate every path.
pub fn small_shape() -> impl Strategy<Value = Shape> {
    (1..=3_u32, 1..=4_u32, 1..=4_u32, 1..=2_u32).prop_map(|(s, n, w, t)| Shape::new(s, n, w, t).unwrap())
}

/// A network with uniform weights.
pub fn network(shape: Shape, seed: u64) -> Network {
    let law = WeightLaw::new(Law::Uniform, 1.0, 1.0, shape.path_length()).unwrap();
    Network::random(shape, &law, seed)
}
