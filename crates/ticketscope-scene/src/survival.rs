//! How long networks last: an ensemble of runs, and the chances that the bounds speak of.

use crate::run::{self, Own, SceneError};
use crate::scene::Scene;
use core::ops::{ControlFlow, Range};
use ticketscope_core::bounds::{BallsInBins, lambert, paper};
use ticketscope_core::prune::{Protect, Pruning, Rule, Trials, destroyed_at};
use ticketscope_core::seed::SEED_LIMIT;
use ticketscope_core::survival::ExactCurve;

/// The bounds on how many edges may be cut (spec §3), with everything they were asked about.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// c: each holds up to a chance of 1/c.
    pub confidence: f64,
    /// m, the prunable layers of w² edges that the bounds speak of: n − 1, under `protect=two` n − 2.
    pub layers: u32,
    /// B = w².
    pub edges: u64,
    /// Whether the bounds speak of this process at all: not where source or sink edges may be cut.
    pub applies: bool,
    /// The paper's k, a real number that must not be reached; none for m = 0.
    pub paper: Option<f64>,
    /// The better closed form, likewise.
    pub lambert: Option<f64>,
    /// The balls-in-bins model, exactly, each prunable layer a bin of its own edges; none for m = 0.
    pub model: Option<BallsInBins>,
    /// The exact curve, where it has been worked out; see [`crate::exact`].
    pub exact: Option<ExactCurve>,
}

impl Bounds {
    /// The bounds for a scene's full network. Cost: up to 0.1 s for the largest one; they do not depend on seeds or step.
    pub fn of(scene: &Scene) -> Self {
        let spared = if scene.protect == Protect::Two { 2 } else { 1 };
        let layers = scene.hidden.saturating_sub(spared);
        let edges = u64::from(scene.width) * u64::from(scene.width);
        let confidence = scene.confidence.value();
        let shape = scene.shape().ok().filter(|_| layers > 0);
        Self {
            confidence,
            layers,
            edges,
            applies: matches!(scene.protect, Protect::Ends | Protect::Two),
            paper: paper(layers, edges, confidence),
            lambert: lambert(layers, edges, confidence),
            model: shape.and_then(|shape| BallsInBins::of_layers(&shape, scene.protect)),
            exact: None,
        }
    }

    /// The largest safe k of balls in bins.
    pub fn balls_in_bins(&self) -> Option<u64> {
        self.model.as_ref().map(|model| model.largest_safe(self.confidence))
    }

    /// The largest integer below a real bound: ⌈k⌉ − 1, at least 0.
    pub fn largest_safe(bound: f64) -> u64 {
        // `as` saturates at 0 for the bounds below 1.
        (bound.ceil() - 1.0) as u64
    }
}

/// How many networks of an ensemble were destroyed at each step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survival {
    /// By k, up to the largest at which one was destroyed.
    destroyed: Vec<u64>,
    /// Networks with nothing left to prune that still had a ticket.
    survived: u64,
}

impl Survival {
    /// Runs the trials of a range to their ends, one after another. `progress` hears the number done after each and may stop;
    /// then there is no result.
    ///
    /// # Errors
    /// [`SceneError`] if the scene has no network.
    pub fn of_trials(
        scene: &Scene,
        own: &Own,
        trials: Range<u64>,
        mut progress: impl FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Option<Self>, SceneError> {
        let mut survival = Self::default();
        let start = trials.start;
        let end = each_trial(scene, own, trials, |i, destroyed_at| {
            survival.add(destroyed_at);
            progress(i + 1 - start)
        })?;
        Ok(end.is_continue().then_some(survival))
    }

    /// Counts one run.
    pub fn add(&mut self, destroyed_at: Option<u32>) {
        match destroyed_at {
            None => self.survived += 1,
            Some(k) => {
                let k = k as usize;
                if self.destroyed.len() <= k {
                    self.destroyed.resize(k + 1, 0);
                }
                self.destroyed[k] += 1;
            }
        }
    }

    /// Adds the counts of other trials: in any order, with one result.
    pub fn merge(&mut self, other: &Self) {
        if self.destroyed.len() < other.destroyed.len() {
            self.destroyed.resize(other.destroyed.len(), 0);
        }
        for (mine, theirs) in self.destroyed.iter_mut().zip(&other.destroyed) {
            *mine += theirs;
        }
        self.survived += other.survived;
    }

    /// How many were destroyed at each step, and how many lasted: [`Survival::from_counts`] makes the same of it again.
    pub fn counts(&self) -> (&[u64], u64) {
        (&self.destroyed, self.survived)
    }

    /// Of how many were destroyed at each step, from k = 0 on, and how many lasted.
    pub fn from_counts(destroyed: Vec<u64>, survived: u64) -> Self {
        Self { destroyed, survived }
    }

    /// Runs counted.
    pub fn trials(&self) -> u64 {
        self.destroyed_in_all() + self.survived
    }

    /// Runs that ended with a ticket left.
    pub fn survived(&self) -> u64 {
        self.survived
    }

    fn destroyed_in_all(&self) -> u64 {
        self.destroyed.iter().sum()
    }

    /// (k, runs destroyed by step k), for every k from 0 to the largest at which one was destroyed; k = 0 at least.
    pub fn curve(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        let mut total = 0;
        (0..self.destroyed.len().max(1)).map(move |k| {
            total += self.destroyed.get(k).copied().unwrap_or(0);
            (k as u32, total)
        })
    }

    /// The smallest step at which one was destroyed.
    pub fn min(&self) -> Option<u32> {
        self.destroyed.iter().position(|&count| count > 0).map(|k| k as u32)
    }

    /// The largest.
    pub fn max(&self) -> Option<u32> {
        self.destroyed.iter().rposition(|&count| count > 0).map(|k| k as u32)
    }

    /// The mean over the runs that were destroyed.
    pub fn mean(&self) -> Option<f64> {
        let all = self.destroyed_in_all();
        // Sums of whole numbers below 2⁵³: exact.
        let sum: u128 = self.destroyed.iter().enumerate().map(|(k, &count)| k as u128 * u128::from(count)).sum();
        (all > 0).then(|| sum as f64 / all as f64)
    }

    /// The median over the runs that were destroyed: the middle one, or half way between the middle two.
    pub fn median(&self) -> Option<f64> {
        let all = self.destroyed_in_all();
        let at = |rank: u64| self.curve().find(|&(_, total)| total > rank).map(|(k, _)| f64::from(k));
        let (low, high) = (at(all.checked_sub(1)? / 2)?, at(all / 2)?);
        Some(0.5 * (low + high))
    }

    /// The largest k by which the share destroyed is at most 1/c; none if that is so however far one prunes.
    pub fn largest_safe(&self, confidence: f64) -> Option<u32> {
        let trials = self.trials() as f64;
        let first_unsafe = self.curve().find(|&(_, total)| total as f64 * confidence > trials)?.0;
        first_unsafe.checked_sub(1)
    }
}

/// Runs the trials of a range to their ends, one after another; `heard` gets each trial with the step that destroyed it, and may
/// stop.
///
/// # Errors
/// [`SceneError`] if the scene has no network.
pub fn each_trial(
    scene: &Scene,
    own: &Own,
    trials: Range<u64>,
    mut heard: impl FnMut(u64, Option<u32>) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, SceneError> {
    // Weights decide the cuts of two rules only, and own ones never change.
    let weights_matter = matches!(scene.rule, Rule::Magnitude | Rule::Synflow) && !own.has_weights();
    let network = run::network(scene, own)?;
    let mut runs = Trials::new(&network, &scene.pruning());
    for i in trials {
        let seed = (scene.prune_seed + i) % SEED_LIMIT;
        let end = if weights_matter {
            let drawn = run::network(&Scene { seed: (scene.seed + i) % SEED_LIMIT, ..scene.clone() }, own)?;
            destroyed_at(&drawn, &Pruning { seed, ..scene.pruning() })
        } else {
            runs.destroyed_at(seed)
        };
        if heard(i, end).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(steps: &[Option<u32>]) -> Survival {
        let mut survival = Survival::default();
        steps.iter().for_each(|&step| survival.add(step));
        survival
    }

    #[test]
    fn what_is_said_of_an_ensemble() {
        let survival = of(&[Some(3), Some(5), Some(3), Some(8), None]);
        assert_eq!((survival.trials(), survival.survived()), (5, 1));
        assert_eq!((survival.min(), survival.max()), (Some(3), Some(8)));
        assert_eq!((survival.mean(), survival.median()), (Some(4.75), Some(4.0)));
        assert_eq!(survival.curve().map(|(_, total)| total).collect::<Vec<_>>(), [0, 0, 0, 2, 2, 3, 3, 3, 4]);
        // 2 of 5 at k = 3: within 1/2, not within 1/3.
        assert_eq!((survival.largest_safe(2.0), survival.largest_safe(3.0)), (Some(4), Some(2)));
        assert_eq!(survival.largest_safe(1.0), None);
    }

    #[test]
    fn nothing_and_all() {
        let none = of(&[None, None]);
        assert_eq!((none.min(), none.median(), none.mean(), none.largest_safe(2.0)), (None, None, None, None));
        assert_eq!(none.curve().collect::<Vec<_>>(), [(0, 0)]);
        let at_once = of(&[Some(0)]);
        assert_eq!((at_once.median(), at_once.largest_safe(2.0)), (Some(0.0), None));
    }

    #[test]
    fn pieces_merge_to_the_whole() {
        let scene = Scene { hidden: 3, width: 3, ..Scene::default() };
        let all = |range| Survival::of_trials(&scene, &Own::default(), range, |_| ControlFlow::Continue(()));
        let mut first = all(40..100).unwrap().unwrap();
        first.merge(&all(0..40).unwrap().unwrap());
        assert_eq!(first, all(0..100).unwrap().unwrap());
        for rule in [Rule::Layer, Rule::Magnitude] {
            let scene = Scene { rule, ..scene.clone() };
            let one = Survival::of_trials(&scene, &Own::default(), 7..8, |_| ControlFlow::Continue(())).unwrap();
            let trial = run::trial(&scene, 7);
            let network = run::network(&trial, &Own::default()).unwrap();
            assert_eq!(one.unwrap().max(), run::timeline(&trial, &network).destroyed_at());
        }
        let stopped = Survival::of_trials(&scene, &Own::default(), 0..9, |_| ControlFlow::Break(()));
        assert_eq!(stopped, Ok(None));
    }

    #[test]
    fn the_bounds_of_each_protection() {
        let of = |protect, hidden| Bounds::of(&Scene { protect, hidden, width: 2, ..Scene::default() });
        let ends = of(Protect::Ends, 3);
        assert_eq!((ends.layers, ends.applies, ends.balls_in_bins()), (2, true, Some(4)));
        assert!((ends.paper.unwrap() - 1.927_366_853_061_820_4).abs() < 1e-10);
        assert_eq!(of(Protect::Two, 3).layers, 1);
        assert_eq!((of(Protect::Last, 3).layers, of(Protect::Last, 3).applies), (2, false));
        assert_eq!((of(Protect::Ends, 1).paper, of(Protect::Two, 2).balls_in_bins()), (None, None));
        assert_eq!((Bounds::largest_safe(1.93), Bounds::largest_safe(2.0), Bounds::largest_safe(0.3)), (1, 1, 0));
    }
}
