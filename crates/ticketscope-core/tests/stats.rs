//! Histograms, moments, distances and intervals against plain re-computations.

use proptest::prelude::*;
use ticketscope_core::float;
use ticketscope_core::seed::{Purpose, stream};
use ticketscope_core::stats::{Histogram, Moments, Z_95, ks_distance, ks_uniform, sort, wilson};

proptest! {
    /// The rule of the bins, edge by edge: e_i ≤ z < e_{i+1}, the last closed.
    #[test]
    fn edges_decide(low in -1e6..1e6_f64, span in 1e-6..1e6_f64, bins in 1_u32..=1000, pick in 0_u32..1000) {
        let high = low + span;
        let mut histogram = Histogram::new(low, high, bins);
        let edge = |i: u32| if i == bins { high } else { low + f64::from(i) * (high - low) / f64::from(bins) };
        let i = pick % bins;
        let count = |h: &Histogram, i: u32| h.counts()[i as usize];
        // Bins narrower than a rounding error have no inside; the edges still ascend.
        prop_assume!(edge(i) < edge(i + 1));
        histogram.add(edge(i));
        prop_assert_eq!(count(&histogram, i), 1);
        histogram.add(edge(i + 1).next_down());
        prop_assert_eq!(count(&histogram, i), 2);
        histogram.add(edge(i + 1));
        prop_assert_eq!(count(&histogram, i), if i + 1 == bins { 3 } else { 2 });
        histogram.add(high.next_up());
        histogram.add(low.next_down());
        histogram.add(f64::NAN);
        prop_assert_eq!((histogram.below(), histogram.above(), histogram.total()), (1, 2, 6));
    }

    #[test]
    fn pieces_join_to_the_whole(sample in prop::collection::vec(-3.0..5.0_f64, 1..400), cut in 0_usize..400) {
        let cut = cut.min(sample.len());
        let whole = Moments::of(&sample);
        let joined = Moments::of(&sample[..cut]).then(Moments::of(&sample[cut..]));
        let n = sample.len() as f64;
        let mean = sample.iter().sum::<f64>() / n;
        let variance = sample.iter().map(|z| (z - mean) * (z - mean)).sum::<f64>() / n;
        let fourth = sample.iter().map(|z| (z - mean) * (z - mean)).map(|square| square * square).sum::<f64>() / n;
        for moments in [whole, joined] {
            prop_assert_eq!(moments.count(), sample.len() as u64);
            prop_assert!((moments.mean() - mean).abs() < 1e-13);
            prop_assert!((moments.variance() - variance).abs() < 1e-12);
            if variance > 1e-3 {
                prop_assert!((moments.kurtosis() - fourth / (variance * variance)).abs() < 1e-9);
            }
        }
    }

    /// Against every gap there is.
    #[test]
    fn distances_miss_no_gap(mut sample in prop::collection::vec(-1.0..1.0_f64, 1..500), power in 0.2..3.0_f64) {
        sort(&mut sample);
        let cdf = |z: f64| float::pow(0.5 + 0.5 * z, power);
        let n = sample.len() as f64;
        let gaps = sample.iter().enumerate().map(|(i, &z)| (cdf(z) - i as f64 / n).max((i as f64 + 1.0) / n - cdf(z)));
        prop_assert_eq!(ks_distance(&sample, cdf), gaps.fold(0.0, f64::max));
    }

    #[test]
    fn wilson_solves_its_equation(hits in 0_u64..1000, misses in 0_u64..1000) {
        prop_assume!(hits + misses > 0);
        let n = (hits + misses) as f64;
        let interval = wilson(hits, hits + misses).unwrap();
        prop_assert!(0.0 <= interval.low && interval.low <= interval.p && interval.p <= interval.high && interval.high <= 1.0);
        // The ends are where the observed share stands 1.96 standard errors away.
        for (end, applies) in [(interval.low, hits > 0), (interval.high, misses > 0)] {
            if applies {
                let errors = (interval.p - end).abs() / (end * (1.0 - end) / n).sqrt();
                prop_assert!((errors - Z_95).abs() < 1e-9);
            }
        }
    }
}

#[test]
fn the_constant_of_the_interval() {
    assert!((0.5 * float::erfc(Z_95 / 2_f64.sqrt()) - 0.025).abs() < 1e-16);
}

#[test]
fn ends_of_the_interval() {
    assert_eq!(wilson(0, 0), None);
    assert_eq!(wilson(3, 2), None);
    assert_eq!(wilson(0, 10).unwrap().low, 0.0);
    assert_eq!(wilson(10, 10).unwrap().high, 1.0);
}

#[test]
fn histograms_join() {
    let mut a = Histogram::new(-1.0, 1.0, 7);
    let mut b = a.clone();
    let mut both = a.clone();
    a.add_all(&[0.1, -2.0, 0.9]);
    b.add_all(&[0.1, 3.0, -1.0]);
    both.add_all(&[0.1, -2.0, 0.9, 0.1, 3.0, -1.0]);
    a.merge(&b);
    assert_eq!(a, both);
}

#[test]
fn constant_samples_have_no_variance() {
    let moments = Moments::of_sample(&[0.1; 10_000]);
    // The rounded mean of equal values is not quite the value: 10⁻³² of variance, where a sum of squares would leave 10⁻¹⁷.
    assert!(moments.variance() < 1e-30, "{}", moments.variance());
    assert!(Moments::default().mean().is_nan());
    assert!(Moments::of(&[2.0]).kurtosis().is_nan());
}

#[test]
fn distances_of_small_samples_by_hand() {
    // Uniform on [0, 1] against {0.2, 0.7}: the largest gap is 0.7 − 0.5 … and 0.5 − 0.2, 1 − 0.7.
    assert!((ks_distance(&[0.2, 0.7], |z| z) - 0.3).abs() < 1e-15);
    assert_eq!(ks_distance(&[], |z| z), 0.0);
    assert_eq!(ks_uniform(&[-3.0, 2.0], 1.0), None);
    // Given |z| ≤ 1 there are two values: F = 0.25 and 0.75.
    let mut sample = [0.5, -7.0, -0.5, 9.0];
    sort(&mut sample);
    assert!((ks_uniform(&sample, 1.0).unwrap() - 0.25).abs() < 1e-15);
}

#[test]
fn sorting_is_total() {
    let mut stream = stream(3, Purpose::Products);
    let mut sample: Vec<f64> = (0..100_000).map(|_| f64::from_bits(stream.next_u64())).collect();
    sample.extend([0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN]);
    let mut want = sample.clone();
    want.sort_by(f64::total_cmp);
    sort(&mut sample);
    assert!(sample.iter().zip(&want).all(|(a, b)| a.to_bits() == b.to_bits()));
}
