//! The tasks for Node: `node/bench.mjs` asks for each by its place.

use crate::Work;
use crate::tasks::everything;
use wasm_bindgen::prelude::*;

/// The names of all tasks, in order.
#[wasm_bindgen(js_name = taskIds)]
pub fn task_ids() -> Vec<String> {
    everything().map(|task| task.id.to_owned()).collect()
}

/// A task made ready.
#[wasm_bindgen]
pub struct Ready(Work);

#[wasm_bindgen]
impl Ready {
    /// Makes the task at a place of the list ready; undefined beyond its end.
    pub fn at(place: usize) -> Option<Ready> {
        everything().nth(place).map(|task| Ready((task.prepare)()))
    }

    /// Does its work once.
    pub fn run(&mut self) -> u32 {
        let sum = (self.0)();
        (sum >> 32) as u32 ^ sum as u32
    }
}
