//! The bounds against values computed elsewhere, and against all ways to throw a few balls.

use serde_json::Value;
use ticketscope_core::bounds::{BallsInBins, lambert, minus_w0_below_branch, paper};
use ticketscope_core::float;
use ticketscope_core::prune::Protect;
use ticketscope_core::shape::Shape;

fn reference(section: &str) -> (f64, Vec<Value>) {
    let data: Value = serde_json::from_str(include_str!("data/bounds.json")).unwrap();
    let section = &data[section];
    let rows = section["rows"].as_array().unwrap().clone();
    assert!(!rows.is_empty());
    (section["tol_rel"].as_f64().unwrap(), rows)
}

fn close(got: f64, want: &Value, relative: f64, row: &Value) {
    let want = want.as_f64().unwrap();
    assert!((got - want).abs() <= relative * want.abs(), "{got} against {want}: {row}");
}

#[test]
fn tails() {
    let (tolerance, rows) = reference("bins");
    for row in &rows {
        let at = |key: &str| row[key].as_u64().unwrap();
        let bins = BallsInBins::new(at("m") as u32, at("B")).unwrap();
        close(bins.tail(at("k")), &row["tail"], tolerance, row);
    }
}

#[test]
fn safe_numbers_of_cuts() {
    let (tolerance, rows) = reference("safe_k");
    for row in &rows {
        let c = row["c"].as_str().map(|c| if c == "e" { std::f64::consts::E } else { c.parse().unwrap() }).unwrap();
        let edges = row["w"].as_u64().unwrap().pow(2);
        let n = row["n"].as_u64().unwrap() as u32;
        close(paper(n - 1, edges, c).unwrap(), &row["paper_slr"], tolerance, row);
        close(paper(n - 2, edges, c).unwrap(), &row["paper_mlr"], tolerance, row);
        close(lambert(n - 1, edges, c).unwrap(), &row["chernoff_slr"], tolerance, row);
        let bins = BallsInBins::new(n - 1, edges).unwrap();
        assert_eq!(bins.largest_safe(c), row["bins_exact_k"].as_u64().unwrap(), "{row}");
    }
}

/// How many of the mᵏ ways to throw k balls leave some of m bins with at least `size`.
fn ways(bins: u32, size: u64, k: u32) -> u64 {
    (0..u64::from(bins).pow(k))
        .filter(|&code| {
            let mut counts = vec![0; bins as usize];
            let mut rest = code;
            for _ in 0..k {
                counts[(rest % u64::from(bins)) as usize] += 1;
                rest /= u64::from(bins);
            }
            counts.iter().any(|&count| count >= size)
        })
        .count() as u64
}

#[test]
fn every_way_to_throw_a_few_balls() {
    for (bins, size) in [(1, 1), (1, 3), (2, 1), (2, 2), (2, 4), (3, 1), (3, 2), (3, 3), (4, 2), (5, 2), (4, 3)] {
        let model = BallsInBins::new(bins, size).unwrap();
        for k in 0..=9_u32 {
            let all = u64::from(bins).pow(k) as f64;
            let share = ways(bins, size, k) as f64 / all;
            let tail = model.tail(u64::from(k));
            assert!((tail - share).abs() <= 1e-14, "m = {bins}, B = {size}, k = {k}: {tail} against {share}");
        }
    }
}

#[test]
fn bins_of_several_sizes() {
    let cases: [&[u64]; 7] = [&[1, 3], &[2, 4, 4], &[3, 2, 2, 2], &[2, 3, 3, 4], &[1, 1, 3], &[5, 2], &[2, 2, 4, 4, 4]];
    for sizes in cases {
        let groups: Vec<(u32, u64)> = sizes.iter().map(|&size| (1, size)).collect();
        let model = BallsInBins::of_sizes(&groups).unwrap();
        // Equal sizes given one by one, or counted together, are the same bins.
        let mut counted: Vec<(u32, u64)> = Vec::new();
        for &size in sizes {
            match counted.iter_mut().find(|group| group.1 == size) {
                Some(group) => group.0 += 1,
                None => counted.push((1, size)),
            }
        }
        let together = BallsInBins::of_sizes(&counted).unwrap();
        let bins = sizes.len() as u64;
        for k in 0..=8_u32 {
            let full = (0..bins.pow(k)).filter(|&code| {
                let mut counts = vec![0; sizes.len()];
                (0..k).for_each(|throw| counts[(code / bins.pow(throw) % bins) as usize] += 1);
                counts.iter().zip(sizes).any(|(count, size)| count >= size)
            });
            let share = full.count() as f64 / bins.pow(k) as f64;
            for model in [&model, &together] {
                let tail = model.tail(u64::from(k));
                assert!((tail - share).abs() <= 1e-14, "{sizes:?}, k = {k}: {tail} against {share}");
            }
        }
        assert_eq!(together.largest_safe(1.0), sizes.iter().sum::<u64>());
    }
    assert!(BallsInBins::of_sizes(&[(1, 3), (2, 0)]).is_none());
    assert!(BallsInBins::of_sizes(&[]).is_none());
}

#[test]
fn layers_are_bins_of_their_own_sizes() {
    let shape = Shape::new(3, 4, 5, 2).unwrap();
    for (protect, sizes) in [
        (Protect::Ends, &[(3, 25)][..]),
        (Protect::Two, &[(2, 25)]),
        (Protect::Last, &[(1, 15), (3, 25)]),
        (Protect::None, &[(1, 15), (3, 25), (1, 10)]),
    ] {
        let (layers, bins) = (BallsInBins::of_layers(&shape, protect).unwrap(), BallsInBins::of_sizes(sizes).unwrap());
        assert!((0..100).all(|k| layers.tail(k) == bins.tail(k)), "{protect:?}");
    }
    assert!(BallsInBins::of_layers(&Shape::new(1, 1, 5, 1).unwrap(), Protect::Ends).is_none());
}

/// A small bin beside many large ones fills long before they do: its own binomial tail is the whole answer.
#[test]
fn a_small_bin_decides() {
    let model = BallsInBins::of_sizes(&[(1, 512), (31, 512 * 512)]).unwrap();
    for k in [8_000, 14_000, 16_384, 18_000] {
        let alone = binomial_tail(k, 1.0 / 32.0, 512);
        assert!((model.tail(k) / alone - 1.0).abs() < 1e-9, "{k}: {} against {alone}", model.tail(k));
    }
}

#[test]
fn the_largest_layers() {
    let (bins, size) = (31, 512 * 512);
    let model = BallsInBins::new(bins, size).unwrap();
    let safe = model.largest_safe(std::f64::consts::E);
    assert!(model.tail(safe) <= 1.0 / std::f64::consts::E && model.tail(safe + 1) > 1.0 / std::f64::consts::E);
    // Between the closed form, which is safe in the model, and the mean number of balls in a full bin.
    let closed = lambert(bins, size, std::f64::consts::E).unwrap();
    assert!(closed < safe as f64 && safe < u64::from(bins) * size, "{closed} against {safe}");
    // Where it is small the tail is the union over bins of binomial tails, to a relative T.
    let k = safe - 60_000;
    let union = f64::from(bins) * binomial_tail(k, 1.0 / f64::from(bins), size);
    assert!(union < 1e-3 && (model.tail(k) / union - 1.0).abs() < union, "{} against {union}", model.tail(k));
    assert_eq!(model.tail(u64::from(bins) * (size - 1) + 1), 1.0);
}

/// P(Bin(n, p) ≥ x) by the statistics crate's incomplete beta function.
fn binomial_tail(n: u64, p: f64, x: u64) -> f64 {
    statrs::function::beta::beta_reg(x as f64, (n - x + 1) as f64, p)
}

#[test]
fn tails_rise_to_one() {
    for (bins, size) in [(2_u32, 4_u64), (7, 25), (11, 100), (31, 64)] {
        let model = BallsInBins::new(bins, size).unwrap();
        let end = u64::from(bins) * size;
        let mut last = 0.0;
        for k in 0..=end {
            let tail = model.tail(k);
            assert!(tail >= last && tail <= 1.0);
            last = tail;
        }
        assert_eq!(model.tail(size - 1), 0.0);
        // With m(B − 1) balls the one way out is B − 1 in each bin: k!/((B − 1)!ᵐ mᵏ).
        let k = f64::from(bins) * (size - 1) as f64;
        let ln =
            float::ln_gamma(k + 1.0) - f64::from(bins) * float::ln_gamma(size as f64) - k * float::ln(f64::from(bins));
        let last = model.tail(u64::from(bins) * (size - 1));
        assert!((1.0 - last - float::exp(ln)).abs() < 1e-11, "{last}");
        assert_eq!(model.largest_safe(1.0), end);
    }
}

#[test]
fn lambert_function() {
    // W₀(−0.1), and the branch point's series f = 1 − √(2δ) + 2δ/3 − …
    let delta = -1.0 - float::ln(0.1);
    assert!((minus_w0_below_branch(delta) - 0.111_832_559_158_962_97).abs() < 1e-15);
    assert!((minus_w0_below_branch(1e-12) - (1.0 - 2e-12_f64.sqrt() + 2e-12 / 3.0)).abs() < 1e-15);
    assert_eq!(minus_w0_below_branch(0.0), 1.0);
    for i in 1..400 {
        let delta = float::exp(f64::from(i) * 0.1 - 30.0);
        if delta < 700.0 {
            let f = minus_w0_below_branch(delta);
            // f·e^(1−f) = e^(−δ).
            let back = f - 1.0 - float::ln(f);
            assert!((back - delta).abs() <= 1e-13 * delta.max(1e-3), "δ = {delta}: f = {f}, back {back}");
        }
    }
}

#[test]
fn a_tail_of_exactly_the_chance_is_safe() {
    // Two bins of four: 1/8 after four balls; two of two: 1/2 after two; three of two: 1/3 after two.
    for (bins, size, confidence, safe) in
        [(2, 4, 8.0, 4), (2, 2, 2.0, 2), (3, 2, 3.0, 2), (5, 2, 5.0, 2), (2, 6, 32.0, 6)]
    {
        assert_eq!(BallsInBins::new(bins, size).unwrap().largest_safe(confidence), safe, "{bins} bins of {size}");
    }
}

#[test]
fn nothing_to_prune_has_no_bound() {
    assert_eq!(paper(0, 25, 2.0), None);
    assert_eq!(lambert(0, 25, 2.0), None);
    assert!(BallsInBins::new(0, 25).is_none());
    assert!(BallsInBins::new(3, 0).is_none());
}
