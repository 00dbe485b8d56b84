//! Numbers as text: exact for links, readable for people.

/// A number as a link writes it: the shortest decimal text that reads back to the same bits, without a trailing `.0`; an
/// exponent below 10⁻⁵ and from 10¹⁶ on.
pub fn canonical(x: f64) -> String {
    let mut text = String::new();
    push_canonical(&mut text, x);
    text
}

/// Appends [`canonical`] to a text.
pub fn push_canonical(text: &mut String, x: f64) {
    use core::fmt::Write;
    // Writing to a String cannot fail.
    let _ = write!(text, "{x:?}");
    if text.ends_with(".0") {
        text.truncate(text.len() - 2);
    }
}

/// A whole number with a comma every three digits: 1234567 → `1,234,567`.
pub fn grouped(n: u64) -> String {
    group_digits(&n.to_string())
}

/// Decimal digits with a comma every three.
pub fn group_digits(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_numbers() {
        for (x, text) in [
            (1.0, "1"),
            (0.02, "0.02"),
            (-0.5, "-0.5"),
            (1e6, "1000000"),
            (1e-5, "1e-5"),
            (1e16, "1e16"),
            (f64::MAX, "1.7976931348623157e308"),
        ] {
            assert_eq!(canonical(x), text);
        }
    }

    #[test]
    fn groups() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1000), "1,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
