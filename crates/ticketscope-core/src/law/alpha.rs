//! Choosing α, the exponent of the law `power`.

use super::conditional::Conditional;
use crate::float;

/// The largest α that may be set.
pub const MAX_ALPHA: f64 = 8.0;

/// α(L, h) = Λ/(Λ + L − 1), Λ = ln(1/h): the least kurtosis whose two modes cannot be told apart at resolution h in (0, 1).
///
/// The product's kurtosis increases with α and its modes stand at ±exp(−(L − 1)α/(1 − α)); this α puts them at ±h.
///
/// ```
/// use ticketscope_core::law::alpha_at_resolution;
/// // L = 2, h = 0.02: Λ = 3.912, α = 3.912/4.912.
/// assert!((alpha_at_resolution(2, 0.02) - 0.796418).abs() < 1e-6);
/// ```
pub fn alpha_at_resolution(path_length: u32, resolution: f64) -> f64 {
    let lambda = -float::ln(resolution);
    lambda / (lambda + f64::from(path_length.max(1) - 1))
}

/// The α in (0, 8] whose product Z of L weights, given |Z| ≤ window, is nearest to uniform there in Kolmogorov–Smirnov
/// distance; `window` is relative to the scale, above 0.
///
/// P(|Z| ≤ t given |Z| ≤ window) increases with α for every t, because the gamma law has an increasing hazard. So the
/// largest excess over uniform never falls with α, the largest shortfall never rises, and the greater of the two is least
/// where they cross: bisection on ln α.
///
/// A window wider than the scale cannot be filled: every α then has a distance of at least (1 − scale/window)/2, and many
/// may reach it. Among those the α that is best on the whole support (window = scale) is taken, else the largest.
///
/// Cost: some 10⁴ logarithms, below a millisecond.
pub fn alpha_flat(path_length: u32, window: f64) -> f64 {
    // The excess that no α avoids.
    let floor = (1.0 - 1.0 / window).max(0.0);
    if window > 1.0 {
        let on_support = alpha_flat(path_length, 1.0);
        if Conditional::new(path_length, on_support, window).distance_from_uniform() <= 0.5 * floor {
            return on_support;
        }
    }
    let (mut low, mut high) = (float::ln(1e-4), float::ln(MAX_ALPHA));
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        let (excess, shortfall) = Conditional::new(path_length, float::exp(middle), window).excess_and_shortfall();
        if excess <= shortfall.max(floor) {
            low = middle;
        } else {
            high = middle;
        }
    }
    float::exp(0.5 * (low + high))
}
