//! The pinned cases of `tests/digest/cases.csv`: what each asks for, and the digests that it must have on every target.

use ticketscope_core::bounds::{BallsInBins, lambert, paper};
use ticketscope_core::counts::{PathCounts, TicketsThrough};
use ticketscope_core::forward::{Activation, Forward};
use ticketscope_core::law::{Law, ProductLaw, WeightLaw, alpha_at_resolution, alpha_flat};
use ticketscope_core::network::Network;
use ticketscope_core::path::{Lit, Paths, Through};
use ticketscope_core::prune::{Fates, LastCut, Orphans, Protect, Pruning, Rule, Timeline, random_control};
use ticketscope_core::sample::{CHUNK, Sampler, Sampling};
use ticketscope_core::search::independence::{Chances, size_floor};
use ticketscope_core::search::luck::Decider;
use ticketscope_core::search::path::{Halves, Usable};
use ticketscope_core::search::subset::best;
use ticketscope_core::shape::Shape;
use ticketscope_core::stats::{Histogram, Moments, ks_uniform, sort};
use ticketscope_wasm::digest;
use ticketscope_wasm::products::{Wanted, of_paths};

/// The list itself, compiled in so that it is the same one wherever the test runs.
pub const CASES: &str = include_str!("../../../../tests/digest/cases.csv");

/// How many of a line's columns say what is asked; the rest are digests.
pub const ASKED: usize = 12;
/// How many digests a case has.
pub const DIGESTS: usize = 6;

/// Up to how many paths are listed one by one; of more, samples are drawn.
const LISTED: u32 = 20_000;
/// How many samples: more than one chunk of the sampler.
const SAMPLES: u32 = 5_000;

/// The lines after the header.
pub fn lines() -> impl Iterator<Item = &'static str> {
    CASES.lines().skip(1).filter(|line| !line.is_empty())
}

/// The columns of a line: what is asked, and the digests stored.
pub fn split(line: &str) -> (Vec<&str>, Vec<&str>) {
    let mut asked: Vec<&str> = line.split(',').collect();
    let stored = asked.split_off(ASKED);
    (asked, stored)
}

/// The digests of network, run, products half-way through the run, what is said of them, what theory says, and samples
/// of it.
pub fn digests(asked: &[&str]) -> [String; DIGESTS] {
    let [sources, hidden, width, sinks, law, alpha, scale, seed, rule, protect, orphans, prune_seed] = asked else {
        panic!("a case has {ASKED} columns: {asked:?}");
    };
    let shape = Shape::new(number(sources), number(hidden), number(width), number(sinks)).unwrap();
    let law = word(law, &Law::ALL, Law::word);
    let law = WeightLaw::new(law, number(alpha), number(scale), shape.path_length()).unwrap();
    let network = Network::random(shape, &law, number(seed));
    let pruning = Pruning {
        rule: word(rule, &Rule::ALL, Rule::word),
        protect: word(protect, &Protect::ALL, Protect::word),
        orphans: word(orphans, &Orphans::ALL, Orphans::word),
        seed: number(prune_seed),
    };
    let timeline = Timeline::of(&network, &pruning);
    let fates = Fates::of(network.mask(), &timeline);
    let mask = fates.mask_at(timeline.len() / 2);
    let few = PathCounts::of(&mask).per_source().iter().sum::<num_bigint::BigUint>() <= LISTED.into();
    let wanted = if few { Wanted::All } else { Wanted::Samples { count: SAMPLES, seed: pruning.seed } };
    let products = of_paths(&network, &mask, wanted).unwrap();
    let law = ProductLaw::new(law, shape.sources(), shape.width());
    let (samples, tally) = samples(&law, number(seed));
    [
        digest::network(&network),
        digest::run(&timeline, &fates),
        digest::floats(&products),
        digest::floats(&[said_of(&products, law.weights().scale()), tally].concat()),
        digest::floats(&theory(&shape, &law)),
        digest::floats(&samples),
    ]
    .map(|digest| digest.to_string())
}

/// Histogram, moments and distance of a list.
fn said_of(products: &[f64], scale: f64) -> Vec<f64> {
    let mut histogram = Histogram::new(-scale, scale, 80);
    histogram.add_all(products);
    let mut sorted = products.to_vec();
    sort(&mut sorted);
    let mut said = listed(&histogram, &Moments::of_sample(products));
    said.extend(ks_uniform(&sorted, 0.5 * scale));
    said
}

fn listed(histogram: &Histogram, moments: &Moments) -> Vec<f64> {
    let mut list: Vec<f64> = histogram.counts().iter().map(|&count| count as f64).collect();
    list.extend([histogram.below() as f64, histogram.above() as f64]);
    list.extend([moments.mean(), moments.variance(), moments.kurtosis()].map(canonical));
    list
}

/// Independent samples of a law, and histogram and moments of the same made without keeping them.
fn samples(law: &ProductLaw, seed: u64) -> (Vec<f64>, Vec<f64>) {
    let sampler = Sampler::new(law, seed);
    let mut samples = vec![0.0; SAMPLES as usize];
    samples.chunks_mut(CHUNK).enumerate().for_each(|(chunk, part)| sampler.fill(chunk as u32, part));
    let scale = law.weights().scale();
    let mut sampling = Sampling::new(sampler, u64::from(SAMPLES), Histogram::new(-scale, scale, 100)).unwrap();
    while !sampling.step(1) {}
    let tally = sampling.tally();
    (samples, listed(&tally.histogram, &tally.moments()))
}

/// The bounds of a shape, the closed forms of a law, and the two α's for its path length.
fn theory(shape: &Shape, law: &ProductLaw) -> Vec<f64> {
    let (scale, length) = (law.weights().scale(), law.weights().path_length());
    let mut numbers = vec![alpha_at_resolution(length, 0.02), alpha_flat(length, 1.0), law.kurtosis()];
    for i in -17..=17 {
        let z = scale * f64::from(i) / 16.0;
        numbers.extend([law.density(z), law.cdf(z)].map(|number| number.unwrap_or(f64::NAN)));
    }
    let (bins, size) = (shape.hidden_layers() - 1, u64::from(shape.width()) * u64::from(shape.width()));
    numbers.extend(paper(bins, size, std::f64::consts::E));
    numbers.extend(lambert(bins, size, std::f64::consts::E));
    numbers.extend(BallsInBins::new(bins, size).map(|model| model.largest_safe(std::f64::consts::E) as f64));
    numbers.extend(law.modes());
    numbers.extend(law.distance_from_uniform(0.5 * scale));
    numbers.extend(law.nearest_normal().into_iter().flat_map(|nearest| [nearest.sigma, nearest.distance]));
    numbers.into_iter().map(canonical).collect()
}

/// Targets differ in the bits of a NaN, which mean nothing.
fn canonical(number: f64) -> f64 {
    if number.is_nan() { f64::NAN } else { number }
}

fn number<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is no number of the right kind"))
}

fn word<T: Copy>(text: &str, all: &[T], name: fn(T) -> &'static str) -> T {
    all.iter().copied().find(|&item| name(item) == text).unwrap_or_else(|| panic!("{text:?} is no known word"))
}

/// What explains single numbers, over a few cases: forward passes, paths of a range, random controls, last cuts, counts through
/// places, best subsets. One digest of all.
#[allow(dead_code, reason = "the example that renews the list has no use for it")]
pub fn explained() -> String {
    let mut numbers = Vec::new();
    for (place, line) in lines().step_by(9).enumerate() {
        let (asked, _) = split(line);
        let shape = Shape::new(number(asked[0]), number(asked[1]), number(asked[2]), number(asked[3])).unwrap();
        let law =
            WeightLaw::new(word(asked[4], &Law::ALL, Law::word), number(asked[5]), 1.0, shape.path_length()).unwrap();
        let network = Network::random(shape, &law, number(asked[7]));
        let pruning = Pruning { protect: word(asked[9], &Protect::ALL, Protect::word), ..Pruning::default() };
        let fates = Fates::of(network.mask(), &Timeline::of(&network, &pruning));
        let mask = fates.mask_at(fates.len() / 3);
        let forward = Forward::of(&network, &mask, &[0.75, -0.5], Activation::ALL[place % 2]);
        numbers.extend((0..shape.node_count()).map(|node| forward.value(node)));
        if let Some(lit) = Lit::between(&network, &mask, 0.01, 0.2, false, 100_000) {
            numbers.extend((0..shape.edge_count()).map(|edge| lit.through(edge) as f64));
        }
        let control = random_control(&fates, pruning.protect, 7);
        numbers.extend((0..shape.edge_count()).map(|edge| f64::from(control.removed_at(edge))));
        numbers.extend(
            LastCut::of(&fates, pruning.protect).iter().flat_map(|last| last.edges()).map(|&edge| f64::from(edge)),
        );
        let paths = Paths::of(&network, &mask);
        for edge in (0..shape.edge_count()).step_by(5) {
            numbers.extend(paths.strongest_through(Through::Edge(edge)).map(|path| path.product(&network)));
            let tickets = TicketsThrough::of(&mask).edge(edge);
            numbers.extend(tickets.iter_u64_digits().map(|digit| (digit >> 11) as f64));
        }
        let terms: Vec<f64> =
            (0..17).filter_map(|rank| paths.path(rank * 3)).map(|path| path.product(&network)).collect();
        numbers.push(best(&terms, 0.4).unwrap().sum);
    }
    digest::floats(&numbers).to_string()
}

/// What [`explained`] must be.
#[allow(dead_code, reason = "the example that renews the list has no use for it")]
pub const EXPLAINED: &str = "411f38db766226bc";

/// Computes every case; returns how many there are.
#[allow(dead_code, reason = "the tests compare, the example that renews the list does not")]
pub fn check_all() -> usize {
    let differing: Vec<String> = lines()
        .filter_map(|line| {
            let (asked, stored) = split(line);
            let digests = digests(&asked);
            (digests[..] != stored[..]).then(|| format!("{line}\n  is now {}", digests.join(",")))
        })
        .collect();
    let all = lines().count();
    let renew = "if links may show other numbers from now on: cargo run -p ticketscope-wasm --example bless-digests";
    assert!(differing.is_empty(), "{} of {all} cases differ ({renew}):\n{}", differing.len(), differing.join("\n"));
    all
}

/// What [`searched`] must be.
#[allow(dead_code, reason = "the example that renews the list has no use for it")]
pub const SEARCHED: &str = "b863440eefc08a41";

/// The nearest paths and pairs, trials, and what independence predicts: one digest of all.
#[allow(dead_code, reason = "the example that renews the list has no use for it")]
pub fn searched() -> String {
    let mut numbers = Vec::new();
    for (hidden, width, activation) in
        [(1, 12, Activation::Linear), (4, 6, Activation::Linear), (9, 5, Activation::Linear), (3, 9, Activation::Relu)]
    {
        let shape = Shape::new(1, hidden, width, 1).unwrap();
        let law = WeightLaw::new(Law::Exact, 1.0, 1.5, shape.path_length()).unwrap();
        let mut network = Network::random(shape, &law, 1);
        let mut decider = Decider::default();
        for seed in 0..50 {
            network.redraw(&law, seed);
            let held = decider.holds(&network, network.mask(), 0.4, 0.01, activation);
            numbers.push(f64::from(u8::from(held.unwrap())));
            for usable in [Usable::Any, Usable::Positive, Usable::Negative] {
                let near = Halves::of(&network, network.mask(), 0, usable).unwrap().nearest(0.4);
                numbers.extend(near.iter().flat_map(|near| near.path.nodes.iter().map(|&node| f64::from(node))));
                numbers.extend(near.iter().map(|near| near.product));
            }
        }
        let product = ProductLaw::new(law, 1, width);
        for chances in [Chances::at(&product, 0.4, 0.01), Chances::uniform(&product, 0.01)].into_iter().flatten() {
            let chance = chances.predict(&shape, activation, 1.0);
            numbers.extend([chance.win, chance.fail]);
            numbers.extend(chances.effective_share(&shape, activation, 0.5));
        }
        numbers.extend(size_floor(&law, &shape, 0.4, 0.01));
    }
    digest::floats(&numbers).to_string()
}
