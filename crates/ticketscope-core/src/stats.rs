//! What is said of a sample: histogram, moments, Kolmogorov–Smirnov distance, and the interval of a share.

use crate::float;

/// Φ⁻¹(0.975) = √2·erf⁻¹(0.95): the half-width of a 95 % interval, in standard errors.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// Counts of a sample in equal bins, and beside them.
///
/// Edges are e_i = low + i·(high − low)/bins as f64 gives them, the last `high` itself. Bin i holds e_i ≤ z < e_{i+1}; the last is closed. A value
/// below `low` counts in `below`, any other outside (NaN too) in `above`.
///
/// ```
/// use ticketscope_core::stats::Histogram;
/// let mut h = Histogram::new(-1.0, 1.0, 4);
/// h.add_all(&[-1.0, -0.5, 0.2, 1.0, 1.5]);
/// assert_eq!((h.counts(), h.below(), h.above()), (&[1, 1, 1, 1][..], 0, 1));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    edges: Vec<f64>,
    /// bins/(high − low).
    bins_per_unit: f64,
    counts: Vec<u64>,
    below: u64,
    above: u64,
}

impl Histogram {
    /// An empty histogram; at least one bin. `low` must be below `high`, both finite.
    pub fn new(low: f64, high: f64, bins: u32) -> Self {
        let bins = bins.max(1);
        let mut edges: Vec<f64> = (0..bins).map(|i| low + f64::from(i) * (high - low) / f64::from(bins)).collect();
        edges.push(high);
        let bins_per_unit = f64::from(bins) / (high - low);
        Self { edges, bins_per_unit, counts: vec![0; bins as usize], below: 0, above: 0 }
    }

    /// Counts one value.
    pub fn add(&mut self, z: f64) {
        match self.place(z) {
            Place::Below => self.below += 1,
            Place::Bin(bin) => self.counts[bin] += 1,
            Place::Above => self.above += 1,
        }
    }

    /// Counts every value.
    pub fn add_all(&mut self, sample: &[f64]) {
        for &z in sample {
            self.add(z);
        }
    }

    /// Adds the counts of another histogram of the same bins.
    pub fn merge(&mut self, other: &Self) {
        debug_assert_eq!(self.edges, other.edges);
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *mine += theirs;
        }
        self.below += other.below;
        self.above += other.above;
    }

    /// The lower end of the first bin.
    pub fn low(&self) -> f64 {
        self.edges[0]
    }

    /// The upper end of the last bin.
    pub fn high(&self) -> f64 {
        self.edges[self.edges.len() - 1]
    }

    /// The bins + 1 edges.
    pub fn edges(&self) -> &[f64] {
        &self.edges
    }

    /// How many values each bin holds.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// How many values lay below the first bin.
    pub fn below(&self) -> u64 {
        self.below
    }

    /// How many values lay above the last bin.
    pub fn above(&self) -> u64 {
        self.above
    }

    /// How many values were counted in all.
    pub fn total(&self) -> u64 {
        self.inside() + self.below + self.above
    }

    /// How many values lay in a bin.
    pub fn inside(&self) -> u64 {
        self.counts.iter().sum()
    }

    pub(crate) fn bins_per_unit(&self) -> f64 {
        self.bins_per_unit
    }

    pub(crate) fn add_counts(&mut self, below: u64, counts: impl Iterator<Item = u64>, above: u64) {
        self.below += below;
        self.above += above;
        for (mine, theirs) in self.counts.iter_mut().zip(counts) {
            *mine += theirs;
        }
    }

    pub(crate) fn place(&self, z: f64) -> Place {
        let last = self.counts.len() - 1;
        if z < self.low() {
            return Place::Below;
        }
        if z.is_nan() || z > self.high() {
            return Place::Above;
        }
        // The quotient is right to some rounding errors; the edges themselves decide.
        let mut bin = (((z - self.low()) * self.bins_per_unit) as usize).min(last);
        while bin < last && z >= self.edges[bin + 1] {
            bin += 1;
        }
        while bin > 0 && z < self.edges[bin] {
            bin -= 1;
        }
        Place::Bin(bin)
    }
}

/// Where a value falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Below,
    Bin(usize),
    Above,
}

/// Mean and central sums of a sample, so built that pieces can be joined: M_r = Σ (z − mean)^r.
///
/// Each piece is summed about its own mean, in sixteen interleaved sums added in a fixed order; pieces join by the formulas of
/// Chan, Golub and LeVeque (1979) and Pébay (2008). The same pieces in the same order give the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    count: u64,
    mean: f64,
    m2: f64,
    m3: f64,
    m4: f64,
}

/// Sixteen interleaved sums, so that the processor need not wait for one; folded as a balanced tree.
const SUMS: usize = 16;

fn fold(mut sums: [f64; SUMS]) -> f64 {
    let mut width = SUMS / 2;
    while width > 0 {
        for i in 0..width {
            sums[i] += sums[i + width];
        }
        width /= 2;
    }
    sums[0]
}

impl Moments {
    /// The moments of one piece, summed about its own mean: best some thousands of values long.
    #[inline(always)]
    pub fn of(piece: &[f64]) -> Self {
        if piece.is_empty() {
            return Self::default();
        }
        let count = piece.len() as f64;
        let (groups, rest) = piece.as_chunks::<SUMS>();
        let mut sums = [0.0; SUMS];
        for group in groups {
            for i in 0..SUMS {
                sums[i] += group[i];
            }
        }
        let mean = (fold(sums) + rest.iter().sum::<f64>()) / count;
        let (mut s2, mut s3, mut s4) = ([0.0; SUMS], [0.0; SUMS], [0.0; SUMS]);
        for group in groups {
            for i in 0..SUMS {
                let d = group[i] - mean;
                let d2 = d * d;
                s2[i] += d2;
                s3[i] += d2 * d;
                s4[i] += d2 * d2;
            }
        }
        let (mut m2, mut m3, mut m4) = (fold(s2), fold(s3), fold(s4));
        for z in rest {
            let d = z - mean;
            m2 += d * d;
            m3 += d * d * d;
            m4 += d * d * (d * d);
        }
        Self { count: piece.len() as u64, mean, m2, m3, m4 }
    }

    /// The moments of a whole sample, in pieces of 4,096.
    pub fn of_sample(sample: &[f64]) -> Self {
        sample.chunks(4096).map(Self::of).fold(Self::default(), Self::then)
    }

    /// The moments of this sample followed by the next.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        if self.count == 0 {
            return next;
        }
        if next.count == 0 {
            return self;
        }
        let (a, b) = (self.count as f64, next.count as f64);
        let n = a + b;
        let d = next.mean - self.mean;
        let (p, q) = (a / n, b / n);
        let m2 = self.m2 + next.m2 + d * d * a * q;
        let m3 = self.m3 + next.m3 + d * d * d * a * q * (p - q) + 3.0 * d * (p * next.m2 - q * self.m2);
        let m4 = self.m4
            + next.m4
            + d * d * d * d * a * q * (p * p - p * q + q * q)
            + 6.0 * d * d * (p * p * next.m2 + q * q * self.m2)
            + 4.0 * d * (p * next.m3 - q * self.m3);
        Self { count: self.count + next.count, mean: self.mean + d * q, m2, m3, m4 }
    }

    /// How many values.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The mean; NaN of nothing.
    pub fn mean(&self) -> f64 {
        if self.count == 0 { f64::NAN } else { self.mean }
    }

    /// The mean squared deviation from the mean (divided by the count, not by one less); NaN of nothing.
    pub fn variance(&self) -> f64 {
        self.m2 / self.count as f64
    }

    /// The fourth central moment over the squared variance (3 for a normal law); NaN where all values are equal.
    pub fn kurtosis(&self) -> f64 {
        self.count as f64 * self.m4 / (self.m2 * self.m2)
    }
}

/// Puts a sample into ascending order (−0 before +0, NaN last by its sign): what the distances below ask for.
pub fn sort(sample: &mut [f64]) {
    sample.sort_unstable_by(f64::total_cmp);
}

/// The places of some numbers in ascending order of the numbers, as [`sort`] has it; equal ones in order of their places. At most
/// 2³² numbers.
pub fn order(values: &[f64]) -> Vec<u32> {
    let mut places: Vec<u32> = (0..values.len() as u32).collect();
    places.sort_unstable_by(|&a, &b| values[a as usize].total_cmp(&values[b as usize]).then(a.cmp(&b)));
    places
}

/// More than all the rounding in a gap between two distribution functions: what a bound must fall short by to be believed.
pub(crate) const GAP_ROUNDING: f64 = 1e-15;

/// The Kolmogorov–Smirnov distance between a sample in ascending order and a continuous distribution function:
/// max over i of F(z_i) − i/n and (i + 1)/n − F(z_i). 0 of an empty sample.
///
/// F is monotone, so its values at two points bound all gaps between them; only stretches that could hold the largest are
/// looked into. That takes some n/64 evaluations of F instead of n.
pub fn ks_distance(sorted: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
    const STRIDE: usize = 64;
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let share = |i: usize| i as f64 / sorted.len() as f64;
    let mut distance = 0.0_f64;
    let mut at = |i: usize| {
        let f = cdf(sorted[i]);
        distance = distance.max(f - share(i)).max(share(i + 1) - f);
        (i, f, distance)
    };
    let mut points: Vec<_> = (0..last).step_by(STRIDE).map(&mut at).collect();
    points.push(at(last));
    let mut known = at(last).2;
    let mut stretches: Vec<_> = points.windows(2).map(|pair| (pair[0], pair[1])).collect();
    while let Some((low, high)) = stretches.pop() {
        let bound = (share(high.0) - low.1).max(high.1 - share(low.0 + 1));
        if high.0 - low.0 < 2 || bound + GAP_ROUNDING <= known {
            continue;
        }
        let middle = at(low.0 + (high.0 - low.0) / 2);
        known = middle.2;
        stretches.push((low, middle));
        stretches.push((middle, high));
    }
    known
}

/// The Kolmogorov–Smirnov distance, from the uniform law on [−window, window], of those values of a sample in ascending order
/// that lie there. `None` when none does.
pub fn ks_uniform(sorted: &[f64], window: f64) -> Option<f64> {
    let first = sorted.partition_point(|&z| z < -window);
    let end = sorted.partition_point(|&z| z <= window);
    (first < end).then(|| ks_distance(&sorted[first..end], |z| uniform_cdf(z, window)))
}

/// The share of values with |z| ≤ window in a sample in ascending order; NaN of nothing.
pub fn share_within(sorted: &[f64], window: f64) -> f64 {
    let first = sorted.partition_point(|&z| z < -window);
    let end = sorted.partition_point(|&z| z <= window);
    end.saturating_sub(first) as f64 / sorted.len() as f64
}

/// P(U ≤ z) for U uniform on [−window, window].
pub(crate) fn uniform_cdf(z: f64, window: f64) -> f64 {
    (0.5 + 0.5 * (z / window)).clamp(0.0, 1.0)
}

/// A share and its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// hits/trials.
    pub p: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Wilson's 95 % interval (1927) for the chance behind `hits` of `trials`:
/// (p + z²/2n ± z√(p(1 − p)/n + z²/4n²))/(1 + z²/n), z = 1.96. `None` without trials, or with more hits than trials.
///
/// ```
/// let i = ticketscope_core::stats::wilson(5, 10).unwrap();
/// assert!((i.low - 0.2366).abs() < 1e-4 && (i.high - 0.7634).abs() < 1e-4);
/// ```
pub fn wilson(hits: u64, trials: u64) -> Option<Interval> {
    if trials == 0 || hits > trials {
        return None;
    }
    let n = trials as f64;
    let p = hits as f64 / n;
    let z2 = Z_95 * Z_95;
    let middle = p + z2 / (2.0 * n);
    let half = Z_95 * float::sqrt(p * (1.0 - p) / n + z2 / (4.0 * n * n));
    let whole = 1.0 + z2 / n;
    // Exactly 0 and 1 at the ends, where the formula leaves a rounding error.
    let low = if hits == 0 { 0.0 } else { (middle - half) / whole };
    let high = if hits == trials { 1.0 } else { (middle + half) / whole };
    Some(Interval { p, low, high })
}
