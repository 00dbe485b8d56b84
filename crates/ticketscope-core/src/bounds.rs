//! How many edges may be cut: the paper's bound, a better closed form, and the balls-in-bins model exactly (§3).
//!
//! m prunable layers are bins of B = w² edges each (of S·w and w·T where the ends are prunable); k cuts are balls thrown
//! uniformly; the model fails when some bin has at least B balls. Real pruning fails earlier than the model, for any cut set of w² edges will do; the closed forms were safe
//! in every case tried because they are slack.

use crate::float;
use crate::prune::Protect;
use crate::shape::Shape;

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

/// The distribution of the number of balls at which some of m bins is first full: T(k) = P(after k balls a bin is full).
///
/// With T_A for a set A of m bins, conditioning on the ball that fills the first bin, a bin of B balls:
/// T_A(k + 1) = T_A(k) + Σ_{bins of A} (1/m)·P(Bin(k, 1/m) = B − 1)·(1 − T_{A without it}(k − B + 1)).
/// All terms are positive, so nothing cancels. Only the k where T moves are kept: below, T < 10⁻²⁹⁰ counts as 0; above
/// k = Σ(B − 1) it is 1. For m equal bins there are about m·√B·40 of them, so building costs about m²·√B·20 steps (0.1 s for
/// width 512 and 32 hidden layers).
///
/// ```
/// use ticketscope_core::bounds::BallsInBins;
/// // Two bins, four balls each would fill one: P = 2/16 after four balls.
/// assert_eq!(BallsInBins::new(2, 4).unwrap().tail(4), 0.125);
/// ```
#[derive(Debug, Clone)]
pub struct BallsInBins {
    /// ΣB, the balls that all bins hold when full.
    capacity: u64,
    /// T(start − 1) counts as 0; tails[i] = T(start + i); beyond the last it is 1.
    start: u64,
    tails: Vec<f64>,
}

impl BallsInBins {
    /// `bins` m bins that are full at `size` B balls. `None` for m = 0 or B = 0.
    pub fn new(bins: u32, size: u64) -> Option<Self> {
        Self::of_sizes(&[(bins, size)])
    }

    /// The bins that a shape's prunable edge layers are, each with its own number of edges. `None` where nothing is prunable.
    pub fn of_layers(shape: &Shape, protect: Protect) -> Option<Self> {
        let mut groups: Vec<(u32, u64)> = Vec::new();
        for layer in protect.prunable(shape) {
            let size = u64::from(shape.edges_in(layer));
            match groups.iter_mut().find(|group| group.1 == size) {
                Some(group) => group.0 += 1,
                None => groups.push((1, size)),
            }
        }
        Self::of_sizes(&groups)
    }

    /// Bins of several sizes, as (number, size): what prunable edge layers of unlike sizes are. `None` when there is no bin, or
    /// one that is full from the start. Cost: as above, times the number of ways to leave out bins of the rarer sizes.
    pub fn of_sizes(groups: &[(u32, u64)]) -> Option<Self> {
        let mut groups: Vec<(u32, u64)> = groups.iter().copied().filter(|&(count, _)| count > 0).collect();
        if groups.is_empty() || groups.iter().any(|&(_, size)| size == 0) {
            return None;
        }
        // The commonest size last: it is the slowest digit below, so that few tables are alive at a time.
        groups.sort_unstable();
        let strides: Vec<usize> = groups
            .iter()
            .scan(1, |stride, &(count, _)| Some(core::mem::replace(stride, *stride * (count as usize + 1))))
            .collect();
        let sets: usize = groups.iter().map(|&(count, _)| count as usize + 1).product();
        let slowest = strides[strides.len() - 1];
        let horizon = horizon(&groups);
        let mut tables: Vec<Option<Self>> = vec![None; sets];
        for set in 1..sets {
            let chosen: Vec<Chosen<'_>> = groups
                .iter()
                .zip(&strides)
                .map(|(&(most, size), &stride)| ((set / stride % (most as usize + 1)) as u32, size, stride))
                .filter(|&(count, ..)| count > 0)
                .map(|(count, size, stride)| Chosen { count, size, fewer: tables[set - stride].as_ref() })
                .collect();
            tables[set] = Some(Self::of_chosen(&chosen, horizon));
            if let Some(spent) = set.checked_sub(2 * slowest) {
                tables[spent] = None;
            }
        }
        tables.pop().flatten()
    }

    /// The table of a set of bins, from those of the sets with one bin less, for k up to the horizon.
    fn of_chosen(chosen: &[Chosen<'_>], horizon: u64) -> Self {
        let capacity = chosen.iter().map(|bins| u64::from(bins.count) * bins.size).sum();
        let bins: u32 = chosen.iter().map(|bins| bins.count).sum();
        if let (1, [only]) = (bins, chosen) {
            return Self { capacity, start: only.size, tails: vec![] };
        }
        let end = horizon.min(capacity - u64::from(bins));
        let mut fillings: Vec<Filling<'_>> = chosen.iter().map(|chosen| Filling::new(chosen, bins, end)).collect();
        let first = fillings.iter().map(|filling| filling.first).min().unwrap_or(end);
        let mut tails = Vec::with_capacity((end - first) as usize);
        let mut tail = 0.0;
        for k in first..end {
            tail += fillings.iter_mut().map(|filling| filling.fills_at(k)).sum::<f64>();
            tails.push(f64::min(tail, 1.0));
        }
        Self { capacity, start: first + 1, tails }
    }

    /// P(some bin has at least B balls after k).
    pub fn tail(&self, k: u64) -> f64 {
        if k < self.start {
            return 0.0;
        }
        // Beyond Σ(B − 1) balls some bin must be full.
        self.tails.get((k - self.start) as usize).copied().unwrap_or(1.0)
    }

    /// The largest k whose tail is at most 1/c (c counts as at least 1): at most ΣB, the number of edges there are. A tail that
    /// is 1/c but for its rounding counts as 1/c.
    pub fn largest_safe(&self, confidence: f64) -> u64 {
        let chance = 1.0 / confidence.max(1.0);
        if chance >= 1.0 {
            return self.capacity;
        }
        self.start + self.tails.partition_point(|&tail| tail <= chance * (1.0 + 1e-12)) as u64 - 1
    }
}

/// Beyond how many balls nothing is asked: where all bins must have overflowed, or where even the smallest bin is full but for
/// a chance below e^(−50) (Chernoff's bound).
fn horizon(groups: &[(u32, u64)]) -> u64 {
    let bins: u64 = groups.iter().map(|&(count, _)| u64::from(count)).sum();
    let room: u64 = groups.iter().map(|&(count, size)| u64::from(count) * (size - 1)).sum();
    let smallest = groups.iter().map(|&(_, size)| size).min().unwrap_or(1);
    room.min(bins * (smallest + 12 * (smallest.isqrt() + 1) + 100))
}

/// The bins of one size in a set, and the table of the set without one of them; none when that is empty.
struct Chosen<'a> {
    count: u32,
    size: u64,
    fewer: Option<&'a BallsInBins>,
}

/// How the bins of one size fill up, ball by ball.
struct Filling<'a> {
    chosen: &'a Chosen<'a>,
    /// m.
    bins: f64,
    /// B − 1.
    others: u64,
    /// The first k at which the chance counts.
    first: u64,
    /// P(Bin(k, 1/m) = B − 1) for the k asked next.
    chance: f64,
}

impl<'a> Filling<'a> {
    fn new(chosen: &'a Chosen<'a>, bins: u32, end: u64) -> Self {
        let others = chosen.size - 1;
        let mut filling = Self { chosen, bins: f64::from(bins), others, first: 0, chance: 0.0 };
        filling.first = filling.first_above(end.min(u64::from(bins) * others)).min(end);
        filling
    }

    /// The chance that ball k + 1 fills the first full bin, and that this is one of these. To be asked for k = first, first + 1, …
    fn fills_at(&mut self, k: u64) -> f64 {
        if k < self.first {
            return 0.0;
        }
        // The ratio of successive terms, from a fresh start every 256 steps.
        if (k - self.first).is_multiple_of(256) {
            self.chance = self.chance_at(k);
        }
        let elsewhere = 1.0 - self.chosen.fewer.map_or(0.0, |fewer| fewer.tail(k - self.others));
        let fills = f64::from(self.chosen.count) / self.bins * self.chance * elsewhere;
        self.chance *= (k + 1) as f64 / (k + 1 - self.others) as f64 * (1.0 - 1.0 / self.bins);
        fills
    }

    /// P(Bin(k, 1/m) = B − 1); a plain power where it is one.
    fn chance_at(&self, k: u64) -> f64 {
        if self.others == 0 {
            float::pow(1.0 - 1.0 / self.bins, k as f64)
        } else if self.others == k {
            float::pow(1.0 / self.bins, k as f64)
        } else {
            float::exp(self.ln_chance(k))
        }
    }

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
