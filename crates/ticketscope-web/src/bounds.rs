//! The bounds on safe cuts for a scene (spec §3): how many layers and edges they are asked about, and whether they apply.

use ticketscope_core::bounds::{BallsInBins, lambert, paper};
use ticketscope_scene::scene::Scene;

/// The three bounds; none of them where there is no prunable layer of w² edges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The paper's k, a real number.
    pub paper: Option<f64>,
    /// The closed form with Lambert's function, a real number.
    pub lambert: Option<f64>,
    /// The largest safe k of balls in bins.
    pub bins: Option<u64>,
}

impl Bounds {
    /// The bounds of a scene.
    pub fn of(scene: &Scene) -> Self {
        use ticketscope_core::prune::Protect;
        let lost = if scene.protect == Protect::Two { 2 } else { 1 };
        let layers = scene.hidden.saturating_sub(lost);
        let edges = u64::from(scene.width) * u64::from(scene.width);
        let c = scene.confidence.value();
        let paper = paper(layers, edges, c);
        Self {
            paper,
            lambert: lambert(layers, edges, c),
            bins: paper.and_then(|_| BallsInBins::new(layers, edges)).map(|model| model.largest_safe(c)),
        }
    }
}
