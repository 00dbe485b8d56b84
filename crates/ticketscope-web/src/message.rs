//! Everything that can happen to the page, in one closed list.

use crate::files;
use crate::forward;
use crate::hand;
use crate::keys::Action;
use crate::lens;
use crate::model::{Outcome, Theme};
use crate::play::Speed;
use crate::touch;
use crate::track;
use crate::trouble;
use crate::twin;
use ticketscope_scene::scene::View;

/// Something has happened.
#[derive(Debug)]
pub enum Message {
    /// A link arrived: at the start, by Back or Forward, or typed into the address bar.
    Opened {
        /// The fragment, with its `#`; empty without one.
        fragment: String,
        /// Whether the opening scene may move.
        motion: bool,
    },
    /// A text was typed into a field and left, or Enter pressed.
    Typed {
        /// The field's key.
        key: &'static str,
        /// The text.
        text: String,
    },
    /// How α is chosen: `auto`, `flat` or `typed`.
    AlphaMode(String),
    /// A slider moved.
    Slid {
        /// The field's key.
        key: &'static str,
        /// Its position.
        position: u32,
        /// Whether it was let go.
        done: bool,
    },
    /// The scrub bar moved.
    Scrubbed {
        /// The step.
        step: u32,
        /// Whether it was let go.
        done: bool,
    },
    /// A new seed is wanted.
    Roll {
        /// `seed` or `prune-seed`.
        key: &'static str,
    },
    /// A new seed has been drawn.
    Rolled {
        /// `seed` or `prune-seed`.
        key: &'static str,
        /// The seed.
        seed: u64,
    },
    /// A lock was pressed.
    Lock {
        /// `seed` or `prune-seed`.
        key: &'static str,
    },
    /// A button or key of the timeline, or another key of the table.
    Act(Action),
    /// Another speed.
    Speed(Speed),
    /// Another view.
    View(View),
    /// What stands in the second panel was chosen.
    Compare(String),
    /// Another seed for the second panel was typed.
    CompareSeed(String),
    /// The network is made one that the Find view searches.
    FitSearch,
    /// The timeline as the screen has it.
    Track(track::Message),
    /// The screen's clock, in milliseconds.
    Frame {
        /// Now.
        now: f64,
    },
    /// The worker is at work.
    Progress {
        /// The request.
        id: u32,
        /// How far, 0 to 1.
        share: f64,
    },
    /// The worker has answered.
    Answered {
        /// The request.
        id: u32,
        /// With what.
        outcome: Outcome,
    },
    /// Something is wrong with the worker.
    Trouble(trouble::Message),
    /// Cancel was pressed.
    Cancel,
    /// The notes have been read.
    NotesClosed,
    /// The theme button was pressed.
    NextTheme,
    /// A remembered theme.
    Theme(Theme),
    /// Single-letter keys on or off.
    Letters(bool),
    /// The sheet of controls was opened or closed.
    Sheet(bool),
    /// The window changed its size, its pixels or its colours.
    Resized,
    /// The forward pass was switched, or given another input.
    Forward(forward::Message),
    /// The histogram was pointed at, brushed or walked.
    Lens(lens::Message),
    /// A file was read, or put away.
    Files(files::Message),
    /// Something was pointed at or pinned.
    Touch(touch::Message),
    /// Something was done by hand.
    Hand(hand::Message),
    /// The tables of edges and paths were turned.
    Twin(twin::Message),
    /// A link was copied, or could not be.
    Copied(bool),
}
