//! What the sections have in common on the screen: charts on their canvases, a dot a network, tables, switches.

use super::Charts;
use crate::kit::canvas::Canvas;
use crate::kit::dom::{Dom, set_attribute, set_cell};
use crate::paint;
use std::rc::Rc;
use ticketscope_draw::chart::curves::CurvesChart;
use ticketscope_draw::chart::dots::DotStrip;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent};

/// Draws curves over the whole of a canvas.
pub fn draw_curves(charts: &Charts, id: &str, chart: &CurvesChart) {
    if let Some(canvas) = Canvas::find(&charts.dom, id)
        && let Some(size) = canvas.begin(&charts.window, 1.0)
    {
        paint::plot(&canvas, size, |area, theme| chart.draw(area, theme).is_ok(), &charts.theme(&canvas));
    }
}

/// The value of the x axis under a pointer.
pub fn value_under(charts: &Charts, id: &str, chart: &CurvesChart, event: &Event) -> Option<f64> {
    let (width, height) = Canvas::find(&charts.dom, id)?.size();
    Some(chart.scale(width as f32, height as f32).x_at(place(event)?.0))
}

/// Where a pointer is, CSS px from the corner of what it is on.
fn place(event: &Event) -> Option<(f32, f32)> {
    let event: &MouseEvent = event.dyn_ref()?;
    Some((event.offset_x() as f32, event.offset_y() as f32))
}

/// A section's dots: pointed at, walked through by key, opened by a click or by Enter.
#[derive(Debug, Clone, Copy)]
pub struct Dots {
    /// The slider that they are to a keyboard.
    pub id: &'static str,
    /// Its canvas.
    pub canvas: &'static str,
    /// What is drawn.
    pub strip: fn(&Charts) -> DotStrip,
    /// The dots that there are, in the order in which keys walk.
    pub order: fn(&Charts) -> Vec<usize>,
    /// The dot that stands out.
    pub lit: fn(&Charts) -> Option<usize>,
    /// Makes one stand out, or none.
    pub light: fn(&Charts, Option<usize>),
    /// The link of a dot's network.
    pub link: fn(&Charts, usize) -> Option<String>,
}

impl Dots {
    /// Listeners, once.
    pub fn bind(self, charts: &Rc<Charts>) {
        charts.on(self.canvas, "pointermove", move |charts, event| {
            let dot = self.under(charts, &event);
            if (self.lit)(charts) != dot {
                self.change(charts, dot);
            }
        });
        charts.on(self.canvas, "pointerleave", move |charts, _| self.change(charts, None));
        charts.on(self.canvas, "click", move |charts, event| self.open(charts, self.under(charts, &event)));
        charts.on(self.id, "keydown", move |charts, event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                self.key(charts, event);
            }
        });
    }

    fn under(self, charts: &Charts, event: &Event) -> Option<usize> {
        let (width, height) = Canvas::find(&charts.dom, self.canvas)?.size();
        let (x, y) = place(event)?;
        (self.strip)(charts).scale(width as f32, height as f32).pick(x, y)
    }

    fn change(self, charts: &Charts, dot: Option<usize>) {
        (self.light)(charts, dot);
        charts.redraw();
    }

    fn open(self, charts: &Charts, dot: Option<usize>) {
        if let Some(link) = dot.and_then(|dot| (self.link)(charts, dot)) {
            charts.open(&link);
            charts.dom.with("words", |words: &Element| words.scroll_into_view());
        }
    }

    fn key(self, charts: &Charts, event: &KeyboardEvent) {
        let dot = (self.lit)(charts);
        let key = event.key();
        if event.ctrl_key() || event.alt_key() || event.meta_key() || key == "Enter" && dot.is_none() {
            return;
        }
        let order = (self.order)(charts);
        let at = dot.and_then(|dot| order.iter().position(|&other| other == dot));
        let next = walked(&key, at, order.len());
        if next.is_none() && key != "Enter" {
            return;
        }
        // The page's own keys step through the run.
        event.prevent_default();
        event.stop_propagation();
        match next {
            Some(next) => self.change(charts, Some(order[next])),
            None => self.open(charts, dot),
        }
    }

    /// Draws the dots and says where the slider stands; `words` tell of the one that stands out.
    pub fn show(self, charts: &Charts, words: &str) {
        let (dom, strip) = (&charts.dom, (self.strip)(charts));
        if let Some(canvas) = Canvas::find(dom, self.canvas)
            && let Some(size) = canvas.begin(&charts.window, 1.0)
        {
            paint::plot(&canvas, size, |area, theme| strip.draw(area, theme).is_ok(), &charts.theme(&canvas));
        }
        let order = (self.order)(charts);
        let now = strip.lit.and_then(|lit| order.iter().position(|&dot| dot == lit));
        dom.attribute(self.id, "aria-valuemax", Some(&order.len().to_string()));
        dom.attribute(self.id, "aria-valuenow", Some(&now.map_or(0, |now| now + 1).to_string()));
        dom.attribute(self.id, "aria-valuetext", Some(if now.is_some() { words } else { "no network" }));
    }
}

/// Where a key leads among so many dots; none for a key that leads nowhere.
fn walked(key: &str, at: Option<usize>, dots: usize) -> Option<usize> {
    let last = dots.checked_sub(1)?;
    Some(match key {
        "ArrowRight" | "ArrowUp" => at.map_or(0, |at| (at + 1).min(last)),
        "ArrowLeft" | "ArrowDown" => at.map_or(0, |at| at.saturating_sub(1)),
        "PageUp" => at.map_or(0, |at| (at + 10).min(last)),
        "PageDown" => at.map_or(0, |at| at.saturating_sub(10)),
        "Home" => 0,
        "End" => last,
        _ => return None,
    })
}

/// Fills a table's body, its first column with headers.
pub fn fill<const N: usize>(dom: &Dom, id: &str, rows: &[[String; N]]) {
    dom.rows(
        id,
        rows.len(),
        |dom| {
            let mut tags = ["td"; N];
            tags[0] = "th";
            let row = dom.create_with("tr", &tags)?;
            set_attribute(&row.first_element_child()?, "scope", Some("row"));
            Some(row)
        },
        |place, row| rows[place].iter().enumerate().for_each(|(cell, text)| set_cell(row, cell as u32, text)),
    );
}

/// A check box with room for its words.
pub fn check_box(dom: &Dom) -> Option<Element> {
    let row = dom.create_with("label", &["input", "span"])?;
    set_attribute(&row, "class", Some("check"));
    set_attribute(&row.first_element_child()?, "type", Some("checkbox"));
    Some(row)
}

/// Shows which buttons of a switch are pressed.
pub fn press(dom: &Dom, buttons: &[(&str, bool)]) {
    for (id, pressed) in buttons {
        dom.attribute(id, "aria-pressed", Some(if *pressed { "true" } else { "false" }));
    }
}

/// Shows how far a section's work is; none if there is none.
pub fn show_work(dom: &Dom, section: &str, done: Option<f64>) {
    dom.show(&format!("{section}-work"), done.is_some());
    // For a test, or a script beside the page: whether work is under way.
    dom.attribute(&format!("{section}-body"), "data-busy", Some(if done.is_some() { "true" } else { "false" }));
    let words = done.map(|done| format!("{} %", (100.0 * done) as u32));
    dom.text(&format!("{section}-share"), &words.unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::walked;

    #[test]
    fn keys_walk_from_end_to_end() {
        assert_eq!(walked("ArrowRight", None, 3), Some(0));
        assert_eq!(walked("ArrowRight", Some(2), 3), Some(2));
        assert_eq!(walked("ArrowLeft", Some(0), 3), Some(0));
        assert_eq!((walked("PageUp", Some(4), 100), walked("PageDown", Some(4), 100)), (Some(14), Some(0)));
        assert_eq!((walked("Home", Some(2), 3), walked("End", None, 3)), (Some(0), Some(2)));
        assert_eq!((walked("Home", None, 0), walked("x", Some(1), 3)), (None, None));
    }
}
