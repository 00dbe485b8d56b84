//! What a picture shows on top of a network's state: what is looked at, pinned, lit, compared, carried through it.

use crate::pick::Pick;
use crate::picture::PictureInput;
use crate::surface::Paint;
use crate::theme::Role;
use ticketscope_core::shape::EdgeId;
use ticketscope_core::state::{EdgeState, NodeState};

/// Nothing by default. Ids and slices that do not belong to the shape are not drawn.
#[derive(Debug, Clone, Copy, Default)]
pub struct Overlay<'a> {
    /// These edges stay as they are, and all others are dimmed to [`DIMMED`].
    pub lit: Option<&'a [EdgeId]>,
    /// Under the pointer: a ring, or a line on both sides.
    pub hover: Option<Pick>,
    /// Pinned to cards A, B, C, …: a double ring and the letter.
    pub pins: &'a [Pick],
    /// Where the keyboard is: a dashed ring, or dashed lines on both sides.
    pub focus: Option<Pick>,
    /// The edges whose loss destroyed the network.
    pub last_cut: Option<LastEdges<'a>>,
    /// Shades edges that are gone by the order in which they went.
    pub order: Option<Order<'a>>,
    /// What flows through the network.
    pub pass: Option<Pass<'a>>,
    /// Alive here but not in the picture that this one is compared with: a diamond.
    pub differs: &'a [EdgeId],
    /// The way from the step before; none shows the step as it is.
    pub progress: Option<Progress<'a>>,
}

/// See [`Overlay::last_cut`].
#[derive(Debug, Clone, Copy)]
pub struct LastEdges<'a> {
    /// The edges: ink dashes with two bars across.
    pub edges: &'a [EdgeId],
    /// The source that reaches no sink any more: a thick ring.
    pub source: u32,
}

/// See [`Overlay::order`].
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// The step that removed each edge (see `Fates::removed_at`); only edges that are gone are looked up.
    pub removed_at: &'a [u32],
    /// The step that is shaded darkest: the run's last.
    pub last: u32,
}

/// See [`Overlay::pass`]. Shown as numbers beside the nodes where there is room.
#[derive(Debug, Clone, Copy)]
pub struct Pass<'a> {
    /// A value a node.
    pub values: &'a [f64],
    /// Whether a node passes nothing on (a ReLU below 0): hollow, with a bar. One a node; may be empty.
    pub off: &'a [bool],
    /// What each edge adds to its head, which then decides its width instead of |w|; may be empty.
    pub terms: &'a [f64],
}

/// See [`Overlay::progress`]. The cut edge fades from 0 to 0.4; what it orphaned follows from 0.4 to 1, an edge layer after another
/// back to the sources. At 1 the picture is the still.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// From 0 to 1.
    pub t: f32,
    /// The states at the step before.
    pub edge_states: &'a [EdgeState],
    /// The states at the step before.
    pub node_states: &'a [NodeState],
}

/// Opacity of edges that are not lit.
pub const DIMMED: f32 = 0.35;

impl Overlay<'_> {
    /// Nothing.
    pub const NONE: Overlay<'static> = Overlay {
        lit: None,
        hover: None,
        pins: &[],
        focus: None,
        last_cut: None,
        order: None,
        pass: None,
        differs: &[],
        progress: None,
    };

    /// Whether each node is an end of a lit edge; none where all are lit.
    pub(crate) fn lit_nodes(input: &PictureInput) -> Option<Vec<bool>> {
        let shape = input.shape;
        let mut all = vec![false; input.overlay.lit.map(|_| shape.node_count())? as usize];
        for &id in input.overlay.lit?.iter().filter(|&&id| id < shape.edge_count()) {
            let edge = shape.edge(id);
            all[(shape.first_node(edge.layer) + edge.from) as usize] = true;
            all[(shape.first_node(edge.layer + 1) + edge.to) as usize] = true;
        }
        Some(all)
    }
}

impl Order<'_> {
    /// Shades from the first cut to the last.
    pub(crate) const LEVELS: u8 = 6;

    /// The shade of an edge that is gone.
    pub(crate) fn level(&self, id: usize) -> u8 {
        let at = self.removed_at.get(id).copied().unwrap_or(0).min(self.last);
        (u64::from(at) * u64::from(Self::LEVELS - 1) / u64::from(self.last.max(1))) as u8
    }

    /// A shade's paint: ink, ever less mixed with paper; the faintest still stands 3 : 1 against it.
    pub(crate) fn paint(level: u8, fade: f32) -> Paint {
        Role::Ink.at(fade * (0.5 + 0.5 * f32::from(level) / f32::from(Self::LEVELS - 1)))
    }
}
