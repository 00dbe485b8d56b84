//! The page, its workers and the charts of many networks: three programs, so that a visitor loads what computes only after the
//! first picture, and the charts when they are asked for.
//!
//! `Model` is what is known, [`message::Message`] what can happen, [`update::update`] the pure step between them; `page` binds
//! both to the browser through `kit`, the only place that names web-sys for anything but types. The worker computes and
//! never draws; the page draws and computes no more than one moment of a run.

pub mod card;
pub mod chain;
pub mod charts;
pub mod compare;
pub mod compute;
pub mod fall;
#[cfg(feature = "faults")]
pub mod faults;
pub mod files;
pub mod find;
pub mod fingers;
pub mod forward;
pub mod hand;
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
pub mod tasks;
pub mod ticks;
pub mod touch;
pub mod track;
pub mod trouble;
pub mod twin;
pub mod update;
pub mod verdict;
pub mod walk;
pub mod wire;
pub mod words;
pub mod worker;

/// The build: the version, and a name of what was compiled where `cargo xtask` did it. A page and a worker of different builds
/// do not work together.
pub const BUILD: &str = match option_env!("TICKETSCOPE_BUILD") {
    Some(build) => build,
    None => env!("CARGO_PKG_VERSION"),
};

/// Starts the page (see `www/boot.js`).
pub fn start_page() {
    if let Some(window) = web_sys::window() {
        kit::shell::on_panic(kit::shell::panicked);
        page::start(&window);
    }
}

/// Starts the charts of many networks (see `www/shell.js`).
pub fn start_charts() {
    if let Some(window) = web_sys::window() {
        charts::start(&window);
    }
}

/// Starts a worker (see `www/worker.js`).
pub fn start_worker() {
    kit::shell::on_panic(|place| kit::worker::reply(&wire::panicked(place), &js_sys::Array::new()));
    worker::start();
}
