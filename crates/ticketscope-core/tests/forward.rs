//! The forward pass against the sum over paths.

mod common;

use common::{all_paths, exact_case, hard_case, weights_along};
use proptest::prelude::*;
use ticketscope_core::forward::{Activation, Forward};
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::shape::Shape;

/// What each sink should get: every path carries its source's input times its weights, and under ReLU stops at a node that the
/// whole network keeps off.
fn over_paths(forward: &Forward, network: &Network, mask: &Mask, input: &[f64]) -> (Vec<f64>, f64) {
    let shape = network.shape();
    let mut outputs = vec![0.0; shape.sinks() as usize];
    let mut size = 0.0;
    for path in all_paths(mask) {
        let hidden = (1..).zip(&path[1..path.len() - 1]);
        let off = hidden.into_iter().any(|(layer, &index)| forward.is_off(shape.first_node(layer) + index));
        if !off {
            let carried =
                weights_along(network, &path).iter().fold(input[path[0] as usize], |value, weight| value * weight);
            outputs[path[path.len() - 1] as usize] += carried;
            size += carried.abs();
        }
    }
    (outputs, size)
}

fn activation() -> impl Strategy<Value = Activation> {
    prop::sample::select(Activation::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn outputs_are_sums_over_paths((network, mask) in hard_case(), activation in activation(), input in prop::collection::vec(-2.0..2.0_f64, 3)) {
        let forward = Forward::of(&network, &mask, &input, activation);
        let (expected, size) = over_paths(&forward, &network, &mask, &input);
        for (output, expected) in forward.outputs().iter().zip(expected) {
            // At most 5 multiplications and some 256 additions of each.
            prop_assert!((output - expected).abs() <= 300.0 * f64::EPSILON * size + 1e-300, "{} against {}", output, expected);
        }
    }

    #[test]
    fn with_exact_weights_so_are_the_outputs((network, mask) in exact_case(), activation in activation()) {
        let input = [1.0, -2.0, 0.5];
        let forward = Forward::of(&network, &mask, &input, activation);
        prop_assert_eq!(forward.outputs(), &over_paths(&forward, &network, &mask, &input).0[..]);
    }

    #[test]
    fn every_sum_is_the_sum_of_its_terms_to_the_bit((network, mask) in hard_case(), activation in activation(), input in -3.0..3.0_f64) {
        let forward = Forward::of(&network, &mask, &[input], activation);
        let shape = network.shape();
        for id in 0..shape.node_count() {
            let node = shape.node(id);
            let terms = forward.terms(id);
            if node.layer == 0 {
                prop_assert!(terms.is_empty() && forward.sum(id) == input && forward.value(id) == input);
                continue;
            }
            let sum = terms.iter().fold(0.0, |sum, (_, term)| sum + term);
            prop_assert_eq!(sum.to_bits(), forward.sum(id).to_bits());
            let kept: Vec<u32> = shape.edges().filter(|edge| edge.layer + 1 == node.layer && edge.to == node.index)
                .filter(|&edge| mask.keeps(edge)).map(|edge| shape.edge_id(edge)).collect();
            prop_assert_eq!(terms.iter().map(|term| term.0).collect::<Vec<_>>(), kept);
            let hidden = node.layer <= shape.hidden_layers();
            let off = hidden && activation == Activation::Relu && sum <= 0.0;
            prop_assert_eq!(forward.is_off(id), off);
            prop_assert_eq!(forward.value(id), if off { 0.0 } else { sum });
        }
    }
}

#[test]
fn a_short_input_serves_all_sources() {
    let shape = Shape::new(3, 1, 1, 1).unwrap();
    let network = Network::from_weights(shape, vec![1.0, 10.0, 100.0, 1.0]).unwrap();
    let output = |input: &[f64]| Forward::of(&network, network.mask(), input, Activation::Linear).outputs()[0];
    assert_eq!(output(&[]), 0.0);
    assert_eq!(output(&[2.0]), 222.0);
    assert_eq!(output(&[1.0, -2.0]), -219.0);
    assert_eq!(output(&[1.0, 2.0, 3.0, 4.0]), 321.0);
}
