//! An ensemble that can be taken apart again: how many were destroyed when, and which trial it was.
//!
//! Trials are merged from ranges in any order, with one result; so a pool of any size, a shard or a resumed file gives the same
//! numbers. Trial i is the ordinary scene with seed + i and prune-seed + i ([`crate::run::trial`]): each opens by its own link.

use crate::run::{self, Own, SceneError};
use crate::scene::{Scene, Step};
use crate::survival::{Survival, each_trial};
use core::ops::{ControlFlow, Range};

/// Of so many trials, the first, an ensemble keeps when each was destroyed.
pub const KEPT: u64 = 1000;

/// A trial that was destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Death {
    /// The step that did it.
    pub k: u32,
    /// The trial, from 0.
    pub trial: u64,
}

/// An ensemble of runs to their ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ensemble {
    survival: Survival,
    earliest: Option<Death>,
    latest: Option<Death>,
    /// (trial, step) of the trials below [`KEPT`], in order of trials.
    first: Vec<(u64, Option<u32>)>,
}

impl Ensemble {
    /// Runs the trials of a range, one after another. `progress` hears the number done after each and may stop; then there is no
    /// result.
    ///
    /// # Errors
    /// [`SceneError`] if the scene has no network.
    pub fn of_trials(
        scene: &Scene,
        own: &Own,
        trials: Range<u64>,
        mut progress: impl FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Option<Self>, SceneError> {
        let mut ensemble = Self::default();
        let start = trials.start;
        let end = each_trial(scene, own, trials, |trial, destroyed_at| {
            ensemble.add(trial, destroyed_at);
            progress(trial + 1 - start)
        })?;
        Ok(end.is_continue().then_some(ensemble))
    }

    /// Counts a trial that is not counted yet, after all smaller ones of its range.
    pub fn add(&mut self, trial: u64, destroyed_at: Option<u32>) {
        self.survival.add(destroyed_at);
        if trial < KEPT {
            self.first.push((trial, destroyed_at));
        }
        if let Some(k) = destroyed_at {
            self.hear(Death { k, trial });
        }
    }

    /// Of deaths at the same step the smallest trial's is named.
    fn hear(&mut self, death: Death) {
        let Death { k, trial } = death;
        if self.earliest.is_none_or(|other| (k, trial) < (other.k, other.trial)) {
            self.earliest = Some(death);
        }
        if self.latest.is_none_or(|other| k > other.k || k == other.k && trial < other.trial) {
            self.latest = Some(death);
        }
    }

    /// Adds other trials: in any order, with one result.
    pub fn merge(&mut self, other: &Self) {
        self.survival.merge(&other.survival);
        for death in [other.earliest, other.latest].into_iter().flatten() {
            self.hear(death);
        }
        self.first.extend(&other.first);
        self.first.sort_unstable_by_key(|&(trial, _)| trial);
    }

    /// How many were destroyed when.
    pub fn survival(&self) -> &Survival {
        &self.survival
    }

    /// The trial that was destroyed first, and when; of several the smallest.
    pub fn earliest(&self) -> Option<Death> {
        self.earliest
    }

    /// The trial that was destroyed last, and when; of several the smallest.
    pub fn latest(&self) -> Option<Death> {
        self.latest
    }

    /// Of the trials below [`KEPT`] that were run: each with the step that destroyed it, if one did, in order of trials.
    pub fn first(&self) -> &[(u64, Option<u32>)] {
        &self.first
    }

    /// All of it as numbers, for a worker to send: survivors, the two deaths as step and trial (−1 for none), the number of trials
    /// kept and each as trial and step (−1 for none), then the counts by step. Counts and trials are below 2⁵³.
    pub fn to_list(&self) -> Vec<f64> {
        let (destroyed, survived) = self.survival.counts();
        let step = |k: Option<u32>| k.map_or(-1.0, f64::from);
        let death =
            |death: Option<Death>| [step(death.map(|death| death.k)), death.map_or(-1.0, |death| death.trial as f64)];
        let mut list = vec![survived as f64];
        list.extend(death(self.earliest));
        list.extend(death(self.latest));
        list.push(self.first.len() as f64);
        list.extend(self.first.iter().flat_map(|&(trial, k)| [trial as f64, step(k)]));
        list.extend(destroyed.iter().map(|&count| count as f64));
        list
    }

    /// What [`Ensemble::to_list`] was made of; none if the list is cut short.
    pub fn from_list(list: &[f64]) -> Option<Self> {
        let step = |x: f64| (x >= 0.0).then_some(x as u32);
        let death = |k: f64, trial: f64| Some(Death { k: step(k)?, trial: trial as u64 });
        let &[survived, early, early_trial, late, late_trial, kept, ref rest @ ..] = list else { return None };
        let (first, destroyed) = rest.split_at_checked(2 * kept as usize)?;
        Some(Self {
            survival: Survival::from_counts(destroyed.iter().map(|&count| count as u64).collect(), survived as u64),
            earliest: death(early, early_trial),
            latest: death(late, late_trial),
            first: first.as_chunks::<2>().0.iter().map(|&[trial, k]| (trial as u64, step(k))).collect(),
        })
    }
}

/// The scene of a trial at the step that destroyed it, or at its end.
pub fn opened(scene: &Scene, trial: u64, destroyed_at: Option<u32>) -> Scene {
    let step = destroyed_at.map_or(Step::End, |k| Step::At(u64::from(k)));
    Scene { step, ..run::trial(scene, trial) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ticketscope_core::prune::Rule;

    fn of(scene: &Scene, trials: Range<u64>) -> Ensemble {
        Ensemble::of_trials(scene, &Own::default(), trials, |_| ControlFlow::Continue(())).unwrap().unwrap()
    }

    #[test]
    fn it_names_the_trials_of_its_ends() {
        let mut ensemble = Ensemble::default();
        for (trial, k) in [Some(5), Some(3), None, Some(8), Some(3), Some(8)].into_iter().enumerate() {
            ensemble.add(trial as u64 + 998, k);
        }
        assert_eq!(ensemble.earliest(), Some(Death { k: 3, trial: 999 }));
        assert_eq!(ensemble.latest(), Some(Death { k: 8, trial: 1001 }));
        assert_eq!(ensemble.first(), [(998, Some(5)), (999, Some(3))]);
        assert_eq!(ensemble.survival().trials(), 6);
        let list = ensemble.to_list();
        assert_eq!(Ensemble::from_list(&list), Some(ensemble));
        assert_eq!((Ensemble::from_list(&list[..7]), Ensemble::from_list(&[])), (None, None));
        assert_eq!(Ensemble::from_list(&Ensemble::default().to_list()), Some(Ensemble::default()));
    }

    #[test]
    fn each_trial_opens_by_its_own_scene() {
        for rule in Rule::ALL {
            let scene = Scene { hidden: 3, width: 3, rule, trials: 9, ..Scene::default() };
            let ensemble = of(&scene, 0..9);
            for &(trial, destroyed_at) in ensemble.first() {
                let alone = opened(&scene, trial, destroyed_at);
                let network = run::network(&alone, &Own::default()).unwrap();
                let timeline = run::timeline(&alone, &network);
                assert_eq!((timeline.destroyed_at(), alone.trials), (destroyed_at, 0));
                assert_eq!(run::step_in(&alone, timeline.len()).0, destroyed_at.unwrap_or(timeline.len()));
            }
            assert_eq!(
                ensemble.survival(),
                &Survival::of_trials(&scene, &Own::default(), 0..9, |_| ControlFlow::Continue(())).unwrap().unwrap()
            );
        }
    }

    proptest! {
        #[test]
        fn pieces_in_any_order_make_the_whole(cuts in proptest::collection::vec(0_u64..60, 0..5), backwards: bool) {
            let scene = Scene { hidden: 3, width: 2, prune_seed: 3, ..Scene::default() };
            let mut ends: Vec<u64> = cuts.into_iter().chain([0, 60]).collect();
            ends.sort_unstable();
            let mut parts: Vec<Ensemble> = ends.windows(2).map(|ends| of(&scene, ends[0]..ends[1])).collect();
            if backwards {
                parts.reverse();
            }
            let mut merged = Ensemble::default();
            parts.iter().for_each(|part| merged.merge(part));
            prop_assert_eq!(merged, of(&scene, 0..60));
        }
    }
}
