//! What this browser remembers between visits: the viewer's own settings, never a scene. Storage may be blocked; then nothing
//! is remembered, and nothing breaks.

use web_sys::Window;

/// A remembered setting.
pub fn read(window: &Window, key: &str) -> Option<String> {
    window.local_storage().ok()??.get_item(key).ok()?
}

/// Remembers a setting.
pub fn write(window: &Window, key: &str, value: &str) {
    if let Ok(Some(store)) = window.local_storage() {
        // A full or blocked store forgets: the setting then lasts for this visit.
        let _ = store.set_item(key, value);
    }
}
