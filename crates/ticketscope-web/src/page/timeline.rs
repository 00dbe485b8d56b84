//! The timeline: buttons, scrub bar, ticks, and the bounds marked on it.

use crate::kit::dom::{Dom, property, set_attribute, set_cell};
use crate::marks;
use crate::model::{Bounds, Model};
use crate::ticks::{self, Kind};
use ticketscope_scene::number::grouped;
use ticketscope_scene::report::event_in;
use web_sys::Element;

/// Where the run stands.
pub(super) fn show_timeline(dom: &Dom, model: &Model, bounds: &Bounds, unit: f64, shown: &mut Option<Marks>) {
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
    show_ticks(dom, model);
    let width = dom.find::<Element>("marks").map_or(1, |marks| dom.sizes().of(&marks).0.max(1));
    let marks = Marks { bounds: bounds.clone(), last, width: f64::from(width) / unit };
    if shown.as_ref() != Some(&marks) {
        show_marks(dom, &marks);
        *shown = Some(marks);
    }
}

/// All that decides where the bounds are marked.
#[derive(Debug, PartialEq)]
pub(super) struct Marks {
    bounds: Bounds,
    last: u32,
    /// Of the scrub bar, in units of the pictures.
    width: f64,
}

/// A tick an event, by kind.
fn show_ticks(dom: &Dom, model: &Model) {
    let width = dom.find::<Element>("marks").map_or(1, |marks| dom.sizes().of(&marks).0.max(1));
    let what = format!("{width} {}", model.run.as_ref().map_or("", |run| &run.key));
    // They change with the run and the window, not with the step.
    if dom.find::<Element>("ticks").is_none_or(|ticks| ticks.get_attribute("data-of").as_ref() == Some(&what)) {
        return;
    }
    dom.attribute("ticks", "data-of", Some(&what));
    let paths = model.run.as_ref().map(|run| ticks::paths(&run.timeline, f64::from(width))).unwrap_or_default();
    for (kind, path) in Kind::ALL.into_iter().zip(paths) {
        dom.attribute(kind.id(), "d", Some(&path));
    }
}

/// The bounds on the scrub bar. One that lies beyond the end of the run stands at the end, with an arrow.
fn show_marks(dom: &Dom, of: &Marks) {
    let marks = marks::marks(&of.bounds, of.last);
    let places = marks::places(&marks, of.width);
    dom.rows(
        "marks",
        marks.len(),
        |dom| dom.create_with("li", &["span", "span"]),
        |place, row| {
            let mark = &marks[place];
            set_attribute(row, "data-mark", Some(mark.name));
            set_attribute(row, "data-left", places[place].is_some_and(|place| place.left).then_some(""));
            set_attribute(
                row,
                "data-row",
                Some(if places[place].is_some_and(|place| place.row == 1) { "1" } else { "0" }),
            );
            set_attribute(row, "data-beyond", mark.beyond.then_some(""));
            property(row, "--at", &format!("{:.3}", mark.at));
            for (child, text, class) in
                [(0, &mark.label, places[place].is_none().then_some("unseen")), (1, &mark.words, Some("unseen"))]
            {
                set_cell(row, child, text);
                if let Some(span) = row.children().item(child) {
                    set_attribute(&span, "class", class);
                    set_attribute(&span, "title", (child == 0).then_some(&*mark.words));
                }
            }
        },
    );
}
