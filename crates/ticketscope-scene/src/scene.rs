//! The scene: every value that a link can hold.

use crate::compare::Compare;
use crate::hand::{Edit, MaskText};
pub use ticketscope_core::forward::Activation;
use ticketscope_core::law::Law;
use ticketscope_core::prune::{Orphans, Protect, Pruning, Rule};
use ticketscope_core::shape::{Shape, ShapeError};

/// The page refuses networks with more edges than this; the command line takes them.
pub const PAGE_EDGES: u32 = 2_000_000;

/// An enum whose variants are words of the link format.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// All of them, in the order in which they are listed.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in a link and on the command line.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

words! {
    /// What is looked at.
    View {
        /// A network pruned step by step.
        Prune = "prune",
        /// The products of the weights along paths.
        Products = "products",
        /// The search for a winning ticket.
        Find = "find",
        /// A small network built out of tickets of a large one.
        Build = "build",
        /// The widths that theorems ask for.
        Bounds = "bounds",
    }
}

words! {
    /// Whose products the histogram shows.
    Of {
        /// Independent samples of the law.
        Law = "law",
        /// This network's own paths.
        Network = "network",
    }
}

words! {
    /// How a ticket is searched for.
    Method {
        /// The path whose product is nearest the target.
        Path = "path",
        /// The set of paths whose products sum nearest the target.
        Subset = "subset",
        /// A mask on one edge layer.
        Block = "block",
        /// Edge-popup: learned scores, fixed weights.
        Popup = "popup",
        /// Simulated annealing.
        Anneal = "anneal",
    }
}

words! {
    /// What a search makes small.
    Objective {
        /// The distance from the target.
        Error = "error",
        /// The edges kept.
        Edges = "edges",
    }
}

words! {
    /// How a target network is built out of tickets.
    Construction {
        /// The paper's: one path pair a weight, blocks of path length L.
        Deep = "deep",
        /// Malach et al. 2020: path length 2, one path pair a weight.
        Malach = "malach",
        /// Pensia et al. 2020: path length 2, a subset of paths a weight.
        Subset = "subset",
        /// Orseau et al. 2020.
        Orseau = "orseau",
        /// One more layer than the target.
        LPlusOne = "lplus1",
        /// A mask on one edge layer of each block.
        Block = "block",
    }
}

/// α, the exponent of the law `power`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Alpha {
    /// The least kurtosis whose two modes the `resolution` cannot tell apart.
    Auto,
    /// The α nearest to uniform on the window.
    Flat,
    /// A typed number, (0, 8].
    Value(f64),
}

/// Where on the timeline the scene stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// After this many cuts; beyond the end it is clamped when the run is known.
    At(u64),
    /// Where the run ends.
    End,
}

/// c: the bounds hold up to a chance of 1/c.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Confidence {
    /// Euler's number, the paper's choice.
    E,
    /// A typed number, at least 1.
    Value(f64),
}

impl Confidence {
    /// c as a number.
    pub fn value(self) -> f64 {
        match self {
            Self::E => core::f64::consts::E,
            Self::Value(c) => c,
        }
    }
}

/// β, what a ticket is to compute.
#[derive(Debug, Clone, PartialEq)]
pub enum Beta {
    /// Drawn anew for each trial, uniform on [−x, x], x the scale.
    Uniform,
    /// One number a source (and sink, sources first); a single number serves all.
    List(Vec<f64>),
}

/// How many keys are reserved.
pub const RESERVED: usize = 4;

/// Texts of keys that this version gives no meaning, kept as they came so that a link survives the round trip. Empty: absent.
/// In the table's order: embed, hide, lock, lesson.
pub type Reserved = [String; RESERVED];

/// Every value that a link can hold, for all five views. Units and ranges stand in [`crate::field::FIELDS`]; values that
/// came through it are in range.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// What is looked at.
    pub view: View,
    /// S, 1..=64.
    pub sources: u32,
    /// n, the number of hidden layers, 1..=32.
    pub hidden: u32,
    /// w, 1..=512.
    pub width: u32,
    /// T, 1..=16.
    pub sinks: u32,
    /// The distribution of each weight.
    pub law: Law,
    /// The exponent of the law `power`.
    pub alpha: Alpha,
    /// h of α `auto`, in (0, 1).
    pub resolution: f64,
    /// x: products have support [−x, x]; (0, 10⁶].
    pub scale: f64,
    /// The seed of the weights, 0..2⁵³.
    pub seed: u64,
    /// What chooses the next edge to cut.
    pub rule: Rule,
    /// Which edge layers may not be cut.
    pub protect: Protect,
    /// Whether throws at orphaned edges count.
    pub orphans: Orphans,
    /// The seed of the pruning, 0..2⁵³.
    pub prune_seed: u64,
    /// Where on the timeline the scene stands.
    pub step: Step,
    /// The bounds' chance is 1/c.
    pub confidence: Confidence,
    /// p of the expected winning tickets, 0..=1.
    pub hit_chance: f64,
    /// Networks in the ensemble, 0..=10⁷; 0 for none.
    pub trials: u64,
    /// Whose products the histogram shows.
    pub of: Of,
    /// Products sampled, 1..=10⁸.
    pub samples: u64,
    /// Bins of the histogram, 1..=1000.
    pub bins: u32,
    /// The histogram spans [−window, window]; (0, 10⁶].
    pub window: f64,
    /// What a ticket is to compute.
    pub beta: Beta,
    /// ε, the tolerance, (0, 10⁶].
    pub epsilon: f64,
    /// What a hidden node does to its sum.
    pub activation: Activation,
    /// How a ticket is searched for.
    pub method: Method,
    /// What a search makes small.
    pub objective: Objective,
    /// Elementary steps a search may take, 10³..=10¹².
    pub budget: u64,
    /// The network to build, as typed; empty for none.
    pub target: String,
    /// How it is built; none for all of them side by side.
    pub construction: Option<Construction>,
    /// The edges kept by hand; none for all of them.
    pub mask: Option<MaskText>,
    /// Weights typed by hand, each edge once, sorted by edge.
    pub edits: Vec<Edit>,
    /// The sources' values in the forward pass: one a source, or one for all; empty where none is shown. −10⁶..=10⁶.
    pub input: Vec<f64>,
    /// What a second panel shows.
    pub compare: Option<Compare>,
    /// Only paths whose product lies between these two stay lit, the ends included; −10⁶..=10⁶.
    pub brush: Option<(f64, f64)>,
    /// Keys kept for later versions.
    pub reserved: Reserved,
}

impl Default for Scene {
    /// What a link without keys means.
    fn default() -> Self {
        Self {
            view: View::Prune,
            sources: 1,
            hidden: 4,
            width: 5,
            sinks: 1,
            law: Law::Power,
            alpha: Alpha::Auto,
            resolution: 0.02,
            scale: 1.0,
            seed: 1,
            rule: Rule::Layer,
            protect: Protect::Ends,
            orphans: Orphans::Skip,
            prune_seed: 1,
            step: Step::At(0),
            confidence: Confidence::E,
            hit_chance: 0.01,
            trials: 0,
            of: Of::Law,
            samples: 100_000,
            bins: 80,
            window: 1.0,
            beta: Beta::List(vec![0.5]),
            epsilon: 0.01,
            activation: Activation::Relu,
            method: Method::Path,
            objective: Objective::Error,
            budget: 1_000_000_000,
            target: String::new(),
            construction: None,
            mask: None,
            edits: Vec::new(),
            input: Vec::new(),
            compare: None,
            brush: None,
            reserved: Reserved::default(),
        }
    }
}

/// Why the page does not open a scene that the command line would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge {
    /// Edges of the network.
    pub edges: u32,
}

impl core::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "this network has {} edges and the page draws at most {}; the command line takes it",
            crate::number::grouped(u64::from(self.edges)),
            crate::number::grouped(u64::from(PAGE_EDGES)),
        )
    }
}

impl core::error::Error for TooLarge {}

impl Scene {
    /// The shape of the network. Scenes that came through the table always have one.
    pub fn shape(&self) -> Result<Shape, ShapeError> {
        Shape::new(self.sources, self.hidden, self.width, self.sinks)
    }

    /// Edges of the network: S·w + (n − 1)·w² + w·T, without allocating anything. 0 where the shape is out of range.
    pub fn edge_count(&self) -> u32 {
        self.shape().map_or(0, |shape| shape.edge_count())
    }

    /// Whether the page opens this scene: refused above [`PAGE_EDGES`], before anything is allocated.
    pub fn page_limit(&self) -> Result<(), TooLarge> {
        let edges = self.edge_count();
        if edges > PAGE_EDGES { Err(TooLarge { edges }) } else { Ok(()) }
    }

    /// How the network is pruned.
    pub fn pruning(&self) -> Pruning {
        Pruning { rule: self.rule, protect: self.protect, orphans: self.orphans, seed: self.prune_seed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_refuses_one_edge_too_many_and_says_why() {
        let mut scene = Scene { sources: 1, hidden: 8, width: 512, sinks: 1, ..Scene::default() };
        assert_eq!(scene.edge_count(), 7 * 512 * 512 + 1024);
        assert_eq!(scene.page_limit(), Ok(()));
        scene.hidden = 9;
        let refused = scene.page_limit().unwrap_err();
        assert_eq!(
            refused.to_string(),
            "this network has 2,098,176 edges and the page draws at most 2,000,000; the command line takes it"
        );
    }
}
