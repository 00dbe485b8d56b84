//! What the section draws, as charts. Pure.

use super::{Shows, Survival};
use ticketscope_core::prune::Rule;
use ticketscope_core::stats::wilson;
use ticketscope_draw::chart::Marker;
use ticketscope_draw::chart::curves::{Axis, CurvesChart, Series, Style};
use ticketscope_draw::chart::dots::DotStrip;
use ticketscope_scene::scene::Scene;

/// The smallest chance that a logarithmic axis goes down to.
const LEAST: f64 = 1e-60;

/// The name of a rule in the chart.
pub fn name(rule: Rule) -> &'static str {
    match rule {
        Rule::Layer => "layer",
        Rule::TwoChoices => "two choices",
        Rule::Edge => "any edge",
        Rule::Node => "node first",
        Rule::Magnitude => "magnitude",
        Rule::Synflow => "synflow",
    }
}

/// The paper's k and Lambert's.
pub fn bounds(survival: &Survival) -> [(&'static str, Option<f64>); 2] {
    let at = |place: usize| survival.bins.numbers.get(place).copied().filter(|k| k.is_finite());
    [("paper’s k", at(0)), ("Lambert’s k", at(1))]
}

/// Whether the bounds speak of this process at all.
pub fn applies(survival: &Survival) -> bool {
    survival.bins.numbers.get(3) == Some(&1.0)
}

/// The tail of balls in bins, for k = 0, 1, ….
pub fn tail(survival: &Survival) -> &[f64] {
    survival.bins.numbers.get(4..).unwrap_or(&[])
}

/// The chance at a step; beyond the end of the list destruction is certain.
pub fn chance(chances: &[f64], k: u64) -> Option<f64> {
    let last = chances.last()?;
    Some(usize::try_from(k).ok().and_then(|k| chances.get(k)).copied().unwrap_or(last.max(1.0)))
}

/// At most so many points of a line: more are not seen.
const POINTS: usize = 1500;

fn points(chances: &[f64]) -> Vec<(f64, f64)> {
    let stride = chances.len().div_ceil(POINTS).max(1);
    let last = chances.len().saturating_sub(1);
    let kept = |k: &usize| k.is_multiple_of(stride) || *k == last;
    (0..chances.len()).filter(kept).map(|k| (k as f64, chances[k])).collect()
}

/// The large chart.
pub fn curves(survival: &Survival) -> CurvesChart {
    let by = survival.shows == Shows::By;
    let mut series = Vec::new();
    let exact = |label: &str, chances: &[f64], style, tone| {
        let points = if by { points(chances) } else { differences(chances) };
        Series { label: label.to_owned(), points, style, tone, ..Series::default() }
    };
    if !tail(survival).is_empty() {
        series.push(exact("balls in bins", tail(survival), Style::Dashed, 0));
    }
    if !survival.exact.numbers.is_empty() {
        series.push(exact("orphans counted", &survival.exact.numbers, Style::Line, 0));
    }
    for curve in survival.shown() {
        let trials = curve.ensemble.survival.trials();
        let mut one = Series { label: name(curve.rule).to_owned(), style: Style::Step, ..Series::default() };
        one.tone = 1 + super::RULES.iter().position(|&rule| rule == curve.rule).unwrap_or(0);
        let mut before = 0;
        for (k, total) in curve.ensemble.survival.curve() {
            let Some(share) = wilson(if by { total } else { total - before }, trials) else { continue };
            before = total;
            one.points.push((f64::from(k), share.p));
            if by {
                // A logarithmic axis has no place for 0: there the band begins with the first death.
                let high = if survival.log && total == 0 { share.low } else { share.high };
                one.band.push((share.low, high));
            }
        }
        series.push(one);
    }
    let title = if by { "P(destroyed by k)" } else { "P(destroyed at k)" };
    let range = match (survival.log, by) {
        (false, true) => Some((0.0, 1.0)),
        (true, _) => Some((least(survival), 1.0)),
        _ => None,
    };
    CurvesChart {
        x: Axis { title: "k, edges cut".to_owned(), range: Some((0.0, end(&series, survival))), ..Axis::default() },
        y: Axis { log: survival.log, range, title: title.to_owned() },
        series,
        markers: markers(survival),
        cursor: survival.cursor,
        empty: "The curves are being worked out".to_owned(),
    }
}

/// What happens at each step, of what has happened by each.
fn differences(chances: &[f64]) -> Vec<(f64, f64)> {
    let mut before = 0.0;
    let step = |(k, &chance): (usize, &f64)| {
        let more = (chance - before).max(0.0);
        before = chance;
        (k as f64, more)
    };
    chances.iter().enumerate().map(step).collect()
}

/// Where the x axis ends: where every line is as good as at its end.
fn end(series: &[Series], survival: &Survival) -> f64 {
    let settled = |chances: &[f64]| chances.partition_point(|&chance| chance < 0.9999) as f64;
    let exact = settled(tail(survival)).max(settled(&survival.exact.numbers));
    let measured = series.iter().filter(|one| one.style == Style::Step).filter_map(|one| one.points.last());
    measured.map(|point| point.0).fold(exact, f64::max).max(1.0)
}

/// Where a logarithmic axis of chances ends: three powers of ten below what the paper's k stands for.
fn least(survival: &Survival) -> f64 {
    let [(_, paper), _] = bounds(survival);
    let k = paper.map_or(0.0, f64::ceil) as u64;
    let at = |chances: &[f64]| chance(chances, k.saturating_sub(1)).filter(|&chance| chance > 0.0);
    let smallest = [at(tail(survival)), at(&survival.exact.numbers)].into_iter().flatten().fold(1e-3, f64::min);
    (smallest * 1e-3).max(LEAST)
}

fn markers(survival: &Survival) -> Vec<Marker> {
    let rest = if applies(survival) { "" } else { " (does not apply)" };
    let marker = |(label, k): (&str, Option<f64>)| k.map(|x| Marker { x, label: format!("{label}{rest}") });
    bounds(survival).into_iter().filter_map(marker).collect()
}

/// A dot for each of the first networks.
pub fn dots(survival: &Survival) -> DotStrip {
    DotStrip {
        values: survival.dots().to_vec(),
        title: "destroyed at k".to_owned(),
        lit: survival.dot,
        empty: "No network yet".to_owned(),
        ..DotStrip::default()
    }
}

/// A network of the ensemble in words.
pub fn told(scene: &Scene, trial: usize, k: f64) -> String {
    let one = ticketscope_scene::run::trial(scene, trial as u64);
    format!("seed {}, pruning seed {}: destroyed at k = {k}", one.seed, one.prune_seed)
}
