//! How many edges may be cut, for JavaScript.

use crate::error::Refusal;
use crate::options::Options;
use crate::view;
use js_sys::Object;
use ticketscope_core::bounds::{BallsInBins, lambert, paper};
use ticketscope_core::prune::Protect;
use ticketscope_core::shape::Shape;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What the bounds are asked about. */
export interface BoundsOptions {
  /** As for `prune`. Default `"ends"`. */
  protect?: PruneOptions["protect"];
  /** c: the chance of destruction is to be at most 1/c. At least 1. Default e. */
  confidence?: number;
}

/** How many edges may be cut while the chance of destruction stays at most 1/c. Undefined where no layer is prunable. */
export interface Bounds {
  /** m, the prunable layers that the bounds speak of. */
  readonly bins: number;
  /** The edges of each: the width squared. */
  readonly binSize: number;
  /** Whether the bounds speak of this process: not where source or sink edges may be cut. */
  readonly applies: boolean;
  /** The paper's bound, (m·B/e)·(c·m)^(−1/B): the steps must stay below it. */
  readonly paper?: number;
  /** A better closed form, by Lambert's W: the steps must stay below it. */
  readonly lambert?: number;
  /** The balls-in-bins model exactly, each prunable layer a bin of its own edges: the largest number of steps. */
  readonly ballsInBins?: number;
}
"#;

/// The bounds for the full network of a shape. Cost: up to 0.1 s for the largest one.
pub(crate) fn of(shape: &Shape, options: &JsValue) -> Result<Object, Refusal> {
    let options = Options::new(options, &["protect", "confidence"])?;
    let (protect, confidence) = (options.protect()?, options.confidence()?);
    let spared = if protect == Protect::Two { 2 } else { 1 };
    let bins = shape.hidden_layers().saturating_sub(spared);
    let size = u64::from(shape.width()) * u64::from(shape.width());
    let applies = matches!(protect, Protect::Ends | Protect::Two);
    let model = (bins > 0).then(|| BallsInBins::of_layers(shape, protect)).flatten();
    let safe = model.map(|model| model.largest_safe(confidence) as f64);
    Ok(view::object(&[
        ("bins", bins.into()),
        ("binSize", (size as f64).into()),
        ("applies", applies.into()),
        ("paper", paper(bins, size, confidence).into()),
        ("lambert", lambert(bins, size, confidence).into()),
        ("ballsInBins", safe.into()),
    ]))
}
