//! Numbers as text: exact for links, readable for people. The page, the reports and the pictures say numbers in these words.

use num_bigint::BigUint;

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

/// Digits that a count may have before it is rounded in a sentence.
const PLAIN_DIGITS: usize = 15;

/// A count for a sentence: all its digits up to 15 of them, else three and a power of ten: `1.27 × 10³⁰`.
pub fn count(n: &BigUint) -> String {
    let digits = n.to_string();
    if digits.len() <= PLAIN_DIGITS { group_digits(&digits) } else { rounded_digits(&digits) }
}

/// Whether [`count`] rounds it.
pub fn is_rounded(n: &BigUint) -> bool {
    n.to_string().len() > PLAIN_DIGITS
}

/// A long integer to three significant digits, correctly rounded.
fn rounded_digits(digits: &str) -> String {
    let exponent = digits.len() as i32 - 1;
    // Three digits and the next ones decide; a tail behind them only breaks a tie.
    let tie = if digits[18.min(digits.len())..].bytes().any(|b| b != b'0') { "1" } else { "0" };
    let head: u64 = format!("{}{tie}", &digits[..18.min(digits.len())]).parse().unwrap_or(u64::MAX);
    let unit = 10_u64.pow(head.ilog10() - 2);
    let (mut three, rest) = (head / unit, head % unit);
    if rest > unit / 2 || (rest == unit / 2 && three % 2 == 1) {
        three += 1;
    }
    let exponent = if three == 1000 { exponent + 1 } else { exponent };
    let three = if three == 1000 { 100 } else { three };
    format!("{}.{:02} × 10{}", three / 100, three % 100, superscript(exponent))
}

/// p times a count, as a number for a sentence; right also where it is beyond f64.
pub fn share_of(p: f64, n: &BigUint) -> String {
    let digits = n.to_string();
    if digits.len() <= 300 {
        return figure(p * digits.parse::<f64>().unwrap_or(f64::INFINITY));
    }
    // The leading digits as a number of 1..10, the rest as a power of ten.
    let lead: f64 = format!("{}.{}", &digits[..1], &digits[1..18]).parse().unwrap_or(f64::NAN);
    let scientific = format!("{:.2e}", p * lead);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    if p == 0.0 {
        return "0".to_owned();
    }
    let exponent = exponent.parse().unwrap_or(0) + digits.len() as i32 - 1;
    format!("{mantissa} × 10{}", superscript(exponent))
}

/// An exponent in raised figures.
pub fn superscript(n: i32) -> String {
    n.to_string()
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '0' | '4'..='9' => char::from_u32('⁰' as u32 + (c as u32 - '0' as u32)).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// A number to three significant digits; `–` where there is none.
pub fn figure(x: f64) -> String {
    figure_to(x, 3)
}

/// A number to so many significant digits (at least 1); a power of ten far from 1; `∞`; `–` where there is none.
pub fn figure_to(x: f64, digits: i32) -> String {
    let sign = if x < 0.0 { "−" } else { "" };
    if x.is_nan() {
        return "–".to_owned();
    }
    if x.is_infinite() {
        return format!("{sign}∞");
    }
    if x == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{:.*e}", (digits.max(1) - 1) as usize, x.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if !(-4..7).contains(&exponent) {
        return format!("{sign}{mantissa} × 10{}", superscript(exponent));
    }
    let decimals = (digits - 1 - exponent).max(0) as usize;
    let plain = format!("{:.*}", decimals, x.abs());
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    format!("{sign}{}{rest}", group_digits(whole))
}

/// A share as a percentage. A share short of all never reads as all, nor one above none as none.
pub fn share(x: f64) -> String {
    if !x.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{:.2}", 100.0 * x);
    match text.as_str() {
        "100.00" if x < 1.0 => "> 99.99 %".to_owned(),
        "0.00" if x > 0.0 => "< 0.01 %".to_owned(),
        "100.00" => "100 %".to_owned(),
        "0.00" => "0 %".to_owned(),
        _ => format!("{text} %"),
    }
}

/// A count and its noun: `1 edge`, `85 edges`.
pub fn plural(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
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

    #[test]
    fn figures() {
        for (x, text) in [
            (0.4387, "0.439"),
            (4.392, "4.39"),
            (16807.0, "16,807"),
            (0.02, "0.0200"),
            (-0.5, "−0.500"),
            (1.23e-7, "1.23 × 10⁻⁷"),
            (4.07e29, "4.07 × 10²⁹"),
            (0.0, "0"),
            (f64::NAN, "–"),
            (f64::INFINITY, "∞"),
            (f64::NEG_INFINITY, "−∞"),
            (9.999, "10.0"),
        ] {
            assert_eq!(figure(x), text);
        }
    }

    #[test]
    fn counts_are_rounded_when_they_are_long() {
        let big = |text: &str| BigUint::parse_bytes(text.as_bytes(), 10).unwrap();
        for (n, text) in [
            ("0", "0"),
            ("16807", "16,807"),
            ("999999999999999", "999,999,999,999,999"),
            ("1000000000000000", "1.00 × 10¹⁵"),
            ("1267650600228229401496703205376", "1.27 × 10³⁰"),
            ("9995000000000000000000", "1.00 × 10²²"),
            ("9994999999999999999999", "9.99 × 10²¹"),
            ("1025000000000000000000", "1.02 × 10²¹"),
            ("1025000000000000000001", "1.03 × 10²¹"),
            ("1035000000000000000000", "1.04 × 10²¹"),
        ] {
            assert_eq!(count(&big(n)), text);
            assert_eq!(is_rounded(&big(n)), n.len() > 15);
        }
    }

    #[test]
    fn shares_of_counts_beyond_f64() {
        let huge = BigUint::from(10_u32).pow(5000) * 123_u32;
        assert_eq!(share_of(0.01, &huge), "1.23 × 10⁵⁰⁰⁰");
        assert_eq!(share_of(0.0, &huge), "0");
        assert_eq!(share_of(0.01, &BigUint::from(625_u32)), "6.25");
    }

    #[test]
    fn shares_never_round_to_all_or_none() {
        assert_eq!(share(1.0), "100 %");
        assert_eq!(share(0.999_999), "> 99.99 %");
        assert_eq!(share(1e-9), "< 0.01 %");
        assert_eq!(share(0.25), "25.00 %");
        assert_eq!(share(0.0), "0 %");
    }
}
