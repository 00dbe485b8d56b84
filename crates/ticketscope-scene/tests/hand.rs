//! What is done by hand: cuts, typed weights, and that they mean the same everywhere.

mod common;

use common::{dice, scene};
use ticketscope_core::mask::Mask;
use ticketscope_core::prune::Moment;
use ticketscope_core::shape::Shape;
use ticketscope_core::state::EdgeState;
use ticketscope_scene::hand::{self, HandError, MaskText};
use ticketscope_scene::report::Pruned;
use ticketscope_scene::run::{self, Own};
use ticketscope_scene::scene::Step;
use ticketscope_scene::{Scene, file, link};

fn pruned(scene: &Scene) -> Pruned {
    Pruned::of(scene, &Own::default()).unwrap()
}

fn is_alive(state: EdgeState) -> bool {
    matches!(state, EdgeState::OnTicket | EdgeState::Idle)
}

/// A small random scene, somewhere on its timeline.
fn small(seed: u64) -> Scene {
    let mut dice = dice(seed);
    let random = scene(&mut dice);
    Scene {
        sources: 1 + dice.below(3),
        hidden: 1 + dice.below(4),
        width: 1 + dice.below(5),
        sinks: 1 + dice.below(2),
        step: Step::At(u64::from(dice.below(12))),
        mask: None,
        edits: Vec::new(),
        ..random
    }
}

#[test]
fn a_masks_text_reads_back() {
    let mut dice = dice(1);
    for _ in 0..2_000 {
        let shape = Shape::new(1 + dice.below(4), 1 + dice.below(5), 1 + dice.below(12), 1 + dice.below(3)).unwrap();
        let one_in = 1 + dice.below(30);
        let cut: Vec<bool> = (0..shape.edge_count()).map(|_| dice.below(one_in) == 0).collect();
        let mask = Mask::from_fn(shape, |id| !cut[id as usize]);
        match MaskText::of(&mask).unwrap() {
            None => assert_eq!(mask, Mask::full(shape)),
            Some(text) => assert_eq!(text.mask(&shape), Some(mask)),
        }
    }
}

#[test]
fn a_mask_of_another_network_is_not_applied_and_said() {
    let with = |link: &str| link::read(link).unwrap().scene;
    // The seventh edge is cut; a network of one node a layer has two edges.
    let scene = with("#v1&hidden=1&width=1&mask=_f&edits=0.0.0:2,0.0.4:1&input=1,2");
    let notes: Vec<String> = run::misfits(&scene, &Own::default()).iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "the hand-made mask is for another network (it cuts an edge that this one does not have): not applied",
            "1 of 2 typed weights are for edges that this network does not have: not applied",
            "input has 2 values and the network 1 source: give one for each source or one for all; no forward pass is shown",
        ]
    );
    let network = run::network(&scene, &Own::default()).unwrap();
    assert_eq!((network.mask().kept_count(), network.weights()[0]), (2, 2.0));
    let fits = with("#v1&hidden=1&width=4&mask=_f&edits=0.0.3:2&input=1");
    assert_eq!(run::misfits(&fits, &Own::default()), []);
    assert_eq!(run::network(&fits, &Own::default()).unwrap().mask().kept_count(), 7);
    assert_eq!(run::input(&with("#v1&sources=3&input=2"), &Shape::new(3, 1, 1, 1).unwrap()), Some(vec![2.0; 3]));
}

#[test]
fn the_hands_mask_and_a_files_both_count() {
    let mut own = Own::default();
    own.take(file::read(b"{\"mask\": [[[0, 1, 1]], [[1], [1], [1]]]}").unwrap()).unwrap();
    let mut scene = Scene { mask: link::read("#v1&mask=f").unwrap().scene.mask, ..Scene::default() };
    own.shape_into(&mut scene);
    let network = run::network(&scene, &own).unwrap();
    // `f` is 011111: the first edge, which the file leaves out too.
    assert_eq!(network.mask().kept_count(), 5);
    scene.mask = link::read("#v1&mask=v").unwrap().scene.mask;
    assert_eq!(run::network(&scene, &own).unwrap().mask().kept_count(), 4);
}

#[test]
fn a_cut_by_hand_leaves_what_the_run_left_but_that_edge() {
    for seed in 0..400 {
        let scene = small(seed);
        let before = pruned(&scene);
        let (moment, _) = before.moment(&scene);
        let shape = *before.network.shape();
        let Some(id) = moment.edge_states().iter().position(|&state| is_alive(state)) else { continue };
        let edge = shape.edge(id as u32);
        let after = hand::cut(&scene, &moment, edge).unwrap();
        assert_eq!(after.step, Step::At(0));
        let now = pruned(&after);
        let start = Moment::at(&now.fates, 0);
        for (id, (was, is)) in moment.edge_states().iter().zip(start.edge_states()).enumerate() {
            let is_the_one = id as u32 == shape.edge_id(edge);
            match was {
                _ if is_the_one => assert_eq!(*is, EdgeState::Cut),
                EdgeState::Cut => assert_eq!(*is, EdgeState::Cut),
                EdgeState::Orphaned => assert_eq!(*is, EdgeState::Orphaned),
                // Its head may have lost its last path with that edge.
                _ => assert_ne!(*is, EdgeState::Cut),
            }
            assert!(!is_alive(*is) || is_alive(*was));
        }
        // A click on it brings it back, and with it what it orphaned: at step 0 of an untouched run, all of it.
        assert!(hand::is_cut_by_hand(&now.fates, start.edge_states(), edge));
        let back = hand::restore(&after, &now.network, edge).unwrap();
        if scene.step == Step::At(0) {
            assert_eq!(back, Scene { mask: None, ..scene });
        } else {
            let back = pruned(&back);
            assert_eq!(Moment::at(&back.fates, 0).mask(), moment.mask());
        }
    }
}

#[test]
fn typed_weights_replace_drawn_ones_and_nothing_else() {
    let mut dice = dice(7);
    for seed in 0..200 {
        let scene = small(seed);
        let before = run::network(&scene, &Own::default()).unwrap();
        let shape = *before.shape();
        let mut touched = scene.clone();
        let mut typed = Vec::new();
        for _ in 0..6 {
            let id = dice.below(shape.edge_count());
            let weight = f64::from(dice.below(2_000)) / 100.0 - 10.0;
            touched = hand::set_weight(&touched, shape.edge(id), weight).unwrap();
            typed.retain(|&(other, _)| other != id);
            typed.push((id, weight));
        }
        assert!(touched.edits.is_sorted_by_key(|edit| edit.edge()) && touched.edits.len() == typed.len());
        assert_eq!(link::read(&link::write(&touched)).unwrap().scene, touched);
        let after = run::network(&touched, &Own::default()).unwrap();
        for id in 0..shape.edge_count() {
            let wanted = typed.iter().find(|typed| typed.0 == id).map(|typed| typed.1);
            assert_eq!(after.weights()[id as usize], wanted.unwrap_or(before.weights()[id as usize]));
        }
        for (id, _) in typed {
            touched = hand::clear_weight(&touched, shape.edge(id));
        }
        assert_eq!(touched, scene);
    }
}

#[test]
fn what_a_link_cannot_hold_is_refused_with_a_sentence() {
    let scene = Scene { hidden: 6, width: 100, ..Scene::default() };
    let shape = scene.shape().unwrap();
    let weight = |scene: &Scene, to, weight| hand::set_weight(scene, shape.edge(to), weight);
    assert_eq!(weight(&scene, 0, f64::NAN), Err(HandError::Weight));
    assert_eq!(weight(&scene, 0, 1e10), Err(HandError::Weight));
    let mut many = scene.clone();
    let refused = (0..).find_map(|to| match weight(&many, to, 0.123_456_789) {
        Ok(more) => {
            many = more;
            None
        }
        Err(error) => Some(error),
    });
    assert_eq!((refused, many.edits.len() > 20), (Some(HandError::Edits), true));
    assert!(link::read(&link::write(&many)).unwrap().notes.is_empty());
    let mask = |gone| MaskText::of(&Mask::from_fn(shape, |id| id != gone));
    assert_eq!(mask(11_999).unwrap().unwrap().as_str().len(), 2000);
    assert_eq!(
        mask(12_000).unwrap_err().to_string(),
        "a link holds cuts by hand among the first 12,000 edges of a network only; save it as a file to cut further"
    );
    let long = hand::with_mask(&scene, &Mask::from_fn(shape, |id| id != 11_999)).unwrap();
    assert!(!hand::is_shared(&long) && hand::is_shared(&scene));
    let elsewhere = ticketscope_core::shape::Edge { layer: 0, from: 1, to: 0 };
    assert_eq!(hand::set_weight(&scene, elsewhere, 1.0), Err(HandError::NoEdge));
    assert_eq!(hand::clear(&many), scene);
}

#[test]
fn a_change_of_shape_takes_along_what_was_done_by_hand() {
    let scene = link::read("#v1&hidden=2&width=3&edits=0.0.2:1,1.2.2:2,2.1.0:3").unwrap().scene;
    let shape = scene.shape().unwrap();
    let gone = [(0, 0, 1), (1, 1, 0), (1, 2, 2), (2, 0, 0)];
    let is_gone = |edge: ticketscope_core::shape::Edge| gone.contains(&(edge.layer, edge.from, edge.to));
    let scene = hand::with_mask(&scene, &Mask::from_fn(shape, |id| !is_gone(shape.edge(id)))).unwrap();
    let to = |hidden, width| hand::reshaped(&scene, Scene { hidden, width, ..scene.clone() }).unwrap();
    let cut = |scene: &Scene| -> Vec<(u32, u32, u32)> {
        let network = run::network(scene, &Own::default()).unwrap();
        let edges = network.shape().edges().filter(|&edge| !network.mask().keeps(edge));
        edges.map(|edge| (edge.layer, edge.from, edge.to)).collect()
    };
    assert_eq!(cut(&to(2, 3)), gone);
    assert_eq!(cut(&to(2, 9)), gone);
    assert_eq!(cut(&to(2, 2)), [(0, 0, 1), (1, 1, 0), (2, 0, 0)]);
    assert_eq!(cut(&to(4, 3)), [(0, 0, 1), (1, 1, 0), (1, 2, 2), (4, 0, 0)]);
    assert_eq!(cut(&to(1, 3)), [(0, 0, 1), (1, 0, 0)]);
    let edits =
        |scene: Scene| -> Vec<(u32, f64)> { scene.edits.iter().map(|edit| (edit.layer, edit.weight)).collect() };
    assert_eq!(edits(to(1, 3)), [(0, 1.0), (1, 3.0)]);
    assert_eq!(edits(to(3, 2)), [(3, 3.0)]);
}

#[test]
fn the_reports_say_what_the_hand_did() {
    use ticketscope_scene::report::{NetworkReport, PruneReport};
    let scene = link::read("#v1&hidden=2&width=3&mask=v&edits=0.0.2:1,4.0.0:2").unwrap().scene;
    let own = Own::default();
    let pruned = pruned(&scene);
    let network = NetworkReport::new(&scene, &own, &pruned.network, &[]).to_string();
    assert!(network.contains("typed by hand  1 weight\n") && network.contains("edges kept     14 of 15"), "{network}");
    let run = PruneReport::new(&scene, &own, &pruned, None, &[]).to_string();
    for report in [network, run] {
        assert!(
            report.contains("note: 1 of 2 typed weights are for edges that this network does not have: not applied"),
            "{report}"
        );
    }
}
