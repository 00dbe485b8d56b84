//! What explains single numbers, for JavaScript: a forward pass, the paths in a range, what destroyed a network, the best subset.

use crate::error::Refusal;
use crate::network::Network;
use crate::options::Options;
use crate::run::Run;
use crate::view;
use js_sys::{BigUint64Array, Float64Array, Object, Uint8Array, Uint32Array};
use ticketscope_core::forward::Forward;
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network as Core;
use ticketscope_core::path::Lit;
use ticketscope_core::prune::LastCut;
use ticketscope_core::search::subset;
use wasm_bindgen::prelude::*;

/// Up to how many half-paths are kept to find the paths in a range.
const HALF_PATHS: usize = 10_000_000;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What goes into a network. */
export interface Input {
  /** One number a source, or one for all. Default 1. */
  input?: Float64Array | number[] | number;
  /** What hidden nodes do: pass the sum on (`"linear"`), or pass it on if it is positive (`"relu"`, default). Sinks are linear; there are no biases. */
  activation?: "linear" | "relu";
}

/** What comes of it. Nodes are numbered layer by layer from the sources. */
export interface Evaluation {
  /** The values of the sinks. */
  readonly outputs: Float64Array;
  /** What every node passes on. */
  readonly values: Float64Array;
  /** What comes into every node, added in order of the tails; a source's input. */
  readonly sums: Float64Array;
}

/** A range of products. */
export interface ProductRange {
  /** The lower end, which belongs to it. Default −1. */
  low?: number;
  /** The upper end. Default 1. */
  high?: number;
  /** Whether the upper end belongs to it too. Default false. */
  closed?: boolean;
}

/** The paths whose product lies in a range: exact, and counted without listing them. */
export interface Lit {
  /** How many. */
  readonly paths: bigint;
  /** How many of them lead through each edge, in the order of edge numbers. */
  readonly through: BigUint64Array;
}

/** What destroyed a network. */
export interface LastCut {
  /** The source that has no way to a sink any more; of several the first. */
  readonly source: number;
  /** The numbers of the edges of a smallest set of removed edges that parts it from all sinks. */
  readonly edges: Uint32Array;
  /** How many of them were cut. */
  readonly cut: number;
  /** How many of them were orphaned. */
  readonly orphaned: number;
}

/** The set of terms whose sum is nearest to a target. */
export interface BestSubset {
  /** 1 for each term in the set, else 0. */
  readonly kept: Uint8Array;
  /** The kept terms, added in order. */
  readonly sum: number;
  /** |sum − target|. */
  readonly error: number;
  /** How many sets it is the best of. */
  readonly candidates: number;
}
"#;

fn evaluate(network: &Core, mask: &Mask, options: &JsValue) -> Result<Object, Refusal> {
    let options = Options::new(options, &["input", "activation"])?;
    let forward = Forward::of(network, mask, &options.input(network.shape().sources())?, options.activation()?);
    let nodes = 0..network.shape().node_count();
    let list = |numbers: Vec<f64>| Float64Array::from(&numbers[..]).into();
    Ok(view::object(&[
        ("outputs", Float64Array::from(forward.outputs()).into()),
        ("values", list(nodes.clone().map(|node| forward.value(node)).collect())),
        ("sums", list(nodes.map(|node| forward.sum(node)).collect())),
    ]))
}

fn lit(network: &Core, mask: &Mask, options: &JsValue) -> Result<Object, Refusal> {
    let options = Options::new(options, &["low", "high", "closed"])?;
    let (low, high, closed) = options.range()?;
    let found = Lit::between(network, mask, low, high, closed, HALF_PATHS);
    let lit = found.ok_or(Refusal::Memory { numbers: HALF_PATHS as u64 })?;
    let through: Vec<u64> = (0..network.shape().edge_count()).map(|edge| lit.through(edge)).collect();
    Ok(view::object(&[("paths", lit.paths().into()), ("through", BigUint64Array::from(&through[..]).into())]))
}

#[wasm_bindgen]
impl Network {
    /// Sends an input through the network.
    #[wasm_bindgen(unchecked_return_type = "Evaluation")]
    pub fn evaluate(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "Input")] options: &JsValue,
    ) -> Result<Object, JsValue> {
        Ok(evaluate(self.core(), self.core().mask(), options)?)
    }

    /// The paths whose product lies in a range, and through which edges they lead.
    #[wasm_bindgen(unchecked_return_type = "Lit")]
    pub fn lit(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ProductRange")] options: &JsValue,
    ) -> Result<Object, JsValue> {
        Ok(lit(self.core(), self.core().mask(), options)?)
    }
}

#[wasm_bindgen]
impl Run {
    /// Sends an input through the network as it is at this step.
    #[wasm_bindgen(unchecked_return_type = "Evaluation")]
    pub fn evaluate(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "Input")] options: &JsValue,
    ) -> Result<Object, JsValue> {
        Ok(evaluate(self.network(), self.moment().mask(), options)?)
    }

    /// The surviving paths at this step whose product lies in a range, and through which edges they lead.
    #[wasm_bindgen(unchecked_return_type = "Lit")]
    pub fn lit(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ProductRange")] options: &JsValue,
    ) -> Result<Object, JsValue> {
        Ok(lit(self.network(), self.moment().mask(), options)?)
    }

    /// What destroyed the network; undefined if nothing did.
    #[wasm_bindgen(js_name = lastCut, unchecked_return_type = "LastCut | undefined")]
    pub fn last_cut(&self) -> Option<Object> {
        let last = LastCut::of(self.fates(), self.protect())?;
        Some(view::object(&[
            ("source", last.source().into()),
            ("edges", Uint32Array::from(last.edges()).into()),
            ("cut", last.cut().into()),
            ("orphaned", last.orphaned().into()),
        ]))
    }
}

/// The set of terms whose sum is nearest to a target, of up to 20 terms: exact. Of equally near ones that of fewest terms, then
/// the one whose places come first.
#[wasm_bindgen(js_name = bestSubset, unchecked_return_type = "BestSubset")]
pub fn best_subset(terms: &[f64], target: f64) -> Result<Object, JsValue> {
    let best = subset::best(terms, target).map_err(Refusal::from)?;
    let kept: Vec<u8> = best.kept.iter().map(|&kept| u8::from(kept)).collect();
    Ok(view::object(&[
        ("kept", Uint8Array::from(&kept[..]).into()),
        ("sum", best.sum.into()),
        ("error", best.error.into()),
        ("candidates", (best.candidates as f64).into()),
    ]))
}
