//! The product of `power` weights seen through a window, against the uniform law.

use crate::{float, gamma};

/// |Z| given |Z| ≤ y, for Z a product of L `power` weights at scale 1: with t = e^(−αx), x a Gamma(L, 1) variable,
/// H(t) = Q(L, x)/Q(L, x₀), x₀ = max(0, −ln y/α).
///
/// The ratio is taken as e^(x₀ − x)·S(x)/S(x₀), S the exponential sum, so that it holds where both Q underflow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Conditional {
    path_length: u32,
    alpha: f64,
    window: f64,
    /// x₀, the end of the window (or of the support) in x.
    start: f64,
    /// S(x₀).
    start_sum: f64,
}

impl Conditional {
    pub(super) fn new(path_length: u32, alpha: f64, window: f64) -> Self {
        let start = (-float::ln(window) / alpha).max(0.0);
        Self { path_length, alpha, window, start, start_sum: gamma::exponential_sum(path_length, start) }
    }

    /// H(t) − t/y at t = e^(−αx), for x ≥ x₀.
    fn gap(&self, x: f64) -> f64 {
        let h = float::exp(self.start - x) * gamma::exponential_sum(self.path_length, x) / self.start_sum;
        h - float::exp(-self.alpha * x) / self.window
    }

    /// ln of H′(t)·y at t = e^(−αx): above 0 where the law is denser than the uniform.
    fn ln_relative_density(&self, x: f64) -> f64 {
        let length = f64::from(self.path_length);
        gamma::ln_density(length, x) + self.start - float::ln(self.start_sum) + self.alpha * x - float::ln(self.alpha)
            + float::ln(self.window)
    }

    /// (sup (H − uniform)₊, sup (uniform − H)₊) over 0 ≤ t ≤ y.
    ///
    /// The density rises in x up to x* = (L − 1)/(1 − α) and falls after it (rises throughout for α ≥ 1), so it crosses the
    /// uniform at most once on either side; H − uniform peaks at the crossing below x*, and dips at the one above. A window
    /// beyond the support adds the support's own end, where H = 1.
    pub(super) fn excess_and_shortfall(&self) -> (f64, f64) {
        let rise = self.path_length - 1;
        let top = if self.alpha < 1.0 { f64::from(rise) / (1.0 - self.alpha) } else { f64::MAX };
        let top = top.max(self.start);
        let mut excess = (1.0 - 1.0 / self.window).max(0.0);
        let mut shortfall = 0.0_f64;
        if (rise > 0 || self.alpha > 1.0)
            && let Some(x) = self.crossing(self.start, top, Slope::Rising)
        {
            excess = excess.max(self.gap(x));
        }
        if self.alpha < 1.0
            && let Some(x) = self.crossing(top, f64::MAX, Slope::Falling)
        {
            shortfall = shortfall.max(-self.gap(x));
        }
        (excess, shortfall)
    }

    /// The Kolmogorov–Smirnov distance of Z given |Z| ≤ y from the uniform law on [−y, y]. Both are symmetric, so it is half
    /// of the distance of |Z| from the uniform law on [0, y].
    pub(super) fn distance_from_uniform(&self) -> f64 {
        let (excess, shortfall) = self.excess_and_shortfall();
        0.5 * excess.max(shortfall)
    }

    /// Where the relative density crosses 1 between `from` and `to` (which may be `f64::MAX`: as far as it takes).
    fn crossing(&self, from: f64, to: f64, slope: Slope) -> Option<f64> {
        // True on the side of `from`, false beyond the crossing.
        let before = |x: f64| match slope {
            Slope::Rising => self.ln_relative_density(x) < 0.0,
            Slope::Falling => self.ln_relative_density(x) > 0.0,
        };
        let mut low = from;
        let mut high = if to == f64::MAX {
            let mut high = (2.0 * from).max(1.0);
            while before(high) {
                // There t = e^(−αx) is 0, and so is the gap.
                if self.alpha * high > 800.0 {
                    return None;
                }
                high *= 2.0;
            }
            high
        } else {
            to
        };
        // At x = 0 the density of a path of two edges or more is 0, and ln_density would take ln 0 = −∞: rising, so before.
        if !before(low) || before(high) {
            return None;
        }
        loop {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high || high - low < 1e-14 * high {
                return Some(middle);
            }
            if before(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Slope {
    Rising,
    Falling,
}
