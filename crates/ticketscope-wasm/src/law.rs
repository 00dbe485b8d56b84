//! The law of a path's product for JavaScript.

use crate::error::Refusal;
use crate::options::{MAX_BINS, Options};
use crate::products::{self, Products};
use crate::view;
use js_sys::Object;
use ticketscope_core::law::ProductLaw as Core;
use ticketscope_core::sample::{CHUNK, Sampler, Sampling};
use ticketscope_core::stats::Histogram;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** The normal law with mean 0 that is nearest to a law. */
export interface NearestNormal {
  /** Its standard deviation. */
  readonly sigma: number;
  /** The Kolmogorov–Smirnov distance. */
  readonly distance: number;
}

/** Which independent samples are wanted. */
export interface SampleOptions {
  /** How many, 1 to 100,000,000. Default 100,000. */
  samples?: number;
  /** A whole number from 0 to 2⁵³ − 1. Default 1. */
  seed?: number;
}

/** Independent samples, and the bins to count them in. */
export interface TallyOptions extends SampleOptions, Bins {}

/** Histogram and moments of a sample that was never kept. */
export interface Tally extends Histogram, Moments {}
"#;

/// How many samples are drawn unless a number is given.
const SAMPLES: u32 = 100_000;

/// The law of the product of the independent weights of one path, in closed form.
#[wasm_bindgen]
pub struct ProductLaw {
    core: Core,
}

#[wasm_bindgen]
impl ProductLaw {
    /// The law for the paths of such a network; takes the options of `Network.random`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_optional_param_type = "RandomNetwork")] options: &JsValue,
    ) -> Result<ProductLaw, JsValue> {
        let options = Options::network(options)?;
        let shape = options.shape()?;
        let weights = options.law(shape.path_length())?;
        Ok(Self { core: Core::new(weights, shape.sources(), shape.width()) })
    }

    /// The exponent α of the law `power`; 1 for every other law.
    #[wasm_bindgen(getter)]
    pub fn alpha(&self) -> f64 {
        self.core.weights().alpha()
    }

    /// The density at z; undefined for the laws `normal` and `sign`, which have none in closed form.
    pub fn density(&self, z: f64) -> Option<f64> {
        self.core.density(z)
    }

    /// The chance of a product of at most z; undefined for the law `normal`, which has none in closed form.
    pub fn cdf(&self, z: f64) -> Option<f64> {
        self.core.cdf(z)
    }

    /// The fourth moment over the squared variance: 3 for a normal law, 9/5 for a uniform one.
    #[wasm_bindgen(getter)]
    pub fn kurtosis(&self) -> f64 {
        self.core.kurtosis()
    }

    /// Where the density is greatest.
    #[wasm_bindgen(getter)]
    pub fn modes(&self) -> Vec<f64> {
        self.core.modes()
    }

    /// The Kolmogorov–Smirnov distance from the uniform law on [−window, window] of a product that lies there; undefined where
    /// there is no closed form, or nothing in the window.
    #[wasm_bindgen(js_name = distanceFromUniform)]
    pub fn distance_from_uniform(&self, window: f64) -> Result<Option<f64>, JsValue> {
        if !(window > 0.0 && window <= 1e6) {
            let allowed = "above 0 and at most 1000000";
            return Err(Refusal::Real { key: "window", given: window, allowed }.into());
        }
        Ok(self.core.distance_from_uniform(window))
    }

    /// The normal law with mean 0 that is nearest; undefined for the law `normal`.
    #[wasm_bindgen(js_name = nearestNormal, unchecked_return_type = "NearestNormal | undefined")]
    pub fn nearest_normal(&self) -> Option<Object> {
        let nearest = self.core.nearest_normal()?;
        Some(view::object(&[("sigma", nearest.sigma.into()), ("distance", nearest.distance.into())]))
    }

    /// Independent samples of the law.
    pub fn samples(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "SampleOptions")] options: &JsValue,
    ) -> Result<Products, JsValue> {
        let options = Options::new(options, &["samples", "seed"])?;
        let count = options.samples()?.unwrap_or(SAMPLES);
        let sampler = Sampler::new(&self.core, options.seed()?);
        let fill = |chunk, part: &mut [f64]| sampler.fill(chunk as u32, part);
        Ok(Products::new(products::sampled(count, fill, CHUNK)?, false))
    }

    /// Histogram and moments of the same samples, which are counted as they are drawn and not kept: the fast way.
    #[wasm_bindgen(unchecked_return_type = "Tally")]
    pub fn tally(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "TallyOptions")] options: &JsValue,
    ) -> Result<Object, JsValue> {
        let options = Options::new(options, &["samples", "seed", "low", "high", "bins"])?;
        let count = u64::from(options.samples()?.unwrap_or(SAMPLES));
        let (low, high, bins) = options.bins()?;
        let sampler = Sampler::new(&self.core, options.seed()?);
        let refused = || Refusal::Whole { key: "bins", given: f64::from(bins), min: 1, max: u64::from(MAX_BINS) };
        let mut sampling = Sampling::new(sampler, count, Histogram::new(low, high, bins)).ok_or_else(refused)?;
        while !sampling.step(u32::MAX) {}
        let tally = sampling.tally();
        let entries = [products::counts(&tally.histogram), products::moments(&tally.moments()).to_vec()].concat();
        Ok(view::object(&entries))
    }
}
