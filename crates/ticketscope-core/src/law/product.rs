//! The law of the product of the L weights of one path, in closed form.

use super::conditional::Conditional;
use super::{Law, WeightLaw};
use crate::{float, gamma};

/// The law of Z, the product of L independent weights.
///
/// For `power` weights −ln|Z/x| is α times a Gamma(L, 1) variable (x the scale); `uniform` is α = 1; the product of `exact`
/// weights is uniform, that is Gamma(1, 1) and α = 1. So one pair (shape, α) covers three laws. `sign` has two atoms ±x;
/// `normal` has moments but no closed distribution function.
///
/// ```
/// use ticketscope_core::law::{Law, ProductLaw, WeightLaw};
/// let law = ProductLaw::new(WeightLaw::new(Law::Uniform, 1.0, 1.0, 2).unwrap(), 1, 5);
/// // g(z) = −ln|z|/2 for two uniform weights.
/// assert!((law.density(0.5).unwrap() - 0.5 * 2_f64.ln()).abs() < 1e-15);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProductLaw {
    weights: WeightLaw,
    sources: u32,
    width: u32,
}

/// The normal law with mean 0 that is nearest to a product law in Kolmogorov–Smirnov distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearestNormal {
    /// Its standard deviation.
    pub sigma: f64,
    /// The distance.
    pub distance: f64,
}

impl ProductLaw {
    /// The product of a path of `weights`, in a network with so many `sources` and hidden layers of `width`; these two set the
    /// fan-in, which only [`Law::Normal`] asks for. 0 counts as 1.
    pub fn new(weights: WeightLaw, sources: u32, width: u32) -> Self {
        Self { weights, sources: sources.max(1), width: width.max(1) }
    }

    /// The law of each weight.
    pub fn weights(&self) -> &WeightLaw {
        &self.weights
    }

    /// The number of edges into the head of a path's edge `layer`.
    pub fn fan_in(&self, layer: u32) -> u32 {
        if layer == 0 { self.sources } else { self.width }
    }

    /// (shape, α) of −ln|Z/x| = α·Gamma(shape, 1); none for `normal` and `sign`.
    pub(crate) fn gamma_form(&self) -> Option<(u32, f64)> {
        match self.weights.law() {
            Law::Uniform | Law::Power => Some((self.weights.path_length(), self.weights.alpha())),
            Law::Exact => Some((1, 1.0)),
            Law::Normal | Law::Sign => None,
        }
    }

    /// The density at z: with t = |z|/x, t^(1/α − 1)·(−ln t/α)^(L−1)/(2αx(L − 1)!). 0 beyond ±x; at 0 its limit (possibly ∞).
    /// `None` for `normal` and `sign`.
    pub fn density(&self, z: f64) -> Option<f64> {
        let (shape, alpha) = self.gamma_form()?;
        let t = z.abs() / self.weights.scale();
        if t > 1.0 {
            return Some(0.0);
        }
        if t == 0.0 {
            let flat = shape == 1 && alpha == 1.0;
            let limit = if flat { 0.5 / self.weights.scale() } else { 0.0 };
            return Some(if flat || alpha < 1.0 { limit } else { f64::INFINITY });
        }
        let x = -float::ln(t) / alpha;
        let ln = gamma::ln_density(f64::from(shape), x) + alpha * x;
        Some(float::exp(ln) / (2.0 * alpha * self.weights.scale()))
    }

    /// P(Z ≤ z), accurate relatively in the lower tail. `None` for `normal`.
    pub fn cdf(&self, z: f64) -> Option<f64> {
        let scale = self.weights.scale();
        if self.weights.law() == Law::Sign {
            return Some(if z < -scale {
                0.0
            } else if z < scale {
                0.5
            } else {
                1.0
            });
        }
        let (shape, alpha) = self.gamma_form()?;
        let t = z.abs() / scale;
        let x = -float::ln(t.min(1.0)) / alpha;
        let shape = f64::from(shape);
        Some(if z < 0.0 { 0.5 * gamma::lower(shape, x) } else { 0.5 + 0.5 * gamma::upper(shape, x) })
    }

    /// P(|Z| ≤ window). `None` for `normal`.
    pub fn mass_within(&self, window: f64) -> Option<f64> {
        let y = window / self.weights.scale();
        if self.weights.law() == Law::Sign {
            return Some(if y < 1.0 { 0.0 } else { 1.0 });
        }
        let (shape, alpha) = self.gamma_form()?;
        Some(gamma::upper(f64::from(shape), -float::ln(y.min(1.0)) / alpha))
    }

    /// E|Z|^order. For an even order that is the moment itself; the odd moments of Z are 0.
    pub fn absolute_moment(&self, order: u32) -> f64 {
        let order = f64::from(order);
        let length = f64::from(self.weights.path_length());
        let unit = match (self.weights.law(), self.gamma_form()) {
            (Law::Normal, _) => {
                // E|N|^r = 2^(r/2) Γ((r + 1)/2)/√π a weight, times its standard deviation to the r.
                const ROOT_PI: f64 = 1.772_453_850_905_516;
                let one = float::pow(2.0, 0.5 * order) * float::gamma(0.5 * (order + 1.0)) / ROOT_PI;
                float::pow(one, length) * float::pow(self.unit_deviation(), order)
            }
            (_, Some((shape, alpha))) => float::pow(1.0 / (order * alpha + 1.0), f64::from(shape)),
            (_, None) => 1.0,
        };
        unit * float::pow(self.weights.scale(), order)
    }

    /// E Z⁴/(E Z²)²: ((2α + 1)²/(4α + 1))^L for `power`, 9/5 for `exact`, 3^L for `normal`, 1 for `sign`.
    pub fn kurtosis(&self) -> f64 {
        match (self.weights.law(), self.gamma_form()) {
            (Law::Normal, _) => float::pow(3.0, f64::from(self.weights.path_length())),
            (_, Some((shape, alpha))) => {
                let root = 2.0 * alpha + 1.0;
                float::pow(root * root / (4.0 * alpha + 1.0), f64::from(shape))
            }
            (_, None) => 1.0,
        }
    }

    /// Where the density is greatest: ±x·exp(−(L − 1)α/(1 − α)) for α < 1; 0 where it is unbounded or peaks there; none for
    /// the uniform law; the two atoms of `sign`.
    pub fn modes(&self) -> Vec<f64> {
        let scale = self.weights.scale();
        match self.gamma_form() {
            None if self.weights.law() == Law::Sign => vec![-scale, scale],
            None => vec![0.0],
            Some((1, 1.0)) => vec![],
            Some((shape, alpha)) if alpha < 1.0 => {
                let mode = scale * float::exp(-f64::from(shape - 1) * alpha / (1.0 - alpha));
                if mode > 0.0 { vec![-mode, mode] } else { vec![0.0] }
            }
            Some(_) => vec![0.0],
        }
    }

    /// The Kolmogorov–Smirnov distance of Z given |Z| ≤ window from the uniform law on [−window, window]. `None` where there is
    /// no closed form (`normal`), or nothing within the window (`sign`, window below the scale).
    pub fn distance_from_uniform(&self, window: f64) -> Option<f64> {
        let y = window / self.weights.scale();
        if self.weights.law() == Law::Sign {
            return (y >= 1.0).then(|| 0.5 * (1.0 / y).max(1.0 - 1.0 / y));
        }
        let (shape, alpha) = self.gamma_form()?;
        Some(Conditional::new(shape, alpha, y).distance_from_uniform())
    }

    /// The Kolmogorov–Smirnov distance of Z (unconditional) from the normal law with mean 0 and standard deviation `sigma`.
    /// `None` for `normal`.
    pub fn distance_from_normal(&self, sigma: f64) -> Option<f64> {
        let sigma = sigma / self.weights.scale();
        if self.weights.law() == Law::Sign {
            let inside = 1.0 - float::erfc(1.0 / (sigma * std::f64::consts::SQRT_2));
            return Some(0.5 * inside.max(1.0 - inside));
        }
        let (excess, shortfall) = Folded::new(self.gamma_form()?).against_normal(sigma);
        Some(0.5 * excess.max(shortfall))
    }

    /// The normal law with mean 0 at the least Kolmogorov–Smirnov distance from Z (unconditional). `None` for `normal`.
    ///
    /// Where σ grows the normal law falls below Z's at every t > 0, so the largest excess of Z over it never falls and the
    /// largest shortfall never rises: bisection on ln σ finds where they meet. Some 30,000 error functions, about a millisecond.
    pub fn nearest_normal(&self) -> Option<NearestNormal> {
        let scale = self.weights.scale();
        if self.weights.law() == Law::Sign {
            // Both gaps are 1/4 where half of the normal law lies within ±x: σ = x/Φ⁻¹(3/4).
            return Some(NearestNormal { sigma: scale / 0.674_489_750_196_081_7, distance: 0.25 });
        }
        let folded = Folded::new(self.gamma_form()?);
        let (mut low, mut high) = (-folded.alpha * folded.reach, 3.0);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            let (excess, shortfall) = folded.against_normal(float::exp(middle));
            if excess <= shortfall {
                low = middle;
            } else {
                high = middle;
            }
        }
        let sigma = float::exp(0.5 * (low + high));
        let (excess, shortfall) = folded.against_normal(sigma);
        Some(NearestNormal { sigma: sigma * scale, distance: 0.5 * excess.max(shortfall) })
    }

    /// The standard deviation of a product of `normal` weights, scale apart: Π √(2/fan-in).
    pub(crate) fn unit_deviation(&self) -> f64 {
        (0..self.weights.path_length()).map(|layer| float::sqrt(2.0 / f64::from(self.fan_in(layer)))).product()
    }
}

/// |Z| at scale 1 on a grid of its gamma variable: t = e^(−αx), P(|Z| ≤ t) = Q(shape, x).
struct Folded {
    shape: f64,
    alpha: f64,
    /// Where the gamma law has practically ended.
    reach: f64,
    /// (t, P(|Z| ≤ t)).
    grid: Vec<(f64, f64)>,
}

impl Folded {
    const CELLS: u32 = 500;

    fn new((shape, alpha): (u32, f64)) -> Self {
        let shape = f64::from(shape);
        let mut folded = Self { shape, alpha, reach: shape + 12.0 * float::sqrt(shape) + 20.0, grid: vec![] };
        folded.grid = (0..=Self::CELLS).map(|i| folded.point(folded.at(f64::from(i)))).collect();
        folded
    }

    fn at(&self, cell: f64) -> f64 {
        self.reach * cell / f64::from(Self::CELLS)
    }

    fn point(&self, x: f64) -> (f64, f64) {
        (float::exp(-self.alpha * x), gamma::upper(self.shape, x))
    }

    /// (sup (P(|Z| ≤ t) − P(|N| ≤ t))₊, sup of the opposite), N normal with standard deviation `sigma`: the best cell of the
    /// grid, then a ternary search around it.
    fn against_normal(&self, sigma: f64) -> (f64, f64) {
        let gap = |(t, h): (f64, f64)| h - (1.0 - float::erfc(t / (sigma * std::f64::consts::SQRT_2)));
        let (mut most, mut least) = ((0, 0.0), (0, 0.0));
        for (i, &point) in self.grid.iter().enumerate() {
            let value = gap(point);
            if value > most.1 {
                most = (i, value);
            }
            if value < least.1 {
                least = (i, value);
            }
        }
        let refine = |(i, coarse): (usize, f64), sign: f64| {
            let (mut low, mut high) = (self.at((i as f64 - 1.0).max(0.0)), self.at(i as f64 + 1.0));
            let mut best = sign * coarse;
            for _ in 0..30 {
                let third = (high - low) / 3.0;
                let (a, b) = (sign * gap(self.point(low + third)), sign * gap(self.point(high - third)));
                best = best.max(a).max(b);
                if a < b {
                    low += third;
                } else {
                    high -= third;
                }
            }
            best
        };
        (refine(most, 1.0), refine(least, -1.0))
    }
}

/// The density of one `exact` weight at scale 1: (−ln|w|)^(1/L − 1)/(2Γ(1/L)) for 0 < |w| < 1; its limits at 0 and ±1; 0 beyond.
pub fn exact_weight_density(path_length: u32, w: f64) -> f64 {
    let a = 1.0 / f64::from(path_length.max(1));
    let t = w.abs();
    if t > 1.0 {
        return 0.0;
    }
    let power = if a == 1.0 { 1.0 } else { float::pow(-float::ln(t), a - 1.0) };
    power / (2.0 * float::gamma(a))
}

/// P(W ≤ w) of one `exact` weight at scale 1: −ln|W| is a Gamma(1/L, 1) variable.
pub fn exact_weight_cdf(path_length: u32, w: f64) -> f64 {
    let a = 1.0 / f64::from(path_length.max(1));
    let x = -float::ln(w.abs().min(1.0));
    if w < 0.0 { 0.5 * gamma::lower(a, x) } else { 0.5 + 0.5 * gamma::upper(a, x) }
}
