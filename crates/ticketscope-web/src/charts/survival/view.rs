//! The section on the screen: its listeners, its texts and its pictures.

use super::ensemble::{self, Named};
use super::{RULES, Shows, Survival, chart, settle, stop, want_exact};
use crate::charts::Charts;
use crate::kit::canvas::Canvas;
use crate::kit::dom::{Dom, set_attribute, set_cell, set_text};
use crate::kit::listen::target;
use crate::paint;
use std::rc::Rc;
use ticketscope_scene::number::{figure, figure_to, grouped};
use ticketscope_scene::survival::Bounds;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent, MouseEvent};

/// Whether the section is open.
pub(super) fn is_open(charts: &Charts) -> bool {
    charts.dom.find::<Element>("survival-more").is_some_and(|section| section.has_attribute("open"))
}

/// Listeners, once.
pub fn bind(charts: &Rc<Charts>) {
    let dom = &charts.dom;
    dom.rows("survival-rules", RULES.len(), rule_box, |place, row| {
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
        let Some((canvas, (x, _))) = Canvas::find(&charts.dom, "survival-canvas").zip(place(&event)) else { return };
        let mut survival = charts.survival.borrow_mut();
        let (width, height) = canvas.size();
        let at = chart::curves(&survival).scale(width as f32, height as f32).x_at(x).round().max(0.0);
        survival.cursor = Some(at);
        charts.redraw();
    });
    charts.on("survival-canvas", "pointerleave", |charts, _| changed(charts, |survival| survival.cursor = None));
    bind_dots(charts);
}

fn rule_box(dom: &Dom) -> Option<Element> {
    let row = dom.create_with("label", &["input", "span"])?;
    set_attribute(&row, "class", Some("check"));
    set_attribute(&row.first_element_child()?, "type", Some("checkbox"));
    Some(row)
}

fn changed(charts: &Rc<Charts>, act: impl FnOnce(&mut Survival)) {
    act(&mut charts.survival.borrow_mut());
    settle(charts);
    charts.redraw();
}

/// Where a pointer is, CSS px from the corner of what it is on.
fn place(event: &web_sys::Event) -> Option<(f32, f32)> {
    let event: &MouseEvent = event.dyn_ref()?;
    Some((event.offset_x() as f32, event.offset_y() as f32))
}

/// The dots: pointed at, walked through by key, opened by a click or by Enter.
fn bind_dots(charts: &Rc<Charts>) {
    let picked = |charts: &Charts, event: &web_sys::Event| {
        let (canvas, (x, y)) = Canvas::find(&charts.dom, "survival-dots-canvas").zip(place(event))?;
        let (width, height) = canvas.size();
        chart::dots(&charts.survival.borrow()).scale(width as f32, height as f32).pick(x, y)
    };
    charts.on("survival-dots-canvas", "pointermove", move |charts, event| {
        let dot = picked(charts, &event);
        if charts.survival.borrow().dot != dot {
            charts.survival.borrow_mut().dot = dot;
            charts.redraw();
        }
    });
    charts.on("survival-dots-canvas", "pointerleave", |charts, _| {
        charts.survival.borrow_mut().dot = None;
        charts.redraw();
    });
    charts.on("survival-dots-canvas", "click", move |charts, event| {
        if let Some(dot) = picked(charts, &event) {
            open_dot(charts, dot);
        }
    });
    charts.on("survival-dots", "keydown", |charts, event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let (order, dot) = {
            let survival = charts.survival.borrow();
            (in_order(survival.dots()), survival.dot)
        };
        let Some(last) = order.len().checked_sub(1) else { return };
        let at = dot.and_then(|dot| order.iter().position(|&other| other == dot));
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => at.map_or(0, |at| (at + 1).min(last)),
            "ArrowLeft" | "ArrowDown" => at.map_or(0, |at| at.saturating_sub(1)),
            "PageUp" => at.map_or(0, |at| (at + 10).min(last)),
            "PageDown" => at.map_or(0, |at| at.saturating_sub(10)),
            "Home" => 0,
            "End" => last,
            "Enter" => {
                if let Some(dot) = dot {
                    event.prevent_default();
                    event.stop_propagation();
                    open_dot(charts, dot);
                }
                return;
            }
            _ => return,
        };
        // The page's own keys step through the run.
        event.prevent_default();
        event.stop_propagation();
        charts.survival.borrow_mut().dot = Some(order[next]);
        charts.redraw();
    });
}

/// The dots by the step that destroyed them, then by number.
fn in_order(dots: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..dots.len()).filter(|&place| dots[place].is_finite()).collect();
    order.sort_by(|&a, &b| dots[a].total_cmp(&dots[b]).then(a.cmp(&b)));
    order
}

fn open_dot(charts: &Charts, dot: usize) {
    let link = {
        let survival = charts.survival.borrow();
        let Some(&k) = survival.dots().get(dot).filter(|k| k.is_finite()) else { return };
        // Steps are counted in 32 bits.
        survival.link(Named { k: k as u32, trial: dot as u64 })
    };
    charts.open(&link);
    charts.dom.with("words", |words: &Element| words.scroll_into_view());
}

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
    let large = chart::curves(survival);
    if let Some(canvas) = Canvas::find(dom, "survival-canvas")
        && let Some(size) = canvas.begin(&charts.window, 1.0)
    {
        paint::plot(&canvas, size, |area, theme| large.draw(area, theme).is_ok(), &charts.theme(&canvas));
    }
    show_dots(charts, survival);
}

fn show_tools(charts: &Charts, survival: &Survival) {
    let dom = &charts.dom;
    for (id, pressed) in [
        ("survival-by", survival.shows == Shows::By),
        ("survival-at", survival.shows == Shows::At),
        ("survival-linear", !survival.log),
        ("survival-log", survival.log),
    ] {
        dom.attribute(id, "aria-pressed", Some(if pressed { "true" } else { "false" }));
    }
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
    let share = survival.progress(charts);
    dom.show("survival-work", share.is_some());
    // For a test, or a script beside the page: whether work is under way.
    dom.attribute("survival-body", "data-busy", Some(if share.is_some() { "true" } else { "false" }));
    dom.text("survival-share", &share.map(|share| format!("{} %", (100.0 * share) as u32)).unwrap_or_default());
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
            format!("{}{of} networks, sampled; band: 95 % Wilson interval. ", grouped(n))
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
        [format!("Paper’s bound, below {}{not}", paper.map_or(none.clone(), figure)), whole(paper_safe), none.clone()],
        [
            format!("Lambert’s bound, below {}{not}", lambert.map_or(none.clone(), figure)),
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

fn fill<const N: usize>(dom: &Dom, id: &str, rows: &[[String; N]]) {
    dom.rows(
        id,
        rows.len(),
        |dom| {
            let mut tags = vec!["td"; N];
            tags[0] = "th";
            let row = dom.create_with("tr", &tags)?;
            set_attribute(&row.first_element_child()?, "scope", Some("row"));
            Some(row)
        },
        |place, row| rows[place].iter().enumerate().for_each(|(cell, text)| set_cell(row, cell as u32, text)),
    );
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
    let strip = chart::dots(survival);
    if let Some(canvas) = Canvas::find(dom, "survival-dots-canvas")
        && let Some(size) = canvas.begin(&charts.window, 1.0)
    {
        paint::plot(&canvas, size, |area, theme| strip.draw(area, theme).is_ok(), &charts.theme(&canvas));
    }
    let total = survival.scene.trials;
    let few = if total > ensemble::DOTS { format!("The first {} of ", grouped(ensemble::DOTS)) } else { String::new() };
    let lit = survival.dot.and_then(|dot| Some((dot, *dots.get(dot).filter(|k| k.is_finite())?)));
    let words = match lit {
        Some((dot, k)) => capital(&chart::told(&survival.scene, dot, k)),
        None => format!("{few}{} networks, a dot each: click one to open it as it dies.", grouped(total)),
    };
    dom.text("survival-dot", &words);
    let order = in_order(dots);
    let now = lit.and_then(|(dot, _)| order.iter().position(|&other| other == dot)).map_or(0, |at| at + 1);
    dom.attribute("survival-dots", "aria-valuemax", Some(&order.len().to_string()));
    dom.attribute("survival-dots", "aria-valuenow", Some(&now.to_string()));
    dom.attribute("survival-dots", "aria-valuetext", Some(if lit.is_some() { &words } else { "no network" }));
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
