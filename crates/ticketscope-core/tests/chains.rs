//! The pruning process against its exact Markov chains, and exact counts of given networks.
//!
//! `data/pruning.json` holds survival probabilities computed by an independent program in exact fractions.

use serde_json::Value;
use ticketscope_core::counts::{PathCounts, minimal_tickets};
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Orphans, Protect, Pruning, Rule, destroyed_at};
use ticketscope_core::shape::Shape;

const TRIALS: u32 = 100_000;

fn data() -> Value {
    serde_json::from_str(include_str!("data/pruning.json")).unwrap()
}

fn number(value: &Value, key: &str) -> u32 {
    value[key].as_u64().unwrap() as u32
}

/// Shares of seeds 1..=TRIALS whose network is not destroyed by k = 0, 1, …
fn simulated(shape: Shape, pruning: Pruning, steps: usize) -> Vec<f64> {
    let network = Network::from_weights(shape, vec![1.0; shape.edge_count() as usize]).unwrap();
    let mut alive = vec![0_u32; steps];
    for seed in 1..=TRIALS {
        let end = destroyed_at(&network, &Pruning { seed: seed.into(), ..pruning }).unwrap() as usize;
        alive[..end.min(steps)].iter_mut().for_each(|count| *count += 1);
    }
    alive.into_iter().map(|count| f64::from(count) / f64::from(TRIALS)).collect()
}

/// Each share within 5.5 standard errors of its chance: a false alarm has chance 4·10⁻⁸ a comparison, 10⁻⁵ over them all.
fn assert_shares(name: &str, shares: &[f64], chances: &[f64]) {
    for (k, (share, chance)) in shares.iter().zip(chances).enumerate() {
        let error = (chance * (1.0 - chance).max(0.0) / f64::from(TRIALS)).sqrt();
        assert!((share - chance).abs() <= 5.5 * error + 1e-12, "{name}: alive after {k} is {share}, chance {chance}");
    }
}

#[test]
fn every_rule_and_protection_follows_its_exact_chain() {
    let data = data();
    let chains = data["chains"].as_array().unwrap();
    assert_eq!(chains.len(), 24);
    for chain in chains {
        let shape =
            Shape::new(number(chain, "sources"), number(chain, "hidden_layers"), number(chain, "width"), 1).unwrap();
        let word = |key: &str| chain[key].as_str().unwrap();
        let rule = *Rule::ALL.iter().find(|rule| rule.word() == word("rule")).unwrap();
        let protect = *Protect::ALL.iter().find(|protect| protect.word() == word("protect")).unwrap();
        let chances: Vec<f64> = chain["alive_after"].as_array().unwrap().iter().map(|p| p.as_f64().unwrap()).collect();
        let shares = simulated(shape, Pruning { rule, protect, ..Pruning::default() }, chances.len());
        assert_shares(&format!("{shape:?} {rule:?} {protect:?}"), &shares, &chances);
    }
}

/// w = 2, n = 3: bins 12/96 ≤ `orphans=count` 14/96 ≤ `orphans=skip` 17/96 of being destroyed by k = 4.
#[test]
fn counting_orphans_destroys_later_than_skipping_them() {
    let shape = Shape::new(1, 3, 2, 1).unwrap();
    for (orphans, destroyed) in [(Orphans::Count, 14.0), (Orphans::Skip, 17.0)] {
        let shares = simulated(shape, Pruning { orphans, ..Pruning::default() }, 5);
        assert_shares(orphans.word(), &shares[4..], &[1.0 - destroyed / 96.0]);
    }
}

/// `orphans=count` by enumeration: every order of the edges of both layers and every sequence of layers, w = 2, n = 3.
#[test]
fn counting_orphans_matches_enumeration() {
    let mut destroyed = [0_u64; 9];
    let mut total = 0_u64;
    let orders = permutations();
    for first in &orders {
        for second in &orders {
            // Eight throws use up both layers; sequences that would draw from an emptied layer come after destruction.
            for sequence in 0..256_u32 {
                total += 1;
                let end = end_of(first, second, sequence);
                destroyed[end..].iter_mut().for_each(|count| *count += 1);
            }
        }
    }
    let chances: Vec<f64> = destroyed[..8].iter().map(|&d| 1.0 - d as f64 / total as f64).collect();
    assert!((chances[4] - (1.0 - 14.0 / 96.0)).abs() < 1e-12);
    let shape = Shape::new(1, 3, 2, 1).unwrap();
    let shares = simulated(shape, Pruning { orphans: Orphans::Count, ..Pruning::default() }, 8);
    assert_shares("count", &shares, &chances);
}

fn permutations() -> Vec<[usize; 4]> {
    let mut found = Vec::new();
    for code in 0..256_usize {
        let order = [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6 & 3];
        if (0..4).all(|edge| order.contains(&edge)) {
            found.push(order);
        }
    }
    found
}

/// The throw after which no path is left through two 2 × 2 layers; edge 2·from + to.
fn end_of(first: &[usize; 4], second: &[usize; 4], sequence: u32) -> usize {
    let (mut alive, mut next) = ([[true; 4]; 2], [0; 2]);
    for throw in 0..8 {
        let layer = (sequence >> throw & 1) as usize;
        let order = [first, second][layer];
        alive[layer][order[next[layer].min(3)]] = false;
        next[layer] += 1;
        let path = (0..4).any(|a| alive[0][a] && (0..2).any(|to| alive[1][2 * (a % 2) + to]));
        if !path {
            return throw + 1;
        }
    }
    8
}

#[test]
fn given_networks_have_the_given_counts() {
    for row in data()["pruned_networks"].as_array().unwrap() {
        let shape = Shape::new(number(row, "sources"), number(row, "hidden_layers"), number(row, "width"), 1).unwrap();
        let kept: Vec<bool> = row["mask"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|layer| layer.as_array().unwrap().iter().flat_map(|tail| tail.as_array().unwrap()))
            .map(|kept| kept.as_u64() == Some(1))
            .collect();
        let counts = PathCounts::of(&Mask::from_kept(shape, &kept).unwrap());
        let expected: Vec<String> = row["path_counts"].as_array().unwrap().iter().map(Value::to_string).collect();
        let found: Vec<String> = counts.per_source().iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
        assert_eq!(counts.tickets().to_string(), row["tickets"].to_string());
    }
    for row in data()["ticket_counts"].as_array().unwrap() {
        let shape = Shape::new(number(row, "sources"), number(row, "hidden_layers"), number(row, "width"), 1).unwrap();
        assert_eq!(PathCounts::of(&Mask::full(shape)).tickets().to_string(), row["tickets"].as_str().unwrap());
        assert_eq!(minimal_tickets(&shape).unwrap().to_string(), row["minimal"].as_str().unwrap());
    }
}
