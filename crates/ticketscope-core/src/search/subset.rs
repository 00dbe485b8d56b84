//! The set of numbers whose sum is nearest to a target, exactly, by meeting in the middle.
//!
//! The terms are cut into two halves, the sums of all subsets of each are sorted, and two pointers find the pair nearest to the
//! target: 2^(n/2) sums stand for 2ⁿ sets (Horowitz and Sahni 1974, *Computing partitions with applications to the knapsack
//! problem*).

use crate::stats::order;
use core::cmp::Reverse;

/// The most terms that [`best`] searches.
pub const MAX_TERMS: usize = 20;

/// The best set of terms, and what was searched to know it.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    /// Whether each term is in the set.
    pub kept: Vec<bool>,
    /// The kept terms added left to right in f64, from 0.
    pub sum: f64,
    /// |sum − target|, as f64 has it.
    pub error: f64,
    /// How many sets this is the best of: 2^terms, the empty one included.
    pub candidates: u64,
}

/// Why a search was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubsetError {
    /// More than [`MAX_TERMS`] terms.
    TooMany {
        /// Terms given.
        given: usize,
    },
    /// A term, the target, or the sum of all their sizes is not a finite number.
    NotFinite,
}

impl core::fmt::Display for SubsetError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::TooMany { given } => write!(f, "at most {MAX_TERMS} terms can be searched, not {given}"),
            Self::NotFinite => write!(f, "the terms and the target must be finite numbers"),
        }
    }
}

impl core::error::Error for SubsetError {}

/// The set of terms whose sum is nearest to the target; of equally near ones that of fewest terms, of those the one whose list of
/// kept places is lexicographically smallest. The empty set counts, with sum 0.
///
/// *Sum* is everywhere the f64 sum from 0, left to right over the kept terms, so that the answer is the one that trying all sets
/// would give, to the bit. The halves' sums lie within rounding of it: they say which sets can be best, and those
/// are added up in full. Cost: some 2^(n/2)·n; where very many sets are equally near, up to 2ⁿ·n.
///
/// ```
/// use ticketscope_core::search::subset;
/// let best = subset::best(&[0.5, -0.25, 0.125, 0.75], 0.6).unwrap();
/// assert_eq!((best.kept, best.sum, best.candidates), (vec![true, false, true, false], 0.625, 16));
/// ```
pub fn best(terms: &[f64], target: f64) -> Result<Best, SubsetError> {
    if terms.len() > MAX_TERMS {
        return Err(SubsetError::TooMany { given: terms.len() });
    }
    let size = terms.iter().fold(target.abs(), |sum, term| sum + term.abs());
    if !size.is_finite() {
        return Err(SubsetError::NotFinite);
    }
    let (left, right) = terms.split_at(terms.len() / 2);
    let (left, right) = (Sums::of(left).without_equals(), Sums::of(right));
    // Either way of adding up errs by less than this in all, the difference from the target included; twice each, and to spare.
    let rounding = 4.0 * f64::EPSILON * size * (terms.len() + 2) as f64;
    let reach = nearest(&left.sums, &right.sums, target) + rounding;

    let mut found = Found { terms, target, error: f64::INFINITY, set: 0, sum: 0.0 };
    let mut end = right.sums.len();
    for (&sum, &set) in left.sums.iter().zip(&left.sets) {
        while end > 0 && sum + right.sums[end - 1] > target + reach {
            end -= 1;
        }
        let near =
            right.sums[..end].iter().rposition(|&other| sum + other < target - reach).map_or(0, |below| below + 1);
        right.sets[near..end].iter().for_each(|&other| found.consider(sum, set, other << left.terms));
    }
    let kept = (0..terms.len()).map(|place| found.set >> place & 1 == 1).collect();
    Ok(Best { kept, sum: found.sum, error: found.error, candidates: 1 << terms.len() })
}

/// The sums of all subsets of some terms, each left to right, ascending, and the sets: bit i is term i.
struct Sums {
    terms: usize,
    sums: Vec<f64>,
    sets: Vec<u64>,
}

impl Sums {
    fn of(terms: &[f64]) -> Self {
        let mut sums = vec![0.0];
        for &term in terms {
            for place in 0..sums.len() {
                sums.push(sums[place] + term);
            }
        }
        let order = order(&sums);
        let sums = order.iter().map(|&set| sums[set as usize]).collect();
        Self { terms: terms.len(), sums, sets: order.into_iter().map(u64::from).collect() }
    }

    /// Of sets with the same sum only the one that is preferred: whatever is added to them, it makes the same sums.
    fn without_equals(mut self) -> Self {
        let mut kept = 0;
        for place in 0..self.sums.len() {
            let (sum, set) = (self.sums[place], self.sets[place]);
            if kept > 0 && self.sums[kept - 1] == sum {
                let other = self.sets[kept - 1];
                self.sets[kept - 1] = if preference(set) < preference(other) { set } else { other };
            } else {
                (self.sums[kept], self.sets[kept]) = (sum, set);
                kept += 1;
            }
        }
        self.sums.truncate(kept);
        self.sets.truncate(kept);
        self
    }
}

/// What decides between sets that are equally near, the smallest first: the number of terms, then the list of their places.
fn preference(set: u64) -> (u32, Reverse<u64>) {
    (set.count_ones(), Reverse(set.reverse_bits()))
}

/// The least |a + b − target|.
fn nearest(left: &[f64], right: &[f64], target: f64) -> f64 {
    let mut least = f64::INFINITY;
    let mut end = right.len();
    for &sum in left {
        // The last right sum that does not go beyond the target, and the one after it.
        while end > 0 && sum + right[end - 1] > target {
            end -= 1;
        }
        for &other in &right[end.saturating_sub(1)..right.len().min(end + 1)] {
            let error = (sum + other - target).abs();
            least = if error < least { error } else { least };
        }
    }
    least
}

/// The best set so far.
struct Found<'a> {
    terms: &'a [f64],
    target: f64,
    error: f64,
    set: u64,
    sum: f64,
}

impl Found<'_> {
    /// Considers the set of a left part, whose sum is given, and a right one.
    fn consider(&mut self, mut sum: f64, left: u64, right: u64) {
        let mut rest = right;
        while rest != 0 {
            sum += self.terms[rest.trailing_zeros() as usize];
            rest &= rest - 1;
        }
        let (set, error) = (left | right, (sum - self.target).abs());
        if error < self.error || (error == self.error && preference(set) < preference(self.set)) {
            (self.error, self.set, self.sum) = (error, set, sum);
        }
    }
}
