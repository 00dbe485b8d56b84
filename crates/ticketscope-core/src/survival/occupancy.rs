//! One edge layer as a step of the chain: how many tails live when some heads do and a number of its edges is gone.
//!
//! Everything is a sum of products of non-negative terms, made by + − × ÷ alone (the differences are of whole numbers), so each
//! chance keeps its relative accuracy however small it is.

use super::kernel::{LANES, padded};

/// Chances below this, and terms below this share of the largest, are taken for 0.
pub(super) const TINY: f64 = 1e-300;

/// P(s tails live | r heads live, k edges thrown), for a layer of `tails` × `heads` edges of which each set of k is equally likely.
#[derive(Debug)]
pub(super) struct Transitions {
    tails: usize,
    heads: usize,
    /// By k, r (1..=heads), s (0..=tails, then zeros to a whole number of lanes). k = all edges is left out: nothing lives then.
    chances: Vec<f64>,
    /// By k, r and group of lanes: the largest in the group.
    largest: Vec<f64>,
}

impl Transitions {
    pub(super) fn new(tails: u32, heads: u32) -> Self {
        let (tails, heads) = (tails as usize, heads as usize);
        let (edges, width) = (tails * heads, padded(tails + 1));
        let mut table = Self { tails, heads, chances: vec![0.0; edges * heads * width], largest: vec![] };
        for live in 1..=heads {
            table.fill(live);
        }
        table.find_largest();
        table
    }

    /// The chances that do not arise where only the death of a tail matters: s = 0 then stands for "fewer than `tails` live".
    pub(super) fn needing_all_tails(tails: u32, heads: u32) -> Self {
        let mut table = Self::new(tails, heads);
        let width = padded(table.tails + 1);
        for row in table.chances.chunks_exact_mut(width) {
            row[0] = row[..table.tails].iter().sum();
            row[1..table.tails].fill(0.0);
        }
        table.find_largest();
        table
    }

    /// Edges of the layer.
    pub(super) fn edges(&self) -> usize {
        self.tails * self.heads
    }

    pub(super) fn tails(&self) -> usize {
        self.tails
    }

    pub(super) fn heads(&self) -> usize {
        self.heads
    }

    /// The chances of k: a row a number of live heads from 1, of [`padded`] (tails + 1).
    pub(super) fn after(&self, thrown: usize) -> &[f64] {
        let size = self.heads * padded(self.tails + 1);
        &self.chances[thrown * size..(thrown + 1) * size]
    }

    /// The largest chance of each group of lanes of those rows.
    pub(super) fn largest_after(&self, thrown: usize) -> &[f64] {
        let size = self.heads * (padded(self.tails + 1) / LANES);
        &self.largest[thrown * size..(thrown + 1) * size]
    }

    /// How many kept edges lead to live heads is hypergeometric; given that, how many tails they leave is an occupancy number.
    fn fill(&mut self, live: usize) {
        let (edges, cells) = (self.edges(), self.tails * live);
        let width = padded(self.tails + 1);
        let occupied = occupancy(self.tails, live);
        let mut weights = vec![0.0; cells + 1];
        for thrown in 0..edges {
            let at = (thrown * self.heads + live - 1) * width;
            let row = &mut self.chances[at..at + width];
            let (low, high) = hypergeometric(edges, cells, edges - thrown, &mut weights);
            for (kept, &weight) in weights.iter().enumerate().take(high + 1).skip(low) {
                let occupied = &occupied[kept * width..(kept + 1) * width];
                row.iter_mut().zip(occupied).for_each(|(chance, &rows)| *chance += weight * rows);
            }
            row.iter_mut().filter(|chance| **chance < TINY).for_each(|chance| *chance = 0.0);
        }
    }

    fn find_largest(&mut self) {
        self.largest =
            self.chances.chunks_exact(LANES).map(|group| group.iter().copied().fold(0.0, f64::max)).collect();
    }
}

/// P(a random set of κ cells of a `rows` × `columns` board meets s of its rows), by κ and s (padded). One cell after another: it falls
/// in one of the s·columns − κ free cells of rows already met, or in one of a new row.
fn occupancy(rows: usize, columns: usize) -> Vec<f64> {
    let (cells, width) = (rows * columns, padded(rows + 1));
    let mut chances = vec![0.0; (cells + 1) * width];
    chances[0] = 1.0;
    for kept in 0..cells {
        let (before, after) = chances[kept * width..(kept + 2) * width].split_at_mut(width);
        let free = (cells - kept) as f64;
        for met in 0..=rows {
            let same = before[met] * (met * columns).saturating_sub(kept) as f64;
            let new = if met > 0 { before[met - 1] * ((rows + 1 - met) * columns) as f64 } else { 0.0 };
            after[met] = (same + new) / free;
        }
    }
    chances
}

/// P(x of `cells` special ones among `all` are in a random set of `chosen`), by x; the range of x where that is not [`TINY`] or less.
/// From the largest term outwards by ratios of neighbours, then divided by the sum.
fn hypergeometric(all: usize, cells: usize, chosen: usize, chances: &mut [f64]) -> (usize, usize) {
    let (least, most) = (chosen.saturating_sub(all - cells), chosen.min(cells));
    let mode = ((chosen + 1) * (cells + 1) / (all + 2)).clamp(least, most);
    // P(x + 1)/P(x) = up(x)/down(x).
    let up = |x: usize| ((cells - x) * (chosen - x)) as f64;
    let down = |x: usize| ((x + 1) * (all - cells + x + 1 - chosen)) as f64;
    outwards(chances, (least, mode, most), up, down)
}

/// Fills a unimodal law from its mode outwards by the ratio up(x)/down(x) of P(x + 1) to P(x), and divides by the sum; where terms are
/// [`TINY`] it ends.
pub(super) fn outwards(
    chances: &mut [f64],
    (least, mode, most): (usize, usize, usize),
    up: impl Fn(usize) -> f64,
    down: impl Fn(usize) -> f64,
) -> (usize, usize) {
    chances[mode] = 1.0;
    let mut high = mode;
    while high < most {
        let next = chances[high] * (up(high) / down(high));
        if next < TINY {
            break;
        }
        high += 1;
        chances[high] = next;
    }
    let mut low = mode;
    while low > least {
        let next = chances[low] * (down(low - 1) / up(low - 1));
        if next < TINY {
            break;
        }
        low -= 1;
        chances[low] = next;
    }
    let sum: f64 = chances[low..=high].iter().sum();
    chances[low..=high].iter_mut().for_each(|chance| *chance /= sum);
    (low, high)
}
