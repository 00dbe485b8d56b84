//! The two canvases, drawn again only when what they show, their size or their colours differ.

use super::Page;
use super::show::Shown;
use crate::compare;
use crate::kit::canvas::Canvas;
use crate::lens;
use crate::model::{Model, Now, Run, Theme};
use crate::paint;
use crate::products::Products;
use crate::words;
use ticketscope_core::float;
use ticketscope_draw::camera::Camera;
use ticketscope_draw::chart::{Axis, HistogramChart, Marker, Outline, Theory};
use ticketscope_draw::layout::Frame;
use ticketscope_draw::overlay::{LastEdges, Order, Overlay, Pass, Progress};
use ticketscope_draw::picture::{PictureInput, View as Lines};
use ticketscope_draw::theme::{Rgb, Role, Theme as Colours};
use ticketscope_scene::number::figure;
use ticketscope_scene::scene::View;

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
pub(super) fn stale(page: &Page, model: &Model, canvas: &Canvas, what: String, drawn: &mut Option<Drawn>) -> bool {
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
    let lit = lens::lit(model).filter(|lit| lit.paths.is_some());
    let pass = model.forward.pass.as_ref();
    let looks = (lit.map(|lit| (&lit.key, lit.by_size)), pass.map(|pass| pass.look()));
    let what = format!("{} {step} {way} {} {touched} {looks:?}", run.key, model.track.by_death);
    let second = model.current_second();
    let what = format!("{what} {:?}", second.and(model.scene.compare));
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
    let differs = second.map(|(second, _, now)| compare::only_in(now, &second.now)).unwrap_or_default();
    let overlay = Overlay {
        // What is pointed at in the picture goes before what the chart lights.
        lit: marks.lit.as_deref().or(lit.map(|lit| &lit.edges[..])),
        hover: marks.hover,
        focus: marks.focus,
        pins: &marks.pins,
        order: model.track.by_death.then_some(Order { removed_at: &removed_at, last: run.timeline.len() }),
        last_cut: model
            .fall
            .as_ref()
            .filter(|_| at.moment.destroyed())
            .map(|fall| LastEdges { edges: fall.cut.edges(), source: fall.cut.source() }),
        differs: &differs,
        progress,
        pass: pass.map(|pass| Pass { values: &pass.values, off: &pass.off, terms: &[] }),
    };
    let theme = colours(page, model);
    let mut input = picture_input(run, at, &overlay, touch.camera);
    if stride.is_none() && model.found().is_some_and(|found| step == found.timeline.len()) {
        // The search is over: what is left is to be seen, not what went last.
        (input.just_cut, input.just_orphaned) = (None, &[]);
    }
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
    PictureInput { overlay, camera, ..PictureInput::of(&run.network, &now.moment, event) }
}

/// The histogram, as the lens has it; none where there is no answer yet.
pub(super) fn chart(model: &Model) -> Option<HistogramChart> {
    let main = lens::shown(model, 0)?;
    let whole = |counts: &[f64]| counts.iter().map(|&count| count as u64).collect();
    let points = main.curve.chunks_exact(2).map(|point| (point[0], point[1])).collect();
    let by_size = model.lens.by_size;
    let place = |z: f64| if by_size { float::ln(z.abs()) / core::f64::consts::LN_10 } else { z };
    let mark = model.lens.mark;
    let outline = lens::shown(model, 1).filter(|other| other.samples > 0.0).map(|other| Outline {
        counts: whole(other.counts),
        total: other.total as u64,
        label: match other.of_network {
            _ if model.scene.view != View::Products => "",
            true => "this network",
            false => "independent",
        }
        .to_owned(),
    });
    Some(HistogramChart {
        axis: if by_size { Axis::Powers } else { Axis::Plain },
        low: main.ends.0,
        high: main.ends.1,
        counts: whole(main.counts),
        total: main.total as u64,
        theory: (!main.curve.is_empty()).then_some(Theory { points }),
        x_title: if by_size { "size of the product along a path" } else { "product of the weights along a path" }
            .to_owned(),
        ticks: mark.map(|z| Marker { x: place(z), label: figure(z) }).into_iter().collect(),
        outline,
        lit: lens::lit_bars(model),
        brush: model.scene.brush.filter(|_| !by_size),
        ..HistogramChart::default()
    })
}

/// The histogram.
pub(super) fn draw_histogram(page: &Page, model: &Model, products: &Products, shown: &mut Shown) {
    let (Some((_, canvas)), Some(mut chart)) = (&page.canvases, chart(model)) else { return };
    page.dom.show("histogram-canvas", true);
    let what = lens::look(model);
    if !stale(page, model, canvas, what, &mut shown.histogram) {
        return;
    }
    page.dom.attribute("histogram-canvas", "aria-label", Some(&words::histogram(model, products)));
    let Some(size) = canvas.begin(&page.window, unit(page)) else { return };
    // While the run plays, the y axis stays as it was when the play began.
    if lens::held(model).is_some() {
        chart.top = Some(*shown.top.get_or_insert_with(|| chart.scale(size.0, size.1).top()));
    } else {
        shown.top = None;
    }
    paint::histogram(canvas, size, &chart, &colours(page, model));
}
