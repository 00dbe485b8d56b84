//! The tables of edges and paths as they are seen.

use super::Page;
use super::bind::{on, value};
use crate::hand;
use crate::kit::dom::{Dom, set_attribute, set_cell, set_shown, set_text};
use crate::kit::listen::target;
use crate::message::Message;
use crate::model::Model;
use crate::touch::{self, At, By, Thing};
use crate::twin::{self, ROWS, Row, Table};
use std::rc::Rc;
use ticketscope_scene::link;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, MouseEvent};

/// The rows that stand on the screen, and what they were made of.
#[derive(Debug, Default)]
pub(super) struct Tables {
    what: String,
    rows: Vec<Row>,
}

/// The open table, only where something of it has changed.
pub(super) fn show_tables(page: &Page, model: &Model, shown: &mut Tables) {
    let Some((run, now)) = model.run.as_deref().zip(model.now.as_ref()) else { return };
    if !model.twin.open {
        return;
    }
    let twin = &model.twin;
    let what = format!("{} {} {twin:?} {}", run.key, now.moment.step(), link::write(&model.scene));
    if shown.what == what {
        return;
    }
    shown.what = what;
    let dom = &page.dom;
    let table = twin::page(model, run, now);
    let (of, rows) = match twin.table {
        Table::Edges => ("edges", "edges-rows"),
        Table::Paths => ("paths", "paths-rows"),
    };
    dom.choose("table-of", of);
    for name in ["edges", "paths"] {
        dom.show(&format!("{name}-table"), name == of);
    }
    dom.text(&format!("{of}-caption"), &table.caption);
    dom.enable("table-order", table.sortable);
    dom.choose("table-order", if twin.by_size && table.sortable { "size" } else { "address" });
    let there = |yes: bool| (!yes).then_some("true");
    dom.attribute("table-before", "aria-disabled", there(table.first > 0));
    dom.attribute("table-after", "aria-disabled", there(table.of > table.first + ROWS));
    let fault = twin.fault.as_ref();
    dom.value("table-jump", &fault.map_or((table.first + 1).to_string(), |fault| fault.text.clone()));
    dom.attribute("table-jump", "aria-invalid", fault.map(|_| "true"));
    dom.note("table-wrong", fault.map(|fault| fault.sentence.as_str()));
    shown.rows = table.rows;
    let columns: &[&str] = match twin.table {
        Table::Edges => &["td", "td", "td", "td", "td", "td"],
        Table::Paths => &["td", "td", "td"],
    };
    dom.rows(
        rows,
        shown.rows.len(),
        |dom| new_row(dom, columns),
        |place, element| {
            show_row(run.timeline.shape(), &shown.rows[place], place, element);
        },
    );
}

/// A row with its two buttons.
fn new_row(dom: &Dom, columns: &[&str]) -> Option<Element> {
    let row = dom.create_with("tr", columns)?;
    let last = row.last_element_child()?;
    for name in ["press", "pin"] {
        let button = dom.create("button")?;
        set_attribute(&button, "type", Some("button"));
        set_attribute(&button, "data-do", Some(name));
        last.append_child(&button).ok()?;
    }
    Some(row)
}

fn show_row(shape: &ticketscope_core::shape::Shape, row: &Row, place: usize, element: &Element) {
    set_attribute(element, "data-row", Some(&place.to_string()));
    for (cell, text) in row.cells.iter().enumerate() {
        set_cell(element, cell as u32, text);
    }
    let name = row.thing.name(shape);
    let buttons = element.last_element_child().map(|cell| cell.children());
    for (at, word) in [(0, row.press), (1, Some("Pin"))] {
        if let Some(button) = buttons.as_ref().and_then(|buttons| buttons.item(at)) {
            set_text(&button, word.unwrap_or(""));
            set_attribute(&button, "aria-label", Some(&format!("{} {name}", word.unwrap_or(""))));
            set_shown(&button, word.is_some());
        }
    }
}

/// Listens to the tables.
pub(super) fn bind(page: &Rc<Page>) {
    let twin = |message| Some(Message::Twin(message));
    on(page, "tables", "toggle", move |event| {
        let open = target::<HtmlElement>(&event)?.has_attribute("open");
        twin(twin::Message::Open(open))
    });
    on(page, "table-of", "change", move |event| {
        let table = if value(&event)? == "paths" { Table::Paths } else { Table::Edges };
        twin(twin::Message::Show(table))
    });
    on(page, "table-order", "change", move |event| twin(twin::Message::BySize(value(&event)? == "size")));
    on(page, "table-jump", "change", move |event| twin(twin::Message::Jump(value(&event)?)));
    on(page, "table-before", "click", move |_| twin(twin::Message::Before));
    on(page, "table-after", "click", move |_| twin(twin::Message::After));
    for body in ["edges-rows", "paths-rows"] {
        for kind in ["focusin", "pointermove"] {
            let weak = Rc::downgrade(page);
            on(page, body, kind, move |event| {
                // A row that scrolls under a pointer at rest was not pointed at.
                if event.dyn_ref::<MouseEvent>().is_some_and(|mouse| mouse.movement_x() == 0 && mouse.movement_y() == 0)
                {
                    return None;
                }
                let page = weak.upgrade()?;
                let at = At { thing: thing(&page, &event)?, by: By::Row };
                let is_known = page.model.borrow().touch.at.as_ref() == Some(&at);
                (!is_known).then_some(Message::Touch(touch::Message::Look(at)))
            });
        }
        for kind in ["focusout", "pointerleave"] {
            on(page, body, kind, |_| Some(Message::Touch(touch::Message::Away)));
        }
        let weak = Rc::downgrade(page);
        on(page, body, "click", move |event| {
            let thing = thing(&*weak.upgrade()?, &event)?;
            let button = target::<Element>(&event)?.closest("button").ok()??;
            Some(match (button.get_attribute("data-do")?.as_str(), thing) {
                ("press", Thing::Edge(edge)) => Message::Hand(hand::Message::Press(edge)),
                (_, thing) => Message::Touch(touch::Message::Pin(thing)),
            })
        });
    }
}

/// What the row of an event is of.
fn thing(page: &Page, event: &Event) -> Option<Thing> {
    let row = target::<Element>(event)?.closest("[data-row]").ok()??;
    let place: usize = row.get_attribute("data-row")?.parse().ok()?;
    // While the rows are being written none of them is pointed at.
    page.shown.try_borrow().ok()?.tables.rows.get(place).map(|row| row.thing.clone())
}
