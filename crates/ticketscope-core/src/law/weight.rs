//! One weight of a law, from the bits of its address.

use super::Law;
use crate::float;
use crate::seed::{Draws, open_unit};

/// The longest path: that of the most hidden layers a shape may have.
pub const MAX_PATH_LENGTH: u32 = 33;

/// Why there is no such weight law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LawError {
    /// α must be finite and above 0.
    Alpha,
    /// The scale must be finite and above 0.
    Scale,
    /// A path has 1 to [`MAX_PATH_LENGTH`] edges.
    PathLength,
}

impl std::fmt::Display for LawError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Alpha => "alpha must be a number above 0",
            Self::Scale => "scale must be a number above 0",
            Self::PathLength => "a path must have 1 to 33 edges",
        })
    }
}

impl std::error::Error for LawError {}

/// A weight law with its numbers: draws weights, one address a weight.
///
/// With L the path length and x the scale every weight is multiplied by x^(1/L), so that a product of L of them is multiplied
/// by x. The bits that a weight takes from its stream are part of the link format's promise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightLaw {
    law: Law,
    alpha: f64,
    scale: f64,
    path_length: u32,
    /// x^(1/L).
    unit: f64,
    gamma: LogGamma,
}

impl WeightLaw {
    /// The law with exponent `alpha` (used by [`Law::Power`] alone), `scale` x and `path_length` L.
    ///
    /// # Errors
    /// When a number lies outside its range: see [`LawError`].
    pub fn new(law: Law, alpha: f64, scale: f64, path_length: u32) -> Result<Self, LawError> {
        if !(1..=MAX_PATH_LENGTH).contains(&path_length) {
            return Err(LawError::PathLength);
        }
        if !(scale.is_finite() && scale > 0.0) {
            return Err(LawError::Scale);
        }
        let alpha = if law == Law::Power { alpha } else { 1.0 };
        if !(alpha.is_finite() && alpha > 0.0) {
            return Err(LawError::Alpha);
        }
        let unit = float::pow(scale, 1.0 / f64::from(path_length));
        Ok(Self { law, alpha, scale, path_length, unit, gamma: LogGamma::new(path_length) })
    }

    /// Which law.
    pub fn law(&self) -> Law {
        self.law
    }

    /// The exponent α of `power`; 1 for every other law.
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// The scale x: a product of L weights has support [−x, x] (`normal` apart).
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The path length L.
    pub fn path_length(&self) -> u32 {
        self.path_length
    }

    /// One weight. `fan_in` is the number of edges into the weight's head: it matters to [`Law::Normal`] alone; 0 counts as 1.
    ///
    /// `uniform`, `power` and `sign` take one word of the stream: the magnitude from its upper 52 bits, the sign from its
    /// lowest (set = negative). `exact` and `normal` take as many as their rejections ask for.
    #[inline]
    pub fn weight(&self, draws: &mut Draws, fan_in: u32) -> f64 {
        match self.law {
            Law::Uniform => {
                let word = draws.next_u64();
                signed(word, open_unit(word) * self.unit)
            }
            Law::Power => {
                let word = draws.next_u64();
                signed(word, float::pow(open_unit(word), self.alpha) * self.unit)
            }
            Law::Exact => {
                let (ln_g, word) = self.gamma.draw_with_word(draws);
                signed(word, float::exp(-float::exp(ln_g)) * self.unit)
            }
            Law::Normal => normal(draws) * float::sqrt(2.0 / f64::from(fan_in.max(1))) * self.unit,
            Law::Sign => signed(draws.next_u64(), self.unit),
        }
    }
}

/// `magnitude` with the sign that the lowest bit of `word` says.
#[inline]
fn signed(word: u64, magnitude: f64) -> f64 {
    if word & 1 == 1 { -magnitude } else { magnitude }
}

/// Draws ln G for G ~ Gamma(1/L, 1): what a weight ±exp(−G) of the law `exact` is made of.
///
/// With a = 1/L: G = Gamma(a + 1)·U^(1/a) in law, so ln G = ln Gamma(a + 1) + L·ln U. In logarithms nothing underflows,
/// while exp(−G) rounds to 1 in a few per cent of all draws at L = 12: test ln G, never the weight.
///
/// Gamma(a + 1) by Marsaglia and Tsang (2000), *A simple method for generating gamma variables*: with d = a + 2/3,
/// c = 1/(3√d), X normal and V = (1 + cX)³, accept d·V when ln U' < X²/2 + d − dV + d·ln V, as is sure when
/// U' < 1 − 0.0331·X⁴.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogGamma {
    length: f64,
    d: f64,
    ln_d: f64,
    c: f64,
}

impl LogGamma {
    /// The variable of paths of `path_length` L edges; 0 counts as 1.
    pub fn new(path_length: u32) -> Self {
        let length = f64::from(path_length.max(1));
        let d = 1.0 / length + 2.0 / 3.0;
        Self { length, d, ln_d: float::ln(d), c: 1.0 / (3.0 * float::sqrt(d)) }
    }

    /// One ln G.
    pub fn draw(&self, draws: &mut Draws) -> f64 {
        self.draw_with_word(draws).0
    }

    /// One ln G, and the word of its U, whose lowest bit is free to be a sign.
    fn draw_with_word(&self, draws: &mut Draws) -> (f64, u64) {
        loop {
            let x = normal(draws);
            let root = 1.0 + self.c * x;
            if root <= 0.0 {
                continue;
            }
            let v = root * root * root;
            let u = draws.open_unit();
            let square = x * x;
            let ln_v = float::ln(v);
            if u < 1.0 - 0.0331 * square * square || float::ln(u) < 0.5 * square + self.d - self.d * v + self.d * ln_v {
                let word = draws.next_u64();
                return (self.ln_d + ln_v + self.length * float::ln(open_unit(word)), word);
            }
        }
    }
}

/// Two independent standard normals by Marsaglia's polar method (Marsaglia, Bray 1964).
pub(crate) fn normal_pair(draws: &mut Draws) -> [f64; 2] {
    loop {
        let u = 2.0 * draws.open_unit() - 1.0;
        let v = 2.0 * draws.open_unit() - 1.0;
        // Both are odd multiples of 2⁻⁵², so s is never 0.
        let s = u * u + v * v;
        if s < 1.0 {
            let length = float::sqrt(-2.0 * float::ln(s) / s);
            return [u * length, v * length];
        }
    }
}

/// One of a pair: a weight owns its stream, so the other has no use.
fn normal(draws: &mut Draws) -> f64 {
    normal_pair(draws)[0]
}
