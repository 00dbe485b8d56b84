//! Lists of path products, and what is said of them.

use crate::error::Refusal;
use crate::options::Options;
use crate::{digest, view};
use js_sys::{Float64Array, Object};
use ticketscope_core::counts::PathCounts;
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::path::{HalfProducts, LISTED_PATHS, PathSampler};
use ticketscope_core::shape::Shape;
use ticketscope_core::stats::{Histogram, Moments, ks_uniform, sort};
use wasm_bindgen::prelude::*;

/// The largest number of samples that one list holds.
pub const MAX_SAMPLES: u32 = 100_000_000;

/// Which products are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Those of all surviving paths.
    All,
    /// Those of paths drawn uniformly, each independent of the others.
    Samples {
        /// How many.
        count: u32,
        /// 0..2⁵³.
        seed: u64,
    },
}

/// The products along the paths that `mask` leaves; none when no path survives.
pub fn of_paths(network: &Network, mask: &Mask, wanted: Wanted) -> Result<Vec<f64>, Refusal> {
    match wanted {
        Wanted::All => all(network, mask),
        Wanted::Samples { count, seed } => match PathSampler::new(network, mask) {
            Some(sampler) => sampled(count, |chunk, part| sampler.fill(seed, chunk, part), PathSampler::CHUNK as usize),
            None => Ok(Vec::new()),
        },
    }
}

fn all(network: &Network, mask: &Mask) -> Result<Vec<f64>, Refusal> {
    let paths: num_bigint::BigUint = PathCounts::of(mask).per_source().iter().sum();
    let listed = u64::try_from(&paths).ok().filter(|&paths| paths <= LISTED_PATHS);
    let Some(listed) = listed else {
        return Err(Refusal::Paths { paths, limit: LISTED_PATHS });
    };
    drop(reserve(listed)?);
    // Halves of surviving paths alone, so that there are never more of them than paths on either side.
    let halves = HalfProducts::of(network, &carrying(mask), 4 * LISTED_PATHS as usize);
    halves.map(|halves| halves.products()).ok_or(Refusal::Memory { numbers: listed })
}

/// Fills a list chunk by chunk.
pub(crate) fn sampled(count: u32, fill: impl Fn(u64, &mut [f64]), chunk: usize) -> Result<Vec<f64>, Refusal> {
    let mut products = reserve(u64::from(count))?;
    products.resize(count as usize, 0.0);
    for (number, part) in products.chunks_mut(chunk).enumerate() {
        fill(number as u64, part);
    }
    Ok(products)
}

/// An empty list with room for so many numbers, or the news that there is none.
fn reserve(numbers: u64) -> Result<Vec<f64>, Refusal> {
    let mut list = Vec::new();
    let room = usize::try_from(numbers).ok().and_then(|room| list.try_reserve_exact(room).ok());
    room.map(|()| list).ok_or(Refusal::Memory { numbers })
}

/// The edges of a mask that lie on a source–sink path.
fn carrying(mask: &Mask) -> Mask {
    let shape = *mask.shape();
    let mut from_sources = vec![false; shape.node_count() as usize];
    let mut to_sinks = from_sources.clone();
    from_sources[..shape.sources() as usize].fill(true);
    to_sinks[shape.first_node(shape.path_length()) as usize..].fill(true);
    for id in 0..shape.edge_count() {
        let (tail, head, kept) = ends(&shape, mask, id);
        from_sources[head] |= kept && from_sources[tail];
    }
    for id in (0..shape.edge_count()).rev() {
        let (tail, head, kept) = ends(&shape, mask, id);
        to_sinks[tail] |= kept && to_sinks[head];
    }
    Mask::from_fn(shape, |id| {
        let (tail, head, kept) = ends(&shape, mask, id);
        kept && from_sources[tail] && to_sinks[head]
    })
}

fn ends(shape: &Shape, mask: &Mask, id: u32) -> (usize, usize, bool) {
    let edge = shape.edge(id);
    let tail = shape.first_node(edge.layer) + edge.from;
    let head = shape.first_node(edge.layer + 1) + edge.to;
    (tail as usize, head as usize, mask.keeps(edge))
}

/// The entries of a `Histogram`.
pub(crate) fn counts(histogram: &Histogram) -> Vec<(&'static str, JsValue)> {
    let counts: Vec<f64> = histogram.counts().iter().map(|&count| count as f64).collect();
    vec![
        ("low", histogram.low().into()),
        ("high", histogram.high().into()),
        ("counts", Float64Array::from(&counts[..]).into()),
        ("below", (histogram.below() as f64).into()),
        ("above", (histogram.above() as f64).into()),
    ]
}

/// The entries of a `Moments`.
pub(crate) fn moments(moments: &Moments) -> [(&'static str, JsValue); 3] {
    [("mean", moments.mean().into()), ("variance", moments.variance().into()), ("kurtosis", moments.kurtosis().into())]
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Which path products are wanted. */
export interface ProductOptions {
  /** How many paths to draw, each uniformly among all that survive; 1 to 100,000,000. Left out: every surviving path, at most 10,000,000. */
  samples?: number;
  /** The seed of the draws, a whole number from 0 to 2⁵³ − 1. Default 1. */
  seed?: number;
}

/** The bins of a histogram. */
export interface Bins {
  /** The lower end of the first bin. Default −1. */
  low?: number;
  /** The upper end of the last bin. Default 1. */
  high?: number;
  /** How many bins of equal width, 1 to 1,000. Default 80. */
  bins?: number;
}

/** Counts of a list in bins: bin i holds edge i ≤ z < edge i + 1, the last is closed. */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  /** How many values each bin holds. */
  readonly counts: Float64Array;
  /** How many values lay below the first bin. */
  readonly below: number;
  /** How many values lay above the last bin. */
  readonly above: number;
}

/** Of a list: mean, mean squared deviation, and fourth central moment over squared variance; NaN where undefined. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly kurtosis: number;
}
"#;

/// A list of products: of paths, or samples of their law. It lives in the module's memory until `free()` or garbage collection.
#[wasm_bindgen]
pub struct Products {
    values: Vec<f64>,
    exact: bool,
}

impl Products {
    /// A list of products.
    pub(crate) fn new(values: Vec<f64>, exact: bool) -> Self {
        Self { values, exact }
    }

    /// The products that a JavaScript option object asks for.
    pub(crate) fn asked(network: &Network, mask: &Mask, options: &JsValue) -> Result<Self, Refusal> {
        let options = Options::new(options, &["samples", "seed"])?;
        let seed = options.seed()?;
        let wanted = options.samples()?.map_or(Wanted::All, |count| Wanted::Samples { count, seed });
        let values = of_paths(network, mask, wanted)?;
        Ok(Self::new(values, wanted == Wanted::All))
    }
}

#[wasm_bindgen]
impl Products {
    /// The products, as a view of the module's memory: nothing is copied. Read it at once, do not write into it, and take it
    /// again after any other call into the module, which may move the memory (an old view then has length 0). To keep the
    /// numbers: `values.slice()`.
    #[wasm_bindgen(getter)]
    pub fn values(&self) -> Float64Array {
        view::floats(&self.values)
    }

    /// How many products there are.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> usize {
        self.values.len()
    }

    /// Whether these are the products of all surviving paths, each once, rather than random draws.
    #[wasm_bindgen(getter)]
    pub fn exact(&self) -> bool {
        self.exact
    }

    /// Counts the products in bins of equal width.
    #[wasm_bindgen(unchecked_return_type = "Histogram")]
    pub fn histogram(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "Bins")] options: &JsValue,
    ) -> Result<Object, JsValue> {
        let (low, high, bins) = Options::new(options, &["low", "high", "bins"])?.bins()?;
        let mut histogram = Histogram::new(low, high, bins);
        histogram.add_all(&self.values);
        Ok(view::object(&counts(&histogram)))
    }

    /// Mean, variance and kurtosis.
    #[wasm_bindgen(unchecked_return_type = "Moments")]
    pub fn moments(&self) -> Object {
        view::object(&moments(&Moments::of_sample(&self.values)))
    }

    /// The Kolmogorov–Smirnov distance of those products that lie in [−window, window] from the uniform law there; undefined
    /// when none does.
    #[wasm_bindgen(js_name = ksUniform)]
    pub fn ks_uniform(&self, window: f64) -> Result<Option<f64>, JsValue> {
        if !(window > 0.0 && window.is_finite()) {
            return Err(Refusal::Real { key: "window", given: window, allowed: "a number above 0" }.into());
        }
        let mut sorted = reserve(self.values.len() as u64)?;
        sorted.extend_from_slice(&self.values);
        sort(&mut sorted);
        Ok(ks_uniform(&sorted, window))
    }

    /// Sixteen hexadecimal digits that stand for every bit of the list (64-bit FNV-1a): equal lists have equal digests, on
    /// every machine.
    pub fn digest(&self) -> String {
        digest::floats(&self.values).to_string()
    }
}
