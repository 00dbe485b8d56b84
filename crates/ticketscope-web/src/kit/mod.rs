//! The only place that names web-sys: look-up by id, listeners, frames, a canvas sharp on every screen, history, storage.

pub mod canvas;
pub mod dom;
pub mod frame;
pub mod listen;
pub mod place;
pub mod save;
pub mod shell;
pub mod size;
pub mod store;
pub mod worker;
