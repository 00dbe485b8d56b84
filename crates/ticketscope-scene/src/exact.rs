//! The survival curve without dice, for the scenes that have one.

use crate::scene::Scene;
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Orphans, Rule};
use ticketscope_core::survival::Recurrence;

/// Up to how many multiplications a curve is worked out: w = n = 30 takes 3.2·10¹¹ at most, half a minute on one core.
const MOST_WORK: f64 = 5e11;
/// A layer's table has about w⁴ numbers.
const WIDEST: u32 = 40;

/// The recurrence that gives the law of a scene's ensemble: of rule `layer` with `orphans=count`, in a whole network of up to about 30
/// layers of width 30.
pub fn recurrence(scene: &Scene, network: &Network) -> Option<Recurrence> {
    let shape = network.shape();
    let is_whole = network.mask().kept_count() == shape.edge_count();
    if scene.rule != Rule::Layer || scene.orphans != Orphans::Count || !is_whole {
        return None;
    }
    let is_small = shape.width() <= WIDEST && Recurrence::work_of(shape, scene.protect) <= MOST_WORK;
    is_small.then(|| Recurrence::new(shape, scene.protect)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::{Own, network};

    fn has_curve(scene: &Scene) -> bool {
        recurrence(scene, &network(scene, &Own::default()).unwrap()).is_some()
    }

    #[test]
    fn which_scenes_have_one() {
        let scene = Scene { orphans: Orphans::Count, hidden: 3, width: 4, ..Scene::default() };
        assert!(has_curve(&scene));
        assert!(!has_curve(&Scene { orphans: Orphans::Skip, ..scene.clone() }));
        assert!(!has_curve(&Scene { rule: Rule::Edge, ..scene.clone() }));
        assert!(!has_curve(&Scene { hidden: 1, ..scene.clone() }));
        assert!(!has_curve(&crate::link::read("#v1&hidden=3&width=4&orphans=count&mask=_f").unwrap().scene));
        assert!(has_curve(&Scene { hidden: 30, width: 30, ..scene.clone() }));
        assert!(!has_curve(&Scene { hidden: 32, width: 33, ..scene.clone() }));
        assert!(!has_curve(&Scene { width: 200, ..scene }));
    }
}
