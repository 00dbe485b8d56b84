//! Requests and replies as JavaScript values: a short array each, numbers in typed arrays whose buffers move.

use crate::files::Loaded;
use crate::jobs::{Request, Work};
use crate::lens::Lit;
use crate::model::{Bounds, Outcome, Run};
use crate::products::{Bins, Figures, Products};
use js_sys::{Array, Float64Array, Uint8Array, Uint32Array};
use ticketscope_core::counts::PathCounts;
use ticketscope_core::mask::Mask;
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
    /// A file was read.
    Loaded(Loaded),
    /// A file was refused.
    Refused(u32, String),
}

/// A request as a value.
pub fn request(request: &Request) -> JsValue {
    let (link, by_size) = (request.link.as_str().into(), request.by_size.into());
    array(&[request.id.into(), (request.work as u32).into(), link, request.step.into(), by_size]).into()
}

/// A request back from a value.
pub fn read_request(value: &JsValue) -> Option<Request> {
    let list: &Array = value.dyn_ref()?;
    Some(Request {
        id: whole(&list.get(0))?,
        work: *Work::ALL.get(whole(&list.get(1))? as usize)?,
        link: list.get(2).as_string()?,
        step: whole(&list.get(3))?,
        by_size: list.get(4).is_truthy(),
    })
}

/// What the page gives the worker beside requests.
#[derive(Debug)]
pub enum Given {
    /// A file: its number, its name, its bytes.
    File(u32, String, Vec<u8>),
    /// The files read so far are to be used, or none for 0.
    Use(u32),
}

/// A file as a value.
pub fn file(number: u32, name: &str, bytes: &Uint8Array) -> JsValue {
    array(&["file".into(), number.into(), name.into(), bytes.into()]).into()
}

/// The use of the files read so far as a value.
pub fn use_file(number: u32) -> JsValue {
    array(&["use".into(), number.into()]).into()
}

/// What was given back from a value; none if it is a request.
pub fn read_given(value: &JsValue) -> Option<Given> {
    let list: &Array = value.dyn_ref()?;
    let number = whole(&list.get(1))?;
    match list.get(0).as_string()?.as_str() {
        "file" => {
            let bytes = list.get(3).dyn_ref::<Uint8Array>()?.to_vec();
            Some(Given::File(number, list.get(2).as_string()?, bytes))
        }
        _ => Some(Given::Use(number)),
    }
}

/// What was read from a file as a value.
pub fn loaded(loaded: &Loaded) -> JsValue {
    let shape = &loaded.shape;
    let counts = [shape.sources(), shape.hidden_layers(), shape.width(), shape.sinks()];
    let text = |text: &Option<String>| text.as_deref().map_or(JsValue::NULL, JsValue::from);
    let (name, counts) = (loaded.name.as_str().into(), Uint32Array::from(&counts[..]).into());
    array(&["loaded".into(), loaded.number.into(), name, counts, text(&loaded.weights), text(&loaded.mask)]).into()
}

/// A file's refusal as a value.
pub fn refused(number: u32, why: &str) -> JsValue {
    array(&["refused".into(), number.into(), why.into()]).into()
}

/// Progress as a value.
pub fn progress(id: u32, share: f64) -> JsValue {
    array(&["progress".into(), id.into(), share.into()]).into()
}

/// A failure as a value.
pub fn failed(id: u32, why: &str) -> JsValue {
    array(&["failed".into(), id.into(), why.into()]).into()
}

/// The last word of a worker that fails: the place in its source. It is for `www/shell.js`.
pub fn panicked(place: &str) -> JsValue {
    array(&["panicked".into(), place.into()]).into()
}

/// A network and its run as a value under a tag, `run` or `second`, and the buffers that move with it.
pub fn run(id: u32, tag: &str, key: &str, network: &Network, timeline: Timeline) -> (JsValue, Array) {
    let shape = network.shape();
    let parts = timeline.into_parts();
    let destroyed = parts.destroyed_at.map_or(JsValue::NULL, JsValue::from);
    let weights = Float64Array::from(network.weights());
    let cascades: Vec<u32> = parts.cascades.iter().flat_map(|cascade| [cascade.step, cascade.end]).collect();
    let mask = network.mask();
    let left_out: Vec<u32> = (0..shape.edge_count()).filter(|&id| !mask.keeps(shape.edge(id))).collect();
    let lists = [&parts.edges, &parts.wasted, &parts.orphans, &cascades, &parts.orphaned_at_start, &left_out]
        .map(|list| Uint32Array::from(&list[..]));
    let counts = [shape.sources(), shape.hidden_layers(), shape.width(), shape.sinks()];
    let transfer = Array::of1(&weights.buffer());
    lists.iter().for_each(|list| _ = transfer.push(&list.buffer()));
    let message =
        array(&[tag.into(), id.into(), key.into(), Uint32Array::from(&counts[..]).into(), weights.into(), destroyed]);
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
    let figures = products.figures.to_list();
    let lists = [&products.counts, &products.theory, &products.curve, &products.modes, &figures];
    histogram("products", id, (&products.key, products.step), &lists)
}

/// Products by size as a value, and the buffers that move with it.
pub fn sizes(id: u32, bins: &Bins) -> (JsValue, Array) {
    let exact = f64::from(u8::from(bins.exact));
    let rest = [bins.samples, exact, bins.below, bins.above, bins.low, bins.ends.0, bins.ends.1];
    histogram("sizes", id, (&bins.key, bins.step), &[&bins.counts, &bins.theory, &bins.curve, &rest.to_vec()])
}

fn histogram(kind: &str, id: u32, (key, step): (&str, u32), lists: &[&Vec<f64>]) -> (JsValue, Array) {
    let message = array(&[kind.into(), id.into(), key.into(), step.into()]);
    let transfer = Array::new();
    for list in lists {
        let list = Float64Array::from(&list[..]);
        transfer.push(&list.buffer());
        message.push(&list);
    }
    (message.into(), transfer)
}

/// Paths in a range as a value, and the buffer that moves with it. A count may be beyond the whole numbers of a float: it
/// crosses as text.
pub fn lit(id: u32, lit: &Lit) -> (JsValue, Array) {
    let paths = lit.paths.map_or(JsValue::NULL, |paths| paths.to_string().into());
    let edges = Uint32Array::from(&lit.edges[..]);
    let transfer = Array::of1(&edges.buffer());
    let key = lit.key.as_str().into();
    (array(&["lit".into(), id.into(), key, lit.step.into(), lit.by_size.into(), paths, edges.into()]).into(), transfer)
}

/// A reply back from a value; none if it is not one.
pub fn read_reply(value: &JsValue) -> Option<Reply> {
    if let Some(version) = value.as_string() {
        return Some(Reply::Hello(version));
    }
    let list: &Array = value.dyn_ref()?;
    let id = whole(&list.get(1))?;
    let outcome = match list.get(0).as_string()?.as_str() {
        "loaded" => {
            let shape = read_shape(&list.get(3))?;
            let (weights, mask) = (list.get(4).as_string(), list.get(5).as_string());
            return Some(Reply::Loaded(Loaded { number: id, name: list.get(2).as_string()?, shape, weights, mask }));
        }
        "refused" => return Some(Reply::Refused(id, list.get(2).as_string()?)),
        "progress" => return Some(Reply::Progress(id, list.get(2).as_f64()?)),
        "failed" => Outcome::Failed(list.get(2).as_string()?),
        "run" => Outcome::Run(Box::new(read_run(list)?)),
        "second" => Outcome::Second(Box::new(read_run(list)?)),
        "bounds" => Outcome::Bounds(Bounds {
            key: list.get(2).as_string()?,
            paper: list.get(3).as_f64(),
            lambert: list.get(4).as_f64(),
            bins: list.get(5).as_f64().map(|k| k as u64),
        }),
        "products" => Outcome::Products(Box::new(read_products(list)?)),
        "sizes" => Outcome::Sizes(Box::new(read_sizes(list)?)),
        "lit" => Outcome::Lit(Lit {
            key: list.get(2).as_string()?,
            step: whole(&list.get(3))?,
            by_size: list.get(4).is_truthy(),
            paths: list.get(5).as_string().and_then(|paths| paths.parse().ok()),
            edges: wholes(&list.get(6))?,
        }),
        _ => return None,
    };
    Some(Reply::Answer(id, outcome))
}

fn read_shape(value: &JsValue) -> Option<Shape> {
    let counts = wholes(value)?;
    let &[sources, hidden_layers, width, sinks] = &counts[..] else { return None };
    Shape::new(sources, hidden_layers, width, sinks).ok()
}

fn read_run(list: &Array) -> Option<Run> {
    let shape = read_shape(&list.get(3))?;
    let left_out = wholes(&list.get(11))?;
    let mask = Mask::from_fn(shape, |id| left_out.binary_search(&id).is_err());
    let network = Network::from_weights(shape, reals(&list.get(4))?).ok()?.with_mask(mask).ok()?;
    let parts = Parts {
        orphaned_at_start: wholes(&list.get(10))?,
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
        theory: reals(&list.get(5))?,
        curve: reals(&list.get(6))?,
        modes: reals(&list.get(7))?,
        figures: Figures::from_list(&reals(&list.get(8))?),
    })
}

fn read_sizes(list: &Array) -> Option<Bins> {
    let rest = reals(&list.get(7))?;
    let &[samples, exact, below, above, low, left, right] = &rest[..] else { return None };
    Some(Bins {
        key: list.get(2).as_string()?,
        step: whole(&list.get(3))?,
        counts: reals(&list.get(4))?,
        theory: reals(&list.get(5))?,
        curve: reals(&list.get(6))?,
        samples,
        exact: exact == 1.0,
        below,
        above,
        low,
        ends: (left, right),
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
