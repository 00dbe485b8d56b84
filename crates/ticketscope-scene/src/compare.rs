//! Two panels on one timeline: what the second one holds, and how it differs from the first.

use crate::number::{count, grouped, plural};
use crate::run::{self, Own, SceneError};
use crate::scene::Scene;
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Fates, Moment, Rule, random_control};

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

/// What the second panel stands on: all that does not depend on the step.
#[derive(Debug, Clone)]
pub struct Second {
    /// Its scene; none for a random mask, which no link opens.
    pub scene: Option<Box<Scene>>,
    /// Its network; none where it is the first panel's.
    pub network: Option<Network>,
    /// When and why each of its edges goes.
    pub fates: Fates,
}

/// The second panel of a scene whose first panel has these fates; none if there is one panel.
///
/// # Errors
/// [`SceneError`] if its scene has no network.
pub fn second(scene: &Scene, own: &Own, fates: &Fates) -> Result<Option<Second>, SceneError> {
    Ok(match other(scene) {
        None => None,
        Some(Other::RandomMask { seed }) => {
            Some(Second { scene: None, network: None, fates: random_control(fates, scene.protect, seed) })
        }
        Some(Other::Scene(scene)) => {
            let network = run::network(&scene, own)?;
            let fates = Fates::of(network.mask(), &run::timeline(&scene, &network));
            Some(Second { scene: Some(scene), network: Some(network), fates })
        }
    })
}

/// One panel: its fates, and its moment at the step that both panels stand at, or at its own end if that comes before.
#[derive(Debug, Clone, Copy)]
pub struct Panel<'a> {
    /// When each edge goes.
    pub fates: &'a Fates,
    /// What is alive at the step.
    pub moment: &'a Moment,
}

/// How the two panels of a scene differ, in sentences; none without a second panel. Numbers are the first panel's, then the
/// second's.
pub fn differences(scene: &Scene, first: Panel, second: Panel) -> Vec<String> {
    let Some(compare) = scene.compare else { return Vec::new() };
    let mut sentences = vec![set_up(scene, compare), destroyed(compare, first.fates, second.fates)];
    let (a, b) = (first.moment, second.moment);
    if b.step() != a.step() {
        sentences.push(format!(
            "At step {} the second run is over: it stands at its last step, {}.",
            grouped(a.step().into()),
            grouped(b.step().into())
        ));
    }
    let (tickets, others) = (a.path_counts().tickets(), b.path_counts().tickets());
    sentences.push(if tickets == others {
        format!("Surviving tickets: {} in both.", count(&tickets))
    } else {
        format!("Surviving tickets: {} against {}.", count(&tickets), count(&others))
    });
    let edges = |moment: &Moment| u64::from(moment.tally().alive());
    let idle = |moment: &Moment| u64::from(moment.tally().idle);
    sentences.push(if edges(a) == edges(b) {
        format!(
            "Alive edges: {} in both; idle of them {} against {}.",
            grouped(edges(a)),
            grouped(idle(a)),
            grouped(idle(b))
        )
    } else {
        format!(
            "Alive edges: {} against {}; idle of them {} against {}.",
            grouped(edges(a)),
            grouped(edges(b)),
            grouped(idle(a)),
            grouped(idle(b))
        )
    });
    sentences.push(shared(a, b));
    sentences
}

fn set_up(scene: &Scene, compare: Compare) -> String {
    let same = |is_same: bool| if is_same { " (the same)" } else { "" };
    match compare {
        Compare::Rule(rule) => {
            format!("Rule: {} against {}{}.", scene.rule.word(), rule.word(), same(rule == scene.rule))
        }
        Compare::Seed(seed) => format!("Weight seed: {} against {seed}{}.", scene.seed, same(seed == scene.seed)),
        Compare::PruneSeed(seed) => {
            format!("Pruning seed: {} against {seed}{}.", scene.prune_seed, same(seed == scene.prune_seed))
        }
        Compare::RandomMask => {
            "The second panel keeps as many edges at every step, chosen at random and with nothing orphaned.".to_owned()
        }
    }
}

fn destroyed(compare: Compare, first: &Fates, second: &Fates) -> String {
    let at = |k: u32| format!("step {}", grouped(k.into()));
    match (first.destroyed_at(), second.destroyed_at()) {
        (Some(a), Some(b)) if a == b => format!("Both are destroyed at {}.", at(a)),
        (Some(a), Some(b)) => {
            let (apart, word) = (a.abs_diff(b), if a < b { "later" } else { "earlier" });
            format!("Destroyed at {} against {}: {} {word}.", at(a), at(b), plural(apart.into(), "cut"))
        }
        (Some(a), None) => {
            // A random mask is made for the steps of the first run only.
            let never = if compare == Compare::RandomMask { "not by then" } else { "never" };
            format!("The first is destroyed at {}, the second {never}.", at(a))
        }
        (None, Some(b)) => format!("The first is never destroyed, the second at {}.", at(b)),
        (None, None) => "Neither is destroyed.".to_owned(),
    }
}

/// How many alive edges the panels have in common.
fn shared(a: &Moment, b: &Moment) -> String {
    use ticketscope_core::state::EdgeState::{Idle, OnTicket};
    let (mut both, mut one) = (0_u64, 0_u64);
    for (a, b) in a.edge_states().iter().zip(b.edge_states()) {
        match (matches!(a, OnTicket | Idle), matches!(b, OnTicket | Idle)) {
            (true, true) => both += 1,
            (false, false) => {}
            _ => one += 1,
        }
    }
    match one {
        0 => "The same edges are alive in both.".to_owned(),
        _ => format!("{} alive in both, {} in one only.", plural(both, "edge"), grouped(one)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link;
    use crate::report::Pruned;

    fn told(link: &str) -> Vec<String> {
        let scene = link::read(link).unwrap().scene;
        let first = Pruned::of(&scene, &Own::default()).unwrap();
        let (moment, _) = first.moment(&scene);
        let second = second(&scene, &Own::default(), &first.fates).unwrap();
        let fates = second.map_or_else(|| first.fates.clone(), |second| second.fates);
        let other = Moment::at(&fates, moment.step());
        let a = Panel { fates: &first.fates, moment: &moment };
        differences(&scene, a, Panel { fates: &fates, moment: &other })
    }

    #[test]
    fn two_rules() {
        assert_eq!(
            told("#v1&hidden=12&width=3&rule=magnitude&step=59&compare=rule:synflow"),
            [
                "Rule: magnitude against synflow.",
                "Destroyed at step 59 against step 88: 29 cuts later.",
                "Surviving tickets: 0 against 2,520.",
                "Alive edges: 29 against 46; idle of them 29 against 0.",
                "16 edges alive in both, 43 in one only.",
            ]
        );
    }

    #[test]
    fn the_same_twice_and_one_panel() {
        let same = told("#v1&step=9&compare=prune-seed:1");
        assert_eq!(same[0], "Pruning seed: 1 against 1 (the same).");
        assert_eq!(same[1], "Both are destroyed at step 60.");
        assert_eq!(same.last().unwrap(), "The same edges are alive in both.");
        assert!(told("#v1&step=9").is_empty());
    }

    #[test]
    fn a_random_mask_keeps_as_many_edges() {
        let link = "#v1&hidden=5&width=7&seed=7&prune-seed=157&step=148&compare=mask:random";
        let told = told(link);
        assert!(told[3].starts_with("Alive edges: 40 in both; idle of them "), "{told:?}");
        assert!(told[0].starts_with("The second panel keeps as many edges"));
    }

    #[test]
    fn the_second_run_may_be_over() {
        let told = told("#v1&hidden=12&width=3&rule=synflow&step=70&compare=rule:magnitude");
        assert_eq!(told[2], "At step 70 the second run is over: it stands at its last step, 59.");
    }
}
