//! Independent samples of a product law, in chunks that can be made anywhere in any order.
//!
//! Chunk c holds the samples 4096c, 4096c + 1, … and is seeded by (seed, [`Purpose::Products`], c) alone, so the sample does
//! not depend on who makes it, when, or in how many steps.
//!
//! A sample is the product of L weights drawn for it. For `power` and `uniform` the L numbers are odd multiples of 2⁻³¹ from
//! a generator in sixteen lanes (a uniform draw to 31 bits), and one power is taken of their product instead of one of each,
//! which is the same number: Π sign(U)|U|^α = sign(ΠU)|ΠU|^α. The other laws draw one number after the other.

use crate::distance::{Distances, Search};
use crate::float;
use crate::lanes::{Counter, LANES, Lanes, Power};
use crate::law::{Law, LogGamma, ProductLaw, normal_pair};
use crate::seed::{Draws, Purpose, draws};
use crate::stats::{Histogram, Moments, ks_distance, ks_uniform, share_within, sort};

/// How many samples a chunk holds.
pub const CHUNK: usize = 4096;

/// The largest number of samples that may be asked for.
pub const MAX_SAMPLES: u64 = 100_000_000;

/// Makes the chunks of one sample.
#[derive(Debug, Clone)]
pub struct Sampler {
    law: ProductLaw,
    seed: u64,
    kernel: Kernel,
    arch: pulp::Arch,
}

/// How the product of the L numbers of a sample becomes the sample.
#[derive(Debug, Clone)]
enum Kernel {
    /// α = 1: times these, one after the other (a single factor could underflow).
    Scale([f64; 2]),
    /// A power.
    Power(Box<Power>),
    /// Sums of G, one a weight of the law `exact`.
    Exact(LogGamma),
    /// Signs alone.
    Signs,
    /// Standard normals, times this.
    Normals(f64),
}

impl Sampler {
    /// The sample of `law` that belongs to `seed`.
    pub fn new(law: &ProductLaw, seed: u64) -> Self {
        let weights = law.weights();
        let length = weights.path_length();
        // The lanes' integers are 2³¹ times the numbers that they stand for; 33 of them fit a double.
        let kernel = match weights.law() {
            Law::Uniform | Law::Power if weights.alpha() == 1.0 => {
                let half = length / 2;
                let unit = |edges: u32| (0..edges).fold(1.0, |product, _| product / 2_147_483_648.0);
                Kernel::Scale([unit(half), weights.scale() * unit(length - half)])
            }
            Law::Uniform | Law::Power => {
                Kernel::Power(Box::new(Power::new(weights.alpha(), weights.scale(), -31 * length as i32)))
            }
            Law::Exact => Kernel::Exact(LogGamma::new(length)),
            Law::Sign => Kernel::Signs,
            Law::Normal => Kernel::Normals(weights.scale() * law.unit_deviation()),
        };
        Self { law: *law, seed, kernel, arch: pulp::Arch::new() }
    }

    /// The law that is sampled.
    pub fn law(&self) -> &ProductLaw {
        &self.law
    }

    /// The first samples of a chunk, as many as `out` has room for: at most [`CHUNK`]; what lies beyond is left alone.
    pub fn fill(&self, chunk: u32, out: &mut [f64]) {
        let room = out.len().min(CHUNK);
        let out = &mut out[..room];
        let mut draws = draws(self.seed, Purpose::Products, 0, chunk, 0);
        match &self.kernel {
            Kernel::Scale(_) | Kernel::Power(_) => self.fill_from_lanes(&mut draws, out),
            Kernel::Exact(variable) => out.fill_with(|| self.exact_product(variable, &mut draws)),
            Kernel::Signs => out.fill_with(|| self.sign_product(&mut draws)),
            Kernel::Normals(deviation) => self.fill_normal(*deviation, &mut draws, out),
        }
    }

    fn fill_from_lanes(&self, draws: &mut Draws, out: &mut [f64]) {
        let whole = out.len() - out.len() % LANES;
        let mut lanes = Lanes::seeded(draws);
        let (rows, rest) = out.split_at_mut(whole);
        self.fill_rows(&mut lanes, rows);
        let mut row = [0.0; LANES];
        if !rest.is_empty() {
            self.fill_rows(&mut lanes, &mut row);
        }
        rest.copy_from_slice(&row[..rest.len()]);
    }

    fn fill_rows(&self, lanes: &mut Lanes, rows: &mut [f64]) {
        self.arch.dispatch(FillRows { kernel: &self.kernel, factors: self.law.weights().path_length(), lanes, rows });
    }

    /// ±x·e^(−ΣG), which keeps the digits that a product of weights near ±1 would round away.
    fn exact_product(&self, variable: &LogGamma, draws: &mut Draws) -> f64 {
        let weights = self.law.weights();
        let sum: f64 = (0..weights.path_length()).map(|_| float::exp(variable.draw(draws))).sum();
        signed(draws.next_u64() & 1, weights.scale() * float::exp(-sum))
    }

    /// ±x by the parity of L random bits.
    fn sign_product(&self, draws: &mut Draws) -> f64 {
        let weights = self.law.weights();
        let unused = 64_u32.saturating_sub(weights.path_length()).min(63);
        signed(u64::from((draws.next_u64() >> unused).count_ones() & 1), weights.scale())
    }

    /// Products of L normals; what is left of a pair goes to the next sample.
    fn fill_normal(&self, deviation: f64, draws: &mut Draws, out: &mut [f64]) {
        let mut spare = None;
        for z in out {
            *z = deviation;
            for _ in 0..self.law.weights().path_length() {
                *z *= spare.take().unwrap_or_else(|| {
                    let [first, second] = normal_pair(draws);
                    spare = Some(second);
                    first
                });
            }
        }
    }
}

/// `magnitude`, negative for a set bit.
fn signed(bit: u64, magnitude: f64) -> f64 {
    if bit == 1 { -magnitude } else { magnitude }
}

/// A job that is compiled once for each level of vector instructions; the level never changes a bit of the result.
struct FillRows<'a> {
    kernel: &'a Kernel,
    factors: u32,
    lanes: &'a mut Lanes,
    rows: &'a mut [f64],
}

impl pulp::WithSimd for FillRows<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        self.lanes.odd_products(self.factors, self.rows);
        match self.kernel {
            Kernel::Scale([first, second]) => {
                for z in self.rows {
                    *z = *z * first * second;
                }
            }
            Kernel::Power(power) => power.apply(self.rows),
            Kernel::Exact(_) | Kernel::Signs | Kernel::Normals(_) => {}
        }
    }
}

/// The same for counting and summing.
struct Count<'a> {
    values: &'a [f64],
    counter: &'a mut Counter,
    histogram: &'a mut Histogram,
}

impl pulp::WithSimd for Count<'_> {
    type Output = Moments;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) -> Moments {
        self.counter.count(self.values, self.histogram);
        Moments::of(self.values)
    }
}

/// What is said of a run of chunks.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// Where the values fell.
    pub histogram: Histogram,
    /// The moments of each chunk, in order: joined in that order they do not depend on who made which.
    pieces: Vec<Moments>,
}

impl Tally {
    /// This run followed by the next, of the same bins.
    #[must_use]
    pub fn then(mut self, next: &Self) -> Self {
        self.histogram.merge(&next.histogram);
        self.pieces.extend_from_slice(&next.pieces);
        self
    }

    /// The moments of all values.
    pub fn moments(&self) -> Moments {
        self.pieces.iter().copied().fold(Moments::default(), Moments::then)
    }
}

/// A run of chunks that is made step by step, so that a worker can report and be cancelled between steps.
///
/// ```
/// use ticketscope_core::law::{Law, ProductLaw, WeightLaw};
/// use ticketscope_core::sample::{Sampler, Sampling};
/// use ticketscope_core::stats::Histogram;
/// let law = ProductLaw::new(WeightLaw::new(Law::Uniform, 1.0, 1.0, 2).unwrap(), 1, 5);
/// let mut run = Sampling::new(Sampler::new(&law, 1), 100_000, Histogram::new(-1.0, 1.0, 80)).unwrap();
/// while !run.step(8) {}
/// assert_eq!(run.tally().histogram.total(), 100_000);
/// assert!((run.tally().moments().variance() - 1.0 / 9.0).abs() < 0.01);
/// ```
#[derive(Debug, Clone)]
pub struct Sampling {
    sampler: Sampler,
    samples: u64,
    next: u32,
    end: u32,
    counter: Counter,
    tally: Tally,
    buffer: Vec<f64>,
}

impl Sampling {
    /// All chunks of a sample of `samples` values (at most [`MAX_SAMPLES`]), counted into `histogram`. `None` if that has more
    /// than 1,000 bins.
    pub fn new(sampler: Sampler, samples: u64, histogram: Histogram) -> Option<Self> {
        let end = chunk_count(samples);
        Self::of_chunks(sampler, samples, histogram, 0..end)
    }

    /// A part of the chunks: one worker's share.
    pub fn of_chunks(
        sampler: Sampler,
        samples: u64,
        histogram: Histogram,
        chunks: std::ops::Range<u32>,
    ) -> Option<Self> {
        let samples = samples.min(MAX_SAMPLES);
        let end = chunks.end.min(chunk_count(samples));
        let counter = Counter::new(&histogram)?;
        let tally = Tally { histogram, pieces: vec![] };
        Some(Self { sampler, samples, next: chunks.start, end, counter, tally, buffer: vec![0.0; CHUNK] })
    }

    /// Makes at most so many chunks more; whether the run is complete.
    pub fn step(&mut self, chunks: u32) -> bool {
        let stop = self.end.min(self.next.saturating_add(chunks));
        while self.next < stop {
            let values = &mut self.buffer[..chunk_size(self.samples, self.next)];
            self.sampler.fill(self.next, values);
            let histogram = &mut self.tally.histogram;
            let count = Count { values, counter: &mut self.counter, histogram };
            self.tally.pieces.push(self.sampler.arch.dispatch(count));
            self.next += 1;
        }
        self.counter.flush(&mut self.tally.histogram);
        self.next >= self.end
    }

    /// How many chunks are still to be made.
    pub fn remaining(&self) -> u32 {
        self.end.saturating_sub(self.next)
    }

    /// What is known so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }
}

/// How many chunks a sample of so many values has.
pub fn chunk_count(samples: u64) -> u32 {
    samples.min(MAX_SAMPLES).div_ceil(CHUNK as u64) as u32
}

/// How many values of a sample a chunk holds.
fn chunk_size(samples: u64, chunk: u32) -> usize {
    samples.saturating_sub(u64::from(chunk) * CHUNK as u64).min(CHUNK as u64) as usize
}

/// The Kolmogorov–Smirnov distances of a sample from its own law and from uniform on the window, step by step.
///
/// A small sample is kept and sorted; of a large one nothing is kept: it is made anew for each of two or three passes.
#[derive(Debug, Clone)]
pub struct Comparing {
    sampler: Sampler,
    samples: u64,
    window: f64,
    next: u32,
    method: Method,
    buffer: Vec<f64>,
    /// Of `sign`, whose law has atoms: how many values were negative.
    negative: u64,
}

#[derive(Debug, Clone)]
enum Method {
    Sort(Vec<f64>),
    Search(Box<Search>),
}

/// The most values that are kept and sorted.
const SORTED: u64 = 1 << 18;

impl Comparing {
    /// The distances of the sample of `samples` values (at most [`MAX_SAMPLES`]), the uniform one within ±`window`.
    pub fn new(sampler: Sampler, samples: u64, window: f64) -> Self {
        let samples = samples.min(MAX_SAMPLES);
        let method = if samples <= SORTED {
            Method::Sort(vec![])
        } else {
            Method::Search(Box::new(Search::new(window, sampler.law.weights().scale())))
        };
        Self { sampler, samples, window, next: 0, method, buffer: vec![0.0; CHUNK], negative: 0 }
    }

    /// Looks at no more than so many chunks; the distances once they are known.
    pub fn step(&mut self, chunks: u32) -> Option<Distances> {
        let end = chunk_count(self.samples);
        for _ in 0..chunks {
            if self.next < end {
                let values = &mut self.buffer[..chunk_size(self.samples, self.next)];
                self.sampler.fill(self.next, values);
                match &mut self.method {
                    Method::Sort(all) => all.extend_from_slice(values),
                    Method::Search(search) => search.take(values),
                }
                self.negative += values.iter().filter(|&&z| z < 0.0).count() as u64;
                self.next += 1;
            }
            if self.next == end {
                if let Some(distances) = self.end_pass() {
                    return Some(distances);
                }
                (self.next, self.negative) = (0, 0);
            }
        }
        None
    }

    fn end_pass(&mut self) -> Option<Distances> {
        let law = self.sampler.law;
        let cdf = |z: f64| law.cdf(z).unwrap_or(f64::NAN);
        let continuous = law.gamma_form().is_some();
        let mut distances = match &mut self.method {
            Method::Sort(all) => {
                sort(all);
                Distances {
                    theory: (continuous && !all.is_empty()).then(|| ks_distance(all, cdf)),
                    uniform: ks_uniform(all, self.window),
                    share_in_window: share_within(all, self.window),
                }
            }
            Method::Search(search) => search.end_pass(continuous.then_some(&cdf))?,
        };
        if law.weights().law() == Law::Sign && self.samples > 0 {
            // Both functions step at ±x only; between them they differ by the share of negative values less a half.
            distances.theory = Some((self.negative as f64 / self.samples as f64 - 0.5).abs());
        }
        Some(distances)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::WeightLaw;
    use crate::seed::stream;
    use pulp::WithSimd;

    /// The kernels compiled for the least of processors and for this one.
    #[test]
    fn vectors_change_no_bit() {
        for (alpha, length) in [(1.0, 5), (0.3, 12), (2.7, 6), (0.44, 33)] {
            let law = ProductLaw::new(WeightLaw::new(Law::Power, alpha, 1.7, length).unwrap(), 1, 5);
            let sampler = Sampler::new(&law, 6);
            let mut plain = vec![0.0; CHUNK];
            let lanes = &mut Lanes::seeded(&mut stream(6, Purpose::Products));
            FillRows { kernel: &sampler.kernel, factors: length, lanes, rows: &mut plain }.with_simd(pulp::Scalar);
            let mut here = vec![0.0; CHUNK];
            sampler.fill(0, &mut here);
            assert_eq!(plain, here);
            let bins = Histogram::new(-0.5, 0.5, 81);
            let (mut one, mut other) = (bins.clone(), bins.clone());
            let mut counter = Counter::new(&bins).unwrap();
            let moments = Count { values: &plain, counter: &mut counter, histogram: &mut one }.with_simd(pulp::Scalar);
            counter.flush(&mut one);
            let count = Count { values: &plain, counter: &mut counter, histogram: &mut other };
            assert_eq!(moments, sampler.arch.dispatch(count));
            counter.flush(&mut other);
            assert_eq!(one, other);
        }
    }
}
