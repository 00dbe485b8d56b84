//! The address bar. Every write may throw (Safari allows 100 in 30 s): then the address is behind until the next one.

use wasm_bindgen::JsValue;
use web_sys::Window;

/// The fragment, with its `#`; empty without one.
pub fn fragment(window: &Window) -> String {
    window.location().hash().unwrap_or_default()
}

/// Writes a fragment: a new entry of the history, or the present one changed.
pub fn write(window: &Window, fragment: &str, new_entry: bool) {
    let Ok(history) = window.history() else { return };
    let _ = if new_entry {
        history.push_state_with_url(&JsValue::NULL, "", Some(fragment))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(fragment))
    };
}

/// The whole address with another fragment.
pub fn address(window: &Window, fragment: &str) -> String {
    let whole = window.location().href().unwrap_or_default();
    format!("{}{fragment}", whole.split('#').next().unwrap_or(""))
}
