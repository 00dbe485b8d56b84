//! The section on the screen: its listeners, its texts and its pictures.

use super::ensemble::{self, Named};
use super::{RULES, Shows, Survival, chart, settle, stop, want_exact};
use crate::charts::Charts;
use crate::charts::parts::{Dots, check_box, draw_curves, fill, press, show_work, value_under};
use crate::kit::dom::{Dom, set_attribute, set_cell, set_text};
use crate::kit::listen::target;
use std::rc::Rc;
use ticketscope_scene::number::{figure, figure_to, grouped};
use ticketscope_scene::survival::Bounds;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// Whether the section is open.
pub(super) fn is_open(charts: &Charts) -> bool {
    charts.dom.find::<Element>("survival-more").is_some_and(|section| section.has_attribute("open"))
}

/// Listeners, once.
pub fn bind(charts: &Rc<Charts>) {
    let dom = &charts.dom;
    dom.rows("survival-rules", RULES.len(), check_box, |place, row| {
        set_attribute(row, "data-rule", Some(RULES[place].word()));
        if let Some(text) = row.last_element_child() {
            set_text(&text, chart::name(RULES[place]));
        }
    });
    charts.on("survival-more", "toggle", |charts, _| changed(charts, |_| {}));
    charts.on("survival-rules", "change", |charts, event| {
        let Some(input) = target::<HtmlInputElement>(&event) else { return };
        let word = input.parent_element().and_then(|row| row.get_attribute("data-rule"));
        let Some(rule) = RULES.into_iter().find(|rule| word.as_deref() == Some(rule.word())) else { return };
        changed(charts, |survival| {
            survival.stopped = false;
            survival.over.retain(|&other| other != rule);
            survival.over.extend(input.checked().then_some(rule));
        });
    });
    for (id, act) in [
        ("survival-by", (|survival| survival.shows = Shows::By) as fn(&mut Survival)),
        ("survival-at", |survival| survival.shows = Shows::At),
        ("survival-linear", |survival| survival.log = false),
        ("survival-log", |survival| survival.log = true),
    ] {
        charts.on(id, "click", move |charts, _| changed(charts, act));
    }
    charts.on("survival-exact", "click", |charts, _| want_exact(charts));
    charts.on("survival-cancel", "click", |charts, _| {
        stop(charts);
        charts.dom.focus("survival-log");
    });
    charts.on("survival-canvas", "pointermove", |charts, event| {
        let chart = chart::curves(&charts.survival.borrow());
        let Some(k) = value_under(charts, "survival-canvas", &chart, &event) else { return };
        charts.survival.borrow_mut().cursor = Some(k.round().max(0.0));
        charts.redraw();
    });
    charts.on("survival-canvas", "pointerleave", |charts, _| changed(charts, |survival| survival.cursor = None));
    DOTS.bind(charts);
}

fn changed(charts: &Rc<Charts>, act: impl FnOnce(&mut Survival)) {
    act(&mut charts.survival.borrow_mut());
    settle(charts);
    charts.redraw();
}

/// The dots by the step that destroyed them, then by number.
fn in_order(dots: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..dots.len()).filter(|&place| dots[place].is_finite()).collect();
    order.sort_by(|&a, &b| dots[a].total_cmp(&dots[b]).then(a.cmp(&b)));
    order
}

/// A dot a network, in the order of destruction.
const DOTS: Dots = Dots {
    id: "survival-dots",
    canvas: "survival-dots-canvas",
    strip: |charts| chart::dots(&charts.survival.borrow()),
    order: |charts| in_order(charts.survival.borrow().dots()),
    lit: |charts| charts.survival.borrow().dot,
    light: |charts, dot| charts.survival.borrow_mut().dot = dot,
    link: |charts, dot| {
        let survival = charts.survival.borrow();
        let &k = survival.dots().get(dot).filter(|k| k.is_finite())?;
        // Steps are counted in 32 bits.
        Some(survival.link(Named { k: k as u32, trial: dot as u64 }))
    },
};

/// The section as it is seen.
pub fn show(charts: &Rc<Charts>) {
    let (dom, survival) = (&charts.dom, &*charts.survival.borrow());
    dom.show("survival-body", true);
    if !is_open(charts) {
        return;
    }
    show_tools(charts, survival);
    dom.text("survival-line", &line(survival));
    dom.text("survival-told", &told(survival));
    show_table(dom, survival);
    show_twin(dom, survival);
    draw_curves(charts, "survival-canvas", &chart::curves(survival));
    show_dots(charts, survival);
}

fn show_tools(charts: &Charts, survival: &Survival) {
    let dom = &charts.dom;
    press(
        dom,
        &[
            ("survival-by", survival.shows == Shows::By),
            ("survival-at", survival.shows == Shows::At),
            ("survival-linear", !survival.log),
            ("survival-log", survival.log),
        ],
    );
    dom.with("survival-rules", |rules: &Element| {
        for (place, rule) in RULES.into_iter().enumerate() {
            let input = rules.children().item(place as u32).and_then(|row| row.first_element_child());
            let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else { continue };
            let own = rule == survival.scene.rule;
            input.set_checked(own || survival.over.contains(&rule));
            input.set_disabled(own);
        }
    });
    dom.show("survival-rules", survival.scene.trials > 0);
    show_work(dom, "survival", survival.progress(charts));
    dom.show("survival-exact", survival.exact_waits());
    dom.text("survival-exact", "Work out the exact curve: it takes long");
}

/// What is drawn: n, sampled or exact, what the band is; and what went wrong.
fn line(survival: &Survival) -> String {
    let mut line = match survival.scene.trials {
        0 => "No network is sampled: choose ×100 or more. ".to_owned(),
        total => {
            let n = survival.curve(survival.scene.rule).map_or(0, |curve| curve.ensemble.survival.trials());
            let of = if n == total { String::new() } else { format!(" of {}", grouped(total)) };
            let from = if survival.log { ", from the first death on" } else { "" };
            format!("{}{of} networks, sampled; band: 95 % Wilson interval{from}. ", grouped(n))
        }
    };
    line += "Exact: balls in bins (dashed), and the variant in which orphaned edges count (line), both of rule layer.";
    for curve in survival.shown() {
        if let Some(why) = &curve.failed {
            line += &format!(" {}: {why}.", chart::name(curve.rule));
        }
    }
    for asked in [&survival.bins, &survival.exact] {
        line += &asked.failed.as_ref().map(|why| format!(" {why}.")).unwrap_or_default();
    }
    line
}

fn percent(chance: f64) -> String {
    if chance > 0.0 && chance < 1e-3 { figure_to(chance, 3) } else { figure_to(chance, 4) }
}

/// The values where the pointer stands.
fn told(survival: &Survival) -> String {
    let Some(k) = survival.cursor else { return "Point at the chart to read its values.".to_owned() };
    let mut words = vec![format!("k = {}", grouped(k as u64))];
    for (label, chances) in [("bins", chart::tail(survival)), ("orphans counted", &survival.exact.numbers)] {
        words.extend(chart::chance(chances, k as u64).map(|p| format!("{label} {}", percent(p))));
    }
    for curve in survival.shown() {
        let Some((p, low, high)) = curve.ensemble.by(k as u32) else { continue };
        let name = chart::name(curve.rule);
        words.push(format!("{name} {} [{}, {}]", percent(p), percent(low), percent(high)));
    }
    words.join(" · ")
}

/// Each account's largest safe k, and its chance at the paper's.
fn show_table(dom: &Dom, survival: &Survival) {
    let confidence = survival.scene.confidence.value();
    let [(_, paper), (_, lambert)] = chart::bounds(survival);
    let paper_safe = paper.map(Bounds::largest_safe);
    let whole = |k: Option<u64>| k.map_or_else(|| "–".to_owned(), grouped);
    let at = |chances: &[f64]| {
        let chance = paper_safe.and_then(|k| chart::chance(chances, k));
        chance.map_or_else(|| "–".to_owned(), |p| if p == 0.0 { "below 10⁻²⁷⁹".to_owned() } else { percent(p) })
    };
    let none = "–".to_owned();
    let not = if chart::applies(survival) { "" } else { " (does not apply)" };
    let bins = survival.bins.numbers.get(2).filter(|k| k.is_finite()).map(|&k| k as u64);
    let exact = &survival.exact.numbers;
    let mut rows = vec![
        [
            format!("Paper’s bound, below {}{not}", paper.map_or(none.clone(), |k| figure_to(k, 6))),
            whole(paper_safe),
            none.clone(),
        ],
        [
            format!("Lambert’s bound, below {}{not}", lambert.map_or(none.clone(), |k| figure_to(k, 6))),
            whole(lambert.map(Bounds::largest_safe)),
            none.clone(),
        ],
        ["Balls in bins, exact".to_owned(), whole(bins), at(chart::tail(survival))],
        ["Orphans counted, exact".to_owned(), whole(ensemble::largest_safe(exact, confidence)), at(exact)],
    ];
    for curve in survival.shown() {
        let n = grouped(curve.ensemble.survival.trials());
        let safe = curve.ensemble.survival.largest_safe(confidence).map(u64::from);
        let by = paper_safe.and_then(|k| curve.ensemble.by(u32::try_from(k).unwrap_or(u32::MAX)));
        let by =
            by.map_or(none.clone(), |(p, low, high)| format!("{} [{}, {}]", percent(p), percent(low), percent(high)));
        rows.push([format!("Rule {}, sampled, n = {n}", chart::name(curve.rule)), whole(safe), by]);
    }
    let risk = figure(confidence);
    dom.text(
        "survival-caption",
        &format!(
            "The largest k with a chance of destruction of at most 1/c, c = {risk}; in brackets 95 % Wilson intervals"
        ),
    );
    fill(dom, "survival-safe", &rows);
}

/// The curves at a dozen steps.
fn show_twin(dom: &Dom, survival: &Survival) {
    let tail = chart::tail(survival);
    let measured = survival.curve(survival.scene.rule).map(|curve| &curve.ensemble);
    let last = measured.and_then(|one| one.survival.max()).map_or(tail.len().saturating_sub(1) as u64, u64::from);
    let known = |chances: &[f64], k| chart::chance(chances, k).map_or_else(|| "–".to_owned(), percent);
    let rows: Vec<[String; 4]> = (0..=12)
        .map(|part| last * part / 12)
        .map(|k| {
            let by = measured.and_then(|one| one.by(k as u32));
            let by = by.map(|(p, low, high)| format!("{} [{}, {}]", percent(p), percent(low), percent(high)));
            let exact = known(&survival.exact.numbers, k);
            [grouped(k), known(tail, k), exact, by.unwrap_or_else(|| "–".to_owned())]
        })
        .collect();
    fill(dom, "survival-twin", &rows);
}

fn show_dots(charts: &Charts, survival: &Survival) {
    let dom = &charts.dom;
    let dots = survival.dots();
    let any = survival.scene.trials > 0;
    for id in ["survival-dots", "survival-dot", "survival-extremes"] {
        dom.show(id, any);
    }
    if !any {
        return;
    }
    let total = survival.scene.trials;
    let few = if total > ensemble::DOTS { format!("The first {} of ", grouped(ensemble::DOTS)) } else { String::new() };
    let lit = survival.dot.and_then(|dot| Some((dot, *dots.get(dot).filter(|k| k.is_finite())?)));
    let words = match lit {
        Some((dot, k)) => capital(&chart::told(&survival.scene, dot, k)),
        None => format!("{few}{} networks, a dot each: click one to open it as it dies.", grouped(total)),
    };
    dom.text("survival-dot", &words);
    DOTS.show(charts, &words);
    show_extremes(dom, survival);
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|letter| letter.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// The first and the last to be destroyed, each with its link.
fn show_extremes(dom: &Dom, survival: &Survival) {
    let own = survival.curve(survival.scene.rule).map(|curve| &curve.ensemble);
    let named = |label, named: Option<Named>| named.map(|named| (label, named));
    let all: Vec<(&str, Named)> = own
        .into_iter()
        .flat_map(|own| [named("Earliest", own.earliest), named("Latest", own.latest)])
        .flatten()
        .collect();
    dom.rows(
        "survival-extremes",
        all.len(),
        |dom| dom.create_with("span", &["span", "a", "span"]),
        |place, row| {
            let (label, named) = all[place];
            let seed = ticketscope_scene::run::trial(&survival.scene, named.trial).seed;
            set_cell(row, 0, &format!("{label}: "));
            set_cell(row, 1, &format!("seed {seed}"));
            set_cell(row, 2, &format!(" at k = {}. ", grouped(named.k.into())));
            if let Some(anchor) = row.children().item(1) {
                set_attribute(&anchor, "href", Some(&survival.link(named)));
            }
        },
    );
}
