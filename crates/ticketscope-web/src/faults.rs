//! Failures that tests call up, in a build of their own: `cargo xtask test` makes it beside `dist/`.
//!
//! A test sets `globalThis.fault` of the page to "PLACE WAY TIMES", for instance `step panic 1`: the next time the page is at
//! that place it fails in that way. Places that begin with `worker-` go with the request and fail in the worker.

use crate::jobs::Work;
use crate::keys::Action;
use crate::message::Message;
use crate::model::Outcome;
use core::hint::black_box;
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Fails if a test wants this place to.
pub fn at(place: &str) {
    if let Some(way) = armed(place) {
        fail(&way);
    }
}

/// Fails if a test wants this message to.
pub fn at_message(message: &Message) {
    let place = match message {
        Message::Opened { .. } => "open",
        Message::Act(Action::Back | Action::Forward | Action::First | Action::Last) => "step",
        Message::Frame { .. } => "play",
        Message::Scrubbed { .. } => "scrub",
        Message::Typed { .. } | Message::Slid { .. } | Message::AlphaMode(_) => "edit",
        Message::View(_) => "view",
        Message::Answered { outcome: Outcome::Products(_), .. } => "products",
        Message::Answered { outcome: Outcome::Second(_), .. } => "second",
        Message::Answered { outcome: Outcome::Lit(_), .. } => "lit",
        Message::Answered { outcome: Outcome::Sizes(_), .. } => "sizes",
        Message::Forward(_) => "forward",
        Message::Hand(_) => "hand",
        Message::Touch(_) => "touch",
        Message::Compare(_) => "compare",
        Message::FitSearch => "find",
        Message::Files(crate::files::Message::Loaded(_)) => "file",
        _ => return,
    };
    at(place);
}

/// Sends a failure along with a request, if a test wants one.
pub fn mark(message: &JsValue, work: Work) {
    let place = match work {
        Work::Run => "worker-run",
        Work::Bounds => "worker-bounds",
        Work::Products => "worker-products",
        Work::Second => "worker-second",
        Work::Lit => "worker-lit",
        Work::Beside => "worker-beside",
        Work::Sizes => "worker-sizes",
        Work::SizesBeside => "worker-sizes-beside",
    };
    send(message, place);
}

/// Sends a failure along with a file, if a test wants one.
pub fn mark_file(message: &JsValue) {
    send(message, "worker-file");
}

fn send(message: &JsValue, place: &str) {
    if let (Some(way), Some(list)) = (armed(place), message.dyn_ref::<Array>()) {
        list.push(&Array::of1(&way.into()));
    }
}

/// Sends a failure along with a task of the charts' pool, if a test wants one.
pub fn mark_task(message: &JsValue) {
    send(message, "pool");
}

/// Fails if a failure came with the request.
pub fn marked(message: &JsValue) {
    let last = message.dyn_ref::<Array>().map(|list| list.get(list.length() - 1));
    if let Some(way) = last.and_then(|last| last.dyn_ref::<Array>()?.get(0).as_string()) {
        fail(&way);
    }
}

/// The way in which a place is to fail, once less from now on.
fn armed(place: &str) -> Option<String> {
    let fault = Reflect::get(&js_sys::global(), &"fault".into()).ok()?.as_string()?;
    let mut words = fault.split(' ');
    let (at, way) = (words.next()?, words.next()?);
    let times: u32 = words.next()?.parse().ok()?;
    if at != place || times == 0 {
        return None;
    }
    let rest = format!("{at} {way} {}", times - 1);
    // A global name can always be set.
    let _ = Reflect::set(&js_sys::global(), &"fault".into(), &rest.into());
    Some(way.to_owned())
}

fn fail(way: &str) {
    match way {
        "panic" => panic!("a test wanted this"),
        "trap" => trap(),
        "stack" => _ = black_box(deeper(0)),
        "memory" => loop {
            core::mem::forget(black_box(vec![1_u8; 1 << 24]));
        },
        "hang" => loop {
            black_box(());
        },
        _ => {}
    }
}

#[cfg(target_arch = "wasm32")]
fn trap() {
    core::arch::wasm32::unreachable();
}

#[cfg(not(target_arch = "wasm32"))]
fn trap() {}

#[inline(never)]
fn deeper(depth: u64) -> u64 {
    let frame = black_box([depth; 64]);
    if depth == u64::MAX { 0 } else { deeper(depth + 1) + black_box(frame)[5] }
}
