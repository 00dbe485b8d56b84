//! Each preset's sentence, computed.

use ticketscope_core::bounds::paper;
use ticketscope_core::forward::Forward;
use ticketscope_core::prune::{Moment, destroyed_at};
use ticketscope_scene::compare::{self, Other};
use ticketscope_scene::find::find;
use ticketscope_scene::number::figure;
use ticketscope_scene::preset::{self, PRESETS};
use ticketscope_scene::report::Pruned;
use ticketscope_scene::run::{self, Own};
use ticketscope_scene::scene::Step;
use ticketscope_scene::{Scene, link};

fn scene(name: &str) -> Scene {
    preset::named(name).unwrap().scene()
}

/// Whether the sentence has these words in it, so that no number is computed that is not said.
fn says(name: &str, words: &[&str]) {
    let title = preset::named(name).unwrap().title;
    words.iter().for_each(|word| assert!(title.contains(word), "{name}: {word}"));
}

fn pruned(scene: &Scene) -> Pruned {
    Pruned::of(scene, &Own::default()).unwrap()
}

fn at(pruned: &Pruned, step: u32) -> Moment {
    Moment::at(&pruned.fates, step)
}

/// The step that destroys each of an ensemble, in order of size.
fn lifetimes(scene: &Scene, trials: u64) -> Vec<u32> {
    let mut all: Vec<u32> = (0..trials)
        .map(|i| {
            let trial = run::trial(scene, i);
            let network = run::network(&trial, &Own::default()).unwrap();
            destroyed_at(&network, &trial.pruning()).unwrap_or(u32::MAX)
        })
        .collect();
    all.sort_unstable();
    all
}

#[test]
fn names_are_given_once_and_every_link_opens_something() {
    let mut names: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
    names.sort_unstable();
    names.dedup();
    assert!(names.len() == PRESETS.len() && names.len() >= 20);
    for preset in PRESETS {
        let scene = preset.scene();
        assert_eq!(run::misfits(&scene, &Own::default()), [], "{}", preset.name);
        assert!(run::network(&scene, &Own::default()).is_ok());
        assert_ne!(link::write(&scene), "#v1.0000", "{}", preset.name);
    }
    // Links of released presets stay.
    assert_eq!(preset::named("survivors").unwrap().link, "#v1&hidden=5&width=7&seed=7&prune-seed=157&step=148");
}

#[test]
fn subset_sums() {
    let wins = |name| {
        let scene = scene(name);
        let won = |seed| find(&Scene { seed, ..scene.clone() }, &Own::default()).unwrap().is_won();
        (1..=1000).filter(|&seed| won(seed)).count()
    };
    assert_eq!(wins("opening"), 940);
    says("opening", &["12 random paths", "94 %", "chosen by eye"]);
    assert!((310..360).contains(&wins("usually-fails")));
    let lost = find(&scene("usually-fails"), &Own::default()).unwrap();
    assert_eq!((lost.is_won(), figure(lost.error)), (false, "0.0131".to_owned()));
    says("usually-fails", &["6 random paths", "a third", "0.0131"]);
    let opening = find(&preset::opening(), &Own::default()).unwrap();
    let negative = opening.kept().filter(|term| term.product < 0.0).count();
    assert_eq!((opening.kept().count(), negative, opening.error <= 0.005), (5, 3, true));
}

#[test]
fn survivors_and_their_control() {
    let run = pruned(&scene("survivors"));
    assert_eq!(at(&run, 148).path_counts().tickets(), 24_u32.into());
    assert_eq!(run.timeline.destroyed_at(), Some(148 + 14));
    says("survivors", &["24 tickets of 16,807", "148 cuts", "14 cuts more"]);
    let control = compare::second(&scene("random-control"), &Own::default(), &run.fates).unwrap().unwrap();
    assert_eq!(control.fates.destroyed_at(), Some(140));
    let (mask, other) = (at(&run, 148), Moment::at(&control.fates, 148));
    assert_eq!(mask.tally().alive(), other.tally().alive());
    says("random-control", &["148 cuts 24 tickets", "none since step 140"]);
}

#[test]
fn two_choices_last_longer() {
    let one = scene("two-against-one");
    let Some(Other::Scene(two)) = compare::other(&one) else { panic!() };
    let ends = [&one, &two].map(|scene| pruned(scene).timeline.destroyed_at());
    assert_eq!(ends, [Some(105), Some(124)]);
    let named = scene("two-choices");
    let plain = Scene { rule: Scene::default().rule, ..named.clone() };
    let [one, two] = [&plain, &named].map(|scene| lifetimes(scene, 1000));
    // The middle of an even number lies between two.
    assert_eq!([one[499], one[500], two[499], two[500]], [100, 100, 121, 121]);
    says("two-against-one", &["cut 105", "at 124", "100 and 121"]);
    assert!(one.iter().filter(|&&k| k > 99).count() >= 500 && two.iter().filter(|&&k| k > 120).count() >= 500);
    says("two-choices", &["half of 1,000", "120 cuts", "against 99"]);
}

#[test]
fn a_layer_collapses() {
    let scene = scene("layer-collapse");
    let run = pruned(&scene);
    let left = |step| at(&run, step).tally_in(2).alive();
    assert_eq!((run.timeline.destroyed_at(), left(58), left(59), scene.step), (Some(59), 1, 0, Step::At(59)));
    assert!(at(&run, 59).tally().alive() > 20);
    let Some(Other::Scene(other)) = compare::other(&scene) else { panic!() };
    assert_eq!(pruned(&other).timeline.destroyed_at(), Some(88));
    says("layer-collapse", &["cut 59", "h2 → h3", "88 cuts"]);
}

#[test]
fn junk_is_left_and_narrow_networks_end_soon() {
    let junk = pruned(&scene("junk"));
    let tally = at(&junk, 172).tally();
    assert_eq!((tally.idle, tally.alive(), junk.timeline.destroyed_at()), (46, 59, Some(173)));
    says("junk", &["46 of 59"]);
    let deep = pruned(&scene("deep-narrow"));
    assert_eq!(deep.timeline.destroyed_at(), Some(51));
    assert_eq!(scene("deep-narrow").protect.prunable_edges(deep.network.shape()), 99);
    says("deep-narrow", &["51 of 99"]);
    let one = pruned(&scene("one-node"));
    assert_eq!((at(&one, 0).path_counts().tickets(), one.timeline.destroyed_at()), (1_u32.into(), Some(1)));
    let wide = scene("hundred-thousand").shape().unwrap();
    assert_eq!((wide.edge_count(), wide.path_count()), (100_200, num(10).pow(22)));
    says("hundred-thousand", &["100,200", "10²²"]);
}

#[test]
fn relu_silences_nodes() {
    let scene = scene("relu");
    let network = run::network(&scene, &Own::default()).unwrap();
    let shape = network.shape();
    let forward = Forward::of(&network, network.mask(), &scene.input, scene.activation);
    let (mut off, mut paths) = (0, 1);
    for layer in 1..=shape.hidden_layers() {
        let nodes = shape.first_node(layer)..shape.first_node(layer + 1);
        let silent = nodes.filter(|&node| forward.is_off(node)).count() as u32;
        off += silent;
        paths *= shape.width() - silent;
    }
    assert_eq!((off, paths, shape.path_count()), (11, 12, num(1024)));
    assert!(forward.outputs()[0] != 0.0);
    says("relu", &["11 of 20", "12 of 1,024"]);
}

#[test]
fn the_bound_fails_where_source_edges_may_be_cut() {
    let scene = scene("unsafe-bound");
    let k = paper(2, 100, core::f64::consts::E).unwrap().ceil() as u32 - 1;
    assert_eq!(k, 72);
    assert!(lifetimes(&scene, 1000).last().is_some_and(|&last| last <= k));
    says("unsafe-bound", &["72 cuts", "all of 1,000"]);
    let many = scene_paths("many-sources");
    assert_eq!(many, (vec![num(216); 8], num(216).pow(8)));
    says("many-sources", &["8 sources", "216 paths", "216⁸"]);
}

fn scene_paths(name: &str) -> (Vec<Big>, Big) {
    let start = at(&pruned(&scene(name)), 0);
    let counts = start.path_counts();
    (counts.per_source().to_vec(), counts.tickets())
}

#[test]
fn laws() {
    let modes = run::product_law(&scene("two-humps")).unwrap().modes();
    assert_eq!(modes.iter().map(|&mode| figure(mode)).collect::<Vec<_>>(), ["−0.472", "0.472"]);
    says("two-humps", &["α = 0.2", "four weights", "±0.472"]);
    let network = run::network(&scene("crowded-weights"), &Own::default()).unwrap();
    let beyond = network.weights().iter().filter(|weight| weight.abs() > 0.9).count();
    assert_eq!((beyond, network.weights().len(), network.shape().path_length()), (149, 168, 12));
    says("crowded-weights", &["12 weights", "149 of these 168", "±0.9"]);
    let uniform = run::product_law(&scene("exact-uniform")).unwrap();
    assert!(uniform.distance_from_uniform(1.0).unwrap() < 1e-12);
}

type Big = num_bigint::BigUint;

fn num(n: u32) -> Big {
    n.into()
}
