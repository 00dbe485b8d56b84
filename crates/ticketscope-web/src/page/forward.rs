//! The forward pass on the page: a switch, inputs, the terms of an output, the values of all nodes.

use super::Page;
use super::bind::{on, on_target, position};
use super::show::Shown;
use crate::forward::{self, Field, LAST, Message, SLIDERS};
use crate::kit::dom::{Dom, set_attribute, set_cell, set_text};
use crate::kit::listen::target;
use crate::message;
use crate::model::{Model, Now, Run};
use std::rc::Rc;
use ticketscope_core::shape::{Node, Shape};
use ticketscope_scene::name;
use ticketscope_scene::number::{figure, grouped, plural};
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement};

/// Listens to the section.
pub(super) fn bind(page: &Rc<Page>) {
    let wrap = message::Message::Forward;
    on(page, "forward-on", "change", move |event| {
        target::<HtmlInputElement>(&event).map(|input| wrap(Message::On(input.checked())))
    });
    on(page, "activation", "change", move |event| {
        target::<HtmlSelectElement>(&event).map(|select| wrap(Message::Activation(select.value())))
    });
    for row in 0..SLIDERS {
        let typed = Rc::downgrade(page);
        on(page, &format!("input-{row}"), "change", move |event| {
            let text = target::<HtmlInputElement>(&event)?.value();
            Some(wrap(Message::Typed(field(&typed.upgrade()?.model.borrow(), row), text)))
        });
        for (kind, done) in [("input", false), ("change", true)] {
            let slid = Rc::downgrade(page);
            on(page, &format!("input-{row}-slider"), kind, move |event| {
                let field = field(&slid.upgrade()?.model.borrow(), row);
                Some(wrap(Message::Slid(field, position(&event), done)))
            });
        }
    }
    if let Some(rows) = page.dom.find::<Element>("inputs-rows") {
        on_target(page, &rows, "change", move |event| {
            let input = target::<HtmlInputElement>(&event)?;
            let source = input.dataset().get("source")?.parse().ok()?;
            Some(wrap(Message::Typed(Some(source), input.value())))
        });
    }
    let chosen = |event: &Event| target::<HtmlSelectElement>(event)?.value().parse().ok();
    on(page, "sink", "change", move |event| chosen(&event).map(|sink| wrap(Message::Sink(sink))));
    on(page, "values-layer", "change", move |event| chosen(&event).map(|layer| wrap(Message::Layer(layer))));
    for id in ["values", "inputs"] {
        on(page, id, "toggle", |_| Some(message::Message::Resized));
    }
}

/// Which input a row of the section sets: one source's, or, where there are many, all.
fn field(model: &Model, row: usize) -> Field {
    (model.scene.sources as usize <= SLIDERS).then_some(row as u32)
}

/// Shows the section.
pub(super) fn show(page: &Page, model: &Model, shown: &mut Shown) {
    let dom = &page.dom;
    let on = !model.scene.input.is_empty();
    let open = on.then(|| ["values", "inputs"].map(|id| is_open(dom, id)));
    let (state, scene) = (&model.forward, &model.scene);
    let run = model.run.as_ref().map(|run| &run.key);
    let step = model.now.as_ref().map(|now| now.moment.step());
    let looks = (open, run.filter(|_| on), step.filter(|_| on), &scene.input, scene.activation, scene.sources);
    let looks = format!("{looks:?} {:?} {} {}", state.fault, state.layer, state.sink);
    if shown.forward == looks {
        return;
    }
    shown.forward = looks;
    dom.with("forward-on", |input: &HtmlInputElement| {
        if input.checked() != on {
            input.set_checked(on);
        }
    });
    dom.text("forward-line", &forward::line(model));
    dom.show("forward-body", on);
    if !on {
        return;
    }
    dom.choose("activation", model.scene.activation.word());
    show_inputs(dom, model);
    if let (Some(run), Some(now)) = (&model.run, &model.now) {
        show_terms(dom, model, run, now);
        show_values(dom, model, run);
    }
}

fn show_inputs(dom: &Dom, model: &Model) {
    let sources = model.scene.sources as usize;
    let inputs = forward::inputs(model);
    for row in 0..SLIDERS {
        let shown = row < sources.min(if sources > SLIDERS { 1 } else { SLIDERS });
        dom.show(&format!("input-row-{row}"), shown);
        if !shown {
            continue;
        }
        let same = inputs.iter().all(|&value| value == inputs[0]);
        let label = match sources {
            1 => "Input x".to_owned(),
            n if n > SLIDERS && same => format!("Input of all {} sources", grouped(n as u64)),
            n if n > SLIDERS => format!("Input of all {} sources (they differ)", grouped(n as u64)),
            _ => format!("Input x{}", row + 1),
        };
        dom.text(&format!("input-label-{row}"), &label);
        let value = inputs.get(row).copied().unwrap_or(1.0);
        let text = forward::text(value);
        let fault = model.forward.fault.as_ref().is_some_and(|(at, _)| *at == field(model, row));
        if !fault {
            dom.value(&format!("input-{row}"), &text);
        }
        dom.attribute(&format!("input-{row}"), "aria-invalid", fault.then_some("true"));
        dom.slider(&format!("input-{row}-slider"), LAST, forward::position(value), &text);
    }
    dom.note("input-wrong", model.forward.fault.as_ref().map(|(_, sentence)| sentence.as_str()));
    dom.show("inputs", sources > SLIDERS);
    if sources <= SLIDERS || !is_open(dom, "inputs") {
        return;
    }
    let make = |dom: &Dom| {
        let row = dom.create_with("tr", &["th", "td"])?;
        let input = dom.create("input")?;
        for (name, value) in [("class", "text"), ("type", "text"), ("inputmode", "decimal")] {
            set_attribute(&input, name, Some(value));
        }
        row.last_element_child()?.append_child(&input).ok()?;
        Some(row)
    };
    dom.rows("inputs-rows", sources, make, |source, row| {
        set_cell(row, 0, &format!("x{}", source + 1));
        let Ok(Some(input)) = row.query_selector("input") else { return };
        set_attribute(&input, "data-source", Some(&source.to_string()));
        set_attribute(&input, "aria-label", Some(&format!("Input x{}", source + 1)));
        dom.put(&input, &forward::text(inputs[source]));
    });
}

/// The sum of an output, term by term.
fn show_terms(dom: &Dom, model: &Model, run: &Run, now: &Now) {
    let Some(pass) = &model.forward.pass else { return };
    let shape = run.network.shape();
    let sink = model.forward.sink.min(shape.sinks() - 1);
    dom.show("sink-row", shape.sinks() > 1);
    options(dom, "sink", shape.sinks(), sink, |place| name::node(shape, sink_node(shape, place)));
    let sum = forward::sum(run, now, pass, shape.node_id(sink_node(shape, sink)));
    let terms = plural(sum.terms.len() as u64, "term");
    let head =
        if sum.terms.is_empty() { "no edge into it is alive" } else { "a node’s value times the weight to it" };
    dom.text("terms-caption", &format!("{} is the sum of {terms}: {head}", sum.name));
    let unit = if sum.unit.is_empty() { "Product".to_owned() } else { format!("Product, in {}", sum.unit) };
    dom.text("terms-unit", &unit);
    dom.text("terms-name", &format!("{}, the sum", sum.name));
    dom.text("terms-total", &sum.total);
    let columns = ["th", "td", "td", "td", "td", "td"];
    dom.rows(
        "terms-rows",
        sum.terms.len(),
        |dom| dom.create_with("tr", &columns),
        |place, row| {
            let term = &sum.terms[place];
            let cells = [&term.name, &term.value, "×", &term.weight, "=", &term.product];
            for (cell, text) in cells.into_iter().enumerate() {
                set_cell(row, cell as u32, text);
            }
            for cell in [1, 3, 5] {
                sign(row, cell, cells[cell as usize]);
            }
        },
    );
}

/// Colours a number by the sign that it begins with.
fn sign(row: &Element, cell: u32, text: &str) {
    let is_zero = !text.contains(|c: char| c.is_ascii_digit() && c != '0');
    let class = if is_zero {
        None
    } else if text.starts_with('−') {
        Some("minus")
    } else {
        Some("plus")
    };
    if let Some(cell) = row.children().item(cell) {
        set_attribute(&cell, "class", class);
    }
}

fn sink_node(shape: &Shape, sink: u32) -> Node {
    Node { layer: shape.hidden_layers() + 1, index: sink }
}

/// The values of a node layer, while they are looked at.
fn show_values(dom: &Dom, model: &Model, run: &Run) {
    let Some(pass) = model.forward.pass.as_ref().filter(|_| is_open(dom, "values")) else { return };
    let shape = run.network.shape();
    let layer = model.forward.layer.min(shape.node_layers() - 1);
    options(dom, "values-layer", shape.node_layers(), layer, |layer| match layer {
        0 => "sources".to_owned(),
        layer if layer > shape.hidden_layers() => "sinks".to_owned(),
        layer => format!("hidden layer {layer}"),
    });
    let first = shape.first_node(layer);
    let nodes = shape.nodes_in(layer);
    let off = pass.off[first as usize..][..nodes as usize].iter().filter(|&&off| off).count();
    let off = if off > 0 { format!(", {} of them pass nothing on", grouped(off as u64)) } else { String::new() };
    dom.text("values-caption", &format!("{}{off}", plural(u64::from(nodes), "node")));
    dom.rows(
        "values-rows",
        nodes as usize,
        |dom| dom.create_with("tr", &["th", "td", "td"]),
        |place, row| {
            let node = first as usize + place;
            set_cell(row, 0, &name::node(shape, Node { layer, index: place as u32 }));
            let (sum, value) = (figure(pass.sums[node]), figure(pass.values[node]));
            set_cell(row, 1, &sum);
            set_cell(row, 2, if pass.off[node] { "0, off" } else { &value });
            sign(row, 1, &sum);
            sign(row, 2, &value);
        },
    );
}

/// Fills a select with so many options, and chooses one.
fn options(dom: &Dom, id: &str, many: u32, chosen: u32, text: impl Fn(u32) -> String) {
    dom.rows(
        id,
        many as usize,
        |dom| dom.create("option"),
        |place, option| {
            set_attribute(option, "value", Some(&place.to_string()));
            set_text(option, &text(place as u32));
        },
    );
    dom.choose(id, &chosen.to_string());
}

fn is_open(dom: &Dom, id: &str) -> bool {
    dom.find::<Element>(id).is_some_and(|details| details.has_attribute("open"))
}
