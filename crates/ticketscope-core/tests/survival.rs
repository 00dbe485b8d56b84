//! The exact survival curve against integer arithmetic, enumeration, simulation and its neighbours.

use num_bigint::{BigInt, BigUint};
use serde_json::Value;
use std::f64::consts::E;
use ticketscope_core::bounds::{BallsInBins, paper};
use ticketscope_core::counts::PathCounts;
use ticketscope_core::float;
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Orphans, Protect, Pruning, Rule, destroyed_at};
use ticketscope_core::shape::Shape;
use ticketscope_core::survival::{ExactCurve, Recurrence};

fn shape(sources: u32, hidden_layers: u32, width: u32, sinks: u32) -> Shape {
    Shape::new(sources, hidden_layers, width, sinks).unwrap()
}

fn curve(shape: &Shape, protect: Protect) -> ExactCurve {
    ExactCurve::of(shape, protect).unwrap()
}

fn choose(n: usize, k: usize) -> BigInt {
    if k > n {
        return BigInt::from(0);
    }
    (0..k).fold(BigInt::from(1), |product, i| product * (n - i) / (i + 1))
}

fn factorial(n: usize) -> BigInt {
    (1..=n).fold(BigInt::from(1), |product, i| product * i)
}

/// Sets of `kept` edges of a layer that leave exactly `living` tails when `live` heads live, by inclusion and exclusion.
fn kept_sets((tails, heads): (usize, usize), live: usize, living: usize, kept: usize) -> BigInt {
    let free = tails * (heads - live);
    let signed = (0..=living).map(|dead| {
        let ways = choose(living, dead) * choose((living - dead) * live + free, kept);
        if dead % 2 == 0 { ways } else { -ways }
    });
    choose(tails, living) * signed.sum::<BigInt>()
}

/// P(destroyed by k) as numerator and denominator, k = 0, 1, …, by whole numbers alone.
///
/// P(alive) = k!/mᵏ · Σ over splits of ∏ (kept sets that serve)·(B − kᵢ)!/B!.
fn in_whole_numbers(shape: &Shape, protect: Protect) -> Vec<(BigUint, BigUint)> {
    let prunable = protect.prunable(shape);
    let sources = *prunable.start() == 0;
    let layers: Vec<(usize, usize)> =
        prunable.rev().map(|layer| (shape.tails(layer) as usize, shape.heads(layer) as usize)).collect();
    // By the number of live nodes, then by k.
    let mut states = vec![vec![BigInt::from(0)]; layers[0].1 + 1];
    states[layers[0].1][0] = BigInt::from(1);
    for &(tails, heads) in &layers {
        let edges = tails * heads;
        let length = states[0].len() + edges - 1;
        let mut next = vec![vec![BigInt::from(0); length]; tails + 1];
        for (live, chances) in states.iter().enumerate().skip(1) {
            for (living, sums) in next.iter_mut().enumerate().skip(1) {
                for thrown in 0..edges {
                    let ways = kept_sets((tails, heads), live, living, edges - thrown) * factorial(edges - thrown);
                    for (k, chance) in chances.iter().enumerate() {
                        sums[k + thrown] += chance * &ways;
                    }
                }
            }
        }
        states = next;
    }
    let served = if sources { states.len() - 1 } else { 1 };
    let all: BigInt = layers.iter().map(|&(tails, heads)| factorial(tails * heads)).product();
    (0..states[0].len())
        .map(|k| {
            let alive: BigInt = states[served..].iter().map(|chances| &chances[k]).sum::<BigInt>() * factorial(k);
            let one = &all * BigInt::from(layers.len()).pow(k as u32);
            ((&one - alive).to_biguint().unwrap(), one.to_biguint().unwrap())
        })
        .collect()
}

/// The quotient to full precision, however small.
fn ratio(numerator: &BigUint, denominator: &BigUint) -> f64 {
    let shift = denominator.bits() + 64 - numerator.bits().min(denominator.bits());
    let digits = (numerator << shift) / denominator;
    let digits: f64 = digits.to_string().parse().unwrap();
    digits * float::pow(2.0, -(shift as f64))
}

#[test]
fn every_chance_keeps_its_relative_accuracy() {
    let mut worst = 0.0_f64;
    for (of, protect) in [
        (shape(1, 2, 4, 1), Protect::Ends),
        (shape(1, 5, 4, 1), Protect::Ends),
        (shape(2, 7, 3, 1), Protect::Ends),
        (shape(1, 5, 6, 1), Protect::Ends),
        (shape(1, 12, 2, 1), Protect::Ends),
        (shape(1, 5, 4, 1), Protect::Two),
        (shape(3, 4, 4, 1), Protect::Last),
        (shape(1, 4, 4, 2), Protect::None),
        (shape(2, 3, 4, 3), Protect::None),
        (shape(5, 1, 3, 1), Protect::Last),
    ] {
        let curve = curve(&of, protect);
        let exact = in_whole_numbers(&of, protect);
        assert_eq!(curve.certain_at(), exact.len() as u64);
        for (k, (numerator, denominator)) in exact.iter().enumerate() {
            let (got, want) = (curve.destroyed_by(k as u64), ratio(numerator, denominator));
            if want == 0.0 {
                assert_eq!(got, 0.0, "{of:?} {protect:?}, k = {k}");
            } else {
                worst = worst.max((got / want - 1.0).abs());
            }
        }
        assert_eq!(curve.destroyed_by(exact.len() as u64), 1.0);
    }
    assert!(worst < 1e-12, "relative error {worst}");
}

/// Every mask of the prunable layers, each with the chance that k throws leave it.
fn by_masks(shape: &Shape, protect: Protect, k: u32) -> f64 {
    let layers: Vec<u32> = protect.prunable(shape).collect();
    let edges: Vec<u32> = (0..shape.edge_count()).filter(|&edge| layers.contains(&shape.edge(edge).layer)).collect();
    let mut alive = 0.0;
    for code in 0..1_u32 << edges.len() {
        let gone = |edge: u32| edges.iter().position(|&prunable| prunable == edge).is_some_and(|i| code >> i & 1 == 1);
        if code.count_ones() != k {
            continue;
        }
        let mask = Mask::from_fn(*shape, |edge| !gone(edge));
        if PathCounts::of(&mask).tickets() == BigUint::from(0_u32) {
            continue;
        }
        let mut chance = factorial_ratio(k, layers.len() as u32);
        for &layer in &layers {
            let of = shape.edges_in(layer);
            let thrown = edges.iter().filter(|&&edge| shape.edge(edge).layer == layer && gone(edge)).count() as u32;
            // A share of 1/C(of, thrown), and 1/thrown! of the multinomial coefficient.
            chance *= (0..thrown).map(|i| 1.0 / f64::from(of - i)).product::<f64>();
        }
        alive += chance;
    }
    1.0 - alive
}

/// k!/mᵏ.
fn factorial_ratio(k: u32, layers: u32) -> f64 {
    (1..=k).map(|i| f64::from(i) / f64::from(layers)).product()
}

#[test]
fn every_mask_of_small_networks() {
    for (of, protect) in [
        (shape(1, 3, 2, 1), Protect::Ends),
        (shape(1, 4, 2, 1), Protect::Ends),
        (shape(2, 3, 2, 1), Protect::Last),
        (shape(1, 3, 2, 1), Protect::None),
        (shape(2, 2, 2, 2), Protect::None),
        (shape(1, 2, 3, 1), Protect::Last),
    ] {
        let curve = curve(&of, protect);
        for k in 0..curve.certain_at() as u32 {
            let (got, want) = (curve.destroyed_by(k.into()), by_masks(&of, protect, k));
            assert!((got - want).abs() < 1e-13, "{of:?} {protect:?}, k = {k}: {got} against {want}");
        }
    }
    assert!((curve(&shape(1, 3, 2, 1), Protect::Ends).destroyed_by(4) - 14.0 / 96.0).abs() < 1e-16);
}

/// Shares of 20,000 runs within 5.5 standard errors: over all comparisons a false alarm has a chance below 10⁻⁴.
#[test]
fn simulated_runs_follow_the_curve() {
    const TRIALS: u32 = 20_000;
    for (of, protect) in [
        (shape(1, 4, 5, 1), Protect::Ends),
        (shape(2, 8, 4, 1), Protect::Ends),
        (shape(1, 6, 4, 1), Protect::Two),
        (shape(3, 4, 4, 1), Protect::Last),
        (shape(2, 3, 4, 2), Protect::None),
    ] {
        let network = Network::from_weights(of, vec![1.0; of.edge_count() as usize]).unwrap();
        let curve = curve(&of, protect);
        let mut destroyed = vec![0_u32; curve.certain_at() as usize + 1];
        for seed in 1..=u64::from(TRIALS) {
            let pruning = Pruning { seed, protect, rule: Rule::Layer, orphans: Orphans::Count };
            let end = destroyed_at(&network, &pruning).unwrap() as usize;
            destroyed[end..].iter_mut().for_each(|count| *count += 1);
        }
        for (k, &count) in destroyed.iter().enumerate() {
            let (share, chance) = (f64::from(count) / f64::from(TRIALS), curve.destroyed_by(k as u64));
            let error = (chance * (1.0 - chance).max(0.0) / f64::from(TRIALS)).sqrt();
            // Where less than one run in all is expected, one is no alarm.
            let least = 1.5 / f64::from(TRIALS);
            assert!(
                (share - chance).abs() <= 5.5 * error + least,
                "{of:?} {protect:?}, k = {k}: {share}, chance {chance}"
            );
        }
    }
}

/// Between balls in bins and the paper's process, whose exact chains were computed elsewhere; they are the same where cutting an edge
/// orphans no prunable one.
#[test]
fn between_its_neighbours() {
    let data: Value = serde_json::from_str(include_str!("data/pruning.json")).unwrap();
    let (mut compared, mut equal) = (0, 0);
    for chain in data["chains"].as_array().unwrap().iter().filter(|chain| chain["rule"] == "layer") {
        let number = |key: &str| chain[key].as_u64().unwrap() as u32;
        let of = shape(number("sources"), number("hidden_layers"), number("width"), 1);
        let protect = *Protect::ALL.iter().find(|protect| chain["protect"] == protect.word()).unwrap();
        let (curve, bins) = (curve(&of, protect), BallsInBins::of_layers(&of, protect).unwrap());
        let one_layer = protect.prunable(&of).count() == 1;
        for (k, alive) in chain["alive_after"].as_array().unwrap().iter().enumerate() {
            let (got, skip) = (curve.destroyed_by(k as u64), 1.0 - alive.as_f64().unwrap());
            assert!(bins.tail(k as u64) <= got * (1.0 + 1e-12) && got <= skip + 1e-11, "{chain}, k = {k}: {got}");
            assert!(!one_layer || (got - skip).abs() < 1e-12);
        }
        compared += 1;
        equal += u32::from(one_layer);
    }
    assert!(compared >= 10 && equal >= 3, "{compared} chains, {equal} of one layer");
}

#[test]
fn out_of_reach_of_any_sampling() {
    let of = shape(1, 8, 10, 1);
    let (curve, bins) = (curve(&of, Protect::Ends), BallsInBins::of_layers(&of, Protect::Ends).unwrap());
    let k = paper(7, 100, E).unwrap().ceil() as u64 - 1;
    assert_eq!(k, 250);
    let (chance, tail) = (curve.destroyed_by(k), bins.tail(k));
    assert!((chance / 1.580_235_770_925_444_2e-22 - 1.0).abs() < 1e-9, "{chance}");
    assert!(chance > tail * (1.0 + 1e-6) && chance < tail * (1.0 + 1e-4), "{chance} against {tail}");
    // The curve is rising, and its largest safe k is where it passes 1/c.
    assert!((0..curve.certain_at()).all(|k| curve.destroyed_by(k) <= curve.destroyed_by(k + 1) * (1.0 + 1e-11)));
    let safe = curve.largest_safe(E);
    assert!(curve.destroyed_by(safe) <= 1.0 / E && curve.destroyed_by(safe + 1) > 1.0 / E);
    assert!(safe <= bins.largest_safe(E));
    assert_eq!(curve.largest_safe(1.0), 700);
}

#[test]
fn in_steps_with_progress() {
    assert!(Recurrence::new(&shape(1, 1, 5, 1), Protect::Ends).is_none());
    let of = shape(1, 5, 6, 1);
    let mut run = Recurrence::new(&of, Protect::Ends).unwrap();
    let (mut last, mut steps) = (run.progress(), 0);
    assert_eq!(last, 0.0);
    while !run.step() {
        let now = run.progress();
        assert!(now > last && now < 1.0, "{now} after {last}");
        (last, steps) = (now, steps + 1);
    }
    assert!(steps > 3);
    assert_eq!(run.finish(), ExactCurve::of(&of, Protect::Ends));
    assert_eq!(Recurrence::new(&of, Protect::Ends).unwrap().finish(), None);
}

/// Values of a program that shares nothing with this one: each layer's chances by inclusion and exclusion in whole numbers, the rest in
/// floats of 80 bits.
#[test]
fn far_tails_computed_elsewhere() {
    let of = |width, hidden_layers, points: &[(u64, f64)]| {
        let curve = curve(&shape(1, hidden_layers, width, 1), Protect::Ends);
        for &(k, want) in points {
            let got = curve.destroyed_by(k);
            assert!(
                (got / want - 1.0).abs() < 1e-12,
                "w = {width}, n = {hidden_layers}, k = {k}: {got} against {want}"
            );
        }
    };
    of(10, 8, &[(100, 2.164_183_285_665_297_5e-84), (150, 2.133_359_608_601_009_8e-47)]);
    of(10, 8, &[(250, 1.580_235_770_905_447e-22), (400, 7.848_981_447_415_402e-8)]);
    of(10, 8, &[(592, 0.357_744_979_971_600_15), (650, 0.995_409_764_338_873_3)]);
    of(20, 4, &[(400, 4.252_255_649_861_575e-191), (450, 6.329_536_707_292_249e-133)]);
    of(20, 4, &[(700, 1.246_775_059_462_924_2e-37), (1150, 0.512_884_466_871_640_8)]);
    of(12, 30, &[(480, 5.425_420_166_575_789e-89), (1100, 2.431_705_721_506_931_7e-40)]);
    of(12, 30, &[(2000, 1.471_545_929_890_319e-14), (3500, 0.550_549_158_888_214_9)]);
}
