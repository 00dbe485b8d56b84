//! Version 1 of the pairs behind the check digits.

use crate::field::{FIELDS, Field, nearest, plain};
use crate::note::{Note, Notes, quoted};
use crate::scene::Scene;

/// Reads `&key=value&…`: any text yields a scene.
pub(super) fn read(pairs: &str, notes: &mut Notes) -> Scene {
    let mut scene = Scene::default();
    let mut seen = vec![0_u8; FIELDS.len()];
    for pair in pairs.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let Some(place) = place(key, notes) else {
            continue;
        };
        let field = &FIELDS[place];
        seen[place] = seen[place].saturating_add(1);
        if seen[place] == 2 {
            notes.add(|| Note::Repeated { key: field.key });
        }
        field.read_leniently(&mut scene, value, notes);
    }
    scene
}

/// The field that a key means, with a note unless it is spelled exactly.
fn place(key: &str, notes: &mut Notes) -> Option<usize> {
    let exact = Field::place(key);
    if exact.is_some() {
        return exact;
    }
    if key.len() <= 64
        && let Some(place) = Field::place(&plain(key).to_ascii_lowercase().replace('_', "-"))
    {
        notes.add(|| Note::Key { given: quoted(key), key: FIELDS[place].key });
        return Some(place);
    }
    notes.add(|| Note::Unknown { given: quoted(key), nearest: nearest(key) });
    None
}
