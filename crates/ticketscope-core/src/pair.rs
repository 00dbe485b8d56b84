//! Numbers as sums of two doubles, for tables whose entries must be known beyond their last bit.
//!
//! Only + − × ÷ in a fixed order, without fused multiply-add: Dekker (1971), *A floating-point technique for extending the
//! available precision*.

use crate::float;

/// hi + lo, where hi is the double nearest to the sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The number, rounded.
    pub hi: f64,
    /// What rounding left out.
    pub lo: f64,
}

/// ln 2.
const LN_2: Pair = Pair { hi: std::f64::consts::LN_2, lo: 2.319_046_813_846_299_6e-17 };

impl Pair {
    /// a + b exactly, for |a| ≥ |b|.
    fn quick_sum(a: f64, b: f64) -> Self {
        let hi = a + b;
        Self { hi, lo: b - (hi - a) }
    }

    /// a·b exactly, where nothing over- or underflows.
    pub fn product(a: f64, b: f64) -> Self {
        let split = |x: f64| {
            let big = 134_217_729.0 * x;
            let high = big - (big - x);
            (high, x - high)
        };
        let ((a1, a0), (b1, b0)) = (split(a), split(b));
        let hi = a * b;
        Self { hi, lo: ((a1 * b1 - hi) + a1 * b0 + a0 * b1) + a0 * b0 }
    }

    /// This times another.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let exact = Self::product(self.hi, other.hi);
        Self::quick_sum(exact.hi, exact.lo + (self.hi * other.lo + self.lo * other.hi))
    }

    /// `a` plus this, for |a| ≥ |this|.
    #[must_use]
    pub fn above(self, a: f64) -> Self {
        let sum = Self::quick_sum(a, self.hi);
        Self::quick_sum(sum.hi, sum.lo + self.lo)
    }

    /// 2 to the power of this, as (m, k): m·2ᵏ, to some 76 bits, for |this| < 2³¹.
    pub fn exp2(self) -> (Self, i32) {
        let whole = (self.hi + 0.5).floor();
        let r = Self::quick_sum(self.hi - whole, self.lo).times(LN_2);
        // e^r by its series, |r| ≤ 0.35. A term's own rounding matters less the higher its degree.
        let tail = (7..=20).rev().fold(0.0, |sum, degree| 1.0 + r.hi * sum / f64::from(degree + 1));
        let mut sum = Self { hi: tail, lo: 0.0 };
        for degree in (1..=7).rev() {
            let term = r.times(sum);
            let quotient = term.hi / f64::from(degree);
            let back = Self::product(quotient, f64::from(degree));
            let rest = ((term.hi - back.hi) - back.lo + term.lo) / f64::from(degree);
            sum = Self { hi: quotient, lo: rest }.above(1.0);
        }
        (sum, whole as i32)
    }

    /// log₂ x for 1 ≤ x < 2, to some 76 bits.
    pub fn log2(x: f64) -> Self {
        // One of Newton's steps doubles the digits of libm's.
        let guess = float::ln(x) / LN_2.hi;
        let (inverse, exponent) = Self { hi: -guess, lo: 0.0 }.exp2();
        let ratio = inverse.times(Self { hi: x * if exponent == -1 { 0.5 } else { 1.0 }, lo: 0.0 });
        Self::quick_sum(guess, ((ratio.hi - 1.0) + ratio.lo) / LN_2.hi)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Powers and logarithms of two to sixty digits by mpmath 1.3, split into doubles.
    #[test]
    fn both_halves_are_right() {
        let third = Pair { hi: 1.0 / 3.0, lo: 1.850_371_707_708_594e-17 };
        let cases = [
            (Pair { hi: 0.25, lo: 0.0 }.exp2().0, Pair { hi: 1.189207115002721, lo: 3.982015231465646e-17 }),
            (third.exp2().0, Pair { hi: 1.2599210498948732, lo: -2.589933375300507e-17 }),
            (Pair { hi: -0.7, lo: 0.0 }.exp2().0, Pair { hi: 1.2311444133449163, lo: 1.1647835231044168e-17 }),
            (Pair::log2(1.25), Pair { hi: 0.32192809488736235, lo: -3.717019964142682e-19 }),
            (Pair::log2(1.5), Pair { hi: 0.5849625007211562, lo: -5.224490061390109e-18 }),
            (Pair::log2(1.001953125), Pair { hi: 0.0028150156070540383, lo: -9.786836716664628e-20 }),
            (Pair::log2(1.998046875), Pair { hi: 0.9985904297453286, lo: 1.2666558584085076e-17 }),
        ];
        for (got, want) in cases {
            assert_eq!(got.hi, want.hi);
            assert!((got.lo - want.lo).abs() <= 1e-23 * want.hi.abs(), "{got:?} {want:?}");
        }
    }
}
