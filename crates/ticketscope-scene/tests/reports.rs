//! The reports against the fields that the JSON format fixes, and against small networks counted by hand.

mod common;

use core::ops::ControlFlow;
use serde_json::{Value, json};
use ticketscope_core::shape::Edge;
use ticketscope_core::stats::{ks_distance, ks_uniform, sort};
use ticketscope_scene::products::Gathering;
use ticketscope_scene::report::{NetworkReport, OwnPaths, ProductsReport, PruneReport, Pruned};
use ticketscope_scene::run::{self, Own};
use ticketscope_scene::scene::Of;
use ticketscope_scene::survival::Survival;
use ticketscope_scene::{Scene, file, link};

fn open(link: &str) -> Scene {
    let opened = link::read(link).unwrap();
    assert!(opened.notes.is_empty(), "{:?}", opened.notes);
    opened.scene
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn prune(link: &str, own: &Own) -> (Value, String) {
    let mut scene = open(link);
    own.shape_into(&mut scene);
    let pruned = Pruned::of(&scene, own).unwrap();
    let survival = (scene.trials > 0)
        .then(|| Survival::of_trials(&scene, own, 0..scene.trials, |_| ControlFlow::Continue(())).unwrap().unwrap());
    let report = PruneReport::new(&scene, own, &pruned, survival.as_ref(), &[]);
    (serde_json::to_value(&report).unwrap(), report.to_string())
}

#[test]
fn prune_has_the_fields_of_the_format() {
    let (json, text) = prune("#v1&sources=2&width=3&step=4&trials=50", &Own::default());
    for key in [
        "link",
        "view",
        "network",
        "rule",
        "protect",
        "prunable_edges",
        "bound",
        "step",
        "events",
        "alive_edges",
        "surviving_paths",
        "surviving_tickets",
        "destroyed_at",
        "survival",
        "notes",
    ] {
        assert!(json.get(key).is_some(), "{key}");
    }
    let measures = json!({
        "sources": 2, "hidden_layers": 4, "width": 3, "sinks": 1, "edges": 6 + 27 + 3, "path_length": 5, "paths": 162
    });
    assert_eq!(json["network"], measures);
    assert_eq!(json["prunable_edges"], 27);
    for key in ["c", "m", "applies", "paper", "lambert", "balls_in_bins"] {
        assert!(json["bound"].get(key).is_some(), "{key}");
    }
    assert_eq!(json["bound"]["m"], 3);
    let first = &json["events"][0];
    assert_eq!(
        keys(first),
        ["step", "layer", "from", "to", "orphaned"]
            .into_iter()
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
    assert_eq!(first["step"], 1);
    let states = ["cut_edges", "orphaned_edges", "idle_edges", "ticket_edges"];
    assert_eq!(states.iter().map(|key| json[key].as_u64().unwrap()).sum::<u64>(), 36);
    let paths: Vec<u64> = json["surviving_paths"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
    assert_eq!(json["surviving_tickets"].as_u64(), Some(paths.iter().product()));
    let survival = &json["survival"];
    assert_eq!(survival["trials"], 50);
    let curve = survival["curve"].as_array().unwrap();
    assert_eq!(curve.len() as u64, survival["destroyed_at"]["max"].as_u64().unwrap() + 1);
    assert_eq!((&curve[0]["k"], &curve[curve.len() - 1]["destroyed"]), (&json!(0), &json!(50)));
    assert_eq!(survival["balls_in_bins"].as_array().unwrap().len(), curve.len());
    for key in ["paper", "lambert", "balls_in_bins", "measured"] {
        assert!(survival["k_at_confidence"][key].is_u64(), "{key}");
    }
    assert!(
        text.starts_with("2 sources, 4 hidden layers of width 3, 1 sink: 36 edges, 162 paths of 5 edges\n"),
        "{text}"
    );
    assert!(text.trim_end().ends_with("#v1&sources=2&width=3&step=4&trials=50".split_once('&').unwrap().1), "{text}");
}

#[test]
fn the_first_trial_is_the_scene_itself() {
    let (one, _) = prune("#v1&width=4&trials=1&rule=magnitude", &Own::default());
    assert_eq!(one["survival"]["destroyed_at"]["max"], one["destroyed_at"]);
}

#[test]
fn integers_beyond_two_to_the_53_are_strings() {
    let (json, text) = prune("#v1&hidden=30&width=100&seed=5", &Own::default());
    assert_eq!(json["network"]["paths"], format!("1{}", "0".repeat(60)));
    assert_eq!(json["surviving_tickets"], format!("1{}", "0".repeat(60)));
    assert!(text.contains("1.00 × 10⁶⁰ of 1.00 × 10⁶⁰"), "{text}");
    let (json, _) = prune("#v1&hidden=2&width=2", &Own::default());
    assert_eq!(json["network"]["paths"], 4);
}

#[test]
fn nothing_prunable_is_said_and_bounds_are_null() {
    let (json, text) = prune("#v1&hidden=1&trials=3", &Own::default());
    assert_eq!(json["destroyed_at"], Value::Null);
    assert_eq!(
        json["bound"],
        json!({"c": std::f64::consts::E, "m": 0, "applies": true, "paper": null, "lambert": null, "balls_in_bins": null})
    );
    assert_eq!(json["notes"], json!(["with 1 hidden layer protect=ends leaves no edge that may be cut"]));
    assert_eq!(json["survival"]["destroyed_at"], Value::Null);
    assert_eq!(
        json["survival"]["curve"],
        json!([{"k": 0, "destroyed": 0, "p": 0.0, "low": 0.0, "high": json!(0.561_497_031_755_045_5)}])
    );
    assert!(text.contains("note: with 1 hidden layer"), "{text}");
    let (json, text) = prune("#v1&protect=last", &Own::default());
    assert_eq!((&json["bound"]["m"], &json["bound"]["applies"]), (&json!(3), &json!(false)));
    assert!(text.contains("does not apply"), "{text}");
}

#[test]
fn a_step_beyond_the_end_is_clamped_with_a_note() {
    let (json, _) = prune("#v1&hidden=2&width=2&step=900", &Own::default());
    assert_eq!((&json["step"], &json["notes"]), (&json!(4), &json!(["step 900 → 4 (the run ends there)"])));
    assert_eq!((&json["destroyed_at"], &json["surviving_tickets"]), (&json!(4), &json!(0)));
}

#[test]
fn own_files_leave_no_link_and_decide_the_shape() {
    let mut own = Own::default();
    // The pruned network of two sources whose counts are 3 and 5.
    let mask = r#"{"mask": [[[1,1,0],[1,1,1]], [[0,0,1],[1,1,1],[1,1,1]], [[0,0,1],[1,0,0],[1,1,0]], [[0],[1],[1]]]}"#;
    own.take(file::read(mask.as_bytes()).unwrap()).unwrap();
    let (json, _) = prune("#v1&", &own);
    assert_eq!(json["link"], Value::Null);
    assert_eq!((&json["surviving_paths"], &json["surviving_tickets"]), (&json!([3, 5]), &json!(15)));
    assert_eq!(json["network"]["width"], 3);
    let mut scene = Scene::default();
    own.shape_into(&mut scene);
    let network = run::network(&scene, &own).unwrap();
    let report = serde_json::to_string(&NetworkReport::new(&scene, &own, &network, &[])).unwrap();
    let back = file::read(report.as_bytes()).unwrap();
    assert_eq!((back.weights.as_deref(), back.mask.as_ref()), (Some(network.weights()), Some(network.mask())));
}

#[test]
fn network_has_the_fields_of_the_format() {
    let scene = open("#v1&hidden=2&width=2&seed=9");
    let network = run::network(&scene, &Own::default()).unwrap();
    let report = NetworkReport::new(&scene, &Own::default(), &network, &[]);
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(keys(&json), ["link", "network", "notes", "view", "weights"]);
    assert_eq!(json["weights"][1][1][0], json!(network.weights()[4]));
    assert_eq!(json["link"], link::write(&scene));
    assert!(report.to_string().contains("8, from "), "{report}");
}

fn products(link: &str, own: &Own) -> (Value, String) {
    let mut scene = open(link);
    own.shape_into(&mut scene);
    let report = match scene.of {
        Of::Law => ProductsReport::new(&scene, own, &Gathering::of_law(&scene).unwrap().finish(), None, &[]),
        Of::Network => {
            let pruned = Pruned::of(&scene, own).unwrap();
            let (moment, _) = pruned.moment(&scene);
            let gathering = Gathering::of_network(&scene, &pruned.network, moment.mask(), own.has_weights()).unwrap();
            let surviving = moment.path_counts().per_source().iter().sum();
            let paths = OwnPaths { step: moment.step(), surviving, brush: None };
            ProductsReport::new(&scene, own, &gathering.finish(), Some(paths), &[])
        }
    }
    .unwrap();
    (serde_json::to_value(&report).unwrap(), report.to_string())
}

#[test]
fn products_has_the_fields_of_the_format() {
    let (json, text) = products("#v1&view=products&samples=20000&bins=10", &Own::default());
    for key in [
        "link",
        "view",
        "network",
        "law",
        "alpha",
        "modes",
        "of",
        "samples",
        "exact",
        "histogram",
        "theory",
        "ks_uniform",
        "ks_normal",
        "sigma",
        "sample",
    ] {
        assert!(json.get(key).is_some(), "{key}");
    }
    assert_eq!(keys(&json["histogram"]), ["above", "below", "counts", "high", "low"]);
    assert_eq!(keys(&json["theory"]), ["cdf", "kurtosis"]);
    assert_eq!(keys(&json["sample"]), ["ks_theory", "ks_uniform", "kurtosis", "mean", "share_in_window", "variance"]);
    assert_eq!((&json["samples"], &json["exact"], &json["view"]), (&json!(20000), &json!(false), &json!("products")));
    let counts: u64 = json["histogram"]["counts"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(counts, 20_000);
    assert_eq!(json["theory"]["cdf"].as_array().unwrap().len(), 11);
    // The critical distance at significance 10⁻⁶ is √(ln(2·10⁶)/2n) = 0.0190.
    assert!(json["sample"]["ks_theory"].as_f64().unwrap() < 0.019, "{json}");
    assert!(text.contains("20,000 independent samples"), "{text}");
}

#[test]
fn what_has_no_closed_form_is_null() {
    let (json, _) = products("#v1&view=products&law=normal&samples=1000", &Own::default());
    assert_eq!(
        (&json["theory"]["cdf"], &json["ks_uniform"], &json["alpha"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(json["theory"]["kurtosis"], 243.0);
    let (json, text) = products("#v1&view=products&of=network&hidden=2&width=2&step=end", &Own::default());
    assert_eq!((&json["samples"], &json["sample"]["mean"]), (&json!(0), &Value::Null));
    assert!(text.contains("none: no path is left"), "{text}");
}

#[test]
fn a_networks_own_paths_are_all_there_and_exact() {
    let (json, _) = products("#v1&view=products&of=network&hidden=3&width=4&step=5&bins=7&scale=2", &Own::default());
    let scene = open("#v1&hidden=3&width=4&step=5&scale=2");
    let pruned = Pruned::of(&scene, &Own::default()).unwrap();
    let (moment, _) = pruned.moment(&scene);
    // By hand: every path of the mask.
    let mut products = Vec::new();
    let weight = |layer, from, to| {
        let edge = Edge { layer, from, to };
        moment.mask().keeps(edge).then(|| pruned.network.weight_row(layer, from)[to as usize])
    };
    for (a, b, c) in (0..64).map(|i| (i / 16, i / 4 % 4, i % 4)) {
        let weights = [weight(0, 0, a), weight(1, a, b), weight(2, b, c), weight(3, c, 0)];
        if let [Some(p), Some(q), Some(r), Some(s)] = weights {
            products.push((p * q) * (r * s));
        }
    }
    assert_eq!(json["samples"], products.len());
    assert_eq!(json["exact"], true);
    let inside = products.iter().filter(|z: &&f64| z.abs() <= 1.0).count();
    assert_eq!(json["sample"]["share_in_window"].as_f64(), Some(inside as f64 / products.len() as f64));
    let mean = products.iter().sum::<f64>() / products.len() as f64;
    assert!((json["sample"]["mean"].as_f64().unwrap() - mean).abs() < 1e-15);
    let mut sorted = products.clone();
    sort(&mut sorted);
    let law = run::product_law(&scene).unwrap();
    let far = json["sample"]["ks_theory"].as_f64().unwrap();
    assert!((far - ks_distance(&sorted, |z| law.cdf(z).unwrap())).abs() < 1e-15);
    assert_eq!(json["sample"]["ks_uniform"].as_f64(), ks_uniform(&sorted, 1.0));
}

#[test]
fn more_paths_than_can_be_listed_are_sampled() {
    let (json, text) = products("#v1&view=products&of=network&hidden=5&width=40&samples=5000&step=9", &Own::default());
    assert_eq!((&json["samples"], &json["exact"]), (&json!(5000), &json!(false)));
    assert!(text.contains("5,000 of 10"), "{text}");
}

#[test]
fn a_gathering_does_not_depend_on_its_steps() {
    for link in ["#v1&samples=30000", "#v1&law=sign&samples=9000", "#v1&hidden=7&width=10&samples=9000"] {
        let scene = open(link);
        let whole = Gathering::of_law(&scene).unwrap().finish();
        let mut slow = Gathering::of_law(&scene).unwrap();
        let mut last = 0.0;
        while !slow.step(1) {
            assert!(slow.progress() >= last && slow.progress() < 1.0 && slow.gathered().is_none());
            last = slow.progress();
        }
        assert_eq!(slow.gathered(), Some(&whole));
        let pruned = Pruned::of(&scene, &Own::default()).unwrap();
        let moment = pruned.moment(&scene).0;
        let gathering = || Gathering::of_network(&scene, &pruned.network, moment.mask(), false).unwrap();
        let mut slow = gathering();
        while !slow.step(1) {}
        assert_eq!(slow.gathered(), Some(&gathering().finish()));
    }
}

#[test]
fn own_weights_have_no_theory() {
    let mut own = Own::default();
    own.take(file::read(b"{\"weights\": [[[1, 2]], [[0.25], [-1]]]}").unwrap()).unwrap();
    let (json, text) = products("#v1&of=network&view=products&window=3", &own);
    assert_eq!((&json["theory"], &json["law"], &json["link"]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!((&json["sample"]["mean"], &json["samples"]), (&json!(-0.875), &json!(2)));
    assert!(text.contains("own weights have no law"), "{text}");
}

#[test]
fn no_scene_panics_or_says_nan() {
    let mut dice = common::dice(500);
    for round in 0..150 {
        let mut scene = common::scene(&mut dice);
        scene.sources = 1 + dice.below(3);
        scene.hidden = 1 + dice.below(6);
        scene.width = 1 + dice.below(6);
        scene.sinks = 1 + dice.below(3);
        scene.samples = scene.samples.min(3000);
        scene.trials = scene.trials.min(2);
        let own = Own::default();
        let pruned = Pruned::of(&scene, &own).unwrap();
        let survival = Survival::of_trials(&scene, &own, 0..scene.trials, |_| ControlFlow::Continue(())).unwrap();
        let prune = PruneReport::new(&scene, &own, &pruned, survival.as_ref(), &[]);
        let (moment, _) = pruned.moment(&scene);
        let gathering = Gathering::of_network(&scene, &pruned.network, moment.mask(), false).unwrap();
        let surviving = moment.path_counts().per_source().iter().sum();
        let paths = OwnPaths { step: moment.step(), surviving, brush: None };
        let of_network = ProductsReport::new(&scene, &own, &gathering.finish(), Some(paths), &[]).unwrap();
        let of_law = Gathering::of_law(&scene).unwrap().finish();
        assert_eq!(of_law.histogram.total(), scene.samples);
        let of_law = ProductsReport::new(&scene, &own, &of_law, None, &[]).unwrap();
        for text in [
            prune.to_string(),
            of_network.to_string(),
            of_law.to_string(),
            NetworkReport::new(&scene, &own, &pruned.network, &[]).to_string(),
            serde_json::to_string(&prune).unwrap(),
            serde_json::to_string(&of_network).unwrap(),
        ] {
            assert!(!text.contains("NaN") && !text.contains("inf"), "round {round}: {text}");
        }
    }
}
