//! The model as it is seen: texts, attributes, canvases. Nothing here decides anything.

use super::Page;
use super::cards::{Cards, show_cards};
use super::controls::{show_controls, show_help};
use super::numbers::{is_open, show_bounds, show_products, show_step};
use super::pictures::{Drawn, draw_histogram, draw_network, unit};
use super::timeline::{Marks, show_timeline};
use super::twin::{Tables, show_tables};
use crate::find;
use crate::keys::{Context, KEYS, Key};
use crate::kit::dom::{Dom, set_attribute, set_cell, set_text};
use crate::model::{Bounds, Fault, Model, Theme};
use crate::products::Products;
use crate::update::{TABS, TRIALS};
use crate::words;
use std::collections::BTreeMap;
use ticketscope_scene::link;
use ticketscope_scene::scene::{Scene, Step, View};
use web_sys::{Element, HtmlInputElement};

/// One column, as www/css/layout.css has it.
const NARROW: &str = "(max-width: 760px)";

/// What stands on the screen, so that only what differs is drawn again.
#[derive(Debug, Default)]
pub(super) struct Shown {
    once: bool,
    pub(super) network: Option<Drawn>,
    pub(super) histogram: Option<Drawn>,
    pub(super) kept: crate::paint::Kept,
    frame: Option<Frame>,
    controls: Option<Controls>,
    tabs: Option<Scene>,
    pub(super) marks: Option<Marks>,
    products: Option<OfProducts>,
    /// Where the y axis of the histogram ends while the run plays.
    pub(super) top: Option<f64>,
    /// What the lens and the forward pass show.
    pub(super) lens: String,
    pub(super) forward: String,
    pub(super) said: String,
    pub(super) cards: Cards,
    pub(super) tables: Tables,
    marked: String,
    previewed: String,
    pub(super) second: Option<Drawn>,
    pub(super) kept_second: crate::paint::Kept,
    pub(super) canvas_second: Option<crate::kit::canvas::Canvas>,
}

/// Shows the model.
pub(super) fn show(page: &Page, model: &Model, shown: &mut Shown) {
    let dom = &page.dom;
    if !core::mem::replace(&mut shown.once, true) {
        show_keys(dom);
        show_help(dom);
    }
    show_tabs(dom, model, shown);
    let controls = Controls::of(dom, model);
    let same_scene = shown.controls.as_ref() == Some(&controls);
    if !same_scene {
        show_controls(dom, model);
        shown.controls = Some(controls);
    }
    let bounds = model.current_bounds();
    let frame = Frame::of(page, model, &bounds);
    if !same_scene || shown.frame.as_ref() != Some(&frame) {
        show_frame(page, model);
        show_refusal(dom, model.scene.view, frame.refusal.as_deref());
        show_work(dom, model);
        show_bounds(dom, model, &bounds);
        shown.frame = Some(frame);
    }
    show_timeline(dom, model, &bounds, unit(page), &mut shown.marks);
    super::preview::show(page, model, &mut shown.previewed);
    if let (Some(run), Some(now)) = (&model.run, &model.now) {
        show_step(page, model, run, now, shown);
    }
    if let Some(products) = &model.products {
        let of = OfProducts::of(dom, model, products);
        if !same_scene || shown.products.as_ref() != Some(&of) {
            show_products(dom, model, products);
            shown.products = Some(of);
        }
    }
    super::find::show(page, model);
    super::compare::show(page, model, shown);
    draw(page, model, shown);
    show_cards(page, model, shown);
    super::lens::show(page, model, shown);
    super::forward::show(page, model, shown);
    show_tables(page, model, &mut shown.tables);
    mark_state(dom, model, shown);
}

/// The pictures alone.
pub(super) fn draw(page: &Page, model: &Model, shown: &mut Shown) {
    if let (Some(run), Some(now)) = (&model.run, &model.now) {
        draw_network(page, model, run, now, shown);
    }
    if let Some(products) = &model.products {
        draw_histogram(page, model, products, shown);
    }
}

/// All that decides how the controls look: they are many, and a step changes none of them.
#[derive(Debug, PartialEq)]
struct Controls {
    scene: Scene,
    faults: BTreeMap<&'static str, Fault>,
    locked: BTreeMap<&'static str, bool>,
    alpha: Option<u64>,
    own: Option<crate::files::Loaded>,
    focus: Option<Element>,
}

impl Controls {
    fn of(dom: &Dom, model: &Model) -> Self {
        Self {
            scene: Scene { step: Step::At(0), ..model.scene.clone() },
            faults: model.faults.clone(),
            locked: model.locked.clone(),
            alpha: model.products.as_ref().map(|products| products.figures.alpha.to_bits()),
            own: model.own.clone(),
            // A text that is being typed is left alone until the focus has gone elsewhere.
            focus: dom.document().active_element(),
        }
    }
}

/// All else that decides how the page looks around its pictures: a step changes none of it either.
#[derive(Debug, PartialEq)]
struct Frame {
    theme: Theme,
    notes: Vec<String>,
    narrow: bool,
    ticks: [bool; 5],
    progress: Option<u32>,
    question: String,
    refusal: Option<String>,
    bounds: Bounds,
}

impl Frame {
    fn of(page: &Page, model: &Model, bounds: &Bounds) -> Self {
        Self {
            theme: model.theme,
            notes: model.notes.clone(),
            narrow: page.matches(NARROW),
            ticks: [model.sheet, model.letters, model.track.by_death, model.cancelled, model.trouble.asks],
            progress: model.progress.map(|share| (100.0 * share) as u32),
            question: model.trouble.question(),
            refusal: model.refusal(),
            bounds: bounds.clone(),
        }
    }
}

/// All that decides what is said of the products, beside the scene.
#[derive(Debug, PartialEq)]
struct OfProducts {
    key: String,
    steps: (u32, Option<u32>),
    /// It names the outline too.
    line: String,
    open: bool,
}

impl OfProducts {
    fn of(dom: &Dom, model: &Model, products: &Products) -> Self {
        // Only the sentence of the Products view speaks of the step.
        let step = model.now.as_ref().filter(|_| model.scene.view == View::Products).map(|now| now.moment.step());
        let line = words::products_line(model, products);
        Self { key: products.key.clone(), steps: (products.step, step), line, open: is_open(dom) }
    }
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
    let (big, small) = if view == View::Products { ("histogram", "network") } else { ("network", "histogram") };
    dom.move_into(big, "slot-big");
    dom.move_into(small, "slot-small");
    dom.show("notes", !model.notes.is_empty());
    dom.rows("notes-list", model.notes.len(), |dom| dom.create("li"), |place, row| set_text(row, &model.notes[place]));
    let narrow = page.matches(NARROW);
    dom.move_into("acts", if narrow { "controls" } else { "top" });
    dom.attribute("sheet", "aria-expanded", Some(if model.sheet { "true" } else { "false" }));
    dom.attribute("controls", "data-open", model.sheet.then_some(""));
    // The sheet lies over the timeline: the focus must not go where it cannot be seen.
    dom.attribute("timeline", "inert", (narrow && model.sheet).then_some(""));
    for (id, checked) in [("letters", model.letters), ("by-death", model.track.by_death)] {
        dom.with(id, |input: &HtmlInputElement| {
            if input.checked() != checked {
                input.set_checked(checked);
            }
        });
    }
}

/// How many networks are asked for, on the buttons of each view that asks.
fn show_trials(dom: &Dom, trials: u64) {
    for id in TRIALS {
        let Some(group) = dom.find::<Element>(id) else { continue };
        let mut child = group.first_element_child();
        while let Some(button) = child {
            let pressed = button.get_attribute("value").as_deref() == Some(&trials.to_string());
            set_attribute(&button, "aria-pressed", Some(if pressed { "true" } else { "false" }));
            child = button.next_element_sibling();
        }
    }
}

/// Where the tabs lead.
fn show_tabs(dom: &Dom, model: &Model, shown: &mut Shown) {
    if shown.tabs.as_ref() == Some(&model.scene) {
        return;
    }
    shown.tabs = Some(model.scene.clone());
    crate::kit::shell::scene(&model.link());
    show_trials(dom, model.scene.trials);
    for tab in TABS {
        let id = format!("tab-{}", tab.word());
        dom.attribute(&id, "aria-current", (tab == model.scene.view).then_some("page"));
        dom.attribute(&id, "href", Some(&link::write(&find::behind_tab(model, tab))));
    }
}

/// The sentence in place of what cannot be shown.
fn show_refusal(dom: &Dom, view: View, refusal: Option<&str>) {
    let shows = refusal.is_none() && view != View::Bounds;
    dom.note("elsewhere", refusal);
    for id in [
        "slot-big",
        "slot-small",
        "forward-pass",
        "numbers-step",
        "numbers-bound",
        "numbers-law",
        "numbers-sample",
        "twin",
        "bins-twin",
        "words",
        "tools",
    ] {
        dom.show(id, shows);
    }
}

/// The table of keys in the help dialog, a body of rows a context.
fn show_keys(dom: &Dom) {
    for (context, id) in Context::ALL.into_iter().zip(["keys-page", "keys-picture", "keys-chart"]) {
        let rows: Vec<&Key> = KEYS.iter().filter(|key| key.context == context).collect();
        dom.show(id, !rows.is_empty());
        dom.rows(
            &format!("{id}-rows"),
            rows.len(),
            |dom| dom.create_with("tr", &["td", "td"]),
            |place, row| {
                set_cell(row, 0, rows[place].words);
                if let (Some(cell), Some(cap)) = (row.children().item(1), dom.create("kbd")) {
                    set_text(&cap, rows[place].cap);
                    // A new element has no parent: it can go anywhere.
                    let _ = cell.append_child(&cap);
                }
            },
        );
    }
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
    dom.show("silent", model.trouble.asks);
    dom.text("silent-text", &model.trouble.question());
}

/// What a test, or a script beside the page, may read off it: whether work is under way, the link, and a digest of what is
/// shown.
fn mark_state(dom: &Dom, model: &Model, shown: &mut Shown) {
    let Some(root) = dom.root() else { return };
    let busy = model.jobs.under_way().is_some() || model.play.is_some() || model.lens.late;
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
