//! The page: one program that runs in the page and, without a window, in each of its workers.

use wasm_bindgen::{JsCast, JsValue};

/// Starts the page, or a worker when there is no window (see `www/boot.js`).
pub fn start() {
    match web_sys::window() {
        Some(window) => start_page(&window),
        None => start_worker(),
    }
}

/// Marks the page as ready.
fn start_page(window: &web_sys::Window) {
    let root = window.document().and_then(|page| page.document_element());
    if let Some(root) = root.and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A page that cannot be marked is seen as not started: there is nothing better to do here.
        let _ = root.dataset().set("ready", "true");
    }
}

/// Says hello to the page: the worker's first message is its version.
fn start_worker() {
    if let Ok(worker) = js_sys::global().dyn_into::<web_sys::DedicatedWorkerGlobalScope>() {
        // Posting a string cannot fail to clone.
        let _ = worker.post_message(&JsValue::from_str(env!("CARGO_PKG_VERSION")));
    }
}
