//! What destroyed a network: the source that lost its last way, and a smallest set of removed edges that cuts it off.

use super::{Fates, Protect};
use crate::shape::{Edge, EdgeId, Shape};
use core::ops::{Range, RangeInclusive};

/// A smallest set of removed edges that parts a source from all sinks, at the step that destroyed the network: a minimum cut of
/// the full network in which alive edges cannot be chosen, nor orphaned ones of an edge layer that is protected, for
/// those are consequences and no causes. Edges absent from the initial mask count as cut. Among smallest sets one with as few
/// orphaned edges as possible.
///
/// # Why it is cheap to find
///
/// The cut is given by the nodes X on the source's side. A node of X leads to no sink, so it is dead, so all its edges are removed:
/// with x_i of layer i in X, the cut has x_0·(w − x_1) + x_1·(w − x_2) + … + x_n·T edges whichever nodes they are. That is linear in
/// each x_i, so a smallest cut has all the dead nodes of a layer in X, or only those that must be: a search over
/// layers, not over nodes. Under [`Protect::Ends`] all of layer 1 is dead; let i be any layer up to which all nodes are dead, and Y
/// any dead nodes of layer i + 1: the edges from layer i to all but Y, and those from Y on, are w·(w − y) + y·w = w². Where
/// the source's own edges are prunable, its w edges are a cut and no cut is smaller.
///
/// Where a layer's share in X makes no difference to the size, each of its nodes goes to the side that leaves fewer orphans. That
/// is the least that any smallest set can have if the initial mask is full, which the tests hold against a library's
/// maximum flow; with a mask the set is as small, but may have a few orphans more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastCut {
    source: u32,
    edges: Vec<EdgeId>,
    orphaned: u32,
    is_smallest: bool,
}

impl LastCut {
    /// What destroyed a run under a protection; `None` if nothing did, or if these are the fates of a random control. Cost: a look at
    /// every edge, then O(w²) for each layer whose nodes are all dead.
    pub fn of(fates: &Fates, protect: Protect) -> Option<Self> {
        let step = fates.destroyed_at().filter(|_| !fates.is_loose())?;
        let dead = dead_nodes(fates, step);
        let source = dead[0].iter().position(|&dead| dead)? as u32;
        let sides = Sides { fates, shape: *fates.shape(), prunable: protect.prunable(fates.shape()), dead };
        let (size, side) = sides.best(source)?;
        let mut edges: Vec<EdgeId> = sides.cut(&side).collect();
        edges.sort_unstable();
        let orphaned = edges.iter().filter(|&&id| fates.is_orphaned(id)).count() as u32;
        Some(Self { source, edges, orphaned, is_smallest: size == sides.bound(source) })
    }

    /// The source that has no way to a sink any more; of several the first.
    pub fn source(&self) -> u32 {
        self.source
    }

    /// The edges of the set, in order.
    pub fn edges(&self) -> &[EdgeId] {
        &self.edges
    }

    /// How many of them were cut, by a step or by the initial mask.
    pub fn cut(&self) -> u32 {
        self.edges.len() as u32 - self.orphaned
    }

    /// How many of them were orphaned.
    pub fn orphaned(&self) -> u32 {
        self.orphaned
    }

    /// Whether it is proved that no smaller set does it. Always so but under [`Protect::Two`] with an initial mask.
    pub fn is_smallest(&self) -> bool {
        self.is_smallest
    }

    /// The first and the last edge layer that the edges lie in.
    pub fn layers(&self, shape: &Shape) -> Option<RangeInclusive<u32>> {
        Some(shape.edge(*self.edges.first()?).layer..=shape.edge(*self.edges.last()?).layer)
    }
}

/// A flag for each node of a node layer.
type Layer = Vec<bool>;

/// More than all orphans: what an orphaned edge of a protected layer weighs.
const FORBIDDEN: u64 = 1 << 32;

/// By node layer: the nodes without an alive edge out of them. Sinks are never dead.
fn dead_nodes(fates: &Fates, step: u32) -> Vec<Layer> {
    let shape = fates.shape();
    let gone = |edge: Edge| {
        let first = shape.edge_id(edge);
        (first..first + shape.heads(edge.layer)).all(|id| fates.removed_at(id) <= step)
    };
    let tails = |layer| (0..shape.tails(layer)).map(|from| gone(Edge { layer, from, to: 0 })).collect();
    let mut dead: Vec<Layer> = (0..shape.edge_layers()).map(tails).collect();
    dead.push(vec![false; shape.sinks() as usize]);
    dead
}

/// The choice of the nodes on the source's side, a list a node layer.
struct Sides<'a> {
    fates: &'a Fates,
    shape: Shape,
    prunable: RangeInclusive<u32>,
    dead: Vec<Layer>,
}

fn count(layer: &[bool]) -> u64 {
    layer.iter().map(|&flag| u64::from(flag)).sum()
}

impl Sides<'_> {
    /// A smallest cut with few orphans, and its size.
    fn best(&self, source: u32) -> Option<(u64, Vec<Layer>)> {
        // Which layers are on the source's side as far as they are dead: from the first to the last, the latest last ones first.
        let last = self.shape.hidden_layers() as usize;
        let choices = (0..=last).rev().flat_map(|end| (1..=3.min(end + 1)).map(move |start| start..end + 1));
        let mut sides: Vec<_> = choices.map(|whole| self.side(source, whole)).collect();
        sides.dedup();
        let size = sides.iter().map(|side| self.size(side)).min()?;
        let mut best: Option<(u64, Vec<Layer>)> = None;
        for side in sides.into_iter().filter(|side| self.size(side) == size) {
            let freely: Vec<_> = (1..=last).filter_map(|layer| self.rearranged(&side, layer)).collect();
            for side in core::iter::once(side).chain(freely) {
                let weight = self.weight(&side);
                if best.as_ref().is_none_or(|best| weight < best.0) {
                    best = Some((weight, side));
                }
            }
        }
        best.map(|(_, side)| (size, side))
    }

    /// The source, the dead nodes of some layers, and all that must go with them.
    fn side(&self, source: u32, whole: Range<usize>) -> Vec<Layer> {
        let mut side = vec![vec![false; self.dead[0].len()]];
        side[0][source as usize] = true;
        for (place, dead) in self.dead.iter().enumerate().skip(1) {
            side.push(if whole.contains(&place) {
                dead.clone()
            } else {
                self.tied_to(place as u32 - 1, &side[place - 1])
            });
        }
        side
    }

    /// The heads that orphaned edges of a protected layer tie to some tails.
    fn tied_to(&self, layer: u32, tails: &[bool]) -> Layer {
        let mut heads = vec![false; self.shape.heads(layer) as usize];
        if !self.prunable.contains(&layer) {
            for (from, _) in (0..).zip(tails).filter(|(_, tail)| **tail) {
                for (to, head) in (0..).zip(&mut heads) {
                    *head |= self.fates.is_orphaned(self.shape.edge_id(Edge { layer, from, to }));
                }
            }
        }
        heads
    }

    /// Edges from the source's side to the other.
    fn size(&self, side: &[Layer]) -> u64 {
        side.windows(2).map(|pair| count(&pair[0]) * (pair[1].len() as u64 - count(&pair[1]))).sum()
    }

    fn cut<'a>(&'a self, side: &'a [Layer]) -> impl Iterator<Item = EdgeId> + 'a {
        (0..).zip(side.windows(2)).flat_map(move |(layer, pair)| {
            let tails = (0..).zip(&pair[0]).filter(|(_, tail)| **tail);
            tails.flat_map(move |(from, _)| {
                let heads = (0..).zip(&pair[1]).filter(|(_, head)| !**head);
                heads.map(move |(to, _)| self.shape.edge_id(Edge { layer, from, to }))
            })
        })
    }

    /// What the cut's orphans weigh.
    fn weight(&self, side: &[Layer]) -> u64 {
        let layers = (0..).zip(side.windows(2));
        let in_layer = |(layer, pair): (u32, &[Layer])| {
            let tails = (0..).zip(&pair[0]).filter(|(_, tail)| **tail);
            tails.map(|(from, _)| self.weight_out(Edge { layer, from, to: 0 }, &pair[1])).sum::<u64>()
        };
        layers.map(in_layer).sum()
    }

    /// What the orphans out of a tail, given by its first edge, to the heads on the other side weigh.
    fn weight_out(&self, first: Edge, heads: &[bool]) -> u64 {
        let orphans = self.fates.orphaned_row(first).iter().zip(heads);
        let count: u64 = orphans.map(|(&orphaned, &head)| u64::from(orphaned & !head)).sum();
        count * self.weight_in(first.layer)
    }

    fn weight_in(&self, layer: u32) -> u64 {
        if self.prunable.contains(&layer) { 1 } else { FORBIDDEN }
    }

    /// The side with each dead node of a layer put where it leaves fewer orphans; `None` where that would change the size.
    fn rearranged(&self, side: &[Layer], layer: usize) -> Option<Vec<Layer>> {
        let (before, after) = (&side[layer - 1], &side[layer + 1]);
        if count(before) + count(after) != after.len() as u64 {
            return None;
        }
        let mut into = vec![0; side[layer].len()];
        for (from, _) in (0..).zip(before).filter(|(_, tail)| **tail) {
            let orphans = self.fates.orphaned_row(Edge { layer: layer as u32 - 1, from, to: 0 });
            into.iter_mut().zip(orphans).for_each(|(sum, &orphaned)| *sum += u64::from(orphaned));
        }
        let weight_into = self.weight_in(layer as u32 - 1);
        let place = |(from, (&dead, &into)): (u32, (&bool, &u64))| {
            dead && self.weight_out(Edge { layer: layer as u32, from, to: 0 }, after) < into * weight_into
        };
        let mut side = side.to_vec();
        side[layer] = (0..).zip(self.dead[layer].iter().zip(&into)).map(place).collect();
        Some(side)
    }

    /// A size that no cut is below: each layer's share at its least or its most, whatever the others are.
    fn bound(&self, source: u32) -> u64 {
        let least = self.side(source, 1..1);
        let mut so_far = [(1, 0), (1, 0)];
        for (least, dead) in least.iter().zip(&self.dead).skip(1) {
            so_far = [count(least), count(dead)].map(|share| {
                let ends = so_far.map(|(before, size)| size + before * (dead.len() as u64 - share));
                (share, ends[0].min(ends[1]))
            });
        }
        so_far[0].1.min(so_far[1].1)
    }
}
