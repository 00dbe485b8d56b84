//! The search for a winning ticket, as far as this version goes: the set of paths whose products sum nearest to the target.
//!
//! **The class**: one source, one hidden layer, one sink, nothing in the hidden nodes (`activation=linear`), at most 20 surviving
//! paths. A mask can then keep any set of paths, and the network's output for an input x is x times the sum of the products of
//! the paths kept; so the nearest sum of all 2ⁿ sets, the empty one included, is the best that any mask can do. Everything else is
//! [refused](NotSearchable) with a sentence.
//!
//! **The timeline** of a search is a script: each step cuts the last edge of a path that is not in the best set, whose first edge
//! is orphaned by it. The largest |product| goes first (of equal ones the first path), so the running sum moves by ever smaller
//! steps and settles where it ends.

use crate::number::{canonical, figure, figure_to, grouped, plural};
use crate::run::{self, Own};
use crate::scene::{Activation, Beta, Method, Objective, Scene};
use crate::searchable::NotSearchable;
use ticketscope_core::forward::Forward;
use ticketscope_core::network::Network;
use ticketscope_core::path::{Path, Paths};
use ticketscope_core::prune::{Fates, Timeline, script};
use ticketscope_core::search::subset::{self, Best, MAX_TERMS};
use ticketscope_core::seed::{Purpose, stream};

/// What it takes: at most [`subset::MAX_TERMS`] terms.
const TAKES: &str = "sets of paths (method=subset, activation=linear) in networks of one source, one hidden layer and one sink \
                     with at most 20 surviving paths";

/// A path that the search could take.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The path.
    pub path: Path,
    /// The product of its weights.
    pub product: f64,
    /// Whether the best set has it.
    pub is_kept: bool,
}

/// The masked network's own answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Check {
    /// The largest |output − βx|.
    pub max_error: f64,
    /// At how many inputs x: 1, −1, and 64 drawn from [−1, 1] with the weight seed.
    pub inputs: u32,
}

/// A search that came to its end: every set of the class was looked at.
#[derive(Debug, Clone)]
pub struct Found {
    /// The network before any cut.
    pub network: Network,
    /// The surviving paths at the start, in order.
    pub terms: Vec<Term>,
    /// β.
    pub target: f64,
    /// ε.
    pub epsilon: f64,
    /// Σ of the products kept, left to right.
    pub sum: f64,
    /// |sum − β|.
    pub error: f64,
    /// Sets of paths looked at.
    pub candidates: u64,
    /// The cuts that leave the best set.
    pub timeline: Timeline,
    /// When and why each edge goes.
    pub fates: Fates,
    /// What a forward pass of the network under the last mask says.
    pub check: Check,
}

/// Searches a scene's network.
///
/// # Errors
/// [`NotSearchable`] if it has none, or is not of the class.
pub fn find(scene: &Scene, own: &Own) -> Result<Found, NotSearchable> {
    let network = run::network(scene, own)?;
    // What a hand or a file has masked out goes first, and what that orphans.
    let start = Fates::of(network.mask(), &script(&network, &[])).mask_at(0);
    let paths = Paths::of(&network, &start);
    let target = target(scene);
    let otherwise = otherwise(scene, &network, paths.count(), target);
    let (Some(target), true) = (target, otherwise.is_empty()) else {
        return Err(NotSearchable::Class { takes: TAKES, otherwise });
    };
    let list: Vec<Path> = (0..paths.count()).map_while(|rank| paths.path(rank)).collect();
    let products: Vec<f64> = list.iter().map(|path| path.product(&network)).collect();
    let Best { kept, sum, error, candidates } = subset::best(&products, target)
        .map_err(|error| NotSearchable::Class { takes: TAKES, otherwise: vec![error.to_string()] })?;
    let terms: Vec<Term> = list
        .into_iter()
        .zip(products)
        .zip(kept)
        .map(|((path, product), is_kept)| Term { path, product, is_kept })
        .collect();
    let timeline = script(&network, &cuts(&network, &terms));
    let fates = Fates::of(network.mask(), &timeline);
    let check = check(scene, &network, &fates, target);
    Ok(Found { network, terms, target, epsilon: scene.epsilon, sum, error, candidates, timeline, fates, check })
}

/// β: the one number given, or drawn from [−x, x] with the weight seed, x the scale.
fn target(scene: &Scene) -> Option<f64> {
    target_of(scene, scene.seed)
}

/// As [`target`], with another weight seed. None for more than one target.
pub(crate) fn target_of(scene: &Scene, seed: u64) -> Option<f64> {
    match &scene.beta {
        Beta::Uniform => Some(scene.scale * (2.0 * stream(seed, Purpose::Target).open_unit() - 1.0)),
        Beta::List(list) => match list[..] {
            [target] => Some(target),
            _ => None,
        },
    }
}

/// What takes a scene out of the class, in words.
fn otherwise(scene: &Scene, network: &Network, paths: u128, target: Option<f64>) -> Vec<String> {
    let shape = network.shape();
    let many = |n: u32, noun| plural(u64::from(n), noun);
    [
        (scene.method != Method::Subset).then(|| format!("method={}", scene.method.word())),
        (scene.activation != Activation::Linear).then(|| format!("activation={}", scene.activation.word())),
        (scene.objective != Objective::Error).then(|| format!("objective={}", scene.objective.word())),
        (shape.sources() != 1).then(|| many(shape.sources(), "source")),
        (shape.hidden_layers() != 1).then(|| many(shape.hidden_layers(), "hidden layer")),
        (shape.sinks() != 1).then(|| many(shape.sinks(), "sink")),
        (paths > MAX_TERMS as u128).then(|| match u64::try_from(paths) {
            Ok(paths) => plural(paths, "surviving path"),
            Err(_) => format!("more than {} surviving paths", u64::MAX),
        }),
        target.is_none().then(|| "more than one target β".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The last edges of the paths that are not kept, the largest |product| first.
fn cuts(network: &Network, terms: &[Term]) -> Vec<u32> {
    let mut left: Vec<&Term> = terms.iter().filter(|term| !term.is_kept).collect();
    let mut cuts = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let mut place = 0;
        for (other, term) in left.iter().enumerate() {
            if term.product.abs() > left[place].product.abs() {
                place = other;
            }
        }
        cuts.extend(left.remove(place).path.edges(network.shape()).last());
    }
    cuts
}

fn check(scene: &Scene, network: &Network, fates: &Fates, target: f64) -> Check {
    const MIXED: u32 = 64;
    let mask = fates.mask_at(fates.len());
    let mut draws = stream(scene.seed, Purpose::Check);
    let mut inputs = vec![1.0, -1.0];
    inputs.extend((0..MIXED).map(|_| 2.0 * draws.open_unit() - 1.0));
    let error = |&x: &f64| {
        let forward = Forward::of(network, &mask, &[x], Activation::Linear);
        forward.outputs().iter().map(|output| (output - target * x).abs()).fold(0.0, f64::max)
    };
    Check { max_error: inputs.iter().map(error).fold(0.0, f64::max), inputs: inputs.len() as u32 }
}

impl Found {
    /// Whether the best set is near enough: `found`, else `impossible`, for the search leaves no set out.
    pub fn is_won(&self) -> bool {
        self.error <= self.epsilon
    }

    /// `found` or `impossible`.
    pub fn verdict(&self) -> &'static str {
        if self.is_won() { "found" } else { "impossible" }
    }

    /// The paths of the best set.
    pub fn kept(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|term| term.is_kept)
    }

    /// The sum of the products of the paths alive at a step, left to right.
    pub fn sum_at(&self, step: u32) -> f64 {
        let shape = self.network.shape();
        let is_alive = |term: &&Term| term.path.edges(shape).iter().all(|&edge| self.fates.removed_at(edge) > step);
        self.terms.iter().filter(is_alive).fold(0.0, |sum, term| sum + term.product)
    }

    /// What came of it, in a sentence or two.
    pub fn sentence(&self) -> String {
        let paths = grouped(self.terms.len() as u64);
        let (target, epsilon) = (plain(self.target), canonical(self.epsilon));
        if self.is_won() {
            let kept = grouped(self.kept().count() as u64);
            let error = figure_to(self.error, 2);
            format!("A winning ticket: {kept} of {paths} paths, error {error}. Nothing was trained.")
        } else {
            format!(
                "Proved: none of the {} sets of paths comes within {epsilon} of {target}; the best misses by {}.",
                grouped(self.candidates),
                figure(self.error)
            )
        }
    }
}

/// A target as people write it: all its digits where they are few.
fn plain(x: f64) -> String {
    let text = canonical(x);
    if text.len() > 8 { figure(x) } else { text.replace('-', "−") }
}
