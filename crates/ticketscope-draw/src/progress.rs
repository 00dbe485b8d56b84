//! The way from one step to the next: how far each edge layer has come.

use crate::overlay::Progress;
use crate::picture::PictureInput;
use ticketscope_core::shape::EdgeId;
use ticketscope_core::state::{EdgeState, NodeState};

/// Share of the way in which the cut edge fades; the rest is for what follows from it.
const CUT: f32 = 0.4;

/// How far each edge layer has come from the step before (0) to this one (1).
#[derive(Debug)]
pub(crate) struct Phases<'a> {
    progress: Option<Progress<'a>>,
    /// The cut edge's layer, and the distance from it to the last layer that changes.
    cut: Option<(u32, u32)>,
}

impl<'a> Phases<'a> {
    pub fn new(input: &PictureInput<'a>) -> Self {
        let shape = input.shape;
        let enough = |progress: &Progress| {
            progress.t < 1.0
                && progress.edge_states.len() >= shape.edge_count() as usize
                && progress.node_states.len() >= shape.node_count() as usize
        };
        let progress = input.overlay.progress.filter(enough);
        let cut = input.just_cut.filter(|&id| id < shape.edge_count()).map(|id| shape.edge(id).layer);
        let mut phases = Self { progress, cut: None };
        phases.cut = cut.map(|cut| {
            let far = phases.changed(input).map(|(id, _)| shape.edge(id).layer.abs_diff(cut)).max();
            (cut, far.unwrap_or(0).max(1))
        });
        phases
    }

    /// How far an edge layer has come.
    pub fn of(&self, layer: u32) -> f32 {
        let Some(progress) = self.progress else { return 1.0 };
        let t = progress.t.max(0.0);
        let phase = match self.cut {
            None => t,
            Some((cut, _)) if layer == cut => t / CUT,
            Some((cut, far)) => ((t - CUT) / (1.0 - CUT)) * far as f32 - (layer.abs_diff(cut) - 1) as f32,
        };
        phase.clamp(0.0, 1.0)
    }

    /// Edges that are not as they were, and how they were; none once the way is done.
    pub fn changed<'b>(&'b self, input: &'b PictureInput) -> impl Iterator<Item = (EdgeId, EdgeState)> + 'b {
        let before = self.progress.map_or(&[][..], |progress| progress.edge_states);
        let pairs = (0..).zip(before.iter().zip(input.edge_states));
        pairs.filter(|(_, (before, now))| before != now).map(|(id, (&before, _))| (id, before))
    }

    /// Whether an edge layer still shows the step before, for what cannot fade.
    pub fn early(&self, layer: u32) -> bool {
        self.of(layer) < 0.5
    }

    /// The state in which a node is shown: it changes with its edges towards the cut.
    pub fn node_state(&self, input: &PictureInput, layer: u32, id: u32) -> NodeState {
        let now = input.node_states[id as usize];
        let Some(progress) = self.progress else { return now };
        let beyond = self.cut.is_some_and(|(cut, _)| layer > cut);
        let edges = if beyond { layer - 1 } else { layer };
        if self.early(edges) { progress.node_states[id as usize] } else { now }
    }
}
