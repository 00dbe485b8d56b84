//! Any text opens or is no link; what opens has a canonical link that opens to the same scene.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ticketscope_scene::link;

fuzz_target!(|text: &str| {
    if let Ok(opened) = link::read(text) {
        let canonical = link::write(&opened.scene);
        assert!(canonical.len() <= link::MOST_CHARACTERS);
        let again = link::read(&canonical).expect("what is written is a link");
        assert_eq!((&again.scene, again.damaged), (&opened.scene, None));
        assert_eq!(link::write(&again.scene), canonical);
        for note in &opened.notes {
            assert!(!note.to_string().is_empty());
        }
    }
});
