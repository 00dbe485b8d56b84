//! Saving a text as a file of the visitor's.

use super::dom::Dom;
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers a text to the browser as a file to save. A browser that refuses saves nothing, and says so itself.
pub fn save(dom: &Dom, name: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    if let Some(anchor) = dom.create("a").and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok()) {
        anchor.set_href(&address);
        anchor.set_download(name);
        anchor.click();
    }
    // The browser has taken the blob with the click.
    let _ = Url::revoke_object_url(&address);
}
