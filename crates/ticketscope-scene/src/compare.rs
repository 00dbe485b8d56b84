//! Two panels on one timeline: what the second one holds, and how it differs from the first.

use crate::scene::Scene;
use ticketscope_core::prune::Rule;

/// What the second panel changes; all else is as in the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// Another rule on the same network.
    Rule(Rule),
    /// Another weight seed.
    Seed(u64),
    /// Another pruning seed.
    PruneSeed(u64),
    /// At every step a random mask that keeps as many edges as the first panel's.
    RandomMask,
}

/// What the second panel shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Other {
    /// A scene of its own, at the same step.
    Scene(Box<Scene>),
    /// The first scene's network, its alive edges at each step replaced by as many random ones: a control of
    /// [`ticketscope_core::prune`] that draws with this seed.
    RandomMask {
        /// The seed of the control: the scene's pruning seed.
        seed: u64,
    },
}

/// The second panel of a scene; none if there is one panel. The one place that says so.
pub fn other(scene: &Scene) -> Option<Other> {
    let plain = || Scene { compare: None, ..scene.clone() };
    let scene = match scene.compare? {
        Compare::Rule(rule) => Scene { rule, ..plain() },
        Compare::Seed(seed) => Scene { seed, ..plain() },
        Compare::PruneSeed(prune_seed) => Scene { prune_seed, ..plain() },
        Compare::RandomMask => return Some(Other::RandomMask { seed: scene.prune_seed }),
    };
    Some(Other::Scene(Box::new(scene)))
}
