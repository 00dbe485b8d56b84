//! A product as a line that can be recomputed by hand: `0.62 × −0.81 ≈ −0.502`. Pure.
//!
//! The digits are chosen so that whoever multiplies the shown factors and rounds to the shown digits gets the shown product, to
//! its last digit. "=" stands only where nothing was rounded.

use ticketscope_scene::number::{canonical, figure_to};

/// Factors that a line has room for.
pub const MOST_FACTORS: usize = 24;

/// A number to so many significant digits, as a number.
fn rounded(x: f64, digits: usize) -> f64 {
    format!("{x:.*e}", digits - 1).parse().unwrap_or(x)
}

/// A number as it is shown: its shortest exact text where that is no longer than so many digits.
pub fn shown(x: f64, digits: usize) -> String {
    let exact = canonical(x).replace('-', "\u{2212}");
    let text = if rounded(x, digits) == x && !exact.contains('e') { exact } else { figure_to(x, digits as i32) };
    if text.contains('×') { format!("({text})") } else { text }
}

/// A product that a reader gets by rounding to so many digits; none where it lies so near the middle between two roundings that
/// the way of computing decides.
fn settled(x: f64, digits: usize) -> Option<f64> {
    let slack = x.abs() * 1e-13;
    let (low, high) = (rounded(x - slack, digits), rounded(x + slack, digits));
    (low == high).then_some(low)
}

/// Multiplies as the core does: the first half of the weights, the rest, and both.
fn multiply(factors: &[f64]) -> f64 {
    let (left, right) = factors.split_at(factors.len() / 2);
    left.iter().product::<f64>() * right.iter().product::<f64>()
}

/// The line of a path's weights.
pub fn line(weights: &[f64]) -> String {
    let product = multiply(weights);
    if weights.len() > MOST_FACTORS {
        return format!("the product of its {} weights ≈ {}", weights.len(), figure_to(product, 3));
    }
    let (digits, places) = digits(weights, product);
    let factors: Vec<String> = weights.iter().map(|&weight| shown(weight, digits)).collect();
    let exact = weights.iter().all(|&weight| rounded(weight, digits) == weight) && is_exact(weights, product, places);
    let sign = if exact { "=" } else { "≈" };
    format!("{} {sign} {}", factors.join(" × "), shown(product, places))
}

/// Digits of the factors and of the product: as few as agree.
fn digits(weights: &[f64], product: f64) -> (usize, usize) {
    for digits in 3..=17 {
        let seen: Vec<f64> = weights.iter().map(|&weight| rounded(weight, digits)).collect();
        for places in 3..=4 {
            if settled(multiply(&seen), places).is_some_and(|seen| seen == rounded(product, places)) {
                return (digits, places);
            }
        }
    }
    (17, 3)
}

/// Whether a product of short decimals is itself one of so many digits: then nothing was rounded.
fn is_exact(weights: &[f64], product: f64, places: usize) -> bool {
    let length = |x: f64| {
        let text = canonical(x);
        let digits = text.split('e').next().unwrap_or("").bytes().filter(u8::is_ascii_digit);
        digits.skip_while(|&digit| digit == b'0').count()
    };
    product == 0.0
        || (weights.iter().map(|&weight| length(weight)).sum::<usize>() <= 15 && settled_exactly(product, places))
}

/// Whether rounding to so many digits takes nothing away but the noise of binary arithmetic.
fn settled_exactly(product: f64, places: usize) -> bool {
    (rounded(product, places) - product).abs() <= product.abs() * 1e-14
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a line as a careful reader would: in exact decimal arithmetic on the shown digits.
    fn check(line: &str) {
        let (factors, product) = line.split_once(" = ").or_else(|| line.split_once(" ≈ ")).unwrap();
        let (mut digits, mut scale, mut negative) = (num_bigint::BigUint::from(1_u32), 0_usize, false);
        for factor in factors.split(" × ") {
            let text = factor.trim_matches(['(', ')']);
            negative ^= text.starts_with('\u{2212}');
            let plain: String = text.chars().filter(char::is_ascii_digit).collect();
            digits *= plain.parse::<num_bigint::BigUint>().unwrap();
            scale += text.split_once('.').map_or(0, |(_, rest)| rest.len());
        }
        let text = product.trim_start_matches('\u{2212}');
        assert_eq!(product.starts_with('\u{2212}'), negative, "{line}");
        let places = text.split_once('.').map_or(0, |(_, rest)| rest.len());
        let shown: num_bigint::BigUint = text.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap();
        // |digits / 10^scale − shown / 10^places| ≤ ½ · 10^−places
        let ten = num_bigint::BigUint::from(10_u32);
        let exact = digits * ten.pow(places as u32) * 2_u32;
        let whole = shown * ten.pow(scale as u32) * 2_u32;
        let half = ten.pow(scale as u32);
        let apart = if exact > whole { &exact - &whole } else { &whole - &exact };
        assert!(apart <= half, "{line}");
        if line.contains(" = ") {
            assert_eq!(apart, num_bigint::BigUint::ZERO, "{line}");
        }
    }

    #[test]
    fn the_lines_of_the_handbook() {
        assert_eq!(line(&[0.62, -0.81]), "0.62 × −0.81 ≈ −0.502");
        assert_eq!(line(&[0.5, 0.5]), "0.5 × 0.5 = 0.25");
        assert_eq!(line(&[1.0, -1.0, 1.0]), "1 × −1 × 1 = −1");
        assert_eq!(line(&[0.0, 3.0]), "0 × 3 = 0");
        assert_eq!(line(&[0.35, 0.35]), "0.35 × 0.35 = 0.1225");
        assert!(line(&[1.0 / 3.0, 2.0 / 3.0]).ends_with(" ≈ 0.222"));
        assert_eq!(line(&[0.5; 30]), "the product of its 30 weights ≈ 9.31 × 10⁻¹⁰");
    }

    #[test]
    fn every_shown_product_is_that_of_the_shown_factors() {
        use ticketscope_core::law::{Law, WeightLaw};
        use ticketscope_core::network::Network;
        use ticketscope_core::path::Paths;
        use ticketscope_core::shape::Shape;
        let mut checked = 0;
        for hidden in 1..9 {
            let shape = Shape::new(1, hidden, 2, 1).unwrap();
            for seed in 0..20 {
                let law = WeightLaw::new(Law::Power, 0.5, 1.0, hidden + 1).unwrap();
                let network = Network::random(shape, &law, seed);
                let paths = Paths::of(&network, network.mask());
                for rank in 0..paths.count().min(64) {
                    let path = paths.path(rank).unwrap();
                    let weights: Vec<f64> =
                        path.edges(&shape).iter().map(|&id| network.weights()[id as usize]).collect();
                    assert_eq!(multiply(&weights), path.product(&network));
                    let line = line(&weights);
                    // Powers of ten are checked by their own digits elsewhere: here all but the smallest.
                    if !line.contains("10") || !line.contains('⁻') {
                        check(&line);
                        checked += 1;
                    }
                }
            }
        }
        assert!(checked > 4000, "{checked}");
    }
}
