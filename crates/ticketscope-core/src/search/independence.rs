//! How often a network would hold a ticket if its paths were independent, and floors that no number of paths gets below (§4).

use crate::float;
use crate::forward::Activation;
use crate::law::{Law, ProductLaw, WeightLaw, exact_weight_cdf};
use crate::shape::Shape;

/// The chance that the product of one path lies within ε of the target, by its law's own distribution function; for a law uniform
/// on [−x, x] that is the length of [β − ε, β + ε] ∩ [−x, x] over 2x. `None` for `normal`.
pub fn hit_chance(law: &ProductLaw, target: f64, epsilon: f64) -> Option<f64> {
    // In the lower tail, by symmetry: there the distribution function keeps its digits.
    let (near, far) = (epsilon - target.abs(), -(target.abs() + epsilon));
    // Only `sign` has atoms, and both ends of the interval belong to it.
    let far = if law.weights().law() == Law::Sign { far.next_down() } else { far };
    Some((law.cdf(near)? - law.cdf(far)?).clamp(0.0, 1.0))
}

/// Chances p of one path, with weights that add up to 1: one for a given target, many for one drawn uniformly from [−x, x].
#[derive(Debug, Clone, PartialEq)]
pub struct Chances(Vec<(f64, f64)>);

/// A chance and its opposite, each with all its digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// That there is a ticket.
    pub win: f64,
    /// That there is none.
    pub fail: f64,
}

impl Chances {
    /// Of a given target. `None` for `normal`.
    pub fn at(law: &ProductLaw, target: f64, epsilon: f64) -> Option<Self> {
        Some(Self(vec![(1.0, hit_chance(law, target, epsilon)?)]))
    }

    /// Of a target drawn uniformly from [−x, x], x the law's scale: by Simpson's rule between the places where p has kinks.
    pub fn uniform(law: &ProductLaw, epsilon: f64) -> Option<Self> {
        const CELLS: u32 = 32;
        let x = law.weights().scale();
        let mut ends = [0.0, epsilon.min(x), (x - epsilon).max(0.0), x];
        ends.sort_unstable_by(f64::total_cmp);
        let mut chances = Vec::new();
        for pair in ends.windows(2).filter(|pair| pair[1] > pair[0]) {
            let step = (pair[1] - pair[0]) / f64::from(2 * CELLS);
            for i in 0..=2 * CELLS {
                let share = if i == 0 || i == 2 * CELLS { 1.0 } else { 2.0 + 2.0 * f64::from(i % 2) };
                let target = pair[0] + step * f64::from(i);
                chances.push((share * step / (3.0 * x), hit_chance(law, target, epsilon)?));
            }
        }
        Some(Self(chances))
    }

    /// P(win) if all of the shape's paths, or a `share` of them, were independent.
    ///
    /// Linear: P(fail) = (1 − p)^N, N = wⁿ. ReLU, with q = p·2^(−(n − 1)) and K of the w first weights positive, K ~ Binomial(w, ½):
    /// P(win) = E[(1 − (1 − q)^(K·w^(n−1)))·(1 − (1 − q)^((w−K)·w^(n−1)))]. Of one source and one sink.
    pub fn predict(&self, shape: &Shape, activation: Activation, share: f64) -> Chance {
        let mut all = Chance { win: 0.0, fail: 0.0 };
        for &(weight, p) in &self.0 {
            let one = match activation {
                Activation::Linear => of_many(p, share * power(shape.width(), shape.hidden_layers())),
                Activation::Relu => of_pairs(p, shape, share),
            };
            all.win += weight * one.win;
            all.fail += weight * one.fail;
        }
        all
    }

    /// The **effective share of independent paths**: the share s of the N paths that, if independent, would fail as often as was
    /// measured. For linear networks and one target it is ln P(fail)/(N·ln(1 − p)); the paper's conjecture says 1. `None` where no share
    /// does.
    pub fn effective_share(&self, shape: &Shape, activation: Activation, fail: f64) -> Option<f64> {
        // Failing falls as the share grows. ln s from e^−40 to e^40.
        let (mut low, mut high) = (-40.0, 40.0);
        let at = |ln: f64| self.predict(shape, activation, float::exp(ln)).fail;
        if !(fail < at(low) && fail > at(high)) {
            return None;
        }
        for _ in 0..100 {
            let middle = 0.5 * (low + high);
            if at(middle) > fail { low = middle } else { high = middle }
        }
        Some(float::exp(0.5 * (low + high)))
    }
}

/// Whether one of `count` independent tries succeeds.
fn of_many(p: f64, count: f64) -> Chance {
    let ln = if count == 0.0 { 0.0 } else { count * float::ln_1p(-p) };
    Chance { win: -float::exp_m1(ln), fail: float::exp(ln) }
}

fn of_pairs(p: f64, shape: &Shape, share: f64) -> Chance {
    let (w, n) = (shape.width(), shape.hidden_layers());
    let q = p / power(2, n - 1);
    let behind = share * power(w, n - 1);
    // C(w, K)/2^w by recurrence: at most 2^509, and exact to a few bits.
    let mut chance = 1.0 / power(2, w);
    let mut all = Chance { win: 0.0, fail: 0.0 };
    for k in 0..=w {
        let (plus, minus) = (of_many(q, f64::from(k) * behind), of_many(q, f64::from(w - k) * behind));
        all.win += chance * plus.win * minus.win;
        all.fail += chance * (plus.fail + plus.win * minus.fail);
        chance *= f64::from(w - k) / f64::from(k + 1);
    }
    all
}

/// base^exponent, at most 512^32.
fn power(base: u32, exponent: u32) -> f64 {
    (0..exponent).fold(1.0, |power, _| power * f64::from(base))
}

/// A floor under P(fail) of a ReLU network that no law and no number of paths gets below: 2^(1 − w), the chance that all w first
/// weights have one sign.
pub fn sign_floor(width: u32) -> f64 {
    2.0 / power(2, width)
}

/// A floor under P(fail) from sizes. With weights of at most x^(1/L) every weight of a hit has at least (|β| − ε)/x of that size;
/// if an edge layer has none so large there is no ticket. Layers are independent, so with s the chance that a weight is smaller,
/// P(fail) ≥ 1 − Π over edge layers of (1 − s^edges). `None` for `normal`, whose weights have no largest size.
pub fn size_floor(law: &WeightLaw, shape: &Shape, target: f64, epsilon: f64) -> Option<f64> {
    let needed = (target.abs() - epsilon) / law.scale();
    let smaller = if needed <= 0.0 {
        0.0
    } else if needed > 1.0 {
        1.0
    } else {
        match law.law() {
            Law::Uniform | Law::Power => float::pow(needed, 1.0 / law.alpha()),
            Law::Exact => 1.0 - 2.0 * exact_weight_cdf(law.path_length(), -needed),
            Law::Sign => 0.0,
            Law::Normal => return None,
        }
    };
    let ln_none = (0..shape.edge_layers())
        .map(|layer| float::ln_1p(-float::pow(smaller, f64::from(shape.edges_in(layer)))))
        .fold(0.0, |sum, ln| sum + ln);
    Some(-float::exp_m1(ln_none))
}
