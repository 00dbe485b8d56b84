//! Which paths have a product in a given range, and through which edges they lead, without listing them.

use crate::mask::{Mask, set_bits};
use crate::network::Network;
use crate::shape::{EdgeId, Shape};
use crate::stats::order;
use core::ops::Range;

/// How many surviving paths have a product in a range, in all and through every edge. Exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lit {
    paths: u64,
    through: Vec<u64>,
}

impl Lit {
    /// The paths whose product z satisfies `low` ≤ z < `high`, or z ≤ `high` if the range is `closed`, as the bins of a histogram
    /// are. `None` when there are more than `limit` half-paths, or 2⁶⁴ paths or more. To ask for several ranges: [`HalfPaths`].
    pub fn between(network: &Network, mask: &Mask, low: f64, high: f64, closed: bool, limit: usize) -> Option<Self> {
        HalfPaths::of(network, mask, limit).map(|halves| halves.lit(low, high, closed))
    }

    /// Surviving paths in the range.
    pub fn paths(&self) -> u64 {
        self.paths
    }

    /// Surviving paths in the range that lead through an edge.
    pub fn through(&self, edge: EdgeId) -> u64 {
        self.through[edge as usize]
    }
}

/// All half-paths of a network with their products, from the sources to the middle node layer ⌊L/2⌋ and on to the sinks: what
/// [`super::HalfProducts`] holds, with the edges remembered.
///
/// The products compared are the rounded ones that a list would hold. Rounding is monotone in each factor, so the right
/// halves that bring a left half into the range stand side by side once they are sorted, and the counts agree with the list to
/// the last path.
#[derive(Debug, Clone)]
pub struct HalfPaths {
    shape: Shape,
    halves: Vec<Half>,
    meetings: Vec<Meeting>,
}

/// A half-path, or a beginning of one: the half-path before it and one edge more.
#[derive(Debug, Clone, Copy)]
struct Half {
    product: f64,
    /// Its place among all halves, always an earlier one; its own for one that has no edge yet.
    before: u32,
    edge: EdgeId,
}

/// The half-paths that meet at one middle node, by their places; the right ones sorted by product.
#[derive(Debug, Clone)]
struct Meeting {
    left: Vec<u32>,
    right: Vec<u32>,
    /// Products of the right ones, ascending.
    products: Vec<f64>,
}

impl HalfPaths {
    /// All half-paths of the edges that `mask` keeps. `None` when there are more than `limit` of them, counted at every node on
    /// the way, or 2⁶⁴ paths or more. Cost: 16 bytes each, and a sort.
    pub fn of(network: &Network, mask: &Mask, limit: usize) -> Option<Self> {
        let shape = *network.shape();
        let middle = shape.path_length() / 2;
        let mut grown = Grown { network, mask, halves: Vec::new(), limit: limit.min(u32::MAX as usize >> 1) };
        let starts = (0..shape.sources()).map(|source| (source, grown.root())).collect();
        let mut left = vec![Vec::new(); shape.nodes_in(middle) as usize];
        for (node, half) in grown.extend(starts, 0..middle)? {
            left[node as usize].push(half);
        }
        let mut meetings = Vec::new();
        let mut paths = 0_u128;
        for (node, left) in (0..).zip(left).filter(|(_, left)| !left.is_empty()) {
            let start = vec![(node, grown.root())];
            let right: Vec<u32> =
                grown.extend(start, middle..shape.edge_layers())?.into_iter().map(|(_, half)| half).collect();
            paths += left.len() as u128 * right.len() as u128;
            meetings.push(Meeting::new(left, &right, &grown.halves));
        }
        u64::try_from(paths).ok()?;
        Some(Self { shape, halves: grown.halves, meetings })
    }

    /// The paths whose product z satisfies `low` ≤ z < `high`, or z ≤ `high` if `closed`. Cost: a search for every left half-path,
    /// and an addition for every half-path.
    pub fn lit(&self, low: f64, high: f64, closed: bool) -> Lit {
        let range = Bounds { low, high, closed };
        let mut counts = vec![0_u64; self.halves.len()];
        let mut paths = 0;
        for meeting in &self.meetings {
            paths += meeting.count(&range, &self.halves, &mut counts);
        }
        let mut through = vec![0; self.shape.edge_count() as usize];
        for (place, half) in self.halves.iter().enumerate().rev().filter(|(place, half)| half.before as usize != *place)
        {
            through[half.edge as usize] += counts[place];
            counts[half.before as usize] += counts[place];
        }
        Lit { paths, through }
    }
}

/// Half-paths under construction.
struct Grown<'a> {
    network: &'a Network,
    mask: &'a Mask,
    halves: Vec<Half>,
    limit: usize,
}

impl Grown<'_> {
    /// A half-path that has no edge yet; 1·w is w, so products are taken left to right.
    fn root(&mut self) -> u32 {
        let place = self.halves.len() as u32;
        self.halves.push(Half { product: 1.0, before: place, edge: 0 });
        place
    }

    /// Carries half-paths, each given by its last node and its place, over some edge layers.
    fn extend(&mut self, starts: Vec<(u32, u32)>, layers: Range<u32>) -> Option<Vec<(u32, u32)>> {
        let shape = self.network.shape();
        // Those without an edge do not count.
        let roots = (shape.sources() + shape.width()) as usize;
        let mut ends = starts;
        for layer in layers {
            let mut next = Vec::new();
            for (from, before) in ends {
                let weights = self.network.weight_row(layer, from);
                let first = shape.first_edge(layer) + from * shape.heads(layer);
                let product = self.halves[before as usize].product;
                for to in set_bits(self.mask.row(layer, from)) {
                    next.push((to, self.halves.len() as u32));
                    self.halves.push(Half { product: product * weights[to as usize], before, edge: first + to });
                }
                if self.halves.len() > self.limit.saturating_add(roots) {
                    return None;
                }
            }
            ends = next;
        }
        Some(ends)
    }
}

impl Meeting {
    fn new(left: Vec<u32>, right: &[u32], halves: &[Half]) -> Self {
        let products: Vec<f64> = right.iter().map(|&half| halves[half as usize].product).collect();
        let order = order(&products);
        let right = order.iter().map(|&place| right[place as usize]).collect();
        Self { left, right, products: order.iter().map(|&place| products[place as usize]).collect() }
    }

    /// Counts the pairs in the range, and adds to each half how many of them it is in.
    fn count(&self, range: &Bounds, halves: &[Half], counts: &mut [u64]) -> u64 {
        // Where one more left half begins to bring the right ones into the range, and where it ceases to.
        let mut changes = vec![0_i64; self.right.len() + 1];
        let mut pairs = 0;
        for &left in &self.left {
            let lit = range.partners(halves[left as usize].product, &self.products);
            let partners = lit.len() as u64;
            counts[left as usize] += partners;
            pairs += partners;
            changes[lit.start] += 1;
            changes[lit.end] -= 1;
        }
        let mut partners = 0;
        for (&right, change) in self.right.iter().zip(changes) {
            partners += change;
            counts[right as usize] += partners as u64;
        }
        pairs
    }
}

struct Bounds {
    low: f64,
    high: f64,
    closed: bool,
}

impl Bounds {
    fn is_above(&self, z: f64) -> bool {
        z > self.high || (z == self.high && !self.closed)
    }

    /// The places of the sorted factors b whose rounded product a·b lies in the range.
    fn partners(&self, a: f64, factors: &[f64]) -> Range<usize> {
        let (start, end) = if self.low.is_nan() || self.high.is_nan() {
            (0, 0)
        } else if a < 0.0 {
            let start = factors.partition_point(|&b| self.is_above(a * b));
            (start, factors.partition_point(|&b| a * b >= self.low))
        } else {
            let start = factors.partition_point(|&b| a * b < self.low);
            (start, factors.partition_point(|&b| !self.is_above(a * b)))
        };
        start..end.max(start)
    }
}
