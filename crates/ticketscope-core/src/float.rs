//! The only door to transcendental functions.
//!
//! Native and wasm32 builds of the standard library round `ln`, `exp` and `powf` differently in up to a tenth of all
//! inputs, so everything that reaches a result goes through `libm`, which is the same code on every target.
//! `+ − × ÷ sqrt` are exact by IEEE 754 and need no door. `clippy.toml` beside this crate bans the rest.

/// Natural logarithm. `ln(0) = −∞`; NaN for a negative input.
#[inline]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + x), accurate near 0.
#[inline]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// e to the power x.
#[inline]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// e to the power x, minus 1, accurate near 0.
#[inline]
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// x to the power y, for x ≥ 0.
#[inline]
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// Square root: correctly rounded everywhere.
#[inline]
pub fn sqrt(x: f64) -> f64 {
    libm::sqrt(x)
}

/// Complementary error function, 1 − erf(x), accurate in the upper tail.
#[inline]
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// ln Γ(x) for x > 0.
#[inline]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// Γ(x) for x > 0.
#[inline]
pub fn gamma(x: f64) -> f64 {
    libm::tgamma(x)
}
