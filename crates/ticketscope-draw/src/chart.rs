//! Charts, drawn with plotters on any backend: the histogram of path products here, [`curves`] over one or two logarithmic or
//! plain axes, and [`dots`], one for each of many networks.
//!
//! plotters places whole numbers only, so the chart is drawn in units of 1/[`UNITS`] CSS px: a canvas is scaled by its device
//! pixel ratio over [`UNITS`] (see [`UnitBackend`](crate::backend::UnitBackend)), a file by its own backend
//! ([`SvgBackend`](crate::svg::SvgBackend)).

pub mod curves;
pub mod dots;
mod over;
mod scale;

use crate::range::{Ticks, drawable};
use crate::theme::{Role, SANS, SMALL, Theme, text_width};
use plotters::coord::Shift;
use plotters::element::DashedPathElement;
use plotters::prelude::{
    Color, DrawingArea, DrawingAreaErrorKind, DrawingBackend, FontDesc, FontFamily, FontStyle, PathElement, Polygon,
    RGBColor, ShapeStyle, TextStyle,
};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use scale::Data;
pub use scale::{Plot, Scale};

/// Units of the chart in one CSS px.
pub const UNITS: u32 = 8;

/// What the bars are compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Theory {
    /// Points (x, share of a bin's width about x), in order of x; those that are not finite or lie outside the
    /// window are left out.
    pub points: Vec<(f64, f64)>,
}

impl Theory {
    /// The share that a bin of the histogram's width would hold if it were centred at x, for x through the window: the curve
    /// meets each bar at its middle at exactly the height that the law gives it, and stays finite where the density does not.
    /// Not for laws with atoms, whose share jumps as the bin slides.
    pub fn from_cdf(low: f64, high: f64, bins: usize, cdf: impl Fn(f64) -> f64) -> Self {
        let (low, high) = drawable(low, high);
        let half = (high - low) / bins.max(1) as f64 / 2.0;
        let steps = (8 * bins).clamp(64, 2048);
        let at = |i: usize| {
            let x = low + half + (high - low - 2.0 * half) * i as f64 / steps as f64;
            (x, cdf(x + half) - cdf(x - half))
        };
        Self { points: (0..=steps).map(at).collect() }
    }
}

/// A vertical line with its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Marker {
    /// Where.
    pub x: f64,
    /// What it is.
    pub label: String,
}

/// What the x axis measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Axis {
    /// The values themselves.
    #[default]
    Plain,
    /// Sizes by their power of ten: x is log₁₀ of the size, and the ticks say the size.
    Powers,
}

/// Other counts in the same bins: a step line with its name on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// What each bin holds.
    pub counts: Vec<u64>,
    /// All that was counted.
    pub total: u64,
    /// Its name, on the line; empty for none.
    pub label: String,
}

/// A histogram and what stands around it. All values are in what its x axis measures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HistogramChart {
    /// What the x axis measures. Bins are equally wide on it.
    pub axis: Axis,
    /// Left end of the first bin.
    pub low: f64,
    /// Right end of the last bin.
    pub high: f64,
    /// What each bin holds.
    pub counts: Vec<u64>,
    /// All that was counted, inside the window and outside; bars are shares of it.
    pub total: u64,
    /// The law's own shares.
    pub theory: Option<Theory>,
    /// Title of the x axis; empty for none.
    pub x_title: String,
    /// Title of the y axis, which counts in per cent of [`Self::total`]; empty for none.
    pub y_title: String,
    /// Lines to mark, such as a target.
    pub markers: Vec<Marker>,
    /// Places to mark on the axis, such as the product of the path that is looked at.
    pub ticks: Vec<Marker>,
    /// Other counts to compare with.
    pub outline: Option<Outline>,
    /// Bins that stand out: their numbers, from 0.
    pub lit: Vec<usize>,
    /// A range with a handle at each end; what lies outside is veiled.
    pub brush: Option<(f64, f64)>,
    /// Where the y axis ends, as a share; none where the bars decide.
    pub top: Option<f64>,
    /// What is said where nothing was counted.
    pub empty: String,
}

/// A backend that could not draw.
pub type DrawError<B> = DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>;

/// Bars this many times as high as the highest but a few are cut off, and say so.
const SPIKE: f64 = 3.0;
/// Height of a line of small text, CSS px.
const LINE: f32 = 17.0;

/// A part of a total; nothing of nothing.
fn share(count: u64, total: u64) -> f64 {
    if total == 0 { 0.0 } else { count as f64 / total as f64 }
}

impl HistogramChart {
    /// A bin's share of the total.
    fn share(&self, bin: usize) -> f64 {
        share(self.counts[bin], self.total)
    }

    /// Whether there is nothing to draw but a sentence.
    fn is_empty(&self) -> bool {
        let outlined = self.outline.as_ref().is_some_and(|outline| outline.total > 0);
        self.total == 0 && !outlined && !self.empty.is_empty()
    }

    /// Top of the y axis, and whether bars are cut off there: a law that is unbounded at 0 puts so much into its middle bins
    /// that all others would lie flat.
    fn top(&self) -> (f64, bool) {
        let mut shares: Vec<f64> = (0..self.counts.len()).map(|bin| self.share(bin)).collect();
        shares.sort_by(|a, b| b.total_cmp(a));
        let highest = shares.first().copied().unwrap_or(0.0);
        if let Some(top) = self.top.filter(|top| top.is_finite() && *top > 0.0) {
            let top = top.clamp(1e-6, 1.0);
            return (top, highest > top);
        }
        let usual = shares.get(shares.len() / 20).copied().unwrap_or(0.0);
        if highest > SPIKE * usual && usual > 0.0 {
            return (1.6 * usual, true);
        }
        let theory = self.theory.iter().flat_map(|theory| &theory.points).map(|p| p.1).filter(|y| y.is_finite());
        // The other counts' own spike does not flatten the bars.
        let most = if highest > 0.0 { 1.5 * highest } else { 1.0 };
        let others =
            self.outline.iter().flat_map(|other| other.counts.iter().map(|&n| share(n, other.total).min(most)));
        let highest = theory.chain(others).fold(highest, f64::max);
        (if highest > 0.0 { 1.06 * highest } else { 1.0 }, false)
    }

    /// Room for the lines of text above the plot: title of the y axis, markers, how high a spike is.
    fn head(&self, clipped: bool) -> f32 {
        let lines = [!self.y_title.is_empty(), !self.markers.is_empty(), clipped];
        LINE * lines.into_iter().filter(|&line| line).count() as f32
    }

    /// Where values and bins are in a box of a size in CSS px: for pointers, and for [`Self::draw`].
    pub fn scale(&self, width: f32, height: f32) -> Scale {
        let (top, clipped) = self.top();
        let y_ticks = Ticks::new(0.0, 100.0 * top, ((height - 60.0) / 36.0).clamp(2.0, 6.0) as usize);
        let y_texts: Vec<String> = y_ticks.values.iter().map(|&v| y_ticks.text(v) + " %").collect();
        let widest = y_texts.iter().map(|text| text_width(text, SMALL)).fold(0.0, f32::max);
        let plot = Plot {
            left: widest.max(24.0) + 10.0,
            right: (width - 16.0).max(widest + 60.0),
            top: self.head(clipped) + 8.0,
            bottom: (height - if self.x_title.is_empty() { 24.0 } else { 42.0 }).max(60.0),
        };
        let (low, high) = drawable(self.low, self.high);
        let y_ticks = y_ticks.values.into_iter().zip(y_texts).collect();
        Scale { plot, low, high, top, bins: self.counts.len(), y_ticks }
    }

    /// Draws the chart over the whole of an area measured in [`UNITS`].
    pub fn draw<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>, theme: &Theme) -> Result<(), DrawError<B>> {
        let (width, height) = area.dim_in_pixel();
        let width = width as f32 / UNITS as f32;
        let scale = self.scale(width, height as f32 / UNITS as f32);
        let (low, high, top) = (scale.low, scale.high, scale.top);
        let canvas = Canvas { area, theme, plot: scale.plot, data: scale.plot.coordinates(area, low..high, 0.0..top) };
        let x_ticks = self.axis.ticks(low, high, (width / 64.0).clamp(2.0, 9.0) as usize);
        if self.is_empty() {
            self.draw_axes(&canvas, &x_ticks, &[])?;
            return canvas.sentence(&self.empty);
        }
        self.draw_bars(&canvas, &scale)?;
        self.draw_outline(&canvas, &scale)?;
        self.draw_theory(&canvas, top)?;
        self.draw_brush(&canvas, &scale)?;
        self.draw_axes(&canvas, &x_ticks, &scale.y_ticks)?;
        self.draw_markers(&canvas, low, high)?;
        self.draw_ticks(&canvas, &scale)
    }

    fn draw_bars<B: DrawingBackend>(&self, canvas: &Canvas<B>, scale: &Scale) -> Result<(), DrawError<B>> {
        let (bins, top) = (self.counts.len(), scale.top);
        let bin_px = (canvas.plot.right - canvas.plot.left) / bins.max(1) as f32;
        // One outline for all bars: next to each other, each with its own, they would show seams.
        let mut outline = vec![(scale.low, 0.0)];
        for bin in 0..bins {
            let y = self.share(bin).min(top);
            outline.extend([(scale.edge(bin), y), (scale.edge(bin + 1), y)]);
        }
        outline.push((scale.high, 0.0));
        // Where some stand out, the others step back.
        let alpha = if self.lit.is_empty() { 1.0 } else { 0.45 };
        if bins > 0 {
            canvas.data.draw(&Polygon::new(outline, canvas.fill(Role::Bar, alpha)))?;
        }
        let (mut ink, gap) = (canvas.line(Role::Ink, 1.2), canvas.line(Role::Paper, 1.0));
        ink.color = ink.color.mix(alpha);
        for bin in 0..bins {
            let (share, from, to) = (self.share(bin), scale.edge(bin), scale.edge(bin + 1));
            if bin > 0 && bin_px >= 5.0 {
                let side = share.max(self.share(bin - 1)).min(top);
                canvas.data.draw(&PathElement::new([(from, 0.0), (from, side)], gap))?;
            }
            if share > 0.0 && share <= top {
                canvas.data.draw(&PathElement::new([(from, share), (to, share)], ink))?;
            }
        }
        self.draw_lit(canvas, scale)?;
        for bin in (0..bins).filter(|&bin| self.share(bin) > top) {
            canvas.broken_bar(scale.edge(bin), scale.edge(bin + 1), top)?;
        }
        self.label_spike(canvas, scale)
    }

    /// Says how high the highest bar is that was cut off.
    fn label_spike<B: DrawingBackend>(&self, canvas: &Canvas<B>, scale: &Scale) -> Result<(), DrawError<B>> {
        let Some(highest) = (0..self.counts.len()).max_by_key(|&bin| (self.counts[bin], usize::MAX - bin)) else {
            return Ok(());
        };
        let share = self.share(highest);
        if share <= scale.top {
            return Ok(());
        }
        let x = canvas.x((scale.edge(highest) + scale.edge(highest + 1)) / 2.0);
        let text = format!("up to {:.1} %", 100.0 * share);
        let half = text_width(&text, SMALL) / 2.0;
        let x = x.clamp(canvas.plot.left + half, (canvas.plot.right - half).max(canvas.plot.left + half));
        canvas.text(&text, x, canvas.plot.top - 15.0, HPos::Center, Role::Ink)
    }

    fn draw_theory<B: DrawingBackend>(&self, canvas: &Canvas<B>, top: f64) -> Result<(), DrawError<B>> {
        let Some(theory) = &self.theory else { return Ok(()) };
        // Runs of drawable points: the curve leaves at the top and comes back.
        let (low, high) = drawable(self.low, self.high);
        let drawn = |&(x, y): &(f64, f64)| x >= low && x <= high && y.is_finite() && y <= top;
        for run in theory.points.split(|point| !drawn(point)).filter(|run| run.len() > 1) {
            let px = UNITS as i32;
            let points = run.iter().map(|&(x, y)| (x, y.max(0.0))).collect::<Vec<_>>();
            canvas.data.draw(&DashedPathElement::new(points, 5 * px, 4 * px, canvas.line(Role::Ink, 1.7)))?;
        }
        Ok(())
    }

    fn draw_axes<B: DrawingBackend>(
        &self,
        canvas: &Canvas<B>,
        x_ticks: &[(f64, String)],
        y_ticks: &[(f64, String)],
    ) -> Result<(), DrawError<B>> {
        let plot = canvas.plot;
        canvas.rule((plot.left, plot.bottom), (plot.right, plot.bottom), Role::Ink, 1.0)?;
        for (value, text) in x_ticks {
            let x = canvas.x(*value);
            canvas.rule((x, plot.bottom), (x, plot.bottom + 4.0), Role::Ink, 1.0)?;
            canvas.text(text, x, plot.bottom + 13.0, HPos::Center, Role::Soft)?;
        }
        for &(value, ref text) in y_ticks {
            let y = canvas.y(value / 100.0);
            if value > 0.0 {
                canvas.rule((plot.left - 4.0, y), (plot.left, y), Role::Ink, 1.0)?;
                canvas.text(text, plot.left - 7.0, y, HPos::Right, Role::Soft)?;
            }
        }
        if !self.y_title.is_empty() {
            canvas.text(&self.y_title, 0.0, LINE / 2.0, HPos::Left, Role::Soft)?;
        }
        if !self.x_title.is_empty() {
            canvas.text(&self.x_title, (plot.left + plot.right) / 2.0, plot.bottom + 32.0, HPos::Center, Role::Soft)?;
        }
        Ok(())
    }

    fn draw_markers<B: DrawingBackend>(&self, canvas: &Canvas<B>, low: f64, high: f64) -> Result<(), DrawError<B>> {
        let plot = canvas.plot;
        let line = if self.y_title.is_empty() { LINE / 2.0 } else { 1.5 * LINE };
        for marker in self.markers.iter().filter(|marker| marker.x >= low && marker.x <= high) {
            let x = canvas.x(marker.x);
            canvas.rule((x, line + 9.0), (x, plot.bottom), Role::Ink, 1.5)?;
            let half = text_width(&marker.label, SMALL) / 2.0;
            let x = x.clamp(half.min(plot.right / 2.0), (plot.right + 12.0 - half).max(plot.right / 2.0));
            canvas.text(&marker.label, x, line, HPos::Center, Role::Ink)?;
        }
        Ok(())
    }
}

fn units(px: f32) -> i32 {
    (px * UNITS as f32).round() as i32
}

/// What the parts of a chart draw with.
struct Canvas<'a, B: DrawingBackend> {
    area: &'a DrawingArea<B, Shift>,
    theme: &'a Theme,
    plot: Plot,
    data: Data<B>,
}

impl<B: DrawingBackend> Canvas<'_, B> {
    fn fill(&self, role: Role, alpha: f64) -> ShapeStyle {
        let colour = self.theme.colour(role);
        RGBColor(colour.0, colour.1, colour.2).mix(alpha).filled()
    }

    fn line(&self, role: Role, px: f32) -> ShapeStyle {
        let mut style = self.fill(role, 1.0);
        style.filled = false;
        style.stroke_width = units(px) as u32;
        style
    }

    fn x(&self, value: f64) -> f32 {
        self.data.map_coordinate(&(value, 0.0)).0 as f32 / UNITS as f32
    }

    fn y(&self, value: f64) -> f32 {
        self.data.map_coordinate(&(self.data.get_x_range().start, value)).1 as f32 / UNITS as f32
    }

    /// A horizontal or vertical line, on the middle of device pixels so that it is sharp.
    fn rule(&self, from: (f32, f32), to: (f32, f32), role: Role, px: f32) -> Result<(), DrawError<B>> {
        let snap = |p: (f32, f32)| (units(p.0.floor() + 0.5), units(p.1.floor() + 0.5));
        self.area.draw(&PathElement::new([snap(from), snap(to)], self.line(role, px)))
    }

    fn text(&self, text: &str, x: f32, y: f32, anchor: HPos, role: Role) -> Result<(), DrawError<B>> {
        let colour = self.theme.colour(role);
        let font = FontDesc::new(FontFamily::Name(SANS), f64::from(SMALL) * f64::from(UNITS), FontStyle::Normal);
        let colour = RGBColor(colour.0, colour.1, colour.2);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(anchor, VPos::Center));
        self.area.draw_text(text, &style, (units(x), units(y)))
    }

    /// A bar that goes on above the chart: a slanted gap near its top.
    fn broken_bar(&self, from: f64, to: f64, top: f64) -> Result<(), DrawError<B>> {
        let (left, right, y) = (self.x(from), self.x(to), self.y(top) + 9.0);
        let gap = [(left - 1.0, y + 2.5), (right + 1.0, y - 2.5)].map(|(x, y)| (units(x), units(y)));
        self.area.draw(&PathElement::new(gap, self.line(Role::Paper, 3.0)))?;
        Ok(())
    }
}
