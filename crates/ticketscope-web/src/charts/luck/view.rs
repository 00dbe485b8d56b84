//! The section on the screen: its listeners, its texts and its pictures.

use super::{Across, Luck, chart, settle, stop};
use crate::charts::Charts;
use crate::charts::parts::{Dots, check_box, draw_curves, fill, press, show_work, value_under};
use crate::kit::dom::{Dom, set_attribute, set_text};
use crate::kit::listen::target;
use std::rc::Rc;
use ticketscope_core::law::Law;
use ticketscope_scene::number::{figure, figure_to, grouped, share};
use ticketscope_scene::report::LuckReport;
use ticketscope_scene::run;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// Whether the section is open.
pub(super) fn is_open(charts: &Charts) -> bool {
    charts.dom.find::<Element>("luck-more").is_some_and(|section| section.has_attribute("open"))
}

fn changed(charts: &Rc<Charts>, act: impl FnOnce(&mut Luck)) {
    act(&mut charts.luck.borrow_mut());
    settle(charts);
    charts.redraw();
}

/// Listeners, once.
pub fn bind(charts: &Rc<Charts>) {
    charts.dom.rows("luck-laws", Law::ALL.len() + 1, check_box, |place, row| {
        let word = Law::ALL.get(place).map_or("the other activation", |law| law.word());
        set_attribute(row, "data-place", Some(&place.to_string()));
        if let Some(text) = row.last_element_child() {
            set_text(&text, word);
        }
    });
    charts.on("luck-more", "toggle", |charts, _| changed(charts, |_| {}));
    charts.on("luck-laws", "change", |charts, event| {
        let Some(input) = target::<HtmlInputElement>(&event) else { return };
        let place = input.parent_element().and_then(|row| row.get_attribute("data-place")?.parse::<usize>().ok());
        let Some(place) = place else { return };
        changed(charts, |luck| match Law::ALL.get(place) {
            Some(&law) => {
                luck.laws.retain(|&other| other != law);
                luck.laws.extend(input.checked().then_some(law));
            }
            None => luck.both = input.checked(),
        });
    });
    for (id, act) in [
        ("luck-width", (|luck| luck.across = Across::Width) as fn(&mut Luck)),
        ("luck-depth", |luck| luck.across = Across::Hidden),
        ("luck-epsilon", |luck| luck.across = Across::Epsilon),
        ("luck-win", |luck| luck.fails = false),
        ("luck-fail", |luck| luck.fails = true),
    ] {
        charts.on(id, "click", move |charts, _| {
            changed(charts, |luck| {
                act(luck);
                (luck.stopped, luck.cursor) = (false, None);
            })
        });
    }
    charts.on("luck-guess", "input", |charts, event| {
        let guess = target::<HtmlInputElement>(&event).and_then(|input| input.value().parse().ok());
        changed(charts, |luck| luck.guess = guess.unwrap_or(luck.guess).min(100));
    });
    for (id, waived) in [("luck-reveal", false), ("luck-skip", true)] {
        charts.on(id, "click", move |charts, _| {
            changed(charts, |luck| (luck.revealed, luck.waived) = (true, waived));
            charts.dom.focus("luck-dots");
        });
    }
    charts.on("luck-cancel", "click", |charts, _| {
        stop(charts);
        charts.dom.focus("luck-win");
    });
    charts.on("luck-canvas", "pointermove", |charts, event| {
        let chart = chart::curves(&charts.luck.borrow());
        let Some(at) = value_under(charts, "luck-canvas", &chart, &event) else { return };
        let nearest = nearest(&charts.luck.borrow(), at);
        charts.luck.borrow_mut().cursor = nearest;
        charts.redraw();
    });
    charts.on("luck-canvas", "pointerleave", |charts, _| {
        charts.luck.borrow_mut().cursor = None;
        charts.redraw();
    });
    DOTS.bind(charts);
}

/// The measured place nearest to one on the axis, by factors.
fn nearest(luck: &Luck, at: f64) -> Option<f64> {
    let lines = luck.lines();
    let far = |x: &f64| (x / at).max(at / x);
    lines.last()?.scenes.iter().map(|(x, _)| *x).min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// A dot a network, in the order of seeds.
const DOTS: Dots = Dots {
    id: "luck-dots",
    canvas: "luck-dots-canvas",
    strip: |charts| chart::dots(&charts.luck.borrow()),
    order: |charts| (0..chart::dots(&charts.luck.borrow()).values.len()).collect(),
    lit: |charts| charts.luck.borrow().dot,
    light: |charts, dot| charts.luck.borrow_mut().dot = dot,
    link: |charts, dot| {
        let luck = charts.luck.borrow();
        let &(trial, _) = luck.own()?.share.first().get(dot)?;
        Some(luck.link(trial))
    },
};

/// The section as it is seen.
pub fn show(charts: &Rc<Charts>) {
    let dom = &charts.dom;
    dom.show("luck-body", true);
    if !is_open(charts) {
        return;
    }
    charts.luck.borrow_mut().sum_up();
    let luck = &*charts.luck.borrow();
    show_tools(charts, luck);
    let report = luck.report.as_ref().filter(|report| luck.revealed && report.trials > 0);
    dom.text("luck-line", &line(luck));
    dom.text("luck-says", &report.map(|report| says(luck, report)).unwrap_or_default());
    show_twin(dom, luck);
    draw_curves(charts, "luck-canvas", &chart::curves(luck));
    show_dots(charts, luck);
}

fn show_tools(charts: &Charts, luck: &Luck) {
    let dom = &charts.dom;
    press(
        dom,
        &[
            ("luck-width", luck.across == Across::Width),
            ("luck-depth", luck.across == Across::Hidden),
            ("luck-epsilon", luck.across == Across::Epsilon),
            ("luck-win", !luck.fails),
            ("luck-fail", luck.fails),
        ],
    );
    dom.with("luck-laws", |boxes: &Element| {
        for place in 0..=Law::ALL.len() {
            let input = boxes.children().item(place as u32).and_then(|row| row.first_element_child());
            let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else { continue };
            let law = Law::ALL.get(place);
            let own = law == Some(&luck.scene.law);
            input.set_checked(own || law.map_or(luck.both, |law| luck.laws.contains(law)));
            input.set_disabled(own);
        }
    });
    let any = luck.scene.trials > 0;
    dom.show("luck-ask", any && !luck.revealed);
    dom.text("luck-guessed", &format!("{} %", luck.guess));
    show_work(dom, "luck", luck.progress());
}

/// What is drawn: n, how it is decided, what the band and the dashes are; and what went wrong.
fn line(luck: &Luck) -> String {
    if luck.scene.trials == 0 {
        return "No other network is searched: choose ×100 or more.".to_owned();
    }
    let n = luck.own().map_or(0, |own| own.share.trials());
    let beside = luck.scene.trials.min(super::BESIDE);
    let mut line = format!(
        "{} of {} networks, each decided exactly; {} at each other point. Band: 95 % Wilson interval. Dashed: if paths were independent; \
         in ink the limit that no number of paths passes.",
        grouped(n),
        grouped(luck.scene.trials),
        grouped(beside)
    );
    if let Some(why) = luck.own().and_then(|own| own.failed.as_ref()) {
        line += &format!(" Not searched: {why}.");
    }
    line
}

/// What came of it in words: the guess, the share, the prediction, the effective share.
fn says(luck: &Luck, report: &LuckReport) -> String {
    let mut words = if luck.waived { String::new() } else { format!("You guessed {} %. ", luck.guess) };
    words += &format!(
        "{} of {} networks hold a ticket: {} [{}, {}].",
        grouped(report.wins),
        grouped(report.trials),
        share(report.p),
        share(report.low),
        share(report.high)
    );
    if let Some(p) = report.independent_p {
        words += &format!(" If their paths were independent: {}.", share(p));
    }
    if let Some(at) = report.effective_share {
        let paths = ticketscope_scene::number::count(&report.paths.0);
        words += &format!(
            " They fail as often as a share of {} of their {paths} paths would, were those independent",
            figure(at)
        );
        words += &match (report.effective_share_low, report.effective_share_high) {
            (Some(low), Some(high)) => format!(" [{}, {}].", figure(low), figure(high)),
            _ => ".".to_owned(),
        };
    }
    if let Some(floor) = report.fail_floor.filter(|&floor| floor > 1e-6) {
        words += &format!(" No number of paths brings failing below {}.", figure_to(floor, 3));
    }
    words
}

/// The points in numbers.
fn show_twin(dom: &Dom, luck: &Luck) {
    let mut rows = Vec::new();
    for line in luck.lines().iter().filter(|_| luck.revealed).rev() {
        for (x, scene) in &line.scenes {
            let Some(point) = luck.point(scene) else { continue };
            let measured = point.share.share().map_or_else(
                || point.failed.clone().unwrap_or_default(),
                |one| format!("{} [{}, {}]", share(one.p), share(one.low), share(one.high)),
            );
            let independent = chart::prediction(scene).and_then(|one| one.win).map_or("–".to_owned(), share);
            rows.push([line.label.clone(), figure(*x), grouped(point.share.trials()), measured, independent]);
        }
    }
    fill(dom, "luck-twin", &rows);
}

fn show_dots(charts: &Charts, luck: &Luck) {
    let dom = &charts.dom;
    let any = luck.scene.trials > 0;
    dom.show("luck-dots", any);
    dom.show("luck-dot", any && luck.revealed);
    if !any {
        return;
    }
    let first = luck.own().map_or(&[][..], |own| own.share.first());
    let words = match luck.dot.and_then(|dot| first.get(dot)) {
        Some(&(trial, is_won)) => {
            let seed = run::trial(&luck.scene, trial).seed;
            format!("Seed {}: {}", grouped(seed), if is_won { "a ticket" } else { "no ticket" })
        }
        None => format!("The first {} networks, a dot each: click one to open it.", grouped(first.len() as u64)),
    };
    dom.text("luck-dot", &words);
    DOTS.show(charts, &words);
}
