//! What only the screen knows of the timeline: a single step on its way, the step under the pointer, how what is gone is
//! coloured. Numbers never wait for any of it. Pure.

use crate::model::{Model, Now};
use crate::update::Effect;

/// See the module.
#[derive(Debug, Default)]
pub struct Track {
    /// A single step that is being shown.
    pub stride: Option<Stride>,
    /// The step of the scrub bar that is pointed at.
    pub pointed: Option<u32>,
    /// Edges that are gone are shaded by the order in which they went.
    pub by_death: bool,
}

/// A single step on its way across the screen: the model stands where it leads already.
#[derive(Debug)]
pub struct Stride {
    /// The moment that it leaves.
    pub left: Now,
    /// Whether it cuts; else it puts back.
    pub forward: bool,
    /// From 0 to 1.
    pub share: f32,
    started: Option<f64>,
}

/// How long a single step takes, ms.
pub const STRIDE: f64 = 200.0;
/// Networks with more edges than this step without it: they are drawn as matrices, in which one edge is a dot.
const MOST_EDGES: u32 = ticketscope_draw::picture::MOST_LINES;

/// Something has happened to the timeline as the screen has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// A step of the scrub bar is pointed at, or none.
    Pointed(Option<u32>),
    /// Shades what is gone by the order in which it went, or does not.
    ByDeath(bool),
    /// The system now wants motion, or none.
    Motion(bool),
}

/// Takes a message into the model.
pub fn update(model: &mut Model, message: Message, effects: &mut Vec<Effect>) {
    match message {
        Message::Pointed(step) => model.track.pointed = step.map(|step| step.min(model.last_step())),
        Message::ByDeath(on) => {
            model.track.by_death = on;
            effects.push(Effect::Remember("by-death", if on { "on" } else { "off" }.to_owned()));
        }
        Message::Motion(on) => {
            model.motion = on;
            if !on {
                model.track.stride = None;
            }
        }
    }
}

impl Track {
    /// Begins a step from a moment that was just left, if there is something to see in it.
    pub fn begin(&mut self, left: Now, forward: bool) {
        let edges = left.moment.edge_states().len();
        self.stride = (edges <= MOST_EDGES as usize).then_some(Stride { left, forward, share: 0.0, started: None });
    }

    /// The clock goes on.
    pub fn advance(&mut self, now: f64) {
        let Some(stride) = &mut self.stride else { return };
        let share = (now - *stride.started.get_or_insert(now)) / STRIDE;
        if share >= 1.0 {
            self.stride = None;
        } else {
            // Fast at first, and coming to rest.
            let rest = 1.0 - share.max(0.0);
            stride.share = (1.0 - rest * rest) as f32;
        }
    }
}
