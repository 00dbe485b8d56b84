//! Kolmogorov–Smirnov distances of samples too large to sort, in bounded memory, exactly.
//!
//! The values are seen twice or more, in any order, but never kept. The first pass counts them in cells between fixed numbers.
//! At a cell's edge the sample's distribution function is then known, and within a cell both functions are monotone, which
//! bounds their gap there; only the few cells whose bound exceeds the largest gap known are collected by the next pass and
//! sorted. The result is the one that sorting everything would give.

use crate::stats::{GAP_ROUNDING, sort, uniform_cdf};

/// Cells an octave, as a power of two.
const CELL_BITS: u32 = 14;
/// Cells of one sign: 64 octaves below the largest value; what is smaller shares the cell at 0.
const SIDE: usize = 64 << CELL_BITS;
/// How many values one pass may collect, so that memory stays in the tens of megabytes; a cell on its own may hold more.
const COLLECTED: u64 = 1 << 22;

/// The distances of a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distances {
    /// From the continuous distribution function that was given; none of an empty sample.
    pub theory: Option<f64>,
    /// From the uniform law on [−window, window], of the values that lie there; none when none does.
    pub uniform: Option<f64>,
    /// The share of values within the window; NaN of an empty sample.
    pub share_in_window: f64,
}

/// A search for both distances of one sample, which is fed to it once a pass.
///
/// ```
/// use ticketscope_core::distance::Search;
/// let sample = [-0.8, -0.1, 0.3, 0.4];
/// let mut search = Search::new(1.0, 1.0);
/// let distances = loop {
///     search.take(&sample);
///     if let Some(distances) = search.end_pass(Some(&|z| (0.5 + 0.5 * z).clamp(0.0, 1.0))) {
///         break distances;
///     }
/// };
/// // The uniform law on [−1, 1], at 0.4: F = 0.7 where the sample has all of its values.
/// assert!((distances.theory.unwrap() - 0.3).abs() < 1e-15);
/// ```
#[derive(Debug, Clone)]
pub struct Search {
    window: f64,
    /// The first cell's number among all cells of positive numbers.
    base: u64,
    /// Counts in ascending order of cells; after the first pass, counts of all cells before.
    cells: Vec<u64>,
    below: u64,
    inside: u64,
    counted: bool,
    theory: Gap,
    uniform: Gap,
    /// By cell, whether this pass collects it.
    wanted: Vec<bool>,
    collected: Vec<f64>,
}

/// The largest gap known so far, and the cells that could hold a larger one with their bounds, ascending.
#[derive(Debug, Clone, Default)]
struct Gap {
    known: f64,
    open: Vec<(f64, usize)>,
}

/// One distribution function to compare with, and the part of the sample that is compared.
struct Target<'a> {
    cdf: &'a dyn Fn(f64) -> f64,
    low: f64,
    high: f64,
    below: u64,
    total: u64,
}

impl Search {
    /// A search with this window, for values whose magnitudes are at most about `largest` (larger ones share one cell).
    pub fn new(window: f64, largest: f64) -> Self {
        let top = (largest.abs().to_bits() >> (52 - CELL_BITS)) | ((1 << CELL_BITS) - 1);
        Self {
            window,
            base: (top + 1).saturating_sub(SIDE as u64),
            cells: vec![0; 2 * SIDE + 1],
            below: 0,
            inside: 0,
            counted: false,
            theory: Gap::default(),
            uniform: Gap::default(),
            wanted: vec![],
            collected: vec![],
        }
    }

    /// Sees some of the values. A pass must see all of them; no value may be NaN.
    pub fn take(&mut self, values: &[f64]) {
        if self.counted {
            let values = values.iter().filter(|&&z| self.wanted[cell(self.base, z)]);
            self.collected.extend(values);
            return;
        }
        for &z in values {
            // One place up, where the running sum will want it.
            self.cells[cell(self.base, z) + 1] += 1;
            self.below += u64::from(z < -self.window);
            self.inside += u64::from(z.abs() <= self.window);
        }
    }

    /// Ends a pass: the distances, or `None` when the same values must be seen once more. `cdf` must be continuous and defined at ±∞ too.
    pub fn end_pass(&mut self, cdf: Option<&dyn Fn(f64) -> f64>) -> Option<Distances> {
        if !self.counted {
            let mut sum = 0;
            for count in &mut self.cells {
                sum += *count;
                *count = sum;
            }
        }
        let window = self.window;
        let total = self.cells[2 * SIDE];
        let uniform = move |z: f64| uniform_cdf(z, window);
        let targets = [
            cdf.map(|cdf| Target { cdf, low: f64::NEG_INFINITY, high: f64::INFINITY, below: 0, total }),
            Some(Target { cdf: &uniform, low: -window, high: window, below: self.below, total: self.inside }),
        ];
        let mut gaps = [std::mem::take(&mut self.theory), std::mem::take(&mut self.uniform)];
        sort(&mut self.collected);
        for (target, gap) in targets.iter().zip(&mut gaps) {
            let Some(target) = target.as_ref().filter(|target| target.total > 0) else { continue };
            if self.counted {
                self.settle(target, gap);
            } else {
                self.survey(target, gap);
            }
        }
        self.counted = true;
        self.collected.clear();
        let more = self.want(&gaps);
        let [theory, uniform] = &gaps;
        let distances = Distances {
            theory: cdf.filter(|_| total > 0).map(|_| theory.known),
            uniform: (self.inside > 0).then_some(uniform.known),
            share_in_window: self.inside as f64 / total as f64,
        };
        [self.theory, self.uniform] = gaps;
        (!more).then_some(distances)
    }

    /// The number of values before a cell that `target` compares, as a share, and its distribution function there.
    fn at(&self, target: &Target, cell: usize) -> (f64, f64) {
        let count = self.cells[cell].clamp(target.below, target.below + target.total) - target.below;
        let edge = self.edge(cell).clamp(target.low, target.high);
        (count as f64 / target.total as f64, (target.cdf)(edge))
    }

    /// The lower edge of a cell.
    fn edge(&self, cell: usize) -> f64 {
        let magnitude = |i: usize| match i {
            0 => 0.0,
            SIDE => f64::INFINITY,
            _ => f64::from_bits((self.base + i as u64) << (52 - CELL_BITS)),
        };
        if cell < SIDE { -magnitude(SIDE - cell) } else { magnitude(cell - SIDE) }
    }

    /// After the first pass: the gaps at some edges, then the cells whose bound is greater, halving ranges that hold any.
    fn survey(&self, target: &Target, gap: &mut Gap) {
        const STRIDE: usize = 256;
        let points: Vec<_> = (0..=2 * SIDE).step_by(STRIDE).map(|cell| (cell, self.at(target, cell))).collect();
        for &(_, (share, f)) in &points {
            gap.known = gap.known.max((share - f).abs());
        }
        let mut ranges: Vec<_> = points.windows(2).map(|pair| (pair[0], pair[1])).collect();
        while let Some((low, high)) = ranges.pop() {
            let bound = bound(low.1, high.1);
            if bound + GAP_ROUNDING <= gap.known || self.cells[low.0] == self.cells[high.0] {
                continue;
            }
            if high.0 - low.0 == 1 {
                gap.open.push((bound, low.0));
                continue;
            }
            let middle = low.0 + (high.0 - low.0) / 2;
            let middle = (middle, self.at(target, middle));
            gap.known = gap.known.max((middle.1.0 - middle.1.1).abs());
            ranges.push((low, middle));
            ranges.push((middle, high));
        }
        gap.open.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    }

    /// After a later pass: the exact gaps in the cells that it collected.
    fn settle(&self, target: &Target, gap: &mut Gap) {
        let open = std::mem::take(&mut gap.open);
        for (bound, cell) in open {
            if !self.wanted[cell] {
                gap.open.push((bound, cell));
                continue;
            }
            let (start, end) = (self.edge(cell), self.edge(cell + 1));
            // A cell holds its edge nearer to 0: −0 is the last of the negative ones, and +0 the first of the positive.
            let inside = |z: &&f64| cell == self::cell(self.base, **z) && target.low <= **z && **z <= target.high;
            let first = self.collected.partition_point(|&z| z < start);
            let last = self.collected.partition_point(|&z| z <= end);
            let before = self.cells[cell].clamp(target.below, target.below + target.total) - target.below;
            for (i, &z) in self.collected[first..last].iter().filter(inside).enumerate() {
                let (rank, f) = (before + i as u64, (target.cdf)(z));
                let (low, high) = (rank as f64 / target.total as f64, (rank + 1) as f64 / target.total as f64);
                gap.known = gap.known.max(f - low).max(high - f);
            }
        }
    }

    /// Chooses what the next pass collects, the greatest bounds first; whether there is anything.
    fn want(&mut self, gaps: &[Gap; 2]) -> bool {
        self.wanted.clear();
        self.wanted.resize(2 * SIDE, false);
        let mut room = COLLECTED;
        let mut any = false;
        for gap in gaps {
            for &(bound, cell) in gap.open.iter().rev() {
                if bound + GAP_ROUNDING <= gap.known {
                    break;
                }
                let count = self.cells[cell + 1] - self.cells[cell];
                if !self.wanted[cell] && any && count > room {
                    break;
                }
                if !self.wanted[cell] {
                    room = room.saturating_sub(count);
                }
                self.wanted[cell] = true;
                any = true;
            }
        }
        any
    }
}

/// The cell of a value, from the most negative up.
#[inline]
fn cell(base: u64, z: f64) -> usize {
    let magnitude = z.abs().to_bits() >> (52 - CELL_BITS);
    let place = (magnitude.saturating_sub(base) as usize).min(SIDE - 1);
    if z.is_sign_negative() { SIDE - 1 - place } else { SIDE + place }
}

/// The largest gap there can be between two points: (share of values before, distribution function) at each.
fn bound(low: (f64, f64), high: (f64, f64)) -> f64 {
    (high.0 - low.1).max(high.1 - low.0)
}
