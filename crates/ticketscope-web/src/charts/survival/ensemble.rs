//! An ensemble as its parts come in, and what is known exactly beside it. Pure.

use ticketscope_core::prune::{Orphans, Rule};
use ticketscope_core::stats::wilson;
use ticketscope_scene::link;
use ticketscope_scene::scene::{Confidence, Scene, Step, View};
use ticketscope_scene::survival::Survival;

/// So many networks have a dot each.
pub const DOTS: u64 = 1000;

/// A network of an ensemble that stands out: the step that destroyed it, and which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The step.
    pub k: u32,
    /// Its number in the ensemble, from 0.
    pub trial: u64,
}

/// The networks that are known so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ensemble {
    /// When they were destroyed.
    pub survival: Survival,
    /// The one destroyed first; of several, the one with the smallest number.
    pub earliest: Option<Named>,
    /// The one destroyed last, likewise.
    pub latest: Option<Named>,
    /// The steps of the first [`DOTS`]; NaN for those not known yet and for those that nothing destroyed.
    pub first: Vec<f64>,
}

impl Ensemble {
    /// Takes the networks from number `from` on: the step that destroyed each, negative where nothing did. In whatever order parts come,
    /// the whole is the same.
    pub fn take(&mut self, from: u64, steps: &[f64]) {
        for (trial, &step) in (from..).zip(steps) {
            // `as` is exact: steps are counted in 32 bits.
            let k = (step >= 0.0).then_some(step as u32);
            self.survival.add(k);
            if trial < DOTS {
                let place = trial as usize;
                if self.first.len() <= place {
                    self.first.resize(place + 1, f64::NAN);
                }
                self.first[place] = k.map_or(f64::NAN, f64::from);
            }
            let Some(k) = k else { continue };
            if self.earliest.is_none_or(|named| (k, trial) < (named.k, named.trial)) {
                self.earliest = Some(Named { k, trial });
            }
            if self.latest.is_none_or(|named| k > named.k || k == named.k && trial < named.trial) {
                self.latest = Some(Named { k, trial });
            }
        }
    }

    /// (share, low, high) of those destroyed by step k, with Wilson's 95 % interval; none of none.
    pub fn by(&self, k: u32) -> Option<(f64, f64, f64)> {
        let destroyed = self.survival.curve().take_while(|&(at, _)| at <= k).last().map_or(0, |(_, total)| total);
        wilson(destroyed, self.survival.trials()).map(|share| (share.p, share.low, share.high))
    }
}

/// Whether weights decide the cuts of a rule.
fn weighs(rule: Rule) -> bool {
    matches!(rule, Rule::Magnitude | Rule::Synflow)
}

/// The link of a scene as far as it decides the ensemble under a rule: what it does not depend on stands at its default.
pub fn key(scene: &Scene, rule: Rule) -> String {
    let plain = Scene::default();
    let orphans = if rule == Rule::Layer { scene.orphans } else { Orphans::Skip };
    let mut key = Scene {
        sources: scene.sources,
        hidden: scene.hidden,
        width: scene.width,
        sinks: scene.sinks,
        protect: scene.protect,
        prune_seed: scene.prune_seed,
        mask: scene.mask.clone(),
        rule,
        orphans,
        ..plain
    };
    if weighs(rule) {
        key = Scene {
            law: scene.law,
            alpha: scene.alpha,
            resolution: scene.resolution,
            scale: scene.scale,
            window: scene.window,
            seed: scene.seed,
            edits: scene.edits.clone(),
            ..key
        };
    }
    link::write(&key)
}

/// The link as far as it decides the bounds and the exact curve.
pub fn bounds_key(scene: &Scene) -> String {
    let plain = Scene { protect: scene.protect, confidence: scene.confidence, ..Scene::default() };
    let (sources, hidden, width, sinks) = (scene.sources, scene.hidden, scene.width, scene.sinks);
    link::write(&Scene { sources, hidden, width, sinks, ..plain })
}

/// The same without the risk, which no curve depends on.
pub fn exact_key(scene: &Scene) -> String {
    bounds_key(&Scene { confidence: Confidence::E, ..scene.clone() })
}

/// The link that opens a network of an ensemble at the step that destroyed it.
pub fn network(scene: &Scene, rule: Rule, named: Named) -> String {
    let orphans = if rule == Rule::Layer { scene.orphans } else { Orphans::Skip };
    let scene = Scene { view: View::Prune, rule, orphans, compare: None, ..scene.clone() };
    let trial = ticketscope_scene::run::trial(&scene, named.trial);
    link::write(&Scene { step: Step::At(named.k.into()), ..trial })
}

/// The largest k whose chance is at most 1/c, of chances for k = 0, 1, …; none where that of 0 is above.
pub fn largest_safe(chances: &[f64], confidence: f64) -> Option<u64> {
    let most = (1.0 + 1e-12) / confidence.max(1.0);
    (chances.partition_point(|&chance| chance <= most) as u64).checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_in_any_order_give_the_same_whole(steps in proptest::collection::vec(-1_i32..40, 1..300), cuts in proptest::collection::vec(0_usize..300, 0..9), swap in any::<u64>()) {
            let steps: Vec<f64> = steps.into_iter().map(f64::from).collect();
            let mut whole = Ensemble::default();
            whole.take(0, &steps);
            let mut ends: Vec<usize> = cuts.into_iter().map(|cut| cut % steps.len()).chain([0, steps.len()]).collect();
            ends.sort_unstable();
            let mut parts: Vec<(usize, usize)> = ends.windows(2).map(|pair| (pair[0], pair[1])).collect();
            parts.sort_by_key(|part| (part.0 as u64).wrapping_mul(swap | 1));
            let mut pieces = Ensemble::default();
            for (from, to) in parts {
                pieces.take(from as u64, &steps[from..to]);
            }
            prop_assert_eq!(&pieces.survival, &whole.survival);
            prop_assert_eq!((pieces.earliest, pieces.latest), (whole.earliest, whole.latest));
            let bits = |ensemble: &Ensemble| ensemble.first.iter().map(|k| k.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&pieces), bits(&whole));
        }
    }

    #[test]
    fn extremes_are_the_first_of_their_kind() {
        let mut ensemble = Ensemble::default();
        ensemble.take(5, &[9.0, 4.0, 12.0]);
        ensemble.take(0, &[7.0, 4.0, -1.0, 12.0, 8.0]);
        assert_eq!(ensemble.earliest, Some(Named { k: 4, trial: 1 }));
        assert_eq!(ensemble.latest, Some(Named { k: 12, trial: 3 }));
        assert_eq!(
            (ensemble.by(3).unwrap().0, ensemble.by(4).unwrap().0, ensemble.by(99).unwrap().0),
            (0.0, 0.25, 0.875)
        );
        assert_eq!(largest_safe(&[0.0, 0.2, 0.5, 1.0], 4.0), Some(1));
    }

    #[test]
    fn a_dot_opens_its_own_network_and_weights_matter_to_two_rules_only() {
        let scene = link::read("#v1&width=6&seed=9&prune-seed=20&trials=100").unwrap().scene;
        let opened = link::read(&network(&scene, Rule::Edge, Named { k: 17, trial: 4 })).unwrap().scene;
        assert_eq!((opened.seed, opened.prune_seed, opened.trials, opened.rule), (13, 24, 0, Rule::Edge));
        assert_eq!(opened.step, Step::At(17));
        let other = Scene { seed: 10, ..scene.clone() };
        assert_eq!(key(&scene, Rule::Layer), key(&other, Rule::Layer));
        assert_ne!(key(&scene, Rule::Synflow), key(&other, Rule::Synflow));
    }
}
