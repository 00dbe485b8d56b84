//! Lines, bands and markers in their colours.

use super::path::{Point, runs, steps};
use super::{Canvas, DrawError, Scale, Series, Style};
use crate::chart::{UNITS, units};
use crate::theme::{Role, SERIES};
use plotters::element::DashedPathElement;
use plotters::prelude::{Circle, Color, DrawingBackend, PathElement, Polygon, RGBColor, ShapeStyle};

/// Dash and gap by tone, CSS px.
const DASHES: [(i32, i32); 4] = [(5, 4), (2, 3), (10, 4), (7, 2)];
/// Between markers of a line with many points, CSS px.
const APART: f32 = 72.0;
/// Half the size of a marker, CSS px.
const MARKER: f32 = 4.0;

fn in_units(points: &[Point]) -> Vec<(i32, i32)> {
    points.iter().map(|&(x, y)| (units(x), units(y))).collect()
}

impl Series {
    /// A line in full, dashes or dots: what tells it apart besides its colour.
    pub(super) fn width(&self) -> f32 {
        if self.style == Style::Dashed { 1.7 } else { 1.8 }
    }
}

impl<B: DrawingBackend> Canvas<'_, B> {
    fn pen(&self, series: &Series, px: f32) -> ShapeStyle {
        let mut style = self.line(Role::Ghost, px);
        if series.style != Style::False {
            let colour = self.theme.series(series.tone);
            style.color = RGBColor(colour.0, colour.1, colour.2).to_rgba();
        }
        style
    }

    /// The interval about each point.
    pub(super) fn band(&self, series: &Series, scale: &Scale) -> Result<(), DrawError<B>> {
        let plot = self.plot;
        let inside = |(x, y): Point| (x.clamp(plot.left, plot.right), y.clamp(plot.top, plot.bottom));
        let ends: Vec<Option<[Point; 2]>> = series
            .points
            .iter()
            .zip(&series.band)
            .map(|(&(x, _), &(low, high))| Some([scale.point((x, low))?, scale.point((x, high))?]))
            .collect();
        let mut fill =
            if series.tone.is_multiple_of(SERIES) { self.fill(Role::Bar, 0.5) } else { self.pen(series, 0.0) };
        if !series.tone.is_multiple_of(SERIES) {
            fill = ShapeStyle { color: fill.color.mix(0.2), filled: true, stroke_width: 0 };
        }
        for run in ends.split(Option::is_none).filter(|run| run.len() > 1) {
            let side = |end: usize| {
                let points: Vec<Point> = run.iter().flatten().map(|ends| inside(ends[end])).collect();
                if series.style == Style::Step { steps(&points) } else { points }
            };
            let mut corners = in_units(&side(0));
            corners.extend(in_units(&side(1)).into_iter().rev());
            // Columns finer than a unit only slow the painter down.
            corners.dedup();
            self.area.draw(&Polygon::new(corners, fill))?;
        }
        Ok(())
    }

    pub(super) fn curve(&self, series: &Series, scale: &Scale) -> Result<(), DrawError<B>> {
        if series.style != Style::Points {
            for run in runs(series, scale, 0.5) {
                self.stroke(series, &run)?;
            }
        }
        for (x, y) in self.marked(series, scale) {
            self.marker((x, y), series)?;
        }
        Ok(())
    }

    fn stroke(&self, series: &Series, run: &[Point]) -> Result<(), DrawError<B>> {
        let (pen, px) = (self.pen(series, series.width()), UNITS as i32);
        let dashed = match series.style {
            Style::Dashed => Some(DASHES[series.tone % DASHES.len()]),
            Style::False => Some((1, 3)),
            _ => None,
        };
        match dashed {
            Some((dash, gap)) => self.area.draw(&DashedPathElement::new(in_units(run), dash * px, gap * px, pen)),
            None => self.area.draw(&PathElement::new(in_units(run), pen)),
        }
    }

    /// Where a line's markers are: on its points where they are few, else here and there along it.
    fn marked(&self, series: &Series, scale: &Scale) -> Vec<Point> {
        let plain = series.tone.is_multiple_of(SERIES) && matches!(series.style, Style::Line | Style::Step);
        if plain || (series.style == Style::Dashed && series.tone < DASHES.len()) {
            return Vec::new();
        }
        let plot = self.plot;
        let inside = |&(x, y): &Point| {
            (plot.left - 0.5..=plot.right + 0.5).contains(&x) && (plot.top - 0.5..=plot.bottom + 0.5).contains(&y)
        };
        let points: Vec<Point> = series.points.iter().filter_map(|&point| scale.point(point)).filter(inside).collect();
        if series.style == Style::Points || (points.len() as f32) * 0.4 * APART <= plot.right - plot.left {
            return points;
        }
        // Lines that lie close have theirs at different places.
        let mut next = plot.left + APART * (0.3 + 0.23 * (series.tone % 4) as f32);
        let mut marked = Vec::new();
        for point in points {
            if point.0 >= next {
                marked.push(point);
                next += APART * ((point.0 - next) / APART).floor().max(0.0) + APART;
            }
        }
        marked
    }

    /// A line's own marker at a place.
    pub(super) fn marker(&self, (x, y): Point, series: &Series) -> Result<(), DrawError<B>> {
        let (pen, r) = (self.pen(series, 1.6), MARKER);
        let lines = |ends: &[[Point; 2]]| {
            ends.iter().try_for_each(|ends| self.area.draw(&PathElement::new(in_units(ends), pen)))
        };
        let cross = [[(x - r, y - r), (x + r, y + r)], [(x - r, y + r), (x + r, y - r)]];
        let plus = [[(x - r - 1.0, y), (x + r + 1.0, y)], [(x, y - r - 1.0), (x, y + r + 1.0)]];
        let outline: &[Point] = match (series.style, series.tone % SERIES) {
            (Style::False, _) | (_, 5) => return lines(&cross),
            (_, 6) => return lines(&plus),
            (_, 0 | 1) => return self.round((x, y), series, series.tone.is_multiple_of(SERIES)),
            (_, 2) => &[(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)],
            (_, 3) => &[(x, y - r - 1.0), (x + r + 1.0, y + r - 0.5), (x - r - 1.0, y + r - 0.5)],
            (_, 4) => &[(x, y - r - 1.5), (x + r + 1.5, y), (x, y + r + 1.5), (x - r - 1.5, y)],
            _ => &[(x, y + r + 1.0), (x + r + 1.0, y - r + 0.5), (x - r - 1.0, y - r + 0.5)],
        };
        self.area.draw(&Polygon::new(in_units(outline), self.fill(Role::Paper, 1.0)))?;
        let closed: Vec<Point> = outline.iter().chain(outline.first()).copied().collect();
        self.area.draw(&PathElement::new(in_units(&closed), pen))
    }

    fn round(&self, (x, y): Point, series: &Series, filled: bool) -> Result<(), DrawError<B>> {
        let (middle, radius) = ((units(x), units(y)), units(MARKER));
        let mut full = self.pen(series, 0.0);
        full.filled = true;
        let inside = if filled { full } else { self.fill(Role::Paper, 1.0) };
        self.area.draw(&Circle::new(middle, radius, inside))?;
        self.area.draw(&Circle::new(middle, radius, self.pen(series, 1.6)))
    }

    /// Where a cursor meets a line.
    pub(super) fn ring(&self, (x, y): Point, series: &Series) -> Result<(), DrawError<B>> {
        let middle = (units(x), units(y));
        self.area.draw(&Circle::new(middle, units(5.0), self.fill(Role::Paper, 1.0)))?;
        self.area.draw(&Circle::new(middle, units(4.5), self.pen(series, 2.2)))
    }

    /// What a line looks like, before its name.
    pub(super) fn swatch(&self, series: &Series, left: f32, y: f32, width: f32) -> Result<(), DrawError<B>> {
        if series.style != Style::Points {
            self.stroke(series, &[(left, y), (left + width, y)])?;
        }
        let plain = series.tone.is_multiple_of(SERIES) && matches!(series.style, Style::Line | Style::Step);
        if plain || (series.style == Style::Dashed && series.tone < DASHES.len()) {
            return Ok(());
        }
        self.marker((left + width / 2.0, y), series)
    }
}
