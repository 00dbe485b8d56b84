//! Values as text: one reader for links, flags and controls, one writer.

use super::form::{push_compare, push_edits};
use super::{Field, Kind, Range, Value};
use crate::number::push_canonical;

/// The most numbers of a list, and the most characters of one.
const MOST_LISTED: usize = 1024;
const MOST_LIST_TEXT: usize = 2800;

/// What a text was understood as.
pub(super) struct Reading {
    /// The value, if there is one.
    pub value: Option<Value>,
    /// What was wrong with the text, the value notwithstanding.
    pub fault: Option<Fault>,
}

/// What is wrong with a text.
pub(super) enum Fault {
    /// There is none.
    Empty,
    /// It cannot be read; no value.
    Unreadable,
    /// Its number is not allowed; the value, if any, is the nearest that is.
    Changed,
    /// An unusual spelling of an allowed number.
    Spelling,
    /// A word in unusual letters.
    Case,
}

impl Reading {
    pub(super) fn plain(value: Value) -> Self {
        Self { value: Some(value), fault: None }
    }

    pub(super) fn faulty(value: Option<Value>, fault: Fault) -> Self {
        Self { value, fault: Some(fault) }
    }
}

impl Field {
    /// Reads a text.
    pub(super) fn reading(&self, text: &str) -> Reading {
        if text.is_empty() {
            return Reading::faulty(None, Fault::Empty);
        }
        if let Some(word) = self.words().find(|&word| word == text) {
            return Reading::plain(Value::Word(word));
        }
        let reading = match self.kind {
            Kind::Word => Reading::faulty(None, Fault::Unreadable),
            Kind::Whole { min, max } => whole(text, min, max),
            Kind::Real(range) => real(text, range),
            Kind::Reals(range) => reals(text, range),
            Kind::Form(form) => form.read(text),
            Kind::Text { most } => safe_text(text, most),
        };
        if reading.value.is_none() && text.len() < 64 {
            let plain = plain(text).to_ascii_lowercase();
            if let Some(word) = self.words().find(|&word| word == plain) {
                return Reading::faulty(Some(Value::Word(word)), Fault::Case);
            }
        }
        reading
    }
}

/// Appends a value as a link writes it.
pub(super) fn push(text: &mut String, value: &Value) {
    use core::fmt::Write;
    match value {
        Value::Word(word) => text.push_str(word),
        // Writing to a String cannot fail.
        Value::Whole(n) => _ = write!(text, "{n}"),
        Value::Real(x) => push_canonical(text, *x),
        Value::Reals(list) => {
            for (place, &x) in list.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                push_canonical(text, x);
            }
        }
        Value::Text(kept) => text.push_str(kept),
        Value::Mask(mask) => text.push_str(mask.as_str()),
        Value::Edits(edits) => push_edits(text, edits),
        Value::Compare(compare) => push_compare(text, *compare),
        Value::Pair(low, high) => push(text, &Value::Reals(vec![*low, *high])),
        Value::Nothing => {}
    }
}

/// Full-width forms, and the dashes and minus signs that word processors put in, as plain ASCII.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{2010}'..='\u{2013}' | '\u{2212}' => '-',
            c => c,
        })
        .collect()
}

/// A decimal number taken apart.
struct Decimal {
    negative: bool,
    /// The digits before the point.
    digits: String,
    /// The number; infinite where it is too large.
    number: f64,
    /// Whether it has neither point nor exponent.
    is_whole: bool,
    /// Whether it is spelled unusually.
    is_odd: bool,
}

/// Reads `[+|-] digits [. digits] [e [+|-] digits]`, with at least one digit before or after the point, and nothing else: no
/// hexadecimal, no `inf`, no `nan`, no spaces.
fn decimal(text: &str) -> Option<Decimal> {
    let plain = if text.is_ascii() { None } else { Some(plain(text)) };
    let ascii = plain.as_deref().unwrap_or(text);
    let unsigned = ascii.strip_prefix(['+', '-']).unwrap_or(ascii);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (digits, fraction) = match mantissa.split_once('.') {
        Some((digits, fraction)) => (digits, Some(fraction)),
        None => (mantissa, None),
    };
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let exponent_is_fine = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && all_digits(exponent)
    });
    let some_digit = !digits.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty());
    if !all_digits(digits) || !fraction.is_none_or(all_digits) || !exponent_is_fine || !some_digit {
        return None;
    }
    let number: f64 = ascii.parse().ok()?;
    let negative = ascii.starts_with('-');
    let is_odd = plain.is_some()
        || ascii.starts_with('+')
        || (negative && number == 0.0)
        || (digits.len() > 1 && digits.starts_with('0'))
        || digits.is_empty()
        || fraction == Some("");
    Some(Decimal {
        negative,
        digits: digits.to_owned(),
        number: if number == 0.0 { 0.0 } else { number },
        is_whole: fraction.is_none() && exponent.is_none(),
        is_odd,
    })
}

/// Reads a whole number of at most nine digits; and whether it was spelled unusually.
pub(super) fn plain_digits(text: &str) -> Option<(u32, bool)> {
    let decimal = decimal(text).filter(|decimal| decimal.is_whole && decimal.digits.len() <= 9)?;
    let n = decimal.digits.parse().ok().filter(|&n: &u32| !decimal.negative || n == 0)?;
    Some((n, decimal.is_odd))
}

pub(super) fn whole(text: &str, min: u64, max: u64) -> Reading {
    let Some(decimal) = decimal(text) else {
        return Reading::faulty(None, Fault::Unreadable);
    };
    let (exact, rounded) = if decimal.negative && decimal.number != 0.0 {
        (None, 0)
    } else if decimal.is_whole {
        let digits = decimal.digits.parse::<u64>().ok();
        (digits, u64::MAX)
    } else {
        // `as` saturates: what is too large stays too large.
        let rounded = decimal.number.round();
        ((rounded == decimal.number).then_some(rounded as u64), rounded as u64)
    };
    match exact {
        Some(n) if (min..=max).contains(&n) => {
            Reading { value: Some(Value::Whole(n)), fault: decimal.is_odd.then_some(Fault::Spelling) }
        }
        _ => Reading::faulty(Some(Value::Whole(exact.unwrap_or(rounded).clamp(min, max))), Fault::Changed),
    }
}

/// A number in range, the nearest in range, or none. Says whether it was changed and whether it was spelled unusually.
pub(super) fn bounded(text: &str, range: Range) -> Option<(Option<f64>, bool, bool)> {
    let decimal = decimal(text)?;
    let near = range.nearest(decimal.number);
    let changed = near != Some(decimal.number);
    // Sixteen and more digits may not fit: 2⁵³ + 1 becomes 2⁵³, and that is said.
    let inexact =
        decimal.is_whole && decimal.digits.len() > 15 && format!("{:.0}", decimal.number.abs()) != decimal.digits;
    Some((near, changed, decimal.is_odd || inexact))
}

fn real(text: &str, range: Range) -> Reading {
    match bounded(text, range) {
        None => Reading::faulty(None, Fault::Unreadable),
        Some((value, true, _)) => Reading::faulty(value.map(Value::Real), Fault::Changed),
        Some((value, false, odd)) => Reading { value: value.map(Value::Real), fault: odd.then_some(Fault::Spelling) },
    }
}

pub(super) fn reals(text: &str, range: Range) -> Reading {
    let mut list = Vec::new();
    let (mut changed, mut odd) = (false, false);
    for item in text.split(',') {
        match bounded(item, range) {
            Some((Some(x), item_changed, item_odd)) if list.len() < MOST_LISTED => {
                list.push(x);
                changed |= item_changed;
                odd |= item_odd;
            }
            _ => return Reading::faulty(None, Fault::Unreadable),
        }
    }
    let mut written = String::new();
    push(&mut written, &Value::Reals(list.clone()));
    if written.len() > MOST_LIST_TEXT {
        return Reading::faulty(None, Fault::Unreadable);
    }
    let fault = if changed { Some(Fault::Changed) } else { odd.then_some(Fault::Spelling) };
    Reading { value: Some(Value::Reals(list)), fault }
}

fn safe_text(text: &str, most: usize) -> Reading {
    let safe = |b: u8| b.is_ascii_alphanumeric() || b"-_.,:~".contains(&b);
    if text.len() <= most && text.bytes().all(safe) {
        Reading::plain(Value::Text(text.to_owned()))
    } else {
        Reading::faulty(None, Fault::Unreadable)
    }
}
