//! The worker: it takes requests, computes, and replies. It never draws and keeps nothing but the last run.

use crate::compute::{self, Kept};
use crate::jobs::{Request, Work};
use crate::kit::{listen::Listener, worker::reply};
use crate::tasks;
use crate::wire::{self, Given};
use core::cell::RefCell;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// The least time between two reports of progress, ms.
const REPORT_EVERY: f64 = 100.0;
/// Work shorter than this, ms, reports nothing.
const REPORT_FROM: f64 = 300.0;

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
}

/// Starts to listen, and says hello: the first message names the build.
pub fn start() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let listener = Listener::on(&scope, "message", |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        if let Some(task) = tasks::read_task(&event.data()) {
            #[cfg(feature = "faults")]
            crate::faults::marked(&event.data());
            tasks::answer(&task);
        } else if let Some(given) = wire::read_given(&event.data()) {
            #[cfg(feature = "faults")]
            crate::faults::marked(&event.data());
            KEPT.with(|kept| take(given, &mut kept.borrow_mut()));
        } else if let Some(request) = wire::read_request(&event.data()) {
            #[cfg(feature = "faults")]
            crate::faults::marked(&event.data());
            KEPT.with(|kept| answer(&request, &mut kept.borrow_mut()));
        }
    });
    LISTENER.with(|kept| *kept.borrow_mut() = Some(listener));
    reply(&JsValue::from_str(crate::BUILD), &Array::new());
}

/// Takes a file, or puts those in use that were read.
fn take(given: Given, kept: &mut Kept) {
    match given {
        Given::File(number, name, bytes) => {
            let answer = match compute::file(kept, number, &name, &bytes) {
                Ok(loaded) => wire::loaded(&loaded),
                Err(why) => wire::refused(number, &format!("{why}.")),
            };
            reply(&answer, &Array::new());
        }
        Given::Use(number) => compute::use_files(kept, number != 0),
    }
}

/// Answers a request.
fn answer(request: &Request, kept: &mut Kept) {
    let id = request.id;
    let start = js_sys::Date::now();
    let mut reported = start;
    let mut report = |share: f64| {
        let now = js_sys::Date::now();
        if now - start >= REPORT_FROM && now - reported >= REPORT_EVERY {
            reported = now;
            reply(&wire::progress(id, share), &Array::new());
        }
    };
    let (message, transfer) = match request.work {
        Work::Run => match compute::run(kept, &request.link, &mut report) {
            Ok(run) => wire::run(id, "run", &request.link, &run.network, run.timeline.clone()),
            Err(why) => (wire::failed(id, &why.to_string()), Array::new()),
        },
        // It is not kept: what is asked next is about the first.
        Work::Second => match compute::run(&mut Kept::default(), &request.link, &mut report) {
            Ok(run) => wire::run(id, "second", &request.link, &run.network, run.timeline.clone()),
            Err(why) => (wire::failed(id, &why.to_string()), Array::new()),
        },
        Work::Bounds => match compute::bounds(&request.link) {
            Ok(bounds) => (wire::bounds(id, &bounds), Array::new()),
            Err(why) => (wire::failed(id, &why.to_string()), Array::new()),
        },
        Work::Lit => match compute::lit(kept, request, &mut report) {
            Ok(lit) => wire::lit(id, &lit),
            Err(why) => (wire::failed(id, &why.to_string()), Array::new()),
        },
        Work::Sizes | Work::SizesBeside => match compute::sizes(kept, &request.link, request.step, &mut report) {
            Ok(bins) => wire::sizes(id, &bins),
            Err(why) => (wire::failed(id, &why.to_string()), Array::new()),
        },
        Work::Products | Work::Beside => match compute::products(kept, &request.link, request.step, &mut report) {
            Ok(products) => wire::products(id, &products),
            Err(why) => (wire::failed(id, &why.to_string()), Array::new()),
        },
    };
    reply(&message, &transfer);
}
