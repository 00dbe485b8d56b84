//! The JSON that other programs rely on: exact keys, and numbers that a pencil confirms.

mod common;

use common::{json, run, run_with};
use serde_json::{Value, json};

/// The keys of an object, sorted.
fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> =
        value.as_object().unwrap_or_else(|| panic!("no object: {value}")).keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

fn assert_keys(value: &Value, expected: &str) {
    let mut expected: Vec<&str> = expected.split_whitespace().collect();
    expected.sort_unstable();
    assert_eq!(keys(value), expected);
}

const NETWORK: &str = "sources hidden_layers width sinks edges path_length paths";
const PRUNE: &str = "link view network notes rule protect orphans prunable_edges bound step events alive_edges cut_edges \
                     orphaned_edges idle_edges ticket_edges surviving_paths surviving_tickets destroyed_at last_cut";
const PRODUCTS: &str = "link view network notes law alpha modes of samples exact histogram theory ks_uniform ks_normal sigma \
                        sample";

#[test]
fn network() {
    let answer = json(&["network", "--hidden", "2", "--width", "3"]);
    assert_keys(&answer, "link view network notes weights");
    assert_keys(&answer["network"], NETWORK);
    let expected =
        json!({"sources": 1, "hidden_layers": 2, "width": 3, "sinks": 1, "edges": 15, "path_length": 3, "paths": 9});
    assert_eq!(answer["network"], expected);
    assert_eq!(answer["view"], "network");
    let rows: Vec<Vec<usize>> =
        layers(&answer["weights"]).iter().map(|layer| layer.iter().map(Vec::len).collect()).collect();
    assert_eq!(rows, [vec![3], vec![3, 3, 3], vec![1, 1, 1]]);
    assert!(layers(&answer["weights"]).iter().flatten().flatten().all(|w| (-1.0..=1.0).contains(w)));
}

fn layers(value: &Value) -> Vec<Vec<Vec<f64>>> {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn a_wider_network_keeps_its_weights() {
    let narrow = layers(&json(&["network", "--width", "3", "--seed", "9"])["weights"]);
    let wide = layers(&json(&["network", "--width", "4", "--seed", "9"])["weights"]);
    for (narrow, wide) in narrow.iter().zip(&wide) {
        for (narrow, wide) in narrow.iter().zip(wide) {
            assert_eq!(narrow[..], wide[..narrow.len()]);
        }
    }
}

#[test]
fn prune() {
    let answer = json(&["prune", "--sources", "2", "--hidden", "3", "--width", "2", "--step", "1"]);
    assert_keys(&answer, PRUNE);
    assert_keys(&answer["network"], NETWORK);
    assert_keys(&answer["bound"], "c m applies paper lambert balls_in_bins");
    assert_eq!(
        (&answer["view"], &answer["rule"], &answer["protect"]),
        (&json!("prune"), &json!("layer"), &json!("ends"))
    );
    assert_eq!((&answer["prunable_edges"], &answer["step"]), (&json!(8), &json!(1)));
    let events = answer["events"].as_array().unwrap();
    for (place, event) in events.iter().enumerate() {
        assert_keys(event, "step layer from to orphaned");
        assert_eq!(event["step"], place + 1);
        for orphan in event["orphaned"].as_array().unwrap() {
            assert_keys(orphan, "layer from to");
        }
    }
    // The run goes on to destruction, or until nothing prunable is left.
    let removed: usize = events.iter().map(|event| event["orphaned"].as_array().unwrap().len()).sum();
    assert!(
        answer["destroyed_at"] == events.len() || (answer["destroyed_at"].is_null() && events.len() + removed >= 8)
    );
    let orphaned = events[0]["orphaned"].as_array().unwrap().len();
    assert_eq!(answer["alive_edges"], 14 - 1 - orphaned);
    let paths: Vec<u64> = serde_json::from_value(answer["surviving_paths"].clone()).unwrap();
    assert_eq!(paths.len(), 2);
    assert_eq!(answer["surviving_tickets"], paths.iter().product::<u64>());
    // One cut in the middle of 2 × 2 × 2 takes two of eight paths from each source.
    assert_eq!(paths, [6, 6]);
}

#[test]
fn one_cut_takes_the_paths_through_one_edge() {
    // hidden 2, width 2: one prunable layer of four edges, a path each.
    for step in 0..=4_u64 {
        let answer = json(&["prune", "--hidden", "2", "--width", "2", "--step", &step.to_string()]);
        assert_eq!(answer["surviving_paths"], json!([4 - step]));
        assert_eq!((&answer["destroyed_at"], &answer["step"]), (&json!(4), &json!(step)));
        assert_eq!(answer["events"].as_array().unwrap().len(), 4);
    }
}

#[test]
fn the_papers_bound() {
    // (m·B/e)·(c·m)^(−1/B), m = 3, B = 25, c = e: 27.59…·e^(−(1 + ln 3)/25).
    let bound = &json(&["prune"])["bound"];
    let (e, paper) = (std::f64::consts::E, bound["paper"].as_f64().unwrap());
    assert!((paper - 75.0 / e * (3.0 * e).powf(-1.0 / 25.0)).abs() < 1e-9);
    assert_eq!(bound["c"].as_f64(), Some(e));
    assert!(bound["lambert"].as_f64().unwrap() > paper);
    assert!(bound["balls_in_bins"].as_u64().unwrap() > paper as u64);
    assert_eq!(json(&["prune", "--confidence", "20"])["bound"]["c"].as_f64(), Some(20.0));
    // One hidden layer leaves nothing to prune, and no bound.
    let answer = json(&["prune", "--hidden", "1", "--step", "end"]);
    let nothing = (&answer["prunable_edges"], &answer["step"], &answer["destroyed_at"], &answer["bound"]["paper"]);
    assert_eq!(nothing, (&json!(0), &json!(0), &Value::Null, &Value::Null));
}

#[test]
fn an_ensemble() {
    let answer = json(&["prune", "--hidden", "3", "--width", "2", "--trials", "400"]);
    assert_keys(&answer, &format!("{PRUNE} survival"));
    let survival = &answer["survival"];
    assert_keys(survival, "trials destroyed_at curve balls_in_bins k_at_confidence");
    assert_keys(&survival["destroyed_at"], "min median mean max");
    assert_keys(&survival["k_at_confidence"], "paper lambert balls_in_bins measured");
    assert_eq!(survival["trials"], 400);
    let curve = survival["curve"].as_array().unwrap();
    assert_eq!(curve.len() as u64, survival["destroyed_at"]["max"].as_u64().unwrap() + 1);
    let mut last = 0;
    for (k, point) in curve.iter().enumerate() {
        assert_keys(point, "k destroyed p low high");
        assert_eq!(point["k"], k);
        let destroyed = point["destroyed"].as_u64().unwrap();
        let [p, low, high] = ["p", "low", "high"].map(|key| point[key].as_f64().unwrap());
        assert_eq!(p, destroyed as f64 / 400.0);
        assert!(last <= destroyed && low <= p && p <= high && low >= 0.0 && high <= 1.0);
        last = destroyed;
    }
    for point in survival["balls_in_bins"].as_array().unwrap() {
        assert_keys(point, "k p");
    }
    // Of the 96 equally likely ways to begin with four cuts, 17 destroy: 400 trials stray by 10 % with a chance below 10⁻⁶.
    let p = curve[4]["p"].as_f64().unwrap();
    assert!((p - 17.0 / 96.0).abs() < 0.1, "{p}");
    // The first trial is the scene itself, the second the next seeds.
    let first = json(&["prune", "--hidden", "3", "--width", "2", "--trials", "1"]);
    assert_eq!(first["survival"]["destroyed_at"]["max"], first["destroyed_at"]);
    let second = json(&["prune", "--hidden", "3", "--width", "2", "--seed", "2", "--prune-seed", "2"]);
    let both = json(&["prune", "--hidden", "3", "--width", "2", "--trials", "2"]);
    let ends = [&first, &second].map(|answer| answer["destroyed_at"].as_u64().unwrap());
    assert_eq!(both["survival"]["destroyed_at"]["max"], *ends.iter().max().unwrap());
    assert_eq!(both["survival"]["destroyed_at"]["min"], *ends.iter().min().unwrap());
}

#[test]
fn an_ensemble_beside_its_exact_curve() {
    let count = ["prune", "--hidden", "3", "--width", "2", "--trials", "400", "--orphans", "count"];
    let answer = json(&count);
    let survival = &answer["survival"];
    assert_keys(survival, "trials destroyed_at curve balls_in_bins exact_curve k_at_confidence");
    assert_keys(&survival["k_at_confidence"], "paper lambert balls_in_bins exact measured");
    assert_eq!(survival["k_at_confidence"]["exact"], 4);
    let curve = survival["exact_curve"].as_array().unwrap();
    assert_eq!((curve.len(), &curve[7]), (8, &json!({"k": 7, "p": 1.0})));
    // Of the 96 ways to begin with four throws, 14 destroy.
    assert!((curve[4]["p"].as_f64().unwrap() - 14.0 / 96.0).abs() < 1e-15);
    for (exact, bins) in curve.iter().zip(survival["balls_in_bins"].as_array().unwrap()) {
        assert_eq!(exact["k"], bins["k"]);
        assert!(exact["p"].as_f64().unwrap() >= bins["p"].as_f64().unwrap() - 1e-15);
    }
    // At the paper's k, where no ensemble sees anything.
    let text = run(&["prune", "--hidden", "8", "--width", "10", "--trials", "1", "--orphans", "count"]).text();
    assert!(text.contains("chance 1.58 × 10⁻²² by step 250"), "{text}");
    // Not without an ensemble, and not for the paper's own process.
    assert!(json(&count[..5]).get("survival").is_none());
    assert!(json(&count[..7])["survival"].get("exact_curve").is_none());
}

#[test]
fn integers_beyond_53_bits_are_strings() {
    let answer = json(&["prune", "--hidden", "18", "--width", "8"]);
    // 8¹⁸ = 2⁵⁴.
    assert_eq!(answer["network"]["paths"], "18014398509481984");
    assert_eq!(answer["surviving_paths"], json!(["18014398509481984"]));
    // 2⁵³ itself is a number still.
    assert_eq!(json(&["network", "--hidden", "26", "--width", "4", "--sources", "2"])["network"]["paths"], 1_u64 << 53);
    assert_eq!(json(&["prune", "--hidden", "2", "--width", "8"])["network"]["paths"], 64);
}

#[test]
fn products() {
    for args in [
        &["products"][..],
        &["products", "--of", "network"],
        &["products", "--law", "exact", "--window", "0.5"],
        &["products", "--law", "normal", "--samples", "1000"],
        &["products", "--law", "sign", "--bins", "1"],
        &["products", "--alpha", "flat", "--samples", "20000"],
        &["products", "--of", "network", "--step", "end"],
    ] {
        let answer = json(args);
        let own = if answer["of"] == "network" { " step surviving_paths" } else { "" };
        assert_keys(&answer, &format!("{PRODUCTS}{own}"));
        assert_keys(&answer["network"], NETWORK);
        assert_keys(&answer["histogram"], "low high counts below above");
        if !answer["theory"].is_null() {
            assert_keys(&answer["theory"], "cdf kurtosis");
        }
        if !answer["sample"].is_null() {
            assert_keys(&answer["sample"], "mean variance kurtosis ks_theory ks_uniform share_in_window");
        }
        assert_eq!(answer["view"], "products");
        let histogram = &answer["histogram"];
        let counts: Vec<u64> = serde_json::from_value(histogram["counts"].clone()).unwrap();
        let outside = histogram["below"].as_u64().unwrap() + histogram["above"].as_u64().unwrap();
        assert_eq!(counts.iter().sum::<u64>() + outside, answer["samples"].as_u64().unwrap(), "{args:?}");
        if let Some(cdf) = answer["theory"]["cdf"].as_array() {
            assert_eq!(cdf.len(), counts.len() + 1);
        }
    }
}

#[test]
fn all_paths_of_a_network_are_exact() {
    let answer = json(&["products", "--of", "network", "--hidden", "3", "--width", "4", "--samples", "7"]);
    assert_eq!((&answer["exact"], &answer["samples"]), (&json!(true), &json!(64)));
    let answer = json(&["products", "--samples", "7"]);
    assert_eq!((&answer["exact"], &answer["samples"]), (&json!(false), &json!(7)));
}

#[test]
fn what_a_destroyed_network_has() {
    let answer = json(&["products", "--of", "network", "--step", "end"]);
    assert_eq!(answer["samples"], 0);
}

#[test]
fn flags_links_and_open_agree() {
    for args in [
        &["prune"][..],
        &["prune", "--sources", "3", "--width", "4", "--rule", "edge", "--step", "end"],
        &["prune", "--hidden", "3", "--trials", "20", "--confidence", "10", "--orphans", "count"],
        &["products", "--law", "exact", "--samples", "500", "--bins", "9"],
        &["products", "--of", "network", "--step", "5", "--rule", "magnitude", "--alpha", "1.25"],
        &["products", "--beta", "-0.5,0.25", "--samples", "10"],
    ] {
        let asked = json(args);
        let link = asked["link"].as_str().unwrap();
        assert_eq!(json(&["open", link]), asked, "{link}");
        // The report in words, too.
        assert_eq!(run(&["open", link]).text(), run(args).text());
    }
}

#[test]
fn open_follows_the_page() {
    let mut opened = json(&["open", "https://example.org/ticketscope/#v1&width=0&hidden=2&sedd=4&step=0x10"]);
    assert_eq!(
        opened["notes"],
        json!([
            "width 0 → 1 (allowed 1–512)",
            "unknown key “sedd” is left out (did you mean seed?)",
            "step 0x10 → 0 (allowed 0–9007199254740991 or end)",
        ])
    );
    opened["notes"] = json!([]);
    assert_eq!(opened, json(&["prune", "--width", "1", "--hidden", "2"]));
}

#[test]
fn a_damaged_link_says_so() {
    let link = json(&["prune", "--width", "12"])["link"].as_str().unwrap().to_owned();
    let opened = json(&["open", &link[..link.len() - 1]]);
    assert_eq!(opened["network"]["width"], 1);
    assert!(opened["notes"][0].as_str().unwrap().starts_with("this link is damaged: "), "{opened}");
    let report = run(&["open", &link[..link.len() - 1]]).text();
    assert!(report.contains("\nnote: this link is damaged: "), "{report}");
    // Where no report is asked for, standard error tells it.
    let ran = run(&["open", &link[..link.len() - 1], "--svg", "-"]);
    assert_eq!(ran.status, 0);
    assert!(ran.err.starts_with("ticketscope: this link is damaged: "), "{}", ran.err);
}

#[test]
fn a_step_beyond_the_end_is_clamped_and_noted() {
    let answer = json(&["prune", "--hidden", "2", "--width", "2", "--step", "99"]);
    assert_eq!((&answer["step"], &answer["notes"]), (&json!(4), &json!(["step 99 → 4 (the run ends there)"])));
    assert_eq!(json(&["open", "#v1&hidden=2&width=2&step=99"]), answer);
    let products = json(&["products", "--of", "network", "--hidden", "2", "--width", "2", "--step", "99"]);
    assert_eq!((&products["step"], &products["notes"]), (&answer["step"], &answer["notes"]));
    // A picture has it in its caption, and standard error has it too.
    let ran = run(&["prune", "--hidden", "2", "--width", "2", "--step", "99", "--svg", "-"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, "ticketscope: step 99 → 4 (the run ends there).\n"));
    assert!(String::from_utf8(ran.out).unwrap().contains("Note: step 99 → 4 (the run ends there)"));
}

#[test]
fn weights_and_masks_go_out_and_come_back() {
    let folder = common::folder("weights");
    let (network, table) = (folder.join("network.json"), folder.join("edges.csv"));
    let shape = ["--hidden", "3", "--width", "3", "--seed", "5"];
    std::fs::write(&network, run(&[&["network", "--json"], &shape[..]].concat()).text()).unwrap();
    let ran = run(&[&["prune", "--step", "3", "--csv", common::text(&table)], &shape[..]].concat());
    assert_eq!((ran.status, ran.out.len(), ran.err.as_str()), (0, 0, ""));

    let drawn = json(&[&["prune"], &shape[..]].concat());
    let own = json(&["prune", "--hidden", "3", "--width", "3", "--weights", common::text(&network)]);
    assert_eq!((&own["link"], &own["events"]), (&Value::Null, &drawn["events"]));
    assert_keys(&own, &format!("{PRUNE} files"));
    assert_keys(&own["files"], "weights");
    let hash = own["files"]["weights"].as_str().unwrap();
    assert!(hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()), "{hash}");

    // The mask that three cuts left is where another run begins.
    let after = json(&[&["prune", "--step", "3"], &shape[..]].concat());
    let begun = json(&["prune", "--hidden", "3", "--width", "3", "--mask", common::text(&table)]);
    assert_eq!(begun["alive_edges"], after["alive_edges"]);
    assert_eq!(begun["surviving_paths"], after["surviving_paths"]);
    assert_keys(&begun["files"], "mask");

    // The same from standard input.
    let input = std::fs::read(&network).unwrap();
    let piped = run_with(&["prune", "--hidden", "3", "--width", "3", "--weights", "-", "--json"], &input).text();
    assert_eq!(serde_json::from_str::<Value>(&piped).unwrap(), own);
}

#[test]
fn a_network_without_paths_has_no_distances() {
    let answer = json(&["products", "--of", "network", "--step", "end"]);
    for key in ["mean", "variance", "kurtosis", "ks_theory", "ks_uniform", "share_in_window"] {
        assert_eq!(answer["sample"][key], Value::Null, "{key}");
    }
    let text = run(&["products", "--of", "network", "--step", "end"]).text();
    assert!(text.contains("none: no path is left"), "{text}");
}

#[test]
fn products_of_signs_beside_the_window_are_noted() {
    let notes = |window: &str| {
        let signs = ["products", "--of", "network", "--law", "sign", "--scale", "3", "--window", window];
        let answer = json(&signs);
        (answer["sample"]["share_in_window"].clone(), answer["notes"].as_array().unwrap().len())
    };
    assert_eq!(notes("3"), (json!(0.0), 1));
    assert_eq!(notes("3.001"), (json!(1.0), 0));
    assert_eq!(notes("2"), (json!(0.0), 0));
}

/// Beyond ±scale the distance would only be least as α → 0, so the flat α is that of the window ±scale, and says so.
#[test]
fn a_window_wider_than_the_scale_makes_no_flatter_alpha() {
    let flat = |window| json(&["products", "--alpha", "flat", "--samples", "1", "--window", window])["alpha"].clone();
    assert_eq!(flat("1"), flat("3"));
    assert_ne!(flat("1"), flat("0.5"));
    let remark = |window| {
        let text = run(&["products", "--alpha", "flat", "--samples", "1", "--window", window]).text();
        text.contains("beyond which no product lies")
    };
    assert!(remark("3") && !remark("1"));
}

const FIND: &str = "link view network notes verdict class activation method epsilon candidates best check edges_kept sparsity \
                    surviving_paths step";

#[test]
fn a_search_is_found_or_impossible_and_its_exit_status_says_which() {
    let class =
        ["find", "--hidden", "1", "--width", "12", "--law", "uniform", "--activation", "linear", "--method", "subset"];
    let mut seen = [0; 2];
    for seed in 1..40 {
        let seed = seed.to_string();
        let ran = run(&[&class[..], &["--seed", &seed, "--epsilon", "0.0001", "--json"]].concat());
        let answer: Value = serde_json::from_slice(&ran.out).unwrap();
        assert_keys(&answer, FIND);
        assert_keys(&answer["best"][0], "source beta achieved error paths");
        assert_keys(&answer["check"], "max_error inputs");
        let error = answer["best"][0]["error"].as_f64().unwrap();
        let is_found = error <= 1e-4;
        assert_eq!(answer["verdict"], if is_found { "found" } else { "impossible" });
        assert_eq!((ran.status, ran.err.as_str()), (if is_found { 0 } else { 3 }, ""));
        assert_eq!((&answer["candidates"], &answer["method"]), (&json!(4096), &json!("subset")));
        let paths = answer["best"][0]["paths"].as_array().unwrap();
        assert_eq!(answer["edges_kept"], 2 * paths.len());
        assert!(paths.iter().all(|path| path.as_array().unwrap().len() == 1));
        seen[usize::from(is_found)] += 1;
        // The link asks the same, and a person is told the same.
        let opened = run(&["open", answer["link"].as_str().unwrap(), "--json"]);
        assert_eq!((opened.status, opened.out), (ran.status, ran.out));
    }
    assert!(seen.iter().all(|&count| count > 5), "{seen:?}");
    let told = run(&[&class[..], &["--seed", "157"]].concat()).text();
    assert!(told.contains("A winning ticket: 5 of 12 paths, error 0.00095. Nothing was trained."), "{told}");
}

#[test]
fn what_is_not_searched_is_refused() {
    let ran = run(&["find", "--method", "block"]);
    assert_eq!((ran.status, ran.out.len()), (2, 0));
    assert!(ran.err.starts_with("ticketscope: this search takes sets of paths (method=subset, "), "{}", ran.err);
    assert_eq!(run(&["open", "#v1&view=find&method=block"]).err, ran.err);
    let two = run(&["find", "--sources", "2"]);
    assert_eq!(two.status, 2);
    assert!(
        two.err.contains("single paths (method=path)") && two.err.ends_with("otherwise: 2 sources.\n"),
        "{}",
        two.err
    );
    let large = run(&["find", "--hidden", "32", "--width", "200"]);
    assert!(large.status == 2 && large.err.contains("8388608"), "{}", large.err);
}

const TICKET: &str =
    "link view network notes verdict class activation method epsilon candidates best check edges_kept sparsity";

#[test]
fn a_search_for_a_path_says_what_the_masked_network_does() {
    let mut seen = [0; 2];
    for (seed, activation) in (1..25).flat_map(|seed| [(seed, "linear"), (seed, "relu")]) {
        let seed = seed.to_string();
        let args =
            ["find", "--hidden", "3", "--width", "8", "--activation", activation, "--law", "exact", "--seed", &seed];
        let ran = run(&[&args[..], &["--epsilon", "0.02", "--json"]].concat());
        let answer: Value = serde_json::from_slice(&ran.out).unwrap();
        assert_keys(&answer, TICKET);
        let best = &answer["best"][0];
        assert_keys(best, "source beta achieved error paths");
        let error = best["error"].as_f64().unwrap();
        let is_found = error <= 0.02;
        assert_eq!(answer["verdict"], if is_found { "found" } else { "impossible" });
        assert_eq!(ran.status, if is_found { 0 } else { 3 });
        // At ±1 the masked network errs as the search says, and elsewhere less.
        assert!((answer["check"]["max_error"].as_f64().unwrap() - error).abs() < 1e-14);
        let paths = if activation == "linear" { 1 } else { 2 };
        assert_eq!(best["paths"].as_array().unwrap().len(), paths);
        assert_eq!((&best["achieved"].as_array().unwrap().len(), &answer["edges_kept"]), (&paths, &json!(4 * paths)));
        seen[usize::from(is_found)] += 1;
        let told = String::from_utf8(run(&args).out).unwrap();
        assert!(told.contains("verdict") && told.contains(if paths == 2 { "for x > 0" } else { "path  " }), "{told}");
    }
    assert!(seen.iter().all(|&count| count > 3), "{seen:?}");
    // No weight at all: a target near 0 is found by the empty mask, which a note says.
    let near = json(&["find", "--beta", "0.001", "--activation", "linear"]);
    assert_eq!(near["notes"].as_array().unwrap().len(), 1);
    // One node a layer has no pair.
    let none = run(&["find", "--width", "1", "--json"]);
    let answer: Value = serde_json::from_slice(&none.out).unwrap();
    assert_eq!((none.status, &answer["best"], &answer["candidates"]), (3, &json!([]), &json!(0)));
    assert_eq!(answer["check"]["max_error"], json!(0.5));
}

#[test]
fn trials_say_how_often() {
    let args =
        ["find", "--hidden", "1", "--width", "8", "--law", "exact", "--activation", "linear", "--epsilon", "0.1"];
    for method in ["path", "subset"] {
        let answer = json(&[&args[..], &["--method", method, "--trials", "400"]].concat());
        let luck = &answer["luck"];
        assert_keys(
            luck,
            "trials wins p low high independent_p effective_share paths effective_share_low effective_share_high fail_floor",
        );
        let wins = (1..=400).filter(|seed| {
            let one = json_any(&[&args[..], &["--method", method, "--seed", &seed.to_string()]].concat());
            one["verdict"] == "found"
        });
        assert_eq!((&luck["trials"], &luck["wins"], &luck["paths"]), (&json!(400), &json!(wins.count()), &json!(8)));
        assert_eq!(luck["independent_p"].is_null(), method == "subset");
    }
    // One hidden layer: the paths are independent. 0.1/1 a path, eight of them.
    let answer = json(&[&args[..], &["--trials", "20000"]].concat());
    let luck = &answer["luck"];
    let at = |key: &str| luck[key].as_f64().unwrap();
    assert!((at("independent_p") - (1.0 - 0.9_f64.powi(8))).abs() < 1e-12);
    assert!((at("p") - at("independent_p")).abs() < 2.0 * (at("high") - at("low")));
    assert!((at("effective_share") - 1.0).abs() < 0.05 && at("effective_share_low") < at("effective_share_high"));
}

fn json_any(args: &[&str]) -> Value {
    serde_json::from_slice(&run(&[args, &["--json"]].concat()).out).unwrap()
}

#[test]
fn the_picture_of_a_search_is_its_ticket() {
    let folder = common::folder("ticket");
    let (svg, csv) = (folder.join("ticket.svg"), folder.join("ticket.csv"));
    let link = "#v1&view=find&hidden=1&width=12&law=uniform&seed=157&activation=linear&method=subset";
    let ran = run(&["open", link, "--svg", common::text(&svg), "--csv", common::text(&csv)]);
    assert_eq!((ran.status, ran.out.len(), ran.err.as_str()), (0, 0, ""));
    let svg = std::fs::read_to_string(svg).unwrap();
    assert!(svg.contains("5 of 12 paths sum to 0.49905"), "{svg}");
    // Its mask is one that a run can begin with.
    let begun = json(&["prune", "--hidden", "1", "--width", "12", "--mask", common::text(&csv)]);
    assert_eq!((&begun["alive_edges"], &begun["surviving_tickets"]), (&json!(10), &json!(5)));
}

#[test]
fn what_stands_beside_a_run_has_its_fields() {
    let answer = json(&["prune", "--sources", "2", "--input", "1,-2", "--compare", "seed:7", "--step", "20"]);
    assert_keys(&answer, &format!("{PRUNE} forward compare"));
    assert_keys(&answer["forward"], "input activation outputs off");
    assert_keys(&answer["compare"], "link destroyed_at alive_edges surviving_paths surviving_tickets differences");
    assert_keys(&answer["last_cut"], "source edges cut orphaned is_smallest");
    // The second panel is a scene of its own.
    let other = json(&["open", answer["compare"]["link"].as_str().unwrap()]);
    assert_keys(&other, &format!("{PRUNE} forward"));
    for key in ["destroyed_at", "alive_edges", "surviving_paths", "surviving_tickets"] {
        assert_eq!(other[key], answer["compare"][key], "{key}");
    }
    // What parts a source from all sinks is gone, and as many edges as a layer has.
    let cut = answer["last_cut"]["edges"].as_array().unwrap();
    assert_eq!(
        (cut.len(), answer["last_cut"]["cut"].as_u64().unwrap() + answer["last_cut"]["orphaned"].as_u64().unwrap()),
        (25, 25)
    );
    assert_eq!(json(&["prune", "--hidden", "1"])["last_cut"], Value::Null);
}

#[test]
fn the_output_is_the_sum_over_paths() {
    // One hidden layer, nothing cut: y = x·Σ of the products.
    let shape = ["--hidden", "1", "--width", "3", "--activation", "linear"];
    let network = json(&["network", "--hidden", "1", "--width", "3"]);
    let weight = |layer: usize, from: usize, to: usize| network["weights"][layer][from][to].as_f64().unwrap();
    let sum: f64 = (0..3).map(|node| 2.0 * weight(0, 0, node) * weight(1, node, 0)).sum();
    let answer = json(&[&["prune", "--input", "2"], &shape[..]].concat());
    assert!((answer["forward"]["outputs"][0].as_f64().unwrap() - sum).abs() < 1e-12);
    // The whole network at step 0, the ticket at the end.
    let ticket =
        ["find", "--hidden", "1", "--width", "12", "--law", "uniform", "--activation", "linear", "--method", "subset"];
    let found = json(&[&ticket[..], &["--seed", "157", "--input", "2", "--step", "end"]].concat());
    assert_eq!(found["forward"]["outputs"][0].as_f64(), found["best"][0]["achieved"][0].as_f64().map(|sum| 2.0 * sum));
    // Typed weights are the ones that count.
    let typed = json(&[&["prune", "--input", "2", "--edits", "0.0.0:0,0.0.1:0,0.0.2:3,1.2.0:-4"], &shape[..]].concat());
    assert_eq!(typed["forward"]["outputs"], json!([-24.0]));
}

#[test]
fn a_brush_counts_the_paths_in_it() {
    let paths = |brush: &str| {
        let answer = json(&["products", "--of", "network", "--hidden", "3", "--width", "4", "--brush", brush]);
        assert_keys(&answer, &format!("{PRODUCTS} step surviving_paths brush"));
        answer["brush"]["paths"].as_u64().unwrap()
    };
    assert_eq!(paths("-1,1"), 64);
    assert_eq!(paths("-1,0") + paths("0,1"), 64);
    assert_eq!(paths("0.9,1"), 0);
    // Samples of a law are no paths.
    assert_keys(&json(&["products", "--brush", "0,1"]), PRODUCTS);
}
