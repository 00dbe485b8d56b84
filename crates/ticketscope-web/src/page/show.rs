//! The model as it is seen: texts, attributes, canvases. Nothing here decides anything.

use super::Page;
use crate::kit::dom::{Dom, property, set_attribute, set_cell, set_text};
use crate::keys::KEYS;
use crate::model::{Bounds, CHOICES, Model, NUMBERS, Now, Run, SEEDS, Theme, field};
use crate::paint::{self, Painter};
use crate::products::Products;
use crate::update::TABS;
use crate::{slider, words};
use ticketscope_core::law::Law;
use ticketscope_core::prune::{Orphans, Protect, Rule};
use ticketscope_draw::chart::{HistogramChart, Theory};
use ticketscope_draw::layout::Frame;
use ticketscope_draw::picture::{Picture, PictureInput, View as Lines};
use ticketscope_draw::theme::{Rgb, Role, SMALL, Theme as Colours, text_width};
use ticketscope_scene::number::{canonical, count as count_text, figure, group_digits, grouped, is_rounded, share, share_of};
use ticketscope_scene::report::event_in;
use ticketscope_scene::scene::{Alpha, Confidence, Of, Scene, View};
use ticketscope_scene::{link, name};
use web_sys::{Element, HtmlInputElement};

/// One column, as www/css/layout.css has it.
const NARROW: &str = "(max-width: 760px)";

/// What stands on the screen, so that only what differs is drawn again.
#[derive(Debug, Default)]
pub(super) struct Shown {
    once: bool,
    network: Option<Drawn>,
    histogram: Option<Drawn>,
    said: String,
    marked: String,
}

/// What a canvas shows.
#[derive(Debug, Clone, PartialEq)]
struct Drawn {
    what: String,
    size: (i32, i32),
    ratio: f64,
    colours: Colours,
}

/// Shows the model.
pub(super) fn show(page: &Page, model: &Model, shown: &mut Shown) {
    let dom = &page.dom;
    if !core::mem::replace(&mut shown.once, true) {
        show_keys(dom);
        show_help(dom);
    }
    show_frame(page, model);
    show_controls(dom, model);
    let refusal = model.refusal();
    dom.note("elsewhere", refusal.as_deref());
    for id in ["slot-big", "slot-small", "numbers-step", "numbers-bound", "numbers-law", "numbers-sample", "twin"] {
        dom.show(id, refusal.is_none());
    }
    dom.show("say", refusal.is_none());
    dom.show("explain", refusal.is_none());
    show_work(dom, model);
    let bounds = model.current_bounds();
    show_timeline(dom, model, &bounds);
    show_bounds(dom, model, &bounds);
    if let (Some(run), Some(now)) = (&model.run, &model.now) {
        show_step(page, model, run, now, shown);
        draw_network(page, model, run, now, shown);
    }
    if let Some(products) = &model.products {
        show_products(dom, model, products);
        draw_histogram(page, model, products, shown);
    }
    mark_state(dom, model, shown);
}

/// Header, notes, theme, view.
fn show_frame(page: &Page, model: &Model) {
    let dom = &page.dom;
    if let Some(root) = dom.root() {
        let theme = (model.theme != Theme::System).then(|| model.theme.word());
        set_attribute(&root, "data-theme", theme);
    }
    let theme = match model.theme {
        Theme::System => "Theme: as the system",
        Theme::Light => "Theme: light",
        Theme::Dark => "Theme: dark",
    };
    dom.attribute("theme", "aria-label", Some(theme));
    dom.attribute("theme", "title", Some(theme));
    let view = model.scene.view;
    if let Some(body) = dom.document().body() {
        set_attribute(&body, "data-view", Some(view.word()));
    }
    for tab in TABS {
        let id = format!("tab-{}", tab.word());
        dom.attribute(&id, "aria-current", (tab == view).then_some("page"));
        dom.attribute(&id, "href", Some(&link::write(&Scene { view: tab, ..model.scene.clone() })));
    }
    let (big, small) = if view == View::Products { ("histogram", "network") } else { ("network", "histogram") };
    dom.move_into(big, "slot-big");
    dom.move_into(small, "slot-small");
    dom.show("notes", !model.notes.is_empty());
    dom.rows("notes-list", model.notes.len(), |dom| dom.create("li"), |place, row| set_text(row, &model.notes[place]));
    let narrow = page.matches(NARROW);
    dom.move_into("acts", if narrow { "controls" } else { "top" });
    dom.attribute("sheet", "aria-expanded", Some(if model.sheet { "true" } else { "false" }));
    dom.attribute("controls", "data-open", model.sheet.then_some(""));
    dom.with("letters", |input: &HtmlInputElement| {
        if input.checked() != model.letters {
            input.set_checked(model.letters);
        }
    });
}

fn show_keys(dom: &Dom) {
    dom.rows("help-rows", KEYS.len(), |dom| dom.create_with("tr", &["td", "td"]), |place, row| {
        set_cell(row, 0, KEYS[place].words);
        if let (Some(cell), Some(cap)) = (row.children().item(1), dom.create("kbd")) {
            set_text(&cap, KEYS[place].cap);
            // A new element has no parent: it can go anywhere.
            let _ = cell.append_child(&cap);
        }
    });
}

/// Each control's sentence of help, on hovering.
fn show_help(dom: &Dom) {
    for &key in NUMBERS.iter().chain(CHOICES).chain(SEEDS) {
        dom.attribute(key, "title", field(key).map(|field| field.help));
    }
    dom.attribute("alpha-mode", "title", field("alpha").map(|field| field.help));
}

/// The text of a field as it stands in its control.
fn field_text(model: &Model, key: &str) -> String {
    if let Some(fault) = model.faults.get(key) {
        return fault.text.clone();
    }
    let alpha = model.products.as_ref().map(|products| products.figures.alpha);
    match (key, model.scene.alpha, alpha) {
        ("alpha", Alpha::Auto | Alpha::Flat, Some(alpha)) => figure(alpha),
        _ => field(key).map(|field| field.write(&model.scene)).unwrap_or_default(),
    }
}

/// Writes a field's text even while it has the focus.
pub(super) fn refill(dom: &Dom, model: &Model, key: &str) {
    if !CHOICES.contains(&key) {
        dom.replace_value(key, &field_text(model, key));
    }
}

fn show_controls(dom: &Dom, model: &Model) {
    for &key in NUMBERS {
        let text = field_text(model, key);
        dom.value(key, &text);
        show_fault(dom, model, key);
        let Some(field) = field(key) else { continue };
        let stops = slider::stops(field);
        let alpha = model.products.as_ref().map(|products| products.figures.alpha).filter(|alpha| alpha.is_finite());
        let value = match (key, model.scene.confidence) {
            ("alpha", _) => slider::number(&field.value(&model.scene)).or(alpha).unwrap_or(1.0),
            ("confidence", Confidence::E) => core::f64::consts::E,
            _ => slider::number(&field.value(&model.scene)).unwrap_or(0.0),
        };
        let most = stops.len().saturating_sub(1) as u32;
        dom.slider(&format!("{key}-slider"), most, slider::position(&stops, value), &text);
    }
    for &key in CHOICES {
        dom.choose(key, &field_text(model, key));
    }
    for &key in SEEDS {
        dom.value(key, &field_text(model, key));
        show_fault(dom, model, key);
        let locked = model.is_locked(key);
        dom.attribute(&format!("{key}-lock"), "aria-pressed", Some(if locked { "true" } else { "false" }));
        dom.attribute(&format!("{key}-roll"), "aria-disabled", locked.then_some("true"));
    }
    let scene = &model.scene;
    dom.choose("alpha-mode", match scene.alpha {
        Alpha::Auto => "auto",
        Alpha::Flat => "flat",
        Alpha::Value(_) => "typed",
    });
    // α, and the resolution that decides it, mean something under one law only; the rest of the page stays where it is.
    let power = scene.law == Law::Power;
    for id in ["alpha-mode", "alpha", "alpha-slider"] {
        dom.enable(id, power);
    }
    for id in ["resolution", "resolution-slider"] {
        dom.enable(id, power && scene.alpha == Alpha::Auto);
    }
    dom.enable("orphans", scene.rule == Rule::Layer);
}

fn show_fault(dom: &Dom, model: &Model, key: &str) {
    let fault = model.faults.get(key);
    dom.note(&format!("{key}-wrong"), fault.map(|fault| fault.sentence.as_str()));
    dom.attribute(key, "aria-invalid", fault.map(|_| "true"));
}

/// What the worker is doing, once it takes long enough to say so.
fn show_work(dom: &Dom, model: &Model) {
    dom.show("working", model.progress.is_some() || model.cancelled);
    dom.show("cancel", !model.cancelled);
    let text = match model.progress {
        Some(share) => format!("Working: {} %", (100.0 * share) as u32),
        None if model.cancelled => "Stopped. Change anything to go on.".to_owned(),
        None => String::new(),
    };
    dom.text("working-text", &text);
}

fn show_timeline(dom: &Dom, model: &Model, bounds: &Bounds) {
    let (step, last) = (model.step(), model.last_step());
    let there = |yes: bool| (!yes).then_some("true");
    for id in ["first", "back"] {
        dom.attribute(id, "aria-disabled", there(step > 0));
    }
    for id in ["forward", "last"] {
        dom.attribute(id, "aria-disabled", there(step < last));
    }
    dom.attribute("play", "aria-disabled", there(last > 0));
    let (label, icon) = if model.play.is_some() { ("Pause", "#icon-pause") } else { ("Play", "#icon-play") };
    dom.attribute("play", "aria-label", Some(label));
    dom.attribute("play", "title", Some(label));
    dom.attribute("play-icon", "href", Some(icon));
    let event = model.run.as_ref().map(|run| event_in(&run.timeline, step)).unwrap_or_default();
    let place = format!("step {} of {}", grouped(u64::from(step)), grouped(u64::from(last)));
    dom.slider("scrub", last, step, &format!("{place}, {event}"));
    dom.attribute("scrub", "aria-disabled", there(last > 0));
    dom.text("where", &place);
    dom.text("event", &event);
    dom.attribute("ticks", "d", Some(&ticks(last)));
    show_marks(dom, bounds, last);
}

/// Ticks along 1000 units: one a step, or one every 2, 5, 10, … steps so that they stay apart.
fn ticks(last: u32) -> String {
    let mut every = 1;
    while last / every > 60 {
        every *= if every.to_string().starts_with('2') { 5 } else { 2 };
    }
    let at = |step: u32| 1000.0 * f64::from(step) / f64::from(last.max(1));
    (0..=last).step_by(every as usize).map(|step| format!("M{:.1} 0v6", at(step))).collect()
}

/// The bounds on the scrub bar, those that lie on it. A label that would meet the one before it goes up a row.
fn show_marks(dom: &Dom, bounds: &Bounds, last: u32) {
    let mut marks: Vec<(&str, f64, String)> = [
        ("paper", bounds.paper, bounds.paper.map(|k| format!("paper {}", figure(k)))),
        ("lambert", bounds.lambert, bounds.lambert.map(|k| format!("Lambert {}", figure(k)))),
        ("bins", bounds.bins.map(|k| k as f64), bounds.bins.map(|k| format!("bins {}", grouped(k)))),
    ]
    .into_iter()
    .filter_map(|(name, k, label)| Some((name, 100.0 * k? / f64::from(last.max(1)), label?)))
    .filter(|&(_, at, _)| at <= 100.0)
    .collect();
    marks.sort_by(|a, b| a.1.total_cmp(&b.1));
    let width = dom.find::<Element>("marks").map_or(1, |marks| marks.client_width().max(1));
    let room = |label: &str| 100.0 * (f64::from(text_width(label, SMALL)) + 12.0) / f64::from(width);
    // A label stands right of its line where it fits, else left; one that would meet the one before it goes up a row.
    let mut ends = [0.0_f64; 2];
    let places: Vec<(bool, usize)> = marks
        .iter()
        .map(|(_, at, label)| {
            let left = at + room(label) > 100.0;
            let (start, end) = if left { (at - room(label), *at) } else { (*at, at + room(label)) };
            let row = usize::from(start < ends[0]);
            ends[row] = end;
            (left, row)
        })
        .collect();
    dom.rows("marks", marks.len(), |dom| dom.create_with("li", &["span"]), |place, row| {
        let (name, at, label) = &marks[place];
        set_attribute(row, "data-mark", Some(name));
        set_attribute(row, "data-left", places[place].0.then_some(""));
        set_attribute(row, "data-row", Some(if places[place].1 == 1 { "1" } else { "0" }));
        property(row, "--at", &format!("{at:.3}"));
        set_cell(row, 0, label);
    });
}

fn show_bounds(dom: &Dom, model: &Model, bounds: &Bounds) {
    let chance = match model.scene.confidence {
        Confidence::E => "1/e".to_owned(),
        Confidence::Value(c) => format!("1/{}", figure(c)),
    };
    dom.text("bound-line", &format!("So that the chance of having no ticket left is at most {chance}:"));
    show_figure(dom, "bound-paper", bounds.paper.unwrap_or(f64::NAN));
    show_figure(dom, "bound-lambert", bounds.lambert.unwrap_or(f64::NAN));
    dom.text("bound-bins", &bounds.bins.map_or("–".to_owned(), grouped));
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

fn show_step(page: &Page, model: &Model, run: &Run, now: &Now, shown: &mut Shown) {
    let dom = &page.dom;
    let moment = &now.moment;
    let say = words::say(model, run, moment, &now.tickets, &run.tickets);
    dom.text("say-before", &say.before);
    dom.text("say-count", &say.count);
    dom.text("say-after", &say.after);
    dom.text("explain", &words::explain(model, run, moment));
    dom.attribute("stage", "data-destroyed", moment.destroyed().then_some(""));
    let tally = moment.tally();
    let count = |n: u32| grouped(u64::from(n));
    let prunable = model.scene.protect.prunable_edges(run.timeline.shape());
    dom.text("cut", &format!("{} of {}", count(tally.cut), count(prunable)));
    dom.text("orphaned", &count(tally.orphaned));
    dom.text("alive", &count(tally.alive()));
    dom.text("on-ticket", &count(tally.on_ticket));
    dom.text("idle", &count(tally.idle));
    let digits = now.tickets.to_string();
    dom.text("tickets", &count_text(&now.tickets));
    dom.show("digits", is_rounded(&now.tickets));
    dom.text("tickets-digits", &group_digits(&digits));
    dom.text("expected", &share_of(model.scene.hit_chance, &now.tickets));
    dom.text("destroyed-at", &match run.timeline.destroyed_at() {
        Some(step) => format!("step {}", count(step)),
        None => "never: all is cut that may be".to_owned(),
    });
    let note = (model.scene.orphans == Orphans::Count && model.scene.rule == Rule::Layer)
        .then_some("Throws at orphaned edges count here: k counts throws, and some of them cut nothing.");
    dom.note("note-step", note);
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

/// The step as a table: each edge layer's edges by state.
fn show_twin(dom: &Dom, run: &Run, now: &Now) {
    let shape = run.timeline.shape();
    let step = now.moment.step();
    dom.text("twin-caption", &format!("Step {}: {}. Edges by layer:", grouped(u64::from(step)), event_in(&run.timeline, step)));
    let layers = shape.edge_layers();
    let columns = ["th", "td", "td", "td", "td", "td"];
    dom.rows("twin-rows", layers as usize, |dom| dom.create_with("tr", &columns), |place, row| {
        let layer = place as u32;
        let tally = now.moment.tally_in(layer);
        if let Some(head) = row.first_element_child() {
            set_attribute(&head, "scope", Some("row"));
        }
        set_cell(row, 0, &name::edge_layer(shape, layer));
        for (cell, n) in [shape.edges_in(layer), tally.on_ticket, tally.idle, tally.cut, tally.orphaned].into_iter().enumerate() {
            set_cell(row, cell as u32 + 1, &grouped(u64::from(n)));
        }
    });
}

fn show_products(dom: &Dom, model: &Model, products: &Products) {
    let figures = &products.figures;
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
    dom.attribute("sample-share", "title", Some(&canonical(figures.sample_share)));
    show_bins(dom, products);
    dom.note("note-law", words::law_note(&model.scene));
    let title = if model.scene.of == Of::Law { "The products drawn" } else { "This network's products" };
    dom.text("numbers-sample-title", title);
}

/// A number to three digits; all of them on hovering.
fn show_figure(dom: &Dom, id: &str, x: f64) {
    dom.text(id, &figure(x));
    dom.attribute(id, "title", x.is_finite().then(|| canonical(x)).as_deref());
}

/// The histogram as a table, while it is open.
fn show_bins(dom: &Dom, products: &Products) {
    if !dom.find::<Element>("bins-twin").is_some_and(|twin| twin.has_attribute("open")) {
        return;
    }
    let Products { counts, figures, .. } = products;
    let outside = figures.below + figures.above;
    let all = |n: f64| grouped(n as u64);
    dom.text("bins-caption", &format!("{} products, {} of them outside the window", all(figures.samples), all(outside)));
    let edge = |place: usize| figures.low + place as f64 * (figures.high - figures.low) / counts.len() as f64;
    dom.rows("bins-rows", counts.len(), |dom| dom.create_with("tr", &["td", "td", "td"]), |place, row| {
        set_cell(row, 0, &figure(edge(place)));
        set_cell(row, 1, &figure(edge(place + 1)));
        set_cell(row, 2, &all(counts[place]));
    });
}

/// The theme in numbers.
fn colours(page: &Page, model: &Model) -> Colours {
    if page.matches("(forced-colors: active)")
        && let Some((canvas, _)) = &page.canvases
    {
        return Colours::new(Role::ALL.map(|role| {
            let (red, green, blue) = canvas.resolve(role.forced_keyword()).unwrap_or((128, 128, 128));
            Rgb(red, green, blue)
        }));
    }
    match model.theme {
        Theme::Dark => Colours::DARK,
        Theme::Light => Colours::LIGHT,
        Theme::System if page.matches("(prefers-color-scheme: dark)") => Colours::DARK,
        Theme::System => Colours::LIGHT,
    }
}

/// Whether a canvas must be drawn, noting that it will be.
fn stale(page: &Page, model: &Model, element: &Element, what: String, drawn: &mut Option<Drawn>) -> bool {
    let now = Drawn {
        what,
        size: (element.client_width(), element.client_height()),
        ratio: page.window.device_pixel_ratio(),
        colours: colours(page, model),
    };
    let stale = drawn.as_ref() != Some(&now);
    if stale {
        *drawn = Some(now);
    }
    stale
}

fn draw_network(page: &Page, model: &Model, run: &Run, now: &Now, shown: &mut Shown) {
    let Some((canvas, _)) = &page.canvases else { return };
    page.dom.show("before", false);
    page.dom.show("network-canvas", true);
    let step = now.moment.step();
    if !stale(page, model, canvas.element(), format!("{} {step}", run.key), &mut shown.network) {
        return;
    }
    page.dom.attribute("network-canvas", "aria-label", Some(&words::picture(run, &now.moment)));
    let Some((width, height)) = canvas.begin(&page.window) else { return };
    let event = run.timeline.event(step);
    let input = PictureInput {
        shape: run.timeline.shape(),
        weights: run.network.weights(),
        edge_states: now.moment.edge_states(),
        node_states: now.moment.node_states(),
        just_cut: event.filter(|event| !event.wasted).map(|event| event.edge),
        just_orphaned: event.map_or(&[], |event| event.orphaned),
    };
    let theme = colours(page, model);
    Picture::new(&input, Frame::new(width, height), Lines::Auto).paint(&mut Painter { canvas, theme: &theme });
}

fn draw_histogram(page: &Page, model: &Model, products: &Products, shown: &mut Shown) {
    let Some((_, canvas)) = &page.canvases else { return };
    page.dom.show("histogram-canvas", true);
    let what = format!("{} {}", products.key, products.step);
    if !stale(page, model, canvas.element(), what, &mut shown.histogram) {
        return;
    }
    page.dom.attribute("histogram-canvas", "aria-label", Some(&words::histogram(model, products)));
    let Some(size) = canvas.begin(&page.window) else { return };
    let points = products.curve.chunks_exact(2).map(|point| (point[0], point[1])).collect();
    let chart = HistogramChart {
        low: products.figures.low,
        high: products.figures.high,
        counts: products.counts.iter().map(|&count| count as u64).collect(),
        total: products.figures.samples as u64,
        theory: (!products.curve.is_empty()).then_some(Theory { points }),
        x_title: "product of the weights along a path".to_owned(),
        y_title: String::new(),
        markers: Vec::new(),
    };
    paint::histogram(canvas, size, &chart, &colours(page, model));
}

/// What a test, or a script beside the page, may read off it: whether work is under way, the link, and a digest of what is
/// shown.
fn mark_state(dom: &Dom, model: &Model, shown: &mut Shown) {
    let Some(root) = dom.root() else { return };
    let busy = model.jobs.under_way().is_some() || model.play.is_some();
    set_attribute(&root, "data-busy", Some(if busy { "true" } else { "false" }));
    if busy {
        return;
    }
    let link = model.link();
    let what = format!("{link} {:?}", model.products.as_ref().map(|products| (&products.key, products.step)));
    if shown.marked != what {
        shown.marked = what;
        set_attribute(&root, "data-link", Some(&link));
        set_attribute(&root, "data-digest", Some(&format!("{:016x}", model.digest())));
    }
}
