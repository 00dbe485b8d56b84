//! Paths one by one and paths in a range, against plain enumeration.

mod common;

use common::{all_paths, exact_case, hard_case, network, product_along};
use proptest::prelude::*;
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::path::{HalfPaths, Lit, Path, Paths, Through};
use ticketscope_core::shape::Shape;

/// Every edge and every node, and which of some paths lead through it.
fn places(network: &Network, paths: &[Path]) -> Vec<(Through, Vec<Path>)> {
    let shape = network.shape();
    let through = |test: &dyn Fn(&Path) -> bool| paths.iter().filter(|path| test(path)).cloned().collect();
    let edges = (0..shape.edge_count())
        .map(|id| (Through::Edge(id), through(&|path: &Path| path.edges(shape).contains(&id))))
        .collect::<Vec<_>>();
    let nodes = (0..shape.node_count()).map(|id| {
        let node = shape.node(id);
        (Through::Node(id), through(&|path: &Path| path.nodes[node.layer as usize] == node.index))
    });
    edges.into_iter().chain(nodes).collect()
}

fn listed(mask: &Mask) -> Vec<Path> {
    all_paths(mask).into_iter().map(|nodes| Path { nodes }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn paths_are_numbered_in_order((network, mask) in hard_case()) {
        let truth = listed(&mask);
        prop_assert!(truth.is_sorted());
        let paths = Paths::of(&network, &mask);
        prop_assert_eq!(paths.count(), truth.len() as u128);
        for (rank, path) in (0..).zip(&truth) {
            prop_assert_eq!(paths.path(rank), Some(path.clone()));
            prop_assert_eq!(paths.rank(path), Some(rank));
            prop_assert_eq!(path.product(&network).to_bits(), product_along(&network, &path.nodes).to_bits());
        }
        prop_assert_eq!(paths.path(truth.len() as u128), None);
        for gone in listed(&Mask::full(*network.shape())).iter().filter(|path| !truth.contains(path)) {
            prop_assert_eq!(paths.rank(gone), None);
        }
    }

    #[test]
    fn the_strongest_path_is_the_first_of_the_largest((network, mask) in exact_case()) {
        let paths = Paths::of(&network, &mask);
        for (place, through) in places(&network, &listed(&mask)) {
            let size = |path: &Path| path.product(&network).abs();
            let most = through.iter().map(size).fold(-1.0, f64::max);
            let first = through.iter().find(|path| size(path) == most);
            prop_assert_eq!(paths.strongest_through(place), first.cloned(), "{:?}", place);
        }
    }

    #[test]
    fn the_strongest_path_is_the_largest_within_rounding((network, mask) in hard_case()) {
        let paths = Paths::of(&network, &mask);
        for (place, through) in places(&network, &listed(&mask)) {
            let most = through.iter().map(|path| path.product(&network).abs()).fold(-1.0, f64::max);
            match paths.strongest_through(place) {
                None => prop_assert!(through.is_empty()),
                Some(path) => {
                    prop_assert!(through.contains(&path));
                    prop_assert!(path.product(&network).abs() >= most * (1.0 - 1e-14) - 1e-300);
                }
            }
        }
    }

    #[test]
    fn lit_paths_are_those_of_the_list((network, mask) in hard_case(), ends in (-1.2..1.2_f64, -1.2..1.2_f64)) {
        let truth = listed(&mask);
        let halves = HalfPaths::of(&network, &mask, usize::MAX).unwrap();
        let mut ranges = vec![ends, (ends.1, ends.0), (0.0, 0.0), (-0.0, 0.5), (-0.5, -0.0), (1e-300, 1.0),
            (f64::NEG_INFINITY, f64::INFINITY), (f64::NEG_INFINITY, 0.0), (f64::NAN, 1.0), (-1.0, f64::NAN)];
        // Ends that are products themselves.
        let products: Vec<f64> = truth.iter().take(8).map(|path| path.product(&network)).collect();
        ranges.extend(products.windows(2).map(|pair| (pair[0].min(pair[1]), pair[0].max(pair[1]))));
        for (low, high) in ranges {
            for closed in [false, true] {
                let lit = halves.lit(low, high, closed);
                let inside = |path: &&Path| {
                    let z = path.product(&network);
                    low <= z && (z < high || (closed && z == high))
                };
                let within: Vec<&Path> = truth.iter().filter(inside).collect();
                prop_assert_eq!(lit.paths(), within.len() as u64, "[{}, {}] {}", low, high, closed);
                let mut through = vec![0; network.shape().edge_count() as usize];
                within.iter().flat_map(|path| path.edges(network.shape())).for_each(|id| through[id as usize] += 1);
                for (id, &paths) in (0..).zip(&through) {
                    prop_assert_eq!(lit.through(id), paths);
                }
                prop_assert_eq!(Lit::between(&network, &mask, low, high, closed, usize::MAX), Some(lit));
            }
        }
    }
}

#[test]
fn numbers_are_exact_where_the_count_is_not() {
    // 512³² paths a source: far beyond u128, yet the numbers that it holds still name their paths.
    let shape = Shape::new(2, 20, 512, 1).unwrap();
    let network = Network::from_weights(shape, vec![1.0; shape.edge_count() as usize]).unwrap();
    let paths = Paths::of(&network, network.mask());
    assert_eq!(paths.count(), u128::MAX);
    let rank = 0x1234_5678_9abc_def0_1357_9bdf_0246_8ace_u128;
    let path = paths.path(rank).unwrap();
    // The places of the last fourteen hidden nodes are the digits of the number to base 512.
    let digits = path.nodes[7..21].iter().fold(0_u128, |number, &node| number << 9 | u128::from(node));
    assert_eq!(digits, rank & ((1 << 126) - 1));
    assert_eq!(paths.rank(&path), Some(rank));
    assert_eq!(paths.rank(&Path { nodes: [vec![1], vec![0; 21]].concat() }), None);
    assert_eq!(paths.path(u128::MAX), None);
    assert_eq!(paths.rank(&Path { nodes: vec![0, 0] }), None);
    assert_eq!(paths.rank(&Path { nodes: vec![512; 22] }), None);
    assert_eq!(paths.strongest_through(Through::Edge(u32::MAX)), None);
    assert_eq!(paths.strongest_through(Through::Node(shape.node_count())), None);
    assert_eq!(paths.strongest_through(Through::Node(0)).unwrap().nodes, vec![0; 22]);
}

#[test]
fn a_million_paths_are_lit_without_a_list() {
    let shape = Shape::new(1, 6, 10, 1).unwrap();
    let network = network(shape, 3);
    let full = Mask::full(shape);
    assert!(Lit::between(&network, &full, 0.0, 1.0, true, 1_000).is_none());
    let all = Lit::between(&network, &full, -1.0, 1.0, true, 100_000).unwrap();
    assert_eq!(all.paths(), 1_000_000);
    for (id, edge) in (0..).zip(shape.edges()) {
        let share = if edge.layer == 0 || edge.layer == 6 { 10 } else { 100 };
        assert_eq!(all.through(id), 1_000_000 / share);
    }
    let part = Lit::between(&network, &full, 0.001, 0.002, false, 100_000).unwrap();
    let in_layer = |layer: u32| (shape.first_edge(layer)..shape.first_edge(layer + 1)).map(|id| part.through(id)).sum();
    let sums: Vec<u64> = (0..shape.edge_layers()).map(in_layer).collect();
    assert_eq!(sums, vec![part.paths(); 7]);
    assert_eq!((part.paths(), part.through(0), part.through(33)), (54_032, 5_292, 553));
}
