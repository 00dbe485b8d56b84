//! How many edges may be cut: the paper's bound, a better closed form, and the balls-in-bins model exactly (§3).
//!
//! m prunable layers are bins of B = w² edges each; k cuts are balls thrown uniformly; the model fails when some bin has at
//! least B balls. Real pruning fails earlier than the model, for any cut set of w² edges will do; the closed forms were safe
//! in every case tried because they are slack.

use crate::float;

/// The paper's bound, m·B/e·(c·m)^(−1/B): for k below it the model fails with chance at most 1/c (§3.1). `None` for m = 0 or
/// B = 0; c counts as at least 1.
///
/// The largest safe integer is ⌈k⌉ − 1.
///
/// ```
/// // Width 2, three hidden layers: m = 2, B = 4, and c = e.
/// let k = ticketscope_core::bounds::paper(2, 4, std::f64::consts::E).unwrap();
/// assert!((k - 1.927367).abs() < 1e-6);
/// ```
pub fn paper(layers: u32, edges: u64, confidence: f64) -> Option<f64> {
    let exponent = ln_chance(layers, edges, confidence)?;
    Some(f64::from(layers) * edges as f64 * float::exp(-1.0 - exponent))
}

/// A better closed form: m·B·f with f = −W₀(−(c·m)^(−1/B)/e), W₀ Lambert's function; it keeps the factor e^(k/(mB)) that
/// the paper drops, so f → 1 as B grows. `None` as for [`paper`].
pub fn lambert(layers: u32, edges: u64, confidence: f64) -> Option<f64> {
    let exponent = ln_chance(layers, edges, confidence)?;
    Some(f64::from(layers) * edges as f64 * minus_w0_below_branch(exponent))
}

/// δ = ln(c·m)/B.
fn ln_chance(layers: u32, edges: u64, confidence: f64) -> Option<f64> {
    (layers > 0 && edges > 0).then(|| float::ln(confidence.max(1.0) * f64::from(layers)) / edges as f64)
}

/// f = −W₀(−e^(−1−δ)) in (0, 1], for δ ≥ 0.
///
/// With v = ln f the equation f·e^(1−f) = e^(−δ) reads e^v − 1 − v = δ, v ≤ 0: convex and well conditioned up to the branch
/// point δ = 0, where −e^(−1−δ) itself has lost half of its digits. Newton's method from the left of the root falls
/// monotonically onto it; a dozen steps at most.
pub fn minus_w0_below_branch(delta: f64) -> f64 {
    if delta <= 0.0 {
        return 1.0;
    }
    // Left of the root, for e^v − 1 − v ≥ δ at v = −√(2δ) − δ.
    let mut v = -float::sqrt(2.0 * delta) - delta;
    for _ in 0..100 {
        let slope = float::exp_m1(v);
        let next = v - (slope - v - delta) / slope;
        if next <= v {
            break;
        }
        v = next;
    }
    float::exp(v)
}

/// The distribution of the number of balls at which some of m bins first holds B: T(k) = P(after k balls some bin has ≥ B).
///
/// With T_m for m bins, conditioning on the ball that fills a bin:
/// T_m(k + 1) = T_m(k) + P(Bin(k, 1/m) = B − 1)·(1 − T_{m−1}(k − B + 1)).
/// All terms are positive, so nothing cancels. Only the k where T moves are kept: below, T < 10⁻²⁹⁰ counts as 0; above
/// k = m(B − 1) it is 1. There are about m·√B·40 of them, so building costs about m²·√B·20 steps (0.1 s for width 512 and 32
/// hidden layers).
///
/// ```
/// use ticketscope_core::bounds::BallsInBins;
/// // Two bins, four balls each would fill one: P = 2/16 after four balls.
/// assert_eq!(BallsInBins::new(2, 4).unwrap().tail(4), 0.125);
/// ```
#[derive(Debug, Clone)]
pub struct BallsInBins {
    bins: u32,
    size: u64,
    /// T(start − 1) counts as 0; tails[i] = T(start + i), up to k = m(B − 1).
    start: u64,
    tails: Vec<f64>,
}

impl BallsInBins {
    /// `bins` m bins that are full at `size` B balls. `None` for m = 0 or B = 0.
    pub fn new(bins: u32, size: u64) -> Option<Self> {
        if bins == 0 || size == 0 {
            return None;
        }
        let one = Self { bins: 1, size, start: size, tails: vec![] };
        Some((2..=bins).fold(one, |fewer, _| fewer.with_one_more()))
    }

    /// The same with one bin more.
    fn with_one_more(&self) -> Self {
        let (bins, size) = (self.bins + 1, self.size);
        let end = u64::from(bins) * (size - 1);
        let filling = Filling { bins: f64::from(bins), others: size - 1 };
        let first = filling.first_above(end);
        let mut tails = Vec::with_capacity((end - first) as usize);
        let mut tail = 0.0;
        let mut chance = 0.0;
        for k in first..end {
            // The ratio of successive terms, from a fresh start every 4,096 steps.
            if (k - first).is_multiple_of(4096) {
                chance = filling.chance(k);
            }
            tail += chance * (1.0 - self.tail(k + 1 - size));
            tails.push(f64::min(tail, 1.0));
            chance *= (k + 1) as f64 / (k + 2 - size) as f64 * (1.0 - 1.0 / f64::from(bins));
        }
        Self { bins, size, start: first + 1, tails }
    }

    /// P(some bin has at least B balls after k).
    pub fn tail(&self, k: u64) -> f64 {
        if k < self.start {
            return 0.0;
        }
        // Beyond m(B − 1) balls some bin must be full.
        self.tails.get((k - self.start) as usize).copied().unwrap_or(1.0)
    }

    /// The largest k whose tail is at most 1/c (c counts as at least 1): at most m·B, the number of edges there are.
    pub fn largest_safe(&self, confidence: f64) -> u64 {
        let chance = 1.0 / confidence.max(1.0);
        if chance >= 1.0 {
            return u64::from(self.bins) * self.size;
        }
        self.start + self.tails.partition_point(|&tail| tail <= chance) as u64 - 1
    }
}

/// The chance that after k balls a given one of m bins holds exactly B − 1.
struct Filling {
    bins: f64,
    /// B − 1.
    others: u64,
}

impl Filling {
    /// P(Bin(k, 1/m) = x), x = B − 1 ≤ k, by Loader's saddle-point form (2000, *Fast and accurate computation of binomial
    /// probabilities*): √(k/(2πx(k − x)))·exp(−stirling terms − deviances). A difference of three ln Γ near 10⁸ would keep
    /// eight digits only.
    fn ln_chance(&self, k: u64) -> f64 {
        let (n, x) = (k as f64, self.others as f64);
        let (p, q) = (1.0 / self.bins, 1.0 - 1.0 / self.bins);
        if self.others == 0 {
            return n * float::ln(q);
        }
        if self.others == k {
            return n * float::ln(p);
        }
        let y = n - x;
        let root = 0.5 * float::ln(n / (std::f64::consts::TAU * x * y));
        root + stirling_error(n) - stirling_error(x) - stirling_error(y) - deviance(x, n * p) - deviance(y, n * q)
    }

    fn chance(&self, k: u64) -> f64 {
        float::exp(self.ln_chance(k))
    }

    /// The smallest k in B − 1..=end at which the chance is above 10⁻³⁰⁰; it rises with k throughout that range.
    fn first_above(&self, end: u64) -> u64 {
        const LN_TINY: f64 = -690.0;
        let (mut low, mut high) = (self.others, end);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.ln_chance(middle) > LN_TINY {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

/// ln n! − ln(√(2πn)·(n/e)ⁿ), for a whole n ≥ 1.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        const LN_ROOT_TAU: f64 = 0.918_938_533_204_672_7;
        return float::ln_gamma(n + 1.0) - (n + 0.5) * float::ln(n) + n - LN_ROOT_TAU;
    }
    let s = 1.0 / (n * n);
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - s / 1188.0) * s) * s) * s) / n
}

/// x·ln(x/m) + m − x ≥ 0, without cancellation where x is near m.
fn deviance(x: f64, m: f64) -> f64 {
    let d = (x - m) / (x + m);
    if d.abs() > 0.1 {
        return x * float::ln(x / m) + m - x;
    }
    // x·ln(x/m) = 2x·artanh(d), as a series.
    let mut sum = (x - m) * d;
    let (mut term, mut odd) = (2.0 * x * d, 1.0);
    loop {
        term *= d * d;
        odd += 2.0;
        let next = sum + term / odd;
        if next == sum {
            return sum;
        }
        sum = next;
    }
}
