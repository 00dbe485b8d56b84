//! Starting, hearing and ending a worker; see `www/worker.js` for the contract.

use super::listen::Listener;
use super::shell;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

/// A worker that lives until it is dropped.
#[derive(Debug)]
pub struct Hand {
    worker: Worker,
    _listeners: [Listener; 2],
}

impl Hand {
    /// Starts a worker by `ticketscope.startWorker()`; `heard` gets each message, `died` is called when it fails.
    pub fn start(heard: impl FnMut(JsValue) + 'static, died: impl FnMut() + 'static) -> Option<Self> {
        Self::of("startWorker", heard, died)
    }

    /// The same for one of the charts' pool.
    pub fn help(heard: impl FnMut(JsValue) + 'static, died: impl FnMut() + 'static) -> Option<Self> {
        Self::of("startHelper", heard, died)
    }

    fn of(start: &str, mut heard: impl FnMut(JsValue) + 'static, mut died: impl FnMut() + 'static) -> Option<Self> {
        let worker: Worker = shell::call(start, &Array::new())?.dyn_into().ok()?;
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
        shell::call("endWorker", &Array::of1(&self.worker));
    }
}

/// Sends from a worker to its page; the buffers in `transfer` move instead of being copied.
pub fn reply(message: &JsValue, transfer: &Array) {
    if let Ok(scope) = js_sys::global().dyn_into::<web_sys::DedicatedWorkerGlobalScope>() {
        // Plain arrays and texts can always be cloned.
        let _ = scope.post_message_with_transfer(message, transfer);
    }
}
