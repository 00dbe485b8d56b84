//! The step under the pointer: a small picture and a sentence above the scrub bar, before anything moves there.

use super::Page;
use super::pictures::{colours, paint_network};
use crate::kit::canvas::Canvas;
use crate::kit::dom::property;
use crate::message::Message;
use crate::model::{Model, Now, Run};
use crate::track;
use std::rc::Rc;
use ticketscope_draw::camera::Camera;
use ticketscope_draw::layout::Frame;
use ticketscope_draw::overlay::Overlay;
use ticketscope_draw::picture::MOST_LINES;
use ticketscope_scene::number::grouped;
use ticketscope_scene::report::event_in;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, MouseEvent};

/// Listens for a pointer over the scrub bar. A finger, or a button that is held, moves the timeline itself.
pub(super) fn bind(page: &Rc<Page>) {
    let weak = Rc::downgrade(page);
    super::bind::on(page, "scrub", "mousemove", move |event| {
        let step = step_at(&*weak.upgrade()?, &event);
        Some(Message::Track(track::Message::Pointed(step)))
    });
    for kind in ["mouseleave", "mousedown"] {
        super::bind::on(page, "scrub", kind, |_| Some(Message::Track(track::Message::Pointed(None))));
    }
}

/// The step under the pointer, if there is a run and no button is held.
fn step_at(page: &Page, event: &Event) -> Option<u32> {
    let mouse = event.dyn_ref::<MouseEvent>().filter(|mouse| mouse.buttons() == 0)?;
    let bar = page.dom.find::<Element>("marks")?.get_bounding_client_rect();
    let last = page.model.borrow().last_step();
    let share = (f64::from(mouse.client_x()) - bar.left()) / bar.width().max(1.0);
    (last > 0).then(|| (share.clamp(0.0, 1.0) * f64::from(last)).round() as u32)
}

/// Shows the step under the pointer; `drawn` is what the small picture holds.
pub(super) fn show(page: &Page, model: &Model, drawn: &mut String) {
    let pointed = model.track.pointed.zip(model.run.as_deref());
    page.dom.show("preview", pointed.is_some());
    let Some((step, run)) = pointed else {
        drawn.clear();
        return;
    };
    page.dom.text("preview-step", &format!("step {}:", grouped(u64::from(step))));
    let end = if run.timeline.destroyed_at() == Some(step) { "; the last ticket is gone" } else { "" };
    page.dom.text("preview-event", &format!("{}{end}", event_in(&run.timeline, step)));
    page.dom.with("preview", |preview: &HtmlElement| {
        property(preview, "--at", &format!("{:.2}", 100.0 * f64::from(step) / f64::from(model.last_step().max(1))));
    });
    let small = run.timeline.shape().edge_count() <= MOST_LINES;
    page.dom.show("preview-canvas", small);
    let what = format!("{step} {} {:?}", run.key, model.theme);
    if small && *drawn != what {
        *drawn = what;
        draw(page, model, run, &Now::at(run, step));
    }
}

fn draw(page: &Page, model: &Model, run: &Run, now: &Now) {
    let Some(canvas) = Canvas::find(&page.dom, "preview-canvas") else { return };
    let Some((width, height)) = canvas.begin(&page.window, 1.0) else { return };
    let theme = colours(page, model);
    paint_network(&canvas, run, now, &Overlay::NONE, Camera::WHOLE, Frame::new(width, height), &theme);
}
