//! The second panel: its picture, both titles, and the differences in words.

use super::Page;
use super::pictures::{colours, stale, unit};
use super::show::Shown;
use crate::compare::{self, Second};
use crate::kit::canvas::Canvas;
use crate::kit::dom::set_text;
use crate::kit::listen::target;
use crate::message::Message;
use crate::model::{Model, Now, Run};
use crate::words;
use std::rc::Rc;
use ticketscope_draw::layout::Frame;
use ticketscope_draw::overlay::Overlay;
use ticketscope_draw::picture::{PictureInput, View as Lines};
use web_sys::{HtmlInputElement, HtmlSelectElement};

/// Listens to the choice of what is compared.
pub(super) fn bind(page: &Rc<Page>) {
    super::bind::on(page, "compare", "change", |event| {
        target::<HtmlSelectElement>(&event).map(|select| Message::Compare(select.value()))
    });
    super::bind::on(page, "compare-seed", "change", |event| {
        target::<HtmlInputElement>(&event).map(|input| Message::CompareSeed(input.value()))
    });
}

/// Shows the second panel, or hides it.
pub(super) fn show(page: &Page, model: &Model, shown: &mut Shown) {
    let dom = &page.dom;
    let (option, seed) = compare::option(&model.scene);
    dom.choose("compare", &option);
    dom.show("compare-seed-field", seed.is_some());
    dom.value("compare-seed", &seed.map(|seed| seed.to_string()).unwrap_or_default());
    dom.attribute("compare-seed", "aria-invalid", model.faults.contains_key("compare").then_some("true"));
    let parts = model.current_second();
    dom.show("network-b", parts.is_some());
    dom.show("numbers-compare", parts.is_some());
    dom.attribute("slot-big", "data-compare", parts.is_some().then_some(""));
    let Some((second, run, now)) = parts else {
        shown.second = None;
        return;
    };
    let numbers = compare::both_numbers(second, run, now);
    let titles = compare::titles(&model.scene).unwrap_or_default();
    for (letter, (title, numbers)) in ["a", "b"].into_iter().zip(titles.iter().zip(&numbers)) {
        dom.text(&format!("title-{letter}"), &format!("{}: {title}", letter.to_ascii_uppercase()));
        dom.text(&format!("numbers-{letter}"), numbers);
    }
    let sentences = compare::sentences(&model.scene, second, run, now);
    dom.rows("differences", sentences.len(), |dom| dom.create("li"), |place, row| set_text(row, &sentences[place]));
    draw(page, model, (second, run, now), shown);
}

fn draw(page: &Page, model: &Model, (second, run, now): (&Second, &Run, &Now), shown: &mut Shown) {
    if shown.canvas_second.is_none() {
        shown.canvas_second = Canvas::find(&page.dom, "network-b-canvas");
    }
    let Some(canvas) = shown.canvas_second.clone() else { return };
    let what = format!("{} {:?} {}", run.key, model.scene.compare, now.moment.step());
    if !stale(page, model, &canvas, what, &mut shown.second) {
        return;
    }
    let shape = run.timeline.shape();
    page.dom.attribute("network-b-canvas", "aria-label", Some(&words::states(shape, &second.now.moment)));
    let Some((width, height)) = canvas.begin(&page.window, unit(page)) else { return };
    let event = second.timeline.as_ref().and_then(|timeline| timeline.event(second.now.moment.step()));
    let differs = compare::only_in(&second.now, now);
    let input = PictureInput {
        overlay: &Overlay { differs: &differs, ..Overlay::NONE },
        ..PictureInput::of(second.network(&run.network), &second.now.moment, event)
    };
    let (frame, theme) = (Frame::new(width, height), colours(page, model));
    shown.kept_second.draw(&canvas, &input, frame, Lines::Auto, &theme);
}
