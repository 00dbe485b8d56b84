//! The cards as they are seen: under the pointer, selected, pinned; the message of what was done; the list of what was done by
//! hand.

use super::Page;
use super::bind::on;
use super::pointer::Place;
use super::show::Shown;
use crate::card::{self, Card};
use crate::hand;
use crate::kit::dom::{Dom, part, property, set_attribute, set_cell, set_shown, set_text};
use crate::kit::listen::target;
use crate::message::Message;
use crate::model::{Model, Now, Run};
use crate::touch::{self, At, By, Pin, Thing};
use std::rc::Rc;
use ticketscope_core::shape::{Edge, EdgeId};
use ticketscope_core::state::EdgeState;
use ticketscope_draw::pick::Pick;
use ticketscope_scene::link::{self, MOST_SHARED};
use ticketscope_scene::name;
use ticketscope_scene::number::{canonical, plural};
use ticketscope_scene::scene::{Scene, Step};
use web_sys::{Element, Event, HtmlInputElement};

/// What stands on the cards, so that only what differs is computed again.
#[derive(Debug, Default)]
pub(super) struct Cards {
    what: String,
}

/// Everything about pointing and the hand, only where something of it has changed.
pub(super) fn show_cards(page: &Page, model: &Model, shown: &mut Shown) {
    let dom = &page.dom;
    let touch = &model.touch;
    let there = model.run.as_deref().zip(model.now.as_ref());
    // Without a card nothing here speaks of the step.
    let cards = touch.at.is_some() || touch.selected().is_some() || !touch.pins.is_empty();
    let place = there.map(|(run, now)| (&run.key, cards.then(|| now.moment.step())));
    let size = page.canvases.as_ref().map(|(canvas, _)| canvas.size());
    let hand = (&model.hand.told, &model.hand.fault, model.hand.undo.len(), model.hand.redo.len());
    let pass = model.forward.pass.as_ref().map(|pass| pass.look());
    let pointed = (pass, &touch.at, &touch.pins, touch.camera, &model.own);
    let scene = Scene { step: Step::At(0), ..model.scene.clone() };
    let too_long = link::write(&model.scene).len() > MOST_SHARED;
    let what = format!("{place:?} {size:?} {hand:?} {pointed:?} {too_long} {}", link::write(&scene));
    if shown.cards.what == what {
        return;
    }
    shown.cards.what = what;
    show_tools(dom, model);
    dom.show("too-long", too_long);
    super::files::show_files(page, model);
    let hovered = touch.at.as_ref().filter(|at| there.is_some() && at.by != By::Tap);
    dom.show("hover", hovered.is_some());
    dom.show("tray", there.is_some() && (touch.selected().is_some() || !touch.pins.is_empty()));
    let Some((run, now)) = there else { return };
    show_hover(dom, model, run, now, hovered);
    show_tray(dom, model, run, now);
    show_hand(dom, model, run);
    if let Some(at) = hovered {
        place_hover(page, model, run, at);
    }
}

fn show_tools(dom: &Dom, model: &Model) {
    let count = |n: usize| if n == 0 { String::new() } else { format!(" ({n})") };
    for (id, name, stack) in [("undo", "Undo", &model.hand.undo), ("redo", "Redo", &model.hand.redo)] {
        let text = format!("{name}{}", count(stack.len()));
        dom.text(&format!("{id}-text"), &text);
        dom.attribute(id, "title", Some(&text));
        dom.attribute(id, "aria-disabled", stack.is_empty().then_some("true"));
    }
    let told = model.hand.told.as_ref();
    dom.show("told", told.is_some());
    if let Some(told) = told {
        dom.text("told-text", &told.sentence);
        dom.show("told-undo", told.undo && !model.hand.undo.is_empty());
    }
}

/// Fills a card; `letter` is its pin's.
fn fill(element: &Element, card: &Card, letter: Option<char>) {
    let letter = letter.map(String::from).unwrap_or_default();
    let strongest =
        if card.strongest.is_empty() { String::new() } else { format!("Strongest path: {}", card.strongest) };
    let weight = if card.weight.is_empty() { String::new() } else { format!("Weight {}", card.weight) };
    for (name, text) in [
        ("letter", &letter),
        ("kind", &card.kind.to_owned()),
        ("title", &card.title),
        ("state", &capital(&card.state)),
        ("tickets", &capital(&card.tickets)),
        ("weight", &weight),
        ("value", &card.value),
        ("strongest", &strongest),
        ("chain", &card.chain),
    ] {
        if let Some(part) = part(element, "part", name) {
            set_text(&part, text);
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

fn show_hover(dom: &Dom, model: &Model, run: &Run, now: &Now, at: Option<&At>) {
    let things = at.map(|at| &at.thing);
    dom.rows(
        "hover",
        usize::from(things.is_some()),
        |dom| dom.copy_of("card-template"),
        |_, element| {
            let Some(thing) = things else { return };
            let pinned = model.touch.pins.iter().find(|pin| pin.thing == *thing);
            fill(element, &card::of(model, run, now, thing), pinned.map(|pin| pin.letter));
            for name in ["edit", "acts"] {
                if let Some(part) = part(element, "part", name) {
                    set_shown(&part, false);
                }
            }
            let hint = match (thing, is_alive(now, thing)) {
                (Thing::Edge(_), true) => "Click cuts it, dragging up or down changes its weight, P pins it.",
                (Thing::Edge(_), false) => "P pins it.",
                (Thing::Node(_), _) => "Click or P pins it.",
                (Thing::Path(_), _) => "",
            };
            if let Some(part) = part(element, "part", "hint") {
                set_text(&part, hint);
            }
        },
    );
}

fn is_alive(now: &Now, thing: &Thing) -> bool {
    let Thing::Edge(edge) = thing else { return false };
    now.moment.mask().keeps(*edge)
}

/// Puts the card above what it is of, or below where there is no room; never under the pointer.
fn place_hover(page: &Page, model: &Model, run: &Run, at: &At) {
    let dom = &page.dom;
    let (Some(hover), Some(place)) = (dom.find::<Element>("hover"), Place::of(page, model)) else { return };
    let middle = || match at.thing.pick(run.timeline.shape()) {
        _ if matches!(at.thing, Thing::Path(_)) => Some((0.0, 0.0)),
        pick => place.target(run, &[]).middle(pick),
    };
    let (x, y) = match at.by {
        By::Pointer(x, y) => (x, y),
        _ => middle().unwrap_or((0.0, 0.0)),
    };
    let (x, y) = (f64::from(x) * place.unit, f64::from(y) * place.unit);
    let (width, height) = (f64::from(hover.client_width()), f64::from(hover.client_height()));
    let (room_x, room_y) = (f64::from(place.frame.width) * place.unit, f64::from(place.frame.height) * place.unit);
    let left = (x - width / 2.0).clamp(0.0, (room_x - width).max(0.0));
    let above = y - height - 16.0;
    let top = if above >= -96.0 { above } else { (y + 16.0).min(room_y.max(y + 16.0)) };
    for (name, value) in [("--x", left), ("--y", top), ("--at-x", x), ("--at-y", y)] {
        property(&hover, name, &format!("{value:.0}"));
    }
}

fn show_tray(dom: &Dom, model: &Model, run: &Run, now: &Now) {
    let selected = model.touch.selected();
    let pins: &[Pin] = &model.touch.pins;
    let title = match (selected, pins.len()) {
        (Some(_), 0) => "Selected".to_owned(),
        (Some(_), _) => "Selected and pinned".to_owned(),
        (None, n) => format!("Pinned: {n} of 6"),
    };
    dom.text("tray-title", &title);
    dom.attribute("tray", "data-open", selected.map(|_| ""));
    dom.show("tray-close", selected.is_some());
    // What is pinned has its card below already.
    let alone = selected.filter(|thing| pins.iter().all(|pin| pin.thing != **thing));
    dom.rows(
        "selection",
        usize::from(alone.is_some()),
        |dom| dom.copy_of("card-template"),
        |_, element| {
            if let Some(thing) = alone {
                set_attribute(element, "data-letter", Some(""));
                show_card(dom, model, run, now, (element, thing, None));
            }
        },
    );
    dom.rows(
        "pins",
        pins.len(),
        |dom| dom.copy_of("card-template"),
        |place, element| {
            let pin = &pins[place];
            set_attribute(element, "data-letter", Some(&String::from(pin.letter)));
            show_card(dom, model, run, now, (element, &pin.thing, Some(pin.letter)));
        },
    );
}

/// A card with what can be done.
fn show_card(
    dom: &Dom,
    model: &Model,
    run: &Run,
    now: &Now,
    (element, thing, letter): (&Element, &Thing, Option<char>),
) {
    let card = card::of(model, run, now, thing);
    fill(element, &card, letter);
    if let Some(edit) = part(element, "part", "edit") {
        set_shown(&edit, matches!(thing, Thing::Edge(_)));
        if let Thing::Edge(edge) = thing {
            show_weight(dom, model, run, &edit, *edge);
        }
    }
    let button = |name: &str, text: Option<&str>, label: String| {
        if let Some(button) = part(element, "do", name) {
            set_shown(&button, text.is_some());
            set_text(&button, text.unwrap_or(""));
            set_attribute(&button, "aria-label", Some(&label));
        }
    };
    let press = match thing {
        Thing::Edge(edge) => match now.moment.edge_states()[run.timeline.shape().edge_id(*edge) as usize] {
            EdgeState::OnTicket | EdgeState::Idle => Some("Cut"),
            EdgeState::Cut if now.moment.step() == 0 && card::is_cut_by_hand(model, run.timeline.shape(), *edge) => {
                Some("Bring back")
            }
            _ => None,
        },
        _ => None,
    };
    button("press", press, format!("{} {}", press.unwrap_or(""), card.title));
    let typed = matches!(thing, Thing::Edge(edge) if model.scene.edits.iter().any(|edit| edit.edge() == *edge));
    button("own", typed.then_some("Own weight"), format!("Own weight of {}", card.title));
    let pin = if letter.is_some() { "Unpin" } else { "Pin" };
    button("pin", Some(pin), format!("{pin} {}", card.title));
}

/// The weight's field and slider.
fn show_weight(dom: &Dom, model: &Model, run: &Run, edit: &Element, edge: Edge) {
    let shape = run.timeline.shape();
    let name = name::edge(shape, edge);
    let weight = hand::weight(model, run, edge);
    let fault = model.hand.fault.as_ref().filter(|(of, _)| *of == edge).map(|(_, fault)| fault);
    if let Some(wrong) = part(edit, "part", "wrong") {
        set_text(&wrong, fault.map_or("", |fault| &fault.sentence));
        set_shown(&wrong, fault.is_some());
    }
    if let Some(input) = input(edit, "type") {
        set_attribute(&input, "aria-label", Some(&format!("Weight of {name}")));
        set_attribute(&input, "aria-invalid", fault.map(|_| "true"));
        let text = fault.map_or_else(|| canonical(weight), |fault| fault.text.clone());
        if !dom.has_focus(&input) && input.value() != text {
            input.set_value(&text);
        }
    }
    if let Some(slider) = input(edit, "slide") {
        let position = hand::position(model, run, edge).to_string();
        set_attribute(&slider, "aria-label", Some(&format!("Weight of {name}, slider")));
        set_attribute(&slider, "aria-valuetext", Some(&canonical(weight)));
        if slider.value() != position {
            slider.set_value(&position);
        }
        let share = position.parse::<f64>().unwrap_or(0.0) / f64::from(hand::POSITIONS);
        property(&slider, "--fill", &format!("{}%", 100.0 * share));
    }
}

fn input(edit: &Element, name: &str) -> Option<HtmlInputElement> {
    use wasm_bindgen::JsCast;
    part(edit, "do", name)?.dyn_into().ok()
}

/// Rows of the list of what was done by hand.
const ROWS: usize = 12;

fn show_hand(dom: &Dom, model: &Model, run: &Run) {
    let shape = run.timeline.shape();
    let cuts = hand::cuts(model, shape);
    let edits = &model.scene.edits;
    let lost = hand::forgotten(model);
    dom.show("by-hand", !cuts.is_empty() || !edits.is_empty() || lost.is_some());
    let mut parts = Vec::new();
    if !cuts.is_empty() {
        parts.push(format!("{} cut", plural(cuts.len() as u64, "edge")));
    }
    if !edits.is_empty() {
        parts.push(format!("{} typed", plural(edits.len() as u64, "weight")));
    }
    let line = if parts.is_empty() { String::new() } else { format!("{}. ", parts.join(", ")) };
    dom.text("hand-line", &format!("{line}{}", lost.unwrap_or_default()));
    let all: Vec<(Edge, Option<f64>)> = edits
        .iter()
        .map(|edit| (edit.edge(), Some(edit.weight)))
        .chain(cuts.iter().map(|&edge| (edge, None)))
        .collect();
    let rows = all.len().min(ROWS);
    dom.rows(
        "hand-rows",
        rows,
        |dom| dom.create_with("li", &["span", "button"]),
        |place, row| {
            let (edge, weight) = all[place];
            let name = name::edge(shape, edge);
            let (text, act, label) = match weight {
                Some(weight) => {
                    let text = format!("{name} weighs {}", canonical(weight).replace('-', "\u{2212}"));
                    (text, "Own weight", format!("Own weight of {name}"))
                }
                None => (format!("{name} cut"), "Bring back", format!("Bring back {name}")),
            };
            set_attribute(row, "data-edge", Some(&shape.edge_id(edge).to_string()));
            set_attribute(row, "data-what", Some(if weight.is_some() { "weight" } else { "cut" }));
            set_cell(row, 0, &text);
            if let Some(button) = row.children().item(1) {
                set_attribute(&button, "type", Some("button"));
                set_attribute(&button, "aria-label", Some(&label));
                set_text(&button, act);
            }
        },
    );
    let more = all.len() - rows;
    dom.note(
        "hand-more",
        (more > 0).then(|| format!("And {more} more: every edge is in the table of edges.")).as_deref(),
    );
}

/// The marks on the picture: what is looked at, where the cursor is, what is pinned, and the edges that are lit.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub(super) hover: Option<Pick>,
    pub(super) focus: Option<Pick>,
    /// One a letter, A first; a letter that is free has an edge that no network has.
    pub(super) pins: Vec<Pick>,
    pub(super) lit: Option<Vec<EdgeId>>,
}

pub(super) fn marks(model: &Model, run: &Run) -> Marks {
    let shape = run.timeline.shape();
    let touch = &model.touch;
    let pick = |thing: &Thing| if let Thing::Path(_) = thing { None } else { Some(thing.pick(shape)) };
    let at = touch.at.as_ref();
    let mut pins = Vec::new();
    for pin in &touch.pins {
        pins.resize(pin.letter as usize - 'A' as usize, Pick::Edge(EdgeId::MAX));
        pins.push(pin.thing.pick(shape));
    }
    Marks {
        hover: at.filter(|at| at.by != By::Keys).and_then(|at| pick(&at.thing)),
        focus: touch.walk.and_then(|place| pick(&touch::thing_at(place))),
        pins,
        lit: touch::lit(model),
    }
}

/// Listens to the cards, the message, and the list of what was done by hand.
pub(super) fn bind(page: &Rc<Page>) {
    for (id, message) in [
        ("undo", (|| hand::Message::Undo) as fn() -> hand::Message),
        ("redo", || hand::Message::Redo),
        ("told-undo", || hand::Message::Undo),
        ("told-close", || hand::Message::Close),
        ("hand-clear", || hand::Message::Clear),
        ("too-long-save", || hand::Message::Save),
        ("save", || hand::Message::Save),
    ] {
        on(page, id, "click", move |_| Some(Message::Hand(message())));
    }
    on(page, "tray-close", "click", |_| Some(Message::Touch(touch::Message::Close)));
    for kind in ["click", "change", "input"] {
        let weak = Rc::downgrade(page);
        on(page, "tray", kind, move |event| on_card(&weak.upgrade()?.model.borrow(), kind, &event));
    }
    let weak = Rc::downgrade(page);
    on(page, "hand-rows", "click", move |event| {
        let page = weak.upgrade()?;
        let model = page.model.borrow();
        let row = target::<Element>(&event)?.closest("button").ok()??.parent_element()?;
        let id = row.get_attribute("data-edge")?.parse().ok()?;
        let edge = model.run.as_ref()?.timeline.shape().edge(id);
        let own = row.get_attribute("data-what")? == "weight";
        Some(Message::Hand(if own { hand::Message::Own(edge) } else { hand::Message::Restore(edge) }))
    });
}

/// What was done on a card of the tray.
fn on_card(model: &Model, kind: &str, event: &Event) -> Option<Message> {
    let control = target::<Element>(event)?.closest("[data-do]").ok()??;
    let card = control.closest("[data-letter]").ok()??;
    let letter = card.get_attribute("data-letter")?.chars().next();
    let thing = match letter {
        Some(letter) => &model.touch.pins.iter().find(|pin| pin.letter == letter)?.thing,
        None => model.touch.selected()?,
    };
    let edge = if let Thing::Edge(edge) = thing { Some(*edge) } else { None };
    let value = || target::<HtmlInputElement>(event).map(|input| input.value());
    let message = match (control.get_attribute("data-do")?.as_str(), kind) {
        ("press", "click") => hand::Message::Press(edge?),
        ("own", "click") => hand::Message::Own(edge?),
        ("type", "change") => hand::Message::Typed(edge?, value()?),
        ("slide", "input" | "change") => {
            let position = value()?.parse().ok()?;
            let weight = hand::weight_at(model, model.run.as_deref()?, edge?, position);
            hand::Message::Slid { edge: edge?, weight, done: kind == "change" }
        }
        ("pin", "click") => {
            let message = letter.map_or_else(|| touch::Message::Pin(thing.clone()), touch::Message::Unpin);
            return Some(Message::Touch(message));
        }
        _ => return None,
    };
    Some(Message::Hand(message))
}
