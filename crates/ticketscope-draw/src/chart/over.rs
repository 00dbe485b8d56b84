//! What lies over a histogram's bars: bins that stand out, other counts, a range, places on the axis.

use super::{Canvas, DrawError, HistogramChart, Scale, share, units};
use crate::theme::{Role, SMALL, text_width};
use plotters::prelude::{DrawingBackend, PathElement, Polygon};
use plotters_backend::text_anchor::HPos;

/// Half the size of a range's handle, CSS px.
const HANDLE: (f32, f32) = (5.0, 11.0);

impl HistogramChart {
    /// Bins that stand out: at full strength in an ink frame.
    pub(super) fn draw_lit<B: DrawingBackend>(&self, canvas: &Canvas<B>, scale: &Scale) -> Result<(), DrawError<B>> {
        for &bin in self.lit.iter().filter(|&&bin| bin < self.counts.len()) {
            let y = self.share(bin).min(scale.top);
            let (from, to) = (scale.edge(bin), scale.edge(bin + 1));
            let corners = [(from, 0.0), (from, y), (to, y), (to, 0.0)];
            canvas.data.draw(&Polygon::new(corners, canvas.fill(Role::Bar, 1.0)))?;
            canvas.data.draw(&PathElement::new(corners, canvas.line(Role::Ink, 2.0)))?;
        }
        Ok(())
    }

    /// Other counts: a step line in ink on paper, with its name where it stands highest above the bars.
    pub(super) fn draw_outline<B: DrawingBackend>(
        &self,
        canvas: &Canvas<B>,
        scale: &Scale,
    ) -> Result<(), DrawError<B>> {
        let Some(other) = self.outline.as_ref().filter(|other| other.total > 0) else { return Ok(()) };
        let bins = self.counts.len().min(other.counts.len());
        let height = |bin: usize| share(other.counts[bin], other.total).min(scale.top);
        let mut steps = vec![(scale.edge(0), 0.0)];
        for bin in 0..bins {
            steps.extend([(scale.edge(bin), height(bin)), (scale.edge(bin + 1), height(bin))]);
        }
        steps.push((scale.edge(bins), 0.0));
        canvas.data.draw(&PathElement::new(steps.clone(), canvas.line(Role::Paper, 4.0)))?;
        canvas.data.draw(&PathElement::new(steps, canvas.line(Role::Ink, 1.8)))?;
        // In a small chart the line under the title says what it is.
        if other.label.is_empty() {
            return Ok(());
        }
        let above = |bin: usize| height(bin) - self.share(bin);
        let Some(best) = (0..bins).max_by(|&a, &b| above(a).total_cmp(&above(b))) else { return Ok(()) };
        let x = canvas.x((scale.edge(best) + scale.edge(best + 1)) / 2.0);
        let step = canvas.y(height(best));
        // Clear of the names of places on the axis; a line leads to what lies lower.
        let y = (step - 10.0).min(canvas.plot.bottom - 48.0).max(canvas.plot.top + 6.0);
        if y + 12.0 < step {
            canvas.rule((x, y + 8.0), (x, step), Role::Ink, 1.0)?;
        }
        canvas.label(&other.label, x, y)
    }

    /// A range: what lies outside is veiled, and each end is a rule with a handle.
    pub(super) fn draw_brush<B: DrawingBackend>(&self, canvas: &Canvas<B>, scale: &Scale) -> Result<(), DrawError<B>> {
        let Some((low, high)) = self.brush else { return Ok(()) };
        let (left, right) = (scale.x_of(low.min(high)), scale.x_of(high.max(low)));
        let plot = canvas.plot;
        for (from, to) in [(plot.left, left), (right, plot.right)] {
            if to > from {
                canvas.block([from, plot.top, to, plot.bottom], Role::Paper, 0.68)?;
            }
        }
        let middle = (plot.top + plot.bottom) / 2.0;
        for x in [left, right] {
            canvas.rule((x, plot.top), (x, plot.bottom), Role::Ink, 1.5)?;
            let (half, tall) = HANDLE;
            canvas.block([x - half - 1.5, middle - tall - 1.5, x + half + 1.5, middle + tall + 1.5], Role::Ink, 1.0)?;
            canvas.block([x - half, middle - tall, x + half, middle + tall], Role::Card, 1.0)?;
            for dx in [-1.5, 1.5] {
                canvas.block([x + dx - 0.5, middle - 4.0, x + dx + 0.5, middle + 4.0], Role::Ink, 1.0)?;
            }
        }
        Ok(())
    }

    /// Places on the axis: an arrowhead that stands on it, and what it is.
    pub(super) fn draw_ticks<B: DrawingBackend>(&self, canvas: &Canvas<B>, scale: &Scale) -> Result<(), DrawError<B>> {
        for tick in self.ticks.iter().filter(|tick| !tick.x.is_nan()) {
            let (x, y) = (scale.x_of(tick.x), canvas.plot.bottom);
            let head = |size: f32, role| {
                let corners = [(x, y), (x - 0.6 * size, y - size), (x + 0.6 * size, y - size)];
                Polygon::new(corners.map(|(x, y)| (units(x), units(y))), canvas.fill(role, 1.0))
            };
            canvas.area.draw(&head(14.0, Role::Paper))?;
            canvas.area.draw(&head(10.0, Role::Ink))?;
            canvas.label(&tick.label, x, y - 22.0)?;
        }
        Ok(())
    }
}

impl<B: DrawingBackend> Canvas<'_, B> {
    /// A filled rectangle: left, top, right, bottom.
    pub(super) fn block(
        &self,
        [left, top, right, bottom]: [f32; 4],
        role: Role,
        alpha: f64,
    ) -> Result<(), DrawError<B>> {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        self.area.draw(&Polygon::new(corners.map(|(x, y)| (units(x), units(y))), self.fill(role, alpha)))
    }

    /// A text about a place inside the plot, on paper so that it can be read over bars.
    fn label(&self, text: &str, x: f32, y: f32) -> Result<(), DrawError<B>> {
        if text.is_empty() {
            return Ok(());
        }
        let half = text_width(text, SMALL) / 2.0 + 3.0;
        let x = x.clamp(self.plot.left + half, (self.plot.right - half).max(self.plot.left + half));
        self.block([x - half, y - 8.0, x + half, y + 8.0], Role::Paper, 0.86)?;
        self.text(text, x, y, HPos::Center, Role::Ink)
    }

    /// What is said instead of bars, in the middle; broken in two where it is long.
    pub(super) fn sentence(&self, text: &str) -> Result<(), DrawError<B>> {
        let plot = self.plot;
        let (x, y) = ((plot.left + plot.right) / 2.0, (plot.top + plot.bottom) / 2.0);
        let long = text_width(text, SMALL) > plot.right - plot.left;
        let near = |at: &usize| at.abs_diff(text.len() / 2);
        let space = text.match_indices(' ').map(|(at, _)| at).min_by_key(near).filter(|_| long);
        match space {
            Some(at) => {
                self.text(&text[..at], x, y - 9.0, HPos::Center, Role::Ink)?;
                self.text(&text[at + 1..], x, y + 9.0, HPos::Center, Role::Ink)
            }
            None => self.text(text, x, y, HPos::Center, Role::Ink),
        }
    }
}
