//! The table itself, in the order in which links write it.

use super::{Control, Field, Form, Group, Kind, Range, Value};
use crate::scene::{Activation, Alpha, Beta, Confidence, Construction, Method, Objective, Of, Scene, Step, View};
use ticketscope_core::law::Law;
use ticketscope_core::prune::{Orphans, Protect, Rule};
use ticketscope_core::seed::SEED_LIMIT;
use ticketscope_core::shape::{MAX_HIDDEN_LAYERS, MAX_SINKS, MAX_SOURCES, MAX_WIDTH};

use View::{Bounds, Build, Find, Products, Prune};

const NO_WORD: fn(usize) -> Option<&'static str> = |_| None;
const UP_TO_A_MILLION: Range = Range { low: 0.0, low_closed: false, high: 1e6, high_closed: true };

/// How an enum of words sits in the scene.
macro_rules! words {
    ($enum:ident, $at:ident) => {
        (
            |place| $enum::ALL.get(place).map(|one| one.word()),
            |scene| Value::Word(scene.$at.word()),
            |scene, value| {
                if let Value::Word(word) = value
                    && let Some(&one) = $enum::ALL.iter().find(|one| one.word() == word)
                {
                    scene.$at = one;
                }
            },
        )
    };
}

/// How a whole number sits in the scene. `as` is exact: the table's maximum fits the scene's type.
macro_rules! whole {
    ($type:ty, $at:ident) => {
        (
            NO_WORD,
            |scene| Value::Whole(u64::from(scene.$at)),
            |scene, value| {
                if let Value::Whole(n) = value {
                    scene.$at = n as $type;
                }
            },
        )
    };
}

/// How a number sits in the scene.
macro_rules! real {
    ($at:ident) => {
        (
            NO_WORD,
            |scene| Value::Real(scene.$at),
            |scene, value| {
                if let Value::Real(x) = value {
                    scene.$at = x;
                }
            },
        )
    };
}

/// How a reserved text sits in the scene.
macro_rules! reserved {
    ($key:literal, $place:literal, $most:literal) => {
        field(
            ($key, $key, "Kept for a later version of the program.", Group::Reserved, View::ALL),
            Control::Hidden,
            Kind::Text { most: $most },
            "",
            (
                NO_WORD,
                |scene| text_value(&scene.reserved[$place]),
                |scene, value| {
                    set_text(&mut scene.reserved[$place], value);
                },
            ),
        )
    };
}

type Words = (&'static str, &'static str, &'static str, Group, &'static [View]);
type Seat = (fn(usize) -> Option<&'static str>, fn(&Scene) -> Value, fn(&mut Scene, Value));

const fn field(words: Words, control: Control, kind: Kind, default: &'static str, seat: Seat) -> Field {
    let (key, label, help, group, views) = words;
    let (word, value, set) = seat;
    Field { key, label, help, group, views, control, kind, default, word, value, set }
}

const fn slider(low: f64, high: f64) -> Control {
    Control::Slider { low, high, log: false }
}

const fn log_slider(low: f64, high: f64) -> Control {
    Control::Slider { low, high, log: true }
}

const fn count(max: u32) -> Kind {
    Kind::Whole { min: 1, max: max as u64 }
}

const SEED: Kind = Kind::Whole { min: 0, max: SEED_LIMIT - 1 };

fn text_value(text: &str) -> Value {
    if text.is_empty() { Value::Nothing } else { Value::Text(text.to_owned()) }
}

fn set_text(text: &mut String, value: Value) {
    *text = if let Value::Text(kept) = value { kept } else { String::new() };
}

const ALL: &[View] = View::ALL;
const WEIGHTS: &[View] = &[Prune, Products, Find, Build];
const PRUNED: &[View] = &[Prune, Products, Find];
/// Views of one network, not of a law alone.
const NETWORKS: &[View] = PRUNED;

/// Every field, in the order in which links write it (spec §7).
pub static FIELDS: &[Field] = &[
    field(
        ("view", "View", "What is looked at.", Group::View, ALL),
        Control::Select,
        Kind::Word,
        "prune",
        words!(View, view),
    ),
    field(
        ("sources", "Sources", "Input nodes of the network.", Group::Network, ALL),
        log_slider(1.0, 64.0),
        count(MAX_SOURCES),
        "1",
        whole!(u32, sources),
    ),
    field(
        (
            "hidden",
            "Hidden layers",
            "Layers of nodes between sources and sinks; a path has one edge more.",
            Group::Network,
            ALL,
        ),
        slider(1.0, 32.0),
        count(MAX_HIDDEN_LAYERS),
        "4",
        whole!(u32, hidden),
    ),
    field(
        ("width", "Width", "Nodes in each hidden layer.", Group::Network, ALL),
        log_slider(1.0, 512.0),
        count(MAX_WIDTH),
        "5",
        whole!(u32, width),
    ),
    field(
        ("sinks", "Sinks", "Output nodes of the network.", Group::Network, ALL),
        slider(1.0, 16.0),
        count(MAX_SINKS),
        "1",
        whole!(u32, sinks),
    ),
    field(
        ("law", "Weight law", "The distribution from which each weight is drawn.", Group::Weights, WEIGHTS),
        Control::Select,
        Kind::Word,
        "power",
        words!(Law, law),
    ),
    field(
        (
            "alpha",
            "Exponent α",
            "The exponent of the power law: chosen for the resolution (auto), for flatness on the window (flat), or typed.",
            Group::Weights,
            WEIGHTS,
        ),
        Control::Number,
        Kind::Real(Range { low: 0.0, low_closed: false, high: 8.0, high_closed: true }),
        "auto",
        (
            |place| ["auto", "flat"].get(place).copied(),
            |scene| match scene.alpha {
                Alpha::Auto => Value::Word("auto"),
                Alpha::Flat => Value::Word("flat"),
                Alpha::Value(alpha) => Value::Real(alpha),
            },
            |scene, value| match value {
                Value::Word("auto") => scene.alpha = Alpha::Auto,
                Value::Word(_) => scene.alpha = Alpha::Flat,
                Value::Real(alpha) => scene.alpha = Alpha::Value(alpha),
                _ => {}
            },
        ),
    ),
    field(
        (
            "resolution",
            "Resolution h",
            "Modes closer to 0 than this count as one; it decides α auto.",
            Group::Weights,
            WEIGHTS,
        ),
        log_slider(0.001, 0.5),
        Kind::Real(Range { low: 0.0, low_closed: false, high: 1.0, high_closed: false }),
        "0.02",
        real!(resolution),
    ),
    field(
        ("scale", "Scale x", "Products of weights along a path span −x to x.", Group::Weights, WEIGHTS),
        log_slider(0.1, 10.0),
        Kind::Real(UP_TO_A_MILLION),
        "1",
        real!(scale),
    ),
    field(
        ("seed", "Weight seed", "Decides every weight.", Group::Weights, WEIGHTS),
        Control::Seed,
        SEED,
        "1",
        whole!(u64, seed),
    ),
    field(
        ("rule", "Rule", "What chooses the next edge to cut.", Group::Pruning, PRUNED),
        Control::Select,
        Kind::Word,
        "layer",
        words!(Rule, rule),
    ),
    field(
        (
            "protect",
            "Protected",
            "Edge layers that are never cut: both ends, the first two and the last, the last alone, or none.",
            Group::Pruning,
            PRUNED,
        ),
        Control::Select,
        Kind::Word,
        "ends",
        words!(Protect, protect),
    ),
    field(
        ("orphans", "Orphans", "Whether a throw at an edge already lost is skipped or counts.", Group::Pruning, PRUNED),
        Control::Select,
        Kind::Word,
        "skip",
        words!(Orphans, orphans),
    ),
    field(
        ("prune-seed", "Pruning seed", "Decides which edges are cut.", Group::Pruning, PRUNED),
        Control::Seed,
        SEED,
        "1",
        whole!(u64, prune_seed),
    ),
    field(
        ("step", "Step", "How many cuts have been made.", Group::Pruning, PRUNED),
        Control::Number,
        Kind::Whole { min: 0, max: SEED_LIMIT - 1 },
        "0",
        (
            |place| ["end"].get(place).copied(),
            |scene| match scene.step {
                Step::At(k) => Value::Whole(k),
                Step::End => Value::Word("end"),
            },
            |scene, value| match value {
                Value::Word(_) => scene.step = Step::End,
                Value::Whole(k) => scene.step = Step::At(k),
                _ => {}
            },
        ),
    ),
    field(
        ("confidence", "Confidence c", "The bounds hold up to a chance of 1/c.", Group::Chances, &[Prune, Bounds]),
        Control::Number,
        Kind::Real(Range { low: 1.0, low_closed: true, high: f64::MAX, high_closed: true }),
        "e",
        (
            |place| ["e"].get(place).copied(),
            |scene| match scene.confidence {
                Confidence::E => Value::Word("e"),
                Confidence::Value(c) => Value::Real(c),
            },
            |scene, value| match value {
                Value::Word(_) => scene.confidence = Confidence::E,
                Value::Real(c) => scene.confidence = Confidence::Value(c),
                _ => {}
            },
        ),
    ),
    field(
        (
            "hit-chance",
            "Hit chance p",
            "The chance that one ticket wins, for the expected number of winning ones.",
            Group::Chances,
            &[Prune],
        ),
        log_slider(1e-6, 1.0),
        Kind::Real(Range { low: 0.0, low_closed: true, high: 1.0, high_closed: true }),
        "0.01",
        real!(hit_chance),
    ),
    field(
        ("trials", "Trials", "Further networks, each with the next seeds; 0 for none.", Group::Chances, &[Prune, Find]),
        log_slider(1.0, 1e7),
        Kind::Whole { min: 0, max: 10_000_000 },
        "0",
        whole!(u64, trials),
    ),
    field(
        (
            "of",
            "Products of",
            "Independent samples of the law, or this network's own paths.",
            Group::Histogram,
            &[Products],
        ),
        Control::Select,
        Kind::Word,
        "law",
        words!(Of, of),
    ),
    field(
        ("samples", "Samples", "How many products are drawn where not all are taken.", Group::Histogram, &[Products]),
        log_slider(1.0, 1e8),
        Kind::Whole { min: 1, max: 100_000_000 },
        "100000",
        whole!(u64, samples),
    ),
    field(
        ("bins", "Bins", "Bars of the histogram.", Group::Histogram, &[Products]),
        log_slider(1.0, 1000.0),
        count(1000),
        "80",
        whole!(u32, bins),
    ),
    field(
        (
            "window",
            "Window",
            "The histogram spans −window to window; it looks, and clips nothing.",
            Group::Histogram,
            &[Products],
        ),
        log_slider(0.01, 10.0),
        Kind::Real(UP_TO_A_MILLION),
        "1",
        real!(window),
    ),
    field(
        (
            "beta",
            "Target β",
            "What a ticket is to compute: one number, one for each source (and sink), or drawn for each trial.",
            Group::Search,
            &[Find],
        ),
        Control::Text,
        Kind::Reals(Range { low: -1e6, low_closed: true, high: 1e6, high_closed: true }),
        "0.5",
        (
            |place| ["uniform"].get(place).copied(),
            |scene| match &scene.beta {
                Beta::Uniform => Value::Word("uniform"),
                Beta::List(list) => Value::Reals(list.clone()),
            },
            |scene, value| match value {
                Value::Word(_) => scene.beta = Beta::Uniform,
                Value::Reals(list) => scene.beta = Beta::List(list),
                _ => {}
            },
        ),
    ),
    field(
        ("epsilon", "Tolerance ε", "How far from the target still wins.", Group::Search, &[Find, Build, Bounds]),
        log_slider(1e-4, 1.0),
        Kind::Real(UP_TO_A_MILLION),
        "0.01",
        real!(epsilon),
    ),
    field(
        ("activation", "Activation", "What a hidden node does to its sum.", Group::Search, &[Prune, Find]),
        Control::Select,
        Kind::Word,
        "relu",
        words!(Activation, activation),
    ),
    field(
        ("method", "Method", "How a ticket is searched for.", Group::Search, &[Find]),
        Control::Select,
        Kind::Word,
        "path",
        words!(Method, method),
    ),
    field(
        (
            "objective",
            "Objective",
            "What the search makes small: the error, or the edges kept.",
            Group::Search,
            &[Find],
        ),
        Control::Select,
        Kind::Word,
        "error",
        words!(Objective, objective),
    ),
    field(
        ("budget", "Budget", "Elementary steps the search may take.", Group::Search, &[Find]),
        log_slider(1e3, 1e12),
        Kind::Whole { min: 1000, max: 1_000_000_000_000 },
        "1000000000",
        whole!(u64, budget),
    ),
    field(
        ("target", "Target network", "The network to build out of tickets.", Group::Construction, &[Build]),
        Control::Text,
        Kind::Text { most: 800 },
        "",
        (NO_WORD, |scene| text_value(&scene.target), |scene, value| set_text(&mut scene.target, value)),
    ),
    field(
        (
            "construction",
            "Construction",
            "How it is built; all of them side by side where none is named.",
            Group::Construction,
            &[Build],
        ),
        Control::Select,
        Kind::Word,
        "",
        (
            |place| Construction::ALL.get(place).map(|one| one.word()),
            |scene| scene.construction.map_or(Value::Nothing, |one| Value::Word(one.word())),
            |scene, value| {
                scene.construction = match value {
                    Value::Word(word) => Construction::ALL.iter().copied().find(|one| one.word() == word),
                    _ => None,
                };
            },
        ),
    ),
    field(
        ("mask", "Mask", "Edges cut by hand.", Group::Hand, NETWORKS),
        Control::Hidden,
        Kind::Form(Form::Mask),
        "",
        (
            NO_WORD,
            |scene| scene.mask.clone().map_or(Value::Nothing, Value::Mask),
            |scene, value| scene.mask = if let Value::Mask(mask) = value { Some(mask) } else { None },
        ),
    ),
    field(
        ("edits", "Typed weights", "Weights typed by hand, in place of drawn ones.", Group::Hand, NETWORKS),
        Control::Hidden,
        Kind::Form(Form::Edits),
        "",
        (
            NO_WORD,
            |scene| if scene.edits.is_empty() { Value::Nothing } else { Value::Edits(scene.edits.clone()) },
            |scene, value| scene.edits = if let Value::Edits(edits) = value { edits } else { Vec::new() },
        ),
    ),
    field(
        (
            "input",
            "Input",
            "The sources' values, one for each or one for all; with it the forward pass is shown.",
            Group::Forward,
            &[Prune, Find],
        ),
        Control::Hidden,
        Kind::Form(Form::Inputs),
        "",
        (
            NO_WORD,
            |scene| if scene.input.is_empty() { Value::Nothing } else { Value::Reals(scene.input.clone()) },
            |scene, value| scene.input = if let Value::Reals(input) = value { input } else { Vec::new() },
        ),
    ),
    field(
        (
            "compare",
            "Compare with",
            "What a second panel shows: another rule or seed, or a random mask of the same sparsity.",
            Group::Compare,
            &[Prune],
        ),
        Control::Hidden,
        Kind::Form(Form::Compare),
        "",
        (
            NO_WORD,
            |scene| scene.compare.map_or(Value::Nothing, Value::Compare),
            |scene, value| scene.compare = if let Value::Compare(compare) = value { Some(compare) } else { None },
        ),
    ),
    field(
        ("brush", "Brush", "Only paths whose product lies in this range stay lit.", Group::Histogram, PRUNED),
        Control::Hidden,
        Kind::Form(Form::Brush),
        "",
        (
            NO_WORD,
            |scene| scene.brush.map_or(Value::Nothing, |(low, high)| Value::Pair(low, high)),
            |scene, value| scene.brush = if let Value::Pair(low, high) = value { Some((low, high)) } else { None },
        ),
    ),
    reserved!("embed", 0, 40),
    reserved!("hide", 1, 40),
    reserved!("lock", 2, 40),
    reserved!("lesson", 3, 40),
];
