//! Starting, hearing and ending a worker; see `www/worker.js` for the contract.

use super::listen::{Listener, error_text};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

/// Calls a function of `www/shell.js`.
fn shell<T: JsCast>(name: &str) -> Option<T> {
    let shell = Reflect::get(&js_sys::global(), &"ticketscope".into()).ok()?;
    let function: Function = Reflect::get(&shell, &name.into()).ok()?.dyn_into().ok()?;
    function.call0(&shell).ok()?.dyn_into().ok()
}

/// Calls `here` once the files that a worker needs have come, or `missing` with the reason why they have not.
pub fn prepare(here: impl FnOnce() + 'static, missing: impl FnOnce(String) + 'static) {
    let Some(promise) = shell::<Promise>("prepare") else { return };
    let here = Closure::once(move |_: JsValue| here());
    let missing = Closure::once(move |error: JsValue| missing(error_text(&error)));
    // The chain ends here; at most one of them is called.
    let _ = promise.then2(&here, &missing);
    here.forget();
    missing.forget();
}

/// A worker that lives until it is dropped.
#[derive(Debug)]
pub struct Hand {
    worker: Worker,
    _listeners: [Listener; 2],
}

impl Hand {
    /// Starts a worker by `ticketscope.startWorker()`; `heard` gets each message, `died` is called when it fails.
    pub fn start(mut heard: impl FnMut(JsValue) + 'static, mut died: impl FnMut() + 'static) -> Option<Self> {
        let worker: Worker = shell("startWorker")?;
        let message = Listener::on(&worker, "message", move |event| {
            if let Some(event) = event.dyn_ref::<MessageEvent>() {
                heard(event.data());
            }
        });
        let error = Listener::on(&worker, "error", move |event| {
            event.prevent_default();
            died();
        });
        Some(Self { worker, _listeners: [message, error] })
    }

    /// Sends a message.
    pub fn post(&self, message: &JsValue) -> bool {
        self.worker.post_message(message).is_ok()
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Sends from a worker to its page; the buffers in `transfer` move instead of being copied.
pub fn reply(message: &JsValue, transfer: &Array) {
    if let Ok(scope) = js_sys::global().dyn_into::<web_sys::DedicatedWorkerGlobalScope>() {
        // Plain arrays and texts can always be cloned.
        let _ = scope.post_message_with_transfer(message, transfer);
    }
}
