//! Requests and replies as JavaScript values: a short array each, numbers in typed arrays whose buffers move.

use crate::jobs::{Request, Work};
use crate::model::{Bounds, Outcome, Run};
use crate::products::{Figures, Products};
use js_sys::{Array, Float64Array, Uint32Array};
use ticketscope_core::counts::PathCounts;
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Cascade, Fates, Parts, Timeline};
use ticketscope_core::shape::Shape;
use wasm_bindgen::{JsCast, JsValue};

/// What comes from the worker.
#[derive(Debug)]
pub enum Reply {
    /// It is ready, and of this version.
    Hello(String),
    /// How far it is with a request, 0 to 1.
    Progress(u32, f64),
    /// The answer to a request.
    Answer(u32, Outcome),
}

/// A request as a value.
pub fn request(request: &Request) -> JsValue {
    array(&[request.id.into(), (request.work as u32).into(), request.link.as_str().into(), request.step.into()]).into()
}

/// A request back from a value.
pub fn read_request(value: &JsValue) -> Option<Request> {
    let list: &Array = value.dyn_ref()?;
    Some(Request {
        id: whole(&list.get(0))?,
        work: match whole(&list.get(1))? {
            0 => Work::Run,
            1 => Work::Bounds,
            _ => Work::Products,
        },
        link: list.get(2).as_string()?,
        step: whole(&list.get(3))?,
    })
}

/// Progress as a value.
pub fn progress(id: u32, share: f64) -> JsValue {
    array(&["progress".into(), id.into(), share.into()]).into()
}

/// A failure as a value.
pub fn failed(id: u32, why: &str) -> JsValue {
    array(&["failed".into(), id.into(), why.into()]).into()
}

/// A network and its run as a value, and the buffers that move with it.
pub fn run(id: u32, key: &str, network: &Network, timeline: Timeline) -> (JsValue, Array) {
    let shape = network.shape();
    let parts = timeline.into_parts();
    let destroyed = parts.destroyed_at.map_or(JsValue::NULL, JsValue::from);
    let weights = Float64Array::from(network.weights());
    let cascades: Vec<u32> = parts.cascades.iter().flat_map(|cascade| [cascade.step, cascade.end]).collect();
    let lists = [&parts.edges, &parts.wasted, &parts.orphans, &cascades].map(|list| Uint32Array::from(&list[..]));
    let counts = [shape.sources(), shape.hidden_layers(), shape.width(), shape.sinks()];
    let transfer = Array::of1(&weights.buffer());
    lists.iter().for_each(|list| _ = transfer.push(&list.buffer()));
    let message =
        array(&["run".into(), id.into(), key.into(), Uint32Array::from(&counts[..]).into(), weights.into(), destroyed]);
    lists.iter().for_each(|list| _ = message.push(list));
    (message.into(), transfer)
}

/// Bounds as a value.
pub fn bounds(id: u32, bounds: &Bounds) -> JsValue {
    let number = |x: Option<f64>| x.map_or(JsValue::NULL, JsValue::from);
    let bins = bounds.bins.map(|k| k as f64);
    let key = bounds.key.as_str().into();
    array(&["bounds".into(), id.into(), key, number(bounds.paper), number(bounds.lambert), number(bins)]).into()
}

/// Products as a value, and the buffers that move with it.
pub fn products(id: u32, products: &Products) -> (JsValue, Array) {
    let lists = [&products.counts, &products.curve, &products.modes, &products.figures.to_list()]
        .map(|list| Float64Array::from(&list[..]));
    let message = array(&["products".into(), id.into(), products.key.as_str().into(), products.step.into()]);
    let transfer = Array::new();
    for list in &lists {
        message.push(list);
        transfer.push(&list.buffer());
    }
    (message.into(), transfer)
}

/// A reply back from a value; none if it is not one.
pub fn read_reply(value: &JsValue) -> Option<Reply> {
    if let Some(version) = value.as_string() {
        return Some(Reply::Hello(version));
    }
    let list: &Array = value.dyn_ref()?;
    let id = whole(&list.get(1))?;
    let outcome = match list.get(0).as_string()?.as_str() {
        "progress" => return Some(Reply::Progress(id, list.get(2).as_f64()?)),
        "failed" => Outcome::Failed(list.get(2).as_string()?),
        "run" => Outcome::Run(Box::new(read_run(list)?)),
        "bounds" => Outcome::Bounds(Bounds {
            key: list.get(2).as_string()?,
            paper: list.get(3).as_f64(),
            lambert: list.get(4).as_f64(),
            bins: list.get(5).as_f64().map(|k| k as u64),
        }),
        "products" => Outcome::Products(Box::new(read_products(list)?)),
        _ => return None,
    };
    Some(Reply::Answer(id, outcome))
}

fn read_run(list: &Array) -> Option<Run> {
    let counts = wholes(&list.get(3))?;
    let &[sources, hidden_layers, width, sinks] = &counts[..] else { return None };
    let shape = Shape::new(sources, hidden_layers, width, sinks).ok()?;
    let network = Network::from_weights(shape, reals(&list.get(4))?).ok()?;
    let parts = Parts {
        orphaned_at_start: Vec::new(),
        destroyed_at: whole(&list.get(5)),
        edges: wholes(&list.get(6))?,
        wasted: wholes(&list.get(7))?,
        orphans: wholes(&list.get(8))?,
        cascades: wholes(&list.get(9))?.chunks_exact(2).map(|pair| Cascade { step: pair[0], end: pair[1] }).collect(),
    };
    let timeline = Timeline::from_parts(shape, parts)?;
    let fates = Fates::of(network.mask(), &timeline);
    let tickets = PathCounts::of(network.mask()).tickets();
    Some(Run { key: list.get(2).as_string()?, network, timeline, fates, tickets })
}

fn read_products(list: &Array) -> Option<Products> {
    Some(Products {
        key: list.get(2).as_string()?,
        step: whole(&list.get(3))?,
        counts: reals(&list.get(4))?,
        curve: reals(&list.get(5))?,
        modes: reals(&list.get(6))?,
        figures: Figures::from_list(&reals(&list.get(7))?),
    })
}

fn array(values: &[JsValue]) -> Array {
    values.iter().collect()
}

fn whole(value: &JsValue) -> Option<u32> {
    value.as_f64().filter(|&x| x >= 0.0 && x <= f64::from(u32::MAX)).map(|x| x as u32)
}

fn wholes(value: &JsValue) -> Option<Vec<u32>> {
    value.dyn_ref::<Uint32Array>().map(Uint32Array::to_vec)
}

fn reals(value: &JsValue) -> Option<Vec<f64>> {
    value.dyn_ref::<Float64Array>().map(Float64Array::to_vec)
}
