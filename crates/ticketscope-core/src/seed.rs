//! Randomness that is addressed, not consumed.
//!
//! Every draw starts from what it is *for*: [`draws`] hashes (seed, purpose, layer, from, to) to 64 bits and starts a
//! xoshiro256++ generator there. So a weight does not depend on the width, on the order of evaluation or on other edges, and
//! adding a kind of draw never shifts another.
//!
//! The hash is the finaliser of SplitMix64 (Steele, Lea, Flood 2014, *Fast splittable pseudorandom number generators*),
//! applied once a word; the generator is xoshiro256++ (Blackman, Vigna 2021, *Scrambled linear pseudorandom number
//! generators*) as `rand` ships it, its four words filled by SplitMix64. A link's version fixes both.

use rand::{Rng, SeedableRng, rngs::Xoshiro256PlusPlus};

/// The first number that is not a seed: seeds are 0..2⁵³, so that a JavaScript number holds each exactly.
pub const SEED_LIMIT: u64 = 1 << 53;

/// What a draw is for. The numbers are part of the link format's promise: append, never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// The weight of one edge.
    Weight = 1,
    /// A pruning run.
    Pruning = 2,
    /// Independent samples of a product law.
    Products = 3,
    /// Paths drawn uniformly from one network.
    Paths = 4,
    /// The random mask that a run is compared with.
    Control = 5,
    /// The target of a search.
    Target = 6,
    /// The inputs at which a ticket is checked.
    Check = 7,
}

/// A seed for a whole purpose, or for one edge of it.
fn hash(seed: u64, purpose: Purpose, layer: u32, from: u32, to: u32) -> u64 {
    let place = (u64::from(from) << 32) | u64::from(to);
    mix(mix(mix(seed ^ mix(purpose as u64)) ^ u64::from(layer)) ^ place)
}

/// SplitMix64's step and finaliser: a bijection of 64-bit words.
fn mix(word: u64) -> u64 {
    let mut z = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A stream of random words that begins at one address.
#[derive(Debug, Clone)]
pub struct Draws(Xoshiro256PlusPlus);

/// The stream of (seed, purpose) as a whole.
pub fn stream(seed: u64, purpose: Purpose) -> Draws {
    draws(seed, purpose, 0, 0, 0)
}

/// The stream of one edge (layer, from, to) for one purpose.
pub fn draws(seed: u64, purpose: Purpose, layer: u32, from: u32, to: u32) -> Draws {
    Draws(Xoshiro256PlusPlus::seed_from_u64(hash(seed, purpose, layer, from, to)))
}

impl Draws {
    /// 64 random bits.
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number of the open interval (0, 1): (m + ½)·2⁻⁵² from the upper 52 bits, never 0 and never 1.
    #[inline]
    pub fn open_unit(&mut self) -> f64 {
        open_unit(self.next_u64())
    }

    /// A uniform integer below `bound` (at least 1), exactly uniform: Lemire's multiplication with rejection (2019, *Fast
    /// random integer generation in an interval*), on 32 bits.
    #[inline]
    pub fn below(&mut self, bound: u32) -> u32 {
        let word = self.next_word() as u32;
        self.below_from(bound, word)
    }

    /// Two uniform integers, below `first` and below `second`, from one 64-bit word where neither is rejected.
    #[inline]
    pub fn below_pair(&mut self, first: u32, second: u32) -> (u32, u32) {
        self.below_then(first, |_| second)
    }

    /// As [`Draws::below_pair`], with a second bound that depends on the first number.
    #[inline]
    pub fn below_then(&mut self, first: u32, second: impl FnOnce(u32) -> u32) -> (u32, u32) {
        let word = self.next_u64();
        let a = self.below_from(first, (word >> 32) as u32);
        (a, self.below_from(second(a), word as u32))
    }

    #[inline]
    fn next_word(&mut self) -> u64 {
        self.next_u64() >> 32
    }

    #[inline]
    fn below_from(&mut self, bound: u32, word: u32) -> u32 {
        let mut product = u64::from(word) * u64::from(bound);
        if (product as u32) < bound {
            let threshold = bound.wrapping_neg() % bound;
            while (product as u32) < threshold {
                product = self.next_word() * u64::from(bound);
            }
        }
        (product >> 32) as u32
    }
}

/// The number of (0, 1) that 64 random bits stand for; the lowest 12 bits are not used.
#[inline]
pub fn open_unit(word: u64) -> f64 {
    ((word >> 12) as f64 + 0.5) * (1.0 / 4_503_599_627_370_496.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_stable() {
        let mut a = draws(1, Purpose::Weight, 0, 0, 0);
        let mut b = draws(1, Purpose::Weight, 2, 3, 4);
        let mut c = stream(1, Purpose::Pruning);
        let got = [a.next_u64(), a.next_u64(), b.next_u64(), c.next_u64()];
        assert_eq!(got, [6249485564628528169, 17099885717707188910, 7534487094202925351, 4340992061568548292]);
    }

    #[test]
    fn below_is_uniform_to_the_count() {
        // Over all 2³² words Lemire's method is exact; here the mean of many draws must sit within 6 standard errors.
        let mut draws = stream(7, Purpose::Pruning);
        let (n, bound) = (1_000_000_u32, 7_u32);
        let mut counts = [0_u32; 7];
        for _ in 0..n {
            counts[draws.below(bound) as usize] += 1;
        }
        let expected = f64::from(n) / f64::from(bound);
        let chi: f64 = counts.iter().map(|&c| (f64::from(c) - expected) * (f64::from(c) - expected) / expected).sum();
        assert!(chi < 38.0, "χ² with 6 degrees of freedom is above 38 with chance 1e-6: {chi}");
    }

    #[test]
    fn the_open_interval_is_open() {
        assert!(open_unit(0) > 0.0);
        assert!(open_unit(u64::MAX) < 1.0);
        assert_eq!(open_unit(0) + open_unit(u64::MAX), 1.0);
    }
}
