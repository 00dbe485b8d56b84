//! What `www/shell.js` does for the program: it stands outside, so it still stands when the program has failed. See
//! `www/worker.js` for the contract.

use super::listen::error_text;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Calls a function of the shell; none where there is no shell, as in a worker.
pub(super) fn call(name: &str, given: &Array) -> Option<JsValue> {
    let shell = Reflect::get(&js_sys::global(), &"ticketscope".into()).ok()?;
    let function: Function = Reflect::get(&shell, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(&shell, given).ok()
}

/// Calls `here` once the files that a worker needs have come, or `missing` with the reason why they have not.
pub fn prepare(here: impl FnOnce() + 'static, missing: impl FnOnce(String) + 'static) {
    let Some(promise) = call("prepare", &Array::new()).and_then(|value| value.dyn_into::<Promise>().ok()) else {
        return;
    };
    let here = Closure::once(move |_: JsValue| here());
    let missing = Closure::once(move |error: JsValue| missing(error_text(&error)));
    // The chain ends here; at most one of them is called.
    let _ = promise.then2(&here, &missing);
    here.forget();
    missing.forget();
}

/// Says which link would show again what is shown now.
pub fn keep(link: &str) {
    call("keep", &Array::of1(&link.into()));
}

/// Says what scene is shown, to whoever draws charts of many networks.
pub fn scene(link: &str) {
    call("scene", &Array::of1(&link.into()));
}

/// From here on `heard` gets the link of every scene that is shown, the present one first.
pub fn charts(heard: impl FnMut(String) + 'static) {
    let listener = Closure::<dyn FnMut(String)>::new(heard);
    call("charts", &Array::of2(listener.as_ref(), &crate::BUILD.into()));
    // It is called for as long as the program lives.
    listener.forget();
}

/// Shows the bar with a sentence and a report, although the page lives.
pub fn trouble(sentence: &str) {
    call("trouble", &Array::of1(&sentence.into()));
}

/// Before a panic ends the program: where it stands in the source goes to `told`. Never what was said, for that may hold what
/// a visitor typed.
pub fn on_panic(told: impl Fn(&str) + Send + Sync + 'static) {
    std::panic::set_hook(Box::new(move |panic| {
        if let Some(place) = panic.location() {
            told(&format!("{}:{}", place.file(), place.line()));
        }
    }));
}

/// Tells the shell where the page has failed.
pub fn panicked(place: &str) {
    call("panicked", &Array::of1(&place.into()));
}
