//! Texts of a form of their own: hand-made masks, typed weights, inputs, comparisons, brushes.

use super::text::{Fault, Reading, bounded, plain_digits, reals, whole};
use super::{Field, Range, Value};
use crate::compare::Compare;
use crate::hand::{Edit, MaskText};
use crate::number::push_canonical;
use ticketscope_core::network::MAX_WEIGHT;
use ticketscope_core::prune::Rule;
use ticketscope_core::seed::SEED_LIMIT;
use ticketscope_core::shape::{MAX_HIDDEN_LAYERS, MAX_WIDTH};

/// The most digits of a hand-made mask.
pub(crate) const MOST_MASK: usize = 2000;

/// A form of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A hand-made mask, see [`MaskText`].
    Mask,
    /// Weights typed by hand: `layer.from.to:weight` with commas between, sorted by edge.
    Edits,
    /// Numbers with commas between.
    Inputs,
    /// `rule:WORD`, `seed:NUMBER`, `prune-seed:NUMBER` or `mask:random`.
    Compare,
    /// Two numbers with a comma between, the lower one first.
    Brush,
}

const WEIGHT: Range = Range { low: -MAX_WEIGHT, low_closed: true, high: MAX_WEIGHT, high_closed: true };
const A_MILLION: Range = Range { low: -1e6, low_closed: true, high: 1e6, high_closed: true };

impl Form {
    /// The most characters of its text as a link writes it.
    pub fn most(self) -> usize {
        match self {
            Self::Mask => MOST_MASK,
            Self::Edits => 600,
            Self::Inputs => 300,
            Self::Compare => 40,
            Self::Brush => 60,
        }
    }

    /// What is allowed, for people.
    pub(super) fn allowed(self) -> String {
        match self {
            Self::Mask => format!("at most {MOST_MASK} characters of A–Z a–z 0–9 - _, six edges each"),
            Self::Edits => format!(
                "layer.from.to:weight with commas between, each edge once, weights {WEIGHT}, at most {} characters",
                self.most()
            ),
            Self::Inputs => format!("numbers {A_MILLION} with commas between, at most {} characters", self.most()),
            Self::Compare => "rule:WORD, seed:NUMBER, prune-seed:NUMBER or mask:random".to_owned(),
            Self::Brush => format!("two numbers {A_MILLION} with a comma between, the lower one first"),
        }
    }

    pub(super) fn read(self, text: &str) -> Reading {
        // What is too long is refused before anything is made of it: no spelling is more than three times as long as ours.
        if text.len() > 3 * self.most() {
            return Reading::faulty(None, Fault::Unreadable);
        }
        let reading = match self {
            Self::Mask => mask(text),
            Self::Edits => edits(text),
            Self::Inputs => reals(text, A_MILLION),
            Self::Compare => compare(text),
            Self::Brush => brush(text),
        };
        let mut written = String::new();
        reading.value.iter().for_each(|value| super::text::push(&mut written, value));
        if written.len() > self.most() { Reading::faulty(None, Fault::Unreadable) } else { reading }
    }
}

/// Whether typed weights are short enough for a link.
pub(crate) fn edits_fit(edits: &[Edit]) -> bool {
    let mut text = String::new();
    push_edits(&mut text, edits);
    text.len() <= Form::Edits.most()
}

/// Appends typed weights as a link writes them.
pub(super) fn push_edits(text: &mut String, edits: &[Edit]) {
    use core::fmt::Write;
    for (place, edit) in edits.iter().enumerate() {
        let comma = if place > 0 { "," } else { "" };
        // Writing to a String cannot fail.
        let _ = write!(text, "{comma}{}.{}.{}:", edit.layer, edit.from, edit.to);
        push_canonical(text, edit.weight);
    }
}

/// Appends a comparison as a link writes it.
pub(super) fn push_compare(text: &mut String, compare: Compare) {
    use core::fmt::Write;
    // Writing to a String cannot fail.
    let _ = match compare {
        Compare::Rule(rule) => write!(text, "rule:{}", rule.word()),
        Compare::Seed(seed) => write!(text, "seed:{seed}"),
        Compare::PruneSeed(seed) => write!(text, "prune-seed:{seed}"),
        Compare::RandomMask => write!(text, "mask:random"),
    };
}

fn mask(text: &str) -> Reading {
    match MaskText::read(text) {
        None => Reading::faulty(None, Fault::Unreadable),
        // A mask that keeps every edge is none.
        Some(None) => Reading::faulty(Some(Value::Nothing), Fault::Empty),
        Some(Some(mask)) => {
            let fault = (mask.as_str() != text).then_some(Fault::Spelling);
            Reading { value: Some(Value::Mask(mask)), fault }
        }
    }
}

/// One typed weight; whether it was changed, and whether it was spelled unusually.
fn edit(text: &str) -> Option<(Edit, bool, bool)> {
    let (address, weight) = text.split_once(':')?;
    let mut places = address.split('.');
    let mut odd = false;
    let mut place = |most: u32| {
        let (n, is_odd) = plain_digits(places.next()?)?;
        odd |= is_odd;
        (n <= most).then_some(n)
    };
    let (layer, from, to) = (place(MAX_HIDDEN_LAYERS)?, place(MAX_WIDTH - 1)?, place(MAX_WIDTH - 1)?);
    if places.next().is_some() {
        return None;
    }
    let (weight, changed, odd_weight) = bounded(weight, WEIGHT)?;
    Some((Edit { layer, from, to, weight: weight? }, changed, odd || odd_weight))
}

fn edits(text: &str) -> Reading {
    let mut list: Vec<Edit> = Vec::new();
    let (mut changed, mut odd) = (false, false);
    for item in text.split(',') {
        let Some((edit, is_changed, is_odd)) = edit(item) else {
            changed = true;
            continue;
        };
        changed |= is_changed;
        odd |= is_odd;
        match list.binary_search_by_key(&edit.edge(), Edit::edge) {
            // The last one counts.
            Ok(place) => (list[place], changed) = (edit, true),
            Err(place) => {
                odd |= place < list.len();
                list.insert(place, edit);
            }
        }
    }
    if list.is_empty() {
        return Reading::faulty(None, Fault::Unreadable);
    }
    let fault = if changed { Some(Fault::Changed) } else { odd.then_some(Fault::Spelling) };
    Reading { value: Some(Value::Edits(list)), fault }
}

fn compare(text: &str) -> Reading {
    let spelled = super::plain(text).to_ascii_lowercase();
    let Some((what, value)) = spelled.split_once(':') else {
        return Reading::faulty(None, Fault::Unreadable);
    };
    let seed = |of: fn(u64) -> Compare| match whole(value, 0, SEED_LIMIT - 1) {
        Reading { value: Some(Value::Whole(seed)), fault } => (Some(of(seed)), fault),
        _ => (None, Some(Fault::Unreadable)),
    };
    let (compare, fault) = match what {
        "rule" => (Rule::ALL.into_iter().find(|rule| rule.word() == value).map(Compare::Rule), None),
        "seed" => seed(Compare::Seed),
        "prune-seed" | "prune_seed" => seed(Compare::PruneSeed),
        "mask" => ((value == "random").then_some(Compare::RandomMask), None),
        _ => (None, None),
    };
    let Some(compare) = compare else {
        return Reading::faulty(None, Fault::Unreadable);
    };
    let mut written = String::new();
    push_compare(&mut written, compare);
    Reading { value: Some(Value::Compare(compare)), fault: fault.or((written != text).then_some(Fault::Spelling)) }
}

fn brush(text: &str) -> Reading {
    let Reading { value: Some(Value::Reals(list)), fault } = reals(text, A_MILLION) else {
        return Reading::faulty(None, Fault::Unreadable);
    };
    match list[..] {
        [low, high] if low <= high => Reading { value: Some(Value::Pair(low, high)), fault },
        [low, high] => Reading::faulty(Some(Value::Pair(high, low)), Fault::Changed),
        _ => Reading::faulty(None, Fault::Unreadable),
    }
}

impl Field {
    /// Whether the command line has a flag for the key. A hand-made mask is drawn, not typed; there `--mask` names a file.
    pub fn is_flag(&self) -> bool {
        !matches!(self.group, super::Group::View | super::Group::Reserved) && self.key != "mask"
    }
}
