//! Kernels on many samples at once: a generator in sixteen lanes, a power, a histogram.
//!
//! They are plain loops over small arrays, which the compiler turns into vector instructions where the target has any, made
//! only of integer operations, + − × and bit casts in a fixed order: the same bits with or without vectors.

use crate::pair::Pair;
use crate::seed::Draws;
use crate::stats::Histogram;

/// How many lanes the generator has; samples are made in rows of this many.
pub const LANES: usize = 16;

/// Sixteen xoshiro128+ generators (Blackman, Vigna 2021), side by side; row r of the output is the r-th word of each.
///
/// Lane i's four words are the upper then the lower halves of words 2i and 2i + 1 of the stream that seeds it.
#[derive(Debug, Clone)]
pub struct Lanes {
    state: [[u32; LANES]; 4],
    /// Room for the words of one row.
    words: [[u32; LANES]; 6],
}

impl Lanes {
    /// Lanes seeded by the next 32 words of a stream.
    pub fn seeded(draws: &mut Draws) -> Self {
        let mut state = [[0; LANES]; 4];
        for lane in 0..LANES {
            for half in 0..2 {
                let word = draws.next_u64();
                state[2 * half][lane] = (word >> 32) as u32;
                state[2 * half + 1][lane] = word as u32;
            }
            // The one state that never moves; it has a chance of 2⁻¹²⁸.
            if state.iter().all(|words| words[lane] == 0) {
                state[0][lane] = 1;
            }
        }
        Self { state, words: [[0; LANES]; 6] }
    }

    /// Fills `out` (a whole number of rows) with products of `factors` numbers, each an odd integer between ±2³¹, all 2³² / 2
    /// of them equally likely.
    ///
    /// An odd integer times 2⁻³¹ is a uniform draw from (−1, 1) on a grid of step 2⁻³⁰ that is symmetric and without 0. The
    /// lowest bit of xoshiro128+, its weakest, is the one that is not used.
    #[inline(always)]
    pub fn odd_products(&mut self, factors: u32, out: &mut [f64]) {
        let (rows, _) = out.as_chunks_mut::<LANES>();
        for row in rows {
            *row = [1.0; LANES];
            let mut left = factors;
            while left >= 6 {
                self.multiply::<6>(row);
                left -= 6;
            }
            while left >= 3 {
                self.multiply::<3>(row);
                left -= 3;
            }
            while left >= 1 {
                self.multiply::<1>(row);
                left -= 1;
            }
        }
    }

    /// Multiplies each lane's number by its next `N` odd integers. Two loops, words and then numbers, because a vector holds
    /// twice as many of the former.
    #[inline(always)]
    fn multiply<const N: usize>(&mut self, row: &mut [f64; LANES]) {
        let [s0, s1, s2, s3] = &mut self.state;
        for i in 0..LANES {
            let (mut a, mut b, mut c, mut d) = (s0[i], s1[i], s2[i], s3[i]);
            for words in &mut self.words[..N] {
                words[i] = a.wrapping_add(d);
                let shifted = b << 9;
                c ^= a;
                d ^= b;
                b ^= c;
                a ^= d;
                c ^= shifted;
                d = d.rotate_left(11);
            }
            (s0[i], s1[i], s2[i], s3[i]) = (a, b, c, d);
        }
        for i in 0..LANES {
            let mut product = row[i];
            for words in &self.words[..N] {
                product *= odd(words[i]);
            }
            row[i] = product;
        }
    }
}

/// The odd integer (word | 1) − 2³¹: the word is laid into the low bits of 2⁵² as a double, which vectors can do everywhere.
#[inline(always)]
fn odd(word: u32) -> f64 {
    const TWO_52_AND_ONE: u64 = 0x4330_0000_0000_0001;
    const TWO_52_AND_2_31: f64 = 4_503_601_774_854_144.0;
    f64::from_bits(TWO_52_AND_ONE | u64::from(word)) - TWO_52_AND_2_31
}

const MANTISSA: u64 = (1 << 52) - 1;
const ONE: u64 = 1023 << 52;
const SIGN: u64 = 1 << 63;

/// How many cells the mantissa is cut into.
const CELLS: usize = 256;
/// The degree to which (1 + r)^α is expanded, for |r| ≤ 2⁻⁹.
const DEGREE: usize = 6;
/// How many values at once.
const GROUP: usize = 64;

/// sign(z)·c·|z|^α for many z at once, α fixed, 1 ≤ |z| < 2¹⁰²⁴.
///
/// With |z| = 2ᵏ·m, m in cell i of [1, 2) with centre cᵢ: |z|^α = (2ᵏ)^α · cᵢ^α · (1 + r)^α, r = (m − cᵢ)/cᵢ. The first two
/// come from tables that also hold what rounding left out of each entry, the last from its binomial series to degree 6. So two
/// roundings remain, of a sum and of a product: the result is within 1.6 ulp of the exact one and 2 ulp of libm's, as long as
/// c·|z|^α ≥ 2⁻¹⁰¹⁰ (below, the tables' entries run out of bits).
#[derive(Debug, Clone)]
pub struct Power {
    /// c·(2ᵏ·2^offset)^α by k, and by how much more it should be, relatively.
    octaves: Box<[[f64; 2]; 1024]>,
    /// (1/cᵢ, cᵢ^α, likewise).
    cells: Box<[[f64; 3]; CELLS]>,
    /// The binomial coefficients α, α(α − 1)/2, …
    series: [f64; DEGREE],
}

impl Power {
    /// z ↦ sign(z)·`factor`·|z·2^`offset`|^`alpha`, `offset` in −1023..=0.
    pub fn new(alpha: f64, factor: f64, offset: i32) -> Self {
        let factor = Pair { hi: factor, lo: 0.0 };
        let mut octaves = Box::new([[0.0; 2]; 1024]);
        for (k, octave) in octaves.iter_mut().enumerate() {
            let (power, exponent) = Pair::product(f64::from(k as i32 + offset), alpha).exp2();
            let power = power.times(factor);
            *octave = [times_two_to(power.hi, exponent), power.lo / power.hi];
        }
        let mut cells = Box::new([[0.0; 3]; CELLS]);
        for (i, cell) in cells.iter_mut().enumerate() {
            let centre = 1.0 + (i as f64 + 0.5) / CELLS as f64;
            let (power, exponent) = Pair::log2(centre).times(Pair { hi: alpha, lo: 0.0 }).exp2();
            *cell = [1.0 / centre, times_two_to(power.hi, exponent), power.lo / power.hi];
        }
        let mut series = [alpha; DEGREE];
        for j in 1..DEGREE {
            series[j] = series[j - 1] * (alpha - j as f64) / (j as f64 + 1.0);
        }
        Self { octaves, cells, series }
    }

    /// Applies it to every value.
    #[inline(always)]
    pub fn apply(&self, values: &mut [f64]) {
        let (groups, rest) = values.as_chunks_mut::<GROUP>();
        for group in groups {
            self.apply_group(group);
        }
        let mut last = [1.0; GROUP];
        last[..rest.len()].copy_from_slice(rest);
        self.apply_group(&mut last);
        rest.copy_from_slice(&last[..rest.len()]);
    }

    #[inline(always)]
    fn apply_group(&self, group: &mut [f64; GROUP]) {
        const HALF_CELL: u64 = 1 << (52 - CELLS.trailing_zeros() - 1);
        const CELL_BITS: u64 = MANTISSA & !(2 * HALF_CELL - 1);
        // Each in an array of its own: the second loop then takes them as vectors.
        let [mut octave, mut inverse, mut base, mut rest] = [[0.0; GROUP]; 4];
        for i in 0..GROUP {
            let bits = group[i].to_bits();
            // k = exponent field − 1023, which the lowest ten bits of the field + 1 are.
            let [power, octave_rest] = self.octaves[((bits >> 52) as usize + 1) & 1023];
            let cell = self.cells[(bits >> (52 - CELLS.trailing_zeros())) as usize & (CELLS - 1)];
            octave[i] = power;
            [inverse[i], base[i], rest[i]] = [cell[0], cell[1], cell[2] + octave_rest];
        }
        for i in 0..GROUP {
            let bits = group[i].to_bits();
            let m = f64::from_bits((bits & MANTISSA) | ONE);
            let centre = f64::from_bits((bits & CELL_BITS) | HALF_CELL | ONE);
            let r = (m - centre) * inverse[i];
            let mut sum = self.series[DEGREE - 1];
            for j in (0..DEGREE - 1).rev() {
                sum = self.series[j] + r * sum;
            }
            let power = octave[i] * (base[i] + base[i] * (r * sum + rest[i]));
            group[i] = f64::from_bits(power.to_bits() | (bits & SIGN));
        }
    }
}

/// x·2ᵏ, in two steps where 2ᵏ itself is no double; 0 or ∞ beyond the doubles.
fn times_two_to(x: f64, k: i32) -> f64 {
    let two_to = |k: i32| f64::from_bits(((k + 1023) as u64) << 52);
    let first = k.clamp(-1022, 1023);
    x * two_to(first) * two_to((k - first).clamp(-1022, 1023))
}

/// Fast counting into the bins of a [`Histogram`], with the same result as [`Histogram::add`].
///
/// The bin is the rounded quotient; a value so near to an edge that rounding could matter goes by the edges themselves. Four
/// tables side by side, so that one count need not wait for the last when both fall into one bin.
#[derive(Debug, Clone)]
pub struct Counter {
    /// In each table: below, the bins, above.
    tables: Box<[[u32; TABLE]; 4]>,
    bins_per_unit: f64,
    offset: f64,
    above: f64,
}

/// The most bins that a counter serves.
const MAX_BINS: usize = 1000;
/// Room for them and the two outsides.
const TABLE: usize = 1024;
/// Adding it rounds to a whole number and leaves that in the low bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;
/// How near to the middle of its bin, in bins, a value must be for the quotient to be trusted; 10³ bins have errors of 10⁻¹².
const TRUSTED: f64 = 0.5 - 1e-9;

impl Counter {
    /// A counter for the bins of `histogram`; `None` if it has more than 1,000.
    pub fn new(histogram: &Histogram) -> Option<Self> {
        let bins = histogram.counts().len();
        if bins > MAX_BINS {
            return None;
        }
        let bins_per_unit = histogram.bins_per_unit();
        let offset = 0.5 - histogram.low() * bins_per_unit;
        Some(Self { tables: Box::new([[0; TABLE]; 4]), bins_per_unit, offset, above: bins as f64 + 1.0 })
    }

    /// Counts every value; the histogram is the one that this counter was made for. Only values too near to an edge go to it at
    /// once: [`Counter::flush`] brings the rest. At most 2³² values between two flushes.
    #[inline(always)]
    pub fn count(&mut self, values: &[f64], histogram: &mut Histogram) {
        let (groups, rest) = values.as_chunks::<GROUP>();
        for group in groups {
            let mut bins = [0_u64; GROUP];
            let mut doubts = 0_u64;
            for i in 0..GROUP {
                let place = group[i] * self.bins_per_unit + self.offset;
                // Written so that NaN goes above.
                let place = if place < self.above { place } else { self.above };
                let place = if place > 0.0 { place } else { 0.0 };
                let rounded = place + ROUNDER;
                bins[i] = rounded.to_bits();
                let off = (place - (rounded - ROUNDER)).abs();
                // The highest bit is set where off > TRUSTED: numbers that are not negative are ordered as their bits.
                doubts |= TRUSTED.to_bits().wrapping_sub(off.to_bits());
            }
            if doubts >> 63 == 1 {
                histogram.add_all(group);
                continue;
            }
            for (i, &bin) in bins.iter().enumerate() {
                self.tables[i % 4][bin as usize & (TABLE - 1)] += 1;
            }
        }
        histogram.add_all(rest);
    }

    /// Moves the counts into the histogram.
    pub fn flush(&mut self, histogram: &mut Histogram) {
        let bins = histogram.counts().len();
        let sum = |i: usize| self.tables.iter().map(|table| u64::from(table[i])).sum::<u64>();
        let (below, above) = (sum(0), sum(bins + 1));
        histogram.add_counts(below, (1..=bins).map(sum), above);
        *self.tables = [[0; TABLE]; 4];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::float;
    use crate::seed::{Purpose, stream};

    /// The outputs that the authors' C code gives from the state 1, 2, 3, 4.
    #[test]
    fn lanes_are_xoshiro128_plus() {
        let mut lanes = Lanes::seeded(&mut stream(1, Purpose::Products));
        lanes.state = [[1; LANES], [2; LANES], [3; LANES], [4; LANES]];
        let mut out = [0.0; 10 * LANES];
        lanes.odd_products(1, &mut out);
        let words: [u32; 10] =
            [5, 12295, 25178119, 27286542, 39879690, 1140358681, 3276312097, 4110231701, 399823256, 2144435200];
        for (row, word) in out.as_chunks::<LANES>().0.iter().zip(words) {
            assert_eq!(row, &[f64::from(word | 1) - 2_147_483_648.0; LANES]);
        }
    }

    /// All ways to split the factors into blocks, against one lane at a time.
    #[test]
    fn products_take_consecutive_words() {
        for factors in 1..=33 {
            let mut one = Lanes::seeded(&mut stream(2, Purpose::Products));
            let mut words = vec![0.0; 3 * factors * LANES];
            one.odd_products(1, &mut words);
            let mut products = [0.0; 3 * LANES];
            Lanes::seeded(&mut stream(2, Purpose::Products)).odd_products(factors as u32, &mut products);
            for (i, &product) in products.iter().enumerate() {
                let (row, lane) = (i / LANES, i % LANES);
                let want = (0..factors).fold(1.0, |p, j| p * words[(row * factors + j) * LANES + lane]);
                assert_eq!(product, want);
            }
        }
    }

    /// Over every octave that up to 33 factors have, at the ends of α, and at α of no special form.
    #[test]
    fn powers_are_within_two_ulp_of_libm() {
        let mut stream = stream(3, Purpose::Products);
        for alpha in [0.01, 0.123, 0.4944, 0.5, 0.9, 1.0, 1.7, 3.0, 7.9, 8.0] {
            for offset in [-31, -186, -1023] {
                let power = Power::new(alpha, 1.0, offset);
                let mut values: Vec<f64> = (0..20_000)
                    .map(|_| {
                        let word = stream.next_u64();
                        let octave = (word >> 52) % u64::from(offset.unsigned_abs());
                        f64::from_bits((word & (SIGN | MANTISSA)) | ((1023 + octave) << 52))
                    })
                    .collect();
                let top = times_two_to(1.0, -1 - offset);
                values.extend([1.0, -1.0, 1.5, 2.0_f64.next_down(), top, top.next_down(), top.next_up(), -1.9 * top]);
                let mut got = values.clone();
                power.apply(&mut got);
                for (&value, &got) in values.iter().zip(&got) {
                    let base = times_two_to(value.abs(), offset);
                    if base < f64::MIN_POSITIVE {
                        continue;
                    }
                    let want = float::pow(base, alpha).copysign(value);
                    assert_eq!(got.is_sign_negative(), value.is_sign_negative());
                    if want.abs() >= times_two_to(1.0, -1010) {
                        assert!(ulps(got, want) <= 2, "{value}·2^{offset} to the {alpha}: {got}, not {want}");
                    } else {
                        assert!((got - want).abs() <= times_two_to(1.0, -1060));
                    }
                }
            }
        }
    }

    /// How many doubles lie from one to the other, of the same sign.
    fn ulps(a: f64, b: f64) -> u64 {
        a.to_bits().abs_diff(b.to_bits())
    }

    #[test]
    fn powers_multiply_by_their_factor() {
        for (alpha, factor, wants) in [(0.5, 3.0, [3.0, -12.0, 4.5]), (2.0, 0.7, [0.7, -179.2, 3.54375])] {
            let mut values = [4.0, -64.0, 9.0];
            Power::new(alpha, factor, -2).apply(&mut values);
            for (value, want) in values.into_iter().zip(wants) {
                assert!(ulps(value, want) <= 2, "{value} {want}");
            }
        }
    }

    /// Edges, their neighbours and the outsides, next to the histogram's own counting.
    #[test]
    fn counting_is_exact_at_the_edges() {
        for (low, high, bins) in
            [(-1.0, 1.0, 80), (-0.3, 0.3, 7), (-1e6, 1e6, 1000), (-1e-300, 1e-300, 13), (0.1, 0.7, 1)]
        {
            let mut plain = Histogram::new(low, high, bins);
            let mut fast = plain.clone();
            let mut values = vec![f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, f64::NAN, 2.0 * high, -3.0 * high];
            for &edge in plain.edges() {
                values.extend([edge, edge.next_up(), edge.next_down(), edge + 0.3 * (high - low)]);
            }
            let mut counter = Counter::new(&fast).unwrap();
            counter.count(&values, &mut fast);
            counter.flush(&mut fast);
            plain.add_all(&values);
            assert_eq!(fast, plain);
        }
        assert!(Counter::new(&Histogram::new(0.0, 1.0, 1001)).is_none());
    }
}
