//! The picture and the chart on the page's canvases.

use crate::kit::canvas::{Canvas, Pen};
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use ticketscope_draw::backend::UnitBackend;
use ticketscope_draw::chart::{HistogramChart, UNITS};
use ticketscope_draw::matrix::Raster;
use ticketscope_draw::surface::{Anchor, Face, Label, Paint, Stroke, Surface, TextStyle};
use ticketscope_draw::theme::{Role, SANS, SERIF, SMALL, Theme};

/// A canvas and the colours it is painted in.
#[derive(Debug)]
pub struct Painter<'a> {
    /// Where.
    pub canvas: &'a Canvas,
    /// In which colours.
    pub theme: &'a Theme,
}

impl Painter<'_> {
    fn colour(&self, role: Role) -> String {
        self.theme.colour(role).to_string()
    }

    fn pen(&self, stroke: &Stroke) {
        self.canvas.pen(&Pen {
            colour: &self.colour(stroke.paint.role),
            alpha: f64::from(stroke.paint.alpha),
            width: f64::from(stroke.width),
            dash: stroke.dash.pattern(),
            round: stroke.dash.round(),
        });
    }

    fn ink(&self, paint: Paint) {
        self.canvas.ink(&self.colour(paint.role), f64::from(paint.alpha));
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
            self.canvas.pen(&Pen {
                colour: &self.colour(Role::Paper),
                alpha: 1.0,
                width: 3.0,
                dash: &[],
                round: false,
            });
            for label in labels {
                self.canvas.text_halo(&label.text, f64::from(label.x), f64::from(label.y));
            }
        }
        for label in labels {
            self.canvas.text(&label.text, f64::from(label.x), f64::from(label.y));
        }
    }
}

/// Draws a histogram over a whole canvas of a size in CSS px.
pub fn histogram(canvas: &Canvas, size: (f32, f32), chart: &HistogramChart, theme: &Theme) {
    let Some(backend) = CanvasBackend::with_canvas_object(canvas.element().clone()) else { return };
    canvas.font(&format!("{SMALL}px {SANS}"), "start");
    let backend = UnitBackend::new(backend, size.0, size.1, |text, font_size| {
        canvas.text_width(text) * font_size / f64::from(SMALL)
    });
    canvas.divide_units(UNITS);
    // A canvas that is there can be drawn on; what goes wrong leaves a gap in the picture, and the numbers stand beside it.
    let _ = chart.draw(&backend.into_drawing_area(), theme);
}
