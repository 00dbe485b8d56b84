//! Sentences and numbers: the step, the bounds, the law, the products drawn, and the tables that say the pictures in words.

use super::Page;
use super::show::Shown;
use crate::fall;
use crate::find;
use crate::kit::dom::{Dom, set_attribute, set_cell};
use crate::lens::signed;
use crate::model::{Bounds, Model, Now, Run};
use crate::products::Products;
use crate::verdict;
use crate::words::{self, Say};
use ticketscope_core::prune::{Orphans, Protect, Rule};
use ticketscope_scene::name;
use ticketscope_scene::number::{
    canonical, count as count_text, figure, figure_to, group_digits, grouped, is_rounded, plural, share, share_of,
};
use ticketscope_scene::report::event_in;
use ticketscope_scene::scene::{Confidence, Of, View};
use web_sys::Element;

/// The bounds, and whether they apply.
pub(super) fn show_bounds(dom: &Dom, model: &Model, bounds: &Bounds) {
    let chance = match model.scene.confidence {
        Confidence::E => "1/e".to_owned(),
        Confidence::Value(c) => format!("1/{}", figure(c)),
    };
    dom.text("bound-line", &format!("So that the chance of having no ticket left is at most {chance}:"));
    // The largest whole number below is what matters: six digits show it.
    for (id, k) in [("bound-paper", bounds.paper), ("bound-lambert", bounds.lambert)] {
        show_digits(dom, id, k.unwrap_or(f64::NAN), 6);
    }
    dom.text("bound-bins", &bounds.bins.map_or("–".to_owned(), grouped));
    let terms = bounds.paper.and_then(|_| {
        let scene = &model.scene;
        let m = scene.hidden.checked_sub(if scene.protect == Protect::Two { 2 } else { 1 })?;
        let edges = plural(u64::from(scene.width * scene.width), "edge");
        Some(format!("From m = {} of B = {edges}: the paper’s is mB/e · (cm)^(−1/B).", plural(u64::from(m), "layer")))
    });
    dom.note("bound-terms", terms.as_deref());
    let note = match model.scene.protect {
        _ if bounds.paper.is_none() => Some("There are no layers to which the bounds could apply."),
        Protect::Last => Some(
            "The two closed forms do not apply here: the paper’s words protect the last layer only, yet its sum needs the source \
             layer protected too. That layer has few edges and empties first.",
        ),
        Protect::None => Some(
            "The two closed forms do not apply here: with the outer layers prunable, the few edges there go first.",
        ),
        Protect::Ends | Protect::Two => Some(
            "The model behind all three, balls thrown into bins, overlooks some ways to fail: the real process is destroyed \
             earlier than the model says. The paper’s k is safe nonetheless, for it is far below the model’s.",
        ),
    };
    dom.note("note-bound", note);
}

/// A step: the sentence, the counters, the table.
pub(super) fn show_step(page: &Page, model: &Model, run: &Run, now: &Now, shown: &mut Shown) {
    let dom = &page.dom;
    let moment = &now.moment;
    let found = model.found();
    let say = match found {
        Some(found) => find::say(found, moment.step()),
        None => words::say(model, run, moment, &now.tickets, &run.tickets),
    };
    let products = model.products.as_ref().filter(|_| model.scene.view == View::Products);
    if products.is_none() {
        let explain = match found {
            Some(found) => find::explain(found, moment.step()),
            None => {
                model.fall.as_ref().map_or_else(|| words::explain(model, run, moment), |fall| fall::sentence(fall, run))
            }
        };
        let lost = found.is_some_and(|found| moment.step() == found.timeline.len() && !found.is_won());
        show_sentence(dom, &say, &explain, if found.is_some() { lost } else { moment.destroyed() });
    }
    let tally = moment.tally();
    let count = |n: u32| grouped(u64::from(n));
    dom.text("cut", &format!("{} of {}", count(tally.cut), count(words::cuttable(model, run, tally.cut))));
    dom.text("orphaned", &count(tally.orphaned));
    dom.text("alive", &count(tally.alive()));
    dom.text("all-edges", &count(run.timeline.shape().edge_count()));
    dom.text("on-ticket", &count(tally.on_ticket));
    dom.text("idle", &count(tally.idle));
    let digits = now.tickets.to_string();
    dom.text("tickets", &count_text(&now.tickets));
    dom.show("digits", is_rounded(&now.tickets));
    dom.text("tickets-digits", &group_digits(&digits));
    let p = canonical(model.scene.hit_chance);
    dom.text("expected-terms", &format!("{p} × {}", count_text(&now.tickets)));
    dom.text("expected", &share_of(model.scene.hit_chance, &now.tickets));
    dom.text(
        "destroyed-at",
        &match run.timeline.destroyed_at() {
            Some(step) => format!("step {}", count(step)),
            None => "never".to_owned(),
        },
    );
    let note = (model.scene.orphans == Orphans::Count && model.scene.rule == Rule::Layer)
        .then_some("Throws at orphaned edges count here: k counts throws, and some of them cut nothing.");
    dom.note("note-step", note);
    dom.note("note-fall", model.fall.as_ref().map(|fall| fall::note(fall, model.scene.protect)).as_deref());
    show_twin(dom, run, now);
    if model.play.is_none() {
        let sentence = words::announcement(run, moment, &say);
        if sentence != shown.said {
            // The first sentence is read with the page; later ones are said.
            if !shown.said.is_empty() {
                page.say(sentence.clone());
            }
            shown.said = sentence;
        }
    }
}

/// The one sentence, what is drawn under it, and whether it is a sad one.
fn show_sentence(dom: &Dom, say: &Say, explain: &str, sad: bool) {
    dom.text("say-before", &say.before);
    dom.text("say-count", &unbroken(&say.count));
    dom.text("say-after", &unbroken(&say.after));
    dom.text("explain", explain);
    dom.attribute("stage", "data-destroyed", sad.then_some(""));
}

/// A power of ten stays on one line.
fn unbroken(text: &str) -> String {
    text.replace(" × ", "\u{a0}×\u{a0}")
}

/// The step as a table: each edge layer's edges by state.
fn show_twin(dom: &Dom, run: &Run, now: &Now) {
    let shape = run.timeline.shape();
    let step = now.moment.step();
    dom.text(
        "twin-caption",
        &format!("Step {}: {}. Edges by layer:", grouped(u64::from(step)), event_in(&run.timeline, step)),
    );
    let layers = shape.edge_layers();
    let columns = ["th", "td", "td", "td", "td", "td"];
    dom.rows(
        "twin-rows",
        layers as usize,
        |dom| dom.create_with("tr", &columns),
        |place, row| {
            let layer = place as u32;
            let tally = now.moment.tally_in(layer);
            if let Some(head) = row.first_element_child() {
                set_attribute(&head, "scope", Some("row"));
            }
            set_cell(row, 0, &name::edge_layer(shape, layer));
            for (cell, n) in
                [shape.edges_in(layer), tally.on_ticket, tally.idle, tally.cut, tally.orphaned].into_iter().enumerate()
            {
                set_cell(row, cell as u32 + 1, &grouped(u64::from(n)));
            }
        },
    );
}

/// The law and the products.
pub(super) fn show_products(dom: &Dom, model: &Model, products: &Products) {
    let figures = &products.figures;
    if model.scene.view == View::Products {
        let tickets = model.now.as_ref().map(|now| now.tickets.clone()).unwrap_or_default();
        let say = verdict::say(&model.scene, products);
        let explain = verdict::explain(&model.scene, products, products.step, &tickets);
        show_sentence(dom, &say, &explain, figures.samples == 0.0);
    }
    dom.text("histogram-title", &format!("Products of {} weights", figures.path_length));
    dom.text("histogram-line", &words::products_line(model, products));
    show_figure(dom, "law-alpha", figures.alpha);
    dom.text("law-modes", &words::modes(&products.modes));
    for (id, x) in [
        ("law-kurtosis", figures.kurtosis),
        ("law-ks-uniform", figures.ks_uniform),
        ("law-ks-normal", figures.ks_normal),
        ("law-sigma", figures.sigma),
        ("sample-mean", figures.sample_mean),
        ("sample-variance", figures.sample_variance),
        ("sample-kurtosis", figures.sample_kurtosis),
        ("sample-ks-theory", figures.sample_ks_theory),
        ("sample-ks-uniform", figures.sample_ks_uniform),
    ] {
        show_figure(dom, id, x);
    }
    dom.text("sample-share", &share(figures.sample_share));
    let inside = figures.samples - figures.below - figures.above;
    dom.text("sample-inside", &format!("{} of {}", grouped(inside as u64), grouped(figures.samples as u64)));
    dom.attribute("sample-share", "title", Some(&canonical(figures.sample_share)));
    show_bins(dom, products);
    dom.note("note-law", words::law_note(&model.scene));
    let title = if model.of() == Of::Law { "The products drawn" } else { "This network's products" };
    dom.text("numbers-sample-title", title);
}

/// A number to three digits; all of them on hovering.
fn show_figure(dom: &Dom, id: &str, x: f64) {
    show_digits(dom, id, x, 3);
}

fn show_digits(dom: &Dom, id: &str, x: f64, digits: i32) {
    dom.text(id, &figure_to(x, digits));
    dom.attribute(id, "title", x.is_finite().then(|| canonical(x)).as_deref());
}

/// Whether the table of the histogram is open.
pub(super) fn is_open(dom: &Dom) -> bool {
    dom.find::<Element>("bins-twin").is_some_and(|twin| twin.has_attribute("open"))
}

/// The histogram as a table, while it is open.
fn show_bins(dom: &Dom, products: &Products) {
    if !is_open(dom) {
        return;
    }
    let Products { counts, figures, .. } = products;
    let all = |n: f64| grouped(n as u64);
    let (low, high) = (signed(figures.low), signed(figures.high));
    dom.text(
        "bins-caption",
        &format!(
            "{} products: {} below {low}, {} above {high}, the rest in these bins",
            all(figures.samples),
            all(figures.below),
            all(figures.above)
        ),
    );
    let edge = |place: usize| figures.low + place as f64 * (figures.high - figures.low) / counts.len() as f64;
    dom.rows(
        "bins-rows",
        counts.len(),
        |dom| dom.create_with("tr", &["td", "td", "td"]),
        |place, row| {
            set_cell(row, 0, &figure(edge(place)));
            set_cell(row, 1, &figure(edge(place + 1)));
            set_cell(row, 2, &all(counts[place]));
        },
    );
}
