//! The page: one program that runs in the page and, without a window, in its worker.
//!
//! `Model` is what is known, [`message::Message`] what can happen, [`update::update`] the pure step between them; `page` binds
//! both to the browser through `kit`, the only place that names web-sys for anything but types. The worker computes and
//! never draws; the page draws and computes no more than one moment of a run.

pub mod compute;
pub mod forward;
pub mod jobs;
pub mod keys;
pub mod kit;
pub mod lens;
pub mod marks;
pub mod message;
pub mod model;
pub mod page;
pub mod paint;
pub mod play;
pub mod products;
pub mod slider;
pub mod ticks;
pub mod track;
pub mod update;
pub mod verdict;
pub mod wire;
pub mod words;
pub mod worker;

/// Starts the page, or a worker when there is no window (see `www/boot.js`).
pub fn start() {
    match web_sys::window() {
        Some(window) => page::start(&window),
        None => worker::start(),
    }
}
