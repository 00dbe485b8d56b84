//! Networks for JavaScript.

use crate::error::Refusal;
use crate::options::{Options, kept, whole};
use crate::products::Products;
use crate::run::Run;
use crate::{bounds, digest, view};
use js_sys::{BigInt, Float64Array, Object, Uint8Array};
use std::rc::Rc;
use ticketscope_core::counts::minimal_tickets;
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network as Core;
use ticketscope_core::shape::Edge;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A layered network: sources, hidden layers of equal width, sinks; every node is joined to every node of the next layer. */
export interface Shape {
  /** 1 to 64. Default 1. */
  sources?: number;
  /** 1 to 32. Default 4. A path from source to sink has one edge more than this. */
  hiddenLayers?: number;
  /** Nodes in each hidden layer, 1 to 512. Default 5. */
  width?: number;
  /** 1 to 16. Default 1. */
  sinks?: number;
}

/** The law that each weight is drawn from. */
export interface LawOptions {
  /**
   * - `"power"` (default): sign(U)·|U|^α, U uniform on [−1, 1];
   * - `"uniform"`: uniform on [−1, 1];
   * - `"exact"`: the law whose products along a path are exactly uniform;
   * - `"normal"`: mean 0, variance 2 / fan-in;
   * - `"sign"`: ±1.
   */
  law?: "power" | "uniform" | "exact" | "normal" | "sign";
  /** α of the law `power`: above 0 and at most 8; or `"auto"` (default: the least kurtosis whose two modes merge at `resolution`); or `"flat"` (nearest to uniform on `window`). */
  alpha?: number | "auto" | "flat";
  /** Every weight is multiplied by scale^(1/L), L the path length, so that products lie in [−scale, scale]. Above 0 and at most 10⁶. Default 1. */
  scale?: number;
  /** What two modes must be apart to be seen as two, relative to the scale; between 0 and 1. Default 0.02. */
  resolution?: number;
  /** What `"flat"` looks at: products in [−window, window]. Above 0 and at most 10⁶. Default 1. */
  window?: number;
}

/** A network with weights drawn from a law. */
export interface RandomNetwork extends Shape, LawOptions {
  /** A whole number from 0 to 2⁵³ − 1. Default 1. Equal seeds give equal weights, on every machine. */
  seed?: number;
}

/** A network with given weights. */
export interface GivenNetwork extends Shape {
  /** One weight an edge, each from −10⁹ to 10⁹: edge layer by edge layer, tail by tail, head by head. */
  weights: Float64Array | number[];
}

/** Where an edge is: all three count from 0. */
export interface Edge {
  /** Edge layer: layer 0 leaves the sources. */
  readonly layer: number;
  /** The place of its tail in the layer that it leaves. */
  readonly from: number;
  /** The place of its head in the layer that it enters. */
  readonly to: number;
}

/** How to prune. */
export interface PruneOptions {
  /**
   * What chooses the next edge:
   * - `"layer"` (default): an edge layer, then one of its edges, each uniformly;
   * - `"two-choices"`: of two layers drawn, the one that has lost fewer edges;
   * - `"edge"`: uniformly among all;
   * - `"node"`: a layer, then a node, then one of its edges;
   * - `"magnitude"`: the smallest |weight|;
   * - `"synflow"`: the smallest share in all |path products|.
   */
  rule?: "layer" | "two-choices" | "edge" | "node" | "magnitude" | "synflow";
  /** Which edge layers stay whole: the first and last (`"ends"`, default), the first two and the last (`"two"`), the last (`"last"`), or none. */
  protect?: "ends" | "two" | "last" | "none";
  /** Whether a throw at an edge that is already orphaned cannot happen (`"skip"`, default) or counts as a step (`"count"`, rule `layer` only). */
  orphans?: "skip" | "count";
  /** A whole number from 0 to 2⁵³ − 1. Default 1. */
  seed?: number;
}
"#;

/// A layered network with fixed weights. Pruning never changes a weight; it only removes edges.
#[wasm_bindgen]
pub struct Network {
    core: Rc<Core>,
}

impl From<Core> for Network {
    fn from(core: Core) -> Self {
        Self { core: Rc::new(core) }
    }
}

impl Network {
    pub(crate) fn core(&self) -> &Core {
        &self.core
    }
}

#[wasm_bindgen]
impl Network {
    /// A network with weights drawn from a law: by default one source, four hidden layers of width 5, one sink.
    ///
    /// A weight depends on the seed and its place alone, so a wider network keeps the weights of a narrower one (but under the
    /// law `normal`).
    pub fn random(
        #[wasm_bindgen(unchecked_optional_param_type = "RandomNetwork")] options: &JsValue,
    ) -> Result<Network, JsValue> {
        let options = Options::network(options)?;
        let shape = options.shape()?;
        let law = options.law(shape.path_length())?;
        Ok(Core::random(shape, &law, options.seed()?).into())
    }

    /// A network with given weights.
    #[wasm_bindgen(js_name = fromWeights)]
    pub fn from_weights(
        #[wasm_bindgen(unchecked_param_type = "GivenNetwork")] options: &JsValue,
    ) -> Result<Network, JsValue> {
        let options = Options::new(options, &["sources", "hiddenLayers", "width", "sinks", "weights"])?;
        let shape = options.shape()?;
        Ok(Core::from_weights(shape, options.weights()?).map_err(Refusal::from)?.into())
    }

    /// The same network without the edges that are not kept. `kept` has one entry an edge, in the order of the weights: a
    /// `Uint8Array` (0: not kept) or a list of booleans.
    #[wasm_bindgen(js_name = withMask)]
    pub fn with_mask(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Uint8Array | boolean[]")] kept_edges: &JsValue,
    ) -> Result<Network, JsValue> {
        let mask = Mask::from_kept(*self.core.shape(), &kept(kept_edges)?).map_err(Refusal::from)?;
        Ok(Core::clone(&self.core).with_mask(mask).map_err(Refusal::from)?.into())
    }

    /// The number of sources.
    #[wasm_bindgen(getter)]
    pub fn sources(&self) -> u32 {
        self.core.shape().sources()
    }

    /// The number of hidden layers.
    #[wasm_bindgen(getter, js_name = hiddenLayers)]
    pub fn hidden_layers(&self) -> u32 {
        self.core.shape().hidden_layers()
    }

    /// The number of nodes in each hidden layer.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> u32 {
        self.core.shape().width()
    }

    /// The number of sinks.
    #[wasm_bindgen(getter)]
    pub fn sinks(&self) -> u32 {
        self.core.shape().sinks()
    }

    /// The number of edges on a path from a source to a sink: one more than the hidden layers.
    #[wasm_bindgen(getter, js_name = pathLength)]
    pub fn path_length(&self) -> u32 {
        self.core.shape().path_length()
    }

    /// The number of nodes.
    #[wasm_bindgen(getter, js_name = nodeCount)]
    pub fn node_count(&self) -> u32 {
        self.core.shape().node_count()
    }

    /// The number of edges of the full network, kept or not.
    #[wasm_bindgen(getter, js_name = edgeCount)]
    pub fn edge_count(&self) -> u32 {
        self.core.shape().edge_count()
    }

    /// The number of paths from sources to sinks in the full network.
    #[wasm_bindgen(getter, js_name = pathCount)]
    pub fn path_count(&self) -> BigInt {
        view::bigint(&self.core.shape().path_count())
    }

    /// The number of inclusion-minimal tickets of the full network: subgraphs with a path from every source of which no edge
    /// can be spared. Undefined for several sinks.
    #[wasm_bindgen(getter, js_name = minimalTickets, unchecked_return_type = "bigint | undefined")]
    pub fn minimal_tickets(&self) -> Option<BigInt> {
        minimal_tickets(self.core.shape()).as_ref().map(view::bigint)
    }

    /// Every edge's weight in the order of edge numbers, as a view of the module's memory: nothing is copied. Read it at once,
    /// do not write into it, and take it again after any other call into the module, which may move the memory (an old view
    /// then has length 0). To keep the numbers: `weights.slice()`.
    #[wasm_bindgen(getter)]
    pub fn weights(&self) -> Float64Array {
        view::floats(self.core.weights())
    }

    /// Which edges the network begins with, 1 or 0 an edge: a copy.
    #[wasm_bindgen(getter)]
    pub fn kept(&self) -> Uint8Array {
        let shape = self.core.shape();
        let kept: Vec<u8> = shape.edges().map(|edge| u8::from(self.core.mask().keeps(edge))).collect();
        Uint8Array::from(&kept[..])
    }

    /// Where the edge with this number is.
    #[wasm_bindgen(unchecked_return_type = "Edge")]
    pub fn edge(&self, id: f64) -> Result<Object, JsValue> {
        let shape = self.core.shape();
        let id = whole("id", id, 0, u64::from(shape.edge_count()) - 1)?;
        let edge = shape.edge(id as u32);
        Ok(view::object(&[("layer", edge.layer.into()), ("from", edge.from.into()), ("to", edge.to.into())]))
    }

    /// The number of an edge: edges are counted layer by layer, tail by tail, head by head.
    #[wasm_bindgen(js_name = edgeId)]
    pub fn edge_id(&self, layer: f64, from: f64, to: f64) -> Result<u32, JsValue> {
        let shape = self.core.shape();
        let layer = whole("layer", layer, 0, u64::from(shape.hidden_layers()))? as u32;
        let from = whole("from", from, 0, u64::from(shape.tails(layer)) - 1)? as u32;
        let to = whole("to", to, 0, u64::from(shape.heads(layer)) - 1)? as u32;
        Ok(shape.edge_id(Edge { layer, from, to }))
    }

    /// Prunes to the step that destroys the network, or to the last prunable edge, and returns the run, standing at step 0.
    pub fn prune(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "PruneOptions")] options: &JsValue,
    ) -> Result<Run, JsValue> {
        let options = Options::new(options, &["rule", "protect", "orphans", "seed"])?;
        Ok(Run::new(Rc::clone(&self.core), &options.pruning()?))
    }

    /// How many edges of the full network may be cut while the chance of destruction stays at most 1/c, by three bounds.
    #[wasm_bindgen(unchecked_return_type = "Bounds")]
    pub fn bounds(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "BoundsOptions")] options: &JsValue,
    ) -> Result<Object, JsValue> {
        Ok(bounds::of(self.core.shape(), options)?)
    }

    /// The products of weights along the network's paths: of all of them, or of as many as asked, drawn uniformly.
    pub fn products(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ProductOptions")] options: &JsValue,
    ) -> Result<Products, JsValue> {
        Ok(Products::asked(&self.core, self.core.mask(), options)?)
    }

    /// Sixteen hexadecimal digits that stand for the shape, every bit of every weight, and the mask (64-bit FNV-1a): equal
    /// networks have equal digests, on every machine.
    pub fn digest(&self) -> String {
        digest::network(&self.core).to_string()
    }
}
