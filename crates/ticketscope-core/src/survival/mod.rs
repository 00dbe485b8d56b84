//! The survival curve of pruning without dice: P(destroyed by k) for the rule `layer` under [`crate::prune::Orphans::Count`].
//!
//! Each prunable layer has its edges in a uniformly random order and each throw takes the next edge of a layer chosen uniformly.
//! An exhausted layer has destroyed the network, so until destruction all m layers can be drawn: the numbers of edges thrown are
//! multinomial, and given them the edges gone from each layer are a uniformly random set of that size. Which heads of a layer
//! live does not matter then, only how many: counted from the sinks backwards, the number of live nodes is a Markov chain.
//!
//! With u_j(k, r) the chance that after k throws into the last j of the prunable layers r of the next nodes live (r = 0: none ever
//! will),
//!
//! u_{j+1}(k, s) = Σ_i Bin(i; k, 1/(j + 1)) · Σ_r u_j(k − i, r) · P(s tails live | r heads live, i edges thrown),
//!
//! to which s = 0 adds what is dead already and a layer with no edge left. The curve is u_m(k, 0): a sum of products of
//! non-negative chances, never a difference.

mod kernel;
mod occupancy;
mod states;

use crate::bounds::BallsInBins;
use crate::prune::Protect;
use crate::shape::Shape;
use kernel::{Accumulate, LANES, ROWS, Weigh, padded};
use occupancy::{TINY, Transitions, outwards};
use states::States;

/// Chances of about this and less are given as 0: there the numbers run out of range.
pub const LEAST: f64 = 1e-280;
/// How much of a chance may be lost to terms that are left out.
const LEFT_OUT: f64 = 1e-12;

/// P(destroyed by k) for every k.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactCurve {
    chances: Vec<f64>,
    edges: u64,
}

impl ExactCurve {
    /// The curve of a full network; `None` where nothing is prunable. Cost: see [`Recurrence::work_of`].
    pub fn of(shape: &Shape, protect: Protect) -> Option<Self> {
        let mut recurrence = Recurrence::new(shape, protect)?;
        while !recurrence.step() {}
        recurrence.finish()
    }

    /// P(destroyed by k), with a relative error below 10⁻¹¹; 0 where it is about [`LEAST`] or less.
    pub fn destroyed_by(&self, k: u64) -> f64 {
        usize::try_from(k).ok().and_then(|k| self.chances.get(k)).copied().unwrap_or(1.0)
    }

    /// The first k by which some layer must be exhausted: from there on destruction is certain.
    pub fn certain_at(&self) -> u64 {
        self.chances.len() as u64
    }

    /// The largest k by which the chance of destruction is at most 1/c (c counts as at least 1): at most the number of prunable edges.
    /// A chance that is 1/c but for its rounding counts as 1/c.
    pub fn largest_safe(&self, confidence: f64) -> u64 {
        let chance = 1.0 / confidence.max(1.0);
        if chance >= 1.0 {
            return self.edges;
        }
        self.chances.partition_point(|&destroyed| destroyed <= chance * (1.0 + LEFT_OUT)) as u64 - 1
    }
}

/// The recurrence at work, in steps of a few numbers of throws.
#[derive(Debug)]
pub struct Recurrence {
    /// (tails, heads) of the prunable layers, from the sinks backwards.
    layers: Vec<(u32, u32)>,
    /// Whether a single dead tail of the last of them destroys (they are the sources).
    sources: bool,
    /// Chances of destruction that are too small, by the number of throws; see [`floor`].
    floor: Vec<f64>,
    /// Where they reach [`LEAST`]: from there on chances are given.
    first: usize,
    table: Transitions,
    /// Layers done.
    done: usize,
    before: States,
    after: States,
    /// The next number of throws to be worked out.
    next: usize,
    room: Room,
    arch: pulp::Arch,
}

/// What a step works with.
#[derive(Debug, Default)]
struct Room {
    /// P(i of k throws are in the layer), by i: [`ROWS`] values of k side by side.
    shares: Vec<[f64; ROWS]>,
    /// Of those, the ones of a single k.
    law: Vec<f64>,
    /// By r: shares · u.
    weights: Vec<[f64; ROWS]>,
    /// The largest of each of them.
    largest: Vec<f64>,
    /// Of s = 0: what is dead already, and a layer with no edge left.
    dead: Vec<f64>,
    /// By group of lanes.
    sums: Vec<[[f64; LANES]; ROWS]>,
}

impl Recurrence {
    /// Multiplications that a recurrence takes at most: about m²·w⁶/2 for m layers of w² edges.
    pub fn work_of(shape: &Shape, protect: Protect) -> f64 {
        let prunable = protect.prunable(shape);
        let last = *prunable.start();
        let (mut throws, mut work) = (0.0, 0.0);
        for layer in prunable.rev() {
            let edges = f64::from(shape.edges_in(layer));
            throws += edges;
            let states = if layer == last { LANES } else { padded(shape.tails(layer) as usize + 1) };
            work += throws * edges * f64::from(shape.heads(layer)) * states as f64;
        }
        work
    }

    /// A recurrence at its start; `None` where nothing is prunable.
    pub fn new(shape: &Shape, protect: Protect) -> Option<Self> {
        let prunable = protect.prunable(shape);
        let sources = *prunable.start() == 0;
        let layers: Vec<(u32, u32)> = prunable.rev().map(|layer| (shape.tails(layer), shape.heads(layer))).collect();
        let (_, heads) = *layers.first()?;
        let floor = floor(shape, protect, sources)?;
        let first = floor.partition_point(|&chance| chance < LEAST);
        let mut run = Self {
            table: Transitions::new(1, 1),
            before: States::new(1, 0, 0),
            after: States::new(1, 0, 0),
            room: Room::default(),
            arch: pulp::Arch::new(),
            done: 0,
            next: 0,
            layers,
            sources,
            floor,
            first,
        };
        // Before any layer: no throw, and all heads of the first live.
        let mut all = States::new(heads as usize + 1, 0, run.edges_of(0));
        all.set(heads as usize, 0, 1.0);
        run.after = all;
        run.begin_layer();
        Some(run)
    }

    fn edges_of(&self, layer: usize) -> usize {
        self.layers.get(layer).map_or(0, |&(tails, heads)| tails as usize * heads as usize)
    }

    /// Prepares the layer `done`.
    fn begin_layer(&mut self) {
        let (tails, heads) = self.layers[self.done];
        let last_layer = self.done + 1 == self.layers.len();
        if last_layer && self.sources {
            self.table = Transitions::needing_all_tails(tails, heads);
        } else if (self.table.tails(), self.table.heads()) != (tails as usize, heads as usize) || self.done == 0 {
            self.table = Transitions::new(tails, heads);
        }
        let last = self.after.last + self.edges_of(self.done) - 1;
        let states = if last_layer { 1 } else { tails as usize + 1 };
        let after = States::new(states, last, self.edges_of(self.done + 1));
        self.before = core::mem::replace(&mut self.after, after);
        self.before.complete();
        self.next = 0;
    }

    /// The share of the numbers of throws that are done, over all layers.
    pub fn progress(&self) -> f64 {
        let (mut last, mut rows, mut done) = (0, 0, 0);
        for place in 0..self.layers.len() {
            last += self.edges_of(place);
            rows += last;
            if place < self.done {
                done += last;
            }
        }
        (done + self.next) as f64 / rows as f64
    }

    /// Works out some more numbers of throws (a few milliseconds at w = 30); true when there is nothing left to do.
    pub fn step(&mut self) -> bool {
        if self.done == self.layers.len() {
            return true;
        }
        self.shares();
        self.sums();
        self.store();
        self.next += ROWS;
        if self.next > self.after.last {
            self.done += 1;
            if self.done < self.layers.len() {
                self.begin_layer();
            }
        }
        self.done == self.layers.len()
    }

    /// The curve, once all is done.
    pub fn finish(self) -> Option<ExactCurve> {
        if self.done < self.layers.len() {
            return None;
        }
        let edges = (0..self.layers.len()).map(|layer| self.edges_of(layer) as u64).sum();
        let curve = &self.after.chances[self.after.margin..self.after.margin + self.after.last + 1];
        // Sums of rounded terms: a chance may miss 1 by its last bits.
        let given = |(k, &chance): (usize, &f64)| if k < self.first { 0.0 } else { f64::min(chance, 1.0) };
        let chances = curve.iter().enumerate().map(given).collect();
        Some(ExactCurve { chances, edges })
    }

    /// Bin(i; k, 1/(j + 1)) for the next rows, and the chance that the layer is exhausted.
    fn shares(&mut self) {
        let Room { shares, law, dead, sums, .. } = &mut self.room;
        let edges = self.table.edges();
        let groups = if self.done + 1 == self.layers.len() { 1 } else { padded(self.table.tails() + 1) / LANES };
        shares.clear();
        shares.resize(edges, [0.0; ROWS]);
        dead.resize(ROWS, 0.0);
        sums.clear();
        sums.resize(groups, [[0.0; LANES]; ROWS]);
        for row in 0..ROWS {
            let k = self.next + row;
            let (low, high) = binomial(k, self.done, law);
            for (share, &chance) in shares.iter_mut().zip(law.iter()).take(high + 1).skip(low) {
                share[row] = chance;
            }
            dead[row] = law.get(edges.max(low)..=high).map_or(0.0, |beyond| beyond.iter().sum());
        }
    }

    /// How large a term may be left out of the sums of the next rows.
    ///
    /// A term of u_j(k, ·) goes into the chance of destruction by K ≥ k with the weight Bin(k; K, j/m), and that chance has a floor. So what
    /// is left out is held to a share of the least of floor(K)/Bin(k; K, j/m) over all K that are given.
    fn negligible(&self) -> f64 {
        let terms = self.table.edges() * self.table.heads() * padded(self.table.tails() + 1);
        let all = terms as f64 * self.layers.len() as f64 * self.floor.len() as f64;
        LEFT_OUT / (all * self.influence())
    }

    /// The largest of Bin(k; K, j/m)/floor(K) over the next rows k and all K that are given, or somewhat more.
    ///
    /// As a function of K the numerator rises up to k·m/j and then falls, while the denominator only rises, so that the largest is at some
    /// K up to there. Of the rows the first decides; or the last, if none peaks at a K that is given.
    fn influence(&self) -> f64 {
        let (m, j) = (self.layers.len(), self.done + 1);
        let floor = |throws: usize| self.floor.get(throws).copied().unwrap_or(1.0);
        let elsewhere = (m - j) as f64 / m as f64;
        let last = self.next + ROWS - 1;
        let mut weight = 1.0;
        if (last * m).div_ceil(j) < self.first {
            for throws in last * m / j..self.first {
                weight *= (throws + 1) as f64 / (throws + 1 - last.min(throws)) as f64 * elsewhere;
            }
            return weight / floor(self.first);
        }
        let from = self.first.max(self.next);
        let peak = (self.next * m / j).max(from);
        let mut most = 1.0 / floor(peak);
        for throws in (from..peak).rev() {
            weight *= (throws + 1 - self.next) as f64 / ((throws + 1) as f64 * elsewhere);
            most = f64::max(most, weight / floor(throws));
            if weight < most * floor(from) {
                break;
            }
        }
        most
    }

    fn sums(&mut self) {
        let negligible = self.negligible();
        let Self { table, before, next, room, arch, .. } = self;
        let Room { shares, weights, largest, dead, sums, .. } = room;
        let (heads, stride) = (table.heads(), padded(table.tails() + 1));
        weights.resize(heads, [0.0; ROWS]);
        largest.resize(heads, 0.0);
        for (thrown, share) in shares.iter().enumerate() {
            let share_most = share.iter().copied().fold(0.0, |most, share| if share > most { share } else { most });
            if share_most < negligible {
                continue;
            }
            for (sum, (share, chance)) in dead.iter_mut().zip(share.iter().zip(before.rows(0, *next, thrown))) {
                *sum += share * chance;
            }
            let mut least = heads;
            for live in 1..=heads {
                if share_most * before.bound(live, *next, thrown) < negligible {
                    (largest[live - 1], weights[live - 1]) = (0.0, [0.0; ROWS]);
                    continue;
                }
                least = least.min(live - 1);
                let chances = before.rows(live, *next, thrown);
                largest[live - 1] = arch.dispatch(Weigh { share, chances, weights: &mut weights[live - 1] });
            }
            let (chances, most) = (table.after(thrown), table.largest_after(thrown));
            let groups = stride / LANES;
            for (group, sums) in sums.iter_mut().enumerate() {
                let counts = |live: &usize| largest[*live] * most[live * groups + group] >= negligible;
                let Some(first) = (least..heads).find(counts) else { continue };
                let last = (first..heads).rfind(counts).unwrap_or(first);
                let matrix = &chances[first * stride + group * LANES..];
                arch.dispatch(Accumulate { weights: &weights[first..=last], matrix, stride, sums });
            }
        }
    }

    fn store(&mut self) {
        let states = if self.done + 1 == self.layers.len() { 1 } else { self.table.tails() + 1 };
        for row in 0..ROWS.min(self.after.last + 1 - self.next) {
            for live in 0..states {
                let dead = if live == 0 { self.room.dead[row] } else { 0.0 };
                let chance = dead + self.room.sums[live / LANES][row][live % LANES];
                self.after.set(live, self.next + row, if chance < TINY { 0.0 } else { chance });
            }
        }
    }
}

/// A chance of destruction by k that is too small, but not by much where it matters, for every k that need not destroy: that of an
/// exhausted layer (a full bin) or, of several sources with prunable edges, that one given source has lost all of them.
fn floor(shape: &Shape, protect: Protect, sources: bool) -> Option<Vec<f64>> {
    let bins = BallsInBins::of_layers(shape, protect)?;
    let layers = protect.prunable(shape).count();
    let end = protect.prunable_edges(shape) as usize - layers;
    let mut law = vec![];
    let of_sources = |k: usize| {
        let (low, high) = binomial(k, layers - 1, &mut law);
        let (all, own) = (shape.edges_in(0) as usize, shape.heads(0) as usize);
        let lost =
            |thrown: usize| (0..own).map(|i| thrown.saturating_sub(i) as f64 / (all - i) as f64).product::<f64>();
        (low..=high).map(|thrown| law[thrown] * lost(thrown.min(all))).sum::<f64>()
    };
    let mut source: Vec<f64> = vec![];
    if sources && shape.sources() > 1 {
        source = (0..=end).map(of_sources).collect();
    }
    Some((0..=end).map(|k| source.get(k).copied().unwrap_or(0.0).max(bins.tail(k as u64))).collect())
}

/// Bin(i; k, 1/(others + 1)) by i, and the range of i where it is above [`TINY`]; elsewhere nothing is written.
fn binomial(k: usize, others: usize, law: &mut Vec<f64>) -> (usize, usize) {
    law.resize(law.len().max(k + 1), 0.0);
    if others == 0 {
        law[k] = 1.0;
        return (k, k);
    }
    let mode = (k + 1) / (others + 1);
    outwards(law, (0, mode.min(k), k), |i| (k - i) as f64, |i| ((i + 1) * others) as f64)
}
