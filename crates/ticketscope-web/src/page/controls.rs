//! The controls: each field's text, slider, fault and lock.

use crate::kit::dom::Dom;
use crate::model::{CHOICES, Model, NUMBERS, SEEDS, field};
use crate::slider;
use ticketscope_core::law::Law;
use ticketscope_core::prune::Rule;
use ticketscope_scene::number::figure;
use ticketscope_scene::scene::{Alpha, Confidence};

/// Each control's sentence of help, on hovering.
pub(super) fn show_help(dom: &Dom) {
    for &key in NUMBERS.iter().chain(CHOICES).chain(SEEDS) {
        dom.attribute(key, "title", field(key).map(|field| field.help));
    }
    dom.attribute("alpha-mode", "title", field("alpha").map(|field| field.help));
}

/// The text of a field as it stands in its control.
fn field_text(model: &Model, key: &str) -> String {
    if let Some(fault) = model.faults.get(key) {
        return fault.text.clone();
    }
    let alpha = model.products.as_ref().map(|products| products.figures.alpha);
    match (key, model.scene.alpha, alpha) {
        ("alpha", Alpha::Auto | Alpha::Flat, Some(alpha)) => figure(alpha),
        _ => field(key).map(|field| field.write(&model.scene)).unwrap_or_default(),
    }
}

/// Writes a field's text even while it has the focus.
pub(super) fn refill(dom: &Dom, model: &Model, key: &str) {
    // Trials are buttons.
    if !CHOICES.contains(&key) && key != "trials" {
        dom.replace_value(key, &field_text(model, key));
    }
}

/// Every control as the scene has it.
pub(super) fn show_controls(dom: &Dom, model: &Model) {
    for &key in NUMBERS {
        let text = field_text(model, key);
        dom.value(key, &text);
        show_fault(dom, model, key);
        let Some(field) = field(key) else { continue };
        let stops = slider::stops(field);
        let alpha = model.products.as_ref().map(|products| products.figures.alpha).filter(|alpha| alpha.is_finite());
        let value = match (key, model.scene.confidence) {
            ("alpha", _) => slider::number(&field.value(&model.scene)).or(alpha).unwrap_or(1.0),
            ("confidence", Confidence::E) => core::f64::consts::E,
            _ => slider::number(&field.value(&model.scene)).unwrap_or(0.0),
        };
        let most = stops.len().saturating_sub(1) as u32;
        dom.slider(&format!("{key}-slider"), most, slider::position(&stops, value), &text);
    }
    for &key in CHOICES {
        dom.choose(key, &field_text(model, key));
    }
    for &key in SEEDS {
        dom.value(key, &field_text(model, key));
        show_fault(dom, model, key);
        let locked = model.is_locked(key);
        dom.attribute(&format!("{key}-lock"), "aria-pressed", Some(if locked { "true" } else { "false" }));
        dom.attribute(&format!("{key}-roll"), "aria-disabled", locked.then_some("true"));
    }
    let scene = &model.scene;
    dom.choose(
        "alpha-mode",
        match scene.alpha {
            Alpha::Auto => "auto",
            Alpha::Flat => "flat",
            Alpha::Value(_) => "typed",
        },
    );
    // α, and the resolution that decides it, mean something under one law only; the rest of the page stays where it is.
    let power = scene.law == Law::Power;
    for id in ["alpha-mode", "alpha", "alpha-slider"] {
        dom.enable(id, power);
    }
    for id in ["resolution", "resolution-slider"] {
        dom.enable(id, power && scene.alpha == Alpha::Auto);
    }
    // A file decides the shape, and the weights if it has any.
    let own = model.own.as_ref();
    for key in ["hidden", "width", "sources", "sinks"] {
        dom.enable(key, own.is_none());
        dom.enable(&format!("{key}-slider"), own.is_none());
    }
    let drawn = own.is_none_or(|own| own.weights.is_none());
    for id in ["seed", "seed-roll"] {
        dom.enable(id, drawn);
    }
    dom.enable("orphans", scene.rule == Rule::Layer);
}

fn show_fault(dom: &Dom, model: &Model, key: &str) {
    let fault = model.faults.get(key);
    dom.note(&format!("{key}-wrong"), fault.map(|fault| fault.sentence.as_str()));
    dom.attribute(key, "aria-invalid", fault.map(|_| "true"));
}
