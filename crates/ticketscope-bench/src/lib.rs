//! How fast the core is: one list of [`tasks`], timed natively by criterion (`benches/native.rs`) and as WebAssembly in Node by
//! tinybench (`node/bench.mjs`), set against what this very [`machine`] can do, in one [`table`]. `cargo xtask bench` runs all.

pub mod machine;
#[cfg(target_arch = "wasm32")]
pub mod node;
#[cfg(not(target_arch = "wasm32"))]
pub mod table;
pub mod tasks;

/// A piece of work, ready to be done again and again. What it returns depends on all that it computed, so that nothing can be
/// left out as useless.
pub type Work = Box<dyn FnMut() -> u64>;
