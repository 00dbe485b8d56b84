//! A histogram of path products, its law, and what is said of both.

use super::{Count, Fact, Head, text_of};
use crate::note::Note;
use crate::number::{canonical, count, figure, grouped, share};
use crate::products::Gathered;
use crate::run::{self, Own, SceneError};
use crate::scene::{Alpha, Of, Scene};
use core::fmt;
use num_bigint::BigUint;
use serde::Serialize;
use ticketscope_core::law::{Law, ProductLaw};
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::path::Lit;
use ticketscope_core::shape::Shape;
use ticketscope_core::stats::Histogram;

/// What the view `products` says.
#[derive(Debug, Clone, Serialize)]
pub struct ProductsReport {
    /// What every report begins with.
    #[serde(flatten)]
    pub head: Head,
    /// The word of the weights' law; none for own weights.
    pub law: Option<&'static str>,
    /// α: of `power`, and 1 of `uniform`.
    pub alpha: Option<f64>,
    /// Where the law's density is greatest; none where it is flat or not known.
    pub modes: Vec<f64>,
    /// `law` or `network`.
    pub of: &'static str,
    /// Products counted or drawn.
    pub samples: u64,
    /// Whether they are all surviving paths, each once.
    pub exact: bool,
    /// Where they fell.
    pub histogram: HistogramReport,
    /// The law of the product; none for own weights.
    pub theory: Option<Theory>,
    /// The law's distance from uniform, given that the product lies within the window.
    pub ks_uniform: Option<f64>,
    /// The law's distance from the nearest normal law.
    pub ks_normal: Option<f64>,
    /// The standard deviation of that normal law.
    pub sigma: Option<f64>,
    /// What is said of the products gathered.
    pub sample: Sample,
    /// The paths within the brush, of a network's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brush: Option<BrushReport>,
    /// The step at which the network stands, for its own paths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
    /// All its surviving paths, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub surviving_paths: Option<Count>,
    #[serde(skip)]
    alpha_choice: Alpha,
    #[serde(skip)]
    is_window_wider: bool,
}

/// A histogram, as the JSON has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HistogramReport {
    /// The left end.
    pub low: f64,
    /// The right end.
    pub high: f64,
    /// Products in each bin.
    pub counts: Vec<u64>,
    /// Products left of it.
    pub below: u64,
    /// Products right of it.
    pub above: u64,
}

impl From<&Histogram> for HistogramReport {
    fn from(histogram: &Histogram) -> Self {
        Self {
            low: histogram.low(),
            high: histogram.high(),
            counts: histogram.counts().to_vec(),
            below: histogram.below(),
            above: histogram.above(),
        }
    }
}

/// The law of a product, as far as it has a closed form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Theory {
    /// P(Z ≤ e) at each edge of the histogram's bins.
    pub cdf: Option<Vec<f64>>,
    /// E Z⁴/(E Z²)².
    pub kurtosis: f64,
}

/// What is said of the products gathered. Numbers that are not defined (of no product, say) are null in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sample {
    /// Their mean.
    pub mean: f64,
    /// Their mean squared deviation from it.
    pub variance: f64,
    /// Their fourth central moment over the squared variance.
    pub kurtosis: f64,
    /// Kolmogorov–Smirnov distance from the law.
    pub ks_theory: Option<f64>,
    /// Distance of those within the window from uniform there.
    pub ks_uniform: Option<f64>,
    /// The share within the window.
    pub share_in_window: f64,
}

/// A brush, as the JSON has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BrushReport {
    /// The lower end, included.
    pub low: f64,
    /// The upper end, included.
    pub high: f64,
    /// Surviving paths whose product lies there, exact; none where there are too many half-paths to count them.
    pub paths: Option<u64>,
}

impl BrushReport {
    /// Counts the paths of a network under a mask that a scene's brush takes in; none without a brush.
    pub fn of(scene: &Scene, network: &Network, mask: &Mask) -> Option<Self> {
        let (low, high) = scene.brush?;
        let lit = Lit::between(network, mask, low, high, true, MOST_HALVES);
        Some(Self { low, high, paths: lit.map(|lit| lit.paths()) })
    }

    fn fact(&self, paths: Option<&Count>) -> Fact {
        let value = match (self.paths, paths) {
            (Some(within), Some(all)) => format!("{} of {} surviving paths", grouped(within), count(&all.0)),
            (Some(within), None) => grouped(within),
            (None, _) => "not counted: too many half-paths".to_owned(),
        };
        Fact::new("in the brush", value).with(format!(
            "products from {} to {}, exact",
            canonical(self.low).replace('-', "−"),
            canonical(self.high).replace('-', "−")
        ))
    }
}

/// The most half-paths that are listed to count those in a brush.
const MOST_HALVES: usize = 4_000_000;

/// Which paths were gathered.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnPaths {
    /// The step at which the network stands.
    pub step: u32,
    /// All its surviving paths.
    pub surviving: BigUint,
    /// Those in the brush.
    pub brush: Option<BrushReport>,
}

impl ProductsReport {
    /// The report of what was gathered for a scene: with `paths` of a network's own, else of the law. `notes` are those of the
    /// link (and of the step).
    pub fn new(
        scene: &Scene,
        own: &Own,
        gathered: &Gathered,
        paths: Option<OwnPaths>,
        notes: &[Note],
    ) -> Result<Self, SceneError> {
        let shape: Shape = own.shape().map_or_else(|| scene.shape(), Ok)?;
        let law = if own.has_weights() && scene.of == Of::Network { None } else { Some(run::product_law(scene)?) };
        let mut notes = notes.to_vec();
        if scene.alpha == Alpha::Flat && scene.law == Law::Power && law.is_some() {
            notes.push(Note::WindowDecides);
        }
        let rounding = 1e-12 * scene.scale;
        if law.is_some_and(|law| law.weights().law() == Law::Sign)
            && gathered.distances.share_in_window < 1.0
            && scene.window >= scene.scale - rounding
        {
            notes.push(Note::RoundedOut { window: canonical(scene.window), scale: canonical(scene.scale) });
        }
        let normal = law.and_then(|law| law.nearest_normal());
        let alpha = law.filter(|law| matches!(law.weights().law(), Law::Power | Law::Uniform));
        Ok(Self {
            head: Head::of(scene, own, &shape, &notes),
            law: law.map(|law| law.weights().law().word()),
            alpha: alpha.map(|law| law.weights().alpha()),
            modes: law.map(|law| law.modes()).unwrap_or_default(),
            of: scene.of.word(),
            samples: gathered.histogram.total(),
            exact: gathered.exact,
            histogram: HistogramReport::from(&gathered.histogram),
            theory: law.map(|law| Theory::of(&law, &gathered.histogram)),
            ks_uniform: law.and_then(|law| law.distance_from_uniform(scene.window)),
            ks_normal: normal.map(|normal| normal.distance),
            sigma: normal.map(|normal| normal.sigma),
            sample: Sample {
                mean: gathered.moments.mean(),
                variance: gathered.moments.variance(),
                kurtosis: gathered.moments.kurtosis(),
                ks_theory: gathered.distances.theory,
                ks_uniform: gathered.distances.uniform,
                share_in_window: gathered.distances.share_in_window,
            },
            brush: paths.as_ref().and_then(|paths| paths.brush.clone()),
            step: paths.as_ref().map(|paths| paths.step),
            surviving_paths: paths.map(|paths| Count(paths.surviving)),
            alpha_choice: scene.alpha,
            is_window_wider: scene.window > scene.scale,
        })
    }

    /// The report line by line.
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = vec![self.products_fact()];
        facts.extend(self.brush.as_ref().map(|brush| brush.fact(self.surviving_paths.as_ref())));
        if let Some(law) = self.law {
            let name = if self.alpha.is_some() {
                format!("{law}, α = {}", figure(self.alpha.unwrap_or(f64::NAN)))
            } else {
                law.to_owned()
            };
            facts.push(Fact::new("law", name).with(self.alpha_remark()));
        }
        facts.extend(self.theory_facts());
        facts.extend(self.sample_facts());
        facts
    }

    /// How many products, exact or sampled, of how many.
    fn products_fact(&self) -> Fact {
        let n = grouped(self.samples);
        match (&self.surviving_paths, self.exact) {
            (Some(_), true) if self.samples == 0 => Fact::new("products", "none: no path is left")
                .with(format!("at step {}", grouped(self.step.unwrap_or_default().into()))),
            (None, _) => Fact::new("products", format!("{n} independent samples")).with("sampled"),
            (Some(_), true) => Fact::new("products", format!("all {n} surviving paths"))
                .with(format!("exact, at step {}", grouped(self.step.unwrap_or_default().into()))),
            (Some(paths), false) => Fact::new("products", format!("{n} of {} surviving paths", count(&paths.0)))
                .with(format!("sampled, at step {}", grouped(self.step.unwrap_or_default().into()))),
        }
    }

    fn alpha_remark(&self) -> &'static str {
        match (self.law, self.alpha_choice) {
            (Some("power"), Alpha::Flat) if self.is_window_wider => {
                "flat: the nearest to uniform on ±scale, beyond which no product lies"
            }
            (Some("power"), Alpha::Auto) => "auto: the least kurtosis whose modes the resolution cannot tell apart",
            (Some("power"), Alpha::Flat) => "flat: the nearest to uniform on the window",
            _ => "",
        }
    }

    fn theory_facts(&self) -> Vec<Fact> {
        let Some(theory) = &self.theory else {
            return vec![Fact::new("theory", "none").with("own weights have no law")];
        };
        let window = canonical(self.histogram.high);
        let or_none = |x: Option<f64>| x.map_or_else(|| "no closed form".to_owned(), figure);
        let modes = match &self.modes[..] {
            [] => "none".to_owned(),
            [one] => figure(*one),
            [.., last] => format!("±{}", figure(*last)),
        };
        let mut facts = vec![
            Fact::new("modes, theory", modes),
            Fact::new("kurtosis, theory", figure(theory.kurtosis)),
            Fact::new("from uniform, theory", or_none(self.ks_uniform))
                .with(format!("KS distance given |z| ≤ {window}")),
            Fact::new("from normal, theory", or_none(self.ks_normal)),
        ];
        if let (Some(sigma), Some(fact)) = (self.sigma, facts.last_mut()) {
            fact.remark = format!("KS distance, the nearest one: σ = {}", figure(sigma));
        }
        facts
    }

    fn sample_facts(&self) -> Vec<Fact> {
        let Sample { mean, variance, kurtosis, ks_theory, ks_uniform, share_in_window } = self.sample;
        let window = canonical(self.histogram.high);
        let distance = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), figure);
        vec![
            Fact::new("mean", figure(mean)),
            Fact::new("variance", figure(variance)),
            Fact::new("kurtosis", figure(kurtosis)),
            Fact::new("from theory", distance(ks_theory)).with("KS distance"),
            Fact::new("from uniform", distance(ks_uniform)).with(format!("KS distance given |z| ≤ {window}")),
            Fact::new("within the window", share(share_in_window)).with(format!(
                "{} of {} outside",
                grouped(self.histogram.below + self.histogram.above),
                grouped(self.samples)
            )),
        ]
    }
}

impl fmt::Display for ProductsReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text_of(&self.head, &self.facts()))
    }
}

impl Theory {
    fn of(law: &ProductLaw, histogram: &Histogram) -> Self {
        Self { cdf: histogram.edges().iter().map(|&z| law.cdf(z)).collect(), kurtosis: law.kurtosis() }
    }
}
