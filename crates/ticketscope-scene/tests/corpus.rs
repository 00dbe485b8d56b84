//! Every input that fuzzing has kept is replayed, with the fuzz targets' own checks.

use std::path::{Path, PathBuf};
use ticketscope_scene::file::{read, write_csv, write_json};
use ticketscope_scene::run::{Own, network};
use ticketscope_scene::{Scene, link};

fn corpus(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut inputs: Vec<(PathBuf, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect();
    inputs.sort();
    assert!(inputs.len() >= 6);
    inputs
}

#[test]
fn links() {
    for (path, bytes) in corpus("link") {
        if let Ok(opened) = link::read(&String::from_utf8_lossy(&bytes)) {
            let canonical = link::write(&opened.scene);
            let again = link::read(&canonical).unwrap();
            assert_eq!((&again.scene, again.damaged), (&opened.scene, None), "{}", path.display());
            assert_eq!(link::write(&again.scene), canonical, "{}", path.display());
        }
    }
}

#[test]
fn files() {
    let mut read_back = 0;
    for (path, bytes) in corpus("file") {
        let Ok(file) = read(&bytes) else {
            continue;
        };
        let mut own = Own::default();
        own.take(file).unwrap();
        let mut scene = Scene::default();
        own.shape_into(&mut scene);
        let network = network(&scene, &own).unwrap();
        for text in [write_json(&network, network.mask()), write_csv(&network, network.mask())] {
            let back = read(text.as_bytes()).unwrap();
            assert_eq!(back.weights.as_deref(), Some(network.weights()), "{}", path.display());
            assert_eq!(back.mask.as_ref(), Some(network.mask()), "{}", path.display());
        }
        read_back += 1;
    }
    assert!(read_back >= 3);
}
