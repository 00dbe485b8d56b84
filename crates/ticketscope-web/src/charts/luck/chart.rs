//! What the section draws, as charts. Pure.

use super::{Across, Luck};
use ticketscope_draw::chart::curves::{Axis, CurvesChart, Series, Style};
use ticketscope_draw::chart::dots::{Dot, DotStrip};
use ticketscope_scene::luck::Prediction;
use ticketscope_scene::run::Own;
use ticketscope_scene::scene::Scene;

/// What independence and the floors say of a scene; nothing where it has no network.
pub fn prediction(scene: &Scene) -> Option<Prediction> {
    Prediction::of(scene, &Own::default()).ok()
}

/// P(no ticket) is at least this.
pub fn floor(prediction: &Prediction) -> Option<f64> {
    [prediction.sign_floor, prediction.size_floor].into_iter().flatten().reduce(f64::max)
}

/// The large chart; before the guess only the guess.
pub fn curves(luck: &Luck) -> CurvesChart {
    let mut series = Vec::new();
    let lines = luck.lines();
    let y = |win: f64, fail: f64| if luck.fails { fail } else { win };
    if luck.revealed {
        for line in &lines {
            let known = |(x, scene): &(f64, Scene)| Some((*x, prediction(scene)?));
            let known: Vec<_> = line.scenes.iter().filter_map(known).collect();
            let points = known.iter().filter_map(|(x, one)| Some((*x, y(one.win?, one.fail?)))).collect::<Vec<_>>();
            if !points.is_empty() {
                let label = if lines.len() == 1 { "if independent".to_owned() } else { String::new() };
                series.push(Series { label, points, style: Style::Dashed, tone: line.tone, ..Series::default() });
            }
            if line.scenes.iter().any(|(_, scene)| *scene == luck.scene) {
                let limit = |(x, one): &(f64, Prediction)| {
                    floor(one).filter(|&floor| floor > 0.0).map(|floor| (*x, y(1.0 - floor, floor)))
                };
                let points: Vec<(f64, f64)> = known.iter().filter_map(limit).collect();
                if points.iter().any(|point| luck.fails || point.1 < 0.9995) {
                    let label = if luck.fails { "no less" } else { "no more" }.to_owned();
                    series.push(Series { label, points, style: Style::Dashed, ..Series::default() });
                }
            }
        }
        for line in &lines {
            let mut one = Series { label: line.label.clone(), tone: line.tone, ..Series::default() };
            for (x, scene) in &line.scenes {
                let Some(share) = luck.point(scene).and_then(|point| point.share.share()) else { continue };
                one.points.push((*x, y(share.p, 1.0 - share.p)));
                one.band.push(if luck.fails { (1.0 - share.high, 1.0 - share.low) } else { (share.low, share.high) });
            }
            series.push(one);
        }
    }
    if !luck.waived {
        let guess = f64::from(luck.guess) / 100.0;
        let points = vec![(own_x(luck), y(guess, 1.0 - guess))];
        series.push(Series { label: "your guess".to_owned(), points, style: Style::Points, ..Series::default() });
    }
    let ends = lines.last().map(|line| &line.scenes).and_then(|scenes| Some((scenes.first()?.0, scenes.last()?.0)));
    let (title, log) = match luck.across {
        Across::Width => ("width w", true),
        Across::Hidden => ("hidden layers n", false),
        Across::Epsilon => ("tolerance ε", true),
    };
    let ends = ends.map(|(low, high)| if low < high { (low, high) } else { (0.5 * low, 2.0 * high) });
    CurvesChart {
        x: Axis { log, range: ends, title: title.to_owned() },
        y: Axis {
            log: luck.fails,
            range: Some((if luck.fails { 1e-4 } else { 0.0 }, 1.0)),
            title: if luck.fails { "P(no ticket)" } else { "P(a ticket)" }.to_owned(),
        },
        series,
        cursor: luck.cursor,
        empty: "The networks are being searched".to_owned(),
        ..CurvesChart::default()
    }
}

fn own_x(luck: &Luck) -> f64 {
    match luck.across {
        Across::Width => luck.scene.width.into(),
        Across::Hidden => luck.scene.hidden.into(),
        Across::Epsilon => luck.scene.epsilon,
    }
}

/// A dot for each of the first networks, once the guess is made.
pub fn dots(luck: &Luck) -> DotStrip {
    let first = if luck.revealed { luck.own().map_or(&[][..], |point| point.share.first()) } else { &[] };
    let kind = |&(_, is_won): &(u64, bool)| if is_won { Dot::Full } else { Dot::Hollow };
    DotStrip {
        values: first.iter().map(|&(_, is_won)| if is_won { 0.0 } else { 1.0 }).collect(),
        dots: first.iter().map(kind).collect(),
        names: vec!["a ticket".to_owned(), "none".to_owned()],
        lit: luck.dot,
        empty: if luck.revealed { "No network yet" } else { "After your guess" }.to_owned(),
        ..DotStrip::default()
    }
}
