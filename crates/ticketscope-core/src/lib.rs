//! Layered random networks, step-by-step pruning, exact ticket counts and path products.
//!
//! This crate is the mathematics of Ticketscope. It knows no files, no clock, no threads and no browser, and computes the same
//! bits on every target: transcendental functions come from [`float`], randomness from named generators addressed by what
//! they draw, never consumed in an order that could change.

pub mod bounds;
pub mod counts;
pub mod distance;
pub mod float;
pub mod forward;
pub mod gamma;
pub mod lanes;
pub mod law;
pub mod mask;
pub mod network;
mod pair;
pub mod path;
pub mod prune;
pub mod sample;
pub mod search;
pub mod seed;
pub mod shape;
pub mod state;
pub mod stats;
pub mod survival;
pub mod width;
