//! The mathematics of Ticketscope as a JavaScript module: networks, pruning step by step, exact ticket counts, path products.
//!
//! A thin layer over `ticketscope-core`: it reads option objects ([`options`]), refuses with a sentence ([`error`]), and hands
//! out lists as views of its own memory ([`view`]). It computes nothing itself, and no input reaches a panic. The numbers are the
//! same to the last bit as those of the command line and of the page; [`digest`] says so by test on every target.

mod bounds;
pub mod digest;
pub mod error;
mod explain;
mod law;
mod network;
pub mod options;
pub mod products;
mod run;
pub mod view;

pub use explain::best_subset;
pub use law::ProductLaw;
pub use network::Network;
pub use products::Products;
pub use run::Run;
