//! From points to what can be drawn: runs without gaps, no finer than the eye, cut off at the plot's sides.

use super::{Plot, Scale, Series, Style};

/// A place in CSS px.
pub(super) type Point = (f32, f32);

/// Runs of a line inside the plot. Points of a column of `grain` px are as few as look the same.
pub(super) fn runs(series: &Series, scale: &Scale, grain: f32) -> Vec<Vec<Point>> {
    let places: Vec<Option<Point>> = series.points.iter().map(|&point| scale.point(point)).collect();
    let whole = places.split(Option::is_none).filter(|run| !run.is_empty());
    whole
        .flat_map(|run| {
            let points: Vec<Point> = run.iter().copied().flatten().collect();
            let points = if series.style == Style::Step { steps(&points) } else { points };
            clipped(&thinned(&points, grain), scale.plot)
        })
        .collect()
}

/// The same until the next point.
pub(super) fn steps(points: &[Point]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(2 * points.len());
    for &(x, y) in points {
        if let Some(&(_, before)) = out.last() {
            out.push((x, before));
        }
        out.push((x, y));
    }
    out
}

/// Of each column the first, the lowest, the highest and the last.
fn thinned(points: &[Point], grain: f32) -> Vec<Point> {
    let column = |point: &Point| (point.0 / grain).floor();
    let mut out = Vec::new();
    for group in points.chunk_by(|a, b| column(a) == column(b)) {
        let by_height = |a: &usize, b: &usize| group[*a].1.total_cmp(&group[*b].1);
        let all = || 0..group.len();
        let mut kept = [0, all().min_by(by_height).unwrap_or(0), all().max_by(by_height).unwrap_or(0), group.len() - 1];
        kept.sort_unstable();
        for (place, &index) in kept.iter().enumerate() {
            if place == 0 || index != kept[place - 1] {
                out.push(group[index]);
            }
        }
    }
    out
}

/// The parts of a line inside a rectangle.
fn clipped(points: &[Point], plot: Plot) -> Vec<Vec<Point>> {
    // A line along a side is inside.
    let sides = [plot.left - 0.01, plot.top - 0.01, plot.right + 0.01, plot.bottom + 0.01];
    let mut runs: Vec<Vec<Point>> = Vec::new();
    for pair in points.windows(2) {
        let Some((from, to)) = clip(pair[0], pair[1], sides) else { continue };
        match runs.last_mut() {
            Some(run) if run.last() == Some(&from) => run.push(to),
            _ => runs.push(vec![from, to]),
        }
    }
    runs
}

/// The part of a segment inside a rectangle (left, top, right, bottom), by Liang and Barsky.
pub(super) fn clip(from: Point, to: Point, [left, top, right, bottom]: [f32; 4]) -> Option<(Point, Point)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0f32, 1.0f32);
    for (slope, room) in [(-dx, from.0 - left), (dx, right - from.0), (-dy, from.1 - top), (dy, bottom - from.1)] {
        if slope == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if slope < 0.0 {
            enter = enter.max(room / slope);
        } else {
            leave = leave.min(room / slope);
        }
    }
    let at = |t: f32| {
        if t == 0.0 {
            from
        } else if t == 1.0 {
            to
        } else {
            (from.0 + t * dx, from.1 + t * dy)
        }
    };
    (enter <= leave).then(|| (at(enter), at(leave)))
}
