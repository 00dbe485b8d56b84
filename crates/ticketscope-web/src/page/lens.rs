//! The histogram under a pointer, a finger and the arrow keys, and the fields of the range that stays lit.

use super::Page;
use super::bind::{on, on_target};
use super::pictures::{chart, unit};
use super::show::Shown;
use crate::kit::dom::Dom;
use crate::lens::{self, Message};
use crate::message;
use crate::model::Model;
use std::rc::Rc;
use ticketscope_draw::chart::Scale;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, PointerEvent};

/// Beside the first and the last bar, CSS px, they are still meant.
const NEAR: f32 = 8.0;

/// Within this, CSS px, a finger means an end of the range.
const FINGER: f32 = 22.0;

/// Listens to the chart and to what stands under it.
pub(super) fn bind(page: &Rc<Page>) {
    let wrap = |message: Option<Message>| message.map(message::Message::Lens);
    if let Some((_, canvas)) = &page.canvases {
        let element = canvas.element().clone();
        let pointer = |kind: &'static str, act: fn(&Rc<Page>, &PointerEvent) -> Option<Message>| {
            let weak = Rc::downgrade(page);
            on_target(page, &element, kind, move |event| wrap(act(&weak.upgrade()?, event.dyn_ref()?)));
        };
        pointer("pointermove", |page, event| Some(Message::Pointed(bar_at(page, event))));
        pointer("pointerdown", |page, event| {
            if event.button() != 0 {
                return None;
            }
            let bar = bar_at(page, event)?;
            let end = end_at(page, event);
            if let Some((_, canvas)) = &page.canvases {
                // A pointer that is gone by now cannot be held: then there is nothing to hold.
                let _ = canvas.element().set_pointer_capture(event.pointer_id());
            }
            Some(end.map_or(Message::Pressed(bar), Message::Grabbed))
        });
        pointer("pointerup", |_, _| Some(Message::Released));
        pointer("pointercancel", |_, _| Some(Message::Released));
        pointer("pointerleave", |_, _| Some(Message::Pointed(None)));
    }
    on(page, "histogram-box", "blur", move |_| wrap(Some(Message::Pointed(None))));
    for id in ["brush-low", "brush-high"] {
        let weak = Rc::downgrade(page);
        on(page, id, "change", move |_| {
            let page = weak.upgrade()?;
            let text = |id: &str| page.dom.find::<HtmlInputElement>(id).map(|input| input.value());
            wrap(Some(Message::Typed(text("brush-low")?, text("brush-high")?)))
        });
    }
    on(page, "brush-clear", "click", move |_| wrap(Some(Message::Clear)));
    for (id, by_size) in [("axis-linear", false), ("axis-log", true)] {
        on(page, id, "click", move |_| wrap(Some(Message::BySize(by_size))));
    }
}

/// Where the chart's values are, and where in it a pointer is.
fn place(page: &Page, model: &Model, event: &PointerEvent) -> Option<(Scale, f32)> {
    let (_, canvas) = page.canvases.as_ref()?;
    let unit = unit(page);
    let element = canvas.element();
    let size = [element.client_width(), element.client_height()].map(|side| (f64::from(side) / unit) as f32);
    Some((chart(model)?.scale(size[0], size[1]), (f64::from(event.offset_x()) / unit) as f32))
}

/// The bar under a pointer.
fn bar_at(page: &Page, event: &PointerEvent) -> Option<u32> {
    let model = page.model.borrow();
    let (scale, x) = place(page, &model, event)?;
    // Near its ends, and while a range is drawn, the chart is as wide as it need be.
    let near = if lens::is_drawn(&model) { f32::MAX } else { NEAR };
    let at = x.clamp(scale.plot.left, scale.plot.right);
    ((x - at).abs() <= near).then(|| scale.bin_at(at)).flatten().map(|bar| bar as u32)
}

/// The end of the range under a pointer: whether it is the upper one.
fn end_at(page: &Page, event: &PointerEvent) -> Option<bool> {
    let model = page.model.borrow();
    let (low, high) = model.scene.brush.filter(|_| !model.lens.by_size)?;
    let (scale, x) = place(page, &model, event)?;
    let reach = if event.pointer_type() == "touch" { FINGER } else { NEAR };
    let [low, high] = [low, high].map(|end| (scale.x_of(end) - x).abs());
    (low.min(high) <= reach).then_some(high < low)
}

/// What stands around the chart.
pub(super) fn show(page: &Page, model: &Model, shown: &mut Shown) {
    let dom = &page.dom;
    let (line, empty) = (lens::line(model), lens::empty(model));
    let (lens, scene) = (&model.lens, &model.scene);
    let looks = (&line, &empty, lens.by_size, lens.bar, scene.brush, &lens.fault, scene.bins, scene.window);
    let looks = format!("{looks:?}");
    if shown.lens == looks {
        return;
    }
    shown.lens = looks;
    dom.text("lens-line", &line);
    for (id, pressed) in [("axis-linear", !model.lens.by_size), ("axis-log", model.lens.by_size)] {
        dom.attribute(id, "aria-pressed", Some(if pressed { "true" } else { "false" }));
    }
    show_brush(dom, model);
    let bars = model.scene.bins;
    let (now, words) = match model.lens.bar {
        Some(bar) => (bar + 1, line),
        None => (0, "no bar".to_owned()),
    };
    for (name, value) in
        [("aria-valuemax", bars.to_string()), ("aria-valuenow", now.to_string()), ("aria-valuetext", words)]
    {
        dom.attribute("histogram-box", name, Some(&value));
    }
    dom.note("histogram-empty", empty.as_deref());
}

fn show_brush(dom: &Dom, model: &Model) {
    let fault = model.lens.fault.as_deref();
    if fault.is_none() {
        let text = |end: Option<f64>| end.map(lens::signed).unwrap_or_default();
        let brush = model.scene.brush;
        dom.value("brush-low", &text(brush.map(|ends| ends.0)));
        dom.value("brush-high", &text(brush.map(|ends| ends.1)));
    }
    for id in ["brush-low", "brush-high"] {
        dom.attribute(id, "aria-invalid", fault.map(|_| "true"));
        dom.attribute(id, "placeholder", Some(&lens::end_of_window(model, id == "brush-high")));
    }
    dom.note("brush-wrong", fault);
    dom.enable("brush-clear", model.scene.brush.is_some() || fault.is_some());
}
