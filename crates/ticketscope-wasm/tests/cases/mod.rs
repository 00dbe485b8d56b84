//! The pinned cases of `tests/digest/cases.csv`: what each asks for, and the digests that it must have on every target.

use ticketscope_core::counts::PathCounts;
use ticketscope_core::law::{Law, WeightLaw};
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Fates, Orphans, Protect, Pruning, Rule, Timeline};
use ticketscope_core::shape::Shape;
use ticketscope_wasm::digest;
use ticketscope_wasm::products::{Wanted, of_paths};

/// The list itself, compiled in so that it is the same one wherever the test runs.
pub const CASES: &str = include_str!("../../../../tests/digest/cases.csv");

/// How many of a line's columns say what is asked; the rest are digests.
pub const ASKED: usize = 12;

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

/// The digests of network, run, and products half-way through the run.
pub fn digests(asked: &[&str]) -> [String; 3] {
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
    [digest::network(&network), digest::run(&timeline, &fates), digest::floats(&products)].map(|it| it.to_string())
}

fn number<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is no number of the right kind"))
}

fn word<T: Copy>(text: &str, all: &[T], name: fn(T) -> &'static str) -> T {
    all.iter().copied().find(|&item| name(item) == text).unwrap_or_else(|| panic!("{text:?} is no known word"))
}

/// Computes every case; returns how many there are.
#[allow(dead_code, reason = "the tests compare, the example that renews the list does not")]
pub fn check_all() -> usize {
    let differing: Vec<&str> = lines()
        .filter(|line| {
            let (asked, stored) = split(line);
            digests(&asked)[..] != stored[..]
        })
        .collect();
    assert!(differing.is_empty(), "{} cases differ from their digests:\n{}", differing.len(), differing.join("\n"));
    lines().count()
}
