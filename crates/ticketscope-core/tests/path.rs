//! Path products by listing, by counting and by sampling, against plain enumeration.

mod common;

use common::{hard_case, network};
use proptest::prelude::*;
use ticketscope_core::counts::PathCounts;
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::path::{Cumulative, HalfProducts, PathSampler, power_sums};
use ticketscope_core::shape::{Edge, Shape};

/// All products, by walking every path on its own.
fn enumerated(network: &Network, mask: &Mask) -> Vec<f64> {
    let shape = network.shape();
    let middle = (shape.path_length() / 2) as usize;
    let mut found = Vec::new();
    let mut open: Vec<(u32, Vec<f64>)> = (0..shape.sources()).map(|source| (source, Vec::new())).collect();
    while let Some((from, weights)) = open.pop() {
        let layer = weights.len() as u32;
        if layer == shape.edge_layers() {
            let product = |part: &[f64]| part.iter().fold(1.0, |a, b| a * b);
            found.push(product(&weights[..middle]) * product(&weights[middle..]));
            continue;
        }
        for to in 0..shape.heads(layer) {
            if mask.keeps(Edge { layer, from, to }) {
                let mut longer = weights.clone();
                longer.push(network.weight_row(layer, from)[to as usize]);
                open.push((to, longer));
            }
        }
    }
    found
}

fn sorted(mut values: Vec<f64>) -> Vec<u64> {
    values.sort_unstable_by(f64::total_cmp);
    values.into_iter().map(f64::to_bits).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn listing_and_counting_agree_with_enumeration_to_the_bit((network, mask) in hard_case(), at in -1.5..1.5_f64) {
        let truth = enumerated(&network, &mask);
        let halves = HalfProducts::of(&network, &mask, usize::MAX).unwrap();
        prop_assert_eq!(halves.path_count(), truth.len() as u128);
        prop_assert_eq!(sorted(halves.products()), sorted(truth.clone()));
        let counted = Cumulative::new(&halves).unwrap();
        prop_assert_eq!(counted.path_count(), truth.len() as u64);
        let mut thresholds = vec![at, 0.0, -0.0, 0.25, -0.25, 1e-300, -1e-300, f64::INFINITY, f64::NEG_INFINITY];
        thresholds.extend(truth.iter().take(20));
        for value in thresholds {
            prop_assert_eq!(counted.below(value), truth.iter().filter(|&&z| z < value).count() as u64, "below {}", value);
            prop_assert_eq!(counted.up_to(value), truth.iter().filter(|&&z| z <= value).count() as u64, "up to {}", value);
        }
        let sums = power_sums(&network, &mask);
        for (power, sum) in (1..).zip(sums) {
            let terms: Vec<f64> = truth.iter().map(|z| (0..power).fold(1.0, |p, _| p * z)).collect();
            let (direct, size) = (terms.iter().sum::<f64>(), terms.iter().map(|t| t.abs()).sum::<f64>());
            prop_assert!((sum - direct).abs() <= 1e-12 * size + 1e-300);
        }
    }

    #[test]
    fn sampled_products_are_products((network, mask) in hard_case(), seed in 0..50_u64) {
        let truth = sorted(enumerated(&network, &mask));
        match PathSampler::new(&network, &mask) {
            None => prop_assert!(truth.is_empty()),
            Some(sampler) => {
                for product in sampler.products(seed, 50) {
                    prop_assert!(truth.contains(&product.to_bits()));
                }
            }
        }
    }
}

#[test]
fn sampling_is_uniform_over_paths() {
    // An uneven network: nodes of very different numbers of onward paths. χ² over the paths, significance 1e-6.
    let shape = Shape::new(2, 3, 3, 1).unwrap();
    let network = network(shape, 5);
    let mask = Mask::from_fn(shape, |id| ![0, 4, 7, 9, 12, 16, 20].contains(&id));
    let truth = sorted(enumerated(&network, &mask));
    let paths = truth.len();
    assert_eq!(PathCounts::of(&mask).per_source().iter().sum::<num_bigint::BigUint>().to_string(), paths.to_string());
    let draws = 200_000;
    let mut hits = vec![0_u32; paths];
    for product in PathSampler::new(&network, &mask).unwrap().products(3, draws) {
        hits[truth.iter().position(|&bits| bits == product.to_bits()).unwrap()] += 1;
    }
    let expected = draws as f64 / paths as f64;
    let chi: f64 = hits.iter().map(|&h| (f64::from(h) - expected) * (f64::from(h) - expected) / expected).sum();
    let freedom = (paths - 1) as f64;
    // Wilson and Hilferty's approximation of the 1 − 10⁻⁶ quantile (z = 4.7534).
    let root = 1.0 - 2.0 / (9.0 * freedom) + 4.7534 * (2.0 / (9.0 * freedom)).sqrt();
    let quantile = freedom * root * root * root;
    assert!(chi < quantile, "χ² {chi} over {paths} paths, allowed {quantile}");
}

#[test]
fn a_limit_is_kept() {
    let shape = Shape::new(1, 7, 10, 1).unwrap();
    let network = network(shape, 1);
    let full = Mask::full(shape);
    assert!(HalfProducts::of(&network, &full, 100).is_none());
    assert_eq!(HalfProducts::of(&network, &full, 1_000_000).unwrap().path_count(), 10_000_000);
}

#[test]
fn values_are_stable() {
    let shape = Shape::new(1, 5, 6, 1).unwrap();
    let network = network(shape, 11);
    let full = Mask::full(shape);
    let halves = HalfProducts::of(&network, &full, usize::MAX).unwrap();
    let listed = halves.products();
    let sampled = PathSampler::new(&network, &full).unwrap().products(11, 5_000);
    let bits = |z: f64| z.to_bits();
    assert_eq!(
        [bits(listed[0]), bits(listed[7_775]), bits(sampled[0]), bits(sampled[4_999])],
        [13797117591962523371, 4571191816441706543, 13777854121804038055, 13804338861453356828]
    );
}

#[test]
fn given_networks_have_the_given_products() {
    let data: serde_json::Value = serde_json::from_str(include_str!("data/paths.json")).unwrap();
    for given in data["networks"].as_array().unwrap() {
        let number = |key: &str| given[key].as_u64().unwrap() as u32;
        let shape = Shape::new(1, number("hidden_layers"), number("width"), 1).unwrap();
        let layers = given["weights"].as_array().unwrap().iter();
        let rows = layers.flat_map(|layer| layer.as_array().unwrap());
        let weights = rows.flat_map(|row| row.as_array().unwrap()).map(|weight| weight.as_f64().unwrap()).collect();
        let network = Network::from_weights(shape, weights).unwrap();
        let mut products = HalfProducts::of(&network, &Mask::full(shape), usize::MAX).unwrap().products();
        let expected = given["paths"].as_array().unwrap().iter().map(|path| path["product"].as_f64().unwrap());
        let mut expected: Vec<f64> = expected.collect();
        products.sort_unstable_by(f64::total_cmp);
        expected.sort_unstable_by(f64::total_cmp);
        assert_eq!(products.len(), expected.len());
        for (product, expected) in products.iter().zip(&expected) {
            assert!((product - expected).abs() <= 1e-12, "{product} against {expected}");
        }
    }
}
