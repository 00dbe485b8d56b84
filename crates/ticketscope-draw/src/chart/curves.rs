//! Lines over two axes, each plain or by powers of ten: survival curves, chances of luck, widths that a bound asks for.
//!
//! Lines are told apart by colour, by the dashes of dashed ones and by the markers of all others, and carry their names: on
//! themselves where there is room, else in rows above the plot.

mod axes;
mod labels;
mod marks;
mod path;

use super::{Canvas, DrawError, LINE, Marker, Plot, UNITS};
use crate::range::drawable;
use crate::theme::{Role, SMALL, Theme, text_width};
pub use axes::Span;
use labels::{Flag, Names};
use path::Point;
use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// Measured, and the same until the next point: a distribution's function.
    Step,
    /// From point to point.
    #[default]
    Line,
    /// From point to point in dashes: theory.
    Dashed,
    /// A claim that is known to be false: dots in grey, crossed.
    False,
    /// The points alone.
    Points,
}

/// One line of a chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Its name; empty for none.
    pub label: String,
    /// Points (x, y) in order of x. What is not a number, or has no place on a logarithmic axis, is a gap; a y of 0 lies below
    /// every logarithmic axis.
    pub points: Vec<(f64, f64)>,
    /// Low and high end of each point's interval; empty for none.
    pub band: Vec<(f64, f64)>,
    /// How it is drawn.
    pub style: Style,
    /// Which colour, dashes and marker: 0 is ink with no marker; see [`Theme::series`].
    pub tone: usize,
}

/// What an axis measures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// Whether equal steps are equal factors.
    pub log: bool,
    /// Its ends; none where the points decide.
    pub range: Option<(f64, f64)>,
    /// What it measures, with the unit; empty for none.
    pub title: String,
}

/// A chart of lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CurvesChart {
    /// The axis to the right.
    pub x: Axis,
    /// The axis up.
    pub y: Axis,
    /// The lines, back to front.
    pub series: Vec<Series>,
    /// Vertical lines with their names, such as a bound.
    pub markers: Vec<Marker>,
    /// Where a finger or a key stands: a thin vertical line, and a ring on each line of the chart.
    pub cursor: Option<f64>,
    /// What is said where there is no point to draw.
    pub empty: String,
}

/// Where values are in a chart of lines, in CSS px of its box.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The rectangle of the data.
    pub plot: Plot,
    /// What lies between left and right.
    pub x: Span,
    /// What lies between bottom and top.
    pub y: Span,
}

impl Scale {
    /// Where an x is; beside the axis, its end.
    pub fn x_of(&self, value: f64) -> f32 {
        let share = self.x.share(value).unwrap_or(0.0).clamp(0.0, 1.0) as f32;
        self.plot.left + share * (self.plot.right - self.plot.left)
    }

    /// Where a y is; beside the axis, its end.
    pub fn y_of(&self, value: f64) -> f32 {
        let share = self.y.share(value).unwrap_or(0.0).clamp(0.0, 1.0) as f32;
        self.plot.bottom - share * (self.plot.bottom - self.plot.top)
    }

    /// The x at a place; beside the axis, its end.
    pub fn x_at(&self, x: f32) -> f64 {
        self.x.value(f64::from((x - self.plot.left) / (self.plot.right - self.plot.left)))
    }

    /// The y at a place; beside the axis, its end.
    pub fn y_at(&self, y: f32) -> f64 {
        self.y.value(f64::from((self.plot.bottom - y) / (self.plot.bottom - self.plot.top)))
    }

    /// A point, which may lie outside the plot; none where there is no place for it.
    fn point(&self, (x, y): (f64, f64)) -> Option<Point> {
        let (x, y) = (self.x.share(x)?, self.y.share(y)?);
        let plot = self.plot;
        let far = |share: f64| share.clamp(-99.0, 99.0) as f32;
        Some((plot.left + far(x) * (plot.right - plot.left), plot.bottom - far(y) * (plot.bottom - plot.top)))
    }
}

/// Everything that has a place.
struct Layout {
    scale: Scale,
    x_ticks: Vec<(f64, String)>,
    y_ticks: Vec<(f64, String)>,
    flags: Vec<Flag>,
    /// Where the first row of markers' names is, and how many there are.
    names: Names,
}

impl CurvesChart {
    /// Whether there is no point to draw.
    fn is_empty(&self) -> bool {
        let (x, y) = (self.x.span(&[]), self.y.span(&[]));
        let seen = |&(a, b): &(f64, f64)| x.share(a).is_some() && y.share(b).is_some();
        !self.series.iter().any(|series| series.points.iter().any(seen))
    }

    fn spans(&self) -> (Span, Span) {
        let points = || self.series.iter().flat_map(|series| series.points.iter());
        let mut xs: Vec<f64> = points().map(|point| point.0).collect();
        xs.extend(self.markers.iter().map(|marker| marker.x));
        let bands = self.series.iter().flat_map(|series| &series.band).flat_map(|&(low, high)| [low, high]);
        let ys: Vec<f64> = points().map(|point| point.1).chain(bands).collect();
        (self.x.span(&xs), self.y.span(&ys))
    }

    /// Where values are in a box of a size in CSS px: for pointers.
    pub fn scale(&self, width: f32, height: f32) -> Scale {
        self.layout(width, height).scale
    }

    fn layout(&self, width: f32, height: f32) -> Layout {
        let (x, y) = self.spans();
        let title = if self.y.title.is_empty() { 0.0 } else { LINE };
        let x_ticks = x.ticks((width / 64.0).clamp(2.0, 9.0) as usize);
        let y_ticks = y.ticks(((height - 60.0) / 34.0).clamp(2.0, 8.0) as usize);
        let widest = y_ticks.iter().map(|tick| text_width(&tick.1, SMALL)).fold(0.0, f32::max);
        let left = widest.max(24.0) + 10.0;
        let plot = Plot {
            left,
            right: (width - 16.0).max(left + 60.0),
            top: title + 8.0,
            bottom: (height - if self.x.title.is_empty() { 24.0 } else { 42.0 }).max(60.0),
        };
        let mut scale = Scale { plot, x, y };
        let flags = labels::flags(&self.markers, &scale, width);
        let rows = flags.iter().map(|flag| flag.row + 1).max().unwrap_or(0);
        scale.plot.top += LINE * rows as f32;
        let names = match labels::on_lines(self, &scale, width) {
            Some(names) => names,
            None => {
                let names = labels::in_rows(self, width, title);
                scale.plot.top += LINE * names.rows as f32;
                names
            }
        };
        scale.plot.top = scale.plot.top.min(scale.plot.bottom - 20.0);
        Layout { scale, x_ticks, y_ticks, flags, names }
    }

    /// The y of a line at an x: of a step the last point's, of a line between its neighbours, each as its axis measures. None
    /// beside the line and in a gap.
    pub fn value_at(&self, series: usize, x: f64) -> Option<f64> {
        let (across, up) = self.spans();
        let series = self.series.get(series)?;
        let after = series.points.partition_point(|point| point.0 <= x);
        let before = series.points.get(after.checked_sub(1)?)?;
        let finite = |y: f64| Some(y).filter(|y| y.is_finite());
        if series.style == Style::Step || before.0 == x {
            return finite(before.1);
        }
        let next = series.points.get(after)?;
        let (from, to, at) = (across.share(before.0)?, across.share(next.0)?, across.share(x)?);
        let (low, high) = (up.share(before.1)?, up.share(next.1)?);
        finite(up.beyond(low + (high - low) * (at - from) / (to - from)))
    }

    /// Draws the chart over the whole of an area measured in [`UNITS`].
    pub fn draw<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>, theme: &Theme) -> Result<(), DrawError<B>> {
        let (width, height) = area.dim_in_pixel();
        let (width, height) = (width as f32 / UNITS as f32, height as f32 / UNITS as f32);
        let layout = self.layout(width, height);
        let plot = layout.scale.plot;
        let canvas = Canvas { area, theme, plot, data: plot.coordinates(area, 0.0..1.0, 0.0..1.0) };
        if self.is_empty() {
            self.draw_axes(&canvas, &layout)?;
            return canvas.sentence(&self.empty);
        }
        self.draw_grid(&canvas, &layout)?;
        for series in &self.series {
            canvas.band(series, &layout.scale)?;
        }
        self.draw_flags(&canvas, &layout)?;
        for series in &self.series {
            canvas.curve(series, &layout.scale)?;
        }
        self.draw_axes(&canvas, &layout)?;
        self.draw_names(&canvas, &layout)?;
        self.draw_cursor(&canvas, &layout.scale)
    }

    /// Hairlines where a value is hard to carry over from its tick: powers of ten.
    fn draw_grid<B: DrawingBackend>(&self, canvas: &Canvas<B>, layout: &Layout) -> Result<(), DrawError<B>> {
        if !self.y.log {
            return Ok(());
        }
        let plot = canvas.plot;
        for &(value, _) in &layout.y_ticks {
            let y = layout.scale.y_of(value);
            canvas.rule((plot.left, y), (plot.right, y), Role::Line, 1.0)?;
        }
        Ok(())
    }

    fn draw_cursor<B: DrawingBackend>(&self, canvas: &Canvas<B>, scale: &Scale) -> Result<(), DrawError<B>> {
        let inside = |x: &f64| scale.x.share(*x).is_some_and(|share| (0.0..=1.0).contains(&share));
        let Some(at) = self.cursor.filter(inside) else { return Ok(()) };
        let x = scale.x_of(at);
        canvas.rule((x, canvas.plot.top), (x, canvas.plot.bottom), Role::Soft, 1.0)?;
        for (place, series) in self.series.iter().enumerate() {
            let y = self.value_at(place, at).and_then(|y| scale.y.share(y));
            if let Some(share) = y.filter(|share| (0.0..=1.0).contains(share)) {
                let y = canvas.plot.bottom - share as f32 * (canvas.plot.bottom - canvas.plot.top);
                canvas.ring((x, y), series)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
