//! Any bytes are a network or are refused; a network that was read is written and read back to the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ticketscope_scene::Scene;
use ticketscope_scene::file::{read, write_csv, write_json};
use ticketscope_scene::run::{Own, network};

fuzz_target!(|bytes: &[u8]| {
    let Ok(file) = read(bytes) else {
        return;
    };
    let mut own = Own::default();
    own.take(file).expect("the first file fits");
    let mut scene = Scene::default();
    own.shape_into(&mut scene);
    let network = network(&scene, &own).expect("what was read is a network");
    for text in [write_json(&network, network.mask()), write_csv(&network, network.mask())] {
        let back = read(text.as_bytes()).expect("what was written can be read");
        assert_eq!(back.weights.as_deref(), Some(network.weights()));
        assert_eq!(back.mask.as_ref(), Some(network.mask()));
    }
});
