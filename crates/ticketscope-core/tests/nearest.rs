//! The nearest path and the nearest pair, against plain enumeration, and the yes or no of a trial against both.

use ticketscope_core::forward::{Activation, Forward};
use ticketscope_core::law::{Law, WeightLaw};
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::path::{Path, Paths};
use ticketscope_core::search::luck::Decider;
use ticketscope_core::search::path::{Halves, Near, Pair, Paired, Usable, nearest_pair};
use ticketscope_core::seed::{Draws, Purpose, stream};
use ticketscope_core::shape::Shape;

/// Small networks of many kinds: few distinct weights (ties, zeros, units), and drawn ones; whole and masked.
fn networks(count: u64) -> impl Iterator<Item = (Network, Mask, f64)> {
    (0..count).map(|i| {
        let mut draws = stream(i, Purpose::Control);
        let shape = Shape::new(1, 1 + draws.below(4), 1 + draws.below(4), 1).unwrap();
        let few = [-1.0, -0.5, -0.0, 0.0, 0.25, 0.5, 1.0, 0.1, 1e-200, -3.0];
        let kinds = draws.below(3);
        let weight = |draws: &mut Draws| match kinds {
            0 => few[draws.below(few.len() as u32) as usize],
            1 => few[draws.below(4) as usize + 4],
            _ => 2.0 * draws.open_unit() - 0.7,
        };
        let weights = (0..shape.edge_count()).map(|_| weight(&mut draws)).collect();
        let keep = [4, 4, 3][draws.below(3) as usize];
        let kept: Vec<bool> = (0..shape.edge_count()).map(|_| draws.below(4) < keep).collect();
        let target = if draws.below(2) == 0 { few[draws.below(8) as usize] } else { 2.0 * draws.open_unit() - 1.0 };
        (Network::from_weights(shape, weights).unwrap(), Mask::from_kept(shape, &kept).unwrap(), target)
    })
}

fn all(network: &Network, mask: &Mask, target: f64, usable: Usable) -> Vec<Near> {
    let paths = Paths::of(network, mask);
    let list = (0..paths.count()).map(|rank| paths.path(rank).unwrap());
    let carries = |path: &Path| {
        let edges = path.edges(network.shape());
        let weights: Vec<f64> = edges[..edges.len() - 1].iter().map(|&id| network.weights()[id as usize]).collect();
        match usable {
            Usable::Any => true,
            Usable::Positive => weights.iter().all(|&w| w > 0.0),
            Usable::Negative => weights[0] < 0.0 && weights[1..].iter().all(|&w| w > 0.0),
        }
    };
    list.filter(carries)
        .map(|path| {
            let product = path.product(network);
            Near { path, product, error: (product - target).abs() }
        })
        .collect()
}

/// Of a list in lexicographic order.
fn first_nearest(list: &[Near]) -> Option<&Near> {
    list.iter().reduce(|best, near| if near.error < best.error { near } else { best })
}

fn best_pair(plus: &[Near], minus: &[Near]) -> Option<Pair> {
    let key = |pair: &Pair| (pair.error(), pair.positive.error.min(pair.negative.error));
    let pairs = plus.iter().flat_map(|a| minus.iter().map(move |b| Pair { positive: a.clone(), negative: b.clone() }));
    pairs
        .filter(|pair| !pair.positive.shares_a_node(&pair.negative))
        .reduce(|best, pair| if key(&pair) < key(&best) { pair } else { best })
}

#[test]
fn the_nearest_path_is_that_of_trying_all() {
    let (mut ties, mut none) = (0, 0);
    for (network, mask, target) in networks(6000) {
        for usable in [Usable::Any, Usable::Positive, Usable::Negative] {
            let list = all(&network, &mask, target, usable);
            let halves = Halves::of(&network, &mask, 0, usable).unwrap();
            assert_eq!(halves.path_count(), list.len() as u128);
            let (got, want) = (halves.nearest(target), first_nearest(&list));
            assert_eq!(got.as_ref(), want, "{network:?} {target}");
            let Some(best) = want else {
                none += 1;
                continue;
            };
            assert_eq!(best.product.to_bits(), got.unwrap().product.to_bits());
            ties += list.iter().filter(|near| near.error == best.error).count() - 1;
            let radius = 2.0 * best.error + 0.1;
            let mut within: Vec<Near> = list.iter().filter(|near| near.error <= radius).cloned().collect();
            within.sort_by(|a, b| a.error.total_cmp(&b.error).then_with(|| a.path.cmp(&b.path)));
            assert_eq!(halves.within(target, radius, usize::MAX).unwrap(), within);
            assert_eq!(halves.within(target, radius, within.len() - 1), None);
        }
    }
    assert!(ties > 5_000 && none > 1000, "{ties} ties, {none} without a path");
}

#[test]
fn the_nearest_pair_is_that_of_trying_all_and_the_masked_network_agrees() {
    let (mut pairs, mut parted) = (0, 0);
    for (network, mask, target) in networks(6000) {
        let [plus, minus] = [Usable::Positive, Usable::Negative].map(|usable| all(&network, &mask, target, usable));
        let [a, b] = [Usable::Positive, Usable::Negative].map(|usable| Halves::of(&network, &mask, 0, usable).unwrap());
        let want = best_pair(&plus, &minus);
        assert_eq!(nearest_pair(&a, &b, target, 1_000_000), Paired::Best(want.clone()));
        let Some(pair) = want else { continue };
        pairs += 1;
        parted += usize::from(first_nearest(&plus).unwrap().shares_a_node(first_nearest(&minus).unwrap()));
        // What the two paths alone make of 1 and of −1.
        let shape = *network.shape();
        let edges = [pair.positive.path.edges(&shape), pair.negative.path.edges(&shape)].concat();
        let ticket = Mask::from_fn(shape, |id| edges.contains(&id));
        for (x, near) in [(1.0, &pair.positive), (-1.0, &pair.negative)] {
            let output = Forward::of(&network, &ticket, &[x], Activation::Relu).outputs()[0];
            assert!((output - near.product * x).abs() <= 1e-12 * near.product.abs(), "{output} {near:?}");
        }
    }
    assert!(pairs > 500 && parted > 50, "{pairs} pairs, {parted} of which are not the two nearest paths");
}

#[test]
fn a_trial_decides_what_the_search_decides() {
    let mut decider = Decider::default();
    let mut wins = [0; 2];
    for (network, mask, target) in networks(6000) {
        for epsilon in [1e-3, 0.05, 0.3] {
            let best = first_nearest(&all(&network, &mask, target, Usable::Any)).map(|near| near.error);
            let linear = best.is_some_and(|error| error <= epsilon);
            let holds = |decider: &mut Decider, how| decider.holds(&network, &mask, target, epsilon, how).unwrap();
            assert_eq!(holds(&mut decider, Activation::Linear), linear);
            let [plus, minus] = [Usable::Positive, Usable::Negative].map(|usable| all(&network, &mask, target, usable));
            let relu = best_pair(&plus, &minus).is_some_and(|pair| pair.error() <= epsilon);
            assert_eq!(holds(&mut decider, Activation::Relu), relu);
            wins[0] += usize::from(linear);
            wins[1] += usize::from(relu);
        }
    }
    assert!(wins[0] > 1000 && wins[1] > 200, "{wins:?}");
}

/// Looking at all paths and meeting in the middle decide alike.
#[test]
fn few_paths_are_decided_as_many_are() {
    let mut decider = Decider::default();
    let mut wins = 0;
    for seed in 0..200 {
        let shape = Shape::new(1, 5, 5, 1).unwrap();
        let network = Network::random(shape, &WeightLaw::new(Law::Exact, 1.0, 1.0, 6).unwrap(), seed);
        let nearest = Halves::of(&network, network.mask(), 0, Usable::Any).unwrap().nearest(0.3).unwrap();
        let holds = decider.holds(&network, network.mask(), 0.3, 1e-4, Activation::Linear).unwrap();
        assert_eq!(holds, nearest.error <= 1e-4);
        wins += usize::from(holds);
    }
    assert!((20..180).contains(&wins), "{wins}");
}

/// Three hidden layers of two nodes, worked out by hand: six decimals, products to twelve.
#[test]
fn a_network_worked_out_by_hand() {
    let layers = [-0.528736, -0.958229, -0.999983, -0.987788, -0.722306, 0.998577];
    let rest = [0.994901, -0.724669, -0.981893, -0.948294, -0.952243, -0.936047];
    let shape = Shape::new(1, 3, 2, 1).unwrap();
    let network = Network::from_weights(shape, [layers, rest].concat()).unwrap();
    let near = Halves::of(&network, network.mask(), 0, Usable::Any).unwrap().nearest(0.3).unwrap();
    assert_eq!(near.path.nodes, [0, 0, 0, 1, 0]);
    assert!((near.error - 0.05864835005547592).abs() < 1e-12);
    assert_eq!(Halves::of(&network, network.mask(), 0, Usable::Positive).unwrap().path_count(), 0);
}

#[test]
fn a_hundred_billion_paths() {
    let shape = Shape::new(1, 11, 10, 1).unwrap();
    let network = Network::random(shape, &WeightLaw::new(Law::Exact, 1.0, 1.0, 12).unwrap(), 1);
    let halves = Halves::of(&network, network.mask(), 0, Usable::Any).unwrap();
    assert_eq!(halves.path_count(), 100_000_000_000);
    let near = halves.nearest(0.5).unwrap();
    assert_eq!(near.product, near.path.product(&network));
    // The gap between neighbours is about 2·10⁻¹¹ and more where paths resemble one another.
    assert!(near.error < 1e-9, "{near:?}");
    assert!(
        Halves::of(
            &Network::random(Shape::new(1, 32, 512, 1).unwrap(), &WeightLaw::new(Law::Sign, 1.0, 1.0, 33).unwrap(), 1),
            &Mask::full(Shape::new(1, 32, 512, 1).unwrap()),
            0,
            Usable::Any
        )
        .is_err()
    );
}
