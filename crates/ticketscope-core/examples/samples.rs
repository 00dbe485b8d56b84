//! How many independent samples a second, on one core: `cargo run --release -p ticketscope-core --example samples`.

use std::time::Instant;
use ticketscope_core::law::{Law, ProductLaw, WeightLaw, alpha_at_resolution};
use ticketscope_core::sample::{Comparing, MAX_SAMPLES, Sampler, Sampling};
use ticketscope_core::stats::Histogram;

fn main() {
    let samples = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(MAX_SAMPLES);
    for law in Law::ALL {
        let samples = if matches!(law, Law::Exact | Law::Normal) { samples / 20 } else { samples };
        let weights = WeightLaw::new(law, alpha_at_resolution(6, 0.02), 1.0, 6).expect("a law");
        let sampler = Sampler::new(&ProductLaw::new(weights, 1, 5), 1);
        let (mut best, mut moments) = (f64::MAX, None);
        for _ in 0..3 {
            let start = Instant::now();
            let mut run = Sampling::new(sampler.clone(), samples, Histogram::new(-1.0, 1.0, 80)).expect("80 bins");
            while !run.step(256) {}
            best = best.min(start.elapsed().as_secs_f64());
            moments = Some(run.tally().moments());
        }
        let start = Instant::now();
        let mut comparing = Comparing::new(sampler, samples, 1.0);
        let distances = loop {
            if let Some(distances) = comparing.step(256) {
                break distances;
            }
        };
        println!(
            "{:8} {:6.1} million a second; distances of {samples} in {:.2} s: {distances:?}; {moments:?}",
            law.word(),
            samples as f64 / best / 1e6,
            start.elapsed().as_secs_f64(),
        );
    }
}
