//! A run of pruning for JavaScript: a list of steps, and a place in it that moves forward and back.

use crate::error::Refusal;
use crate::options::whole;
use crate::products::Products;
use crate::{digest, view};
use js_sys::{Array, BigInt, Object, Uint8Array, Uint32Array};
use std::cell::OnceCell;
use std::rc::Rc;
use ticketscope_core::counts::PathCounts;
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Fates, Moment, Protect, Pruning, Timeline};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** One step of a run. */
export interface PruneEvent extends Edge {
  /** k, from 1. */
  readonly step: number;
  /** The number of the edge that was drawn. */
  readonly edge: number;
  /** Whether the edge had been orphaned before, so that nothing was cut (only with `orphans: "count"`). */
  readonly wasted: boolean;
  /** The numbers of the edges that this step orphaned, in the order in which the loss spread: a copy. */
  readonly orphaned: Uint32Array;
}
"#;

/// A run of pruning, and a place in it. All that the run was is known from the start; `forward`, `back` and `seek` choose the
/// step that the other members describe.
#[wasm_bindgen]
pub struct Run {
    network: Rc<Network>,
    protect: Protect,
    timeline: Timeline,
    step: u32,
    // Worked out when first asked for: the edge of each step, when each edge goes, and what is so at `step`.
    edges: OnceCell<Vec<u32>>,
    fates: OnceCell<Fates>,
    moment: OnceCell<Moment>,
    counts: OnceCell<PathCounts>,
}

impl Run {
    /// Prunes to the end.
    pub(crate) fn new(network: Rc<Network>, pruning: &Pruning) -> Self {
        let timeline = Timeline::of(&network, pruning);
        let (edges, fates, moment, counts) = Default::default();
        Self { network, protect: pruning.protect, timeline, step: 0, edges, fates, moment, counts }
    }

    pub(crate) fn network(&self) -> &Network {
        &self.network
    }

    pub(crate) fn protect(&self) -> Protect {
        self.protect
    }

    pub(crate) fn fates(&self) -> &Fates {
        self.fates.get_or_init(|| Fates::of(self.network.mask(), &self.timeline))
    }

    pub(crate) fn moment(&self) -> &Moment {
        self.moment.get_or_init(|| Moment::at(self.fates(), self.step))
    }

    fn counts(&self) -> &PathCounts {
        self.counts.get_or_init(|| self.moment().path_counts())
    }

    fn stand_at(&mut self, step: u32) {
        if step != self.step {
            self.step = step;
            self.moment = OnceCell::new();
            self.counts = OnceCell::new();
        }
    }
}

#[wasm_bindgen]
impl Run {
    /// The number of steps.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> u32 {
        self.timeline.len()
    }

    /// The step that left some source without a path to a sink; 0 if the network began so; undefined if nothing prunable was
    /// left before.
    #[wasm_bindgen(getter, js_name = destroyedAt)]
    pub fn destroyed_at(&self) -> Option<u32> {
        self.timeline.destroyed_at()
    }

    /// The edge drawn at each step, as a view of the module's memory (see `Network.weights`).
    #[wasm_bindgen(getter)]
    pub fn edges(&self) -> Uint32Array {
        view::words(self.edges.get_or_init(|| self.timeline.events().map(|event| event.edge).collect()))
    }

    /// What happened at a step, 1 to `length`.
    #[wasm_bindgen(unchecked_return_type = "PruneEvent")]
    pub fn event(&self, step: f64) -> Result<Object, JsValue> {
        let last = u64::from(self.timeline.len());
        if last == 0 {
            return Err(Refusal::NoSteps.into());
        }
        let step = whole("step", step, 1, last)? as u32;
        let event = self.timeline.event(step).ok_or(Refusal::NoSteps)?;
        let edge = self.timeline.shape().edge(event.edge);
        Ok(view::object(&[
            ("step", event.step.into()),
            ("edge", event.edge.into()),
            ("layer", edge.layer.into()),
            ("from", edge.from.into()),
            ("to", edge.to.into()),
            ("wasted", event.wasted.into()),
            ("orphaned", Uint32Array::from(event.orphaned).into()),
        ]))
    }

    /// The step at which the run stands, 0 to `length`.
    #[wasm_bindgen(getter)]
    pub fn step(&self) -> u32 {
        self.step
    }

    /// Takes one step forward; false at the end.
    pub fn forward(&mut self) -> bool {
        let moves = self.step < self.timeline.len();
        self.stand_at(self.step + u32::from(moves));
        moves
    }

    /// Takes one step back; false at the start.
    pub fn back(&mut self) -> bool {
        let moves = self.step > 0;
        self.stand_at(self.step - u32::from(moves));
        moves
    }

    /// Goes to a step; one beyond the end is the end. Returns the step at which the run then stands.
    pub fn seek(&mut self, step: f64) -> Result<u32, JsValue> {
        let furthest = u64::from(u32::MAX);
        let step = if step == f64::INFINITY { furthest } else { whole("step", step, 0, furthest)? };
        self.stand_at((step as u32).min(self.timeline.len()));
        Ok(self.step)
    }

    /// Whether, at this step, some source reaches no sink.
    #[wasm_bindgen(getter)]
    pub fn destroyed(&self) -> bool {
        self.timeline.destroyed_at().is_some_and(|at| at <= self.step)
    }

    /// Every edge at this step: 0 on a ticket, 1 idle (alive, but carries no ticket), 2 cut, 3 orphaned. A view of the module's
    /// memory (see `Network.weights`), good until the run moves.
    #[wasm_bindgen(getter, js_name = edgeStates)]
    pub fn edge_states(&self) -> Uint8Array {
        view::states(self.moment().edge_states())
    }

    /// Every node at this step, layer by layer from the sources: 0 on a ticket, 1 idle, 2 dead (no path to a sink). A view of
    /// the module's memory (see `Network.weights`), good until the run moves.
    #[wasm_bindgen(getter, js_name = nodeStates)]
    pub fn node_states(&self) -> Uint8Array {
        view::states(self.moment().node_states())
    }

    /// Edges alive at this step: on a ticket or idle.
    #[wasm_bindgen(getter)]
    pub fn alive(&self) -> u32 {
        self.moment().tally().alive()
    }

    /// Edges on a ticket at this step.
    #[wasm_bindgen(getter, js_name = onTicket)]
    pub fn on_ticket(&self) -> u32 {
        self.moment().tally().on_ticket
    }

    /// Edges cut by this step, or absent from the mask.
    #[wasm_bindgen(getter)]
    pub fn cut(&self) -> u32 {
        self.moment().tally().cut
    }

    /// Edges orphaned by this step: removed because their head has no path to a sink.
    #[wasm_bindgen(getter)]
    pub fn orphaned(&self) -> u32 {
        self.moment().tally().orphaned
    }

    /// The paths that survive at this step, for each source: exact, however many.
    #[wasm_bindgen(getter, js_name = survivingPaths, unchecked_return_type = "bigint[]")]
    pub fn surviving_paths(&self) -> Array {
        view::bigints(self.counts().per_source())
    }

    /// The tickets that survive at this step (a path from every source): the product of `survivingPaths`.
    #[wasm_bindgen(getter, js_name = survivingTickets)]
    pub fn surviving_tickets(&self) -> BigInt {
        view::bigint(&self.counts().tickets())
    }

    /// The products of weights along the paths that survive at this step: of all of them, or of as many as asked.
    pub fn products(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ProductOptions")] options: &JsValue,
    ) -> Result<Products, JsValue> {
        Ok(Products::asked(&self.network, self.moment().mask(), options)?)
    }

    /// Sixteen hexadecimal digits that stand for every event of the run, and for edges, nodes and surviving paths at five
    /// steps (64-bit FNV-1a): equal runs have equal digests, on every machine.
    pub fn digest(&self) -> String {
        digest::run(&self.timeline, self.fates()).to_string()
    }
}
