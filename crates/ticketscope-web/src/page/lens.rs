//! The histogram under a pointer, a finger and the arrow keys, and the fields of the range that stays lit.

use super::Page;
use super::bind::{on, on_target};
use super::pictures::{chart, unit};
use crate::kit::dom::Dom;
use crate::lens::{self, Message};
use crate::message;
use crate::model::Model;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, PointerEvent};

/// Beside the first and the last bar, CSS px, they are still meant.
const NEAR: f32 = 8.0;

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
            let bar = bar_at(page, event).filter(|_| event.button() == 0)?;
            if let Some((_, canvas)) = &page.canvases {
                // A pointer that is gone by now cannot be held: then there is nothing to hold.
                let _ = canvas.element().set_pointer_capture(event.pointer_id());
            }
            Some(Message::Pressed(bar))
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

/// The bar under a pointer.
fn bar_at(page: &Page, event: &PointerEvent) -> Option<u32> {
    let (_, canvas) = page.canvases.as_ref()?;
    let unit = unit(page);
    let element = canvas.element();
    let size = [element.client_width(), element.client_height()].map(|side| (f64::from(side) / unit) as f32);
    let x = (f64::from(event.offset_x()) / unit) as f32;
    let model = page.model.borrow();
    let scale = chart(&model)?.scale(size[0], size[1]);
    // Near its ends, and while a range is drawn, the chart is as wide as it need be.
    let near = if lens::is_drawn(&model) { f32::MAX } else { NEAR };
    let at = x.clamp(scale.plot.left, scale.plot.right);
    ((x - at).abs() <= near).then(|| scale.bin_at(at)).flatten().map(|bar| bar as u32)
}

/// What stands around the chart.
pub(super) fn show(page: &Page, model: &Model) {
    let dom = &page.dom;
    dom.text("lens-line", &lens::line(model));
    for (id, pressed) in [("axis-linear", !model.lens.by_size), ("axis-log", model.lens.by_size)] {
        dom.attribute(id, "aria-pressed", Some(if pressed { "true" } else { "false" }));
    }
    show_brush(dom, model);
    let bars = model.scene.bins;
    let (now, words) = match model.lens.bar {
        Some(bar) => (bar + 1, lens::line(model)),
        None => (0, "no bar".to_owned()),
    };
    for (name, value) in
        [("aria-valuemax", bars.to_string()), ("aria-valuenow", now.to_string()), ("aria-valuetext", words)]
    {
        dom.attribute("histogram-box", name, Some(&value));
    }
    dom.note("histogram-empty", lens::empty(model).as_deref());
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
