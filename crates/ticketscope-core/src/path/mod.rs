//! Products of weights along the surviving source–sink paths of one network.
//!
//! A path's product is (its first ⌊L/2⌋ weights, left to right) × (the rest, left to right), by every method here, so that all
//! of them agree to the bit. Paths of all sources to all sinks are pooled.

mod exact;
mod half;
mod list;
mod lit;
mod sampled;

pub use exact::{Cumulative, power_sums};
pub use half::HalfProducts;
pub use list::{Path, Paths, Through};
pub use lit::{HalfPaths, Lit};
pub use sampled::PathSampler;

/// Up to how many paths a network's products are listed one by one; beyond it they are counted without a list, or sampled.
pub const LISTED_PATHS: u64 = 10_000_000;
