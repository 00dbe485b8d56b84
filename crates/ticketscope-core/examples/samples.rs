//! How many independent samples a second, on one core: `cargo run --release -p ticketscope-core --example samples`.

#![allow(clippy::disallowed_methods, reason = "a benchmark has a clock")]

use std::time::Instant;
use ticketscope_core::law::{Law, ProductLaw, WeightLaw, alpha_at_resolution};
use ticketscope_core::sample::{CHUNK, Comparing, MAX_SAMPLES, Sampler, Sampling};
use ticketscope_core::stats::Histogram;

const STEP: u32 = 64;

fn main() {
    let samples = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(MAX_SAMPLES);
    for law in Law::ALL {
        let samples = if matches!(law, Law::Exact | Law::Normal) { samples / 20 } else { samples };
        let weights = WeightLaw::new(law, alpha_at_resolution(6, 0.02), 1.0, 6).expect("a law");
        let sampler = Sampler::new(&ProductLaw::new(weights, 1, 5), 1);
        let mut best = f64::MAX;
        let mut run = Sampling::new(sampler.clone(), samples, Histogram::new(-1.0, 1.0, 80)).expect("80 bins");
        let begin = Instant::now();
        loop {
            let start = Instant::now();
            let done = run.step(STEP);
            if done {
                break;
            }
            // The best step: on a busy machine the others measure its other guests.
            best = best.min(start.elapsed().as_secs_f64());
        }
        let seconds = begin.elapsed().as_secs_f64();
        let moments = run.tally().moments();
        let start = Instant::now();
        let mut comparing = Comparing::new(sampler, samples, 1.0);
        let distances = loop {
            if let Some(distances) = comparing.step(256) {
                break distances;
            }
        };
        println!(
            "{:8} {:6.1} million a second, {:6.1} at best; distances of {samples} in {:.2} s: {distances:?}; {moments:?}",
            law.word(),
            samples as f64 / seconds / 1e6,
            f64::from(STEP) * CHUNK as f64 / best / 1e6,
            start.elapsed().as_secs_f64(),
        );
    }
}
