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

use crate::bounds::BallsInBins;
use crate::prune::Protect;
use crate::shape::Shape;
use kernel::{Accumulate, LANES, ROWS, padded};
use occupancy::{TINY, Transitions, outwards};

/// Chances below this are given as 0: there the numbers run out of range.
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
    /// The curve of a full network; `None` where nothing is prunable. Cost: see [`Recurrence::work`].
    pub fn of(shape: &Shape, protect: Protect) -> Option<Self> {
        let mut recurrence = Recurrence::new(shape, protect)?;
        while !recurrence.step() {}
        recurrence.finish()
    }

    /// P(destroyed by k), with a relative error below 10⁻¹¹; 0 where it is below [`LEAST`].
    pub fn destroyed_by(&self, k: u64) -> f64 {
        usize::try_from(k).ok().and_then(|k| self.chances.get(k)).copied().unwrap_or(1.0)
    }

    /// The first k at which destruction is certain.
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
    bins: BallsInBins,
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

/// u_j: by r, by k.
#[derive(Debug)]
struct States {
    /// Zeros before k = 0, and what is certain beyond the last k: all dead.
    margin: usize,
    pitch: usize,
    /// The last k at which something may live.
    last: usize,
    chances: Vec<f64>,
}

impl States {
    /// All dead from the start, with room for k = 0..=`last`; to be read from −`margin` to `last` + `margin`.
    fn new(states: usize, last: usize, margin: usize) -> Self {
        let margin = margin + ROWS;
        let pitch = last + 1 + 2 * margin;
        let mut chances = vec![0.0; states * pitch];
        chances[margin + last + 1..pitch].fill(1.0);
        Self { margin, pitch, last, chances }
    }

    /// Of r live nodes, for the [`ROWS`] numbers of throws from k − thrown.
    fn rows(&self, live: usize, k: usize, thrown: usize) -> &[f64; ROWS] {
        let at = live * self.pitch + self.margin + k - thrown;
        self.chances[at..].first_chunk().expect("the margin holds the rows")
    }

    fn set(&mut self, live: usize, k: usize, chance: f64) {
        self.chances[live * self.pitch + self.margin + k] = chance;
    }
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
    /// By group of lanes.
    sums: Vec<[[f64; LANES]; ROWS]>,
}

impl Recurrence {
    /// A recurrence at its start; `None` where nothing is prunable.
    pub fn new(shape: &Shape, protect: Protect) -> Option<Self> {
        let bins = BallsInBins::of_layers(shape, protect)?;
        let prunable = protect.prunable(shape);
        let sources = *prunable.start() == 0;
        let layers: Vec<(u32, u32)> = prunable.rev().map(|layer| (shape.tails(layer), shape.heads(layer))).collect();
        let (_, heads) = *layers.first()?;
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
            bins,
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
        self.next = 0;
    }

    /// Multiplications that all steps together take at most.
    pub fn work(&self) -> f64 {
        let (mut rows, mut work) = (0.0, 0.0);
        for (place, &(tails, heads)) in self.layers.iter().enumerate() {
            let edges = f64::from(tails) * f64::from(heads);
            rows += edges;
            let states = if place + 1 == self.layers.len() { LANES } else { padded(tails as usize + 1) };
            work += rows * edges * f64::from(heads) * states as f64;
        }
        work
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
        let chances = curve.iter().map(|&chance| if chance < LEAST { 0.0 } else { chance.min(1.0) }).collect();
        Some(ExactCurve { chances, edges })
    }

    /// Bin(i; k, 1/(j + 1)) for the next rows, and as the first of the sums of s = 0 the chance that the layer is exhausted.
    fn shares(&mut self) {
        let Room { shares, law, sums, .. } = &mut self.room;
        let edges = self.table.edges();
        let groups = if self.done + 1 == self.layers.len() { 1 } else { padded(self.table.tails() + 1) / LANES };
        shares.clear();
        shares.resize(edges, [0.0; ROWS]);
        sums.clear();
        sums.resize(groups, [[0.0; LANES]; ROWS]);
        for row in 0..ROWS {
            let k = self.next + row;
            let (low, high) = binomial(k, self.done, law);
            for (share, &chance) in shares.iter_mut().zip(law.iter()).take(high + 1).skip(low) {
                share[row] = chance;
            }
            sums[0][row][0] = law.get(edges.max(low)..=high).map_or(0.0, |beyond| beyond.iter().sum());
        }
    }

    /// Chances that may be left out of a sum. Destruction by k is no rarer than a full bin after k, and no rarer after more throws, so
    /// that what is left out here is small beside every chance that it would have gone into.
    fn negligible(&self) -> f64 {
        let terms = self.layers.len() * self.table.edges() * self.table.heads() * padded(self.table.tails() + 1);
        LEFT_OUT * self.bins.tail(self.next as u64).max(LEAST) / terms as f64
    }

    fn sums(&mut self) {
        let negligible = self.negligible();
        let Self { table, before, next, room, arch, .. } = self;
        let Room { shares, weights, largest, sums, .. } = room;
        let (heads, stride) = (table.heads(), padded(table.tails() + 1));
        weights.resize(heads, [0.0; ROWS]);
        largest.resize(heads, 0.0);
        for (thrown, share) in shares.iter().enumerate() {
            if share.iter().all(|&share| share < negligible) {
                continue;
            }
            for (sum, (share, dead)) in sums[0].iter_mut().zip(share.iter().zip(before.rows(0, *next, thrown))) {
                sum[0] += share * dead;
            }
            for live in 1..=heads {
                let chances = before.rows(live, *next, thrown);
                let weights = &mut weights[live - 1];
                *weights = core::array::from_fn(|row| share[row] * chances[row]);
                largest[live - 1] = weights.iter().copied().fold(0.0, f64::max);
            }
            let (chances, most) = (table.after(thrown), table.largest_after(thrown));
            let groups = stride / LANES;
            for (group, sums) in sums.iter_mut().enumerate() {
                let counts = |live: &usize| largest[*live] * most[live * groups + group] >= negligible;
                let Some(first) = (0..heads).find(counts) else { continue };
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
                let chance = self.room.sums[live / LANES][row][live % LANES];
                self.after.set(live, self.next + row, if chance < TINY { 0.0 } else { chance });
            }
        }
    }
}

/// Bin(i; k, 1/(others + 1)) by i, and the range of i where it is above [`TINY`].
fn binomial(k: usize, others: usize, law: &mut Vec<f64>) -> (usize, usize) {
    law.clear();
    law.resize(k + 1, 0.0);
    if others == 0 {
        law[k] = 1.0;
        return (k, k);
    }
    let mode = (k + 1) / (others + 1);
    outwards(law, (0, mode.min(k), k), |i| (k - i) as f64, |i| ((i + 1) * others) as f64)
}
