//! The search for a single path whose product is nearest to the target; under ReLU for the nearest pair of paths (method `path`).
//!
//! **The class**: one source, one sink, any number of hidden layers, pruned or not; every surviving path, or every node-disjoint
//! pair of usable ones, counts, and none is left out. A path alone carries its product, so a mask that keeps it and nothing else is
//! the ticket; that is checked by a forward pass.

use crate::find::{Check, target_of};
use crate::number::{canonical, figure, figure_to, group_digits, plural};
use crate::run::{self, Own};
use crate::scene::{Objective, Scene};
use crate::searchable::NotSearchable;
use ticketscope_core::forward::{Activation, Forward};
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::search::path::{Halves, Near, Paired, Usable, nearest_pair};
use ticketscope_core::seed::{Purpose, stream};

/// What it takes.
const TAKES: &str = "single paths (method=path) in networks of one source and one sink for one target β";

/// The paths that were found to be best.
#[derive(Debug, Clone, PartialEq)]
pub enum Best {
    /// There is no candidate.
    None,
    /// One path.
    Path(Near),
    /// One for inputs above 0 and one for inputs below.
    Pair([Near; 2]),
}

/// What can be said at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The best is within ε.
    Found,
    /// The best of all is not.
    Impossible,
    /// The budget ended before the best was known.
    Budget,
}

impl Verdict {
    /// The word in the JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Impossible => "impossible",
            Self::Budget => "budget",
        }
    }
}

/// A search that has ended.
#[derive(Debug, Clone)]
pub struct Ticket {
    /// The network as it was searched.
    pub network: Network,
    /// β.
    pub target: f64,
    /// ε.
    pub epsilon: f64,
    /// What hidden nodes do.
    pub activation: Activation,
    /// What came of it.
    pub verdict: Verdict,
    /// The best, or the best so far.
    pub best: Best,
    /// Surviving paths; under ReLU usable positive × usable negative ones.
    pub candidates: u128,
    /// The edges of the best and no others.
    pub mask: Mask,
    /// What a forward pass of the network under that mask says.
    pub check: Check,
}

/// Searches a scene's network.
///
/// # Errors
/// [`NotSearchable`] if it has none, is not of the class, or is too large.
pub fn ticket(scene: &Scene, own: &Own) -> Result<Ticket, NotSearchable> {
    let network = run::network(scene, own)?;
    let shape = *network.shape();
    let target = target_of(scene, scene.seed);
    let otherwise: Vec<String> = [
        (scene.objective != Objective::Error).then(|| format!("objective={}", scene.objective.word())),
        (shape.sources() != 1).then(|| plural(shape.sources().into(), "source")),
        (shape.sinks() != 1).then(|| plural(shape.sinks().into(), "sink")),
        target.is_none().then(|| "more than one target β".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let (Some(target), true) = (target, otherwise.is_empty()) else {
        return Err(NotSearchable::Class { takes: TAKES, otherwise });
    };
    let halves = |usable| Halves::of(&network, network.mask(), 0, usable);
    let (best, candidates, is_known) = match scene.activation {
        Activation::Linear => {
            let halves = halves(Usable::Any)?;
            (halves.nearest(target).map_or(Best::None, Best::Path), halves.path_count(), true)
        }
        Activation::Relu => {
            let (positive, negative) = (halves(Usable::Positive)?, halves(Usable::Negative)?);
            let (pair, is_known) = match nearest_pair(&positive, &negative, target, scene.budget) {
                Paired::Best(pair) => (pair, true),
                Paired::Budget(pair) => (pair, false),
            };
            let best = pair.map_or(Best::None, |pair| Best::Pair([pair.positive, pair.negative]));
            (best, positive.path_count() * negative.path_count(), is_known)
        }
    };
    let edges: Vec<u32> = best.paths().iter().flat_map(|near| near.path.edges(&shape)).collect();
    let mask = Mask::from_fn(shape, |id| edges.contains(&id));
    let verdict = match best.error(target) <= scene.epsilon && !matches!(best, Best::None) {
        true => Verdict::Found,
        false if is_known => Verdict::Impossible,
        false => Verdict::Budget,
    };
    let check = check(scene, &network, &mask, target);
    let (epsilon, activation) = (scene.epsilon, scene.activation);
    Ok(Ticket { network, target, epsilon, activation, verdict, best, candidates, mask, check })
}

/// The masked network at 1, −1 and 64 inputs drawn from [−1, 1] with the weight seed.
fn check(scene: &Scene, network: &Network, mask: &Mask, target: f64) -> Check {
    let mut draws = stream(scene.seed, Purpose::Check);
    let inputs = [1.0, -1.0].into_iter().chain((0..64).map(|_| 2.0 * draws.open_unit() - 1.0));
    inputs.fold(Check { max_error: 0.0, inputs: 0 }, |check, x| {
        let output = Forward::of(network, mask, &[x], scene.activation).outputs()[0];
        Check { max_error: check.max_error.max((output - target * x).abs()), inputs: check.inputs + 1 }
    })
}

impl Best {
    /// Its paths: none, one, or the positive and the negative.
    pub fn paths(&self) -> &[Near] {
        match self {
            Self::None => &[],
            Self::Path(near) => core::slice::from_ref(near),
            Self::Pair(pair) => pair,
        }
    }

    /// The largest error of its paths; |β| of none.
    pub fn error(&self, target: f64) -> f64 {
        self.paths().iter().map(|near| near.error).reduce(f64::max).unwrap_or(target.abs())
    }
}

impl Ticket {
    /// The largest error of the best's paths; |β| if there is no candidate.
    pub fn error(&self) -> f64 {
        self.best.error(self.target)
    }

    /// What was searched, to the last of it.
    pub fn class(&self) -> &'static str {
        match self.activation {
            Activation::Linear => "one surviving path",
            Activation::Relu => "node-disjoint pairs of a positive and a negative path",
        }
    }

    /// What came of it, in a sentence or two.
    pub fn sentence(&self) -> String {
        let (candidates, noun) = (
            group_digits(&self.candidates.to_string()),
            match self.activation {
                Activation::Linear => "paths",
                Activation::Relu => "pairs of paths",
            },
        );
        let near = format!("within {} of {}", canonical(self.epsilon), figure(self.target));
        match (self.verdict, &self.best) {
            (Verdict::Found, _) => {
                format!(
                    "A winning ticket among {candidates} {noun}, error {}. Nothing was trained.",
                    figure_to(self.error(), 2)
                )
            }
            (Verdict::Impossible, Best::None) => {
                format!("Proved: there is no ticket, for none of the {candidates} {noun} is a candidate.")
            }
            (Verdict::Impossible, _) => {
                format!(
                    "Proved: none of the {candidates} {noun} comes {near}; the best misses by {}.",
                    figure(self.error())
                )
            }
            (Verdict::Budget, Best::None) => {
                format!("Not known: the budget ended before one of the {candidates} {noun} was found to come {near}.")
            }
            (Verdict::Budget, _) => format!(
                "Not known: the budget ended before one of the {candidates} {noun} was found to come {near}; the best so far misses by {}.",
                figure(self.error())
            ),
        }
    }
}
