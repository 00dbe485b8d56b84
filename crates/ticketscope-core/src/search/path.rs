//! The path whose product is nearest to a target, exactly, by meeting in the middle; under ReLU the nearest pair of paths.
//!
//! A path's product is (its first ⌊L/2⌋ weights) × (the rest). At every node of the middle layer the products of the halves that
//! meet there are sorted and two pointers find the pair whose product is nearest: w·w^(L/2) numbers stand for w^(L−1) paths.
//! Rounding is monotone in each factor, so what is found is the best of the rounded products that a list would hold, to the bit.
//!
//! **ReLU** (§7.3 of the paper, corrected). Without biases a path alone carries an input x > 0 only if its first n weights are
//! positive, x < 0 only if its first weight is negative and the next n − 1 are positive; the last weight may have any sign. A
//! ticket for slope β is a path of either kind, and they must not share a hidden node:
//! - in hidden layer 1 they cannot, for a node there has one edge from the source, and its weight has one sign;
//! - in hidden layer n they cannot when both products have β's sign, for then their last weights differ in sign, and a node there
//!   has one edge to the sink;
//! - in between they could, and the masked network would then have four paths instead of two. Such pairs are passed over.

use crate::mask::{Mask, set_bits};
use crate::network::Network;
use crate::path::Path;

/// The most half-paths that are kept, on all middle nodes and both sides together.
pub const MAX_HALVES: usize = 1 << 23;

/// Which paths count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usable {
    /// All of them.
    Any,
    /// Those that carry an input above 0 through ReLU: the first n weights are positive.
    Positive,
    /// Those that carry an input below 0: the first weight is negative, the next n − 1 are positive.
    Negative,
}

impl Usable {
    /// Whether a weight may stand at an edge layer of a network with n hidden layers.
    fn admits(self, layer: u32, hidden_layers: u32, weight: f64) -> bool {
        match self {
            Self::Any => true,
            _ if layer == hidden_layers => true,
            Self::Negative if layer == 0 => weight < 0.0,
            _ => weight > 0.0,
        }
    }
}

/// Why a network is not searched: it has more than [`MAX_HALVES`] half-paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyHalves;

impl core::fmt::Display for TooManyHalves {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "the halves of its paths number more than {MAX_HALVES}, the most that are kept")
    }
}

impl core::error::Error for TooManyHalves {}

/// A path and how near it comes.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The path.
    pub path: Path,
    /// Its product.
    pub product: f64,
    /// |product − target|.
    pub error: f64,
}

impl Near {
    /// Whether two paths have a hidden node in common.
    pub fn shares_a_node(&self, other: &Self) -> bool {
        let [_, mine @ .., _] = &self.path.nodes[..] else { return false };
        mine.iter().zip(&other.path.nodes[1..]).any(|(a, b)| a == b)
    }
}

/// Half of a path: its product, and where its nodes are kept. Ranks are in lexicographic order of the nodes.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Half {
    product: f64,
    rank: u32,
}

/// The halves on one side of one middle node, by product, equal ones by rank.
#[derive(Debug, Clone, Default)]
struct Side {
    halves: Vec<Half>,
    /// By rank: the places of its nodes but the middle one and the source.
    nodes: Vec<u16>,
}

/// The halves of the usable paths from one source, by the node in the middle where they meet.
#[derive(Debug, Clone)]
pub struct Halves<'a> {
    network: &'a Network,
    source: u32,
    left: Vec<Side>,
    right: Vec<Side>,
}

impl<'a> Halves<'a> {
    /// The halves of the paths from `source` that the mask keeps and `usable` admits.
    ///
    /// # Errors
    /// [`TooManyHalves`].
    pub fn of(network: &'a Network, mask: &Mask, source: u32, usable: Usable) -> Result<Self, TooManyHalves> {
        let shape = network.shape();
        let middle = shape.path_length() / 2;
        let sides = || vec![Side::default(); shape.nodes_in(middle) as usize];
        let mut halves = Self { network, source, left: sides(), right: sides() };
        let mut walk = Walk { network, mask, usable, end: middle, budget: MAX_HALVES, nodes: Vec::new() };
        walk.from(0, source, 1.0, &mut |nodes, product| {
            if let Some((&end, nodes)) = nodes.split_last() {
                halves.left[end as usize].push(nodes, product);
            }
        })?;
        walk.end = shape.edge_layers();
        for (node, side) in (0..).zip(&mut halves.right) {
            walk.from(middle, node, 1.0, &mut |nodes, product| side.push(nodes, product))?;
        }
        halves.left.iter_mut().chain(&mut halves.right).for_each(Side::sort);
        Ok(halves)
    }

    /// The number of paths.
    pub fn path_count(&self) -> u128 {
        self.left.iter().zip(&self.right).map(|(a, b)| a.halves.len() as u128 * b.halves.len() as u128).sum()
    }

    /// The path whose product is nearest to the target; of equally near ones the lexicographically first. `None` of no paths.
    ///
    /// Cost: a few steps a half.
    pub fn nearest(&self, target: f64) -> Option<Near> {
        let mut best: Option<(f64, Path)> = None;
        for middle in 0..self.left.len() {
            let (left, right) = (&self.left[middle].halves, &self.right[middle].halves);
            let Some(first) = right.iter().map(|half| half.rank).min() else { continue };
            let mut consider = |error: f64, a: Half, ranks: &mut dyn Iterator<Item = u32>| {
                if best.as_ref().is_some_and(|(least, _)| error > *least) {
                    return;
                }
                let Some(rank) = ranks.min() else { return };
                let path = self.path(middle, a.rank, rank);
                if best.as_ref().is_none_or(|(least, other)| error < *least || path < *other) {
                    best = Some((error, path));
                }
            };
            let mut place = 0;
            for (i, &a) in left.iter().enumerate() {
                // Of equal halves the first stands for all.
                if i > 0 && left[i - 1].product == a.product {
                    continue;
                }
                if a.product == 0.0 {
                    consider(target.abs(), a, &mut core::iter::once(first));
                    continue;
                }
                // |a|·b against ±target: ascending in b whatever the sign of a.
                let (size, goal) = if a.product < 0.0 { (-a.product, -target) } else { (a.product, target) };
                let at = |place: usize| size * right[place].product;
                let off = |place: usize| (at(place) - goal).abs();
                while place > 0 && at(place - 1) >= goal {
                    place -= 1;
                }
                while place < right.len() && at(place) < goal {
                    place += 1;
                }
                if place < right.len() {
                    // All that are as near: products that differ by little can be equally far from the target, as f64 has it.
                    let run = (place..right.len()).take_while(|&other| off(other) == off(place));
                    consider(off(place), a, &mut run.map(|other| right[other].rank));
                }
                if place > 0 {
                    let run = (0..place).rev().take_while(|&other| off(other) == off(place - 1));
                    consider(off(place - 1), a, &mut run.map(|other| right[other].rank));
                }
            }
        }
        best.map(|(error, path)| Near { product: path.product(self.network), path, error })
    }

    /// The paths within `radius` of the target, nearest first, equally near ones in lexicographic order; `None` if there are more
    /// than `limit`.
    pub fn within(&self, target: f64, radius: f64, limit: usize) -> Option<Vec<Near>> {
        let mut found = Vec::new();
        for middle in 0..self.left.len() {
            let (left, right) = (&self.left[middle].halves, &self.right[middle].halves);
            let (mut low, mut high) = (0, 0);
            for &a in left {
                let (sign, goal) = if a.product < 0.0 { (-1.0, -target) } else { (1.0, target) };
                let is_far = |place: usize, below: bool| {
                    let product = sign * a.product * right[place].product;
                    (if below { product < goal } else { product > goal }) && (product - goal).abs() > radius
                };
                // low: the first that is not too low; high: the first that is too high.
                slide(&mut low, right.len(), |place| is_far(place, true));
                slide(&mut high, right.len(), |place| !is_far(place, false));
                for half in &right[low.min(high)..high] {
                    if found.len() == limit {
                        return None;
                    }
                    let product = a.product * half.product;
                    let path = self.path(middle, a.rank, half.rank);
                    found.push(Near { path, product, error: (product - target).abs() });
                }
            }
        }
        found.sort_by(|a, b| a.error.total_cmp(&b.error).then_with(|| a.path.cmp(&b.path)));
        Some(found)
    }

    fn path(&self, middle: usize, left: u32, right: u32) -> Path {
        let shape = self.network.shape();
        let before = (shape.path_length() / 2 - 1) as usize;
        let after = shape.path_length() as usize - before - 1;
        let mut nodes = vec![self.source];
        nodes.extend(self.left[middle].of_rank(left, before));
        nodes.push(middle as u32);
        nodes.extend(self.right[middle].of_rank(right, after));
        Path { nodes }
    }
}

/// Moves a pointer to the first place where `before` no longer holds; it holds up to there and not beyond.
fn slide(place: &mut usize, len: usize, before: impl Fn(usize) -> bool) {
    while *place > 0 && !before(*place - 1) {
        *place -= 1;
    }
    while *place < len && before(*place) {
        *place += 1;
    }
}

impl Side {
    fn push(&mut self, nodes: &[u16], product: f64) {
        self.halves.push(Half { product, rank: self.halves.len() as u32 });
        self.nodes.extend_from_slice(nodes);
    }

    fn sort(&mut self) {
        self.halves.sort_unstable_by(|a, b| {
            // A zero of either sign is a zero: equal ones in order of rank.
            (a.product + 0.0).total_cmp(&(b.product + 0.0)).then(a.rank.cmp(&b.rank))
        });
    }

    fn of_rank(&self, rank: u32, stride: usize) -> impl Iterator<Item = u32> {
        self.nodes[rank as usize * stride..][..stride].iter().map(|&node| u32::from(node))
    }
}

/// Goes through all half-paths in lexicographic order.
struct Walk<'a> {
    network: &'a Network,
    mask: &'a Mask,
    usable: Usable,
    /// The node layer in which a half ends.
    end: u32,
    budget: usize,
    /// The nodes passed, without the one it began at.
    nodes: Vec<u16>,
}

impl Walk<'_> {
    fn from(
        &mut self,
        layer: u32,
        node: u32,
        product: f64,
        leaf: &mut impl FnMut(&[u16], f64),
    ) -> Result<(), TooManyHalves> {
        if layer == self.end {
            self.budget = self.budget.checked_sub(1).ok_or(TooManyHalves)?;
            leaf(&self.nodes, product);
            return Ok(());
        }
        let (network, mask) = (self.network, self.mask);
        let weights = network.weight_row(layer, node);
        for to in set_bits(mask.row(layer, node)) {
            let weight = weights[to as usize];
            if self.usable.admits(layer, network.shape().hidden_layers(), weight) {
                self.nodes.push(to as u16);
                self.from(layer + 1, to, product * weight, leaf)?;
                self.nodes.pop();
            }
        }
        Ok(())
    }
}

/// A pair of paths that is a ReLU ticket: one for inputs above 0, one for inputs below.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The path for inputs above 0.
    pub positive: Near,
    /// The path for inputs below 0.
    pub negative: Near,
}

impl Pair {
    /// The larger of the two errors.
    pub fn error(&self) -> f64 {
        self.positive.error.max(self.negative.error)
    }

    /// What decides between pairs, the smallest first.
    fn is_before(&self, other: &Self) -> bool {
        let least = |pair: &Self| pair.positive.error.min(pair.negative.error);
        let errors = self.error().total_cmp(&other.error()).then(least(self).total_cmp(&least(other)));
        let paths = |pair: &'_ Self| (pair.positive.path.clone(), pair.negative.path.clone());
        errors.then_with(|| paths(self).cmp(&paths(other))).is_lt()
    }
}

/// What a search for a pair came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Paired {
    /// The best node-disjoint pair; `None` if there is none at all.
    Best(Option<Pair>),
    /// The budget ended before it was known; the best pair so far.
    Budget(Option<Pair>),
}

/// The node-disjoint pair of a positive and a negative path whose larger error is least; of equally good pairs the one with the
/// least smaller error, then the lexicographically first (positive path, then negative).
///
/// `budget` counts the paths listed and the pairs looked at. The nearest paths of either kind are nearly always disjoint, and then
/// they are the answer: no pair can do better. Else all paths within a radius are paired, and the radius grows.
pub fn nearest_pair(positive: &Halves, negative: &Halves, target: f64, budget: u64) -> Paired {
    let (Some(a), Some(b)) = (positive.nearest(target), negative.nearest(target)) else { return Paired::Best(None) };
    let first = Pair { positive: a, negative: b };
    if !first.positive.shares_a_node(&first.negative) {
        return Paired::Best(Some(first));
    }
    let all = positive.path_count().max(negative.path_count());
    let mut left = budget;
    let mut radius = if first.error() > 0.0 { 2.0 * first.error() } else { f64::MIN_POSITIVE };
    loop {
        let limit = usize::try_from(left.min(MAX_HALVES as u64)).unwrap_or(usize::MAX);
        let (Some(plus), Some(minus)) =
            (positive.within(target, radius, limit), negative.within(target, radius, limit))
        else {
            return Paired::Budget(None);
        };
        left = left.saturating_sub((plus.len() + minus.len()) as u64);
        let best = match best_of(&plus, &minus, &mut left) {
            Ok(best) => best,
            Err(so_far) => return Paired::Budget(so_far),
        };
        if best.is_some()
            || plus.len().max(minus.len()) as u128 == all
                && plus.len().min(minus.len()) as u128 == positive.path_count().min(negative.path_count())
        {
            return Paired::Best(best);
        }
        radius = if radius < 1e-20 { 1e-20 } else { 4.0 * radius };
    }
}

/// The best disjoint pair of two lists, nearest first; what was best when the budget ended.
fn best_of(plus: &[Near], minus: &[Near], left: &mut u64) -> Result<Option<Pair>, Option<Pair>> {
    let mut best: Option<Pair> = None;
    for positive in plus {
        let worse = |error: f64| best.as_ref().is_some_and(|best| error > best.error());
        if worse(positive.error) {
            break;
        }
        for negative in minus {
            if best.as_ref().is_some_and(|best| negative.error > best.error()) {
                break;
            }
            let Some(rest) = left.checked_sub(1) else { return Err(best) };
            *left = rest;
            if positive.shares_a_node(negative) {
                continue;
            }
            let pair = Pair { positive: positive.clone(), negative: negative.clone() };
            if best.as_ref().is_none_or(|best| pair.is_before(best)) {
                best = Some(pair);
            }
        }
    }
    Ok(best)
}
