//! Pruning, one cut at a time (§3.1 and §3.2 of the paper).
//!
//! 1. Choose an edge layer uniformly among the prunable ones that still have an alive edge.
//! 2. Choose an alive edge of it uniformly; **cut** it; the step k increases by 1.
//! 3. Remove every node that has no path to a sink, with its incoming edges (**orphaned**); repeat until none is left.
//! 4. Stop when the network is **destroyed** (some source reaches no sink) or when nothing prunable is left.
//!
//! Steps 1 and 2 are the rule [`Rule::Layer`]; the other rules replace them.

mod choose;
mod control;
mod edge;
mod graph;
mod last_cut;
mod layer;
mod magnitude;
mod moment;
mod node;
mod script;
mod synflow;
mod timeline;
mod trials;

pub use control::random_control;
pub use last_cut::LastCut;
pub use moment::{Fates, Moment, Tally};
pub use script::script;
pub use timeline::{Cascade, Event, Parts, Run, Timeline, destroyed_at};
pub use trials::Trials;

use crate::shape::Shape;
use core::ops::RangeInclusive;

/// What chooses the next edge to cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rule {
    /// An edge layer uniformly, then an alive edge of it uniformly: the paper's process (§3.1).
    #[default]
    Layer,
    /// Draws two edge layers with replacement and cuts in the one that has lost fewer edges, cut or orphaned; a tie goes to the
    /// first drawn (§6.1).
    TwoChoices,
    /// Uniformly among all alive prunable edges.
    Edge,
    /// An edge layer, then one of its tails that has an alive edge, then one of that node's edges, each uniformly.
    Node,
    /// The alive edge of smallest |weight|; equal ones: the smallest (layer, from, to).
    Magnitude,
    /// The alive edge of smallest |weight| · (sum of |products| into its tail) · (out of its head), scores renewed after each
    /// cut (Tanaka et al. 2020, *Pruning neural networks without any data by iteratively conserving synaptic flow*).
    Synflow,
}

impl Rule {
    /// All rules, in the order in which they are listed.
    pub const ALL: [Self; 6] = [Self::Layer, Self::TwoChoices, Self::Edge, Self::Node, Self::Magnitude, Self::Synflow];

    /// The word that names the rule in a link and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Layer => "layer",
            Self::TwoChoices => "two-choices",
            Self::Edge => "edge",
            Self::Node => "node",
            Self::Magnitude => "magnitude",
            Self::Synflow => "synflow",
        }
    }
}

/// Which edge layers may be cut. n is the number of hidden layers; edge layers are 0..=n.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Protect {
    /// Edge layers 1..=n − 1 are prunable: the d − 1 layers of w² edges of §3.1.
    #[default]
    Ends,
    /// Edge layers 2..=n − 1: the d − 2 layers of §3.2.
    Two,
    /// Edge layers 0..=n − 1: "excluding the last layer", taken literally.
    Last,
    /// All edge layers, 0..=n.
    None,
}

impl Protect {
    /// All protections, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Ends, Self::Two, Self::Last, Self::None];

    /// The word that names the protection in a link and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ends => "ends",
            Self::Two => "two",
            Self::Last => "last",
            Self::None => "none",
        }
    }

    /// The prunable edge layers of a shape; an empty range where there are none (one hidden layer under [`Protect::Ends`]).
    #[allow(clippy::reversed_empty_ranges)]
    pub fn prunable(self, shape: &Shape) -> RangeInclusive<u32> {
        let n = shape.hidden_layers();
        match self {
            Self::Ends if n >= 2 => 1..=n - 1,
            Self::Two if n >= 3 => 2..=n - 1,
            Self::Last => 0..=n - 1,
            Self::None => 0..=n,
            Self::Ends | Self::Two => 1..=0,
        }
    }

    /// The number of edges in the prunable layers.
    pub fn prunable_edges(self, shape: &Shape) -> u32 {
        self.prunable(shape).map(|layer| shape.edges_in(layer)).sum()
    }
}

/// What a throw does that lands on an edge which is already orphaned (rule [`Rule::Layer`] only).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Orphans {
    /// It does not happen: only alive edges are drawn (the paper's process).
    #[default]
    Skip,
    /// Each layer has a uniformly random order of all its edges and a throw takes the next; an orphaned one is not cut again,
    /// yet the throw counts: the event is *wasted*. By symmetry this variant has an exact law.
    Count,
}

impl Orphans {
    /// Both, in the order in which they are listed.
    pub const ALL: [Self; 2] = [Self::Skip, Self::Count];

    /// The word in a link and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Count => "count",
        }
    }
}

/// How a network is pruned: everything but the network itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Pruning {
    /// What chooses the next edge.
    pub rule: Rule,
    /// Which edge layers may be cut.
    pub protect: Protect,
    /// Whether throws at orphaned edges count.
    pub orphans: Orphans,
    /// The pruning seed, 0..2⁵³; the rules `magnitude` and `synflow` draw nothing.
    pub seed: u64,
}
