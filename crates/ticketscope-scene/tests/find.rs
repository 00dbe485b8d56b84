//! The search: that it leaves the set it claims, that the network itself agrees, and what it refuses.

use ticketscope_core::path::Paths;
use ticketscope_core::prune::Moment;
use ticketscope_scene::find::{Found, find};
use ticketscope_scene::report::FindReport;
use ticketscope_scene::run::Own;
use ticketscope_scene::scene::{Activation, Beta, Method, Scene, View};
use ticketscope_scene::searchable::NotSearchable;
use ticketscope_scene::{hand, link, preset};

fn scene(width: u32, seed: u64) -> Scene {
    let class = link::read("#v1&view=find&hidden=1&law=uniform&activation=linear&method=subset").unwrap().scene;
    Scene { width, seed, ..class }
}

fn found(scene: &Scene) -> Found {
    find(scene, &Own::default()).unwrap()
}

#[test]
fn the_timeline_leaves_the_best_set_and_the_network_agrees() {
    for seed in 0..300 {
        let width = 1 + seed as u32 % 12;
        let scene = Scene { beta: Beta::List(vec![0.25 * (seed % 9) as f64 - 1.0]), ..scene(width, seed) };
        let found = found(&scene);
        assert_eq!((found.terms.len(), found.candidates), (width as usize, 1 << width));
        // Each step takes one path away, the largest product first, and the sum goes along.
        let gone = found.terms.iter().filter(|term| !term.is_kept).count() as u32;
        assert_eq!(found.timeline.len(), gone);
        let mut last = f64::INFINITY;
        for step in 0..=gone {
            let mask = found.fates.mask_at(step);
            let paths = Paths::of(&found.network, &mask);
            assert_eq!(paths.count(), u128::from(width - step));
            let sum = (0..paths.count()).fold(0.0, |sum, rank| sum + paths.path(rank).unwrap().product(&found.network));
            assert_eq!(found.sum_at(step), sum);
            if let Some(event) = found.timeline.event(step) {
                let cut =
                    found.terms.iter().find(|term| term.path.edges(found.network.shape())[1] == event.edge).unwrap();
                assert!(cut.product.abs() <= last && !cut.is_kept && event.orphaned.len() == 1);
                last = cut.product.abs();
            }
        }
        assert_eq!(found.sum_at(gone), found.sum);
        assert_eq!(Moment::at(&found.fates, gone).destroyed(), found.kept().count() == 0);
        // At x = 1 the forward pass adds the same products in the same order; nearer to 0 its error is smaller.
        assert!(found.check.max_error >= found.error && found.check.max_error <= found.error + 1e-15);
        assert_eq!(found.is_won(), found.error <= 0.01);
        // No single change of the set makes it better.
        for flipped in 0..found.terms.len() {
            let kept = found.terms.iter().enumerate().filter(|(place, term)| term.is_kept != (*place == flipped));
            let sum = kept.fold(0.0, |sum, (_, term)| sum + term.product);
            assert!((sum - found.target).abs() >= found.error);
        }
    }
}

#[test]
fn what_a_hand_has_cut_is_no_candidate() {
    let scene = scene(12, 157);
    let before = found(&scene);
    let shape = *before.network.shape();
    // Cut the first edge of a path of the ticket.
    let kept = before.kept().next().unwrap().path.edges(&shape)[0];
    let start = Moment::at(&before.fates, 0);
    let cut = hand::cut(&scene, &start, shape.edge(kept)).unwrap();
    let after = found(&cut);
    assert_eq!((after.terms.len(), after.candidates), (11, 2048));
    assert!(after.error >= before.error);
    // Its last edge is idle now, and no step of the search touches it.
    assert!(after.timeline.events().all(|event| event.edge != before.kept().next().unwrap().path.edges(&shape)[1]));
    // A weight typed by hand is the one that is searched with.
    let typed = hand::set_weight(&scene, shape.edge(kept), 0.0).unwrap();
    assert!(found(&typed).terms.iter().any(|term| term.product == 0.0));
}

#[test]
fn what_is_not_searched_is_refused_with_a_sentence() {
    let refused = |scene: &Scene| find(scene, &Own::default()).unwrap_err().to_string();
    let class = "this search takes sets of paths (method=subset, activation=linear) in networks of one source, \
                 one hidden layer and one sink with at most 20 surviving paths; here ";
    assert_eq!(
        refused(&Scene { view: View::Find, ..Scene::default() }),
        format!("{class}these are otherwise: method=path, activation=relu, 4 hidden layers, 625 surviving paths")
    );
    let good = scene(12, 1);
    for (scene, otherwise) in [
        (Scene { method: Method::Block, ..good.clone() }, "this is otherwise: method=block"),
        (Scene { activation: Activation::Relu, ..good.clone() }, "this is otherwise: activation=relu"),
        (Scene { sources: 2, width: 3, ..good.clone() }, "this is otherwise: 2 sources"),
        (Scene { sinks: 2, width: 3, ..good.clone() }, "this is otherwise: 2 sinks"),
        (Scene { hidden: 2, width: 2, ..good.clone() }, "this is otherwise: 2 hidden layers"),
        (Scene { width: 21, ..good.clone() }, "this is otherwise: 21 surviving paths"),
        (Scene { beta: Beta::List(vec![0.5, 0.5]), ..good.clone() }, "this is otherwise: more than one target β"),
    ] {
        assert_eq!(refused(&scene), format!("{class}{otherwise}"));
    }
    assert!(find(&scene(20, 1), &Own::default()).is_ok());
    let many = Scene { hidden: 32, width: 512, ..good };
    assert!(matches!(find(&many, &Own::default()), Err(NotSearchable::Class { .. })));
}

#[test]
fn a_uniform_target_is_drawn_by_the_weight_seed() {
    let drawn = |seed, scale| found(&Scene { beta: Beta::Uniform, scale, ..scene(8, seed) }).target;
    let targets: Vec<f64> = (0..500).map(|seed| drawn(seed, 2.0)).collect();
    assert!(targets.iter().all(|target| target.abs() < 2.0));
    let mean = targets.iter().sum::<f64>() / 500.0;
    // Four standard errors of a uniform on ±2.
    assert!(mean.abs() < 4.0 * 2.0 / (3.0 * 500.0_f64).sqrt(), "{mean}");
    assert_eq!(drawn(7, 1.0) * 2.0, drawn(7, 2.0));
    assert_eq!(drawn(7, 2.0), drawn(7, 2.0));
}

#[test]
fn six_paths_win_a_third_of_the_time_and_twelve_nearly_always() {
    let wins = |width| (0..1000).filter(|&seed| found(&scene(width, seed)).is_won()).count();
    let (six, twelve) = (wins(6), wins(12));
    assert!((300..380).contains(&six), "{six}");
    assert!((920..960).contains(&twelve), "{twelve}");
}

#[test]
fn the_report_says_what_the_search_says() {
    let opening = preset::opening();
    let ticket = found(&opening);
    assert_eq!(ticket.sentence(), "A winning ticket: 5 of 12 paths, error 0.00095. Nothing was trained.");
    let report = FindReport::new(&opening, &Own::default(), &ticket, &[]);
    assert_eq!((report.edges_kept, report.verdict), (10, "found"));
    let text = report.to_string();
    assert!(text.contains("h1.5: 0.701 × 0.395 = 0.277") && text.contains("step        0 of 7"), "{text}");
    let lost = scene(2, 1);
    let nothing = found(&lost);
    assert!(
        nothing
            .sentence()
            .starts_with("Proved: none of the 4 sets of paths comes within 0.01 of 0.5; the best misses by 0.")
    );
    assert_eq!(FindReport::new(&lost, &Own::default(), &nothing, &[]).verdict, "impossible");
    // Near 0 the empty set does.
    let empty = found(&Scene { beta: Beta::List(vec![0.0]), ..scene(3, 1) });
    assert_eq!((empty.kept().count(), empty.error, empty.is_won()), (0, 0.0, true));
}
