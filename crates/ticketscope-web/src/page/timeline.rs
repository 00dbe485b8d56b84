//! The timeline: buttons, scrub bar, ticks, and the bounds marked on it.

use crate::kit::dom::{Dom, property, set_attribute, set_cell};
use crate::model::{Bounds, Model};
use ticketscope_draw::theme::{SMALL, text_width};
use ticketscope_scene::number::{figure, grouped};
use ticketscope_scene::report::event_in;
use web_sys::Element;

/// Where the run stands.
pub(super) fn show_timeline(dom: &Dom, model: &Model, bounds: &Bounds) {
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
    dom.rows(
        "marks",
        marks.len(),
        |dom| dom.create_with("li", &["span"]),
        |place, row| {
            let (name, at, label) = &marks[place];
            set_attribute(row, "data-mark", Some(name));
            set_attribute(row, "data-left", places[place].0.then_some(""));
            set_attribute(row, "data-row", Some(if places[place].1 == 1 { "1" } else { "0" }));
            property(row, "--at", &format!("{at:.3}"));
            set_cell(row, 0, label);
        },
    );
}
