//! The pruning process against enumeration, exact chains, a library's max-flow, and itself.

mod common;

use common::{network, small_shape};
use num_bigint::BigUint;
use petgraph::algo::ford_fulkerson;
use petgraph::graph::{DiGraph, NodeIndex};
use proptest::prelude::*;
use ticketscope_core::counts::{PathCounts, TicketsThrough, minimal_tickets};
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::prune::{
    Fates, LastCut, Moment, Orphans, Protect, Pruning, Rule, Timeline, Trials, random_control, script,
};
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
    paths_from(mask, 0, source)
}

/// As [`paths`], from any node.
fn paths_from(mask: &Mask, first: u32, node: u32) -> Vec<Vec<Edge>> {
    let shape = mask.shape();
    let mut found = Vec::new();
    let mut open = vec![(node, Vec::new())];
    while let Some((from, path)) = open.pop() {
        let layer = first + path.len() as u32;
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

/// The size of a smallest set of removed edges between a source and the sinks, and the fewest orphans in one: a maximum flow in
/// which a removed edge holds 1,000,000 units and one more if it was orphaned, and what cannot be chosen holds more than all.
fn smallest_cut(fates: &Fates, protect: Protect, source: u32) -> (u64, u64) {
    let shape = fates.shape();
    let step = fates.destroyed_at().unwrap();
    let mut graph = DiGraph::<(), u64>::new();
    let nodes: Vec<NodeIndex> = (0..shape.node_count()).map(|_| graph.add_node(())).collect();
    let drain = graph.add_node(());
    for sink in shape.first_node(shape.hidden_layers() + 1)..shape.node_count() {
        graph.add_edge(nodes[sink as usize], drain, 1 << 50);
    }
    for (id, edge) in (0..).zip(shape.edges()) {
        let alive = fates.removed_at(id) > step;
        let consequence = fates.is_orphaned(id) && !protect.prunable(shape).contains(&edge.layer);
        let room = if alive || consequence { 1 << 40 } else { 1_000_000 + u64::from(fates.is_orphaned(id)) };
        let (tail, head) = (shape.first_node(edge.layer) + edge.from, shape.first_node(edge.layer + 1) + edge.to);
        graph.add_edge(nodes[tail as usize], nodes[head as usize], room);
    }
    let flow = ford_fulkerson(&graph, nodes[source as usize], drain).0;
    (flow / 1_000_000, flow % 1_000_000)
}

fn check_last_cut(network: &Network, pruning: &Pruning) -> Result<Option<LastCut>, TestCaseError> {
    let run = Timeline::of(network, pruning);
    let fates = Fates::of(network.mask(), &run);
    let shape = *network.shape();
    let found = LastCut::of(&fates, pruning.protect);
    prop_assert_eq!(found.is_some(), run.destroyed_at().is_some());
    let Some(last) = found else { return Ok(None) };
    let end = Moment::at(&fates, run.len());
    let lost = (0..shape.sources()).find(|&source| paths(end.mask(), source).is_empty());
    prop_assert_eq!(Some(last.source()), lost);
    // It parts the source from the sinks of the full network, and every edge of it is gone and may be chosen.
    let parted = Mask::from_fn(shape, |id| !last.edges().contains(&id));
    prop_assert!(paths(&parted, last.source()).is_empty());
    prop_assert!(last.edges().is_sorted_by(|a, b| a < b));
    for &id in last.edges() {
        prop_assert!(fates.removed_at(id) <= run.len());
        prop_assert!(!fates.is_orphaned(id) || pruning.protect.prunable(&shape).contains(&shape.edge(id).layer));
    }
    let orphans = last.edges().iter().filter(|&&id| fates.is_orphaned(id)).count() as u32;
    prop_assert_eq!((last.orphaned(), last.cut()), (orphans, last.edges().len() as u32 - orphans));
    let (size, fewest) = smallest_cut(&fates, pruning.protect, last.source());
    let whole = network.mask().kept_count() == shape.edge_count();
    prop_assert_eq!(last.edges().len() as u64 == size, last.is_smallest(), "{} against {}", last.edges().len(), size);
    prop_assert!(last.is_smallest() || (!whole && pruning.protect == Protect::Two));
    prop_assert!(!whole || u64::from(last.orphaned()) == fewest, "{} orphans against {}", last.orphaned(), fewest);
    Ok(Some(last))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn the_last_cut_is_a_minimum_cut(network in masked_network(), pruning in pruning()) {
        check_last_cut(&network, &pruning)?;
    }

    #[test]
    fn a_full_network_is_cut_off_by_one_layer_of_edges(
        (s, n, w, t) in (1..=3_u32, 2..=6_u32, 1..=4_u32, 1..=2_u32), pruning in pruning(), seed in 0..100_u64,
    ) {
        let shape = Shape::new(s, n, w, t).unwrap();
        let last = check_last_cut(&network(shape, seed), &pruning)?;
        if let Some(last) = last {
            let size = match pruning.protect {
                Protect::Ends | Protect::Two => w * w,
                Protect::Last | Protect::None => w,
            };
            prop_assert_eq!(last.edges().len() as u32, size);
        }
    }
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
    fn a_script_plays_what_a_run_cut(network in masked_network(), pruning in pruning()) {
        let run = Timeline::of(&network, &pruning);
        let cuts: Vec<u32> = run.events().filter(|event| !event.wasted).map(|event| event.edge).collect();
        let played = script(&network, &cuts);
        prop_assert_eq!(played.orphaned_at_start(), run.orphaned_at_start());
        prop_assert_eq!(played.len() as usize, cuts.len());
        prop_assert_eq!(played.destroyed_at().is_some(), run.destroyed_at().is_some());
        for (event, played) in run.events().filter(|event| !event.wasted).zip(played.events()) {
            prop_assert!(event.edge == played.edge && !played.wasted);
            // A rule that searches its lists finds the edges into a dead node in the same order of tails.
            prop_assert_eq!(event.orphaned, played.orphaned);
        }
        // What is gone already takes no step, wherever it stands; what follows the end is not played.
        let gone = run.events().flat_map(|event| event.orphaned.iter().copied().chain([event.edge, event.edge, u32::MAX]));
        let again: Vec<u32> = gone.collect();
        let twice: Vec<u32> = cuts.iter().flat_map(|&edge| [edge, edge, network.shape().edge_count()]).collect();
        prop_assert_eq!(&script(&network, &twice), &played);
        prop_assert_eq!(&script(&network, &[cuts, again].concat()), &played);
    }

    #[test]
    fn a_random_control_loses_as_many_edges_at_every_step(network in masked_network(), pruning in pruning(), seed in 0..1_000_u64) {
        let run = Timeline::of(&network, &pruning);
        let fates = Fates::of(network.mask(), &run);
        let control = random_control(&fates, pruning.protect, seed);
        prop_assert_eq!(&control, &random_control(&fates, pruning.protect, seed));
        let shape = *network.shape();
        prop_assert_eq!(control.len(), fates.len());
        let mut first_destroyed = None;
        for step in 0..=fates.len() {
            let (moment, of_run) = (Moment::at(&control, step), Moment::at(&fates, step));
            prop_assert_eq!(moment.tally().alive(), of_run.tally().alive());
            let per_source: Vec<Vec<Vec<Edge>>> = (0..shape.sources()).map(|s| paths(moment.mask(), s)).collect();
            if first_destroyed.is_none() && per_source.iter().any(Vec::is_empty) {
                first_destroyed = Some(step);
            }
            prop_assert_eq!(moment.destroyed(), first_destroyed.is_some());
            let mut on_path = vec![false; shape.edge_count() as usize];
            per_source.iter().flatten().flatten().for_each(|edge| on_path[shape.edge_id(*edge) as usize] = true);
            let mut tally = [0; 4];
            for (id, edge) in (0..).zip(shape.edges()) {
                let state = moment.edge_states()[id as usize];
                tally[state as usize] += 1;
                let alive = control.removed_at(id) > step;
                prop_assert_eq!(alive, moment.mask().keeps(edge));
                prop_assert_eq!(alive, matches!(state, EdgeState::OnTicket | EdgeState::Idle));
                prop_assert_eq!(state == EdgeState::OnTicket, on_path[id as usize] && !moment.destroyed());
                if fates.removed_at(id) == 0 {
                    prop_assert_eq!((control.removed_at(id), control.is_orphaned(id)), (0, fates.is_orphaned(id)));
                } else {
                    prop_assert!(!control.is_orphaned(id));
                    let could_go = pruning.protect.prunable(&shape).last().is_some_and(|last| edge.layer <= last);
                    prop_assert!(could_go || control.removed_at(id) == Fates::NEVER);
                }
            }
            let counted = moment.tally();
            prop_assert_eq!(tally, [counted.on_ticket, counted.idle, counted.cut, counted.orphaned]);
            for (id, &state) in (0..).zip(moment.node_states()) {
                let node = shape.node(id);
                let leads_on = !paths_from(moment.mask(), node.layer, node.index).is_empty();
                prop_assert_eq!(state == NodeState::Dead, !leads_on);
                let visited = |path: &Vec<Edge>| path.iter().any(|e| (e.layer, e.from) == (node.layer, node.index)
                    || (e.layer + 1, e.to) == (node.layer, node.index));
                let on_ticket = !moment.destroyed() && per_source.iter().flatten().any(visited);
                prop_assert_eq!(state == NodeState::OnTicket, on_ticket);
            }
        }
        prop_assert_eq!(control.destroyed_at(), first_destroyed);
    }

    #[test]
    fn tickets_through_a_place_are_counted(network in masked_network()) {
        let (mask, shape) = (network.mask(), network.shape());
        let per_source: Vec<Vec<Vec<Edge>>> = (0..shape.sources()).map(|s| paths(mask, s)).collect();
        let through = TicketsThrough::of(mask);
        let tickets: usize = per_source.iter().map(Vec::len).product();
        prop_assert_eq!(through.all().tickets(), BigUint::from(tickets));
        let check = |counted: Vec<BigUint>, in_all: BigUint, uses: &dyn Fn(&Edge) -> bool| {
            let using: Vec<usize> =
                per_source.iter().map(|paths| paths.iter().filter(|path| path.iter().any(uses)).count()).collect();
            prop_assert_eq!(counted, using.iter().map(|&paths| BigUint::from(paths)).collect::<Vec<_>>());
            // Tuple by tuple where they are few: a ticket uses the thing if one of its paths does.
            if tickets <= 3_000 {
                let mut tuples = vec![false];
                for paths in &per_source {
                    let each: Vec<bool> = paths.iter().map(|path| path.iter().any(uses)).collect();
                    tuples = tuples.iter().flat_map(|&used| each.iter().map(move |&now| used || now)).collect();
                }
                prop_assert_eq!(in_all, BigUint::from(tuples.iter().filter(|&&used| used).count()));
            }
            Ok(())
        };
        for (id, edge) in (0..).zip(shape.edges()) {
            check(through.paths_edge(id), through.edge(id), &|e| *e == edge)?;
        }
        for id in 0..shape.node_count() {
            let node = shape.node(id);
            let uses = |e: &Edge| (e.layer, e.from) == (node.layer, node.index) || (e.layer + 1, e.to) == (node.layer, node.index);
            check(through.paths_node(id), through.node(id), &uses)?;
        }
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

#[test]
fn a_random_control_is_uniform() {
    // Nine or more of the 30 edges that the run could lose are gone by some step: each in a third of all controls, within 6 standard errors.
    let shape = Shape::new(1, 4, 3, 1).unwrap();
    let network = network(shape, 2);
    let run = Timeline::of(&network, &Pruning::default());
    let fates = Fates::of(network.mask(), &run);
    let step =
        (0..=run.len()).find(|&step| Moment::at(&fates, step).tally().alive() <= shape.edge_count() - 9).unwrap();
    let gone = shape.edge_count() - Moment::at(&fates, step).tally().alive();
    let (candidates, rounds) = (30, 6_000);
    let mut counts = vec![0; shape.edge_count() as usize];
    for seed in 0..rounds {
        let control = random_control(&fates, Protect::Ends, seed);
        (0..shape.edge_count()).filter(|&id| control.removed_at(id) <= step).for_each(|id| counts[id as usize] += 1);
    }
    let share = f64::from(gone) / f64::from(candidates);
    let deviation = (rounds as f64 * share * (1.0 - share)).sqrt();
    for (id, &count) in counts.iter().enumerate() {
        let expected = if id < 30 { rounds as f64 * share } else { 0.0 };
        assert!((f64::from(count) - expected).abs() <= 6.0 * deviation, "edge {id}: {count}, expected {expected}");
    }
    let control = random_control(&fates, Protect::Ends, 1);
    let first: Vec<u32> = (0..shape.edge_count()).filter(|&id| control.removed_at(id) <= 3).collect();
    assert_eq!((first, control.destroyed_at()), (vec![16, 22, 27], Some(19)));
}

proptest! {
    /// One kernel used again and again, against a run of its own for every seed.
    #[test]
    fn trials_end_as_their_runs_do(network in masked_network(), pruning in pruning()) {
        let mut trials = Trials::new(&network, &pruning);
        for seed in (pruning.seed..pruning.seed + 6).chain([pruning.seed]) {
            let run = Timeline::of(&network, &Pruning { seed, ..pruning });
            prop_assert_eq!(trials.destroyed_at(seed), run.destroyed_at());
        }
    }
}

/// With the last layer prunable, lists are long when nodes die, and are written into rows: that must be taken back too.
#[test]
fn trials_of_wide_networks_end_as_their_runs_do() {
    let network = network(Shape::new(2, 4, 24, 1).unwrap(), 3);
    for (rule, protect) in
        [(Rule::Layer, Protect::None), (Rule::TwoChoices, Protect::None), (Rule::Edge, Protect::Last)]
    {
        for orphans in Orphans::ALL {
            let pruning = Pruning { rule, protect, orphans, seed: 0 };
            let mut trials = Trials::new(&network, &pruning);
            for seed in 0..40 {
                let run = Timeline::of(&network, &Pruning { seed, ..pruning });
                assert_eq!(trials.destroyed_at(seed), run.destroyed_at());
            }
        }
    }
}
