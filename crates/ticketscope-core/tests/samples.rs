//! Samples: the same whoever makes them, true to their law, counted and compared as plain code would.

use proptest::prelude::*;
use ticketscope_core::distance::{Distances, Search};
use ticketscope_core::law::{Law, ProductLaw, WeightLaw};
use ticketscope_core::sample::{CHUNK, Comparing, Sampler, Sampling, Tally, chunk_count};
use ticketscope_core::stats::{Histogram, Moments, ks_distance, ks_uniform, sort};

fn law(law: Law, alpha: f64, scale: f64, path_length: u32) -> ProductLaw {
    ProductLaw::new(WeightLaw::new(law, alpha, scale, path_length).unwrap(), 2, 5)
}

fn values(sampler: &Sampler, samples: usize) -> Vec<f64> {
    let mut all = vec![0.0; samples];
    for (chunk, values) in all.chunks_mut(CHUNK).enumerate() {
        sampler.fill(chunk as u32, values);
    }
    all
}

fn distances(sampler: &Sampler, samples: u64, window: f64) -> Distances {
    let mut comparing = Comparing::new(sampler.clone(), samples, window);
    loop {
        if let Some(distances) = comparing.step(1000) {
            return distances;
        }
    }
}

/// √n·D exceeds this with chance 2e^(−2·2.7²) = 9e-7 (Kolmogorov's distribution).
const CRITICAL: f64 = 2.7;

#[test]
fn samples_follow_their_law() {
    for (law, samples) in [
        (law(Law::Uniform, 1.0, 1.0, 1), 1_000_000),
        (law(Law::Uniform, 1.0, 1.0, 7), 1_000_000),
        (law(Law::Power, 0.44, 1.0, 6), 3_000_000),
        (law(Law::Power, 0.8, 2.5, 2), 1_000_000),
        (law(Law::Power, 0.12, 1e-6, 33), 1_000_000),
        (law(Law::Power, 6.0, 1e6, 4), 1_000_000),
        (law(Law::Exact, 1.0, 3.0, 5), 200_000),
        (law(Law::Sign, 1.0, 1.0, 6), 200_000),
    ] {
        let found = distances(&Sampler::new(&law, 7), samples, 0.3);
        let d = found.theory.unwrap() * (samples as f64).sqrt();
        assert!(d < CRITICAL, "{law:?}: √n·D = {d}");
        let mass = law.mass_within(0.3).unwrap();
        let error = (mass * (1.0 - mass) / samples as f64).sqrt();
        assert!(
            (found.share_in_window - mass).abs() <= 4.9 * error,
            "{law:?}: {} against {mass}",
            found.share_in_window
        );
    }
}

#[test]
fn normal_products_have_their_moments() {
    let law = law(Law::Normal, 1.0, 1.0, 2);
    let sample = values(&Sampler::new(&law, 3), 400_000);
    let moments = Moments::of_sample(&sample);
    // Var Z² = E Z⁴ − (E Z²)² = 8(E Z²)², so the sample's second moment has a relative standard error of √(8/n).
    let relative = moments.variance() / law.absolute_moment(2) - 1.0;
    assert!(relative.abs() < 4.9 * (8.0 / 400_000.0_f64).sqrt(), "{relative}");
    assert!((moments.kurtosis() - 9.0).abs() < 1.5, "{}", moments.kurtosis());
}

#[test]
fn samples_never_change() {
    let bits = |which| {
        let mut first = [0.0; 3];
        Sampler::new(&law(which, 0.44, 2.0, 6), 1).fill(5, &mut first);
        first.map(f64::to_bits)
    };
    let got = Law::ALL.map(bits);
    // Uniform, power, exact, normal, sign; a change here is a new version of the link format.
    let want = [
        [0x3f99_102b_f3b8_c3b3, 0xbf91_6752_3af3_b246, 0xbf16_bb8c_e2b9_a7ec],
        [0x3fd2_7112_5e42_ab80, 0xbfcf_6a38_419f_0da5, 0xbf98_a3e6_d6c2_2a1a],
        [0x3ff0_8b81_8275_5c12, 0xbfff_4f93_656f_fa6c, 0xbfe1_6949_73e7_1ec0],
        [0xbfa0_2b6f_833f_c910, 0xbfd2_3f8d_bdc8_5a0b, 0x3f34_acb4_a74c_8e9a],
        [0xc000_0000_0000_0000, 0x4000_0000_0000_0000, 0xc000_0000_0000_0000],
    ];
    assert_eq!(got, want, "{got:#x?}");
}

/// One word for a whole chunk of each law, so that every lane and cell counts.
#[test]
fn chunks_never_change() {
    let digest = |which| {
        let mut chunk = [0.0; CHUNK];
        Sampler::new(&law(which, 0.44, 2.0, 6), 1).fill(0, &mut chunk);
        chunk.iter().fold(0_u64, |sum, z| sum.rotate_left(5).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ z.to_bits())
    };
    let got = Law::ALL.map(digest);
    let want = [
        0x7e58_c387_cdea_cfe9,
        0x3dbf_c708_f067_480a,
        0x9496_64f0_439c_a79f,
        0x9eb8_b6c2_1f4c_4c53,
        0x8c59_7661_479c_5fae,
    ];
    assert_eq!(got, want, "{got:#x?}");
}

#[test]
fn a_chunk_begins_the_same_however_much_is_asked() {
    for which in Law::ALL {
        let sampler = Sampler::new(&law(which, 0.44, 1.0, 6), 9);
        let mut whole = vec![0.0; CHUNK];
        sampler.fill(3, &mut whole);
        for samples in [0, 1, 15, 16, 17, 100, 4095] {
            let mut part = vec![0.0; samples];
            sampler.fill(3, &mut part);
            assert_eq!(part, whole[..samples]);
        }
        let mut long = vec![0.0; CHUNK + 5];
        sampler.fill(3, &mut long);
        assert_eq!(long[..CHUNK], whole);
    }
}

#[test]
fn steps_and_shares_do_not_matter() {
    let samples = 50_001;
    for which in [Law::Power, Law::Normal] {
        let sampler = Sampler::new(&law(which, 0.44, 1.0, 6), 4);
        let bins = Histogram::new(-0.2, 0.2, 37);
        let mut whole = Sampling::new(sampler.clone(), samples, bins.clone()).unwrap();
        assert!(whole.step(u32::MAX));
        let mut slow = Sampling::new(sampler.clone(), samples, bins.clone()).unwrap();
        while !slow.step(1) {}
        assert_eq!(whole.tally(), slow.tally());
        let share = |chunks| {
            let mut run = Sampling::of_chunks(sampler.clone(), samples, bins.clone(), chunks).unwrap();
            while !run.step(2) {}
            run.tally().clone()
        };
        let joined = share(0..5).then(&share(5..6)).then(&share(6..chunk_count(samples)));
        assert_eq!(whole.tally(), &joined);
        // And as plain code has it.
        let all = values(&sampler, samples as usize);
        let mut plain = bins.clone();
        plain.add_all(&all);
        assert_eq!(joined.histogram, plain);
        assert_eq!(joined.moments(), Moments::of_sample(&all));
        assert_eq!(Tally::moments(&joined).count(), samples);
    }
}

#[test]
fn distances_are_those_of_the_sorted_sample() {
    for which in [Law::Uniform, Law::Power, Law::Exact] {
        for (samples, window) in
            [(1, 1.0), (2, 0.5), (1000, 0.7), (30_000, 1.0), (300_000, 1.0), (300_000, 1e-3), (300_000, 9.0)]
        {
            let law = law(which, 0.5, 1.3, 4);
            let sampler = Sampler::new(&law, samples as u64);
            let mut all = values(&sampler, samples);
            let found = distances(&sampler, samples as u64, window);
            sort(&mut all);
            assert_eq!(found.theory.unwrap(), ks_distance(&all, |z| law.cdf(z).unwrap()));
            assert_eq!(found.uniform, ks_uniform(&all, window));
        }
    }
}

proptest! {
    /// Values on a coarse grid: ties, zeros of both signs, cells shared and edges hit.
    #[test]
    fn search_finds_what_sorting_finds(grid in prop::collection::vec(-40_i32..=40, 1..300), window in 0.01..3.0_f64, fine in 0..3_usize) {
        let step = [1.0, 1e-3, 1e-6][fine] / 16.0;
        let mut sample: Vec<f64> = grid.iter().map(|&g| f64::from(g) * step).collect();
        sample.push(-0.0);
        // The search asks at ±∞ too, where the quotient alone is no number.
        let cdf = |z: f64| 0.5 + 0.5 * z.clamp(-1e300, 1e300) / (1.0 + z.abs().min(1e300));
        let mut search = Search::new(window, 1.0);
        let found = loop {
            search.take(&sample);
            if let Some(found) = search.end_pass(Some(&cdf)) {
                break found;
            }
        };
        sort(&mut sample);
        prop_assert_eq!(found.theory, Some(ks_distance(&sample, cdf)));
        prop_assert_eq!(found.uniform, ks_uniform(&sample, window));
    }
}

#[test]
fn nothing_to_compare() {
    let found = distances(&Sampler::new(&law(Law::Sign, 1.0, 1.0, 3), 1), 100, 0.5);
    assert_eq!(found.uniform, None);
    assert_eq!(found.share_in_window, 0.0);
    let empty = distances(&Sampler::new(&law(Law::Power, 1.0, 1.0, 3), 1), 0, 0.5);
    assert_eq!((empty.theory, empty.uniform), (None, None));
    assert!(empty.share_in_window.is_nan());
    let searched = Search::new(0.5, 1.0).end_pass(Some(&|z| f64::from(u8::from(z > 0.0)))).unwrap();
    assert_eq!((searched.theory, searched.uniform), (None, None));
}
