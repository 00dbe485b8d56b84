//! An ensemble of runs beside the bounds.

use super::Fact;
use crate::number::{canonical, figure_to, grouped, share};
use crate::survival::{Bounds, Survival};
use serde::Serialize;
use ticketscope_core::stats::wilson;
use ticketscope_core::survival::ExactCurve;

/// An ensemble, as the JSON has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SurvivalReport {
    /// Runs.
    pub trials: u64,
    /// When they were destroyed; none where none was.
    pub destroyed_at: Option<Spread>,
    /// The share destroyed by each k, with Wilson's 95 % interval.
    pub curve: Vec<CurvePoint>,
    /// The model's chance at the same k; none for m = 0.
    pub balls_in_bins: Option<Vec<ModelPoint>>,
    /// The exact law of the runs, for every k up to the first at which all are destroyed; where it has been worked out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact_curve: Option<Vec<ModelPoint>>,
    /// The largest safe k of each.
    pub k_at_confidence: SafeSteps,
    #[serde(skip)]
    survived: u64,
    #[serde(skip)]
    applies: bool,
}

/// Where a sample of steps lies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// The smallest.
    pub min: u32,
    /// The middle one, or half way between the middle two.
    pub median: f64,
    /// The mean.
    pub mean: f64,
    /// The largest.
    pub max: u32,
}

/// One step of a measured curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CurvePoint {
    /// The step.
    pub k: u32,
    /// Runs destroyed by then.
    pub destroyed: u64,
    /// Their share.
    pub p: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// One step of a model's curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ModelPoint {
    /// The step.
    pub k: u32,
    /// The chance.
    pub p: f64,
}

/// The largest k up to which the chance of destruction is at most 1/c, by each account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SafeSteps {
    /// The paper's bound: ⌈k⌉ − 1.
    pub paper: Option<u64>,
    /// The better closed form, likewise.
    pub lambert: Option<u64>,
    /// Balls in bins.
    pub balls_in_bins: Option<u64>,
    /// By the exact curve.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<u64>,
    /// As measured; none where no step is safe, or every one.
    pub measured: Option<u64>,
}

impl SurvivalReport {
    /// The report of an ensemble beside its bounds.
    pub fn new(survival: &Survival, bounds: &Bounds) -> Self {
        let trials = survival.trials();
        let curve: Vec<CurvePoint> = survival
            .curve()
            .filter_map(|(k, destroyed)| {
                let share = wilson(destroyed, trials)?;
                Some(CurvePoint { k, destroyed, p: share.p, low: share.low, high: share.high })
            })
            .collect();
        let model = bounds
            .model
            .as_ref()
            .map(|model| curve.iter().map(|point| ModelPoint { k: point.k, p: model.tail(point.k.into()) }).collect());
        Self {
            trials,
            destroyed_at: Self::spread(survival),
            curve,
            balls_in_bins: model,
            exact_curve: bounds.exact.as_ref().map(exact_curve),
            k_at_confidence: SafeSteps {
                paper: bounds.paper.map(Bounds::largest_safe),
                lambert: bounds.lambert.map(Bounds::largest_safe),
                balls_in_bins: bounds.balls_in_bins(),
                exact: bounds.exact.as_ref().map(|curve| curve.largest_safe(bounds.confidence)),
                measured: survival.largest_safe(bounds.confidence).map(u64::from),
            },
            survived: survival.survived(),
            applies: bounds.applies,
        }
    }

    fn spread(survival: &Survival) -> Option<Spread> {
        Some(Spread { min: survival.min()?, median: survival.median()?, mean: survival.mean()?, max: survival.max()? })
    }

    /// The ensemble line by line.
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = vec![Fact::new("trials", grouped(self.trials)).with("seeds and pruning seeds in sequence")];
        if let Some(Spread { min, median, mean, max }) = self.destroyed_at {
            let steps = format!(
                "steps {}–{}, median {}, mean {}",
                grouped(min.into()),
                grouped(max.into()),
                canonical(median),
                figure_to(mean, 4),
            );
            facts.push(Fact::new("destroyed at", steps).with("measured"));
        }
        if self.survived > 0 {
            facts.push(Fact::new("never destroyed", format!("{} of {}", grouped(self.survived), grouped(self.trials))));
        }
        facts.push(Fact::new(
            "safe k, measured",
            self.k_at_confidence.measured.map_or_else(|| "none".to_owned(), grouped),
        ));
        if let Some(k) = self.k_at_confidence.exact {
            facts.push(Fact::new("safe k, exact", grouped(k)).with("without dice"));
        }
        let paper = self.k_at_confidence.paper.filter(|_| self.applies);
        if let Some(k) = paper
            && let Some(chance) = self.exact_at(k)
        {
            // Below 10⁻²⁸⁰ the curve is given as 0.
            let chance = if chance == 0.0 { "below 10⁻²⁷⁹".to_owned() } else { figure_to(chance, 3) };
            let text = format!("chance {chance} by step {}", grouped(k));
            facts.push(Fact::new("exact at paper's k", text).with("without dice"));
        }
        if let Some(k) = paper
            && let Some(point) = self.at(k)
        {
            let text = format!("{} of trials by step {}", share(point.p), grouped(k));
            let interval = format!("95 % interval {} to {}", share(point.low), share(point.high));
            facts.push(Fact::new("failed at paper's k", text).with(interval));
        }
        facts
    }

    fn exact_at(&self, k: u64) -> Option<f64> {
        let curve = self.exact_curve.as_ref()?;
        curve.get(usize::try_from(k).ok()?).or(curve.last()).map(|point| point.p)
    }

    /// The curve at a step; beyond its end everything that will be is destroyed.
    fn at(&self, k: u64) -> Option<CurvePoint> {
        let place = usize::try_from(k).unwrap_or(usize::MAX).min(self.curve.len().checked_sub(1)?);
        self.curve.get(place).copied()
    }
}

fn exact_curve(curve: &ExactCurve) -> Vec<ModelPoint> {
    // At most as many steps as edges, which are counted in 32 bits.
    (0..=curve.certain_at()).map(|k| ModelPoint { k: k as u32, p: curve.destroyed_by(k) }).collect()
}
