//! The pruning process against enumeration, exact chains, a library's max-flow, and itself.

mod common;

use common::{network, small_shape};
use num_bigint::BigUint;
use petgraph::algo::ford_fulkerson;
use petgraph::graph::{DiGraph, NodeIndex};
use proptest::prelude::*;
use ticketscope_core::counts::{PathCounts, minimal_tickets};
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Fates, Moment, Orphans, Protect, Pruning, Rule, Timeline};
use ticketscope_core::shape::{Edge, Shape};
use ticketscope_core::state::{EdgeState, NodeState};

fn pruning() -> impl Strategy<Value = Pruning> {
    (0..6_usize, 0..4_usize, any::<bool>(), 0..1_000_u64).prop_map(|(rule, protect, count, seed)| Pruning {
        rule: Rule::ALL[rule],
        protect: Protect::ALL[protect],
        orphans: if count { Orphans::Count } else { Orphans::Skip },
        seed,
    })
}

/// A network that begins with a random mask, now and then a sparse one.
fn masked_network() -> impl Strategy<Value = Network> {
    (small_shape(), 0..100_u64, 0..3_u32).prop_flat_map(|(shape, seed, thin)| {
        let share = [1.0, 0.9, 0.5][thin as usize];
        prop::collection::vec(prop::bool::weighted(share), shape.edge_count() as usize)
            .prop_map(move |kept| network(shape, seed).with_mask(Mask::from_kept(shape, &kept).unwrap()).unwrap())
    })
}

/// All source–sink paths of a mask, as the lists of their edges, by plain recursion over a stack.
fn paths(mask: &Mask, source: u32) -> Vec<Vec<Edge>> {
    let shape = mask.shape();
    let mut found = Vec::new();
    let mut open = vec![(source, Vec::new())];
    while let Some((from, path)) = open.pop() {
        let layer = path.len() as u32;
        if layer == shape.edge_layers() {
            found.push(path);
            continue;
        }
        for to in 0..shape.heads(layer) {
            let edge = Edge { layer, from, to };
            if mask.keeps(edge) {
                let mut longer = path.clone();
                longer.push(edge);
                open.push((to, longer));
            }
        }
    }
    found
}

/// §6.2: each source's feed has capacity 1, all else is unbounded.
fn max_flow(mask: &Mask) -> u32 {
    let shape = mask.shape();
    let mut graph = DiGraph::<(), u32>::new();
    let nodes: Vec<NodeIndex> = (0..shape.node_count()).map(|_| graph.add_node(())).collect();
    let (feed, drain) = (graph.add_node(()), graph.add_node(()));
    for source in 0..shape.sources() {
        graph.add_edge(feed, nodes[source as usize], 1);
    }
    for sink in shape.first_node(shape.hidden_layers() + 1)..shape.node_count() {
        graph.add_edge(nodes[sink as usize], drain, 1_000);
    }
    for edge in shape.edges().filter(|&edge| mask.keeps(edge)) {
        let (tail, head) = (shape.first_node(edge.layer) + edge.from, shape.first_node(edge.layer + 1) + edge.to);
        graph.add_edge(nodes[tail as usize], nodes[head as usize], 1_000);
    }
    ford_fulkerson(&graph, feed, drain).0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_moment_tells_the_truth(network in masked_network(), pruning in pruning()) {
        let run = Timeline::of(&network, &pruning);
        let fates = Fates::of(network.mask(), &run);
        let shape = *network.shape();
        let steps: Vec<u32> = if run.len() < 12 { (0..=run.len()).collect() }
            else { vec![0, 1, run.len() / 3, run.len() / 2, run.len() - 1, run.len()] };
        for step in steps {
            let moment = Moment::at(&fates, step);
            let mask = moment.mask();
            let per_source: Vec<Vec<Vec<Edge>>> = (0..shape.sources()).map(|s| paths(mask, s)).collect();
            let destroyed = per_source.iter().any(Vec::is_empty);
            prop_assert_eq!(moment.destroyed(), destroyed);
            prop_assert_eq!(destroyed, max_flow(mask) < shape.sources());
            prop_assert_eq!(run.destroyed_at().is_some_and(|at| at <= step), destroyed);

            let counts = moment.path_counts();
            let sizes: Vec<BigUint> = per_source.iter().map(|paths| BigUint::from(paths.len())).collect();
            prop_assert_eq!(counts.per_source(), &sizes[..]);
            prop_assert_eq!(counts.tickets(), sizes.iter().product::<BigUint>());

            let mut on_path = vec![false; shape.edge_count() as usize];
            for edge in per_source.iter().flatten().flatten() {
                on_path[shape.edge_id(*edge) as usize] = true;
            }
            for edge in shape.edges() {
                let state = moment.edge_states()[shape.edge_id(edge) as usize];
                let alive = matches!(state, EdgeState::OnTicket | EdgeState::Idle);
                prop_assert_eq!(alive, mask.keeps(edge));
                prop_assert_eq!(state == EdgeState::OnTicket, !destroyed && on_path[shape.edge_id(edge) as usize]);
                if alive {
                    // The cascade is complete: every alive edge leads on to a sink.
                    let head = shape.first_node(edge.layer + 1) + edge.to;
                    prop_assert_ne!(moment.node_states()[head as usize], NodeState::Dead);
                }
            }
            prop_assert_eq!(moment.tally().alive(), mask.kept_count());
        }
    }

    #[test]
    fn forward_then_back_is_the_identity_and_no_edge_returns(network in masked_network(), pruning in pruning()) {
        let run = Timeline::of(&network, &pruning);
        let fates = Fates::of(network.mask(), &run);
        let forward: Vec<Moment> = (0..=run.len()).map(|step| Moment::at(&fates, step)).collect();
        for step in (0..=run.len()).rev() {
            prop_assert_eq!(&Moment::at(&fates, step), &forward[step as usize]);
        }
        for pair in forward.windows(2) {
            for edge in network.shape().edges() {
                prop_assert!(pair[0].mask().keeps(edge) || !pair[1].mask().keeps(edge));
            }
        }
        prop_assert_eq!(&Moment::at(&fates, run.len() + 5), &forward[run.len() as usize]);
    }

    #[test]
    fn a_run_in_pieces_is_the_run(network in masked_network(), pruning in pruning(), piece in 1..9_u32) {
        let mut run = ticketscope_core::prune::Run::new(&network, &pruning);
        while run.advance(piece) {}
        let whole = Timeline::of(&network, &pruning);
        let pieces = run.into_timeline();
        prop_assert_eq!(&pieces, &whole);
        prop_assert_eq!(Timeline::from_parts(*network.shape(), pieces.into_parts()), Some(whole));
    }

    #[test]
    fn every_edge_goes_at_most_once_and_only_prunable_ones_are_cut(network in masked_network(), pruning in pruning()) {
        let run = Timeline::of(&network, &pruning);
        let shape = network.shape();
        let prunable = pruning.protect.prunable(shape);
        let mut gone = vec![false; shape.edge_count() as usize];
        let mut go = |id: u32| !core::mem::replace(&mut gone[id as usize], true);
        for &id in run.orphaned_at_start() {
            prop_assert!(go(id));
        }
        for event in run.events() {
            prop_assert!(prunable.contains(&shape.edge(event.edge).layer));
            if event.wasted {
                prop_assert_eq!(pruning.orphans, Orphans::Count);
                prop_assert!(event.orphaned.is_empty());
            } else {
                prop_assert!(go(event.edge) && network.mask().keeps(shape.edge(event.edge)));
            }
            for &id in event.orphaned {
                prop_assert!(go(id));
            }
        }
    }
}

/// A hundred thousand steps forward, back and to anywhere, over runs of every rule.
#[test]
fn walks_find_every_moment_as_it_was() {
    let shape = Shape::new(2, 4, 3, 1).unwrap();
    for (rule, seed) in Rule::ALL.into_iter().zip(1..) {
        let network = network(shape, seed);
        let run = Timeline::of(&network, &Pruning { rule, seed, ..Pruning::default() });
        let fates = Fates::of(network.mask(), &run);
        let moments: Vec<Moment> = (0..=run.len()).map(|step| Moment::at(&fates, step)).collect();
        let mut draws = ticketscope_core::seed::stream(seed, ticketscope_core::seed::Purpose::Pruning);
        let mut step = 0;
        for _ in 0..100_000 / 6 + 1 {
            step = match draws.below(3) {
                0 => (step + 1).min(run.len()),
                1 => step.saturating_sub(1),
                _ => draws.below(run.len() + 1),
            };
            assert_eq!(Moment::at(&fates, step), moments[step as usize], "{rule:?} at {step}");
        }
    }
}

#[test]
fn large_counts_are_exact() {
    for (w, n) in [(100, 30), (512, 32), (2, 32), (100, 9), (100, 10), (64, 20)] {
        let shape = Shape::new(1, n, w, 1).unwrap();
        let counts = PathCounts::of(&Mask::full(shape));
        assert_eq!(counts.per_source()[0], BigUint::from(w).pow(n));
    }
    let shape = Shape::new(3, 30, 100, 16).unwrap();
    assert_eq!(PathCounts::of(&Mask::full(shape)).tickets(), (BigUint::from(100_u32).pow(30) * 16_u32).pow(3));
}

#[test]
fn wide_sums_agree_with_big_integers_on_thinned_networks() {
    for (w, n) in [(70, 12), (100, 28), (90, 31), (130, 22)] {
        let shape = Shape::new(2, n, w, 2).unwrap();
        let mask = Mask::from_fn(shape, |id| id.wrapping_mul(2_654_435_761) >> 28 != 3);
        let mut out = vec![BigUint::from(1_u32); 2];
        for layer in (0..shape.edge_layers()).rev() {
            out = (0..shape.tails(layer))
                .map(|from| {
                    let kept = (0..shape.heads(layer)).filter(|&to| mask.keeps(Edge { layer, from, to }));
                    kept.map(|to| &out[to as usize]).sum()
                })
                .collect();
        }
        assert_eq!(PathCounts::of(&mask).per_source(), &out[..]);
    }
}

#[test]
fn inclusion_minimal_tickets_are_counted() {
    // S = w = n = 2: 16 tuples of paths, 14 subgraphs, 12 of them inclusion-minimal.
    let count = |s, n, w| minimal_tickets(&Shape::new(s, n, w, 1).unwrap()).unwrap().to_string();
    assert_eq!(count(2, 2, 2), "12");
    assert_eq!(count(2, 4, 10), "73810000");
    assert_eq!(count(1, 3, 2), "8");
    for (s, n, w) in [(1, 2, 3), (2, 1, 3), (2, 2, 2), (2, 2, 3), (3, 2, 2), (3, 1, 3)] {
        assert_eq!(count(s, n, w), brute_minimal(s, n, w).to_string(), "S {s}, n {n}, w {w}");
    }
}

/// Unions of one path a source, of which none contains another.
fn brute_minimal(sources: u32, hidden_layers: u32, width: u32) -> usize {
    let shape = Shape::new(sources, hidden_layers, width, 1).unwrap();
    let full = Mask::full(shape);
    let mut unions = vec![0_u64];
    for source in 0..sources {
        let bits: Vec<u64> =
            paths(&full, source).iter().map(|path| path.iter().map(|&e| 1 << shape.edge_id(e)).sum()).collect();
        unions = unions.iter().flat_map(|&union| bits.iter().map(move |&path| union | path)).collect();
    }
    unions.sort_unstable();
    unions.dedup();
    unions.iter().filter(|&&a| !unions.iter().any(|&b| b != a && b & a == b)).count()
}
