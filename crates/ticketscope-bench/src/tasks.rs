//! The tasks. Each is what the page or the command line really does, and says how much work it is.

use crate::Work;
use crate::machine::Machine;
use ticketscope_core::bounds::BallsInBins;
use ticketscope_core::counts::{PathCounts, TicketsThrough};
use ticketscope_core::forward::Activation;
use ticketscope_core::law::{Law, ProductLaw, WeightLaw, alpha_at_resolution, alpha_flat};
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::path::{Cumulative, HalfProducts, Lit, Paths, Through};
use ticketscope_core::prune::{Fates, LastCut, Moment, Protect, Pruning, Rule, Timeline, Trials, random_control};
use ticketscope_core::sample::{Comparing, Sampler, Sampling};
use ticketscope_core::search::luck::Decider;
use ticketscope_core::search::path::{Halves, Usable};
use ticketscope_core::search::subset::best;
use ticketscope_core::seed::{Purpose, stream};
use ticketscope_core::shape::Shape;
use ticketscope_core::stats::Histogram;
use ticketscope_core::survival::ExactCurve;

/// Something that is timed.
#[derive(Debug, Clone, Copy)]
pub struct Task {
    /// Its name in files.
    pub id: &'static str,
    /// Its name in the table.
    pub title: &'static str,
    /// What the work is counted in.
    pub unit: &'static str,
    /// How many of these one run does.
    pub work: f64,
    /// How its speed is said.
    pub shown: Shown,
    /// What the machine allows, if that can be said.
    pub bound: Option<Bound>,
    /// Makes it ready.
    pub prepare: fn() -> Work,
}

/// How a speed is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Units of work a second.
    Rate,
    /// The time of one run.
    Time,
}

/// The least that a task costs by the method it uses: a lower bound on its time.
#[derive(Debug, Clone, Copy)]
pub struct Bound {
    /// In words.
    pub formula: &'static str,
    /// Seconds a run.
    pub seconds: fn(&Machine) -> f64,
}

/// Trials of a run of the luck tasks.
const LUCKY: u64 = 1000;

/// All tasks, in the order of the table.
pub const TASKS: &[Task] = &[
    Task {
        id: "prune-300",
        title: "prune to destruction, w = 300, n = 10, rule layer",
        unit: "edges",
        work: edges(1, 10, 300),
        shown: Shown::Rate,
        bound: Some(Bound {
            formula: "an edge: a word, a scattered count, a count, 12 bytes copied",
            seconds: |m| edges(1, 10, 300) * (1.0 / m.words + 1.0 / m.scattered + 1.0 / m.counts + 12.0 / m.copied),
        }),
        prepare: || prune(network(1, 10, 300), Rule::Layer),
    },
    Task {
        id: "prune-30",
        title: "prune to destruction, w = 30, n = 10, rule layer",
        unit: "edges",
        work: edges(1, 10, 30),
        shown: Shown::Rate,
        bound: Some(Bound {
            formula: "an edge: a word, two counts, 12 bytes copied",
            seconds: |m| edges(1, 10, 30) * (1.0 / m.words + 2.0 / m.counts + 12.0 / m.copied),
        }),
        prepare: || prune(network(1, 10, 30), Rule::Layer),
    },
    Task {
        id: "samples",
        title: "independent products, L = 6, law power, histogram and moments",
        unit: "samples",
        work: SAMPLES as f64,
        shown: Shown::Rate,
        bound: Some(Bound {
            formula: "a sample: six words of the lanes, a count",
            seconds: |m| SAMPLES as f64 * (6.0 / m.lane_words + 1.0 / m.counts),
        }),
        prepare: || samples(Law::Power),
    },
    Task {
        id: "samples-exact",
        title: "the same, law exact",
        unit: "samples",
        work: SAMPLES as f64,
        shown: Shown::Rate,
        bound: None,
        prepare: || samples(Law::Exact),
    },
    Task {
        id: "distances",
        title: "Kolmogorov–Smirnov distances of such a sample, law power",
        unit: "samples",
        work: SAMPLES as f64,
        shown: Shown::Rate,
        bound: None,
        prepare: distances,
    },
    Task {
        id: "all-paths",
        title: "all path products, w = 10, L = 8, histogram of 80 bins",
        unit: "paths",
        work: 1e7,
        shown: Shown::Rate,
        bound: Some(Bound {
            formula: "81 bin edges, for each 20,000 half-products passed: a count each",
            seconds: |m| 81.0 * 20_000.0 / m.counts,
        }),
        prepare: all_paths,
    },
    Task {
        id: "path-count",
        title: "exact path count, w = 100, n = 10, 90 % alive",
        unit: "counts",
        work: 1.0,
        shown: Shown::Time,
        bound: Some(Bound {
            formula: "29 additions a row of 100 heads by look-up, tables included: a count each",
            seconds: |m| 9.0 * 100.0 * 29.0 / m.counts,
        }),
        prepare: path_count,
    },
    Task {
        id: "moment",
        title: "the moment at a step, w = 100, n = 10",
        unit: "moments",
        work: 1.0,
        shown: Shown::Time,
        bound: Some(Bound {
            formula: "an edge: 6 bytes copied (its fate, how it went, its state)",
            seconds: |m| edges(1, 10, 100) * 6.0 / m.copied,
        }),
        prepare: moment,
    },
    Task {
        id: "fates",
        title: "the fates of all edges, w = 100, n = 10",
        unit: "fates",
        work: 1.0,
        shown: Shown::Time,
        bound: Some(Bound {
            formula: "an edge: 9 bytes copied, a count",
            seconds: |m| edges(1, 10, 100) * (9.0 / m.copied + 1.0 / m.counts),
        }),
        prepare: fates,
    },
    alone("lit", "a bin's paths of 10⁶, through every edge, w = 10, L = 7", lit),
    alone("last-cut", "what destroyed a network, w = 100, n = 10", last_cut),
    alone("control", "a random mask beside a run, w = 100, n = 10", control),
    alone("tickets-through", "exact tickets through an edge, w = 100, n = 10", tickets_through),
    alone("strongest", "the strongest path through an edge, w = 100, n = 10", strongest),
    alone("subset", "the best of the 2²⁰ subsets of 20 products", best_subset),
    alone("nearest-8", "nearest of 10⁷ paths, w = 10, L = 8, halves listed and sorted", || nearest(7)),
    alone("nearest-12", "nearest of 10¹¹ paths, w = 10, L = 12", || nearest(11)),
    Task {
        id: "lucky-linear",
        title: "lucky trials, w = 10, L = 5, linear, law exact",
        unit: "trials",
        work: LUCKY as f64,
        shown: Shown::Rate,
        bound: None,
        prepare: || lucky(Activation::Linear),
    },
    Task {
        id: "lucky-relu",
        title: "lucky trials, w = 10, L = 5, ReLU, law exact",
        unit: "trials",
        work: LUCKY as f64,
        shown: Shown::Rate,
        bound: None,
        prepare: || lucky(Activation::Relu),
    },
    weights("weights-uniform", "network of 2·10⁵ edges from a seed, law uniform", || weights_of(Law::Uniform)),
    weights("weights-power", "the same, law power", || weights_of(Law::Power)),
    weights("weights-exact", "the same, law exact", || weights_of(Law::Exact)),
    weights("weights-normal", "the same, law normal", || weights_of(Law::Normal)),
    weights("weights-sign", "the same, law sign", || weights_of(Law::Sign)),
    alone("alpha-flat", "α by flatness, L = 6, window 0.5", alpha),
    alone("balls-in-bins", "balls-in-bins curve, w = 10, n = 8", balls_in_bins),
    alone("exact-curve", "the exact survival curve, w = 10, n = 8", exact_curve),
    Task {
        id: "trials",
        title: "trials to destruction, w = 10, n = 8, rule layer",
        unit: "trials",
        work: 100.0,
        shown: Shown::Rate,
        bound: None,
        prepare: trials,
    },
    alone("synflow", "prune to destruction, w = 30, n = 6, rule synflow", || prune(network(1, 6, 30), Rule::Synflow)),
];

/// Samples a run.
const SAMPLES: u64 = 1 << 20;

/// A network's edges: S·w + (n − 1)·w² + w, one sink.
const fn edges(sources: u32, hidden_layers: u32, width: u32) -> f64 {
    (sources * width + (hidden_layers - 1) * width * width + width) as f64
}

const fn weights(id: &'static str, title: &'static str, prepare: fn() -> Work) -> Task {
    let bound = Some(Bound {
        formula: "a weight: eight words (three to hash its address, four to seed, one to draw), 8 bytes copied",
        seconds: |m| edges(1, 10, 149) * (8.0 / m.words + 8.0 / m.copied),
    });
    Task { id, title, unit: "weights", work: edges(1, 10, 149), shown: Shown::Rate, bound, prepare }
}

/// A task without a bound.
const fn alone(id: &'static str, title: &'static str, prepare: fn() -> Work) -> Task {
    Task { id, title, unit: "runs", work: 1.0, shown: Shown::Time, bound: None, prepare }
}

fn shape(sources: u32, hidden_layers: u32, width: u32) -> Shape {
    Shape::new(sources, hidden_layers, width, 1).expect("a shape within the limits")
}

fn law(law: Law, path_length: u32) -> WeightLaw {
    WeightLaw::new(law, alpha_at_resolution(path_length, 0.02), 1.0, path_length).expect("a law within the limits")
}

fn network(sources: u32, hidden_layers: u32, width: u32) -> Network {
    let shape = shape(sources, hidden_layers, width);
    Network::random(shape, &law(Law::Power, shape.path_length()), 1)
}

fn prune(network: Network, rule: Rule) -> Work {
    let mut seed = 0;
    Box::new(move || {
        seed += 1;
        let run = Timeline::of(&network, &Pruning { rule, seed, ..Pruning::default() });
        let last = run.event(run.len()).map_or(0, |event| event.edge);
        u64::from(run.len()) << 32 | u64::from(last)
    })
}

/// A hundred runs of which only the end is asked; their network lives as long as the program.
fn trials() -> Work {
    let network: &'static Network = Box::leak(Box::new(network(1, 8, 10)));
    let mut runs = Trials::new(network, &Pruning::default());
    let mut seed = 0;
    Box::new(move || {
        seed += 100;
        (seed..seed + 100).filter_map(|seed| runs.destroyed_at(seed)).map(u64::from).sum()
    })
}

fn sampler(which: Law, seed: u64) -> Sampler {
    Sampler::new(&ProductLaw::new(law(which, 6), 1, 5), seed)
}

fn samples(which: Law) -> Work {
    let mut seed = 0;
    Box::new(move || {
        seed += 1;
        let bins = Histogram::new(-1.0, 1.0, 80);
        let mut run = Sampling::new(sampler(which, seed), SAMPLES, bins).expect("few bins");
        while !run.step(64) {}
        run.tally().moments().kurtosis().to_bits() ^ run.tally().histogram.counts()[7]
    })
}

fn distances() -> Work {
    let mut seed = 0;
    Box::new(move || {
        seed += 1;
        let mut run = Comparing::new(sampler(Law::Power, seed), SAMPLES, 1.0);
        loop {
            if let Some(distances) = run.step(64) {
                return distances.theory.map_or(0, f64::to_bits);
            }
        }
    })
}

fn all_paths() -> Work {
    let network = network(1, 7, 10);
    Box::new(move || {
        let halves = HalfProducts::of(&network, network.mask(), 1 << 20).expect("20,000 half-products");
        let paths = Cumulative::new(&halves).expect("10⁷ paths");
        let mut check = 0_u64;
        for edge in 0..80 {
            check = check.rotate_left(1) ^ paths.below(-1.0 + f64::from(edge) * 2.0 / 80.0);
        }
        check.rotate_left(1) ^ paths.up_to(1.0)
    })
}

fn path_count() -> Work {
    let mut draws = stream(1, Purpose::Pruning);
    let mask = Mask::from_fn(shape(1, 10, 100), |_| draws.below(10) != 0);
    Box::new(move || PathCounts::of(&mask).per_source()[0].iter_u64_digits().sum())
}

/// A run, and its fates.
fn pruned() -> (Network, Timeline, Fates) {
    let network = network(1, 10, 100);
    let run = Timeline::of(&network, &Pruning::default());
    let fates = Fates::of(network.mask(), &run);
    (network, run, fates)
}

fn moment() -> Work {
    let (_, run, fates) = pruned();
    let mut step = 0;
    Box::new(move || {
        step = (step + 7919) % run.len();
        u64::from(Moment::at(&fates, step).tally().on_ticket)
    })
}

fn fates() -> Work {
    let (network, run, _) = pruned();
    Box::new(move || u64::from(Fates::of(network.mask(), &run).removed_at(12_345)))
}

fn lit() -> Work {
    let network = network(1, 6, 10);
    let mut bin = 0;
    Box::new(move || {
        bin = (bin + 1) % 80;
        let edge = |bin: u32| -1.0 + f64::from(bin) * 2.0 / 80.0;
        let lit =
            Lit::between(&network, network.mask(), edge(bin), edge(bin + 1), false, 1 << 20).expect("2,220 halves");
        lit.paths() << 32 | lit.through(33)
    })
}

fn last_cut() -> Work {
    let (_, _, fates) = pruned();
    Box::new(move || LastCut::of(&fates, Protect::Ends).map_or(0, |last| last.edges().len() as u64))
}

fn control() -> Work {
    let (_, _, fates) = pruned();
    let mut seed = 0;
    Box::new(move || {
        seed += 1;
        u64::from(random_control(&fates, Protect::Ends, seed).removed_at(12_345))
    })
}

fn tickets_through() -> Work {
    let mask = Mask::full(shape(2, 10, 100));
    let mut edge = 0;
    Box::new(move || {
        edge = (edge + 7919) % mask.shape().edge_count();
        TicketsThrough::of(&mask).edge(edge).iter_u64_digits().sum()
    })
}

fn strongest() -> Work {
    let network = network(1, 10, 100);
    let mut edge = 0;
    Box::new(move || {
        edge = (edge + 7919) % network.shape().edge_count();
        let paths = Paths::of(&network, network.mask());
        paths.strongest_through(Through::Edge(edge)).map_or(0, |path| path.product(&network).to_bits())
    })
}

fn lucky(activation: Activation) -> Work {
    let shape = shape(1, 4, 10);
    let law = law(Law::Exact, shape.path_length());
    let mut network = Network::random(shape, &law, 0);
    let mut decider = Decider::default();
    let mut seed = 0;
    Box::new(move || {
        (0..LUCKY).fold(0, |wins, _| {
            seed += 1;
            network.redraw(&law, seed);
            let held = decider.holds(&network, network.mask(), 0.5, 1e-4, activation);
            wins + u64::from(held == Ok(true))
        })
    })
}

fn nearest(hidden_layers: u32) -> Work {
    let network = network(1, hidden_layers, 10);
    Box::new(move || {
        let halves = Halves::of(&network, network.mask(), 0, Usable::Any);
        halves.ok().and_then(|halves| halves.nearest(0.5)).map_or(0, |near| near.error.to_bits())
    })
}

fn best_subset() -> Work {
    let mut draws = stream(1, Purpose::Products);
    Box::new(move || {
        let terms: Vec<f64> = (0..20).map(|_| 2.0 * draws.open_unit() - 1.0).collect();
        best(&terms, 0.5).map_or(0, |best| best.error.to_bits())
    })
}

fn weights_of(which: Law) -> Work {
    let shape = shape(1, 10, 149);
    let law = law(which, shape.path_length());
    let mut seed = 0;
    Box::new(move || {
        seed += 1;
        Network::random(shape, &law, seed).weights()[77_777].to_bits()
    })
}

fn alpha() -> Work {
    Box::new(|| alpha_flat(6, 0.5).to_bits())
}

fn balls_in_bins() -> Work {
    Box::new(|| BallsInBins::new(7, 100).map_or(0, |bins| bins.tail(400).to_bits()))
}

fn exact_curve() -> Work {
    let shape = shape(1, 8, 10);
    Box::new(move || ExactCurve::of(&shape, Protect::Ends).map_or(0, |curve| curve.destroyed_by(250).to_bits()))
}

/// The rates of the machine, then all tasks.
pub fn everything() -> impl Iterator<Item = &'static Task> {
    crate::machine::RATES.iter().chain(TASKS)
}
