//! What is said when a link is not taken as it stands: each deviation is one note, in one sentence.

use core::fmt;

/// A deviation that was noticed while a link was opened. The scene is usable all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A value was clamped, rounded, or replaced by the default.
    Changed {
        /// The key.
        key: &'static str,
        /// What the link said.
        given: String,
        /// What is used instead.
        used: String,
        /// What is allowed.
        allowed: String,
    },
    /// An unusual spelling was understood: leading zeros, `-0`, a sign, full-width digits, capitals.
    Spelled {
        /// The key.
        key: &'static str,
        /// What the link said.
        given: String,
        /// How it was read.
        used: String,
    },
    /// A key without a value.
    Empty {
        /// The key.
        key: &'static str,
        /// What is used instead.
        used: String,
    },
    /// A key came more than once; the last one counts.
    Repeated {
        /// The key.
        key: &'static str,
    },
    /// A key in an unusual spelling.
    Key {
        /// What the link said.
        given: String,
        /// How it was read.
        key: &'static str,
    },
    /// No such key.
    Unknown {
        /// What the link said.
        given: String,
        /// The key that may have been meant.
        nearest: Option<&'static str>,
    },
    /// A key that this version keeps but gives no meaning.
    Reserved {
        /// The key.
        key: &'static str,
    },
    /// The link's version is not one that this program knows.
    Version {
        /// The version, as far as it is a number below 2³².
        given: u32,
        /// The newest that this program reads.
        latest: u32,
    },
    /// The link was altered on its way, and the alteration could be undone for certain or was harmless.
    Mended,
    /// The step is beyond the end of the run.
    StepBeyondEnd {
        /// What the link said.
        given: u64,
        /// The last step.
        end: u64,
    },
    /// The protection leaves no edge that may be cut.
    NothingPrunable {
        /// The protection's word.
        protect: &'static str,
        /// Hidden layers.
        hidden: u32,
    },
    /// `orphans=count` under a rule that has no such variant.
    OrphansIgnored {
        /// The rule's word.
        rule: &'static str,
    },
    /// The network begins with a mask, which the bounds do not know of.
    BoundsOfTheFull,
    /// The hand-made mask leaves out an edge that the network does not have.
    MaskMisfit,
    /// Typed weights are for edges that the network does not have.
    EditsMisfit {
        /// How many of them.
        misfits: usize,
        /// Of how many.
        edits: usize,
    },
    /// The input has neither one value nor one a source.
    InputMisfit {
        /// Its values.
        given: usize,
        /// The network's sources.
        sources: u32,
    },
    /// The target is so small that no path at all would do.
    EmptyTicket,
    /// The window decides α, and so the weights.
    WindowDecides,
    /// Products of a network's `sign` weights, ±x but for rounding, fell outside a window of about x.
    RoundedOut {
        /// The window.
        window: String,
        /// x.
        scale: String,
    },
    /// Further notes were left out.
    More {
        /// How many.
        count: usize,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { key, given, used, allowed } => {
                let used = if used.is_empty() { "none" } else { used };
                write!(f, "{key} {given} → {used} (allowed {allowed})")
            }
            Self::Spelled { key, given, used } => write!(f, "{key} “{given}” is read as {used}"),
            Self::Empty { key, used } if used.is_empty() => write!(f, "{key} is empty and left out"),
            Self::Empty { key, used } => write!(f, "{key} is empty: {used} is used"),
            Self::Repeated { key } => write!(f, "{key} is given more than once: the last one counts"),
            Self::Key { given, key } => write!(f, "“{given}” is read as {key}"),
            Self::Unknown { given, nearest: Some(key) } => {
                write!(f, "unknown key “{given}” is left out (did you mean {key}?)")
            }
            Self::Unknown { given, nearest: None } => write!(f, "unknown key “{given}” is left out"),
            Self::Reserved { key } => write!(f, "{key} is kept, but has no meaning in this version of the program"),
            Self::Version { given, latest } => write!(
                f,
                "this link is of version {given} and this program reads up to version {latest}: it opened what it understood"
            ),
            Self::Mended => f.write_str("this link was altered on its way here and has been mended"),
            Self::StepBeyondEnd { given, end } => write!(f, "step {given} → {end} (the run ends there)"),
            Self::NothingPrunable { protect, hidden } => {
                let layers = crate::number::plural(u64::from(*hidden), "hidden layer");
                write!(f, "with {layers} protect={protect} leaves no edge that may be cut")
            }
            Self::OrphansIgnored { rule } => write!(f, "orphans=count has no effect under rule={rule}"),
            Self::BoundsOfTheFull => f.write_str("the bounds are those of the full network, without the mask"),
            Self::MaskMisfit => f.write_str(
                "the hand-made mask is for another network (it cuts an edge that this one does not have): not applied",
            ),
            Self::EditsMisfit { misfits, edits } => write!(
                f,
                "{misfits} of {} are for edges that this network does not have: not applied",
                crate::number::plural(*edits as u64, "typed weight")
            ),
            Self::InputMisfit { given, sources } => write!(
                f,
                "input has {} and the network {}: give one for each source or one for all; no forward pass is shown",
                crate::number::plural(*given as u64, "value"),
                crate::number::plural(u64::from(*sources), "source")
            ),
            Self::EmptyTicket => {
                f.write_str("|β| is at most ε, so the empty mask would do; a search for paths does not count it")
            }
            Self::WindowDecides => f.write_str("under alpha=flat the window decides α, and so the weights"),
            Self::RoundedOut { window, scale } => write!(
                f,
                "products of sign weights are ±{scale} but for rounding, so some lie outside window={window}: a little more takes them all in"
            ),
            Self::More { count } => write!(f, "and {count} more notes of this kind"),
        }
    }
}

/// Why a link is *damaged*: it opens, but may not show what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// It ends before its keys begin, within its check digits, or in an ellipsis.
    CutShort,
    /// Its check digits do not belong to its text.
    Check,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CutShort => "this link is damaged: it ends too early, so this may not be what was sent",
            Self::Check => {
                "this link is damaged: its check digits do not fit, so it was cut, altered or edited by hand and this may \
                 not be what was sent"
            }
        })
    }
}

/// The most notes that one link yields; what is left over is counted.
const MOST_NOTES: usize = 50;

/// Notes as they are collected, bounded so that a hostile link cannot make them large.
#[derive(Debug, Default)]
pub struct Notes {
    list: Vec<Note>,
    left_out: usize,
}

impl Notes {
    /// Takes a note, made only if there is room for it.
    pub fn add(&mut self, note: impl FnOnce() -> Note) {
        if self.list.len() < MOST_NOTES {
            self.list.push(note());
        } else {
            self.left_out += 1;
        }
    }

    /// The notes in order, the last one saying how many were left out.
    pub fn into_list(mut self) -> Vec<Note> {
        if self.left_out > 0 {
            self.list.push(Note::More { count: self.left_out });
        }
        self.list
    }
}

/// Foreign text made fit to show: at most 40 characters, nothing invisible, nothing that turns the direction of reading.
pub(crate) fn quoted(text: &str) -> String {
    const MOST: usize = 40;
    let mut shown: String = text.chars().take(MOST).map(|c| if is_unseen(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

/// Controls, and what Unicode calls format characters where they matter in a link.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
