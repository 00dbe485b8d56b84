//! Exact counts of paths and tickets, however large.

use crate::mask::{Mask, words_for};
use crate::shape::{EdgeId, Node, NodeId, Shape};
use core::ops::Range;
use num_bigint::BigUint;

/// How many source–sink paths a mask leaves to each source (paths to any sink count).
///
/// A ticket is one path from every source (§3.2 of the paper), so the number of surviving tickets is the product.
///
/// ```
/// use ticketscope_core::{counts::PathCounts, mask::Mask, shape::Shape};
/// let full = Mask::full(Shape::new(2, 4, 10, 1).unwrap());
/// let counts = PathCounts::of(&full);
/// assert_eq!(counts.per_source()[0].to_string(), "10000");
/// assert_eq!(counts.tickets().to_string(), "100000000");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathCounts {
    per_source: Vec<BigUint>,
}

impl PathCounts {
    /// Counts the paths of a mask, in integers just wide enough for wⁿ·T. Cost: about one addition per four edges, each of at
    /// most five 64-bit words (the "four Russians": sums over four heads are tabulated and looked up by the four bits of a row).
    pub fn of(mask: &Mask) -> Self {
        Self { per_source: count(mask, 0..mask.shape().edge_layers(), None) }
    }

    /// Surviving paths of each source.
    pub fn per_source(&self) -> &[BigUint] {
        &self.per_source
    }

    /// Surviving tickets: the product over the sources.
    pub fn tickets(&self) -> BigUint {
        self.per_source.iter().product()
    }
}

/// How many surviving paths and tickets use an edge or a node, exactly.
///
/// Of P paths of a source, T lead through the thing: (paths to it) × (paths on from it). A ticket is one path from every source
/// and uses the thing if any of its paths does, so Π P − Π (P − T) tickets of Π P do, the products over the sources.
///
/// ```
/// use ticketscope_core::{counts::TicketsThrough, mask::Mask, shape::Shape};
/// let full = Mask::full(Shape::new(2, 4, 10, 1).unwrap());
/// let through = TicketsThrough::of(&full);
/// // A source's own edge: a tenth of all. A later one: 100 of 10,000 paths of each source.
/// assert_eq!(through.edge(0).to_string(), "10000000");
/// assert_eq!(through.edge(20).to_string(), (100_000_000 - 9_900_u32.pow(2)).to_string());
/// ```
#[derive(Debug, Clone)]
pub struct TicketsThrough<'a> {
    mask: &'a Mask,
    counts: PathCounts,
}

impl<'a> TicketsThrough<'a> {
    /// Counts all paths. Every question costs as much again: a pass over the edges before the thing and one over those after it.
    pub fn of(mask: &'a Mask) -> Self {
        Self { mask, counts: PathCounts::of(mask) }
    }

    /// All paths and tickets.
    pub fn all(&self) -> &PathCounts {
        &self.counts
    }

    /// Surviving tickets that use an edge: 0 if it is not kept.
    pub fn edge(&self, edge: EdgeId) -> BigUint {
        self.tickets(&self.paths_edge(edge))
    }

    /// Surviving tickets that use a node.
    pub fn node(&self, node: NodeId) -> BigUint {
        self.tickets(&self.paths_node(node))
    }

    /// Surviving paths of each source through an edge.
    pub fn paths_edge(&self, edge: EdgeId) -> Vec<BigUint> {
        let shape = self.mask.shape();
        let edge = shape.edge(edge);
        if !self.mask.keeps(edge) {
            return vec![BigUint::ZERO; shape.sources() as usize];
        }
        let tail = Node { layer: edge.layer, index: edge.from };
        self.paths(tail, Node { layer: edge.layer + 1, index: edge.to })
    }

    /// Surviving paths of each source through a node.
    pub fn paths_node(&self, node: NodeId) -> Vec<BigUint> {
        let node = self.mask.shape().node(node);
        self.paths(node, node)
    }

    /// (Paths of each source to `tail`) × (paths from `head` to the sinks).
    fn paths(&self, tail: Node, head: Node) -> Vec<BigUint> {
        let mut paths = count(self.mask, 0..tail.layer, Some(tail.index));
        let on = count(self.mask, head.layer..self.mask.shape().edge_layers(), None).swap_remove(head.index as usize);
        paths.iter_mut().for_each(|paths| *paths *= &on);
        paths
    }

    fn tickets(&self, through: &[BigUint]) -> BigUint {
        let without: BigUint = self.counts.per_source.iter().zip(through).map(|(all, through)| all - through).product();
        self.counts.tickets() - without
    }
}

/// The number of inclusion-minimal tickets of the full network: subgraphs that hold a path from every source to one sink and of
/// which no edge can be spared.
///
/// Such a subgraph is a forest that only merges: with S2 the Stirling numbers of the second kind and w₍q₎ the falling factorial,
/// c₁(r) = S2(S, r)·w₍r₎ counts the ways the sources reach r nodes of hidden layer 1, c_{i+1}(q) = Σ_r c_i(r)·S2(r, q)·w₍q₎, and
/// the total is Σ_r c_n(r). Defined for one sink; `None` otherwise.
pub fn minimal_tickets(shape: &Shape) -> Option<BigUint> {
    if shape.sinks() != 1 {
        return None;
    }
    let most = shape.sources() as usize;
    let merge = stirling_times_falling(most, shape.width());
    let mut ways = merge[most].clone();
    for _ in 1..shape.hidden_layers() {
        ways = (0..=most).map(|q| (0..=most).map(|r| &ways[r] * &merge[r][q]).sum()).collect();
    }
    Some(ways.into_iter().sum())
}

/// table[r][q] = S2(r, q)·w₍q₎: the ways r labelled nodes can be led to exactly q of w nodes.
fn stirling_times_falling(most: usize, width: u32) -> Vec<Vec<BigUint>> {
    let mut stirling = vec![vec![BigUint::ZERO; most + 1]; most + 1];
    stirling[0][0] = BigUint::from(1_u32);
    for r in 1..=most {
        for q in 1..=r {
            stirling[r][q] = &stirling[r - 1][q] * q + &stirling[r - 1][q - 1];
        }
    }
    let mut falling = BigUint::from(1_u32);
    for q in 0..=most {
        for row in &mut stirling {
            row[q] *= &falling;
        }
        falling *= width.saturating_sub(q as u32);
    }
    stirling
}

fn ceil_log2(n: u32) -> u64 {
    u64::from(u32::BITS - (n - 1).leading_zeros())
}

/// An integer of N 64-bit words, lowest first.
#[derive(Clone, Copy)]
struct Wide<const N: usize>([u64; N]);

impl<const N: usize> Default for Wide<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> Wide<N> {
    const ONE: Self = {
        let mut words = [0; N];
        words[0] = 1;
        Self(words)
    };
    #[inline]
    fn plus(self, other: Self) -> Self {
        let mut sum = [0; N];
        let mut carry = false;
        for ((s, a), b) in sum.iter_mut().zip(self.0).zip(other.0) {
            let (partial, first) = a.overflowing_add(b);
            let (total, second) = partial.overflowing_add(u64::from(carry));
            *s = total;
            carry = first || second;
        }
        Self(sum)
    }
    fn into_big(self) -> BigUint {
        self.0.iter().rev().fold(BigUint::ZERO, |sum, &word| (sum << 64_u32) + word)
    }
}

/// Ways over some edge layers, by node of the first one's tails, in integers just wide enough: to the node with place `end`
/// where the layers end, or to any node there.
fn count(mask: &Mask, layers: Range<u32>, end: Option<u32>) -> Vec<BigUint> {
    let shape = mask.shape();
    let bits = u64::from(shape.hidden_layers()) * ceil_log2(shape.width()) + ceil_log2(shape.sinks()) + 1;
    match bits {
        0..=64 => count_in::<1>(mask, layers, end),
        65..=128 => count_in::<2>(mask, layers, end),
        129..=192 => count_in::<3>(mask, layers, end),
        193..=256 => count_in::<4>(mask, layers, end),
        _ => count_in::<5>(mask, layers, end),
    }
}

/// By counting from the end back: out(u) = Σ out(v) over the kept edges u → v.
fn count_in<const N: usize>(mask: &Mask, layers: Range<u32>, end: Option<u32>) -> Vec<BigUint> {
    let shape = mask.shape();
    let ends = (0..shape.nodes_in(layers.end))
        .map(|node| if end.is_none_or(|end| end == node) { Wide::<N>::ONE } else { Wide::default() });
    let mut out: Vec<_> = ends.collect();
    let mut table = Vec::new();
    for layer in layers.rev() {
        tabulate(&out, &mut table);
        out = (0..shape.tails(layer)).map(|from| look_up(mask.row(layer, from), &table)).collect();
    }
    out.into_iter().map(Wide::into_big).collect()
}

/// For every four heads the sums over each of their sixteen subsets; sixteen groups to a word of a row.
fn tabulate<const N: usize>(values: &[Wide<N>], table: &mut Vec<[Wide<N>; 16]>) {
    table.clear();
    table.resize(words_for(values.len() as u32) * 16, [Wide::default(); 16]);
    for (group, four) in table.iter_mut().zip(values.chunks(4)) {
        for (bit, &value) in four.iter().enumerate() {
            let half = 1 << bit;
            for subset in 0..half {
                group[half | subset] = group[subset].plus(value);
            }
        }
    }
}

#[inline]
fn look_up<const N: usize>(row: &[u64], table: &[[Wide<N>; 16]]) -> Wide<N> {
    let mut sum = Wide::default();
    for (&word, groups) in row.iter().zip(table.chunks_exact(16)) {
        let mut rest = word;
        for group in groups {
            if rest == 0 {
                break;
            }
            sum = sum.plus(group[(rest & 15) as usize]);
            rest >>= 4;
        }
    }
    sum
}
