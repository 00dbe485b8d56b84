//! Reads a decimal number as Rust's own `parse` does, to the last bit, but in few bytes of program: that one is faster by a
//! table of ten kilobytes, which every page would load.

use num_bigint::BigUint;

/// More significant digits than this cannot decide how a number is rounded (767 can); that there are more, can.
const DIGITS: usize = 800;

/// The number of a text of digits with at most a sign, a point and an exponent; none for any other text, also for `inf` and
/// `nan`. Beyond the largest number it is infinite.
pub fn parse(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let exponent = exponent.map_or(Some(0), integer)? - fraction.len() as i64;
    let size = magnitude(&digits, exponent);
    Some(if text.starts_with('-') { -size } else { size })
}

/// A whole number with a sign, held within ±10⁶: beyond that every number is zero or infinite.
fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let size = digits.bytes().fold(0, |n, digit| (10 * n + i64::from(digit - b'0')).min(1_000_000));
    Some(if text.starts_with('-') { -size } else { size })
}

/// digits × 10^exponent, rounded to the nearest number, ties to the even one.
fn magnitude(digits: &[u8], exponent: i64) -> f64 {
    let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
    let ends = digits.iter().rev().take_while(|&&digit| digit == b'0').count();
    if zeros == digits.len() {
        return 0.0;
    }
    let mut exponent = exponent + ends as i64;
    let mut digits = digits[zeros..digits.len() - ends].to_vec();
    match digits.len() as i64 + exponent {
        size if size > 310 => return f64::INFINITY,
        size if size < -330 => return 0.0,
        _ => {}
    }
    if digits.len() <= 15 && exponent.abs() <= 22 {
        // Both are numbers without an error, so that one operation rounds once.
        let whole = digits.iter().fold(0.0, |n, digit| 10.0 * n + f64::from(digit - b'0'));
        let ten = (0..exponent.abs()).fold(1.0, |n, _| 10.0 * n);
        return if exponent < 0 { whole / ten } else { whole * ten };
    }
    if digits.len() > DIGITS {
        exponent += (digits.len() - DIGITS - 1) as i64;
        digits.truncate(DIGITS);
        digits.push(b'1');
    }
    let whole = digits.iter().fold(BigUint::ZERO, |n, digit| n * 10_u32 + u32::from(digit - b'0'));
    let ten = |power: i64| (0..power).fold(BigUint::from(1_u32), |n, _| n * 10_u32);
    round(whole * ten(exponent), ten(-exponent))
}

/// above / below, rounded to the nearest number, ties to the even one.
fn round(mut above: BigUint, mut below: BigUint) -> f64 {
    // The quotient times 2^shift has 54 or 55 bits; or fewer, down to half of the smallest number's unit, 2^-1074.
    let shift = (54 - (above.bits() as i64 - below.bits() as i64)).min(1075);
    if shift > 0 {
        above <<= shift;
    } else {
        below <<= -shift;
    }
    let mut quotient = 0_u64;
    for bit in (0..56).rev() {
        let part = &below << bit;
        if above >= part {
            above -= part;
            quotient |= 1 << bit;
        }
    }
    let bits = 64 - i64::from(quotient.leading_zeros());
    let drop = (bits - 53).max(shift - 1074).max(1);
    let (kept, rest, half) = (quotient >> drop, quotient & ((1 << drop) - 1), 1 << (drop - 1));
    let up = rest > half || rest == half && (above != BigUint::ZERO || kept % 2 == 1);
    (kept + u64::from(up)) as f64 * power_of_two(drop - shift)
}

/// 2^exponent, for −1074 ≤ exponent ≤ 1023.
fn power_of_two(exponent: i64) -> f64 {
    f64::from_bits(if exponent < -1022 { 1 << (exponent + 1074) } else { ((exponent + 1023) as u64) << 52 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(text: &str) {
        let (own, std) = (parse(text), text.parse::<f64>().ok());
        assert_eq!(own.map(f64::to_bits), std.map(f64::to_bits), "{text}: {own:?} {std:?}");
    }

    #[test]
    fn hard_numbers_are_read_as_rust_reads_them() {
        for text in [
            "0",
            "-0",
            "-0.0e9",
            "1",
            "+1",
            "5.",
            ".5",
            "0.1",
            "1e23",
            "8.5e22",
            "9007199254740993",
            "9007199254740992.9999",
            "4.9e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.2250738585072011e-308",
            "1e-400",
            "1e400",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.797693134862315807e308",
            "1.797693134862315808e308",
            "1.7976931348623159e308",
            "2.2250738585072014e-308",
            "1e999999999999999999999",
            "1e-99999999999999999999",
            "00001.50000",
        ] {
            same(text);
            same(&format!("-{text}"));
        }
        // Half-way between 1 and the next number, exactly; and a last digit beyond every table.
        let half = "1.00000000000000011102230246251565404236316680908203125";
        for end in ["", "0", "1", &format!("{}1", "0".repeat(2000))] {
            same(&format!("{half}{end}"));
        }
        same(&format!("{}e-4000", "7".repeat(4100)));
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in ["", "-", ".", "e5", "1e", "1e+", "1 ", " 1", "inf", "nan", "1_000", "0x10", "--1", "1.2.3", "١"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn any_number_comes_back(bits: u64, places in 0..30_usize) {
            let x = f64::from_bits(bits);
            if x.is_finite() {
                same(&format!("{x:e}"));
                same(&format!("{x:?}"));
                same(&format!("{x:.places$e}"));
            }
        }

        #[test]
        fn any_digits_are_read_alike(whole in "[0-9]{0,25}", fraction in "[0-9]{0,40}", exponent in -360..330_i32) {
            same(&format!("{whole}.{fraction}e{exponent}"));
        }

        #[test]
        fn short_numbers_are_read_alike(whole in 0_u64..100_000_000_000_000_000, exponent in -40..40_i32) {
            same(&format!("{whole}e{exponent}"));
        }

        #[test]
        fn half_way_is_rounded_alike(bits in 0_u64..0x7fef_ffff_ffff_ffff, end in "[0-9]{0,3}") {
            // The middle of two neighbours, to all its digits, is a sum of two powers of two that f64 cannot hold: of their
            // exact decimals the longer one with a 5 behind.
            let (low, high) = (f64::from_bits(bits), f64::from_bits(bits + 1));
            let places = 1080;
            if low > 1e-300 && high < 1e15 {
                let (a, b) = (format!("{low:.places$}"), format!("{high:.places$}"));
                let digits = |text: &str| BigUint::parse_bytes(text.replace('.', "").as_bytes(), 10).unwrap();
                let sum = ((digits(&a) + digits(&b)) * 5_u32).to_string();
                same(&format!("{sum}{end}e-{}", places + 1 + end.len()));
            }
        }
    }
}
