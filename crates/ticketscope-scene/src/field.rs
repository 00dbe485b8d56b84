//! The one table of fields.
//!
//! The link format, the command line's flags, the page's controls and the help are all read off [`FIELDS`]: a key is spelled,
//! bounded and explained in one place.

mod form;
mod table;
mod text;

pub use form::Form;
pub(crate) use form::{MOST_MASK, edits_fit};
pub use table::FIELDS;
pub(crate) use text::plain;

use crate::compare::Compare;
use crate::hand::{Edit, MaskText};
use crate::note::{Note, Notes, quoted};
use crate::scene::{Scene, View};
use core::fmt;
use text::{Fault, Reading};

/// A key of the link format, a flag of the command line, a control of the page.
pub struct Field {
    /// The name in links, and on the command line behind `--`.
    pub key: &'static str,
    /// The control's label.
    pub label: &'static str,
    /// One short sentence of help.
    pub help: &'static str,
    /// The controls it stands among.
    pub group: Group,
    /// The views in which it matters.
    pub views: &'static [View],
    /// How a control shows it.
    pub control: Control,
    /// What values it takes, beside its words.
    pub kind: Kind,
    /// The default as a link would write it; empty for none.
    pub default: &'static str,
    word: fn(usize) -> Option<&'static str>,
    value: fn(&Scene) -> Value,
    set: fn(&mut Scene, Value),
}

/// Controls that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// Which view.
    View,
    /// The shape of the network.
    Network,
    /// The weights.
    Weights,
    /// The pruning run.
    Pruning,
    /// The bounds and the ensemble.
    Chances,
    /// The histogram.
    Histogram,
    /// The search.
    Search,
    /// The construction of a target.
    Construction,
    /// What was done by hand.
    Hand,
    /// The forward pass.
    Forward,
    /// The second panel.
    Compare,
    /// Keys kept for later versions.
    Reserved,
}

impl Group {
    /// The heading of the group.
    pub fn label(self) -> &'static str {
        match self {
            Self::View => "View",
            Self::Network => "Network",
            Self::Weights => "Weights",
            Self::Pruning => "Pruning",
            Self::Chances => "Chances",
            Self::Histogram => "Histogram",
            Self::Search => "Search",
            Self::Construction => "Construction",
            Self::Hand => "By hand",
            Self::Forward => "Forward pass",
            Self::Compare => "Comparison",
            Self::Reserved => "Reserved",
        }
    }
}

/// How a control shows a field. Whatever it is, the full range can be typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Control {
    /// A slider between two ends, beside a number.
    Slider {
        /// The left end.
        low: f64,
        /// The right end.
        high: f64,
        /// Whether equal distances are equal ratios.
        log: bool,
    },
    /// A list of the field's words to choose from.
    Select,
    /// A number or one of the field's words, typed.
    Number,
    /// A seed: a number with a button that draws another.
    Seed,
    /// Typed text.
    Text,
    /// None.
    Hidden,
}

/// What values a field takes, beside its words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Its words only.
    Word,
    /// A whole number.
    Whole {
        /// The smallest.
        min: u64,
        /// The largest.
        max: u64,
    },
    /// A number.
    Real(Range),
    /// A comma list of numbers.
    Reals(Range),
    /// A text of a form of its own.
    Form(Form),
    /// A text of the characters A–Z a–z 0–9 - _ . , : ~ and at most this many of them.
    Text {
        /// The most characters.
        most: usize,
    },
}

/// An interval of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The lower end.
    pub low: f64,
    /// Whether the lower end itself is allowed.
    pub low_closed: bool,
    /// The upper end.
    pub high: f64,
    /// Whether the upper end itself is allowed.
    pub high_closed: bool,
}

impl Range {
    /// Whether x is allowed.
    pub fn contains(&self, x: f64) -> bool {
        (if self.low_closed { x >= self.low } else { x > self.low })
            && (if self.high_closed { x <= self.high } else { x < self.high })
    }

    /// The allowed number nearest to x, if there is a nearest one.
    fn nearest(&self, x: f64) -> Option<f64> {
        if self.contains(x) {
            Some(x)
        } else if x >= self.high {
            self.high_closed.then_some(self.high)
        } else if x <= self.low {
            self.low_closed.then_some(self.low)
        } else {
            None
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = crate::number::canonical;
        match (self.low_closed, self.high_closed) {
            (true, _) if self.high == f64::MAX => write!(f, "{} or more", text(self.low)),
            (true, true) => write!(f, "{}–{}", text(self.low).replace('-', "−"), text(self.high)),
            (false, true) => write!(f, "above {}, at most {}", text(self.low), text(self.high)),
            (true, false) => write!(f, "at least {}, below {}", text(self.low), text(self.high)),
            (false, false) => write!(f, "above {}, below {}", text(self.low), text(self.high)),
        }
    }
}

/// A value of any field, as it passes between a scene and its spellings.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// One of the field's words.
    Word(&'static str),
    /// A whole number.
    Whole(u64),
    /// A number.
    Real(f64),
    /// A list of numbers.
    Reals(Vec<f64>),
    /// A text.
    Text(String),
    /// A mask made by hand.
    Mask(MaskText),
    /// Weights typed by hand, sorted by edge.
    Edits(Vec<Edit>),
    /// A comparison.
    Compare(Compare),
    /// Two numbers, the lower one first.
    Pair(f64, f64),
    /// None at all.
    Nothing,
}

/// A value that a field does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError {
    /// The key.
    pub key: &'static str,
    /// What was given, shortened.
    pub given: String,
    /// What is allowed.
    pub allowed: String,
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} “{}” is not allowed: give {}", self.key, self.given, self.allowed)
    }
}

impl core::error::Error for ValueError {}

/// A key that the table does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKey {
    /// What was given, shortened.
    pub given: String,
    /// The key that may have been meant.
    pub nearest: Option<&'static str>,
}

impl fmt::Display for UnknownKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no key “{}”", self.given)?;
        match self.nearest {
            Some(key) => write!(f, ": did you mean {key}?"),
            None => {
                f.write_str(": the keys are ")?;
                for (place, field) in FIELDS.iter().filter(|field| field.group != Group::Reserved).enumerate() {
                    f.write_str(if place > 0 { ", " } else { "" })?;
                    f.write_str(field.key)?;
                }
                Ok(())
            }
        }
    }
}

impl core::error::Error for UnknownKey {}

impl Field {
    /// The field of this key, spelled exactly.
    pub fn of(key: &str) -> Result<&'static Self, UnknownKey> {
        Self::place(key)
            .map(|place| &FIELDS[place])
            .ok_or_else(|| UnknownKey { given: quoted(key), nearest: nearest(key) })
    }

    /// The place in the table of this key, spelled exactly.
    pub(crate) fn place(key: &str) -> Option<usize> {
        FIELDS.iter().position(|field| field.key == key)
    }

    /// The field's words, in the order in which they are listed.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + use<> {
        (0..).map_while(self.word)
    }

    /// The scene's value of this field.
    pub fn value(&self, scene: &Scene) -> Value {
        (self.value)(scene)
    }

    /// Reads a flag or a control: strictly, unchanged scene on an error.
    ///
    /// ```
    /// use ticketscope_scene::{Field, Scene};
    /// let mut scene = Scene::default();
    /// let width = Field::of("width").unwrap();
    /// width.read(&mut scene, "12").unwrap();
    /// assert_eq!(scene.width, 12);
    /// assert_eq!(
    ///     width.read(&mut scene, "900").unwrap_err().to_string(),
    ///     "width “900” is not allowed: give 1–512"
    /// );
    /// ```
    pub fn read(&self, scene: &mut Scene, text: &str) -> Result<(), ValueError> {
        match self.reading(text) {
            Reading { value: Some(value), fault: None | Some(Fault::Spelling) } => {
                (self.set)(scene, value);
                Ok(())
            }
            _ => Err(ValueError { key: self.key, given: quoted(text), allowed: self.allowed() }),
        }
    }

    /// Reads a link's value: always sets one, the default if need be, and notes what it changed.
    pub(crate) fn read_leniently(&self, scene: &mut Scene, text: &str, notes: &mut Notes) {
        let Reading { value, fault } = self.reading(text);
        match value {
            Some(value) => (self.set)(scene, value),
            None => self.reset(scene),
        }
        let key = self.key;
        // A mask of 2,000 digits is no part of a sentence.
        let used = |scene: &Scene| match self.kind {
            Kind::Form(_) => quoted(&self.write(scene)),
            _ => self.write(scene),
        };
        match fault {
            None => {}
            Some(Fault::Empty) => notes.add(|| Note::Empty { key, used: used(scene) }),
            Some(Fault::Spelling | Fault::Case) => {
                notes.add(|| Note::Spelled { key, given: quoted(text), used: used(scene) });
            }
            Some(Fault::Changed | Fault::Unreadable) => {
                notes.add(|| Note::Changed { key, given: quoted(text), used: used(scene), allowed: self.allowed() })
            }
        }
        if self.group == Group::Reserved && !self.is_default(scene) {
            notes.add(|| Note::Reserved { key });
        }
    }

    /// Sets the default.
    pub fn reset(&self, scene: &mut Scene) {
        self.copy(&Scene::default(), scene);
    }

    /// Gives one scene the value of another.
    pub fn copy(&self, from: &Scene, to: &mut Scene) {
        (self.set)(to, self.value(from));
    }

    /// The scene's value as a link writes it; empty for none. What is written reads back to an equal value.
    pub fn write(&self, scene: &Scene) -> String {
        let mut text = String::new();
        self.write_to(scene, &mut text);
        text
    }

    /// Appends [`Field::write`] to a text.
    pub(crate) fn write_to(&self, scene: &Scene, text: &mut String) {
        text::push(text, &self.value(scene));
    }

    /// Whether the scene's value is the default.
    pub fn is_default(&self, scene: &Scene) -> bool {
        self.write(scene) == self.default
    }

    /// Whether the field matters in a view.
    pub fn is_in(&self, view: View) -> bool {
        self.views.contains(&view)
    }

    /// What is allowed, for people: `1–512`, `above 0, at most 8, auto or flat`.
    pub fn allowed(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        match self.kind {
            Kind::Word => {}
            Kind::Whole { min, max } => parts.push(format!("{min}–{max}")),
            Kind::Real(range) => parts.push(range.to_string()),
            Kind::Reals(range) => parts.push(format!("numbers {range} with commas between")),
            Kind::Form(form) => parts.push(form.allowed()),
            Kind::Text { most } => parts.push(format!("at most {most} characters of A–Z a–z 0–9 - _ . , : ~")),
        }
        parts.extend(self.words().map(str::to_owned));
        match parts.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
            _ => parts.concat(),
        }
    }
}

/// The key whose spelling is nearest, if it is near: at most two letters put in, left out or changed.
pub(crate) fn nearest(given: &str) -> Option<&'static str> {
    if given.len() > 20 {
        return None;
    }
    FIELDS
        .iter()
        .map(|field| (distance(given.as_bytes(), field.key.as_bytes()), field.key))
        .filter(|&(distance, key)| distance <= 2 && 2 * distance < key.len())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, key)| key)
}

/// Levenshtein's distance between two short texts.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
