//! Names of lines and of markers, where they cover nothing.

use super::path::{Point, clip, runs};
use super::{Canvas, CurvesChart, DrawError, LINE, Layout, Marker, SMALL, Scale, Series, text_width};
use crate::theme::Role;
use plotters::prelude::DrawingBackend;
use plotters_backend::text_anchor::HPos;

/// A marker's name: right of its line like a flag, or left of it at the right side.
pub(super) struct Flag {
    x: f32,
    left: f32,
    /// From the plot upwards.
    pub(super) row: usize,
    text: String,
}

/// Where a line's name is: its left end and its middle height.
struct Name {
    series: usize,
    left: f32,
    y: f32,
}

/// Names of lines.
pub(super) struct Names {
    places: Vec<Name>,
    /// How many rows above the plot they take.
    pub(super) rows: usize,
}

/// Length of the line before a name, and what goes between the two.
const SWATCH: (f32, f32) = (22.0, 6.0);
/// Between names in a row.
const GAP: f32 = 16.0;
/// Half the height of a name.
const HALF: f32 = 8.0;

/// Markers inside the range, each name in the lowest row where it covers neither another name nor another marker's line.
pub(super) fn flags(markers: &[Marker], scale: &Scale, width: f32) -> Vec<Flag> {
    let inside = |x: f64| scale.x.share(x).is_some_and(|share| (0.0..=1.0).contains(&share));
    let mut inside: Vec<&Marker> = markers.iter().filter(|marker| inside(marker.x)).collect();
    inside.sort_by(|a, b| b.x.total_cmp(&a.x));
    let mut flags: Vec<Flag> = Vec::new();
    for marker in inside {
        let (x, wide) = (scale.x_of(marker.x), text_width(&marker.label, SMALL));
        let left = if x + 5.0 + wide <= width { x + 5.0 } else { (x - 5.0 - wide).max(0.0) };
        let meets = |flag: &Flag| {
            let right = flag.left + text_width(&flag.text, SMALL) + 6.0;
            (flag.left < left + wide + 6.0 && left < right) || (left - 3.0..left + wide + 3.0).contains(&flag.x)
        };
        let row = flags.iter().filter(|flag| meets(flag)).map(|flag| flag.row + 1).max().unwrap_or(0);
        flags.push(Flag { x, left, row, text: marker.label.clone() });
    }
    flags
}

fn name_width(series: &Series) -> f32 {
    SWATCH.0 + SWATCH.1 + text_width(&series.label, SMALL)
}

fn named(chart: &CurvesChart) -> impl Iterator<Item = (usize, &Series)> {
    chart.series.iter().enumerate().filter(|(_, series)| !series.label.is_empty())
}

/// Each name beside its line, as near the end as it covers nothing; none where one does not fit.
pub(super) fn on_lines(chart: &CurvesChart, scale: &Scale, width: f32) -> Option<Names> {
    let plot = scale.plot;
    let lines: Vec<Vec<Vec<Point>>> = chart.series.iter().map(|series| runs(series, scale, 3.0)).collect();
    let rules: Vec<f32> = chart.markers.iter().map(|marker| scale.x_of(marker.x)).collect();
    let mut boxes: Vec<[f32; 4]> = Vec::new();
    let mut places = Vec::new();
    for (index, series) in named(chart) {
        let wide = name_width(series);
        let free = |&(left, y): &Point| {
            let own = [left - 4.0, y - HALF - 1.0, left + wide + 4.0, y + HALF + 1.0];
            let inside =
                own[0] >= plot.left && own[2] <= width && own[1] >= plot.top - 6.0 && own[3] <= plot.bottom - 4.0;
            inside
                && !rules.iter().any(|&x| x > own[0] && x < own[2])
                && !boxes.iter().any(|b| b[0] < own[2] && own[0] < b[2] && b[1] < own[3] && own[1] < b[3])
                && !lines.iter().flatten().any(|run| run.windows(2).any(|pair| clip(pair[0], pair[1], own).is_some()))
        };
        let (left, y) = beside(lines.get(index)?, wide).find(free)?;
        boxes.push([left - 4.0, y - HALF, left + wide + 4.0, y + HALF]);
        places.push(Name { series: index, left, y });
    }
    Some(Names { places, rows: 0 })
}

/// Places beside a line for a box of a width, from the line's end backwards: right of it, over it, under it, left of it.
fn beside(runs: &[Vec<Point>], wide: f32) -> impl Iterator<Item = Point> {
    let end = runs.last().and_then(|run| run.last()).copied();
    let mut stops: Vec<Point> = end.into_iter().collect();
    for pair in runs.iter().rev().flat_map(|run| run.windows(2).rev()) {
        let [to, from] = [pair[1], pair[0]];
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let parts = (length / 10.0).ceil().clamp(1.0, 200.0) as usize;
        let at = |i: usize| {
            let t = i as f32 / parts as f32;
            (to.0 + t * (from.0 - to.0), to.1 + t * (from.1 - to.1))
        };
        let far = |a: Point, b: &Point| (a.0 - b.0).abs() + (a.1 - b.1).abs() >= 10.0;
        for point in (1..=parts).map(at) {
            if stops.last().is_none_or(|last| far(point, last)) {
                stops.push(point);
            }
        }
    }
    stops.into_iter().flat_map(move |(x, y)| {
        let lift = HALF + 4.0;
        [
            (x + 7.0, y),
            (x - wide - 4.0, y - lift),
            (x - wide / 2.0, y - lift),
            (x + 7.0, y + lift),
            (x - wide / 2.0, y + lift),
            (x - wide - 7.0, y),
        ]
    })
}

/// Names in rows under the y axis' title.
pub(super) fn in_rows(chart: &CurvesChart, width: f32, top: f32) -> Names {
    let (mut places, mut left, mut row) = (Vec::new(), 0.0, 0);
    for (series, one) in named(chart) {
        if left > 0.0 && left + name_width(one) > width {
            (left, row) = (0.0, row + 1);
        }
        places.push(Name { series, left, y: top + LINE * (row as f32 + 0.5) });
        left += name_width(one) + GAP;
    }
    let rows = if places.is_empty() { 0 } else { row + 1 };
    Names { places, rows }
}

impl CurvesChart {
    /// Markers: their lines, and their names on paper.
    pub(super) fn draw_flags<B: DrawingBackend>(
        &self,
        canvas: &Canvas<B>,
        layout: &Layout,
    ) -> Result<(), DrawError<B>> {
        let middle = |flag: &Flag| canvas.plot.top - 8.0 - LINE * (flag.row as f32 + 0.5);
        for flag in &layout.flags {
            canvas.rule((flag.x, middle(flag) - HALF), (flag.x, canvas.plot.bottom), Role::Ink, 1.5)?;
        }
        for flag in &layout.flags {
            let (y, right) = (middle(flag), flag.left + text_width(&flag.text, SMALL));
            canvas.block([flag.left - 2.0, y - HALF, right, y + HALF], Role::Paper, 0.86)?;
            canvas.text(&flag.text, flag.left, y, HPos::Left, Role::Ink)?;
        }
        Ok(())
    }

    pub(super) fn draw_names<B: DrawingBackend>(
        &self,
        canvas: &Canvas<B>,
        layout: &Layout,
    ) -> Result<(), DrawError<B>> {
        for name in &layout.names.places {
            let series = &self.series[name.series];
            canvas.swatch(series, name.left, name.y, SWATCH.0)?;
            canvas.text(&series.label, name.left + SWATCH.0 + SWATCH.1, name.y, HPos::Left, Role::Ink)?;
        }
        Ok(())
    }
}
