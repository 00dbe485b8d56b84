//! The two canvases, drawn again only when what they show, their size or their colours differ.

use super::Page;
use super::show::Shown;
use crate::kit::canvas::Canvas;
use crate::model::{Model, Now, Run, Theme};
use crate::paint;
use crate::products::Products;
use crate::words;
use ticketscope_draw::camera::Camera;
use ticketscope_draw::chart::{HistogramChart, Theory};
use ticketscope_draw::layout::Frame;
use ticketscope_draw::overlay::{Order, Overlay, Progress};
use ticketscope_draw::picture::{PictureInput, View as Lines};
use ticketscope_draw::theme::{Rgb, Role, Theme as Colours};

/// What a canvas shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drawn {
    what: String,
    size: (i32, i32),
    ratio: f64,
    colours: Colours,
}

/// A unit of the pictures, and of the labels on the scrub bar, in CSS px: larger where the page's own text is, for a room that looks at a wall.
pub(super) fn unit(page: &Page) -> f64 {
    if page.matches("(min-width: 1900px)") { 1.25 } else { 1.0 }
}

/// The theme in numbers.
pub(super) fn colours(page: &Page, model: &Model) -> Colours {
    if page.matches("(forced-colors: active)")
        && let Some((canvas, _)) = &page.canvases
    {
        return Colours::new(Role::ALL.map(|role| {
            let (red, green, blue) = canvas.resolve(role.forced_keyword()).unwrap_or((128, 128, 128));
            Rgb(red, green, blue)
        }));
    }
    match model.theme {
        Theme::Dark => Colours::DARK,
        Theme::Light => Colours::LIGHT,
        Theme::System if page.matches("(prefers-color-scheme: dark)") => Colours::DARK,
        Theme::System => Colours::LIGHT,
    }
}

/// Whether a canvas must be drawn, noting that it will be.
fn stale(page: &Page, model: &Model, canvas: &Canvas, what: String, drawn: &mut Option<Drawn>) -> bool {
    let now =
        Drawn { what, size: canvas.size(), ratio: page.window.device_pixel_ratio(), colours: colours(page, model) };
    let stale = drawn.as_ref() != Some(&now);
    if stale {
        *drawn = Some(now);
    }
    stale
}

/// The network.
pub(super) fn draw_network(page: &Page, model: &Model, run: &Run, now: &Now, shown: &mut Shown) {
    let Some((canvas, _)) = &page.canvases else { return };
    page.dom.show("before", false);
    page.dom.show("network-canvas", true);
    let step = now.moment.step();
    let stride = model.track.stride.as_ref();
    let way = stride.map_or(1.0, |stride| stride.share);
    let touch = &model.touch;
    let touched = format!("{:?} {:?} {:?} {:?}", touch.at, touch.walk, touch.pins, touch.camera);
    let what = format!("{} {step} {way} {} {touched}", run.key, model.track.by_death);
    if !stale(page, model, canvas, what, &mut shown.network) {
        return;
    }
    page.dom.attribute("network-box", "data-zoomed", (touch.camera.zoom > 1.0).then_some(""));
    page.dom.attribute("network-canvas", "aria-label", Some(&words::picture(run, &now.moment)));
    let Some((width, height)) = canvas.begin(&page.window, unit(page)) else { return };
    // A step back is the same step the other way: what it cut is put back last.
    let (at, before, t) = match stride {
        Some(stride) if stride.forward => (now, Some(&stride.left), way),
        Some(stride) => (&stride.left, Some(now), 1.0 - way),
        None => (now, None, 1.0),
    };
    let removed_at: Vec<u32> = match model.track.by_death {
        true => (0..run.timeline.shape().edge_count()).map(|edge| run.fates.removed_at(edge)).collect(),
        false => Vec::new(),
    };
    let progress = before.map(|before| Progress {
        t,
        edge_states: before.moment.edge_states(),
        node_states: before.moment.node_states(),
    });
    let marks = super::cards::marks(model, run);
    let overlay = Overlay {
        lit: marks.lit.as_deref(),
        hover: marks.hover,
        focus: marks.focus,
        pins: &marks.pins,
        order: model.track.by_death.then_some(Order { removed_at: &removed_at, last: run.timeline.len() }),
        progress,
        ..Overlay::NONE
    };
    let theme = colours(page, model);
    let input = picture_input(run, at, &overlay, touch.camera);
    shown.kept.draw(canvas, &input, Frame::new(width, height), Lines::Auto, &theme);
}

/// A run at a moment, on a canvas.
pub(super) fn paint_network(
    canvas: &Canvas,
    run: &Run,
    now: &Now,
    overlay: &Overlay<'_>,
    camera: Camera,
    frame: Frame,
    theme: &Colours,
) {
    paint::network(canvas, &picture_input(run, now, overlay, camera), frame, Lines::Auto, theme);
}

/// A run at a moment, to be drawn.
fn picture_input<'a>(run: &'a Run, now: &'a Now, overlay: &'a Overlay<'a>, camera: Camera) -> PictureInput<'a> {
    let event = run.timeline.event(now.moment.step());
    PictureInput {
        shape: run.timeline.shape(),
        weights: run.network.weights(),
        edge_states: now.moment.edge_states(),
        node_states: now.moment.node_states(),
        just_cut: event.filter(|event| !event.wasted).map(|event| event.edge),
        just_orphaned: event.map_or(&[], |event| event.orphaned),
        overlay,
        camera,
    }
}

/// The histogram.
pub(super) fn draw_histogram(page: &Page, model: &Model, products: &Products, shown: &mut Shown) {
    let Some((_, canvas)) = &page.canvases else { return };
    page.dom.show("histogram-canvas", true);
    let what = format!("{} {}", products.key, products.step);
    if !stale(page, model, canvas, what, &mut shown.histogram) {
        return;
    }
    page.dom.attribute("histogram-canvas", "aria-label", Some(&words::histogram(model, products)));
    let Some(size) = canvas.begin(&page.window, unit(page)) else { return };
    let points = products.curve.chunks_exact(2).map(|point| (point[0], point[1])).collect();
    let chart = HistogramChart {
        low: products.figures.low,
        high: products.figures.high,
        counts: products.counts.iter().map(|&count| count as u64).collect(),
        total: products.figures.samples as u64,
        theory: (!products.curve.is_empty()).then_some(Theory { points }),
        x_title: "product of the weights along a path".to_owned(),
        y_title: String::new(),
        ..HistogramChart::default()
    };
    paint::histogram(canvas, size, &chart, &colours(page, model));
}
