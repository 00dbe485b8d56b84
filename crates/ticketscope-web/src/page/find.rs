//! The Find view: the number line under the picture, and the search in numbers beside it.

use super::Page;
use crate::find::{self, Line};
use crate::kit::dom::{property, set_attribute, set_cell, set_text};
use crate::message::Message;
use crate::model::{Model, Now};
use std::rc::Rc;
use ticketscope_scene::find::Found;
use ticketscope_scene::number::{canonical, figure, figure_to, grouped, share};
use ticketscope_scene::scene::View;
use web_sys::HtmlElement;

/// Listens to the way back into what is searched.
pub(super) fn bind(page: &Rc<Page>) {
    super::bind::on(page, "find-fit", "click", |_| Some(Message::FitSearch));
}

/// Shows the search, or hides what belongs to it.
pub(super) fn show(page: &Page, model: &Model) {
    let dom = &page.dom;
    let found = model.found().zip(model.now.as_ref()).filter(|_| model.scene.view == View::Find);
    dom.show("find", found.is_some());
    dom.show("numbers-find", found.is_some());
    dom.show("find-fit", model.scene.view == View::Find && model.find_refusal().is_some());
    let Some((found, now)) = found else {
        dom.note("find-note", None);
        return;
    };
    show_line(page, found, now);
    dom.note("find-note", find::note(model));
    show_numbers(page, found);
    show_chains(page, found, now);
}

fn show_line(page: &Page, found: &Found, now: &Now) {
    let dom = &page.dom;
    let step = now.moment.step();
    let line = Line::of(found);
    let sum = found.sum_at(step);
    let place = |id: &str, name: &str, x: f64| {
        dom.with(id, |element: &HtmlElement| property(element, name, &format!("{:.3}", line.at(x))));
    };
    place("find-band", "--at", found.target - found.epsilon);
    place("find-band", "--to", found.target + found.epsilon);
    place("find-target", "--at", found.target);
    place("find-now", "--at", sum);
    // Labels turn inwards at the ends of the line.
    for (id, x) in [("find-target", found.target), ("find-now", sum)] {
        let side = match line.at(x) {
            at if at < 15.0 => Some("start"),
            at if at > 85.0 => Some("end"),
            _ => None,
        };
        dom.attribute(id, "data-side", side);
    }
    dom.text("find-beta", &find::signed(found.target));
    dom.text("find-sum", &find::signed_figure(sum));
    dom.attribute("find-line", "aria-label", Some(&line.words(found, step)));
    let won = step == found.timeline.len() && found.is_won();
    dom.attribute("find-line", "data-won", won.then_some(""));
    dom.rows(
        "find-ticks",
        line.ticks.len(),
        |dom| dom.create("li"),
        |number, row| {
            if let Some(&x) = line.ticks.get(number) {
                property(row, "--at", &format!("{:.3}", line.at(x)));
                // A number under the label of the sum would only be in its way.
                let is_free = (line.at(x) - line.at(sum)).abs() > 8.0;
                set_text(row, &if is_free { tick(x) } else { String::new() });
            }
        },
    );
}

/// A multiple of a round step, without what floats add to it.
fn tick(x: f64) -> String {
    let text = format!("{x:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.').replace('-', "−");
    if text == "−0" { "0".to_owned() } else { text }
}

fn show_numbers(page: &Page, found: &Found) {
    let dom = &page.dom;
    let paths = found.terms.len();
    dom.text("find-paths", &grouped(paths as u64));
    dom.text(
        "find-sets",
        &format!("2{} = {}", ticketscope_scene::number::superscript(paths as i32), grouped(found.candidates)),
    );
    let exact = |id: &str, text: &str, x: f64| {
        dom.text(id, text);
        dom.attribute(id, "title", Some(&canonical(x)));
    };
    exact("find-best", &figure_to(found.sum, 4), found.sum);
    exact("find-error", &figure(found.error), found.error);
    let shape = found.network.shape();
    let kept = found.kept().count() as u32 * shape.path_length();
    dom.text("find-kept", &format!("{} of {}", grouped(kept.into()), grouped(shape.edge_count().into())));
    dom.text("find-sparsity", &share(1.0 - f64::from(kept) / f64::from(shape.edge_count())));
    exact("find-check", &figure(found.check.max_error), found.check.max_error);
    dom.text(
        "find-check-line",
        &format!(
            "Check: the largest error of the pruned network’s own output, at {} inputs from −1 to 1. The search left no set out, so \
             its verdict is a proof: {}.",
            found.check.inputs,
            if found.is_won() { "a winning ticket is there" } else { "there is no winning ticket" }
        ),
    );
}

fn show_chains(page: &Page, found: &Found, now: &Now) {
    let dom = &page.dom;
    let (chains, sum) = find::chains(found, now);
    let step = now.moment.step();
    let left = chains.len();
    let title =
        if step == found.timeline.len() && found.is_won() { "The ticket, path by path" } else { "Paths that are left" };
    dom.text("find-chains-title", title);
    dom.rows(
        "find-chains-rows",
        left,
        |dom| dom.create_with("tr", &["th", "td", "td"]),
        |number, row| {
            let chain = &chains[number];
            if let Some(head) = row.first_element_child() {
                set_attribute(&head, "scope", Some("row"));
            }
            for (cell, text) in [(0, &chain.name), (1, &chain.weights), (2, &chain.product)] {
                set_cell(row, cell, text);
            }
        },
    );
    dom.text("find-chains-sum", &sum);
}
