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
/// A window wider than the scale counts as the scale: no product lies beyond, and the distance itself would have all of them
/// pile up at ±scale (for a window of twice the scale or more its least value is approached only as α → 0).
///
/// Cost: some 10⁴ logarithms, below a millisecond.
pub fn alpha_flat(path_length: u32, window: f64) -> f64 {
    let window = window.min(1.0);
    let (mut low, mut high) = (float::ln(1e-4), float::ln(MAX_ALPHA));
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        let (excess, shortfall) = Conditional::new(path_length, float::exp(middle), window).excess_and_shortfall();
        if excess <= shortfall {
            low = middle;
        } else {
            high = middle;
        }
    }
    float::exp(0.5 * (low + high))
}
