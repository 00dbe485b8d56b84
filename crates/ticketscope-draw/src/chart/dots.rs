//! A dot for each of many networks, stacked over what is known of it: the cuts that it took, or won and lost.

use super::{Canvas, DrawError, LINE, Marker, Plot, UNITS, units};
use crate::range::{Ticks, drawable};
use crate::theme::{Role, SMALL, Theme, text_width};
use plotters::coord::Shift;
use plotters::prelude::{Circle, DrawingArea, DrawingBackend};
use plotters_backend::text_anchor::HPos;

/// What a dot says besides its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dot {
    /// Filled.
    #[default]
    Full,
    /// A ring.
    Hollow,
    /// Grey.
    Faint,
}

/// Dots over an axis, each at its value; or in a block over each of some names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DotStrip {
    /// The value of each dot, or which of [`Self::names`] it belongs to, from 0. What is not a number has no dot.
    pub values: Vec<f64>,
    /// What each dot says; full where there is none.
    pub dots: Vec<Dot>,
    /// Names to stand under blocks, instead of numbers along an axis.
    pub names: Vec<String>,
    /// Ends of the axis; none where the values decide.
    pub range: Option<(f64, f64)>,
    /// What the axis measures; empty for none.
    pub title: String,
    /// Vertical lines with their names.
    pub markers: Vec<Marker>,
    /// The dot that stands out.
    pub lit: Option<usize>,
    /// What is said where there is no dot.
    pub empty: String,
}

/// Largest and smallest distance of neighbours, CSS px.
const PITCH: (f32, f32) = (11.0, 2.0);

/// Where dots are.
#[derive(Debug, Clone, PartialEq)]
pub struct DotScale {
    /// The rectangle of the data.
    pub plot: Plot,
    /// The middle of each dot; none for what has no dot.
    pub places: Vec<Option<(f32, f32)>>,
    /// CSS px.
    pub radius: f32,
    low: f64,
    high: f64,
}

/// Columns of dots along the axis, in its values.
struct Columns {
    count: usize,
    /// Where the first begins.
    first: f64,
    step: f64,
    /// From where a column begins to where its dots stand.
    middle: f64,
}

impl DotScale {
    fn x_of(&self, value: f64) -> f32 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0) as f32;
        self.plot.left + if share.is_nan() { 0.0 } else { share } * (self.plot.right - self.plot.left)
    }

    /// The dot at a place or close by; of several the nearest.
    pub fn pick(&self, x: f32, y: f32) -> Option<usize> {
        let far = |&(a, b): &(f32, f32)| (a - x).hypot(b - y);
        let near = self.places.iter().enumerate().filter_map(|(index, place)| Some((index, far(place.as_ref()?))));
        near.filter(|near| near.1 <= self.radius.max(2.0) + 6.0).min_by(|a, b| a.1.total_cmp(&b.1)).map(|near| near.0)
    }
}

impl DotStrip {
    fn ends(&self) -> (f64, f64) {
        if !self.names.is_empty() {
            return (-0.5, self.names.len() as f64 - 0.5);
        }
        let finite = || self.values.iter().copied().filter(|value| value.is_finite());
        let usual = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        let (low, high) = self.range.unwrap_or(if usual.0 <= usual.1 { usual } else { (0.0, 1.0) });
        drawable(low, high)
    }

    /// Where dots are in a box of a size in CSS px.
    pub fn scale(&self, width: f32, height: f32) -> DotScale {
        let head = if self.markers.is_empty() { 0.0 } else { LINE };
        let plot = Plot {
            left: 12.0,
            right: (width - 12.0).max(40.0),
            top: head + 6.0,
            bottom: (height - if self.title.is_empty() { 24.0 } else { 42.0 }).max(head + 24.0),
        };
        let (low, high) = self.ends();
        let mut scale = DotScale { plot, places: Vec::new(), radius: 1.0, low, high };
        let tall = plot.bottom - plot.top - 3.0;
        let mut pitch = PITCH.0;
        // The largest dots whose highest stack fits; the smallest lie over each other where none does.
        loop {
            let highest = self.stack(&mut scale, pitch, pitch);
            if highest as f32 * pitch <= tall || pitch <= PITCH.1 {
                if highest as f32 * pitch > tall {
                    self.stack(&mut scale, pitch, tall / highest as f32);
                }
                scale.radius = 0.42 * pitch;
                return scale;
            }
            pitch = (0.9 * pitch).max(PITCH.1);
        }
    }

    /// The columns that dots so far apart stand in: of whole numbers each holds whole ones and stands over their middle, so that no column
    /// gets more than its neighbours for where its ends happen to lie.
    fn columns(&self, scale: &DotScale, pitch: f32) -> Columns {
        let (low, long) = (scale.low, scale.high - scale.low);
        let wide = scale.plot.right - scale.plot.left;
        if !self.names.is_empty() {
            return Columns { count: self.names.len(), first: low, step: 1.0, middle: 0.5 };
        }
        if self.values.iter().all(|value| !value.is_finite() || value.fract() == 0.0) {
            let step = (f64::from(pitch / wide) * long).ceil().max(1.0);
            let first = low.ceil();
            // No more than fit, for a step is at least as long as a dot is wide.
            let count = ((scale.high - first) / step) as usize + 1;
            return Columns { count, first, step, middle: (step - 1.0) / 2.0 };
        }
        let count = ((wide / pitch) as usize).max(1);
        let step = long / count as f64;
        Columns { count, first: low, step, middle: step / 2.0 }
    }

    /// Puts each dot on the stack that its value belongs to; gives how many dots are in the highest.
    fn stack(&self, scale: &mut DotScale, pitch: f32, rise: f32) -> usize {
        let plot = scale.plot;
        let columns = self.columns(scale, pitch);
        // Blocks keep a gap between them.
        let block = (plot.right - plot.left) / columns.count as f32;
        let row = if self.names.is_empty() { 1 } else { ((0.86 * block / pitch) as usize).max(1) };
        let mut filled = vec![0usize; columns.count];
        scale.places.clear();
        for &value in &self.values {
            let share = (value - scale.low) / (scale.high - scale.low);
            if !(0.0..=1.0).contains(&share) {
                scale.places.push(None);
                continue;
            }
            let at = (((value - columns.first) / columns.step) as usize).min(columns.count - 1);
            let (up, across) = (filled[at] / row, filled[at] % row);
            filled[at] += 1;
            let middle = scale.x_of(columns.first + at as f64 * columns.step + columns.middle);
            let x = middle + (across as f32 - (row as f32 - 1.0) / 2.0) * pitch;
            scale.places.push(Some((x, plot.bottom - 2.0 - pitch / 2.0 - up as f32 * rise)));
        }
        filled.into_iter().max().unwrap_or(0).div_ceil(row)
    }

    /// Draws the dots over the whole of an area measured in [`UNITS`].
    pub fn draw<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>, theme: &Theme) -> Result<(), DrawError<B>> {
        let (width, height) = area.dim_in_pixel();
        let width = width as f32 / UNITS as f32;
        let scale = self.scale(width, height as f32 / UNITS as f32);
        let plot = scale.plot;
        let canvas = Canvas { area, theme, plot, data: plot.coordinates(area, 0.0..1.0, 0.0..1.0) };
        self.draw_axis(&canvas, &scale, width)?;
        if scale.places.iter().all(Option::is_none) {
            return canvas.sentence(&self.empty);
        }
        for marker in self.markers.iter().filter(|marker| marker.x >= scale.low && marker.x <= scale.high) {
            let x = scale.x_of(marker.x);
            canvas.rule((x, LINE), (x, plot.bottom), Role::Ink, 1.5)?;
            let half = text_width(&marker.label, SMALL) / 2.0;
            let at = x.clamp(half.min(width / 2.0), (width - half).max(width / 2.0));
            canvas.text(&marker.label, at, LINE / 2.0, HPos::Center, Role::Ink)?;
        }
        for (index, place) in scale.places.iter().enumerate() {
            if let Some(place) = place {
                canvas.dot(*place, scale.radius, self.dots.get(index).copied().unwrap_or_default())?;
            }
        }
        if let Some((x, y)) = self.lit.and_then(|lit| *scale.places.get(lit)?) {
            let at = (units(x), units(y));
            area.draw(&Circle::new(at, units(scale.radius + 4.0), canvas.fill(Role::Paper, 1.0)))?;
            area.draw(&Circle::new(at, units(scale.radius + 3.0), canvas.line(Role::Ink, 2.0)))?;
            let dot = self.lit.and_then(|lit| self.dots.get(lit)).copied().unwrap_or_default();
            canvas.dot((x, y), scale.radius, dot)?;
        }
        Ok(())
    }

    fn draw_axis<B: DrawingBackend>(
        &self,
        canvas: &Canvas<B>,
        scale: &DotScale,
        width: f32,
    ) -> Result<(), DrawError<B>> {
        let plot = canvas.plot;
        canvas.rule((plot.left, plot.bottom), (plot.right, plot.bottom), Role::Ink, 1.0)?;
        let ticks = Ticks::new(scale.low, scale.high, (width / 64.0).clamp(2.0, 9.0) as usize);
        let numbers = ticks.values.iter().map(|&value| (value, ticks.text(value)));
        let names = self.names.iter().enumerate().map(|(place, name)| (place as f64, name.clone()));
        let ticks: Vec<(f64, String)> = if self.names.is_empty() { numbers.collect() } else { names.collect() };
        for (value, text) in ticks {
            let x = scale.x_of(value);
            if self.names.is_empty() {
                canvas.rule((x, plot.bottom), (x, plot.bottom + 4.0), Role::Ink, 1.0)?;
            }
            canvas.text(&text, x, plot.bottom + 13.0, HPos::Center, Role::Soft)?;
        }
        if !self.title.is_empty() {
            canvas.text(&self.title, (plot.left + plot.right) / 2.0, plot.bottom + 32.0, HPos::Center, Role::Soft)?;
        }
        Ok(())
    }
}

impl<B: DrawingBackend> Canvas<'_, B> {
    fn dot(&self, (x, y): (f32, f32), radius: f32, dot: Dot) -> Result<(), DrawError<B>> {
        let at = (units(x), units(y));
        match dot {
            Dot::Full => self.area.draw(&Circle::new(at, units(radius), self.fill(Role::Ink, 1.0))),
            Dot::Faint => self.area.draw(&Circle::new(at, units(radius), self.fill(Role::Ghost, 1.0))),
            Dot::Hollow => {
                let px = (0.35 * radius).clamp(0.6, 1.5);
                self.area.draw(&Circle::new(at, units((radius - px / 2.0).max(0.4)), self.line(Role::Ink, px)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::svg::{SvgBackend, SvgSurface};
    use plotters::prelude::IntoDrawingArea;

    fn svg(strip: &DotStrip, width: f32, height: f32) -> String {
        let mut surface = SvgSurface::new(width, height, Theme::DARK);
        strip.draw(&SvgBackend::new(&mut surface, width, height).into_drawing_area(), &Theme::DARK).unwrap();
        surface.finish("", "")
    }

    #[test]
    fn each_dot_is_in_the_box_and_is_found_where_it_is() {
        for count in [1usize, 100, 1000] {
            let values: Vec<f64> = (0..count).map(|i| ((i * 37) % 23) as f64).collect();
            let strip = DotStrip { values, range: Some((0.0, 30.0)), ..DotStrip::default() };
            let scale = strip.scale(360.0, 160.0);
            for (index, place) in scale.places.iter().enumerate() {
                let (x, y) = place.unwrap();
                assert!(
                    x > 0.0 && x < 360.0 && y >= scale.plot.top - 3.0 && y < scale.plot.bottom,
                    "{count} {place:?}"
                );
                assert_eq!(scale.pick(x, y), Some(index), "{count}");
            }
            assert_eq!(scale.pick(340.0, 5.0), None);
            assert_eq!(svg(&strip, 360.0, 160.0).matches("<circle").count(), count);
        }
    }

    #[test]
    fn whole_numbers_stand_over_themselves_and_none_shares_its_column_unevenly() {
        // 23 numbers have room each; 700 share columns, equally many a column.
        for (numbers, width) in [(23usize, 360.0), (700, 360.0)] {
            let strip = DotStrip { values: (0..numbers).map(|i| (i + 500) as f64).collect(), ..DotStrip::default() };
            let scale = strip.scale(width, 160.0);
            let mut heights = std::collections::BTreeMap::<u32, usize>::new();
            for (place, value) in scale.places.iter().zip(&strip.values) {
                let (x, _) = place.unwrap();
                if numbers == 23 {
                    assert!((x - scale.x_of(*value)).abs() < 0.01, "{value}");
                }
                *heights.entry((x * 8.0) as u32).or_default() += 1;
            }
            heights.pop_last();
            let first = heights.values().next().copied();
            assert!(heights.values().all(|&height| Some(height) == first), "{heights:?}");
        }
    }

    #[test]
    fn named_blocks_hold_their_own() {
        let values: Vec<f64> = (0..300).map(|i| f64::from(u8::from(i % 3 == 0))).collect();
        let names = vec!["won".to_owned(), "lost".to_owned()];
        let strip = DotStrip { values: values.clone(), names, lit: Some(3), ..DotStrip::default() };
        let scale = strip.scale(360.0, 160.0);
        let middle = (scale.plot.left + scale.plot.right) / 2.0;
        for (place, value) in scale.places.iter().zip(values) {
            assert_eq!(place.unwrap().0 > middle, value > 0.5);
        }
        let text = svg(&strip, 360.0, 160.0);
        assert!(text.contains("won") && text.contains("lost"));
    }

    #[test]
    fn every_strange_strip_can_be_drawn() {
        let strange = vec![f64::NAN, f64::INFINITY, -1e308, 1e308, 0.0, 5e-324];
        for range in [None, Some((f64::NAN, 0.0)), Some((0.0, 0.0)), Some((-1e308, f64::INFINITY))] {
            let markers = strange.iter().map(|&x| Marker { x, label: "here".to_owned() }).collect();
            let strip = DotStrip { values: strange.clone(), range, markers, ..DotStrip::default() };
            for (width, height) in [(360.0, 160.0), (1.0, 1.0)] {
                assert!(!svg(&strip, width, height).contains("NaN"));
            }
        }
        let many = DotStrip { values: vec![1.0; 50_000], range: Some((0.0, 2.0)), ..DotStrip::default() };
        assert_eq!(many.scale(360.0, 160.0).places.len(), 50_000);
        let none = DotStrip { empty: "No network yet.".to_owned(), ..DotStrip::default() };
        assert!(svg(&none, 360.0, 160.0).contains("No network yet."));
    }
}
