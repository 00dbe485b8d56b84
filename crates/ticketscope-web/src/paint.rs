//! The picture and the chart on the page's canvases.

use crate::kit::canvas::{Canvas, Pen};
use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, IntoDrawingArea};
use plotters_canvas::CanvasBackend;
use ticketscope_draw::backend::UnitBackend;
use ticketscope_draw::chart::{HistogramChart, UNITS};
use ticketscope_draw::layout::Frame;
use ticketscope_draw::matrix::Raster;
use ticketscope_draw::picture::{Picture, PictureInput, View};
use ticketscope_draw::surface::{Anchor, Face, Label, Paint, Stroke, Surface, TextStyle};
use ticketscope_draw::theme::{Role, SANS, SERIF, SMALL, Theme};

/// The picture of the network as it was drawn last, so that only the edge layers that changed are drawn again: edges on a canvas
/// of their own, and over it, each time, what goes over them.
#[derive(Debug, Default)]
pub struct Kept {
    picture: Picture,
    edges: Option<Canvas>,
    drawn: Option<(Theme, (u32, u32))>,
}

impl Kept {
    /// Draws a network over a whole canvas, which [`Canvas::begin`] has just emptied.
    pub fn draw(&mut self, canvas: &Canvas, input: &PictureInput<'_>, frame: Frame, view: View, theme: &Theme) {
        let pixels = canvas.pixels();
        let scale = f64::from(pixels.0) / f64::from(frame.width);
        let Some(edges) = self.edges.take().or_else(|| canvas.unseen()) else { return };
        if self.drawn != Some((*theme, pixels)) {
            self.drawn = Some((*theme, pixels));
            self.picture = Picture::default();
        }
        self.picture.update(input, frame, view);
        if self.picture.layers.iter().all(|layer| layer.fresh) {
            edges.resize(pixels, scale);
        }
        let mut painter = Painter::new(&edges, theme);
        painter.apart = Some((canvas, scale));
        self.picture.paint(&mut painter);
        self.edges = Some(edges);
    }
}

/// A canvas and the colours it is painted in.
#[derive(Debug)]
struct Painter<'a> {
    /// Where.
    canvas: &'a Canvas,
    /// A CSS colour a role.
    colours: [String; 9],
    theme: &'a Theme,
    /// The canvas that what goes over the edges is for, when they have one of their own, and its pixels a unit.
    apart: Option<(&'a Canvas, f64)>,
    /// Whether drawing keeps to one edge layer.
    within: bool,
}

impl<'a> Painter<'a> {
    fn new(canvas: &'a Canvas, theme: &'a Theme) -> Self {
        let colours = Role::ALL.map(|role| theme.colour(role).to_string());
        Self { canvas, colours, theme, apart: None, within: false }
    }

    fn colour(&self, role: Role) -> &str {
        &self.colours[role as usize]
    }

    fn pen(&self, stroke: &Stroke) {
        self.canvas.pen(&Pen {
            colour: self.colour(stroke.paint.role),
            alpha: f64::from(stroke.paint.alpha),
            width: f64::from(stroke.width),
            dash: stroke.dash.pattern(),
            round: stroke.dash.round(),
        });
    }

    fn ink(&self, paint: Paint) {
        self.canvas.ink(self.colour(paint.role), f64::from(paint.alpha));
    }

    /// Ends the edge layer that drawing keeps to.
    fn whole(&mut self) {
        if core::mem::take(&mut self.within) {
            self.canvas.whole();
        }
    }
}

impl Surface for Painter<'_> {
    fn segments(&mut self, stroke: &Stroke, points: &[f32]) {
        self.pen(stroke);
        self.canvas.lines(points);
    }

    fn circles(&mut self, fill: Option<Paint>, stroke: Option<&Stroke>, circles: &[f32]) {
        self.canvas.circle_path(circles);
        if let Some(paint) = fill {
            self.ink(paint);
            self.canvas.fill();
        }
        if let Some(stroke) = stroke {
            self.pen(stroke);
            self.canvas.stroke();
        }
    }

    fn frames(&mut self, stroke: &Stroke, frames: &[f32]) {
        self.pen(stroke);
        self.canvas.frames(frames);
    }

    fn raster(&mut self, raster: &Raster) {
        let (width, height) = raster.size();
        self.canvas.cells(&raster.rgba(self.theme), width, height, raster.place().map(f64::from));
    }

    fn text(&mut self, style: &TextStyle, labels: &[Label]) {
        self.ink(style.paint);
        let (weight, family) = match style.face {
            Face::Sans => ("", SANS),
            Face::SansBold => ("bold ", SANS),
            Face::Serif => ("", SERIF),
            Face::SerifItalic => ("italic ", SERIF),
        };
        let align = match style.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "center",
            Anchor::End => "end",
        };
        self.canvas.font(&format!("{weight}{}px {family}", style.size), align);
        if style.halo {
            self.canvas.pen(&Pen { colour: self.colour(Role::Paper), alpha: 1.0, width: 3.0, dash: &[], round: false });
            for label in labels {
                self.canvas.text_halo(&label.text, f64::from(label.x), f64::from(label.y));
            }
        }
        for label in labels {
            self.canvas.text(&label.text, f64::from(label.x), f64::from(label.y));
        }
    }

    fn edges(&mut self, clip: [f32; 4], fresh: bool) -> bool {
        self.whole();
        let Some((_, scale)) = self.apart else { return true };
        if fresh {
            self.canvas.only(clip, scale);
            self.within = true;
        }
        fresh
    }

    fn above(&mut self) {
        self.whole();
        if let Some((canvas, _)) = self.apart {
            canvas.stamp(self.canvas);
            self.canvas = canvas;
        }
    }
}

/// Draws a network over a whole canvas of a size in CSS px, once.
pub fn network(canvas: &Canvas, input: &PictureInput<'_>, frame: Frame, view: View, theme: &Theme) {
    Picture::new(input, frame, view).paint(&mut Painter::new(canvas, theme));
}

/// Draws a histogram over a whole canvas of a size in CSS px.
pub fn histogram(canvas: &Canvas, size: (f32, f32), chart: &HistogramChart, theme: &Theme) {
    plot(canvas, size, |area, theme| chart.draw(area, theme).is_ok(), theme);
}

/// The width of a text at a font size.
type Measure<'a> = Box<dyn Fn(&str, f64) -> f64 + 'a>;

/// Draws a chart over a whole canvas of a size in CSS px. A canvas that is there can be drawn on; what goes wrong leaves a gap in the
/// picture, and the numbers stand beside it.
pub fn plot<'a>(
    canvas: &'a Canvas,
    size: (f32, f32),
    draw: impl FnOnce(&DrawingArea<UnitBackend<CanvasBackend, Measure<'a>>, Shift>, &Theme) -> bool,
    theme: &Theme,
) {
    let Some(backend) = CanvasBackend::with_canvas_object(canvas.element().clone()) else { return };
    canvas.font(&format!("{SMALL}px {SANS}"), "start");
    let measure: Measure<'a> = Box::new(move |text, font_size| canvas.text_width(text) * font_size / f64::from(SMALL));
    let backend = UnitBackend::new(backend, size.0, size.1, measure);
    canvas.divide_units(UNITS);
    draw(&backend.into_drawing_area(), theme);
}
