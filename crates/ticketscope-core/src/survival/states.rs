//! How many nodes may live after k throws into the layers done so far.

use super::kernel::ROWS;

/// u_j: by r, by k.
#[derive(Debug)]
pub(super) struct States {
    /// Zeros before k = 0, and what is certain beyond the last k: all dead.
    pub(super) margin: usize,
    pitch: usize,
    /// The last k at which something may live.
    pub(super) last: usize,
    pub(super) chances: Vec<f64>,
    /// By r, by [`ROWS`] places: the largest chance there.
    largest: Vec<f64>,
}

impl States {
    /// All dead from the start, with room for k = 0..=`last`; to be read from −`margin` to `last` + `margin`.
    pub(super) fn new(states: usize, last: usize, margin: usize) -> Self {
        let margin = margin + ROWS;
        let pitch = last + 1 + 2 * margin;
        let mut chances = vec![0.0; states * pitch];
        chances[margin + last + 1..pitch].fill(1.0);
        Self { margin, pitch, last, chances, largest: vec![] }
    }

    /// Of r live nodes, for the [`ROWS`] numbers of throws from k − thrown.
    pub(super) fn rows(&self, live: usize, k: usize, thrown: usize) -> &[f64; ROWS] {
        let at = live * self.pitch + self.margin + k - thrown;
        self.chances[at..].first_chunk().expect("the margin holds the rows")
    }

    /// A bound on each of those chances, once the states are complete.
    pub(super) fn bound(&self, live: usize, k: usize, thrown: usize) -> f64 {
        let at = live * self.pitch.div_ceil(ROWS) + (self.margin + k - thrown) / ROWS;
        f64::max(self.largest[at], self.largest[at + 1])
    }

    pub(super) fn complete(&mut self) {
        let largest = |places: &[f64]| places.iter().copied().fold(0.0, f64::max);
        self.largest = self.chances.chunks(self.pitch).flat_map(|row| row.chunks(ROWS).map(largest)).collect();
        // Beyond the last places of all.
        self.largest.push(0.0);
    }

    pub(super) fn set(&mut self, live: usize, k: usize, chance: f64) {
        self.chances[live * self.pitch + self.margin + k] = chance;
    }
}
